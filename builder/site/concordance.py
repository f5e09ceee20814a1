"""A name in its contexts: one line a mention, article by article, and where in its text it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup as Html

from builder.model import Article, Mention
from builder.site import svg, urls
from builder.site.frame import Site
from builder.site.lookup import Named
from builder.site.source_views import SourceView
from builder.site.views import language_of, may_reprint, source_view

BEFORE, AFTER = 52, 64
"""How many characters stand before and after a name."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One mention with its surroundings; `cut_before` and `cut_after`: words were left out there."""

    line: int
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
    for one in named:
        yield ContextView(
            source=source_view(one.article, site, page),
            language=language_of(one.article, site),
            count=len(one.mentions),
            times=site.labels.times_here.of(len(one.mentions)),
            strip=svg.dispersion(positions(one)),
            lines=tuple(line_view(mention, one.article, page) for mention in one.mentions)
            if may_reprint(one.article)
            else (),
        )


def positions(named: Named) -> Iterable[float]:
    """Where in the article each mention stands, from 0 to 1."""
    starts = list(accumulate((len(block.text) for block in named.article.blocks), initial=0))
    return [(starts[mention.block] + mention.start) / max(starts[-1], 1) for mention in named.mentions]


def line_view(mention: Mention, article: Article, page: str) -> LineView:
    block = article.blocks[mention.block]
    line = block.line_at(mention.start)
    before, after = block.text[: mention.start], block.text[mention.end :]
    shown_before, shown_after = last_words(before), first_words(after)
    return LineView(
        line=line,
        href=urls.relative(urls.line(article.slug, block.line), page),
        before=shown_before,
        name=block.text[mention.start : mention.end],
        after=shown_after,
        cut_before=len(shown_before) < len(before),
        cut_after=len(shown_after) < len(after),
    )


def last_words(text: str) -> str:
    """As many whole words as fit before a name; in scripts without spaces, as many characters."""
    if len(text) <= BEFORE:
        return text
    shown = text[-BEFORE:]
    return shown[shown.index(" ") + 1 :] if " " in shown[:-1] else shown


def first_words(text: str) -> str:
    if len(text) <= AFTER:
        return text
    shown = text[:AFTER]
    return shown[: shown.rindex(" ")] if " " in shown[1:] else shown
