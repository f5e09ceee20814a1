"""Which pairs of articles have a page of their own that compares them."""

from collections.abc import Iterable

from builder.model import Article
from builder.site import urls
from builder.site.frame import Site
from builder.site.views import Anchor, may_reprint


def compared(copies: Iterable[tuple[str, str, float]], site: Site) -> Iterable[tuple[Article, Article, float]]:
    """The pairs that may be shown side by side: both texts may be reprinted."""
    for one, other, share in copies:
        first, second = site.at.articles[one], site.at.articles[other]
        if may_reprint(first) and may_reprint(second):
            yield first, second, share


def comparisons_of(article: Article, site: Site, page: str) -> tuple[Anchor, ...]:
    """The pages that compare an article with others."""
    pairs = list(compared(site.at.copies_of.get(article.slug, ()), site))
    return tuple(
        Anchor(
            site.labels.versions.compare_two
            if len(pairs) == 1
            else site.labels.versions.compare_with.format(source=name),
            urls.relative(urls.versions(one.slug, other.slug), page),
        )
        for one, other, _ in pairs
        for name in (site.marks[(other if one is article else one).slug].label,)
    )
