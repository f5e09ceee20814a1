"""What a bundle puts around a site: the page with which the zip is opened, and the shell of the single file."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from markupsafe import Markup as Html

from builder.files import Files
from builder.site import urls
from builder.site.frame import NO_ICON, Frame, Page, Site
from builder.site.page_free import not_found_at
from builder.site.pages import Planned
from builder.values import dataclass

READ_ME = "READ ME FIRST.html"
SHELL, MISSING, FILE = "single-file.html", "single-file/missing.html", "single-file/file.html"
"""The single file before anything is in it; what it shows for an address that is none; and for one of a file."""
ROUTER, STYLE = "single-file/router.js", "single-file/style.css"
ICON = "assets/icon.svg"
POLICY_HERE, CONTENTS_HERE = "<!--policy-->", "<!--contents-->"
"""Where the shell has its policy, with its style, and where all that it holds. Escaped text has no such comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMePage(Page):
    """`quotations`: where they are listed; empty for a briefing without any."""

    briefing: str
    quotations: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellPage(Page):
    """`icon` is an address that holds the icon itself; `policy` and `contents` mark where those go."""

    icon: Html
    policy: Html
    contents: Html


def wrapping_pages(assets: Files) -> Iterator[Planned]:
    """The pages of a bundle that are none of the site. `assets`: by path in the site."""
    yield Planned(READ_ME, "read-me.html", read_me_page)
    icon = assets.sha256(ICON) if ICON in assets else ""
    yield Planned(SHELL, SHELL, partial(shell_page, assets), icon)
    yield Planned(MISSING, "404.html", missing_page)
    yield Planned(FILE, FILE, file_page)


def missing_page(site: Site) -> Page:
    return replace(not_found_at("", site), path=MISSING, frame=off_the_web(site))


def file_page(site: Site) -> ReadMePage:
    return replace(read_me_page(site), path=FILE, template=FILE, frame=off_the_web(site))


def off_the_web(site: Site, path: str = READ_ME) -> Frame:
    """What stands around a page that has no address on the web, whatever the site has."""
    return replace(site.frame_at(path), web="", feeds=(), card="")


def read_me_page(site: Site) -> ReadMePage:
    settings = site.briefing.settings
    return ReadMePage(
        path=READ_ME,
        template="read-me.html",
        title=settings.title,
        head_title=settings.title,
        description=settings.description,
        # It may be read before the rest is at hand, so it needs nothing of it.
        frame=replace(off_the_web(site), home="", nav=(), scripts=()),
        labels=site.labels,
        briefing=urls.HOME,
        quotations=urls.QUOTATIONS if site.briefing.uses else "",
    )


def shell_page(assets: Files, site: Site) -> ShellPage:
    settings = site.briefing.settings
    icon = f"data:image/svg+xml;base64,{b64encode(assets[ICON]).decode()}" if ICON in assets else NO_ICON
    return ShellPage(
        path=SHELL,
        template=SHELL,
        title=settings.title,
        head_title=settings.title,
        description=settings.description,
        frame=off_the_web(site, SHELL),
        labels=site.labels,
        icon=Html(icon),
        policy=Html(POLICY_HERE),
        contents=Html(CONTENTS_HERE),
    )
