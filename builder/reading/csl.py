"""CSL-JSON, as Zotero and others write it: what a library knows about articles, which is not the source's word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, loads
from typing import Any

from builder.reading.edtf import NoDate, read_edtf
from builder.reading.fields import WEB_ADDRESS, language_tag, on_one_line

LONGEST = 2_000
"""Characters of a value; what is longer is no title and no name."""


SEASONS = {"1": "-21", "2": "-22", "3": "-23", "4": "-24"}
"""CSL’s spring to winter, as EDTF writes them behind a year."""


class NoRecords(ValueError):
    """The text is no CSL-JSON; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """One item: `names` are what it may be called by (its id and citation key). Empty where it says nothing."""

    names: tuple[str, ...]
    title: str = ""
    publisher: str = ""
    published: str = ""
    retrieved: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()


def read_records(text: str) -> list[Record]:
    """The items of a CSL-JSON text: a list of them, or one alone. Raises NoRecords."""
    try:
        value = loads(text)
    except JSONDecodeError as error:
        raise NoRecords(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (RecursionError, ValueError):
        raise NoRecords("it is nested too deep, or has a number without end") from None
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    items = value if isinstance(value, list) else [value]
    found = [_record(item) for item in items if isinstance(item, dict) and ("title" in item or "id" in item)]
    if not found:
        raise NoRecords("it has no item with a “title” or an “id”")
    return found


def _record(item: dict[str, Any]) -> Record:
    url = _text(item.get("URL"))
    return Record(
        tuple(name for key in ("id", "citation-key") if (name := _text(item.get(key)))),
        _text(item.get("title")),
        _text(item.get("container-title")) or _text(item.get("publisher")),
        _day(item.get("issued")),
        _day(item.get("accessed")),
        url if WEB_ADDRESS.fullmatch(url) else "",
        language_tag(_text(item.get("language"))),
        tuple(_names(item.get("author"))),
    )


def _text(value: Any) -> str:
    """A text on one line; markup that Zotero keeps in titles (<i>) left out."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12:
        value = str(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    return on_one_line(re.sub(r"</?(?:i|b|sub|sup|span)\b[^<>]{0,60}>", "", value))


def _names(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else ():
        if isinstance(person, dict):
            parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
            name = _text(person.get("literal")) or " ".join(filter(None, (_text(person.get(part)) for part in parts)))
            if name:
                yield name


def _day(value: Any) -> str:
    """`{"date-parts": [[2025, 2, 22]]}`, two of them for a span; or EDTF. What is neither is left as it is written."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    days = [_joined(one) for one in parts if isinstance(one, list)] if isinstance(parts, list) else []
    about = "~" if value.get("circa") not in (None, False, 0, "", "false", "0") else ""
    season = SEASONS.get(_text(value.get("season")), "")
    dated = [f"{day}{season if len(day) == 4 else ''}{about}" for day in days if _is_date(day)]
    return "/".join(dated) or _text(value.get("raw")) or _text(value.get("literal"))


def _is_date(written: str) -> bool:
    try:
        read_edtf(written)
    except NoDate:
        return False
    return True


def _joined(parts: list[Any]) -> str:
    numbers = [_text(part) for part in parts[:3]]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return ""
    return "-".join(number.zfill(width) for number, width in zip(numbers, (4, 2, 2), strict=False))
