"""Texts that print one wire story: found by the five-word stretches they share."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from zlib import crc32

from builder.briefing.folding import folded
from builder.model import Block
from builder.reading.scripts import UNSPACED

SHINGLE = 5
COMMON = 50
"""A stretch in more articles than this is compared with the first of them alone: a formula (“did not respond to a
request for comment”) makes no pair of all that have it, and a story in many prints is still one group."""

ONE_IN = 4
"""Of a long text only the stretches that begin with one word in so many are looked for in others: the same words in all
texts, so that what two of them share is found in both. It takes a quarter of the memory."""

SHORT = 400
"""Words of a text of which every stretch is looked for: of so few, a sample would miss too much."""

LEAST_FOUND = 1 / 3
"""Texts whose samples share less than this part of what the texts would need to are not compared as a whole. Two texts
of 400 words just above the default threshold are missed only where chance is off by three deviations."""

TOKEN = re.compile(f"{UNSPACED.pattern}|\\w+")

ASCII_WORDS = {code: chr(code).lower() if re.match(r"\w", chr(code)) else " " for code in range(128)}
"""Letters to small letters, and what is in no word to spaces."""


def shingles(blocks: Iterable[Block]) -> frozenset[int]:
    """The stretches of five words in a text's own paragraphs, as hashes that live as long as the process."""
    return frozenset(stretch for words in _paragraphs(blocks) for stretch in map(hash, _stretches(words)))


def wire_copies(texts: Sequence[tuple[str, Sequence[Block]]], threshold: float) -> list[tuple[str, str, float]]:
    """Pairs of slugs whose texts share at least `threshold` of their stretches (Jaccard), with that share.

    An inverted index of samples: only texts that share a stretch are ever counted, and only those that share enough
    are compared as a whole. Of a story in very many prints not all pairs are given, but enough to join them.
    """
    chosen = Chosen()
    samples = [sample(blocks, chosen) for _, blocks in texts]
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in _holders([stretches for stretches, _ in samples]):
        firsts = indexes if len(indexes) <= COMMON else indexes[:1]
        shared.update((a, b) for place, a in enumerate(firsts) for b in indexes[place + 1 :])
    whole: dict[int, frozenset[int]] = {}
    pairs = []
    for (a, b), count in sorted(shared.items()):
        needed = threshold / (1 + threshold) * (samples[a][1] + samples[b][1])
        if count * ONE_IN < needed * LEAST_FOUND:
            continue
        one, other = (whole.setdefault(index, shingles(texts[index][1])) for index in (a, b))
        share = len(one & other) / len(one | other)
        if share >= threshold:
            pairs.append((texts[a][0], texts[b][0], share))
    return pairs


class Chosen(dict[str, bool]):
    """Whether stretches that begin with a word belong to the samples: by its letters, so the same on every machine."""

    def __missing__(self, word: str) -> bool:
        self[word] = chosen = crc32(word.encode()) % ONE_IN == 0
        return chosen


def sample(blocks: Iterable[Block], chosen: Chosen) -> tuple[frozenset[int], int]:
    """The stretches of a text by which others are found, and how many it has in all, repeated ones included."""
    paragraphs = list(_paragraphs(blocks))
    length = sum(map(len, paragraphs))
    every = (_stretches(words) for words in paragraphs)
    if length > SHORT:
        every = (
            compress(stretches, map(chosen.__getitem__, words))
            for stretches, words in zip(every, paragraphs, strict=True)
        )
    found: set[int] = set()
    for stretches in every:
        found.update(map(hash, stretches))
    return frozenset(found), sum(max(len(words) - SHINGLE + 1, 0) for words in paragraphs)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[list[str]]:
    return (_words(folded(block.text)) for block in blocks if block.role == "body")


def _words(text: str) -> list[str]:
    """The words in small letters; those of a text in plain ASCII are found in a third of the time."""
    return text.translate(ASCII_WORDS).split() if text.isascii() else TOKEN.findall(text.lower())


def _stretches(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(SHINGLE)), strict=False)


def _holders(sets: Sequence[frozenset[int]]) -> Iterable[list[int]]:
    """For each stretch that more than one text has, which have it, in order."""
    # Nearly every stretch stands in one text only; to find the others first takes half the time.
    seen: set[int] = set()
    repeated: set[int] = set()
    for stretches in sets:
        repeated |= seen & stretches
        seen |= stretches
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, stretches in enumerate(sets):
        for stretch in stretches & repeated:
            holders[stretch].append(index)
    return holders.values()


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
