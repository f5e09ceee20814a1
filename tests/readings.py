"""Every text that a reader or a program can get out of a built site, and what of a source's words is in it."""

import csv
import io
import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from unicodedata import normalize
from zipfile import ZipFile

import yaml

from builder.model import Article, Briefing

WORD = re.compile(r"[^\W_]+")
CITATION = re.compile(r'\[@[^"\]]*(?:"(?:\\.|[^"\\])*"\s*)?\]')
BASE64 = re.compile(rb'"((?:[A-Za-z0-9+/]{4}){10,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"')
PACK = re.compile(rb'<template class="pack">([^<]*)</template>')
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
ICS_ESCAPE = re.compile(r"\\(.)")
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "time"})

Run = tuple[str, ...]


def words(text: str) -> Run:
    """The words of a text, folded: neither case nor typography tells two apart."""
    return tuple(WORD.findall(normalize("NFKC", text).casefold()))


def runs(text: Run, length: int) -> Iterator[Run]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


# --- what is in a file -----------------------------------------------------------------------------------------------


def readings(files: Mapping[str, bytes]) -> dict[str, set[Run]]:
    """By path, the words of every reading of a file."""
    return {path: set(map(words, readings_of(path, body))) for path, body in files.items()}


def readings_of(path: str, body: bytes) -> Iterator[str]:
    """The text as it is, without its tags, each attribute, each string of JSON, each cell; unpacked."""
    if body.startswith(GZIP):
        yield from readings_of(path.removesuffix(".gz"), zlib.decompress(body, wbits=zlib.MAX_WBITS | 32))
        return
    if body.startswith(ZIP):
        with ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield from readings_of(name, archive.read(name))
        return
    if packs := PACK.findall(body):
        yield from in_packs(packs)
    if path.endswith(".js"):
        for packed in BASE64.findall(body):
            yield from readings_of(path.removesuffix(".js"), b64decode(packed))
    text = body.decode("utf-8", "replace")
    if not path.endswith(".csv"):  # a cell's last word and the next one's first say nothing together
        yield text
    if path.endswith(".json"):
        yield from strings_in(json.loads(text))
    elif path.endswith(".csv"):
        yield from (cell for row in csv.reader(io.StringIO(text)) for cell in row)
    elif path.endswith(".ics"):
        yield ICS_ESCAPE.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], text.replace("\r\n ", ""))
    elif text.lstrip().startswith("<"):
        page = Everything(text)
        yield from (string for data in LINKED.findall(text) for string in strings_in(json.loads(data)))
        yield from ("".join(page.text), *page.attributes)


def in_packs(packs: Iterable[bytes]) -> Iterator[str]:
    """What a single file holds: its first pack names the path of a file, or the paths of JSON of path → value."""
    paths, *bodies = (zlib.decompress(b64decode(pack)) for pack in packs)
    for held, body in zip(json.loads(paths), bodies, strict=True):
        for path, value in ({held: body} if isinstance(held, str) else json.loads(body)).items():
            if isinstance(value, bytes):
                yield from readings_of(path, value)
            elif isinstance(value, str):
                quoted = f'"{value}"' if path.endswith(".js") else value  # base64, as it stands in a script
                yield from readings_of(path, quoted.encode())
            else:
                yield from strings_in(value)


def strings_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            yield from (string for one in value for string in strings_in(one))
        case dict():
            yield from (string for pair in value.items() for one in pair for string in strings_in(one))


class Everything(HTMLParser):
    """Text and attributes; what is not inline parts words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.update(value for _, value in attrs if value)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.text.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.attributes.add(data)


# --- what may be there -----------------------------------------------------------------------------------------------


def leaks(
    read: Mapping[str, set[Run]], briefing: Briefing, length: int, allowed: Iterable[str] = (), uncited: int = 1
) -> list[str]:
    """Each run of so many words of a source that its rights keep back, with the file in which it stands.

    `allowed`: other texts that may be there, such as the author's own. `uncited`: how many of its words are beyond what
    is cited, at least.
    """
    kept_back = {run for article in briefing.articles for run in kept_back_of(article, briefing, length, uncited)}
    kept_back -= {run for article in briefing.articles for run in shown_of(article, briefing, length)}
    kept_back -= {run for text in allowed for run in runs(words(text), length)}
    return [
        f"{path}: {' '.join(run)}"
        for path, texts in read.items()
        for text in texts
        for run in runs(text, length)
        if run in kept_back
    ]


def kept_back_of(article: Article, briefing: Briefing, length: int, uncited: int) -> Iterator[Run]:
    if article.rights != "full":
        yield from (run for run, beyond in marked_runs(article, briefing, length) if beyond >= uncited)


def shown_of(article: Article, briefing: Briefing, length: int) -> Iterator[Run]:
    yield from (run for run, beyond in marked_runs(article, briefing, length) if not beyond or article.rights == "full")


def marked_runs(article: Article, briefing: Briefing, length: int) -> Iterator[tuple[Run, int]]:
    """Each run of an article's words, and how many of them are in no passage that may be shown."""
    cited: dict[int, set[int]] = {}
    for use in briefing.uses:
        if use.passage.article == article.slug and article.rights != "none":
            for part in use.passage.parts:
                cited.setdefault(part.block, set()).update(range(part.start, part.end))
    marked = [
        (word, match.start() in cited.get(index, ()) and match.end() - 1 in cited.get(index, ()))
        for index, block in enumerate(article.blocks)
        for match in WORD.finditer(block.text)
        for word in words(match[0])
    ]
    for start in range(len(marked) - length + 1):
        run = marked[start : start + length]
        yield tuple(word for word, _ in run), sum(not is_cited for _, is_cited in run)


def authors_words(inputs: Mapping[str, bytes]) -> Iterator[str]:
    """Everything that the author wrote, without the words copied from sources as quotations."""
    for path, body in inputs.items():
        text = body.decode() if path.endswith((".yaml", ".md")) else ""
        if path.endswith(".md") and text.startswith("---\n"):
            text, _, page = text.removeprefix("---\n").partition("\n---\n")
            yield CITATION.sub(" ", page) if path.startswith("content/pages/") else ""
        elif path.endswith(".md"):
            continue
        yield from written_in(yaml.load(text, Loader=yaml.BaseLoader))  # it makes nothing but strings


def written_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield CITATION.sub(" ", value)
        case list():
            yield from (text for one in value for text in written_in(one))
        case dict():
            yield from (text for key, one in value.items() if key != "quote" for text in written_in(one))
