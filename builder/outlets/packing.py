"""Values to bytes and back, for what is kept between builds.

Pickle, because nothing else makes ten thousand articles of bytes in the time of a build; and because it can be told to
run anything, two locks before it. `keeping` hands on only what this user's own key has signed. And what unpacks here
knows the classes that it is given, which are those of our own values: no function, no class of Python's can be named.
"""

import pickle
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any

from builder.memo import Apart

Classes = Mapping[tuple[str, str], type]
"""By module and name."""


class Unreadable(Exception):
    """Bytes that are no value that was ever packed: it is made anew."""


def pack(value: object) -> bytes:
    return pickle.dumps(value, 5)


def unpack(body: bytes, classes: Classes | None = None) -> Any:
    """The value. Raises Unreadable for what `pack` did not make."""
    try:
        return OwnValues(BytesIO(body), classes or {}).load()
    except Exception as failure:  # noqa: BLE001 - there is no end of what is wrong with bytes that are no pickle
        raise Unreadable(str(failure)) from None


class OwnValues(pickle.Unpickler):
    def __init__(self, body: BytesIO, classes: Classes) -> None:
        super().__init__(body)
        self.classes = classes

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (Apart.__module__, Apart.__name__):
            return partial(Apart, unpack=partial(unpack, classes=self.classes))
        if (module, name) not in self.classes:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
        return self.classes[module, name]
