"""Folders: what is read of a site, and an output that is always whole, whoever pulls the plug."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT

from builder.outlets.folder import CHECKSUMS, MARKER, Refused, check_output, only_build, read_site
from builder.outlets.present import Written
from builder.outlets.writing import write_site

FILES = {"index.html": b"<p>one", "events/a.html": b"<p>two", "files/ein Bild.png": b"\x89PNG"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The least that is a site."""
    (tmp_path / "site/content/articles").mkdir(parents=True)
    (tmp_path / "site/site.yaml").write_text("title: x\n", encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def output(root: Path) -> Path:
    return root / "output" / "site"


def in_folder(folder: Path) -> dict[str, bytes]:
    """Every file, but for the two that tell of the others."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    return {place: path.read_bytes() for place, path in files.items() if place not in (MARKER, CHECKSUMS)}


def inputs_of(root: Path) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The site's own files, and path and code of each problem."""
    inputs, problems = read_site(root)
    own = {path: body for path, body in inputs.items() if not path.startswith("builtin/")}
    return own, [(problem.span.path, problem.code) for problem in problems]


# --- what is read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "two words.txt",
        "Übersicht.txt",
        "日本語.txt",
        "100%.txt",
        "a#b?c.txt",
        "a\u202fb.png",
        "e\u0301.txt",
        "a\\b.txt",
    ],
)
def test_a_file_may_have_any_name_that_is_text(root: Path, name: str) -> None:
    (root / "content/files").mkdir()
    (root / "content/files" / name).write_bytes(b"x")
    inputs, problems = inputs_of(root)
    assert inputs[f"content/files/{name}"] == b"x"
    assert problems == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"caf\xe9.txt", "caf\\udce9.txt"), (b"a\nb.txt", "a\\nb.txt"), (b"a\x1b[0m.txt", "a\\x1b[0m.txt")],
)
def test_a_name_that_no_line_can_hold_is_a_problem_and_shown_without_harm(root: Path, name: bytes, shown: str) -> None:
    (root / "content/files").mkdir()
    Path(os.fsdecode(os.fsencode(root / "content/files") + b"/" + name)).write_bytes(b"x")
    inputs, problems = inputs_of(root)
    assert problems == [(f"content/files/{shown}", "not-utf8")]
    assert set(inputs) == {"site.yaml"}


def test_hidden_files_are_not_the_site_s(root: Path) -> None:
    (root / "content/.git").mkdir()
    for path in ("content/.git/config", "content/.DS_Store", "content/articles/.a.txt.swp", ".env", "notes.txt"):
        (root / path).write_bytes(b"x")
    assert inputs_of(root) == ({"site.yaml": b"title: x\n"}, [])


def test_a_link_that_leaves_the_site_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (root / "content/articles/a.txt").symlink_to(tmp_path / "secret.txt")
    (root / "content/all").symlink_to(tmp_path)
    (root / "content/nowhere").symlink_to("gone")
    inputs, problems = inputs_of(root)
    assert sorted(problems) == [
        ("content/all", "path-outside"),
        ("content/articles/a.txt", "path-outside"),
        ("content/nowhere", "path-outside"),
    ]
    assert b"secret" not in inputs.values()


def test_links_in_a_circle_end(root: Path) -> None:
    (root / "content/round").symlink_to(".")
    (root / "content/itself").symlink_to("itself")
    (root / "content/articles/up").symlink_to("..")
    _, problems = inputs_of(root)
    assert sorted(place for place, _ in problems) == ["content/articles/up", "content/itself", "content/round"]


def test_a_link_inside_the_site_takes_no_file_from_its_own_place(root: Path) -> None:
    (root / "content/articles/a.txt").write_bytes(b"x")
    (root / "content/zz").symlink_to("articles")
    (root / "content/files").mkdir()
    (root / "content/files/b.txt").symlink_to("../articles/a.txt")
    inputs, problems = inputs_of(root)
    assert {path for path, body in inputs.items() if body == b"x"} == {
        "content/articles/a.txt",
        "content/files/b.txt",
        "content/zz/a.txt",
    }
    assert problems == []


def test_a_site_that_is_itself_a_link_is_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert inputs_of(tmp_path / "link")[1] == []


def test_what_is_no_file_is_no_input(root: Path) -> None:
    os.mkfifo(root / "content/articles/pipe.txt")
    assert set(inputs_of(root)[0]) == {"site.yaml"}


# --- what is written -----------------------------------------------------------------------------------------------


def test_the_folder_holds_the_files_a_marker_and_checksums_and_nothing_else(root: Path, output: Path) -> None:
    assert write_site(FILES, output, root) == Written(written=5, unchanged=0, removed=0)
    assert in_folder(output) == FILES
    assert json.loads((output / MARKER).read_text())["format"] == 1
    for line in (output / CHECKSUMS).read_text().splitlines():
        digest, _, path = line.partition("  ")
        assert digest == sha256((output / path).read_bytes()).hexdigest()
    subprocess.run(["sha256sum", "-c", "--strict", "--quiet", CHECKSUMS], cwd=output, check=True)


def test_a_file_that_is_right_is_not_touched(root: Path, output: Path) -> None:
    write_site(FILES, output, root)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in output.rglob("*") if path.is_file()}
    assert write_site(FILES, output, root) == Written(written=0, unchanged=5, removed=0)
    assert before == {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in before}
    changed = write_site({**FILES, "index.html": b"<p>new"}, output, root)
    assert changed == Written(written=2, unchanged=3, removed=0), "the page and the checksums"


def test_what_is_no_longer_in_the_site_goes_with_its_empty_folders(root: Path, output: Path) -> None:
    write_site(FILES, output, root)
    (output / "of/mine").mkdir(parents=True)
    assert write_site({"index.html": b"x"}, output, root).removed == 2
    assert in_folder(output) == {"index.html": b"x"}
    assert [path for path in output.rglob("*") if path.is_dir()] == []


def test_every_file_can_be_read_by_a_web_server(root: Path, output: Path) -> None:
    write_site(FILES, output, root)
    assert {stat.S_IMODE(path.stat().st_mode) for path in output.rglob("*") if path.is_file()} == {0o644}


def test_new_files_come_first_then_changed_ones_then_deletions(
    root: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site({"a.html": b"1", "b.html": b"1"}, output, root)
    done: list[str] = []
    replace, unlink = Path.replace, Path.unlink

    def noting_replace(self: Path, target: Path) -> Path:
        done.append(f"+{Path(target).name}")
        return replace(self, target)

    def noting_unlink(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002  # as pathlib has it
        done.append(f"-{self.name}")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", noting_replace)
    monkeypatch.setattr(Path, "unlink", noting_unlink)
    write_site({"a.html": b"2", "c.html": b"1"}, output, root)
    assert done == ["+c.html", "+a.html", f"+{CHECKSUMS}", "-b.html"]


@pytest.mark.parametrize("failing", range(5))
def test_a_disk_that_fails_leaves_whole_files_and_the_next_build_heals_them(
    root: Path, output: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    replace, seen = Path.replace, []

    def failing_replace(self: Path, target: Path) -> Path:
        seen.append(target)
        if len(seen) > failing:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing_replace)
    with pytest.raises(OSError, match="No space left"):
        write_site(FILES, output, root)
    assert in_folder(output).items() <= FILES.items(), "whole files only, and no temporary ones"
    monkeypatch.undo()
    write_site(FILES, output, root)
    assert in_folder(output) == FILES


KILLED = """
import sys
from pathlib import Path
from builder.outlets.writing import write_site
print("begun", flush=True)
write_site({f"{n // 50}/{n}.html": b"x" * 5000 for n in range(3000)}, Path(sys.argv[1]), Path(sys.argv[2]))
print("done", flush=True)
"""


@pytest.mark.parametrize("after", [0.0, 0.01, 0.05, 0.15])
def test_a_first_build_that_is_killed_leaves_a_folder_that_the_next_one_heals(
    root: Path, output: Path, after: float
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, output, root],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    assert process.stdout.readline() == b"begun\n"
    time.sleep(after)  # at any moment of the writing
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    pages = {path: path.read_bytes() for path in output.rglob("*.html")} if output.exists() else {}
    assert all(body == b"x" * 5000 for body in pages.values())
    write_site(FILES, output, root)
    assert in_folder(output) == FILES


def test_a_temporary_file_that_a_killed_build_left_alone_in_the_folder_does_not_bar_the_next(
    root: Path, output: Path
) -> None:
    output.mkdir(parents=True)
    (output / ".sourcebook-x1y2z3").write_bytes(b"half a mark")
    write_site(FILES, output, root)
    assert in_folder(output) == FILES


# --- what is in the way --------------------------------------------------------------------------------------------


def test_a_folder_where_a_page_belongs_and_a_file_where_a_folder_belongs_give_way(root: Path, output: Path) -> None:
    write_site({"index.html/deep/x.html": b"1", "events": b"2", "a": b"3"}, output, root)
    write_site(FILES, output, root)
    assert in_folder(output) == FILES
    write_site({"index.html/deep/x.html": b"1", "events": b"2"}, output, root)
    assert in_folder(output) == {"index.html/deep/x.html": b"1", "events": b"2"}


def test_a_link_in_the_output_is_replaced_and_never_followed(root: Path, output: Path, tmp_path: Path) -> None:
    write_site(FILES, output, root)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.html").write_bytes(b"mine")
    (outside / "index.html").write_bytes(b"mine")
    for place, target in (("index.html", outside / "index.html"), ("events", outside), ("extra", outside)):
        path = output / place
        if path.is_dir():
            (path / "a.html").unlink()
            path.rmdir()
        path.unlink(missing_ok=True)
        path.symlink_to(target)
    write_site(FILES, output, root)
    assert in_folder(output) == FILES
    assert not any(path.is_symlink() for path in output.rglob("*"))
    assert {path.read_bytes() for path in outside.iterdir()} == {b"mine"}


def test_what_is_neither_file_nor_folder_gives_way_and_is_not_read(root: Path, output: Path) -> None:
    write_site(FILES, output, root)
    (output / "index.html").unlink()
    os.mkfifo(output / "index.html")
    write_site(FILES, output, root)
    assert in_folder(output) == FILES


@pytest.mark.parametrize(
    "place", ["", "content", "content/articles", "content/new", "layouts", "layouts/x", "..", "site.yaml"]
)
def test_the_sources_are_no_output(root: Path, place: str) -> None:
    with pytest.raises(Refused, match="the site's own sources; choose another folder with --output"):
        check_output(root / place, root)


def test_a_link_to_the_sources_is_no_output(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root / "content")
    with pytest.raises(Refused, match="own sources"):
        check_output(tmp_path / "link", root)


def test_a_folder_with_other_files_is_refused_and_left_alone(root: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/me.jpg").write_bytes(b"x")
    with pytest.raises(Refused, match="holds files that Sourcebook did not make; empty it, or choose another"):
        write_site(FILES, tmp_path / "photos", root)
    assert in_folder(tmp_path / "photos") == {"me.jpg": b"x"}
    (tmp_path / "empty").mkdir()
    write_site(FILES, tmp_path / "empty", root)


def test_a_file_is_no_output_folder(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(Refused, match="is a file; choose another folder"):
        check_output(tmp_path / "file", root)


def test_a_second_build_waits_for_the_first(root: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with only_build(root, lambda: order.append("waits")):
            order.append("second")

    with only_build(root, lambda: order.append("never")):
        thread = Thread(target=second)
        thread.start()
        while "waits" not in order:
            time.sleep(0.001)
        order.append("first")
    thread.join()
    assert order == ["waits", "first", "second"]


def test_a_dead_process_holds_no_lock(root: Path) -> None:
    script = "import sys, time\nfrom pathlib import Path\nfrom builder.outlets.folder import only_build\n"
    script += "with only_build(Path(sys.argv[1]), print):\n    print('held', flush=True)\n    time.sleep(60)\n"
    process = subprocess.Popen(
        [sys.executable, "-c", script, root], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout
    assert process.stdout.readline() == b"held\n"
    process.kill()
    process.wait()
    process.stdout.close()
    waited: list[str] = []
    with only_build(root, lambda: waited.append("")):
        assert waited == []


PLACES = st.sampled_from(["a", "b", "a/b", "a/b/c", "b/a", "c d/ü.html", "a.html"])


def fits(files: Mapping[str, bytes]) -> bool:
    return not any(other.startswith(place + "/") for place in files for other in files)


@given(st.lists(st.dictionaries(PLACES, st.binary(max_size=3), max_size=5).filter(fits), min_size=1, max_size=4))
def test_after_any_row_of_builds_the_folder_holds_the_last(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, bytes]]
) -> None:
    root = tmp_path_factory.mktemp("site")
    for files in builds:
        write_site(files, root / "output", root)
    assert in_folder(root / "output") == builds[-1]
    assert write_site(builds[-1], root / "output", root).written == 0
