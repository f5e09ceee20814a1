"""A site's files to what is built of them, by way of what earlier builds left; and that into its folder."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from builder.build import Built, build
from builder.files import Files, in_memory
from builder.model import Briefing
from builder.outlets.kinds import unpack_value
from builder.outlets.last import Last, Task, keep_last
from builder.outlets.memory import Memory
from builder.outlets.present import Written
from builder.outlets.report import counts, left_out
from builder.outlets.workers import spread
from builder.outlets.writing import Progress, staging
from builder.problems import Problem, in_order
from builder.values import dataclass


class Mistakes(Exception):
    """The site is not written; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Hands:
    """What a build leaves to whoever asked for it.

    `refuses`: whether a site with these problems is not to be written. `tell`: shows the problems of one that is.
    `progress`: a bar with a name. `index`: the search's files for the pages. `draw_card`: as `build` takes it.
    """

    refuses: Callable[[tuple[Problem, ...]], bool]
    tell: Callable[[tuple[Problem, ...]], None]
    progress: Callable[[str], AbstractContextManager[Progress]]
    index: Callable[[Files, Built], Mapping[str, bytes]]
    draw_card: Callable[[Briefing], bytes | None]


def build_from(
    inputs: Files,
    problems: list[Problem],
    memory: Memory,
    *,
    draw_card: Callable[[Briefing], bytes | None] | None = None,
    **options: bool,
) -> Built:
    """The site; its pages are made when their bytes are asked for, and what is wrong with their templates is known only
    then. `inputs` and `problems` as `read_site` gives them, `options` as `build` takes them."""
    unreadable = frozenset(problem.span.path for problem in problems)
    memo = memory.memo(unpack_value)
    return build(
        inputs,
        draw_card=draw_card,
        unreadable=unreadable,
        memo=memo,
        spread=spread,
        try_templates=False,
        **options,
    )


def build_and_write(task: Task, hands: Hands) -> tuple[Built, Last, Written]:
    """Makes the folder hold the site, or raises Mistakes, and leaves what the next build will want to know."""
    memory = task.memory
    built = build_from(
        task.inputs, task.problems, memory, draw_card=hands.draw_card, drafts=task.drafts, search=task.search
    )
    found = in_order([*task.problems, *built.problems])
    if hands.refuses(found):
        memory.keep(whole=True)
        raise Mistakes(in_order([*found, *built.with_templates_tried().problems]))
    with staging(task.target, task.root, memory.outputs) as stage:
        with hands.progress("Making pages") as progress:
            found = in_order([*found, *stage.take(built.files, spread, progress)])
        if hands.refuses(found):
            memory.keep(whole=True)
            raise Mistakes(found)
        hands.tell(found)
        if task.search:
            stage.take(in_memory(hands.index(stage.pages(), built)))
        with hands.progress("Writing") as progress:
            done = stage.put_in_place(progress)
    memory.keep()
    pages = sum(path.endswith(".html") for path in built.files)
    last = Last(found, pages, counts(built.briefing), left_out(built.briefing), stage.digests())
    keep_last(task, last)
    return built, last, done
