"""What every page has in common: what it is made from, and what stands around it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from posixpath import dirname
from typing import Any

from markupsafe import Markup as Html

from builder.model import Briefing
from builder.patterns import pattern
from builder.site import colour, urls
from builder.site.data.citations import Citation, citation_of
from builder.site.dating import long
from builder.site.labels import Labels
from builder.site.languages import labels_of
from builder.site.lookup import EachLater, Later, Lookup, look_up
from builder.site.source_views import SourceView, view_of
from builder.site.texts import Place, SourceMark, source_marks
from builder.site.tokens import Findable, Tokens, tokens_for
from builder.site.web import absolute, base_of, path_of
from builder.values import dataclass

CSP = Html(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'"
)
FEEDS = (("application/atom+xml", urls.ATOM), ("application/feed+json", urls.JSON_FEED))
NO_ICON = "data:,"
"""Keeps a browser from asking the host for one."""
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
RIGHT_TO_LEFT_LETTER = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
SECTION_OF = {
    "articles": urls.SOURCES,
    "versions": urls.SOURCES,
    "entities": urls.ENTITIES,
    "events": urls.TIMELINE,
    "": "",
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page in the navigation. `count`: how many it lists; empty for one that lists nothing. `current`: the value
    of `aria-current`."""

    label: str
    href: str
    count: str = ""
    current: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page's own matter. `home` is empty where links are not possible: in a 404 page of a site
    without `url`, and `search` in a site without one. `web`: the address of the site, with a slash at its end; empty
    without `url`, as are `feeds` (media type and address) and `card`, the absolute address of the site's picture.
    `private`: sources are printed beyond what may be published."""

    site_title: str
    language: str
    direction: str
    csp: Html
    home: str
    styles: tuple[str, ...]
    icon: str
    nav: tuple[NavItem, ...]
    edition_line: str
    checked_line: str
    checked_href: str
    license_line: str
    search: str
    scripts: tuple[str, ...]
    data: str
    web: str
    feeds: tuple[tuple[str, str], ...]
    card: str
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Every page: `path` in the output, the `template` that writes it, its heading, and the interface's words in
    its language."""

    path: str
    template: str
    title: str
    head_title: str
    description: str = ""
    frame: Frame
    labels: Labels
    found: Findable | None = None
    linked: Html | None = None

    @property
    def canonical(self) -> str:
        """The page's own address on the web; empty where it has none."""
        return absolute(self.frame.web, self.path) if self.frame.web else ""


@dataclass(frozen=True, slots=True)
class Site:
    """What pages are made from. `frames` by a page's path, else by its folder."""

    briefing: Briefing
    at: Lookup
    labels: Labels
    marks: Mapping[str, SourceMark]
    sources: Mapping[str, SourceView]
    citations: Mapping[str, Citation]
    frames: Mapping[str, Frame]
    search: bool
    tokens: Tokens

    @property
    def language(self) -> str:
        return self.briefing.settings.language

    def frame_at(self, path: str) -> Frame:
        return self.frames.get(path) or self.frames[dirname(path)]

    def place(self, path: str, article: str = "") -> Place:
        return Place(path, self.marks, article)

    def head_title(self, title: str) -> str:
        site_title = self.briefing.settings.title
        return f"{title} – {site_title}" if title != site_title else title


def site_of(briefing: Briefing, *, search: bool = True, card: bool = False, private: bool = False) -> Site:
    """`search`: the pages lead to a search and are found by it; where there is nothing to find they do not. `card`: the
    site has a picture that stands for it elsewhere. `private`: its pages say that they are not to be published."""
    search = search and bool(briefing.articles or briefing.entities or briefing.events)
    labels = labels_of(briefing.settings.language)
    language, at = briefing.settings.language, look_up(briefing)
    marks = Later(lambda: source_marks(briefing.articles, language, labels.unnamed))
    frames = frames_of(briefing, labels, search=search, card=card, private=private)
    return Site(
        briefing,
        at,
        labels,
        marks,
        frames=frames,
        search=search,
        tokens=tokens_for(briefing.entities),
        **each_source(at, marks, labels, language),
    )


def each_source(at: Lookup, marks: Mapping[str, SourceMark], labels: Labels, language: str) -> dict[str, Any]:
    """The tables of a site in which each value is made of one article."""
    articles = at.articles
    return {
        "sources": EachLater(articles, lambda slug: view_of(articles[slug], at, marks[slug], labels, language)),
        "citations": EachLater(articles, lambda slug: citation_of(articles[slug], labels, language)),
    }


def frames_of(briefing: Briefing, labels: Labels, *, search: bool, card: bool, private: bool) -> dict[str, Frame]:
    """One for each page in the navigation, and one for all other pages of a folder: a large site has thousands of
    those."""
    targets = nav_targets(briefing, labels)
    frame = partial(frame_for, briefing, labels, search=search, card=card, private=private)
    frames = {folder: frame(f"{folder}/x" if folder else "x", section) for folder, section in SECTION_OF.items()}
    return frames | {path: frame(path, path) for _, path, _ in targets}


def nav_targets(briefing: Briefing, labels: Labels) -> list[tuple[str, str, str]]:
    """Label, path and count of the pages in the navigation; none that would be empty."""
    counted = [
        (labels.timeline, urls.TIMELINE, len(briefing.events)),
        (labels.differences, urls.DIFFERENCES, len(briefing.questions)),
        (labels.entities, urls.ENTITIES, len(briefing.entities)),
        (labels.sources, urls.SOURCES, len(briefing.articles)),
        (labels.quotations, urls.QUOTATIONS, len(briefing.uses)),
    ]
    free = [(page.title, urls.free_page(page.slug), "") for page in briefing.pages if page.nav]
    return [(labels.briefing, urls.HOME, ""), *((label, path, str(n)) for label, path, n in counted if n), *free]


def frame_for(
    briefing: Briefing, labels: Labels, path: str, section: str, *, search: bool, card: bool, private: bool
) -> Frame:
    settings = briefing.settings
    web = base_of(settings.url)
    nav = (
        NavItem(
            label, urls.relative(target, path), count, "" if target != section else "page" if target == path else "true"
        )
        for label, target, count in nav_targets(briefing, labels)
    )
    return Frame(
        site_title=settings.title,
        language=settings.language,
        direction=direction_of(settings.language),
        csp=CSP,
        home=urls.relative(urls.HOME, path),
        styles=tuple(urls.relative(f"assets/{name}", path) for name in style_sheets(settings.accent)),
        icon=urls.relative("assets/icon.svg", path),
        nav=tuple(nav),
        edition_line=edition_line(briefing, labels),
        checked_line=labels.footer_checked.of(len(briefing.uses)) if briefing.uses else "",
        checked_href=urls.relative(urls.QUOTATIONS, path),
        license_line=labels.license.format(license=settings.license) if settings.license else "",
        search=urls.relative(urls.SEARCH, path) if search else "",
        scripts=(urls.relative("assets/search.js", path),) if search else (),
        data=urls.relative(urls.DATA, path),
        web=web,
        feeds=tuple((kind, urls.relative(feed, path)) for kind, feed in FEEDS) if web else (),
        card=absolute(web, urls.CARD) if web and card else "",
        private=private,
    )


def style_sheets(accent: str) -> Iterable[str]:
    return ("style.css", "charts.css", "site.css") if accent and colour.colour(accent) else ("style.css", "charts.css")


def edition_line(briefing: Briefing, labels: Labels) -> str:
    date = long(briefing.as_of, briefing.settings.language)
    if briefing.edition:
        return labels.footer_edition_numbered.format(title=briefing.title, edition=briefing.edition, date=date)
    return labels.footer_edition.format(title=briefing.title, date=date)


def frame_anywhere(frame: Frame, url: str) -> Frame:
    """The frame of a page that answers at any depth: links by the path of the site's address, and none for a site
    without one.

    `frame` is that of a page at the top of the site.
    """
    if not url:
        nowhere = replace(frame, home="", styles=(), icon=NO_ICON, nav=(), checked_href="", search="", scripts=())
        return replace(nowhere, data="", web="", feeds=(), card="")
    base = path_of(url)
    return replace(
        frame,
        home=base + frame.home,
        styles=tuple(base + href for href in frame.styles),
        icon=base + frame.icon,
        checked_href=base + frame.checked_href,
        search=frame.search and base + frame.search,
        scripts=tuple(base + href for href in frame.scripts),
        nav=tuple(replace(item, href=base + item.href) for item in frame.nav),
        data=base + frame.data,
        web="",
        feeds=(),
        card="",
    )


def runs_both_ways(text: str) -> bool:
    """Whether a text has letters that run from right to left: it then says its direction itself, line by line."""
    return not text.isascii() and RIGHT_TO_LEFT_LETTER.search(text) is not None


def direction_of(language: str) -> str:
    """`rtl` for a language tag whose script runs from right to left, else `ltr`."""
    main, *others = language.lower().split("-")
    scripts = [part for part in others if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if main in RIGHT_TO_LEFT else "ltr"
