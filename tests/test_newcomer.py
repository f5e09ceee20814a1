"""Somebody who has never seen Sourcebook: from five texts on a disk to a site on the web."""

import os
import re
import subprocess
from pathlib import Path
from shutil import which

from browsing import host, window
from playwright.sync_api import Browser, expect
from sample import FAR_AWAY, ROOT, run

SLUGS = ("starlink-taipei-times", "starlink-new-zealand", "munich-rejection", "envoy-trip", "fractured-negotiations")
ANSWERS = {"title": "A text without a headline", "publisher": "unknown", "published": "unknown"}
BLANK = re.compile(rf"^({'|'.join(ANSWERS)}):(?= +# TO FILL IN)", re.MULTILINE)
GIT = which("git") or "git"


def test_five_raw_texts_become_a_site_that_is_read_on_the_web(
    installed: Path, browser: Browser, tmp_path: Path
) -> None:
    """`new`, `import`, the blanks filled in, `check`, `build`, `bundle`, `publish`; then the branch, served."""
    topic, downloads = tmp_path / "My topic", tmp_path / "Downloads"
    downloads.mkdir()
    for number, slug in enumerate(SLUGS):
        text = (ROOT / f"content/articles/{slug}.txt").read_bytes()
        (downloads / f"{number:03} saved text.txt").write_bytes(text)

    sourcebook(installed, tmp_path, "new", topic)
    said = sourcebook(installed, topic, "import", *sorted(downloads.iterdir()))
    assert "5 texts imported, 5 sealed" in said
    fill_in_the_blanks(topic)
    sourcebook(installed, topic, "check")
    assert "from 7 articles" in sourcebook(installed, topic, "build")
    sourcebook(installed, topic, "bundle")
    assert {path.suffix for path in (topic / "output/bundle").iterdir()} == {".zip", ".html"}

    git(tmp_path, "init", "--quiet", "--bare", "hub.git")
    git(topic, "init", "--quiet", "--initial-branch=main")
    git(topic, "remote", "add", "origin", str(tmp_path / "hub.git"))
    assert "published: " in sourcebook(installed, topic, "publish")
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(tmp_path / "hub.git"), "pages")

    with host(tmp_path / "pages", "/repo/") as served, window(browser, served.origin) as page:
        page.goto(f"{served.origin}{served.own_path}index.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("The library on Mill Street")
        page.get_by_role("link", name=re.compile("US, Ukraine Ramp Up Talks")).first.click()
        expect(page.get_by_text("had “restored hope.”").first).to_be_visible()


def fill_in_the_blanks(topic: Path) -> None:
    """The required ones and nothing else, not even an address: what import could find out, it has written."""
    for path in (topic / "content/articles").glob("*.yaml"):
        path.write_text(BLANK.sub(lambda found: f"{found[1]}: {ANSWERS[found[1]]}", path.read_text()))


def sourcebook(installed: Path, folder: Path, *arguments: str | Path) -> str:
    return run([installed / "sourcebook", *arguments], folder=folder, environment=FAR_AWAY | WHO)


WHO = dict.fromkeys(("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "newcomer@example.org")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([GIT, *arguments], cwd=folder, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null"})
