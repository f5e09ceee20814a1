"""Words in quotation marks in an author's own text: they claim that somebody wrote them, so they are looked up too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The kinds of quotation mark that languages write, each with what may stand between. Single marks are taken for quotation marks
# only where they cannot be apostrophes.
QUOTED = re.compile(
    r"“(?P<english>[^“”]*)”"
    r"|„(?P<german>[^„“”]*)[“”]"
    r"|”(?P<swedish>[^”]+)”"
    r"|«(?P<french>[^«»]*)»"
    r"|»(?P<danish>[^«»]*)[«»]"
    r"|‹(?P<single_french>[^‹›]*)›"
    r"|「(?P<japanese>[^「」]*)」"
    r"|『(?P<double_japanese>[^『』]*)』"
    r'|(?<!\w)"(?P<straight>[^"]*)"'
    r"|(?<!\w)‘(?P<single>(?:[^‘’]|(?<=\w)’(?=\w)){2,}?)’(?!\w)"
    r"|(?<!\w)'(?P<single_straight>(?:[^']|(?<=\w)'(?=\w)){2,}?)'(?!\w)"
)
OPENED = re.compile(r'[“„«「『]|(?<![\w"])"(?=\w)')


@dataclass(frozen=True, slots=True)
class Worded:
    """A stretch in quotation marks: its words, and where they begin. `closed` is false where the second mark is missing."""

    words: str
    offset: int
    closed: bool = True


def quoted_words(text: str) -> Iterator[Worded]:
    """Every stretch in quotation marks, outermost marks only. A closing comma or full stop is the sentence's, not the source's."""
    here = 0
    for match in QUOTED.finditer(text):
        yield from _unclosed(text, here, match.start())
        here = match.end()
        group = str(match.lastgroup)
        inside = match[group]
        stripped = inside.strip().rstrip(".,").rstrip()
        if any(character.isalnum() for character in stripped):
            yield Worded(stripped, match.start(group) + len(inside) - len(inside.lstrip()))
    yield from _unclosed(text, here, len(text))


def _unclosed(text: str, start: int, end: int) -> Iterator[Worded]:
    for match in OPENED.finditer(text, start, end):
        yield Worded(text[match.end() :][:60].strip(), match.start(), closed=False)
