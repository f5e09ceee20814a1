"""An author's Markdown, resolved: citations looked up, links followed, names linked, quoted words checked."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from builder.briefing.citing import Citer, Page
from builder.briefing.names import Register
from builder.briefing.wording import MARK, quoted_block, quoted_words
from builder.model import Cite, Local, Markup, Piece, Prose, Ref, Words
from builder.problems import Problem, Span, nearest_hint
from builder.reading.prose import CiteForm, Code, PieceForm, ProseForm, RefForm
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may link to: names of entities and titles of events by id; the register for names without a link."""

    entities: Mapping[str, str]
    events: Mapping[str, str]
    register: Register


def resolve_prose(
    form: ProseForm, page: Page, citer: Citer, known: Known, *, about: Iterable[str] = (), check_words: bool = True
) -> Prose:
    """Resolves one text. `about` are articles that it speaks of without citing them, as a summary of its article.

    A block quotation (`>`) that cites an article is a quotation as a whole, where it has no quotation marks of its own.

    `check_words` false: words in quotation marks are looked up only where a block cites an article (free pages).
    """
    citer.problems += form.problems
    citer.links += form.links
    pieces: list[Piece] = []
    cursor = quoting = 0
    for block in form.blocks:
        if isinstance(block, Markup):
            quoting += block.html.startswith("<blockquote") - block.html.startswith("</blockquote")
            pieces.append(block)
            continue
        cited = [piece.slug for piece in block if isinstance(piece, CiteForm)]
        shown = _shown(block, form.text, cursor, known)
        cursor = shown.end
        if check_words or cited:
            worded = list(quoted_words(shown.text))
            if quoting and cited and not worded:
                worded = list(quoted_block(shown.text))
            for one in worded:
                span = form.text.at(shown.written_at(one.offset))
                citer.check_worded(one.words, span, [*about, *cited], page, closed=one.closed)
        pieces += _resolved(block, page, citer, known)
    return Prose(tuple(pieces))


CITATION = re.compile(r'\[@[^\s":\]]+(?::\d*)?\s*(?:"(?:\\[\s\S]|[^"\\])*"\s*)?\]')
"""A citation as it stands in the author's text, to step over it."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a reader sees of one block, and where its parts stand in the author's text.

    `places` are offsets here and there, ascending; `end` is where the block ends there.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    end: int

    def written_at(self, offset: int) -> int:
        """Where the character at `offset` stands in the author's text; nearby, where it was written as an escape."""
        index = bisect_right(self.places, offset, key=itemgetter(0)) - 1
        shown, written = self.places[index]
        return written + offset - shown


def _shown(block: Iterable[PieceForm], written: str, cursor: int, known: Known) -> _Shown:
    """Puts the displayed text of a block together, citations left out, and walks along the author's text with it."""
    text, places = "", [(0, cursor)]
    for piece in block:
        match piece:
            case Words(words):
                found, length = written.find(words, cursor), len(words)
            case Code(code):
                found, length, words = written.find(code, cursor), len(code), MARK.sub(" ", code)
            case RefForm():
                label = piece.label or piece.id
                found, length = written.find(label, cursor), len(label)
                words = piece.label or _targets(piece, known).get(piece.id, piece.id)
            case CiteForm():
                if match := CITATION.search(written, cursor):
                    cursor = match.end()
                continue
            case Markup(html) if html.startswith("<br"):
                found, length, words = -1, 0, "\n"
            case _:
                continue
        if found >= 0:
            places.append((len(text), found))
            cursor = found + length
        text += words
    return _Shown(text, tuple(places), cursor)


def _resolved(block: Iterable[PieceForm], page: Page, citer: Citer, known: Known) -> Iterator[Piece]:
    linked: set[str] = {page.id} if page.kind == "entity" else set()
    in_link = 0
    for piece in block:
        match piece:
            case Markup(html) | Local(opening=html):
                in_link += html.startswith("<a") - html.startswith("</a")
                yield piece
            case Words(text) if in_link:
                yield piece
            case Words(text):
                yield from _with_names(text, linked, known)
            case Code(text):
                yield Words(text)
            case CiteForm():
                if cite := _cite(piece, page, citer):
                    yield cite
            case RefForm():
                linked.add(piece.id)
                yield _ref(piece, citer, known)


def _with_names(text: str, linked: set[str], known: Known) -> Iterator[Piece]:
    """Words with each entity's first mention in the block linked. A form that could mean two is left alone."""
    here = 0
    for match in known.register.matches(text):
        form = known.register.forms[match.form]
        entity = form.entities[0]
        if form.ambiguous or entity in linked:
            continue
        linked.add(entity)
        if match.start > here:
            yield Words(text[here : match.start])
        yield Ref("entity", entity, text[match.start : match.end], automatic=True)
        here = match.end
    if here < len(text):
        yield Words(text[here:])


def _cite(form: CiteForm, page: Page, citer: Citer) -> Cite | None:
    source = citer.source(form.slug, form.span)
    if source is None:
        return None
    if form.passage is None:
        if form.line and form.line > source.last_line:
            fact = f"{source.path.rpartition('/')[2]} has no line {form.line}"
            citer.problems.append(Problem(form.span, "quote-not-found", fact, f"its last line is {source.last_line}"))
        return Cite(form.slug, None, form.span)
    if not form.passage.strip():
        citer.problems.append(
            Problem(form.span, "quote-not-found", "this citation quotes nothing", f"write [@{form.slug}]")
        )
        return None
    passage = citer.passage((form.passage,), form.line, source, page)
    return Cite(form.slug, passage, form.span) if passage else None


def _ref(form: RefForm, citer: Citer, known: Known) -> Piece:
    targets = _targets(form, known)
    if form.id not in targets:
        citer.problems.append(no_such(form.kind, form.id, targets, form.span))
        return Words(form.label or form.id)
    return Ref("event" if form.kind == "event" else "entity", form.id, form.label or targets[form.id])


def _targets(form: RefForm, known: Known) -> Mapping[str, str]:
    return known.events if form.kind == "event" else known.entities


def no_such(kind: str, name: str, known: Iterable[str], span: Span) -> Problem:
    """There is no such entity or event; the nearest is offered."""
    return Problem(span, f"{kind}-unknown", f"there is no {kind} “{name}”", nearest_hint(name, known))
