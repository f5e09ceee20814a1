"""Which bytes a file had when it was last looked at: a file that has not changed since need not be read."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import time_ns

SETTLED = 2_000_000_000
"""Nanoseconds after which a time tells changes apart: the coarsest file systems count in steps of two seconds."""
PART = 1 << 20

Stat = tuple[int, int, int, int]
"""Time of its content, time of its name and rights, size, number: what a change leaves none of as it was."""


@dataclass(slots=True)
class Seen:
    """Digests by path, each with the state in which the file was. `known` is from the last run, `now` from this one."""

    known: Mapping[str, tuple[Stat, str]] = field(default_factory=dict)
    now: dict[str, tuple[Stat, str]] = field(default_factory=dict)

    def next(self) -> "Seen":
        """What is known the next time that somebody looks."""
        return Seen(self.now)

    def sha256(self, path: str, found: os.stat_result) -> str:
        """The digest of a file in this state, or empty where it has to be read."""
        state = stat_of(found)
        entry = self.known.get(path)
        if entry is None or entry[0] != state:
            return ""
        self.now[path] = entry
        return entry[1]

    def note(self, path: str, before: os.stat_result, digest: str) -> None:
        """Remembers the digest of bytes that were read after `before`. Not of a file that has just been written: it
        may be written once more within the same tick of the clock, and no time would tell."""
        if time_ns() - before.st_mtime_ns > SETTLED:
            self.now[path] = (stat_of(before), digest)


def stat_of(found: os.stat_result) -> Stat:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def digest_on_disk(path: str, seen: Seen, found: os.stat_result) -> str:
    """The digest of a file as it is; one that was seen as it is now is not read."""
    if known := seen.sha256(path, found):
        return known
    digest = sha256()
    for part in parts_of(path):
        digest.update(part)
    seen.note(path, found, digest.hexdigest())
    return digest.hexdigest()


def parts_of(path: str) -> Iterator[bytes]:
    """A file's bytes a part at a time: it may be larger than memory."""
    with Path(path).open("rb", buffering=0) as file:
        while part := file.read(PART):
            yield part
