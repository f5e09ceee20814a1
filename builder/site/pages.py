"""Which pages a site has, and how each of them is made."""

from collections.abc import Callable, Iterator
from functools import partial

from builder.model import Briefing
from builder.site import urls
from builder.site.compared import compared
from builder.site.frame import Page, Site, site_of
from builder.site.page_article import article_page
from builder.site.page_data import data_page
from builder.site.page_differences import differences_page
from builder.site.page_entities import entities_page
from builder.site.page_entity import entity_page
from builder.site.page_free import free_page, not_found_page
from builder.site.page_home import home_page
from builder.site.page_quotations import quotations_page
from builder.site.page_search import search_page
from builder.site.page_sources import sources_page
from builder.site.page_timeline import event_page, timeline_page
from builder.site.page_versions import versions_page
from builder.values import dataclass

__all__ = ["Page", "Planned", "all_pages", "planned"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that the site has. Pages of one `template` are of one kind; a file without one is made of bytes at once.

    `make` makes it when somebody wants it: of the site, and of nothing else but the ids that its path has as well, and
    what `also` has a digest of.
    """

    path: str
    template: str
    make: Callable[[Site], Page | bytes]
    also: str = ""


def all_pages(briefing: Briefing, *, search: bool = True) -> Iterator[Page]:
    """Every page of the site, made one at a time: ten thousand need not be in memory together."""
    site = site_of(briefing, search=search)
    made = (plan.make(site) for plan in planned(site))
    return (page for page in made if not isinstance(page, bytes))


def planned(site: Site) -> Iterator[Planned]:
    briefing = site.briefing
    yield Planned(urls.HOME, "index.html", home_page)
    yield from lists(briefing)
    for article in briefing.articles:
        yield Planned(urls.article(article.slug), "article.html", partial(article_page, article.slug))
    for one, other, _ in compared(briefing.copies, site):
        path = urls.versions(one.slug, other.slug)
        yield Planned(path, "versions.html", partial(versions_page, one.slug, other.slug))
    for entity in briefing.entities:
        yield Planned(urls.entity(entity.id), "entity.html", partial(entity_page, entity.id))
    for event in briefing.events:
        yield Planned(urls.event(event.key), "event.html", partial(event_page, event.key))
    for page in briefing.pages:
        yield Planned(urls.free_page(page.slug), "page.html", partial(free_page, page.slug))
    yield Planned(urls.DATA, "data.html", data_page)
    yield Planned(urls.NOT_FOUND, "404.html", not_found_page)
    if site.search:
        yield Planned(urls.SEARCH, "search.html", search_page)


def lists(briefing: Briefing) -> Iterator[Planned]:
    """The pages in the navigation, without those that would be empty."""
    if briefing.events:
        yield Planned(urls.TIMELINE, "timeline.html", timeline_page)
    if briefing.questions:
        yield Planned(urls.DIFFERENCES, "differences.html", differences_page)
    if briefing.entities:
        yield Planned(urls.ENTITIES, "entities.html", entities_page)
    if briefing.articles:
        yield Planned(urls.SOURCES, "sources.html", sources_page)
    if briefing.uses:
        yield Planned(urls.QUOTATIONS, "quotations.html", quotations_page)
