"""An event as several pages show it: a line in a list, or all that the briefing has on it, account by account."""

from collections.abc import Iterable

from markupsafe import Markup as Html

from builder.model import Account, Event, Link, When
from builder.patterns import pattern
from builder.site import urls
from builder.site.dating import iso, long, short
from builder.site.frame import Site
from builder.site.lookup import tellers_of
from builder.site.phrases import sentence
from builder.site.source_views import Fact
from builder.site.svg import status_mark
from builder.site.texts import inline_prose
from builder.site.views import Anchor, WordsView, entity_anchors, line_mark, listed, words_of
from builder.values import dataclass

WORDED = pattern(r"\s*([“„«»\"][^”“»«\"]+[”“»«\"])")
"""The words of the source with which an account's `basis` begins, if it begins with some."""


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
    """What one source says of an event. `words` is None where the source may not be quoted. `worded`: the date in
    the source's words."""

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
    """An event with everything that the briefing has on it. `dates` names who gives which where they exclude each
    other."""

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


def event_line(event: Event, site: Site, page: str) -> EventLine:
    return EventLine(
        title=event.title,
        href=urls.relative(urls.event(event.key), page),
        date=short(event.when, site.language, with_year=of_another_year(event.when, site)),
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
        dates=tuple(dates_given(event, site)) if event.conflict else (),
        accounts=tuple(account_view(account, site, page) for account in event.accounts),
        note=inline_prose(event.note, site.place(page)),
        wire=wire_story_of(event, site),
        entities=tuple(entity_anchors(event.entities, site, page)),
        source=event.source,
    )


def of_another_year(when: When, site: Site) -> bool:
    """Whether a date has to say its year: it is not that of the briefing."""
    years = {day[0] for day in (when.earliest, when.latest, site.briefing.as_of.latest) if day}
    return len(years) > 1


def is_disputed(event: Event) -> bool:
    return event.conflict or bool(event.disputed)


def is_exact(when: When) -> bool:
    """Whether a date is one day, and known."""
    return when.shape == "day" and not (when.approximate or when.uncertain)


def dispute_of(event: Event, site: Site) -> str:
    if event.disputed:
        return site.labels.disputed_about.format(what=event.disputed)
    return site.labels.disputed_date if event.conflict else ""


def dates_given(event: Event, site: Site) -> Iterable[Anchor]:
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
        StatusView(status_mark(status, disputed=disputed), sentence(site.labels.of_status(status)))
        for status in event.statuses
    )


def account_view(account: Account, site: Site, page: str) -> AccountView:
    mark = site.marks[account.article]
    worded = WORDED.match(account.basis)
    return AccountView(
        source=mark.name,
        source_detail=mark.detail,
        source_inferred=mark.inferred,
        mark=line_mark(account.passage, site, page),
        title=account.title,
        words=words_of(account.passage, site, page),
        worded=worded[1] if worded else "",
        date=Fact(
            short(account.when, site.language, with_year=of_another_year(account.when, site)),
            account.basis,
            iso(account.when),
        ),
        status=StatusView(status_mark(account.status), sentence(site.labels.of_status(account.status))),
    )
