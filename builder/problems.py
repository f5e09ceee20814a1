"""What can be wrong, where it stands, and the way out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Literal

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


MANY, SHARING, LIKELY = 300, 1_000, 30
"""Of more known words than `MANY`, only some are looked at closely: at most so many that share the rarest pairs of
letters, and of these the likeliest."""


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
def _by_letters(words: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """The words in which each pair of letters stands: what thousands of mistakes in one file ask for again and again."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for pair in _pairs(word):
            holders[pair].append(word)
    return holders


def _likely(word: str, holders: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Known words that share the most pairs of letters with a word, of those that share its rarest."""
    shared: Counter[str] = Counter()
    for pair in sorted(_pairs(word), key=lambda pair: (len(holders.get(pair, ())), pair)):
        if shared and len(shared) + len(holders.get(pair, ())) > SHARING:
            break
        shared.update(holders.get(pair, ())[:SHARING])
    return [candidate for candidate, _ in shared.most_common(LIKELY)]


def _pairs(word: str) -> set[str]:
    """Neighbouring letters, and the first and the last one: ^k, ky, yi, iv and v$ of “kyiv”."""
    return {"".join(pair) for pair in pairwise(f"^{word}$")}


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """The sentence that offers the nearest known word, or nothing."""
    found = nearest(word, known)
    return f"the nearest is “{found}”" if found else ""
