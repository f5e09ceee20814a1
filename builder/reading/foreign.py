"""Front matter that other programs wrote: what it says about an article, by the keys that they use."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.reading.fields import WEB_ADDRESS, on_one_line
from builder.reading.files import split_front_matter
from builder.reading.yamls import Form, Items, Text, read_yaml

KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "publishdate", "date_published", "datepublished"),
    "retrieved": ("retrieved", "accessed", "saved", "clipped", "date_saved"),
    "authors": ("author", "authors", "byline", "by"),
    "url": ("url", "source_url", "canonical", "canonical_url", "link", "source", "original"),
    "publisher": (
        "publisher",
        "publication",
        "site",
        "site_name",
        "sitename",
        "newspaper",
        "container-title",
        "source",
    ),
    "language": ("language", "lang", "locale"),
}
"""Ours, and what others call it; `source` is an address with some, a name with others."""

TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`written`: its own lines; `body`: the text after it; `values`: key of ours → (their key, values)."""

    written: str
    body: str
    values: Mapping[str, tuple[str, tuple[str, ...]]]


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter of a Markdown text, in YAML or TOML, if it has one; what cannot be read says nothing."""
    found = TOML.match(text)
    if found:
        return FrontMatter(found[1], text[found.end() :], dict(_known(_toml(found[1]))))
    written, body, _ = split_front_matter(text)
    if written is None:
        return None
    value = read_yaml(written, "").value
    return FrontMatter(written, body, dict(_known(value if isinstance(value, Form) else {})))


def _toml(written: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(written.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _known(given: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    theirs = {str(key).casefold(): (str(key), value) for key, value in given.items()}
    for ours, names in KEYS.items():
        for name in names:
            key, value = theirs.get(name, ("", None))
            texts = tuple(text for text in _texts(value) if ours not in ("url", "publisher") or _fits(ours, text))
            if texts:
                yield ours, (key, texts)
                break


def _fits(ours: str, text: str) -> bool:
    return bool(WEB_ADDRESS.fullmatch(text)) == (ours == "url")


def _texts(value: Any) -> Iterator[str]:
    """One text, a list of them, or people with a name each; [[links]] of note programs are their words."""
    if isinstance(value, Items | list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        yield from _texts(value.get("name"))
    elif isinstance(value, Text) or value is not None:
        text = on_one_line(str(value).replace("[[", "").replace("]]", ""))
        if text:
            yield text
