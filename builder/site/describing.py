"""What a page says of itself in a line: a web search shows it below the title."""

from html import unescape

from builder.model import Cite, Markup, Prose, Ref, Words
from builder.patterns import pattern

LONGEST = 200
"""Characters; web searches show some 160, and cut what is longer themselves."""

CITED = "\0"
BLOCK_END = pattern(r"</(?:p|li|h[1-6]|blockquote|pre|td|th)>|<(?:br|hr)\b[^>]*>")
TAG = pattern(r"<[^>]*>")
BEFORE_STOP = pattern(rf"\s*{CITED}+(?=[.,;:!?])|{CITED}")
SENTENCE_END = pattern(r"[.!?…。]['\"’”»)]*(?=\s|$)")


def described(text: Prose) -> str:
    """An author's text in plain words: its first sentences, as far as they go into a line; else its first words."""
    words = " ".join(BEFORE_STOP.sub("", "".join(map(_plain, text.pieces))).split())
    if len(words) <= LONGEST:
        return words
    ends = [end.end() for end in SENTENCE_END.finditer(words[: LONGEST + 1]) if end.end() <= LONGEST]
    if ends and ends[-1] > LONGEST / 3:
        return words[: ends[-1]]
    start, space, _ = words[:LONGEST].rpartition(" ")
    return (start if space else words[: LONGEST - 1]).rstrip(" ,;:–—-") + "…"


def _plain(piece: object) -> str:
    match piece:
        case Words(text):
            return text.replace(CITED, "")
        case Ref():
            return piece.label
        case Cite():
            return CITED
        case Markup(html):
            return unescape(TAG.sub("", BLOCK_END.sub(" ", html)))
        case _:
            return ""
