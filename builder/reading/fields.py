"""The kinds of value that a key can have: text, slug, date, address, lines, quotation.

Values stay the author's own characters (`Text`, with their place) except dates, numbers and line ranges, which are read
here, once.
"""

import re
from typing import Annotated, Any, TypeVar
from unicodedata import category

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function, no_info_before_validator_function

from builder.model import When
from builder.patterns import pattern
from builder.problems import Span
from builder.reading.edtf import NoDate, read_edtf
from builder.reading.yamls import DROPPED, Form, Items, Text
from builder.values import dataclass

SLUG_HINT = "small letters a to z, digits and hyphens only, such as kellogg-meets-zelensky"
SLUG = pattern(r"[a-z0-9][a-z0-9-]*")
UNKNOWN = "unknown"
DOMAIN = pattern(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
DOMAIN_HINT = "such as briefing.example.org; with letters beyond a to z, as the network writes it: xn--…"
NO_GIT_NAME = pattern(
    r"[\0- \x7f~^:?*\[\\]|\.\.|//|@\{|(?:^|/)\.|\.lock(?:/|$)|^[-/]|[/.]$|^(?:@|HEAD)$|^refs/", re.IGNORECASE
)
"""What `git check-ref-format --branch` refuses; and a whole ref, which would be a branch inside a branch."""

WEB_ADDRESS = pattern(r"https?://[^\s/?#][^\s]*", re.IGNORECASE)
UNSHOWN = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
LANGUAGE = pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


EMPTY = PydanticCustomError("wrong-type", "this needs a text; it is empty")


def on_one_line(text: str) -> str:
    """Without what no page and no feed can show: characters that control a terminal, ends of lines of any kind."""
    return re.sub(" {2,}", " ", "".join(" " if category(c) in UNSHOWN else c for c in text)).strip()


def language_tag(written: str) -> str:
    """“en-US” of what other programs write as en_US; empty where it is no tag of a language (BCP 47)."""
    tag = written.strip().replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else ""


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


def as_site_address(value: Text) -> Text:
    """What the addresses of pages are made from, by adding to it."""
    if "?" in value or "#" in value:
        raise PydanticCustomError(
            "wrong-type",
            "the address of a site has no “?” and no “#”",
            {"hint": "write it as far as the folder in which index.html is, such as https://example.org/minerals/"},
        )
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise PydanticCustomError("wrong-type", "the address of a site is published: no user name or password in it")
    return value


def as_address_or_unknown(value: Text) -> Text:
    return value if value == UNKNOWN else as_address(value)


def as_domain(value: Any) -> Text | None:
    """A host's name, or nothing: an empty one is that of nobody."""
    if value is None or value == "":
        return None
    text = as_text(value)
    if not DOMAIN.fullmatch(text):
        raise PydanticCustomError("wrong-type", "“{value}” is no domain", {"value": str(text), "hint": DOMAIN_HINT})
    return text


def as_git_name(value: Text) -> Text:
    if NO_GIT_NAME.search(value):
        said = {"value": str(value), "hint": "the bare name, such as origin or gh-pages"}
        raise PydanticCustomError("wrong-type", "“{value}” cannot be the name of a remote or a branch", said)
    return value


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


@dataclass(frozen=True, slots=True)
class Under:
    """Lets a plain value stand for a mapping with that value under `key`."""

    key: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(self.as_mapping, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        whole = handler(schema)
        # What the key itself is for is said of the whole.
        plain = {**handler.resolve_ref_schema(whole)["properties"][self.key]}
        plain.pop("description", None)
        return {"anyOf": [plain, whole]}

    def as_mapping(self, value: Any) -> Any:
        if value is None:
            raise EMPTY
        if not isinstance(value, (Text, Items)):
            return value
        form = Form(value.span)
        form[Text(self.key, value.span)] = value
        return form


@dataclass(frozen=True, slots=True)
class OneOf:
    """Lets a text be one of a few."""

    choices: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self.chosen, handler(source))

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": [*self.choices]}

    def chosen(self, value: Text) -> Text:
        if value not in self.choices:
            raise PydanticCustomError(
                "wrong-type",
                "“{value}” is none of {choices}",
                {"value": str(value), "choices": ", ".join(self.choices)},
            )
        return value


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """Lets one value stand for a list of it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(self.as_list, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}

    def as_list(self, value: Any) -> Any:
        return (value,) if isinstance(value, Text | Form) else _listed(value)


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


Item = TypeVar("Item")
LISTED = BeforeValidator(_listed)
Many = Annotated[tuple[Item, ...], LISTED]
TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number", "boolean"]})
"""Without its schema an editor reads YAML's own types: `edition: 2` is a number to it."""

Line = Annotated[Text, PlainValidator(as_text), TEXT_SCHEMA]
Words = Annotated[Line, StandIn("unknown")]
"""An author's own words: what matters about them is not what they are."""

SLUG_SCHEMA = WithJsonSchema({"type": ["string", "number"], "pattern": f"^{SLUG.pattern}$"})
Slug = Annotated[Line, AfterValidator(as_slug), SLUG_SCHEMA]
ADDRESS_SCHEMA = WithJsonSchema({"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]"})
Address = Annotated[Line, AfterValidator(as_address), ADDRESS_SCHEMA, StandIn("https://example.org/")]
SITE_ADDRESS = WithJsonSchema({"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@]+(/[^\s?#]*)?$"})
SiteAddress = Annotated[Address, AfterValidator(as_site_address), SITE_ADDRESS]
ADDRESS_OR_UNKNOWN = WithJsonSchema({"type": "string", "pattern": r"^(unknown$|[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#])"})
AddressOrUnknown = Annotated[Line, AfterValidator(as_address_or_unknown), ADDRESS_OR_UNKNOWN]
Domain = Annotated[Text | None, PlainValidator(as_domain), WithJsonSchema({"type": "string"})]
GitName = Annotated[Line, AfterValidator(as_git_name)]
DATE_SCHEMA = WithJsonSchema({"type": ["string", "number", "array"]})
Date = Annotated[Dated, PlainValidator(as_date), DATE_SCHEMA, StandIn("2000-01-01")]
Truth = Annotated[bool, PlainValidator(as_truth), WithJsonSchema({"type": "boolean"})]
LineNumber = Annotated[int, PlainValidator(as_line), WithJsonSchema({"type": "integer", "minimum": 1})]
Share = Annotated[float, PlainValidator(as_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
LINES_SCHEMA = WithJsonSchema(
    {"type": ["string", "integer"], "pattern": r"^[1-9]\d*(\s*[-–]\s*[1-9]\d*)?$", "minimum": 1}
)
Lines = Annotated[LineRange, PlainValidator(as_lines), LINES_SCHEMA]
Quotation = Annotated[
    tuple[Text, ...],
    PlainValidator(as_quotation),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": "string"}}]}),
]
Rights = Annotated[Line, OneOf(("full", "passages", "none"))]
Status = Annotated[Line, OneOf(("happened", "said", "claimed", "planned"))]
