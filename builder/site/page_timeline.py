"""All events in their order, and each event with its accounts side by side."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup as Html

from builder.model import Event, Status, When
from builder.site import charts, urls
from builder.site.calendar import short_month, short_weekday, year_name
from builder.site.chart_words import LegendView, chart_words, legend
from builder.site.data.event_words import basis_of
from builder.site.dating import long, short
from builder.site.describing import described
from builder.site.event_views import EventView, StatusView, event_view, is_disputed, is_exact
from builder.site.findable import findable_event
from builder.site.frame import Page, Site
from builder.site.linked import linked_event
from builder.site.lookup import Titled, tellers_of
from builder.site.phrases import sentence
from builder.site.svg import status_mark
from builder.site.views import Anchor
from builder.values import dataclass

STATUSES: tuple[Status, ...] = ("happened", "said", "claimed", "planned")


@dataclass(frozen=True, slots=True)
class DayView:
    """The date over a group of events. `numeral` is empty where a date has no day; `soft`: the day is not exact."""

    numeral: str
    soft: bool
    text: str
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A way to see fewer events: without JavaScript a link to the events of an entity or article."""

    link: Anchor
    count: int


@dataclass(frozen=True, slots=True)
class StatusCount:
    status: StatusView
    count: int
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    lead: str
    chart: Html
    legend: tuple[LegendView, ...]
    statuses: tuple[StatusCount, ...]
    names: tuple[FacetView, ...]
    sources: tuple[FacetView, ...]
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage(Page):
    """`inferred`: no source states its date as it stands at the head of the page."""

    event: EventView
    inferred: bool
    day: DayView
    previous: Anchor | None
    next: Anchor | None


def timeline_page(site: Site) -> TimelinePage:
    path, labels, events = urls.TIMELINE, site.labels, site.briefing.events
    tellers = {slug for event in events for slug in tellers_of(event)}
    said = labels.timeline_lead.of(len(events), sources=labels.sources_count.of(len(tellers)))
    return TimelinePage(
        path=path,
        template="timeline.html",
        title=labels.timeline,
        head_title=site.head_title(labels.timeline),
        description=said,
        frame=site.frame_at(path),
        labels=labels,
        lead=said,
        chart=charts.overview(events, site.language, chart_words(events, site)),
        legend=legend(events, site),
        statuses=tuple(status_counts(events, site)),
        names=tuple(named_facets(events, site, path)),
        sources=tuple(source_facets(site, path)),
        days=tuple(days_of(events, site, path)),
    )


def status_counts(events: Iterable[Event], site: Site) -> Iterable[StatusCount]:
    counts = Counter(status for event in events for status in event.statuses)
    for status in STATUSES:
        yield StatusCount(StatusView(status_mark(status), sentence(site.labels.of_status(status))), counts[status])
    disputed = sum(is_disputed(event) for event in events)
    yield StatusCount(StatusView(Html("≠"), sentence(site.labels.disputed)), disputed, disputed=True)


def named_facets(events: Iterable[Event], site: Site, page: str) -> Iterable[FacetView]:
    """Those whom most events name, the most first."""
    counts = Counter(entity for event in events for entity in event.entities if entity in site.at.entities)
    for entity, count in sorted(counts.items(), key=lambda pair: (-pair[1], site.at.entities[pair[0]].name, pair[0])):
        yield FacetView(
            Anchor(site.at.entities[entity].name, urls.relative(f"{urls.entity(entity)}#events", page)), count
        )


def source_facets(site: Site, page: str) -> Iterable[FacetView]:
    for article in site.briefing.articles:
        count = len(site.at.events_told_by.get(article.slug, ()))
        href = urls.relative(f"{urls.article(article.slug)}#events", page) if count else ""
        yield FacetView(Anchor(site.marks[article.slug].label, href), count)


def days_of(events: Iterable[Event], site: Site, page: str) -> Iterable[DayView]:
    """Events under their dates; those that follow each other with one date stand under one."""
    for _, group in groupby(events, key=lambda event: event.when.edtf):
        found = tuple(group)
        yield day_view(found[0].when, tuple(event_view(event, site, page) for event in found), site)


def day_view(when: When, events: tuple[EventView, ...], site: Site) -> DayView:
    if is_exact(when) and when.earliest:
        year, month, day = when.earliest
        month_and_year = f"{short_month(month, site.language)} {year_name(year, site.language)}"
        text = f"{short_weekday(when.earliest, site.language)}\n{month_and_year}"
        return DayView(str(day), soft=False, text=text, events=events)
    return DayView(numeral_of(when), soft=True, text=sentence(long(when, site.language)), events=events)


def numeral_of(when: When) -> str:
    """The days that an inexact date can mean, as one sign: “≤ 14”, “12–21”; empty where it is months or more."""
    if when.shape in ("month", "season", "year"):
        return ""
    first, last = when.earliest, when.latest
    if first and last:
        if first == last:
            return f"~{last[2]}" if when.approximate else f"{last[2]}?"
        return f"{first[2]}–{last[2]}" if first[:2] == last[:2] else ""
    if last:
        return f"≤ {last[2]}"
    return f"≥ {first[2]}" if first else ""


def event_page(key: str, site: Site) -> EventPage:
    event, beside = site.at.events[key], site.at.beside_event[key]
    path = urls.event(key)
    view = event_view(event, site, path)
    about = about_event(view, site)
    return EventPage(
        path=path,
        template="event.html",
        title=event.title,
        head_title=site.head_title(event.title),
        description=f"{date_stated(event, site)}{described(event.note) or about}",
        frame=site.frame_at(path),
        labels=site.labels,
        found=findable_event(event, about, site),
        event=view,
        inferred=basis_of(event) is not None,
        linked=linked_event(event, site),
        day=day_view(event.when, (), site),
        previous=anchor_to(beside.before, path),
        next=anchor_to(beside.after, path),
    )


def date_stated(event: Event, site: Site) -> str:
    """“6 Jul 1988. ”; empty where no source states it, or another states otherwise: metadata has no place for doubt."""
    stated = basis_of(event) is None and not event.conflict
    return f"{short(event.when, site.language, with_year=True)}. " if stated else ""


def about_event(view: EventView, site: Site) -> str:
    """“Claimed. 2 accounts.”"""
    words = [sentence(status.word) for status in view.statuses]
    if view.disputed:
        words.append(sentence(view.disputed))
    if view.accounts:
        words.append(site.labels.accounts_count.of(len(view.accounts)))
    return "".join(f"{word}. " for word in words).rstrip()


def anchor_to(event: Titled | None, page: str) -> Anchor | None:
    return Anchor(event.title, urls.relative(urls.event(event.id), page)) if event else None
