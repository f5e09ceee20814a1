"""What several pages show in the same way: a source, a date, an event, an account of it, a remark."""

from collections.abc import Iterable

from markupsafe import Markup as Html

from builder.model import Article, Passage, Quote
from builder.site import urls
from builder.site.data.citations import Citation
from builder.site.data.formats import indented
from builder.site.frame import Site, runs_both_ways
from builder.site.lookup import Remark
from builder.site.source_views import SourceView, at_page
from builder.site.texts import own_line_mark, passage_mark
from builder.values import dataclass

OPENING, CLOSING, APOSTROPHES = set('“„«‘‚»"'), set('”“»’‘«"'), set("’‘")
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link within the site; `note` stands beside it, smaller."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordsView:
    """Words of a source, in quotation marks where they have none of their own.

    `source` is their place in it, for `cite`, which is also what a published site is verified by. `language` is empty
    where it is the page's. `isolated`: they run from right to left, and keep that to themselves.
    """

    source: str
    text: str
    opening: str
    closing: str
    language: str
    isolated: bool


@dataclass(frozen=True, slots=True)
class CitationView:
    """How to cite what the page is about. `supplied`: something in the text is in brackets."""

    title: str
    text: str
    supplied: bool
    bibtex: str
    csl: str
    all_sources: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark: its words (None where they may not be quoted), who reports it, where it stands.

    An unnamed speaker in the source's words is `described`, in the author's `anonymous`.
    """

    words: WordsView | None
    mark: Html
    speaker: Anchor | None
    anonymous: str
    described: WordsView | None
    reported_by: Anchor | None


def citation_view(citation: Citation, title: str, page: str, site: Site) -> CitationView:
    files = (("CSL-JSON", urls.SOURCES_JSON), ("BibTeX", urls.SOURCES_BIB)) if site.at.article_count else ()
    return CitationView(
        title=title,
        text=citation.text,
        supplied=citation.supplied,
        bibtex=citation.bibtex,
        csl=indented(citation.csl),
        all_sources=tuple(Anchor(form, urls.relative(path, page)) for form, path in files),
    )


# --- rights --------------------------------------------------------------------------------------------------------


def may_reprint(article: Article) -> bool:
    """Whether words that are not cited may be shown: the text, or what stands around a name."""
    return article.rights == "full"


def may_quote(article: Article) -> bool:
    """Whether the cited words may be shown."""
    return article.rights != "none"


def words_of(passage: Passage, site: Site, page: str) -> WordsView | None:
    """A passage's words with quotation marks around them, unless they are a quotation from end to end already."""
    article = site.at.articles[passage.article]
    if not may_quote(article):
        return None
    text, isolated = passage.text, runs_both_ways(passage.text)
    source = urls.relative(urls.passage(passage), page)
    if text[0] in OPENING and text[-1] in CLOSING and not set(text[1:-1]) & (OPENING | CLOSING) - APOSTROPHES:
        return WordsView(source, text, "", "", language_of(article, site), isolated)
    # A thin space keeps two quotation marks apart.
    opening = site.labels.quote_opening + (THIN_SPACE if text[0] in OPENING else "")
    closing = (THIN_SPACE if text[-1] in CLOSING else "") + site.labels.quote_closing
    return WordsView(source, text, opening, closing, language_of(article, site), isolated)


def language_of(article: Article, site: Site) -> str:
    """The source's language where it is not the page's: what a `lang` attribute has to say."""
    language = article.language
    return language if language != site.language else ""


# --- sources -------------------------------------------------------------------------------------------------------


def source_view(article: Article, site: Site, page: str) -> SourceView:
    """A source as a page shows it, with its addresses as that page writes them."""
    known = site.sources[article.slug]
    return at_page(known, urls.relative(known.href, page), urls.relative(known.seal_href, page))


def listed(names: Iterable[str], site: Site) -> str:
    """“A, B and C”."""
    *others, last = names
    return f"{', '.join(others)} {site.labels.and_word} {last}" if others else last


def line_mark(passage: Passage, site: Site, page: str) -> Html:
    """A mark with the line alone, for where the source is named beside it."""
    return own_line_mark(passage, site.marks[passage.article], page)


def entity_anchors(ids: Iterable[str], site: Site, page: str) -> Iterable[Anchor]:
    known = site.at.entities
    return (Anchor(known[key].name, urls.relative(urls.entity(key), page)) for key in ids if key in known)


# --- remarks -------------------------------------------------------------------------------------------------------


def remark_view(remark: Remark, site: Site, page: str) -> RemarkView:
    quote = remark.quote
    anonymous, described = unnamed_speaker(quote, remark.article, site, page)
    return RemarkView(
        words=words_of(quote.passage, site, page),
        mark=passage_mark([quote.passage], site.place(page)),
        speaker=entity_anchor(quote.speaker, site, page),
        anonymous=anonymous,
        described=described,
        reported_by=entity_anchor(quote.reported_by, site, page),
    )


def unnamed_speaker(quote: Quote, article: Article, site: Site, page: str) -> tuple[str, WordsView | None]:
    """What is said of an unnamed speaker; in quotation marks only where the source says it."""
    if not may_quote(article):
        return "", None
    return quote.anonymous, words_of(quote.described, site, page) if quote.described else None


def entity_anchor(entity: str, site: Site, page: str) -> Anchor | None:
    return next(iter(entity_anchors([entity], site, page)), None)
