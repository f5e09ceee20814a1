"""How often something is named, over time: a bar for each report, dashed where the report's date is inferred."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup as Html

from builder.model import When
from builder.site.axis import Axis, axis_of
from builder.site.calendar import ordinal
from builder.site.dating import short
from builder.site.drawing import every
from builder.site.svg import bar, cut, line, per_cent, rect, svg, text, width_of
from builder.site.texts import escaped
from builder.values import dataclass

WIDTH = 680
"""The least width in pixels that labels are cut for."""
LEFT = 0.045
TOP, PLOT = 24, 96
BASE = TOP + PLOT
WIDEST_BAR = 0.07
MOST_BARS = 24

Row = tuple[str, str, int, bool]
"""Date, name, count and whether the date is inferred."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often one report names it. `when` None: its date is unknown; `inferred`: the date is the editor's reading."""

    label: str
    when: When | None
    inferred: bool
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """A bar over columns, from slot `slot` of `slots` in the first to `end_slot` of `end_slots` in the last."""

    count: Count
    first: int
    last: int
    slot: int = 0
    slots: int = 1
    end_slot: int = 0
    end_slots: int = 1
    reports: int = 1


def mentions_over_time(counts: Iterable[Count], language: str, *, label: str, several: Callable[[int], str]) -> Html:
    """The chart, and its figures as a list: for those who hear the page, and in place of the chart on a phone.

    Empty where nothing is counted. `several` words a number of reports where there is no room for their names.
    """
    named = [count for count in counts if count.count > 0]
    axis = axis_of((count.when for count in named if count.when), language)
    if not named or axis is None:
        return _list(_rows(named, language))
    placed = list(_columns_of(named, axis))
    places = _slots(placed if len(placed) <= MOST_BARS else list(_summed(placed)))
    most = max(place.count.count for place in places)
    step = _grid_step(most)
    top = step * -(-most // step)
    body = [*_grid(step, top), *_dates(axis), *_names(axis, places, several)]
    body += [part for place in places for part in _bar(place, axis, top)]
    body.append(line("0", BASE, "100%", BASE, "axis"))
    chart = svg(body, height=BASE + 44, name="chart chart-counts", label=label)
    rows = _rows(named, language) if len(named) <= MOST_BARS else _rows_of_columns(axis, places, several)
    return chart + _list(rows)


def _rows(counts: Sequence[Count], language: str) -> Iterator[Row]:
    years = {day[0] for count in counts if count.when for day in (count.when.earliest, count.when.latest) if day}
    for count in counts:
        when = short(count.when, language, with_year=len(years) > 1) if count.when else "–"
        yield when, count.label, count.count, count.inferred


def _rows_of_columns(axis: Axis, places: Iterable[Place], several: Callable[[int], str]) -> Iterator[Row]:
    for place in places:
        column = axis.columns[place.first]
        yield f"{column.strong} {column.weak}".rstrip(), several(place.reports), place.count.count, place.count.inferred


def _list(rows: Iterable[Row]) -> Html:
    listed = list(rows)
    most = max((count for _, _, count, _ in listed), default=0)
    items = (
        f'<li><span class="count-when">{escaped(when)}</span> <span class="count-name">{escaped(name)}</span> '
        f'{bar(count, most, dashed=dashed)} <b class="count-figure">{count}</b></li>'
        for when, name, count, dashed in listed
    )
    return Html(f'<ul class="count-rows">{"".join(items)}</ul>' if listed else "")


def _columns_of(counts: Iterable[Count], axis: Axis) -> Iterator[Place]:
    """Where each report stands; those far outside the axis are left out."""
    first, last = axis.first, axis.last
    begins = [column.first for column in axis.columns]
    for count in counts:
        if count.when is None:
            continue
        days = [ordinal(day) for day in (count.when.earliest, count.when.latest) if day]
        if days and days[-1] >= first and days[0] <= last:
            start, end = bisect_right(begins, max(days[0], first)), bisect_right(begins, min(days[-1], last))
            yield Place(count, start - 1, end - 1)


def _slots(places: Sequence[Place]) -> list[Place]:
    """Shares each column among those in it: what comes from the column before, its own, what goes on to the next."""
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, place in enumerate(places):
        inside[place.first].append((1 if place.first == place.last else 2, index))
        if place.first != place.last:
            inside[place.last].append((0, index))
    at = {(c, index): slot for c, held in inside.items() for slot, (_, index) in enumerate(sorted(held))}
    return [
        replace(
            place,
            slot=at[place.first, index],
            slots=len(inside[place.first]),
            end_slot=at[place.last, index],
            end_slots=len(inside[place.last]),
        )
        for index, place in enumerate(places)
    ]


def _summed(places: Iterable[Place]) -> Iterator[Place]:
    """Too many reports for a bar each: one for the stated dates of a column, one for the inferred."""
    sums: dict[tuple[int, bool], list[Count]] = defaultdict(list)
    for place in places:
        sums[place.first, place.count.inferred or place.first != place.last].append(place.count)
    for (column, inferred), held in sorted(sums.items()):
        total = sum(count.count for count in held)
        yield Place(Count(held[0].label, None, inferred, total), column, column, reports=len(held))


def _grid_step(most: int) -> int:
    """The round number of which at most three make the highest bar."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most <= 3 * step:
                return step
        power *= 10


def _grid(step: int, top: int) -> Iterator[str]:
    for value in range(step, top + 1, step):
        y = BASE - PLOT * value / top
        yield line("0", y, "100%", y, "grid")
        yield text(str(value), "0", y - 4, name="weak")


def _bar(place: Place, axis: Axis, top: int) -> Iterator[str]:
    start, end = _span(place, axis)
    height = PLOT * place.count.count / top
    dashed = place.count.inferred or place.first != place.last
    name = "dashes" if dashed else "full"
    yield rect(per_cent(start), BASE - height, per_cent(end - start), height, name)
    yield text(str(place.count.count), per_cent((start + end) / 2), BASE - height - 6, name="strong", anchor="middle")


def _span(place: Place, axis: Axis) -> tuple[float, float]:
    column = (1 - LEFT) / len(axis.columns)
    start = _centre(place.first, place.slot, place.slots, column)
    end = _centre(place.last, place.end_slot, place.end_slots, column)
    half_start = min(column * 0.3 / max(place.slots, 2), WIDEST_BAR / 2)
    half_end = min(column * 0.3 / max(place.end_slots, 2), WIDEST_BAR / 2)
    return start - half_start, end + half_end


def _centre(index: int, slot: int, slots: int, column: float) -> float:
    return LEFT + column * (index + 0.12 + 0.76 * (slot + 0.5) / slots)


def _dates(axis: Axis) -> Iterator[str]:
    columns = axis.columns
    width = (1 - LEFT) / len(columns)
    room = width * WIDTH - 6
    with_weak = all(width_of(f"{column.strong} {column.weak}") <= room for column in columns[1:])
    step = every(columns, room, lambda column: column.strong)
    for index in range(0, len(columns), step):
        column = columns[index]
        weak = f' <tspan class="weak">{column.weak}</tspan>' if column.weak and (with_weak or step > 1) else ""
        words = f'<tspan class="strong">{column.strong}</tspan>{weak}'
        x = per_cent(LEFT + width * (index + 0.5))
        yield f'<text x="{x}" y="{BASE + 18}" text-anchor="middle">{words}</text>'


def _names(axis: Axis, places: Sequence[Place], several: Callable[[int], str]) -> Iterator[str]:
    """Who the reports are by, below the dates: a name, or how many; it may go on over empty columns."""
    width = (1 - LEFT) / len(axis.columns)
    groups = list(_neighbours(places))
    for index, (first, last, label, reports) in enumerate(groups):
        before = groups[index - 1][1] if index else -1 - first
        after = groups[index + 1][0] if index + 1 < len(groups) else 2 * len(axis.columns) - last - 1
        empty = min(first - before, after - last) - 1
        room = width * WIDTH * (last - first + 1 + empty) - 6
        words = cut(label, room) if reports == 1 else several(reports)
        if width_of(words) <= room:
            yield text(words, per_cent(LEFT + width * (first + last + 1) / 2), BASE + 36, name="weak", anchor="middle")


def _neighbours(places: Sequence[Place]) -> Iterator[tuple[int, int, str, int]]:
    """First and last column of bars that share a column, the first one's name, and how many reports they are."""
    first, last, label, reports = -1, -1, "", 0
    for place in sorted(places, key=lambda place: (place.first, place.last)):
        if place.first <= last:
            last, reports = max(last, place.last), reports + place.reports
            continue
        if reports:
            yield first, last, label, reports
        first, last, label, reports = place.first, place.last, place.count.label, place.reports
    if reports:
        yield first, last, label, reports
