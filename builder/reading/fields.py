"""The kinds of value that a key can have: text, slug, date, address, lines, quotation.

Values stay the author's own characters (`Text`, with their place) except dates, numbers and line ranges, which are read
here, once.
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from builder.model import When
from builder.problems import Span
from builder.reading.edtf import NoDate, read_edtf
from builder.reading.yamls import DROPPED, Form, Items, Text
from builder.values import dataclass

SLUG_HINT = "small letters a to z, digits and hyphens only, such as kellogg-meets-zelensky"
SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
UNKNOWN = "unknown"
WEB_ADDRESS = re.compile(r"https?://[^\s/?#][^\s]*", re.IGNORECASE)


EMPTY = PydanticCustomError("wrong-type", "this needs a text; it is empty")


def as_text(value: Any) -> Text:
    if isinstance(value, Text) and value.strip():
        return value.bare()
    if not value:
        raise EMPTY
    raise PydanticCustomError("wrong-type", "this needs a text, not {shape}", {"shape": _shape(value)})


def _shape(value: Any) -> str:
    return "a list" if isinstance(value, list) else "keys and values"


def as_slug(value: Text) -> Text:
    if not SLUG.fullmatch(value):
        raise PydanticCustomError("bad-slug", "“{value}” cannot be an id", {"value": str(value), "hint": SLUG_HINT})
    return value


def as_address(value: Text) -> Text:
    if not WEB_ADDRESS.fullmatch(value):
        raise PydanticCustomError(
            "unsafe-link",
            "“{value}” is no web address",
            {"value": str(value), "hint": "a web address begins with https:// or http://"},
        )
    return value


def as_address_or_unknown(value: Text) -> Text:
    return value if value == UNKNOWN else as_address(value)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it was written."""

    when: When
    span: Span


def as_date(value: Any) -> Dated:
    in_brackets = value.typed if isinstance(value, Items) else None
    text = as_text(in_brackets or value)
    try:
        return Dated(read_edtf(str(text)), text.span)
    except NoDate as error:
        raise PydanticCustomError(
            "bad-date", "“{value}” is no date", {"value": str(text), "hint": str(error)}
        ) from None


def as_truth(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    raise PydanticCustomError("wrong-type", "this is either true or false")


def as_line(value: Any) -> int:
    if isinstance(value, Text) and re.fullmatch(r"[1-9]\d{0,8}", value):
        return int(value)
    raise PydanticCustomError("wrong-type", "this needs the number of a line, from 1")


def as_share(value: Any) -> float:
    if isinstance(value, Text) and re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", value):
        return float(value)
    raise PydanticCustomError("wrong-type", "this needs a number from 0 to 1")


@dataclass(frozen=True, slots=True)
class LineRange:
    """Raw lines `first` to `last`, from 1, inclusive."""

    first: int
    last: int
    span: Span


def as_lines(value: Any) -> LineRange:
    found = re.fullmatch(r"([1-9]\d{0,8})(?:\s*[-–]\s*([1-9]\d{0,8}))?", value) if isinstance(value, Text) else None
    if not found:
        raise PydanticCustomError("wrong-type", "this needs a line such as 4, or lines such as 23-26")
    return LineRange(int(found[1]), int(found[2] or found[1]), value.span)


def as_quotation(value: Any) -> tuple[Text, ...]:
    """One text, or a list of texts: the segments of one quotation in order."""
    if isinstance(value, Items) and value:
        return tuple(as_text(segment) for segment in value)
    return (as_text(value),)


def under(key: str) -> BeforeValidator:
    """Lets a plain value stand for a mapping with that value under `key`."""

    def as_mapping(value: Any) -> Any:
        if value is None:
            raise EMPTY
        if not isinstance(value, (Text, Items)):
            return value
        form = Form(value.span)
        form[Text(key, value.span)] = value
        return form

    return BeforeValidator(as_mapping)


def _listed(value: Any) -> Any:
    """A list, or nothing; a null where a list belongs is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PydanticCustomError("wrong-type", "this needs a list: one item a line, each after “- ”")
    return tuple(item for item in value if item is not DROPPED)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What stands for a required value that is missing or wrong, so that the rest of its owner is still checked."""

    value: str


LISTED = BeforeValidator(_listed)
ONE_OR_MORE = BeforeValidator(lambda value: (value,) if isinstance(value, Text | Form) else _listed(value))
TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number", "boolean"]})
Line = Annotated[Text, PlainValidator(as_text), TEXT_SCHEMA]
Words = Annotated[Line, StandIn("unknown")]
"""An author's own words: what matters about them is not what they are."""

Slug = Annotated[Line, AfterValidator(as_slug)]
Address = Annotated[Line, AfterValidator(as_address), StandIn("https://example.org/")]
AddressOrUnknown = Annotated[Line, AfterValidator(as_address_or_unknown)]
DATE_SCHEMA = WithJsonSchema({"type": ["string", "number", "array"]})
Date = Annotated[Dated, PlainValidator(as_date), DATE_SCHEMA, StandIn("2000-01-01")]
Truth = Annotated[bool, PlainValidator(as_truth), WithJsonSchema({"type": "boolean"})]
LineNumber = Annotated[int, PlainValidator(as_line), WithJsonSchema({"type": "integer", "minimum": 1})]
Share = Annotated[float, PlainValidator(as_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Lines = Annotated[LineRange, PlainValidator(as_lines), WithJsonSchema({"type": ["string", "integer"]})]
Quotation = Annotated[
    tuple[Text, ...],
    PlainValidator(as_quotation),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": "string"}}]}),
]


def one_of(*choices: str) -> AfterValidator:
    def chosen(value: Text) -> Text:
        if value not in choices:
            raise PydanticCustomError(
                "wrong-type", "“{value}” is none of {choices}", {"value": str(value), "choices": ", ".join(choices)}
            )
        return value

    return AfterValidator(chosen)


Rights = Annotated[Line, one_of("full", "passages", "none")]
Status = Annotated[Line, one_of("happened", "said", "claimed", "planned")]
