"""Numbers written in words: “three hundred and fifty”, „dreihundertfünfzig“."""

import re

from builder.patterns import pattern

SCALE = (*range(20), *range(20, 100, 10))


def _numbered(words: str) -> dict[str, int]:
    return dict(zip(re.findall(r"\w+", words), SCALE, strict=True))


ENGLISH = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
HUNDRED, THOUSAND = 100, 1000
WORD = rf"(?:{'|'.join(ENGLISH)}|hundred|thousand)"
IN_ENGLISH = pattern(
    rf"(?<![\w-])(?:(?:a|an)\s(?=hundred|thousand))?{WORD}(?:(?:-|\s(?:and\s)?){WORD})*(?!\w|-(?:and|hand))\b",
    re.IGNORECASE,
)

GERMAN = _numbered(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
) | {"eins": 1, "eine": 1, "einer": 1, "einem": 1, "einen": 1, "eines": 1, "zwo": 2, "dreissig": 30}
IN_GERMAN = pattern(r"\b[a-zäöüß]+\b", re.IGNORECASE)
GERMAN_ENDS = (*GERMAN, "hundert", "tausend")


def english_number(words: str) -> int:
    """The number of a run of English number words, as `IN_ENGLISH` finds them."""
    total = group = 0
    for word in re.findall(r"\w+", words.lower()):
        if word == "hundred":
            group = max(group, 1) * HUNDRED
        elif word == "thousand":
            total, group = total + max(group, 1) * THOUSAND, 0
        else:
            group += ENGLISH.get(word, 0)
    return total + group


def german_number(word: str) -> int | None:
    """The number that a German word is, or None: numbers below a million are one word."""
    word = word.lower()
    if not word.endswith(GERMAN_ENDS):
        return None
    thousands, found, rest = word.rpartition("tausend")
    if not found:
        return _below_thousand(word)
    return _sum(_below_thousand(thousands) if thousands else 1, THOUSAND, _below_thousand(rest.removeprefix("und")))


def _below_thousand(word: str) -> int | None:
    hundreds, found, rest = word.rpartition("hundert")
    if not found:
        return _below_hundred(word)
    return _sum(_below_hundred(hundreds) if hundreds else 1, HUNDRED, _below_hundred(rest.removeprefix("und")))


def _below_hundred(word: str) -> int | None:
    if not word:
        return 0
    if word in GERMAN:
        return GERMAN[word]
    ones, found, tens = word.partition("und")
    if found and GERMAN.get(ones, 10) < 10 and GERMAN.get(tens, 0) >= 20:
        return GERMAN[ones] + GERMAN[tens]
    return None


def _sum(many: int | None, size: int, rest: int | None) -> int | None:
    return None if many is None or rest is None else many * size + rest
