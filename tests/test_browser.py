"""A reader opens the sample: from disk and from a host, wide and narrow, with JavaScript and without."""

from pathlib import Path

import pytest
from browsing import Served, window
from crawl import Crawl, fullest_of_each_kind, pages_of
from playwright.sync_api import Browser, Page, expect

SCROLLS_SIDEWAYS_BY = "window.scrollTo({left: 10000, behavior: 'instant'}), window.scrollX"
STICKS_OUT = """
Array.from(document.body.querySelectorAll('*'))
    .filter(element => {
        const {left, right} = element.getBoundingClientRect()
        const flowsOver = getComputedStyle(element).overflowX === 'visible' ? left + element.scrollWidth : right
        return Math.max(right, flowsOver) + window.scrollX > document.documentElement.clientWidth + 1
    })
    .map(element => element.outerHTML.slice(0, 120))
    .slice(-5)
"""
LINKS_AS_THE_BROWSER_RESOLVES_THEM = """
Array.from(document.querySelectorAll('a[href], area[href], link[href]:not([rel~=canonical]), [src]'))
    .map(element => element.src || (typeof element.href === 'string' ? element.href : element.href.baseVal))
"""
LINES_OF_MAIN = "document.querySelector('main').innerText.split('\\n').map(line => line.trim()).filter(Boolean)"


@pytest.fixture(params=["disk", "http"])
def home(request: pytest.FixtureRequest, sample_site: Path, served: Served) -> str:
    """The address of the sample's folder in both worlds."""
    return f"{sample_site.as_uri()}/" if request.param == "disk" else served.home


def test_every_link_of_every_page_leads_to_a_file_and_an_id_that_are_there(
    home: str, sample_site: Path, sample_url: str
) -> None:
    """Followed from the front page, which must lead to all pages but the one for a wrong address."""
    crawl = Crawl(home, own_url=sample_url).follow("index.html")
    assert not crawl.faults, "\n".join(crawl.faults)
    assert set(pages_of(sample_site)) - crawl.pages() <= {"404.html"}


def test_the_page_for_a_wrong_address_has_links_that_work_at_any_depth(served: Served, sample_url: str) -> None:
    """Its links begin at the host's root, so they work at the address of the sample's `url` and nowhere else."""
    crawl = Crawl(served.origin + served.own_path, own_url=sample_url).follow("404.html")
    assert not crawl.faults, "\n".join(crawl.faults)
    assert sample_url or crawl.reached == {served.address("404.html")}


def test_chromium_opens_each_kind_of_page_without_a_complaint(browser: Browser, home: str, sample_site: Path) -> None:
    """No error, no warning, no request that fails or goes elsewhere, and each link resolves as the crawl did."""
    reached = Crawl(home).follow("index.html").reached
    with window(browser, home) as page:
        for name in fullest_of_each_kind(sample_site):
            if name == "404.html":
                continue
            page.goto(home + name)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            links: list[str] = page.evaluate(LINKS_AS_THE_BROWSER_RESOLVES_THEM)
            own = {link.partition("#")[0].partition("?")[0] for link in links if link.startswith(("file:", home))}
            assert own <= reached, name


def test_chromium_opens_the_page_for_a_wrong_address_without_a_complaint(page: Page, served: Served) -> None:
    page.goto(served.address("404.html"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_no_page_scrolls_sideways_on_any_screen(page: Page, served: Served, sample_site: Path) -> None:
    """From 320 px on, the width of a small telephone or of 1280 px at a zoom of 400 %."""
    faults = []
    for name in fullest_of_each_kind(sample_site):
        page.goto(served.address(name))
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if by := page.evaluate(SCROLLS_SIDEWAYS_BY):
                faults.append(f"{name} at {width} px: by {by} px: {page.evaluate(STICKS_OUT)}")
    assert not faults, "\n".join(faults)


def test_all_text_can_be_read_without_javascript(browser: Browser, served: Served, sample_site: Path) -> None:
    """Each line that a window with JavaScript shows stands in one without, but for the search, which needs it."""
    for name in set(fullest_of_each_kind(sample_site)) - {"search.html"}:
        with window(browser, served.origin) as page:
            page.goto(served.address(name))
            lines: list[str] = page.evaluate(LINES_OF_MAIN)
        with window(browser, served.origin, javascript=False) as page:
            page.goto(served.address(name))
            assert lines, name
            assert set(lines) <= set(page.evaluate(LINES_OF_MAIN)), name


def test_a_reader_without_javascript_walks_from_the_front_page_to_a_source_and_back(
    browser: Browser, home: str
) -> None:
    with window(browser, home, javascript=False) as page:
        page.goto(f"{home}index.html")
        title = page.title()
        page.locator("main a[href^='articles/']:visible").first.click()
        expect(page).not_to_have_title(title)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.go_back()
        expect(page).to_have_title(title)
