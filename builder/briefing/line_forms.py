"""What the form of a single line says that it is: a credit, a date, a note, navigation. Else it is body text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from builder.briefing.agencies import KEY_OF
from builder.briefing.line_words import (
    BYLINE,
    COPYRIGHT,
    DATE_LABEL,
    END_MARK,
    MAIL_DATE,
    MAIL_HEADER,
    MAIL_SENDER,
    MAIL_SUBJECT,
    NAVIGATION,
    NOTE,
    NOTE_HEADING,
    OTHER_TEXTS,
    PICTURE,
    SOURCE_LABEL,
)
from builder.briefing.named_days import WEEKDAYS
from builder.briefing.stated_dates import dates_written
from builder.model import Role
from builder.reading.scripts import UNSPACED
from builder.reading.seed import SENTENCE_END

CREDIT = re.compile(rf"[(\[]?{PICTURE}(?:\s\w+)?\s?(?:[:：]|by\b|von\b)\s?(?=\S)", re.IGNORECASE)
PICTURED = re.compile(
    r"(?:Caption|Bildunterschrift|Légende)\s?:\s|(?:上)?图为|Pictured:\s|Im\sBild:\s|На\sфото:\s", re.IGNORECASE
)
CREDIT_WITHIN = re.compile(rf"\b{PICTURE}(?:\s\w+)?:\s")
"""Where in a caption its credit begins."""

LONGEST, LONGEST_REMARK = 120, 400
"""Characters of such a line; a caption may be longer. Of a remark on the whole text, such as whose it is."""

LONGEST_CREDIT, LONGEST_UNSPACED_CREDIT = 100, 14
"""Characters of a name and its agency; more of them tell what the picture shows."""

SOURCE = re.compile(
    r"[(\[（][^\W\d][^()\[\]（）]{1,40},[^()\[\]（）]*\b\d{4}[)\]）]$|[(\[（][^\W\d_a-zà-ÿ][^()\[\]（）,.]{1,30}[)\]）]$"
)
"""“(Bloomberg, February 21, 2025)”, “(Reuters)”, （共同）."""

BRACKETED = re.compile(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|（[^（）]*）)$")
LABELLED = re.compile(r"[^\W\d_][\w’'./-]*(?:\s[\w’'./-]+){0,3}:\s+\S")
ITEMS = re.compile(r"\s[|·•]\s")
PLACES = re.compile(r"\s[/>›»→]\s")
"""Between the steps of the way to a page."""

ADDRESS = re.compile(
    r"(?:(?:Tel|Phone|Telefon|Fax|E-?mail|Mobile?)\.?:?\s)?(?:\+?[\d\s()/-]{7,25}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$",
    re.IGNORECASE,
)

NAME = (
    r"(?:(?:[^\W\d_a-zà-ÿ][\w’'-]*\.?|d[eiau]|del|van|von|der|den|ten|al|bin|ibn|y|la|le)\s){1,4}[^\W\d_a-zà-ÿ][\w’'-]+"
)
NAMES = re.compile(
    rf"(?P<first>{NAME})(?P<more>(?:,\s{NAME})*(?:,?\s(?:and|und|et|y|e|и|&)\s{NAME}))?(?=$|,|\.(?:\s|$)|\s[|/(·–—-]\s?)"
)
"""Names with capitals; a comma parts names only where an “and” follows: else a place or a house stands behind it."""

DATED_BYLINE = re.compile(
    rf"{DATE_LABEL.pattern}\s?(?P<day>[^|·]{{6,40}}?)\s(?:by|von|par|por|di|door)\s(?P<name>{NAME}|[^\W\d_a-zà-ÿ][\w’'-]+)$"
)
"""“Posted on 12 October 2023 by Wanda”."""

UNCASED_NAME = re.compile(r"[^\W\d_a-zA-Z]+(?:\s[^\W\d_a-zA-Z]+){0,3}$")
BETWEEN_NAMES = re.compile(r",?\s(?:and|und|et|y|e|и|&)\s|,\s")

WEEKDAY = re.compile(
    r"\b(?:"
    + "|".join(name for names in WEEKDAYS.values() for name in names)
    + r"|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)\b|[（(][月火水木金土日][）)]|[月火水木金土日]曜日?",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?:\b(?:um|at|à|a\slas|às|ore|в)\s)?\b\d{1,2}\s?(?:[:.h]\s?\d{2}(?::\d{2})?|時(?:\s?\d{1,2}分)?|[ap]\.?m\.?)(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s?(?:Uhr|Z|GMT|UTC|BST|CES?T|MES?Z|E[SD]?T|P[SD]?T|MSK)\b)?(?:\s?[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
PLACE = re.compile(r"\s*[^\W\d_a-zà-ÿ][\w’'.-]*(?:[\s/][\w’'.-]+){0,3}\s?(?:,(?:\s(?:den|the|le|el|il))?|[-–—|·])\s*$")
"""“Bernkastel-Kues, den ”, before a date."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a line is, and why one may think so; body text needs no reason."""

    role: Role = "body"
    reason: str = ""


BODY = Told()


def form_of(text: str) -> Told:
    """What the form of a line says about it."""
    if PICTURED.match(text) and len(text) <= LONGEST:
        return Told("caption", "it says what a picture shows")
    within = CREDIT_WITHIN.search(text)
    if within and within.start() and len(text) - within.end() <= LONGEST_CREDIT:
        return Told("caption", "a picture’s credit ends the line")
    if len(text) > LONGEST:
        return next(_long_forms(text), BODY) if len(text) <= LONGEST_REMARK else BODY
    return next(_forms(text), BODY)


def _long_forms(text: str) -> Iterator[Told]:
    """What begins like a remark on the text may be as long as a paragraph."""
    if COPYRIGHT.match(text):
        yield Told("credit", "it says whose the text is")
    if BRACKETED.match(text) and NOTE.match(text):
        yield Told("note", "a remark on the text")


def _forms(text: str) -> Iterator[Told]:
    ends = text.endswith((".", "?", "!"))
    if END_MARK.match(text):
        yield Told("navigation", "a mark of the end")
    if is_date_line(text):
        yield Told("dateline", "a date and nothing else")
    if not ends and (label := CREDIT.match(text)):
        yield _of_picture(text[label.end() :])
    if SOURCE.match(text) and not is_direction(text):
        yield Told("credit", "a source in brackets")
    if COPYRIGHT.match(text):
        yield Told("credit", "it says whose the text is")
    if names_of_byline(text):
        yield Told("credit", "it begins as lines do that name the author")
    if NOTE.match(text):
        yield Told("note", "a remark on the text")
    if NOTE_HEADING.match(text) or ADDRESS.match(text):
        yield Told("note", "whom to ask")
    if not text.endswith(".") and OTHER_TEXTS.match(text):
        yield Told("navigation", "it leads to other texts")
    if NAVIGATION.match(text) or _is_menu(text):
        yield Told("navigation", "a page’s own words")
    if BRACKETED.match(text) and not SENTENCE_END.search(text[1:-1]):
        yield Told("note", "a remark in brackets")


def _of_picture(shown: str) -> Told:
    longest = LONGEST_UNSPACED_CREDIT if UNSPACED.match(shown) else LONGEST_CREDIT
    if len(shown) > longest:
        return Told("caption", "after the word for a picture, what it shows")
    return Told("credit", "it begins as credits of pictures do")


def _is_menu(text: str) -> bool:
    """“Unsubscribe | Manage preferences | View in browser”, “Home / News / Region”."""
    found = ([item.strip() for item in between.split(text)] for between in (ITEMS, PLACES))
    return any(len(items) > 2 and all(0 < len(item.split()) <= 3 for item in items) for items in found)


def is_direction(text: str) -> bool:
    """“(BEGIN VIDEOTAPE)”: several words in capitals that name no agency."""
    return text.isupper() and " " in text and not is_agency(text)


def is_labelled(text: str) -> bool:
    """“Case no.: 12”; what ends a sentence is somebody’s answer: “A: Because.”."""
    return bool(LABELLED.match(text)) and not SENTENCE_END.search(text)


def is_agency(text: str) -> bool:
    return text.strip("()[]（） .") in KEY_OF


# --- authors -------------------------------------------------------------------------------------------------------


def names_of_byline(text: str) -> tuple[str, ...]:
    """The people in “By Nadia Feld and Tom Oakes”; none if it is no such line."""
    if dated := DATED_BYLINE.match(text):
        return (dated["name"],) if any(dates_written(dated["day"])) else ()
    found = BYLINE.match(text)
    if not found or len(text) > LONGEST:
        return ()
    rest = text[found.end() :].strip()
    named = NAMES.match(rest)
    if named:
        more = [name for name in BETWEEN_NAMES.split(named["more"] or "") if name]
        return (named["first"], *more)
    # Scripts without capitals name nobody by their form; a label with a colon does.
    return (rest,) if found[0].rstrip()[-1:] in ":：" and UNCASED_NAME.match(rest) else ()


def is_bare_name(text: str) -> bool:
    """“Анна Белова”: two or three words with capitals, and nothing else."""
    words = text.split()
    return (
        2 <= len(words) <= 3
        and not text.isupper()
        and all(re.fullmatch(r"[^\W\d_a-zà-ÿ][\w’'.-]*", word) and word[0].isupper() for word in words)
    )


def line_of_mail(text: str) -> Told:
    """What a line above a message is, by the name before its colon."""
    found = MAIL_HEADER.match(text)
    name = found["name"].casefold() if found else ""
    if name in MAIL_SUBJECT:
        return Told("title", "the subject of a message")
    if name in MAIL_DATE:
        return Told("dateline", "the date of a message")
    if name in MAIL_SENDER:
        return Told("credit", "who sent a message")
    return Told("navigation", "a line above a message")


def is_signature(text: str, *, alone: bool) -> bool:
    """“Klaus Weiss, Landrat”; `alone`: also “Ada”."""
    name = text.partition(",")[0]
    if SENTENCE_END.search(name) and not name.endswith("."):
        return False
    return is_bare_name(name) or (alone and name.istitle() and len(text.split()) == 1)


# --- dates ---------------------------------------------------------------------------------------------------------


def is_date_line(text: str) -> bool:
    """“Friday, 21 February 2025”, “Published 3 March 2025, 10:14 GMT”, “Bernkastel-Kues, den 24. März 2025”."""
    text = SOURCE_LABEL.sub("", text)
    dates = list(dates_written(text))
    if not dates:
        return False
    before = DATE_LABEL.sub("", WEEKDAY.sub("", CLOCK.sub("", text[: dates[0].start])))
    between = "".join(text[one.end : other.start] for one, other in pairwise(dates))
    after = text[dates[-1].end :]
    rest = CLOCK.sub("", WEEKDAY.sub("", DATE_LABEL.sub("", between + " " + after)))
    place = not re.search(r"\w", before) or PLACE.match(before) is not None
    return place and not re.search(r"\w", rest)
