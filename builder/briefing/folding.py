"""Typography folded away: two texts that differ in nothing but marks and spaces become one.

Folded are curly and straight quotation marks, kinds of dash, no-break spaces, runs of white space, and Unicode composition (NFC).
Nothing else: a letter, a digit or a full stop never changes.
"""

import re
from dataclasses import dataclass
from unicodedata import combining, is_normalized, normalize

TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(
            "\t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
            " ",
        ),
    }
)
RUN_OF_SPACES = re.compile("  +")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from; `offsets` empty: from the same place."""

    text: str
    offsets: tuple[tuple[int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]` came from; it is not empty."""
        if not self.offsets:
            return start, end
        return self.offsets[start][0], self.offsets[end - 1][1]


def fold(text: str) -> Folded:
    """Folds a text, keeping the way back."""
    simple = text.translate(TYPOGRAPHY)
    if "  " not in simple and is_normalized("NFC", simple):
        return Folded(simple)
    characters: list[str] = []
    offsets: list[tuple[int, int]] = []
    here = 0
    while here < len(simple):
        after = here + 1
        if simple[here] == " ":
            while after < len(simple) and simple[after] == " ":
                after += 1
            composed = " "
        else:
            while after < len(simple) and _belongs_to_previous(simple[after]):
                after += 1
            composed = normalize("NFC", simple[here:after])
        characters.append(composed)
        offsets += [(here, after)] * len(composed)
        here = after
    return Folded("".join(characters), tuple(offsets))


def folded(text: str) -> str:
    """The folded text alone, white space around it removed."""
    return normalize("NFC", RUN_OF_SPACES.sub(" ", text.translate(TYPOGRAPHY))).strip()


def _belongs_to_previous(character: str) -> bool:
    # Vowel and final jamo compose with the syllable before them without being combining marks.
    return combining(character) != 0 or "\u1161" <= character <= "\u11ff"
