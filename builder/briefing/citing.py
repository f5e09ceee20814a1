"""Every quotation of an author, looked up; and every use of one, noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from builder.briefing.misses import closest_passage
from builder.briefing.quotes import OMISSION, WORDS_BESIDE_OMISSION, Found, Source, Row, find, passage_at, words
from builder.briefing.wording import quoted_words
from builder.model import Passage, Use
from builder.problems import Problem, Span, nearest_hint
from builder.reading.yamls import Text


@dataclass(frozen=True, slots=True)
class Page:
    """The page on which an author's words will stand."""

    kind: Literal["briefing", "article", "event", "entity", "question", "page"]
    id: str = ""


@dataclass(slots=True)
class Citer:
    """Looks quotations up in all sources; gathers what is used where, what is not there, and which files the texts link to.

    `hidden` and `broken` are articles known by name that cannot be cited: drafts, and those with mistakes reported elsewhere.
    """

    sources: Mapping[str, Source]
    hidden: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    uses: list[Use] = field(default_factory=list)
    links: list[tuple[str, Span]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

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
        citable: Sequence[Row] = [row for row in found.places if all(source.citable(stretch) for stretch in row)]
        chosen = _on_line(line, citable, source) if line else citable
        if not chosen or (len(chosen) > 1 and not line):
            self.problems.append(_refusal(segments, line, source, found, citable))
            return None
        passage = passage_at(chosen[0], source, exact=found.exact)
        self.uses.append(Use(passage, how, page.kind, page.id, segments[0].span))
        return passage

    def check_words(self, text: Text | None, slugs: Iterable[str], page: Page) -> None:
        """Looks up the words in quotation marks of a plain text in the articles that it speaks of."""
        if text is None:
            return
        for worded in quoted_words(text):
            self.check_worded(worded.words, text.at(worded.offset), slugs, page, closed=worded.closed)

    def check_worded(self, said: str, span: Span, slugs: Iterable[str], page: Page, *, closed: bool) -> None:
        cited = list(dict.fromkeys(slugs))
        if not closed:
            fact = f"this quotation mark is never closed: {said[:40]}"
            self.problems.append(
                Problem(span, "quote-unsupported", fact, "close it, so that its words can be looked up")
            )
            return
        for slug in cited:
            source = self.sources.get(slug)
            if source is None:
                if slug in self.hidden or slug in self.broken:
                    return
                continue
            found = find([said], source)
            for row in found.places:
                if all(source.citable(stretch) for stretch in row):
                    passage = passage_at(row, source, exact=found.exact)
                    self.uses.append(Use(passage, "worded", page.kind, page.id, span))
                    return
        self.problems.append(self._unsupported(said, span, cited))

    def _unsupported(self, said: str, span: Span, cited: Sequence[str]) -> Problem:
        known = [self.sources[slug] for slug in cited if slug in self.sources]
        elsewhere = next(
            (slug for slug, source in self.sources.items() if slug not in cited and find([said], source).places), ""
        )
        if len(known) == 1:
            where, hint = f"is not in {_file(known[0])}", closest_passage(said, known[0])
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


def _on_line(line: int, rows: Sequence[Row], source: Source) -> list[Row]:
    """The places that begin on a raw line; else those in the paragraph that begins there."""
    on_line = [row for row in rows if source.line_at(row[0][0]) == line]
    return on_line or [row for row in rows if source.block_line_at(row[0][0]) == line]


def _refusal(segments: Sequence[Text], line: int, source: Source, found: Found, citable: Sequence[Row]) -> Problem:
    """Why a quotation is no passage: not there, only in a teaser, elsewhere than said, or there more than once."""
    span, file = segments[0].span, _file(source)
    lines = [source.line_at(row[0][0]) for row in found.places]
    if not found.places:
        return Problem(span, "quote-not-found", f"this quotation is not in {file}", _miss_hint(segments, source))
    if not citable:
        role = source.blocks[source.block_at(found.places[0][0][0])].role
        fact = (
            f"line {lines[0]} of {file} is a {role}, not the article's own text"
            if role == "teaser"
            else (f"line {lines[0]} of {file} is {role}, not the article's own text")
        )
        hint = "quote the article that it belongs to; if it is body text after all, mend “roles”"
        return Problem(span, "quote-from-teaser", fact, hint)
    if line:
        there = " and ".join(str(number) for number in dict.fromkeys(lines))
        fact = f"this quotation is not on line {line} of {file}"
        return Problem(span, "quote-not-found", fact, f"it is on line {there}")
    numbers = list(dict.fromkeys(lines))
    if len(numbers) == 1:
        fact = f"this quotation is on line {numbers[0]} of {file} {len(lines)} times"
        return Problem(
            span, "quote-ambiguous", fact, f"quote a few words more, or add “line: {numbers[0]}” for the first"
        )
    listed = ", ".join(str(number) for number in numbers[:-1]) + f" and {numbers[-1]}"
    fact = f"this quotation is in {file} {len(lines)} times, on lines {listed}"
    return Problem(span, "quote-ambiguous", fact, f"say which: add “line: {numbers[0]}”, or quote a few words more")


def _miss_hint(segments: Sequence[Text], source: Source) -> str:
    missing = next((segment for segment in segments if not find([segment], source).places), None)
    if missing is None:
        return "its parts are there, but not in this order within three paragraphs"
    parts = [part for part in OMISSION.split(missing) if part.strip()]
    if len(parts) > 1:
        if any(words(part) < WORDS_BESIDE_OMISSION for part in parts):
            return f"an omission needs at least {WORDS_BESIDE_OMISSION} words on each side"
        absent = next((part for part in parts if not find([part], source).places), None)
        if absent is None:
            return "its parts are there, but not in this order within three paragraphs"
        return closest_passage(absent, source)
    return closest_passage(missing, source)


def _file(source: Source) -> str:
    return source.path.rpartition("/")[2]
