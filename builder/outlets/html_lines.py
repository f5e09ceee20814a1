"""What the extractor found of a page, as lines: one for each paragraph, and for what a page breaks with <br>."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

BLOCKS = frozenset({"main", "head", "p", "item", "list", "quote", "table", "row", "cell", "div", "li", "tr", "td"})
BREAKS = frozenset({"lb", "br"})
UNSEEN = frozenset({"script", "style"})
ALONE = frozenset({"head", "row"})
"""They are one line, whatever is in them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `tag`: that of a heading; `adjoins`: no blank line parts it from the one before."""

    text: str
    tag: str = ""
    adjoins: bool = False


def lines_of(extracted: str) -> Iterator[Line]:
    """The lines of trafilatura's XML, in their order; no word of it is left out, and none runs into the next."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    main = etree.fromstring(extracted.encode(), parser).find("main")
    if main is None:
        return
    gathered, mark, adjoins = "", "", False
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        begins, tag = event == "start", str(element.tag)
        if tag in BLOCKS or (tag in BREAKS and begins):
            if text := _tidy(gathered):
                yield Line(mark + text, "", adjoins)
                mark, adjoins = "", True
            gathered = ""
        if tag in BLOCKS:
            adjoins = False
        if tag == "item":
            mark = "- " if begins else ""
        if begins and tag in ALONE:
            yield from _alone(element)
            walk.skip_subtree()
        elif begins:
            gathered += element.text or ""
        elif element is not main:
            gathered += element.tail or ""


def _alone(element: Any) -> Iterator[Line]:
    if element.tag == "head":
        text, tag = text_of(element), str(element.get("rend", "h2"))
    else:
        text, tag = " | ".join(filter(None, map(text_of, element.iter("cell")))), ""
    if text:
        yield Line(text, tag)


def text_of(element: Any) -> str:
    """What is shown of an element, on one line: neither scripts nor styles."""
    if element is None:
        return ""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        parts.append(" " if inner.tag in BLOCKS or inner.tag in BREAKS else "")
        if event == "start":
            parts.append("" if inner.tag in UNSEEN else inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
    return _tidy("".join(parts))


def _tidy(text: str) -> str:
    return " ".join(text.split())
