"""Typography folded away: two texts that differ in nothing but marks and spaces become one.

Folded are curly and straight quotation marks, kinds of dash, no-break spaces, runs of white space, and Unicode
composition (NFC). Nothing else: a letter, a digit or a full stop never changes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from unicodedata import is_normalized, normalize

from builder.reading.scripts import is_mark
from builder.values import dataclass

TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
        **dict.fromkeys("\u202f\u205f\u3000", " "),
    }
)

IRREGULAR = re.compile("  +|[\0-\u02ff]?[^\0-\u02ff]+")
"""Where folding may change how many characters there are: runs of spaces, and what lies above U+02FF.

Below it nothing composes with what stands before it.
"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back: from each pair of offsets in `turns` on, and before them, both go in step."""

    text: str
    turns: tuple[tuple[int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]` came from."""
        return self._original(start), self._original(end)

    def _original(self, offset: int) -> int:
        turn = bisect_right(self.turns, offset, key=itemgetter(0)) - 1
        return offset if turn < 0 else offset - self.turns[turn][0] + self.turns[turn][1]


def fold(text: str) -> Folded:
    """Folds a text, keeping the way back."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return Folded(text)
    simple = text.translate(TYPOGRAPHY)
    if "  " not in simple and is_normalized("NFC", simple):
        return Folded(simple)
    pieces: list[str] = []
    turns: list[tuple[int, int]] = []
    done = length = 0
    for start, end, put in _changes(simple):
        pieces += (simple[done:start], put)
        length += start - done + len(put)
        done = end
        if len(put) != end - start:
            turns.append((length, end))
    return Folded("".join([*pieces, simple[done:]]), tuple(turns))


def folded(text: str) -> str:
    """The folded text alone, white space around it removed."""
    return fold(text).text.strip()


def _changes(simple: str) -> Iterator[tuple[int, int, str]]:
    """The stretches that are more than a matter of one character for another, each with what it becomes."""
    for match in IRREGULAR.finditer(simple):
        start, end = match.span()
        if simple.startswith("  ", start):
            yield start, end, " "
        elif not is_normalized("NFC", match[0]):
            while start < end:
                after = start + 1
                while after < end and _belongs_to_previous(simple[after]):
                    after += 1
                yield start, after, normalize("NFC", simple[start:after])
                start = after


def _belongs_to_previous(character: str) -> bool:
    # Vowel and final jamo compose with the syllable before them without being combining marks.
    return is_mark(character) or "\u1161" <= character <= "\u11ff"
