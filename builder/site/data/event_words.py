"""An event in plain words, for what has room for a text only: calendars, feeds, timelines.

A date that no source states is said to be inferred, and why; a claim is said to be one.
"""

from collections.abc import Iterator

from builder.model import Event
from builder.site.data.plain import plain
from builder.site.dating import long, short
from builder.site.event_views import dispute_of
from builder.site.frame import Site
from builder.site.lookup import grouped, tellers_of
from builder.site.phrases import sentence
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """`heading`: its title, with its status where it is none that happened. `inferred`: the sentence that says that
    its date is inferred, and why; empty where a source states the date. `lines`: all that is to be said of it."""

    event: Event
    heading: str
    date: str
    inferred: str
    lines: tuple[str, ...]


def basis_of(event: Event) -> str | None:
    """Why its date is what it is, where no source states it; None where an account or the source named does.

    The reason may be empty: then it is the editor's reading of the accounts.
    """
    same = [account for account in event.accounts if account.when.edtf == event.when.edtf]
    if any(not account.basis for account in same) or (not event.accounts and event.source):
        return None
    return "; ".join(dict.fromkeys(account.basis for account in same))


def all_told(site: Site) -> Iterator[Told]:
    """Every event, in the order of the timeline."""
    return (told(event, site) for event in site.briefing.events)


def told(event: Event, site: Site) -> Told:
    words = site.labels.data_page
    date, basis = long(event.when, site.language), basis_of(event)
    statuses = " / ".join(site.labels.of_status(status) for status in event.statuses)
    inferred = "" if basis is None else words.date_inferred.format(reason=basis or words.editors_reading)
    given = "; ".join(dates_given(event, site)) if event.conflict else ""
    sources = ", ".join(named(slug, site) for slug in tellers_of(event))
    if event.source:
        sources = ", ".join(filter(None, [sources, event.source.title]))
    lines = (
        sentence(date),
        inferred,
        sentence(statuses),
        sentence(dispute_of(event, site)),
        given,
        plain(event.note),
        f"{words.told_by}: {sources}" if sources else "",
    )
    certain = event.statuses == ("happened",) or not event.statuses
    heading = event.title if certain else f"{event.title} ({statuses})"
    return Told(event, heading, date, inferred, tuple(filter(None, lines)))


def dates_given(event: Event, site: Site) -> Iterator[str]:
    """Each date that an account gives, with those who give it."""
    givers = grouped((short(account.when, site.language), named(account.article, site)) for account in event.accounts)
    return (f"{date}: {', '.join(dict.fromkeys(names))}" for date, names in givers.items())


def named(slug: str, site: Site) -> str:
    """A source as its marks name it; in square brackets where the name is inferred."""
    mark = site.marks[slug]
    return f"[{mark.label}]" if mark.inferred else mark.label
