"""Names that the register lacks, found by their capitals: whole names, with the shorter forms that go with them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from builder.briefing.names import READ_FOR_NAMES
from builder.briefing.suggesting_runs import Run, Token, is_headline, runs, tokens
from builder.briefing.suggesting_words import OF, TITLES
from builder.model import Block

NOUNS_TOO = 0.25
"""In a text that gives a capital to every noun, as German does, so many words within its sentences have one."""

ALONE = 2
"""A word that stands alone so often is a name of its own, also in front of another."""

ACRONYM = 5
"""Capitals alone, up to this many letters, are an acronym; more are somebody's emphasis."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block in which names are looked for: its words and runs. `nouns`: its text gives a capital to every noun."""

    text: str
    words: tuple[Token, ...]
    runs: tuple[Run, ...]
    nouns: bool


@dataclass(slots=True)
class Evidence:
    """What the capitals of all texts say about each word.

    `inside`: how often it has one within a sentence; `small`: words that also have none; `alone`: runs as they stand.
    """

    inside: Counter[str] = field(default_factory=Counter)
    small: set[str] = field(default_factory=set)
    alone: Counter[str] = field(default_factory=Counter)
    after: set[tuple[str, str]] = field(default_factory=set)

    def is_word(self, text: str) -> bool:
        """Whether it stands with a small letter too, so that its capital was its sentence's or its emphasis."""
        return text.lower() in self.small


def read_passages(texts: Iterable[Sequence[Block]]) -> list[Passage]:
    """What may hold names, of all texts."""
    read = []
    for blocks in texts:
        own = [(block.text, tokens(block.text)) for block in blocks if block.role in READ_FOR_NAMES]
        told = [(text, words) for text, words in own if not is_headline(text, words)]
        within = [word.capital for _, words in told for word in words if not word.opens]
        nouns = sum(within) > NOUNS_TOO * len(within)
        read += [Passage(text, tuple(words), tuple(runs(text, words)), nouns) for text, words in told]
    return read


def gather(passages: Iterable[Passage]) -> Evidence:
    evidence = Evidence()
    for passage in passages:
        for word in passage.words:
            if not word.capital:
                evidence.small.add(word.text)
            elif not word.opens:
                evidence.inside[word.text] += 1
        for run in passage.runs:
            if not run[0].opens:
                evidence.alone[said(run, passage.text)] += 1
            evidence.after.update(
                (one.text, other.text) for one, other in pairwise(run) if not one.opens
            )
    return evidence


def said(run: Run, text: str) -> str:
    return text[run[0].start : run[-1].end]


def names_in(passage: Passage, evidence: Evidence) -> Iterator[Run]:
    """The runs of a passage, without what only stands beside a name."""
    for run in passage.runs:
        rest = _without_opener(run, evidence)
        for piece in _pieces(rest, passage.text, evidence):
            if _is_name(piece, passage, evidence):
                yield piece


def _without_opener(run: Run, evidence: Evidence) -> Run:
    """A run without its first word, if that has its capital only because a sentence begins there."""
    first = run[0]
    if not first.opens:
        return run
    if len(run) > 1 and (first.text, run[1].text) in evidence.after:
        return run
    if evidence.is_word(first.text) or (len(run) == 1 and not evidence.inside[first.text]):
        return run[1:]
    return run


def _pieces(run: Run, text: str, evidence: Evidence) -> Iterator[Run]:
    """A run cut after titles, before acronyms, and where two names only happen to be neighbours."""
    if not run:
        return
    start = 0
    for index, word in enumerate(run):
        if index < start:
            continue
        if is_title(word):
            start = index + 1
            if index + 2 < len(run) and OF.search(text, word.end, run[index + 1].start):
                start = index + 2  # Secretary of State, Minister of Defence
    rest = run[start:]
    if start and not rest:
        return
    if not start and len(rest) > 2 and _object_of_title(rest[0], text):
        yield rest[:1]
        rest = rest[1:]
    here = 0
    for index in range(1, len(rest)):
        if _parts(rest[here:index], rest[index:], text, evidence):
            yield rest[here:index]
            here = index
    yield rest[here:]


def is_title(word: Token) -> bool:
    return word.text.rstrip(".").lower() in TITLES


def _object_of_title(word: Token, text: str) -> bool:
    """“envoy to Ukraine Keith Kellogg”: whether the word is what somebody is envoy to."""
    before = text[max(word.start - 40, 0) : word.start]
    found = OF.search(before)
    return bool(found) and bool(before[: found.start()].split()) and before[: found.start()].split()[-1].lower() in TITLES


def _parts(one: Run, other: Run, text: str, evidence: Evidence) -> bool:
    """Whether two names end and begin between these words."""
    first, last = said(one, text), said(other, text)
    hyphen = text[one[-1].end : other[0].start] == "-"
    if hyphen:
        return len(one) == 1 and bool(evidence.alone[first]) and bool(evidence.alone[other[0].text])
    if _is_acronym(other[0].text) and len(other) == 1 and len(one) > 1:
        return bool(evidence.alone[other[0].text])
    return evidence.alone[first] >= ALONE and len(other) > 1 and bool(evidence.alone[last])


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 1 < len(letters) <= ACRONYM and letters.isupper()


def _is_name(piece: Run, passage: Passage, evidence: Evidence) -> bool:
    if len(piece) > 1:
        return not (all(word.text.isupper() for word in piece) and sum(len(word.text) for word in piece) > ACRONYM)
    word = piece[0]
    if is_title(word) or len(word.text.replace(".", "")) < 2:
        return False
    if _is_acronym(word.text) or not word.text[1:].islower():
        return not word.text.isupper() or len(word.text) <= ACRONYM
    return not passage.nouns and not evidence.is_word(word.text)
