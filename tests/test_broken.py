"""A tiny broken site for every mistake: the exact text it gets, its exit status, and an output that stays as it was.

`expected.txt` of each is what `sourcebook check` prints, without colours.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample import ROOT

from builder.cli import sourcebook

BROKEN = sorted(folder for folder in (ROOT / "tests" / "broken").iterdir() if folder.is_dir())
NAMES = [folder.name for folder in BROKEN]
PRINTED = re.compile(
    r"^(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning)\[(?P<code>[a-z0-9-]+)\] .+"
)

CODES = {
    *(
        "missing-key",
        "unknown-key",
        "duplicate-key",
        "wrong-type",
        "yaml-syntax",
        "yaml-too-large",
        "bad-date",
        "bad-slug",
    ),
    *("quote-not-found", "quote-ambiguous", "quote-from-teaser", "quote-unsupported", "quote-cut-by-comment"),
    *(
        "article-unknown",
        "entity-unknown",
        "event-unknown",
        "draft-cited",
        "slug-taken",
        "alias-taken",
        "name-undecided",
    ),
    *(
        "role-line",
        "seed-without-summary",
        "summary-without-seed",
        "not-utf8",
        "raw-html",
        "unsafe-link",
        "path-outside",
    ),
    *("link-outside", "path-taken", "template-error", "bad-citation", "unknown-file", "mention-unused", "low-contrast"),
}
"""What can be wrong with what an author writes, but for the seal and for what the lint finds."""


def expected(site: Path) -> str:
    return (site / "expected.txt").read_text(encoding="utf-8")


def check(site: Path, *options: str) -> Result:
    return CliRunner().invoke(sourcebook, ["check", "--site", str(site), *options])


def problems(site: Path) -> list[re.Match[str]]:
    return [found for line in expected(site).splitlines() if (found := PRINTED.match(line))]


@pytest.fixture(scope="module")
def good_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an earlier build left."""
    folder = tmp_path_factory.mktemp("good")
    for path, text in {
        "site.yaml": "title: Before\n",
        "content/briefing.yaml": "title: Before\nas_of: 2025-03-01\nbottom_line: All was well.\n",
    }.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(sourcebook, ["build", "--site", str(folder)])
    assert result.exit_code == 0, result.output
    return folder / "output" / "site"


def contents(folder: Path) -> Mapping[str, tuple[bytes, int, int]]:
    """Bytes, time and inode of each file."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {place: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for place, path in files.items()}


@pytest.mark.parametrize("site", BROKEN, ids=NAMES)
def test_the_answer_is_exact(site: Path) -> None:
    result = check(site)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output == expected(site)
    assert result.exit_code == (1 if "error[" in result.output else 0)
    assert check(site, "--strict").exit_code == 1


@pytest.mark.parametrize("site", BROKEN, ids=NAMES)
def test_a_broken_site_leaves_the_output_as_it_was(site: Path, good_output: Path, tmp_path: Path) -> None:
    copied, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(site, copied, symlinks=True)
    shutil.copytree(good_output, output)
    before = contents(output)
    result = CliRunner().invoke(sourcebook, ["build", "--strict", "--site", str(copied), "--output", str(output)])
    assert result.exit_code == 1, result.output
    assert contents(output) == before
    assert result.output.endswith(" is as it was\n")


@pytest.mark.parametrize("site", BROKEN, ids=NAMES)
def test_every_problem_is_a_place_a_fact_and_a_way_out(site: Path) -> None:
    """The place is in the file, unless that is what is missing; a fact that names the right thing is a way out too."""
    found = problems(site)
    assert found
    for problem in found:
        path = site / problem["path"]
        if path.is_file() and path.stat().st_size:
            lines = path.read_bytes().decode("utf-8", "replace").split("\n")
            assert int(problem["line"]) <= len(lines)
            assert int(problem["column"]) <= len(lines[int(problem["line"]) - 1]) + 1
    lines = expected(site).splitlines()
    for line, following in pairwise(lines):
        if PRINTED.match(line):
            assert following.startswith("    ") or re.search(r"the nearest is|either|none of|needs|Jinja", line), line


@pytest.mark.parametrize("site", [site for site in BROKEN if site.name not in ("several", "one-report-each")], ids=str)
def test_a_site_has_the_one_sort_of_mistake_that_it_is_named_after(site: Path) -> None:
    codes = {problem["code"] for problem in problems(site)}
    assert len(codes) == 1
    assert site.name.removeprefix("lint-").startswith(codes.pop())


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_site(code: str) -> None:
    assert any(problem["code"] == code for site in BROKEN for problem in problems(site))


def test_all_mistakes_of_a_site_are_told_in_one_run_in_the_order_of_files_and_lines() -> None:
    found = problems(ROOT / "tests" / "broken" / "several")
    places = [(problem["path"], int(problem["line"]), int(problem["column"])) for problem in found]
    assert places == sorted(places)
    assert len({path for path, _, _ in places}) == 4


def test_no_mistake_causes_a_second_report() -> None:
    """A date that is none, a summary that cannot be read, a misspelled key: what depends on them is not wrong too."""
    found = problems(ROOT / "tests" / "broken" / "one-report-each")
    assert len({problem["path"] for problem in found}) == len(found) == 6


@pytest.mark.parametrize("name", ["quote-not-found", "not-utf8", "template-error"])
def test_the_real_command_says_the_same(name: str) -> None:
    site = ROOT / "tests" / "broken" / name
    done = subprocess.run(
        [sys.executable, "-m", "builder", "check", "--site", site],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, expected(site), "")
