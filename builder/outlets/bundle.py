"""What is sent: the site as a zip, and as one file. The same site gives the same bytes, wherever and whenever made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from builder.build import Built
from builder.model import Briefing, Day
from builder.outlets.folder import (
    MARKER,
    SIGN,
    TEMPORARY,
    Refused,
    check_place,
    replace_files,
)
from builder.outlets.offline import FOLDER as SEARCH
from builder.outlets.report import counts
from builder.outlets.single_file import SingleFile, Unfit, single_file
from builder.outlets.unpacking import DEVICES, lost, too_long
from builder.outlets.writing import with_checksums
from builder.site.page_bundle import READ_ME

PRIVATE = "-PRIVATE-full-text"
"""What the names of a private copy end with."""
MEGABYTE = 10**6
PHONE, MAIL = 10 * MEGABYTE, 18 * MEGABYTE
"""What a phone opens well; and what arrives by mail, which takes 25 MB and writes an attachment a third longer."""
EARLIEST, LATEST = (1980, 1, 1), (2107, 12, 31)
"""The days that a zip can name."""
PLAIN_FILE = 0o100644 << 16
UNIX = 3
START = 4096
NAMED = 10
"""How many files are named that cannot be sent."""


@dataclass(frozen=True, slots=True)
class Zipped:
    """The zip, how many files are in it, and of how many of its bytes pages, search and other files are."""

    body: bytes
    count: int
    pages: int
    search: int
    files: int


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was written, and where."""

    zip: Path
    zipped: Zipped
    file: Path
    single: SingleFile


def name_of(built: Built) -> str:
    """What both are called, without their suffixes, and the folder in the zip: `name` in site.yaml."""
    return built.briefing.settings.name + (PRIVATE if built.private else "")


def check_folder(folder: Path, root: Path) -> None:
    """Raises Refused for a folder in which a bundle would be lost, or do harm."""
    check_place(folder, root)
    if (folder / MARKER).is_file():
        raise Refused(f"{folder} is a built site, and its next build would remove the bundle; choose another folder")


def bundle(built: Built, index: Mapping[str, bytes], folder: Path, root: Path) -> Bundled:
    """Writes both files, each whole or not at all, and neither before both are on the disk.

    `index`: what the search loads, as in Indexed. Raises Refused for a folder or file that must not be written.
    """
    name = name_of(built)
    zip_path, file_path = folder / f"{name}.zip", folder / f"{name}.html"
    check_folder(folder, root)
    check_is_ours(zip_path, f"/{READ_ME}".encode())
    check_is_ours(file_path, SIGN)
    check_names(name, built.files)
    try:
        single = single_file(built.files, index, built.wrappings)
    except Unfit as unfit:
        raise Refused(str(unfit)) from None
    site = {**built.files, **index, READ_ME: built.wrappings[READ_ME]}
    zipped = zip_of(with_checksums(site), name, date_of(built.briefing))
    folder.mkdir(parents=True, exist_ok=True)
    _clear_away(folder, root)
    replace_files({zip_path: zipped.body, file_path: single.body})
    return Bundled(zip_path, zipped, file_path, single)


def check_is_ours(path: Path, sign: bytes) -> None:
    """Refuses a file that is there and that no bundle wrote: nobody's work is replaced because of its name."""
    if path.is_dir():
        raise Refused(f"{path} is a folder; choose another place with --output")
    if path.exists():
        with path.open("rb") as file:
            if sign not in file.read(START):
                raise Refused(f"{path} was not made by Sourcebook; move it, or choose another folder with --output")


def check_names(name: str, paths: Iterable[str]) -> None:
    """Refuses files that would be lost, or get another name, where somebody unpacks the zip."""
    if DEVICES.search(name):
        raise Refused(f"site.yaml: no file can be called “{name}” on Windows; give another “name”")
    if amiss := list(lost(paths)):
        rest = [f"and {len(amiss) - NAMED:,} more"] if len(amiss) > NAMED else []
        raise Refused("\n".join([*amiss[:NAMED], *rest]))


def _clear_away(folder: Path, root: Path) -> None:
    """What a bundle left that was killed; in a site's own folder only, where no other can be at work."""
    if folder.resolve().is_relative_to(root.resolve()):
        for path in folder.glob(f"{TEMPORARY}*"):
            path.unlink()


# --- the zip ---------------------------------------------------------------------------------------------------------


def date_of(briefing: Briefing) -> Day:
    """The date of the files: of the last change, else of the briefing."""
    whens = [change.when for change in briefing.changes] or [briefing.as_of]
    days = [day for when in whens for day in (when.latest or when.earliest,) if day]
    return min(max([EARLIEST, *days]), LATEST)


def zip_of(files: Mapping[str, bytes], folder: str, day: Day) -> Zipped:
    """The files in one folder, READ ME FIRST before the others. No clock, no user, no system is in it."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for path in sorted(files, key=lambda path: (path != READ_ME, path)):
            entry = ZipInfo(f"{folder}/{path}", (*day, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, UNIX, PLAIN_FILE
            archive.writestr(entry, files[path], compresslevel=9)
        sizes = {entry.filename.partition("/")[2]: entry.compress_size for entry in archive.infolist()}
    pages = sum(size for path, size in sizes.items() if path.endswith(".html"))
    search = sum(size for path, size in sizes.items() if path.startswith(SEARCH))
    body = written.getvalue()
    return Zipped(body, len(sizes), pages, search, len(body) - pages - search)


# --- in words --------------------------------------------------------------------------------------------------------


def in_words(done: Bundled, built: Built, shown: Callable[[Path], str], *, full_text: bool) -> str:
    """What was written, of what it consists, and what it is good for."""
    zipped, single = done.zipped, done.single
    lines = [
        f"{shown(done.zip)}: {_size(len(zipped.body))}, {zipped.count:,} files: "
        + _parts(pages=zipped.pages, search=zipped.search, others=zipped.files),
        f"{shown(done.file)}: {_size(len(single.body))}: "
        + _parts(pages=single.pages, search=single.search, files=single.files, code=single.code),
        *_advice(done),
        *_warning(name_of(built), built.files),
    ]
    if built.private:
        lines.append("PRIVATE: both hold full texts that this site does not publish; do not publish or pass them on")
    elif full_text:
        lines.append(
            "this site publishes every text in full anyway: nothing was added, and nothing in these is private"
        )
    return "\n".join(lines)


def counted(built: Built) -> str:
    """“97 pages from 5 articles, 52 entities, …”."""
    pages = sum(path.endswith(".html") for path in built.files)
    return f"{pages:,} pages from {counts(built.briefing)}"


def _advice(done: Bundled) -> Iterator[str]:
    size = len(done.single.body)
    if size > MAIL:
        yield (
            f"{done.file.name} is too large to be sent: mail takes some 18 MB, a phone opens some 10 MB well. "
            f"Give {done.zip.name} as a link or on a drive, or publish the site"
        )
    elif size > PHONE:
        yield (
            f"{done.file.name} is large for a phone, which opens some 10 MB well. "
            f"For readers with one, publish the site, or give {done.zip.name} as a link"
        )


def _warning(folder: str, paths: Iterable[str]) -> Iterator[str]:
    if path := too_long(folder, paths):
        yield (
            f"Windows cannot unpack {path} into a folder that lies deep: it takes 259 characters, and this has "
            f"{len(path)}; shorten an id or a file's name, or say so to readers with Windows"
        )


def _parts(**sizes: int) -> str:
    return ", ".join(f"{name} {_size(size)}" for name, size in sizes.items() if size)


def _size(size: int) -> str:
    """“1.3 MB”, “24 kB”."""
    return f"{size / MEGABYTE:,.1f} MB" if size >= MEGABYTE else f"{size / 1000:,.0f} kB"
