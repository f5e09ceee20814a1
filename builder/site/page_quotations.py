"""The audit: every quotation with its line, how it matched, who uses it, and how to check it again."""

from collections import Counter
from collections.abc import Iterable, Iterator

from markupsafe import Markup as Html

from builder.model import Article, Passage, Use
from builder.site import urls
from builder.site.data.passages import digest
from builder.site.frame import Page, Site
from builder.site.labels import Labels
from builder.site.lookup import grouped, passages_cited
from builder.site.page_article import place_of_use
from builder.site.source_views import SourceView
from builder.site.texts import attribute, escaped
from builder.site.views import WordsView, may_quote, source_view, words_of
from builder.values import dataclass

HOWS = ("cited", "worded", "quoted")

Place = tuple[str, str]
"""`kind` and `id` of a use."""


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A passage, however often it is used. `words` None where they may not be reprinted: then `sha256` is theirs."""

    line: int
    href: str
    words: WordsView | None
    sha256: str
    match: str
    uses: Html


@dataclass(frozen=True, slots=True)
class QuotationGroup:
    """The passages of one article, in the order of its text; `command` shows the first one's line in the file."""

    source: SourceView
    count: str
    command: str
    rows: tuple[QuotationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationsPage(Page):
    """`matches` and `kinds` sum the table up; `any_folded`: some matched but for typography."""

    lead: str
    matches: str
    any_folded: bool
    kinds: str
    data_href: str
    groups: tuple[QuotationGroup, ...]


def quotations_page(site: Site) -> QuotationsPage:
    path, labels, uses = urls.QUOTATIONS, site.labels, site.briefing.uses
    groups = tuple(quotation_groups(site, path))
    passages = labels.passages_count.of(sum(len(group.rows) for group in groups))
    said = labels.quotations_lead.of(len(uses), passages=passages)
    return QuotationsPage(
        path=path,
        template="quotations.html",
        title=labels.quotations,
        head_title=site.head_title(labels.quotations),
        description=said,
        frame=site.frame_at(path),
        labels=labels,
        lead=said,
        matches=counted(row.match for group in groups for row in group.rows),
        any_folded=any(not use.passage.exact for use in uses),
        kinds=counted(how_in_words(use.how, labels) for use in uses),
        data_href=urls.relative(urls.QUOTATIONS_JSON, path),
        groups=groups,
    )


def counted(words: Iterable[str]) -> str:
    """“310 exact, 2 but for typography”."""
    return ", ".join(f"{count} {word}" for word, count in Counter(words).most_common())


def how_in_words(how: str, labels: Labels) -> str:
    return {"cited": labels.legend_cited, "worded": labels.how_worded, "quoted": labels.legend_quoted}[how]


def quotation_groups(site: Site, page: str) -> Iterator[QuotationGroup]:
    links: dict[Place, str] = {}
    for article in site.briefing.articles:
        if uses := site.at.uses_of.get(article.slug):
            rows = tuple(quotation_rows(article, uses, links, site, page))
            yield QuotationGroup(
                source=source_view(article, site, page),
                count=site.labels.passages_count.of(len(rows)),
                command=command_for(article, rows[0].line),
                rows=rows,
            )


def command_for(article: Article, line: int) -> str:
    """What prints a paragraph of the article's file: a line, or in a hard-wrapped text all up to the next blank one."""
    path = article.path
    return f"sed -n '{line},/^$/p' {path}" if article.wrapped else f"sed -n {line}p {path}"


def quotation_rows(
    article: Article, uses: tuple[Use, ...], links: dict[Place, str], site: Site, page: str
) -> Iterator[QuotationRow]:
    uses_of = grouped((use.passage.id, use) for use in uses)
    for passage in passages_cited(uses):
        words = words_of(passage, site, page)
        yield QuotationRow(
            line=passage.line,
            href=urls.relative(target_of(passage, article), page),
            words=words,
            sha256="" if words else digest(passage.text),
            match=site.labels.exact if passage.exact else site.labels.but_for_typography,
            uses=uses_in_words(uses_of[passage.id], article, links, site, page),
        )


def target_of(passage: Passage, article: Article) -> str:
    return urls.passage(passage) if may_quote(article) else urls.line(article.slug, passage.line)


def uses_in_words(uses: Iterable[Use], article: Article, links: dict[Place, str], site: Site, page: str) -> Html:
    """“its own page, cited · Fifty per cent of what?, cited”: each place once, the article's own first."""
    own = ("article", article.slug)
    hows = grouped(((use.kind, use.id), use.how) for use in uses)
    lines = []
    for place, found in sorted(hows.items(), key=lambda entry: entry[0] != own):
        words = ", ".join(how_in_words(how, site.labels) for how in HOWS if how in found)
        where = escaped(site.labels.its_own_page) if place == own else link_to(place, links, site, page)
        lines.append(f"{where}, {escaped(words)}")
    return Html(" · ".join(lines))


def link_to(place: Place, links: dict[Place, str], site: Site, page: str) -> str:
    """A link to a place that uses a passage, made once."""
    if place not in links:
        title, href = place_of_use(*place, site, page)
        links[place] = f'<a href="{attribute(href)}">{escaped(title)}</a>'
    return links[place]
