"""Where a quotation stands in its source: exactly, or with typography folded; never fuzzily."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import accumulate

from builder.briefing.folding import Folded, fold, folded
from builder.model import AROUND, Block, Part, Passage
from builder.reading.scripts import UNSPACED, inside_word
from builder.values import dataclass

BRACKETED_OMISSION = re.compile(r"\[\.\.\.\]|\[…\]")
OMISSION = re.compile(rf"{BRACKETED_OMISSION.pattern}|…")
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

    @cached_property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> list[int]:
        """Where each block begins in the text."""
        return list(accumulate((len(block.text) + 1 for block in self.blocks[:-1]), initial=0)) if self.blocks else []

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

    @cached_property
    def citable_throughout(self) -> bool:
        return all(block.citable for block in self.blocks)

    def citable(self, stretch: Stretch) -> bool:
        """Whether no part of it is a teaser or navigation."""
        if self.citable_throughout:
            return True
        first, last = self.block_at(stretch[0]), self.block_at(stretch[1] - 1)
        return all(block.citable for block in self.blocks[first : last + 1])


@dataclass(frozen=True, slots=True)
class Found:
    """Every place where a quotation stands."""

    places: tuple[Row, ...]
    exact: bool


NOWHERE = Found((), exact=True)


def find(segments: Sequence[str], source: Source, *, everywhere: bool = False) -> Found:
    """All places of a quotation in a source: its segments as they are, then folded, then with what it leaves out.

    Teasers and navigation are no places, unless it is sought `everywhere`.
    """
    literally = [segment.strip() for segment in segments]
    # A source may have a “…” of its own; so the marks that can only be the author's come first.
    for wanted in (literally, *(parts_beside(mark, literally) for mark in (BRACKETED_OMISSION, OMISSION))):
        for exact in (True, False):
            if wanted and (places := tuple(_rows(wanted, source, exact=exact, everywhere=everywhere))):
                return Found(places, exact)
    return NOWHERE


def stands(words: str, source: Source) -> bool:
    """Whether these words stand in what may be cited of a source, without more ado."""
    return any(True for exact in (True, False) for _ in _stretches(words, source, exact=exact, everywhere=False))


def parts_beside(omission: re.Pattern[str], segments: Sequence[str]) -> list[str]:
    """What is left of a quotation that leaves words out; nothing, if it leaves none out or keeps too few beside a gap.

    A mark at the very beginning or end is dropped: it leaves out nothing between two parts.
    """
    split = [[part.strip() for part in omission.split(segment)] for segment in segments]
    if all(len(parts) == 1 for parts in split):
        return []
    kept = [parts[not parts[0] : len(parts) - (not parts[-1])] for parts in split]
    if not all(len(parts) == 1 or (parts and min(map(words, parts)) >= WORDS_BESIDE_OMISSION) for parts in kept):
        return []
    return [part for parts in kept for part in parts]


def words(text: str) -> int:
    """How many words a text has; in scripts without spaces every character counts as one."""
    spaced = UNSPACED.sub(" ", text).split()
    return sum(any(map(str.isalnum, word)) for word in spaced) + len(UNSPACED.findall(text))


def _rows(segments: Sequence[str], source: Source, *, exact: bool, everywhere: bool) -> Iterator[Row]:
    """Each place of the first segment from which the others follow in order, near enough."""
    stretches = [list(_stretches(segment, source, exact=exact, everywhere=everywhere)) for segment in segments]
    if not all(stretches):
        return
    for first in stretches[0]:
        row = [first]
        last_paragraph = source.paragraphs[source.block_at(first[0])] + PARAGRAPHS_APART - 1
        for following in stretches[1:]:
            after = bisect_left(following, (row[-1][1], 0))
            if after == len(following) or source.paragraphs[source.block_at(following[after][1] - 1)] > last_paragraph:
                break
            row.append(following[after])
        else:
            yield tuple(row)


def _stretches(segment: str, source: Source, *, exact: bool, everywhere: bool) -> Iterator[Stretch]:
    """Where a segment stands, at the boundaries of words: “50” is not in “150”."""
    text = source.text if exact else source.folded.text
    wanted = segment if exact else folded(segment)
    here = text.find(wanted) if wanted else -1
    while here >= 0:
        end = here + len(wanted)
        if not inside_word(text, here) and not inside_word(text, end):
            stretch = (here, end) if exact else source.folded.original(here, end)
            # Folded, a space that holds a number together looks like any other; so the source is asked as well.
            if (exact or not any(inside_word(source.text, offset) for offset in stretch)) and (
                everywhere or source.citable(stretch)
            ):
                yield stretch
        here = text.find(wanted, here + 1)


def passage_at(row: Row, source: Source, *, exact: bool) -> Passage:
    """The passage that a row of stretches is; its words are the source's own."""
    stretches = list(_joined(row, source))
    text = OMISSION_SHOWN.join(source.text[start:end].replace("\n", " ") for start, end in stretches)
    # The paragraph's line: that is what a page shows and what a link leads to.
    line = source.block_line_at(row[0][0])
    # Line and words, so that a link survives every edit that does not move or change the passage.
    digest = sha256(f"{line}\n{text}".encode()).hexdigest()[:8]
    parts = tuple(part for stretch in stretches for part in _parts(stretch, source))
    start, end = row[0][0], row[-1][1]
    around = source.text[max(0, start - AROUND) : start], source.text[end : end + AROUND]
    whole = source.text[start:end] == text
    return Passage(source.slug, f"q-{digest}", line, parts, start, end, text, exact, around if whole else None)


def _joined(row: Row, source: Source) -> Iterator[Stretch]:
    """The stretches of a row, those made one between which nothing is left out."""
    start, end = row[0]
    for next_start, next_end in row[1:]:
        if source.text[end:next_start].strip():
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def _parts(stretch: Stretch, source: Source) -> Iterator[Part]:
    start, end = stretch
    for index in range(source.block_at(start), source.block_at(end - 1) + 1):
        offset = source.starts[index]
        first, last = max(start - offset, 0), min(end - offset, len(source.blocks[index].text))
        if first < last:
            yield Part(index, first, last)
