"""A published folder, or a zip of one, as a stranger was handed it: nothing in it is trusted, nothing is unpacked."""

import json
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from lzma import LZMAError
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from builder.outlets.folder import MARKER, SIGN, Refused
from builder.values import dataclass

FORMAT = 1
LARGEST_READ = 64 * 2**20
"""No page and no table is larger; a file that is only held against its checksum may be."""
LARGEST_ZIP = 4 * 2**30
"""What a zip may unpack to; beyond that it is a bomb, or better verified as a folder."""
MOST_FILES = 500_000
CHUNK = 2**20
DAMAGE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LZMAError, zlib.error)
"""What a damaged, cut, encrypted or strangely compressed zip raises, here or there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: the file, and what is wrong with it."""

    path: str
    fact: str


@dataclass(frozen=True, slots=True)
class Published:
    """The files by their path in the output, with their sizes.

    `faults`: what stands there and is no file of a site. `damage`: what reading a damaged file raises.
    """

    sizes: Mapping[str, int]
    stream: Callable[[str], IO[bytes]]
    faults: tuple[Fault, ...] = ()
    damage: tuple[type[Exception], ...] = ()

    def sha256(self, path: str) -> str:
        """The digest of a file; empty where it cannot be read."""
        digest = sha256()
        try:
            with self.stream(path) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except self.damage:
            return ""
        return digest.hexdigest()

    def body(self, path: str) -> bytes | None:
        """What a file holds; None where it is not there, cannot be read, or is larger than any that a build writes."""
        if self.sizes.get(path, LARGEST_READ + 1) > LARGEST_READ:
            return None
        try:
            with self.stream(path) as file:
                return file.read(LARGEST_READ)
        except self.damage:
            return None


@contextmanager
def opened(path: Path) -> Iterator[Published]:
    """A folder or a zip to look into. Raises Refused for what Sourcebook did not publish."""
    if path.is_dir():
        yield _recognised(_folder(path), path)
        return
    try:
        archive = ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError):
        if _is_single_file(path):
            raise Refused(f"{path} is a single file, which has no checksums; verify the zip made with it") from None
        raise Refused(f"{path} is neither a folder nor a zip that can be read") from None
    with archive:
        yield _recognised(_zip(archive, path), path)


def _is_single_file(path: Path) -> bool:
    with path.open("rb") as file:
        return SIGN in file.read(CHUNK)


def _recognised(published: Published, path: Path) -> Published:
    if MARKER not in published.sizes:
        raise Refused(f"{path} is nothing that Sourcebook published: there is no {MARKER} in it")
    try:
        written = json.loads(published.body(MARKER) or b"")["format"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(f"{path} cannot be read: its {MARKER} is damaged") from None
    if written != FORMAT:
        raise Refused(f"{path} was published by another version of Sourcebook; verify it with that one")
    return published


def _folder(root: Path) -> Published:
    """The files of a folder. What is hidden is not the site's: a clone has its `.git`, a host its `.nojekyll`."""
    sizes: dict[str, int] = {}
    faults: list[Fault] = []
    for current, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in [*names, *folders] if not name.startswith(".")):
            path = Path(current) / name
            place = path.relative_to(root).as_posix()
            if path.is_symlink():
                faults.append(Fault(place, "is a link; a published folder has none"))
            elif path.is_file():
                sizes[place] = path.stat().st_size
            elif not path.is_dir():
                faults.append(Fault(place, "is no plain file"))
        _check_number(len(sizes), root)
    return Published(sizes, lambda place: (root / place).open("rb"), tuple(faults))


def _zip(archive: ZipFile, path: Path) -> Published:
    """The files of a zip, also of one that has them all in one folder."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _check_number(len(entries), path)
    if (total := sum(entry.file_size for entry in entries)) > LARGEST_ZIP:
        raise Refused(f"{path} would unpack to {total / 2**30:,.0f} GB; unpack it yourself and verify the folder")
    times = Counter(entry.filename for entry in entries)
    marks = [name for name in times if name.endswith(f"/{MARKER}") and name.count("/") == 1]
    prefix = marks[0].removesuffix(MARKER) if len(marks) == 1 and MARKER not in times else ""
    faults = [Fault(name, "stands in this zip twice") for name, count in times.items() if count > 1]
    faults += [Fault(name, "is a path that leads out of the folder") for name in times if not _stays_inside(name)]
    inside = {
        entry.filename.removeprefix(prefix): entry
        for entry in entries
        if entry.filename.startswith(prefix) and _stays_inside(entry.filename) and "/." not in f"/{entry.filename}"
    }
    sizes = {name: entry.file_size for name, entry in inside.items()}
    return Published(sizes, lambda place: archive.open(inside[place]), tuple(faults), DAMAGE)


def _stays_inside(name: str) -> bool:
    return "\\" not in name and ":" not in name and not any(part in ("", ".", "..") for part in name.split("/"))


def _check_number(files: int, path: Path) -> None:
    if files > MOST_FILES:
        raise Refused(f"{path} holds more than {MOST_FILES:,} files: that is no site of Sourcebook's")
