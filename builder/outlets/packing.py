"""Values to bytes and back, for what is kept between builds.

Pickle, because nothing else makes ten thousand articles of bytes in the time of a build; and because it can be told to
run anything, two locks before it. `keeping` hands on only what this user's own key has signed. And what unpacks here
knows the classes of our own values and no others: neither a function nor a class of Python's can be named.
"""

import pickle
from dataclasses import is_dataclass
from io import BytesIO
from types import ModuleType
from typing import Any

from builder import model, problems
from builder.memo import Unreadable
from builder.reading import articles, fields, scalars, schema, shapes, sources, yamls
from builder.site import reads

HOLDING_VALUES = (model, problems, articles, fields, scalars, schema, shapes, sources, yamls, reads)


def pack(value: object) -> bytes:
    return pickle.dumps(value, 5)


def unpack(body: bytes) -> Any:
    """The value. Raises Unreadable for what `pack` did not make."""
    try:
        return OwnValues(BytesIO(body)).load()
    except Exception as failure:  # noqa: BLE001 - there is no end of what is wrong with bytes that are no pickle
        raise Unreadable(str(failure)) from None


class OwnValues(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
        return CLASSES[module, name]


def values_in(module: ModuleType) -> dict[tuple[str, str], type]:
    """The classes of values that a module defines: what a value is made of, and nothing that does something."""
    return {
        (kind.__module__, kind.__qualname__): kind
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
        if is_dataclass(kind) or issubclass(kind, shapes.Shape | yamls.Text)
    }


CLASSES = {place: kind for module in HOLDING_VALUES for place, kind in values_in(module).items()}
