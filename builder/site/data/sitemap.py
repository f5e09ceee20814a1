"""For search engines: the addresses of all pages (https://www.sitemaps.org/protocol.html), and where they stand.

No dates: when a page changed, a build without a clock and a memory does not know.
"""

from collections.abc import Iterable, Sequence

from builder.site import urls
from builder.site.data.plain import for_xml
from builder.site.web import absolute, is_root_of_host

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LARGEST = 50_000
"""Addresses in one file, by the protocol."""
UNLISTED = (urls.NOT_FOUND, urls.SEARCH)


def sitemap_files(pages: Iterable[str], base: str) -> dict[str, bytes]:
    """`pages`: the paths of all pages. A site of more than one file can list has an index of several."""
    listed = sorted(page for page in pages if page not in UNLISTED)
    groups = [listed[start : start + LARGEST] for start in range(0, len(listed), LARGEST)]
    robots = {urls.ROBOTS: robots_txt(base)} if is_root_of_host(base) else {}
    if len(groups) == 1:
        return {urls.SITEMAP: list_of(groups[0], "urlset", "url", base), **robots}
    files = {f"sitemap-{number}.xml": list_of(group, "urlset", "url", base) for number, group in enumerate(groups, 1)}
    return {urls.SITEMAP: list_of(tuple(files), "sitemapindex", "sitemap", base), **files, **robots}


def list_of(paths: Sequence[str], root: str, item: str, base: str) -> bytes:
    lines = [f"<{item}><loc>{for_xml(absolute(base, path))}</loc></{item}>" for path in paths]
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return "\n".join([head, f'<{root} xmlns="{NAMESPACE}">', *lines, f"</{root}>\n"]).encode()


def robots_txt(base: str) -> bytes:
    """Everybody may read everything. A crawler looks for this file at the root of a host and nowhere else."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {base}{urls.SITEMAP}\n".encode()
