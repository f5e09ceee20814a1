"""Every quotation as a W3C Web Annotation: https://www.w3.org/TR/annotation-model/.

The target is the source's own file, named by its digest (RFC 6920), so that the selectors are about these bytes and no
others; where the source has an address on the web, that is a second target, found by its words. The bodies are the
pages that use the passage. Addresses are relative to the file of the annotations, or absolute where the site has a
`url`.

Positions count code points of the file as UTF-8, without a byte order mark; of a Markdown file, of its displayed text:
its paragraphs, joined by line feeds, without their markup. What may not be reprinted is not here: `passages` have no
prefix and suffix, `none` the position alone.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from builder.model import AROUND, Article, Block, Passage, Rights, Use
from builder.site import urls
from builder.site.data.formats import Record, a_line_each, dumped
from builder.site.data.passages import Displayed
from builder.site.frame import Site
from builder.site.lookup import passages_cited
from builder.site.web import absolute, base_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
LINE_END = re.compile(r"\r\n|\n|\r")


def annotation_file(site: Site, inputs: Mapping[str, bytes]) -> bytes:
    base = base_of(site.briefing.settings.url)
    here = dumped(absolute(base, urls.ANNOTATIONS) if base else "annotations.json")
    head = f'"@context": {dumped(CONTEXT)},\n"id": {here},\n"type": "AnnotationPage",\n"startIndex": 0'
    lines = a_line_each(annotations(site, inputs, base))
    return b"".join([f'{{\n{head},\n"items": [\n'.encode(), *lines, b"\n]\n}\n"])


def annotations(site: Site, inputs: Mapping[str, bytes], base: str) -> Iterator[Record]:
    uses_of = site.at.uses_of
    for article in site.briefing.articles:
        if uses := uses_of.get(article.slug):
            yield from annotations_of(article, uses, inputs, base)


def annotations_of(article: Article, uses: Sequence[Use], inputs: Mapping[str, bytes], base: str) -> Iterator[Record]:
    path, rights, url = article.path, article.rights, article.url
    text = SeedText(article, inputs.get(path, b"") if path.endswith(".txt") else b"")
    file: Record = {"id": name_of(article.sha256), "type": "Text", "format": text.format, "language": article.language}
    places: dict[str, dict[str, None]] = {}
    for use in uses:
        places.setdefault(use.passage.id, {})[urls.place(use.kind, use.id)] = None
    for passage in passages_cited(uses):
        quotable = rights != "none"
        address = urls.passage(passage) if quotable else f"{urls.line(passage.article, passage.line)}-{passage.id}"
        yield {
            "id": from_here(address, base),
            "type": "Annotation",
            "motivation": "linking",
            "body": [from_here(place, base) for place in places[passage.id]],
            "target": list(targets(passage, text, rights, file, url)),
        }


def from_here(path: str, base: str) -> str:
    return absolute(base, path) if base else urls.relative(path, urls.ANNOTATIONS)


def targets(passage: Passage, text: "SeedText", rights: Rights, file: Record, url: str) -> Iterator[Record]:
    """Each stretch of the passage in the source's file, and in the source on the web."""
    for start, end in text.stretches(passage):
        quote = quote_selector(*text.words(passage, start, end), rights) if rights != "none" else []
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        yield {"type": "SpecificResource", "source": file, "selector": [*quote, position]}
        if url and quote:
            yield {"type": "SpecificResource", "source": url, "selector": quote}


def quote_selector(exact: str, prefix: str, suffix: str, rights: Rights) -> list[Record]:
    around = {"prefix": prefix, "suffix": suffix} if rights == "full" else {}
    return [{"type": "TextQuoteSelector", "exact": exact, **around}]


def name_of(digest: str) -> str:
    """The name of a file by its SHA-256, after RFC 6920."""
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


class SeedText:
    """The text in which the selectors count, and where the passages of an article stand in it. `body`: that of a plain
    text's file."""

    def __init__(self, article: Article, body: bytes) -> None:
        self.article = article
        self.displayed = Displayed(article)
        self.raw = body.decode("utf-8-sig")
        self.format = "text/plain" if self.raw else "text/markdown"

    @cached_property
    def starts(self) -> list[int]:
        return line_starts(self.raw)

    def stretches(self, passage: Passage) -> list[list[int]]:
        """Start and end of each stretch, a new one where words were left out."""
        if not self.raw:
            return self.displayed.stretches(passage)
        found: list[list[int]] = []
        for part in passage.parts:
            start, end = self.place(part.block, part.start), self.place(part.block, part.end - 1) + 1
            if found and not self.raw[found[-1][1] : start].strip():
                found[-1][1] = end
            else:
                found.append([start, end])
        return found

    def words(self, passage: Passage, start: int, end: int) -> tuple[str, str, str]:
        """Those of a stretch, and what stands before and after it."""
        if passage.around and len(passage.parts) == 1 and not self.raw:
            return passage.text, *passage.around
        text = self.raw or self.displayed.text
        return text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND]

    def place(self, index: int, offset: int) -> int:
        """Where the character at an offset of a block's displayed text stands in the file."""
        block = self.article.blocks[index]
        begins, line = stretch_on_line(block, offset)
        ends = next((turn for turn, _ in block.turns if turn > begins), len(block.text))
        words = block.text[begins:ends].rstrip()  # a space that joins two lines is not in the file
        return self.raw.index(words, self.starts[line - 1]) + offset - begins


def stretch_on_line(block: Block, offset: int) -> tuple[int, int]:
    """Where the stretch of a block's text begins that stands on one raw line, and that line."""
    begins, line = 0, block.line
    for turn, next_line in block.turns:
        if offset < turn:
            break
        begins, line = turn, next_line
    return begins, line


def line_starts(text: str) -> list[int]:
    """Where each raw line begins; lines end as an editor sees them, with LF, CR LF or CR and nothing else."""
    if "\r" in text:
        return [0, *(end.end() for end in LINE_END.finditer(text))]
    return list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
