"""The kinds of value in the tables: text, numbers, lists, dates, and facts that a source states or the author infers.

What is inferred says so beside its value, in every format: `basis` is `stated` or `inferred`, `reason` the author's.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from builder.model import Day, Stated, StatedDate, When
from builder.site.data.formats import BETWEEN, Kind, Record, Schema, closed, in_cell

Cells = Callable[[object], tuple[object, ...]]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
BASIS: Schema = {"enum": ["stated", "inferred"]}
WHY: Schema = {"type": "string", "description": "The author's reason, where it is inferred."}
DAY: Schema = {
    "type": ["string", "null"],
    "description": "The first or last day that it can mean; null where that is open.",
}


def nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def joined(value: object) -> tuple[object, ...]:
    """A list in one cell."""
    return (BETWEEN.join(map(in_cell, value)) if isinstance(value, list) else "",)


def parts(*keys: str) -> Cells:
    """The values of a mapping under these keys, a cell each; empty ones for None."""

    def cells(value: object) -> tuple[object, ...]:
        return tuple(value.get(key) for key in keys) if isinstance(value, Mapping) else ("",) * len(keys)

    return cells


def parts_joined(*keys: str) -> Cells:
    """The mappings of a list under these keys: a cell for each key, with the values of all."""

    def cells(value: object) -> tuple[object, ...]:
        found = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
        return tuple(BETWEEN.join(in_cell(item.get(key)) for item in found) for key in keys)

    return cells


def objects(keys: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Kind:
    """A list of mappings with these keys; the first key's values are in the cell of the column's own name."""
    first, *others = keys
    ends = ("", *(f"_{key}" for key in others))
    return Kind({"type": "array", "items": closed(keys, optional)}, ends, parts_joined(first, *others))


FACT_SCHEMA = closed({"value": STRING, "basis": BASIS, "reason": WHY}, ["reason"])
DATE_KEYS: dict[str, Schema] = {"edtf": STRING, "earliest": DAY, "latest": DAY}

TEXT = Kind(STRING)
TEXT_OR_NULL = Kind(nullable(STRING))
COUNT = Kind(INTEGER)
COUNT_OR_NULL = Kind(nullable(INTEGER))
TRUTH = Kind({"type": "boolean"})
SHA256 = Kind(DIGEST)
LIST = Kind({"type": "array", "items": STRING}, cells=joined)
FACT = Kind(nullable(FACT_SCHEMA), ("", "_basis", "_reason"), parts("value", "basis", "reason"))
FACTS = Kind(
    {"type": "array", "items": FACT_SCHEMA}, ("", "_basis", "_reason"), parts_joined("value", "basis", "reason")
)
DATE = Kind(nullable(closed(DATE_KEYS)), ("", "_earliest", "_latest"), parts("edtf", "earliest", "latest"))
DATED = Kind(
    nullable(closed({**DATE_KEYS, "basis": BASIS, "reason": WHY}, ["reason"])),
    ("", "_earliest", "_latest", "_basis", "_reason"),
    parts("edtf", "earliest", "latest", "basis", "reason"),
)


def choice(*words: str) -> Kind:
    return Kind({"enum": list(words)})


# --- values --------------------------------------------------------------------------------------------------------


def based(basis: str) -> Record:
    """Whether something is stated or, for a reason, inferred."""
    return {"basis": "inferred", "reason": basis} if basis else {"basis": "stated"}


def fact(stated: Stated) -> Record | None:
    return {"value": stated.value, **based(stated.basis)} if stated.value else None


def date(when: When | None) -> Record | None:
    if when is None:
        return None
    return {"edtf": when.edtf, "earliest": iso_day(when.earliest), "latest": iso_day(when.latest)}


def dated(stated: StatedDate) -> Record | None:
    found = date(stated.when)
    return {**found, **based(stated.basis)} if found else None


@lru_cache(maxsize=10_000)
def iso_day(day: Day | None) -> str | None:
    """A day in ISO 8601; years before 1 or of five digits with their sign, as its extended form has them."""
    if day is None:
        return None
    year, month, of_month = day
    years = f"{year:04d}" if 0 <= year <= 9999 else f"{'-' if year < 0 else '+'}{abs(year):06d}"
    return f"{years}-{month:02d}-{of_month:02d}"
