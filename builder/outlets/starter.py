"""A site to begin with: a small made-up topic that builds at once, and what an editor and GitHub need."""

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

    `site.yaml` comes last: a folder without it is no site yet.
    """
    _check_free(folder)
    files = starter_files()
    for path in sorted(files, key=lambda path: path == "site.yaml"):
        replace_file(folder / path, files[path])
    return len(files)


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
