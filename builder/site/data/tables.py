"""The briefing as tables: articles, entities, mentions, events, accounts and claims; each as JSON, with its schema, and
as CSV."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from builder.model import Account, Article, Claim, Entity, Event, KeyPoint, Office, Passage, Prose
from builder.site import urls
from builder.site.data.event_words import basis_of
from builder.site.data.formats import (
    Column,
    Record,
    Row,
    Table,
    document,
    lines_of,
    record_schema,
    schema_of,
    table_csv,
)
from builder.site.data.kinds import (
    based,
    date,
    dated,
    fact,
)
from builder.site.data.passages import address_of, passage_values
from builder.site.data.plain import plain
from builder.site.data.table_columns import ACCOUNTS, ARTICLES, CLAIMS, ENTITIES, EVENTS, MENTIONS
from builder.site.frame import Site
from builder.site.lookup import count_cited, tellers_of
from builder.site.page_entity import as_registered
from builder.site.views import may_reprint
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table before its rows are made: `about` says what one of them is, `any_in` whether a site has any."""

    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Site], Iterable[Row]]
    any_in: Callable[[Site], bool]


def table_as_json(name: str, site: Site) -> bytes:
    return document(site.briefing, urls.schema_name(urls.data(name, "json")), {name: lines_of(filled(name, site))})


def table_as_csv(name: str, site: Site) -> bytes:
    return table_csv(filled(name, site))


def table_schema(name: str, _: Site) -> bytes:
    form = TABLES[name]
    return schema_of(form.about, {name: record_schema(Table(name, form.about, form.columns, ()))})


def filled(name: str, site: Site) -> Table:
    form = TABLES[name]
    return Table(name, form.about, form.columns, form.rows(site))


def article_rows(site: Site) -> Iterator[Row]:
    origin = {slug: number for number, group in enumerate(site.briefing.origins, 1) for slug in group}
    return (article_row(article, origin, site) for article in site.briefing.articles)


def article_row(article: Article, origin: dict[str, int], site: Site) -> Row:
    slug = article.slug
    return (
        slug,
        urls.article(slug),
        article.title,
        article.title_is_editorial,
        article.title_basis or None,
        fact(article.publisher),
        list(filter(None, map(fact, article.agencies))),
        list(filter(None, map(fact, article.authors))),
        dated(article.published),
        date(article.retrieved),
        article.url or None,
        article.archive_url or None,
        article.language,
        list(article.topics),
        origin[slug],
        article.rights,
        article.path.removeprefix("content/"),
        article.sha256,
        count_cited(site.at.uses_of.get(slug, ())),
        plain(article.summary),
    )


def entity_rows(site: Site) -> Iterator[Row]:
    return (entity_row(entity, site) for entity in site.briefing.entities)


def entity_row(entity: Entity, site: Site) -> Row:
    return (
        entity.id,
        urls.entity(entity.id),
        entity.name,
        entity.kind,
        list(entity.forms),
        plain(entity.description),
        [office_record(office) for office in entity.offices],
        entity.wikidata or None,
        [{"title": link.title, "url": link.url} for link in entity.links],
        site.at.times_named.get(entity.id, 0),
        len(site.at.slugs_naming.get(entity.id, ())),
    )


def office_record(office: Office) -> Record:
    since, until = (when.edtf if when else None for when in (office.since, office.until))
    return {"title": office.title, "from": since, "to": until}


def mention_rows(site: Site) -> Iterator[Row]:
    """Each mention with its place; of a source that is not reprinted, each form with its count."""
    entities = {entity.id: entity for entity in site.briefing.entities}
    forms: dict[tuple[str, str], str] = {}
    for article in site.briefing.articles:
        slug, mentions = article.slug, article.mentions
        for written in {(mention.entity, mention.form) for mention in mentions} - forms.keys():
            entity, form = written
            forms[written] = as_registered(form, entities[entity])
        if may_reprint(article):
            for one in mentions:
                entity = one.entity
                yield (slug, entity, forms[entity, one.form], 1, one.line, one.start, one.end)
        else:
            named = Counter((mention.entity, forms[mention.entity, mention.form]) for mention in mentions)
            for (entity, form), count in named.items():
                yield (slug, entity, form, count, None, None, None)


def event_rows(site: Site) -> Iterator[Row]:
    return map(event_row, site.briefing.events)


def event_row(event: Event) -> Row:
    basis = basis_of(event)
    return (
        event.key,
        urls.event(event.key),
        event.title,
        {
            **(date(event.when) or {}),
            **({"basis": "stated"} if basis is None else {"basis": "inferred", "reason": basis}),
        },
        list(event.statuses),
        event.conflict,
        event.disputed or None,
        list(event.entities),
        list(tellers_of(event)),
        plain(event.note),
        [{"title": event.source.title, "url": event.source.url}] if event.source else [],
    )


def account_rows(site: Site) -> Iterator[Row]:
    return (account_row(account, site) for event in site.briefing.events for account in event.accounts)


def account_row(account: Account, site: Site) -> Row:
    return (
        account.event,
        account.title,
        {**(date(account.when) or {}), **based(account.basis)},
        account.status,
        list(account.entities),
        *passage_values(account.passage, site.at.articles[account.article]),
    )


def claim_rows(site: Site) -> Iterator[Row]:
    for number, claim in enumerate(site.briefing.key_points, 1):
        yield claim_row(claim, number, site)
    for article in site.briefing.articles:
        page = urls.article(article.slug)
        for number, point in enumerate(article.key_points, 1):
            yield point_row(point, page, number, site)


def claim_row(claim: Claim, number: int, site: Site) -> Row:
    cited = cites(claim.text, (), site)
    graded = (claim.confidence or None, claim.reason or None, claim.origins, claim.anonymous)
    return (urls.HOME, number, plain(claim.text), *graded, cited)


def point_row(point: KeyPoint, page: str, number: int, site: Site) -> Row:
    cited = cites(point.text, [point.passage] if point.passage else [], site)
    return (page, number, plain(point.text), None, None, None, None, cited)


def cites(text: Prose, also: Sequence[Passage], site: Site) -> list[str]:
    """Each address once, in the order of the text."""
    found = [
        address_of(cite.passage, site.at.articles[cite.article]) if cite.passage else urls.article(cite.article)
        for cite in text.cites
    ]
    found += [address_of(passage, site.at.articles[passage.article]) for passage in also]
    return list(dict.fromkeys(found))


def any_mentions(site: Site) -> bool:
    return any(article.named for article in site.briefing.articles)


def any_accounts(site: Site) -> bool:
    return any(event.accounts for event in site.briefing.events)


def any_points(site: Site) -> bool:
    return bool(site.briefing.key_points) or any(article.key_points for article in site.briefing.articles)


TABLES: Mapping[str, Tabled] = {
    "articles": Tabled("A source.", ARTICLES, article_rows, lambda site: bool(site.briefing.articles)),
    "entities": Tabled("An entry of the register.", ENTITIES, entity_rows, lambda site: bool(site.briefing.entities)),
    "mentions": Tabled("A name in a source.", MENTIONS, mention_rows, any_mentions),
    "events": Tabled("An event, its accounts merged.", EVENTS, event_rows, lambda site: bool(site.briefing.events)),
    "accounts": Tabled("What a source says of an event.", ACCOUNTS, account_rows, any_accounts),
    "claims": Tabled("A key point.", CLAIMS, claim_rows, any_points),
}
