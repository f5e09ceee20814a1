"""The classes whose values a memo holds: what a value is made of, and nothing that does something."""

from dataclasses import is_dataclass
from functools import partial
from types import ModuleType

from builder import model, problems
from builder.briefing import lint_article, lint_case, remembered, versions
from builder.outlets.packing import unpack
from builder.reading import articles, fields, scalars, schema, shapes, sources, yamls
from builder.site import reads

HOLDING_VALUES = (
    *(model, problems, articles, fields, scalars, schema, shapes, sources, yamls),
    *(lint_article, lint_case, remembered, versions, reads),
)


def values_in(module: ModuleType) -> dict[tuple[str, str], type]:
    return {
        (kind.__module__, kind.__qualname__): kind
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
        if is_dataclass(kind) or issubclass(kind, shapes.Shape | yamls.Text)
    }


CLASSES = {place: kind for module in HOLDING_VALUES for place, kind in values_in(module).items()}

unpack_value = partial(unpack, classes=CLASSES)
