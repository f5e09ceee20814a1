"""The order of dates, and when two of them contradict each other."""

from builder.model import Day, When

BEFORE_ALL: Day = (-(10**10), 1, 1)
AFTER_ALL: Day = (10**10, 12, 31)


def order(when: When) -> tuple[Day, Day]:
    """The sort key of a date: its earliest day, an open start by its latest; then its latest, an open end last."""
    return when.earliest or when.latest or BEFORE_ALL, when.latest or AFTER_ALL


def conflict(one: When, other: When) -> bool:
    """Whether no day can be both. `~` and `?` do not widen a date."""
    return (one.latest or AFTER_ALL) < (other.earliest or BEFORE_ALL) or (other.latest or AFTER_ALL) < (
        one.earliest or BEFORE_ALL
    )


def any_conflict(dates: tuple[When, ...]) -> bool:
    """Whether some two of the dates contradict each other: the latest start lies after the earliest end."""
    if len(dates) < 2:
        return False
    return max(when.earliest or BEFORE_ALL for when in dates) > min(when.latest or AFTER_ALL for when in dates)


def most_exact(dates: tuple[When, ...]) -> When:
    """The date that leaves the fewest days open; among equals, the first in order."""
    return min(dates, key=lambda when: (_width(when), order(when), when.edtf))


def _width(when: When) -> tuple[int, int]:
    if when.earliest is None or when.latest is None:
        return 1, 0
    (y1, m1, d1), (y2, m2, d2) = when.earliest, when.latest
    return 0, (y2 - y1) * 372 + (m2 - m1) * 31 + d2 - d1
