"""What the models of all files share: a mapping with a fixed set of keys, and entries that several files have."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from builder.reading.fields import Address, Line, Many, Words
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


def key(about: str, default: Any = None) -> Any:
    """An optional key, and what it is for. `default` may be a shape, whose keys are then all left out.

    One is made for each owner, as the first of a kind takes long: pydantic builds what it needs for that, and looks
    for plugins in all that is installed.
    """
    if isinstance(default, type):
        return Field(default_factory=default, description=about)
    return Field(default=default, description=about)


class IgnoreForm(Shape):
    """Silences one finding of the lint."""

    code: Line = Field(description="the code of the finding")
    at: Line = Field(description="what it is about: a line, a key, an id or a slug")
    reason: Line = Field(description="why it is no mistake")


class WithIgnore(Shape):
    """Any file of an author may silence findings about it."""

    ignore: Many[IgnoreForm] = key("findings that are no mistakes", ())


class LinkForm(Shape):
    title: Words = Field(description="what is to be read there")
    url: Address = Field(description="its address, such as https://example.org/")


class PersonForm(Shape):
    name: Words = Field(description="the name")
    url: Address | None = key("a page about the person")
