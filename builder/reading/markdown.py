"""Markdown, by markdown-it-py: what a source's text and an author's text have in common.

Raw HTML is read as text, with a warning. Addresses are checked here: an unsafe scheme is an error; a relative address is
read from the file in which it stands, as an editor's preview reads it, and becomes a path in the output.
"""

from dataclasses import dataclass
from functools import cache
from html import escape
from posixpath import basename, dirname, join, normpath, splitext
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.problems import Problem, Span

SAFE_SCHEMES = ("http", "https", "mailto")
OUTSIDE = 'rel="noopener noreferrer"'

HTML_HINT = "it is shown as text; use Markdown, or a template in layouts/"
ALIGNED = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


@cache
def source_parser() -> MarkdownIt:
    """For sources: CommonMark with tables and strikethrough. Brackets mean nothing here."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Every address is let through, so that an unsafe one can be reported instead of turning to text in silence.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


@cache
def author_parser() -> MarkdownIt:
    """For an author's own text: the same, with `[@slug "passage"]` and `[[id]]` as rules of their own."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "citation", citation)
    parser.inline.ruler.before("link", "reference", reference)
    return parser


def citation(state: StateInline, silent: bool) -> bool:
    """`[@slug]`, `[@slug "passage"]`, `[@slug:41 "passage"]`; `\\"` is a quotation mark inside."""
    source, start = state.src, state.pos
    if not source.startswith("[@", start):
        return False
    here = start + 2
    while here < state.posMax and source[here] not in ' \t\n":]':
        here += 1
    slug, line, passage = source[start + 2 : here], "", None
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
    whole = here < state.posMax and source[here] == "]" and bool(slug)
    if not silent:
        token = state.push("citation" if whole else "bad_citation", "", 0)
        token.meta = {"slug": slug, "line": int(line) if line else 0, "passage": passage}
        end = here + 1 if whole else start + 2
        token.content = source[start:end] if whole else source[start : source.find("]", start) + 1 or state.posMax]
    state.pos = here + 1 if whole else start + 2
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


def reference(state: StateInline, silent: bool) -> bool:
    """`[[entity-id]]`, `[[entity-id|label]]`, `[[event:key]]`, `[[event:key|label]]`."""
    source, start = state.src, state.pos
    if not source.startswith("[[", start):
        return False
    end = source.find("]]", start + 2, state.posMax)
    inside = source[start + 2 : end] if end > 0 else ""
    if not inside.strip() or "[" in inside or "\n" in inside:
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
    if scheme or parts.netloc:
        return Address(href=href if scheme else f"https:{href}")
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
