"""Texts that print one wire story: found by the five-word stretches they share."""

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from builder.briefing.folding import folded
from builder.model import Block
from builder.reading.scripts import UNSPACED

SHINGLE = 5
COMMON = 50
"""A stretch in more articles than this is compared with the first of them alone: a formula (“did not respond to a
request for comment”) makes no pair of all that have it, and a story in many prints is still one group."""

PARTS = 16
"""How many ranges of hashes are looked at one after the other."""

TOKEN = re.compile(f"{UNSPACED.pattern}|\\w+")

ASCII_WORDS = {code: chr(code).lower() if re.match(r"\w", chr(code)) else " " for code in range(128)}
"""Letters to small letters, and what is in no word to spaces."""


def shingles(blocks: Iterable[Block]) -> "array[int]":
    """The stretches of five words in a text's own paragraphs, each once: ascending hashes that live as long as the
    process."""
    found: set[int] = set()
    for block in blocks:
        if block.role == "body":
            words = words_of(folded(block.text))
            found.update(map(hash, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))
    return array("q", sorted(found))


def words_of(text: str) -> list[str]:
    """The words in small letters; those of a text in plain ASCII are found in a third of the time."""
    return text.translate(ASCII_WORDS).split() if text.isascii() else TOKEN.findall(text.lower())


def wire_copies(texts: Sequence[tuple[str, Sequence[Block]]], threshold: float) -> list[tuple[str, str, float]]:
    """Pairs of slugs whose texts share at least `threshold` of their stretches (Jaccard), with that share.

    An inverted index: only texts that share a stretch are ever compared. Of a story in very many
    prints not all pairs are given, but enough to join them.
    """
    stretches = [shingles(blocks) for _, blocks in texts]
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in _holders(stretches):
        firsts = indexes if len(indexes) <= COMMON else indexes[:1]
        shared.update((a, b) for place, a in enumerate(firsts) for b in indexes[place + 1 :])
    pairs = []
    for (a, b), count in sorted(shared.items()):
        share = count / (len(stretches[a]) + len(stretches[b]) - count)
        if share >= threshold:
            pairs.append((texts[a][0], texts[b][0], share))
    return pairs


def _holders(texts: "Sequence[array[int]]") -> Iterator[list[int]]:
    """For each stretch that more than one text has, which have it, in order.

    One range of hashes after the other: a set of the stretches of all texts takes ten times the memory of the texts.
    """
    begun = [0] * len(texts)
    for part in range(1, PARTS + 1):
        limit = part * (2**64 // PARTS) - 2**63
        ends = [bisect_left(text, limit, start) for text, start in zip(texts, begun, strict=True)]
        yield from _holders_in([text[start:end] for text, start, end in zip(texts, begun, ends, strict=True)])
        begun = ends


def _holders_in(texts: "Sequence[array[int]]") -> Iterable[list[int]]:
    # Nearly every stretch stands in one text only; to find the others first takes half the time.
    seen: set[int] = set()
    repeated: set[int] = set()
    for stretches in texts:
        repeated.update(seen.intersection(stretches))
        seen.update(stretches)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, stretches in enumerate(texts if repeated else ()):
        for stretch in repeated.intersection(stretches):
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
