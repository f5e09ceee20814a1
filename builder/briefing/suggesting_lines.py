"""Lines that are probably not an article's own words: credits, notes, dates, navigation, and teasers glued on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder.briefing.line_forms import form_of
from builder.briefing.lint_teasers import probable_teasers
from builder.model import Block


def with_probable_roles(blocks: Sequence[Block], ignored: frozenset[int]) -> tuple[Block, ...]:
    """A text's blocks, body lines with the role that they probably have. `ignored`: lines that are no teasers."""
    said = [replace(block, role=form_of(block.text).role) if block.role == "body" else block for block in blocks]
    teasers = {id(block) for block in probable_teasers(said) if block.line not in ignored}
    return tuple(replace(block, role="teaser") if id(block) in teasers else block for block in said)


def lines_of(block: Block) -> range:
    """The raw lines of a block; in a raw text it is one, or a wrapped paragraph."""
    return range(block.line, (block.turns[-1][1] if block.turns else block.line) + 1)


def line_ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers of lines as an author writes them: 4, 23-26."""
    left = sorted(numbers)
    while left:
        length = next((i for i in range(1, len(left)) if left[i] != left[0] + i), len(left))
        yield f"{left[0]}-{left[length - 1]}" if length > 1 else str(left[0])
        left = left[length:]
