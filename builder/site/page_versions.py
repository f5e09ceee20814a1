"""Two texts of one wire story side by side: what only one has, and what the other words otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from builder.briefing.classing import GRAVITY, Kind
from builder.briefing.comparing import Comparison, Row, compare
from builder.briefing.differing import Difference, Run
from builder.model import Article, Block
from builder.site import urls
from builder.site.frame import Page, Site, direction_of
from builder.site.labels import Labels
from builder.site.page_differences import agency_of
from builder.site.phrases import Counted, sentence
from builder.site.source_views import SourceView
from builder.site.version_labels import VersionLabels
from builder.site.views import Anchor, language_of, source_view
from builder.values import dataclass

SHOWN = 2
"""How many paragraphs that only one text has are shown before the rest of them is folded away."""
EXAMPLE = 40
"""How many characters an example of a kind of difference has at most, if there is a shorter one."""
STYLE_SHEET = "assets/versions.css"


@dataclass(frozen=True, slots=True)
class TextView:
    """One of the two texts. `name` tells it from the other; `language` and `direction` are empty where they are the
    page's."""

    source: SourceView
    name: str
    paragraphs: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of difference: how often, and an example of it; a text that has nothing there has an empty one."""

    kind: Kind
    name: str
    count: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class WordsRun:
    """Words of one text: the same in both (`kind` is empty), or a difference, with its kind in words."""

    text: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class SideView:
    """What one text has, and on which lines."""

    lines: tuple[Anchor, ...]
    runs: tuple[WordsRun, ...]


@dataclass(frozen=True, slots=True)
class TallyView:
    """A word or two on a row; `kind` for the style sheet."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A paragraph of both texts, or of one (the other is None). `kind`: `pair`, `same`, `alone`, or `near`:
    alone, but the other text has much of it elsewhere."""

    kind: str
    one: SideView | None
    other: SideView | None
    tally: tuple[TallyView, ...]


@dataclass(frozen=True, slots=True)
class StretchView:
    """Rows that follow each other; with a `fold`, the label under which they are folded away."""

    fold: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage(Page):
    """`counts`: how much is in both, and in one alone. `kinds`: the gravest first."""

    style: str
    lead: str
    counts: tuple[str, ...]
    kinds: tuple[KindView, ...]
    one: TextView
    other: TextView
    stretches: tuple[StretchView, ...]


def versions_page(one_slug: str, other_slug: str, site: Site) -> VersionsPage:
    one, other = site.at.articles[one_slug], site.at.articles[other_slug]
    share = next(share for *pair, share in site.at.copies_of[one_slug] if pair == [one_slug, other_slug])
    path, labels = urls.versions(one.slug, other.slug), site.labels
    comparison = compare(one, other)
    names = names_of(one, other, site)
    title = labels.versions.title.format(one=names[0], other=names[1])
    said = lead(one, other, labels)
    return VersionsPage(
        path=path,
        template="versions.html",
        title=title,
        head_title=site.head_title(title),
        description=said,
        frame=site.frame_at(path),
        labels=labels,
        style=urls.relative(STYLE_SHEET, path),
        lead=said,
        counts=tuple(counts(comparison, names, share, labels.versions)),
        kinds=tuple(kind_view(kind, comparison, labels.versions) for kind in reversed(GRAVITY)),
        one=text_view(one, names[0], [row.one for row in comparison.rows], site, path),
        other=text_view(other, names[1], [row.other for row in comparison.rows], site, path),
        stretches=tuple(Sides(one, other, names, site, path).stretches(comparison.rows)),
    )


# --- around the texts ----------------------------------------------------------------------------------------------


def names_of(one: Article, other: Article, site: Site) -> tuple[str, str]:
    """What tells the two apart, as short as that can be."""
    first, second = site.marks[one.slug], site.marks[other.slug]
    return (first.name, second.name) if first.name != second.name else (first.label, second.label)


def lead(one: Article, other: Article, labels: Labels) -> str:
    agency = agency_of((one, other))
    if not agency.value:
        return labels.versions.lead_unnamed
    inferred = f" ({labels.inferred})" if agency.basis else ""
    return labels.versions.lead.format(agency=agency.value + inferred)


def counts(comparison: Comparison, names: Sequence[str], share: float, labels: VersionLabels) -> Iterator[str]:
    """“12 paragraphs in both texts, 2 of them word for word”, “8 only in Taipei Times” and so on."""
    rows = comparison.rows
    same = sum(row.same for row in rows)
    both = labels.paragraphs_in_both.of(sum(row.in_both for row in rows))
    yield f"{both}, {labels.of_them_same.format(n=same)}" if same else both
    for name, alone in zip(names, (only_in(rows, "one"), only_in(rows, "other")), strict=True):
        if alone:
            yield labels.paragraphs_only_in.of(alone, source=name)
    yield labels.shared_stretches.format(share=max(int(share * 100), 1))


def only_in(rows: Iterable[Row], text: str) -> int:
    return sum(text_alone(row) == text for row in rows)


def text_alone(row: Row) -> str:
    """Which text is the only one that has a paragraph, or the like of it; empty for one that both have."""
    return "" if row.in_both or row.near else "one" if row.one else "other"


def kind_view(kind: Kind, comparison: Comparison, labels: VersionLabels) -> KindView:
    found = [difference for difference in comparison.differences if difference.kind == kind]
    example = min(found, key=tells_little, default=Difference(kind, "", ""))
    return KindView(
        kind,
        sentence(labels.style_long if kind == "style" else labels.of_kind(kind)),
        len(found),
        example.one,
        example.other,
    )


def tells_little(difference: Difference) -> tuple[bool, bool]:
    """An example is short, and both texts have something there; else the first in the text."""
    return max(len(difference.one), len(difference.other)) > EXAMPLE, not difference.one or not difference.other


def text_view(article: Article, name: str, blocks: Iterable[Sequence[Block]], site: Site, page: str) -> TextView:
    language = language_of(article, site)
    direction = direction_of(article.language or site.language)
    return TextView(
        source=source_view(article, site, page),
        name=name,
        paragraphs=site.labels.versions.paragraphs_count.of(sum(map(len, blocks))),
        language=language,
        direction=direction if direction != site.frame_at(page).direction else "",
    )


# --- the texts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sides:
    """What the rows of a page have in common."""

    one: Article
    other: Article
    names: tuple[str, str]
    site: Site
    page: str

    def stretches(self, rows: Iterable[Row]) -> Iterator[StretchView]:
        """All rows; of many that follow each other and stand in one text alone, the first few are shown."""
        for alone, run in groupby(rows, key=text_alone):
            found = tuple(run)
            shown = SHOWN if alone and len(found) > SHOWN + 1 else len(found)
            yield StretchView("", tuple(self.row(row) for row in found[:shown]))
            if folded := found[shown:]:
                yield StretchView(self.fold(folded), tuple(self.row(row) for row in folded))

    def fold(self, rows: Sequence[Row]) -> str:
        """“10 more paragraphs only in Reuters (lines 33–53)”."""
        labels, name = self.site.labels, self.names[0 if rows[0].one else 1]
        first, last = (rows[0].one or rows[0].other)[0].line, (rows[-1].one or rows[-1].other)[-1].line
        lines = labels.lines.format(first=first, last=last)
        return labels.versions.more_only_in.of(len(rows), source=name, lines=lines)

    def row(self, row: Row) -> RowView:
        kind = "same" if row.same else "pair" if row.in_both else "near" if row.near else "alone"
        return RowView(
            kind,
            self.side(self.one, row.one, row.one_runs),
            self.side(self.other, row.other, row.other_runs),
            tuple(self.tally(row)),
        )

    def side(self, article: Article, blocks: Sequence[Block], runs: Iterable[Run]) -> SideView | None:
        if not blocks:
            return None
        links = (Anchor(str(b.line), urls.relative(urls.line(article.slug, b.line), self.page)) for b in blocks)
        word_for = self.site.labels.versions.of_kind
        words = (WordsRun(run.text, run.kind, word_for(run.kind) if run.kind else "") for run in runs)
        return SideView(tuple(links), tuple(words))

    def tally(self, row: Row) -> Iterator[TallyView]:
        labels = self.site.labels.versions
        here, there = self.names if row.one else self.names[::-1]
        if row.near:
            yield TallyView("elsewhere", labels.much_of_it.format(source=there, n=row.near.line))
        elif not row.in_both:
            yield TallyView("substance", labels.only_in.format(source=here))
        if row.moved:
            yield TallyView("elsewhere", labels.elsewhere)
        if row.same:
            yield TallyView("same", labels.word_for_word)
        for kind in reversed(GRAVITY):
            if count := sum(difference.kind == kind for difference in row.differences):
                yield TallyView(kind, with_count(labels.of_kind(kind), count))


def with_count(word: str, count: int) -> str:
    return Counted("{word}", "{word} {n}").of(count, word=word)
