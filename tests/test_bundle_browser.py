"""What was sent is opened by double click: the zip unpacked, and the single file, in Chromium and in Firefox."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from browsing import host, window
from bundles import Reader, held_in, own, reading, unpacked
from checkers import axe_findings, nu_findings
from crawl import Crawl
from playwright.sync_api import Browser, expect
from sample import ROOT, run
from search_site import NOT_PLAIN
from tiny import BRIEFING, DAILY, DAILY_SUMMARY, FILES

TOPIC = ROOT / "tests/topics/moselbahn"
FOUND = "() => Array.from(document.querySelectorAll('mark.found'), mark => mark.textContent)"
TARGET = "() => document.querySelector(':target')?.id ?? ''"
TITLE = "() => document.title"
BACK, FORWARD = (f"async () => void setTimeout(() => history.{way}())" for way in ("back", "forward"))
"""After the answer: the way leads to another page, where the question is no more."""


def bundled(site: Path, to: Path, *options: str) -> Path:
    """The folder in which the command has put a zip and a single file."""
    run([sys.executable, "-m", "builder", "bundle", "--site", site, "--output", to, *options])
    return to


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose name is not plain, with the sample and the second topic as a reader has got them."""
    folder = tmp_path_factory.mktemp("sent") / NOT_PLAIN
    for site, name in ((ROOT, "minerals"), (TOPIC, "moselbahn")):
        bundled(site, folder)
        shutil.move(unpacked(folder / f"{name}.zip", folder / "unpacked"), folder / name)
    return folder


@pytest.fixture(params=["zip in Chromium", "zip in Firefox", "file in Chromium", "file in Firefox"])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    form, _, browser = str(request.param).partition(" in ")
    return form, browser


@pytest.fixture
def reader(way: tuple[str, str], sent: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody with the sample in front of them."""
    home = f"{(sent / 'minerals').as_uri()}/" if way[0] == "zip" else (sent / "minerals.html").as_uri()
    with reading(way[1], home, browser, lambda: request.getfixturevalue("firefox")) as reader:
        yield reader


@pytest.fixture
def german_reader(
    way: tuple[str, str], sent: Path, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    home = f"{(sent / 'moselbahn').as_uri()}/" if way[0] == "zip" else (sent / "moselbahn.html").as_uri()
    with reading(way[1], home, browser, lambda: request.getfixturevalue("firefox")) as reader:
        yield reader


# --- searching -------------------------------------------------------------------------------------------------------


def test_with_the_keyboard_alone_a_passage_is_found_and_opened_and_back_leads_back(reader: Reader) -> None:
    reader.open("timeline.html")
    reader.sees("Timeline – The minerals deal", TITLE)
    reader.key("/")
    reader.sees(True, "() => document.activeElement.matches('dialog[open] input')")
    reader.write("imminent shutoff")
    reader.reads("3 pages", "dialog [role=status]")
    reader.reads(["imminent", "shutoff"], "dialog .results:not([aria-busy]) > .result:nth-child(2) mark")
    reader.key("ArrowDown")
    reader.key("ArrowDown")
    reader.key("Enter")
    reader.stands_at("articles/starlink-new-zealand.html#p11")
    reader.sees("Starlink shutoff: the New Zealand text – The minerals deal", TITLE)
    reader.reads(["imminent", "shutoff"], "#p11 mark.found")
    reader.sees("p11", TARGET)
    reader.sees(
        True,
        "() => { const {top} = document.getElementById('p11').getBoundingClientRect();"
        " return top >= 0 && top < innerHeight }",
    )
    reader.run(BACK)
    reader.stands_at("timeline.html")
    reader.sees("Timeline – The minerals deal", TITLE)
    reader.sees(False, "() => Boolean(document.querySelector('dialog[open]'))")


def test_filters_sorting_and_the_way_back_to_a_search_stand_in_the_address(reader: Reader) -> None:
    reader.open("search.html#q=zelensky&facets=1")
    reader.sees(True, "() => document.querySelectorAll('.facets').length > 0")
    reader.click(".facets a", "Taipei Times")
    reader.sees(
        True,
        "() => / of \\d+ pages in Taipei Times$/.test(document.querySelector('.search-count').textContent)",
    )
    reader.click(".search-sort a", "date")
    reader.reads("date", ".search-sort [aria-current]")
    assert reader.place() == "search.html#q=zelensky&publisher=Taipei+Times&sort=date&facets=1"
    rows = "() => Array.from(document.querySelectorAll('.result'), row => row.textContent)"
    reader.sees(True, "() => Boolean(document.querySelector('.results:not([aria-busy]) > .result'))")
    shown = reader.run(f"async {rows}")
    assert shown
    reader.click(".result-text[href*='at=p']", "")
    reader.sees(True, "() => /articles\\/[a-z-]+\\.html#p\\d+$/.test(location.href)")
    reader.sees(True, f"() => ({FOUND})().length > 0")
    reader.run(BACK)
    reader.stands_at("search.html#q=zelensky&publisher=Taipei+Times&sort=date&facets=1")
    reader.sees(shown, rows)
    reader.run(BACK)
    reader.reads("relevance", ".search-sort [aria-current]")


def test_the_second_topic_is_searched_in_its_language_and_shows_its_picture(german_reader: Reader) -> None:
    reader = german_reader
    reader.open("search.html#q=brucke")
    reader.sees(True, "() => document.querySelectorAll('.result mark').length > 3")
    reader.reads("Brücke", ".result mark")
    reader.open("articles/studie-bote.html")
    reader.sees("de", "() => document.documentElement.lang")
    reader.sees(True, "() => document.querySelector('main img')?.naturalWidth > 10")
    reader.key("/")
    reader.sees("Namen, Passagen, Ereignisse", "() => document.querySelector('dialog[open] input')?.placeholder ?? ''")
    reader.write("山田太郎")
    reader.reads("3 Seiten", "dialog [role=status]")


# --- the single file -------------------------------------------------------------------------------------------------


@pytest.fixture(params=["Chromium", "Firefox"])
def at_the_file(request: pytest.FixtureRequest, sent: Path, browser: Browser) -> Iterator[Reader]:
    home = (sent / "minerals.html").as_uri()
    with reading(request.param, home, browser, lambda: request.getfixturevalue("firefox")) as reader:
        yield reader


def test_links_lead_through_the_file_with_titles_focus_and_places(at_the_file: Reader) -> None:
    """The heading of a new page has the focus; Back finds the place where one was; the target has its outline."""
    reader = at_the_file
    reader.go(reader.home)
    reader.sees(True, "() => Boolean(document.querySelector('.mark-line'))")
    assert reader.run("async () => document.title") == "The minerals deal"
    reader.run("async () => scrollTo(0, 700)")
    reader.click(".mark-line", "")
    reader.sees(True, "() => /#\\/articles\\/[a-z-]+\\.html#q-[0-9a-f]{8}$/.test(location.href)")
    reader.sees(True, "() => document.querySelector('mark:target')?.id === location.href.split('#')[2]")
    outline = "() => getComputedStyle(document.querySelector('mark:target') ?? document.body).outlineStyle"
    reader.sees("solid", outline)
    reader.run(BACK)
    reader.sees("The minerals deal", TITLE)
    reader.sees(700, "() => Math.round(scrollY)")
    reader.run(FORWARD)
    reader.sees("solid", outline)
    reader.run(BACK)
    reader.sees("The minerals deal", TITLE)
    reader.click("nav a", "Differences")
    reader.sees("Where the sources differ", "() => document.activeElement.textContent")
    reader.sees(0, "() => scrollY")


def test_a_jump_within_a_page_and_the_way_back_from_it(at_the_file: Reader) -> None:
    reader = at_the_file
    reader.open("articles/starlink-taipei-times.html")
    reader.sees(True, "() => Boolean(document.getElementById('p10'))")
    reader.run("async () => scrollTo(0, 120)")
    reader.click("a.line", "10")
    reader.stands_at("articles/starlink-taipei-times.html#p10")
    reader.sees("p10", TARGET)
    reader.run("async () => scrollTo(0, 90)")
    reader.click("a.line", "10")
    reader.sees(True, "() => scrollY > 200")
    reader.run(BACK)
    reader.stands_at("articles/starlink-taipei-times.html")
    reader.sees(120, "() => Math.round(scrollY)")


def test_what_is_not_in_the_file_is_said_and_a_file_can_be_saved(at_the_file: Reader) -> None:
    reader = at_the_file
    reader.open("events/nothing-of-the-kind.html")
    reader.reads("There is no such page", "h1")
    reader.click("main a", "Go to the briefing")
    reader.stands_at("index.html")
    reader.open("data/quotations.json")
    reader.reads("quotations.json", "h1")
    reader.sees("quotations.json", "() => document.querySelector('main a[href^=\"blob:\"]')?.download ?? ''")


def test_a_link_opens_in_a_new_tab(sent: Path, browser: Browser) -> None:
    home = (sent / "minerals.html").as_uri()
    with window(browser, home) as page:
        page.goto(home)
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Timeline").first.click(modifiers=["Control"])
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Timeline")
        page.keyboard.press("/")
        page.keyboard.type("starlink shutoff")
        with page.context.expect_page() as opened:
            page.locator("dialog .result-text").first.click(modifiers=["Control"])
        expect(opened.value.locator("mark.found").first).to_be_visible()


def test_a_file_in_it_is_saved_as_it_is(sent: Path, browser: Browser) -> None:
    home = (sent / "minerals.html").as_uri()
    with window(browser, home) as page:
        page.goto(f"{home}#/data/quotations.json")
        with page.expect_download() as download:
            page.get_by_role("link", name="Save it").click()
        assert download.value.suggested_filename == "quotations.json"
        assert download.value.path().read_bytes() == (sent / "minerals/data/quotations.json").read_bytes()


def test_without_javascript_it_says_what_to_do(sent: Path, browser: Browser) -> None:
    home = (sent / "minerals.html").as_uri()
    with window(browser, home, javascript=False) as page:
        page.goto(home)
        expect(page.get_by_role("heading", level=1)).to_have_text("The minerals deal")
        expect(page.get_by_text("save the file and open it in a browser")).to_be_visible()
        expect(page.get_by_text("too old")).to_be_hidden()


def test_a_file_that_was_cut_off_says_so(sent: Path, browser: Browser, tmp_path: Path) -> None:
    whole = (sent / "minerals.html").read_bytes()
    (tmp_path / "cut.html").write_bytes(whole[: len(whole) // 2])
    page = browser.new_page()
    page.goto((tmp_path / "cut.html").as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This file is damaged")
    page.close()


def test_the_page_that_is_open_is_what_is_printed(sent: Path, browser: Browser) -> None:
    home = (sent / "minerals.html").as_uri()
    with window(browser, home) as page:
        page.goto(f"{home}#/sources.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
        page.emulate_media(media="print")
        expect(page.locator(".search-box")).to_be_hidden()
        expect(page.locator(".print-only")).to_be_visible()


HOSTILE = '</script><!-- <!--contents--> <script>document.title = "taken"</script> ]]> ${1} `'


def test_no_text_breaks_out_of_the_file(browser: Browser, tmp_path: Path) -> None:
    """Not one of an article, of a title, of a name; what looks like a mark of the shell's is text."""
    files = {path: text.encode() for path, text in FILES.items()}
    files["site.yaml"] = f"title: {json.dumps(HOSTILE)}\ndescription: {json.dumps(HOSTILE)}\n".encode()
    files["content/articles/daily.txt"] = f"{DAILY}{HOSTILE}\n".encode()
    files["content/articles/daily.yaml"] = DAILY_SUMMARY.replace(
        "title: The bridge", f"title: {json.dumps(HOSTILE)}"
    ).encode()
    files["content/briefing.yaml"] = BRIEFING.replace("The old bridge", json.dumps(HOSTILE)).encode()
    home = (bundled(own(files, tmp_path / "site"), tmp_path / "out") / "briefing.html").as_uri()
    with window(browser, home) as page:
        page.goto(home)
        expect(page).to_have_title(HOSTILE)
        page.goto(f"{home}#/articles/daily.html")
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
        expect(page.locator("#p5")).to_have_text(HOSTILE)
        page.keyboard.press("/")
        page.keyboard.type("script contents")
        expect(page.locator("dialog .result").first).to_contain_text("</script>")
        assert page.title().startswith(HOSTILE)


OWN_SCRIPT = """
const runs = (window.runs ?? 0) + 1
window.runs = runs
document.querySelector("main").dataset.seen = `${location.pathname} ${location.hash} ${runs}`
addEventListener("keydown", event => event.key === "x" && (window.heard = [...(window.heard ?? []), runs]))
addEventListener("hashchange", () => (window.moved = location.hash))
"""
OWN_BASE = """{% extends "builtin/base.html" %}
{% block head %}<link rel="stylesheet" href="{{ '../' if '/' in page.path }}assets/own.css">
<script src="{{ '../' if '/' in page.path }}assets/own.js" defer></script>{% endblock %}
"""


def test_a_sites_own_scripts_run_on_each_page_as_they_do_on_a_host(browser: Browser, tmp_path: Path) -> None:
    """Anew on each page that names them, with the page's address, and without the listeners of the page before."""
    files = {path: text.encode() for path, text in FILES.items()} | {
        "layouts/base.html": OWN_BASE.encode(),
        "layouts/assets/own.js": OWN_SCRIPT.encode(),
        "layouts/assets/own.css": b"main { background: url('dot.png') }",
        "layouts/assets/dot.png": (TOPIC / "content/files/fahrgaeste.png").read_bytes(),
    }
    home = (bundled(own(files, tmp_path / "site"), tmp_path / "out") / "briefing.html").as_uri()
    with window(browser, home) as page:
        page.goto(f"{home}#/articles/daily.html")
        expect(page.locator("main")).to_have_attribute("data-seen", "/articles/daily.html  1")
        assert "data:image/png" in page.evaluate("getComputedStyle(document.querySelector('main')).backgroundImage")
        page.goto(f"{home}#/articles/weekly.html#p1")
        expect(page.locator("main")).to_have_attribute("data-seen", "/articles/weekly.html #p1 2")
        page.keyboard.press("x")
        assert page.evaluate("window.heard") == [2]
        assert page.evaluate("window.moved ?? ''") == ""
        page.goto(f"{home}#/articles/weekly.html#events")
        page.wait_for_timeout(0)
        expect(page.locator("#events:target")).to_be_visible()
        assert page.evaluate("window.moved") == "#events"


# --- whole, and for everybody ----------------------------------------------------------------------------------------


def test_every_link_of_the_unpacked_zip_leads_somewhere(sent: Path) -> None:
    for topic in ("minerals", "moselbahn"):
        crawl = Crawl(f"{(sent / topic).as_uri()}/").follow("READ ME FIRST.html")
        assert crawl.faults == []
        assert "index.html" in crawl.pages()


def test_the_single_file_holds_all_that_its_pages_lead_to(sent: Path) -> None:
    for topic in ("minerals", "moselbahn"):
        held = held_in((sent / f"{topic}.html").read_bytes())
        folder = sent / topic
        kept_out = {"404.html", "READ ME FIRST.html"}
        pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} - kept_out
        assert pages <= held.keys()
        assert all(held[page] == (folder / page).read_text(encoding="utf-8") for page in pages)
        crawl = Crawl(f"{folder.as_uri()}/").follow("index.html")
        reached = {path for path in crawl.reached if not path.endswith(("icon.svg", ".css", ".js"))}
        from_home = {unquoted(path, folder) for path in reached}
        assert from_home - {"index.html"} <= held.keys()


def unquoted(address: str, folder: Path) -> str:
    return unquote(address).removeprefix(f"{unquote(folder.as_uri())}/")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_sent(
    browser: Browser, sent: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    findings = []
    with host(sent) as served, window(browser, served.home, scheme=scheme, width=width) as page:
        file = f"{served.home}minerals.html"
        for topic, words in (("minerals", "Open the briefing"), ("moselbahn", "Das Dossier öffnen")):
            page.goto(f"{served.home}{topic}/READ%20ME%20FIRST.html")
            expect(page.get_by_role("link", name=words)).to_be_visible()
            expect(page.locator(".unpack")).to_be_hidden()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            findings += axe_findings(page)
        for place, heading in (
            ("data/quotations.json", "quotations.json"),
            ("nothing.html", "There is no such page"),
            ("articles/envoy-trip.html", ""),
        ):
            page.goto(f"{file}#/{place}")
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading or re.compile("."))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            findings += axe_findings(page)
    assert not findings, "\n".join(findings)


def test_opened_inside_the_zip_the_first_page_says_to_unpack_it(browser: Browser, sent: Path, tmp_path: Path) -> None:
    """There, a system hands the browser this one file alone."""
    shutil.copy(sent / "minerals/READ ME FIRST.html", tmp_path)
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / "READ ME FIRST.html").as_uri())
    expect(page.get_by_text("Unpack the zip first.")).to_be_visible()
    context.close()


def test_the_first_page_opens_the_briefing(browser: Browser, sent: Path) -> None:
    home = (sent / "moselbahn").as_uri()
    with window(browser, home) as page:
        page.goto(f"{home}/READ%20ME%20FIRST.html")
        page.get_by_role("link", name="Das Dossier öffnen").click()
        expect(page).to_have_url(f"{home}/index.html")


def test_the_nu_checker_finds_nothing_in_what_is_sent(sent: Path) -> None:
    with host(sent) as served:
        first_pages = [f"{served.home}{topic}/READ%20ME%20FIRST.html" for topic in ("minerals", "moselbahn")]
        findings = nu_findings([*first_pages, f"{served.home}minerals.html", f"{served.home}moselbahn.html"])
    # It does not compute the digests that the policy names; that the browsers allow them, the other tests see.
    others = [finding for finding in findings if not finding.endswith("(missing “‘unsafe-inline’” or nonce/hash).")]
    assert not others, "\n".join(others)
    assert len(findings) == 4, "each file has one script and one style sheet of its own"
