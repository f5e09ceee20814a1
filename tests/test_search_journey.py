"""A reader finds passages with the keyboard alone, in Chromium and in Firefox, from disk and from a host."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from browsing import Served, window
from firefox import Fox
from playwright.sync_api import Browser, Page

ODD_FOLDER = "my files/50% off #1/цікаве 很遠/site"
MOST_TABS = 80
FOCUSED = "document.activeElement"
STATUS = "document.querySelector('[role=status]')?.textContent"
TEXTS = "async selector => Array.from(document.querySelectorAll(selector), ({ textContent }) => textContent)"


class Tab(Protocol):
    """A window in either browser: keys in, what stands on the page out."""

    def open(self, address: str) -> object: ...
    def back(self) -> object: ...
    def type(self, keys: str) -> object: ...
    def press(self, key: str) -> object: ...
    def until(self, condition: str) -> object: ...
    def run(self, function: str, *given: object) -> Any: ...


@dataclass(frozen=True)
class ChromiumTab:
    page: Page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def back(self) -> None:
        self.page.go_back()

    def type(self, keys: str) -> None:
        self.page.keyboard.type(keys)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def until(self, condition: str) -> None:
        self.page.wait_for_function(f"() => {condition}", timeout=10_000)

    def run(self, function: str, *given: object) -> Any:
        return self.page.evaluate(f"given => ({function})(...given)", given)


@pytest.fixture(scope="module")
def oddly_placed(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a folder whose name is as odd as a reader's may be."""
    folder = tmp_path_factory.mktemp("odd") / ODD_FOLDER
    shutil.copytree(sample_site, folder)
    return folder


@pytest.fixture(params=[f"{name} from {world}" for name in ("Chromium", "Firefox") for world in ("disk", "a host")])
def reader(request: pytest.FixtureRequest, oddly_placed: Path, served: Served) -> Iterator[tuple[Tab, str]]:
    """A window and where the briefing is. Nothing may be said on the console, fail, or be asked of anybody else."""
    name, _, world = request.param.partition(" from ")
    home = f"{oddly_placed.as_uri()}/" if world == "disk" else served.home
    with ExitStack() as doors:
        if name == "Chromium":
            browser: Browser = request.getfixturevalue("browser")
            yield ChromiumTab(doors.enter_context(window(browser, home))), home
        else:
            fox: Fox = request.getfixturevalue("firefox")
            fox.open("about:blank")
            fox.complaints()
            fox.asked.clear()
            yield fox, home
            assert fox.complaints() == []
            assert fox.asked_outside(home) == []


def tab_to(tab: Tab, what: str) -> None:
    """Presses Tab until this, a JavaScript expression of `focused`, is true of what has the focus."""
    for _ in range(MOST_TABS):
        tab.press("Tab")
        if tab.run(f"async () => (focused => Boolean({what}))({FOCUSED})"):
            return
    pytest.fail(f"Tab never comes to {what}")


def arrives_at(tab: Tab, address: str) -> None:
    tab.until(f"location.href.endsWith({address!r}) && document.readyState === 'complete'")


def test_from_a_slash_to_a_marked_paragraph_and_back(reader: tuple[Tab, str]) -> None:
    """The dialog: letters at once, arrows, Enter; the words are marked; Back leads back, Esc closes."""
    tab, home = reader
    tab.open(f"{home}timeline.html")
    tab.press("/")
    tab.type("imminent shutoff")
    tab.until("document.querySelectorAll('.results:not([aria-busy]) > .result:nth-child(2) mark').length === 2")
    assert tab.run(TEXTS, ".result:nth-child(2) mark") == ["imminent", "shutoff"]
    assert tab.run(f"async () => {STATUS}") == "3 pages"
    tab.press("ArrowDown")
    tab.press("ArrowDown")
    tab.until(f"{FOCUSED}.closest('.result')?.matches(':nth-child(2)')")
    tab.press("Enter")
    arrives_at(tab, "/articles/starlink-new-zealand.html#p11")
    tab.until("document.querySelector('#p11:target mark.found')")
    assert tab.run(TEXTS, "#p11 mark.found") == ["imminent", "shutoff"]
    assert tab.run("async () => document.querySelector('#p11').getBoundingClientRect().top < innerHeight")
    tab.back()
    arrives_at(tab, "/timeline.html")
    tab_to(tab, "focused.matches('main a')")
    link = tab.run(f"async () => {FOCUSED}.href")
    tab.press("Control+k")
    tab.until(f"{FOCUSED}.matches('dialog[open] .search-input')")
    tab.press("Escape")
    tab.until(f"!document.querySelector('dialog[open]') && {FOCUSED}.href === {link!r}")


def test_filters_and_sorting_with_the_keyboard_and_all_of_it_in_the_address(reader: tuple[Tab, str]) -> None:
    """The page: type, filter, sort, open a passage, and come back to the same results."""
    tab, home = reader
    tab.open(f"{home}search.html")
    tab.until(f"{FOCUSED}.id === 'search-field'")
    tab.type("zelensky")
    tab.until(rf"/^\d+ pages$/.test({STATUS})")
    tab_to(tab, "focused.textContent === 'Filter'")
    tab.press("Enter")
    tab.until("document.querySelector('.facets a')")
    tab_to(tab, "focused.textContent === 'Taipei Times'")
    tab.press("Enter")
    tab.until(rf"/^\d+ of \d+ pages in Taipei Times$/.test({STATUS})")
    tab_to(tab, "focused.textContent === 'date'")
    tab.press("Enter")
    tab.until("document.querySelector('.search-sort [aria-current]')?.textContent === 'date'")
    arrives_at(tab, "#q=zelensky&publisher=Taipei+Times&sort=date&facets=1")
    tab.until("document.querySelector('.results:not([aria-busy]) > .result')")
    shown = tab.run(TEXTS, ".result")
    tab_to(tab, "focused.matches('.result-text') && focused.closest('.result').textContent.includes('¶')")
    tab.press("Enter")
    tab.until("/starlink-taipei-times\\.html#p\\d+$/.test(location.href)")
    tab.until("document.querySelector(':target mark.found')")
    tab.back()
    tab.until(f"document.querySelectorAll('.results:not([aria-busy]) > .result').length === {len(shown)}")
    assert tab.run(TEXTS, ".result") == shown
    assert tab.run(TEXTS, ".facets .chosen a") == ["Taipei Times"]
