"""Days that a text gives in full, with their year, in the languages of the larger press."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January|Jan|Januar|Jänner|janvier|janv|enero|ene|gennaio|janeiro|januari|января|січня|stycznia|ocak|يناير"
    "|كانون الثاني",
    "February|Feb|fev|Februar|février|févr|febrero|febbraio|fevereiro|februari|февраля|лютого|lutego|şubat|فبراير|شباط",
    "March|Mar|März|mars|marzo|março|maart|марта|березня|marca|mart|مارس|آذار",
    "April|Apr|avril|avr|abril|abr|aprile|апреля|квітня|kwietnia|nisan|أبريل|ابريل|نيسان",
    "May|Mai|mayo|maggio|maio|mei|мая|травня|maja|mayıs|مايو|أيار",
    "June|Jun|Juni|juin|junio|giugno|junho|июня|червня|czerwca|haziran|يونيو|حزيران",
    "July|Jul|Juli|juillet|juil|julio|luglio|julho|июля|липня|lipca|temmuz|يوليو|تموز",
    "August|Aug|août|agosto|ago|augustus|августа|серпня|sierpnia|ağustos|أغسطس|آب",
    "September|Sept|Sep|set|septembre|septiembre|settembre|setembro|сентября|вересня|września|eylül|سبتمبر|أيلول",
    "October|Oct|out|Oktober|Okt|octobre|octubre|ottobre|outubro|октября|жовтня|października|ekim|أكتوبر|تشرين الأول",
    "November|Nov|novembre|noviembre|novembro|ноября|листопада|listopada|kasım|نوفمبر|تشرين الثاني",
    "December|Dec|Dezember|Dez|décembre|déc|diciembre|dic|dicembre|dezembro|декабря|грудня|grudnia|aralık|ديسمبر"
    "|كانون الأول",
)
MONTH_OF = {name.casefold(): number for number, names in enumerate(MONTHS, 1) for name in names.split("|")}
# The longer name first, or “Sep” would be all that is read of “September”.
MONTH = "|".join(sorted(MONTH_OF, key=lambda name: (-len(name), name)))

DATE = re.compile(
    rf"""(?<![\w.,/-])(?:
      (?P<y1>\d{{4}})([-/.])(?P<m1>\d{{1,2}})\2(?P<d1>\d{{1,2}})(?=\D|$)
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?(?P<n2>{MONTH})\b\.?
      (?:,?\s(?:de\s|del\s)?(?P<y2>\d{{4}})\b)?
    | (?P<d7>\d{{1,2}})(?P<between>[./-])(?P<n7>{MONTH})(?P=between)(?P<y7>\d{{4}})\b
    | (?P<n3>{MONTH})\b\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]?\d)(?:,?\s(?P<y3>\d{{4}})\b)?
    | (?P<d4>\d{{1,2}})\.\s?(?P<m4>\d{{1,2}})\.\s?(?P<y4>\d{{4}})\b(?!\.\d)
    | (?P<a5>\d{{1,2}})/(?P<b5>\d{{1,2}})/(?P<y5>\d{{4}})\b
    | (?P<y6>\d{{4}})\s?[年년]\s?(?P<m6>\d{{1,2}})\s?[月월]\s?(?P<d6>\d{{1,2}})\s?[日일]
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date at `text[start:end]`; `edtf` is empty where the year is missing, or day and month may be exchanged."""

    start: int
    end: int
    edtf: str


def dates_written(text: str) -> Iterator[Written]:
    """Every day that a text gives by its day and month; digits of any script."""
    for match in DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value and name != "between"}
        if "n" in parts:
            parts["m"] = str(MONTH_OF[parts["n"].casefold()])
        if "a" in parts:
            parts |= _either_way(int(parts["a"]), int(parts["b"]))
        edtf = _day(int(parts.get("y", 0)), int(parts.get("m", 0)), int(parts.get("d", 0)))
        if edtf is not None:
            yield Written(match.start(), match.end(), edtf)


def _either_way(first: int, second: int) -> dict[str, str]:
    """Day and month of 14/3/2025 and 3/14/2025; of 3/4/2025 nobody can tell."""
    if first > 12 >= second:
        return {"d": str(first), "m": str(second)}
    if second > 12 >= first or first == second:
        return {"d": str(second), "m": str(first)}
    return {}


def _day(year: int, month: int, day: int) -> str | None:
    """The day as EDTF, empty where it is not whole; None where the calendar has no such day."""
    if not (month and day):
        return ""
    try:
        found = date(year or 2000, month, day)
    except ValueError:
        return None
    return found.isoformat() if year else ""
