"""The timeline as a calendar: iCalendar, RFC 5545.

That standard knows days, and no doubt about them. So only events on a known day, or from one known day to another,
are in it: an event of “February” as one that lasts all of February would be a falsehood. How many are left out for
that, the calendar's own description says; what is inferred, planned or claimed is said to be so.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from builder.model import Day, Event, When
from builder.site import urls
from builder.site.data.event_words import Told
from builder.site.data.stamps import LAST, basic, edited
from builder.site.event_views import is_exact
from builder.site.frame import Site
from builder.site.web import absolute, base_of

CONTROL = re.compile(r"[\0-\x08\x0b-\x1f]")
WIDEST = 75
"""Octets in a line, without its end (RFC 5545, 3.1)."""


def calendar_file(site: Site, events: Iterable[Told]) -> bytes:
    """Those events that have their day."""
    all_events = tuple(events)
    placed = [(one, days) for one in all_events if (days := days_of(one.event.when))]
    lines = [*head(site, len(all_events) - len(placed))]
    for one, days in placed:
        lines += entry(one, days, site)
    lines.append("END:VCALENDAR")
    return "".join(map(folded, lines)).encode()


def has_days(events: Iterable[Event]) -> bool:
    """Whether there is anything for a calendar."""
    return any(days_of(event.when) for event in events)


def days_of(when: When) -> tuple[Day, Day] | None:
    """The first day and the day after the last, where both are known."""
    first, last = when.earliest, when.latest
    known = is_exact(when) or (when.shape == "interval" and days_at_both_ends(when))
    if not (known and first and last and first[0] >= 1 and last < LAST):
        return None
    after = date(*last) + timedelta(days=1)
    return first, (after.year, after.month, after.day)


def days_at_both_ends(when: When) -> bool:
    ends = when.edtf.split("/")
    return not (when.approximate or when.uncertain) and all(end.count("-") == 2 and "X" not in end for end in ends)


def head(site: Site, left_out: int) -> Iterator[str]:
    words, title = site.labels.data_page, site.briefing.title
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Sourcebook//Sourcebook//EN"
    yield "CALSCALE:GREGORIAN"
    for name in ("NAME", "X-WR-CALNAME"):
        yield f"{name}:{text(title)}"
    if left_out:
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            yield f"{name}:{text(words.events_left_out.of(left_out))}"


def entry(told: Told, days: tuple[Day, Day], site: Site) -> Iterator[str]:
    """An event as whole days, that keeps nobody's calendar busy."""
    base, path = base_of(site.briefing.settings.url), urls.event(told.event.key)
    yield "BEGIN:VEVENT"
    yield f"UID:{text(told.event.key + '@' + (base.partition('://')[2].strip('/') or site.briefing.settings.name))}"
    yield f"DTSTAMP:{basic(edited(site.briefing))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{basic(days[0])}"
    yield f"DTEND;VALUE=DATE:{basic(days[1])}"
    yield f"SUMMARY:{text(heading(told, site))}"
    yield f"DESCRIPTION:{text(chr(10).join(told.lines))}"
    if base:
        yield f"URL:{absolute(base, path)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def heading(told: Told, site: Site) -> str:
    """Often all that is seen of an event; and it stands on a day, which may be in doubt."""
    inferred = site.labels.data_page.day_inferred if told.inferred else ""
    disputed = site.labels.disputed_date if told.event.conflict else ""
    doubts = "; ".join(filter(None, (inferred, disputed)))
    return f"{told.heading} [{doubts}]" if doubts else told.heading


def text(value: str) -> str:
    """A value of the type TEXT: its own signs escaped, no character that a calendar cannot hold."""
    clean = CONTROL.sub("", value)
    return clean.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")


def folded(line: str) -> str:
    """A line, broken where it is too long, never within a character."""
    if line.isascii():
        rest = range(WIDEST, len(line), WIDEST - 1)
        return "\r\n ".join([line[:WIDEST], *(line[start : start + WIDEST - 1] for start in rest)]) + "\r\n"
    if len(line.encode()) <= WIDEST:
        return line + "\r\n"
    found, width = [], 0
    for sign in line:
        octets = len(sign.encode())
        if width + octets > WIDEST:
            found.append("\r\n ")
            width = 1
        found.append(sign)
        width += octets
    return "".join(found) + "\r\n"
