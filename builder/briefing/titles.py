"""Titles beside names in a text: “former U.S. President Ann Lee”, “Ann Lee, the former president”, “Minister Chen”.

A title is words of an office that the person holds or held by the register, directly beside the name.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, Self

from builder.model import Entity, Office
from builder.patterns import pattern
from builder.values import dataclass

FORMER = r"former|ex|erstwhile|onetime|(?:ehemalig|einstig)(?:e|er|en|es|em)|frühere[rnsm]?"
THEN = r"then|damalige[rnsm]?"
IS_FORMER, IS_PAST = pattern(FORMER, re.IGNORECASE), pattern(f"{FORMER}|{THEN}", re.IGNORECASE)
BEGINS_PAST = pattern(rf"(?:(?:the|an?|der|die|ein|eine)\s)?(?:{FORMER}|{THEN})\b", re.IGNORECASE)

SMALL_WORDS = frozenset(["of", "the", "for", "and", "der", "die", "das", "des", "dem", "den", "von", "für", "und"])
ARTICLES = frozenset(["a", "an", "ein", "eine"])
GEOGRAPHIC = pattern(
    r"(?:[A-Z]\.){2,}|[A-Z]{2,3}|[A-Z]\w*(?:an|ish|ese|nch|tch|ech|iss|eek|li|qi|ni|hai|ische[rnsm]?)$"
)
"""US, U.S., Ukrainian, French, „Ukrainischer“: they say whose office it is, and the register may say it otherwise."""

ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "a after an and as at before between but by for from if in of on or said says than that the to told when "
        "where which while who with als auch aber bei bis dass denn der die das dem den des durch ein eine einem "
        "für gegen in mit nach oder sagte und von vor weil wenn wie zu zum zur",
    )
)
"""Words before a title that are no part of it."""

RANKS = frozenset(["vice", "deputy", "acting", "assistant", "prime", "under", "shadow", "stellvertretender"])
"""Words that make another office of the one they stand before."""

WORD = r"[^\W\d_][\w.’'-]*"
WORDS = pattern(WORD)
LAST_BEFORE = pattern(r"([^\s-]+)\s$")
ALL_BEFORE = pattern(rf"(?:{WORD}\s){{1,8}}$")
APPOSITION = pattern(rf",\s((?:{WORD}\s)*{WORD}?)(?=[,;.)]|$)")
REACH = 90
"""Characters beside a name in which its title stands."""

Claim = Literal["former", "then", "present"]


@dataclass(frozen=True, slots=True)
class Title:
    """A title at `text[start:end]`, its name included: what it claims of which offices."""

    start: int
    end: int
    claims: Claim
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with offices, and the words of each of them."""

    name: str
    offices: tuple[tuple[Office, frozenset[str]], ...]
    words: frozenset[str]

    @classmethod
    def of(cls, entity: Entity) -> Self:
        offices = tuple((office, _words_of(office.title)) for office in entity.offices)
        return cls(entity.name, offices, frozenset[str]().union(*(words for _, words in offices)))

    def offices_named(self, words: Iterable[str]) -> tuple[Office, ...]:
        """The offices that all these words are of."""
        asked = {_plain(word) for word in words} - SMALL_WORDS
        return tuple(office for office, own in self.offices if asked and asked <= own)


def titles_of(text: str, start: int, end: int, holder: Holder) -> Iterator[Title]:
    """The titles beside a name at `text[start:end]`, or within it."""
    last = LAST_BEFORE.search(text, max(start - REACH, 0), start)
    if last and _plain(last[1]) in holder.words:
        yield from _before(text, start, end, holder)
    if BEGINS_PAST.match(text, start):
        yield from _phrase(text, start, (start, end), holder)
    is_apposition = text.startswith(", ", end) and BEGINS_PAST.match(text, end + 2)
    if is_apposition and (apposition := APPOSITION.match(text, end, end + REACH)):
        yield from _phrase(text, start, apposition.span(1), holder)


def _before(text: str, start: int, end: int, holder: Holder) -> Iterator[Title]:
    """“former U.S. President ”, “President ” and the like before a name, read backwards from it."""
    window = ALL_BEFORE.search(text, max(start - REACH, 0), start)
    words = _split(text, window.start(), start) if window else []
    title: list[tuple[str, int]] = []
    while words and (_plain(words[-1][0]) in holder.words or (title and words[-1][0].lower() in SMALL_WORDS)):
        title.insert(0, words.pop())
    named = holder.offices_named(word for word, _ in title)
    while words and GEOGRAPHIC.match(words[-1][0]):
        words.pop()
    preceding, place = words[-1] if words else ("", start)
    if named and IS_PAST.fullmatch(preceding):
        yield Title(place, end, _claim(preceding), named)
    elif named and _is_whole(title[0][0], preceding):
        yield Title(title[0][1], end, "present", named)


def _is_whole(title: str, preceding: str) -> bool:
    """Whether the word before a title is no part of it, as “vice” is before “president”."""
    if not preceding or preceding.lower() in ORDINARY:
        return True
    return preceding[0].islower() and title[0].isupper() and preceding.lower() not in RANKS


def _phrase(text: str, first: int, stretch: tuple[int, int], holder: Holder) -> Iterator[Title]:
    """A stretch that is nothing but a past title: “the former US president”."""
    words = [word for word, _ in _split(text, *stretch) if word.lower() not in SMALL_WORDS | ARTICLES]
    if not words or not IS_PAST.fullmatch(words[0]):
        return
    title = [word for word in words[1:] if not GEOGRAPHIC.match(word)]
    if title and all(_plain(word) in holder.words for word in title) and (named := holder.offices_named(title)):
        yield Title(first, stretch[1], _claim(words[0]), named)


def _claim(marker: str) -> Claim:
    return "former" if IS_FORMER.fullmatch(marker) else "then"


def _split(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The words of a stretch with their places; “then-” and “ex-” are words of their own."""
    split: list[tuple[str, int]] = []
    for match in WORDS.finditer(text, start, end):
        marker, hyphen, rest = match[0].partition("-")
        if hyphen and rest and IS_PAST.fullmatch(marker):
            split += [(marker, match.start()), (rest, match.start() + len(marker) + 1)]
        else:
            split.append((match[0], match.start()))
    return split


def _words_of(title: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in WORDS.findall(title)) - SMALL_WORDS


def _plain(word: str) -> str:
    return word.lower().strip(".’'-")
