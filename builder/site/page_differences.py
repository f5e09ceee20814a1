"""Where the sources differ: each question as a table of positions and sources, texts of one origin side by side."""

from collections.abc import Iterable

from markupsafe import Markup as Html

from builder.model import Article, Passage, Position, Question, Stated
from builder.site import urls
from builder.site.frame import Page, Site
from builder.site.phrases import sentence
from builder.site.source_views import Fact, SourceView, fact
from builder.site.texts import passage_mark, prose
from builder.site.views import Anchor, WordsView, line_mark, source_view, words_of
from builder.values import dataclass

WIDEST_TABLE = 6
"""How many sources stand side by side before the table becomes a list for everyone."""


@dataclass(frozen=True, slots=True)
class SaidView:
    """A passage that gives an answer; `words` None where it may not be quoted. `mark`: its line; `full_mark`:
    source and line."""

    words: WordsView | None
    mark: Html
    full_mark: Html


@dataclass(frozen=True, slots=True)
class AnswerLine:
    answer: str
    says: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question on the briefing's page: `count` weighs the origins of its positions against each other."""

    question: str
    href: str
    positions: tuple[AnswerLine, ...]
    count: str


@dataclass(frozen=True, slots=True)
class CellView:
    """What one source says to one position; `silent` where it says nothing."""

    source: SourceView
    says: tuple[SaidView, ...]

    @property
    def silent(self) -> bool:
        return not self.says


@dataclass(frozen=True, slots=True)
class PositionView:
    """A row: one cell for each source, in the columns' order. `origins` counts them, `origin_names` names them."""

    answer: str
    origins: str
    origin_names: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class OriginView:
    """Columns that are one origin: the agency, and how often its text was printed."""

    agency: Fact
    printed: str
    sources: tuple[SourceView, ...]

    @property
    def width(self) -> int:
        return len(self.sources)


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: str
    question: str
    note: Html
    positions: tuple[PositionView, ...]
    silent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesPage(Page):
    """`as_table`: whether the sources are few enough to stand side by side. `data`: the same for machines."""

    lead: str
    contents: tuple[Anchor, ...]
    origins: tuple[OriginView, ...]
    sources: tuple[SourceView, ...]
    as_table: bool
    questions: tuple[QuestionView, ...]
    data: tuple[Anchor, ...]


def differences_page(site: Site) -> DifferencesPage:
    path, labels, questions = urls.DIFFERENCES, site.labels, site.briefing.questions
    origins = tuple(origin_view(group, site, path) for group in site.briefing.origins)
    sources = tuple(source for origin in origins for source in origin.sources)
    said = sentence(labels.differences_lead.of(len(questions), number=labels.number(len(questions))))
    return DifferencesPage(
        path=path,
        template="differences.html",
        title=labels.sources_differ,
        head_title=site.head_title(labels.sources_differ),
        description=said,
        frame=site.frame_at(path),
        labels=labels,
        lead=said,
        contents=tuple(Anchor(question.question, f"#{question.id}") for question in questions),
        origins=origins,
        sources=sources,
        as_table=len(sources) <= WIDEST_TABLE,
        questions=tuple(question_view(question, sources, site) for question in questions),
        data=tuple(
            Anchor(urls.relative(file, path), urls.relative(file, path))
            for file in (urls.DIFFERENCES_CSV, urls.DIFFERENCES_JSON)
            if questions
        ),
    )


def origin_view(group: tuple[str, ...], site: Site, page: str) -> OriginView:
    articles = [site.at.articles[slug] for slug in group]
    printed = (
        site.labels.printed_times.of(len(group), number=site.labels.as_times(len(group))) if len(group) > 1 else ""
    )
    sources = tuple(source_view(article, site, page) for article in articles)
    return OriginView(fact(agency_of(articles), site.labels.none_named), printed, sources)


def agency_of(articles: Iterable[Article]) -> Stated:
    """The agency that texts of one origin come from: one that a text states, else one that the author inferred."""
    named = [agency for article in articles for agency in article.agencies if agency.value]
    return next((agency for agency in named if not agency.basis), named[0] if named else Stated())


def question_view(question: Question, sources: tuple[SourceView, ...], site: Site) -> QuestionView:
    speaking = {passage.article for position in question.positions for passage in position.passages}
    silent = [source.label for source in sources if source.slug not in speaking]
    return QuestionView(
        id=question.id,
        question=question.question,
        note=prose(question.note, site.place(urls.DIFFERENCES)),
        positions=tuple(position_view(position, sources, site) for position in question.positions),
        silent=site.labels.silent_sources.format(sources=", ".join(silent)) if silent else "",
    )


def position_view(position: Position, sources: tuple[SourceView, ...], site: Site) -> PositionView:
    slugs = {passage.article for passage in position.passages}
    return PositionView(
        answer=position.answer,
        origins=site.labels.origins.of(position.origins),
        origin_names="; ".join(names_of_origins(slugs, site)),
        cells=tuple(
            CellView(
                source, tuple(said(p, site, urls.DIFFERENCES) for p in position.passages if p.article == source.slug)
            )
            for source in sources
        ),
    )


def names_of_origins(slugs: set[str], site: Site) -> Iterable[str]:
    """“Reuters, printed twice”: the agency of each origin, else its publisher's mark."""
    for group in site.briefing.origins:
        here = [slug for slug in group if slug in slugs]
        if here:
            agency = agency_of([site.at.articles[slug] for slug in group])
            printed = site.labels.printed.format(times=site.labels.as_times(len(here))) if len(here) > 1 else ""
            inferred = site.labels.inferred if agency.value and agency.basis else ""
            yield ", ".join(filter(None, [agency.value or site.marks[here[0]].label, printed, inferred]))


def said(passage: Passage, site: Site, page: str) -> SaidView:
    return SaidView(
        words=words_of(passage, site, page),
        mark=line_mark(passage, site, page),
        full_mark=passage_mark([passage], site.place(page)),
    )


def question_line(question: Question, site: Site, page: str) -> QuestionLine:
    speaking = {passage.article for position in question.positions for passage in position.passages}
    silent = site.at.article_count - len(speaking)
    labels = site.labels
    first, *others = [position.origins for position in question.positions] or [0]
    weighed = labels.against.join([labels.origins.of(first), *map(str, others)])
    return QuestionLine(
        question=question.question,
        href=urls.relative(urls.question(question.id), page),
        positions=tuple(
            AnswerLine(p.answer, tuple(said(passage, site, page) for passage in p.passages)) for p in question.positions
        ),
        count="; ".join(filter(None, [weighed, labels.silent_count.of(silent) if silent else ""])),
    )
