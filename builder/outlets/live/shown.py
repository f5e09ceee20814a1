"""What the server shows at one moment, and how a browser can tell whether it shows the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from html import unescape
from posixpath import dirname, join, normpath
from threading import Lock
from urllib.parse import unquote

from builder.build import Built
from builder.outlets.live.parts import frame_of
from builder.outlets.live.wrong import Wrong, in_html
from builder.site import urls
from builder.site.frame import site_of
from builder.site.page_free import not_found_at
from builder.site.render import TemplateFailed, render, templates_over
from builder.site.template_mistakes import ASSETS

LARGEST = 2_000_000
"""Bytes of a page that are sent unasked."""

PICTURE = re.compile(rb"""\ssrc\s*=\s*["']([^"'?#]+)""")
NOTHING: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser has before it, as digests: a page with its pictures and scripts, the style sheets, and the
    problems over it. A browser says which it has and hears when there are others; so no message can be lost.

    `frame`: what of the page cannot be exchanged while it is open; empty where nothing can."""

    page: str = ""
    styles: str = ""
    problems: str = ""
    frame: str = ""


@dataclass(frozen=True)
class Shown:
    """The last good build, the search over it, and what is wrong with the files as they are now.

    `number` grows with every change. `index` is the newest search; a page that is open may still load from the one
    before it. `at`: the time of the last good build, as a clock shows it. Without slots: it keeps what is made of it.
    """

    base: str = "/"
    number: int = 0
    built: Built | None = None
    layouts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    search: bool = True
    index: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    index_before: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    wrong: Wrong = field(default_factory=Wrong)
    at: str = ""

    def file(self, path: str) -> bytes | None:
        """The bytes at a path of the site; None where nothing is, or what is copied is being changed.

        A page may be made only now. Raises TemplateFailed where it cannot be.
        """
        if path not in self._bodies:
            place = next((place for place in (self.files, self.index, self.index_before) if path in place), None)
            if place is None:
                return None
            try:
                self._bodies[path] = place[path]
            except OSError:
                return None
        return self._bodies[path]

    def seen_at(self, path: str) -> Seen:
        """What a browser sees that asks for this path now."""
        with self._looking:  # a hundred browsers ask at once for what is looked up once
            if path not in self._seen:
                page, frame = self._page(path)
                self._seen[path] = Seen(page, self.styles, self.problems, frame)
            return self._seen[path]

    @property
    def files(self) -> Mapping[str, bytes]:
        return self.built.files if self.built else NOTHING

    @cached_property
    def not_found(self) -> bytes:
        """404.html as it is for a site that is served at this base."""
        if self.built is None:
            return b""
        site = site_of(self.built.briefing, search=self.search)
        return render(not_found_at(self.base, site), templates_over(self.layouts))

    @cached_property
    def problems_html(self) -> str:
        return in_html(self.wrong, self.at)

    @cached_property
    def problems(self) -> str:
        return digest(self.problems_html.encode()) if self.problems_html else ""

    @cached_property
    def styles(self) -> str:
        return self._digest_of(path for path in self._assets if not path.endswith(".js"))

    @cached_property
    def _scripts(self) -> bytes:
        # The register comes from the content and is read by a search when that is opened.
        scripts = (path for path in self._assets if path.endswith(".js") and path != urls.REGISTER_SCRIPT)
        return self._digest_of(scripts).encode()

    @cached_property
    def _assets(self) -> list[str]:
        return sorted(path for path in self.files if path.startswith(ASSETS))

    def _digest_of(self, paths: Iterable[str]) -> str:
        return digest(*(part for path in paths for part in (path.encode(), self.files[path])))

    def _page(self, path: str) -> tuple[str, str]:
        """Digests of a page, and of its frame."""
        if self.built is None:
            return "nothing yet", ""
        try:
            body = self.file(path)
        except TemplateFailed as failure:
            return digest(str(failure.problem).encode()), ""
        page = self.not_found if body is None else body
        found = [path.encode() for path in sorted(self.index)] if path == urls.SEARCH else []
        loaded = [self._scripts, *self._pictures(path, page), *found]
        frame = frame_of(page, path, self.layouts.__contains__) if body is not None else None
        return digest(page, *loaded), digest(frame, *loaded) if frame is not None and len(page) <= LARGEST else ""

    def _pictures(self, path: str, page: bytes) -> Iterator[bytes]:
        for found in PICTURE.finditer(page):
            named = normpath(join(dirname(path), unquote(unescape(found[1].decode("utf-8", "replace")))))
            if not named.endswith(".js") and (picture := self.file(named)) is not None:
                yield picture

    @cached_property
    def _bodies(self) -> dict[str, bytes]:
        return {}

    @cached_property
    def _seen(self) -> dict[str, Seen]:
        return {}

    @cached_property
    def _looking(self) -> Lock:
        return Lock()


def digest(*parts: bytes) -> str:
    made = blake2b(digest_size=8)
    for part in parts:
        made.update(b"%d:" % len(part) + part)
    return made.hexdigest()
