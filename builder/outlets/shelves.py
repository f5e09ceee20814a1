"""The values of a memo on disk. They stand in files, by function and by how their names begin, and a file is read and
written as a whole: to unpack a hundred values at once takes a fifth of the time of one after the other."""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from builder.memo import BEHIND_FUNCTION, Memo
from builder.outlets.keeping import Keeper
from builder.outlets.packing import Unreadable, pack

MEMO = "memo"
WHOLE = "all"
"""What ends the name of a file that holds all values of a function."""
FULL, FILES = 256, 16
"""How many values a file may hold before there are so many times as many files."""
MOST_DIGITS = 2


class Shelves(dict[str, Any]):
    """Values by key; a file is read when somebody asks for one of its values."""

    def __init__(self, keeper: Keeper, code: str, unpack_value: Callable[[bytes], Any]) -> None:
        super().__init__()
        self.keeper, self.unpack_value = keeper, unpack_value
        self.sign = code.encode()
        self.unread = self._names()
        self.digits = {function_of(name): digits_in(name) for name in sorted(self.unread)}
        self.keys_in: dict[str, tuple[str, ...]] = {}

    def __missing__(self, key: str) -> Any:
        name = self._file_of(key)
        if name not in self.unread:
            raise KeyError(key)
        self.unread.discard(name)  # another thread may have come first: then it is asked for what is not known yet
        values = self._read(name)
        self.keys_in[name] = tuple(values)
        self.update(values)
        return values[key]

    def _names(self) -> set[str]:
        return {name.removeprefix(f"{MEMO}/") for name in self.keeper.names(MEMO)}

    def _file_of(self, key: str) -> str:
        function = function_of(key)
        return file_of(key, function, self.digits.get(function, 0))

    def _read(self, name: str) -> dict[str, Any]:
        """What another version of the builder has written is not even unpacked."""
        body = self.keeper.load(f"{MEMO}/{name}")
        values: Any = None
        if body and body.endswith(self.sign):
            with suppress(Unreadable):
                values = self.unpack_value(body)
            # They stay: whoever looks for cycles need not go through millions of parts of them, again and again.
            gc.freeze()
        return values if isinstance(values, dict) else {}

    def keep(self, memo: Memo, *, whole: bool) -> None:
        """What the build used, and nothing else, unless it is `whole`. A file that has not changed is left as it is."""
        wanted = {**self, **memo.used} if whole else memo.used
        gone = self.keys() - wanted.keys()
        moved = set() if whole else self._moved(gone, memo.learnt - self.keys())
        touched = memo.learnt | gone
        if moved:
            touched |= {key for key in wanted if function_of(key) in moved}
        changed: defaultdict[str, list[str]] = defaultdict(list)
        for key in touched:
            changed[self._file_of(key)].append(key)
        for name, keys in changed.items():
            values = {key: wanted[key] for key in (*self.keys_in.get(name, ()), *keys) if key in wanted}
            self.keys_in[name] = tuple(values)
            if values:
                self.keeper.save(f"{MEMO}/{name}", pack(values) + self.sign)
        kept = {name for name, keys in self.keys_in.items() if keys}
        for name in self._names() - kept - (self.unread if whole else set()):
            self.keeper.drop(f"{MEMO}/{name}")

    def _moved(self, gone: Iterable[str], new: Iterable[str]) -> set[str]:
        """The functions whose values get more files, or fewer. What their files hold is no longer counted on."""
        before, counts = self.digits, Counter(map(function_of, new))
        for name, keys in self.keys_in.items():
            counts[function_of(name)] += len(keys)
        counts.subtract(map(function_of, gone))
        self.digits = {function: digits_for(count, before.get(function)) for function, count in counts.items() if count}
        moved = {function for function, digits in self.digits.items() if before.get(function) != digits}
        self.keys_in = {name: keys for name, keys in self.keys_in.items() if function_of(name) not in moved}
        return moved


def function_of(key: str) -> str:
    return key.partition(BEHIND_FUNCTION)[0]


def file_of(key: str, function: str, digits: int) -> str:
    """Its own key, cut off; that of all values of a function has to end in something."""
    return key[: len(function) + len(BEHIND_FUNCTION) + digits] if digits else function + BEHIND_FUNCTION + WHOLE


def digits_in(name: str) -> int:
    end = name.rpartition(BEHIND_FUNCTION)[2]
    return 0 if end == WHOLE else len(end)


def digits_for(count: int, before: int | None) -> int:
    """How many digits name a file of a function that has so many values: as many as before, while that will do, so that
    a site does not go to and fro between two numbers of files."""
    if before is not None and FULL * FILES ** (before - 1) / 2 < count <= FULL * FILES**before * 2:
        return before
    return next(digits for digits in range(MOST_DIGITS + 1) if count <= FULL * FILES**digits or digits == MOST_DIGITS)
