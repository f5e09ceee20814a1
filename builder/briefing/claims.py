"""The briefing's own file: claims with what they rest on, questions with who answers how."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.briefing.citing import Citer, Page
from builder.briefing.prosing import Known, resolve_prose
from builder.model import (
    Article,
    Change,
    Claim,
    Confidence,
    Passage,
    Position,
    Prose,
    Question,
    Section,
)
from builder.problems import Problem
from builder.reading.prose import read_prose
from builder.reading.schema import BriefingForm, PositionForm, QuestionForm
from builder.reading.yamls import Text

HOME = Page("briefing")


class Grounds:
    """What claims rest on: which articles are of one origin, and which passages an unnamed person is quoted in."""

    def __init__(self, articles: Sequence[Article], origins: Sequence[Sequence[str]]) -> None:
        self.origin_of: Mapping[str, int] = {slug: index for index, group in enumerate(origins) for slug in group}
        self.anonymous = {
            article.slug: [(quote.passage, quote.anonymous) for quote in article.quotes if quote.anonymous]
            for article in articles
        }

    def origins(self, slugs: Iterable[str]) -> int:
        """How many independent origins these articles have."""
        return len({self.origin_of[slug] for slug in slugs})

    def unnamed(self, passages: Iterable[Passage]) -> int:
        """How many unnamed people's words these passages hold; a wire story's source is one person in every print."""
        people = {
            (self.origin_of[cited.article], description)
            for cited in passages
            for said, description in self.anonymous.get(cited.article, ())
            if cited.start < said.end and said.start < cited.end
        }
        return len(people)


def claims(form: BriefingForm, grounds: Grounds, citer: Citer, known: Known) -> Iterator[Claim]:
    for point in form.key_points:
        text = resolve_prose(read_prose(point.text), HOME, citer, known)
        slugs = [cite.article for cite in text.cites]
        citer.check_words(point.reason, slugs, HOME)
        passages = [cite.passage for cite in text.cites if cite.passage]
        yield Claim(
            text,
            confidence(point.confidence),
            str(point.reason or ""),
            grounds.origins(slugs),
            grounds.unnamed(passages),
        )


def confidence(text: Text | None) -> Confidence:
    match text:
        case "high" | "moderate" | "low":
            return str(text)  # type: ignore[return-value]  # the schema lets nothing else through
        case _:
            return ""


def sections(form: BriefingForm, citer: Citer, known: Known) -> Iterator[Section]:
    for section in form.sections:
        text = resolve_prose(read_prose(section.text), HOME, citer, known)
        citer.check_words(section.title, [cite.article for cite in text.cites], HOME)
        yield Section(str(section.title), text)


def questions(form: BriefingForm, grounds: Grounds, citer: Citer, known: Known) -> Iterator[Question]:
    taken: dict[str, int] = {}
    for question in form.questions:
        if question.id in taken:
            fact = f"the question “{question.id}” stands here twice; the first is on line {taken[question.id]}"
            citer.problems.append(Problem(question.id.span, "slug-taken", fact, "give one of them another id"))
        taken.setdefault(question.id, question.id.span.line)
        yield _question(question, grounds, citer, known)


def _question(form: QuestionForm, grounds: Grounds, citer: Citer, known: Known) -> Question:
    page = Page("question", str(form.id))
    slugs = [str(says.article) for position in form.positions for says in position.says]
    positions = tuple(_position(position, page, grounds, citer) for position in form.positions)
    note = resolve_prose(read_prose(form.note), page, citer, known, about=slugs)
    citer.check_words(form.question, [*slugs, *(cite.article for cite in note.cites)], page)
    return Question(str(form.id), str(form.question), note, positions)


def _position(form: PositionForm, page: Page, grounds: Grounds, citer: Citer) -> Position:
    citer.check_words(form.answer, [str(says.article) for says in form.says], page)
    passages = []
    for says in form.says:
        source = citer.source(says.article, says.article.span)
        passage = citer.passage(says.quote, says.line or 0, source, page) if source else None
        if passage:
            passages.append(passage)
    return Position(str(form.answer), tuple(passages), grounds.origins(passage.article for passage in passages))


def unknowns(form: BriefingForm, citer: Citer, known: Known) -> Iterator[Prose]:
    return (resolve_prose(read_prose(unknown.text), HOME, citer, known) for unknown in form.unknowns)


def changes(form: BriefingForm, citer: Citer, known: Known) -> Iterator[Change]:
    return (
        Change(change.date.when, resolve_prose(read_prose(change.text), HOME, citer, known)) for change in form.changes
    )
