"""The parts of a chart of events: its frame, its columns of marks, its bars; wide and narrow."""

from collections.abc import Callable, Iterator, Sequence

from builder.site.axis import Axis, Column
from builder.site.dating import long
from builder.site.placing import Bar, Item, Placed, bars_in_rows, soft_ends
from builder.site.svg import cut, fades, line, per_cent, rect, text, width_of
from builder.values import dataclass

WIDTH = 1072
"""The least width in pixels at which the wide drawing is shown: titles are wrapped for it."""
NARROW_WIDTH = 280
ASIDE = 0.125
"""The share of the width that the dates far before or after the axis take."""
AXIS_AT = 26
PAD = 8
LEADING = 16
BAR_STEP = 30
MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words in a chart. `label` is what those hear who cannot see it; `more` counts what is left out."""

    label: str
    earlier: str = "Earlier"
    later: str = "Later"
    more: str = "+ {n} more"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a wide drawing is drawn on: the axis goes from `left` to `right`, shares of the width."""

    axis: Axis
    items: Sequence[Item]
    placed: Placed
    words: ChartWords
    language: str
    prefix: str

    @property
    def left(self) -> float:
        return ASIDE if self.placed.earlier else 0.0

    @property
    def right(self) -> float:
        return 1 - ASIDE if self.placed.later else 1.0

    @property
    def column_width(self) -> float:
        """In pixels."""
        return (self.right - self.left) * WIDTH / len(self.axis.columns)

    def x(self, column: int) -> float:
        return self.left + (self.right - self.left) * column / len(self.axis.columns)

    def more(self, count: int) -> str:
        return self.words.more.format(n=count)


# --- the frame -----------------------------------------------------------------------------------------------------


def frame(sheet: Sheet, bottom: float) -> Iterator[str]:
    """Bands, grid, axis and the columns' labels. What is far away stands beyond a break of the axis."""
    yield fades(sheet.prefix)
    yield from grid(sheet.axis, sheet.left, sheet.right, AXIS_AT, bottom)
    yield line(per_cent(max(sheet.left - 0.012, 0)), AXIS_AT, per_cent(min(sheet.right + 0.012, 1)), AXIS_AT, "axis")
    yield from _labels(sheet)
    if sheet.placed.earlier:
        yield text(sheet.words.earlier, "0", 14, name="strong far")
        yield line("0", AXIS_AT, per_cent(sheet.left - 0.025), AXIS_AT, "axis")
        yield text("//", per_cent(sheet.left - 0.0185), AXIS_AT + 5, name="break", anchor="middle")
    if sheet.placed.later:
        yield text(sheet.words.later, per_cent(sheet.right + 0.025), 14, name="strong far")
        yield line(per_cent(sheet.right + 0.025), AXIS_AT, "100%", AXIS_AT, "axis")
        yield text("//", per_cent(sheet.right + 0.0185), AXIS_AT + 5, name="break", anchor="middle")


def grid(axis: Axis, left: float, right: float, top: float, bottom: float) -> Iterator[str]:
    step = (right - left) / len(axis.columns)
    for index, column in enumerate(axis.columns):
        if column.banded:
            yield rect(per_cent(left + index * step), top, per_cent(step), bottom - top, "band")
    for index in range(len(axis.columns)):
        yield line(per_cent(left + index * step), top - 6, per_cent(left + index * step), bottom, "grid")


def _labels(sheet: Sheet) -> Iterator[str]:
    """Each column's label, the weak half only where all have room, and every second or third where they have not."""
    columns, room = sheet.axis.columns, sheet.column_width - PAD - 4
    both = all(width_of(f"{c.strong} {c.weak}") <= room for c in columns[1:])
    step = every(columns[1:], room, lambda column: column.strong)
    for index in range(0, len(columns), step):
        column = columns[index]
        with_weak = both or (column.weak and step > 1) or (sheet.axis.unit != "day" and column.weak)
        weak = f' <tspan class="weak">{column.weak}</tspan>' if with_weak and column.weak else ""
        strong = f'<tspan class="strong">{column.strong}</tspan>'
        yield f'<text x="{per_cent(sheet.x(index))}" y="14" dx="{PAD}">{strong}{weak}</text>'


def every(columns: Sequence[Column], room: float, label: Callable[[Column], str]) -> int:
    """1 if each label has room, 2 if every second has, and so on."""
    widest = max((width_of(label(column)) for column in columns), default=0.0)
    return max(1, -int(-widest // max(room, 1)))


# --- bars ------------------------------------------------------------------------------------------------------------


def wide_bars(sheet: Sheet, top: float, *, with_dates: bool) -> tuple[list[str], float]:
    """Bars with their titles above; the y below them."""
    titled = []
    for item in sheet.placed.bars:
        words = cut(_bar_title(item, sheet.language, with_dates=with_dates), 0.6 * WIDTH)
        titled.append((item, words, (width_of(words) + PAD) / WIDTH))
    bars, left_over = bars_in_rows(titled, sheet.axis, sheet.left, sheet.right, MOST_BARS)
    out: list[str] = []
    rows = max((titled_bar.row + 1 for titled_bar in bars), default=0)
    for found in bars:
        y = top + BAR_STEP * found.row
        name = "disputed" if found.bar.item.disputed else ""
        out.append(text(found.title, per_cent(found.title_at), y + 16, name=name, anchor=found.anchor))
        out.append(draw_bar(found.bar, y + 22, sheet.prefix))
    bottom = top + BAR_STEP * rows + (12 if rows else 0)
    if left_over:
        out.append(text(sheet.more(left_over), per_cent(sheet.left), bottom + 6, name="weak", dx=PAD))
        bottom += LEADING + 4
    return out, bottom


def _bar_title(item: Item, language: str, *, with_dates: bool) -> str:
    if (
        with_dates
        and item.when.shape == "set"
        and all(soft_ends(item.when))
        and item.low is not None
        and item.high is not None
    ):
        return f"{item.title}, {long(item.when, language)}"
    return item.title


def draw_bar(bar: Bar, y: float, prefix: str) -> str:
    """6 px high from `y`, its hard ends 12. The masks for its soft ends have `prefix` in their ids."""
    fade = {(True, True): "both", (True, False): "start", (False, True): "end"}.get((bar.soft_start, bar.soft_end))
    certainty = "disputed" if bar.item.disputed else "sure"
    shape = "outline" if bar.item.status == "planned" else "bar"
    mask = f' mask="url(#{prefix}-{fade})"' if fade else ""
    out = rect(per_cent(bar.start), y, per_cent(bar.end - bar.start), 6, f"{shape} {certainty}", mask)
    for x, soft in ((bar.start, bar.soft_start), (bar.end, bar.soft_end)):
        if not soft:
            out += line(per_cent(x), y - 3, per_cent(x), y + 9, f"cap {certainty}")
    return out
