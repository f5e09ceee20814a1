"""A digest of any of our values: equal digests, equal values."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from builder.memo import Apart
from builder.values import dataclass

LEAVES = (str, int, float, bool, NoneType)


class Fingerprints:
    """Takes digests of values.

    Those of the classes in `shared` stand inside many others, and each is looked at once; so they have to live as long
    as this does.
    """

    def __init__(self, shared: tuple[type, ...] = ()) -> None:
        self.shared = shared
        self.known: dict[int, tuple[str, bytes]] = {}

    def of(self, value: object) -> bytes:
        """Raises TypeError for what is no value of ours, rather than to call two things equal that are not."""
        return digest_of(self._plain(value))

    def _plain(self, value: Any) -> Any:
        """The same in tuples, strings and numbers, each of which says in `repr` all that it is."""
        kind = type(value)
        if kind in LEAVES:
            return value
        if kind is tuple:
            return tuple(map(self._plain, value))
        if is_dataclass(kind):
            return self._digest(value) if kind in self.shared else self._apart(value)
        if isinstance(value, str):  # a class of strings, such as markup that is ready: its characters are all there is
            return str(value)
        if isinstance(value, Mapping):
            return "mapping", tuple((self._plain(key), self._plain(inside)) for key, inside in value.items())
        if kind is Apart:
            return tuple(map(self._plain, value))
        if kind is list:
            return "list", tuple(map(self._plain, value))
        if isinstance(value, frozenset):
            return "set", tuple(sorted(repr(self._plain(inside)) for inside in value))
        raise TypeError(f"{kind.__name__} is no value")

    def _apart(self, value: Any) -> tuple[str, tuple[Any, ...]]:
        kind: Any = type(value)
        shape = shape_of(kind)
        parts = shape.parts(value)
        if not shape.nested:
            return shape.name, parts
        inside = list(parts)
        for place in shape.nested:
            inside[place] = self._plain(inside[place])
        return shape.name, tuple(inside)

    def _digest(self, value: Any) -> tuple[str, bytes]:
        if id(value) not in self.known:
            taken = bytes.fromhex(value.digest)
            self.known[id(value)] = (type(value).__name__, taken or digest_of(self._apart(value)[1]))
        return self.known[id(value)]


def digest_of(plain: Any) -> bytes:
    return blake2b(repr(plain).encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a class of values is taken apart. `nested`: which of its parts may hold values of a class themselves."""

    name: str
    parts: Callable[[Any], tuple[Any, ...]]
    nested: tuple[int, ...]


@cache
def shape_of(kind: Any) -> Shape:
    names = [field.name for field in fields(kind)]
    nested = tuple(place for place, field in enumerate(fields(kind)) if not says_all(field.type))
    match names:
        case []:
            return Shape(kind.__name__, lambda _: (), ())
        case [name]:
            only = attrgetter(name)
            return Shape(kind.__name__, lambda value: (only(value),), nested)
        case _:
            return Shape(kind.__name__, attrgetter(*names), nested)


def says_all(annotation: Any) -> bool:
    """Whether the values of a type say in `repr` all that they are."""
    if annotation in LEAVES or get_origin(annotation) is Literal:
        return True
    if get_origin(annotation) in (tuple, Union, UnionType):
        return all(part is Ellipsis or says_all(part) for part in get_args(annotation))
    return False
