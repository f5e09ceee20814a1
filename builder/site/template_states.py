"""What a page's template is made of: itself and all that it takes, so that a page stays when another one changes."""

import re
from collections.abc import Iterator, Mapping

from builder.files import Files
from builder.fingerprints import digest_of
from builder.memo import Memo
from builder.site.template_mistakes import BUILT_IN

OTHER = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
"""Where a template takes another: https://jinja.palletsprojects.com/en/stable/templates/#list-of-control-structures."""
BY_NAME = re.compile(
    r"""\s*(?P<sign>["'])(?P<name>[^"'\\]+)(?P=sign)\s*"""
    r"(?:ignore\s+missing\s*)?(?:import\s[\w\s,]+?|as\s+\w+\s*)?(?:\s*with(?:out)?\s+context\s*)?[-+]?%\}"
)
"""How it goes on where it says which one, once and for all."""


class TemplateStates:
    """Digests of templates, each with those that it takes. Of one whose others are found out only while it writes, they
    are all that there are."""

    def __init__(self, layouts: Files, memo: Memo) -> None:
        self.layouts, self.memo = layouts, memo
        self.known: dict[str, str] = {}

    def of(self, template: str) -> str:
        if template not in self.known:
            parts = self._all_of(template)
            whole = parts is None
            named = self._every_one() if parts is None else parts
            self.known[template] = digest_of((whole, tuple(sorted(named.items())))).hex()
        return self.known[template]

    def _all_of(self, template: str) -> Mapping[str, str] | None:
        """Each template that this one takes, and those that they take, with its digest; none for one that is missing.
        None where they are not all named."""
        found: dict[str, str] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            path = path_of(name, self.layouts)
            found[name] = f"{path}:{self.layouts.sha256(path)}" if path in self.layouts else ""
            others = self._others_in(path) if path in self.layouts else ()
            if others is None:
                return None
            waiting += others
        return found

    def _others_in(self, path: str) -> tuple[str, ...] | None:
        def find() -> tuple[str, ...] | None:
            names = tuple(others_in(self.layouts[path].decode("utf-8-sig", "replace")))
            return None if None in names else tuple(name for name in names if name)

        return self.memo.recall("templates in", (self.layouts.sha256(path),), find)

    def _every_one(self) -> Mapping[str, str]:
        # An asset as well: a picture can be taken like a template.
        return {path: self.layouts.sha256(path) for path in self.layouts}


def others_in(source: str) -> Iterator[str | None]:
    """The names of the templates that one takes; None for one that only its values name."""
    for found in OTHER.finditer(source):
        named = BY_NAME.match(source, found.end())
        yield named["name"] if named else None


def path_of(name: str, layouts: Mapping[str, bytes]) -> str:
    """Where a template stands: among the site's own, else among the built-in ones."""
    return name if name in layouts else BUILT_IN + name
