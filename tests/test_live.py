"""The parts of live authoring by themselves: what is shown, what is wrong, and who is woken when."""

import asyncio
import gc
import subprocess
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Thread

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from sample import ROOT
from tiny import FILES, SITE, built_in_layouts, tiny

from builder.outlets import report
from builder.outlets.live.answers import host_name, html_page, is_address, kind_of
from builder.outlets.live.building import BUILDS_WITHOUT_REST, Builder, changed
from builder.outlets.live.live import Live
from builder.outlets.live.shown import Shown
from builder.outlets.live.watching import Bell
from builder.outlets.live.wrong import Wrong, in_html
from builder.problems import Problem, Span

PICTURE: dict[str, str | bytes] = {
    "content/files/map.png": b"one",
    "content/pages/about.md": "---\ntitle: About\n---\n![map](../files/map.png)\n",
}


def shown(changed: dict[str, str | bytes] | None = None) -> Shown:
    return Shown(built=tiny(changed), layouts=built_in_layouts())


def differing(changed: dict[str, str | bytes], before: dict[str, str | bytes] | None = None) -> set[str]:
    """The pages of which a browser would be told that they are not what it shows, after these changes."""
    old, new = shown(before), shown({**(before or {}), **changed})
    pages = [path for path in old.files if path.endswith(".html")]
    return {path for path in pages if old.seen_at(path).page != new.seen_at(path).page}


def test_a_change_of_one_article_is_none_of_other_articles() -> None:
    told = differing({"content/articles/daily.txt": FILES["content/articles/daily.txt"] + "One line more.\n"})
    assert "articles/daily.html" in told
    assert "articles/weekly.html" not in told


def test_a_style_sheet_is_no_change_of_a_page_but_of_its_styles() -> None:
    change: dict[str, str | bytes] = {"layouts/assets/style.css": "h1 { color: red }"}
    assert differing(change) == set()
    assert shown().seen_at("index.html").styles != shown(change).seen_at("index.html").styles


def test_a_script_or_a_picture_makes_the_pages_anew_that_have_it() -> None:
    assert "index.html" in differing({"layouts/assets/search.js": "0"})
    told = differing({"content/files/map.png": b"two"}, PICTURE)
    assert told == {"about.html"}


def test_only_the_search_page_shows_that_the_search_is_new() -> None:
    old = shown()
    new = Shown(built=old.built, index={"pagefind/x.js": b"0"})
    assert old.seen_at("index.html") == new.seen_at("index.html")
    assert old.seen_at("search.html") != new.seen_at("search.html")
    assert new.file("pagefind/x.js") == Shown(built=old.built, index_before=new.index).file("pagefind/x.js") == b"0"


def test_the_script_of_the_server_stands_in_the_head_of_whatever_page() -> None:
    site = shown()
    for body, ends in ((b"<head></head>x", b"</head>x"), (b"no head", b"</script>\n")):
        page = html_page(site, 'a"><script>.html', body).body
        assert bytes(page).endswith(ends)
        assert b'data-page="a&quot;&gt;&lt;script&gt;.html"' in bytes(page)


# --- what is wrong -------------------------------------------------------------------------------------------------

LINES = st.text(st.sampled_from("ab<&>\"' ^“”"), max_size=12)
PROBLEMS = st.builds(
    Problem,
    st.builds(Span, LINES, st.integers(1, 9), st.integers(1, 9)),
    st.sampled_from(["quote-not-found", "unknown-key"]),
    LINES,
    st.lists(LINES, max_size=5).map("\n".join),
    st.sampled_from(["error", "warning"]),
)


@given(problem=PROBLEMS)
def test_the_sheet_says_what_the_terminal_says_to_the_letter(problem: Problem) -> None:
    html = in_html(Wrong((problem,)), "14:02:51")
    items = html.partition('<div class="problems">')[2]
    assert Markup(items).unescape() is not None
    text = click.unstyle(report.as_text([problem]))
    assert without_tags(items) == text


def without_tags(html: str) -> str:
    outside = (part.partition(">")[2] if number else part for number, part in enumerate(html.split("<")))
    return str(Markup("".join(outside)).unescape())


def test_what_differs_is_struck_out_and_filled_in() -> None:
    hint = "you wrote  we cannot wait\n              ^^^^^^\nline 3 has we will not\n              ^^^^^^^^"
    html = in_html(Wrong((Problem(Span("a.yaml"), "quote-not-found", "no", hint),)), "")
    assert "we <del>cannot</del> wait\n" in html
    assert "we <ins>will not</ins>" in html


def test_nothing_wrong_is_nothing_to_show() -> None:
    assert in_html(Wrong(), "14:02:51") == ""
    assert "&lt;b&gt;" in in_html(Wrong(trouble="<b>"), "")


# --- waiting -------------------------------------------------------------------------------------------------------


def awaited(answer: Callable[[], Coroutine[None, None, object]]) -> object:
    """What `answer` ends with; in a thread of its own, as the browser of other tests holds this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(answer())).result()


def test_who_waits_for_something_newer_is_woken_by_another_thread() -> None:
    async def waiting() -> bool:
        live = Live(Shown())
        live.begin()
        thread = Thread(target=live.show, kwargs={"at": "14:02:51"})
        asyncio.get_running_loop().call_soon(thread.start)  # when the next line waits
        return await live.newer_than(0, 60)

    assert awaited(waiting)


def test_who_waits_in_vain_hears_so_in_time_and_is_forgotten() -> None:
    async def waiting() -> tuple[bool, bool]:
        live = Live(Shown())
        live.begin()
        in_vain = await live.newer_than(0, 0.01)
        live.end()
        return in_vain, await live.newer_than(0, 60)

    assert awaited(waiting) == (False, True)


def test_a_bell_is_heard_also_when_it_rang_before_anybody_listened() -> None:
    bell = Bell()
    heard = bell.rings
    bell.ring()
    assert bell.wait(heard, 60)
    assert not bell.wait(bell.rings, 0.01)
    bell.end()
    assert not bell.wait(bell.rings)


# --- building ------------------------------------------------------------------------------------------------------


def site_in(folder: Path) -> Path:
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def test_a_mistake_that_is_gone_a_moment_later_is_never_shown(tmp_path: Path) -> None:
    """An editor takes the file away before it puts the new one there."""
    said: list[str] = []
    live, bell = Live(Shown(search=False)), Bell()
    builder = Builder(site_in(tmp_path), live, bell, say=said.append)
    article = tmp_path / "content" / "articles" / "daily.txt"
    text = article.read_text()
    article.unlink()
    heard = bell.rings
    bell.ring()
    builder.look(heard)
    assert (live.shown.number, said) == (0, [])
    article.write_text(text)
    builder.look(bell.rings)
    assert live.shown.built
    assert not live.shown.wrong


def test_a_mistake_of_ours_is_shown_and_does_not_end_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    live, bell = Live(Shown(search=False)), Bell()
    builder = Builder(site_in(tmp_path), live, bell, say=said.append)
    builder.look(bell.rings)
    monkeypatch.setattr("builder.outlets.live.building.build", lambda *_, **__: 1 / 0)
    (tmp_path / "site.yaml").write_text(SITE + "name: other\n")
    builder.look(bell.rings)
    assert "ZeroDivisionError" in live.shown.wrong.trouble
    assert live.shown.built
    assert any("ZeroDivisionError" in line for line in said)
    monkeypatch.undo()
    builder.look(bell.rings)
    assert "ZeroDivisionError" in live.shown.wrong.trouble, "the files are what they were"
    (tmp_path / "site.yaml").write_text(SITE)
    builder.look(bell.rings)
    assert not live.shown.wrong


def test_a_change_for_which_no_bell_rings_is_found_all_the_same(tmp_path: Path) -> None:
    """A busy system loses some, and there are disks that tell of none."""
    shown_titles: Queue[str] = Queue()
    live, bell = Live(Shown(search=False)), Bell()
    builder = Builder(site_in(tmp_path), live, bell, say=shown_titles.put)
    thread = Thread(target=builder.keep_building)
    thread.start()
    try:
        assert "built in" in shown_titles.get(timeout=60)
        (tmp_path / "site.yaml").write_text(SITE + "name: other\n")
        assert "site.yaml: built in" in shown_titles.get(timeout=60)
    finally:
        bell.end()
        thread.join()


def test_while_somebody_waits_for_a_page_nothing_is_looked_through_for_garbage(tmp_path: Path) -> None:
    """That takes longer than a build of a large site; it is done when it is quiet, or after many builds."""
    builder = Builder(site_in(tmp_path), Live(Shown(search=False)), bell := Bell(), say=lambda _: None)
    try:
        builder.look(bell.rings)
        assert not gc.isenabled()
        builder.look(bell.rings)
        assert not gc.isenabled()
        builder.rest()
        assert gc.isenabled()
        builder.look(bell.rings)
        assert gc.isenabled(), "nothing had changed"
        for number in range(BUILDS_WITHOUT_REST):
            (tmp_path / "site.yaml").write_text(f"{SITE}name: other-{number}\n")
            assert gc.isenabled() == (number == 0)
            builder.look(bell.rings)
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()


def test_changed_files_are_told_by_name_while_they_are_few() -> None:
    before = {"a": b"1", "b": b"1", "c": b"1"}
    assert changed({}, before) == ""
    assert changed(before, {"a": b"2", "b": b"1", "d": b"1"}) == "a, c, d"
    assert changed(before, {"x": b"1", "y": b"1"}) == "a, b, c, 2 more"


# --- small things --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "name"),
    [("a", "a"), ("A:80", "a"), ("[::1]", "[::1]"), ("[::1]:80", "[::1]"), ("a:b", "a:b"), ("", ""), (":80", "")],
)
def test_a_host_is_a_name_without_its_port(host: str, name: str) -> None:
    assert host_name(host) == name


def test_an_address_in_figures_is_no_name() -> None:
    assert [is_address(name) for name in ("192.0.2.1", "[2001:db8::1]", "evil.example", "", "1.2.3.4.evil")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_files_of_an_unknown_kind_are_bytes() -> None:
    assert kind_of("x.pf_index")["content-type"] == "application/octet-stream"
    assert kind_of("no-ending")["content-type"] == "application/octet-stream"


def test_no_other_command_loads_the_server() -> None:
    """It takes a third of a second, which `--help` and `check` have no use for."""
    code = (
        "import sys; from click.testing import CliRunner; from builder.cli import sourcebook\n"
        "assert CliRunner().invoke(sourcebook, ['check']).exit_code == 0\n"
        "assert CliRunner().invoke(sourcebook, ['serve', '--help']).exit_code == 0\n"
        "print({'uvicorn', 'starlette', 'watchfiles', 'asyncio'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "set()\n", done.stderr
