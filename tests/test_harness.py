"""The watchmen, watched: a small site with one fault of each sort, and who sees it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import host, window
from checkers import axe_findings, nu_findings
from crawl import Crawl
from playwright.sync_api import Browser, Route

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'"
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A bridge</title><path d="M0 5h9"/></svg>'
FAULTLESS = f"""\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width">
<title>A bridge</title>
<link rel="icon" href="data:,">
<link rel="canonical" href="https://bridge.example/index.html">
<link rel="stylesheet" href="style.css">
<main>
<h1 id="top">A bridge</h1>
<p>It <a href="events/opening.html#p12">opened</a>, <a href="#top">says</a>
<a href="https://elsewhere.example/" rel="noopener noreferrer">the paper</a>.</p>
</main>
</html>
"""
OPENING = FAULTLESS.replace('id="top"', 'id="p12"').replace("#top", "../index.html").replace("events/", "")
STYLE = (
    "body { color: light-dark(#191917, #e8e5dd); background: light-dark(#fff, #151513); color-scheme: light dark }\n"
)

Faulty = Callable[[str, str], Path]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two pages and a style sheet with nothing wrong."""
    folder = tmp_path / "site"
    (folder / "events").mkdir(parents=True)
    (folder / "index.html").write_text(FAULTLESS, encoding="utf-8")
    (folder / "events/opening.html").write_text(OPENING.replace("style.css", "../style.css"), encoding="utf-8")
    (folder / "style.css").write_text(STYLE, encoding="utf-8")
    (folder / "picture.svg").write_text(PICTURE, encoding="utf-8")
    return folder


@pytest.fixture
def with_fault(site: Path) -> Faulty:
    """Puts a fault in place of some words of the front page."""

    def put(fault: str, in_place_of: str) -> Path:
        assert in_place_of in FAULTLESS
        (site / "index.html").write_text(FAULTLESS.replace(in_place_of, fault, 1), encoding="utf-8")
        return site

    return put


def crawled(folder: Path) -> list[str]:
    """What the crawl finds in both worlds, which must be the same."""
    from_disk = Crawl(f"{folder.as_uri()}/", own_url="https://bridge.example/").follow("index.html").faults
    with host(folder) as served:
        over_http = Crawl(served.home, own_url="https://bridge.example/").follow("index.html").faults
        assert [fault.removeprefix(served.home) for fault in over_http] == [
            fault.removeprefix(f"{folder.as_uri()}/") for fault in from_disk
        ]
    return from_disk


def seen_in_a_window(browser: Browser, folder: Path) -> None:
    """Open the front page and wait for the network to be quiet."""
    with host(folder) as served, window(browser, served.home) as page:
        page.goto(f"{served.home}index.html", wait_until="networkidle")


def test_nobody_complains_about_the_faultless_site(browser: Browser, site: Path) -> None:
    assert crawled(site) == []
    with host(site) as served:
        with window(browser, served.home) as page:
            page.goto(f"{served.home}index.html")
            assert axe_findings(page) == []
        with window(browser, f"{site.as_uri()}/") as page:
            page.goto(f"{site.as_uri()}/index.html")
        pages = [served.address(page) for page in ("index.html", "events/opening.html", "style.css")]
        assert nu_findings([*pages, str(site / "picture.svg")]) == []


@pytest.mark.parametrize(
    ("fault", "in_place_of", "finding"),
    [
        ("events/closing.html", "events/opening.html#p12", "leads to a file that is not there"),
        ("events/opening.html#p13", "events/opening.html#p12", "names an id that is not there"),
        ("events/", "events/opening.html#p12", "does not end in the name of a file"),
        ("events", "events/opening.html#p12", "does not end in the name of a file"),
        ("/events/opening.html", "events/opening.html#p12", "leads out of the site"),
        ("../index.html", "events/opening.html#p12", "leads out of the site"),
        ("#", "events/opening.html#p12", "leads nowhere"),
        ("https://bridge.example/events/opening.html", "events/opening.html#p12", "spells out the address of the site"),
        ("javascript:void(0)", "events/opening.html#p12", "is no address for a reader"),
        ('rel="noopener"', 'rel="noopener noreferrer"', "leads out without rel=“noopener noreferrer”"),
        ("https://elsewhere.example/style.css", "style.css", "is fetched from another host"),
        ("other.css", "style.css", "leads to a file that is not there"),
        ('<p id="top">It', "<p>It", "has the id “top” twice"),
    ],
)
def test_the_crawl_finds_each_sort_of_bad_link(with_fault: Faulty, fault: str, in_place_of: str, finding: str) -> None:
    assert any(fault.endswith(finding) for fault in crawled(with_fault(fault, in_place_of)))


def test_the_crawl_finds_what_a_style_sheet_asks_for_in_vain(site: Path) -> None:
    (site / "style.css").write_text('body { background: url("paper.png") }', encoding="utf-8")
    assert crawled(site) == ["style.css: “paper.png” leads to a file that is not there"]


@pytest.mark.parametrize(
    ("fault", "in_place_of", "finding"),
    [
        ("other.css", "style.css", "other.css answers 404"),
        ('<p style="color: red">It', "<p>It", "Content Security Policy"),
        ("<p><script>alert(1)</script>It", "<p>It", "Content Security Policy"),
        ("<p><img src='/x.png' alt=''>It", "<p>It", "asks for http"),
        ("<p><script src='events/opening.html'></script>It", "<p>It", "Unexpected token"),
    ],
)
def test_a_window_sees_each_sort_of_complaint(
    browser: Browser, with_fault: Faulty, fault: str, in_place_of: str, finding: str
) -> None:
    with pytest.raises(AssertionError) as failure:
        seen_in_a_window(browser, with_fault(fault, in_place_of))
    assert finding in str(failure.value)


def test_a_window_sees_an_error_in_a_script(browser: Browser, with_fault: Faulty) -> None:
    site = with_fault('<script src="script.js"></script><main>', "<main>")
    (site / "script.js").write_text("console.warn('hm'); nothing.at.all", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"console warning: hm\n.*nothing is not defined"):
        seen_in_a_window(browser, site)


def test_a_picture_of_a_page_that_the_reader_has_left_is_no_failure(browser: Browser, with_fault: Faulty) -> None:
    """One that is missing from disk is."""
    site = with_fault("<p><img src='late.png' alt=''>It", "<p>It")
    home = f"{site.as_uri()}/"
    late: list[Route] = []

    def wait(route: Route) -> None:
        late.append(route)

    with window(browser, home) as page:
        page.route("**/late.png", wait)
        page.goto(f"{home}index.html", wait_until="domcontentloaded")
        page.goto(f"{home}events/opening.html")
        assert late
    with (
        pytest.raises(AssertionError, match=r"late\.png failed: net::ERR_FILE_NOT_FOUND"),
        window(browser, home) as page,
    ):
        page.goto(f"{home}index.html")


def test_a_window_sees_a_request_to_another_host(browser: Browser, with_fault: Faulty) -> None:
    """The other host is this machine under another port, as no test may leave it."""
    with host(with_fault("", "")) as elsewhere:
        site = with_fault(
            f'<link rel="stylesheet" href="{elsewhere.home}style.css">', '<link rel="icon" href="data:,">'
        )
        (site / "index.html").write_text((site / "index.html").read_text("utf-8").replace(POLICY, ""), encoding="utf-8")
        with pytest.raises(AssertionError, match=f"asks for {elsewhere.home}style.css"):
            seen_in_a_window(browser, site)


@pytest.mark.parametrize("page", ["events/", "events", "", "../index.html", "events/opening", "index.htm"])
def test_the_host_makes_nothing_up(site: Path, page: str) -> None:
    with host(site) as served:
        assert Crawl(served.home).follow(page).faults


def test_axe_sees_what_bars_somebody(browser: Browser, with_fault: Faulty) -> None:
    site = with_fault("<details><summary>More</summary><img src='data:,'></details><p>It", "<p>It")
    with host(site) as served, window(browser, served.home) as page:
        page.goto(f"{served.home}index.html")
        assert any("image-alt" in finding for finding in axe_findings(page))


def test_axe_sees_pale_text_in_the_dark_alone(browser: Browser, site: Path) -> None:
    (site / "style.css").write_text(STYLE.replace("#e8e5dd", "#333"), encoding="utf-8")
    with host(site) as served:
        for scheme, pale in (("light", False), ("dark", True)):
            with window(browser, served.home, scheme=scheme) as page:  # type: ignore[arg-type]  # a tuple's str
                page.goto(f"{served.home}index.html")
                assert any("color-contrast" in finding for finding in axe_findings(page)) is pale


def test_the_nu_checker_sees_errors_warnings_and_bad_css(with_fault: Faulty) -> None:
    site = with_fault("<section><p>x</section><table><div></div></table><p>It", "<p>It")
    (site / "style.css").write_text("body { colour: red }", encoding="utf-8")
    (site / "picture.svg").write_text(PICTURE.replace("path", "pfad"), encoding="utf-8")
    with host(site) as served:
        addresses = [served.address(name) for name in ("index.html", "style.css", "other.html")]
        found = "\n".join(nu_findings([*addresses, str(site / "picture.svg")]))
    assert "error: Start tag “div” seen in “table”." in found
    assert "warning: Section lacks heading." in found
    assert "“colour”: Property “colour” doesn't exist." in found
    assert "The “pfad” element is a completely-unknown element" in found
    assert "other.html:None: io: HTTP resource not retrievable." in found


def test_the_nu_checker_is_believed_of_scripts_and_not_of_data(with_fault: Faulty) -> None:
    """It takes JSON-LD for a script that the policy blocks; one that would run is still a finding."""
    data, script = '<script type="application/ld+json">{}</script>', "<script>alert(1)</script>"
    for fault, findings in ((data, 0), (script, 1)):
        with host(with_fault(f"{fault}<main>", "<main>")) as served:
            assert len(nu_findings([served.address("index.html")])) == findings
