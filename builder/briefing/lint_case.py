"""What the lint's rules look at, and what they say: findings that an author can answer with `ignore`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from builder.briefing.dates import AFTER_ALL
from builder.briefing.named_days import days_between, days_of
from builder.briefing.names import READ_FOR_NAMES, Register, read_register
from builder.briefing.prosing import CITATION
from builder.briefing.timeline import KeyedAccount, keyed
from builder.briefing.titles import Holder
from builder.briefing.wording import quoted_words
from builder.memo import Memo
from builder.model import Article, Block, Briefing, Cite, Claim, Event, Passage, Prose, When
from builder.problems import Span
from builder.reading.articles import ArticleDraft
from builder.reading.files import BRIEFING, TIMELINE
from builder.reading.parse import Drafts
from builder.reading.schema import ClaimForm
from builder.reading.yamls import Text
from builder.values import dataclass

NOT_WORDS = re.compile(
    rf"{CITATION.pattern}|\[\[[^\]|]*\]\]|\[\[[^\]|]*\||\]\]|\]\([^)]*\)|<?https?://[^\s>]*>?|`[^`]*`",
)
"""What an author's Markdown holds beside words: citations, ids, addresses, code."""

DAYS_OF_CONTEXT = 31
"""A date that leaves more days open than this names none of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say, and what an `ignore` may call it by.

    `names`: keys, ids and slugs. `lines`: lines of the article that it is about, for an `ignore` in `file`.
    """

    code: str
    span: Span
    message: str
    hint: str
    names: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """When a briefing plays: the `years` of its articles and events, that of the briefing first; and the `days` and all
    `years_named`, which an author may name without a quotation."""

    years: tuple[int, ...]
    years_named: frozenset[int]
    days: frozenset[tuple[int, int, int]]


class Case:
    """A briefing as written and as resolved, and the ways from one to the other.

    `written` and `articles` are by slug. `passages`: what was found for a quotation, by the place where it is written.
    `keyed` and `events` are those whose accounts were all read and found. `unsound`: files with mistakes in them, in
    which something stands in for what the author wrote. `sound`: it is known that there are none, and that everything
    was found. What a case is not asked for is not made.
    """

    def __init__(
        self,
        drafts: Drafts,
        briefing: Briefing,
        memo: Memo | None = None,
        times: Times | None = None,
        *,
        sound: bool = False,
    ) -> None:
        self.drafts, self.briefing, self.memo = drafts, briefing, Memo() if memo is None else memo
        self.unsound = frozenset(problem.span.path for problem in drafts.problems if problem.severity == "error")
        self.sound = sound and not self.unsound
        self._times = times

    @property
    def complete(self) -> bool:
        """Whether what is not there was not written, rather than not read."""
        return not (self.unsound or self.drafts.broken)

    @property
    def own_texts(self) -> tuple[str, ...]:
        """A name for all that an author wrote elsewhere than in articles' summaries and the register, and for where."""
        paths = (BRIEFING, TIMELINE, *(page.path for page in self.drafts.pages))
        return tuple(part for path in paths for part in (path, self.drafts.made_of.get(path, "")))

    @property
    def language(self) -> str:
        """That of the author's own words."""
        return self.briefing.settings.language

    @cached_property
    def written(self) -> Mapping[str, ArticleDraft]:
        return {draft.slug: draft for draft in self.drafts.articles}

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        return {article.slug: article for article in self.briefing.articles}

    @cached_property
    def passages(self) -> Mapping[Span, Passage]:
        return {use.span: use.passage for use in self.briefing.uses if use.how != "worded"}

    @cached_property
    def every_keyed(self) -> tuple[KeyedAccount, ...]:
        return keyed(
            (draft, form, self.passages.get(form.quote[0].span))
            for draft in self.drafts.articles
            for form in draft.form.events
        )

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The keys of events of which an account was not read or not found."""
        return frozenset(
            account.key
            for account in (() if self.sound else self.every_keyed)
            if account.passage is None or account.draft.form_path in self.unsound
        )

    @cached_property
    def keyed(self) -> tuple[KeyedAccount, ...]:
        return tuple(account for account in self.every_keyed if account.key not in self.doubtful)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for event in self.briefing.events if event.key not in self.doubtful)

    @cached_property
    def register(self) -> Register:
        return read_register(self.drafts.entities)[0]

    @cached_property
    def holders(self) -> Mapping[str, Holder]:
        """Those with offices, by the id of their entry."""
        return {entity.id: Holder.of(entity) for entity in self.briefing.entities if entity.offices}

    @cached_property
    def times(self) -> Times:
        return self._times or times_of(self.briefing)


def times_of(briefing: Briefing) -> Times:
    as_of = briefing.as_of
    now = (as_of.latest or as_of.earliest or AFTER_ALL)[0]
    # Many have one date, and a date is what is written of it.
    told = {when.edtf: when for event in briefing.events for when in (event.when,)}
    told |= {when.edtf: when for article in briefing.articles if (when := article.published.when)}
    told[as_of.edtf] = as_of
    named = told | {change.when.edtf: change.when for change in briefing.changes}
    named |= {account.when.edtf: account.when for event in briefing.events for account in event.accounts}
    days = {
        (day.month, day.day, year)
        for when in named.values()
        if when.earliest and when.latest and days_between(when.earliest, when.latest) <= DAYS_OF_CONTEXT
        for day in days_of(when)
        for year in (0, day.year)
    }
    years = sorted(_years_of(told.values()), key=lambda year: (abs(year - now), year))
    return Times(tuple(years), frozenset(_years_of(named.values())), frozenset(days))


def _years_of(whens: Iterable[When]) -> set[int]:
    return {day[0] for when in whens for day in (when.earliest, when.latest) if day}


# --- an author's own words ----------------------------------------------------------------------------------------


def own_words(text: Text) -> str:
    """The words of an author's Markdown that are neither quoted nor markup, each at its offset: the rest is blank."""
    bare = NOT_WORDS.sub(lambda match: " " * len(match[0]), text)
    characters = list(bare)
    for worded in quoted_words(bare):
        end = worded.offset + len(worded.words)
        characters[worded.offset : end] = " " * (end - worded.offset)
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class Point:
    """Words of an author that rest on passages: a key point or the bottom line.

    `cites` are the citations in it; `quote` is the passage of a key point's own `quote`. `article`: the article that it
    is about, if it is one's key point.
    """

    text: Text
    cites: tuple[Cite, ...]
    quote: Passage | None = None
    article: str = ""

    @property
    def slugs(self) -> tuple[str, ...]:
        """The articles that it rests on."""
        return tuple(dict.fromkeys([*filter(None, [self.article]), *(cite.article for cite in self.cites)]))

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(filter(None, [self.quote, *(cite.passage for cite in self.cites)]))


def points_of_briefing(case: Case) -> Iterator[Point]:
    """The bottom line and every key point of the briefing's own, of which all quotations were found."""
    form, briefing = case.drafts.briefing, case.briefing
    if _all_found(form.bottom_line, briefing.bottom_line):
        yield Point(form.bottom_line, briefing.bottom_line.cites)
    yield from (Point(claim_form.text, claim.text.cites) for claim_form, claim in claims(case))


def points_of_article(draft: ArticleDraft, case: Case) -> Iterator[Point]:
    """Every key point of an article, of which all quotations were found."""
    for point_form, point in zip(draft.form.key_points, case.articles[draft.slug].key_points, strict=True):
        if _all_found(point_form.text, point.text) and bool(point_form.quote) == bool(point.passage):
            yield Point(point_form.text, point.text.cites, point.passage, draft.slug)


def claims(case: Case) -> Iterator[tuple[ClaimForm, Claim]]:
    """Every key point of the briefing, as written and as resolved, of which all quotations were found."""
    both = zip(case.drafts.briefing.key_points, case.briefing.key_points, strict=True)
    return ((form, claim) for form, claim in both if _all_found(form.text, claim.text))


def _all_found(text: Text, prose: Prose) -> bool:
    """Whether every citation was found; what was not is reported already."""
    return len(CITATION.findall(text)) <= len(prose.cites)


def texts_of_briefing(drafts: Drafts) -> Iterator[Text]:
    """What an author wrote elsewhere than in articles' summaries and the register."""
    briefing = drafts.briefing
    given: list[Text | None] = [briefing.bottom_line, briefing.title]
    given += [point.text for point in briefing.key_points]
    given += [text for section in briefing.sections for text in (section.title, section.text)]
    for question in briefing.questions:
        given += [question.question, question.note, *(position.answer for position in question.positions)]
    given += [unknown.text for unknown in briefing.unknowns]
    given += [change.text for change in briefing.changes]
    for event in drafts.events.values():
        given += [event.title, event.note, event.disputed]
    given += [page.text.text for page in drafts.pages]
    yield from filter(None, given)


def texts_of_summary(draft: ArticleDraft) -> Iterator[Text]:
    """What an author wrote about one article."""
    form = draft.form
    given = [form.summary, *(point.text for point in form.key_points), *(note.text for note in form.notes)]
    given += [text for account in form.events for text in (account.title, account.basis)]
    yield from filter(None, given)


# --- an article's own words ---------------------------------------------------------------------------------------


def texts_around(article: Article) -> Iterator[str]:
    """Where an article names somebody outside its text: its titles and credits, its publisher and authors."""
    yield article.title
    yield from (fact.value for fact in (article.publisher, *article.agencies, *article.authors))
    yield from (block.text for block in article.blocks if block.citable and block.role not in READ_FOR_NAMES)


def entities_in(texts: Iterable[str], register: Register) -> Iterator[str]:
    """The entities of all names in some texts; of an ambiguous one, all that it may be."""
    forms = {match.form for text in texts for match in register.everywhere(text)}
    return (entity for form in forms for entity in register.forms[form].entities)


def place_in(article: Article, block: Block, offset: int) -> Span:
    """Where a character of a block stands in the article's file."""
    start = max((begin for begin, _ in block.turns if begin <= offset), default=0)
    return Span(article.path, block.line_at(offset), offset - start + 1)


def plain(prose: Prose) -> str:
    """What a reader sees of an author's text, citations left out."""
    return "".join(getattr(piece, "text", getattr(piece, "label", " ")) for piece in prose.pieces)


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text, as a message shows it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rstrip() + "…"
