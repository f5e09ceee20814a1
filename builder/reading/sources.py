"""A source in Markdown to blocks: its displayed text, and the markup as ranges over it, which a quotation may cross."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from html import escape
from urllib.parse import quote

from markdown_it.token import Token

from builder.memo import Apart
from builder.model import Block, Inline, Role
from builder.problems import Problem, Span
from builder.reading.markdown import (
    Address,
    attributes,
    heading_ranks,
    raw_html_warning,
    read_address,
    source_parser,
    web_link,
)
from builder.values import dataclass

FULL_TEXT_HEADING = 3
"""The page's title is its first level, “Full text” its second."""

ARTICLES_TO_ROOT = "../"
"""An article's page stands in `articles/`; what its text links to is named from the root."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source read: its blocks, where its links inside the site lead, and what is wrong with it."""

    blocks: Sequence[Block]
    links: tuple[tuple[str, Span], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_source(text: str, path: str, first_line: int, roles: Mapping[int, Role]) -> SourceText:
    """Reads the Markdown body of an article; `first_line` is the file's line on which it begins."""
    tokens = source_parser().parse(text)
    reader = _SourceReader(path, first_line, text.split("\n"), heading_ranks(tokens, FULL_TEXT_HEADING))
    for token in tokens:
        reader.take(token)
    reader.finish()
    blocks = (replace(block, role=roles[block.line]) if block.line in roles else block for block in reader.blocks)
    return SourceText(Apart.of(blocks), tuple(reader.links), tuple(reader.problems))


@dataclass(slots=True)
class _SourceReader:
    """Walks the tokens once; what opens waits in `before` for the next block, what closes goes to the last."""

    path: str
    first_line: int
    lines: list[str]
    headings: Mapping[str, str]
    blocks: list[Block] = field(default_factory=list)
    links: list[tuple[str, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    before: str = ""
    after: str = ""
    depth: int = 0
    row_begun: bool = False
    tag: str = "p"
    role: Role = "body"

    def take(self, token: Token) -> None:
        match token.type:
            case "paragraph_open":
                self.tag, self.role = "p", "body"
            case "heading_open":
                self.tag, self.role = self.headings[token.tag], "heading"
            case "th_open" | "td_open":
                self.tag, self.role = token.tag, "body"
            case "paragraph_close" | "heading_close" | "th_close" | "td_close":
                self.tag, self.role = "p", "body"
            case "inline":
                self._paragraph(token)
            case "fence" | "code_block":
                self._code(token)
            case "html_block":
                self._html(token)
            case "hr":
                self._close("<hr>\n") if self.blocks and not self.before else self._open("<hr>\n")
            case _ if token.nesting == 1:
                self._open(f"<{token.tag}{attributes(token)}>", deeper=1)
            case _ if token.nesting == -1:
                self._shut(token.tag)

    def _open(self, html: str, *, deeper: int = 0) -> None:
        if self.depth == 0 and deeper:
            self.row_begun = False
        self.before += html
        self.depth += deeper

    def _shut(self, tag: str) -> None:
        self.depth -= 1
        if self.before:  # an empty item, cell or quotation: its own opening still waits
            self.before += f"</{tag}>"
        else:
            self._close(f"</{tag}>")
        if self.depth == 0 and self.before:
            # The next block is no part of this list, quotation or table; one without any block shows nothing.
            if self.row_begun:
                self._close(self.before)
            self.before = ""

    def _close(self, html: str) -> None:
        self.after += html

    def finish(self) -> None:
        """Gives the last block what closed after it."""
        if self.after:
            self.blocks[-1] = replace(self.blocks[-1], after=self.blocks[-1].after + self.after)
            self.after = ""

    def _add(
        self,
        text: str,
        line: int,
        role: Role,
        tag: str,
        turns: tuple[tuple[int, int], ...] = (),
        inlines: tuple[Inline, ...] = (),
    ) -> None:
        self.finish()
        starts_row = self.depth == 0 or not self.row_begun
        self.row_begun = True
        self.blocks.append(Block(text, line, role, tag, turns, inlines, self.before, "", starts_row))
        self.before = ""

    def _line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self.first_line

    def _code(self, token: Token) -> None:
        text = token.content.rstrip("\n")
        if not text:
            return
        line = self._line(token) + (token.type == "fence")
        turns = tuple((offset + 1, line + count) for count, offset in enumerate(_line_feeds(text), 1))
        code = (Inline(0, len(text), "<code>", "</code>"),)
        self._add(text, line, "body", "pre", turns, code)

    def _html(self, token: Token) -> None:
        text = token.content.strip("\n")
        line = self._line(token)
        self.problems.append(raw_html_warning(text, Span(self.path, line)))
        turns = tuple((offset + 1, line + count) for count, offset in enumerate(_line_feeds(text), 1))
        self._add(text, line, "body", "p", turns)

    def _paragraph(self, token: Token) -> None:
        children = token.children or ()
        if len(children) == 1 and children[0].type == "text" and not children[0].content.isspace():
            self._add(children[0].content, self._line(token), self.role, self.tag)
            return
        content = _InlineReader(self.path, self._line(token), self.lines, self.first_line)
        for child in children:
            content.take(child)
        self.links += content.links
        self.problems += content.problems
        if content.text.strip() or content.inlines:
            self._add(
                content.text,
                self._line(token),
                self.role,
                self.tag,
                tuple(content.turns),
                tuple(sorted(content.inlines, key=lambda mark: (mark.start, -mark.end))),
            )
        elif self.tag in ("td", "th"):
            self.before += f"<{self.tag}></{self.tag}>"  # an empty cell holds its column's place


@dataclass(slots=True)
class _InlineReader:
    """Gathers the displayed text of one paragraph, its markup as ranges, and the raw line of every part."""

    path: str
    begin: int
    lines: list[str]
    first_line: int
    text: str = ""
    inlines: list[Inline] = field(default_factory=list)
    turns: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[str, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: list[tuple[int, str, str]] = field(default_factory=list)
    line: int = field(init=False)

    def __post_init__(self) -> None:
        self.line = self.begin

    def take(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self.text += token.content
            case "softbreak":
                self.text += " "
            case "hardbreak":
                self.inlines.append(Inline(len(self.text), len(self.text), "<br>"))
                self.text += "\n"
            case "code_inline":
                self._marked(token.content, "<code>", "</code>")
            case "html_inline":
                self.problems.append(raw_html_warning(token.content, self._place(token.content)))
                self.text += " ".join(token.content.split())
            case "image":
                self._image(token)
            case "link_open":
                self.open.append((len(self.text), self._link(str(token.attrGet("href") or "")), "</a>"))
            case _ if token.nesting == 1:
                self.open.append((len(self.text), f"<{token.tag}>", f"</{token.tag}>"))
            case _ if token.nesting == -1:
                self._shut(*self.open.pop())
        self._turn(token)

    def _shut(self, start: int, opening: str, closing: str) -> None:
        end = len(self.text)
        if opening and start < end:
            self.inlines.append(Inline(start, end, opening, closing))
        elif opening and self.inlines and self.inlines[-1].start == start and self.inlines[-1].end == end:
            picture = self.inlines[-1].opening  # with no words beside it
            self.inlines[-1] = Inline(start, end, f"{opening}{picture}{closing}")

    def _turn(self, token: Token) -> None:
        """Notes where a new raw line begins."""
        line = self.begin + int(token.meta.get("row", 0))
        if line > self.line:
            self.line = line
            self.turns.append((len(self.text), line))

    def _marked(self, text: str, opening: str, closing: str) -> None:
        self.inlines.append(Inline(len(self.text), len(self.text) + len(text), opening, closing))
        self.text += text

    def _image(self, token: Token) -> None:
        label = token.content or "image"
        address = self._address(str(token.attrGet("src") or ""))
        if isinstance(address, Address) and address.path:
            source = escape(ARTICLES_TO_ROOT + quote(address.path))
            self.inlines.append(
                Inline(len(self.text), len(self.text), f'<img src="{source}" alt="{escape(token.content)}">')
            )
        elif isinstance(address, Address) and not any(closing == "</a>" for _, _, closing in self.open):
            # A page asks no other host for anything: a picture from elsewhere is a link to it.
            self._marked(label, web_link(address.href), "</a>")
        else:
            self.text += label

    def _link(self, href: str) -> str:
        address = self._address(href)
        if isinstance(address, Address) and address.path:
            fragment = f"#{address.fragment}" if address.fragment else ""
            return f'<a href="{escape(ARTICLES_TO_ROOT + quote(address.path) + fragment)}">'
        return web_link(address.href) if isinstance(address, Address) else ""

    def _address(self, href: str) -> Address | Problem:
        span = self._place(href)
        address = read_address(href, span)
        if isinstance(address, Problem):
            self.problems.append(address)
        elif address.path:
            self.links.append((address.path, span))
        return address

    def _place(self, written: str) -> Span:
        """Where something on the line that is being read stands, as far as it can be told."""
        column = self.lines[self.line - self.first_line].find(written.partition("\n")[0])
        return Span(self.path, self.line, max(column, 0) + 1)


def _line_feeds(text: str) -> list[int]:
    return [offset for offset, character in enumerate(text) if character == "\n"]
