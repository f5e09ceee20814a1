"""Pages stay small: what each of them loads, compressed as a host does, before anybody searches."""

import gzip
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

KILOBYTE = 1000
OF_ALL, OF_SCRIPTS = 60 * KILOBYTE, 10 * KILOBYTE
SEARCHING = "search.html"
"""The page on which the search is open: its scripts count among all that it loads."""


class Loaded(HTMLParser):
    """The addresses of the scripts and style sheets of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "script" and given.get("type") != "application/ld+json":  # data in the page, counted with it
            self.scripts.append(given["src"] or "")
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(given["href"] or "")


@pytest.fixture(scope="module")
def pages(sample_site: Path) -> list[Path]:
    return sorted(sample_site.rglob("*.html"))


def what_it_loads(page: Path, site: Path, base: str) -> tuple[list[Path], list[Path]]:
    """Scripts and style sheets; `base` is the path of the site's address, by which 404.html names them."""
    loaded = Loaded()
    loaded.feed(page.read_text(encoding="utf-8"))

    def file_of(address: str) -> Path:
        return site / address.removeprefix(base) if address.startswith("/") else page.parent / address

    return [file_of(each) for each in loaded.scripts], [file_of(each) for each in loaded.styles]


@cache
def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def test_no_page_loads_more_than_sixty_kilobytes_and_ten_of_scripts(
    pages: list[Path], sample_site: Path, sample_url: str
) -> None:
    assert len(pages) > 90
    base = urlsplit(sample_url).path.rstrip("/") + "/"
    for page in pages:
        scripts, styles = what_it_loads(page, sample_site, base)
        assert styles or not sample_url, page
        assert page.name == SEARCHING or sum(map(packed, scripts)) <= OF_SCRIPTS, page
        assert sum(map(packed, [page, *scripts, *styles])) <= OF_ALL, page


def test_nothing_else_is_fetched_by_a_style_sheet(sample_site: Path) -> None:
    """So the sums above are all of it."""
    for sheet in sample_site.rglob("*.css"):
        assert "@import" not in sheet.read_text(encoding="utf-8"), sheet
