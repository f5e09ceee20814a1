"""How a date reads: never more exact than it is known.

A When carries its EDTF text; its ends are read from that, for the days alone do not say how exactly each end is known.
"""

import re
from dataclasses import replace
from functools import lru_cache

from builder.model import Day, When
from builder.site.calendar import (
    NUMERALS,
    Language,
    day_of,
    month_name,
    ordinal,
    season_name,
    short_month,
    short_weekday,
    spoken,
    weekday,
    weekday_name,
    year_name,
)
from builder.values import dataclass

__all__ = ["day_of", "iso", "long", "ordinal", "short", "short_weekday", "weekday", "weekday_name"]

POINT = re.compile(r"Y?(-?[0-9X]+(?:E[0-9]+)?)(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?(?:T.*)?([~?%]?)")


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date, as exact as it is written; 0 for a month or day not given. Months from 21 are seasons."""

    year: int
    month: int = 0
    day: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """What the writer wants: names in full or short, the year of a day or not."""

    language: str
    brief: bool
    with_year: bool

    @property
    def words(self) -> Language:
        return spoken(self.language)

    @property
    def of(self) -> str:
        return " " if self.brief else self.words.of


@lru_cache(maxsize=10_000)  # a date stands on many pages
def long(when: When, language: str) -> str:
    """For running text and headings: “22 February 2025”, “on a day within 12 to 21 February 2025”."""
    return _written(when, Style(language, brief=False, with_year=True))


@lru_cache(maxsize=10_000)
def short(when: When, language: str, *, with_year: bool = False) -> str:
    """For tables, marks and charts: “22 Feb”, “16 or 17 Feb”, “≤ 14 Feb”. A month is never without its year."""
    return _written(when, Style(language, brief=True, with_year=with_year))


@lru_cache(maxsize=10_000)
def iso(when: When) -> str:
    """The value for `<time datetime>`: HTML knows plain days, months and years after Christ. Else empty."""
    if when.shape not in ("day", "month", "year") or when.approximate or when.uncertain:
        return ""
    point = _point(when.edtf)
    if point is None or point.year < 1:
        return ""
    return "-".join([f"{point.year:04d}", *(f"{part:02d}" for part in (point.month, point.day) if part)])


def _written(when: When, style: Style) -> str:
    match when.shape:
        case "interval":
            return _interval(when, style)
        case "set":
            return _set(when, style)
        case _:
            return _qualified(_one(when, style), "~" * when.approximate + "?" * when.uncertain, style)


def _one(when: When, style: Style) -> str:
    point = _point(when.edtf)
    if point is not None and (point.month < 21 or season_name(point.month, style.language)):
        return _name(point, style)
    if not (when.earliest and when.latest):
        return style.words.undated
    whole_years = when.earliest[1:] == (1, 1) and when.latest[1:] == (12, 31)
    start, end = ((Point(day[0]) if whole_years else Point(*day)) for day in (when.earliest, when.latest))
    return _span(start, end, style)


def _interval(when: When, style: Style) -> str:
    first, _, last = when.edtf.partition("/")
    start, end = _end(first, when.earliest), _end(last, when.latest)
    if start and end:
        marks = "".join(mark for mark in "~?" if mark in _signs(start) + _signs(end))
        return _qualified(_span(start, end, style), marks, style)
    if end:
        return _words_for(end, style).until.format(_marked(end, style))
    if start:
        since = _words_for(start, style).since
        return (since.partition(",")[0] if style.brief else since).format(_marked(start, style))
    return style.words.undated


def _set(when: When, style: Style) -> str:
    inner = when.edtf.strip("[]{}")
    members = [point for text in inner.split(",") if (point := _point(text))]
    if ".." not in inner and members:
        return _either(members, style)
    # Of a set that lists several days and spans, only the outermost ends are said.
    first, _, last = ("?", "", "?") if "," in inner else inner.partition("..")
    start, end = _end(first, when.earliest), _end(last, when.latest)
    if start and end and when.earliest and when.latest:
        if start.day and end.day and ordinal(when.latest) - ordinal(when.earliest) == 1:
            return _either([start, end], style)
        return (style.words.short_within if style.brief else style.words.within).format(_span(start, end, style))
    if end:
        return (NUMERALS.by if style.brief else _words_for(end, style).by).format(_marked(end, style))
    if start:
        return (NUMERALS.later if style.brief else style.words.later).format(_marked(start, style))
    return style.words.undated


def _words_for(point: Point, style: Style) -> Language:
    return NUMERALS if style.words.needs_day and not point.day else style.words


def _either(members: list[Point], style: Style) -> str:
    """“22 or 23 February 2025”; the month and year stand once where they are the same."""
    *others, last = members
    names = [_beside(point, last, style) for point in others]
    if not names:
        return _marked(last, style)
    return f"{', '.join(names)} {style.words.either} {_marked(last, style)}"


def _span(start: Point, end: Point, style: Style) -> str:
    if start == end:
        return _name(end, style)
    if start.year != end.year:
        style = replace(style, with_year=True)
    first, last = _beside(start, end, style), _name(end, style)
    if start.day and end.day and not style.brief:
        return f"{first} {style.words.span} {last}"
    spaced = " " if " " in first + last and first != str(start.day) + style.words.after_day else ""
    return f"{first}{spaced}–{spaced}{last}"


def _beside(point: Point, other: Point, style: Style) -> str:
    """A point whose month and year are not said where `other`, which follows, says them."""
    if style.words is NUMERALS or point.year != other.year:
        return _name(point, replace(style, with_year=True))
    if not point.month:
        return _name(point, style)
    if point.day and point.month == other.month and other.day:
        return _day(point.day, style)
    if other.month and point.month < 21:
        month = _month(point.month, style)
        return f"{_day(point.day, style)}{style.of}{month}" if point.day else month
    return _name(point, style)


def _name(point: Point, style: Style) -> str:
    year = year_name(point.year, style.language)
    if style.words is NUMERALS:
        return "-".join([year, *(f"{part:02d}" for part in (point.month, point.day) if part)])
    if not point.month:
        return year
    if point.month >= 21:
        return f"{season_name(point.month, style.language)} {year}"
    if not point.day:
        return f"{_month(point.month, style)}{style.of}{year}"
    day_and_month = f"{_day(point.day, style)}{style.of}{_month(point.month, style)}"
    return f"{day_and_month}{style.of}{year}" if style.with_year else day_and_month


def _month(month: int, style: Style) -> str:
    return short_month(month, style.language) if style.brief else month_name(month, style.language)


def _day(day: int, style: Style) -> str:
    return style.words.first if day == 1 and style.words.first else f"{day}{style.words.after_day}"


def _marked(point: Point, style: Style) -> str:
    return _qualified(_name(point, style), _signs(point), style)


def _signs(point: Point) -> str:
    return "~?" if point.mark == "%" else point.mark


def _qualified(text: str, signs: str, style: Style) -> str:
    if "~" in signs:
        text = (style.words.short_about if style.brief else style.words.about).format(text)
    if "?" in signs:
        text = f"{text}?" if style.brief else style.words.uncertain.format(text)
    return text


def _end(text: str, day: Day | None) -> Point | None:
    """An end of a span; where its text is not readable, the day that it can mean."""
    if text.strip() in ("", "..") or day is None:
        return None
    return _point(text) or Point(*day)


@lru_cache(maxsize=10_000)
def _point(text: str) -> Point | None:
    """A plain date; None for one with an unspecified year (`201X`), which only its span describes."""
    match = POINT.fullmatch(text.strip())
    if not match or "X" in match[1]:
        return None
    digits, _, zeros = match[1].partition("E")
    month, day = (int(part) if part and "X" not in part else 0 for part in (match[2], match[3]))
    return Point(int(digits) * 10 ** int(zeros or 0), month, day if month else 0, match[4])
