"""The narrow drawing of a chart of events: marks in columns, bars without titles; the list below it has the words."""

from collections.abc import Iterator

from builder.site.axis import Axis, Column
from builder.site.drawing import Sheet, draw_bar, every, grid
from builder.site.placing import bar_of
from builder.site.svg import disc, fades, line, per_cent, text, width_of

NARROW_WIDTH = 280
"""The least width in pixels of a page's text: a phone's screen of 320 without the margins."""
AXIS_AT = 36
MARK_STEP = 16
BAR_STEP = 16
MOST_IN_COLUMN = 8
MOST_BARS = 10


def narrow_body(sheet: Sheet) -> tuple[list[str], float]:
    """The drawing and its height."""
    marks, floor = _marks(sheet)
    prefix = f"{sheet.prefix}-narrow"
    bars, bottom = _bars(sheet, prefix, floor)
    frame = [
        fades(prefix),
        *grid(sheet.axis, 0, 1, AXIS_AT, bottom),
        line("0", AXIS_AT, "100%", AXIS_AT, "axis"),
        *_labels(sheet.axis),
    ]
    return [*frame, *marks, *bars], bottom


def _labels(axis: Axis) -> Iterator[str]:
    columns = axis.columns
    step = every(columns, NARROW_WIDTH / len(columns) - 2, lambda column: column.brief)
    for index in range(0, len(columns), step):
        column = columns[index]
        x = per_cent((index + 0.5) / len(columns))
        yield text(column.brief, x, 28, name="strong", anchor="middle")
    for index, column in enumerate(columns):
        if column.above and (axis.unit != "day" or step == 1):
            yield _above(column, index, axis)


def _above(column: Column, index: int, axis: Axis) -> str:
    if axis.unit == "day":
        return text(column.above, per_cent((index + 0.5) / len(axis.columns)), 12, name="weak", anchor="middle")
    return text(column.above, per_cent(index / len(axis.columns)), 12, name="weak", dx=2)


def _marks(sheet: Sheet) -> tuple[list[str], float]:
    out: list[str] = []
    most = 1
    for column, items in sorted(sheet.placed.marks.items()):
        x = per_cent((column + 0.5) / len(sheet.axis.columns))
        shown = items if len(items) <= MOST_IN_COLUMN else items[: MOST_IN_COLUMN - 1]
        for row, item in enumerate(shown):
            y = AXIS_AT + 16 + MARK_STEP * row
            out.append(disc(item.status, x, y, disputed=item.disputed, soft=item.soft))
        if len(shown) < len(items):
            left_out = f"+{len(items) - len(shown)}"
            words = left_out if width_of(left_out, 12) < NARROW_WIDTH / len(sheet.axis.columns) else "+"
            out.append(text(words, x, AXIS_AT + 20 + MARK_STEP * len(shown), name="weak", anchor="middle"))
        most = max(most, min(len(items), MOST_IN_COLUMN))
    return out, AXIS_AT + 16 + MARK_STEP * most


def _bars(sheet: Sheet, prefix: str, top: float) -> tuple[list[str], float]:
    # A row each: without titles, bars in one row would read as one that was cut.
    bars = [bar_of(item, sheet.axis, 0, 1) for item in sheet.placed.bars[:MOST_BARS]]
    left_over = len(sheet.placed.bars) - len(bars)
    out: list[str] = []
    rows = len(bars)
    for row, bar in enumerate(bars):
        y = top + BAR_STEP * row
        out.append(draw_bar(bar, y, prefix))
        if bar.item.disputed:
            beside = bar.end + 0.06 <= 1
            x = bar.end if beside else bar.start
            out.append(
                text("≠", per_cent(x), y + 7, name="disputed", dx=6 if beside else -6, anchor="" if beside else "end")
            )
    if left_over:
        out.append(text(f"+{left_over}", "0", top + BAR_STEP * rows + 12, name="weak"))
        rows += 1
    return out, top + BAR_STEP * rows + 8
