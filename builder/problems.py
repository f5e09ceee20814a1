"""What can be wrong, where it stands, and the way out."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Literal

from builder.values import dataclass

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the site: the path from its root, line and column from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the place, its code, the fact, and (over several lines if need be) the way out."""

    span: Span
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column, as an author walks through them."""
    return tuple(sorted(set(problems), key=lambda p: (p.span, p.code, p.message, p.hint, p.severity)))


def nearest(word: str, known: Iterable[str], *, alike: float = 0.5) -> str:
    """The known word that `word` was probably meant to be, or the empty string.

    More than `alike` of the letters must agree (`difflib.SequenceMatcher.ratio`); ties go to the first in the alphabet.
    """
    best, best_ratio = "", alike
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    for candidate in sorted(known):
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
            continue
        if (ratio := matcher.ratio()) > best_ratio:
            best, best_ratio = candidate, ratio
    return best


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """The sentence that offers the nearest known word, or nothing."""
    found = nearest(word, known)
    return f"the nearest is “{found}”" if found else ""
