"""What the models of all files share: a mapping with a fixed set of keys, and entries that several files have."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, model_validator

from builder.reading.fields import LISTED, Address, Line, Words
from builder.reading.yamls import Form


class Shape(BaseModel):
    """A mapping with a fixed set of keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
        validate_by_alias=True,
        defer_build=True,  # a model within others is then built with them alone, not for itself as well
    )

    @model_validator(mode="before")
    @classmethod
    def without_empty_keys(cls, value: Any) -> Any:
        """A key with nothing behind it is no key, unless it is a required one: `notes:` waits for its first note."""
        if not isinstance(value, Form) or None not in value.values():
            return value
        optional = {field.alias or name for name, field in cls.model_fields.items() if not field.is_required()}
        kept = Form(value.span)
        kept.update((key, inside) for key, inside in value.items() if inside is not None or key not in optional)
        return kept


class IgnoreForm(Shape):
    """Silences one finding of the lint."""

    code: Line
    at: Line
    reason: Line


class WithIgnore(Shape):
    """Any file of an author may silence findings about it."""

    ignore: Annotated[tuple[IgnoreForm, ...], LISTED] = ()


class LinkForm(Shape):
    title: Words
    url: Address


class PersonForm(Shape):
    name: Words
    url: Address | None = None
