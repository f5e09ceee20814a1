"""What axe and the Nu HTML checker find, one line each."""

import json
import subprocess
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sample import ROOT

AXE_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
NU_CHECKER = ROOT / ".cache/vnu.jar"


def axe_findings(page: Page) -> list[str]:
    """What bars somebody from the page in this window (WCAG 2.2 AA and best practice), with all of it unfolded."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    results = Axe().run(page, options=AXE_RULES)
    return [
        f"{page.url}: {violation['id']}: {violation['help']}\n    {node['html']}\n    {node.get('failureSummary', '')}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


def nu_findings(addresses: Iterable[str]) -> list[str]:
    """All errors, warnings and remarks about HTML and CSS on a host of this machine, or SVG files given by their path.

    Not from disk: there, the checker takes 'self' in a content security policy for nobody, and says so of each style.
    """
    addresses = list(addresses)
    assert addresses, "there is nothing to check"
    assert NU_CHECKER.exists(), f"{NU_CHECKER} is not there: run tests/tools.sh, as “make test” does"
    options = ["--format", "json", "--stdout", "--also-check-css", "--also-check-svg"]
    done = subprocess.run(
        ["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", NU_CHECKER, *options, *addresses],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return [
        f"{found.get('url')}:{found.get('lastLine')}: {found.get('subType', found['type'])}: {found['message']}"
        for found in json.loads(done.stdout)["messages"]
        if not _takes_data_for_a_script(found)
    ]


def _takes_data_for_a_script(found: dict[str, str]) -> bool:
    """Whether it says that a policy blocks JSON-LD. By the HTML standard a script of such a type is a data block, which
    is put aside before any policy is asked, and both browsers are held to that by a test of their own."""
    blocked = found["message"].startswith("Inline script violates Content Security Policy")
    return blocked and '<script type="application/ld+json">' in found.get("extract", "")
