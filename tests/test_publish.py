"""`sourcebook publish`: the site on its branch and nothing else changed, or a clear word and nothing changed at all."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner, Result
from sample import ROOT

from builder.cli import sourcebook
from builder.model import Publishing
from builder.outlets import publish as outlet
from builder.outlets.repository import GitFailed
from builder.outlets.starter import start_site

GIT = which("git") or "git"
IDENTITY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run([GIT, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def publish(site: Path, *options: str) -> Result:
    return CliRunner().invoke(sourcebook, ["publish", "--site", str(site), "--no-search", *options])


@pytest.fixture(autouse=True)
def a_git_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the settings of whoever runs the tests."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """What stands for GitHub."""
    git(tmp_path, "init", "--quiet", "--bare", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def site(tmp_path: Path, hub: Path) -> Path:
    """A new site in a repository, committed, in a folder whose name is not plain."""
    folder = tmp_path / "My topic, 100 % №1"
    start_site(folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Ada Editor")
    git(folder, "config", "user.email", "ada@example.org")
    git(folder, "remote", "add", "origin", str(hub))
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "A new site")
    return folder


def published(hub: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """What is on the branch: path → bytes."""
    paths = git(hub, "ls-tree", "-r", "-z", "--name-only", branch).split("\0")[:-1]
    return {
        path: subprocess.run(
            [GIT, "cat-file", "blob", f"{branch}:{path}"], cwd=hub, capture_output=True, check=True
        ).stdout
        for path in paths
    }


def built(site: Path) -> dict[str, bytes]:
    output = site / "output/site"
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def refs(folder: Path) -> dict[str, str]:
    lines = git(folder, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split() for line in lines)


def test_the_branch_holds_the_site_byte_for_byte_and_a_nojekyll(site: Path, hub: Path) -> None:
    result = publish(site)
    assert result.exit_code == 0, result.output
    assert published(hub) == {**built(site), ".nojekyll": b""}
    assert git(hub, "log", "--format=%an <%ae> %s", "gh-pages").strip() == (
        "Ada Editor <ada@example.org> The library on Mill Street, as of 2025-03-09"
    )


def test_a_domain_of_ones_own_gets_its_cname(site: Path, hub: Path) -> None:
    (site / "site.yaml").write_text((site / "site.yaml").read_text() + "publish: {cname: briefing.example.org}\n")
    assert "published: https://briefing.example.org/" in publish(site).output
    assert published(hub)["CNAME"] == b"briefing.example.org\n"


def test_work_tree_index_branches_and_head_are_untouched(site: Path, hub: Path) -> None:
    """With a change staged, another not, and a file that Git does not know."""
    (site / "README.md").write_text("staged\n")
    git(site, "add", "README.md")
    (site / "README.md").write_text("not staged\n")
    (site / "new.txt").write_text("new\n")
    git(site, "branch", "gh-pages")
    before = git(site, "status", "--porcelain"), git(site, "diff", "--cached"), refs(site)
    assert publish(site).exit_code == 0
    after = refs(site)
    assert after.pop("refs/remotes/origin/gh-pages") == git(hub, "rev-parse", "gh-pages").strip()
    assert (git(site, "status", "--porcelain"), git(site, "diff", "--cached"), after) == before
    assert not (site / ".git/FETCH_HEAD").exists()


def test_publishing_again_without_a_change_pushes_nothing(site: Path, hub: Path) -> None:
    publish(site)
    commit = git(hub, "rev-parse", "gh-pages")
    result = publish(site)
    assert (result.exit_code, git(hub, "rev-parse", "gh-pages")) == (0, commit)
    assert "has this site already: nothing to publish" in result.output


def test_a_change_is_a_commit_on_top_and_what_is_gone_goes(site: Path, hub: Path) -> None:
    publish(site)
    (site / "content/pages/about.md").unlink()
    result = publish(site)
    assert result.exit_code == 0, result.output
    assert "1 removed" in result.output
    assert "about.html" not in published(hub)
    assert git(hub, "rev-list", "--count", "gh-pages").strip() == "2"


def test_what_somebody_else_published_is_built_upon(site: Path, hub: Path, tmp_path: Path) -> None:
    publish(site)
    elsewhere_adds(hub, tmp_path)
    result = publish(site)
    assert "1 removed" in result.output
    assert git(hub, "rev-list", "--count", "gh-pages").strip() == "3"
    assert published(hub) == {**built(site), ".nojekyll": b""}


def elsewhere_adds(hub: Path, tmp_path: Path) -> None:
    """Another person pushes to the branch."""
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(hub), "elsewhere")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "theirs.txt").write_text("theirs")
    git(elsewhere, "add", ".")
    git(elsewhere, "-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "--quiet", "--message", "theirs")
    git(elsewhere, "push", "--quiet")


def test_a_dry_run_says_what_would_happen_and_changes_nothing_anywhere(site: Path, hub: Path) -> None:
    before = refs(site), refs(hub)
    result = publish(site, "--dry-run")
    assert result.exit_code == 0
    assert result.output.startswith("would push ")
    assert f"to “gh-pages” of “origin” ({hub}): " in result.output
    assert (refs(site), refs(hub)) == before
    assert not (site / "output").exists()
    said = result.output.removeprefix("would push").splitlines()[0]
    assert publish(site).output.splitlines()[0] == f"pushes{said}", "and that is what happens then"


def test_a_dry_run_after_a_change_names_the_change(site: Path) -> None:
    publish(site)
    page = site / "content/pages/about.md"
    page.write_text(page.read_text() + "\nOne more sentence.\n")
    said = publish(site, "--dry-run").output
    assert said.splitlines()[0].endswith(": 2 changed"), "the page, and the list of checksums"
    assert said.splitlines()[1:3] == ["    changed SHA256SUMS", "    changed about.html"]


def test_a_dry_run_names_no_more_files_than_somebody_reads(site: Path) -> None:
    publish(site)
    (site / "content/files").mkdir()
    for number in range(30):
        (site / f"content/files/{number:02}.txt").write_text("x")
    said = publish(site, "--dry-run").output.splitlines()
    assert said[0].endswith(": 30 new, 1 changed")
    assert said[1:3] == ["    new files/00.txt", "    new files/01.txt"]
    assert (len(said), said[-1]) == (22, "    and 11 more")


@pytest.mark.parametrize("title", ["-m", "--force", "$(touch x)", '“two” "marks"', "Ünïcode №1"])
def test_any_title_is_a_message(site: Path, hub: Path, title: str) -> None:
    settings = site / "site.yaml"
    settings.write_text(settings.read_text().replace("title: The library on Mill Street", f"title: '{title}'"))
    assert publish(site).exit_code == 0
    assert git(hub, "log", "--format=%B", "gh-pages").strip() == f"{title}, as of 2025-03-09"


def test_a_branch_may_have_any_name_that_git_takes(site: Path, hub: Path) -> None:
    (site / "site.yaml").write_text((site / "site.yaml").read_text() + "publish: {branch: web/книга+1}\n")
    assert publish(site).exit_code == 0
    assert list(refs(hub)) == ["refs/heads/web/книга+1"]


def test_what_a_killed_publish_left_is_cleared_away_and_no_branch_of_the_authors(site: Path) -> None:
    git(site, "branch", "sourcebook-publishing-0123abcd")
    git(site, "branch", "sourcebook-publishing-mine")
    assert publish(site).exit_code == 0
    assert refs(site).keys() == {
        "refs/heads/main",
        "refs/heads/sourcebook-publishing-mine",
        "refs/remotes/origin/gh-pages",
    }


def test_while_it_pushes_there_is_no_branch_that_a_kill_could_leave(site: Path, tmp_path: Path) -> None:
    hook = site / ".git/hooks/pre-push"
    hook.write_text(f"#!/bin/sh\ngit for-each-ref > '{tmp_path}/seen'\n")
    hook.chmod(0o755)
    assert publish(site).exit_code == 0
    assert "publishing" not in (tmp_path / "seen").read_text()
    assert "refs/heads/main" in (tmp_path / "seen").read_text()


def test_ctrl_c_leaves_nothing_here_or_there(site: Path, hub: Path) -> None:
    """While the host thinks about it; Ctrl-C reaches the command and Git, not the host."""
    hook = hub / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nkill -INT $SOURCEBOOK\nexit 1\n")
    hook.chmod(0o755)
    before = refs(site)
    command = f"SOURCEBOOK=$$ exec '{sys.executable}' -m builder publish --no-search --site '{site}'"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "published: " in done.stdout) == (130, False)
    assert done.stderr.strip() == "sourcebook: stopped by Ctrl-C"
    assert (refs(site), refs(hub)) == (before, {})


def test_files_with_odd_names_arrive(site: Path, hub: Path) -> None:
    (site / "content/files").mkdir()
    for name in ("a b.txt", "100 %.txt", "#1.txt", "карта.txt", "it's.txt", "-n.txt"):
        (site / "content/files" / name).write_text(name)
    result = publish(site)
    assert result.exit_code == 0, result.output
    assert published(hub) == {**built(site), ".nojekyll": b""}


def test_a_name_that_the_import_cannot_take_is_named_and_nothing_is_pushed(site: Path, hub: Path) -> None:
    (site / "content/files").mkdir()
    (site / "content/files" / "plain").write_text("x")
    (site / "content/files" / '"quoted" \\n').write_text("x")
    before = refs(site)
    result = publish(site)
    if result.exit_code == 0:
        assert published(hub) == {**built(site), ".nojekyll": b""}
    else:
        assert result.exit_code == 3
        assert "rename this file" in result.output
        assert (refs(hub), refs(site)) == ({}, before)


# --- what stops it ----------------------------------------------------------------------------------------------------


def test_an_error_in_the_content_stops_it(site: Path, hub: Path) -> None:
    page = site / "content/briefing.yaml"
    page.write_text(page.read_text().replace("Eleven members voted", "Twelve members voted"))
    result = publish(site)
    assert result.exit_code == 1
    assert "error[quote-not-found]" in result.output
    assert refs(hub) == {}


def test_with_strict_a_warning_stops_it(site: Path, hub: Path) -> None:
    page = site / "content/articles/council-vote.yaml"
    page.write_text(page.read_text().replace("url: unknown ", "# no address "))
    assert "warning[url-missing]" in publish(site, "--strict").output
    assert refs(hub) == {}
    assert publish(site).exit_code == 0


def without_git(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(site / "nothing"))


def without_repository(site: Path, _: pytest.MonkeyPatch) -> None:
    (site / ".git").rename(site.parent / "elsewhere")


def without_remote(site: Path, _: pytest.MonkeyPatch) -> None:
    git(site, "remote", "remove", "origin")


def on_a_detached_head(site: Path, _: pytest.MonkeyPatch) -> None:
    git(site, "checkout", "--quiet", "--detach")


def on_the_branch_itself(site: Path, _: pytest.MonkeyPatch) -> None:
    git(site, "switch", "--quiet", "--create", "gh-pages")


def with_a_remote_that_is_gone(site: Path, _: pytest.MonkeyPatch) -> None:
    git(site, "remote", "set-url", "origin", str(site.parent / "gone.git"))


def with_foreign_files_on_the_branch(site: Path, _: pytest.MonkeyPatch) -> None:
    git(site, "push", "--quiet", "origin", "main:gh-pages")


def with_a_protected_branch(site: Path, _: pytest.MonkeyPatch) -> None:
    refuse(site, "GH006: Protected branch update failed for refs/heads/gh-pages.")


def with_a_host_that_says_no(site: Path, _: pytest.MonkeyPatch) -> None:
    refuse(site, "You are over your quota.")


def refuse(site: Path, words: str) -> None:
    """The host's hook, as GitHub's own checks, writes a line and says no."""
    hook = site.parent / "hub.git/hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
    hook.chmod(0o755)


def without_identity(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(site, "config", "--unset", "user.name")
    git(site, "config", "--unset", "user.email")
    git(site, "config", "user.useConfigOnly", "true")
    monkeypatch.delenv("EMAIL", raising=False)


@pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [
        (without_git, 3, "Git is not installed here; on Debian: apt-get install git"),
        (without_repository, 2, "is in no Git repository; make one (git init)"),
        (without_remote, 2, "the repository has no remote “origin”; add it (git remote add origin ADDRESS)"),
        (on_a_detached_head, 2, "go to a branch first: git switch BRANCH"),
        (on_the_branch_itself, 2, "“gh-pages” is the branch that you work on"),
        (with_a_remote_that_is_gone, 3, "“origin” cannot be reached: "),
        (with_foreign_files_on_the_branch, 2, "holds files that Sourcebook did not make"),
        (with_a_protected_branch, 3, "“origin” protects the branch “gh-pages” from pushes"),
        (
            with_a_host_that_says_no,
            3,
            "“origin” did not take the push: You are over your quota; pre-receive hook declined",
        ),
        (without_identity, 3, "Git does not know who you are; tell it: git config user.name NAME"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_stands_in_the_way_is_said_and_nothing_is_half_done(
    site: Path,
    hub: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[Path, pytest.MonkeyPatch], None],
    status: int,
    words: str,
) -> None:
    with monkeypatch.context() as troubled:
        trouble(site, troubled)
        before = refs(hub)
        own = refs(site) if (site / ".git").exists() else {}
        dry = publish(site, "--dry-run")
        result = publish(site)
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert "Traceback" not in result.output
    only_the_host_knows = trouble in (with_a_protected_branch, with_a_host_that_says_no)
    assert dry.exit_code == (0 if only_the_host_knows else status), "what can be known beforehand, a dry run says"
    assert refs(hub) == before
    assert not own or refs(site) == own


def test_a_push_that_comes_second_is_told_so_and_may_be_repeated(site: Path, hub: Path, tmp_path: Path) -> None:
    publish(site)
    (site / "content/pages/about.md").unlink()
    CliRunner().invoke(sourcebook, ["build", "--site", str(site), "--no-search"])
    before = refs(site)
    repository = outlet.check_repository(site)
    with outlet.planned(site / "output/site", repository, Publishing()) as plan:
        elsewhere_adds(hub, tmp_path)
        theirs = git(hub, "rev-parse", "gh-pages")
        with pytest.raises(GitFailed, match="somebody else published to “gh-pages” of “origin” at the same moment"):
            outlet.publish(site / "output/site", plan, "mine")
    assert (git(hub, "rev-parse", "gh-pages"), refs(site)) == (theirs, before)
    assert publish(site).exit_code == 0


def test_a_branch_that_comes_to_be_in_between_is_told_as_well(site: Path, hub: Path) -> None:
    hook = site / ".git/hooks/pre-push"
    hook.write_text("#!/bin/sh\ngit push --no-verify --quiet origin main:gh-pages\n")
    hook.chmod(0o755)
    assert "somebody else published to “gh-pages” of “origin” at the same moment" in publish(site).output
    assert git(hub, "rev-parse", "gh-pages") == git(site, "rev-parse", "main")


@pytest.mark.parametrize(
    ("limit", "words"),
    [("LARGEST_SITE", "GitHub Pages shows up to 1,000 MB"), ("LARGEST_FILE", "GitHub takes files up to 105 MB")],
)
def test_what_github_would_not_take_is_refused_before_the_push(
    site: Path, hub: Path, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    monkeypatch.setattr(outlet, limit, 20_000)
    result = publish(site)
    assert (result.exit_code, words in result.output, refs(hub)) == (2, True, {})


# --- where it will be seen --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remote", "cname", "address"),
    [
        ("git@github.com:Ada/minerals.git", "", "https://ada.github.io/minerals/"),
        ("https://github.com/Ada/minerals", "", "https://ada.github.io/minerals/"),
        ("https://token@github.com/ada/ada.github.io.git", "", "https://ada.github.io/"),
        ("git@github.com:Ada/minerals.git", "minerals.example.org", "https://minerals.example.org/"),
        ("/srv/git/minerals.git", "", ""),
    ],
)
def test_the_address_follows_from_the_remote(
    site: Path, monkeypatch: pytest.MonkeyPatch, remote: str, cname: str, address: str
) -> None:
    CliRunner().invoke(sourcebook, ["build", "--site", str(site), "--no-search"])
    git(site, "remote", "set-url", "origin", remote)
    monkeypatch.setattr(outlet, "_fetch", lambda *_: ("", {}))
    repository = outlet.check_repository(site)
    with outlet.planned(site / "output/site", repository, Publishing(cname=cname)) as plan:
        assert plan.address == address
        assert "token" not in outlet.in_words(plan, dry_run=True)
        remarks = list(outlet.remarks(plan, "https://other.example.org/"))
        assert bool(remarks) == bool(address)
        assert list(outlet.remarks(plan, address)) == []


def test_a_site_without_url_is_told_what_it_would_be(site: Path) -> None:
    (site / "site.yaml").write_text((site / "site.yaml").read_text() + "publish: {cname: briefing.example.org}\n")
    assert "with “url: https://briefing.example.org/”" in publish(site).output


@pytest.mark.parametrize(
    "written",
    [
        *("remote: --upload-pack=x", "remote: ../hub.git", "remote: 'ext::sh -c x'"),
        *("branch: a..b", "branch: -f", "branch: HEAD", "branch: refs/heads/gh-pages", "branch: 'a:b'", "branch: a/.b"),
        *("cname: https://x.org", "cname: a b", "cname: bücher.example"),
    ],
)
def test_names_that_git_or_a_host_could_misread_are_mistakes_with_their_place(site: Path, written: str) -> None:
    text = (site / "site.yaml").read_text()
    (site / "site.yaml").write_text(f"{text}publish:\n  {written}\n")
    result = publish(site)
    assert result.exit_code == 1
    assert f"site.yaml:{text.count(chr(10)) + 2}:" in result.output
    assert "error[wrong-type]" in result.output
    assert "\n    such as briefing.example.org; " in result.output or "\n    the bare name, such as " in result.output


def test_a_site_in_a_folder_of_a_larger_repository_is_published_alone(site: Path, hub: Path, tmp_path: Path) -> None:
    larger = tmp_path / "larger"
    larger.mkdir()
    (site / ".git").rename(larger / ".git")
    site.rename(larger / "site")
    (larger / "other.txt").write_text("other")
    assert publish(larger / "site").exit_code == 0
    assert published(hub) == {**built(larger / "site"), ".nojekyll": b""}


def test_it_works_from_within_the_site(site: Path, hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content")
    assert CliRunner().invoke(sourcebook, ["publish", "--no-search"]).exit_code == 0
    assert "index.html" in published(hub)
    assert os.getcwd() == str(site / "content")  # noqa: PTH109  # what a program that changed it would have changed
