"""What tests share: the sample as it is built, the host that serves it, and the browser that reads it."""

import os
import shutil
import signal
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import firefox as real_firefox
import hypothesis
import pytest
import yaml
from browsing import SUB_PATH, Served, host, window
from playwright.sync_api import Browser, Page, sync_playwright
from sample import FAR_AWAY, ROOT, build, run

# A slow machine is no failure; a run that must decide about a change finds the same examples each time.
hypothesis.settings.register_profile("sourcebook", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("sourcebook")


@pytest.fixture(scope="session", autouse=True)
def heeds_ctrl_c() -> None:
    """A shell has what it starts in the background ignore Ctrl-C, and so would all that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the command keeps in the user's folder, it keeps in another while tests run."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        # Else every command of every test compiles the whole builder, which its users have compiled.
        changed.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command makes of the sample."""
    output = tmp_path_factory.mktemp("sample") / "site"
    build(ROOT, output)
    return output


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands are once the wheel is installed into an empty environment far from the checkout.

    The wheel is built from the source archive, so that both are seen to be complete; the folder's name is not plain.
    """
    far = tmp_path_factory.mktemp("installed") / "далеко звідси 很遠"
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", far / "dist", ROOT])
    (wheel,) = (far / "dist").glob("*.whl")
    venv.create(far / "venv", with_pip=True)
    run([far / "venv/bin/pip", "install", "--quiet", wheel], folder=far, environment=FAR_AWAY)
    return far / "venv/bin"


@pytest.fixture(scope="session")
def sample_url() -> str:
    """Where the sample says it is on the web; empty when it does not say."""
    settings = yaml.safe_load((ROOT / "site.yaml").read_text(encoding="utf-8"))
    return str(settings.get("url") or "")


@pytest.fixture(scope="session")
def served(sample_site: Path, sample_url: str) -> Iterator[Served]:
    """The sample on a host, below a sub-path."""
    with host(sample_site, urlsplit(sample_url).path or SUB_PATH) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, Debian's. A test for which it is missing fails."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not installed: run tests/tools.sh, as “make test” does"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[real_firefox.Fox]:
    """A real Firefox, Debian's."""
    with real_firefox.started() as fox:
        yield fox


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A window on the served sample; whatever goes wrong in it fails the test."""
    with window(browser, served.origin) as page:
        yield page
