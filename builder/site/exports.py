"""The files for machines and for other tools.

Words of a source stand in them as far as its rights allow; where they do not, their SHA-256 does. What the author
inferred is said to be inferred, with the reason, or left out.
"""

from collections.abc import Iterable, Mapping

from builder.site import urls
from builder.site.data.annotations import annotation_file
from builder.site.data.differences import difference_files
from builder.site.data.event_words import told
from builder.site.data.feeds import feed_files
from builder.site.data.formats import a_line_each
from builder.site.data.ics import calendar_file
from builder.site.data.quotations import quotation_files
from builder.site.data.sitemap import sitemap_files
from builder.site.data.tables import table_files
from builder.site.data.timelinejs import timeline_file
from builder.site.frame import Site
from builder.site.web import base_of

__all__ = ["exports"]


def exports(site: Site, pages: Iterable[str], inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by their path in the output.

    `pages`: the paths of the site's pages. `inputs`: the site's own files by path, for the sources' texts. What has to
    name an address on the web is there only for a site with a `url`.
    """
    base = base_of(site.briefing.settings.url)
    events = tuple(told(event, site) for event in site.briefing.events)
    files = {
        **quotation_files(site),
        **difference_files(site),
        **table_files(site),
        **citation_files(site),
        **annotation_file(site, inputs),
        **timeline_file(site, events),
        **calendar_file(site, events),
    }
    if base:
        files |= feed_files(site, events, base) | sitemap_files(pages, base)
    return files


def citation_files(site: Site) -> dict[str, bytes]:
    """All sources, for reference managers and for LaTeX."""
    cited = [site.citations[article.slug] for article in site.briefing.articles]
    if not cited:
        return {}
    items = a_line_each(one.csl for one in cited)
    return {
        urls.SOURCES_JSON: f"[\n{items}\n]\n".encode(),
        urls.SOURCES_BIB: "\n".join(one.bibtex for one in cited).encode(),
    }
