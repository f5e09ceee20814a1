"""Figures in key points that none of their quotations has."""

from collections.abc import Iterator

from builder.briefing.figures import Figure, figures
from builder.briefing.lint_case import Case, Finding, Point, own_words, points_of_article, points_of_briefing
from builder.briefing.named_days import NamedDay, dates_named
from builder.reading.articles import ArticleDraft

LATEST_YEAR = 2100
FIGURES_SHOWN = 4


def number_findings(case: Case) -> Iterator[Finding]:
    context = Context(case)
    for point in points_of_briefing(case):
        yield from number_not_in_quote(point, context, case)


def number_findings_of_article(draft: ArticleDraft, case: Case) -> Iterator[Finding]:
    context = Context(case)
    for point in points_of_article(draft, case):
        yield from number_not_in_quote(point, context, case)


class Context:
    """The days and years of a briefing's events and articles: an author may name them without a quotation."""

    def __init__(self, case: Case) -> None:
        self.years, self.days = case.times.years_named, case.times.days
        self.case = case
        self._named: dict[str, frozenset[tuple[int, int]]] = {}
        self._figures: dict[str, tuple[Figure, ...]] = {}

    def has_day(self, day: NamedDay, point: Point) -> bool:
        """Whether it is a day of an event or article, or one that an article of the point names."""
        if (day.month, day.day, day.year) in self.days:
            return True
        return any((day.month, day.day) in self._days_named(slug) for slug in point.slugs)

    def has_year(self, figure: Figure, point: Point) -> bool:
        return not figure.values.isdisjoint(self.years) or any(
            figure.agrees(other) for slug in point.slugs for other in self.figures_of(slug)
        )

    def _days_named(self, slug: str) -> frozenset[tuple[int, int]]:
        if slug not in self._named:
            texts = (block.text for block in self.case.articles[slug].blocks if block.citable)
            self._named[slug] = frozenset((day.month, day.day) for text in texts for day in dates_named(text))
        return self._named[slug]

    def figures_of(self, slug: str) -> tuple[Figure, ...]:
        """Every figure of a whole article."""
        if slug not in self._figures:
            article = self.case.articles[slug]
            texts = (block.text for block in article.blocks if block.citable)
            self._figures[slug] = tuple(
                figure for text in texts for figure in figures(text, article.language, own=False)
            )
        return self._figures[slug]


def number_not_in_quote(point: Point, context: Context, case: Case) -> Iterator[Finding]:
    """Figures and days of a point that are not those of its quotations."""
    words = own_words(point.text)
    days = list(dates_named(words))
    stretches = [(day.start, day.end) for day in days]
    asked = [f for f in figures(words, case.language, own=True, but=stretches) if f.kind != "small"]
    unknown_days = [day for day in days if not context.has_day(day, point)]
    given = list(_given(point, context, case)) if asked else []
    unknown = [f for f in asked if not any(f.agrees(other) for _, other in given)]
    unknown = [f for f in unknown if not (_is_year(f, words) and context.has_year(f, point))]
    for start, end in sorted([*((d.start, d.end) for d in unknown_days), *((f.start, f.end) for f in unknown)]):
        yield _finding(point, point.text[start:end], start, [shown for shown, _ in given], case)


def _given(point: Point, context: Context, case: Case) -> Iterator[tuple[str, Figure]]:
    """The figures of a point's passages, as they stand there; of an article cited as a whole, all."""
    for passage in point.passages:
        language = case.articles[passage.article].language
        for figure in figures(passage.text, language, own=False):
            yield passage.text[figure.start : figure.end], figure
    for cite in point.cites:
        if cite.passage is None:
            yield from (("", figure) for figure in context.figures_of(cite.article))


def _is_year(figure: Figure, words: str) -> bool:
    written = words[figure.start : figure.end]
    return not figure.unit and len(written) == 4 and written.isdecimal() and int(written) <= LATEST_YEAR


def _finding(point: Point, figure: str, offset: int, given: list[str], case: Case) -> Finding:
    shown = list(dict.fromkeys(filter(None, given)))
    if not point.passages and not point.cites:
        fact, hint = f"“{figure}” has no source: nothing is quoted or cited here", 'cite it: [@slug "passage"]'
    else:
        fact = f"“{figure}” is in no quotation of this point"
        hint = f"they have {', '.join(shown[:FIGURES_SHOWN])}; " if shown else ""
        hint += "mend the figure, or quote the words that give it"
    lines = tuple(passage.line for passage in point.passages if passage.article == point.article)
    names = tuple(filter(None, [point.article]))
    file = case.written[point.article].form_path if point.article else ""
    return Finding("number-not-in-quote", point.text.at(offset), fact, hint, names, lines, file)
