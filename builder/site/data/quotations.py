"""The audit for machines: every passage with the pages that use it. A published site is verified by this file."""

from collections.abc import Iterator, Sequence

from builder.model import Article, Quote, Use
from builder.site import urls
from builder.site.data.formats import (
    Column,
    Kind,
    Row,
    Table,
    document,
    lines_of,
    record_schema,
    schema_of,
    table_csv,
)
from builder.site.data.kinds import INTEGER, SHA256, STRING, TEXT, choice, objects
from builder.site.data.passages import PASSAGE, Displayed, passage_values
from builder.site.frame import Site
from builder.site.lookup import grouped, passages_cited
from builder.site.views import may_quote

SEALED = (
    Column("slug", TEXT, "The name by which it is cited.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("file", TEXT, "Its file, from the folder `content`.", safe=True),
    Column("sha256", SHA256, "The SHA-256 of that file.", safe=True),
    Column("text", choice("full", "passages", "none"), "How much of it is reprinted.", safe=True),
)
AT = Kind(
    {"type": "array", "items": {"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2}},
    cells=lambda value: (" | ".join(f"{start}-{end}" for start, end in value) if isinstance(value, list) else "",),
)
QUOTATION = (
    *PASSAGE,
    Column("at", AT, "Start and end of each stretch in the displayed text: its blocks, joined by line feeds."),
    Column("uses", objects({"page": STRING, "how": STRING}), "The pages that use it, and how.", safe=True),
    Column("speaker", TEXT, "Of a remark: the id of the entity that says it.", safe=True, leaves_out=True),
    Column("anonymous", TEXT, "Of a remark: who says it, in the source's words.", leaves_out=True),
    Column("reported_by", TEXT, "Of a remark: whom the article cites for it.", safe=True, leaves_out=True),
)

ABOUT_SEALED, ABOUT_QUOTATION = "A source.", "A passage of a source that is quoted or cited."


def quotations_json(site: Site) -> bytes:
    content = {table.name: lines_of(table) for table in (sources(site), passages(site))}
    return document(site.briefing, urls.schema_name(urls.QUOTATIONS_JSON), content)


def quotations_schema(_: Site) -> bytes:
    tables = (Table("articles", ABOUT_SEALED, SEALED, ()), Table("quotations", ABOUT_QUOTATION, QUOTATION, ()))
    return schema_of("Every quotation", {table.name: record_schema(table) for table in tables})


def quotations_csv(site: Site) -> bytes:
    return table_csv(passages(site))


def sources(site: Site) -> Table:
    return Table("articles", ABOUT_SEALED, SEALED, map(sealed, site.briefing.articles))


def passages(site: Site) -> Table:
    return Table("quotations", ABOUT_QUOTATION, QUOTATION, quotations(site))


def sealed(article: Article) -> Row:
    slug, file = article.slug, article.path.removeprefix("content/")
    return (slug, urls.article(slug), file, article.sha256, article.rights)


def quotations(site: Site) -> Iterator[Row]:
    for article in site.briefing.articles:
        if uses := site.at.uses_of.get(article.slug):
            yield from quotations_from(article, uses)


def quotations_from(article: Article, uses: Sequence[Use]) -> Iterator[Row]:
    uses_of = grouped((use.passage.id, use) for use in uses)
    remarks = {quote.passage.id: quote for quote in article.quotes}
    text = Displayed(article)
    for passage in passages_cited(uses):
        used = [{"page": urls.place(use.kind, use.id), "how": use.how} for use in uses_of[passage.id]]
        yield (
            *passage_values(passage, article),
            text.stretches(passage),
            used,
            *remark_values(remarks.get(passage.id), article),
        )


def remark_values(quote: Quote | None, article: Article) -> tuple[object, object, object]:
    if quote is None:
        return (None, None, None)
    anonymous = quote.anonymous if may_quote(article) else ""
    return (quote.speaker or None, anonymous or None, quote.reported_by or None)
