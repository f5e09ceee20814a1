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

from builder.problems import Problem, Span

try:
    import fcntl
except ImportError:  # Windows has no such lock; two builds at once are then the author's own care
    fcntl = None  # type: ignore[assignment]

MARKER = "sourcebook.json"
CHECKSUMS = "SHA256SUMS"
SOURCES = ("content", "layouts", "site.yaml")


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
    waiting, seen = [start], set[Path]()
    while waiting:
        path = waiting.pop()
        place = path.relative_to(root).as_posix()
        if path.is_symlink() and not _inside(path, real_root):
            fact = "this link leaves the site, or leads nowhere"
            problems.append(Problem(Span(place), "path-outside", fact, "put the file itself here"))
        elif not place.isprintable():
            shown = place.encode("utf-8", "replace").decode()
            problems.append(Problem(Span(shown), "not-utf8", "this file's name cannot be read as text", "rename it"))
        elif path.is_dir():
            if (real := path.resolve()) not in seen:
                seen.add(real)
                waiting += sorted(child for child in path.iterdir() if not child.name.startswith("."))
        elif path.is_file():
            yield path, place


def _inside(path: Path, real_root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(real_root)
    except OSError:
        return False


# --- writing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of the output were new or changed, how many were right already, how many went."""

    written: int
    unchanged: int
    removed: int


def write_site(
    files: Mapping[str, bytes], output: Path, root: Path, progress: Callable[[int, int], None] = lambda done, all: None
) -> Written:
    """Makes the folder hold these files, a marker and checksums, and nothing else.

    New files first, changed ones next, deletions last, each by one rename: a build that is killed leaves no page missing or
    half written. A file that is right already is not touched. Raises Refused for a folder that is not ours.
    """
    check_output(output, root)
    output.mkdir(parents=True, exist_ok=True)
    complete = {MARKER: _marker(), **files}
    complete[CHECKSUMS] = _checksums(complete)
    present = {path.relative_to(output).as_posix(): path for path in _everything(output)}
    _clear_the_way(output, complete, present)
    new = [path for path in complete if path not in present]
    changed = [path for path in complete if path in present and present[path].read_bytes() != complete[path]]
    # The marker goes first: a first build that is killed must leave a folder that the next one recognises.
    order = sorted(new, key=lambda path: path != MARKER) + sorted(changed, key=lambda path: path == CHECKSUMS)
    for done, path in enumerate(order):
        _replace(output / path, complete[path])
        progress(done + 1, len(order))
    gone = [path for path in present if path not in complete]
    for path in gone:
        present[path].unlink()
    _drop_empty_folders(output)
    return Written(len(order), len(complete) - len(order), len(gone))


def check_output(output: Path, root: Path) -> None:
    """Refuses a folder that is, holds or lies in the site's sources, and one with files that no build made."""
    real, site = output.resolve(), root.resolve()
    for source in (site / name for name in SOURCES):
        if real == site or real == source or source.is_relative_to(real) or real.is_relative_to(source):
            raise Refused(f"{output} is or holds the site's own sources; choose another folder with --output")
    if output.exists() and not output.is_dir():
        raise Refused(f"{output} is a file; choose another folder with --output")
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise Refused(
            f"{output} holds files that Sourcebook did not make; empty it, or choose another folder with --output"
        )


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
    """Removes links, and files that stand where a folder must be; a page is then written anew."""
    parents = {parent.as_posix() for path in files for parent in Path(path).parents}
    for place, path in list(present.items()):
        if path.is_symlink() or place in parents:
            path.unlink()
            del present[place]
    for place in files:
        if (output / place).is_dir():
            for path in _everything(output / place):
                path.unlink()
                present.pop(path.relative_to(output).as_posix(), None)
            _drop_empty_folders(output / place)
            (output / place).rmdir()


def _replace(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = mkstemp(dir=path.parent, prefix=".sourcebook-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _drop_empty_folders(folder: Path) -> None:
    for current, _, _ in os.walk(folder, topdown=False):
        if current != str(folder) and not any(Path(current).iterdir()):
            Path(current).rmdir()


@contextmanager
def only_build(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One build at a time a site. The lock is the system's: it goes with the process that holds it, however that ends."""
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
