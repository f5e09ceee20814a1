"""Every source with what is known of it, its seal, and what rests on it."""

from collections.abc import Iterable

from builder.model import Article
from builder.site import urls
from builder.site.dating import short
from builder.site.frame import Page, Site
from builder.site.labels import Labels
from builder.site.page_article import cited_line, pages_citing, same_origin
from builder.site.source_views import SourceView
from builder.site.views import Anchor, source_view
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with everything that the page says of it."""

    source: SourceView
    retrieved: str
    url: str
    archive_url: str
    rights: str
    cited: str
    cited_by: tuple[Anchor, ...]
    same_origin: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    lead: str
    entries: tuple[SourceEntry, ...]


def sources_page(site: Site) -> SourcesPage:
    path, labels = urls.SOURCES, site.labels
    said = labels.sources_lead
    return SourcesPage(
        path=path,
        template="sources.html",
        title=labels.sources,
        head_title=site.head_title(labels.sources),
        description=said,
        frame=site.frame_at(path),
        labels=labels,
        lead=said,
        entries=tuple(entries(site, path)),
    )


def entries(site: Site, page: str) -> Iterable[SourceEntry]:
    for article in site.briefing.articles:
        uses = site.at.uses_of.get(article.slug, ())
        citing = tuple(pages_citing(article, uses, site, page))
        yield SourceEntry(
            source=source_view(article, site, page),
            retrieved=short(article.retrieved, site.language, with_year=True) if article.retrieved else "",
            url=article.url,
            archive_url=article.archive_url,
            rights=rights_in_words(article, site.labels),
            cited=cited_line(uses, citing, site.labels),
            cited_by=citing,
            same_origin=tuple(same_origin(article, site, page)),
        )


def rights_in_words(article: Article, labels: Labels) -> str:
    return {"full": labels.rights_full, "passages": labels.rights_passages, "none": labels.rights_none}[article.rights]
