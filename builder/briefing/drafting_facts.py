"""What a text states about itself: its title, its day, its agency, its authors; each with the reason to think so.

What it does not state is not guessed. What may be so, and what may be meant otherwise, is a proposal for the author.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.briefing.agencies import (
    Agency,
    agencies_at_the_end,
    agencies_in,
    agencies_of_date_line,
    agencies_told,
)
from builder.briefing.drafting_lines import ABOVE_HEADLINE, perhaps_headlines
from builder.briefing.line_forms import CREDIT, DATED_BYLINE, PLACE, Told, is_bare_name, is_date_line, names_of_byline
from builder.briefing.line_words import DATE_LABEL, MAIL_HEADER, MAIL_SENDER, SOURCE_LABEL, UPDATE_LABEL
from builder.briefing.stated_dates import Written, dates_written
from builder.model import Block
from builder.reading.fields import on_one_line

AFTER_DATE = re.compile(r"\s*(?:[(（][^()（）]{1,40}[)）])?\s*(?:\.?\s?[-–—]|:)")
"""What ends the date line with which a paragraph begins."""

CONTRIBUTED = re.compile(
    r"\b(?:report(?:ing|age|e)|writing|material|information|información|avec|con)\b", re.IGNORECASE
)
SENDER = re.compile(r"(?P<name>[^<@]+?)\s*<")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the reason. With a `basis` it is a record's word, or somebody's inference, not the source's own."""

    value: str
    reason: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a source. `remarks`: by key, what the author should look at."""

    title: Found | None = None
    publisher: Found | None = None
    published: Found | None = None
    retrieved: Found | None = None
    url: Found | None = None
    language: Found | None = None
    agencies: tuple[Found, ...] = ()
    authors: tuple[Found, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


Line = tuple[Block, Told]

PERHAPS, MOST_PERHAPS = "perhaps", 6
"""How a remark begins that offers a value, and how many of them are offered."""


def facts_of(blocks: Sequence[Block], told: Sequence[Told]) -> Facts:
    """What the text itself states."""
    lines = list(zip(blocks, told, strict=True))
    published, remarks = _published(lines)
    agencies = tuple(_agencies(lines))
    return Facts(
        title=_title(lines),
        published=published,
        agencies=agencies,
        authors=tuple(_authors(lines)),
        remarks=(
            *_perhaps_titles(blocks, told),
            *remarks,
            *_perhaps_authors(lines),
            *_perhaps_agencies(lines, agencies),
        ),
    )


def joined(first: Facts, second: Facts) -> Facts:
    """Both together; where both say something, the first holds, and the author is told what the other says."""
    remarks = [*first.remarks, *second.remarks]
    values: dict[str, Found | None] = {}
    for key in ("title", "publisher", "published", "retrieved", "url", "language"):
        one, other = getattr(first, key), getattr(second, key)
        values[key] = one or other
        if one and other and one.value.casefold() != other.value.casefold():
            remarks.append((key, f"otherwise {other.value}: {other.reason}"))
    return replace(
        first,
        **values,
        agencies=first.agencies or second.agencies,
        authors=first.authors or second.authors,
        remarks=tuple(remarks),
    )


def _title(lines: Iterable[Line]) -> Found | None:
    for block, told in lines:
        if told.role == "title" and (title := on_one_line(_without_mail_header(block.text))):
            return Found(title, _because(block, told))
    return None


def _perhaps_titles(blocks: Sequence[Block], told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    """The lines among which the author has to choose; and the one that was taken for a rubric by its length alone."""
    has_title = any(one.role == "title" for one in told)
    unclear = {} if has_title else perhaps_headlines(blocks, told)
    for line, text in [*unclear.items()][:MOST_PERHAPS] if len(unclear) > 1 else ():
        yield "title", f"{PERHAPS} line {line}: {text}"
    for block, one in zip(blocks, told, strict=True):
        if one.reason == ABOVE_HEADLINE:
            yield "title", f"{PERHAPS} line {block.line}: {block.text}"


def _without_mail_header(text: str) -> str:
    found = MAIL_HEADER.match(text)
    return (text[found.end() :] if found else text).strip()


def _because(block: Block, told: Told) -> str:
    return f"line {block.line}, {told.reason}"


# --- the day -------------------------------------------------------------------------------------------------------


def _published(lines: Sequence[Line]) -> tuple[Found | None, list[tuple[str, str]]]:
    """The day that the text gives itself, in the first of the places that have one; two different ones are none."""
    candidates = (
        [*_dated_bylines(lines)],
        [*_dated_lines(lines)],
        [*_headers(lines)],
        [*_date_lines_within(lines)],
        [*_dated_sources(lines)],
    )
    for found in candidates:
        if len({one.value for one in found}) == 1:
            return found[0], []
        if found:
            return None, [("published", f"perhaps {one.value}: {one.reason}") for one in found]
    return None, [*_perhaps_published(lines)]


def _dated_bylines(lines: Iterable[Line]) -> Iterator[Found]:
    """“Posted on 12 October 2023 by Wanda”, before any days of comments."""
    for block, told in lines:
        if told.role == "credit" and DATED_BYLINE.match(block.text):
            yield from (Found(day.edtf, _because(block, told)) for day in _whole(block.text))


def _dated_lines(lines: Iterable[Line]) -> Iterator[Found]:
    """Date lines; one that says “updated” counts only where no other is."""
    dated = [(block, told) for block, told in lines if told.role == "dateline" and _is_its_own(block.text)]
    first = [line for line in dated if not UPDATE_LABEL.match(line[0].text)]
    for block, told in first or dated:
        yield from (Found(day.edtf, _because(block, told)) for day in _whole(block.text))


def _is_its_own(text: str) -> bool:
    return is_date_line(text) or bool(MAIL_HEADER.match(text))


def _headers(lines: Iterable[Line]) -> Iterator[Found]:
    """“date 2025-02-22 Elon Musk rushed …”: a label and a day, before other words."""
    for block, told in lines:
        label = DATE_LABEL.match(block.text) if told.role in ("body", "caption") else None
        for day in _whole(block.text) if label else ():
            if label and not block.text[label.end() : day.start].strip():
                said = block.text[: day.end]
                yield Found(day.edtf, f"line {block.line} begins “{said}”; of what it is the day, it does not say")


def _date_lines_within(lines: Iterable[Line]) -> Iterator[Found]:
    """“CARROW, Oct. 2, 1987 -- ”, before the first words of a paragraph."""
    for block, _ in [line for line in lines if line[1].role == "body"][:3]:
        for day in _whole(block.text):
            if PLACE.match(block.text[: day.start]) and AFTER_DATE.match(block.text, day.end):
                yield Found(day.edtf, f"line {block.line}, in the date line with which the paragraph begins")


def _dated_sources(lines: Iterable[Line]) -> Iterator[Found]:
    """“(Bloomberg, February 21, 2025)”."""
    for block, told in lines:
        if told.role == "credit" and not CREDIT.match(block.text):
            yield from (Found(day.edtf, _because(block, told)) for day in _whole(block.text))


def _perhaps_published(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    for block, told in lines:
        if told.role == "dateline":
            yield "published", f"line {block.line} has a day, perhaps not that of publication: {block.text}"
            return
    for block, _ in [line for line in lines if line[1].role == "body"][:3]:
        for day in dates_written(block.text):
            if not day.edtf and PLACE.match(block.text[: day.start]):
                yield "published", f"line {block.line} says {block.text[day.start : day.end]}, without a year"
                return


def _whole(text: str) -> Iterator[Written]:
    return (day for day in dates_written(text) if day.edtf)


# --- agencies ------------------------------------------------------------------------------------------------------


def _agencies(lines: Sequence[Line]) -> Iterator[Found]:
    """Each agency once, as the text first writes it."""
    seen: set[str] = set()
    for agency, reason in _agencies_named(lines):
        if agency.key not in seen:
            seen.add(agency.key)
            yield Found(agency.name, reason)


def _agencies_named(lines: Sequence[Line]) -> Iterator[tuple[Agency, str]]:
    body = [block for block, told in lines if told.role == "body"]
    for block in body[:3]:
        for agency in agencies_of_date_line(block.text):
            yield agency, f"line {block.line}, in the date line with which the paragraph begins"
    for block in body[-1:]:
        for agency in agencies_at_the_end(block.text):
            yield agency, f"line {block.line}, at the end of the text"
    for block, told in lines:
        if told.role == "credit" and not CREDIT.match(block.text):
            yield from ((agency, _because(block, told)) for agency in agencies_in(block.text))
        elif told.role == "dateline" and (source := SOURCE_LABEL.search(block.text)):
            yield from ((agency, _because(block, told)) for agency in agencies_in(source["who"]))
        elif told.role == "note" and CONTRIBUTED.search(block.text):
            yield from ((agency, _because(block, told)) for agency in agencies_in(block.text))


def _perhaps_agencies(lines: Iterable[Line], stated: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """“have told Reuters” is said in Reuters’ own texts, and in those that have read them."""
    known = {agency.key for one in stated for agency in agencies_in(one.value)}
    for block, told in lines:
        for agency in agencies_told(block.text) if told.role == "body" else ():
            if agency.key not in known:
                known.add(agency.key)
                yield "agency", f"perhaps {agency.name}: line {block.line} says that somebody told it something"


# --- authors -------------------------------------------------------------------------------------------------------


def _authors(lines: Iterable[Line]) -> Iterator[Found]:
    seen: set[str] = set()
    for block, told in lines:
        names = names_of_byline(block.text) if told.role == "credit" and not CREDIT.match(block.text) else ()
        for name in names:
            if name not in seen and not any(agencies_in(name)):
                seen.add(name)
                yield Found(name, _because(block, told))


def _perhaps_authors(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    for block, told in lines:
        header = MAIL_HEADER.match(block.text) if told.role == "credit" else None
        if header and header["name"].casefold() in MAIL_SENDER:
            sender = SENDER.match(block.text, header.end())
            yield (
                "authors",
                f"line {block.line} says who sent it: {sender['name'] if sender else block.text[header.end() :]}",
            )
        elif told.role == "credit" and is_bare_name(block.text.partition(",")[0]) and not names_of_byline(block.text):
            yield "authors", f"line {block.line} has a name and does not say whose: {block.text}"
