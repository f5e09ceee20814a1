"""Events along a time axis: the home page's strip with titles, and the timeline's overview with marks alone.

Each comes in two drawings, `chart-wide` and `chart-narrow`; the style sheet shows one of them. None holds a link: to
those who hear the page a chart is one picture, and the list that stands below it has the links.
"""

from collections.abc import Iterable

from markupsafe import Markup as Html

from builder.model import Event
from builder.site.axis import Unit, axis_of
from builder.site.columns import columns_with_marks, columns_with_titles
from builder.site.drawing import ChartWords, Sheet, frame, wide_bars
from builder.site.narrow import narrow_body
from builder.site.placing import OVERHANG, Item, items_of, placed
from builder.site.svg import line, per_cent, svg
from builder.values import dataclass

MOST_LISTED = 16

__all__ = ["ChartWords", "Strip", "day_strip", "overview"]


@dataclass(frozen=True, slots=True)
class Strip:
    """The home page's chart, `count` of `unit` long. `shown`: the events it names, for the list below it."""

    drawing: Html
    unit: Unit
    count: int
    shown: tuple[Event, ...]


def day_strip(events: Iterable[Event], language: str, words: ChartWords, prefix: str = "strip") -> Strip | None:
    """Events with their titles, in columns of days, weeks, months or years; None where no event has a date."""
    sheet = _sheet(events, language, words, prefix)
    if sheet is None:
        return None
    parts, bottom, named = columns_with_titles(sheet)
    if sheet.placed.bars:
        parts.append(line(per_cent(max(sheet.left - OVERHANG, 0)), bottom, per_cent(sheet.right), bottom, "grid"))
        bars, bottom = wide_bars(sheet, bottom + 6, with_dates=True)
        parts += bars
    shown = _in_order(sheet, [*named, *sheet.placed.bars])
    return Strip(_both(sheet, [*frame(sheet, bottom), *parts], bottom), sheet.axis.unit, sheet.axis.count, shown)


def overview(events: Iterable[Event], language: str, words: ChartWords, prefix: str = "overview") -> Html:
    """All events, as marks and bars on the same axis. Empty where no event has a date."""
    sheet = _sheet(events, language, words, prefix)
    if sheet is None:
        return Html()
    marks, floor = columns_with_marks(sheet)
    bars, bottom = wide_bars(sheet, floor, with_dates=False)
    return _both(sheet, [*frame(sheet, bottom), *marks, *bars], bottom)


def _in_order(sheet: Sheet, named: Iterable[Item]) -> tuple[Event, ...]:
    """The events that most sources tell of, as many as a list of a glance holds, in order of date."""
    told = sorted({item.event.key: len(item.event.accounts) for item in named}.items(), key=lambda pair: -pair[1])
    keys = {key for key, _ in told[:MOST_LISTED]}
    return tuple({item.event.key: item.event for item in sheet.items if item.event.key in keys}.values())


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
