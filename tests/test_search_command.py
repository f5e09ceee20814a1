"""What a build writes for the search, when it indexes, and what happens when it cannot."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from browsing import window
from click.testing import CliRunner
from pagefind_bin import get_executable
from playwright.sync_api import Browser
from sample import ROOT, build
from synthetic import briefing
from tiny import ENTITIES, FILES, built_in_layouts, tiny

from builder.build import build as built_from
from builder.cli import sourcebook
from builder.model import Entity
from builder.outlets import search
from builder.outlets.folder import read_site
from builder.outlets.search import SearchFailed
from builder.site.tokens import TOKEN, shared_tokens, token_of


def test_without_search_no_page_leads_to_it() -> None:
    inputs, _ = read_site(ROOT)
    files = built_from(inputs, search=False).files
    assert not [path for path in files if "search" in path]
    assert not [
        path
        for path, body in files.items()
        if path.endswith(".html") and b"search" in body and b"assets/search" in body
    ]
    assert not [path for path, body in files.items() if path.endswith(".html") and b"<script src" in body]
    assert not [path for path, body in files.items() if path.endswith(".html") and TOKEN.encode() in body]


def test_a_briefing_with_nothing_to_find_has_no_search() -> None:
    layouts = built_in_layouts()
    pages = {
        "site.yaml": b"title: Empty\n",
        "content/briefing.yaml": b"title: E\nas_of: 2025\nbottom_line: None yet.\n",
    }
    built = built_from({**layouts, **pages})
    assert built.sound
    assert "search.html" not in built.files
    assert b"search" not in built.files["index.html"]


HOSTILE = "</script><script>alert(1)</script>\u2028`${1}`'\"\\__proto__"


def test_no_name_can_end_the_script_that_holds_it(browser: Browser) -> None:
    built = tiny({"content/entities.yaml": f"x: {{name: {json.dumps(HOSTILE)}, kind: person}}\n" + ENTITIES})
    script = built.files["assets/search/register.js"]
    assert b"<" not in script
    with window(browser, "about:") as page:
        page.goto("about:blank")
        page.add_script_tag(content=script.decode())
        assert HOSTILE in page.evaluate("searchRegister.entities.map(([name]) => name)")


def test_a_token_is_no_word_and_shared_forms_have_their_own() -> None:
    token = token_of("volodymyr-zelensky")
    assert token.startswith(TOKEN)
    assert not set(token) & set("aeiouy")
    washington = Entity("washington-dc", "Washington", "place", ("Washington",))
    government = Entity("us-government", "US government", "organization", ("US government", "WASHINGTON"))
    shared = shared_tokens([washington, government])
    assert shared["washington-dc"] == shared["us-government"] == (("washington", shared["us-government"][0][1]),)
    assert shared["washington-dc"][0][1] not in {token_of("washington-dc"), token_of("us-government")}


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_checksums_hold_the_index_too(small_site: Path) -> None:
    output = small_site / "output/site"
    build(small_site, output)
    sums = (output / "SHA256SUMS").read_text(encoding="utf-8")
    assert "  search/entry.js\n" in sums
    assert "  assets/search/register.js\n" in sums


def test_a_build_whose_index_fails_writes_nothing_and_says_why(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise SearchFailed("Pagefind failed with status 7; it printed:\nno room")

    monkeypatch.setattr("builder.outlets.search.run_pagefind", fails)
    done = CliRunner().invoke(sourcebook, ["build", "--site", str(small_site)])
    assert done.exit_code == 3
    assert "Pagefind failed with status 7; it printed:\nno room\n" in done.output
    assert "nothing is written; --no-search builds the site without it" in done.output
    assert not (small_site / "output").exists()
    done = CliRunner().invoke(sourcebook, ["build", "--no-search", "--site", str(small_site)])
    assert done.exit_code == 0
    assert not (small_site / "output/site/search.html").exists()
    assert not (small_site / "output/site/search").exists()


def instead_of_pagefind(script: str, folder: Path) -> dict[str, str]:
    """An environment in which a program of a few lines stands in Pagefind's place; `$PAGEFIND` is the real one."""
    package = folder / "instead" / "pagefind_bin"
    package.mkdir(parents=True)
    program = package / "pagefind"
    program.write_text(f"#!/bin/sh\nPAGEFIND='{get_executable()}'\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    (package / "__init__.py").write_text(f"def get_executable():\n    return {str(program)!r}\n", encoding="utf-8")
    return {"PYTHONPATH": f"{package.parent}:{ROOT}"}


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('ulimit -v 40000; exec "$PAGEFIND" "$@"', "Pagefind was stopped, most likely for want of memory: "),
        ("kill -KILL $$", "Pagefind was stopped, most likely for want of memory: "),
        ("echo No room. >&2; exit 1", "Pagefind failed with status 1; it printed:\nNo room."),
        ("echo Fine.", "Pagefind wrote nothing; it printed:\nFine."),
        ('rm "$0"; kill -TERM $$', "Pagefind failed with signal 15, and printed nothing"),
    ],
)
def test_when_pagefind_fails_the_last_good_site_stays(tmp_path: Path, script: str, said: str) -> None:
    """The real command, the real program under a limit of memory: status 3, a sentence, and not a byte is touched."""
    for path, text in FILES.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    site, output = tmp_path / "site", tmp_path / "output"
    build(site, output)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in output.rglob("*") if path.is_file()}
    article = site / "content/articles/weekly.txt"
    article.write_text(article.read_text(encoding="utf-8") + "Many more words.\n" * 20_000, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "builder", "build", "--site", site, "--output", output],
        env=os.environ | instead_of_pagefind(script, tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert f"sourcebook: {said}" in done.stderr
    assert "nothing is written; --no-search builds the site without it" in done.stderr
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in output.rglob("*") if path.is_file()
    } == before


def test_a_build_that_runs_out_of_memory_itself_says_so_too(tmp_path: Path) -> None:
    for path, body in briefing(100).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    build = """
import resource, sys
import builder.build, builder.outlets.folder, builder.outlets.report, builder.outlets.search
from builder.cli import main
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 5_000_000,) * 2)
sys.argv[1:] = ["build"]
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", build],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, "sourcebook: there is not enough memory for this site\n")
    assert not (tmp_path / "output").exists()


def test_a_gigabyte_of_memory_is_announced(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And less is not."""
    monkeypatch.setattr("builder.outlets.search.memory_needed", lambda _: 2_718_000_000)
    done = CliRunner().invoke(sourcebook, ["build", "--site", str(small_site)])
    assert "indexing 4 pages for the search needs about 2.7 GB of memory\n" in done.stderr
    shutil.rmtree(small_site / ".sourcebook")
    monkeypatch.setattr("builder.outlets.search.memory_needed", lambda _: 999_000_000)
    assert "GB of memory" not in CliRunner().invoke(sourcebook, ["build", "--site", str(small_site)]).output


def test_another_layout_style_or_navigation_indexes_nothing_again(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another word in an article does."""
    runs: list[int] = []
    real = search.run_pagefind

    def counted(*given: Any) -> Any:
        runs.append(1)
        return real(*given)

    monkeypatch.setattr(search, "run_pagefind", counted)

    def built() -> None:
        assert CliRunner().invoke(sourcebook, ["build", "--site", str(small_site)]).exit_code == 0

    built()
    for path, text in (
        ("layouts/assets/style.css", "body { color: red }"),
        ("layouts/sources.html", "{% extends 'base.html' %}{% block main %}<h1>Mine</h1>{% endblock %}"),
        ("layouts/base.html", (ROOT / "layouts/base.html").read_text("utf-8").replace("<main", "<p>New!</p><main")),
        ("content/pages/about.md", "---\ntitle: About\nnav: true\n---\nIn the navigation of every page.\n"),
    ):
        (small_site / path).parent.mkdir(parents=True, exist_ok=True)
        (small_site / path).write_text(text, encoding="utf-8")
        built()
        assert len(runs) == 1, path
    article = small_site / "content/articles/weekly.txt"
    article.write_text(article.read_text(encoding="utf-8") + "One more line.\n", encoding="utf-8")
    built()
    assert len(runs) == 2


def test_check_makes_no_index(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_run(*_: object) -> None:
        raise AssertionError("check ran Pagefind")

    monkeypatch.setattr("builder.outlets.search.run_pagefind", is_run)
    assert CliRunner().invoke(sourcebook, ["check", "--site", str(small_site)]).exit_code == 0
    assert not (small_site / ".sourcebook/search").exists()
