"""Lines that are probably not an article's own words: credits, notes, dates, navigation, and teasers glued on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder.briefing.lint_teasers import probable_teasers
from builder.briefing.named_days import DATE, WEEKDAYS
from builder.model import Block, Role

PICTURE = r"(?:Photos?|Pictures?|Images?|Photographs?|Illustrations?|Credits?|Fotos?|Bild(?:er)?|Crédit)"
CREDIT_WITHIN = re.compile(rf"\b{PICTURE}(?:\s\w+)?:\s")
"""Where in a caption its credit begins."""

LONGEST = 120
"""Characters of such a line; a teaser may be longer."""

LINES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("credit", re.compile(rf"{PICTURE}(?:\s\w+)?\s?(?::|by\b|von\b)\s?\S", re.IGNORECASE)),
    ("credit", re.compile(r"[(\[][^\W\d][^()\[\]]{1,40},[^()\[\]]*\b\d{4}[)\]]$|[(\[][A-Z][^()\[\],.]{1,30}[)\]]$")),
    ("note", re.compile(r"(?:Additional\s)?(?:Reporting|Writing|Editing)\s(?:and\s\w+\s)?by\b", re.IGNORECASE)),
    (
        "note",
        re.compile(r"(?:Mit\sMaterial|Übersetzung|Translation|Translated\sby|Aus\sdem\s\w+\svon)\b", re.IGNORECASE),
    ),
    (
        "navigation",
        re.compile(
            r"(?:Related\s(?:content|articles?|stories|topics)|Read\s(?:more|also|next)|See\salso|Advertisement|Share\sthis"
            r"|Most\sread|More\son\sthis|Mehr\szum\sThema|Lesen\sSie\sauch|Anzeige)\b",
            re.IGNORECASE,
        ),
    ),
)
"""How each kind begins; none of them ends a sentence, but a note may."""

WEEKDAY = re.compile("|".join(name for names in WEEKDAYS.values() for name in names), re.IGNORECASE)


def with_probable_roles(blocks: Sequence[Block], ignored: frozenset[int]) -> tuple[Block, ...]:
    """A text's blocks, body lines with the role that they probably have. `ignored`: lines that are no teasers."""
    said = [replace(block, role=probable_role(block)) if block.role == "body" else block for block in blocks]
    teasers = {id(block) for block in probable_teasers(said) if block.line not in ignored}
    return tuple(replace(block, role="teaser") if id(block) in teasers else block for block in said)


def probable_role(block: Block) -> Role:
    """What the form of a line says about it; else it is body text."""
    text = block.text
    if len(text) > LONGEST:
        return "body"
    if _is_date(text):
        return "dateline"
    for role, pattern in LINES:
        if pattern.match(text) and (role == "note" or not text.endswith((".", "?", "!"))):
            return role
    return "body"


def _is_date(text: str) -> bool:
    """“Friday, 21 February 2025”, and nothing else."""
    return bool(DATE.search(text)) and not re.search(r"\w", DATE.sub("", WEEKDAY.sub("", text)))


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
