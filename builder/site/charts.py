"""Events along a time axis: the home page's strip with titles, and the timeline's overview with marks alone.

Each comes in two drawings, `chart-wide` and `chart-narrow`; the style sheet shows one of them. None holds a link: a chart is
one picture to those who hear the page, and the list that stands below it has the links.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup as Html

from builder.model import Event
from builder.site.axis import Unit, axis_of
from builder.site.drawing import ChartWords, Sheet, columns_with_marks, columns_with_titles, frame, wide_bars
from builder.site.narrow import narrow_body
from builder.site.placing import items_of, placed
from builder.site.svg import line, per_cent, svg

__all__ = ["ChartWords", "Strip", "day_strip", "overview"]


@dataclass(frozen=True, slots=True)
class Strip:
    """The home page's chart. Its axis is `count` of `unit` long; `shown` are the events it names, for the list below it."""

    drawing: Html
    unit: Unit
    count: int
    shown: tuple[Event, ...]


def day_strip(events: Iterable[Event], language: str, words: ChartWords, prefix: str = "strip") -> Strip | None:
    """Events with their titles, in columns of days, weeks, months or years; None where no event has a date."""
    sheet = _sheet(events, language, words, prefix)
    if sheet is None:
        return None
    titles, floor, named = columns_with_titles(sheet)
    bars, bottom = wide_bars(sheet, floor, with_dates=True) if sheet.placed.bars else ([], floor)
    separator = line(per_cent(max(sheet.left - 0.012, 0)), floor, per_cent(sheet.right), floor, "grid")
    drawing = _both(sheet, [*frame(sheet, bottom), separator, *titles, *bars], bottom)
    keys = {item.event.key for item in (*named, *sheet.placed.bars)}
    shown = {item.event.key: item.event for item in sheet.items if item.event.key in keys}
    return Strip(drawing, sheet.axis.unit, sheet.axis.count, tuple(shown.values()))


def overview(events: Iterable[Event], language: str, words: ChartWords, prefix: str = "overview") -> Html:
    """All events, as marks and bars on the same axis. Empty where no event has a date."""
    sheet = _sheet(events, language, words, prefix)
    if sheet is None:
        return Html()
    marks, floor = columns_with_marks(sheet)
    bars, bottom = wide_bars(sheet, floor, with_dates=False)
    return _both(sheet, [*frame(sheet, bottom), *marks, *bars], bottom)


def _sheet(events: Iterable[Event], language: str, words: ChartWords, prefix: str) -> Sheet | None:
    items = items_of(events)
    axis = axis_of((item.when for item in items), language)
    return Sheet(axis, items, placed(items, axis), words, language, prefix) if axis else None


def _both(sheet: Sheet, wide: Iterable[str], height: float) -> Html:
    body, narrow_height = narrow_body(sheet)
    label = sheet.words.label
    return svg(wide, height=height, name="chart chart-wide", label=label) + svg(
        body, height=narrow_height, name="chart chart-narrow", label=label
    )
