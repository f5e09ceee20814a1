"""The last build of a site: when nothing has changed since, neither in its files nor in its output, there is no other.

That is the memo once more, of the whole line: the same inputs, so the same output. It takes no library to see it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path

from builder.files import Files
from builder.outlets.keeping import Keeper
from builder.outlets.packing import Unreadable, pack, unpack
from builder.outlets.present import present_in
from builder.outlets.seen import Seen
from builder.problems import Problem, Span

LAST = "last"


@dataclass(frozen=True, slots=True)
class Last:
    """What was said of a build, and what it wrote: digests by path."""

    problems: tuple[Problem, ...]
    pages: int
    counts: str
    files: Mapping[str, str]


def name_of(inputs: Files, options: Iterable[object], problems: Iterable[Problem], code: str) -> str:
    """One name for all that a build is made of."""
    digest = blake2b(digest_size=20)
    known = [(path, inputs.sha256(path)) for path in sorted(inputs)]
    digest.update(repr((code, tuple(options), tuple(map(astuple, problems)), known)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def recall_last(keeper: Keeper, name: str, output: Path, seen: Seen) -> Last | None:
    """The last build, if it had this name, and its output is as it left it."""
    body = keeper.load(LAST)
    try:
        kept, problems, pages, counts, files = unpack(body) if body else ("", (), 0, "", {})
    except (Unreadable, TypeError, ValueError):
        return None
    if kept != name:
        return None
    present = present_in(output)
    if present.others or present.files.keys() != files.keys():
        return None
    if any(present.digest(path, seen) != digest for path, digest in files.items()):
        return None
    return Last(tuple(Problem(Span(*place), *rest) for place, *rest in problems), pages, counts, files)


def keep_last(keeper: Keeper, name: str, last: Last) -> None:
    problems = tuple(map(astuple, last.problems))
    keeper.save(LAST, pack((name, problems, last.pages, last.counts, dict(last.files))))
