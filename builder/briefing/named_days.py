"""Days that a text names: “on Thursday”, “12 March 2025”, „am 14. Januar“.

Weekdays in English, German, French and Spanish; dates in English, in German, and in figures.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from builder.model import Day, When
from builder.patterns import pattern
from builder.values import dataclass

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag|Sonnabend", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
TIME_OF_DAY = "(?:morgen|vormittag|mittag|nachmittag|abend|nacht)?"
"""What German writes in one word with a weekday."""

MONTHS = (
    "January|Januar|Jänner|Jan",
    "February|Februar|Feb",
    "March|März|Mar",
    "April|Apr",
    "May|Mai",
    "June|Juni|Jun",
    "July|Juli|Jul",
    "August|Aug",
    "September|Sept|Sep",
    "October|Oktober|Oct|Okt",
    "November|Nov",
    "December|Dezember|Dec|Dez",
)
MONTH = "|".join(MONTHS)
MONTH_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split("|")}

DATE = pattern(
    rf"""(?<![\w.,])(?:
      (?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?(?P<n2>{MONTH})\b(?:\.?,?\s(?P<y2>\d{{4}})\b)?
    | (?P<n3>{MONTH})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,:]?\d)(?:,\s(?P<y3>\d{{4}})\b)?
    | (?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>\d{{4}})?
    )(?!\w)""",
    re.VERBOSE,
)
FIRST_OF_SPAN = pattern(r"(?<![\w.,])(\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:to|and|or|bis|und|oder|[-–/])\s?$")
"""The first day of “20 to 22 February” and „20./21. Februar“, before its second."""

JOINED_TO_DATE = pattern(r",?\s(?:the\s|dem\s|den\s|der\s)?")
"""Between a weekday and its date: “Friday, 21 February”, „Montag, dem 7. April“."""

NAME_BEFORE = pattern(r"\b(?:Good|Black|Bloody|Ash|Maundy|Easter|Palm|Super|Cyber|Whit|Shrove|Holy|Mail on)\s$")
NAME_AFTER = pattern(r"\s(?:Times|Telegraph|Post|Mail|Express|Mirror|Herald|Tribune|Night|Agreement)\b")
"""What makes a name of a weekday: Good Friday, the Sunday Times."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day at `text[start:end]`: a weekday from 0 for Monday, or a day of a month, with its year where it is given."""

    start: int
    end: int
    weekday: int = -1
    month: int = 0
    day: int = 0
    year: int = 0

    def within(self, when: When) -> bool:
        """Whether the date can mean this day."""
        if when.earliest is None or when.latest is None or days_between(when.earliest, when.latest) > 31:
            return True
        return any(self._is(day) for day in days_of(when))

    def _is(self, day: date) -> bool:
        if self.weekday >= 0:
            return day.weekday() == self.weekday
        return (day.month, day.day) == (self.month, self.day) and self.year in (0, day.year)


def days_named(text: str, languages: Iterable[str]) -> list[NamedDay]:
    """Every weekday and every date that a text names. A weekday that belongs to a date is part of it."""
    dates = list(dates_named(text))
    starts = {day.start for day in dates}
    weekdays = (day for day in weekdays_named(text, languages) if not _has_its_date(text, day, starts))
    return sorted([*dates, *weekdays], key=lambda day: day.start)


def _has_its_date(text: str, day: NamedDay, starts: set[int]) -> bool:
    joined = JOINED_TO_DATE.match(text, day.end)
    return joined is not None and joined.end() in starts


def weekdays_with_dates(text: str, languages: Iterable[str]) -> Iterator[tuple[NamedDay, NamedDay]]:
    """Every weekday that belongs to a date, with that date."""
    dates = {day.start: day for day in dates_named(text)}
    for weekday in weekdays_named(text, languages) if dates else ():
        joined = JOINED_TO_DATE.match(text, weekday.end)
        if joined and joined.end() in dates:
            yield weekday, dates[joined.end()]


def dates_named(text: str) -> Iterator[NamedDay]:
    """Dates with a day and a month."""
    for match in DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = MONTH_OF[parts["n"]] if "n" in parts else int(parts["m"])
        year = int(parts.get("y", 0))
        if not 1 <= month <= 12 or not 1 <= int(parts["d"]) <= 31:
            continue
        if first := FIRST_OF_SPAN.search(text, max(match.start() - 12, 0), match.start()):
            yield NamedDay(first.start(1), first.end(1), month=month, day=int(first[1]), year=year)
        yield NamedDay(match.start(), match.end(), month=month, day=int(parts["d"]), year=year)


def weekdays_named(text: str, languages: Iterable[str]) -> Iterator[NamedDay]:
    for language in dict.fromkeys(name.partition("-")[0] for name in languages):
        names = WEEKDAYS.get(language, ())
        for match in _weekday_pattern(language).finditer(text) if names else ():
            if NAME_BEFORE.search(text, max(match.start() - 12, 0), match.start()) or NAME_AFTER.match(
                text, match.end()
            ):
                continue
            yield NamedDay(match.start(), match.end(), weekday=int(match.lastgroup[1:]))  # type: ignore[index]  # always in one of seven groups


@lru_cache
def _weekday_pattern(language: str) -> re.Pattern[str]:
    ending = TIME_OF_DAY if language == "de" else ""
    groups = (f"(?P<w{index}>(?:{names}){ending})" for index, names in enumerate(WEEKDAYS[language]))
    return re.compile(rf"\b(?:{'|'.join(groups)})\b")


def weekday_name(weekday: int, language: str) -> str:
    """A weekday as one says it; in English where the language's names are not known."""
    return WEEKDAYS.get(language.partition("-")[0], WEEKDAYS["en"])[weekday].partition("|")[0]


# --- days of the calendar -----------------------------------------------------------------------------------------


def as_date(day: Day) -> date | None:
    """The day in Python's calendar, which knows the years 1 to 9999."""
    return date(*day) if 1 <= day[0] <= 9999 else None


def date_of(year: int, day: NamedDay) -> date | None:
    """A day of a month in that year, if it has such a day and the calendar reaches so far."""
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


def days_between(first: Day, last: Day) -> int:
    """How many days after `first` the day `last` is; very many where the calendar does not reach."""
    start, end = as_date(first), as_date(last)
    return (end - start).days if start and end else 10**6


def days_of(when: When) -> Iterator[date]:
    """The days that a date can mean; none where an end is open or the calendar does not reach."""
    start, end = (as_date(day) if day else None for day in (when.earliest, when.latest))
    if start and end:
        yield from (start + timedelta(days=n) for n in range((end - start).days + 1))


def most_recent(weekday: int, until: date) -> date:
    """The last such day up to `until`, that day included."""
    return until - timedelta(days=(until.weekday() - weekday) % 7)
