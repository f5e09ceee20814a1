"""Words with a capital that stand together: what may be a name, before anything is known of names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.briefing.suggesting_words import BRIDGE, CALENDAR, SMALL_WORDS
from builder.model import Block

LETTER = r"[^\W\d_]"
WORD = re.compile(
    rf"(?:\b{LETTER}\.){{2,}}|\b{LETTER}\.(?=\s{LETTER})|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr)\."
    rf"|{LETTER}\w*(?:[’'&]{LETTER}\w*)*"
)
"""A word; an abbreviation keeps its full stops: U.S., the F. of John F. Kennedy, Dr."""

POSSESSIVE = re.compile(r"[’']s?$")
BEGINS = re.compile(r"(?:^|[.!?…:;][^\w\s]{0,3}\s+|[“„«‹\"‘–—•|]\s?)[“„«‹\"'‘(\[]*$")
"""What stands before the first word of a sentence, of a quotation, or after a dash."""

REACH = 6
CLOSED = re.compile(r"[.!?…][^\w\s]*$")

HEADLINE = 0.7
"""Of the longer words of a line without a full stop, so many have a capital in an English headline, and in no sentence."""

LONGER = 4
NOUNS_TOO = 0.25
"""The share of words within sentences that have a capital in a text which gives one to every noun; else under 0.2."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `text[start:end]`, its possessive ending left out. `opens`: the first of a sentence. `owns`: it had that ending."""

    start: int
    end: int
    text: str
    opens: bool
    owns: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words with a capital, small words between them included, in one block of one text."""

    words: tuple[str, ...]
    block: Block
    start: int
    end: int
    before: str


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for match in WORD.finditer(text):
        start, word = match.start(), match[0]
        bare = POSSESSIVE.sub("", word)
        abbreviated = bool(found) and found[-1].text.endswith(".")
        opens = not abbreviated and bool(BEGINS.search(text[max(start - REACH, 0) : start]))
        found.append(Token(start, start + len(bare), bare, opens or not start, bare != word))
    return found
