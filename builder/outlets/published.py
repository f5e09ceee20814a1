"""A published folder, or a zip of one, as a stranger was handed it: nothing in it is trusted, and nothing is unpacked."""

import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from builder.outlets.folder import MARKER, Refused

FORMAT = 1
LARGEST_READ = 64 * 2**20
"""No page and no table is larger; a file that is only held against its checksum may be."""
LARGEST_ZIP = 4 * 2**30
"""What a zip may unpack to; beyond that it is a bomb, or better verified as a folder."""
MOST_FILES = 500_000
UNREADABLE_IN_ZIP = (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error)
"""A damaged, cut, encrypted or strangely compressed file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: the file, and what is wrong with it."""

    path: str
    fact: str


@dataclass(frozen=True, slots=True)
class Published:
    """The files by their path in the output, with their sizes. `faults`: what stands there and is no file of a site."""

    sizes: Mapping[str, int]
    open: Callable[[str], IO[bytes]]
    faults: tuple[Fault, ...]

    def sha256(self, path: str) -> str:
        """The digest of a file; empty where it cannot be read."""
        try:
            with self.open(path) as file:
                return file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # every IO[bytes] can readinto
        except UNREADABLE_IN_ZIP:
            return ""

    def body(self, path: str) -> bytes | None:
        """What a file holds; None where it is not there, cannot be read, or is larger than any that a build writes."""
        if self.sizes.get(path, LARGEST_READ + 1) > LARGEST_READ:
            return None
        try:
            with self.open(path) as file:
                return file.read(LARGEST_READ)
        except UNREADABLE_IN_ZIP:
            return None


@contextmanager
def opened(path: Path) -> Iterator[Published]:
    """A folder or a zip to look into. Raises Refused for what Sourcebook did not publish."""
    if path.is_dir():
        published = _folder(path)
        _check_marker(published, path)
        yield published
        return
    try:
        with ZipFile(path) as archive:
            published = _zip(archive, path)
            _check_marker(published, path)
            yield published
    except BadZipFile:
        raise Refused(f"{path} is neither a folder nor a zip that can be read") from None


def _check_marker(published: Published, path: Path) -> None:
    if MARKER not in published.sizes:
        raise Refused(f"{path} is nothing that Sourcebook published: there is no {MARKER} in it")
    try:
        marker = json.loads(published.body(MARKER) or b"")
        written = marker["format"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(f"{path} cannot be read: its {MARKER} is damaged") from None
    if written != FORMAT:
        raise Refused(f"{path} was published by another version of Sourcebook; verify it with that one")


def _folder(root: Path) -> Published:
    sizes: dict[str, int] = {}
    faults: list[Fault] = []
    for current, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *folders]):
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
    """The files of a zip, also of one that has them in a folder of its own."""
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    _check_number(len(archive.infolist()), path)
    if (total := sum(entry.file_size for entry in archive.infolist())) > LARGEST_ZIP:
        raise Refused(f"{path} would unpack to {total / 2**30:,.0f} GB; unpack it yourself and verify the folder")
    marks = [name for name in entries if name.endswith(f"/{MARKER}") and name.count("/") == 1]
    prefix = marks[0].removesuffix(MARKER) if len(marks) == 1 and MARKER not in entries else ""
    names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    faults = [Fault(name, "stands in this zip twice") for name in sorted({n for n in names if names.count(n) > 1})]
    faults += [Fault(name, "is a path that leads out of the folder") for name in entries if not _stays_inside(name)]
    inside = {name.removeprefix(prefix): entry for name, entry in entries.items() if name.startswith(prefix)}
    sizes = {name: entry.file_size for name, entry in inside.items() if _stays_inside(name)}
    return Published(sizes, lambda place: archive.open(inside[place]), tuple(faults))


def _stays_inside(name: str) -> bool:
    return "\\" not in name and ":" not in name and not any(part in ("", ".", "..") for part in name.split("/"))


def _check_number(files: int, path: Path) -> None:
    if files > MOST_FILES:
        raise Refused(f"{path} holds more than {MOST_FILES:,} files: that is no site of Sourcebook's")
