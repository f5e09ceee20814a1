"""An author's Markdown to pieces: HTML that is ready, plain words, citations and links still to be resolved."""

from dataclasses import field
from html import escape
from urllib.parse import quote

from markdown_it.token import Token

from builder.model import Local, Markup, Words
from builder.problems import Problem, Span
from builder.reading.markdown import (
    OUTSIDE,
    Address,
    attributes,
    author_parser,
    heading_ranks,
    raw_html_warning,
    read_address,
)
from builder.reading.yamls import Text
from builder.values import dataclass

SECTION_HEADING = 3
PAGE_HEADING = 2


@dataclass(frozen=True, slots=True)
class CiteForm:
    """A citation as written: `passage` None cites the article as a whole, `line` 0 leaves the line open."""

    slug: str
    line: int
    passage: Text | None
    span: Span


@dataclass(frozen=True, slots=True)
class RefForm:
    """A link to an entity or an event as written; `label` empty: its own name."""

    kind: str
    id: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Code:
    """Characters that are neither language nor names."""

    text: str


PieceForm = Markup | Words | Code | Local | CiteForm | RefForm


@dataclass(frozen=True, slots=True)
class ProseForm:
    """Blocks of pieces: each inner tuple is a paragraph, heading, item or cell; a `Markup` stands between blocks."""

    blocks: tuple[Markup | tuple[PieceForm, ...], ...] = ()
    links: tuple[tuple[str, Span], ...] = ()
    problems: tuple[Problem, ...] = ()
    text: Text = Text("")


NO_PROSE = ProseForm()


def read_prose(text: Text | None, first_heading: int = SECTION_HEADING) -> ProseForm:
    """Reads an author's Markdown."""
    if text is None:
        return NO_PROSE
    tokens = author_parser().parse(text)
    reader = _ProseReader(text, heading_ranks(tokens, first_heading))
    for token in tokens:
        reader.take(token)
    return ProseForm(tuple(reader.blocks), tuple(reader.links), tuple(reader.problems), text)


@dataclass(slots=True)
class _ProseReader:
    text: Text
    headings: dict[str, str]
    blocks: list[Markup | tuple[PieceForm, ...]] = field(default_factory=list)
    links: list[tuple[str, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cursor: int = 0
    in_link: bool = False

    def take(self, token: Token) -> None:
        match token.type:
            case "inline":
                pieces: list[PieceForm] = []
                for child in token.children or ():
                    self._inline(child, pieces)
                self.blocks.append(tuple(pieces))
            case "fence" | "code_block":
                self.blocks.append((Markup("<pre><code>"), Code(token.content), Markup("</code></pre>\n")))
            case "html_block":
                self.problems.append(raw_html_warning(token.content, self._span(token.content.strip())))
                self.blocks.append((Markup("<p>"), Words(token.content.strip()), Markup("</p>\n")))
            case "hr":
                self.blocks.append(Markup("<hr>\n"))
            case _ if token.hidden:
                pass
            case _ if token.nesting == 1:
                self.blocks.append(Markup(f"<{self._tag(token)}{attributes(token)}>"))
            case _ if token.nesting == -1:
                self.blocks.append(Markup(f"</{self._tag(token)}>\n"))

    def _tag(self, token: Token) -> str:
        return self.headings.get(token.tag, token.tag)

    def _inline(self, token: Token, pieces: list[PieceForm]) -> None:
        match token.type:
            case "text" | "text_special":
                pieces.append(Words(token.content))
            case "softbreak":
                pieces.append(Words("\n"))
            case "hardbreak":
                pieces.append(Markup("<br>\n"))
            case "code_inline":
                pieces += (Markup("<code>"), Code(token.content), Markup("</code>"))
            case "html_inline":
                self.problems.append(raw_html_warning(token.content, self._span(token.content)))
                pieces.append(Words(token.content))
            case "citation" | "bad_citation" | "reference":
                pieces.append(self._own(token))
            case "image":
                self._image(token, pieces)
            case "link_open":
                pieces.append(self._link(str(token.attrGet("href") or "")))
                self.in_link = True
            case "link_close":
                pieces.append(Markup("</a>"))
                self.in_link = False
            case _ if token.nesting:
                slash = "/" if token.nesting < 0 else ""
                pieces.append(Markup(f"<{slash}{token.tag}>"))

    def _own(self, token: Token) -> PieceForm:
        """What our own rules found."""
        span = self._span(token.content)
        if token.type == "reference":
            return RefForm(token.meta["kind"], token.meta["id"], token.meta["label"], span)
        if token.type == "bad_citation":
            hint = 'write [@slug], [@slug "passage"] or [@slug:41 "passage"]; a straight quotation mark inside is \\"'
            fact = f"this citation is not complete: {' '.join(token.content.split())[:60]}"
            self.problems.append(Problem(span, "bad-citation", fact, hint))
            return Code(token.content)
        passage: str | None = token.meta["passage"]
        text = None if passage is None else Text(passage, span)
        return CiteForm(token.meta["slug"], token.meta["line"], text, span)

    def _image(self, token: Token, pieces: list[PieceForm]) -> None:
        address = self._address(str(token.attrGet("src") or ""))
        if isinstance(address, Address) and address.path:
            pieces.append(Local('<img src="', quote(address.path), f'" alt="{escape(token.content)}">'))
        elif isinstance(address, Address) and not self.in_link:
            label = token.content or "image"
            pieces += (Markup(f'<a href="{escape(address.href)}" {OUTSIDE}>'), Words(label), Markup("</a>"))
        else:
            pieces.append(Words(token.content))

    def _link(self, href: str) -> PieceForm:
        address = self._address(href)
        if isinstance(address, Problem):
            return Markup("<a>")
        if address.path:
            fragment = f"#{address.fragment}" if address.fragment else ""
            return Local('<a href="', quote(address.path) + fragment, '">')
        return Markup(f'<a href="{escape(address.href)}" {OUTSIDE}>')

    def _address(self, href: str) -> Address | Problem:
        span = self.text.at(max(self.text.find(href), 0))
        address = read_address(href, span)
        if isinstance(address, Problem):
            self.problems.append(address)
        elif address.path:
            self.links.append((address.path, span))
        return address

    def _span(self, written: str) -> Span:
        """Where a stretch of the source stands; stretches are asked for in reading order."""
        found = self.text.find(written, self.cursor)
        if found < 0:  # broken over lines that Markdown indents
            found = max(self.text.find(written.partition("\n")[0], self.cursor), self.cursor)
        self.cursor = found + 1
        return self.text.at(found)
