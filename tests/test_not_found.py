"""The page for a wrong address, on the three kinds of web host that GitHub Pages is: it answers at any depth."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browsing import window
from playwright.sync_api import Browser, Page, expect
from tiny import tiny

from builder.outlets.writing import write_site


class _Pages(SimpleHTTPRequestHandler):
    """A host of one site below a path: for what is not there it answers with the site's own page, and status 404."""

    def __init__(self, *request: object, path: str, directory: str) -> None:
        self.below = path
        super().__init__(*request, directory=directory)  # type: ignore[arg-type]  # the three that socketserver hands on

    def do_GET(self) -> None:
        place = self.path.partition("?")[0]
        file = Path(self.directory) / place.removeprefix(self.below)
        if place.startswith(self.below) and file.is_dir():
            file /= "index.html"
        if not place.startswith(self.below) or not file.is_file():
            return self._answer(404, Path(self.directory) / "404.html")
        return self._answer(200, file)

    def _answer(self, status: int, file: Path) -> None:
        body = file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that http.server gives it
        pass


@contextmanager
def pages(folder: Path, path: str) -> Iterator[str]:
    """The address of a host that serves the folder below `path`."""
    handler = partial(_Pages, path=path, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def wrong_address(browser: Browser, address: str) -> Iterator[Page]:
    """A window on an address that is none; all else that it asks for must be there."""
    context = browser.new_context()
    seen = context.new_page()
    refused: list[str] = []
    seen.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    try:
        answer = seen.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 404
        assert refused == [address]
        yield seen
    finally:
        context.close()


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://somebody.github.io/repo", "/repo/"),
        ("https://somebody.github.io/", "/"),
        ("https://briefing.example", "/"),
        ("https://briefing.example//two/deep/", "/two/deep/"),
        ("https://briefing.example/täg lich/".replace(" ", "%20"), "/t%C3%A4g%20lich/"),
    ],
    ids=["project page", "user page", "custom domain", "deep path", "other letters"],
)
def test_a_lost_reader_sees_the_site_and_finds_the_way_home(
    browser: Browser, tmp_path: Path, url: str, path: str
) -> None:
    write_site(tiny(site=f'url: "{url}"\n').files, tmp_path / "out", tmp_path)
    with pages(tmp_path / "out", path) as origin:
        for missing in ("nothing.html", "a/b/c/nothing", "articles/nothing.html"):
            with wrong_address(browser, origin + path + missing) as seen:
                assert seen.evaluate("getComputedStyle(document.body).fontFamily").startswith("Charter")
                expect(seen.get_by_role("heading", level=1)).to_have_text("There is no such page")
                for name in ("Timeline", "Data"):
                    expect(seen.get_by_role("link", name=name)).to_be_visible()
                seen.locator("main a").click()
                expect(seen.get_by_role("heading", level=1)).to_have_text("The old bridge")
                assert seen.url == f"{origin}{path}index.html"


def test_without_an_address_it_asks_for_nothing_and_leads_nowhere(browser: Browser, tmp_path: Path) -> None:
    write_site(tiny().files, tmp_path / "out", tmp_path)
    with pages(tmp_path / "out", "/any/") as origin, wrong_address(browser, f"{origin}/any/a/b/nothing.html") as seen:
        expect(seen.get_by_role("heading", level=1)).to_be_visible()
        assert seen.locator("a, link:not([rel=icon]), script").count() == 0


def test_the_page_itself_opens_without_a_complaint(browser: Browser, tmp_path: Path) -> None:
    write_site(tiny(site="url: https://x.example/repo/\n").files, tmp_path / "out", tmp_path)
    with pages(tmp_path / "out", "/repo/") as origin, window(browser, origin) as seen:
        seen.goto(f"{origin}/repo/404.html")
        expect(seen.get_by_role("heading", level=1)).to_be_visible()
