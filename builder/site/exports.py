"""What machines read of the audit and of the differences: `data/*.json` and `data/*.csv`.

Words of a source stand here as far as its rights allow; where they do not, their SHA-256 does. What the author inferred
carries its basis, so that nobody takes it for stated.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate

from builder.model import Article, Block, Briefing, Passage, Position, Question, Stated, Use
from builder.site import urls
from builder.site.lookup import grouped, passages_cited
from builder.site.page_differences import agency_of

FORMAT = 1
Record = dict[str, object]

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for a formula at the beginning of a cell: https://owasp.org/www-community/attacks/CSV_Injection"""

DIFFERENCES = (
    *("question_id", "question", "answer", "origins", "article", "title", "publisher", "publisher_basis"),
    *("agency", "agency_basis", "origin", "line", "page", "match", "words", "sha256"),
)


def exports(briefing: Briefing) -> dict[str, bytes]:
    """The files by their path in the output."""
    articles = {article.slug: article for article in briefing.articles}
    questions = [question_record(question, briefing, articles) for question in briefing.questions]
    files = {urls.QUOTATIONS_JSON: document(briefing, quotations_of(briefing))}
    if questions:
        files[urls.DIFFERENCES_JSON] = document(briefing, {"sources": sources_of(briefing), "questions": questions})
        files[urls.DIFFERENCES_CSV] = table(DIFFERENCES, difference_rows(briefing, articles))
    return files


# --- quotations ----------------------------------------------------------------------------------------------------


def quotations_of(briefing: Briefing) -> dict[str, list[Record]]:
    """Every article, and every passage of one with the pages that use it, in the order of the texts."""
    uses_of = grouped((use.passage.article, use) for use in briefing.uses)
    quotations = (
        quotation
        for article in briefing.articles
        if article.slug in uses_of
        for quotation in quotations_from(article, uses_of[article.slug])
    )
    return {"articles": [article_record(article) for article in briefing.articles], "quotations": list(quotations)}


def article_record(article: Article) -> Record:
    return {
        "slug": article.slug,
        "page": urls.article(article.slug),
        "file": article.path.removeprefix("content/"),
        "sha256": article.sha256,
        "text": article.rights,
    }


def quotations_from(article: Article, uses: Iterable[Use]) -> Iterator[Record]:
    found = tuple(uses)
    uses_of = grouped((use.passage.id, use) for use in found)
    text = Displayed(article.blocks)
    for passage in passages_cited(found):
        yield {
            **passage_record(passage, article),
            "at": text.stretches(passage),
            "uses": [{"page": urls.place(use.kind, use.id), "how": use.how} for use in uses_of[passage.id]],
        }


def passage_record(passage: Passage, article: Article) -> Record:
    """A passage: its words, or their SHA-256 where they may not be reprinted."""
    words = {"words": passage.text} if article.rights != "none" else {"sha256": digest(passage.text)}
    return {
        "article": article.slug,
        "line": passage.line,
        "page": urls.passage(passage) if article.rights != "none" else urls.line(article.slug, passage.line),
        "id": passage.id,
        "match": "exact" if passage.exact else "typography",
        **words,
    }


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


class Displayed:
    """The displayed text of an article: its blocks, joined by line feeds."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        texts = [block.text for block in blocks]
        self.text = "\n".join(texts)
        self.starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def stretches(self, passage: Passage) -> list[list[int]]:
        """Start and end of each stretch of a passage, in code points; a new one where words were left out."""
        found: list[list[int]] = []
        for part in passage.parts:
            start, end = self.starts[part.block] + part.start, self.starts[part.block] + part.end
            if found and not self.text[found[-1][1] : start].strip():
                found[-1][1] = end
            else:
                found.append([start, end])
        return found


# --- differences ---------------------------------------------------------------------------------------------------


def sources_of(briefing: Briefing) -> list[Record]:
    """The sources, with the number of the origin that each belongs to: texts of one wire story share it."""
    articles = {article.slug: article for article in briefing.articles}
    return [
        {
            "slug": slug,
            "page": urls.article(slug),
            "title": articles[slug].title,
            "publisher": stated(articles[slug].publisher),
            "agency": stated(agency_of([articles[other] for other in group])),
            "origin": number,
        }
        for number, group in enumerate(briefing.origins, 1)
        for slug in group
    ]


def stated(value: Stated) -> Record | None:
    if not value.value:
        return None
    return {"value": value.value, "inferred": value.basis} if value.basis else {"value": value.value}


def question_record(question: Question, briefing: Briefing, articles: Mapping[str, Article]) -> Record:
    speaking = {passage.article for position in question.positions for passage in position.passages}
    return {
        "id": question.id,
        "page": urls.question(question.id),
        "question": question.question,
        "positions": [position_record(position, articles) for position in question.positions],
        "silent": [article.slug for article in briefing.articles if article.slug not in speaking],
    }


def position_record(position: Position, articles: Mapping[str, Article]) -> Record:
    says = [passage_record(passage, articles[passage.article]) for passage in position.passages]
    return {"answer": position.answer, "origins": position.origins, "says": says}


def difference_rows(briefing: Briefing, articles: Mapping[str, Article]) -> Iterator[Record]:
    """A row for each passage that gives an answer; an answer that nobody gives has one without a source."""
    about = {source["slug"]: source_cells(source) for source in sources_of(briefing)}
    for question in briefing.questions:
        asked = {"question_id": question.id, "question": question.question}
        for position in question.positions:
            row = {**asked, "answer": position.answer, "origins": position.origins}
            for passage in position.passages:
                yield {**row, **about[passage.article], **passage_record(passage, articles[passage.article])}
            if not position.passages:
                yield row


def source_cells(source: Record) -> Record:
    cells: Record = {"title": source["title"], "origin": source["origin"]}
    for name in ("publisher", "agency"):
        if isinstance(fact := source[name], dict):
            cells |= {name: fact["value"], f"{name}_basis": fact.get("inferred", "")}
    return cells


# --- the two formats -----------------------------------------------------------------------------------------------


def document(briefing: Briefing, content: Mapping[str, Sequence[Record]]) -> bytes:
    """JSON with a record a line, so that a change to one is a line in a comparison."""
    head = {"format": FORMAT, "title": briefing.title, "as_of": briefing.as_of.edtf}
    parts = [f"{json.dumps(name)}: {dumped(value)}" for name, value in head.items()]
    for name, records in content.items():
        rows = ",\n".join(map(dumped, records))
        parts.append(f"{json.dumps(name)}: [\n{rows}\n]")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def table(columns: Sequence[str], rows: Iterable[Record]) -> bytes:
    """CSV (RFC 4180), every cell in quotation marks."""
    lines = [columns, *([str(row.get(name, "")) for name in columns] for row in rows)]
    return "".join(",".join(map(cell, line)) + "\r\n" for line in lines).encode()


def cell(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what it would take for a formula."""
    harmless = f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
    return '"' + harmless.replace('"', '""') + '"'
