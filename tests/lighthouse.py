"""What Lighthouse gives one page of each kind, on a phone: `make lighthouse`. It must be 100 four times."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
from browsing import host
from sample import ROOT, run

VERSION = "12.8.2"
FOLDER = ROOT / ".cache" / f"lighthouse-{VERSION}"
PROGRAM = FOLDER / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ATTEMPTS = 3
"""The best of these counts, as the machine may be busy with something else."""


def main(site: Path) -> int:
    """Prints a row for each kind of page, and what is amiss; 1 if something is."""
    if not PROGRAM.exists():
        run(["npm", "install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--no-save", f"lighthouse@{VERSION}"])
    click.echo(" ".join([f"{'page':56}", *CATEGORIES]))
    good = True
    with host(site, compressed=True) as served:
        for page in one_of_each_kind(site):
            scores, amiss = best_report(served.home + page)
            good &= not amiss
            row = (f"{score:>{len(name)}}" for name, score in zip(CATEGORIES, scores, strict=True))
            click.echo(" ".join([f"{page:56}", *row]))
            for each in amiss:
                click.echo(f"    {each}")
    return 0 if good else 1


def one_of_each_kind(site: Path) -> list[str]:
    """Each page at the top, and of each folder the index and the largest other page; 404.html is not for searches."""
    top = [file for file in sorted(site.glob("*.html")) if file.name != "404.html"]
    folders = sorted({file.parent for file in site.glob("*/*.html")})
    indexes = [folder / "index.html" for folder in folders if (folder / "index.html").exists()]
    others = [[file for file in sorted(folder.glob("*.html")) if file.name != "index.html"] for folder in folders]
    largest = [max(files, key=lambda file: file.stat().st_size) for files in others if files]
    return [file.relative_to(site).as_posix() for file in [*top, *indexes, *largest]]


def best_report(address: str) -> tuple[list[int], list[str]]:
    """The four scores, and what keeps one of them below 100."""
    for _ in range(ATTEMPTS):
        scores, amiss = report(address)
        if not amiss:
            break
    return scores, amiss


def report(address: str) -> tuple[list[int], list[str]]:
    """Lighthouse as it comes: a phone, a slow line, a slow processor."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not installed: run tests/tools.sh, as “make test” does"
    done = subprocess.run(
        [str(PROGRAM), address, "--chrome-flags=--headless=new --no-sandbox", "--output=json", "--quiet"],
        env=os.environ | {"CHROME_PATH": chromium},
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    categories = [told["categories"][name] for name in CATEGORIES]
    scores = [round(100 * (category["score"] or 0)) for category in categories]
    below = [category for category, score in zip(categories, scores, strict=True) if score < 100]
    counted = [each["id"] for category in below for each in category["auditRefs"] if each["weight"]]
    audits = [told["audits"][name] for name in counted]
    return scores, [
        f"{audit['title']}: {audit.get('displayValue', 'no')}" for audit in audits if audit["score"] not in (None, 1)
    ]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
