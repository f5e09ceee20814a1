"""An article: what is known of it, what it says in short, and its full text with everything the briefing has to say
beside it."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup as Html

from builder.model import Article, Use
from builder.site import urls
from builder.site.compared import comparisons_of
from builder.site.dating import short
from builder.site.describing import described
from builder.site.event_views import EventLine, event_line
from builder.site.findable import findable_article
from builder.site.frame import Page, Site, direction_of, runs_both_ways
from builder.site.labels import Labels
from builder.site.linked import linked_article
from builder.site.lookup import Titled, count_cited, grouped, passages_cited
from builder.site.margin import GLUED_ON, Hanging, NoteView, hanging_of, notes_of
from builder.site.phrases import numbered, sentence
from builder.site.reprint import Row, reprint
from builder.site.source_views import SourceView
from builder.site.texts import escaped, inline_prose, prose
from builder.site.views import Anchor, CitationView, citation_view, language_of, may_quote, may_reprint, source_view
from builder.values import dataclass

NOT_SEARCHED = ("credit", "navigation", "teaser")
"""Roles of lines that no search finds: they are not what the article says."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the text, and where in the margin its notes hang. `label` says its line to those who hear the page;
    `searched`: it is found by its words."""

    line: int
    label: str
    role: str
    searched: bool
    html: Html
    direction: str
    notes: tuple[NoteView, ...]
    hanging: Hanging


@dataclass(frozen=True, slots=True)
class StretchView:
    """Rows that follow each other; with a `fold`, the label under which they are folded away."""

    fold: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(Page):
    """`text_language` and `text_direction` are empty where they are the page's own. `text_note` says what is not
    reprinted, and `elsewhere` where it can be read; `printed` is false where none of it is."""

    position: str
    source: SourceView
    seal_groups: str
    retrieved: str
    url: str
    archive_url: str
    topics: tuple[str, ...]
    cited: str
    cited_by: tuple[Anchor, ...]
    same_origin: tuple[Anchor, ...]
    compare: tuple[Anchor, ...]
    summary: Html
    key_points: tuple[Html, ...]
    text_title: str
    text_language: str
    text_direction: str
    text_size: str
    text_note: str
    elsewhere: Anchor | None
    printed: bool
    has_cited: bool
    has_quoted: bool
    stretches: tuple[StretchView, ...]
    events: tuple[EventLine, ...]
    citation: CitationView
    previous: Anchor | None
    next: Anchor | None


def article_page(slug: str, site: Site) -> ArticlePage:
    article, beside = site.at.articles[slug], site.at.beside_article[slug]
    path, labels = urls.article(slug), site.labels
    on = site.place(path, article.slug)
    uses = site.at.uses_of.get(article.slug, ())
    citing = tuple(pages_citing(article, uses, site, path))
    language = language_of(article, site)
    source = source_view(article, site, path)
    return ArticlePage(
        path=path,
        template="article.html",
        title=article.title,
        head_title=site.head_title(article.title),
        description=described(article.summary) or ", ".join(stated_of(source)) or article.title,
        frame=site.frame_at(path),
        labels=labels,
        found=findable_article(article, site),
        position=labels.article_of.format(n=beside.position, total=site.at.article_count),
        source=source,
        seal_groups=" ".join(article.sha256[start : start + 4] for start in range(0, 16, 4)),
        retrieved=short(article.retrieved, site.language, with_year=True) if article.retrieved else "",
        url=article.url,
        archive_url=article.archive_url,
        topics=article.topics,
        cited=cited_line(uses, citing, labels),
        cited_by=citing,
        same_origin=tuple(same_origin(article, site, path)),
        compare=comparisons_of(article, site, path),
        summary=prose(article.summary, on),
        key_points=tuple(inline_prose(p.text, on, [p.passage] if p.passage else []) for p in article.key_points),
        text_title=text_title(article, labels),
        text_language=language,
        text_direction=direction_of(language)
        if language and direction_of(language) != site.frame_at(path).direction
        else "",
        text_size=labels.lines_as_found.of(sum(block.role not in GLUED_ON for block in article.blocks)),
        text_note=text_note(article, labels),
        elsewhere=elsewhere(article, labels),
        printed=may_quote(article),
        has_cited=any(use.how != "quoted" for use in uses) and may_quote(article),
        has_quoted=any(use.how == "quoted" for use in uses) and may_quote(article),
        stretches=tuple(stretches(article, uses, site, path)),
        events=tuple(event_line(event, site, path) for event in site.at.events_told_by.get(article.slug, ())),
        citation=citation_view(site.citations[article.slug], site.labels.data_page.cite_source, path, site),
        linked=linked_article(article),
        previous=anchor_to(beside.before, path),
        next=anchor_to(beside.after, path),
    )


def stated_of(source: SourceView) -> Iterable[str]:
    """Publisher and date as far as the source states them: metadata has no place for doubt."""
    if not source.label_inferred:
        yield source.label_name
    if not source.published.basis:
        yield source.published.text


def text_title(article: Article, labels: Labels) -> str:
    return {"full": labels.full_text, "passages": labels.cited_text, "none": labels.cited_lines}[article.rights]


def text_note(article: Article, labels: Labels) -> str:
    """What a reader has to know of a text that is not reprinted whole."""
    return {"full": "", "passages": labels.passages_only, "none": labels.nothing_reprinted}[article.rights]


def elsewhere(article: Article, labels: Labels) -> Anchor | None:
    """Where a text that is not reprinted whole can be read, if that is known."""
    if may_reprint(article) or not (article.url or article.archive_url):
        return None
    if article.url:
        return Anchor(labels.read_original, article.url)
    return Anchor(labels.read_archived, article.archive_url)


def anchor_to(article: Titled | None, page: str) -> Anchor | None:
    return Anchor(article.title, urls.relative(urls.article(article.id), page)) if article else None


def same_origin(article: Article, site: Site, page: str) -> Iterable[Anchor]:
    """The other texts of its origin."""
    for slug in site.at.origin_of.get(article.slug, ()):
        if slug != article.slug:
            yield Anchor(site.at.articles[slug].title, urls.relative(urls.article(slug), page), site.marks[slug].label)


# --- what cites it -------------------------------------------------------------------------------------------------


def cited_line(uses: Iterable[Use], citing: tuple[Anchor, ...], labels: Labels) -> str:
    """“14 passages, in 9 places”."""
    passages = count_cited(uses)
    if not passages:
        return labels.not_cited
    places = labels.in_places.of(len(citing)) if citing else labels.only_here
    return labels.passages_in_places.of(passages, places=places)


def pages_citing(article: Article, uses: Iterable[Use], site: Site, page: str) -> Iterable[Anchor]:
    """Every other place that cites it, each once, with the lines it cites."""
    lines: dict[tuple[str, str], set[int]] = {}
    for use in uses:
        if (use.kind, use.id) != ("article", article.slug):
            lines.setdefault((use.kind, use.id), set()).add(use.passage.line)
    for (kind, key), cited in lines.items():
        yield Anchor(*place_of_use(kind, key, site, page), ", ".join(f"¶{line}" for line in sorted(cited)))


def place_of_use(kind: str, key: str, site: Site, page: str) -> tuple[str, str]:
    """The title and address of a place in the briefing."""
    match kind:
        case "article":
            title = site.at.articles[key].title
        case "event":
            title = site.at.events[key].title
        case "entity":
            title = site.at.entities[key].name
        case "question":
            title = site.at.questions[key]
        case "page":
            title = site.at.pages[key].title
        case _:
            title = site.briefing.title
    return title, urls.relative(urls.place(kind, key), page)


# --- the text ------------------------------------------------------------------------------------------------------


def stretches(article: Article, uses: Iterable[Use], site: Site, page: str) -> Iterable[StretchView]:
    """The text from top to bottom; what was glued to it is folded away where it stands."""
    for role, rows in groupby(
        rows_with_notes(article, uses, site, page), key=lambda row: row.role if row.role in GLUED_ON else ""
    ):
        found = tuple(rows)
        yield StretchView(fold_label(role, found, site.labels), found)


def fold_label(role: str, rows: tuple[RowView, ...], labels: Labels) -> str:
    if not role:
        return ""
    first, last = rows[0].line, rows[-1].line
    lines = labels.a_line.format(n=first) if first == last else labels.lines.format(first=first, last=last)
    return (labels.glued if role == "teaser" else labels.navigation_glued).of(len(rows), lines=lines)


def rows_with_notes(article: Article, uses: Iterable[Use], site: Site, page: str) -> list[RowView]:
    """The text's rows, each with what stands in the margin beside it."""
    rows = reprint(article, uses, site.place(page, article.slug))
    notes = notes_of(article, site, page)
    if not rows:
        return unprinted_rows(uses, notes, site.labels)
    beside = notes_beside(rows, notes)
    hangings = hanging_of(rows, beside)
    label = site.labels.line
    return [
        RowView(
            row.line,
            numbered(label, row.line),
            row.role,
            row.role not in NOT_SEARCHED,
            row.html,
            "auto" if runs_both_ways(row.html) else "",
            tuple(found),
            hanging,
        )
        for row, found, hanging in zip(rows, beside, hangings, strict=True)
    ]


def notes_beside(rows: tuple[Row, ...], notes: Iterable[NoteView]) -> list[list[NoteView]]:
    """For each row the notes on passages that begin in it; a note on the whole text stands beside the first row of
    it."""
    row_of = {passage: index for index, row in enumerate(rows) for passage in row.passages}
    beginning = next((index for index, row in enumerate(rows) if row.role == "body"), 0)
    beside: list[list[NoteView]] = [[] for _ in rows]
    for note in notes:
        beside[row_of.get(note.passage, beginning)].append(note)
    return beside


def unprinted_rows(uses: Iterable[Use], notes: Iterable[NoteView], labels: Labels) -> list[RowView]:
    """In place of a text of which nothing may be printed, be it that nothing of it is cited: each line that is cited or
    noted, how many passages of it are cited, and its notes."""
    cited = Counter(passage.line for passage in passages_cited(uses))
    first = min(cited, default=0)
    beside = grouped((note.line if note.passage else first or note.line, note) for note in notes)
    return [
        RowView(
            line,
            labels.line.format(n=line),
            "unprinted",
            False,
            unprinted(line, cited[line], labels),
            "",
            beside.get(line, ()),
            Hanging(),
        )
        for line in sorted({*cited, *beside})
    ]


def unprinted(line: int, passages: int, labels: Labels) -> Html:
    words = labels.passages_here.of(passages) if passages else sentence(labels.not_cited)
    return Html(f'<p id="p{line}">{escaped(words)}</p>')
