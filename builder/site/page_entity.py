"""An entity: who names it how and when, in which words, with whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from markupsafe import Markup as Html

from builder.model import Entity, Link, Office
from builder.site import svg, urls
from builder.site.concordance import ContextView, contexts_of
from builder.site.counts import Count, mentions_over_time
from builder.site.dating import long
from builder.site.describing import described
from builder.site.event_views import EventLine, event_line
from builder.site.findable import findable_entity
from builder.site.frame import Page, Site
from builder.site.labels import Labels
from builder.site.linked import linked_entity
from builder.site.lookup import Named
from builder.site.texts import inline_prose
from builder.site.views import Anchor, RemarkView, remark_view
from builder.values import dataclass

WIKIDATA = "https://www.wikidata.org/wiki/"


@dataclass(frozen=True, slots=True)
class OfficeView:
    title: str
    time: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A way to write the name: how often, and by whom."""

    form: str
    count: int
    sources: str


@dataclass(frozen=True, slots=True)
class CompanionView:
    """An entity named in the same paragraphs, and in how many."""

    link: Anchor
    count: int
    bar: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage(Page):
    kind: str
    about: Html
    counted: str
    offices: tuple[OfficeView, ...]
    links: tuple[Link, ...]
    chart: Html
    forms: tuple[FormView, ...]
    remarks: tuple[RemarkView, ...]
    reported: tuple[RemarkView, ...]
    events: tuple[EventLine, ...]
    companions: tuple[CompanionView, ...]
    contexts: tuple[ContextView, ...]
    context_lead: str
    times_named: int


def entity_page(entity_id: str, site: Site) -> EntityPage:
    entity = site.at.entities[entity_id]
    path, labels = urls.entity(entity_id), site.labels
    named = site.at.articles_naming.get(entity.id, ())
    count = site.at.times_named.get(entity.id, 0)
    in_counts = counted(count, len(named), site.at.article_count, labels)
    return EntityPage(
        path=path,
        template="entity.html",
        title=entity.name,
        head_title=site.head_title(entity.name),
        description=described(entity.description) or in_counts,
        frame=site.frame_at(path),
        labels=labels,
        kind=labels.of_kind(entity.kind),
        about=inline_prose(entity.description, site.place(path)),
        found=findable_entity(entity, site),
        counted=in_counts,
        offices=tuple(office_view(office, site) for office in entity.offices),
        links=(*entity.links, *wikidata(entity)),
        linked=linked_entity(entity),
        chart=mentions_over_time(
            counts_of(named, site),
            site.language,
            label=labels.chart_of_names.format(name=entity.name),
            several=labels.reports.of,
        ),
        forms=tuple(forms_of(entity, named, site)),
        remarks=tuple(remark_view(remark, site, path) for remark in site.at.remarks_by.get(entity.id, ())),
        reported=tuple(remark_view(remark, site, path) for remark in site.at.remarks_reported_by.get(entity.id, ())),
        events=tuple(event_line(event, site, path) for event in site.at.events_naming.get(entity.id, ())),
        companions=tuple(companions_of(entity, site, path)),
        contexts=tuple(contexts_of(named, site, path)),
        context_lead=labels.context_lead.of(count),
        times_named=count,
    )


def counts_of(named: Iterable[Named], site: Site) -> Iterable[Count]:
    """How often each report names it, for the chart."""
    marks = site.marks
    for one in named:
        article = one.article
        published = article.published
        yield Count(marks[article.slug].name, published.when, bool(published.basis), len(one.mentions))


def counted(count: int, sources: int, total: int, labels: Labels) -> str:
    """“Named 46 times, in all five sources.”"""
    if not count:
        return labels.not_named
    if sources == total and total > 1:
        where = labels.all_the_sources.format(number=labels.number(total))
    elif sources == 1:
        where = labels.one_source
    else:
        where = labels.some_sources.format(n=labels.number(sources), total=labels.number(total))
    return labels.named_in.of(count, sources=where)


def office_view(office: Office, site: Site) -> OfficeView:
    labels = site.labels
    since = long(office.since, site.language) if office.since else ""
    until = long(office.until, site.language) if office.until else ""
    if since and until:
        return OfficeView(office.title, labels.since_until.format(since=since, until=until))
    time = labels.since.format(date=since) if since else labels.until.format(date=until) if until else ""
    return OfficeView(office.title, time)


def wikidata(entity: Entity) -> Iterable[Link]:
    if entity.wikidata:
        yield Link(f"Wikidata {entity.wikidata}", WIKIDATA + entity.wikidata)


def forms_of(entity: Entity, named: Iterable[Named], site: Site) -> Iterable[FormView]:
    """The ways its name is written, the most frequent first; under each the sources that write it so, the most
    frequent first."""
    written: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one in named:
        slug = one.article.slug
        for mention in one.mentions:
            counts = written[mention.form]
            counts[slug] = counts.get(slug, 0) + 1
    by_form: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, counts in written.items():
        by_form[as_registered(form, entity)].update(counts)
    marks = site.marks
    for form, sources in sorted(by_form.items(), key=lambda item: (-item[1].total(), item[0])):
        shares = [
            f"{marks[slug].label} {n}" for slug, n in sorted(sources.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        yield FormView(form, sources.total(), ", ".join(shares))


def as_registered(form: str, entity: Entity) -> str:
    """A form as the register has it: at the start of a sentence a text may write it with a capital."""
    small = form[:1].lower() + form[1:]
    return small if form not in entity.forms and small in entity.forms else form


def companions_of(entity: Entity, site: Site, page: str) -> Iterable[CompanionView]:
    pairs = site.at.named_together.get(entity.id, ())
    most = pairs[0][1] if pairs else 0
    known = site.at.entities
    for other, count in pairs:
        if other in known:
            link = Anchor(known[other].name, urls.relative(urls.entity(other), page))
            yield CompanionView(link, count, svg.bar(count, most))
