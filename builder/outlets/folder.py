"""Folders: a site's files as they are read, and which folder may become one. What is not ours is not touched."""

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from operator import attrgetter
from pathlib import Path
from tempfile import mkstemp
from unicodedata import category

from builder.files import COPIED, File, Files, digest_of, here
from builder.outlets.keeping import FOLDER
from builder.outlets.seen import Seen, digest_on_disk
from builder.problems import Problem, Span
from builder.values import dataclass

try:
    import fcntl
except ImportError:  # Windows has no such lock; two builds at once are then the author's own care
    fcntl = None  # type: ignore[assignment]  # a module otherwise; every use asks first

UNWRITABLE = ("Cc", "Cs")
"""Kinds of character that no path of a site has: control characters, and stand-ins for bytes that are not UTF-8."""

MARKER = "sourcebook.json"
SIGN = b'<meta name="generator" content="Sourcebook, single file">'
"""What tells a folder, and a single file, that Sourcebook wrote from all others."""
CHECKSUMS = "SHA256SUMS"
BUILT_IN = "builtin/"
SOURCES = ("content", "layouts", "site.yaml")
TEMPORARY = ".sourcebook-"
"""How the name of a file begins that is being written; a build that was killed leaves one."""


class Refused(Exception):
    """The folder cannot be used; the message says why, and what to do."""


class Changed(OSError):
    """A file was saved while the site was built of it."""


# --- reading -------------------------------------------------------------------------------------------------------


def read_site(root: Path, seen: Seen | None = None) -> tuple[Files, list[Problem]]:
    """Every file of a site: path from its root, with slashes → bytes; and Sourcebook's own layouts under `builtin/`.

    A link that leaves the site is a problem and is not followed. Hidden files are not the site's. `seen`: what is known
    of the files; one that has not changed since is read only where its bytes are asked for. So are those that are
    copied as they are, whatever is known of them.
    """
    seen = Seen() if seen is None else seen
    problems: list[Problem] = []
    files = {place: file_at(path, place, found, seen) for path, place, found in files_of(root, problems)}
    return Files(files), problems


def files_of(root: Path, problems: list[Problem]) -> Iterator[tuple[str, str, os.stat_result]]:
    """Each file of a site, and of Sourcebook's own layouts: its path, its place among the inputs, its state."""
    layouts = built_in_layouts()
    for path in _plain_files(layouts):
        yield str(path), f"{BUILT_IN}{path.relative_to(layouts).as_posix()}", path.stat()
    for name in SOURCES:
        yield from _files_under(root, name, problems)


def file_at(path: str, place: str, found: os.stat_result, seen: Seen) -> File:
    """The file at a path, as read_site has it at its place."""
    return (_copied if place.startswith(COPIED) else _file)(path, found, seen)


@dataclass(frozen=True, slots=True)
class OnDisk(File):
    """A file that is copied without being read as a whole."""

    path: str


def _file(path: str, found: os.stat_result, seen: Seen) -> File:
    if digest := seen.sha256(path, found):
        return File(partial(_as_it_was, path, digest), digest)
    file = here(Path(path).read_bytes())
    seen.note(path, found, file.sha256)
    return file


def _copied(path: str, found: os.stat_result, seen: Seen) -> File:
    digest = digest_on_disk(path, seen, found)
    return OnDisk(partial(_as_it_was, path, digest), digest, path)


def _as_it_was(path: str, digest: str) -> bytes:
    """The bytes that a file had when this build began; if somebody saved it since, the build has to begin anew."""
    body = Path(path).read_bytes()
    if digest_of(body) != digest:
        raise Changed(errno.EAGAIN, "this file was changed while the site was built; build it again", path)
    return body


def built_in_layouts() -> Path:
    package = Path(__file__).resolve().parent.parent
    # Beside the modules in an installed wheel; beside the package in a checkout.
    return next(place for place in (package / "layouts", package.parent / "layouts") if place.is_dir())


def _plain_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _files_under(root: Path, start: str, problems: list[Problem]) -> Iterator[tuple[str, str, os.stat_result]]:
    """Each file with its place in the site and its state. A link to a folder that it lies in itself leads round in a
    circle."""
    real_root = root.resolve()
    waiting: list[tuple[str, tuple[Path, ...], os.DirEntry[str] | Path]] = [(start, (), root / start)]
    while waiting:
        place, around, entry = waiting.pop()
        shown = place if place.isprintable() else _writable(place)
        if shown != place:
            fact = "this file's name is not UTF-8, or has a line break or control character in it"
            problems.append(Problem(Span(shown), "not-utf8", fact, "rename it"))
        elif entry.is_symlink() and (wrong := _wrong_with_link(Path(entry), real_root, around)):
            problems.append(Problem(Span(place), "path-outside", f"this link {wrong}", "put the file itself here"))
        elif entry.is_dir():
            inside = (*around, Path(entry).resolve())
            with os.scandir(entry) as found:
                children = sorted((child for child in found if not child.name.startswith(".")), key=attrgetter("name"))
            waiting += ((f"{place}/{child.name}", inside, child) for child in children)
        elif entry.is_file():
            yield os.fspath(entry), place, entry.stat()


def _writable(place: str) -> str:
    return "".join(ascii(c)[1:-1] if category(c) in UNWRITABLE else c for c in place)


def _wrong_with_link(link: Path, real_root: Path, around: tuple[Path, ...]) -> str:
    try:
        real = link.resolve(strict=True)
    except OSError:
        return "leads nowhere"
    except RuntimeError:  # what Python up to 3.12 makes of a link to itself
        return "leads round in a circle"
    if not real.is_relative_to(real_root):
        return "leaves the site"
    return "leads round in a circle" if real in around else ""


# --- where a site goes ---------------------------------------------------------------------------------------------


def check_output(output: Path, root: Path) -> None:
    """Refuses a folder that is, holds or lies in the site's sources, and one with files that no build made."""
    check_place(output, root)
    if output.is_dir() and not (output / MARKER).is_file() and _holds_something(output):
        raise Refused(
            f"{output} holds files that Sourcebook did not make; empty it, or choose another folder with --output"
        )


def check_place(output: Path, root: Path) -> None:
    """Refuses a file, and a folder that is, holds or lies in the site's sources."""
    real, site = output.resolve(), root.resolve()
    for source in (site / name for name in SOURCES):
        if real in (site, source) or source.is_relative_to(real) or real.is_relative_to(source):
            raise Refused(f"{output} is or holds the site's own sources; choose another folder with --output")
    if output.exists() and not output.is_dir():
        raise Refused(f"{output} is a file; choose another folder with --output")


def _holds_something(folder: Path) -> bool:
    """Whether somebody put a file there; the first of a first build may have been left half written."""
    return any(not child.name.startswith(TEMPORARY) for child in folder.iterdir())


# --- single files ----------------------------------------------------------------------------------------------------


def replace_file(path: Path, body: bytes) -> None:
    """Writes a file whole or not at all."""
    replace_files({path: body})


def replace_files(bodies: Mapping[Path, bytes]) -> None:
    """Writes files, each whole or not at all, and none before all of them are on the disk. An error names the file."""
    with ExitStack() as waiting:
        whole = {path: waiting.enter_context(_whole_beside(path, body)) for path, body in bodies.items()}
        for path, written in whole.items():
            with _naming(path):
                written.replace(path)


def create_file(path: Path, body: bytes) -> None:
    """Writes a new file whole or not at all. Raises FileExistsError if there is one: nothing is overwritten."""
    with _whole_beside(path, body) as written, _naming(path):
        try:
            os.link(written, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links: the name is taken first, which fails if it is taken already
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            written.replace(path)


@contextmanager
def _whole_beside(path: Path, body: bytes) -> Iterator[Path]:
    """A file with these bytes in the folder of another, until it has a name of its own or is not wanted."""
    with _naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=path.parent, prefix=TEMPORARY)
    written = Path(name)
    try:
        with _naming(path):
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            written.chmod(0o644)
        yield written
    finally:
        written.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """An error names the file that was to be written: a temporary one says nothing, and a full disk names none."""
    try:
        yield
    except OSError as failure:
        raise OSError(failure.errno, failure.strerror, str(path)) from None


@contextmanager
def only_build(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One build at a time a site. The lock is the system's: it goes with the process that holds it."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
