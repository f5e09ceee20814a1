"""The table of quotations that a published site carries, read from a stranger's hand."""

from collections.abc import Iterable

from pydantic import BaseModel, TypeAdapter, ValidationError

from builder.outlets.published import Fault, Published
from builder.site.urls import QUOTATIONS_JSON

TABLE = QUOTATIONS_JSON


class UseRecord(BaseModel):
    page: str
    how: str


class QuotationRecord(BaseModel):
    """A passage: its words or, where they may not be printed, their SHA-256. `at`: its place in the displayed text."""

    article: str
    line: int
    page: str
    id: str
    words: str | None = None
    sha256: str | None = None
    at: list[tuple[int, int]]
    uses: list[UseRecord]

    @property
    def shown(self) -> str:
        return f"“{self.words}”" if self.words is not None else f"those with the SHA-256 {self.sha256}"


class ArticleRecord(BaseModel):
    slug: str
    page: str
    file: str
    sha256: str


class Audit(BaseModel):
    articles: list[ArticleRecord]
    quotations: list[QuotationRecord]


def read_audit(published: Published) -> Audit | Fault:
    body = published.body(TABLE)
    if body is None:
        return Fault(TABLE, "is not there, or cannot be read: no quotation can be checked")
    try:
        return TypeAdapter(Audit).validate_json(body)
    except ValidationError as failure:
        where = ".".join(map(str, failure.errors()[0]["loc"]))
        return Fault(TABLE, f"is damaged{f' at {where}' if where else ''}: no quotation can be checked")


def uses(quotations: Iterable[QuotationRecord]) -> int:
    """How many quotations these are, counted as the site does: every use of a passage."""
    return sum(len(quotation.uses) for quotation in quotations)
