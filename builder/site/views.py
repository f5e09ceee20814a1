"""What several pages show in the same way: a source, a date, an event, an account of it, a remark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup as Html

from builder.model import Account, Article, Event, Link, Passage, Stated, StatedDate, When
from builder.site import urls
from builder.site.svg import status_mark
from builder.site.dating import iso, long, short
from builder.site.frame import Site
from builder.site.labels import sentence
from builder.site.lookup import Remark, passages_cited, tellers_of
from builder.site.texts import inline_prose, passage_mark

OPENING, CLOSING, APOSTROPHES = set("“„«‘‚»\""), set("”“»’‘«\""), set("’‘")
HAIR_SPACE = "\N{HAIR SPACE}"
WORDED = re.compile(r"\s*([“„«»\"][^”“»«\"]+[”“»«\"])")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link within the site; `note` stands beside it, smaller."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a source. With a `basis` it is inferred, and that is the reason. `iso`: a date for machines, where it is exact."""

    text: str
    basis: str = ""
    iso: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """An article as a source. `label` names it as marks do; `seal` is the SHA-256 of its file, `seal_short` its first eight digits."""

    slug: str
    title: str
    href: str
    editorial: bool
    label: str
    label_name: str
    label_detail: str
    label_inferred: bool
    publisher: Fact
    agencies: tuple[Fact, ...]
    authors: tuple[Fact, ...]
    published: Fact
    published_short: str
    cited: int
    cited_times: str
    seal: str
    seal_short: str
    seal_href: str


@dataclass(frozen=True, slots=True)
class WordsView:
    """Words of a source, in quotation marks where they have none of their own; `language` is empty where it is the page's."""

    text: str
    opening: str
    closing: str
    language: str


@dataclass(frozen=True, slots=True)
class StatusView:
    mark: Html
    word: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list: its date in short, its marks, its title."""

    title: str
    href: str
    date: str
    statuses: tuple[StatusView, ...]
    disputed: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """What one source says of an event. `words` is None where the source may not be quoted. `worded`: the date in the source's words."""

    source: str
    source_detail: str
    source_inferred: bool
    mark: Html
    title: str
    words: WordsView | None
    worded: str
    date: Fact
    status: StatusView


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with everything that the briefing has on it. `dates` names who gives which where they exclude each other."""

    key: str
    title: str
    href: str
    when: When
    date: str
    statuses: tuple[StatusView, ...]
    disputed: str
    dates: tuple[Anchor, ...]
    accounts: tuple[AccountView, ...]
    note: Html
    wire: str
    entities: tuple[Anchor, ...]
    source: Link | None


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark: its words (None where they may not be quoted), who reports it, where it stands."""

    words: WordsView | None
    mark: Html
    speaker: Anchor | None
    anonymous: str
    reported_by: Anchor | None


# --- rights --------------------------------------------------------------------------------------------------------


def may_reprint(article: Article) -> bool:
    """Whether words that are not cited may be shown: the text, or what stands around a name."""
    return article.rights == "full"


def may_quote(article: Article) -> bool:
    """Whether the cited words may be shown."""
    return article.rights != "none"


def words_of(passage: Passage, site: Site) -> WordsView | None:
    """A passage's words with quotation marks around them, unless they are a quotation from end to end already."""
    article = site.at.articles[passage.article]
    if not may_quote(article):
        return None
    text = passage.text
    if text[0] in OPENING and text[-1] in CLOSING and not set(text[1:-1]) & (OPENING | CLOSING) - APOSTROPHES:
        return WordsView(text, "", "", language_of(article, site))
    # A hair space keeps two quotation marks apart.
    opening = site.labels.quote_opening + (HAIR_SPACE if text[0] in OPENING else "")
    closing = (HAIR_SPACE if text[-1] in CLOSING else "") + site.labels.quote_closing
    return WordsView(text, opening, closing, language_of(article, site))


def language_of(article: Article, site: Site) -> str:
    """The source's language where it is not the page's: what a `lang` attribute has to say."""
    return article.language if article.language and article.language != site.language else ""


# --- sources -------------------------------------------------------------------------------------------------------


def source_view(article: Article, site: Site, page: str) -> SourceView:
    mark = site.marks[article.slug]
    cited = len(passages_cited(site.at.uses_of.get(article.slug, ())))
    return SourceView(
        slug=article.slug,
        title=article.title,
        href=urls.relative(urls.article(article.slug), page),
        editorial=article.title_is_editorial,
        label=mark.label,
        label_name=mark.name,
        label_detail=mark.detail,
        label_inferred=mark.inferred,
        publisher=fact(article.publisher, site.labels.unknown),
        agencies=tuple(fact(agency, site.labels.unknown) for agency in article.agencies),
        authors=tuple(fact(author, site.labels.unknown) for author in article.authors),
        published=date_fact(article.published, site),
        published_short=short(article.published.when, site.language) if article.published.when else "",
        cited=cited,
        cited_times=site.labels.cited_times.of(cited) if cited else site.labels.not_cited,
        seal=article.sha256,
        seal_short=article.sha256[:8],
        seal_href=urls.relative(f"{urls.SOURCES}#{article.slug}", page),
    )


def fact(stated: Stated, unknown: str) -> Fact:
    return Fact(stated.value or unknown, stated.basis)


def date_fact(stated: StatedDate, site: Site) -> Fact:
    if stated.when is None:
        return Fact(site.labels.unknown, stated.basis)
    machine = "" if stated.basis else iso(stated.when)
    return Fact(short(stated.when, site.language, with_year=True), stated.basis, machine)


def listed(names: Iterable[str], site: Site) -> str:
    """“A, B and C”."""
    *others, last = names
    return f"{', '.join(others)} {site.labels.and_word} {last}" if others else last


# --- events --------------------------------------------------------------------------------------------------------


def event_line(event: Event, site: Site, page: str, *, with_year: bool = False) -> EventLine:
    return EventLine(
        title=event.title,
        href=urls.relative(urls.event(event.key), page),
        date=short(event.when, site.language, with_year=with_year),
        statuses=statuses_of(event, site),
        disputed=site.labels.disputed if is_disputed(event) else "",
    )


def event_view(event: Event, site: Site, page: str) -> EventView:
    return EventView(
        key=event.key,
        title=event.title,
        href=urls.relative(urls.event(event.key), page),
        when=event.when,
        date=long(event.when, site.language),
        statuses=statuses_of(event, site),
        disputed=dispute_of(event, site),
        dates=tuple(dates_given(event, site, page)) if event.conflict else (),
        accounts=tuple(account_view(account, site, page) for account in event.accounts),
        note=inline_prose(event.note, site.place(page)),
        wire=wire_story_of(event, site),
        entities=tuple(entity_anchors(event.entities, site, page)),
        source=event.source,
    )


def is_disputed(event: Event) -> bool:
    return event.conflict or bool(event.disputed)


def is_exact(when: When) -> bool:
    """Whether a date is one day, and known."""
    return when.shape == "day" and not (when.approximate or when.uncertain)


def dispute_of(event: Event, site: Site) -> str:
    if event.disputed:
        return site.labels.disputed_about.format(what=event.disputed)
    return site.labels.disputed_date if event.conflict else ""


def dates_given(event: Event, site: Site, page: str) -> Iterable[Anchor]:
    """Each date once, with the sources that give it."""
    givers: dict[str, list[str]] = {}
    for account in event.accounts:
        date = short(account.when, site.language)
        label = site.marks[account.article].label
        if label not in givers.setdefault(date, []):
            givers[date].append(label)
    for date, labels in givers.items():
        yield Anchor(date, "", ", ".join(labels))


def wire_story_of(event: Event, site: Site) -> str:
    """The sentence that says which of the accounts are one text."""
    tellers = tellers_of(event)
    groups: dict[tuple[str, ...], list[str]] = {}
    for slug in tellers:
        groups.setdefault(site.at.origin_of.get(slug, (slug,)), []).append(site.marks[slug].label)
    printed = [labels for labels in groups.values() if len(labels) > 1]
    if not printed:
        return ""
    if len(groups) == 1:
        return site.labels.one_wire_story
    return " ".join(site.labels.some_wire_story.format(sources=listed(labels, site)) for labels in printed)


def statuses_of(event: Event, site: Site) -> tuple[StatusView, ...]:
    disputed = is_disputed(event)
    return tuple(
        StatusView(status_mark(status, disputed=disputed), sentence(site.labels.of_status(status))) for status in event.statuses
    )


def account_view(account: Account, site: Site, page: str) -> AccountView:
    article, mark = site.at.articles[account.article], site.marks[account.article]
    worded = WORDED.match(account.basis)
    return AccountView(
        source=mark.name,
        source_detail=mark.detail,
        source_inferred=mark.inferred,
        mark=line_mark(account.passage, site, page),
        title=account.title,
        words=words_of(account.passage, site),
        worded=worded[1] if worded else "",
        date=Fact(short(account.when, site.language), account.basis, iso(account.when)),
        status=StatusView(status_mark(account.status), sentence(site.labels.of_status(account.status))),
    )


def line_mark(passage: Passage, site: Site, page: str) -> Html:
    """A mark with the line alone, for where the source is named beside it."""
    return passage_mark([passage], site.place(page, passage.article))


def entity_anchors(ids: Iterable[str], site: Site, page: str) -> Iterable[Anchor]:
    known = site.at.entities
    return (Anchor(known[id].name, urls.relative(urls.entity(id), page)) for id in ids if id in known)


# --- remarks -------------------------------------------------------------------------------------------------------


def remark_view(remark: Remark, site: Site, page: str) -> RemarkView:
    quote = remark.quote
    return RemarkView(
        words=words_of(quote.passage, site),
        mark=passage_mark([quote.passage], site.place(page)),
        speaker=entity_anchor(quote.speaker, site, page),
        anonymous=quote.anonymous,
        reported_by=entity_anchor(quote.reported_by, site, page),
    )


def entity_anchor(entity: str, site: Site, page: str) -> Anchor | None:
    return next(iter(entity_anchors([entity], site, page)), None)
