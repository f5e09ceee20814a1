"""The page that names every file for other tools, with a sentence each."""

from collections.abc import Iterator

from builder.site import urls
from builder.site.data.ics import has_days
from builder.site.data.timelinejs import has_dates
from builder.site.data_labels import DataLabels
from builder.site.frame import Page, Site
from builder.site.views import Anchor
from builder.site.web import base_of, is_root_of_host
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class DataFileView:
    """Files that hold one thing, and what that is; `heading` is empty where their names say enough."""

    heading: str
    about: str
    files: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    tables: tuple[DataFileView, ...]
    others: tuple[DataFileView, ...]


def data_page(site: Site) -> DataPage:
    words = site.labels.data_page
    return DataPage(
        path=urls.DATA,
        template="data.html",
        title=words.title,
        head_title=site.head_title(words.title),
        description=words.lead,
        frame=site.frame_at(urls.DATA),
        labels=site.labels,
        tables=tuple(tables(site, words)),
        others=tuple(others(site, words)),
    )


def tables(site: Site, words: DataLabels) -> Iterator[DataFileView]:
    """Those that are not empty; in the order in which a reader meets them."""
    briefing = site.briefing
    points = [*briefing.key_points, *(point for article in briefing.articles for point in article.key_points)]
    known: tuple[tuple[str, str, object], ...] = (
        ("articles", words.articles, briefing.articles),
        ("entities", words.entities, briefing.entities),
        ("mentions", words.mentions, site.at.times_named),
        ("events", words.events, briefing.events),
        ("accounts", words.accounts, site.at.events_told_by),
        ("quotations", words.quotations, briefing.uses),
        ("claims", words.claims, points),
        ("differences", words.differences, briefing.questions),
    )
    for name, about, there in known:
        if there:
            path = urls.data(name, "json")
            files = (
                Anchor("JSON", path),
                Anchor("CSV", urls.data(name, "csv")),
                Anchor(words.schema, urls.schema(path)),
            )
            yield DataFileView(name, about, files)


def others(site: Site, words: DataLabels) -> Iterator[DataFileView]:
    briefing, base = site.briefing, base_of(site.briefing.settings.url)
    known: tuple[tuple[str, tuple[str, ...], object], ...] = (
        (words.citations, (urls.SOURCES_JSON, urls.SOURCES_BIB), briefing.articles),
        (words.annotations, (urls.ANNOTATIONS,), briefing.uses),
        (words.timelinejs, (urls.TIMELINEJS,), has_dates(briefing.events)),
        (words.calendar, (urls.ICS,), has_days(briefing.events)),
        (words.feeds, (urls.ATOM, urls.JSON_FEED), base),
        (words.sitemap, (urls.SITEMAP,), base),
        (words.robots, (urls.ROBOTS,), is_root_of_host(base)),
    )
    for about, paths, there in known:
        if there:
            yield DataFileView("", about, tuple(Anchor(path, path) for path in paths))
