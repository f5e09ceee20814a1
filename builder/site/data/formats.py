"""JSON, CSV and JSON Schema: how a table of records is written, and what is promised about its columns.

A table is a list of columns and rows of values in that order. What a column holds is its kind: it says what stands in
the JSON, which cells that makes in the CSV, and what the schema promises. So the three cannot disagree.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from json.encoder import encode_basestring
from typing import Any, TypeVar

from builder.model import Briefing
from builder.values import dataclass

FORMAT = 1
Record = dict[str, object]
Row = Sequence[object]
Schema = dict[str, object]

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for a formula at the beginning of a cell: https://owasp.org/www-community/attacks/CSV_Injection"""
DRAFT = "https://json-schema.org/draft/2020-12/schema"
BETWEEN = " | "
"""What parts the items of a list within a cell."""

AT_ONCE = 1000
"""How many records are in memory together: a site of ten thousand articles has half a million mentions."""

Item = TypeVar("Item")
dumped = json.JSONEncoder(ensure_ascii=False).encode
"""JSON on one line. One encoder for all: to make one takes longer than to encode a record."""


def indented(record: Record) -> str:
    """A record for people to read: a key a line."""
    lines = ",\n".join(f"  {dumped(key)}: {dumped(value)}" for key, value in record.items())
    return f"{{\n{lines}\n}}"


def spread_out(value: object, before: str = "\n") -> str:
    """JSON with a line for each item and key, indented by one space: what `json` writes in twice the time, for it does
    that in Python alone."""
    inside = before + " "
    if isinstance(value, Mapping) and value:
        items = [f"{dumped(key)}: {spread_out(item, inside)}" for key, item in value.items()]
        return f"{{{inside}{f',{inside}'.join(items)}{before}}}"
    if isinstance(value, list) and value:
        return f"[{inside}{f',{inside}'.join([spread_out(item, inside) for item in value])}{before}]"
    return dumped(value)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column may hold: its `schema`; the ends of its columns' names in a CSV; and the cells for a value.

    A kind with one cell has the column's own name. `cells` None: the value itself is the cell.
    """

    schema: Schema
    ends: tuple[str, ...] = ("",)
    cells: Callable[[object], tuple[object, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`safe`: its text is ours or a number, never a source's or an author's, and so no formula.
    `leaves_out`: a value of None is left out of the JSON instead of standing there as null."""

    name: str
    kind: Kind
    about: str
    safe: bool = False
    leaves_out: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns; `about` says what a row is."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    return iter(lambda: list(islice(rest, AT_ONCE)), [])


# --- JSON ----------------------------------------------------------------------------------------------------------


def document(briefing: Briefing, schema: str, content: Mapping[str, Iterable[bytes]]) -> bytes:
    """JSON with a record a line, so that a change to one is a line in a comparison. `schema`: the name of its file;
    `content`: such lines by their name."""
    head = {"$schema": schema, "format": FORMAT, "title": briefing.title, "as_of": briefing.as_of.edtf}
    parts = [b"{\n", ",\n".join(f"{dumped(name)}: {dumped(value)}" for name, value in head.items()).encode()]
    for name, lines in content.items():
        parts += (f",\n{dumped(name)}: [\n".encode(), *lines, b"\n]")
    return b"".join([*parts, b"\n}\n"])


def a_line_each(records: Iterable[Record]) -> Iterator[bytes]:
    """Records in JSON, a line each, many lines together.

    Encoded many at once, in a third of the time, and parted before each one's first key: no text of a record can hold
    that, for its quotation marks are escaped. A list within a record has mappings of another first key.
    """
    before = ""
    for found in batches(records):
        begins = f"{{{dumped(next(iter(found[0])))}: "
        yield (before + dumped(found)[1:-1].replace("}, " + begins, "},\n" + begins)).encode()
        before = ",\n"


def lines_of(table: Table) -> Iterator[bytes]:
    """The records of a table in JSON, a line each; where none holds a list or a mapping, in half the time."""
    if any(column.leaves_out or column.kind.cells for column in table.columns):
        yield from a_line_each(records_of(table))
        return
    line = "{" + ", ".join(f"{dumped(column.name)}: %s" for column in table.columns) + "}"
    before = ""
    for rows in batches(table.rows):
        columns = map(_plain, zip(*rows, strict=True))
        yield (before + ",\n".join(map(line.__mod__, zip(*columns, strict=True)))).encode()
        before = ",\n"


def _plain(values: Sequence[object]) -> Iterable[str]:
    """A column's values in JSON."""
    kinds = set(map(type, values))
    encoded: Callable[[Any], str] = encode_basestring if kinds == {str} else repr if kinds == {int} else dumped
    return map(encoded, values)


def records_of(table: Table) -> Iterable[Record]:
    names = [column.name for column in table.columns]
    if not any(column.leaves_out for column in table.columns):
        return (dict(zip(names, row, strict=True)) for row in table.rows)
    lasting = [not column.leaves_out for column in table.columns]
    return (
        {name: value for name, value, lasts in zip(names, row, lasting, strict=True) if lasts or value is not None}
        for row in table.rows
    )


# --- JSON Schema ---------------------------------------------------------------------------------------------------


def schema_of(title: str, content: Mapping[str, Schema]) -> bytes:
    """The schema of a document: what stands under each name is a list of records of the schema given."""
    properties: Schema = {
        "$schema": {"type": "string"},
        "format": {"const": FORMAT},
        "title": {"type": "string", "description": "The title of the briefing."},
        "as_of": {"type": "string", "description": "The day up to which it holds (EDTF)."},
    }
    properties |= {name: {"type": "array", "items": record} for name, record in content.items()}
    found = {"$schema": DRAFT, "title": title, **closed(properties)}
    return (spread_out(found) + "\n").encode()


def record_schema(table: Table) -> Schema:
    """The schema of one record of a table."""
    properties = {column.name: {**column.kind.schema, "description": column.about} for column in table.columns}
    optional = {column.name for column in table.columns if column.leaves_out}
    return {"description": table.about, **closed(properties, optional)}


def closed(properties: Mapping[str, object], optional: Iterable[str] = ()) -> Schema:
    """An object with these keys and no others."""
    left_out = set(optional)
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in left_out],
        "additionalProperties": False,
    }


# --- CSV -----------------------------------------------------------------------------------------------------------


def table_csv(table: Table) -> bytes:
    """CSV (RFC 4180), UTF-8, every cell in quotation marks."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines.append), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.name + end for column in table.columns for end in column.kind.ends])
    parts: list[bytes] = []
    for rows in batches(table.rows):
        # Column by column, which takes half the time of cell by cell.
        values = zip(table.columns, zip(*rows, strict=True), strict=True)
        writer.writerows(zip(*(cells for column, held in values for cells in cells_of(column, held)), strict=True))
        parts.append("".join(lines).encode())
        lines.clear()
    return b"".join([*parts, "".join(lines).encode()])


def cells_of(column: Column, values: Sequence[object]) -> Iterable[Iterable[object]]:
    """A column's values as one or more columns of cells."""
    if column.kind.cells is not None:
        parts = zip(*map(column.kind.cells, values), strict=True)
        return (map(harmless, texts_of(part)) for part in parts)
    return [values if column.safe else map(harmless, texts_of(values))]


def texts_of(values: Sequence[object]) -> Iterable[Any]:
    """Cells as text, as most are already."""
    return values if set(map(type, values)) == {str} else map(in_cell, values)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where `csv` writes to."""

    write: Callable[[str], object]


def in_cell(value: object) -> str:
    """The text of a value that is no list and no mapping."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what it would take for a formula."""
    if not text or text[0].isalnum():
        return text
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
