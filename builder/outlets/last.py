"""The last build of a site: when nothing has changed since, neither in its files nor in its output, there is no other.

That is the memo once more, of the whole line: the same inputs, so the same output. It takes no library to see it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from hashlib import blake2b
from pathlib import Path

from builder.files import Files
from builder.outlets.folder import read_site
from builder.outlets.installed import version_of
from builder.outlets.memory import Memory, memory_of
from builder.outlets.packing import Unreadable, pack, unpack
from builder.outlets.present import present_in
from builder.problems import Problem, Span
from builder.values import dataclass

LAST = "last"
ALSO_MAKE = ("cbor2", "font-source-serif-pro", "pagefind-bin", "pillow")
"""What makes files of a site, if it is there, but nothing that a memo holds: the search, the card."""


@dataclass(frozen=True, slots=True)
class Last:
    """What was said of a build, and what it wrote: digests by path."""

    problems: tuple[Problem, ...]
    pages: int
    counts: str
    left_out: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """A site that is to be built into a folder: its files as they are, and one `name` for all that it is made of."""

    root: Path
    target: Path
    drafts: bool
    search: bool
    memory: Memory
    inputs: Files
    problems: list[Problem]
    name: str


def look(root: Path, target: Path, *, drafts: bool, search: bool) -> Task:
    """At every file of the site."""
    memory = memory_of(root)
    inputs, problems = read_site(root, memory.inputs)
    name = name_of(inputs, (drafts, search, *map(version_of, ALSO_MAKE)), problems, memory.code)
    return Task(root, target, drafts, search, memory, inputs, problems, name)


def name_of(inputs: Files, options: Iterable[object], problems: Iterable[Problem], code: str) -> str:
    digest = blake2b(digest_size=20)
    known = [(path, inputs.sha256(path)) for path in sorted(inputs)]
    digest.update(repr((code, tuple(options), tuple(map(astuple, problems)), known)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def recall_last(task: Task) -> Last | None:
    """The last build, if it had this name, and its output is as it left it."""
    body = task.memory.keeper.load(LAST)
    try:
        name, problems, pages, counts, left_out, files = unpack(body) if body else ("", (), 0, "", "", {})
    except (Unreadable, TypeError, ValueError):
        return None
    if name != task.name:
        return None
    present = present_in(task.target)
    if present.others or present.files.keys() != files.keys():
        return None
    if any(present.digest(path, task.memory.outputs) != digest for path, digest in files.items()):
        return None
    return Last(tuple(Problem(Span(*place), *rest) for place, *rest in problems), pages, counts, left_out, files)


def keep_last(task: Task, last: Last) -> None:
    problems = tuple(map(astuple, last.problems))
    kept = (task.name, problems, last.pages, last.counts, last.left_out, dict(last.files))
    task.memory.keeper.save(LAST, pack(kept))
