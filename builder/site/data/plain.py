"""An author's text without its markup: what a feed, a calendar or a table can hold."""

from html import unescape

from builder.model import Cite, Markup, Prose, Ref, Words
from builder.patterns import pattern

TAG = pattern(r"<[^>]*>")
BREAK = pattern(r"<(?:/p|/li|/h[1-6]|/td|/pre|br)\b[^>]*>")
CITED = "\0"
BEFORE_STOP = pattern(rf"[\s{CITED}]*{CITED}\s*(?=[.,;:!?…])")
NOT_IN_XML = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: Prose) -> str:
    """The words alone: no citations, no addresses, runs of white space as one space."""
    if not text.pieces:
        return ""
    found: list[str] = []
    for piece in text.pieces:
        match piece:
            case Words(words):
                found.append(words)
            case Ref():
                found.append(piece.label)
            case Markup(html):
                found.append(unescape(TAG.sub("", BREAK.sub("\n", html))) if "<" in html or "&" in html else html)
            case Cite():
                found.append(CITED)
            case _:
                pass  # a link's tag, or a picture
    return " ".join(BEFORE_STOP.sub("", "".join(found)).replace(CITED, " ").split())


def for_xml(text: str) -> str:
    """Text for XML: escaped, and a sign in place of the characters that XML cannot hold."""
    harmless = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return harmless.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
