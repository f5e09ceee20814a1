"""Texts that print one wire story: found by the five-word stretches they share."""

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress
from zlib import crc32

from builder.briefing.folding import folded
from builder.memo import Memo, Spread, one_by_one
from builder.model import Block
from builder.patterns import pattern
from builder.reading.scripts import UNSPACED
from builder.values import dataclass

SHINGLE = 5
COMMON = 50
"""A stretch in more articles than this is compared with the first of them alone: a formula (“did not respond to a
request for comment”) makes no pair of all that have it, and a story in many prints is still one group."""

ONE_IN = 4
"""Of a long text only the stretches that begin with one word in so many are looked for in others: the same words in all
texts, so that what two of them share is found in both. It takes a quarter of the memory."""

SHORT = 400
"""Words of a text of which every stretch is looked for: of so few, a sample would miss too much."""

FEW = 100
"""If more texts than this are new, it is sooner to look for repeated stretches in all texts than for theirs alone."""

FEW_STRETCHES = 20
"""So few new stretches has a text in which a sentence was mended."""

LEAST_FOUND = 1 / 3
"""Texts whose samples share less than this part of what the texts would need to are not compared as a whole. Two texts
of 400 words just above the default threshold are missed only where chance is off by three deviations."""

TOKEN = pattern(f"{UNSPACED.pattern}|\\w+")

ASCII_WORDS = {code: chr(code).lower() if re.match(r"\w", chr(code)) else " " for code in range(128)}
"""Letters to small letters, and what is in no word to spaces."""


def shingles(blocks: Iterable[Block]) -> frozenset[int]:
    """The stretches of five words in a text's own paragraphs, as hashes that live as long as the process."""
    return frozenset(stretch for words in _paragraphs(blocks) for stretch in map(hash, _stretches(words)))


def wire_copies(
    texts: Sequence[tuple[str, Sequence[Block]]],
    threshold: float,
    made_of: Mapping[str, str] | None = None,
    memo: Memo | None = None,
    spread: Spread = one_by_one,
) -> list[tuple[str, str, float]]:
    """Pairs of slugs whose texts share at least `threshold` of their stretches (Jaccard), with that share.

    An inverted index of samples: only texts that share a stretch are ever counted, and only those that share enough
    are compared as a whole. Of a story in very many prints not all pairs are given, but enough to join them.
    `made_of`: a name for each text, by its slug; `memo` recalls what was found out of texts of that name; `spread` is a
    `map` for the others.
    """
    names = made_of or {slug: slug for slug, _ in texts}
    index = Samples(texts, names, Memo() if memo is None else memo, spread)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in index.holders():
        firsts = indexes if len(indexes) <= COMMON else indexes[:1]
        shared.update((a, b) for place, a in enumerate(firsts) for b in indexes[place + 1 :])
    pairs = []
    for (a, b), count in sorted(shared.items()):
        needed = threshold / (1 + threshold) * (index.sample(a).length + index.sample(b).length)
        if count * ONE_IN < needed * LEAST_FOUND:
            continue
        share = index.share(a, b)
        if share >= threshold:
            pairs.append((texts[a][0], texts[b][0], share))
    return pairs


class Chosen(dict[str, bool]):
    """Whether stretches that begin with a word belong to the samples: by its letters, so the same on every machine."""

    def __missing__(self, word: str) -> bool:
        self[word] = chosen = crc32(word.encode()) % ONE_IN == 0
        return chosen


@dataclass(frozen=True, slots=True)
class Sample:
    """The stretches of a text by which others are found, as four bytes each, and how many it has in all, repeated ones
    included. Two stretches may have the same four bytes: that only makes two texts be compared for nothing."""

    stretches: bytes
    length: int

    @property
    def numbers(self) -> "array[int]":
        """In ascending order."""
        return array("I", self.stretches)

    def among(self, wanted: frozenset[int]) -> Iterable[int]:
        """Those of the wanted ones that it has. A few are soonest found by halves."""
        numbers = self.numbers
        if len(wanted) > FEW_STRETCHES:
            return wanted.intersection(numbers)
        places = ((one, bisect_left(numbers, one)) for one in wanted)
        return [one for one, place in places if place < len(numbers) and numbers[place] == one]


@dataclass(frozen=True, slots=True)
class Held:
    """Which texts there were, by slug with their names and samples, and which stretches several of them have, with
    their slugs."""

    names: Mapping[str, str]
    samples: Mapping[str, Sample]
    repeated: Mapping[int, frozenset[str]]


class Samples:
    """The samples of all texts, and which stretches several have: found anew only for texts that are new."""

    def __init__(
        self, texts: Sequence[tuple[str, Sequence[Block]]], names: Mapping[str, str], memo: Memo, spread: Spread
    ) -> None:
        self.texts, self.memo, self.spread = texts, memo, spread
        self.names = {slug: names[slug] for slug, _ in texts}
        self.whole: dict[int, frozenset[int]] = {}
        key = memo.key("held", ())
        known = memo.find(key)
        before: Held = known[0] if known else Held({}, {}, {})
        self.held = before if before.names == self.names else memo.learn(key, self._held_after(before))

    def sample(self, index: int) -> Sample:
        return self.held.samples[self.texts[index][0]]

    def share(self, one: int, other: int) -> float:
        """How much two texts have in common."""
        names = [self.names[self.texts[index][0]] for index in (one, other)]
        return self.memo.recall("share", names, lambda: self._share(one, other))

    def _share(self, one: int, other: int) -> float:
        first, second = (self.whole.setdefault(index, shingles(self.texts[index][1])) for index in (one, other))
        return len(first & second) / len(first | second)

    def holders(self) -> Iterable[list[int]]:
        """For each stretch that more than one text has, which have it, in order."""
        place = {slug: index for index, (slug, _) in enumerate(self.texts)}
        return (sorted(map(place.__getitem__, slugs)) for slugs in self.held.repeated.values())

    def _held_after(self, before: Held) -> Held:
        """What there is now, by way of what there was."""
        new = {slug: blocks for slug, blocks in self.texts if before.names.get(slug) != self.names[slug]}
        gone = [slug for slug in before.names if slug in new or slug not in self.names]
        fresh = dict(zip(new, self.spread(partial(sample, chosen=Chosen()), new.values()), strict=True))
        kept = {slug: before.samples[slug] for slug in self.names if slug not in new}
        if len(new) + len(gone) > FEW:
            return Held(self.names, kept | fresh, repeated_in(kept | fresh))
        repeated = dict(before.repeated)
        only: set[int] = set()
        for slug in gone:
            stretches = set(before.samples[slug].numbers)
            only |= stretches - before.repeated.keys()
            for stretch in repeated.keys() & stretches:
                left = repeated.pop(stretch) - {slug}
                if len(left) > 1:
                    repeated[stretch] = left
        return Held(self.names, kept | fresh, repeated_with(fresh, kept, repeated, only))


def repeated_with(
    fresh: Mapping[str, Sample],
    kept: Mapping[str, Sample],
    repeated: Mapping[int, frozenset[str]],
    only: set[int],
) -> dict[int, frozenset[str]]:
    """The stretches that several of all texts have; `repeated` are those that several of the `kept` ones have, and none
    of these has one of `only`."""
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for slug, found in fresh.items():
        for stretch in found.numbers:
            holders[stretch].add(slug)
    for stretch, slugs in holders.items():
        slugs |= repeated.get(stretch, frozenset())
    looked_for = frozenset(holders) - repeated.keys() - only
    for slug, found in kept.items() if looked_for else ():
        for stretch in found.among(looked_for):
            holders[stretch].add(slug)
    return {**repeated, **{stretch: frozenset(slugs) for stretch, slugs in holders.items() if len(slugs) > 1}}


def repeated_in(samples: Mapping[str, Sample]) -> dict[int, frozenset[str]]:
    # Nearly every stretch stands in one text only; to find the others first takes half the time.
    seen: set[int] = set()
    repeated: set[int] = set()
    for found in samples.values():
        stretches = set(found.numbers)
        repeated |= seen & stretches
        seen |= stretches
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for slug, found in samples.items():
        for stretch in repeated.intersection(found.numbers):
            holders[stretch].add(slug)
    return {stretch: frozenset(slugs) for stretch, slugs in holders.items()}


def sample(blocks: Iterable[Block], chosen: Chosen) -> Sample:
    paragraphs = list(_paragraphs(blocks))
    length = sum(map(len, paragraphs))
    every = (_stretches(words) for words in paragraphs)
    if length > SHORT:
        every = (
            compress(stretches, map(chosen.__getitem__, words))
            for stretches, words in zip(every, paragraphs, strict=True)
        )
    found = {crc32(" ".join(stretch).encode()) for stretches in every for stretch in stretches}
    return Sample(array("I", sorted(found)).tobytes(), sum(max(len(words) - SHINGLE + 1, 0) for words in paragraphs))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[list[str]]:
    return (_words(folded(block.text)) for block in blocks if block.role == "body")


def _words(text: str) -> list[str]:
    """The words in small letters; those of a text in plain ASCII are found in a third of the time."""
    return text.translate(ASCII_WORDS).split() if text.isascii() else TOKEN.findall(text.lower())


def _stretches(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(SHINGLE)), strict=False)


def origins(slugs: Sequence[str], pairs: Iterable[tuple[str, str, float]]) -> tuple[tuple[str, ...], ...]:
    """The slugs in groups: those that print one story together, each other one alone; in the order given."""
    group = {slug: [slug] for slug in slugs}
    for one, other, _ in pairs:
        smaller, larger = sorted((group[one], group[other]), key=len)
        if smaller is not larger:
            larger += smaller
            group.update(dict.fromkeys(smaller, larger))
    place = {slug: index for index, slug in enumerate(slugs)}
    groups = {id(members): members for members in map(group.__getitem__, slugs)}
    return tuple(tuple(sorted(members, key=place.__getitem__)) for members in groups.values())
