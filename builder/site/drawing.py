"""The parts of a chart of events: its frame, its columns of marks, its bars; wide and narrow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from builder.site.axis import Axis, Column
from builder.site.dating import long, short
from builder.site.placing import Item, Placed, bars_in_rows, soft_ends
from builder.site.svg import bar_with_ends, cut, disc, fades, line, number, per_cent, rect, text, width_of, wrapped

WIDTH = 1072
"""The least width in pixels at which the wide drawing is shown: titles are wrapped for it."""
NARROW_WIDTH = 280
ASIDE = 0.111
"""The share of the width that the dates far before or after the axis take."""
AXIS_AT = 26
PAD = 8
LEADING = 16
MARK_STEP = 18
TITLES_HEIGHT = 190
WIDEST_TITLE = 170
BAR_STEP = 30
MOST_BARS = 8
MOST_ROWS_OF_MARKS = 6
MOST_ASIDE = 8


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
        yield text(sheet.words.earlier, "0", 14, name="strong aside")
        yield line("0", AXIS_AT, per_cent(sheet.left - 0.025), AXIS_AT, "axis")
        yield text("//", per_cent(sheet.left - 0.0185), AXIS_AT + 5, name="break", anchor="middle")
    if sheet.placed.later:
        yield text(sheet.words.later, per_cent(sheet.right + 0.025), 14, name="strong aside")
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


# --- columns ---------------------------------------------------------------------------------------------------------


def columns_with_titles(sheet: Sheet) -> tuple[list[str], float, list[Item]]:
    """Marks with their titles, as many as there is room for; the y below them, and the items that are named."""
    out: list[str] = []
    named: list[Item] = []
    floor = float(AXIS_AT + 60)
    taken = sorted(sheet.placed.marks)
    for position, column in enumerate(taken):
        following = taken[position + 1] if position + 1 < len(taken) else len(sheet.axis.columns)
        room = min(sheet.column_width * (following - column), max(WIDEST_TITLE, sheet.column_width)) - PAD - 4
        items = sheet.placed.marks[column]
        body, bottom, shown = _titled(items, room, sheet)
        out.append(_at(per_cent(sheet.x(column)), body, dx=PAD))
        floor = max(floor, bottom)
        named += shown
    for items, x in ((sheet.placed.earlier, 0.0), (sheet.placed.later, sheet.right + 0.025)):
        body, bottom, shown = _aside(items, sheet)
        out.append(_at(per_cent(x), body))
        floor = max(floor, bottom)
        named += shown
    return out, floor + 12, named


def _titled(items: Sequence[Item], room: float, sheet: Sheet) -> tuple[str, float, list[Item]]:
    """The events of a column, those first that most sources tell of, in order of date."""
    most_lines = 5 if len(items) == 1 else 4 if len(items) == 2 else 3
    heights = {item: 36 + LEADING * len(wrapped(item.title, room, most_lines)) for item in items}
    chosen: set[Item] = set()
    free = float(TITLES_HEIGHT)
    for item in sorted(items, key=lambda i: (-len(i.event.accounts), not i.disputed)):
        if heights[item] > free and chosen:
            break
        chosen.add(item)
        free -= heights[item]
    out: list[str] = []
    y = float(AXIS_AT)
    shown = [item for item in items if item in chosen]
    for item in shown:
        out.append(disc(item.status, "5", y + 21, disputed=item.disputed, soft=item.soft))
        for number_of_line, words in enumerate(wrapped(item.title, room, most_lines)):
            out.append(text(words, "0", y + 43 + LEADING * number_of_line, name="disputed" if item.disputed else ""))
        y += heights[item]
    if len(shown) < len(items):
        out.append(text(sheet.more(len(items) - len(shown)), "0", y + 24, name="weak"))
        y += 24
    return "".join(out), y, shown


def _aside(items: Sequence[Item], sheet: Sheet) -> tuple[str, float, list[Item]]:
    """What lies far before or after: a small mark or bar, the date, the title in two lines."""
    room = ASIDE * WIDTH - 24
    out: list[str] = []
    y = float(AXIS_AT)
    shown: list[Item] = []
    for item in items:
        lines = wrapped(item.title, room, 2)
        if y + 52 + LEADING * len(lines) > AXIS_AT + TITLES_HEIGHT + 20:
            break
        shown.append(item)
        out.append(_small_sign(item, y + 21, sheet.prefix))
        out.append(
            text(cut(_capital(short(item.when, sheet.language, with_year=True)), room), "0", y + 43, name="strong")
        )
        out += [text(words, "0", y + 59 + LEADING * index) for index, words in enumerate(lines)]
        y += 52 + LEADING * len(lines)
    if len(shown) < len(items):
        out.append(text(sheet.more(len(items) - len(shown)), "0", y + 20, name="weak"))
        y += 20
    return "".join(out), y, shown


def columns_with_marks(sheet: Sheet) -> tuple[list[str], float]:
    """Every event as a mark, in rows as wide as the column."""
    in_row = max(1, min(6, int((sheet.column_width - PAD) // MARK_STEP)))
    out: list[str] = []
    floor = float(AXIS_AT + 30)
    for column, items in sorted(sheet.placed.marks.items()):
        shown = items if len(items) <= in_row * MOST_ROWS_OF_MARKS else items[: in_row * (MOST_ROWS_OF_MARKS - 1)]
        marks = [
            disc(
                item.status,
                number(5 + MARK_STEP * (n % in_row)),
                AXIS_AT + 18 + MARK_STEP * (n // in_row),
                disputed=item.disputed,
                soft=item.soft,
            )
            for n, item in enumerate(shown)
        ]
        bottom = AXIS_AT + 12 + MARK_STEP * -(-len(shown) // in_row)
        if len(shown) < len(items):
            marks.append(text(f"+{len(items) - len(shown)}", "0", bottom + 12, name="weak"))
            bottom += LEADING
        out.append(_at(per_cent(sheet.x(column)), "".join(marks), dx=PAD))
        floor = max(floor, bottom)
    for items, x in ((sheet.placed.earlier, 0.0), (sheet.placed.later, sheet.right + 0.025)):
        shown = items if len(items) <= MOST_ASIDE else items[: MOST_ASIDE - 1]
        lines = [
            _small_sign(item, AXIS_AT + 18 + MARK_STEP * index, sheet.prefix)
            + text(cut(short(item.when, sheet.language, with_year=True), 72), "38", AXIS_AT + 22 + MARK_STEP * index)
            for index, item in enumerate(shown)
        ]
        if len(shown) < len(items):
            lines.append(
                text(sheet.more(len(items) - len(shown)), "0", AXIS_AT + 22 + MARK_STEP * len(shown), name="weak")
            )
        out.append(_at(per_cent(x), "".join(lines)))
        floor = max(floor, AXIS_AT + 14 + MARK_STEP * len(lines))
    return out, floor + 10


def _small_sign(item: Item, y: float, prefix: str) -> str:
    if item.when.shape == "day":
        return disc(item.status, "5", y, disputed=item.disputed, soft=item.soft)
    soft_start, soft_end = soft_ends(item.when)
    bar = _bar(prefix, 0, 1, y - 3, soft_start, soft_end, item)
    return f'<svg width="30" overflow="visible">{bar}</svg>'


def _at(x: str, body: str, dx: float = 0) -> str:
    """Moves pixels to a share of the width: a drawing within the drawing."""
    inner = f'<svg x="{number(dx)}" overflow="visible">{body}</svg>' if dx else body
    return f'<svg x="{x}" overflow="visible">{inner}</svg>' if body else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- bars ------------------------------------------------------------------------------------------------------------


def wide_bars(sheet: Sheet, top: float, *, with_dates: bool) -> tuple[list[str], float]:
    """Bars with their titles above; the y below them."""
    titled = []
    for item in sheet.placed.bars:
        words = cut(_bar_title(item, sheet.language, with_dates=with_dates), 0.6 * WIDTH)
        titled.append((item, words, (width_of(words) + PAD) / WIDTH))
    bars, left_over = bars_in_rows(titled, sheet.axis, sheet.left, sheet.right, MOST_BARS)
    out: list[str] = []
    rows = max((bar.row + 1 for bar in bars), default=0)
    for bar in bars:
        y = top + BAR_STEP * bar.row
        name = "disputed" if bar.item.disputed else ""
        out.append(text(bar.title, per_cent(bar.title_at), y + 16, name=name, anchor=bar.anchor))
        out.append(_bar(sheet.prefix, bar.start, bar.end - bar.start, y + 22, bar.soft_start, bar.soft_end, bar.item))
    bottom = top + BAR_STEP * rows + (12 if rows else 0)
    if left_over:
        out.append(text(sheet.more(len(left_over)), per_cent(sheet.left), bottom + 6, name="weak", dx=PAD))
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


def _bar(prefix: str, x: float, width: float, y: float, soft_start: bool, soft_end: bool, item: Item) -> str:
    planned = item.status == "planned"
    return bar_with_ends(
        prefix, x, width, y, soft_start=soft_start, soft_end=soft_end, planned=planned, disputed=item.disputed
    )
