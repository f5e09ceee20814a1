"""A site's files to what is built of them, by way of what earlier builds left; and that into its folder."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from builder.build import Built, build
from builder.files import Files, in_memory
from builder.outlets.last import Last, keep_last
from builder.outlets.memory import Memory
from builder.outlets.present import Written
from builder.outlets.report import counts
from builder.outlets.values import unpack_value
from builder.outlets.workers import spread
from builder.outlets.writing import Progress, staging
from builder.problems import Problem, in_order


class Mistakes(Exception):
    """The site is not written; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Hands:
    """What a build leaves to whoever asked for it.

    `refuses`: whether a site with these problems is not to be written. `tell`: shows the problems of one that is.
    `progress`: a bar with a name. `index`: the search's files for the pages, in a setting's languages; None for a site
    without search.
    """

    refuses: Callable[[tuple[Problem, ...]], bool]
    tell: Callable[[tuple[Problem, ...]], None]
    progress: Callable[[str], AbstractContextManager[Progress]]
    index: Callable[[Files, str], Mapping[str, bytes]] | None


def build_from(
    inputs: Files, problems: list[Problem], memory: Memory, *, drafts: bool = False, search: bool = True
) -> tuple[Built, tuple[Problem, ...]]:
    """The site, and all that is wrong with its files; pages are made when their bytes are asked for.

    `inputs` and `problems` as `read_site` gives them.
    """
    unreadable = frozenset(problem.span.path for problem in problems)
    memo = memory.memo(unpack_value)
    built = build(inputs, drafts=drafts, search=search, unreadable=unreadable, memo=memo, spread=spread)
    return built, in_order([*problems, *built.problems])


def build_and_write(
    inputs: Files, problems: list[Problem], memory: Memory, target: Path, name: str, *, drafts: bool, hands: Hands
) -> tuple[Last, Written]:
    """Makes the folder hold the site, or raises Mistakes, and leaves what the next build will want to know.

    `name` is that of what it is made of, as `last` gives it.
    """
    built, found = build_from(inputs, problems, memory, drafts=drafts, search=bool(hands.index))
    if hands.refuses(found):
        memory.keep()
        raise Mistakes(found)
    with staging(target, memory.root, memory.outputs) as stage:
        with hands.progress("Making pages") as progress:
            found = in_order([*found, *stage.take(built.files, spread, progress)])
        if hands.refuses(found):
            memory.keep()
            raise Mistakes(found)
        hands.tell(found)
        if hands.index:
            stage.take(in_memory(hands.index(stage.pages(), built.briefing.settings.search_languages)))
        with hands.progress("Writing") as progress:
            done = stage.put_in_place(progress)
    memory.keep()
    pages = sum(path.endswith(".html") for path in built.files)
    last = Last(found, pages, counts(built.briefing), stage.digests())
    keep_last(memory.keeper, name, last)
    return last, done
