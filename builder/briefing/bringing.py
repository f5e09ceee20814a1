"""A file's bytes to a text that can be brought in: what is copied, what its lines are, what it states."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from builder.briefing.drafting_facts import Facts, Found, facts_of, joined
from builder.briefing.drafting_lines import tell_lines
from builder.briefing.folding import folded
from builder.briefing.line_forms import Told
from builder.briefing.slugs import slug_of
from builder.briefing.stated_dates import dates_written
from builder.model import Block
from builder.problems import Problem
from builder.reading.edtf import NoDate, read_edtf
from builder.reading.fields import WEB_ADDRESS, language_tag
from builder.reading.files import split_front_matter
from builder.reading.foreign import FrontMatter, read_front_matter
from builder.reading.forms import fill
from builder.reading.no_text import kind_of, looks_like_utf16
from builder.reading.schema import ArticleForm
from builder.reading.seed import decode, raw_lines, read_blocks
from builder.reading.sources import read_source
from builder.reading.yamls import read_yaml

PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
ARCHIVE = re.compile(r"(?ims)[a-z][\w-]*:[ \t].*?^MIME-Version:.*?^Content-Type:\s*multipart/related")
HEAD = 4_000
"""Characters in which the kind of a text shows."""

KEY = re.compile(r"^\s*[\w\"'-][^:=\n]*[:=]|^[ \t]*#", re.MULTILINE)
TIME_OF_DAY = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d.*$")
LINKED, MISTAKEN = "It links to", "Its line"
WALLED = "The page says that it is not free to read"
LOUD = (LINKED, MISTAKEN, WALLED)
"""How remarks begin that are said at once, not only in the draft."""

UNLINK = "take the link out of the copy, then run `sourcebook seal`."

NO_FACTS = Facts()


class Refused(Exception):
    """The file cannot be brought in; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A text to bring in: `body` is what is copied, byte for byte.

    `complete`: it has a summary of our own in its front matter, so that none is drafted. `quoted`: lines of front
    matter that other programs wrote, which is no part of the text.
    """

    name: str
    suffix: str
    body: bytes
    blocks: tuple[Block, ...] = ()
    told: tuple[Told, ...] = ()
    facts: Facts = NO_FACTS
    remarks: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    complete: bool = False

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()

    @property
    def stem(self) -> str:
        """An id that speaks of it: its title's, else its file's; else its day or checksum."""
        title = self.facts.title.value if self.facts.title else ""
        day = self.facts.published.value if self.facts.published else ""
        name = self.name.rpartition(".")[0] or self.name
        spoken = (slug_of(text) for text in (title, name) if _is_mostly_spoken(text))
        return next(filter(None, spoken), "") or slug_of(
            f"article {day}".strip() if day else f"article {self.sha256[:8]}"
        )


def _is_mostly_spoken(text: str) -> bool:
    """Whether an id says most of it: “白川 NHK” is not “nhk”."""
    letters = sum(character.isalnum() for character in text)
    return 3 * sum(character.isalnum() for character in slug_of(text)) >= min(letters, 60)


def same_text(text: str) -> str:
    """What two copies of one text share: its characters without line ends, spaces and kinds of quotation marks."""
    return "".join(folded(text).split())


def plain_key(text: str) -> str:
    """What a title, a file's name or an address has in common with another way to write it: letters and digits."""
    return "".join(character for character in folded(text).casefold() if character.isalnum())


def read_plain(name: str, data: bytes) -> Brought:
    """Raw text. Raises Refused."""
    text = _readable(data)
    if PAGE.match(text):
        raise Refused("this is an HTML page; name it .html, and its main text is taken out")
    if ARCHIVE.match(text[:HEAD]):
        raise Refused("this is a web archive; name it .mhtml, and its main text is taken out")
    lines = raw_lines(text)
    blocks = read_blocks(lines, {})
    return _told(Brought(name, ".txt", data), blocks, tell_lines(blocks), lines)


def read_marked(name: str, data: bytes) -> Brought:
    """Markdown: with a summary of ours in front of it, with the front matter of another program, or with none."""
    text = _readable(data)
    if (front := split_front_matter(text)[0]) is not None and not fill(ArticleForm, read_yaml(front, name, 2), {})[1]:
        return replace(read_body(name, data, split_front_matter(text)[1]), body=data, complete=True)
    matter = read_front_matter(text)
    if matter is None:
        return read_body(name, data, text)
    if matter.written.strip() and not KEY.search(matter.written):
        raise Refused("what stands between “---” at its head is text, not keys; put an empty line above it to keep it")
    if not matter.body.strip():
        raise Refused("it has front matter and no text")
    # The front matter is no part of the text; the rest is copied as it is.
    brought = read_body(name, matter.body.encode(), matter.body)
    return replace(
        brought, facts=joined(brought.facts, _facts_of_matter(matter)), quoted=tuple(raw_lines(matter.written.rstrip()))
    )


def read_body(name: str, data: bytes, text: str) -> Brought:
    lines = raw_lines(text)
    source = read_source("\n".join(lines), "content/articles/" + name, 1, {})
    told = tell_lines(source.blocks, marked_up=True)
    remarks = tuple(
        f"{MISTAKEN} {problem.span.line} is an error: {problem.message}"
        for problem in source.problems
        if problem.severity == "error"
    ) + tuple(
        f"{LINKED} {path} on line {span.line}; if that is not in the site, {UNLINK}" for path, span in source.links
    )
    return _told(Brought(name, ".md", data, remarks=remarks), source.blocks, told, lines)


def read_extracted(
    name: str, text: str, headings: Mapping[int, str], facts: Facts, remarks: tuple[str, ...]
) -> Brought:
    """The main text of a page; `headings`: its lines that are, with their tags."""
    lines = raw_lines(text)
    blocks = read_blocks(lines, dict.fromkeys(headings, "heading"))
    told = [
        replace(one, reason=f"<{headings[block.line]}> in the page") if block.line in headings else one
        for block, one in zip(blocks, tell_lines(blocks, marked_up=True), strict=True)
    ]
    bare = tuple(replace(block, role="body") for block in blocks)
    brought = _told(Brought(name, ".txt", text.encode(), remarks=remarks), bare, told, lines)
    return replace(
        brought,
        facts=joined(replace(brought.facts, title=None), facts) if facts.title else joined(brought.facts, facts),
    )


def _told(brought: Brought, blocks: Sequence[Block], told: Sequence[Told], lines: Sequence[str]) -> Brought:
    if not blocks:
        raise Refused("there is no text in it")
    remarks = (*brought.remarks, *_repeated(lines))
    return replace(brought, blocks=tuple(blocks), told=tuple(told), facts=facts_of(blocks, told), remarks=remarks)


def _readable(data: bytes) -> str:
    """The text of a file. Raises Refused for what is none, with the way out."""
    refuse_binary(data)
    text = decode(data, "")
    if isinstance(text, Problem):
        place = f"line {text.span.line}, column {text.span.column}: "
        raise Refused(f"{place}{text.message}; {text.hint}")
    if "\0" in text:
        way_out = "; it looks like UTF-16; save it as UTF-8" if looks_like_utf16(data) else ""
        raise Refused(f"this is no text: byte 0x00 at offset {data.index(0):,}{way_out}")
    if not text.strip():
        raise Refused("it is empty" if not text else "there is nothing but white space in it")
    return text


def refuse_binary(data: bytes) -> None:
    """Raises Refused for a file of a well-known kind that is no text."""
    if what := kind_of(data):
        raise Refused(f"this is {what}")


def _repeated(lines: Sequence[str]) -> Iterator[str]:
    """Whether the text was pasted twice: its second half is its first."""
    written = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    half = len(written) // 2
    if half and len(written) % 2 == 0 and [t for _, t in written[:half]] == [t for _, t in written[half:]]:
        second, first = (f"{part[0][0]}-{part[-1][0]}" for part in (written[half:], written[:half]))
        yield f"Lines {second} repeat lines {first}: a quotation needs “line”."


# --- front matter --------------------------------------------------------------------------------------------------


def _facts_of_matter(matter: FrontMatter) -> Facts:
    found = {
        ours: [Found(value, f"front matter, “{key}”") for value in values]
        for ours, (key, values) in matter.values.items()
    }
    one = {key: values[0] for key, values in found.items() if values}
    return Facts(
        title=one.get("title"),
        publisher=one.get("publisher"),
        published=day_of(one.get("published")),
        retrieved=day_of(one.get("retrieved")),
        url=one["url"] if "url" in one and WEB_ADDRESS.fullmatch(one["url"].value) else None,
        language=replace(one["language"], value=tag)
        if "language" in one and (tag := language_tag(one["language"].value))
        else None,
        authors=tuple(found.get("authors", ())),
    )


def day_of(found: Found | None) -> Found | None:
    """A date as it stands, or the day that its words name; the time of day is left out."""
    if found is None:
        return None
    found = replace(found, value=TIME_OF_DAY.sub("", found.value))
    try:
        read_edtf(found.value)
    except NoDate:
        days = [day.edtf for day in dates_written(found.value) if day.edtf]
        return replace(found, value=days[0]) if days else None
    return found
