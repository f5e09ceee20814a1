"""Accounts that probably tell of one event, with the key that brings them together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from builder.briefing.lint_case import Case
from builder.briefing.lint_events import probable_same_events
from builder.briefing.quotes import OMISSION_SHOWN
from builder.briefing.suggesting_stories import is_ignored
from builder.briefing.suggesting_yaml import comment, free_slug, listed, scalar
from builder.briefing.versions import origins
from builder.model import Account


def event_advice(case: Case) -> Mapping[str, list[str]]:
    """Items for the list under `events`, as lines of YAML, by article."""
    events = {event.key: event for event in case.briefing.events}
    pairs = [
        (one.key, other.key, 1.0)
        for one, other in probable_same_events(case.briefing.events, case.register)
        if not is_ignored("probable-same-event", (one.key, other.key), case.drafts)
    ]
    edited = {str(key) for key in case.drafts.events}
    given = edited | {str(account.form.event) for account in case.keyed if account.form.event}
    advice: defaultdict[str, list[str]] = defaultdict(list)
    for group in origins(list(events), pairs):
        if len(group) == 1:
            continue
        # The key of an event that the editor worded, else one that an author gave, else one made from the title.
        kept = min(group, key=lambda key: (key not in edited, key not in given, key))
        key = kept if kept in given else free_slug(events[kept].title, given)
        given.add(key)
        for account in (account for member in group for account in events[member].accounts):
            if account.event != key:
                advice[account.article] += _item(account, key, delete=account.event in edited)
    return advice


def _item(account: Account, key: str, *, delete: bool) -> Iterator[str]:
    """One account whole, with its new key."""
    yield "  " + comment(f"line {account.passage.line}: instead of the account that is now “{account.event}”")
    if delete:
        yield "  " + comment(f"and delete “{account.event}” in timeline.yaml, or take its words over")
    yield f"  - event: {key}"
    if account.title:
        yield f"    title: {scalar(account.title)}"
    yield f"    date: {scalar(account.when.edtf)}"
    if account.basis:
        yield f"    basis: {scalar(account.basis)}"
    yield f"    status: {account.status}"
    yield f"    quote: {_quotation(account.passage.text)}"
    yield f"    line: {account.passage.line}"
    if account.entities:
        yield f"    entities: {listed(account.entities)}"


def _quotation(text: str) -> str:
    """What leaves words out, in segments: those may be shorter than what stands beside an omission."""
    segments = [scalar(segment) for segment in text.split(OMISSION_SHOWN)]
    return listed(segments) if len(segments) > 1 else segments[0]
