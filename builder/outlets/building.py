"""A site's folder to what is built of it, by way of what earlier builds left there."""

from pathlib import Path

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.outlets.keeping import keeper
from builder.outlets.memory import Memory, code, recall
from builder.outlets.workers import spread
from builder.problems import Problem, in_order

__all__ = ["build_folder", "memory_of"]


def memory_of(root: Path) -> Memory:
    """What earlier builds of the site in this folder left."""
    return recall(keeper(root), code())


def build_folder(
    root: Path, memory: Memory, *, drafts: bool = False, search: bool = True
) -> tuple[Built, tuple[Problem, ...]]:
    """The site, and all that is wrong with its files; pages are made when their bytes are asked for."""
    inputs, problems = read_site(root, memory.inputs)
    unreadable = frozenset(problem.span.path for problem in problems)
    built = build(inputs, drafts=drafts, search=search, unreadable=unreadable, memo=memory.memo, spread=spread)
    return built, in_order([*problems, *built.problems])
