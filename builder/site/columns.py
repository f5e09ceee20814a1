"""The marks of a chart of events, column by column: with titles, or as marks alone."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from builder.site.dating import short
from builder.site.drawing import ASIDE, AXIS_AT, LEADING, PAD, WIDTH, Sheet, draw_bar
from builder.site.placing import Bar, Item, soft_ends
from builder.site.svg import cut, disc, number, per_cent, text, wrapped

MARK_STEP = 18
TITLES_HEIGHT = 190
WIDEST_TITLE = 170
MOST_CONSIDERED = 200
MOST_ROWS_OF_MARKS = 6
MOST_ASIDE = 8
ASIDE_WIDTH = ASIDE * WIDTH - 24


def columns_with_titles(sheet: Sheet) -> tuple[list[str], float, list[Item]]:
    """Marks with their titles, as many as there is room for; the y below them, and the items that are named."""
    drawn = [_aside_titled(sheet, sheet.placed.earlier, 0), _aside_titled(sheet, sheet.placed.later, _later_at(sheet))]
    taken = sorted(sheet.placed.marks)
    for column, following in pairwise([*taken, len(sheet.axis.columns)]):
        # A title may go on over the empty columns that follow.
        room = min(sheet.column_width * (following - column), max(WIDEST_TITLE, sheet.column_width)) - PAD - 4
        drawn.append(_titled(sheet, sheet.placed.marks[column], room, column))
    floor = max(AXIS_AT + 60, *(bottom for _, bottom, _ in drawn)) + 12
    return [body for body, _, _ in drawn], floor, [item for _, _, named in drawn for item in named]


def _titled(sheet: Sheet, items: Sequence[Item], room: float, column: int) -> tuple[str, float, list[Item]]:
    most_lines = {1: 5, 2: 4}.get(len(items), 3)
    chosen = _most_told(items[:MOST_CONSIDERED], lambda item: wrapped(item.title, room, most_lines))
    out: list[str] = []
    y = float(AXIS_AT)
    for index, lines in chosen:
        item = items[index]
        name = "disputed" if item.disputed else ""
        out.append(disc(item.status, "5", y + 21, disputed=item.disputed, soft=item.soft))
        out += [text(words, "0", y + 43 + LEADING * row, name=name) for row, words in enumerate(lines)]
        y += _height(lines)
    if len(chosen) < len(items):
        out.append(text(sheet.more(len(items) - len(chosen)), "0", y + 24, name="weak"))
        y += 24
    return _at(per_cent(sheet.x(column)), "".join(out), dx=PAD), y, [items[index] for index, _ in chosen]


def _most_told(items: Sequence[Item], titled: Callable[[Item], list[str]]) -> list[tuple[int, list[str]]]:
    """Which of a column's events have room, those first that most sources tell of, with the lines of their titles; in
    order of date again."""
    by_weight = sorted(range(len(items)), key=lambda i: (-len(items[i].event.accounts), not items[i].disputed, i))
    chosen: list[tuple[int, list[str]]] = []
    taken = 0
    for index in by_weight:
        lines = titled(items[index])
        taken += _height(lines)
        if chosen and taken > TITLES_HEIGHT:
            break
        chosen.append((index, lines))
    return sorted(chosen)


def _height(lines: Sequence[str]) -> int:
    return 36 + LEADING * len(lines)


def _aside_titled(sheet: Sheet, items: Sequence[Item], x: float) -> tuple[str, float, list[Item]]:
    """What lies far before or after: a small sign, the date, the title in two lines."""
    out: list[str] = []
    y = float(AXIS_AT)
    shown: list[Item] = []
    for item in items:
        lines = wrapped(item.title, ASIDE_WIDTH, 2)
        if y + 52 + LEADING * len(lines) > AXIS_AT + TITLES_HEIGHT + 20:
            break
        shown.append(item)
        out.append(_small_sign(item, y + 21, sheet.prefix))
        out.append(text(cut(_date(item, sheet.language), ASIDE_WIDTH), "0", y + 43, name="strong"))
        out += [text(words, "0", y + 59 + LEADING * row) for row, words in enumerate(lines)]
        y += 52 + LEADING * len(lines)
    if len(shown) < len(items):
        out.append(text(sheet.more(len(items) - len(shown)), "0", y + 20, name="weak"))
        y += 20
    return _at(per_cent(x), "".join(out)), y, shown


def columns_with_marks(sheet: Sheet) -> tuple[list[str], float]:
    """Every event as a mark, in rows as wide as the column; the y below them."""
    drawn = [_aside_marked(sheet, sheet.placed.earlier, 0), _aside_marked(sheet, sheet.placed.later, _later_at(sheet))]
    drawn += [_marked(sheet, items, column) for column, items in sorted(sheet.placed.marks.items())]
    return [body for body, _ in drawn], max(AXIS_AT + 30, *(bottom for _, bottom in drawn)) + 10


def _marked(sheet: Sheet, items: Sequence[Item], column: int) -> tuple[str, float]:
    in_row = max(1, min(6, int((sheet.column_width - PAD) // MARK_STEP)))
    shown = items if len(items) <= in_row * MOST_ROWS_OF_MARKS else items[: in_row * (MOST_ROWS_OF_MARKS - 1)]
    out = []
    for index, item in enumerate(shown):
        row, place = divmod(index, in_row)
        x, y = number(5 + MARK_STEP * place), AXIS_AT + 18 + MARK_STEP * row
        out.append(disc(item.status, x, y, disputed=item.disputed, soft=item.soft))
    bottom = AXIS_AT + 12 + MARK_STEP * -(-len(shown) // in_row)
    if len(shown) < len(items):
        out.append(text(f"+{len(items) - len(shown)}", "0", bottom + 12, name="weak"))
        bottom += LEADING
    return _at(per_cent(sheet.x(column)), "".join(out), dx=PAD), bottom


def _aside_marked(sheet: Sheet, items: Sequence[Item], x: float) -> tuple[str, float]:
    shown = items if len(items) <= MOST_ASIDE else items[: MOST_ASIDE - 1]
    out = []
    y = AXIS_AT + 18
    for item in shown:
        out.append(_small_sign(item, y, sheet.prefix))
        out.append(text(cut(_date(item, sheet.language), ASIDE_WIDTH - 26), "27", y + 4))
        y += MARK_STEP
    if len(shown) < len(items):
        out.append(text(sheet.more(len(items) - len(shown)), "0", y + 4, name="weak"))
        y += MARK_STEP
    return _at(per_cent(x), "".join(out)), y - 4


def _later_at(sheet: Sheet) -> float:
    return sheet.right + 0.025


def _date(item: Item, language: str) -> str:
    words = short(item.when, language, with_year=True)
    return words[:1].upper() + words[1:]


def _small_sign(item: Item, y: float, prefix: str) -> str:
    """A mark for a day, a short bar for what is longer."""
    if item.when.shape == "day":
        return disc(item.status, "5", y, disputed=item.disputed, soft=item.soft)
    drawn = draw_bar(Bar(item, 0, 1, *soft_ends(item.when)), y - 3, prefix)
    return f'<svg width="20" overflow="visible">{drawn}</svg>'


def _at(x: str, body: str, dx: float = 0) -> str:
    """Moves pixels to a share of the width: a drawing within the drawing."""
    inner = f'<svg x="{number(dx)}" overflow="visible">{body}</svg>' if dx else body
    return f'<svg x="{x}" overflow="visible">{inner}</svg>' if body else ""
