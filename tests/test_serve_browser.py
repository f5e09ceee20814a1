"""Live authoring as an author sees it: a save, and the page that is open shows it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from checkers import axe_findings
from playwright.sync_api import Browser, Locator, Page, expect
from sample import copy_sample
from saving import seconds_until_visible
from serving import Server, author_window, serving
from test_serve import tiny_site

TAIPEI = "articles/starlink-taipei-times.html"
TAIPEI_YAML = "content/articles/starlink-taipei-times.yaml"
PLACE = "() => document.getElementById('p9').getBoundingClientRect().top"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample, served below a base, as an author has it."""
    with serving(copy_sample(tmp_path_factory.mktemp("the sample")), "--base", "/repo/") as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """An article, scrolled to its ninth line, with its teasers unfolded."""
    with author_window(browser, server) as page:
        page.goto(server.home + TAIPEI)
        page.locator("details.fold summary").click()
        page.evaluate("document.getElementById('p9').scrollIntoView()")
        yield page


def problems(page: Page) -> Locator:
    return page.get_by_role("region", name="Problems")


def expect_place_kept(page: Page, top: float) -> None:
    """The reader's line is where it was, and what was unfolded still is."""
    page.wait_for_load_state("load")
    assert page.evaluate(PLACE) == pytest.approx(top, abs=2)
    expect(page.locator("details.fold")).to_have_attribute("open", "")


def test_each_kind_of_edit_shows_in_the_open_page_and_the_reader_stays_where_they_are(
    page: Page, server: Server
) -> None:
    top = page.evaluate(PLACE)
    assert page.evaluate("scrollY") > 500

    server.replace(TAIPEI_YAML, "title: ", "title: Seen at once – ")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Seen at once – ")
    expect_place_kept(page, top)

    server.replace("content/entities.yaml", "name: Volodymyr Zelensky", "name: Wolodymyr Selenskyj")
    page.locator("#events").scroll_into_view_if_needed()
    expect(page.get_by_text("Meanwhile nothing")).to_have_count(0)
    with author_window(page.context.browser, server) as other:  # type: ignore[arg-type]  # it has one
        other.goto(server.home + "entities/volodymyr-zelensky.html")
        expect(other.get_by_role("heading", level=1)).to_have_text("Wolodymyr Selenskyj")
        server.replace("content/entities.yaml", "name: Wolodymyr Selenskyj", "name: Volodymyr Zelensky")
        expect(other.get_by_role("heading", level=1)).to_have_text("Volodymyr Zelensky")

    page.evaluate("document.getElementById('p9').scrollIntoView()")
    top = page.evaluate(PLACE)
    (server.site / "layouts").mkdir(exist_ok=True)
    server.write(
        "layouts/article.html",
        '{% extends "builtin/article.html" %}{% block header %}<p>A new head.</p>{{ super() }}{% endblock %}',
    )
    expect(page.get_by_text("A new head.")).to_have_count(1)
    expect_place_kept(page, top)
    (server.site / "layouts" / "article.html").unlink()
    expect(page.get_by_text("A new head.")).to_have_count(0)
    expect_place_kept(page, top)


def test_a_style_sheet_alone_is_swapped_without_a_reload(page: Page, server: Server) -> None:
    page.evaluate("window.thisVeryPage = true")
    (server.site / "layouts" / "assets").mkdir(parents=True, exist_ok=True)
    server.write("layouts/assets/charts.css", "h1 { color: rgb(1, 2, 3) }")
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
    server.write("layouts/assets/charts.css", "h1 { color: rgb(4, 5, 6) }")
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(4, 5, 6)")
    (server.site / "layouts" / "assets" / "charts.css").unlink()
    expect(page.get_by_role("heading", level=1)).not_to_have_css("color", "rgb(4, 5, 6)")
    assert page.evaluate("window.thisVeryPage")
    assert page.locator('link[rel="stylesheet"]').count() == 2


def test_a_mistake_stands_over_the_last_good_page_in_the_terminals_words_and_goes_when_mended(
    page: Page, server: Server
) -> None:
    top = page.evaluate(PLACE)
    page.get_by_role("link", name="Line 9", exact=True).focus()
    text = (server.site / TAIPEI_YAML).read_text()
    broken = text.replace("publisher:", "publishr:", 1)
    broken = broken.replace("have raised the possibility of cutting", "have raised the likelihood of cutting")
    assert broken.count("likelihood")
    server.hear_all()
    said = len(server.said)
    server.write(TAIPEI_YAML, broken)
    server.says("the last good build stays")
    expect(problems(page)).to_be_visible()
    terminal = [line for line in server.said[said:] if not re.match(r"\d\d:\d\d:\d\d ", line)]
    items = problems(page).locator(".problem")
    shown = "\n".join(items.nth(n).evaluate("element => element.textContent") for n in range(items.count()))
    assert shown == "\n".join(terminal)
    expect(problems(page)).to_contain_text("The page behind this is the last good build, ")
    expect(problems(page).locator("del").first).to_have_text("likelihood")
    expect(problems(page).locator("ins").first).to_have_text("possibility")

    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Line 9"
    assert page.evaluate(PLACE) == top

    page.keyboard.press("Escape")
    expect(problems(page)).to_be_hidden()
    page.reload()
    again = page.get_by_role("button", name=re.compile("^[0-9]+ errors: show$"))
    expect(again).to_be_visible()
    expect(problems(page)).to_be_hidden()
    again.click()
    expect(problems(page)).to_be_visible()
    problems(page).get_by_role("button", name="hide").click()
    server.write(TAIPEI_YAML, broken.replace("publishr:", "publishr2:"))
    expect(problems(page)).to_be_visible()

    server.write(TAIPEI_YAML, text)
    expect(problems(page)).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("show$"))).to_be_hidden()


def test_long_problems_fit_a_narrow_screen_and_can_be_read_to_their_end(browser: Browser, tmp_path: Path) -> None:
    many = "".join(f"a-very-long-key-that-nobody-knows-{n}: {'x' * 200}\n" for n in range(30))
    with (
        serving(tiny_site(tmp_path), "--no-search") as server,
        author_window(browser, server, width=320, scheme="dark") as page,
    ):
        page.goto(server.home)
        server.write("content/entities.yaml", many)
        expect(problems(page)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        last = problems(page).locator(".problem").last
        expect(last).not_to_be_in_viewport()
        problems(page).get_by_role("group").focus()
        page.keyboard.press("End")
        expect(last).to_be_in_viewport()
        # What the sheet covers can be scrolled into sight.
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        footer, sheet = page.locator("footer").bounding_box(), problems(page).bounding_box()
        assert footer is not None
        assert sheet is not None
        assert footer["y"] + footer["height"] <= sheet["y"] + 1


def test_a_site_that_was_never_good_shows_its_problems_alone_until_they_are_mended(
    browser: Browser, tmp_path: Path
) -> None:
    site = tiny_site(tmp_path, {"content/timeline.yaml": "bridge-shut: [\n"})
    with serving(site, "--no-search") as server, browser.new_context() as context:
        page = context.new_page()
        page.goto(server.home + "articles/daily.html")
        expect(problems(page)).to_contain_text("error[yaml-syntax]")
        expect(problems(page)).to_contain_text("There is no good build to show yet.")
        assert axe_findings(page) == []
        server.write("content/timeline.yaml", "bridge-shut: {title: The bridge is shut, date: 2025-01-14}\n")
        expect(page.get_by_role("heading", level=1)).to_have_text("The bridge")
        expect(problems(page)).to_have_count(0)


def test_what_was_just_written_is_found_by_the_search_without_a_click(browser: Browser, tmp_path: Path) -> None:
    with serving(tiny_site(tmp_path)) as server, author_window(browser, server) as page:
        page.goto(server.home + "search.html#q=zanzibar")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        server.replace("content/articles/weekly.txt", "Engineers closed it", "In Zanzibar engineers closed it")
        expect(page.get_by_role("link", name="In Zanzibar engineers closed it")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_sheets_bar_nobody(browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]) -> None:
    """In a plain window: axe itself trips over the page's content security policy where there is a shadow tree."""
    with (
        serving(tiny_site(tmp_path), "--no-search") as server,
        browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context,
    ):
        page = context.new_page()
        page.goto(server.home + "articles/daily.html")
        page.locator("#p2").select_text()
        page.keyboard.press("c")
        expect(quotation(page)).to_be_visible()
        server.replace("content/articles/daily.yaml", "quote: the ferry", "quote: the fairy")
        expect(problems(page)).to_contain_text("fairy")
        assert axe_findings(page) == []


def test_from_the_save_to_the_eye_takes_less_than_a_second(browser: Browser, tmp_path: Path) -> None:
    """On however busy a machine, and for a small site; the bench measures large ones on a quiet one."""
    taken = seconds_until_visible(
        browser, tiny_site(tmp_path), "articles/weekly.html", "content/articles/weekly.txt", saves=5
    )
    assert len(taken) == 5
    assert 0 < min(taken) < 1


# --- select and copy -----------------------------------------------------------------------------------------------


def select(page: Page, first: str, last: str = "") -> None:
    """Selects from the words `first` in the text to the end of the words `last`, as a hand does."""
    page.evaluate(
        """([first, last]) => {
            const nodes = []
            const rows = document.querySelector('.rows')
            const walker = document.createTreeWalker(rows, NodeFilter.SHOW_TEXT)
            while (walker.nextNode()) nodes.push(walker.currentNode)
            const from = nodes.find(node => node.data.includes(first))
            const to = nodes.find(node => node.data.includes(last || first))
            getSelection().setBaseAndExtent(from, from.data.indexOf(first), to,
                to.data.indexOf(last || first) + (last || first).length)
        }""",
        [first, last],
    )


def quotation(page: Page) -> Locator:
    return page.get_by_role("region", name="Quotation")


def test_c_copies_the_yaml_of_what_is_selected(browser: Browser, server: Server) -> None:
    """It is pasted into the summary as it is, and the builder accepts it."""
    with author_window(browser, server) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(server.home + TAIPEI)
        select(page, "uring the meet", ", said the sour")
        page.keyboard.press("c")
        expect(quotation(page)).to_contain_text(
            "Copied: line 6 of content/articles/starlink-taipei-times.txt, found there word for word."
        )
        words = (
            "During the meeting, Ukraine was told it faced imminent shutoff of the service if it did not reach a deal "
            "on critical minerals, said the source"
        )
        pasted = page.evaluate("navigator.clipboard.readText()")
        assert pasted == f'quote: "{words}"\nline: 6\n'
        quotation(page).get_by_role("button", name="Copy the citation instead").click()
        expect(quotation(page)).to_contain_text("Copied as a citation:")
        assert page.evaluate("navigator.clipboard.readText()") == f'[@starlink-taipei-times:6 "{words}"]'
        page.keyboard.press("Escape")
        expect(quotation(page)).to_be_hidden()

        marked = page.locator("mark.quoted", has_text="During the meeting")
        expect(marked).to_have_count(0)
        entry = "  - " + pasted.strip().replace("\n", "\n    ") + "\n    speaker: {anonymous: one}"
        text = (server.site / TAIPEI_YAML).read_text()
        server.write(TAIPEI_YAML, text.replace("\nquotes:\n", f"\nquotes:\n{entry}\n", 1))
        expect(marked.first).to_be_visible()
        server.write(TAIPEI_YAML, text)
        expect(marked).to_have_count(0)


def test_c_says_why_there_is_nothing_to_copy(browser: Browser, server: Server) -> None:
    with author_window(browser, server) as page:
        page.goto(server.home + TAIPEI)
        page.locator("details.fold summary").click()
        select(page, "UNUSUAL EVENT")
        page.keyboard.press("c")
        expect(quotation(page)).to_contain_text("Not copied: line 23 of starlink-taipei-times.txt is a teaser")
        page.locator("h1").click()
        expect(quotation(page)).to_be_hidden()
        page.locator(".article-head h1").select_text()
        page.keyboard.press("c")
        expect(quotation(page)).to_contain_text("Not copied: select words in the numbered paragraphs of the text.")


def test_where_the_clipboard_is_refused_the_words_wait_in_a_box(browser: Browser, server: Server) -> None:
    with author_window(browser, server) as page:
        page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
        page.goto(server.home + TAIPEI)
        select(page, "imminent shutoff")
        page.keyboard.press("c")
        box = quotation(page).get_by_role("textbox", name="To copy")
        expect(box).to_have_value("quote: imminent shutoff\nline: 6\n")
        expect(box).to_be_focused()
        assert box.evaluate("box => box.selectionEnd - box.selectionStart") == len("quote: imminent shutoff\nline: 6\n")


def test_c_is_a_letter_where_somebody_types_and_with_other_keys_or_nothing_selected(
    browser: Browser, server: Server
) -> None:
    asked = []
    with author_window(browser, server) as page:
        page.on("request", lambda request: asked.append(request.url) if "quotation" in request.url else None)
        page.goto(server.home + TAIPEI)
        page.keyboard.press("c")
        select(page, "imminent shutoff")
        for held in ("Control+c", "Alt+c", "Shift+C", "Meta+c"):
            page.keyboard.press(held)
        page.keyboard.press("/")
        field = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
        expect(field).to_be_focused()
        page.keyboard.press("c")
        expect(field).to_have_value("c")
        page.keyboard.press("Escape")
    assert asked == []


def test_other_pages_take_no_notice_of_c(browser: Browser, server: Server) -> None:
    with author_window(browser, server) as page:
        page.goto(server.home)
        page.locator("h1").select_text()
        page.keyboard.press("c")
        expect(quotation(page)).to_have_count(0)
