"""What the README shows of a terminal is what the commands print: their words and counts, if not their seconds."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample import ROOT, copy_sample

from builder.cli import sourcebook

README = (ROOT / "README.md").read_text()
SHOWN = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MEASURED = re.compile(r"\d+\.\d+ s\b|\b[\d.]+ (?:kB|MB)\b")
"""Seconds and sizes: they differ from machine to machine, and from one style sheet to the next."""


def shown() -> dict[str, list[list[str]]]:
    """What the README shows under each command, once for each time that it does."""
    found: dict[str, list[list[str]]] = {}
    for block in SHOWN.findall(README):
        for line in block.splitlines():
            if line.startswith("$ "):
                under = found.setdefault(line.removeprefix("$ "), [])
                under.append([])
            else:
                under[-1].append(MEASURED.sub("…", line))
    return found


def printed(*arguments: str | Path) -> list[str]:
    result = CliRunner().invoke(sourcebook, [str(argument) for argument in arguments])
    assert result.exit_code in (0, 1), result.output
    return [MEASURED.sub("…", line) for line in result.output.splitlines()]


def only(texts: Iterable[list[str]]) -> list[str]:
    """What all of them are."""
    first, *others = texts
    assert all(other == first for other in others)
    return first


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample, and a terminal in it."""
    monkeypatch.chdir(copy_sample(tmp_path))
    return tmp_path


def misquote(site: Path) -> None:
    summary = site / "content/articles/envoy-trip.yaml"
    summary.write_text(summary.read_text().replace("Kellogg on Thursday had", "Kellogg on Tuesday had", 1))


def test_a_misquotation_is_told_as_shown_at_the_top_and_while_serving(site: Path) -> None:
    misquote(site)
    said = printed("check")
    assert said == only(shown()["sourcebook check"])
    assert said[:-1] == [line for line in shown()["sourcebook serve"][0] if line in said]


def test_a_site_with_several_mistakes_is_told_of_all(site: Path) -> None:
    shutil.copytree(ROOT / "tests/broken/several", site / "tests/broken/several")
    assert printed("check", "--site", "tests/broken/several") == only(
        shown()["sourcebook check --site tests/broken/several"]
    )


def test_a_build_its_bundle_and_their_checks_count_what_is_shown(site: Path) -> None:
    built = only(lines for lines in shown()["sourcebook build"] if "pages from" in lines[0])
    assert printed("build") == built == shown()["make site"][0][:1]
    counts = built[0].partition(": ")[2].partition(";")[0]
    assert f"shows {counts}" in "\n".join(shown()["sourcebook serve"][0])
    assert printed("verify", "output/site") == only(shown()["sourcebook verify output/site"])
    with_sources = only(shown()["sourcebook verify output/site --sources ."])
    assert printed("verify", "output/site", "--sources", ".") == with_sources
    assert printed("bundle") == only(shown()["sourcebook bundle"])
    shutil.rmtree(site / "output/site")
    assert printed("build", "--no-search") == only(shown()["sourcebook build --no-search"])


def test_a_private_copy_is_called_one(site: Path) -> None:
    """Of the sample, where it may print passages only."""
    for path in (site / "site.yaml", *(site / "content/articles").glob("*.yaml")):
        path.write_text(re.sub("(?m)^text: full$", "text: passages", path.read_text()))
    assert printed("bundle", "--full-text") == only(shown()["sourcebook bundle --full-text"])


def test_what_is_suggested_for_the_bare_texts_is_among_other_things_what_is_shown(site: Path) -> None:
    for path in (site / "content").rglob("*"):
        if path.is_file() and path.suffix != ".txt":
            path.unlink()
    said = printed("suggest")
    for line in only(shown()["sourcebook suggest"]):
        assert line in said


def test_a_new_topic_begins_as_in_the_tour(site: Path) -> None:
    downloaded = site / "us-ukraine.txt"
    shutil.copy(ROOT / "content/articles/envoy-trip.txt", downloaded)
    assert printed("new", "library") == only(shown()["sourcebook new library"])
    imported = printed("import", "--site", "library", downloaded)
    imported = [line.removeprefix("library/") for line in imported]
    assert imported == only(shown()["sourcebook import ~/Downloads/us-ukraine.txt"])
    said = printed("schema", "--site", "library")
    assert [line.removeprefix("library/") for line in said] == only(shown()["sourcebook schema"])


def test_a_topic_is_published_as_shown(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a repository on disk, in place of the one on GitHub; so the lines that name its page are not there."""
    for name in ("NAME", "EMAIL"):
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", "ada@example.org")
    printed("new", "library")
    hub = str(site / "hub.git")
    for words in (("init", "--quiet", "--bare", hub), ("init", "--quiet", "library")):
        subprocess.run(["git", *words], cwd=site, check=True)
    subprocess.run(["git", "remote", "add", "origin", hub], cwd=site / "library", check=True)
    first = printed("publish", "--site", "library")[0]
    settings = site / "library/site.yaml"
    settings.write_text(settings.read_text().replace("description: What two", "description: All that two"))
    then = printed("publish", "--site", "library", "--dry-run")
    for said, lines in (([first], "sourcebook publish"), (then, "sourcebook publish --dry-run")):
        expected = only(shown()[lines])[: len(said)]
        assert [line.replace(hub, "git@github.com:ada/library.git") for line in said] == expected


def test_the_examples_of_the_data_are_lines_of_it(site: Path) -> None:
    printed("build", "--no-search")
    examples = dict(re.findall(r"^```(json|bibtex)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE))
    accounts = json.loads((site / "output/site/data/accounts.json").read_text())["accounts"]
    assert json.loads(examples["json"]) in accounts
    assert examples["bibtex"] in (site / "output/site/data/sources.bib").read_text()


def test_no_other_count_of_the_sample_is_left_from_an_earlier_day() -> None:
    counts = {found for text in README.splitlines() for found in re.findall(r"\d+ quotations found|\d+ entities", text)}
    assert counts == {"409 quotations found", "52 entities"}, "and what these are, the tests above see"
