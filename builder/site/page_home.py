"""The briefing's own page."""

from dataclasses import replace

from markupsafe import Markup as Html

from builder.model import Article, Claim, Confidence
from builder.site import charts, svg, urls
from builder.site.chart_words import LegendView, chart_words, legend
from builder.site.data.citations import citation_of_briefing
from builder.site.dating import long, short
from builder.site.describing import described
from builder.site.event_views import EventLine, event_line
from builder.site.frame import Page, Site
from builder.site.labels import Labels
from builder.site.linked import linked_briefing
from builder.site.page_differences import QuestionLine, agency_of, question_line
from builder.site.page_entities import EntityLine, entity_line
from builder.site.phrases import sentence
from builder.site.source_views import Fact, SourceView
from builder.site.texts import inline_prose, prose
from builder.site.views import CitationView, citation_view, source_view
from builder.values import dataclass

QUESTIONS_SHOWN = 3
NAMES_SHOWN = 10
FILLED: dict[Confidence, int] = {"": 0, "low": 1, "moderate": 2, "high": 3}


@dataclass(frozen=True, slots=True)
class GlanceView:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A key point. `confidence` is empty where the author gives none; `counted` is what the page can count itself."""

    text: Html
    confidence: str
    squares: Html
    reason: str
    counted: str


@dataclass(frozen=True, slots=True)
class SectionView:
    title: str
    text: Html


@dataclass(frozen=True, slots=True)
class ChangeView:
    date: Fact
    text: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """`strip` is the timeline as a picture, `events` the same as a list for narrow screens and for those who do not
    see it."""

    lead: str
    as_of: str
    edition: str
    bottom_line: Html
    glance: tuple[GlanceView, ...]
    key_points: tuple[ClaimView, ...]
    unknowns: tuple[Html, ...]
    strip_title: str
    strip: Html
    legend: tuple[LegendView, ...]
    events: tuple[EventLine, ...]
    all_events: str
    timeline_href: str
    questions: tuple[QuestionLine, ...]
    all_questions: str
    differences_href: str
    sections: tuple[SectionView, ...]
    sources: tuple[SourceView, ...]
    sources_href: str
    any_inferred: bool
    names: tuple[EntityLine, ...]
    all_names: str
    entities_href: str
    changes: tuple[ChangeView, ...]
    citation: CitationView


def home_page(site: Site) -> HomePage:
    briefing, labels, path = site.briefing, site.labels, urls.HOME
    on = site.place(path)
    articles = briefing.articles
    inferred = sum(map(inferred_values, articles))
    strip = charts.day_strip(briefing.events, site.language, chart_words(briefing.events, site))
    return HomePage(
        path=path,
        template="index.html",
        title=briefing.title,
        head_title=site.head_title(briefing.title),
        description=briefing.settings.description or described(briefing.bottom_line),
        frame=site.frame_at(path),
        labels=labels,
        lead=briefing.settings.description,
        as_of=long(briefing.as_of, site.language),
        edition=labels.edition.format(edition=briefing.edition) if briefing.edition else "",
        bottom_line=prose(briefing.bottom_line, on),
        glance=tuple(glance(site, inferred)),
        key_points=tuple(claim_view(claim, site) for claim in briefing.key_points),
        unknowns=tuple(inline_prose(text, on) for text in briefing.unknowns),
        strip_title=title_of(strip, labels) if strip else labels.timeline,
        strip=strip.drawing if strip else Html(),
        legend=legend(briefing.events, site),
        events=tuple(event_line(event, site, path) for event in (strip.shown if strip else briefing.events)),
        all_events=labels.all_events.of(len(briefing.events)),
        timeline_href=urls.relative(urls.TIMELINE, path),
        questions=tuple(question_line(question, site, path) for question in briefing.questions[:QUESTIONS_SHOWN]),
        all_questions=labels.all_questions.of(len(briefing.questions)),
        differences_href=urls.relative(urls.DIFFERENCES, path),
        sections=tuple(SectionView(section.title, prose(section.text, on)) for section in briefing.sections),
        sources=tuple(source_view(article, site, path) for article in articles),
        sources_href=urls.relative(urls.SOURCES, path),
        any_inferred=inferred > 0,
        names=most_named(site),
        all_names=labels.all_names.of(len(briefing.entities)),
        entities_href=urls.relative(urls.ENTITIES, path),
        changes=tuple(
            ChangeView(Fact(short(c.when, site.language, with_year=True)), inline_prose(c.text, on))
            for c in briefing.changes
        ),
        citation=citation_view(
            citation_of_briefing(briefing, labels, site.language), labels.data_page.cite_briefing, path, site
        ),
        linked=linked_briefing(site),
    )


def title_of(strip: charts.Strip, labels: Labels) -> str:
    """“Eleven days”."""
    return sentence(labels.of_unit(strip.unit, strip.count))


def glance(site: Site, inferred: int) -> list[GlanceView]:
    """The briefing in figures; only what there is to say. `inferred`: how many values are."""
    briefing, labels = site.briefing, site.labels
    edited = max(briefing.changes, key=lambda change: change.when.latest or (0, 0, 0), default=None)
    found = [
        GlanceView(labels.glance_sources, sources_and_origins(site)),
        GlanceView(labels.glance_checked, labels.footer_checked.of(len(briefing.uses)) if briefing.uses else ""),
        GlanceView(labels.glance_care, "; ".join(filter(None, read_with_care(site, inferred)))),
        GlanceView(labels.glance_edited, long(edited.when, site.language) if edited else ""),
    ]
    return [replace(view, text=view.text[:1].upper() + view.text[1:]) for view in found if view.text]


def sources_and_origins(site: Site) -> str:
    """“5 reports from 4 origins; two are one Reuters story”."""
    articles, labels = site.briefing.articles, site.labels
    if not articles:
        return ""
    sentence = labels.from_origins.of(len(site.briefing.origins), reports=labels.reports.of(len(articles)))
    printed = [group for group in site.briefing.origins if len(group) > 1]
    stories = [
        labels.one_story.of(len(g), number=labels.number(len(g)), agency=agency_before_noun(g, site)) for g in printed
    ]
    return "; ".join([sentence, *stories])


def agency_before_noun(group: tuple[str, ...], site: Site) -> str:
    name = agency_of([site.at.articles[slug] for slug in group]).value
    return f"{name} " if name else ""


def read_with_care(site: Site, inferred: int) -> list[str]:
    labels = site.labels
    anonymous = sum(
        len({quote.anonymous for quote in quotes} - {""})
        for quotes in (article.quotes for article in site.briefing.articles)
        if quotes
    )
    return [
        labels.anonymous_sources.of(anonymous) if anonymous else "",
        labels.inferred_values.of(inferred) if inferred else "",
    ]


def inferred_values(article: Article) -> int:
    bases = [fact.basis for fact in (article.publisher, *article.agencies, *article.authors)]
    return sum(map(bool, (article.title_basis, article.published.basis, *bases)))


def claim_view(claim: Claim, site: Site) -> ClaimView:
    labels = site.labels
    counted = [
        labels.origins.of(claim.origins) if claim.origins else "",
        labels.anonymous_sources.of(claim.anonymous) if claim.anonymous else "",
    ]
    return ClaimView(
        text=inline_prose(claim.text, site.place(urls.HOME)),
        confidence=labels.of_confidence(claim.confidence),
        squares=svg.squares(FILLED[claim.confidence], 3),
        reason=claim.reason,
        counted=", ".join(filter(None, counted)),
    )


def most_named(site: Site) -> tuple[EntityLine, ...]:
    """Those whom the sources name most, the most first."""
    at, most = site.at, site.at.most_times_named
    ranked = sorted(
        (-at.times_named.get(entity.id, 0), -len(at.slugs_naming.get(entity.id, ())), entity.name, entity.id)
        for entity in site.briefing.entities
    )
    return tuple(entity_line(at.entities[key], most, site, urls.HOME) for *_, key in ranked[:NAMES_SHOWN])
