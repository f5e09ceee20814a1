"""A site's templates: found in its own layouts or among the built-in ones, and compiled once for many builds."""

import marshal
from collections.abc import MutableMapping
from contextlib import suppress
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError

from builder.files import Files, in_memory
from builder.memo import Memo
from builder.problems import nearest_hint
from builder.site.template_mistakes import BUILT_IN, is_asset, place_of
from builder.site.template_states import path_of
from builder.site.templates import PlainAttributes, Writer


def templates_over(layouts: Files, memo: Memo) -> Writer:
    """Jinja2, strict: an unknown name is an error, and every value is escaped. `memo` recalls what templates were
    compiled to.

    Not its sandbox: that makes a page four times as slow, and a site's templates are its author's own code.
    """
    strict = Environment(
        loader=Layouts(layouts, memo),
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
    )
    return Writer(strict)


def compile_all(layouts: Files, memo: Memo) -> None:
    """Every template that a page may be made with, so that no process that makes some has to, and no later build."""
    loader = Layouts(layouts, memo)
    for path in layouts:
        if not is_asset(path) and path_of(path.removeprefix(BUILT_IN), layouts) == path:
            with suppress(Exception):  # whatever is wrong with one is told where a page is made with it
                loader.compiled(path, fast=True)


class Layouts(BaseLoader):
    """Finds `article.html` among the site's own templates, then among the built-in ones; `builtin/article.html`
    only there."""

    def __init__(self, layouts: Files, memo: Memo) -> None:
        self.layouts, self.memo = layouts, memo
        # What a build does not ask for is forgotten, and most builds make few kinds of pages.
        for path in layouts:
            if not is_asset(path):
                memo.find(self._key_of(path, fast=True))
                memo.find(self._key_of(path, fast=False))

    def load(self, environment: Environment, name: str, known: MutableMapping[str, Any] | None = None) -> Template:
        path = path_of(name, self.layouts)
        if path not in self.layouts:
            raise TemplateNotFound(name)
        code = self.compiled(path, fast=environment.code_generator_class is PlainAttributes)
        return environment.template_class.from_code(environment, code, {} if known is None else known)

    def compiled(self, path: str, *, fast: bool) -> CodeType:
        """What a template was compiled to, in this build or in an earlier one: that takes longer than to make a page.

        Code in a memo is as safe as the pages that are made with it. The memo holds it as bytes, which `marshal` reads
        as a code object and does not run; it is run as a template is. A memo is handed on to a build only if this user
        wrote it, and under a key that has the digests of the template, of Jinja2 and of Python, so that it is what
        would be compiled now. Whoever could put other code there could as well change Sourcebook.
        """
        key = self._key_of(path, fast=fast)
        found = self.memo.find(key)
        body = found[0] if found else self.memo.learn(key, compiled(self._source_of(path), path, fast))
        return marshal.loads(body)  # type: ignore[no-any-return]  # what `compiled` made

    def _key_of(self, path: str, *, fast: bool) -> str:
        return self.memo.key("compiled", (path, self.layouts.sha256(path), "fast" if fast else "strict"))

    def _source_of(self, path: str) -> str:
        body = self.layouts[path]
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError as failure:
            line = body[: failure.start].count(b"\n") + 1
            fact = f"this is not UTF-8: byte 0x{body[failure.start]:02x}"
            raise TemplateSyntaxError(fact, line, path, place_of(path)) from None


@lru_cache(maxsize=1_000)
def compiled(source: str, path: str, fast: bool) -> bytes:  # noqa: FBT001 - a key of the cache
    """The code of a template; once while this process lives, also for builds that share no memo."""
    writer = templates_over(in_memory({}), Memo())
    return marshal.dumps((writer.fast if fast else writer.strict).compile(source, path, place_of(path)))


class Missing(StrictUndefined):
    """An unknown name; its message offers the nearest known one on a second line."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or not isinstance(self._undefined_name, str):
            return super()._undefined_message
        if slots := fields_of(type(self._undefined_obj)):
            owner = type(self._undefined_obj).__name__
            return f"there is no “{self._undefined_name}” in {owner}\n{nearest_hint(self._undefined_name, slots)}"
        return f"there is no “{self._undefined_name}” here\n{nearest_hint(self._undefined_name, ['page'])}"


def fields_of(kind: type) -> tuple[str, ...]:
    """The names that a view has."""
    return tuple(getattr(kind, "__dataclass_fields__", ()))
