"""What the lint's rules look at, and what they say: findings that an author can answer with `ignore`."""

import re
from collections.abc import Iterable, Iterator, Mapping

from builder.briefing.names import READ_FOR_NAMES, Register, read_register
from builder.briefing.prosing import CITATION
from builder.briefing.timeline import KeyedAccount, keyed
from builder.briefing.wording import quoted_words
from builder.model import Article, Block, Briefing, Cite, Claim, Event, Passage, Prose
from builder.problems import Span
from builder.reading.articles import ArticleDraft
from builder.reading.parse import Drafts
from builder.reading.schema import ClaimForm
from builder.reading.yamls import Text
from builder.values import dataclass

NOT_WORDS = re.compile(
    rf"{CITATION.pattern}|\[\[[^\]|]*\]\]|\[\[[^\]|]*\||\]\]|\]\([^)]*\)|<?https?://[^\s>]*>?|`[^`]*`",
)
"""What an author's Markdown holds beside words: citations, ids, addresses, code."""


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
class Case:
    """A briefing as written and as resolved, and the ways from one to the other.

    `written` and `articles` are by slug. `passages`: what was found for a quotation, by the place where it is written.
    `keyed` and `events` are those whose accounts were all read and found. `unsound`: files with mistakes in them, in
    which something stands in for what the author wrote.
    """

    drafts: Drafts
    briefing: Briefing
    written: Mapping[str, ArticleDraft]
    articles: Mapping[str, Article]
    passages: Mapping[Span, Passage]
    keyed: tuple[KeyedAccount, ...]
    events: tuple[Event, ...]
    register: Register
    unsound: frozenset[str]

    @property
    def complete(self) -> bool:
        """Whether what is not there was not written, rather than not read."""
        return not (self.unsound or self.drafts.broken)

    @property
    def language(self) -> str:
        """That of the author's own words."""
        return self.briefing.settings.language


def open_case(drafts: Drafts, briefing: Briefing) -> Case:
    passages = {use.span: use.passage for use in briefing.uses if use.how != "worded"}
    unsound = frozenset(problem.span.path for problem in drafts.problems if problem.severity == "error")
    accounts = keyed(
        (draft, form, passages.get(form.quote[0].span)) for draft in drafts.articles for form in draft.form.events
    )
    doubtful = {account.key for account in accounts if account.passage is None or account.draft.form_path in unsound}
    return Case(
        drafts,
        briefing,
        {draft.slug: draft for draft in drafts.articles},
        {article.slug: article for article in briefing.articles},
        passages,
        tuple(account for account in accounts if account.key not in doubtful),
        tuple(event for event in briefing.events if event.key not in doubtful),
        read_register(drafts.entities)[0],
        unsound,
    )


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


def points(case: Case) -> Iterator[Point]:
    """The bottom line and every key point, of the briefing and of its articles, of which all quotations were found."""
    form, briefing = case.drafts.briefing, case.briefing
    if _all_found(form.bottom_line, briefing.bottom_line):
        yield Point(form.bottom_line, briefing.bottom_line.cites)
    yield from (Point(claim_form.text, claim.text.cites) for claim_form, claim in claims(case))
    for draft in case.drafts.articles:
        article = case.articles[draft.slug]
        for point_form, point in zip(draft.form.key_points, article.key_points, strict=True):
            if _all_found(point_form.text, point.text) and bool(point_form.quote) == bool(point.passage):
                yield Point(point_form.text, point.text.cites, point.passage, draft.slug)


def claims(case: Case) -> Iterator[tuple[ClaimForm, Claim]]:
    """Every key point of the briefing, as written and as resolved, of which all quotations were found."""
    both = zip(case.drafts.briefing.key_points, case.briefing.key_points, strict=True)
    return ((form, claim) for form, claim in both if _all_found(form.text, claim.text))


def _all_found(text: Text, prose: Prose) -> bool:
    """Whether every citation was found; what was not is reported already."""
    return len(CITATION.findall(text)) <= len(prose.cites)


def own_texts(drafts: Drafts) -> Iterator[Text]:
    """Every text in which an author may cite, link or name, but for the register's descriptions."""
    yield from texts_of_briefing(drafts)
    for article in drafts.articles:
        yield from texts_of_summary(article)


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
