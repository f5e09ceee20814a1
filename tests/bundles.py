"""Bundles as tests make them, and a reader in front of one, in either browser."""

import json
import re
import time
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from browsing import window
from firefox import Fox
from playwright.sync_api import Browser, Error
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

PACK = re.compile(rb'<template class="pack">([^<]*)</template>')
SELENIUM = {"Enter": Keys.ENTER, "ArrowDown": Keys.ARROW_DOWN, "Escape": Keys.ESCAPE, "Tab": Keys.TAB}
WAIT = """async (expected, seconds) => {
    const end = performance.now() + seconds * 1000
    for (;;) {
        const found = (%s)()
        if (JSON.stringify(found) === JSON.stringify(expected)) return found
        if (performance.now() > end) return found
        await new Promise(done => setTimeout(done, 15))
    }
}"""


def unpacked(bundle: Path, to: Path) -> Path:
    """The one folder that a zip unpacks to."""
    with ZipFile(bundle) as archive:
        archive.extractall(to)
    (folder,) = to.iterdir()
    return folder


def held_in(single_file: bytes) -> dict[str, Any]:
    """What a single file holds, by path: text, data of the search, `{script: code}`, or the bytes of a file."""
    paths, *packs = (zlib.decompress(b64decode(pack)) for pack in PACK.findall(single_file))
    held: dict[str, Any] = {}
    for names, plain in zip(json.loads(paths), packs, strict=True):
        held |= {names: plain} if isinstance(names, str) else json.loads(plain)
    return held


@dataclass(frozen=True)
class Reader:
    """Somebody in front of an unpacked zip (`home` is a folder) or a single file. A place is a path and fragment."""

    home: str
    go: Callable[[str], object]
    run: Callable[..., Any]
    key: Callable[[str], object]
    write: Callable[[str], object]

    def open(self, place: str) -> None:
        self.go(self.home + place if self.home.endswith("/") else f"{self.home}#/{place}")

    def place(self) -> str:
        return str(self.run("async () => location.href")).removeprefix(self.home).removeprefix("#/")

    def sees(self, expected: object, function: str, *, within: float = 10) -> None:
        """What a function finds on the page, as soon as it is this."""
        end = time.monotonic() + within
        while True:
            try:
                found = self.run(WAIT % function, expected, within)
                break
            except (Error, WebDriverException):  # the page that was asked is gone, and another comes
                if time.monotonic() > end:
                    raise
        assert found == expected, f"{found!r}, not {expected!r}"

    def reads(self, expected: object, selector: str) -> None:
        """The texts of what is there, as soon as they are these; a text: that of the first."""
        texts = f"Array.from(document.querySelectorAll({json.dumps(selector)}), one => one.textContent.trim())"
        self.sees(expected, f"() => {texts}{'[0] ?? null' if isinstance(expected, str) else ''}")

    def stands_at(self, place: str) -> None:
        prefix = "" if self.home.endswith("/") else "#/"
        self.sees(unquote(self.home + prefix + place), "() => decodeURIComponent(location.href)")

    def click(self, selector: str, text: str) -> None:
        self.run(
            """async (selector, text) => {
                const all = Array.from(document.querySelectorAll(selector))
                all.find(one => one.textContent.includes(text)).click()
            }""",
            selector,
            text,
        )


@contextmanager
def reading(browser_name: str, home: str, browser: Browser, fox: Callable[[], Fox]) -> Iterator[Reader]:
    """A window in which nothing may be said on the console, and nothing be asked of anybody but what lies here."""
    with ExitStack() as doors:
        if browser_name == "Chromium":
            tab = doors.enter_context(window(browser, home))
            yield Reader(
                home,
                tab.goto,
                lambda function, *given: tab.evaluate(f"given => ({function})(...given)", given),
                tab.keyboard.press,
                tab.keyboard.type,
            )
            return
        window_of_fox = fox()
        window_of_fox.open("about:blank")
        window_of_fox.complaints()

        def type_in(keys: str) -> None:
            ActionChains(window_of_fox.driver).send_keys(keys).perform()

        def run(function: str, *given: object) -> Any:
            try:
                return window_of_fox.run(function, *given)
            except TypeError as nothing:  # what comes back from a page that went while it was asked
                raise WebDriverException(str(nothing)) from nothing

        yield Reader(home, window_of_fox.open, run, lambda key: type_in(SELENIUM.get(key, key)), type_in)
        asked = window_of_fox.run("async () => performance.getEntriesByType('resource').map(({ name }) => name)")
        assert [name for name in asked if not name.startswith((home, "data:", "blob:"))] == []
        assert window_of_fox.complaints() == []


def own(files: Mapping[str, bytes], to: Path) -> Path:
    """A site in a folder."""
    for path, body in files.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_bytes(body)
    return to
