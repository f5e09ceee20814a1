"""Which scripts write without spaces between words: there a word may begin and end anywhere."""

import re

# Thai, Lao, Myanmar, Khmer; kana, ideographs (with extensions), bopomofo, Yi. Hangul writes spaces.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)


def joined_to(character: str) -> bool:
    """Whether this character makes one word with a letter or digit beside it."""
    return (character.isalnum() or character == "_") and not UNSPACED.match(character)


def inside_word(text: str, offset: int) -> bool:
    """Whether a word, or a number with its separators, goes on across `offset`: “50” does not stand in “150” or “1.50”."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if joined_to(before) and joined_to(after):
        return True
    if before.isdigit() and after in ".,":
        return text[offset + 1 : offset + 2].isdigit()
    return before in ".," and after.isdigit() and text[max(offset - 2, 0) : offset - 1].isdigit()
