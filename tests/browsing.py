"""A reader's window on a site, and a host as plain as they come."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

SUB_PATH = "/a/sub-path/"
COMPRESSED = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".csv"})


@contextmanager
def window(
    browser: Browser,
    home: str,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    javascript: bool = True,
) -> Iterator[Page]:
    """A window in which nothing may go wrong unnoticed.

    On leaving it the test fails if there was a console error or warning, an uncaught error, a request that failed, or
    one whose address does not begin with `home`.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled=javascript,
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    faults = faults_in(page, home)
    try:
        yield page
    finally:
        context.close()
    assert not faults, "\n".join(faults)


def faults_in(page: Page, home: str) -> list[str]:
    """A list that grows with whatever goes wrong on this page from now on."""
    faults: list[str] = []

    def on_console(said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            faults.append(f"{page.url}: console {said.type}: {said.text}")

    def on_request(asked: Request) -> None:
        if not asked.url.startswith((home, "data:", "blob:")):
            faults.append(f"{page.url}: asks for {asked.url}")

    def on_response(answer: Response) -> None:
        if answer.status >= 400:
            faults.append(f"{page.url}: {answer.url} answers {answer.status}")

    def on_failure(asked: Request) -> None:
        # The browser itself takes a question back when the reader goes on before the answer is there.
        if asked.failure != "net::ERR_ABORTED" or asked.is_navigation_request():
            faults.append(f"{page.url}: {asked.url} failed: {asked.failure}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("response", on_response)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("requestfailed", on_failure)
    page.on("websocket", lambda socket: faults.append(f"{page.url}: opens a socket to {socket.url}"))
    return faults


@dataclass(frozen=True)
class Served:
    """A built folder on a host: below a sub-path, and at `own_path`, where 404.html looks for its style sheet."""

    origin: str
    own_path: str

    @property
    def home(self) -> str:
        """Where the front page is."""
        return self.origin + SUB_PATH

    def address(self, page: str) -> str:
        """Where this page is."""
        return self.origin + (self.own_path if page == "404.html" else SUB_PATH) + page


class _PlainHost(SimpleHTTPRequestHandler):
    """Files at their paths and nothing else: no page for a folder, no missing `.html` made up."""

    def __init__(self, *request: object, homes: tuple[str, ...], compressed: bool, directory: str) -> None:
        self.homes = homes
        self.compressed = compressed
        super().__init__(*request, directory=directory)  # type: ignore[arg-type]  # the three that socketserver hands on

    def translate_path(self, path: str) -> str:
        for home in self.homes:
            if path.startswith(home):
                return super().translate_path("/" + path.removeprefix(home))
        return "no such file"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            self.send_error(404)
        elif self.compressed and file.is_file() and file.suffix in COMPRESSED:
            self._send_compressed(file)
        else:
            super().do_GET()

    def _send_compressed(self, file: Path) -> None:
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that http.server gives it
        pass


@contextmanager
def host(folder: Path, own_path: str = SUB_PATH, *, compressed: bool = False) -> Iterator[Served]:
    """Serve a folder on a free port of this machine; `compressed` and kept for ten minutes, as hosts do it."""
    handler = partial(_PlainHost, homes=(SUB_PATH, own_path), compressed=compressed, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{server.server_port}", own_path)
        finally:
            server.shutdown()
            thread.join()
