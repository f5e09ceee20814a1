"""The questions on which the sources differ, for machines: every answer, who gives it, and who is silent."""

from collections.abc import Iterator, Mapping

from builder.model import Article, Position, Question
from builder.site import urls
from builder.site.data.formats import (
    Column,
    Record,
    Row,
    Schema,
    Table,
    a_line_each,
    closed,
    document,
    lines_of,
    record_schema,
    schema_of,
    table_csv,
)
from builder.site.data.kinds import COUNT, FACT, INTEGER, STRING, TEXT, fact
from builder.site.data.passages import PASSAGE, passage_record, passage_values
from builder.site.frame import Site
from builder.site.page_differences import agency_of

SOURCE = (
    Column("slug", TEXT, "The name by which it is cited.", safe=True),
    Column("page", TEXT, "Its page: a path from the site's root.", safe=True),
    Column("title", TEXT, "Its title."),
    Column("publisher", FACT, "Who published it."),
    Column("agency", FACT, "The wire service that the text came from."),
    Column("origin", COUNT, "The number of its origin: texts of one wire story share it.", safe=True),
)
ABOUT_SOURCE = SOURCE[2:]
BEFORE = (
    Column("question_id", TEXT, "The question's id.", safe=True),
    Column("question", TEXT, "The question."),
    Column("answer", TEXT, "An answer to it, in the author's words."),
    Column("origins", COUNT, "How many independent origins give this answer.", safe=True),
)
ABOUT = "A source."
NOBODY: tuple[None, ...] = (None,) * (len(ABOUT_SOURCE) + len(PASSAGE))


def differences_json(site: Site) -> bytes:
    content = {
        "sources": lines_of(Table("sources", ABOUT, SOURCE, sources_of(site))),
        "questions": a_line_each(question_record(question, site) for question in site.briefing.questions),
    }
    return document(site.briefing, urls.schema_name(urls.DIFFERENCES_JSON), content)


def differences_schema(_: Site) -> bytes:
    sources = record_schema(Table("sources", ABOUT, SOURCE, ()))
    return schema_of("Where the sources differ", {"sources": sources, "questions": question_schema()})


def differences_csv(site: Site) -> bytes:
    about = {str(row[0]): tuple(row[2:]) for row in sources_of(site)}
    rows = [row for question in site.briefing.questions for row in difference_rows(question, about, site)]
    columns = (*BEFORE, *ABOUT_SOURCE, *PASSAGE)
    return table_csv(Table("differences", "A passage that gives an answer.", columns, rows))


def sources_of(site: Site) -> Iterator[Row]:
    """The sources, those of one origin together, with the agency of the origin."""
    articles = site.at.articles
    for number, group in enumerate(site.briefing.origins, 1):
        agency = fact(agency_of([articles[slug] for slug in group]))
        for slug in group:
            found = articles[slug]
            yield (slug, urls.article(slug), found.title, fact(found.publisher), agency, number)


def difference_rows(question: Question, about: Mapping[str, tuple[object, ...]], site: Site) -> Iterator[Row]:
    """A row for each passage that gives an answer; an answer that nobody gives has one without a source."""
    for position in question.positions:
        asked = (question.id, question.question, position.answer, position.origins)
        for passage in position.passages:
            yield (*asked, *about[passage.article], *passage_values(passage, site.at.articles[passage.article]))
        if not position.passages:
            yield (*asked, *NOBODY)


def question_record(question: Question, site: Site) -> Record:
    speaking = {passage.article for position in question.positions for passage in position.passages}
    return {
        "id": question.id,
        "page": urls.question(question.id),
        "question": question.question,
        "positions": [position_record(position, site.at.articles) for position in question.positions],
        "silent": [article.slug for article in site.briefing.articles if article.slug not in speaking],
    }


def position_record(position: Position, articles: Mapping[str, Article]) -> Record:
    says = [passage_record(passage, articles[passage.article]) for passage in position.passages]
    return {"answer": position.answer, "origins": position.origins, "says": says}


def question_schema() -> Schema:
    says = record_schema(Table("says", "A passage that gives it.", PASSAGE, ()))
    position = closed({"answer": STRING, "origins": INTEGER, "says": {"type": "array", "items": says}})
    slugs = {"type": "array", "items": STRING}
    keys = {"id": STRING, "page": STRING, "question": STRING}
    return closed({**keys, "positions": {"type": "array", "items": position}, "silent": slugs})
