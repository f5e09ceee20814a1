"""The kinds of value that a key can have: text, slug, date, address, lines, quotation.

Values stay the author's own characters (`Text`, with their place) except dates, numbers and line ranges, which are read
here, once.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from unicodedata import category

from builder.model import When
from builder.patterns import pattern
from builder.problems import Span
from builder.reading.declaring import First, Mark, Read, Reader, Tell, Then, Told, Wrong
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


EMPTY = "this needs a text; it is empty"


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
        raise Wrong("wrong-type", EMPTY)
    raise Wrong("wrong-type", f"this needs a text, not {_shape(value)}")


def _shape(value: Any) -> str:
    return "a list" if isinstance(value, list) else "keys and values"


def as_slug(value: Text) -> Text:
    if not SLUG.fullmatch(value):
        raise Wrong("bad-slug", f"“{value}” cannot be an id", SLUG_HINT)
    return value


def as_address(value: Text) -> Text:
    if not WEB_ADDRESS.fullmatch(value):
        raise Wrong("unsafe-link", f"“{value}” is no web address", "a web address begins with https:// or http://")
    return value


def as_site_address(value: Text) -> Text:
    """What the addresses of pages are made from, by adding to it."""
    if "?" in value or "#" in value:
        hint = "write it as far as the folder in which index.html is, such as https://example.org/minerals/"
        raise Wrong("wrong-type", "the address of a site has no “?” and no “#”", hint)
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise Wrong("wrong-type", "the address of a site is published: no user name or password in it")
    return value


def as_address_or_unknown(value: Text) -> Text:
    return value if value == UNKNOWN else as_address(value)


def as_domain(value: Any) -> Text | None:
    """A host's name, or nothing: an empty one is that of nobody."""
    if value is None or value == "":
        return None
    text = as_text(value)
    if not DOMAIN.fullmatch(text):
        raise Wrong("wrong-type", f"“{text}” is no domain", DOMAIN_HINT)
    return text


def as_git_name(value: Text) -> Text:
    if NO_GIT_NAME.search(value):
        hint = "the bare name, such as origin or gh-pages"
        raise Wrong("wrong-type", f"“{value}” cannot be the name of a remote or a branch", hint)
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
        raise Wrong("bad-date", f"“{text}” is no date", str(error)) from None


def as_truth(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    raise Wrong("wrong-type", "this is either true or false")


def as_line(value: Any) -> int:
    if isinstance(value, Text) and re.fullmatch(r"[1-9]\d{0,8}", value):
        return int(value)
    raise Wrong("wrong-type", "this needs the number of a line, from 1")


def as_share(value: Any) -> float:
    if isinstance(value, Text) and re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", value):
        return float(value)
    raise Wrong("wrong-type", "this needs a number from 0 to 1")


@dataclass(frozen=True, slots=True)
class LineRange:
    """Raw lines `first` to `last`, from 1, inclusive."""

    first: int
    last: int
    span: Span


def as_lines(value: Any) -> LineRange:
    found = re.fullmatch(r"([1-9]\d{0,8})(?:\s*[-–]\s*([1-9]\d{0,8}))?", value) if isinstance(value, Text) else None
    if not found:
        raise Wrong("wrong-type", "this needs a line such as 4, or lines such as 23-26")
    return LineRange(int(found[1]), int(found[2] or found[1]), value.span)


def as_quotation(value: Any) -> tuple[Text, ...]:
    """One text, or a list of texts: the segments of one quotation in order."""
    if isinstance(value, Items) and value:
        return tuple(as_text(segment) for segment in value)
    return (as_text(value),)


@dataclass(frozen=True, slots=True)
class Under(Mark):
    """Lets a plain value stand for a mapping with that value under `key`."""

    key: str

    def read(self, value: Any, inner: Reader) -> Any:
        return inner(self.as_mapping(value))

    def told(self, inner: Told, whole: Callable[[Told], Told]) -> Told:
        # What the key itself is for is said of the whole.
        plain = {**whole(inner)["properties"][self.key]}
        plain.pop("description", None)
        return {"anyOf": [plain, inner]}

    def as_mapping(self, value: Any) -> Any:
        if value is None:
            raise Wrong("wrong-type", EMPTY)
        if not isinstance(value, (Text, Items)):
            return value
        form = Form(value.span)
        form[Text(self.key, value.span)] = value
        return form


@dataclass(frozen=True, slots=True)
class OneOf(Mark):
    """Lets a text be one of a few."""

    choices: tuple[str, ...]

    def read(self, value: Any, inner: Reader) -> Any:
        return self.chosen(inner(value))

    def told(self, _inner: Told, _whole: Callable[[Told], Told]) -> Told:
        return {"enum": [*self.choices]}

    def chosen(self, value: Text) -> Text:
        if value not in self.choices:
            raise Wrong("wrong-type", f"“{value}” is none of {', '.join(self.choices)}")
        return value


@dataclass(frozen=True, slots=True)
class OneOrMore(Mark):
    """Lets one value stand for a list of it."""

    def read(self, value: Any, inner: Reader) -> Any:
        return inner(self.as_list(value))

    def told(self, inner: Told, _whole: Callable[[Told], Told]) -> Told:
        return {"anyOf": [inner["items"], inner]}

    def as_list(self, value: Any) -> Any:
        return (value,) if isinstance(value, Text | Form) else _listed(value)


def _listed(value: Any) -> Any:
    """A list, or nothing; a null where a list belongs is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Wrong("wrong-type", "this needs a list: one item a line, each after “- ”")
    return tuple(item for item in value if item is not DROPPED)


@dataclass(frozen=True, slots=True)
class StandIn(Mark):
    """What stands for a required value that is missing or wrong, so that the rest of its owner is still checked."""

    value: str


Item = TypeVar("Item")
LISTED = First(_listed)
Many = Annotated[tuple[Item, ...], LISTED]
TEXT_SCHEMA = Tell({"type": ["string", "number", "boolean"]})
"""Without its schema an editor reads YAML's own types: `edition: 2` is a number to it."""

Line = Annotated[Text, Read(as_text), TEXT_SCHEMA]
Words = Annotated[Line, StandIn("unknown")]
"""An author's own words: what matters about them is not what they are."""

SLUG_SCHEMA = Tell({"type": ["string", "number"], "pattern": f"^{SLUG.pattern}$"})
Slug = Annotated[Line, Then(as_slug), SLUG_SCHEMA]
ADDRESS_SCHEMA = Tell({"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]"})
Address = Annotated[Line, Then(as_address), ADDRESS_SCHEMA, StandIn("https://example.org/")]
SITE_ADDRESS = Tell({"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@]+(/[^\s?#]*)?$"})
SiteAddress = Annotated[Address, Then(as_site_address), SITE_ADDRESS]
ADDRESS_OR_UNKNOWN = Tell({"type": "string", "pattern": r"^(unknown$|[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#])"})
AddressOrUnknown = Annotated[Line, Then(as_address_or_unknown), ADDRESS_OR_UNKNOWN]
Domain = Annotated[Text | None, Read(as_domain), Tell({"type": "string"})]
GitName = Annotated[Line, Then(as_git_name)]
DATE_SCHEMA = Tell({"type": ["string", "number", "array"]})
Date = Annotated[Dated, Read(as_date), DATE_SCHEMA, StandIn("2000-01-01")]
Truth = Annotated[bool, Read(as_truth), Tell({"type": "boolean"})]
LineNumber = Annotated[int, Read(as_line), Tell({"type": "integer", "minimum": 1})]
Share = Annotated[float, Read(as_share), Tell({"type": "number", "minimum": 0, "maximum": 1})]
LINES_SCHEMA = Tell({"type": ["string", "integer"], "pattern": r"^[1-9]\d*(\s*[-–]\s*[1-9]\d*)?$", "minimum": 1})
Lines = Annotated[LineRange, Read(as_lines), LINES_SCHEMA]
Quotation = Annotated[
    tuple[Text, ...],
    Read(as_quotation),
    Tell({"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": "string"}}]}),
]
Rights = Annotated[Line, OneOf(("full", "passages", "none"))]
Status = Annotated[Line, OneOf(("happened", "said", "claimed", "planned"))]
