"""The real command: what it prints where, with which exit status, and that it starts without what it does not need."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from sample import ROOT

from builder import cli

SITE = {
    "site.yaml": "title: The bridge\n",
    "content/briefing.yaml": 'title: The bridge\nas_of: 2025-03-01\nbottom_line: Shut. [@bridge "closed to trains"]\n',
    "content/articles/bridge.txt": "The bridge was closed to trains.\n",
    "content/articles/bridge.yaml": "title: Closed\npublisher: Post\npublished: 2025-02-28\nurl: unknown\n",
}
WARNING = {"content/notes.txt": "Read by nothing.\n"}
ERROR = {
    "content/timeline.yaml": "opening: {title: It opens, date: 1932, source: {titel: M, url: https://m.example}}\n"
}
DRAFT = {
    "content/articles/ferry.txt": "The ferry runs.\n",
    "content/articles/ferry.yaml": "title: Ferry\npublisher: Post\npublished: 2025\nurl: unknown\ndraft: true\n",
}
ERROR_LINE = "content/timeline.yaml:1:49: error[unknown-key] “titel” is not a key here; the nearest is “title”\n"
SUMMARY = re.compile(
    r"^(?P<output>.+): (?P<pages>\d+) pages from 1 article, 0 entities, 0 events, 1 quotation found in its source"
    r"(?P<warnings>, 1 warning)?; (?P<written>\d+) files written, (?P<unchanged>\d+) unchanged, "
    r"(?P<removed>\d+) removed, in \d+\.\d\d s; without a url in site.yaml: no feeds, sitemap or canonical links\n$"
)


def made(folder: Path, *parts: Mapping[str, str]) -> Path:
    """A site in a folder."""
    for path, text in {path: text for part in (SITE, *parts) for path, text in part.items()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def run(*words: str | Path, folder: Path = ROOT, **environment: str) -> CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def on_a_terminal(*words: str | Path, folder: Path) -> str:
    """What somebody sees who types the command."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "builder", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    try:
        while some := os.read(ours, 65536):
            seen += some
    except OSError:
        pass  # how Linux says that the other end is closed
    process.wait()
    os.close(ours)
    return seen.decode()


# --- check ---------------------------------------------------------------------------------------------------------


def test_check_says_what_it_found_right_and_writes_nothing(tmp_path: Path) -> None:
    site = made(tmp_path / "a site")
    before = sorted(site.rglob("*"))
    done = run("check", "--site", site)
    said = "No problems: 1 article, 0 entities, 0 events, 1 quotation found in its source.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    assert sorted(site.rglob("*")) == before


def test_check_prints_problems_and_a_tally_and_fails(tmp_path: Path) -> None:
    done = run("check", "--site", made(tmp_path, ERROR, WARNING))
    assert done.returncode == 1
    assert ERROR_LINE in done.stdout
    assert done.stdout.endswith("\n1 error, 1 warning\n")


@pytest.mark.parametrize(("options", "status"), [((), 0), (("--strict",), 1)])
def test_a_warning_fails_only_where_one_is_strict(tmp_path: Path, options: tuple[str, ...], status: int) -> None:
    site = made(tmp_path, WARNING)
    for command in ("check", "build"):
        done = run(command, "--site", site, *options)
        assert done.returncode == status
        assert "content/notes.txt:1:1: warning[unknown-file] this file is not read\n" in done.stdout


def test_json_is_a_list_an_editor_can_read(tmp_path: Path) -> None:
    done = run("check", "--site", made(tmp_path, ERROR, WARNING), "--format", "json")
    assert done.returncode == 1
    warning, error = sorted(json.loads(done.stdout), key=lambda row: row["severity"], reverse=True)
    assert error == {
        "path": "content/timeline.yaml",
        "line": 1,
        "column": 49,
        "severity": "error",
        "code": "unknown-key",
        "message": "“titel” is not a key here; the nearest is “title”",
        "hint": "",
    }
    assert warning["code"] == "unknown-file"
    clean = run("check", "--site", made(tmp_path / "clean"), "--format", "json")
    assert (clean.returncode, json.loads(clean.stdout)) == (0, [])


def test_github_gets_an_annotation_a_line_and_for_nothing_wrong_nothing(tmp_path: Path) -> None:
    done = run("check", "--site", made(tmp_path, ERROR), "--format", "github")
    assert done.returncode == 1
    assert done.stdout == (
        "::error file=content/timeline.yaml,line=1,col=49,title=unknown-key::"
        "“titel” is not a key here; the nearest is “title”\n"
    )
    clean = run("check", "--site", made(tmp_path / "clean"), "--format", "github")
    assert (clean.returncode, clean.stdout) == (0, "")


def test_drafts_count_only_where_they_are_asked_for(tmp_path: Path) -> None:
    site = made(tmp_path, DRAFT)
    page = site / "output/site/articles/ferry.html"
    assert "No problems: 1 article," in run("check", "--site", site).stdout
    assert " pages from 2 articles," in run("build", "--site", site, "--drafts").stdout
    assert page.is_file()
    assert " pages from 1 article," in run("build", "--site", site).stdout
    assert not page.exists()


# --- build ---------------------------------------------------------------------------------------------------------


def test_build_writes_the_site_and_sums_up_in_a_line(tmp_path: Path) -> None:
    site = made(tmp_path / "a site")
    first = run("build", folder=site)
    found = SUMMARY.match(first.stdout)
    assert first.returncode == 0, first.stderr
    assert found
    assert found["output"] == "output/site"
    assert int(found["pages"]) == len(list((site / "output/site").rglob("*.html")))
    assert int(found["written"]) == len([path for path in (site / "output/site").rglob("*") if path.is_file()])
    assert found["unchanged"] == found["removed"] == "0"
    assert first.stderr == ""
    again = SUMMARY.match(run("build", folder=site).stdout)
    assert again
    assert (again["written"], again["unchanged"]) == ("0", found["written"])


def test_build_tells_of_warnings_and_builds(tmp_path: Path) -> None:
    done = run("build", "--site", made(tmp_path, WARNING))
    found = SUMMARY.match(done.stdout.splitlines(keepends=True)[-1])
    assert done.returncode == 0
    assert found
    assert found["warnings"] == ", 1 warning"


def test_build_with_errors_says_what_became_of_the_output(tmp_path: Path) -> None:
    site = made(tmp_path, ERROR)
    done = run("build", folder=site)
    assert (done.returncode, done.stdout) == (1, ERROR_LINE + "1 error; nothing is written\n")
    assert not (site / "output").exists()
    (site / "output/site").mkdir(parents=True)
    assert run("build", folder=site).stdout == ERROR_LINE + "1 error; output/site is as it was\n"


def test_a_refused_build_tells_of_content_and_templates_at_once(tmp_path: Path) -> None:
    site = made(tmp_path, ERROR, {"layouts/article.html": "{{ page.titel }}"})
    for command in ("build", "bundle", "check"):
        said = run(command, "--site", site).stdout
        assert ERROR_LINE in said
        assert "layouts/article.html:1:1: error[template-error] there is no “titel” in ArticlePage\n" in said
        assert "2 errors" in said


def test_output_goes_where_it_is_told(tmp_path: Path) -> None:
    site = made(tmp_path / "site")
    for target in (tmp_path / "somewhere else" / "deep", Path("../beside")):
        done = run("build", "--output", target, folder=site)
        assert done.returncode == 0, done.stderr
        assert (site / target / "index.html").is_file()


@pytest.mark.parametrize("target", [".", "content", "content/new", "..", "layouts", "site.yaml", "photos"])
def test_an_output_that_is_not_ours_is_wrong_use(tmp_path: Path, target: str) -> None:
    site = made(tmp_path / "site", {"photos/me.jpg": "x"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run("build", "--output", target, folder=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert "choose another folder with --output" in " ".join(done.stderr.split())
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


# --- the folder of the site ----------------------------------------------------------------------------------------


def test_the_site_is_the_nearest_folder_upward(tmp_path: Path) -> None:
    site = made(tmp_path, {"content/inner/site.yaml": "titel: not this one\n"})
    assert run("check", folder=site / "content/articles").returncode == 0
    assert run("check", folder=site / "content/inner").returncode == 1


def test_a_path_may_have_spaces_and_any_letters(tmp_path: Path) -> None:
    site = made(tmp_path / "Ünser Dossier 日本 100%")
    assert run("build", "--site", site, "--output", tmp_path / "the output").returncode == 0
    assert run("check", "--site", Path("Ünser Dossier 日本 100%"), folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "there is no site.yaml here or in a folder above; go to a site, or name one with --site"),
        (("check", "--site", "nowhere"), "Directory 'nowhere' does not exist."),
        (("check", "--site", "empty"), "there is no site.yaml in empty"),
        (("build", "--site", "empty"), "there is no site.yaml in empty"),
        (("check", "--format", "xml"), "'xml' is not one of 'text', 'json', 'github'."),
        (("check", "--strickt"), "No such option"),
        (("biuld",), "No such command 'biuld'"),
        (("check", "extra"), "Got unexpected extra argument (extra)"),
    ],
)
def test_wrong_use_is_explained_and_ends_with_2(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty").mkdir()
    done = run(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


# --- the machine ---------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_ends_it_with_3_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root, as which a test may run, can read everything; so the refusal is played."""
    site, read = made(tmp_path), Path.read_bytes

    def refusing(self: Path) -> bytes:
        if self.name == "bridge.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    monkeypatch.setattr(sys, "argv", ["sourcebook", "check", "--site", str(site)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 3
    assert capsys.readouterr() == ("", f"sourcebook: {site}/content/articles/bridge.txt: Permission denied\n")


def test_an_output_that_the_machine_refuses_ends_it_with_3(tmp_path: Path) -> None:
    site = made(tmp_path / "site")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("build", "--output", tmp_path / "file" / "below", folder=site)
    assert (done.returncode, done.stderr) == (3, f"sourcebook: {tmp_path}/file/below: Not a directory\n")


def test_ctrl_c_ends_a_build_with_130_and_a_sentence_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Pressed once the first pages are made, as a terminal does: every process of the build gets it."""
    site = made(tmp_path)
    pressing = (
        "import os, signal\nfrom builder.outlets import writing\nmake = writing.make\n"
        "def made(path, **rest):\n"
        "    os.kill(os.getpid(), signal.SIGINT) if path == 'index.html' else None\n"
        "    return make(path, **rest)\n"
        "writing.make = made\nfrom builder.cli import main\nmain()\n"
    )
    words = [sys.executable, "-c", pressing, "build", "--no-search", "--site", str(site)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "sourcebook: stopped by Ctrl-C"
    assert not (site / "output").exists() or not any((site / "output").rglob("*.html"))
    assert run("build", "--no-search", folder=site).returncode == 0


def test_a_terminal_that_knows_few_letters_gets_question_marks_and_no_traceback(tmp_path: Path) -> None:
    done = run("check", "--site", made(tmp_path, ERROR), PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert "error[unknown-key] ?titel? is not a key here" in done.stdout
    assert done.stderr == ""


# --- colours, bars, and the start ----------------------------------------------------------------------------------


def test_it_is_coloured_on_a_terminal_and_plain_in_a_pipe(tmp_path: Path) -> None:
    site = made(tmp_path, ERROR)
    seen = on_a_terminal("check", folder=site)
    assert "\x1b[31m\x1b[1merror[unknown-key]\x1b[0m" in seen
    assert "\x1b" not in run("check", folder=site).stdout
    assert re.sub(r"\x1b\[[\d;]*m", "", seen).replace("\r", "") == run("check", folder=site).stdout


def test_on_a_terminal_a_bar_comes_and_goes_and_the_summary_stays(tmp_path: Path) -> None:
    seen = on_a_terminal("build", folder=made(tmp_path))
    assert "Writing" in seen
    lines = re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", seen).replace("\r", "\n").strip().splitlines()
    assert SUMMARY.match(lines[-1] + "\n")


def test_the_command_and_the_module_are_the_same(tmp_path: Path) -> None:
    site = made(tmp_path, ERROR)
    command = Path(sys.executable).with_name("sourcebook")
    done = subprocess.run([command, "check", "--site", site], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, run("check", "--site", site).stdout)


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("check", "-h"), ("build", "--help"), ("--version",)])
def test_help_and_version_answer(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.match(r"Usage: |sourcebook \d+\.\d+\.\d+\n$", done.stdout)


def test_help_pays_for_no_library_that_it_does_not_need() -> None:
    script = (
        "import sys\nfrom builder.cli import sourcebook\n"
        "sourcebook(['--help'], standalone_mode=False)\nprint(*sys.modules, sep='\\n')\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    assert "click" in loaded
    assert {"pydantic", "jinja2", "markdown_it", "rich", "yaml", "ahocorasick_rs", "edtf"} & set(loaded) == set()


def test_the_end_of_a_command_looks_through_nothing_that_it_made() -> None:
    """At its end Python would collect what forms cycles, of all that a build has made: a fifth of a small build."""
    script = "import atexit, gc, builder.cli\natexit.register(lambda: print(len(gc.get_objects())))\nbuilder.cli.main()"
    done = subprocess.run([sys.executable, "-c", script, "--help"], cwd=ROOT, capture_output=True, check=True)
    assert int(done.stdout.split()[-1]) < 1000


def test_a_build_pays_for_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom builder.cli import sourcebook\n"
        "sourcebook(['build', '--site', sys.argv[1]], standalone_mode=False)\nprint(*sys.modules, sep='\\n')\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script, made(tmp_path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    assert "jinja2" in loaded
    assert {"rich", "edtf", "multiprocessing"} & set(loaded) == set()
