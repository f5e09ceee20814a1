"""A reader searches: on every page and on the search page, from a host and from disk, with the mouse or without."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from browsing import Served, window
from checkers import axe_findings
from playwright.sync_api import Browser, Locator, Page, Route, expect

ODD_FOLDER = "my files/50% off #1/цікаве 很遠/site"
STATES = {
    "": "Any spelling of a name",
    "#q=starlink+kellogg&facets=1": "2 pages",
    "#q=trump&publisher=Taipei+Times": "in Taipei Times",
    "#q=zelenksy": "Volodymyr Zelensky",
}

OUTLINE_ENDS = """row => row.getAnimations({subtree: true}).map(animation => {
    animation.finish()
    return `${animation.animationName} at ${animation.effect.getComputedTiming().endTime} ms`
})"""


@pytest.fixture(scope="module")
def oddly_placed(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a folder whose name is as odd as a reader's may be."""
    folder = tmp_path_factory.mktemp("odd") / ODD_FOLDER
    shutil.copytree(sample_site, folder)
    return folder


@pytest.fixture(params=["disk", "http"])
def home(request: pytest.FixtureRequest, oddly_placed: Path, served: Served) -> str:
    return f"{oddly_placed.as_uri()}/" if request.param == "disk" else served.home


@pytest.fixture
def reader(browser: Browser, home: str) -> Iterator[Page]:
    """A window in which nothing may be said on the console, fail, or be asked of anybody else."""
    with window(browser, home) as page:
        yield page


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog")


def results_of(where: Page | Locator) -> Locator:
    return where.locator(".result")


def fragment_of(page: Page) -> str:
    return page.url.partition("#")[2]


def test_a_reader_finds_a_passage_with_the_keyboard_alone(reader: Page, home: str) -> None:
    """Slash, words, arrows, Enter: the page opens at the paragraph, its words are marked, and Back leads back."""
    reader.goto(f"{home}timeline.html")
    reader.keyboard.press("/")
    expect(dialog_of(reader)).to_be_visible()
    reader.keyboard.type("imminent shutoff")
    expect(dialog_of(reader).get_by_role("status")).to_have_text("3 pages")
    settled = dialog_of(reader).locator(".results:not([aria-busy])")
    expect(results_of(settled).nth(1).locator("mark")).to_have_text(["imminent", "shutoff"])
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("ArrowDown")
    expect(results_of(dialog_of(reader)).nth(1).locator(".result-text")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(r"/articles/starlink-new-zealand\.html#p11$"))
    expect(reader.locator("#p11 mark.found")).to_have_text(["imminent", "shutoff"])
    expect(reader.locator("#p11")).to_be_in_viewport()
    reader.go_back()
    expect(reader).to_have_url(f"{home}timeline.html")


def test_arrows_that_are_quicker_than_the_search_keep_their_row(reader: Page, home: str) -> None:
    """The last letter is still being looked up while the reader is in the list; the list is then written anew."""
    reader.goto(f"{home}timeline.html")
    reader.keyboard.press("/")
    reader.keyboard.type("kellogg")
    expect(results_of(dialog_of(reader)).first).to_be_visible()
    into = """(letters, place) => {
        const field = document.activeElement.closest("dialog").querySelector("input")
        field.value = letters
        field.dispatchEvent(new Event("input"))
        document.querySelectorAll(".result-text")[place].focus()
        return document.querySelector(".results").ariaBusy
    }"""
    settled = dialog_of(reader).locator(".results:not([aria-busy])")
    chosen = results_of(dialog_of(reader)).nth(2).locator(".result-text")
    leads_to = str(chosen.get_attribute("href")).partition("&mark")[0]
    assert reader.evaluate(f"() => ({into})('kellogg ukraine', 2)") == "true"
    expect(settled).to_have_count(1)
    assert reader.evaluate("document.activeElement.href").partition("&mark")[0].endswith(leads_to)
    reader.evaluate(f"() => ({into})('imminent shutoff', 2)")
    expect(settled.locator(".result")).to_have_count(3)
    expect(results_of(dialog_of(reader)).nth(2).locator(".result-text")).to_be_focused()
    reader.evaluate(f"() => ({into})('nowhere to be seen', 2)")
    expect(dialog_of(reader).get_by_role("searchbox")).to_be_focused()


def test_enter_in_the_field_opens_the_first_result(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    reader.keyboard.press("Control+k")
    expect(dialog_of(reader)).to_be_visible()
    reader.keyboard.type("zelenskiy")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{home}entities/volodymyr-zelensky.html")
    expect(reader.locator("h1 mark.found")).to_have_text("Volodymyr Zelensky")


@contextmanager
def slow(page: Page, files: str, *, goes_on: bool = True) -> Iterator[None]:
    """As over a slow line: what matches `files` comes only when the block is left, or fails then."""
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    page.route(files, wait)
    yield
    for route in waiting:
        if goes_on:
            route.continue_()
        else:
            route.abort()
    page.unroute(files, wait)


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_no_letter_is_lost_while_the_search_is_still_being_loaded(reader: Page, home: str, key: str) -> None:
    """The first letter is typed at once, and Enter is kept too."""
    reader.goto(f"{home}timeline.html")
    with slow(reader, "**/assets/search/register.js"):
        reader.keyboard.press(key)
        reader.keyboard.type("imminent shutoff")
        expect(dialog_of(reader).get_by_role("searchbox", name="Search")).to_have_value("imminent shutoff")
    expect(dialog_of(reader).get_by_role("status")).to_have_text("3 pages")
    expect(dialog_of(reader).get_by_role("searchbox")).to_be_focused()
    with slow(reader, "**/assets/search/register.js"):
        reader.reload()
        reader.keyboard.press(key)
        reader.keyboard.type("zelenskiy")
        reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{home}entities/volodymyr-zelensky.html")


def test_no_letter_is_lost_while_the_search_page_is_still_being_loaded(reader: Page, home: str) -> None:
    with slow(reader, "**/assets/search/page.js"):
        reader.goto(f"{home}search.html", wait_until="commit")
        expect(reader.get_by_role("searchbox")).to_be_focused()
        reader.keyboard.type("zelensky")
        reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_have_text(re.compile(r"^\d+ pages$"))
    assert fragment_of(reader) == "q=zelensky"
    expect(reader.get_by_role("searchbox")).to_be_focused()


def test_a_dialog_that_was_closed_before_it_was_whole_stays_closed(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    with slow(reader, "**/assets/search/register.js"):
        reader.keyboard.press("/")
        reader.keyboard.type("starlink")
        reader.keyboard.press("Escape")
        expect(reader.locator("dialog")).to_be_hidden()
    expect(reader.locator(".search-foot")).to_have_count(1)
    expect(reader.locator("dialog")).to_be_hidden()


def test_enter_that_ends_a_word_in_another_script_opens_nothing(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    reader.keyboard.press("/")
    reader.keyboard.type("zelenskiy")
    expect(results_of(dialog_of(reader)).first).to_be_visible()
    pressed = (
        "field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: %s, bubbles: true}))"
    )
    dialog_of(reader).get_by_role("searchbox").evaluate(pressed % "true")
    expect(reader).to_have_url(f"{home}index.html")
    dialog_of(reader).get_by_role("searchbox").evaluate(pressed % "false")
    expect(reader).to_have_url(f"{home}entities/volodymyr-zelensky.html")


def test_a_dialog_that_cannot_be_loaded_leads_to_the_search_page_with_what_was_typed(
    browser: Browser, served: Served
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.home}index.html")
    with slow(page, "**/assets/search/dialog.js", goes_on=False):
        page.keyboard.press("/")
        page.keyboard.type("50% & more")
    expect(page).to_have_url(f"{served.home}search.html#q=50%25+%26+more")
    expect(page.get_by_role("searchbox")).to_have_value("50% & more")
    context.close()


def test_a_search_page_that_cannot_be_loaded_keeps_the_way_to_the_indexes(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/assets/search/find.js", lambda route: route.abort())
    page.goto(f"{served.home}search.html")
    expect(page.locator("main")).to_contain_text("needs JavaScript")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    context.close()


def test_the_outline_of_the_paragraph_goes_and_its_words_stay_marked(browser: Browser, served: Served) -> None:
    """It stays for a reader who asked for no motion, and where a link led there."""
    address = f"{served.home}articles/starlink-new-zealand.html#at=p11&mark=imminent"
    for motion, goes in (("no-preference", True), ("reduce", False)):
        context = browser.new_context(reduced_motion=motion)  # type: ignore[arg-type]  # a tuple's str
        page = context.new_page()
        page.goto(address)
        animations = page.locator("#p11").evaluate(OUTLINE_ENDS)
        assert animations == (["outline-goes at 2120 ms"] if goes else [])
        colour = page.locator("#p11").evaluate("row => getComputedStyle(row).outlineColor")
        assert (colour == "rgba(0, 0, 0, 0)") is goes
        expect(page.locator("#p11 mark.found")).to_have_text(["imminent"])
        page.reload()
        expect(page.locator("#p11:target")).to_be_visible()
        assert page.locator("#p11").evaluate(OUTLINE_ENDS) == []
        context.close()


def test_escape_closes_the_dialog_and_the_focus_is_where_it_was(reader: Page, home: str) -> None:
    reader.goto(f"{home}sources.html")
    link = reader.locator("main h2 a").nth(2)
    link.focus()
    reader.keyboard.press("/")
    expect(dialog_of(reader).get_by_role("searchbox")).to_be_focused()
    reader.keyboard.press("Escape")
    expect(dialog_of(reader)).to_be_hidden()
    expect(link).to_be_focused()


def test_a_result_on_the_page_that_is_open_is_a_jump(reader: Page, home: str) -> None:
    reader.goto(f"{home}articles/starlink-new-zealand.html")
    reader.get_by_role("link", name="Search").click()
    dialog_of(reader).get_by_role("searchbox").fill("massive blow")
    results_of(dialog_of(reader)).first.locator(".result-text").click()
    expect(dialog_of(reader)).to_be_hidden()
    expect(reader).to_have_url(re.compile(r"starlink-new-zealand\.html#p13$"))
    expect(reader.locator("#p13 mark.found")).to_have_text(["massive", "blow"])


def test_what_is_typed_filtered_and_sorted_stands_in_the_address(reader: Page, home: str) -> None:
    """So that a search can be passed on, and Back from a result returns to it."""
    reader.goto(f"{home}search.html")
    reader.get_by_role("searchbox").fill("zelensky")
    status = reader.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d+ pages$"))
    assert fragment_of(reader) == "q=zelensky"
    reader.get_by_text("Filter", exact=True).click()
    reader.get_by_role("link", name="Taipei Times").click()
    expect(status).to_have_text(re.compile(r"^\d+ of \d+ pages in Taipei Times$"))
    reader.get_by_role("link", name="date", exact=True).click()
    expect(reader.locator(".search-sort [aria-current]")).to_have_text("date")
    assert fragment_of(reader) == "q=zelensky&publisher=Taipei+Times&sort=date&facets=1"
    shown = results_of(reader).all_inner_texts()
    results_of(reader).filter(has_text="¶").first.locator(".result-text").click()
    expect(reader).to_have_url(re.compile(r"/articles/starlink-taipei-times\.html#p\d+$"))
    reader.go_back()
    expect(reader.locator(".facets .chosen")).to_have_text(re.compile("Taipei Times"))
    expect(results_of(reader)).to_have_count(len(shown))
    assert results_of(reader).all_inner_texts() == shown
    reader.go_back()
    expect(reader.locator(".search-sort [aria-current]")).to_have_text("relevance")


def test_no_letter_is_lost_by_who_filters_before_it_is_looked_up(reader: Page, home: str) -> None:
    reader.goto(f"{home}search.html#q=zelensk&facets=1")
    chosen = reader.locator(".facets a", has_text="Taipei Times")
    expect(chosen).to_be_visible()
    reader.evaluate(
        """() => {
            const field = document.querySelector("#search-field")
            field.value = "zelensky"
            field.dispatchEvent(new Event("input"))
            Array.from(document.querySelectorAll(".facets a")).find(link => link.textContent === "Taipei Times").click()
        }"""
    )
    expect(reader.locator(".facets .chosen a")).to_have_text("Taipei Times")
    expect(reader.locator(".results")).not_to_have_attribute("aria-busy", "true")
    assert reader.locator("#search-field").input_value() == "zelensky"
    assert reader.evaluate("location.hash") == "#q=zelensky&publisher=Taipei+Times&facets=1"


def test_many_results_come_in_pages(reader: Page, home: str) -> None:
    reader.goto(f"{home}search.html#q=trump")
    reader.get_by_role("link", name="Next").click()
    expect(reader.get_by_role("navigation", name="Pages of results")).to_contain_text("2 of ")
    assert fragment_of(reader) == "q=trump&page=2"
    expect(results_of(reader).first).to_be_visible()


def test_a_search_that_had_to_load_much_does_not_hold_up_the_next_letter(browser: Browser, served: Served) -> None:
    """The pause before a search is as long as the last one kept the page busy, not as long as it waited."""
    slow = """async () => {
        const engine = await searchEngine.load()
        const late = () => new Promise(done => setTimeout(done, 400))
        const search = (...asked) => late().then(() => engine.search(...asked))
        searchEngine.load = async () => ({ ...engine, search })
        const begun = performance.now()
        const { pages } = await searchFind.find("zelensky")
        return [pages, performance.now() - begun >= 400, searchFind.pause()]
    }"""
    with window(browser, served.home) as page:
        page.goto(f"{served.home}search.html#q=kellogg")
        expect(results_of(page).first).to_be_visible()
        pages, was_slow, pause = page.evaluate(slow)
        assert (pages, was_slow) == (20, True)
        assert 30 <= pause < 300


def test_a_page_of_results_that_there_is_not_is_the_last(reader: Page, home: str) -> None:
    reader.goto(f"{home}search.html#q=zelensky&page=99")
    expect(results_of(reader).first).to_be_visible()
    expect(reader).to_have_url(f"{home}search.html#q=zelensky&page=2")


def test_a_reader_who_filters_sorts_and_turns_pages_is_where_the_keyboard_left_off(reader: Page, home: str) -> None:
    """All that was followed is written anew: the same link has the focus, after a step the first of the results."""
    reader.goto(f"{home}search.html#q=russia&facets=1")
    settled = reader.locator(".results:not([aria-busy]) > .result")
    focused = "document.activeElement.textContent"
    for followed in ("date", "Taipei Times", "Taipei Times", "relevance"):
        reader.get_by_role("link", name=followed, exact=True).first.press("Enter")
        expect(settled.first).to_be_visible()
        assert reader.evaluate(focused) == followed
    reader.get_by_role("link", name="Next").press("Enter")
    expect(reader).to_have_url(re.compile("page=2"))
    expect(settled.first.locator("a").first).to_be_focused()
    expect(reader.get_by_role("status")).to_be_in_viewport()
    reader.go_back()
    expect(reader).not_to_have_url(re.compile("page=2"))
    expect(reader.get_by_role("link", name="Next")).to_be_in_viewport()
    reader.get_by_role("link", name="Taipei Times", exact=True).press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("in Taipei Times")
    reader.get_by_role("link", name="Clear", exact=False).press("Enter")
    expect(reader.get_by_role("searchbox")).to_be_focused()


def test_a_search_that_finds_nothing_offers_the_nearest_names(reader: Page, home: str) -> None:
    reader.goto(f"{home}search.html#q=zelenksy")
    expect(reader.get_by_role("status")).to_have_text("0 pages")
    reader.get_by_role("link", name="Volodymyr Zelensky").click()
    expect(results_of(reader).first).to_contain_text("Volodymyr Zelensky")


def test_the_slash_can_be_turned_off_and_stays_off(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    reader.keyboard.press("/")
    dialog_of(reader).get_by_role("button", name="Don’t open with /").click()
    reader.keyboard.press("Escape")
    reader.goto(f"{home}sources.html")
    reader.keyboard.press("/")
    expect(dialog_of(reader)).to_have_count(0)
    expect(reader.locator(".search-box kbd")).to_be_hidden()
    reader.keyboard.press("Control+k")
    dialog_of(reader).get_by_role("button", name="Open with /").click()
    reader.keyboard.press("Escape")
    reader.keyboard.press("/")
    expect(dialog_of(reader)).to_be_visible()


def test_a_passage_of_two_prints_leads_to_both(reader: Page, home: str) -> None:
    reader.goto(f"{home}search.html#q=game+changer")
    row = results_of(reader).first
    expect(row.get_by_role("link")).to_have_count(2)
    row.get_by_role("link", name="also").click()
    expect(reader).to_have_url(re.compile(r"/articles/starlink-[a-z-]+\.html#p\d+$"))
    expect(reader.locator(":target mark.found").first).to_have_text("game")


def test_files_that_are_missing_are_said_and_can_be_tried_again(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/search/pagefind*.js", refuse)
    page.goto(f"{served.home}search.html#q=starlink")
    expect(page.get_by_role("alert")).to_contain_text("The search cannot be loaded")
    page.unroute("**/search/pagefind*.js", refuse)
    page.get_by_role("button", name="Try again").click()
    expect(results_of(page).first).to_be_visible()
    context.close()


def test_without_javascript_a_line_says_where_the_indexes_are(browser: Browser, home: str) -> None:
    with window(browser, home, javascript=False) as page:
        page.goto(f"{home}index.html")
        page.get_by_role("link", name="Search").click()
        expect(page).to_have_url(f"{home}search.html")
        expect(page.locator("main")).to_contain_text("needs JavaScript")
        page.locator("main").get_by_role("link", name="Who and what").click()
        expect(page).to_have_url(f"{home}entities/index.html")


def test_facets_are_counted_only_when_they_are_asked_for(browser: Browser, served: Served) -> None:
    asked: list[str] = []
    with window(browser, served.home) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{served.home}search.html#q=starlink")
        expect(results_of(page).first).to_be_visible()
        assert not [url for url in asked if "/search/filter/" in url]
        page.get_by_text("Filter", exact=True).click()
        expect(page.locator(".facets").first).to_be_visible()
        assert [url for url in asked if "/search/filter/" in url]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_search_however_it_looks(
    browser: Browser, served: Served, scheme: Literal["light", "dark"], width: int
) -> None:
    with window(browser, served.home, scheme=scheme, width=width) as page:
        findings = []
        for state, said in STATES.items():
            page.goto(f"{served.home}search.html{state}")
            expect(page.locator(".search-found")).to_contain_text(said)
            findings += axe_findings(page)
        page.goto(f"{served.home}index.html")
        page.keyboard.press("/")
        findings += axe_findings(page)
        page.keyboard.type("starlink")
        expect(results_of(page).first).to_be_visible()
        findings += axe_findings(page)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_of_the_search_sticks_out(browser: Browser, served: Served, width: int) -> None:
    with window(browser, served.home, width=width) as page:
        page.goto(f"{served.home}search.html#q=trump&facets=1")
        expect(results_of(page).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(f"{served.home}index.html")
        page.keyboard.press("Control+k")
        page.keyboard.type("starlink shutoff")
        expect(results_of(page).first).to_be_visible()
        assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
