"""A name in its contexts: one line a mention, article by article, and where in its text it stands."""

from collections.abc import Iterable

from markupsafe import Markup as Html

from builder.model import Article, Mention
from builder.site import svg, urls
from builder.site.frame import Site
from builder.site.lookup import Named
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
    for one in named:
        yield ContextView(
            source=source_view(one.article, site, page),
            language=language_of(one.article, site),
            count=len(one.mentions),
            times=site.labels.times_here.of(len(one.mentions)),
            strip=svg.dispersion(positions(one, site)),
            lines=tuple(line_view(mention, one.article, site.labels.line, page) for mention in one.mentions)
            if may_reprint(one.article)
            else (),
        )


def positions(named: Named, site: Site) -> Iterable[float]:
    """Where in the article each mention stands, from 0 to 1."""
    starts = site.at.starts_of[named.article.slug]
    return [(starts[mention.block] + mention.start) / max(starts[-1], 1) for mention in named.mentions]


def line_view(mention: Mention, article: Article, label: str, page: str) -> LineView:
    block = article.blocks[mention.block]
    text, start, end = block.text, mention.start, mention.end
    line = block.line_at(start)
    before, after = last_words(text[:start]), first_words(text[end:])
    href = urls.relative(urls.line(article.slug, block.line), page)
    return LineView(
        line,
        label.format(n=line),
        href,
        before,
        text[start:end],
        after,
        len(before) < start,
        len(after) < len(text) - end,
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
