"""Markdown, by markdown-it-py: what a source's text and an author's text have in common.

Raw HTML is read as text, with a warning. Addresses are checked here: an unsafe scheme is an error; a relative address
is read from the file in which it stands, as an editor's preview reads it, and becomes a path in the output.
"""

from collections.abc import Callable
from functools import cache
from html import escape
from posixpath import basename, dirname, join, normpath, splitext
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick, html_inline, image, link, newline
from markdown_it.rules_inline import escape as backslash
from markdown_it.token import Token

from builder.problems import Problem, Span
from builder.reading.plain import PlainInline, plain_line
from builder.values import dataclass

SAFE_SCHEMES = ("http", "https", "mailto")
OUTSIDE = 'rel="noopener noreferrer"'

HTML_HINT = "it is shown as text; use Markdown, or a template in layouts/"


Rule = Callable[[StateInline, bool], bool]
BREAKING: dict[str, Rule] = {
    "newline": newline,
    "escape": backslash,
    "backticks": backtick,
    "link": link,
    "image": image,
    "html_inline": html_inline,
}
"""The parser's own rules for what may hold the end of a line."""


class Parser(MarkdownIt):
    """CommonMark with tables and strikethrough."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.inline = PlainInline()
        self.configure("commonmark")  # the rules of the new parser of paragraphs as well
        self.enable(["table", "strikethrough"])
        self.block.ruler.before("table", "plain_line", plain_line)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  # the hook that the library offers
        """Lets every address through, so that an unsafe one can be reported instead of turning to text in silence."""
        return True


@cache
def source_parser() -> Parser:
    """For sources: brackets mean nothing here, and where lines end is noted."""
    parser = Parser()
    for name, rule in BREAKING.items():
        parser.inline.ruler.at(name, noting_its_row(rule))
    return parser


@cache
def author_parser() -> Parser:
    """For an author's own text: `[@slug "passage"]` and `[[id]]` are rules of their own."""
    parser = Parser()
    parser.inline.ruler.before("link", "citation", citation)
    parser.inline.ruler.before("link", "reference", reference)
    return parser


def noting_its_row(rule: Rule) -> Rule:
    """A rule that says in `meta` how many rows down from its paragraph's first its token ends.

    Counting the line breaks is not enough: a line may also end inside code, raw HTML, an address or an image's label.
    """

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # as the parser calls it
        known = len(state.tokens)
        done = rule(state, silent)
        if len(state.tokens) > known:
            state.tokens[-1].meta["row"] = _row(state)
        return done

    return noting


def _row(state: StateInline) -> int:
    """How many line breaks stand before the parser's place; counted on from where it was asked last."""
    text, place, row = state.env.get("row", ("", 0, 0))
    if text is not state.src or state.pos < place:
        place = row = 0
    row += state.src.count("\n", place, state.pos)
    state.env["row"] = state.src, state.pos, row
    return int(row)


def citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # as the parser calls it
    """`[@slug]`, `[@slug "passage"]`, `[@slug:41 "passage"]`; `\\"` is a quotation mark inside."""
    source, start = state.src, state.pos
    if not source.startswith("[@", start):
        return False
    here = start + 2
    while here < state.posMax and source[here] not in ' \t\n":]':
        here += 1
    slug, line, passage = source[start + 2 : here], "0", None
    if here < state.posMax and source[here] == ":":
        after = here + 1
        while after < state.posMax and source[after].isascii() and source[after].isdigit():
            after += 1
        line, here = source[here + 1 : after], after
    while here < state.posMax and source[here].isspace():
        here += 1
    if here < state.posMax and source[here] == '"':
        passage, here = _quoted(source, here, state.posMax)
        while here < state.posMax and source[here].isspace():
            here += 1
    whole = here < state.posMax and source[here] == "]" and bool(slug and line)
    # Of one that is not whole nothing is read on: half a passage is no words of the author's.
    end = here + 1 if whole else source.find("]", start, state.posMax) + 1 or state.posMax
    if not silent:
        token = state.push("citation" if whole else "bad_citation", "", 0)
        token.content = source[start:end]
        token.meta = {"slug": slug, "line": int(line or 0), "passage": passage}
    state.pos = end
    return True


def _quoted(source: str, start: int, limit: int) -> tuple[str | None, int]:
    """The text between two straight quotation marks and where it ends; None where the second is missing."""
    text, here = "", start + 1
    while here < limit:
        if source[here] == "\\" and here + 1 < limit and source[here + 1] in '"\\':
            text += source[here + 1]
            here += 2
        elif source[here] == '"':
            return text, here + 1
        else:
            text += source[here]
            here += 1
    return None, limit


def reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # as the parser calls it
    """`[[entity-id]]`, `[[entity-id|label]]`, `[[event:key]]`, `[[event:key|label]]`."""
    source, start = state.src, state.pos
    if not source.startswith("[[", start):
        return False
    end = source.find("]]", start + 2, state.posMax)
    inside = " ".join(source[start + 2 : end].split()) if end > 0 else ""
    if not inside or "[" in inside:
        return False
    if not silent:
        target, _, label = inside.partition("|")
        kind, colon, key = target.strip().partition(":")
        token = state.push("reference", "", 0)
        token.meta = {"kind": "event" if colon and kind == "event" else "entity", "label": label.strip()}
        token.meta["id"] = key.strip() if token.meta["kind"] == "event" else target.strip()
        token.content = source[start : end + 2]
    state.pos = end + 2
    return True


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link leads: `href` on the web, or `path` (with `fragment`) inside the output."""

    href: str = ""
    path: str = ""
    fragment: str = ""


def read_address(href: str, span: Span) -> Address | Problem:
    """Checks an address that an author or a source gives."""
    shown = unquote(href)
    try:
        parts = urlsplit(href)
    except ValueError:
        return Problem(span, "unsafe-link", f"“{shown}” is no address", "write it as https://example.org/page")
    # Browsers ignore control characters and white space in a scheme: “java\tscript:” is javascript.
    squeezed = "".join(c for c in shown if c > " " and c != "\x7f")
    scheme = squeezed.partition(":")[0].lower() if ":" in squeezed.partition("/")[0] else ""
    if scheme and scheme not in SAFE_SCHEMES:
        return Problem(span, "unsafe-link", f"a link may not begin with “{scheme}:”", "use https:, http: or mailto:")
    if scheme in ("http", "https") and not parts.netloc:
        return Problem(span, "unsafe-link", f"“{shown}” is no address", "write it as https://example.org/page")
    if scheme or parts.netloc:
        return Address(href=href if scheme else f"https:{href}")
    if not parts.path:
        return Problem(span, "link-outside", f"“{shown}” names no page", "name the page before it: timeline.html#…")
    path = output_path(unquote(parts.path), span.path)
    if not path:
        fact = f"“{shown}” leads out of the site"
        hint = "name a page or a file from here, such as timeline.html or files/chart.png"
        return Problem(span, "link-outside", fact, hint)
    return Address(path=path, fragment=parts.fragment)


def output_path(written: str, file: str) -> str:
    """Where a relative address in a file of `content/` leads in the output; empty where it leads nowhere in the site.

    >>> output_path("../files/chart.png", "content/articles/survey.md")
    'files/chart.png'
    >>> output_path("survey.md", "content/articles/march/other.yaml")
    'articles/survey.html'
    """
    if not written or written.startswith("/") or "\\" in written:
        return ""
    path = normpath(join(dirname(file), written))
    if not path.startswith("content/"):
        return ""
    path = path.removeprefix("content/").removeprefix("pages/")  # a free page stands at the output's root
    stem, suffix = splitext(basename(path))
    if path.startswith("articles/") and suffix in (".md", ".txt", ".yaml"):
        return f"articles/{stem}.html"
    return f"{stem}.html" if suffix == ".md" and path == stem + suffix else path


def attributes(token: Token) -> str:
    """The attributes that may stand in a page: the start of a list, nothing else."""
    start = token.attrGet("start")
    return f' start="{int(start)}"' if start is not None else ""


def heading_ranks(tokens: list[Token], first: int) -> dict[str, str]:
    """Heading tags as they stand on our page: the levels that a text uses, closed up, from `first` on."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    return {tag: f"h{min(first + rank, 6)}" for rank, tag in enumerate(levels)}


def raw_html_warning(html: str, span: Span) -> Problem:
    shown = " ".join(html.split())
    return Problem(span, "raw-html", f"raw HTML: {shown[:60]}{'…' if len(shown) > 60 else ''}", HTML_HINT, "warning")


def web_link(href: str) -> str:
    return f'<a href="{escape(href)}" {OUTSIDE}>'
