"""What a saved page says of itself: JSON-LD, `meta`, `link rel=canonical`, `html lang`; nothing is guessed."""

import re
from collections.abc import Iterator
from html import unescape
from json import loads
from typing import Any

from builder.briefing.bringing import day_of, plain_key
from builder.briefing.drafting_facts import Facts, Found
from builder.outlets.html_lines import text_of
from builder.reading.fields import WEB_ADDRESS, language_tag, on_one_line

ARTICLE_TYPE = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting)$")

Meta = dict[str, str]


def facts_of_page(tree: Any) -> Facts:
    """Only what stands there in so many words."""
    meta, linked = _meta(tree), _linked_data(tree)
    authors = _from_data(linked, "author") or _from_meta(
        meta, "author", "article:author", "citation_author", "dc.creator"
    )
    title, shown = _first(_from_data(linked, "headline") or _from_meta(meta, *TITLES)), _shown_title(tree)
    published, remarks = _published(
        [
            *_from_data(linked, "datePublished"),
            *_from_meta(meta, "article:published_time", "citation_publication_date", "dc.date", "date"),
        ]
    )
    if title and shown and plain_key(title.value) != plain_key(shown.value):
        remarks = [*remarks, ("title", f"otherwise {shown.value}: {shown.reason}")]
    return Facts(
        title=title or shown,
        publisher=_first(
            _from_data(linked, "publisher")
            or _from_meta(meta, "og:site_name", "citation_journal_title", "dc.publisher")
        ),
        published=published,
        url=_address([*_canonical(tree), *_from_meta(meta, "og:url"), *_from_data(linked, "mainEntityOfPage", "url")]),
        language=_language(tree),
        authors=tuple({one.value: one for one in authors if not WEB_ADDRESS.fullmatch(one.value)}.values()),
        remarks=tuple(remarks),
    )


def is_walled(tree: Any) -> bool:
    """Whether the page says that not everybody may read it whole (`isAccessibleForFree`)."""
    return str(_linked_data(tree).get("isAccessibleForFree")).strip().casefold() == "false"


TITLES = ("og:title", "citation_title", "dc.title")


def _first(found: list[Found]) -> Found | None:
    return found[0] if found else None


def _shown_title(tree: Any) -> Found | None:
    text = text_of(tree.find(".//h1"))
    return Found(text, "the page: <h1>") if text else None


def _language(tree: Any) -> Found | None:
    tag = language_tag(str(tree.get("lang") or tree.get("xml:lang") or ""))
    return Found(tag, "the page: <html lang>") if tag else None


def _address(found: list[Found]) -> Found | None:
    return next((one for one in found if WEB_ADDRESS.fullmatch(one.value)), None)


def _published(found: list[Found]) -> tuple[Found | None, list[tuple[str, str]]]:
    """The day as the page writes it: it never shifts with a time zone. What cannot be read is put to the author."""
    days = [day for one in found if (day := day_of(one))]
    if days:
        return days[0], []
    return None, [("published", f"{one.reason} has {one.value}") for one in found[:1]]


# --- where it stands -----------------------------------------------------------------------------------------------


def _meta(tree: Any) -> Meta:
    """Name → content of the page's `meta`; the first of each counts."""
    found: Meta = {}
    for element in tree.iter("meta"):
        name = str(element.get("property") or element.get("name") or "").strip().casefold()
        content = on_one_line(str(element.get("content") or ""))
        if name and content:
            found.setdefault(name, content)
    return found


def _from_meta(meta: Meta, *names: str) -> list[Found]:
    return [Found(meta[name], f"the page: <meta {name}>") for name in names if name in meta][:1]


def _canonical(tree: Any) -> list[Found]:
    links = (link for link in tree.iter("link") if str(link.get("rel") or "").casefold() == "canonical")
    return [Found(str(link.get("href") or "").strip(), "the page: <link rel=canonical>") for link in links]


def _linked_data(tree: Any) -> dict[str, Any]:
    """The article that the page describes in JSON-LD. Of several, that whose headline or address is the page's own."""
    found = list(_articles(tree))
    if len(found) > 1:
        own = {plain_key(text) for text in _own_names(tree)} - {""}
        found = [
            one
            for one in found
            if own & {plain_key(said.value) for said in _from_data(one, "headline", "mainEntityOfPage", "url")}
        ]
    return found[0] if found else {}


def _own_names(tree: Any) -> Iterator[str]:
    meta = _meta(tree)
    yield text_of(tree.find(".//h1"))
    yield from (
        found.value for found in [*_canonical(tree), *_from_meta(meta, "og:title"), *_from_meta(meta, "og:url")]
    )


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if str(script.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        try:
            value = loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in value if isinstance(value, list) else [value]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for one in (item, *(graph if isinstance(graph, list) else ())):
                kinds = one.get("@type") if isinstance(one, dict) else None
                if any(ARTICLE_TYPE.match(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield one


def _from_data(item: dict[str, Any], *keys: str) -> list[Found]:
    """Texts, names and addresses; many a program that writes HTML escapes them, though JSON needs none."""
    found: list[Found] = []
    for key in keys:
        value = item.get(key)
        for one in value if isinstance(value, list) else [value]:
            text = (one.get("name") or one.get("@id")) if isinstance(one, dict) else one
            if isinstance(text, str) and (value := on_one_line(unescape(text))):
                found.append(Found(value, f"the page: JSON-LD “{key}”"))
    return found
