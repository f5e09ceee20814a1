"""A saved page to its main text, and what the page states about itself. Needs the extra `sourcebook[html]`.

Nothing in a page runs and nothing is fetched: libxml2 parses it without network, and reads no entities of a DTD.
"""

import logging
import re
from codecs import lookup
from collections.abc import Iterator
from hashlib import sha256
from json import loads
from typing import Any

import trafilatura
from lxml import etree, html

from builder.briefing.bringing import Brought, Refused, read_extracted
from builder.briefing.drafting_facts import Facts, Found
from builder.briefing.stated_dates import dates_written
from builder.problems import Problem
from builder.reading.fields import WEB_ADDRESS
from builder.reading.seed import decode

CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
ARTICLE_TYPE = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting)$")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

Meta = dict[str, str]


def read_page(name: str, data: bytes) -> Brought:
    """The main text of a saved page, a paragraph a line with blank lines between. Raises Refused."""
    # The extractor complains about every strange page on its own; what matters of it is said here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree = html.document_fromstring(
            _decoded(data).encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
        )
        _drop_controls(tree)
        facts, headline = _facts(tree), _text_of(tree.find(".//h1"))
        extracted = trafilatura.extract(tree, output_format="xml", include_comments=False, include_tables=True)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise Refused(f"no page can be read from it ({type(error).__name__})") from None
    lines = list(_lines(extracted)) if extracted else []
    if not lines:
        raise Refused("no main text is found in this page; save its text as .txt")
    if headline and headline not in [text for text, _ in lines[:3]]:
        lines.insert(0, (headline, "h1"))
    headings = {2 * place + 1: tag for place, (_, tag) in enumerate(lines) if tag}
    taken = f"The text is what trafilatura {trafilatura.__version__} takes for the main part of the page"
    origin = f"{taken} (SHA-256 {sha256(data).hexdigest()})."
    return read_extracted(name, "\n\n".join(text for text, _ in lines) + "\n", headings, facts, origin)


def _decoded(data: bytes) -> str:
    """UTF-8, or what the page says that it is in."""
    text = decode(data, "")
    if isinstance(text, str):
        return text
    declared = CHARSET.search(data[:4096])
    try:
        return data.decode(lookup(declared[1].decode("ascii")).name) if declared else _refuse(text)
    except (LookupError, UnicodeDecodeError):
        return _refuse(text)


def _drop_controls(tree: Any) -> None:
    """Characters that XML cannot hold: one of them, and the extractor would give no text at all."""
    for element in tree.iter():
        for part in ("text", "tail"):
            text = getattr(element, part)
            if isinstance(text, str) and CONTROL.search(text):
                setattr(element, part, CONTROL.sub("", text))


def _refuse(problem: Problem) -> str:
    raise Refused(f"{problem.message}; {problem.hint}")


def _lines(extracted: str) -> Iterator[tuple[str, str]]:
    """Each paragraph, and for a heading its tag in the page."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    main = etree.fromstring(extracted.encode(), parser).find("main")
    for element in main.iter("head", "p", "item", "row", "code", "quote") if main is not None else ():
        if any(parent.tag in ("item", "row", "p", "head") for parent in element.iterancestors()):
            continue
        if element.tag == "quote" and element.find("p") is not None:
            continue
        if element.tag == "row":
            text = " | ".join(filter(None, map(_text_of, element.iter("cell"))))
        else:
            text = _text_of(element)
        if text:
            yield (
                ("- " if element.tag == "item" else "") + text,
                str(element.get("rend", "h2")) if element.tag == "head" else "",
            )


def _text_of(element: Any) -> str:
    """What is shown of an element, on one line: neither scripts nor characters that nobody sees."""
    if element is None:
        return ""
    shown = "".join(
        text for text in element.xpath(".//text()[not(ancestor::script) and not(ancestor::style)]") if text is not None
    )
    return " ".join(shown.split())


# --- what the page says of itself ----------------------------------------------------------------------------------


def _facts(tree: Any) -> Facts:
    """Only what stands in so many words: JSON-LD, `meta`, `link rel=canonical`, `html lang`; nothing is guessed."""
    meta = _meta(tree)
    linked = _linked_data(tree)
    authors = _from_data(linked, "author") or _from_meta(
        meta, "author", "article:author", "citation_author", "dc.creator"
    )
    return Facts(
        title=_first(_from_data(linked, "headline") or _from_meta(meta, "og:title", "citation_title", "dc.title"))
        or _title(tree),
        publisher=_first(
            _from_data(linked, "publisher")
            or _from_meta(meta, "og:site_name", "citation_journal_title", "dc.publisher")
        ),
        published=_dated(
            [
                *_from_data(linked, "datePublished"),
                *_from_meta(meta, "article:published_time", "citation_publication_date", "dc.date", "date"),
            ]
        ),
        url=_first([*_canonical(tree), *_from_meta(meta, "og:url")]),
        language=next(
            (
                Found(lang, "the page: <html lang>")
                for lang in [str(tree.get("lang") or "")]
                if LANGUAGE.fullmatch(lang)
            ),
            None,
        ),
        authors=tuple(one for one in authors if not WEB_ADDRESS.fullmatch(one.value)),
    )


def _first(found: list[Found]) -> Found | None:
    return found[0] if found else None


def _title(tree: Any) -> Found | None:
    text = _text_of(tree.find(".//h1"))
    return Found(text, "the page: <h1>") if text else None


def _meta(tree: Any) -> Meta:
    """Name → content of the page's `meta`; the first of each counts."""
    found: Meta = {}
    for element in tree.iter("meta"):
        name = str(element.get("property") or element.get("name") or "").strip().casefold()
        content = " ".join(str(element.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _from_meta(meta: Meta, *names: str) -> list[Found]:
    return [Found(meta[name], f"the page: <meta {name}>") for name in names if name in meta][:1]


def _canonical(tree: Any) -> list[Found]:
    links = (
        str(link.get("href") or "")
        for link in tree.iter("link")
        if str(link.get("rel") or "").casefold() == "canonical"
    )
    return [Found(href, "the page: <link rel=canonical>") for href in links if WEB_ADDRESS.fullmatch(href)][:1]


def _linked_data(tree: Any) -> dict[str, Any]:
    """The first article that the page describes in JSON-LD."""
    for script in tree.iter("script"):
        if str(script.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        try:
            value = loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        items = value if isinstance(value, list) else [value]
        items += [
            one
            for item in items
            if isinstance(item, dict) and isinstance(item.get("@graph"), list)
            for one in item["@graph"]
        ]
        for item in items:
            kinds = item.get("@type") if isinstance(item, dict) else None
            if any(ARTICLE_TYPE.match(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return dict(item)
    return {}


def _from_data(item: dict[str, Any], key: str) -> list[Found]:
    value = item.get(key)
    values = value if isinstance(value, list) else [value]
    texts = [one.get("name") if isinstance(one, dict) else one for one in values]
    return [
        Found(" ".join(text.split()), f"the page: JSON-LD “{key}”")
        for text in texts
        if isinstance(text, str) and text.strip()
    ]


def _dated(found: list[Found]) -> Found | None:
    """The day as the page writes it: it never shifts with a time zone."""
    for one in found:
        for day in dates_written(one.value):
            if day.edtf:
                return Found(day.edtf, one.reason)
    return None
