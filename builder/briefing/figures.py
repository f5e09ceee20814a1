"""Figures in a text, however they are written: 50%, “half”, „fünfzig Prozent“, US$500bn, 1,000, „412 Mio. Euro“."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from builder.briefing.number_words import IN_ENGLISH, IN_GERMAN, english_number, german_number
from builder.patterns import pattern
from builder.values import dataclass

PERCENT = "%"
CURRENCIES = {
    "$": "US$ $US NZ$ $NZ A$ AU$ $A C$ CA$ HK$ S$ $ USD dollar dollars",
    "€": "€ EUR euro euros",
    "£": "£ GBP pound pounds Pfund",
    "¥": "¥ JPY yen",
    "Fr": "CHF Fr. Franken francs",
    "₽": "₽ RUB rouble roubles ruble rubles Rubel",
    "₴": "₴ UAH hryvnia",
}
CURRENCY_OF = {name.lower(): sign for sign, names in CURRENCIES.items() for name in names.split()}
CURRENCY = "|".join(re.escape(name) for name in sorted(CURRENCY_OF, key=len, reverse=True))

SCALES = {
    **dict.fromkeys(("thousand", "tausend", "k"), 10**3),
    **dict.fromkeys(("million", "millions", "millionen", "mio", "mln", "mn", "m"), 10**6),
    **dict.fromkeys(("billion", "billions", "milliarde", "milliarden", "mrd", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 10**12),
}
GERMAN_SCALES = SCALES | dict.fromkeys(("billion", "billionen", "bio"), 10**12)
SCALE = "|".join(sorted((name for name in GERMAN_SCALES if len(name) > 1), key=len, reverse=True))

UNIT = rf"""(?:[-\s]?(?P<scale>{SCALE})\b(?:(?<=io|rd|ln)\.)?)?
    (?:\s?(?P<sign>[%％٪])|[-\s](?P<percent>per\scent|percent|Prozent|pro\scent)\b|[-\s]?(?P<after>{CURRENCY})(?!\w))?"""
AMOUNT = pattern(
    rf"""(?<![\w.,/:+])(?<!\D-)(?P<before>(?:{CURRENCY})\s?)?
    (?P<number>(?:\d{{1,3}}(?:[.,'’\ \u00a0\u2009\u202f]\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?)
    (?P<letter>[kmb]\b)?{UNIT}(?!\w|[.,:/]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
AFTER_WORDS = pattern(UNIT, re.VERBOSE | re.IGNORECASE)
SCALE_ALONE = pattern(rf"(?<![\w-])(?P<many>half\sa|an?|one|eine\shalbe|eine[rn]?)\s(?=(?:{SCALE})\b)", re.IGNORECASE)

PARTS = {"third": 3, "drittel": 3, "quarter": 4, "viertel": 4, "fifth": 5, "fünftel": 5, "tenth": 10, "zehntel": 10}
HOW_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "ein": 1, "zwei": 2, "drei": 3, "vier": 4}
FRACTION = pattern(
    rf"(?<![\w-])(?P<many>{'|'.join(HOW_MANY)})[-\s]?(?P<part>{'|'.join(PARTS)})(?:s|n)?\b", re.IGNORECASE
)
HALF = pattern(r"\b(?:half|halves|halve[ds]?|halving|Hälfte|halb\w*)\b", re.IGNORECASE)
AMOUNTS_FOLLOW = pattern(r"\s(?:of|der|des|von|the|its|their|his|her|our|all|that)\b")
NO_AMOUNT = pattern(
    r"\b(?:first|second|other|latter|last|better|early|late|ersten?|zweiten?|anderen?|letzten?)\s$", re.IGNORECASE
)
"""Before a half that is a part of time, or one of two: “the second half of the year”."""

ROUGHLY = pattern(
    r"""\b(?:more\sthan|over|above|at\sleast|less\sthan|fewer\sthan|under|below|up\sto|almost|nearly|about|around|some|
    roughly|approximately|close\sto|mehr\sals|über|mindestens|wenigstens|weniger\sals|unter|bis\szu|höchstens|fast|
    beinahe|knapp|gut|rund|etwa|ungefähr|gegen|um\sdie|circa|ca\.)\s(?:an?\s|the\s|die\s|den\s|der\s)?$""",
    re.IGNORECASE | re.VERBOSE,
)
ABOUT, ROUNDED = 0.2, 3.0
"""How far “about” may be from a figure, as a share of it; and a fraction in words, in percentage points."""

SMALL = 12
"""Up to here, numbers in words are as often an author's own counting as the source's: “two officials”."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `text[start:end]`.

    `values`: the numbers that it can be (1.000 is one, or a thousand). `unit`: a currency's sign, % or nothing.
    `kind` “small”: words that may be an author's own counting. `roughly`: “about” stands before it.
    """

    start: int
    end: int
    values: frozenset[float]
    unit: str
    kind: Literal["digits", "words", "small", "fraction"]
    roughly: bool = False

    def agrees(self, other: "Figure") -> bool:
        """Whether this figure, an author's, is what the other one, a source's, says."""
        if self.unit != other.unit and (PERCENT in (self.unit, other.unit) or (self.unit and other.unit)):
            return False
        if self.values & other.values:
            return True
        margin = ROUNDED if self.kind == "fraction" else 0.0
        share = ABOUT if self.roughly else 0.0
        return any(abs(one - two) <= max(margin, share * two) for one in self.values for two in other.values)


def figures(text: str, language: str, *, own: bool, but: Iterable[tuple[int, int]] = ()) -> Iterator[Figure]:
    """Every figure of a text but for those in the stretches `but`.

    `own`: an author's words, in which “half” and “third” count only where they are shares of something.
    """
    taken = bytearray(len(text))
    for start, end in but:
        taken[start:end] = b"\1" * (end - start)
    scales = GERMAN_SCALES if language.startswith("de") else SCALES
    found = (*_amounts(text, scales), *_of_scale(text, scales), *_fractions(text, own=own), *_words(text, scales))
    for figure in found:
        if not any(taken[figure.start : figure.end]):
            taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
            yield figure


def _amounts(text: str, scales: dict[str, int]) -> Iterator[Figure]:
    for match in AMOUNT.finditer(text):
        unit = _unit(match, match["before"])
        if match["letter"] and not unit:
            continue  # 5 m is a length
        size = scales.get((match["letter"] or match["scale"] or "").lower(), 1)
        values = frozenset(value * size for value in readings(match["number"]))
        yield Figure(match.start(), match.end(), values, unit, "digits", _roughly(text, match.start()))


def readings(number: str) -> set[float]:
    """What a number in figures can be: a comma or full stop groups thousands here, and begins the decimals there.

    >>> sorted(readings("1.000"))
    [1.0, 1000.0]
    """
    plain = re.sub(r"[^\d.,]", "", number)
    marks = re.sub(r"\d", "", plain)
    if not marks:
        return {float(plain)}
    found = set()
    if len(set(marks)) == 1 and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        found.add(float(re.sub(r"[.,]", "", plain)))
    if len(set(marks)) == 2 or len(marks) == 1:
        whole, _, decimals = plain.rpartition(marks[-1])
        found.add(float(f"{re.sub('[.,]', '', whole)}.{decimals}"))
    return found or {float(re.sub(r"[.,]", "", plain))}


def _of_scale(text: str, scales: dict[str, int]) -> Iterator[Figure]:
    """“a million”, “half a billion”, „eine halbe Million“."""
    for match in SCALE_ALONE.finditer(text):
        many = 0.5 if "hal" in match["many"].lower() else 1.0
        after = AFTER_WORDS.match(text, match.end())
        if after and after["scale"]:
            size = scales.get(after["scale"].lower(), 1)
            values = frozenset({many * size})
            yield Figure(match.start(), after.end(), values, _unit(after), "words", _roughly(text, match.start()))


def _fractions(text: str, *, own: bool) -> Iterator[Figure]:
    for match in FRACTION.finditer(text):
        many = HOW_MANY[match["many"].lower()]
        if own and many == 1 and not AMOUNTS_FOLLOW.match(text, match.end()):
            continue  # a third attempt, a quarter of a town
        share = 100 * many / PARTS[match["part"].lower()]
        yield Figure(match.start(), match.end(), frozenset({share}), PERCENT, "fraction")
    for match in HALF.finditer(text):
        if not own or _is_share(text, match):
            yield Figure(match.start(), match.end(), frozenset({50.0}), PERCENT, "fraction")


def _is_share(text: str, half: re.Match[str]) -> bool:
    if NO_AMOUNT.search(text, max(half.start() - 10, 0), half.start()):
        return False
    return half[0] == "Hälfte" or (half[0].lower() == "half" and bool(AMOUNTS_FOLLOW.match(text, half.end())))


def _words(text: str, scales: dict[str, int]) -> Iterator[Figure]:
    """Numbers in words, with what follows them."""
    found = [(match, english_number(match[0])) for match in IN_ENGLISH.finditer(text)]
    german = ((match, german_number(match[0])) for match in IN_GERMAN.finditer(text))
    found += [(match, number) for match, number in german if number is not None]
    for match, number in found:
        after = AFTER_WORDS.match(text, match.end())
        size = scales.get((after["scale"] or "").lower(), 1) if after else 1
        unit = _unit(after) if after else ""
        kind: Literal["words", "small"] = "small" if number <= SMALL and size == 1 and not unit else "words"
        end = after.end() if after else match.end()
        yield Figure(match.start(), end, frozenset({float(number * size)}), unit, kind, _roughly(text, match.start()))


def _unit(match: re.Match[str], before: str | None = None) -> str:
    if match["sign"] or match["percent"]:
        return PERCENT
    return CURRENCY_OF.get((before or match["after"] or "").strip().lower(), "")


def _roughly(text: str, start: int) -> bool:
    return bool(ROUGHLY.search(text, max(start - 20, 0), start))
