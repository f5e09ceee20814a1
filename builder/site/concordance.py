"""A name in its contexts: one line a mention, article by article, and where in its text it stands."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from markupsafe import Markup as Html

from builder.model import Block, Mention
from builder.site import svg
from builder.site.frame import Site
from builder.site.lookup import Named
from builder.site.phrases import numbered
from builder.site.source_views import SourceView
from builder.site.views import language_of, may_reprint, source_view
from builder.values import dataclass

BEFORE, AFTER = 52, 64
"""How many characters stand before and after a name."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One mention with its surroundings; `cut_before` and `cut_after`: words were left out there. `label` says the line
    to those who hear the page."""

    line: int
    label: str
    href: str
    before: str
    name: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class ContextView:
    """An article's mentions of an entity. No `lines` where the article's text may not be reprinted; `times` counts
    in any case."""

    source: SourceView
    language: str
    count: int
    times: str
    strip: Html
    lines: tuple[LineView, ...]


def contexts_of(named: Iterable[Named], site: Site, page: str) -> Iterable[ContextView]:
    times_here, line = lru_cache(site.labels.times_here.of), site.labels.line
    for one in named:
        article, mentions = one.article, one.mentions
        source, blocks = source_view(article, site, page), tuple(article.blocks)
        yield ContextView(
            source=source,
            language=language_of(article, site),
            count=len(mentions),
            times=times_here(len(mentions)),
            strip=svg.dispersion(positions(blocks, mentions)),
            lines=tuple(lines_of(blocks, mentions, line, source.href)) if may_reprint(article) else (),
        )


def positions(blocks: Iterable[Block], mentions: Iterable[Mention]) -> Iterable[float]:
    """Where in the article each mention stands, from 0 to 1."""
    starts = list(accumulate([len(block.text) for block in blocks], initial=0))
    length = max(starts[-1], 1)
    return [(starts[mention.block] + mention.start) / length for mention in mentions]


def lines_of(blocks: Sequence[Block], mentions: Iterable[Mention], label: str, href: str) -> Iterator[LineView]:
    """`href`: the address of the article's page, as the page writes it."""
    for mention in mentions:
        block, start, end = blocks[mention.block], mention.start, mention.end
        text, first = block.text, block.line
        line = block.line_at(start) if block.turns else first
        before, after = last_words(text, start), first_words(text, end)
        yield LineView(
            line,
            numbered(label, line),
            f"{href}#p{first}",
            before,
            text[start:end],
            after,
            len(before) < start,
            len(after) < len(text) - end,
        )


def last_words(text: str, end: int) -> str:
    """As many whole words as fit before a name; in scripts without spaces, as many characters."""
    if end <= BEFORE:
        return text[:end]
    space = text.find(" ", end - BEFORE, end - 1)
    return text[space + 1 : end] if space >= 0 else text[end - BEFORE : end]


def first_words(text: str, start: int) -> str:
    """As many as fit after it."""
    end = start + AFTER
    if len(text) <= end:
        return text[start:]
    space = text.rfind(" ", start + 1, end)
    return text[start:space] if space >= 0 else text[start:end]
