"""A source's text on its own page: passages marked, names linked, its own markup kept; all of them may cross."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup as Html

from builder.model import Article, Block, Mention, Passage, Role, Use
from builder.site import urls
from builder.site.elements import MARK, MARKUP, NAME, Element, written
from builder.site.texts import Place, attribute, escaped, html_of
from builder.values import dataclass

OMISSION = " […] "
BARE_TAG = re.compile(r"<\w+>")


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the text, or a whole list, quotation or table. `passages`: the ids of those that begin in it."""

    line: int
    role: Role
    html: Html
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a passage in one block; `id` empty for those after the first."""

    start: int
    end: int
    id: str
    quoted: bool


@dataclass(slots=True)
class Headings:
    """Keeps the text's headings below the page's “Full text” (h2), each at most one level below the one before."""

    levels: dict[str, int]
    last: int = 2

    def tag(self, block: Block) -> str:
        self.last = min(self.levels.get(block.tag, 3), self.last + 1)
        return f"h{self.last}"


def reprint(article: Article, uses: Iterable[Use], on: Place) -> tuple[Row, ...]:
    """The article's text as far as its rights allow, in rows. `uses`: those of its passages; others are passed over.

    Every line has its id (`p12`) and every passage its own once, both where they begin.
    """
    rights = article.rights
    if rights == "none":
        return ()
    stretches = _stretches_by_block(article, uses)
    writer = _Writer(article, on)
    if rights == "passages":
        return tuple(writer.cited_row(index, stretches[index]) for index in sorted(stretches))
    return tuple([writer.row(indexes, stretches) for indexes in _rows_of(writer.blocks)])


def _stretches_by_block(article: Article, uses: Iterable[Use]) -> dict[int, list[Stretch]]:
    slug = article.slug
    passages: dict[str, Passage] = {}
    quoted: set[str] = set()
    for use in uses:
        passage = use.passage
        if passage.article == slug:
            passages[passage.id] = passage
            if use.how == "quoted":
                quoted.add(passage.id)
    found: dict[int, list[Stretch]] = defaultdict(list)
    for passage in sorted(passages.values(), key=lambda p: (p.start, -p.end, p.id)):
        for index, part in enumerate(passage.parts):
            stretch = Stretch(part.start, part.end, passage.id if index == 0 else "", passage.id in quoted)
            found[part.block].append(stretch)
    return found


def _rows_of(blocks: Sequence[Block]) -> Iterable[list[int]]:
    """Indexes of the blocks that stand in one row."""
    row: list[int] = []
    for index, block in enumerate(blocks):
        if block.starts_row and row:
            yield row
            row = []
        row.append(index)
    if row:
        yield row


class _Writer:
    """Writes an article in order: whether a line has an id, and how deep a heading is, hangs on the blocks before."""

    def __init__(self, article: Article, on: Place) -> None:
        self.blocks = tuple(article.blocks)
        self.on = on
        self.lines: set[int] = set()
        self.headings = Headings(_heading_levels(self.blocks))
        self.links: dict[str, str] = {}
        self.mentions: dict[int, list[Mention]] = defaultdict(list)
        for mention in article.mentions:
            self.mentions[mention.block].append(mention)

    def row(self, indexes: Sequence[int], stretches: dict[int, list[Stretch]]) -> Row:
        first = self.blocks[indexes[0]]
        if len(indexes) == 1:
            marked = stretches.get(indexes[0], ())
            return Row(first.line, first.role, html_of(self._block(indexes[0], marked)), _ids(marked))
        html = "".join([self._block(index, stretches.get(index, ())) for index in indexes])
        return Row(first.line, first.role, html_of(html), _ids(s for i in indexes for s in stretches.get(i, ())))

    def cited_row(self, index: int, stretches: Sequence[Stretch]) -> Row:
        """Only what is cited of a block, for a source whose text may not be reprinted: a bare paragraph."""
        block = self.blocks[index]
        # A link's address or a picture's label has words as well, and nobody cited those.
        bare = replace(block, inlines=tuple(inline for inline in block.inlines if BARE_TAG.fullmatch(inline.opening)))
        elements = [*_marks(stretches), *_markup(bare), *linked_names(block, self.mentions.get(index, ()), self._link)]
        parts = [written(block.text, elements, start, end) for start, end in _covered(stretches)]
        html = f"<p{self._attributes(block)}>{OMISSION.join(parts)}</p>"
        return Row(block.line, block.role, Html(html), _ids(stretches))

    def _block(self, index: int, stretches: Sequence[Stretch]) -> str:
        block = self.blocks[index]
        text, tag, mentions = block.text, block.tag, self.mentions.get(index, ())
        if stretches or block.inlines:
            elements = [*_marks(stretches), *_markup(block), *linked_names(block, mentions, self._link)]
            html = written(text, elements, 0, len(text))
        else:
            html = linked_text(text, mentions, self._link)
        if tag == "pre" and text.startswith("\n"):
            html = "\n" + html  # An HTML parser drops the first line feed of a `pre`.
        if tag != "p" or block.role == "heading":
            tag = self._tag(block)
        return f"{block.before}<{tag}{self._attributes(block)}>{html}</{tag}>{block.after}"

    def _tag(self, block: Block) -> str:
        if block.role == "title":
            return "p" if _is_heading(block.tag) else block.tag  # The page's own heading has it already.
        if (block.role == "heading" and block.tag == "p") or _is_heading(block.tag):
            return self.headings.tag(block)
        return block.tag

    def _attributes(self, block: Block) -> str:
        role, line = block.role, block.line
        name = f' class="{role}"' if role != "body" else ""
        if line in self.lines:
            return name
        self.lines.add(line)
        return f' id="p{line}"{name}'

    def _link(self, entity: str) -> str:
        if entity not in self.links:
            href = attribute(urls.relative(urls.entity(entity), self.on.path))
            self.links[entity] = f'<a class="name" href="{href}">'
        return self.links[entity]


def linked_text(text: str, mentions: Sequence[Mention], link: Callable[[str], str]) -> str:
    """A block of nothing but words and names, as most are: what `written` makes of it, in a third of the time."""
    whole = escaped(text)
    if not mentions:
        return whole
    out: list[str] = []
    linked: set[str] = set()
    done = 0
    for mention in _in_order(mentions):
        start, end, entity = mention.start, mention.end, mention.entity
        if done <= start < end and entity not in linked:
            linked.add(entity)
            out += (text[done:start], link(entity), text[start:end], "</a>")
            done = end
    out.append(text[done:])
    if whole != text:  # every second part is a tag
        out[::2] = map(escaped, out[::2])
    return "".join(out)


def linked_names(block: Block, mentions: Sequence[Mention], link: Callable[[str], str]) -> Iterator[Element]:
    """A link at the first mention of each entity; never within a link or code of the text's own."""
    taken = [(i.start, i.end) for i in block.inlines if i.opening.startswith(("<a", "<code"))]
    linked: set[str] = set()
    for mention in _in_order(mentions):
        if mention.entity in linked or mention.start >= mention.end:
            continue
        if any(mention.start < end and start < mention.end for start, end in taken):
            continue
        linked.add(mention.entity)
        taken.append((mention.start, mention.end))
        opening = link(mention.entity)
        yield Element(mention.start, mention.end, NAME, opening, opening, "</a>")


def _in_order(mentions: Sequence[Mention]) -> Sequence[Mention]:
    return mentions if len(mentions) < 2 else sorted(mentions, key=lambda m: (m.start, -m.end, m.entity))


def _marks(stretches: Iterable[Stretch]) -> Iterable[Element]:
    for stretch in stretches:
        again = f'<mark class="{"quoted" if stretch.quoted else "cited"}">'
        opening = f'{again[:-1]} id="{attribute(stretch.id)}">' if stretch.id else again
        yield Element(stretch.start, stretch.end, MARK, opening, again, "</mark>")


def _markup(block: Block) -> Iterable[Element]:
    for inline in block.inlines:
        yield Element(inline.start, inline.end, MARKUP, inline.opening, inline.opening, inline.closing)


def _covered(stretches: Iterable[Stretch]) -> Iterable[tuple[int, int]]:
    """The stretches, joined where they touch."""
    start, end = -1, -1
    for stretch in sorted(stretches, key=lambda s: (s.start, s.end)):
        if stretch.start > end:
            if end > start:
                yield start, end
            start = stretch.start
        end = max(end, stretch.end)
    if end > start:
        yield start, end


def _ids(stretches: Iterable[Stretch]) -> tuple[str, ...]:
    return tuple([stretch.id for stretch in stretches if stretch.id]) if stretches else ()


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()


def _heading_levels(blocks: Iterable[Block]) -> dict[str, int]:
    """The text's highest heading becomes h3, the next h4, at most h6."""
    tags = sorted(filter(_is_heading, {block.tag for block in blocks if block.role != "title"}))
    return {tag: min(3 + depth, 6) for depth, tag in enumerate(tags)}
