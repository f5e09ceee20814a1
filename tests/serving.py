"""The real `serve` in a process of its own, and a browser that shows what it serves."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Literal

from browsing import faults_in
from playwright.sync_api import Browser, Page
from sample import ROOT

PATIENCE = 60.0
"""Seconds after which something does not come any more, on however busy a machine."""


@dataclass
class Server:
    """A running server: what it printed, line by line, and where its site is."""

    process: subprocess.Popen[str]
    site: Path
    home: str = ""
    said: list[str] = field(default_factory=list)
    _lines: Queue[str | None] = field(default_factory=Queue)

    @property
    def origin(self) -> str:
        return re.match(r"http://[^/]+", self.home)[0]  # type: ignore[index]  # there is one

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def read_along(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def says(self, pattern: str) -> str:
        """The next line that the server prints with this in it; fails with all it said when none comes."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except Empty:
                line = None
            assert line is not None, f"the server never said {pattern!r}; it said:\n" + "\n".join(self.said)
            self.said.append(line)
            if re.search(pattern, line):
                return line

    def hear_all(self) -> None:
        """Takes note of what it has printed by now, so that `says` waits for what comes after."""
        with suppress(Empty):
            while (line := self._lines.get_nowait()) is not None:
                self.said.append(line)

    def all_said(self) -> str:
        """Everything that it printed until it ended."""
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            self.said.append(line)
        return "\n".join(self.said)

    def write(self, path: str, text: str) -> None:
        """Saves a file, as an author does."""
        (self.site / path).write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Saves a file with some words changed that stand in it."""
        text = (self.site / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def end(self, number: int = signal.SIGINT) -> int:
        """Ends it as Ctrl-C does; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(site: Path, *options: str, package: Path = ROOT) -> Iterator[Server]:
    """Serves a site on a port that is free; `package`: where the builder lies that does it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "builder", "serve", "--site", str(site), "--port", "0", *options],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    server = Server(process, site)
    reader = Thread(target=server.read_along)
    reader.start()
    try:
        server.home = server.says(r"^http://\S+ shows").split()[0]
        yield server
    finally:
        process.kill()
        process.wait()
        reader.join()
        assert process.stdout is not None
        process.stdout.close()


@contextmanager
def author_window(
    browser: Browser, server: Server, *, width: int = 1280, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    """A window in which nothing may go wrong unnoticed, but that a page which comes anew breaks off what it loads."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    faults = faults_in(page, server.origin)
    try:
        yield page
    finally:
        context.close()
    left = [fault for fault in faults if not fault.endswith("failed: net::ERR_ABORTED")]
    assert not left, "\n".join(left)
