"""Imports that are stopped, by a full disk, a signal or a permission: what is done is whole, and is told."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sample import ROOT
from test_import import ARTICLES, REPORT, SITE, check, desk, made, put, run, site, tree

from builder.outlets import folder, importing

__all__ = ["desk", "site"]  # fixtures of another file

BRIDGE = "the-bridge-at-strand-is-shut"


def test_a_full_disk_is_told_with_what_is_done_and_how_to_go_on(
    site: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, written = folder.create_file, count()

    def full(path: Path, body: bytes) -> None:
        if next(written) == 2:  # the second text, after the first and its summary
            raise OSError(28, "No space left on device", str(path))
        create(path, body)

    monkeypatch.setattr(importing, "create_file", full)
    result = run(site, put(desk, "a.txt"), put(desk, "b.txt", "Another headline\n\n" + "The ferry sails. " * 9))
    assert result.stderr == "stopped: 1 text imported, 1 sealed; the same command again does the rest\n"
    assert len((site / "content/SHA256SUMS").read_text().splitlines()) == 1


def test_a_full_disk_names_the_file_that_could_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space left") as failure:
        folder.replace_file(tmp_path / "a.txt", b"x")
    assert failure.value.filename == str(tmp_path / "a.txt")
    assert not list(tmp_path.iterdir())


def test_a_seal_that_could_not_be_written_is_not_told_as_written(
    site: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(importing, "replace_file", full)
    result = run(site, put(desk, "x.txt"))
    assert result.stderr == "stopped: 1 text imported; the same command again does the rest\n"
    monkeypatch.undo()
    assert run(site, desk / "x.txt").output.endswith("0 texts imported, 1 there already, 1 sealed\n")


def test_a_folder_that_may_not_be_written_is_named_and_not_the_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**words: object) -> None:
        raise PermissionError(13, "Permission denied", f"{words['dir']}/.sourcebook-abc")

    monkeypatch.setattr(folder, "mkstemp", denied)
    with pytest.raises(PermissionError) as failure:
        folder.create_file(tmp_path / "a.txt", b"x")
    assert failure.value.filename == str(tmp_path / "a.txt")


def test_a_file_that_may_not_be_read_stops_no_other(site: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system says it, whoever runs these tests: to root, every file is readable."""
    access, read = os.access, Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(os, "access", lambda path, mode: "secret" not in str(path) and access(path, mode))
    monkeypatch.setattr(Path, "read_bytes", denied)
    result = run(site, put(desk, "secret.txt"), put(desk, "x.txt"))
    assert result.stderr == f"{desk / 'secret.txt'}: Permission denied\n"
    assert "1 text imported, 1 refused, 1 sealed\n" in result.stdout


def test_a_text_that_lies_in_the_site_already_gets_its_summary_where_it_is(site: Path) -> None:
    made(site, {f"{ARTICLES}sub/mine.txt": REPORT})
    assert "`sourcebook import content/articles/sub/mine.txt` drafts it" in check(site)
    run(site, site / ARTICLES / "sub/mine.txt")
    assert tree(site).keys() - SITE.keys() == {
        f"{ARTICLES}sub/mine.txt",
        f"{ARTICLES}sub/mine.yaml",
        "content/SHA256SUMS",
    }


def test_ctrl_c_leaves_whole_pairs_that_are_sealed_and_the_next_run_does_the_rest(site: Path, desk: Path) -> None:
    """The signal comes with the third text, as somebody presses the keys."""
    for number in range(6):
        put(desk, f"{number}.txt", f"Report number {number} of many\n\n" + f"It rained {number} days. " * 9)
    program = (
        "import os, signal\nfrom itertools import count\nfrom builder.outlets import importing\n"
        "create, seen = importing.create_file, count()\n"
        "def pressed(path, body):\n    create(path, body)\n"
        "    if next(seen) == 4: os.kill(os.getpid(), signal.SIGINT)\n"
        "importing.create_file = pressed\nfrom builder.cli import main\nmain()\n"
    )
    words = ["import", "--site", str(site), *map(str, sorted(desk.iterdir()))]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "stopped: 2 texts imported, 2 sealed; the same command again does the rest\n" in done.stderr
    assert done.returncode == 130
    assert run(site, *sorted(desk.iterdir())).output.splitlines()[-2] == "4 texts imported, 2 there already, 4 sealed"
    assert len(list((site / ARTICLES).glob("*.yaml"))) == 6


def test_half_a_file_that_a_killed_run_left_is_cleared_away(site: Path, desk: Path) -> None:
    left = made(site, {f"{ARTICLES}.sourcebook-abc": "ha", f"{ARTICLES}.keep": "mine"}) / ARTICLES / ".sourcebook-abc"
    run(site, "--dry-run", put(desk, "x.txt"))
    assert left.exists()
    run(site, desk / "x.txt")
    assert not left.exists()
    assert (site / ARTICLES / ".keep").read_text() == "mine"


def test_what_somebody_sealed_in_the_meantime_stays_sealed(
    site: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many pages take minutes, and the seal was read before them."""
    create, line = folder.create_file, f"{'0' * 64}  articles/theirs.txt\n"

    def meanwhile(path: Path, body: bytes) -> None:
        create(path, body)
        (site / "content/SHA256SUMS").write_text(line)

    monkeypatch.setattr(importing, "create_file", meanwhile)
    run(site, put(desk, "x.txt"))
    sealed = (site / "content/SHA256SUMS").read_text()
    assert sealed.startswith(line)
    assert f"articles/{BRIDGE}.txt" in sealed
