"""The search engine in Chromium and in Firefox, from disk and from a host, in a folder whose name is not plain."""

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import host, window
from firefox import Fox
from playwright.sync_api import Browser, Page
from search_site import ENGINE, NOT_PLAIN, PAGES, STOCK_PAGE, engine, page, with_stock_pagefind, write

from builder.outlets import offline, search

FIND = """async (query, options) => {
    const engine = await searchEngine.load()
    const found = await engine.search(query, options)
    return await Promise.all(found.results.map(result => result.data()))
}"""
FILTERS = "async () => (await searchEngine.load()).filters()"
STOCK = """async query => {
    const pagefind = await import(new URL("../pagefind/pagefind.js", location.href).href)
    return (await pagefind.search(query)).results.length
}"""
FROM = "articles/bridge-delayed.html"
"""The page on which the searches are made: not at the root, where a wrong base would go unseen."""


@dataclass(frozen=True)
class Reader:
    """Somebody at a window, in either browser."""

    home: str
    open: Callable[[str], object]
    run: Callable[..., Any]

    def find(self, query: str, **options: object) -> list[dict[str, Any]]:
        """What the engine returns, from a page that has just been opened."""
        self.open(self.home + FROM)
        found: list[dict[str, Any]] = self.run(FIND, query, options)
        return found

    def titles(self, query: str, **options: object) -> list[str]:
        return [hit["meta"]["title"] for hit in self.find(query, **options)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, indexed, with the loader and, as a control, Pagefind's own files."""
    folder = tmp_path_factory.mktemp("engine") / NOT_PLAIN
    indexed = search.index(PAGES, folder.parent / "kept")
    return with_stock_pagefind(write({**PAGES, **engine(), **indexed.files}, folder))


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a site of thousands of pages would be: searched in a worker."""
    folder = tmp_path_factory.mktemp("large") / NOT_PLAIN
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offline, "WORKER_FROM", 1)
        indexed = search.index(PAGES, folder.parent / "kept")
    return write({**PAGES, **engine(), **indexed.files}, folder)


@contextmanager
def reading(which: str, folder: Path, browser: Browser, fox: Callable[[], Fox]) -> Iterator[Reader]:
    """A window on a folder; whatever the browser complains of fails the test."""
    browser_name, world = which.split(" from ")
    with ExitStack() as doors:
        home = f"{folder.as_uri()}/" if world == "disk" else doors.enter_context(host(folder)).home
        if browser_name == "Chromium":
            tab = doors.enter_context(window(browser, home))
            yield Reader(
                home, tab.goto, lambda function, *given: tab.evaluate(f"given => ({function})(...given)", given)
            )
        else:
            fox().complaints()
            yield Reader(home, fox().open, fox().run)
            assert fox().complaints() == []


BOTH_BROWSERS_AND_WORLDS = [f"{name} from {world}" for name in ("Chromium", "Firefox") for world in ("disk", "a host")]


@pytest.fixture(params=BOTH_BROWSERS_AND_WORLDS)
def reader(request: pytest.FixtureRequest, site: Path, browser: Browser) -> Iterator[Reader]:
    with reading(request.param, site, browser, lambda: request.getfixturevalue("firefox")) as reader:
        yield reader


@pytest.fixture(params=BOTH_BROWSERS_AND_WORLDS)
def reader_of_a_large_site(request: pytest.FixtureRequest, large_site: Path, browser: Browser) -> Iterator[Reader]:
    with reading(request.param, large_site, browser, lambda: request.getfixturevalue("firefox")) as reader:
        yield reader


def test_a_query_finds_the_pages_that_have_its_words(reader: Reader) -> None:
    assert set(reader.titles("bridge")) == {"A bridge opens", "Works are late", "The last ferry"}
    assert reader.titles("opens bridges") == reader.titles("bridge opened") == ["A bridge opens", "The last ferry"]
    assert reader.titles("crossing Sunday") == ["The last ferry"]
    assert reader.titles("Ada Brook")[0] == "Ada Brook"
    assert reader.titles("sundries") == []


def test_what_was_found_opens_where_it_says(reader: Reader) -> None:
    (hit,) = reader.find("Nobody expected")
    reader.open(reader.run("async address => new URL(address, location.href).href", hit["url"] + "#p5"))
    assert reader.run("async () => document.querySelector(':target').textContent") == "Nobody had expected the crowd."


def test_it_is_the_same_search_at_any_depth(reader: Reader) -> None:
    below = reader.find("Nobody expected")
    reader.open(f"{reader.home}index.html")
    assert reader.run(FIND, "Nobody expected", {}) == below


def test_a_result_says_where_in_the_text_its_words_are(reader: Reader) -> None:
    """The interface makes its rows from this: the last paragraph that begins before the word."""
    (hit,) = reader.find("walked")
    (location,) = hit["locations"]
    assert [each["location"] for each in hit["weighted_locations"]] == [location]
    begins = [anchor["id"] for anchor in hit["anchors"] if anchor["location"] <= location]
    assert begins[-1] == "p3"
    assert "<mark>walked</mark>" in hit["excerpt"]
    assert hit["content"].split()[location] == "walked"


def test_two_searches_at_once_each_know_their_own_words(reader: Reader) -> None:
    """A quick typist begins a search before the last one is answered, and they may be answered in any order."""
    reader.open(reader.home + FROM)
    crossed = """async () => {
        const engine = await searchEngine.load()
        const [one, other] = await Promise.all(["bridge", "crowd"].map(query => engine.search(query)))
        const opens = ({ url }) => url.endsWith("bridge-opens.html")
        const pages = [...other.results, ...one.results].map(result => result.data())
        const [crowd, ...bridges] = await Promise.all(pages)
        return [crowd, bridges.find(opens)].map(({ content, locations }) => locations.map(n => content.split(" ")[n]))
    }"""
    assert reader.run(crossed) == [["crowd.|"], ["bridge", "bridge"]]


def test_filters_narrow_and_count(reader: Reader) -> None:
    assert set(reader.titles("bridge", filters={"publisher": "The Daily Example"})) == {
        "A bridge opens",
        "Works are late",
    }
    assert reader.titles("bridge", filters={"publisher": "The Daily Example", "year": "2024"}) == ["Works are late"]
    assert set(reader.titles("bridge", filters={"year": {"any": ["2024", "2025"]}, "kind": "article"})) == {
        "A bridge opens",
        "Works are late",
        "The last ferry",
    }
    assert reader.run(FILTERS) == {
        "kind": {"article": 3, "person": 1},
        "publisher": {"Harbour News": 1, "The Daily Example": 2},
        "year": {"2024": 1, "2025": 2},
    }


def test_results_are_sorted_by_date_either_way(reader: Reader) -> None:
    late_first = ["The last ferry", "A bridge opens", "Works are late"]
    assert reader.titles("bridge", sort={"date": "desc"}) == late_first
    assert reader.titles("bridge", sort={"date": "asc"}) == late_first[::-1]


def test_a_large_site_is_searched_in_a_worker_with_the_same_answers(
    reader_of_a_large_site: Reader, site: Path, browser: Browser
) -> None:
    reader = reader_of_a_large_site
    reader.open(reader.home + FROM)
    where = "async () => (await (await searchEngine.load()).search('bridge', { verbose: true })).search_environment"
    assert reader.run(where) == "webworker"
    with reading("Chromium from disk", site, browser, lambda: pytest.fail("not asked for")) as small:
        for query, options in (("bridge", {"sort": {"date": "asc"}}), ("opened", {"filters": {"year": "2025"}})):
            found = [_without_base(hit) for hit in reader.find(query, **options)]
            assert found == [_without_base(hit) for hit in small.find(query, **options)]
    assert reader.run(FILTERS)["publisher"] == {"Harbour News": 1, "The Daily Example": 2}


def _without_base(hit: dict[str, Any]) -> dict[str, Any]:
    assert hit["url"].endswith(hit["raw_url"])
    return hit | {"url": "", "sub_results": [each | {"url": ""} for each in hit["sub_results"]]}


@pytest.mark.parametrize("name", ["Chromium", "Firefox"])
def test_pagefind_itself_works_from_a_host_and_fails_from_disk(
    name: str, site: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """The control: where it does not fail, the browser is not as its users have it, and the other tests say nothing."""
    if name == "Chromium":
        with reading(f"{name} from a host", site, browser, lambda: pytest.fail("not asked for")) as reader:
            reader.open(reader.home + FROM)
            assert reader.run(STOCK, "bridge") == 3
        tab = browser.new_page()
        tab.goto(f"{site.as_uri()}/{FROM}")
        with pytest.raises(Exception, match="Failed to fetch dynamically imported module"):
            tab.evaluate(STOCK, "bridge")
        tab.close()
    else:
        fox: Fox = request.getfixturevalue("firefox")
        with host(site) as served:
            fox.open(served.home + FROM)
            assert fox.run(STOCK, "bridge") == 3
        fox.open(f"{site.as_uri()}/{FROM}")
        with pytest.raises(AssertionError, match="error loading dynamically imported module"):
            fox.run(STOCK, "bridge")
        assert any("CORS request not http" in said for said in fox.complaints())


@pytest.mark.parametrize("name", ["Chromium", "Firefox"])
def test_the_stock_interface_works_from_a_host_and_fails_from_disk(
    name: str, site: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """Somebody types into the box that comes with Pagefind: from disk it searches for ever."""
    results = "document.querySelectorAll('.pagefind-ui__result').length"
    searching = "document.querySelector('.pagefind-ui__message')?.textContent.startsWith('Searching for bridge')"
    with host(site) as served:
        for home, shown in ((served.home, f"{results} === 3"), (f"{site.as_uri()}/", searching)):
            if name == "Chromium":
                tab = browser.new_page()
                said = _errors_in(tab)
                tab.goto(home + STOCK_PAGE)
                tab.locator("input").fill("bridge")
                tab.wait_for_function(f"() => {shown}", timeout=10_000)
                found = tab.evaluate(results)
                tab.close()
            else:
                fox: Fox = request.getfixturevalue("firefox")
                fox.complaints()
                fox.open(home + STOCK_PAGE)
                fox.run("async () => document.querySelector('input').focus()")
                fox.type("bridge")
                fox.until(shown)
                found = fox.run(f"async () => {results}")
                said = fox.complaints()
            assert found == (3 if home == served.home else 0)
            assert any("bundlePath" in error for error in said) is (found == 0), said


def _errors_in(tab: Page) -> list[str]:
    """A list that grows with the errors of a page."""
    said: list[str] = []
    tab.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_what_was_preloaded_while_typing_is_not_asked_for_again(site: Path, browser: Browser) -> None:
    with host(site) as served, window(browser, served.home) as tab:
        asked: list[str] = []
        tab.goto(served.home + FROM)
        tab.on("request", lambda request: asked.append(request.url))
        tab.evaluate("async () => (await searchEngine.load()).preload('bridge')")
        assert any("/index/" in url for url in asked)
        assert not any("/filter/" in url for url in asked), "counting makes a search dearer, and nobody asked for it"
        asked.clear()
        tab.evaluate("async () => (await searchEngine.load()).search('bridge')")
        assert asked == []


def test_nothing_is_asked_for_before_the_first_search_and_nothing_stays_behind(reader: Reader) -> None:
    """No script element, no new name, and `fetch` and `Worker` as the browser has them."""
    reader.open(reader.home + FROM)
    told = reader.run("""async () => {
        const asked = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/entry.js")).length
        const look = () => [Object.keys(window).join(), document.documentElement.outerHTML]
        const before = look()
        await (await searchEngine.load()).search("bridge")
        const same = look().map((each, n) => each === before[n])
        return { asked, same, native: [fetch, Worker].map(each => String(each).includes("[native code]")) }
    }""")
    assert told == {"asked": 0, "same": [True, True], "native": [True, True]}


def test_a_browser_without_the_newest_decoder_finds_the_same(site: Path, browser: Browser) -> None:
    with window(browser, f"{site.as_uri()}/") as tab:
        tab.add_init_script("delete Uint8Array.fromBase64")
        tab.goto(f"{site.as_uri()}/{FROM}")
        assert tab.evaluate("typeof Uint8Array.fromBase64") == "undefined"
        assert len(tab.evaluate(f"({FIND})('bridge', {{}})")) == 3


def test_an_index_that_could_not_be_put_in_order_works_as_well(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is as Pagefind wrote it: its fragments packed."""
    monkeypatch.setattr(search, "run_pagefind", lambda *_: ({}, {}))
    indexed = search.index(PAGES, tmp_path / "kept")
    assert indexed.warning
    folder = write({**PAGES, **engine(), **indexed.files}, tmp_path / "site")
    with window(browser, f"{folder.as_uri()}/") as tab:
        tab.goto(f"{folder.as_uri()}/{FROM}")
        (found,) = tab.evaluate(f"({FIND})('walked', {{}})")
        assert found["raw_url"] == "/articles/bridge-opens.html"


def test_a_reader_with_an_old_page_open_finds_what_was_published_since(tmp_path: Path, browser: Browser) -> None:
    """The files that the page knows are gone by then; it begins anew instead of finding less."""
    new = write({**PAGES, **engine(), **search.index(PAGES, tmp_path / "kept").files}, tmp_path / "site")
    changed = {path: body.replace(b"crowd", b"crowd, said Mayor Lindqvist") for path, body in PAGES.items()}
    later = search.index(changed, tmp_path / "kept").files
    with host(new) as served:
        tab = browser.new_page()
        tab.goto(served.home + FROM)
        tab.evaluate("searchEngine.load()")
        shutil.rmtree(new / "search")
        write(later, new)
        (found,) = tab.evaluate(f"({FIND})('Lindqvist', {{}})")
        assert found["raw_url"] == "/articles/bridge-opens.html"
        tab.close()


@pytest.mark.parametrize("gone", ["entry.js", "pagefind.*.js", "pagefind.*.pf_meta.js", "index/*.js", "fragment/*.js"])
def test_a_search_that_misses_a_file_fails_and_says_which(
    gone: str, site: Path, tmp_path: Path, browser: Browser
) -> None:
    """Pagefind itself would find less in silence."""
    folder = write({**PAGES, **engine()}, tmp_path / "site")
    for file in (site / "search").rglob("*.js"):
        if not file.relative_to(site / "search").match(gone):
            write({file.relative_to(site).as_posix(): file.read_bytes()}, folder)
    tab = browser.new_page()
    tab.goto(f"{folder.as_uri()}/{FROM}")
    said = tab.evaluate(f"({FIND})('bridge', {{}}).catch(failure => failure.message)")
    assert isinstance(said, str)
    assert f"{folder.as_uri()}/search/" in said
    assert said.endswith(" cannot be loaded")
    tab.close()


def test_after_a_failure_the_next_search_begins_anew(site: Path, tmp_path: Path, browser: Browser) -> None:
    folder = write({**PAGES, **engine()}, tmp_path / "site")
    tab = browser.new_page()
    tab.goto(f"{folder.as_uri()}/{FROM}")
    assert "cannot be loaded" in tab.evaluate(f"({FIND})('bridge', {{}}).catch(failure => failure.message)")
    for file in (site / "search").rglob("*.js"):
        write({file.relative_to(site).as_posix(): file.read_bytes()}, folder)
    assert len(tab.evaluate(f"({FIND})('bridge', {{}})")) == 3
    tab.close()


def test_a_page_in_another_language_is_searched_by_the_rules_of_that_language(tmp_path: Path, browser: Browser) -> None:
    """German stems; Ukrainian, for which Pagefind has none, as it is written; where no spaces are, letter by letter."""
    for language, words, query in (
        ("de", "Viele alte Häuser standen leer.", "Haus"),
        ("uk", "Міст відкрили.", "міст"),
        ("ja", "試験車両は東京へ届く。", '"東 京"'),
        ("zh", "旧桥已经关闭。", '"关 闭"'),
        ("th", "สะพานเก่าปิดแล้ว", '"เ ก่ า"'),
    ):
        folder = tmp_path / language
        pages = {FROM: page("Titel", f"<h1>Titel</h1><p>{words}</p>", language=language)}
        write({**pages, **engine(), **search.index(pages, tmp_path / "kept").files}, folder)
        with window(browser, f"{folder.as_uri()}/") as tab:
            tab.goto(f"{folder.as_uri()}/{FROM}")
            assert len(tab.evaluate(f"({FIND})({json.dumps(query)}, {{}})")) == 1


def test_the_loader_is_small(site: Path) -> None:
    """It is the one part that every page may carry before anybody searches."""
    assert len(gzip.compress((site / ENGINE).read_bytes())) < 3_000
