"""What the models of several files share."""

from builder.reading.declaring import Shape, key, required
from builder.reading.fields import Address, Line, Many, Words
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreForm(Shape):
    """Silences one finding of the lint."""

    code: Line = required("the code of the finding")
    at: Line = required("what it is about: a line, a key, an id or a slug")
    reason: Line = required("why it is no mistake")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithIgnore(Shape):
    """Any file of an author may silence findings about it."""

    ignore: Many[IgnoreForm] = key("findings that are no mistakes", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkForm(Shape):
    title: Words = required("what is to be read there")
    url: Address = required("its address, such as https://example.org/")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm(Shape):
    name: Words = required("the name")
    url: Address | None = key("a page about the person")
