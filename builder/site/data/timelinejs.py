"""The timeline for TimelineJS: https://timeline.knightlab.com/docs/json-format.html.

It draws a span between two dates and shows `display_date`, which is in our words; so a date is nowhere more exact than
it is known. Its texts are HTML, so ours are escaped.
"""

from collections.abc import Iterable

from builder.model import Day, Event, When
from builder.site import urls
from builder.site.data.event_words import Told
from builder.site.data.formats import Record, spread_out
from builder.site.frame import Site
from builder.site.texts import escaped
from builder.site.web import absolute, base_of

PARTS = {"day": 3, "month": 2, "year": 1}
"""How many of year, month and day a date of this shape states."""


def timeline_file(site: Site, events: Iterable[Told]) -> bytes:
    """Those events that have a date with a day to begin at."""
    slides = [slide(one, site) for one in events if one.event.when.earliest or one.event.when.latest]
    title = {"text": {"headline": escaped(site.briefing.title), "text": escaped(site.briefing.settings.description)}}
    found = {"title": title, "events": slides}
    return (spread_out(found) + "\n").encode()


def has_dates(events: Iterable[Event]) -> bool:
    """Whether there is anything for a timeline."""
    return any(event.when.earliest or event.when.latest for event in events)


def slide(told: Told, site: Site) -> Record:
    event = told.event
    inferred = f" [{site.labels.inferred}]" if told.inferred else ""
    first, last = ends_of(event.when)
    found: Record = {"unique_id": event.key, "start_date": first}
    if last:
        found["end_date"] = last
    return {
        **found,
        "display_date": escaped(told.date + inferred),
        "text": {"headline": escaped(told.heading), "text": body(told, event, site)},
    }


def body(told: Told, event: Event, site: Site) -> str:
    base = base_of(site.briefing.settings.url)
    link = (
        f'<p><a href="{escaped(absolute(base, urls.event(event.key)))}">{escaped(site.labels.event)}</a></p>'
        if base
        else ""
    )
    return "".join(f"<p>{escaped(line)}</p>" for line in told.lines) + link


def ends_of(when: When) -> tuple[dict[str, int], dict[str, int] | None]:
    """Where its mark begins and ends; a plain day, month or year has no end of its own."""
    first, last = when.earliest or when.latest, when.latest
    exact = PARTS.get(when.shape, 0)
    if exact and first and "X" not in when.edtf:
        return dated(first, exact), None
    return dated(first, 3), dated(last, 3) if last and last != first else None


def dated(day: Day | None, exact: int) -> dict[str, int]:
    return dict(zip(("year", "month", "day")[:exact], day or (), strict=False))
