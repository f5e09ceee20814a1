"""A look at a site's files from what they were: quick where little has changed, and never wrong."""

import os
from collections.abc import Iterator
from errno import EACCES
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns
from typing import NoReturn

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_live import site_in

from builder.outlets.folder import read_site
from builder.outlets.live import looking
from builder.outlets.live.building import Builder
from builder.outlets.live.live import Live
from builder.outlets.live.looking import Looked
from builder.outlets.live.shown import Shown
from builder.outlets.live.watching import Bell

LONG_AGO = 1_000_000_000_000_000_000
DAILY = "content/articles/daily.txt"


def settled(site: Path) -> Path:
    """The site as if it had stood there for long: a file that was just written is read at every look."""
    for file in site.rglob("*"):
        if file.is_file() and not file.is_symlink():
            os.utime(file, ns=(LONG_AGO, LONG_AGO))
    return site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return settled(site_in(tmp_path))


def as_read(looked: Looked) -> None:
    """It is what a look without any memory finds."""
    files, problems = read_site(looked.root)
    assert dict(looked.files) == dict(files)
    assert list(looked.problems) == problems
    places = [place for place in files if place.startswith(("layouts/", "builtin/"))]
    assert looked.layouts == {place.removeprefix("layouts/"): files[place] for place in places}


def test_a_site_that_has_not_changed_is_the_same_value(site: Path) -> None:
    first = Looked(root=site).again()
    assert first.again() is first
    as_read(first)


def test_of_a_saved_file_nothing_else_is_made_anew(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Looked(root=site).again()
    monkeypatch.setattr(looking, "files_of", lambda *_: pytest.fail("the whole site is read"))
    (site / DAILY).write_text("The old bridge is open.\n")
    second = first.again()
    assert second.files[DAILY] == b"The old bridge is open.\n"
    others = {place for place, file in second.files.files.items() if file is first.files.files[place]}
    assert second.files.files.keys() - others == {DAILY}
    assert second.layouts is first.layouts
    os.utime(site / DAILY)
    assert second.again().files is second.files
    monkeypatch.undo()
    as_read(second)


def test_a_file_that_was_just_written_is_read_until_its_time_tells_changes_apart(site: Path) -> None:
    """Two saves of one length within one tick of a coarse clock leave the same state behind."""
    just_now = time_ns()
    (site / DAILY).write_text("one")
    os.utime(site / DAILY, ns=(just_now, just_now))
    first = Looked(root=site).again()
    assert first.again().files is first.files
    assert [place for _, place, _ in first.differing() or ()] == [DAILY]
    os.utime(site / DAILY, ns=(LONG_AGO, LONG_AGO))
    second = first.again()
    assert second.files is first.files
    assert second.differing() == []


def test_a_template_is_held_as_it_was_when_it_was_looked_at(site: Path) -> None:
    (site / "layouts").mkdir()
    (site / "layouts" / "page.html").write_text("one")
    first = Looked(root=settled(site)).again()
    (site / "layouts" / "page.html").write_text("two")
    second = first.again()
    assert (first.layouts["page.html"], second.layouts["page.html"]) == (b"one", b"two")
    assert first.files["layouts/page.html"] == b"one"
    assert second.layouts["builtin/page.html"] == first.layouts["builtin/page.html"]


NAMES = ["content/articles/a.txt", "content/b.yaml", "content/new/c.md", "layouts/page.html", "site.yaml", DAILY]
FOLDERS = ["content/new", "layouts", "content/articles", "content"]
EDITS = st.one_of(
    st.tuples(st.sampled_from(["write", "replace", "remove", "link", "folder"]), st.sampled_from(NAMES)),
    st.tuples(st.sampled_from(["away", "empty"]), st.sampled_from(FOLDERS)),
    st.tuples(st.sampled_from(["write"]), st.sampled_from(["content/.hidden", "content/n\nl.txt", "output/x.txt"])),
)


@example(bursts=[([("link", "content/articles/a.txt")], False), ([("remove", "content/articles/a.txt")], False)])
@settings(max_examples=200)
@given(bursts=st.lists(st.tuples(st.lists(EDITS, min_size=1, max_size=3), st.booleans()), max_size=4))
def test_whatever_was_done_to_a_site_it_is_seen_as_by_somebody_who_never_saw_it(
    bursts: list[tuple[list[tuple[str, str]], bool]],
) -> None:
    with TemporaryDirectory() as folder:
        site = settled(site_in(Path(folder)))
        bodies = (f"text {number}" for number in range(100))
        looked = Looked(root=site).again()
        for edits, settles in bursts:
            for edit, name in edits:
                done(edit, site / name, bodies)
            if settles:
                settled(site)
            looked = looked.again()
            as_read(looked)


def done(edit: str, path: Path, bodies: Iterator[str]) -> None:
    """Does it where it can be done."""
    try:
        if edit == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(next(bodies))
        elif edit == "replace":
            beside = path.with_name(".beside")
            beside.write_text(next(bodies))
            beside.replace(path)
        elif edit == "remove":
            path.unlink()
        elif edit == "link":
            path.unlink(missing_ok=True)
            path.symlink_to("briefing.yaml" if path.parent.name == "content" else "/etc/hostname")
        elif edit in ("folder", "empty"):
            path.mkdir(parents=True, exist_ok=True)
        elif edit == "away":
            path.rename(path.parent / f".{path.name}-away")
    except OSError:
        pass


def test_a_file_that_cannot_be_read_is_told_of_once_however_often_it_is_looked_at(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, said = Live(Shown(search=False)), list[str]()
    builder = Builder(site, live, Bell(), say=said.append)
    builder.look(0)

    def denied(path: str, *_: object) -> NoReturn:
        raise PermissionError(EACCES, "Permission denied", path)

    (site / DAILY).write_text("another")
    with monkeypatch.context() as locked:
        locked.setattr(looking, "file_at", denied)
        for _ in range(3):
            builder.look(0)
    assert [line for line in said if "denied" in line] == [f"{site / DAILY}: Permission denied"]
    assert not any("builtin/" in line for line in said)
    assert live.shown.wrong.trouble
    builder.look(0)
    assert not live.shown.wrong.trouble
