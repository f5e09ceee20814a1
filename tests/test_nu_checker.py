"""The markup is what the standards say it is."""

from pathlib import Path

from browsing import Served
from checkers import nu_findings


def test_the_nu_checker_finds_nothing_in_any_page_or_style_sheet_of_the_sample(
    served: Served, sample_site: Path
) -> None:
    files = sorted(file.relative_to(sample_site).as_posix() for file in sample_site.rglob("*"))
    pages_and_styles = [served.address(file) for file in files if file.endswith((".html", ".css"))]
    pictures = [str(sample_site / file) for file in files if file.endswith(".svg")]
    findings = nu_findings([*pages_and_styles, *pictures])
    assert not findings, "\n".join(findings)
