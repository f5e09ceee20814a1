"""Words with a capital that stand together: what may be a name, before anything is known about names."""

import re
from collections.abc import Iterator, Sequence

from builder.briefing.suggesting_words import CALENDAR, SMALL_WORDS
from builder.values import dataclass

LETTER = r"[^\W\d_]"
WORD = re.compile(
    rf"\b(?:{LETTER}\.){{2,}}|\b{LETTER}\.(?=\s{LETTER})|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr)\."
    rf"|{LETTER}\w*(?:[’'&]{LETTER}\w*)*"
)
"""A word; an abbreviation keeps its full stops: U.S., the F. of John F. Kennedy, Dr."""

POSSESSIVE = re.compile(r"[’']s?$")
BEGINS = re.compile(r"(?:^|[.!?…:;][^\w\s]{0,3}\s+|[“„«‹\"‘–—•|]\s?)[“„«‹\"'‘(\[]*$")
"""What stands before the first word of a sentence, of a quotation, or after a dash."""

REACH = 6
CLOSED = re.compile(r"[.!?…][^\w\s]*$")

LONGER, HEADLINE = 4, 0.7
"""So many of the words of four letters or more have a capital in a headline, and in no sentence."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `start` to `end` of a text, its possessive ending left out.

    `opens`: it has a capital and begins a sentence, so that the capital says nothing.
    """

    start: int
    end: int
    text: str
    opens: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def cased(self) -> bool:
        """Whether its script has capitals."""
        return self.text[0].isupper() or self.text[0].islower()


Run = tuple[Token, ...]
"""Neighbours with a capital; small words may stand between them."""


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for match in WORD.finditer(text):
        start, word = match.start(), match[0]
        bare = POSSESSIVE.sub("", word)  # what follows it is another name: “’s ” is no bridge
        after_stop = bool(found) and found[-1].text.endswith(".")
        opens = word[0].isupper() and not after_stop and bool(BEGINS.search(text, max(start - REACH, 0), start))
        found.append(Token(start, start + len(bare), bare, opens))
    return found


def is_headline(text: str, words: Sequence[Token]) -> bool:
    """“Tensions Rise Over a Deal”, “NO EUROPE”: a line in which capitals say nothing."""
    longer = [word.capital for word in words if len(word.text) >= LONGER]
    return not CLOSED.search(text) and len(longer) > 1 and sum(longer) >= HEADLINE * len(longer)


def runs(text: str, words: Sequence[Token], bridge: re.Pattern[str]) -> Iterator[Run]:
    """The longest runs of a text, without a small word that only begins a sentence. A day or a month is in none."""
    run: list[Token] = []
    for word in words:
        if not word.capital or word.text in CALENDAR:
            continue
        if run and bridge.fullmatch(text, run[-1].end, word.start):
            run.append(word)
            continue
        if run:
            yield tuple(run)
        run = [] if is_small(word) and (word.opens or word.text == "The") else [word]
    if run:
        yield tuple(run)


def is_small(word: Token) -> bool:
    """“The”, “However”, “I’ve”, but not WHO or IT."""
    said = re.split("[’']", word.text)[0]
    return said.lower() in SMALL_WORDS and (len(said) == 1 or not said.isupper())


def said(run: Run, text: str) -> str:
    """A run as it stands in its text."""
    return text[run[0].start : run[-1].end]
