"""Which pages a site has."""

from collections.abc import Iterator

from builder.model import Briefing
from builder.site.frame import Page, Site, site_of
from builder.site.page_article import article_pages
from builder.site.page_data import data_page
from builder.site.page_differences import differences_page
from builder.site.page_entities import entities_page
from builder.site.page_entity import entity_pages
from builder.site.page_free import free_pages, not_found_page
from builder.site.page_home import home_page
from builder.site.page_quotations import quotations_page
from builder.site.page_search import search_page
from builder.site.page_sources import sources_page
from builder.site.page_timeline import event_pages, timeline_page
from builder.site.page_versions import versions_pages

__all__ = ["Page", "all_pages"]


def all_pages(briefing: Briefing, *, search: bool = True) -> Iterator[Page]:
    """Every page of the site, made one at a time: ten thousand need not be in memory together."""
    yield from pages_of(site_of(briefing, search=search))


def pages_of(site: Site) -> Iterator[Page]:
    yield home_page(site)
    yield from lists(site)
    yield from article_pages(site)
    yield from versions_pages(site)
    yield from entity_pages(site)
    yield from event_pages(site)
    yield from free_pages(site)
    yield data_page(site)
    yield not_found_page(site, site.briefing.settings.url)
    if site.search:
        yield search_page(site)


def lists(site: Site) -> Iterator[Page]:
    """The pages in the navigation, without those that would be empty."""
    if site.briefing.events:
        yield timeline_page(site)
    if site.briefing.questions:
        yield differences_page(site)
    if site.briefing.entities:
        yield entities_page(site)
    if site.briefing.articles:
        yield sources_page(site)
    if site.briefing.uses:
        yield quotations_page(site)
