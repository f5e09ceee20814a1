"""A site to begin with: a small made-up topic that builds at once, and what an editor and GitHub need."""

from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from builder.briefing.checks import SEVERITY
from builder.outlets.folder import Refused, replace_file
from builder.reading.files import SEAL
from builder.reading.json_schemas import json_schemas
from builder.reading.seal import reseal

SCHEMAS = ".schemas"
STARTER = Path(__file__).resolve().parent.parent / "starter"
HIDDEN = "dot-"
"""How the name begins of what is to be hidden: a `.gitignore` in the package would already take effect there."""


def start_site(folder: Path) -> int:
    """Writes the starter into a folder; how many files it has. Raises Refused for one that is not new or empty.

    `site.yaml` comes last: a folder without it is no site yet. What the machine stops halfway is taken away again, so
    that it can be tried once more.
    """
    _check_free(folder)
    there = folder.is_dir()
    files = starter_files()
    try:
        for path in sorted(files, key=lambda path: path == "site.yaml"):
            replace_file(folder / path, files[path])
    except (OSError, KeyboardInterrupt):
        with suppress(OSError):
            _take_away(files, folder, keep=there)
        raise
    return len(files)


def _take_away(paths: Iterable[str], folder: Path, *, keep: bool) -> None:
    """The files, and the folders that are empty then; `keep`: but for the one that was there before."""
    places = [folder / path for path in paths]
    for place in places:
        place.unlink(missing_ok=True)
    made = {parent for place in places for parent in place.parents if folder in (parent, *parent.parents)}
    for place in sorted(made - ({folder} if keep else set()), key=lambda place: len(place.parts), reverse=True):
        if place.is_dir():
            place.rmdir()


def _check_free(folder: Path) -> None:
    """A repository without a file in it is empty, too."""
    for place in (folder, *folder.parents):
        if place.is_symlink() and not place.exists():
            raise Refused(f"{place} is a link that leads nowhere; choose another name")
        if place.exists() and not place.is_dir():
            raise Refused(f"{place} is a file; choose another name")
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise Refused(f"{folder} is not empty; choose a folder that is new or empty")


def starter_files() -> dict[str, bytes]:
    """Path → bytes: the topic, sealed, with the schemas of its YAML."""
    files = {_place(path): _filled(path) for path in sorted(STARTER.rglob("*")) if path.is_file()}
    schemas = {f"{SCHEMAS}/{name}": body for name, body in json_schemas(SEVERITY).items()}
    return {**files, **schemas, SEAL: reseal(files).text.encode()}


def _place(path: Path) -> str:
    parts = path.relative_to(STARTER).parts
    return "/".join(f".{part.removeprefix(HIDDEN)}" if part.startswith(HIDDEN) else part for part in parts)


def _filled(path: Path) -> bytes:
    return path.read_bytes().replace(b"SOURCEBOOK_VERSION", version("sourcebook").encode())


def write_schemas(folder: Path) -> tuple[str, ...]:
    """Writes the JSON Schemas of a site's YAML files; their names. A file that is right already is not touched."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; choose another folder with --output")
    schemas = json_schemas(SEVERITY)
    for name, body in schemas.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != body:
            replace_file(path, body)
    return tuple(schemas)
