"""Every quotation of an author, looked up; and every use of one, noted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Literal

from builder.briefing.misses import closest_passage
from builder.briefing.quotes import (
    OMISSION,
    WORDS_BESIDE_OMISSION,
    Row,
    Source,
    Stretch,
    find,
    passage_at,
    words,
)
from builder.briefing.wording import quoted_words
from builder.model import Passage, Use
from builder.problems import Problem, Span, nearest_hint
from builder.reading.yamls import Text
from builder.values import dataclass

LINES_LISTED = 8
SEARCHES = 100
"""How many words without a source are looked for in every article: the first, as that takes as long as all else."""
OUT_OF_ORDER = "its parts are there, but not in this order within three paragraphs"


@dataclass(frozen=True, slots=True)
class Page:
    """The page on which an author's words will stand."""

    kind: Literal["briefing", "article", "event", "entity", "question", "page"]
    id: str = ""


@dataclass(slots=True)
class Citer:
    """Looks quotations up in all sources; gathers what is used where, what is not there, and what the texts link to.

    `hidden` and `broken` are articles known by name that cannot be cited: drafts, and those with mistakes reported
    elsewhere.
    """

    sources: Mapping[str, Source]
    hidden: Collection[str] = frozenset()
    broken: Collection[str] = frozenset()
    uses: list[Use] = field(default_factory=list)
    links: list[tuple[str, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    searches: int = 0

    def source(self, slug: str, span: Span) -> Source | None:
        """The source with this slug, or a problem."""
        if slug in self.sources:
            return self.sources[slug]
        if slug in self.hidden:
            hint = "take “draft: true” out of it, or build with --drafts"
            self.problems.append(Problem(span, "draft-cited", f"the article “{slug}” is a draft", hint))
        elif slug not in self.broken:
            hint = nearest_hint(slug, self.sources)
            self.problems.append(Problem(span, "article-unknown", f"there is no article “{slug}”", hint))
        return None

    def passage(
        self, segments: Sequence[Text], line: int, source: Source, page: Page, how: Literal["quoted", "cited"] = "cited"
    ) -> Passage | None:
        """The passage of a quotation; `line` 0 leaves the line open."""
        found = find(segments, source)
        chosen = _on_line(line, found.places, source) if line else found.places
        if not chosen or (len(chosen) > 1 and not line):
            self.problems += _refusals(segments, line, source, found.places)
            return None
        passage = passage_at(chosen[0], source, exact=found.exact)
        self.uses.append(Use(passage, how, page.kind, page.id, segments[0].span))
        return passage

    def words_of_source(self, text: Text, source: Source, page: Page, near: Passage) -> Passage | None:
        """The passage of words that may be a source's or an author's, such as who an unnamed speaker is.

        Where they stand more than once, the place in the paragraph of `near` counts, else the first.
        """
        found = find([text], source)
        if not found.places:
            return None
        beside = [row for row in found.places if source.block_line_at(row[0][0]) == near.line]
        passage = passage_at((beside or found.places)[0], source, exact=found.exact)
        self.uses.append(Use(passage, "worded", page.kind, page.id, text.span))
        return passage

    def check_words(self, text: Text | None, slugs: Iterable[str], page: Page | None) -> None:
        """Looks up the words in quotation marks of a plain text in the articles that it speaks of.

        `page` None: no page shows it.
        """
        if text is None:
            return
        for worded in quoted_words(text):
            self.check_worded(worded.words, text.at(worded.offset), slugs, page, closed=worded.closed)

    def check_worded(self, said: str, span: Span, slugs: Iterable[str], page: Page | None, *, closed: bool) -> None:
        cited = list(dict.fromkeys(slugs))
        if not closed:
            fact = f"this quotation mark is never closed: {said[:40]}"
            self.problems.append(
                Problem(span, "quote-unsupported", fact, "close it, so that its words can be looked up")
            )
            return
        for source in (self.sources[slug] for slug in cited if slug in self.sources):
            found = find([said], source)
            if found.places:
                if page:
                    passage = passage_at(found.places[0], source, exact=found.exact)
                    self.uses.append(Use(passage, "worded", page.kind, page.id, span))
                return
        # They may stand in an article that cannot be cited or is not there; that is reported where it is cited.
        if all(slug in self.sources for slug in cited):
            self.problems.append(self._unsupported(said, span, cited))

    def _unsupported(self, said: str, span: Span, cited: Sequence[str]) -> Problem:
        known = [self.sources[slug] for slug in cited if slug in self.sources]
        elsewhere = self._elsewhere(said, cited)
        if len(known) == 1:
            where, hint = f"is not in {_file(known[0])}", closest_passage(said, known[0])
            if hidden := find([said], known[0], everywhere=True).places:
                where = f"is in {_file(known[0])}, but {_not_its_own(hidden[0][0], known[0])}"
        elif known:
            where, hint = "is in none of the articles cited here", f"cited are {', '.join(cited)}"
        else:
            where, hint = "has no source: no article is cited here", 'cite one: [@slug "passage"]'
        if elsewhere:
            hint += f"\nit stands in {elsewhere}: cite that here"
        else:
            hint += "\ncopy the source's words, or take the quotation marks off"
        shown = said if len(said) <= 60 else said[:60] + "…"
        return Problem(span, "quote-unsupported", f"“{shown}” {where}", hint)

    def _elsewhere(self, said: str, cited: Sequence[str]) -> str:
        """Another article that has these words."""
        self.searches += 1
        if self.searches > SEARCHES:
            return ""
        others = (source for slug, source in self.sources.items() if slug not in cited)
        return next((source.slug for source in others if find([said], source).places), "")


def _on_line(line: int, rows: Sequence[Row], source: Source) -> list[Row]:
    """The places that begin on a raw line; else those in the paragraph that begins there."""
    on_line = [row for row in rows if source.line_at(row[0][0]) == line]
    return on_line or [row for row in rows if source.block_line_at(row[0][0]) == line]


def _refusals(segments: Sequence[Text], line: int, source: Source, places: Sequence[Row]) -> list[Problem]:
    """Why a quotation is no passage: not there, only in a teaser, elsewhere than said, or there more than once."""
    if places:
        return [_elsewhere(segments[0].span, line, source, places)]
    missing = [segment for segment in segments if not find([segment], source).places]
    return [_miss(segment, source) for segment in missing] or [_not_there(segments[0].span, source, OUT_OF_ORDER)]


def _elsewhere(span: Span, line: int, source: Source, places: Sequence[Row]) -> Problem:
    file = _file(source)
    lines = dict.fromkeys(source.line_at(row[0][0]) for row in places)
    if line:
        fact = f"this quotation is not on line {line} of {file}"
        return Problem(span, "quote-not-found", fact, f"it is on line {_listed(lines)}")
    first = next(iter(lines))
    if len(lines) == 1:
        fact = f"this quotation is on line {first} of {file} {len(places)} times"
        hint = f"quote a few words more, or add “line: {first}” for the first"
    else:
        fact = f"this quotation is in {file} {len(places)} times, on lines {_listed(lines)}"
        hint = f"say which: add “line: {first}”, or quote a few words more"
    return Problem(span, "quote-ambiguous", fact, hint)


def _listed(lines: Iterable[int]) -> str:
    """Numbers of lines as one says them, the first few of many."""
    numbers = [str(line) for line in lines]
    if len(numbers) > LINES_LISTED:
        numbers[LINES_LISTED:] = [f"{len(numbers) - LINES_LISTED} more"]
    return " and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))


def _miss(segment: Text, source: Source) -> Problem:
    if hidden := find([segment], source, everywhere=True).places:
        hint = "quote the article that it belongs to; if it is body text after all, mend “roles”"
        return Problem(segment.span, "quote-from-teaser", _not_its_own(hidden[0][0], source), hint)
    return _not_there(segment.span, source, _miss_hint(segment, source))


def _not_there(span: Span, source: Source, hint: str) -> Problem:
    return Problem(span, "quote-not-found", f"this quotation is not in {_file(source)}", hint)


def _not_its_own(stretch: Stretch, source: Source) -> str:
    """Which teaser or navigation a stretch stands in."""
    first, last = source.block_at(stretch[0]), source.block_at(stretch[1] - 1)
    block = next(block for block in source.blocks[first : last + 1] if not block.citable)
    kind = "a teaser" if block.role == "teaser" else block.role
    return f"line {block.line} of {_file(source)} is {kind}, not the article's own text"


def _miss_hint(missing: str, source: Source) -> str:
    parts = [part for part in OMISSION.split(missing) if part.strip()]
    absent = next((part for part in parts if not find([part], source).places), None)
    if absent is not None:
        return closest_passage(absent, source)
    if any(words(part) < WORDS_BESIDE_OMISSION for part in parts):
        return f"an omission needs at least {WORDS_BESIDE_OMISSION} words on each side"
    return OUT_OF_ORDER


def _file(source: Source) -> str:
    return source.path.rpartition("/")[2]
