"""A save whose change is put in the place of what it changes: the window stays the one that it was."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sample import copy_sample
from serving import Server, author_window, serving
from test_serve import tiny_site
from test_serve_browser import PLACE, TAIPEI, TAIPEI_YAML, quotation, select
from tiny import DAILY

DAILY_PAGE = "articles/daily.html"
DAILY_TEXT, DAILY_YAML = "content/articles/daily.txt", "content/articles/daily.yaml"
SELECTED = "() => getSelection().toString()"
TARGET_AND_HASH = "() => [document.querySelector(':target')?.id, location.hash]"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Server]:
    with serving(copy_sample(tmp_path / "the sample"), "--base", "/repo/") as server:
        yield server


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Server]:
    with serving(tiny_site(tmp_path)) as server:
        yield server


def mark(page: Page) -> None:
    page.evaluate("window.thisVeryPage = true")


def is_the_same(page: Page) -> bool:
    return page.evaluate("window.thisVeryPage === true") is True


def whole(page: Page) -> str:
    """What the page consists of, but for what the server's own sheets and the reader's folds add to it."""
    return str(
        page.evaluate("""() => {
            const copy = document.documentElement.cloneNode(true)
            for (const one of copy.querySelectorAll("sourcebook-sheets, #sourcebook-live")) one.remove()
            for (const fold of copy.querySelectorAll("details")) fold.open = false
            const about = Array.from(copy.querySelector("head").children, element => element.outerHTML)
            return about.sort().join("\\n") + copy.querySelector("body").outerHTML.replace(/\\s+/g, " ")
        }""")
    )


def test_edits_of_every_kind_of_content_leave_what_a_page_loaded_anew_has(browser: Browser, sample: Server) -> None:
    """To the element, in the same window, with place, fold and selection as they were."""
    edits: list[Callable[[], None]] = [
        lambda: sample.replace(TAIPEI_YAML, "title: ", "title: Seen at once – "),
        lambda: sample.replace(TAIPEI_YAML, "summary: |\n", "summary: |\n  A paragraph before it.\n\n"),
        lambda: sample.replace("content/entities.yaml", "name: Volodymyr Zelensky", "name: Wolodymyr Selenskyj"),
        lambda: sample.replace(TAIPEI_YAML, "topics: [starlink", "topics: [satellites, starlink"),
        lambda: sample.replace(TAIPEI_YAML, "  A paragraph before it.\n\n", ""),
    ]
    with author_window(browser, sample) as page, author_window(browser, sample) as other:
        page.goto(sample.home + TAIPEI)
        mark(page)
        page.locator("details.fold summary").click()
        page.evaluate("document.getElementById('p9').scrollIntoView()")
        select(page, "imminent shutoff")
        top = page.evaluate(PLACE)
        for edit in edits:
            before = page.content()
            edit()
            page.wait_for_function("before => document.documentElement.outerHTML !== before", arg=before[15:])
            sample.says("built in")
            other.goto(sample.home + TAIPEI)
            expect(page.get_by_role("heading", level=1)).to_have_text(
                other.get_by_role("heading", level=1).text_content() or ""
            )
            assert whole(page) == whole(other)
            assert is_the_same(page)
            assert page.title() == other.title()
            assert page.evaluate(SELECTED) == "imminent shutoff"
            assert page.evaluate(PLACE) == pytest.approx(top, abs=2)
            expect(page.locator("details.fold")).to_have_attribute("open", "")
        page.keyboard.press("c")
        expect(quotation(page)).to_contain_text("quote: imminent shutoff")


def test_what_has_the_focus_keeps_it_and_the_target_stays_the_target(browser: Browser, tiny: Server) -> None:
    with author_window(browser, tiny) as page:
        page.goto(f"{tiny.home}{DAILY_PAGE}#p2")
        mark(page)
        link = page.get_by_role("link", name="Line 3", exact=True)
        link.focus()
        tiny.replace(DAILY_TEXT, "said Ida Kern.", "said Ida Kern, and laughed.")
        expect(page.locator("#p2").locator("xpath=ancestor-or-self::*[contains(., 'laughed')]").first).to_be_visible()
        expect(link).to_be_focused()
        assert page.evaluate(TARGET_AND_HASH) == ["p2", "#p2"]
        assert is_the_same(page)


def test_a_target_that_was_moved_is_still_the_target(browser: Browser, tiny: Server) -> None:
    with author_window(browser, tiny) as page:
        page.goto(tiny.home + DAILY_PAGE)
        passage = page.locator("mark", has_text="the ferry").get_attribute("id")
        page.goto(f"{tiny.home}{DAILY_PAGE}#{passage}")
        mark(page)
        entries = page.evaluate("history.length")
        tiny.replace(
            DAILY_YAML, "notes:", "notes:\n  - {quote: runs, text: A.}\n  - {quote: beside the bridge, text: B.}"
        )
        expect(page.locator("mark", has_text="beside the bridge")).to_be_visible()
        assert page.evaluate(TARGET_AND_HASH) == [passage, f"#{passage}"]
        assert page.evaluate("history.length") == entries
        assert is_the_same(page)


def test_the_front_page_keeps_its_search_box_and_the_footer_counts_anew(browser: Browser, tiny: Server) -> None:
    with author_window(browser, tiny) as page:
        page.goto(tiny.home)
        mark(page)
        footer = page.locator("footer").text_content()
        tiny.replace("content/briefing.yaml", "The bridge is shut.", "The bridge is closed.")
        expect(page.get_by_text("The bridge is closed.").first).to_be_visible()
        tiny.replace(DAILY_YAML, "notes:\n", "notes:\n  - {quote: has been shut, text: So they say.}\n")
        expect(page.locator("footer")).not_to_have_text(footer or "")
        assert is_the_same(page)
        for box in page.locator(".search-box").all():
            expect(box).to_have_attribute("aria-haspopup", "dialog")
        page.get_by_role("banner").locator(".search-box").click()
        expect(page.get_by_role("dialog")).to_be_visible()


def test_where_the_search_was_opened_the_page_comes_anew_and_the_search_with_it(browser: Browser, tiny: Server) -> None:
    with author_window(browser, tiny) as page:
        page.goto(tiny.home + DAILY_PAGE)
        mark(page)
        page.keyboard.press("/")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        tiny.replace(DAILY_TEXT, "said Ida Kern.", "said Ida Kern, and laughed.")
        expect(page.get_by_text("and laughed")).to_be_visible()
        assert not is_the_same(page)


@pytest.mark.parametrize(
    ("path", "old", "new", "shown"),
    [
        ("site.yaml", "title: The bridge", "title: The other bridge", "The other bridge"),
        ("layouts/assets/mine.js", "one", "two", "two"),
        ("layouts/article.html", "A head.", "A new head.", "A new head."),
    ],
)
def test_where_more_than_the_text_changes_the_page_comes_anew(
    browser: Browser, tmp_path: Path, path: str, old: str, new: str, shown: str
) -> None:
    """Also with scripts of the site's own, of which nobody knows what they have done to the page."""
    head = '{% block head %}<script src="../assets/mine.js" defer></script>{% endblock %}'
    own: dict[str, str] = {
        "layouts/assets/mine.js": 'document.querySelector("header").append("It says one.")',
        "layouts/article.html": f'{{% extends "builtin/article.html" %}}{head}'
        "{% block header %}<p>A head.</p>{{ super() }}{% endblock %}",
    }
    with serving(tiny_site(tmp_path, own), "--no-search") as server, author_window(browser, server) as page:
        page.goto(server.home + DAILY_PAGE)
        expect(page.get_by_text("It says one.")).to_be_visible()
        mark(page)
        server.replace(path, old, new)
        expect(page.locator("body")).to_contain_text(shown)
        assert not is_the_same(page)
        mark(page)
        server.replace(DAILY_TEXT, "said Ida Kern.", "said Ida Kern, and laughed.")
        expect(page.get_by_text("and laughed")).to_be_visible()
        assert not is_the_same(page)
        expect(page.get_by_text(re.compile("^It says (one|two)"))).to_have_count(0)


def test_a_mistake_stands_over_a_page_that_was_taken_over_and_what_comes_after_it_is_seen(
    browser: Browser, tiny: Server
) -> None:
    sheet = "Problems"
    with author_window(browser, tiny) as page:
        page.goto(tiny.home + DAILY_PAGE)
        mark(page)
        tiny.replace(DAILY_TEXT, "said Ida Kern.", "said Ida Kern, and laughed.")
        expect(page.get_by_text("and laughed")).to_be_visible()
        tiny.replace(DAILY_YAML, "quote: the ferry", "quote: the fairy")
        expect(page.get_by_role("region", name=sheet)).to_contain_text("fairy")
        tiny.replace(DAILY_YAML, "quote: the fairy, text: There is one ferry.", "quote: the ferry, text: Just one.")
        expect(page.get_by_role("region", name=sheet)).to_be_hidden()
        expect(page.get_by_text("Just one.")).to_be_visible()
        assert is_the_same(page)


def test_a_tab_that_nobody_sees_is_taken_over_when_it_is_seen_again(browser: Browser, tiny: Server) -> None:
    with author_window(browser, tiny) as page:
        page.goto(tiny.home + DAILY_PAGE)
        mark(page)
        hide = "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
        turn = f"{hide} document.dispatchEvent(new Event('visibilitychange')) }}"
        page.evaluate(turn, True)
        for word in ("laughed", "wept", "slept"):
            tiny.write(DAILY_TEXT, DAILY.replace("said Ida Kern", f"said Ida Kern, and {word}"))
            tiny.says(r"daily\.txt: built in")
        page.evaluate(turn, False)
        expect(page.locator("main")).to_contain_text("and slept")
        assert is_the_same(page)
