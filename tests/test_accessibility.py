"""Nobody is kept from reading: WCAG 2.2 AA and best practice, as far as axe can tell."""

from pathlib import Path
from typing import Literal

import pytest
from browsing import Served, window
from checkers import axe_findings
from crawl import fullest_of_each_kind
from playwright.sync_api import Browser


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_one_page_of_each_kind(
    browser: Browser, served: Served, sample_site: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    findings = []
    with window(browser, served.origin, scheme=scheme, width=width) as page:
        for name in fullest_of_each_kind(sample_site):
            page.goto(served.address(name))
            findings += axe_findings(page)
    assert not findings, "\n".join(findings)
