"""Accounts that probably tell of one event, with the key that brings them together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from builder.briefing.lint_case import Case
from builder.briefing.lint_events import probable_same_events
from builder.briefing.suggesting_stories import is_ignored
from builder.briefing.suggesting_yaml import comment, free_slug, listed, scalar
from builder.model import Account


def event_advice(case: Case) -> Mapping[str, list[str]]:
    """Items for the list under `events`, as lines of YAML, by article."""
    edited = {str(key) for key in case.drafts.events}
    given = edited | {str(account.form.event) for account in case.keyed if account.form.event}
    advice: defaultdict[str, list[str]] = defaultdict(list)
    for pair in probable_same_events(case.briefing.events, case.register):
        if is_ignored("probable-same-event", {event.key for event in pair}, case.drafts):
            continue
        # The key of an event that the editor worded, else one that an author gave, else one made from the title.
        kept, other = sorted(pair, key=lambda event: (event.key not in edited, event.key not in given, event.key))
        key = kept.key if kept.key in given else free_slug(kept.title, given)
        given.add(key)
        for event in (other, kept):
            for account in event.accounts:
                if account.event != key:
                    advice[account.article] += _item(account, key, delete=event.key in edited)
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
    yield f"    quote: {scalar(account.passage.text)}"
    yield f"    line: {account.passage.line}"
    if account.entities:
        yield f"    entities: {listed(account.entities)}"
