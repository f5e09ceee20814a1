"""Texts that print one wire story: found by the five-word stretches they share."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from zlib import crc32

from builder.briefing.folding import folded
from builder.memo import Memo
from builder.model import Block
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

LEAST_FOUND = 1 / 3
"""Texts whose samples share less than this part of what the texts would need to are not compared as a whole. Two texts
of 400 words just above the default threshold are missed only where chance is off by three deviations."""

TOKEN = re.compile(f"{UNSPACED.pattern}|\\w+")

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
) -> list[tuple[str, str, float]]:
    """Pairs of slugs whose texts share at least `threshold` of their stretches (Jaccard), with that share.

    An inverted index of samples: only texts that share a stretch are ever counted, and only those that share enough
    are compared as a whole. Of a story in very many prints not all pairs are given, but enough to join them.
    `made_of`: a name for each text, by its slug; `memo` recalls what was found out of texts of that name.
    """
    names = made_of or {slug: slug for slug, _ in texts}
    index = Samples(texts, names, Memo() if memo is None else memo)
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
        return array("I", self.stretches)


@dataclass(frozen=True, slots=True)
class Held:
    """Which texts there were, by slug with their names, and which stretches several of them have, with their slugs."""

    names: Mapping[str, str]
    repeated: Mapping[int, frozenset[str]]


class Samples:
    """The samples of all texts, and which stretches several have: found anew only for texts that are new."""

    def __init__(self, texts: Sequence[tuple[str, Sequence[Block]]], names: Mapping[str, str], memo: Memo) -> None:
        self.texts, self.names, self.memo = texts, names, memo
        self.chosen = Chosen()
        self.whole: dict[int, frozenset[int]] = {}

    def sample(self, index: int) -> Sample:
        slug, blocks = self.texts[index]
        return self.memo.recall("sample", (self.names[slug],), lambda: sample(blocks, self.chosen))

    def share(self, one: int, other: int) -> float:
        """How much two texts have in common."""
        names = [self.names[self.texts[index][0]] for index in (one, other)]
        return self.memo.recall("share", names, lambda: self._share(one, other))

    def _share(self, one: int, other: int) -> float:
        first, second = (self.whole.setdefault(index, shingles(self.texts[index][1])) for index in (one, other))
        return len(first & second) / len(first | second)

    def holders(self) -> Iterable[list[int]]:
        """For each stretch that more than one text has, which have it, in order."""
        key = self.memo.key("held", ())
        names = {slug: self.names[slug] for slug, _ in self.texts}
        known = self.memo.find(key)
        before: Held = known[0] if known else Held({}, {})
        repeated = self._changed_since(before) if before.names != names else before.repeated
        if repeated is not before.repeated:
            self.memo.learn(key, Held(names, repeated))
        place = {slug: index for index, (slug, _) in enumerate(self.texts)}
        return (sorted(map(place.__getitem__, slugs)) for slugs in repeated.values())

    def _changed_since(self, before: Held) -> Mapping[int, frozenset[str]]:
        """The stretches that are repeated now, by way of those that were."""
        new = [index for index, (slug, _) in enumerate(self.texts) if before.names.get(slug) != self.names[slug]]
        gone = before.names.keys() - {slug for slug, _ in self.texts}
        replaced = {slug for slug in (self.texts[index][0] for index in new) if slug in before.names}
        old = {slug: self._as_it_was(before.names[slug]) for slug in (*gone, *replaced)}
        samples = [one for one in old.values() if one]
        if len(new) + len(gone) > FEW or len(samples) < len(old):
            return self._repeated()
        repeated = dict(before.repeated)
        only: set[int] = set()
        for slug, was in old.items():
            stretches = set(was.numbers if was else ())
            only |= stretches - before.repeated.keys()
            for stretch in repeated.keys() & stretches:
                left = repeated.pop(stretch) - {slug}
                if len(left) > 1:
                    repeated[stretch] = left
        return self._with(new, repeated, only)

    def _as_it_was(self, name: str) -> Sample | None:
        found = self.memo.known_of(self.memo.key("sample", (name,)))
        return found if isinstance(found, Sample) else None

    def _with(
        self, new: Sequence[int], repeated: dict[int, frozenset[str]], only: set[int]
    ) -> dict[int, frozenset[str]]:
        """The stretches repeated among all texts; `repeated` are those among the texts that are not `new`, and none of
        these has one of `only`."""
        now = {self.texts[index][0]: frozenset(self.sample(index).numbers) for index in new}
        holders: defaultdict[int, set[str]] = defaultdict(set)
        for slug, stretches in now.items():
            for stretch in stretches:
                holders[stretch].add(slug)
        for stretch, found in holders.items():
            found |= repeated.get(stretch, frozenset())
        looked_for = frozenset(holders) - repeated.keys() - only
        for index in range(len(self.texts)) if looked_for else ():
            slug = self.texts[index][0]
            if slug not in now:
                for stretch in looked_for.intersection(self.sample(index).numbers):
                    holders[stretch].add(slug)
        return repeated | {stretch: frozenset(found) for stretch, found in holders.items() if len(found) > 1}

    def _repeated(self) -> dict[int, frozenset[str]]:
        # Nearly every stretch stands in one text only; to find the others first takes half the time.
        seen: set[int] = set()
        repeated: set[int] = set()
        for index in range(len(self.texts)):
            stretches = set(self.sample(index).numbers)
            repeated |= seen & stretches
            seen |= stretches
        holders: defaultdict[int, set[str]] = defaultdict(set)
        for index, (slug, _) in enumerate(self.texts):
            for stretch in repeated.intersection(self.sample(index).numbers):
                holders[stretch].add(slug)
        return {stretch: frozenset(found) for stretch, found in holders.items()}


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
