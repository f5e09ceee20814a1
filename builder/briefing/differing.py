"""Two texts of one paragraph, word by word: what differs, and whether it is more than a house's way of writing."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from builder.briefing.classing import Hunk, Kind, Rules, Word, kind_of, kind_of_same_words, kind_of_word_order
from builder.values import dataclass

LONG = 1000
"""A paragraph of more words leaves out of account what stands in it all the time, so that it takes no time."""
WINDOW, GAP = 4, 4
"""How many neighbouring differences, at most so many words apart, can be one change of word order."""
SHORT = 4
"""A word of fewer letters between two differences is no common ground."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one text that follow each other, with the white space after them: the same in both texts (`kind` is
    empty), or a difference."""

    text: str
    kind: Kind | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one text has for what the other has; either may be empty."""

    kind: Kind
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Differing:
    """Both texts, cut where they differ. The runs of each, joined, are the text."""

    one: tuple[Run, ...]
    other: tuple[Run, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the texts differ: `one[a:b]` against `other[c:d]`. `same_word`: the same words, written in two ways."""

    a: int
    b: int
    c: int
    d: int
    same_word: bool = False


def differing(one: Sequence[Word], other: Sequence[Word], rules: Rules) -> Differing:
    """Every difference between two texts of one paragraph, each with its kind."""
    spots = _with_capitals(_spots(one, other), one, other)
    kinds = _gathered(list(_kinds(spots, one, other, rules)), one)
    return Differing(
        tuple(_runs(one, [(spot.a, spot.b, kind) for spot, kind in kinds])),
        tuple(_runs(other, [(spot.c, spot.d, kind) for spot, kind in kinds])),
        tuple(Difference(kind, _text(one[s.a : s.b]), _text(other[s.c : s.d])) for s, kind in kinds),
    )


# --- where they differ ---------------------------------------------------------------------------------------------


def _spots(one: Sequence[Word], other: Sequence[Word]) -> list[Spot]:
    """The differences in their order: other words, and the same words written otherwise."""
    spots: list[Spot] = []
    a = c = 0
    for hunk in [*_hunks(one, other), Spot(len(one), len(one), len(other), len(other))]:
        spots += _same_words(range(a, hunk.a), c - a, one, other)
        if hunk.a < hunk.b or hunk.c < hunk.d:
            spots.append(hunk)
        a, c = hunk.b, hunk.d
    return spots


def _hunks(one: Sequence[Word], other: Sequence[Word]) -> list[Spot]:
    """Where the words are not the same."""
    keys_one, keys_other = [word.key for word in one], [word.key for word in other]
    matcher = SequenceMatcher(None, keys_one, keys_other, autojunk=max(len(one), len(other)) > LONG)
    found = [Spot(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    hunks: list[Spot] = []
    for hunk, following in zip(found, [*found[1:], Spot(len(one), 0, len(other), 0)], strict=False):
        before = hunk.a - (hunks[-1].b if hunks else 0)
        after = following.a - hunk.b
        hunks.append(_slid(hunk, before, after, one, other))
    return hunks


def _slid(hunk: Spot, before: int, after: int, one: Sequence[Word], other: Sequence[Word]) -> Spot:
    """Words that only one text has, moved to where they make most sense: “US$500 billion [($NZ870 billion)]” is as true
    as “US$500 [billion ($NZ870] billion)”, and says more. `before` and `after`: how far it may move."""
    if hunk.a < hunk.b and hunk.c < hunk.d:
        return hunk
    words, start, end = (one, hunk.a, hunk.b) if hunk.a < hunk.b else (other, hunk.c, hunk.d)
    back = forth = 0
    while back < before and words[start - back - 1].key == words[end - back - 1].key:
        back += 1
    while forth < after and words[start + forth].key == words[end + forth].key:
        forth += 1
    by = max(range(-back, forth + 1), key=lambda step: (_well_cut(words, start + step, end + step), -abs(step)))
    return Spot(hunk.a + by, hunk.b + by, hunk.c + by, hunk.d + by)


def _well_cut(words: Sequence[Word], start: int, end: int) -> int:
    """How much a stretch is one of its own: it begins with a bracket or after a comma or full stop, and ends in one."""
    first, last = words[start].text, words[end - 1].text
    after_stop = not start or words[start - 1].text[-1] in ",;:.!?"
    return (first[0] in "([“") + after_stop + (last[-1] in ",;:.!?)]”")


def _same_words(places: range, away: int, one: Sequence[Word], other: Sequence[Word]) -> Iterator[Spot]:
    """Where the same words are written otherwise; two words with another space between them together. The word at
    `place` is that of the other text at `place + away`."""
    start = -1
    for place in places:
        word, same = one[place], other[place + away]
        spaced = place + 1 in places and _space(word) != _space(same)
        if start < 0 and (spaced or word.text != same.text):
            start = place
        if start >= 0 and not spaced:
            yield Spot(start, place + 1, start + away, place + 1 + away, same_word=True)
            start = -1


def _space(word: Word) -> str:
    """The space after a word, where it is of an unusual kind; more than one are one."""
    return " ".join(word.gap.split(" ")).strip(" \t\n\r")


def _with_capitals(spots: Sequence[Spot], one: Sequence[Word], other: Sequence[Word]) -> list[Spot]:
    """“The” against “On Friday, the” is one difference: the capital only goes with the beginning of the sentence."""
    joined: list[Spot] = []
    for spot in spots:
        last = joined[-1] if joined else None
        if last and not last.same_word and spot.same_word and (last.b, last.d, spot.b) == (spot.a, spot.c, spot.a + 1):
            first, second = one[spot.a].text, other[spot.c].text
            if first[1:] == second[1:] and first.lower() == second.lower():
                joined[-1] = Spot(last.a, spot.b, last.c, spot.d)
                continue
        joined.append(spot)
    return joined


# --- of which kind -------------------------------------------------------------------------------------------------


def _kinds(
    spots: Sequence[Spot], one: Sequence[Word], other: Sequence[Word], rules: Rules
) -> Iterator[tuple[Spot, Kind]]:
    """Each difference with its kind; several that are one change of word order as one."""
    index = 0
    while index < len(spots):
        reordered = _word_order(spots[index : index + WINDOW], one, other, rules)
        if reordered:
            spot, kind, count = reordered
            yield spot, kind
            index += count
            continue
        spot = spots[index]
        if spot.same_word:
            yield spot, kind_of_same_words(one[spot.a : spot.b], other[spot.c : spot.d])
        else:
            yield spot, kind_of(Hunk(one, spot.a, spot.b), Hunk(other, spot.c, spot.d), rules)
        index += 1


def _word_order(
    spots: Sequence[Spot], one: Sequence[Word], other: Sequence[Word], rules: Rules
) -> tuple[Spot, Kind, int] | None:
    """The first few differences as one change of word order, with how many they are, if that is what they are."""
    first = spots[0]
    for count in range(1, len(spots) + 1):
        last = spots[count - 1]
        if count > 1 and last.a - spots[count - 2].b > GAP:
            return None
        if first.same_word or last.same_word:
            continue
        kind = kind_of_word_order(one[first.a : last.b], other[first.c : last.d], rules)
        if kind:
            return Spot(first.a, last.b, first.c, last.d), kind, count
    return None


def _gathered(kinds: Sequence[tuple[Spot, Kind]], one: Sequence[Word]) -> list[tuple[Spot, Kind]]:
    """Substance that goes on after a word as short as “of”, which both texts have by chance, is one difference."""
    gathered: list[tuple[Spot, Kind]] = []
    for spot, kind in kinds:
        if gathered and kind == gathered[-1][1] == "substance":
            last = gathered[-1][0]
            if spot.a - last.b == 1 and len(one[last.b].key) < SHORT:
                gathered[-1] = Spot(last.a, spot.b, last.c, spot.d), kind
                continue
        gathered.append((spot, kind))
    return gathered


# --- how they read -------------------------------------------------------------------------------------------------


def _runs(words: Sequence[Word], marked: Iterable[tuple[int, int, Kind]]) -> Iterator[Run]:
    """The text in runs; white space after a difference stands outside it."""
    done, blank = 0, ""
    for start, end, kind in marked:
        if start == end:
            continue
        if plain := blank + _text(words[done:start], closed=False):
            yield Run(plain)
        yield Run(_text(words[start:end]), kind)
        done, blank = end, words[end - 1].gap
    if plain := blank + _text(words[done:], closed=False):
        yield Run(plain)


def _text(words: Sequence[Word], *, closed: bool = True) -> str:
    """Some words as they stand in their text; `closed`: without the white space after the last."""
    text = "".join(word.text + word.gap for word in words)
    return text[: len(text) - len(words[-1].gap)] if words and closed else text
