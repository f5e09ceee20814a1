"""What an author may write, declared as types: a mapping as a `Shape`, each value as what it becomes.

`Annotated` marks say how a value is read and what an editor is told of it. All that is wrong in a form is found at
once, each mistake with its path of keys. Pydantic could do that; to begin with it takes a third of the time in which a
small site is built.
"""

from collections.abc import Callable
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import Field, field, fields, replace
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from builder.reading.yamls import Form
from builder.values import dataclass

Reader = Callable[[Any], Any]
Told = dict[str, Any]
"""A JSON Schema, or a part of one."""
Location = tuple[str | int, ...]

MISSING, UNKNOWN, NO_MAPPING = "missing", "unknown", "no mapping"
"""What may be wrong with a key, beside its value."""


class Wrong(Exception):
    """A value will not do: the code of the problem, the fact, and a way out."""

    def __init__(self, code: str, fact: str, hint: str = "") -> None:
        super().__init__(fact)
        self.code, self.fact, self.hint = code, fact, hint


@dataclass(frozen=True, slots=True)
class Mistake:
    """A key without its value, or a value that will not do. `code`: of the problem, or what is wrong with the key."""

    location: Location
    code: str
    given: Any
    fact: str = ""
    hint: str = ""


class Mistakes(Exception):
    """All that is wrong in a form."""

    def __init__(self, found: list[Mistake]) -> None:
        super().__init__(found)
        self.found = found


# --- how it is declared --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A mapping with a fixed set of keys."""


def key(about: str, default: Any = None, *, named: str = "") -> Any:
    """An optional key, and what it is for. `default` may be a type, of which one is then made. `named`: as its author
    calls it, where that is no name in Python."""
    about_it = {"about": about, "named": named}
    if isinstance(default, type):
        return field(default_factory=default, metadata=about_it)
    return field(default=default, metadata=about_it)


def required(about: str, *, named: str = "") -> Any:
    """A key that has to be there."""
    return field(metadata={"about": about, "named": named})


class Mark:
    """Adds to what is declared: how a value is read, what an editor is told."""

    __slots__ = ()

    def read(self, value: Any, inner: Reader) -> Any:
        return inner(value)

    def told(self, inner: Told, _whole: Callable[[Told], Told]) -> Told:
        """`inner` is what is told without the mark; `_whole` gives what a reference leads to."""
        return inner


@dataclass(frozen=True, slots=True)
class Read(Mark):
    """The value is read in this way alone."""

    work: Reader

    def read(self, value: Any, inner: Reader) -> Any:  # noqa: ARG002 - it takes the place of what is inside
        return self.work(value)


@dataclass(frozen=True, slots=True)
class First(Mark):
    """What is written is made ready first."""

    work: Reader

    def read(self, value: Any, inner: Reader) -> Any:
        return inner(self.work(value))


@dataclass(frozen=True, slots=True)
class Then(Mark):
    """What was read is looked at once more."""

    work: Reader

    def read(self, value: Any, inner: Reader) -> Any:
        return self.work(inner(value))


class Tell(Mark):
    """What an editor is told, which knows YAML's types and not ours."""

    __slots__ = ("schema",)

    def __init__(self, schema: Told) -> None:
        self.schema = schema

    def told(self, _inner: Told, _whole: Callable[[Told], Told]) -> Told:
        return self.schema


# --- how it is read ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a shape: `field` in Python, `name` for its author."""

    field: str
    name: str
    about: str
    required: bool
    declared: Any
    read: Reader


def keys_of(kind: type[Shape]) -> tuple[Key, ...]:
    """Those of a shape, in the order in which they are declared."""
    asked: Any = kind  # mypy takes the hash of a value for that of its class
    return _keys_of(asked)


@cache
def _keys_of(kind: Any) -> tuple[Key, ...]:
    return tuple(_key(one) for one in fields(kind))


def _key(one: "Field[Any]") -> Key:
    needed = one.default is NO_DEFAULT and one.default_factory is NO_DEFAULT
    name = one.metadata["named"] or one.name
    return Key(one.name, name, one.metadata["about"], needed, one.type, reader_of(one.type))


def reader_of(declared: Any) -> Reader:
    """The function that reads a value of this type. What it raises is Wrong or Mistakes."""
    if isinstance(declared, type) and issubclass(declared, Shape):
        return partial(read_shape, declared)
    kind, inside = get_origin(declared), get_args(declared)
    if kind is Annotated:
        read = reader_of(inside[0])
        for mark in inside[1:]:
            if type(mark).read is not Mark.read:
                read = partial(mark.read, inner=read)
        return read
    if kind in (Union, UnionType):
        (wanted,) = (one for one in inside if one is not NoneType)
        return partial(_read_unless_null, inner=reader_of(wanted))
    if kind is tuple:
        return partial(_read_items, inner=reader_of(inside[0]))
    if kind is dict:
        return partial(_read_entries, inner=reader_of(inside[1]))
    return _as_it_is


Made = TypeVar("Made", bound=Shape)


def read_shape(kind: type[Made], value: Any) -> Made:
    """Raises Mistakes. A key with nothing behind it is no key, unless it is a required one: `notes:` waits for its
    first note."""
    if not isinstance(value, Form):
        raise Mistakes([Mistake((), NO_MAPPING, value)])
    made: dict[str, Any] = {}
    found: list[Mistake] = []
    known = keys_of(kind)
    for one in known:
        if one.name not in value:
            if one.required:
                found.append(Mistake((one.name,), MISSING, value))
        elif one.required or value[one.name] is not None:
            made[one.field] = _tried(one.name, one.read, value[one.name], found)
    names = {one.name for one in known}
    found += [Mistake((str(name),), UNKNOWN, inside) for name, inside in value.items() if name not in names]
    if found:
        raise Mistakes(found)
    return kind(**made)


def _tried(step: str | int, read: Reader, value: Any, found: list[Mistake]) -> Any:
    try:
        return read(value)
    except Wrong as wrong:
        found.append(Mistake((step,), wrong.code, value, wrong.fact, wrong.hint))
    except Mistakes as inside:
        found += [replace(one, location=(step, *one.location)) for one in inside.found]
    return None


def _read_items(value: Any, inner: Reader) -> tuple[Any, ...]:
    found: list[Mistake] = []
    made = tuple([_tried(index, inner, item, found) for index, item in enumerate(value)])
    if found:
        raise Mistakes(found)
    return made


def _read_entries(value: Any, inner: Reader) -> dict[str, Any]:
    if not isinstance(value, Form):
        raise Mistakes([Mistake((), NO_MAPPING, value)])
    found: list[Mistake] = []
    made = {str(name): _tried(str(name), inner, item, found) for name, item in value.items()}
    if found:
        raise Mistakes(found)
    return made


def _read_unless_null(value: Any, inner: Reader) -> Any:
    return None if value is None else inner(value)


def _as_it_is(value: Any) -> Any:
    return value
