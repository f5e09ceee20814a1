"""Titles that are wrong at the time: “former President” of the one in office, “Minister” of one who no longer is.

A title is words of an office in the register, directly beside a name. What it says is held against the office's dates.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.briefing.dates import AFTER_ALL, BEFORE_ALL
from builder.briefing.lint_case import Case, Finding, own_texts, own_words, place_in, shortened
from builder.model import Article, Day, Entity, Mention, Office, When

FORMER = re.compile(r"former|ex|erstwhile|onetime|(?:ehemalig|einstig)(?:e|er|en|es|em)|frühere[rnsm]?", re.IGNORECASE)
THEN = re.compile(r"then|damalige[rnsm]?", re.IGNORECASE)

SMALL_WORDS = frozenset(["of", "the", "for", "and", "der", "die", "das", "des", "dem", "den", "von", "für", "und"])
GEOGRAPHIC = re.compile(
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
"""Words before a title that are no part of it, as “vice” is in “vice president”."""

RANKS = frozenset(
    ["vice", "deputy", "acting", "assistant", "prime", "under", "shadow", "stellvertretender", "kommissarischer"]
)

WORD = r"[^\W\d_][\w.’'-]*"
BEFORE = re.compile(rf"(?:{WORD}\s){{1,8}}$")
AFTER = re.compile(rf",\s((?:{WORD}\s)*{WORD}?)(?=[,;.)]|$)")
REACH = 90
"""Characters beside a name in which its title stands."""

YEAR = re.compile(r"\b[12]\d{3}\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title at `text[start:end]`, its name included: what it claims, and the register's wording of the office."""

    start: int
    end: int
    claims: Literal["former", "then", "present"]
    office: Sequence[Office]


def title_findings(case: Case) -> Iterator[Finding]:
    holders = {entity.id: entity for entity in case.briefing.entities if entity.offices}
    if not holders:
        return
    for article in case.briefing.articles:
        if article.published.when:
            yield from titles_in_article(article, article.published.when, holders, case)
    yield from titles_in_own_texts(holders, case)


def titles_in_article(
    article: Article, published: When, holders: Mapping[str, Entity], case: Case
) -> Iterator[Finding]:
    """Wrong titles that a source gives. A note beside one is the answer to it."""
    formerly = set[str]()
    for mention in article.mentions:
        if mention.entity not in holders:
            continue
        text = article.blocks[mention.block].text
        for title in titles_of(text, mention.start, mention.end, holders[mention.entity].offices):
            if title.claims != "present":
                formerly.add(mention.entity)
            elif mention.entity in formerly or YEAR.search(text):
                continue  # said once that it is past, or told of the past
            if _is_wrong(title, published) and not _is_noted(title, mention, article):
                place = place_in(article, article.blocks[mention.block], title.start)
                shown = text[title.start : title.end]
                fact = (
                    f"“{shown}”: {_told(title, holders[mention.entity].name)}, and the article is of {published.edtf}"
                )
                hint = "if the source is wrong, say so in a note beside it; if the register is, mend “offices”"
                names, line = (article.slug, mention.entity), article.blocks[mention.block].line
                yield Finding(
                    "title-at-the-time", place, fact, hint, names, (line,), case.written[article.slug].form_path
                )


def titles_in_own_texts(holders: Mapping[str, Entity], case: Case) -> Iterator[Finding]:
    """“Former” in an author's own words, of one who holds the office at the day of the briefing."""
    as_of = case.briefing.as_of
    for text in own_texts(case.drafts):
        words = own_words(text)
        for match in case.register.matches(words):
            form = case.register.forms[match.form]
            entity = form.entities[0]
            if form.ambiguous or entity not in holders:
                continue
            for title in titles_of(words, match.start, match.end, holders[entity].offices):
                if title.claims == "former" and _is_wrong(title, as_of):
                    shown = shortened(text[title.start : title.end])
                    fact = f"“{shown}”: {_told(title, holders[entity].name)}, and the briefing is as of {as_of.edtf}"
                    yield Finding(
                        "title-at-the-time", text.at(title.start), fact, "mend the title, or “offices”", (entity,)
                    )


# --- what a title says --------------------------------------------------------------------------------------------


def titles_of(text: str, start: int, end: int, offices: Sequence[Office]) -> Iterator[Title]:
    """The titles beside a name at `text[start:end]`, or within it."""
    yield from _before(text, start, end, offices)
    yield from _within(text, start, end, offices)
    if following := AFTER.match(text, end, end + REACH):
        yield from _phrase(text, start, following.start(1), following.end(1), offices)


def _before(text: str, start: int, end: int, offices: Sequence[Office]) -> Iterator[Title]:
    """“former U.S. President ”, “President ” and the like before a name."""
    window = BEFORE.search(text, max(start - REACH, 0), start)
    words = _split(text, window.start(), start) if window else []
    held: list[str] = []
    while words and (_content(words[-1][0]) in _words(offices) or (held and words[-1][0].lower() in SMALL_WORDS)):
        held.append(words.pop()[0])
    begin = words[-1][1] + len(words[-1][0]) if words else (window.start() if window else start)
    while held and words and GEOGRAPHIC.match(words[-1][0]):
        words.pop()
    named = _named_by(held, offices)
    if not named:
        return
    preceding = words[-1] if words else ("", begin)
    if FORMER.fullmatch(preceding[0]):
        yield Title(preceding[1], end, "former", named)
    elif THEN.fullmatch(preceding[0]):
        yield Title(preceding[1], end, "then", named)
    elif _is_whole(held, preceding[0]):
        first = text.index(held[-1], preceding[1] + len(preceding[0]))
        yield Title(first, end, "present", named)


def _is_whole(held: Sequence[str], preceding: str) -> bool:
    """Whether the word before a title is no part of it, as “vice” is before “president”."""
    if not preceding or preceding.lower() in ORDINARY:
        return True
    return preceding[0].islower() and held[-1][0].isupper() and preceding.lower() not in RANKS


def _within(text: str, start: int, end: int, offices: Sequence[Office]) -> Iterator[Title]:
    """“the former U.S. president”, a role that the author decided to be a name."""
    yield from _phrase(text, start, start, end, offices)


def _phrase(text: str, first: int, start: int, end: int, offices: Sequence[Office]) -> Iterator[Title]:
    """A stretch that is nothing but a past title: “, the former US president,”."""
    words = [word for word, _ in _split(text, start, end) if word.lower() not in SMALL_WORDS | {"a", "an"}]
    if not words or not (FORMER.fullmatch(words[0]) or THEN.fullmatch(words[0])):
        return
    rest = [word for word in words[1:] if not GEOGRAPHIC.match(word)]
    if rest and all(_content(word) in _words(offices) for word in rest) and (named := _named_by(rest, offices)):
        yield Title(first, end, "former" if FORMER.fullmatch(words[0]) else "then", named)


def _split(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The words of a stretch with their places; “then-” and “ex-” are words of their own."""
    words = [(match[0], match.start()) for match in re.compile(WORD).finditer(text, start, end)]
    split: list[tuple[str, int]] = []
    for word, place in words:
        marker, hyphen, rest = word.partition("-")
        if hyphen and rest and (FORMER.fullmatch(marker) or THEN.fullmatch(marker)):
            split += [(marker, place), (rest, place + len(marker) + 1)]
        else:
            split.append((word, place))
    return split


def _content(word: str) -> str:
    return word.lower().strip(".’'-")


def _words(offices: Sequence[Office]) -> set[str]:
    return {word for office in offices for word in _words_of(office)}


def _words_of(office: Office) -> set[str]:
    return {_content(word) for word in re.findall(WORD, office.title)} - SMALL_WORDS


def _named_by(words: Sequence[str], offices: Sequence[Office]) -> tuple[Office, ...]:
    """The offices that all these words are of."""
    asked = {_content(word) for word in words} - SMALL_WORDS
    return tuple(office for office in offices if asked and asked <= _words_of(office))


# --- whether it holds ----------------------------------------------------------------------------------------------


def _is_wrong(title: Title, when: When) -> bool:
    """Whether the register's dates exclude what the title says, whichever of the offices it means."""
    first, last = when.earliest or BEFORE_ALL, when.latest or AFTER_ALL
    by_title: dict[str, list[Office]] = {}
    for office in title.office:
        by_title.setdefault(office.title, []).append(office)
    for terms in by_title.values():
        holds = any(_begins(term)[1] < first and _ends(term)[0] > last for term in terms)
        ended = any(_ends(term)[0] < last for term in terms)
        may_hold = any(_begins(term)[0] <= last and _ends(term)[1] >= first for term in terms)
        right = {"former": not holds, "then": not holds or ended, "present": may_hold}
        if right[title.claims]:
            return False
    return True


def _begins(term: Office) -> tuple[Day, Day]:
    return (
        (term.since.earliest or BEFORE_ALL, term.since.latest or AFTER_ALL) if term.since else (BEFORE_ALL, BEFORE_ALL)
    )


def _ends(term: Office) -> tuple[Day, Day]:
    return (term.until.earliest or BEFORE_ALL, term.until.latest or AFTER_ALL) if term.until else (AFTER_ALL, AFTER_ALL)


def _told(title: Title, name: str) -> str:
    terms = " and ".join(_term(office) for office in title.office)
    return f"the register has {name} as {title.office[0].title} {terms}"


def _term(office: Office) -> str:
    since = f"from {office.since.edtf}" if office.since else ""
    until = f"to {office.until.edtf}" if office.until else ""
    return " ".join(filter(None, [since, until])) or "without dates"


def _is_noted(title: Title, mention: Mention, article: Article) -> bool:
    return any(
        part.block == mention.block and part.start < title.end and title.start < part.end
        for note in article.notes
        for part in note.passage.parts
    )
