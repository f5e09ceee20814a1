"""Time stamps without a clock: the dates of `changes`, else that of the briefing, at 00:00Z."""

from builder.model import Briefing, Day, When

FIRST, LAST = (1, 1, 1), (9999, 12, 31)
"""The days that a time stamp can name (RFC 3339)."""


def stamp_of(when: When) -> Day:
    """The last day that a date can mean, else its first."""
    return min(max(when.latest or when.earliest or FIRST, FIRST), LAST)


def edited(briefing: Briefing) -> Day:
    """The day of the last change, else the day up to which the briefing holds."""
    return max((stamp_of(change.when) for change in briefing.changes), default=stamp_of(briefing.as_of))


def rfc3339(day: Day) -> str:
    year, month, of_month = day
    return f"{year:04d}-{month:02d}-{of_month:02d}T00:00:00Z"


def basic(day: Day) -> str:
    """As a calendar writes a day."""
    year, month, of_month = day
    return f"{year:04d}{month:02d}{of_month:02d}"
