"""Templates that are fast where nothing is wrong, and strict where something is.

Jinja2's own code asks its environment for every attribute, so that it can take an item of that name instead or make an
undefined value, and wraps every string that it escapes. Here a template is compiled to plain Python attributes and
plain strings, in a quarter of the time. What such a template cannot do it does not do: it raises, and the page is
written again as Jinja2 would have, whose answer counts. So `x is defined` and `row["key"]` by a dot work as ever, and a
mistake is reported in Jinja2's words.
"""

import re
from collections.abc import Callable, Iterable
from keyword import iskeyword
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

SPECIAL = re.compile("[&<>'\"]")


def escaped_anew(text: str) -> str:
    return str(escape(text)) if SPECIAL.search(text) else text


text_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escaped_anew)
"""What `escape` does for a text before it wraps it. Not a name to count on, but it takes a fifth of the time."""


class Writer:
    """Writes pages with templates that are compiled twice: `fast` as far as it goes, else `strict`."""

    def __init__(self, strict: Environment) -> None:
        self.strict = strict
        self.fast = strict.overlay()
        self.fast.code_generator_class = PlainAttributes
        self.fast.template_class = PlainStrings
        self.strict.bytecode_cache = None  # one template, two codes: the cache has the fast one's
        self.too_much_for_fast: set[str] = set()

    def write(self, template: str, page: object) -> str:
        """The page through its template; raises whatever the template does wrong."""
        if template not in self.too_much_for_fast:
            try:
                return self.fast.get_template(template).render(page=page)
            except Exception:  # noqa: BLE001 - whatever it is, the strict template does it again, and says it better
                self.too_much_for_fast.add(template)
        return self.strict.get_template(template).render(page=page)


class PlainAttributes(CodeGenerator):
    """Compiles `row.line` to `row.line`."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja2's name
        if iskeyword(node.attr) or not node.attr.isascii():  # Python reads these differently
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """What a block writes is put together in it: each part of its own would go through a generator for the block
        and one for each `extends`."""
        parts = list(body)
        whole = frame.block_frame or (frame.rootlevel and not any(isinstance(part, nodes.Extends) for part in parts))
        if not whole or frame.buffer is not None:
            super().blockvisit(parts, frame)
            return
        self.buffer(frame)
        super().blockvisit(parts, frame)
        self.writeline(f"yield concat({frame.buffer})")


class PlainStrings(Template):
    """A template that writes what it has escaped as it is: it joins all of it to the page in the end."""

    @classmethod
    def from_code(cls, *arguments: Any, **options: Any) -> "Template":
        template = super().from_code(*arguments, **options)
        template.root_render_func.__globals__["escape"] = escaped
        return template


def escaped(value: object) -> str:
    """What Jinja2 writes for a value. HTML stays as it is, and so does a text without a special character."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # the line before says so
    if kind is str:
        return text_escaped(value)  # type: ignore[arg-type]  # the line before says so
    if kind is int:
        return str(value)
    return escape(value)
