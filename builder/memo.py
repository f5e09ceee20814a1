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

BEHIND_FUNCTION = "."
"""Between a function's name and that of its arguments."""


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


def _returned(work: Callable[[], Returned]) -> Returned:
    return work()


@dataclass(slots=True)
class Memo:
    """What is known from the last build, and what this one used of it or found out.

    `code` is a digest of everything that decides what the functions do: their own source, their libraries. With another
    one nothing is recalled. `known` may fetch a value when it is asked for it. `learnt`: what has another value than
    before.
    """

    code: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    used: dict[str, Any] = field(default_factory=dict)
    learnt: set[str] = field(default_factory=set)
    begun: dict[str, blake2b] = field(default_factory=dict)

    def recall(self, function: str, arguments: Iterable[str], work: Callable[[], Returned]) -> Returned:
        """What `work` returns, or returned when it was last asked under this name for these arguments.

        The arguments are all that the function looks at: its texts, or their digests.
        """
        key = self.key(function, arguments)
        found = self.find(key)
        return found[0] if found else self.learn(key, work())

    def recall_all(
        self,
        function: str,
        asked: Iterable[tuple[tuple[str, ...], Callable[[], Returned]]],
        spread: Spread = one_by_one,
    ) -> list[tuple[str, Returned]]:
        """The same of many at once, each with a name for all that it was made of; those that are not known may be made
        in several processes. `asked`: the arguments and the work of each."""
        works = [(self.key(function, arguments), work) for arguments, work in asked]
        new = {key: work for key, work in works if self.find(key) is None}
        for key, value in zip(new, spread(_returned, new.values()), strict=True):
            self.learn(key, value)
        return [(key, self.used[key]) for key, _ in works]

    def key(self, function: str, arguments: Iterable[str]) -> str:
        """A name for the arguments, behind that of the function."""
        begun = self.begun.get(function)
        if begun is None:
            begun = self.begun[function] = blake2b(repr((self.code, function)).encode(), digest_size=20)
        digest = begun.copy()
        # What Python writes for strings in a row tells them apart, and holds no lone surrogate.
        digest.update(repr((*arguments,)).encode())
        return function + BEHIND_FUNCTION + digest.hexdigest()

    def find(self, key: str) -> tuple[Any] | None:
        """The value under a key, or None; a value may be None itself."""
        if key not in self.used:
            try:
                self.used[key] = self.known[key]
            except KeyError:
                return None
        return (self.used[key],)

    def learn(self, key: str, value: Returned) -> Returned:
        if self.find(key) != (value,):
            self.learnt.add(key)
        self.used[key] = value
        return value

    def next(self, *, whole: bool) -> "Memo":
        """The memo for the build after this one. What this one did not use is forgotten, unless it is `whole`: a build
        that was ended by a mistake did not come to all that the next one wants."""
        return Memo(self.code, {**self.known, **self.used} if whole else self.used)
