"""The files for machines and for other tools.

Words of a source stand in them as far as its rights allow; where they do not, their SHA-256 does. What the author
inferred is said to be inferred, with the reason, or left out.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from builder.site import urls
from builder.site.data.annotations import annotation_file
from builder.site.data.differences import differences_csv, differences_json, differences_schema
from builder.site.data.event_words import all_told
from builder.site.data.feeds import atom_file, json_feed_file
from builder.site.data.formats import a_line_each
from builder.site.data.ics import calendar_file, has_days
from builder.site.data.quotations import quotations_csv, quotations_json, quotations_schema
from builder.site.data.tables import TABLES, table_as_csv, table_as_json, table_schema
from builder.site.data.timelinejs import has_dates, timeline_file
from builder.site.frame import Site
from builder.site.pages import Planned
from builder.site.web import base_of

__all__ = ["exports"]


def exports(site: Site, inputs: Mapping[str, bytes]) -> Iterator[Planned]:
    """The files by their path in the output; each is made when somebody wants it.

    `inputs`: the site's own files by path, for the sources' texts. What has to name an address on the web is there only
    for a site with a `url`.
    """
    return (Planned(path, "", make) for path, make in _made_of(site, inputs))


Export = tuple[str, Callable[[Site], bytes]]


def _made_of(site: Site, inputs: Mapping[str, bytes]) -> Iterator[Export]:
    briefing = site.briefing
    yield urls.QUOTATIONS_JSON, quotations_json
    yield urls.schema(urls.QUOTATIONS_JSON), quotations_schema
    if briefing.uses:
        yield urls.data("quotations", "csv"), quotations_csv
        yield urls.ANNOTATIONS, partial(annotation_file, inputs=inputs)
    if briefing.questions:
        yield urls.DIFFERENCES_JSON, differences_json
        yield urls.schema(urls.DIFFERENCES_JSON), differences_schema
        yield urls.DIFFERENCES_CSV, differences_csv
    for name, form in TABLES.items():
        if form.any_in(site):
            path = urls.data(name, "json")
            yield path, partial(table_as_json, name)
            yield urls.schema(path), partial(table_schema, name)
            yield urls.data(name, "csv"), partial(table_as_csv, name)
    if briefing.articles:
        yield urls.SOURCES_JSON, sources_json
        yield urls.SOURCES_BIB, sources_bib
    if has_dates(briefing.events):
        yield urls.TIMELINEJS, lambda site: timeline_file(site, all_told(site))
    if has_days(briefing.events):
        yield urls.ICS, lambda site: calendar_file(site, all_told(site))
    if base_of(briefing.settings.url):
        yield urls.ATOM, atom_file
        yield urls.JSON_FEED, json_feed_file


def sources_json(site: Site) -> bytes:
    """All sources, for reference managers."""
    lines = a_line_each(site.citations[article.slug].csl for article in site.briefing.articles)
    return b"".join([b"[\n", *lines, b"\n]\n"])


def sources_bib(site: Site) -> bytes:
    """All sources, for LaTeX."""
    return "\n".join(site.citations[article.slug].bibtex for article in site.briefing.articles).encode()
