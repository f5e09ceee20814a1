"""The author's own pages, and the page for an address that is none."""

from markupsafe import Markup as Html

from builder.site import urls
from builder.site.describing import described
from builder.site.frame import Page, Site, frame_anywhere
from builder.site.texts import prose
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePageView(Page):
    text: Html


def free_page(slug: str, site: Site) -> FreePageView:
    page, path = site.at.pages[slug], urls.free_page(slug)
    return FreePageView(
        path=path,
        template="page.html",
        title=page.title,
        head_title=site.head_title(page.title),
        description=described(page.text),
        frame=site.frame_at(path),
        labels=site.labels,
        text=prose(page.text, site.place(path)),
    )


def not_found_page(site: Site) -> Page:
    return not_found_at(site.briefing.settings.url, site)


def not_found_at(url: str, site: Site) -> Page:
    """The page of a host that finds nothing; `url`: the address under which the site is served, or empty."""
    return Page(
        path=urls.NOT_FOUND,
        template="404.html",
        title=site.labels.not_found,
        head_title=site.head_title(site.labels.not_found),
        frame=frame_anywhere(site.frame_at(urls.NOT_FOUND), url),
        labels=site.labels,
    )
