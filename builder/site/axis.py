"""The time axis of a chart: where most of it happened, in at most sixteen columns of equal width."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from builder.model import Day, When
from builder.site.calendar import day_of, month_name, ordinal, short_month, short_weekday, weekday, year_name
from builder.site.dating import short
from builder.values import dataclass

Unit = Literal["day", "week", "month", "year"]

MOST_COLUMNS = 16
CORE = 0.8
"""The share of the dates that the axis must hold; those far outside stand in a column of their own."""
FAR = 2.0
"""A date is far outside when the gap before it is more than this many times as long as the axis so far,"""
NEAR_DAYS = 14
"""and longer than this."""


@dataclass(frozen=True, slots=True)
class Column:
    """Days `first` to `last`, ordinals. Its label is `strong` and `weak`; where it is narrow, `above` and `brief`."""

    first: int
    last: int
    strong: str
    weak: str
    above: str
    brief: str
    banded: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """`count` of `unit` is what a heading says of it: eleven days."""

    unit: Unit
    count: int
    columns: tuple[Column, ...]

    @property
    def first(self) -> int:
        return self.columns[0].first

    @property
    def last(self) -> int:
        return self.columns[-1].last

    def column_of(self, day: int) -> int:
        """The index of the column that holds this day of the axis."""
        return bisect_right(self.columns, day, key=lambda column: column.first) - 1

    def at(self, day: int) -> float:
        """Where this day begins, from 0 at the left end to 1 at the right; days outside are at the ends."""
        if day <= self.first:
            return 0.0
        if day > self.last:
            return 1.0
        index = self.column_of(day)
        column = self.columns[index]
        return (index + (day - column.first) / (column.last - column.first + 1)) / len(self.columns)


def axis_of(dates: Iterable[When], language: str) -> Axis | None:
    """The axis for these dates; None where none of them is known."""
    points = sorted(point for when in dates for point in _points(when))
    if not points:
        return None
    first, last = core(points)
    unit, starts = _grid(day_of(first), day_of(last))
    columns = []
    for index, (start, after) in enumerate(pairwise(starts)):
        strong, weak, above, brief = _label(unit, index, day_of(start), len(starts) - 1, language)
        banded = unit == "day" and weekday(day_of(start)) > 4
        columns.append(Column(start, after - 1, strong, weak, above, brief, banded))
    return Axis(unit, _count(unit, day_of(first), day_of(last), len(columns)), tuple(columns))


def _points(when: When) -> list[tuple[int, float]]:
    """The ends of a date as ordinals, with what each weighs: one for the whole."""
    if when.earliest == when.latest and when.earliest:
        return [(ordinal(when.earliest), 1.0)]
    ends = {ordinal(day) for day in (when.earliest, when.latest) if day is not None}
    return [(end, 1 / len(ends)) for end in ends]


def core(points: Sequence[tuple[int, float]]) -> tuple[int, int]:
    """The shortest stretch with most of the weight, widened to all points that are not far from it. `points` ascend."""
    low, high = _densest([day for day, _ in points], [weight for _, weight in points])
    while True:
        near = max(FAR * (points[high][0] - points[low][0] + 1), NEAR_DAYS)
        before = points[low][0] - points[low - 1][0] if low else near + 1
        after = points[high + 1][0] - points[high][0] if high + 1 < len(points) else near + 1
        if before <= near and before <= after:
            low -= 1
        elif after <= near:
            high += 1
        else:
            return points[low][0], points[high][0]


def _densest(days: Sequence[int], weights: Sequence[float]) -> tuple[int, int]:
    """Indexes of the first and last day of the shortest stretch that holds the core's share of the weight."""
    enough = sum(weights) * CORE - 1e-9
    best, low, held = (0, len(days) - 1), 0, 0.0
    for high, weight in enumerate(weights):
        held += weight
        while held - weights[low] >= enough:
            held -= weights[low]
            low += 1
        if held >= enough and days[high] - days[low] < days[best[1]] - days[best[0]]:
            best = low, high
    return best


def _grid(first: Day, last: Day) -> tuple[Unit, list[int]]:
    """The finest unit whose columns have room, with the first day of each column and of the one after the last."""
    for unit, starts in _grids(first, last):
        if len(starts) - 1 <= MOST_COLUMNS:
            return unit, starts
    raise AssertionError("years grow without end")


def _grids(first: Day, last: Day) -> Iterator[tuple[Unit, list[int]]]:
    start, end = ordinal(first), ordinal(last)
    if end - start < MOST_COLUMNS:
        yield "day", list(range(start, end + 2))
    if end - start < 7 * MOST_COLUMNS:
        monday = start - weekday(first)
        yield "week", list(range(monday, end + 8 - weekday(last), 7))
    months = _month(first), _month(last)
    for step in (1, 3):
        if months[1] - months[0] < (MOST_COLUMNS + 1) * step:
            yield "month", [ordinal((m // 12, m % 12 + 1, 1)) for m in _marks(*months, step)]
    for step in _year_steps():
        if last[0] - first[0] < (MOST_COLUMNS + 1) * step:
            yield "year", [ordinal((year, 1, 1)) for year in _marks(first[0], last[0], step)]


def _year_steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _marks(first: int, last: int, step: int) -> range:
    """The multiples of a step from the one before `first` to the one after `last`."""
    return range(first // step * step, last // step * step + step + 1, step)


def _month(day: Day) -> int:
    return day[0] * 12 + day[1] - 1


def _count(unit: Unit, first: Day, last: Day, columns: int) -> int:
    match unit:
        case "month":
            return _month(last) - _month(first) + 1
        case "year":
            return last[0] - first[0] + 1
        case _:
            return columns


def _label(unit: Unit, index: int, day: Day, columns: int, language: str) -> tuple[str, str, str, str]:
    """Strong, weak, above and brief label of the column that begins on `day`; the first one names its month or year."""
    month = short_month(day[1], language)
    match unit:
        case "day":
            name = short_weekday(day, language)
            strong = _day_and_month(day, language) if index == 0 or day[2] == 1 else str(day[2])
            return strong, name, name[:2], str(day[2])
        case "week":
            return _day_and_month(day, language), "", month if index == 0 or day[2] <= 7 else "", str(day[2])
        case "month":
            year = year_name(day[0], language) if index == 0 or day[1] == 1 else ""
            return month_name(day[1], language) if columns < 7 else month, year, year, month
        case _:
            year = year_name(day[0], language)
            return year, "", "", year


def _day_and_month(day: Day, language: str) -> str:
    return short(When(f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}", day, day, "day"), language)
