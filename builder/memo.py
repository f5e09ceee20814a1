"""What a pure function returned for the same arguments, so that it need not be asked again.

A memo is a value that goes into a build and comes out of it. Whoever has a disk may keep it there; here nobody has one.
"""

import pickle
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from hashlib import blake2b
from typing import Any, Protocol, TypeVar, overload

from builder.values import dataclass

Given = TypeVar("Given")
Returned = TypeVar("Returned")
Value = TypeVar("Value")


class Spread(Protocol):
    """A `map`, perhaps one that works in several processes: the results come in the order of the items."""

    def __call__(
        self, work: Callable[[Given], Returned], items: Iterable[Given], /
    ) -> Generator[Returned, None, None]: ...


def one_by_one(work: Callable[[Given], Returned], items: Iterable[Given], /) -> Generator[Returned, None, None]:
    """The plain one."""
    yield from map(work, items)


Read = tuple[str, str]
"""Where something was read, and under which key."""

EVERYTHING = "\0"
"""Stands for a key where all was read."""


class Notes:
    """What is being read, in the order of the reading."""

    __slots__ = ("read",)

    def __init__(self) -> None:
        self.read: dict[Read, None] = {}

    def taken_of(self, work: Callable[[], Returned]) -> tuple[Returned, tuple[Read, ...]]:
        """What `work` returns, and what it read, which is not noted for anybody else."""
        before, self.read = self.read, {}
        try:
            made = work()
            return made, tuple(self.read)
        finally:
            self.read = before

    def add(self, reads: Iterable[Read]) -> None:
        self.read.update(dict.fromkeys(reads))


class Table(Mapping[str, Value]):
    """A mapping that notes what it is asked for, also what it does not have."""

    __slots__ = ("held", "name", "notes")

    def __init__(self, name: str, held: Mapping[str, Value], notes: Notes) -> None:
        self.name, self.held, self.notes = name, held, notes

    def __getitem__(self, key: str) -> Value:
        self.notes.read[self.name, key] = None
        return self.held[key]

    def get(self, key: str, default: Any = None) -> Any:
        self.notes.read[self.name, key] = None
        return self.held.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.notes.read[self.name, str(key)] = None
        return key in self.held

    def __iter__(self) -> Iterator[str]:
        self.notes.read[self.name, EVERYTHING] = None
        return iter(self.held)

    def __len__(self) -> int:
        self.notes.read[self.name, EVERYTHING] = None
        return len(self.held)


@dataclass(frozen=True, slots=True)
class Packed:
    """What was returned, as bytes; `unpack` makes the value of it, or raises Unreadable."""

    body: bytes
    unpack: Callable[[bytes], Any]


class Apart(Sequence[Value]):
    """A row of values that is packed apart from the value that it is part of, and unpacked when somebody looks at it:
    of ten thousand articles only the texts that a build reads."""

    __slots__ = ("_held", "_packed", "_unpack")

    def __init__(self, packed: bytes, unpack: Callable[[bytes], Any] = pickle.loads) -> None:
        self._packed, self._unpack = packed, unpack
        self._held: tuple[Value, ...] | None = None

    @classmethod
    def of(cls, values: Iterable[Value]) -> "Apart[Value]":
        made: Apart[Value] = cls(b"")
        made._held = tuple(values)
        return made

    @property
    def held(self) -> tuple[Value, ...]:
        packed = self._packed  # first: another thread may be about to let go of it
        if self._held is None:
            self._held = self._unpack(packed)
            self._packed = b""
        return self._held

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Value]: ...
    def __getitem__(self, index: int | slice) -> Value | Sequence[Value]:
        return self.held[index]

    def __iter__(self) -> Iterator[Value]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)

    def __eq__(self, other: object) -> bool:
        return self.held == (other.held if isinstance(other, Apart) else other)

    def __hash__(self) -> int:
        return hash(self.held)

    def __repr__(self) -> str:
        return repr(self.held)

    def __reduce__(self) -> tuple[type, tuple[bytes]]:
        packed = self._packed  # first, as above
        return type(self), (packed if self._held is None else pickle.dumps(self._held, 5),)


class Unreadable(Exception):
    """Bytes that are no value that was ever packed: the function is asked again."""


@dataclass(slots=True)
class Memo:
    """What is known from the last build, and what this one used of it or found out.

    `code` is a digest of everything that decides what the functions do: their own source, their libraries. With another
    one nothing is recalled.
    """

    code: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    used: dict[str, Any] = field(default_factory=dict)

    def recall(self, function: str, arguments: Iterable[str], work: Callable[[], Returned]) -> Returned:
        """What `work` returns, or returned when it was last asked under this name for these arguments.

        The arguments are all that the function looks at: its texts, or their digests.
        """
        key = self.key(function, arguments)
        found = self.find(key)
        return found[0] if found else self.learn(key, work())

    def key(self, function: str, arguments: Iterable[str]) -> str:
        # What Python writes for strings in a row tells them apart, and holds no lone surrogate.
        return blake2b(repr((self.code, function, *arguments)).encode(), digest_size=20).hexdigest()

    def find(self, key: str) -> tuple[Any] | None:
        """The value under a key, or None; a value may be None itself."""
        if key not in self.used and key not in self.known:
            return None
        value = self.used[key] if key in self.used else self.known[key]
        if isinstance(value, Packed):
            try:
                value = value.unpack(value.body)
            except Unreadable:
                self.used.pop(key, None)
                return None
        self.used[key] = value
        return (value,)

    def learn(self, key: str, value: Returned) -> Returned:
        self.used[key] = value
        return value

    def next(self, *, whole: bool) -> "Memo":
        """The memo for the build after this one. What this one did not use is forgotten, unless it is `whole`: a build
        that was ended by a mistake did not come to all that the next one wants."""
        return Memo(self.code, {**self.known, **self.used} if whole else self.used)

    def packed(self, *, whole: bool) -> Iterator[tuple[str, Any]]:
        """The same, as it is known: packed where nobody packed it anew."""
        for key, value in self.next(whole=whole).known.items():
            known = self.known.get(key)
            yield key, known if isinstance(known, Packed) else value
