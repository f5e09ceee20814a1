"""Names found by their capitals: which runs of words are one, and what only stands beside it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from builder.briefing.folding import folded
from builder.briefing.line_forms import CREDIT_WITHIN
from builder.briefing.named_days import MONTH_OF
from builder.briefing.suggesting_runs import Run, Token, is_headline, is_small, runs, said, tokens
from builder.briefing.suggesting_words import (
    BRIDGE,
    DOCUMENTS,
    GERMAN,
    IN,
    NARROW_BRIDGE,
    OF,
    ORGANIZATIONS,
    PLACES,
    TITLES,
)
from builder.values import dataclass

GERMAN_WORDS, NOUNS_TOO = 0.06, 0.2
"""German has so many of its small words, not only the “von der” of a name, and gives a capital to every noun."""

ALONE = 2
"""What stands alone so often is a name of its own, also in front of another."""

ACRONYM = 5
"""Capitals alone, up to this many letters, are an acronym; more are somebody's emphasis."""

BEFORE = 60
"""Characters before a name in which a title may stand."""

TITLE = rf"\b(?:{'|'.join(sorted(TITLES))})"
TITLE_OF = re.compile(rf"{TITLE}\s(of|for|to|für)\s(?:the\s)?$", re.IGNORECASE)
TITLE_BEFORE = re.compile(rf"{TITLE}\.?\s(?:(?:of|for|to|für)\s(?:the\s)?\w+\s)?$", re.IGNORECASE)

GENERIC = ORGANIZATIONS | DOCUMENTS | PLACES


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its text, words and runs. `nouns`: its text gives a capital to every noun."""

    text: str
    words: tuple[Token, ...]
    runs: tuple[Run, ...]
    nouns: bool


@dataclass(slots=True)
class Evidence:
    """What all texts together say about their capitals.

    `inside`: how often a word has one within a sentence. `small`: words that also have none. `alone`: whole runs.
    `pairs`: words next to each other in a run, within a sentence.
    """

    inside: Counter[str] = field(default_factory=Counter)
    small: set[str] = field(default_factory=set)
    alone: Counter[str] = field(default_factory=Counter)
    pairs: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class Sightings:
    """How often a form was seen; how often after a title, after “in”, and as what may be a noun or two."""

    seen: int = 0
    titled: int = 0
    placed: int = 0
    nouns: int = 0


def find_names(texts: Iterable[Sequence[str]]) -> dict[str, Sightings]:
    """Every form that is probably a name, typography folded, in the paragraphs of all texts."""
    read = [read_text(text) for text in texts]
    evidence = gather(paragraph for paragraphs in read for paragraph in paragraphs)
    found: dict[str, Sightings] = {}
    for paragraphs in read:
        met: set[str] = set()
        for paragraph in paragraphs:
            for piece in names_in(paragraph, evidence, met):
                form, before = (
                    said(piece, paragraph.text),
                    paragraph.text[max(piece[0].start - BEFORE, 0) : piece[0].start],
                )
                met |= {form, piece[-1].text}
                sightings = found.setdefault(folded(form), Sightings())
                sightings.seen += 1
                sightings.titled += bool(TITLE_BEFORE.search(before))
                sightings.placed += bool(IN.search(before))
                sightings.nouns += paragraph.nouns and not _has_inner_capital(form)
    return found


def is_doubtful(form: str, sightings: Sightings) -> bool:
    """A single noun, or two that met once: a name only if they go with another."""
    return sightings.nouns == sightings.seen and not sightings.titled and (" " not in form or sightings.seen == 1)


def read_text(texts: Iterable[str]) -> list[Paragraph]:
    """The paragraphs of one text; its headlines are none, and a caption ends where its credit begins."""
    own = [CREDIT_WITHIN.split(text)[0] for text in texts]
    told = [(text, words) for text in own if not is_headline(text, words := tokens(text))]
    within = [word for _, words in told for word in words if not word.opens and word.cased]
    german, capitals = [word.text for word in within if word.text in GERMAN], sum(word.capital for word in within)
    nouns = len(german) > GERMAN_WORDS * len(within) and capitals > NOUNS_TOO * len(within) and len({*german}) > 2
    bridge = NARROW_BRIDGE if nouns else BRIDGE
    return [Paragraph(text, tuple(words), tuple(runs(text, words, bridge)), nouns) for text, words in told]


def gather(paragraphs: Iterable[Paragraph]) -> Evidence:
    evidence = Evidence()
    for paragraph in paragraphs:
        for word in paragraph.words:
            if not word.capital:
                evidence.small.add(word.text)
            elif not word.opens:
                evidence.inside[word.text] += 1
        for run in paragraph.runs:
            if not run[0].opens:
                evidence.alone[said(run, paragraph.text)] += 1
            evidence.pairs.update((one.text, other.text) for one, other in pairwise(run) if not one.opens)
    return evidence


def names_in(paragraph: Paragraph, evidence: Evidence, met: set[str]) -> Iterator[Run]:
    """The names of a paragraph in order. `met`: those that its text had before."""
    for run in paragraph.runs:
        rest = _without_opener(run, paragraph.text) if _only_opens(run, paragraph, evidence, met) else run
        for piece in pieces(rest, paragraph.text, evidence):
            if _is_name(piece, paragraph, evidence):
                yield piece


def _without_opener(run: Run, text: str) -> Run:
    return () if len(run) > 1 and text[run[0].end : run[1].start] == "-" else run[1:]


def _only_opens(run: Run, paragraph: Paragraph, evidence: Evidence, met: set[str]) -> bool:
    """Whether the first word of a run has its capital only because a sentence begins with it."""
    first, *rest = run
    if not first.opens or (rest and (first.text, rest[0].text) in evidence.pairs):
        return False
    if not rest:
        return not evidence.inside[first.text]
    # A full name comes first, the short one later: after “Starlink”, “Losing Starlink” is none.
    return paragraph.nouns or first.text.lower() in evidence.small or said(run[1:], paragraph.text) in met


# --- what only stands beside a name --------------------------------------------------------------------------------


def pieces(run: Run, text: str, evidence: Evidence) -> Iterator[Run]:
    """A run without titles, and cut where two names only happen to be neighbours."""
    rest = run[_past_titles(run, text) :]
    of = _title_of(rest[0], text) if len(rest) == len(run) not in (0, 2) else ""
    if of:
        if of != "for":  # a minister for defence
            yield rest[:1]
        rest = rest[1:]
    here = 0
    for index in range(1, len(rest)):
        if _parts(rest[here:index], rest[index:], text, evidence):
            yield rest[here:index]
            here = index
    if rest:
        yield rest[here:]


def _past_titles(run: Run, text: str) -> int:
    """How many words of a run are title: “US Secretary of State”, “Vice President”; none of “UN General Assembly”."""
    if run and run[-1].text.lower() in GENERIC:
        return 0
    past = max((index + 1 for index, word in enumerate(run) if is_title(word.text)), default=0)
    if past and past + 1 < len(run) and OF.search(text, run[past - 1].end, run[past].start):
        past += 1
    return past


def is_title(word: str) -> bool:
    return word.rstrip(".").lower() in TITLES


def _title_of(word: Token, text: str) -> str:
    """The “to” of “envoy to Ukraine Keith Kellogg”, the “for” of “Minister for Defence”, if the word follows that."""
    found = TITLE_OF.search(text, max(word.start - BEFORE, 0), word.start)
    return found[1].lower() if found else ""


def _parts(one: Run, other: Run, text: str, evidence: Evidence) -> bool:
    """Whether one name ends and another begins between these words."""
    if text[one[-1].end : other[0].start] == "-":
        return len(one) == 1 and bool(evidence.alone[one[0].text]) and bool(evidence.inside[other[0].text])
    if len(other) == 1:
        return len(one) > 1 and is_acronym(other[0].text) and bool(evidence.alone[other[0].text])
    return evidence.alone[said(one, text)] >= ALONE and bool(evidence.alone[said(other, text)])


def is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return 1 < len(letters) <= ACRONYM and letters.isupper()


def _is_name(piece: Run, paragraph: Paragraph, evidence: Evidence) -> bool:
    """Whether it is not emphasis, a month, or a word that only has a capital here. US500 is a sum, written $US500."""
    if len(piece) > 1:
        return not all(word.text.isupper() for word in piece)
    word = piece[0].text
    if is_small(piece[0]) or sum(map(str.isdigit, word)) > 1:
        return False
    if is_acronym(word):
        return True
    if is_title(word) or word.lower() in GENERIC or word.isupper() or word in MONTH_OF:
        return False
    return _has_inner_capital(word) or paragraph.nouns or word.lower() not in evidence.small


def _has_inner_capital(word: str) -> bool:
    return " " not in word and not word[1:].islower()
