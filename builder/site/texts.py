"""An author's prose on a page: text, linked names, and citation marks that name the publisher where a claim is read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup as Html

from builder.model import Article, Cite, Local, Markup, Passage, Piece, Prose, Ref, Words
from builder.patterns import pattern
from builder.problems import Span
from builder.site import urls
from builder.site.dating import short
from builder.values import dataclass

TIE = "\N{NO-BREAK SPACE}"
BLOCK_START = pattern(r"<(?:p|li|td|th|h[1-6]|dd|dt|blockquote|div|br)(?: [^>]*)?>\Z")
CLOSING = pattern(r"[.,;:!?…]+")
LINK_EDGE = pattern(r"<a[ >]|</a>")
NOTHING = Html()


@dataclass(frozen=True, slots=True)
class SourceMark:
    """How an article is named beside a claim: its publisher, else its agency; `detail` tells it from others so named.

    `inferred`: the source does not state the name. `printed`: its page has the passages, so that a mark can lead there;
    else it leads to the line's number.
    """

    name: str
    detail: str = ""
    inferred: bool = False
    printed: bool = True

    @property
    def label(self) -> str:
        return f"{self.name} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class Place:
    """The page that a text is written for: its path, and the article whose own page it is, if it is one's."""

    path: str
    marks: Mapping[str, SourceMark]
    article: str = ""


def source_marks(articles: Iterable[Article], language: str, unnamed: str = "Unnamed site") -> Mapping[str, SourceMark]:
    """The mark of every article, by slug, each with another label; a date stands only where a name has several."""
    by_name: dict[str, list[Article]] = defaultdict(list)
    marks = {}
    for article in sorted(articles, key=lambda a: a.slug):
        marks[article.slug] = _plain(article, unnamed)
        by_name[marks[article.slug].name].append(article)
    for group in by_name.values():
        for article, detail in zip(group, _details(group, language), strict=True):
            marks[article.slug] = replace(marks[article.slug], detail=detail)
    return marks


def prose(text: Prose, on: Place, also: Iterable[Passage] = ()) -> Html:
    """An author's text as this page's HTML. `also`: passages whose marks close it, beside those it cites itself."""
    writer = _Writer(on)
    for piece in _with_marks(text, tuple(also)):
        writer.add(piece)
    return writer.html()


def inline_prose(text: Prose, on: Place, also: Sequence[Passage] = ()) -> Html:
    """The same without its paragraph's tags where it is a single paragraph."""
    if not text.pieces and not also:
        return NOTHING
    html = str(prose(text, on, also)).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        html = html.removeprefix("<p>").removesuffix("</p>")
    return Html(html)


def passage_mark(passages: Iterable[Passage], on: Place) -> Html:
    """The mark of some passages by itself; empty without any. The page ties it to what stands before."""
    return Html(_marks([(found.article, found) for found in passages], on))


def own_line_mark(found: Passage, source: SourceMark, page: str) -> Html:
    """The mark of a passage, its line alone, for where its source is named beside it."""
    return html_of(f'<span class="marks"><span class="mark">{_line(found, source, page)}</span></span>')


def html_of(text: str) -> Html:
    """Text that is HTML. `Html` first asks whether what it is given can say so itself, for which a page of a hundred
    rows has no time."""
    return str.__new__(Html, text)


def escaped(text: str) -> str:
    """Text between tags: quotation marks stay as they are, which keeps pages readable and small."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def _plain(article: Article, unnamed: str) -> SourceMark:
    printed = article.rights != "none"
    for stated in (article.publisher, *article.agencies):
        if stated.value:
            return SourceMark(stated.value, inferred=bool(stated.basis), printed=printed)
    return SourceMark(unnamed, printed=printed)


def _details(group: Sequence[Article], language: str) -> Sequence[str]:
    """What tells articles of one name apart: the date, and the title where the dates are one."""
    if len(group) == 1:
        return [""]
    dates = [article.published.when for article in group]
    years = {day[0] for when in dates if when and (day := when.latest or when.earliest)}
    dated = [short(when, language, with_year=len(years) > 1) if when else "" for when in dates]
    details = dated
    for tell in (_first_words, lambda article: article.title, lambda article: article.slug):
        taken = Counter(details)
        details = [
            detail if taken[detail] == 1 else ", ".join(filter(None, (date, tell(article))))
            for article, date, detail in zip(group, dated, details, strict=True)
        ]
    return details


def _first_words(article: Article) -> str:
    words = article.title.split()
    return " ".join(words[:3]) + ("…" if len(words) > 3 else "")


class _Writer:
    """Writes pieces one after the other; citations wait until what follows shows that their group is complete."""

    def __init__(self, on: Place) -> None:
        self.on = on
        self.out: list[str] = []
        self.cited: list[tuple[str, Passage | None]] = []
        self.blank = ""
        self.in_link = False

    def add(self, piece: Piece) -> None:
        match piece:
            case Cite(article, passage):
                self.cited.append((article, passage))
                self.blank = ""
            case Words(text):
                self._add_text(escaped(text))
            case Markup(html):
                self._add_markup(html)
            case Local(opening, path, closing):
                self._add_markup(opening + attribute(urls.relative(path, self.on.path)) + closing)
            case Ref():
                self._add_text(self._link(piece))

    def html(self) -> Html:
        self._close_group()
        return Html("".join(self.out) + self.blank)

    def _add_markup(self, html: str) -> None:
        self._add_text(html)
        for edge in LINK_EDGE.findall(html):
            self.in_link = edge != "</a>"

    def _add_text(self, html: str) -> None:
        # Citations within a Markdown link are marked after it: a link in a link is no HTML.
        if self.cited and not self.in_link:
            if not html.strip():
                self.blank += html
                return
            self._close_group(html)
            stop = CLOSING.match(html)
            html = self.blank + html[stop.end() :] if stop and not self.blank else self.blank + html
            self.blank = ""
        self.out.append(html)

    def _close_group(self, following: str = "") -> None:
        """Marks stand after the full stop, tied to the last word."""
        if not self.cited:
            return
        while self.out and not (stripped := self.out[-1].rstrip()):
            self.out.pop()
        if self.out:
            self.out[-1] = stripped
        stop = CLOSING.match(following) if not self.blank else None
        if stop:
            self.out.append(stop[0])
        if self.out and not BLOCK_START.search(self.out[-1]):
            self.out.append(TIE)
        self.out.append(_marks(self.cited, self.on))
        self.cited = []

    def _link(self, ref: Ref) -> str:
        target = urls.entity(ref.id) if ref.kind == "entity" else urls.event(ref.id)
        if self.in_link or target == self.on.path:
            return escaped(ref.label)
        return f'<a class="name" href="{attribute(urls.relative(target, self.on.path))}">{escaped(ref.label)}</a>'


def _with_marks(text: Prose, also: Sequence[Passage]) -> Iterable[Piece]:
    """The pieces, with citations of `also` before the end of the last paragraph."""
    known = {cite.passage.id for cite in text.cites if cite.passage}
    cites = [Cite(found.article, found, Span("")) for found in also if found.id not in known]
    *pieces, last = text.pieces or (Words(""),)
    if isinstance(last, Markup) and cites:
        return [*pieces, *cites, last]
    return [*pieces, last, *cites]


def _marks(cited: Iterable[tuple[str, Passage | None]], on: Place) -> str:
    """One group of marks: sources in the order they are named, each line of a source once."""
    by_source: dict[str, dict[int, Passage]] = defaultdict(dict)
    for slug, passage in cited:
        lines = by_source[slug]
        if passage:
            lines.setdefault(passage.line, passage)
    if not by_source:
        return ""
    marks = " · ".join(_mark(slug, lines.values(), on) for slug, lines in by_source.items())
    return f'<span class="marks">{marks}</span>'


def _mark(slug: str, passages: Iterable[Passage], on: Place) -> str:
    """One source and its lines. The first link says its name; the others have it in their label, to be heard alone."""
    source = on.marks[slug]
    name = f'<span class="mark-source{" inferred" if source.inferred else ""}">{escaped(source.label)}</span>'
    links = []
    for found in passages:
        if slug == on.article:
            links.append(_line(found, source, on.path))
        elif not links:
            links.append(_line(found, source, on.path, name=f"{name} "))
        else:
            links.append(_line(found, source, on.path, label=f"{source.label} ¶{found.line}"))
    if not links:
        links = [f'<a class="mark-line" href="{attribute(urls.relative(urls.article(slug), on.path))}">{name}</a>']
    return f'<span class="mark">{", ".join(links)}</span>'


def _line(found: Passage, source: SourceMark, page: str, *, name: str = "", label: str = "") -> str:
    target = urls.passage(found) if source.printed else urls.line(found.article, found.line)
    aria = f' aria-label="{attribute(label)}"' if label else ""
    href = attribute(urls.relative(target, page))
    return f'<a class="mark-line" href="{href}"{aria}>{name}<span class="mark-sign">¶</span>{found.line}</a>'
