"""How often something is named, over time: a bar for each report, dashed where the report's date is inferred."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup as Html

from builder.model import When
from builder.site.axis import Axis, axis_of
from builder.site.calendar import ordinal
from builder.site.drawing import every
from builder.site.svg import cut, line, per_cent, rect, svg, text, width_of

WIDTH = 600
"""The least width in pixels that labels are cut for."""
LEFT = 0.045
TOP, PLOT = 24, 96
BASE = TOP + PLOT
WIDEST_BAR = 0.07
MOST_BARS = 24


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


def mentions_over_time(counts: Iterable[Count], language: str, *, label: str, several: Callable[[int], str]) -> Html:
    """The chart; empty without a dated report. `several` words a number of reports where their names have no room."""
    dated = [count for count in counts if count.when is not None and count.count > 0]
    axis = axis_of((count.when for count in dated if count.when), language)
    if axis is None:
        return Html()
    places = _slots(_columns_of(dated, axis))
    if len(places) > MOST_BARS:
        places = _slots(_summed(places, several))
    step = _grid_step(max(place.count.count for place in places))
    top = step * -(-max(place.count.count for place in places) // step)
    body = [
        *_grid(step, top),
        *_labels(axis, places, several),
        *(part for place in places for part in _bar(place, axis, top)),
    ]
    body.append(line("0", BASE, "100%", BASE, "axis"))
    return svg(body, height=BASE + 44, name="chart chart-counts", label=label)


def _columns_of(counts: Iterable[Count], axis: Axis) -> Iterator[Place]:
    """Where each report stands; those far outside the axis are left out."""
    for count in counts:
        when = count.when
        ends = [ordinal(day) for day in (when.earliest, when.latest) if day is not None] if when else []
        if ends and ends[-1] >= axis.first and ends[0] <= axis.last:
            yield Place(count, axis.column_of(max(ends[0], axis.first)), axis.column_of(min(ends[-1], axis.last)))


def _slots(places: Iterable[Place]) -> list[Place]:
    """Shares each column among those in it: what comes from the column before, its own, what goes on to the next."""
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    listed = list(places)
    for index, place in enumerate(listed):
        inside[place.first].append((1 if place.first == place.last else 2, index))
        if place.first != place.last:
            inside[place.last].append((0, index))
    at = {(c, index): slot for c, held in inside.items() for slot, (_, index) in enumerate(sorted(held))}
    return [
        Place(
            place.count,
            place.first,
            place.last,
            at[place.first, index],
            len(inside[place.first]),
            at[place.last, index],
            len(inside[place.last]),
        )
        for index, place in enumerate(listed)
    ]


def _summed(places: Iterable[Place], several: Callable[[int], str]) -> Iterator[Place]:
    """Too many reports for a bar each: one for the stated dates of a column, one for the inferred."""
    sums: dict[tuple[int, bool], list[Count]] = defaultdict(list)
    for place in places:
        sums[place.first, place.count.inferred or place.first != place.last].append(place.count)
    for (column, inferred), held in sorted(sums.items()):
        yield Place(Count(several(len(held)), None, inferred, sum(count.count for count in held)), column, column)


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


def _labels(axis: Axis, places: Sequence[Place], several: Callable[[int], str]) -> Iterator[str]:
    columns = axis.columns
    width = (1 - LEFT) / len(columns)
    room = width * WIDTH - 6
    with_weak = all(width_of(f"{column.strong} {column.weak}") <= room for column in columns[1:])
    step = every(columns, room, lambda column: column.strong)
    for index in range(0, len(columns), step):
        column = columns[index]
        weak = f' <tspan class="weak">{column.weak}</tspan>' if column.weak and (with_weak or step > 1) else ""
        x = per_cent(LEFT + width * (index + 0.5))
        words = f'<tspan class="strong">{column.strong}</tspan>{weak}'
        yield f'<text x="{x}" y="{BASE + 18}" text-anchor="middle">{words}</text>'
    yield from _names(axis, places, several, room)


def _names(axis: Axis, places: Sequence[Place], several: Callable[[int], str], room: float) -> Iterator[str]:
    """Who the reports are by, below the dates: a name where there is one bar, else their number."""
    starting: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in places:
        starting[place.first, place.last].append(place)
    width = (1 - LEFT) / len(axis.columns)
    taken = -1
    for (first, last), held in sorted(starting.items()):
        if first <= taken:
            continue
        taken = last
        words = held[0].count.label if len(held) == 1 else several(len(held))
        words = cut(words, room * (last - first + 1), 12)
        yield text(words, per_cent(LEFT + width * (first + last + 1) / 2), BASE + 36, name="weak", anchor="middle")
