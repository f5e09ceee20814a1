"""Where each event goes in a chart: a mark in a column, a bar across several, or the space before or after the axis."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from builder.model import Event, Status, When
from builder.site.axis import Axis
from builder.site.calendar import ordinal
from builder.values import dataclass

INSET = 0.006
"""What a bar keeps clear of the edges of its columns, as a share of the width."""
OVERHANG = 0.012
"""How far a bar that comes from before the axis begins to its left."""
SHORTEST = 0.008


@dataclass(frozen=True, slots=True)
class Item:
    """An event on one of its dates, in ordinals; None: an end is open. Of a disputed date, each reading is an item."""

    event: Event
    when: When
    low: int | None
    high: int | None

    @property
    def disputed(self) -> bool:
        return self.event.conflict or bool(self.event.disputed)

    @property
    def status(self) -> Status:
        return self.event.statuses[0] if self.event.statuses else "happened"

    @property
    def title(self) -> str:
        return f"≠ {self.event.title}" if self.disputed else self.event.title

    @property
    def soft(self) -> bool:
        return self.when.approximate or self.when.uncertain


@dataclass(frozen=True, slots=True)
class Placed:
    """Items in order: `marks` by column, `bars`, and those wholly before or after the axis."""

    marks: Mapping[int, Sequence[Item]]
    bars: Sequence[Item]
    earlier: Sequence[Item]
    later: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `start` to `end`, shares of the width."""

    item: Item
    start: float
    end: float
    soft_start: bool
    soft_end: bool


@dataclass(frozen=True, slots=True)
class TitledBar:
    """A bar in a row from the top, its title above it; `anchor` is the title's."""

    bar: Bar
    row: int
    title: str
    title_at: float
    anchor: str


def items_of(events: Iterable[Event]) -> list[Item]:
    """Events without any known date are left out."""
    return [
        Item(event, when, low, high)
        for event in events
        for when in _readings(event)
        for low, high in [(_ordinal(when, first=True), _ordinal(when, first=False))]
        if low is not None or high is not None
    ]


def _readings(event: Event) -> Iterable[When]:
    """The date, or each that an account gives where they exclude each other: never one of them alone."""
    if not event.conflict:
        return [event.when]
    return {when.edtf: when for when in (event.when, *(account.when for account in event.accounts))}.values()


def _ordinal(when: When, *, first: bool) -> int | None:
    day = when.earliest if first else when.latest
    return None if day is None else ordinal(day)


def placed(items: Iterable[Item], axis: Axis) -> Placed:
    marks: dict[int, list[Item]] = defaultdict(list)
    bars: list[Item] = []
    earlier: list[Item] = []
    later: list[Item] = []
    for item in items:
        if item.high is not None and item.high < axis.first:
            earlier.append(item)
        elif item.low is not None and item.low > axis.last:
            later.append(item)
        elif _in_one_column(item, axis):
            marks[axis.column_of(item.low or 0)].append(item)
        else:
            bars.append(item)
    return Placed(marks, bars, earlier, later)


def _in_one_column(item: Item, axis: Axis) -> bool:
    if item.low is None or item.high is None or item.low < axis.first or item.high > axis.last:
        return False
    return axis.column_of(item.low) == axis.column_of(item.high)


def soft_ends(when: When) -> tuple[bool, bool]:
    """Which ends are uncertain: open and qualified ones, a season’s, those of a long stretch with one day in it."""
    vague = when.shape == "season" or "X" in when.edtf or (when.shape == "set" and _is_long_stretch(when))
    first, _, last = when.edtf.partition("/") if when.shape == "interval" else (when.edtf, "", when.edtf)
    start_vague, end_vague = (vague or text[-1:] in ("~", "?", "%") for text in (first, last))
    return start_vague or when.earliest is None, end_vague or when.latest is None


def _is_long_stretch(when: When) -> bool:
    if ".." not in when.edtf or when.earliest is None or when.latest is None:
        return False
    return ordinal(when.latest) - ordinal(when.earliest) > 2


def bars_in_rows(
    titled: Iterable[tuple[Item, str, float]], axis: Axis, left: float, right: float, most: int
) -> tuple[list[TitledBar], int]:
    """Bars in the first row that has room for them and their titles, and how many `most` rows have no room for.

    Each item comes with its title and the share of the width that the title takes.
    """
    free_from = [-1.0] * most
    drawn: list[TitledBar] = []
    left_over = 0
    for item, title, width in titled:
        bar = bar_of(item, axis, left, right)
        begins = max(bar.start, left + INSET)
        from_the_right = begins + width > right
        taken_from = min(bar.start, right - width) if from_the_right else bar.start
        row = next((row for row in range(most) if free_from[row] <= taken_from), None)
        if row is None:
            left_over += 1
            continue
        free_from[row] = max(bar.end, right if from_the_right else begins + width) + 2 * INSET
        drawn.append(TitledBar(bar, row, title, right if from_the_right else begins, "end" if from_the_right else ""))
    return drawn, left_over


def bar_of(item: Item, axis: Axis, left: float, right: float) -> Bar:
    """The bar on an axis from `left` to `right`; an end that lies beyond the axis fades like an open one."""
    soft_start, soft_end = soft_ends(item.when)
    if item.low is None or item.low < axis.first:
        start, soft_start = max(left - OVERHANG, 0.0), True
    else:
        start = left + (right - left) * axis.at(item.low) + INSET
    if item.high is None or item.high > axis.last:
        end, soft_end = right, True
    else:
        end = left + (right - left) * axis.at(item.high + 1) - INSET
    return Bar(item, start, max(end, start + SHORTEST), soft_start, soft_end)
