"""What a published page prints: the passages it marks in a source's text, and the words it quotes from others."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

from builder.briefing.folding import folded

OMISSION = " […] "
DEEPEST = 8
"""Quotations within quotations; more is nobody's page."""
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "pre", "blockquote", "div"})
LINE_ID = re.compile(r"p(\d{1,9})")
PASSAGE_ID = re.compile(r"q-[0-9a-f]{8}")
WHITE = re.compile(r"[ \t\n\r\f]+")
PASSAGE_LINK = re.compile(r'(?:href|cite)="([^"#]*)#(q-[0-9a-f]{8})"')
AROUND = " \u2009\u202f\u00a0\"'“”„‟‘’‚‛«»‹›「」『』"
"""Quotation marks, a page's or the source's own, and the spaces that part them."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that a page quotes, and the place that it gives for them: the path of a page, `#`, an id."""

    target: str
    words: str


class PrintedPage(HTMLParser):
    """Reads a page once: what it says outside marks, the text within them, where each passage begins and on which line,
    and what it quotes."""

    def __init__(self, path: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.marked = ""
        self.text = ""
        self.begins: dict[str, tuple[int, int]] = {}
        self.opens: list[int] = []
        self.closes: set[int] = set()
        self.quoted: list[Quoted] = []
        self._depth = self._line = 0
        self._gap = self._in_data = False
        self._pieces: list[str] = []
        self._texts: list[str] = []
        self._length = 0
        self._quoting: list[tuple[str, str, list[str]]] = []
        self.feed(html)
        self.close()
        self.marked = "".join(self._pieces)
        self.text = "".join(self._texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_data = tag == "script"
        values = {name: value or "" for name, value in attrs}
        name = values.get("id", "")
        if line := LINE_ID.fullmatch(name):
            self._line = int(line[1])
        if tag in BLOCKS:
            self._gap = True
            self._texts.append("\n")
        if tag == "mark":
            self._depth += 1
            self._close_gap()
            self.opens.append(self._length)
            if PASSAGE_ID.fullmatch(name):
                self.begins.setdefault(name, (self._length, self._line))
        if tag in ("q", "blockquote") and "#q-" in values.get("cite", "") and len(self._quoting) < DEEPEST:
            self._quoting.append((tag, values["cite"], []))

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False
        if tag == "mark" and self._depth:
            self._depth -= 1
            self.closes.add(self._length)
        if self._quoting and self._quoting[-1][0] == tag:
            _, cite, words = self._quoting.pop()
            self.quoted.append(Quoted(resolved(cite, self.path), WHITE.sub(" ", "".join(words))))

    def handle_data(self, data: str) -> None:
        if self._in_data:
            return  # JSON-LD says the same again, but to no reader
        if self._depth:
            self._add(WHITE.sub(" ", data))
        else:
            self._texts.append(data)
        for _, _, words in self._quoting:
            words.append(data)

    def says(self, every: Iterable[str]) -> Iterator[bool]:
        """Whether the page has these words outside marks, in its author's typography; of several parts, each."""
        simple = folded(self.text)
        return (all(folded(part) in simple for part in words.split(OMISSION)) for words in every)

    def _close_gap(self) -> None:
        """A space where a paragraph ended, as there is one between two of them in the words of a passage."""
        if self._gap and self._pieces:
            self._add(" ")
        self._gap = False

    def _add(self, text: str) -> None:
        if text.startswith(" ") and self._pieces and self._pieces[-1].endswith(" "):
            text = text[1:]
        if text:
            self._pieces.append(text)
            self._length += len(text)

    def prints(self, words: str, name: str) -> bool:
        """Whether the passage of this id is exactly these words; what an omission leaves out may stand between them."""
        begin, _ = self.begins[name]
        plain = WHITE.sub(" ", words)
        return any(self._follow(parts, begin) for parts in ([plain], plain.split(OMISSION)))

    def _follow(self, parts: list[str], begin: int) -> bool:
        """Whether the first part stands where the passage begins, each other in a later mark, and all are whole."""
        here = begin
        for number, part in enumerate(parts):
            places = self.opens[bisect_left(self.opens, here) :] if number else [begin]
            ends = (place + len(part) for place in places if self.marked.startswith(part, place))
            here = next((end for end in ends if end in self.closes), -1)
            if here < 0:
                return False
        return True


def passages_linked(path: str, html: str) -> set[str]:
    """The places of passages that a page leads to or quotes from."""
    return {f"{resolved(target, path)}#{name}" for target, name in PASSAGE_LINK.findall(html)}


def resolved(link: str, page: str) -> str:
    """A relative link as a path from the root of the output, its fragment kept."""
    target, hash_mark, fragment = link.partition("#")
    return (normpath(join(dirname(page), target)) if target else page) + hash_mark + fragment


def same_words(printed: str, words: str) -> bool:
    """Whether a page quotes these words, in whatever quotation marks."""
    return WHITE.sub(" ", printed).strip(AROUND) == WHITE.sub(" ", words).strip(AROUND)
