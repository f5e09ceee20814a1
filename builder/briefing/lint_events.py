"""Events that are probably one, under two keys."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from builder.briefing.dates import conflict
from builder.briefing.folding import folded
from builder.briefing.lint_case import Case, Finding
from builder.briefing.named_days import days_between
from builder.briefing.names import Register
from builder.briefing.versions import COMMON
from builder.model import Event, Ref, When
from builder.reading.files import ENTITIES

WORD = re.compile(r"\w+")
SMALL_WORDS = frozenset(
    WORD.findall(
        "a after again an and are as at be before by for from has have he her his in is it its not of on or over s she "
        "that the their they to was were who will with als am auf aus bei das dem den der des die ein eine er es für "
        "hat im in ist mit nach nicht sich sie über und von vor werden wird zu zum zur"
    )
)
ALIKE, SHARED_LEAST = 0.7, 2
"""How much of their words two titles share, and how many words at least."""

CONTAINED = 3
"""A title of this many words that stands whole in the other one is the same."""

RUN, SAME_WORDS = 4, 0.5
"""Two quotations share half of their stretches of four words: one text in two prints."""

NARROW = 62
"""Days: what leaves more open overlaps with too much to mean anything, unless it is written alike."""


def event_findings(case: Case) -> Iterator[Finding]:
    pairs = same_events(case)
    keys = {str(key): key.span for key in case.drafts.events}
    written = {*keys, *(account.key for account in (case.keyed if pairs else ()) if account.form.event)}
    for account in reversed(case.keyed if pairs else ()):
        place = account.form.event.span if account.form.event else account.form.quote[0].span
        keys.setdefault(account.key, place)
    for one, other in pairs:
        first, second = sorted((one, other), key=lambda event: (keys[event.key], event.key))
        fact = f"“{second.key}” is probably the same event as “{first.key}”: the dates agree, and they read alike"
        hint = (
            f"give its accounts “event: {first.key}”; if they are two, link them in a “note”: [[event:{first.key}]]"
            if first.key in written
            else "give the accounts of both one “event: …”; if they are two, say so with “ignore”"
        )
        yield Finding("probable-same-event", keys[second.key], fact, hint, (second.key, first.key))


def same_events(case: Case) -> list[tuple[Event, Event]]:
    """As `probable_same_events`; recalled while all events and the register are what they were."""
    events = {event.key: event for event in case.events}
    key = case.drafts.made_of.get(ENTITIES, ""), *(event.digest for event in events.values())

    def find() -> tuple[tuple[str, str], ...]:
        found = probable_same_events(case.events, case.register)
        return tuple((one.key, other.key) for one, other in found)

    return [(events[one], events[other]) for one, other in case.memo.recall("same events", key, find)]


def probable_same_events(events: Sequence[Event], register: Register) -> Iterator[tuple[Event, Event]]:
    """Pairs of events whose dates agree, that share a name, and whose titles or quotations are nearly the same."""
    titles = [_title_words(event.title, register) for event in events]
    runs = [_runs(event) for event in events]
    holders: defaultdict[tuple[object, object], list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        for time in _times(event.when):
            for word in titles[index] | runs[index].keys():
                holders[time, word].append(index)
    pairs = {
        pair for indexes in holders.values() if len(indexes) <= COMMON for pair in combinations(sorted(set(indexes)), 2)
    }
    for a, b in sorted(pairs):
        one, other = events[a], events[b]
        if conflict(one.when, other.when) or _linked(one, other) or _apart(one, other):
            continue
        if _titles_alike(titles[a], titles[b]) or _quotes_alike(runs[a], runs[b]):
            yield one, other


def _times(when: When) -> Iterable[object]:
    """What two dates that agree have in common: a month, if they are narrow enough, else the way they are written."""
    first, last = when.earliest, when.latest
    if not first or not last or days_between(first, last) > NARROW:
        return [when.edtf]
    months = last[0] * 12 + last[1] - first[0] * 12 - first[1]
    return [first[0] * 12 + first[1] + n for n in range(months + 1)]


def _apart(one: Event, other: Event) -> bool:
    """Whether both have entities, and none in common."""
    return bool(one.entities and other.entities and not set(one.entities) & set(other.entities))


def _linked(one: Event, other: Event) -> bool:
    """Whether the editor has set the one against the other."""
    return any(
        isinstance(piece, Ref) and piece.kind == "event" and piece.id == target.key
        for event, target in ((one, other), (other, one))
        for piece in event.note.pieces
    )


def _title_words(title: str, register: Register) -> frozenset[object]:
    """The words of a title that say something, a name as the entity that it is, whatever its form."""
    simple = folded(title)
    names = list(register.matches(simple))
    words = (
        word[0].lower()
        for word in WORD.finditer(simple)
        if not any(name.start <= word.start() < name.end for name in names)
    )
    said = {word.rstrip("s") or word for word in words if word not in SMALL_WORDS}
    return frozenset(said | {register.forms[name.form].entities for name in names})


def _titles_alike(one: frozenset[object], other: frozenset[object]) -> bool:
    shared = len(one & other)
    if shared < SHARED_LEAST:
        return False
    return shared >= ALIKE * len(one | other) or (shared >= CONTAINED and shared == min(len(one), len(other)))


def _runs(event: Event) -> Mapping[tuple[str, ...], frozenset[str]]:
    """The stretches of words of an event's quotations, each with the articles that have it."""
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for account in event.accounts:
        words = WORD.findall(folded(account.passage.text).lower())
        for i in range(len(words) - RUN + 1):
            found[tuple(words[i : i + RUN])].add(account.article)
    return {run: frozenset(articles) for run, articles in found.items()}


def _quotes_alike(
    one: Mapping[tuple[str, ...], frozenset[str]], other: Mapping[tuple[str, ...], frozenset[str]]
) -> bool:
    """Whether different articles tell of the two in the same words. One sentence of one article may be about both."""
    shared = [run for run in one.keys() & other.keys() if one[run] != other[run]]
    return bool(shared) and len(shared) >= SAME_WORDS * min(len(one), len(other))
