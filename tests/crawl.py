"""Follows every link of a built site, from disk or over http, and writes down those that lead nowhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import ProxyHandler, build_opener

Attributes = dict[str, str]
FETCHED_RELATIONS = frozenset(
    {"dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "preload", "stylesheet"}
)

_open = build_opener(ProxyHandler({})).open


def pages_of(folder: Path) -> tuple[str, ...]:
    """All pages of a built site, as paths from its root."""
    return tuple(sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html")))


def kind_of(page: str) -> str:
    """`articles/*` for one of many; a page of which there is one is its own kind."""
    path = PurePosixPath(page)
    return f"{path.parent}/*" if path.parent.name and path.name != "index.html" else page


def fullest_of_each_kind(folder: Path) -> tuple[str, ...]:
    """One page of each kind: the one with the most on it."""
    by_fullness = sorted(pages_of(folder), key=lambda page: (folder / page).stat().st_size)
    return tuple(sorted({kind_of(page): page for page in by_fullness}.values()))


class Link(NamedTuple):
    """An address as it is written on a page: the browser fetches it, a reader may follow it, or it is only named."""

    written: str
    use: Literal["fetched", "followed", "named"]
    rel: frozenset[str] = frozenset()


class Anatomy(HTMLParser):
    """The ids and links of one HTML or SVG file."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[Link] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this element is called and where it leads."""
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.links.extend(_links_of(tag, attributes))


def _links_of(tag: str, attributes: Attributes) -> Iterator[Link]:
    rel = frozenset(attributes.get("rel", "").split())
    for name, value in attributes.items():
        match name:
            case "href" | "xlink:href" if tag in {"a", "area"}:
                yield Link(value, "followed", rel)
            case "href" if tag == "link" and "canonical" in rel:
                pass  # for machines, and has to be absolute
            case "href" if tag == "link" and not rel & FETCHED_RELATIONS:
                yield Link(value, "named")
            case "href" | "xlink:href" | "src" | "poster" | "data":
                yield Link(value, "fetched")
            case "srcset":
                for candidate in value.split(","):
                    yield Link(candidate.split()[0], "fetched")
            case "action" | "formaction":
                yield Link(value, "followed", rel)


@dataclass
class Crawl:
    """What was found at the addresses below `home`, and what was wrong with them.

    `own_url` is the address that the site says it has on the web: no link on a page may spell it out.
    """

    home: str
    own_url: str = ""
    reached: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _contents: dict[str, bytes | None] = field(default_factory=dict)
    _ids: dict[str, list[str]] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _fragments: list[tuple[str, str, str, str]] = field(default_factory=list)

    def follow(self, page: str) -> "Crawl":
        """Read `page`, a path from home, and all that can be reached from it."""
        self._waiting.append(urljoin(self.home, page))
        while self._waiting:
            address = self._waiting.pop()
            if address not in self.reached:
                self._read(address)
        for address, written, target, fragment in self._fragments:
            if target in self._ids and fragment not in self._ids[target]:
                self._fault(address, written, "names an id that is not there")
        self._fragments.clear()
        return self

    def pages(self) -> set[str]:
        """The pages that were reached, as paths from home."""
        return {unquote(address.removeprefix(self.home)) for address in self.reached if address.endswith(".html")}

    def _read(self, address: str) -> None:
        self.reached.add(address)
        content = self._content(address)
        if content is None:
            self.faults.append(f"{address} is not there")
        elif address.endswith((".html", ".svg")):
            anatomy = Anatomy(content.decode())
            self._ids[address] = anatomy.ids
            twice = sorted({name for name in anatomy.ids if anatomy.ids.count(name) > 1})
            self.faults.extend(f"{address} has the id “{name}” twice" for name in twice)
            for link in anatomy.links:
                self._judge(address, link)
        elif address.endswith(".css"):
            for found in re.finditer(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", content.decode()):
                self._judge(address, Link(found[1], "fetched"))

    def _judge(self, address: str, link: Link) -> None:
        parts = urlsplit(link.written)
        if self.own_url and link.written.startswith(self.own_url):
            self._fault(address, link.written, "spells out the address of the site")
        elif not parts.scheme and not parts.netloc:
            self._go(address, link.written)
        elif link.use == "fetched" and parts.scheme != "data":
            self._fault(address, link.written, "is fetched from another host")
        elif link.use == "followed" and parts.scheme not in {"http", "https", "mailto"}:
            self._fault(address, link.written, "is no address for a reader")
        elif link.use == "followed" and parts.scheme != "mailto" and not link.rel >= {"noopener", "noreferrer"}:
            self._fault(address, link.written, "leads out without rel=“noopener noreferrer”")

    def _go(self, address: str, written: str) -> None:
        target, fragment = urldefrag(urljoin(address, written))
        target = target.partition("?")[0]
        fragment = unquote(fragment.partition(":~:")[0])
        if not target.startswith(self.home):
            self._fault(address, written, "leads out of the site")
        elif not PurePosixPath(urlsplit(target).path).suffix or target.endswith("/"):
            self._fault(address, written, "does not end in the name of a file")
        elif not written.partition("#")[0] and not fragment:
            self._fault(address, written, "leads nowhere")
        elif self._content(target) is None:
            self._fault(address, written, "leads to a file that is not there")
        else:
            self._waiting.append(target)
            if fragment and fragment != "top":
                self._fragments.append((address, written, target, fragment))

    def _content(self, address: str) -> bytes | None:
        if address not in self._contents:
            self._contents[address] = fetch(address)
        return self._contents[address]

    def _fault(self, address: str, written: str, what: str) -> None:
        self.faults.append(f"{address.removeprefix(self.home)}: “{written}” {what}")


def fetch(address: str) -> bytes | None:
    """What stands at a `file:` or `http:` address, or None."""
    try:
        with _open(address) as answer:
            content: bytes = answer.read()
            return content
    except HTTPError as refused:
        refused.close()
    except URLError:
        pass
    return None
