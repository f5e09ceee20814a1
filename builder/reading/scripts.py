"""What a word is, in any script: which characters go together, and where one word ends and the next may begin."""

import re
from functools import cache
from unicodedata import category

from builder.patterns import pattern

# Thai, Lao, Myanmar, Khmer; kana, ideographs (with extensions), bopomofo, Yi: they write no spaces between words, so
# that a word may begin and end anywhere. Hangul writes spaces.
UNSPACED = pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)


JOINT = "\u2060 "
"""A word joiner and a space: what makes a letter of such a script a word, and by which the text is put together again.
A text that has this pair itself loses it; nobody sees the difference."""

WITHIN_NUMBERS = ".,'’\u00a0\u2009\u202f\u066b\u066c"
"""Between two digits these make one number: 1.5, 2,000, 2’000, and 2 000 with a space that does not break."""

WITHIN_WORDS = "\u00ad\u200c\u200d\u2060"
"""Seen by nobody: the soft hyphen, the joiner and its opposite, the word joiner."""

FIRST_MARK = "\u0300"
"""Below it no character belongs to the one before it."""


def letters_apart(text: str) -> str:
    """Each letter of a script without spaces made a word of its own, with its marks and the signs that follow."""
    if not UNSPACED.search(text):
        return text
    before, after = _around_letters()
    return after.sub(rf"\1{JOINT}", before.sub(JOINT, text))


@cache
def _around_letters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The place before a letter that follows another, and a letter with all that belongs to it before another."""
    marks = "".join(chr(code) for code in range(0x0E00, 0x3100) if category(chr(code))[0] == "M")
    letter = f"(?![{marks}]){UNSPACED.pattern}"
    before = re.compile(rf"(?<=[^\W_])(?<!{UNSPACED.pattern})(?={letter})")
    return before, re.compile(rf"({letter}[{marks}]*[^\w\s]*)(?=[^\W_]|\Z)")


def joined_to(character: str) -> bool:
    """Whether this character makes one word with a letter or digit beside it."""
    return (character.isalnum() or character == "_") and not UNSPACED.match(character)


def is_mark(character: str) -> bool:
    """Whether it is an accent, a vowel sign or the like, which belongs to the character before it."""
    return character >= FIRST_MARK and category(character)[0] == "M"


def inside_word(text: str, offset: int) -> bool:
    """Whether a word, or a number with its separators, goes on across `offset`.

    “50” does not stand in “150” or “1.50”, “cafe” not in “café” however that is encoded, and “can” not in “can’t”.
    """
    if not 0 < offset < len(text):
        return False
    after = text[offset]
    # Most words begin and end at a space, and then no more need be asked.
    if after == " " or (text[offset - 1] == " " and after < FIRST_MARK):
        return False
    return (
        is_mark(after)
        or (joined_to(_letter_before(text, offset)) and joined_to(_letter_after(text, offset)))
        or _parts_digits(text, offset - 1)
        or _parts_digits(text, offset)
        or (text[offset - 1 : offset + 2].lower() in ("n't", "n’t") and not joined_to(text[offset + 2 : offset + 3]))
    )


def _letter_before(text: str, offset: int) -> str:
    """The character that the marks and joiners before `offset` belong to."""
    place = offset - 1
    while place and (text[place] in WITHIN_WORDS or is_mark(text[place])):
        place -= 1
    return text[place]


def _letter_after(text: str, offset: int) -> str:
    place = offset
    while place < len(text) - 1 and text[place] in WITHIN_WORDS:
        place += 1
    return text[place]


def _parts_digits(text: str, place: int) -> bool:
    return (
        text[place] in WITHIN_NUMBERS
        and place > 0
        and text[place - 1].isdigit()
        and text[place + 1 : place + 2].isdigit()
    )
