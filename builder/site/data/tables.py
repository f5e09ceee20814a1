"""The briefing as tables: articles, entities, mentions, events, accounts and claims; each as JSON, with its schema, and
as CSV."""

from collections import Counter
from collections.abc import Iterator, Sequence

from builder.model import Account, Article, Claim, Entity, Event, KeyPoint, Office, Passage, Prose
from builder.site import urls
from builder.site.data.event_words import basis_of
from builder.site.data.formats import (
    Column,
    Record,
    Row,
    Table,
    document,
    record_schema,
    records_of,
    schema_of,
    table_csv,
)
from builder.site.data.kinds import (
    COUNT,
    COUNT_OR_NULL,
    DATE,
    DATED,
    FACT,
    FACTS,
    LIST,
    SHA256,
    STRING,
    TEXT,
    TEXT_OR_NULL,
    TRUTH,
    based,
    choice,
    date,
    dated,
    fact,
    nullable,
    objects,
)
from builder.site.data.passages import PASSAGE, address_of, passage_values
from builder.site.data.plain import plain
from builder.site.frame import Site
from builder.site.lookup import tellers_of
from builder.site.page_entity import as_registered
from builder.site.views import may_reprint

STATUS = choice("happened", "said", "claimed", "planned")

ARTICLES = (
    Column("slug", TEXT, "The name by which it is cited.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("title", TEXT, "Its title."),
    Column("title_is_editorial", TRUTH, "Whether the title is the editor's: the source has none, or it is inferred."),
    Column("title_reason", TEXT_OR_NULL, "The author's reason for a title that is inferred."),
    Column("publisher", FACT, "Who published it; nothing where that is unknown."),
    Column("agencies", FACTS, "The wire services that the text came from."),
    Column("authors", FACTS, "Who wrote it."),
    Column("published", DATED, "When it was published; nothing where that is unknown."),
    Column("retrieved", DATE, "When it was fetched."),
    Column("url", TEXT_OR_NULL, "Its address."),
    Column("archive_url", TEXT_OR_NULL, "The address of an archived copy."),
    Column("language", TEXT, "Its language (BCP 47)."),
    Column("topics", LIST, "The author's words for what it is about."),
    Column("origin", COUNT, "The number of its origin: texts of one wire story share it.", safe=True),
    Column("text", choice("full", "passages", "none"), "How much of it is reprinted here.", safe=True),
    Column("file", TEXT, "Its file, from the folder `content`."),
    Column("sha256", SHA256, "The SHA-256 of that file.", safe=True),
    Column("passages", COUNT, "How many passages of it are cited.", safe=True),
    Column("summary", TEXT, "The author's summary, without its citations."),
)
ENTITIES = (
    Column("id", TEXT, "Its id.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("name", TEXT, "Its name."),
    Column("kind", TEXT, "person, organization, place, document, concept, or a kind of the site's own."),
    Column("forms", LIST, "The forms under which it is looked for, its name among them."),
    Column("description", TEXT, "The author's words on it."),
    Column("offices", objects({"title": STRING, "from": nullable(STRING), "to": nullable(STRING)}), "Offices held."),
    Column("wikidata", TEXT_OR_NULL, "Its id in Wikidata."),
    Column("links", objects({"title": STRING, "url": STRING}), "Links that the author gives."),
    Column("mentions", COUNT, "How often it is named.", safe=True),
    Column("articles", COUNT, "In how many articles.", safe=True),
)
MENTIONS = (
    Column("article", TEXT, "The slug of the article.", safe=True),
    Column("entity", TEXT, "The id of the entity.", safe=True),
    Column("form", TEXT, "The form, as the register has it."),
    Column("count", COUNT, "1; of a source that is not reprinted: how often it has this form.", safe=True),
    Column("line", COUNT_OR_NULL, "The line of the file; nothing for a source that is not reprinted.", safe=True),
    Column("start", COUNT_OR_NULL, "Where it begins in the paragraph's displayed text (code points).", safe=True),
    Column("end", COUNT_OR_NULL, "Where it ends.", safe=True),
)
EVENTS = (
    Column("key", TEXT, "Its key.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("title", TEXT, "Its title."),
    Column("date", DATED, "When it was; `inferred` where no source states it."),
    Column("statuses", LIST, "happened, said, claimed, planned; several where the accounts differ.", safe=True),
    Column("conflict", TRUTH, "Whether the dates of its accounts exclude each other."),
    Column("disputed", TEXT_OR_NULL, "What else the accounts disagree about."),
    Column("entities", LIST, "The ids of those who take part.", safe=True),
    Column("articles", LIST, "The slugs of the articles that tell of it.", safe=True),
    Column("note", TEXT, "The editor's note, without its citations."),
    Column("source", objects({"title": STRING, "url": STRING}), "The source of an event of which no article tells."),
)
ACCOUNTS = (
    Column("event", TEXT, "The key of the event.", safe=True),
    Column("title", TEXT, "What this account calls it."),
    Column("date", DATED, "When it was by this account; `inferred` where the text does not state it."),
    Column("status", STATUS, "What this account says of it.", safe=True),
    Column("entities", LIST, "The ids of those who take part.", safe=True),
    *PASSAGE,
)
CLAIMS = (
    Column(
        "page",
        TEXT,
        "The page on which it stands: the briefing's, or that of the article whose point it is.",
        safe=True,
    ),
    Column("number", COUNT, "Its place among the points of that page, from 1.", safe=True),
    Column("text", TEXT, "The point, without its citations."),
    Column("confidence", TEXT_OR_NULL, "high, moderate or low, in the editor's judgement.", safe=True),
    Column("reason", TEXT_OR_NULL, "The editor's reason for that."),
    Column("origins", COUNT_OR_NULL, "How many independent origins it rests on.", safe=True),
    Column("anonymous", COUNT_OR_NULL, "How many of its sources are unnamed people.", safe=True),
    Column("cites", LIST, "The addresses of the passages and articles that it cites.", safe=True),
)


def table_files(site: Site) -> dict[str, bytes]:
    """The tables that are not empty, in their three files."""
    files: dict[str, bytes] = {}
    for table in tables(site):
        if table.rows:
            path = urls.data(table.name, "json")
            files[path] = document(site.briefing, urls.schema_name(path), {table.name: records_of(table)})
            files[urls.schema(path)] = schema_of(table.about, {table.name: record_schema(table)})
            files[urls.data(table.name, "csv")] = table_csv(table)
    return files


def tables(site: Site) -> Iterator[Table]:
    briefing = site.briefing
    origin = {slug: number for number, group in enumerate(briefing.origins, 1) for slug in group}
    yield Table("articles", "A source.", ARTICLES, [article_row(one, origin, site) for one in briefing.articles])
    yield Table("entities", "An entry of the register.", ENTITIES, [entity_row(one, site) for one in briefing.entities])
    yield Table("mentions", "A name in a source.", MENTIONS, list(mention_rows(site)))
    yield Table("events", "An event, its accounts merged.", EVENTS, [event_row(event) for event in briefing.events])
    accounts = [account_row(account, site) for event in briefing.events for account in event.accounts]
    yield Table("accounts", "What a source says of an event.", ACCOUNTS, accounts)
    yield Table("claims", "A key point.", CLAIMS, list(claim_rows(site)))


def article_row(article: Article, origin: dict[str, int], site: Site) -> Row:
    return (
        article.slug,
        urls.article(article.slug),
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
        origin[article.slug],
        article.rights,
        article.path.removeprefix("content/"),
        article.sha256,
        site.sources[article.slug].cited,
        plain(article.summary),
    )


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
        len(site.at.articles_naming.get(entity.id, ())),
    )


def office_record(office: Office) -> Record:
    since, until = (when.edtf if when else None for when in (office.since, office.until))
    return {"title": office.title, "from": since, "to": until}


def mention_rows(site: Site) -> Iterator[Row]:
    """Each mention with its place; of a source that is not reprinted, each form with its count."""
    forms = {entity.id: frozenset(entity.forms) for entity in site.briefing.entities}
    for article in site.briefing.articles:
        found = []
        for mention in article.mentions:
            known = mention.form in forms[mention.entity]
            form = mention.form if known else as_registered(mention.form, site.at.entities[mention.entity])
            found.append((mention, form))
        if may_reprint(article):
            blocks = article.blocks
            for mention, form in found:
                line = blocks[mention.block].line
                yield (article.slug, mention.entity, form, 1, line, mention.start, mention.end)
        else:
            for (entity, form), count in Counter((mention.entity, form) for mention, form in found).items():
                yield (article.slug, entity, form, count, None, None, None)


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
