"""What can be wrong, where it stands, and the way out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import islice, pairwise
from typing import Literal

from builder.values import dataclass

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the site: the path from its root, line and column from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __reduce__(self) -> tuple[type, tuple[str, int, int]]:
        """In a memo there are many, and the state of a dataclass takes thrice as long to read."""
        return type(self), (self.path, self.line, self.column)


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


MANY, SHARING, LIKELY = 300, 500, 20
"""Of more known words than `MANY`, only some are looked at: about so many that have a word's rarest pairs of letters,
and closely the likeliest of these."""


def nearest(word: str, known: Iterable[str], *, alike: float = 0.5) -> str:
    """The known word that `word` was probably meant to be, or the empty string. Never `word` itself.

    More than `alike` of the letters must agree (`difflib.SequenceMatcher.ratio`); ties go to the first in the alphabet.
    """
    words = known if isinstance(known, frozenset) else frozenset(known)
    candidates = _likely(word, _by_letters(words)) if len(words) > MANY else words
    best, best_ratio = "", alike
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    for candidate in sorted(candidates):
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio or candidate == word:
            continue
        if (ratio := matcher.ratio()) > best_ratio:
            best, best_ratio = candidate, ratio
    return best


@lru_cache(maxsize=8)
def _by_letters(words: frozenset[str]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """For each pair of letters the words that have it, with all of theirs.

    Kept, as thousands of mistakes in one file ask for the same words again and again.
    """
    holders: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for word in sorted(words):
        pairs = _pairs(word)
        for pair in pairs:
            holders[pair][word] = pairs
    return dict(holders)


def _likely(word: str, holders: Mapping[str, Mapping[str, frozenset[str]]]) -> Sequence[str]:
    """Of the known words that have the rarest pairs of a word's letters, those that are most like it in all pairs."""
    own = _pairs(word)
    sharing: dict[str, frozenset[str]] = {}
    for having in sorted((holders[pair] for pair in sorted(own) if pair in holders), key=len):
        if len(sharing) >= SHARING:
            break
        sharing |= islice(having.items(), SHARING)
    alike = ((len(own & pairs) / (len(own) + len(pairs)), other) for other, pairs in sharing.items())
    return [other for _, other in nlargest(LIKELY, alike)]


def _pairs(word: str) -> frozenset[str]:
    """Neighbouring letters, and the first and the last one: ^k, ky, yi, iv and v$ of “kyiv”."""
    return frozenset(map("".join, pairwise(f"^{word}$")))


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """The sentence that offers the nearest known word, or nothing."""
    found = nearest(word, known)
    return f"the nearest is “{found}”" if found else ""
