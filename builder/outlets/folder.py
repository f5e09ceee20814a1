"""Folders: a site's files in, its pages out. What is written is whole, and what is not ours is not touched."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from json import dumps
from pathlib import Path
from tempfile import mkstemp
from unicodedata import category

from builder.problems import Problem, Span

try:
    import fcntl
except ImportError:  # Windows has no such lock; two builds at once are then the author's own care
    fcntl = None  # type: ignore[assignment]

UNWRITABLE = ("Cc", "Cs")
"""Kinds of character that no path of a site has: control characters, and stand-ins for bytes that are not UTF-8."""

MARKER = "sourcebook.json"
SIGN = b'<meta name="generator" content="Sourcebook, single file">'
"""What tells a folder, and a single file, that Sourcebook wrote from all others."""
CHECKSUMS = "SHA256SUMS"
SOURCES = ("content", "layouts", "site.yaml")
TEMPORARY = ".sourcebook-"
"""How the name of a file begins that is being written; a build that was killed leaves one."""


class Refused(Exception):
    """The folder cannot be used; the message says why, and what to do."""


# --- reading -------------------------------------------------------------------------------------------------------


def read_site(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Every file of a site: path from its root, with slashes → bytes; and Sourcebook's own layouts under `builtin/`.

    A link that leaves the site is a problem and is not followed. Hidden files are not the site's.
    """
    inputs = {f"builtin/{path}": body for path, body in _built_in_layouts().items()}
    problems: list[Problem] = []
    real_root = root.resolve()
    for name in SOURCES:
        for path, place in _files_under(root / name, real_root, problems, root):
            inputs[place] = path.read_bytes()
    return inputs, problems


def _built_in_layouts() -> dict[str, bytes]:
    package = Path(__file__).resolve().parent.parent
    # Beside the modules in an installed wheel; beside the package in a checkout.
    folder = next(place for place in (package / "layouts", package.parent / "layouts") if place.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _plain_files(folder)}


def _plain_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _files_under(start: Path, real_root: Path, problems: list[Problem], root: Path) -> Iterator[tuple[Path, str]]:
    """Each file with its place in the site. A link to a folder that it lies in itself leads round in a circle."""
    waiting: list[tuple[Path, tuple[Path, ...]]] = [(start, ())]
    while waiting:
        path, around = waiting.pop()
        place = path.relative_to(root).as_posix()
        shown = "".join(ascii(c)[1:-1] if category(c) in UNWRITABLE else c for c in place)
        if shown != place:
            fact = "this file's name is not UTF-8, or has a line break or control character in it"
            problems.append(Problem(Span(shown), "not-utf8", fact, "rename it"))
        elif path.is_symlink() and (wrong := _wrong_with_link(path, real_root, around)):
            problems.append(Problem(Span(place), "path-outside", f"this link {wrong}", "put the file itself here"))
        elif path.is_dir():
            children = sorted(child for child in path.iterdir() if not child.name.startswith("."))
            waiting += ((child, (*around, path.resolve())) for child in children)
        elif path.is_file():
            yield path, place


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


# --- writing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of the output were new or changed, how many were right already, how many went."""

    written: int
    unchanged: int
    removed: int


def no_progress(_done: int, _total: int) -> None:
    """Tells nobody."""


def write_site(
    files: Mapping[str, bytes], output: Path, root: Path, progress: Callable[[int, int], None] = no_progress
) -> Written:
    """Makes the folder hold these files, a marker and checksums, and nothing else.

    New files first, changed ones next, deletions last, each by one rename: a build that is killed leaves no page
    missing or half written. A file that is right already is not touched. Raises Refused for a folder that is not ours.
    """
    check_output(output, root)
    output.mkdir(parents=True, exist_ok=True)
    complete = with_checksums(files)
    present = {path.relative_to(output).as_posix(): path for path in _everything(output)}
    _clear_the_way(output, complete, present)
    new = [path for path in complete if path not in present]
    changed = [path for path in complete if path in present and present[path].read_bytes() != complete[path]]
    # The marker goes first: a first build that is killed must leave a folder that the next one recognises.
    order = sorted(new, key=lambda path: path != MARKER) + sorted(changed, key=lambda path: path == CHECKSUMS)
    for done, path in enumerate(order):
        replace_file(output / path, complete[path])
        progress(done + 1, len(order))
    gone = [path for path in present if path not in complete]
    for path in gone:
        present[path].unlink()
    _drop_empty_folders(output)
    return Written(len(order), len(complete) - len(order), len(gone))


def with_checksums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The site as it is handed out: with the marker that says who made it, and the checksums of all other files."""
    complete = {MARKER: _marker(), **files}
    return complete | {CHECKSUMS: _checksums(complete)}


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


def _marker() -> bytes:
    return (dumps({"format": 1, "version": version("sourcebook")}) + "\n").encode()


def _checksums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


def _everything(folder: Path) -> Iterator[Path]:
    """All that is not a folder, links included: a link in the output is never followed."""
    for current, folders, names in os.walk(folder):
        for name in [*names, *(name for name in folders if (Path(current) / name).is_symlink())]:
            yield Path(current) / name


def _clear_the_way(output: Path, files: Mapping[str, bytes], present: dict[str, Path]) -> None:
    """Removes links and what is no file or folder, files where a folder must be, and folders where a file must be."""
    parents = {parent.as_posix() for path in files for parent in Path(path).parents}
    for place, path in list(present.items()):
        if path.is_symlink() or not path.is_file() or place in parents:
            path.unlink()
            del present[place]
    for place in files:
        if (output / place).is_dir():
            for path in _everything(output / place):
                path.unlink()
                present.pop(path.relative_to(output).as_posix(), None)
            _drop_empty_folders(output / place)
            (output / place).rmdir()


def replace_file(path: Path, body: bytes) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _drop_empty_folders(folder: Path) -> None:
    for current, _, _ in os.walk(folder, topdown=False):
        if current != str(folder) and not any(Path(current).iterdir()):
            Path(current).rmdir()


@contextmanager
def only_build(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One build at a time a site. The lock is the system's: it goes with the process that holds it."""
    folder = root / ".sourcebook"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
