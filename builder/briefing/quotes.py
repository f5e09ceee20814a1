"""Where a quotation stands in its source: exactly, or with typography folded; never fuzzily."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from builder.briefing.folding import Folded, fold, folded
from builder.model import Block, Part, Passage
from builder.reading.scripts import UNSPACED, inside_word

OMISSION = re.compile(r"\s*(?:\[\.\.\.\]|\[…\]|…)\s*")
OMISSION_SHOWN = " […] "
WORDS_BESIDE_OMISSION = 3
PARAGRAPHS_APART = 3
"""A quotation in segments stays within this many paragraphs."""

Stretch = tuple[int, int]
"""Start and end in the displayed text of an article."""

Row = tuple[Stretch, ...]
"""One place of a quotation: a stretch for each of its segments."""


class Source:
    """An article's displayed text, to search in: its blocks joined by line feeds."""

    def __init__(self, slug: str, path: str, blocks: Sequence[Block], last_line: int = 0) -> None:
        self.slug, self.path, self.blocks, self.last_line = slug, path, blocks, last_line
        self.text = "\n".join(block.text for block in blocks)
        self.starts: list[int] = []
        start = 0
        for block in blocks:
            self.starts.append(start)
            start += len(block.text) + 1

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def paragraphs(self) -> list[int]:
        """For each block, how many paragraphs of body text stand before it."""
        counts, count = [], 0
        for block in self.blocks:
            counts.append(count)
            count += block.role == "body"
        return counts

    def block_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def line_at(self, offset: int) -> int:
        index = self.block_at(offset)
        return self.blocks[index].line_at(offset - self.starts[index])

    def block_line_at(self, offset: int) -> int:
        return self.blocks[self.block_at(offset)].line

    def citable(self, stretch: Stretch) -> bool:
        """Whether no part of it is a teaser or navigation."""
        first, last = self.block_at(stretch[0]), self.block_at(stretch[1] - 1)
        return all(block.citable for block in self.blocks[first : last + 1])


@dataclass(frozen=True, slots=True)
class Found:
    """Every place where a quotation stands."""

    places: tuple[Row, ...]
    exact: bool


NOWHERE = Found((), exact=True)


def find(segments: Sequence[str], source: Source) -> Found:
    """All places of a quotation in a source: its segments as they are, then folded, then with what it leaves out."""
    for exact in (True, False):
        if places := tuple(_rows(segments, source, exact=exact)):
            return Found(places, exact)
    parts = [part for segment in segments for part in OMISSION.split(segment.strip())]
    if len(parts) > len(segments) and all(words(part) >= WORDS_BESIDE_OMISSION for part in parts):
        for exact in (True, False):
            if places := tuple(_rows(parts, source, exact=exact)):
                return Found(places, exact)
    return NOWHERE


def words(text: str) -> int:
    """How many words a text has; in scripts without spaces every character counts as one."""
    return len(re.findall(r"\w+", UNSPACED.sub(" ", text))) + len(UNSPACED.findall(text))


def _rows(segments: Sequence[str], source: Source, *, exact: bool) -> Iterator[Row]:
    """Each place of the first segment from which the others follow in order, near enough."""
    for first in _stretches(segments[0], source, 0, exact=exact):
        row = [first]
        last_paragraph = source.paragraphs[source.block_at(first[0])] + PARAGRAPHS_APART - 1
        for segment in segments[1:]:
            following = next(_stretches(segment, source, row[-1][1], exact=exact), None)
            if following is None or source.paragraphs[source.block_at(following[1] - 1)] > last_paragraph:
                break
            row.append(following)
        else:
            yield tuple(row)


def _stretches(segment: str, source: Source, start: int, *, exact: bool) -> Iterator[Stretch]:
    """Where a segment stands from `start` on, at the boundaries of words: “50” is not in “150”."""
    text = source.text if exact else source.folded.text
    wanted = segment if exact else folded(segment)
    here = text.find(wanted) if wanted else -1
    while here >= 0:
        end = here + len(wanted)
        if not inside_word(text, here) and not inside_word(text, end):
            stretch = (here, end) if exact else source.folded.original(here, end)
            if stretch[0] >= start:
                yield stretch
        here = text.find(wanted, here + 1)


def passage_at(row: Row, source: Source, *, exact: bool) -> Passage:
    """The passage that a row of stretches is; its words are the source's own."""
    text = OMISSION_SHOWN.join(source.text[start:end].replace("\n", " ") for start, end in row)
    # The paragraph's line: that is what a page shows and what a link leads to.
    line = source.block_line_at(row[0][0])
    # Line and words, so that a link survives every edit that does not move or change the passage.
    digest = sha256(f"{line}\n{text}".encode()).hexdigest()[:8]
    parts = tuple(part for stretch in row for part in _parts(stretch, source))
    return Passage(source.slug, f"q-{digest}", line, parts, row[0][0], row[-1][1], text, exact)


def _parts(stretch: Stretch, source: Source) -> Iterator[Part]:
    start, end = stretch
    for index in range(source.block_at(start), source.block_at(end - 1) + 1):
        offset = source.starts[index]
        first, last = max(start - offset, 0), min(end - offset, len(source.blocks[index].text))
        if first < last:
            yield Part(index, first, last)
