"""What Pagefind is given, when it runs, what is kept of it, and what is said when it fails."""

import gzip
import json
import tempfile
import time
import zlib
from base64 import b64decode
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cbor2
import pytest
from pagefind_bin import get_executable
from search_site import PAGES, article, page

from builder.outlets import offline, search
from builder.outlets.pagefind_bytes import ENTRY, MAGIC, UnknownPagefind, canonical

DAYS = {
    f"articles/day-{n}.html": article(f"Day {n}", f"Paper {n % 7}", f"20{10 + n % 9}-0{1 + n % 8}-11", f"Word{n} of it")
    for n in range(40)
}
DAYS = {path: body.replace(b'sort="', b'sort="a[datetime], b[datetime], c[datetime], ') for path, body in DAYS.items()}
DAYS |= {f"{language}.html": page("T", "<p>1</p>", root="", language=language) for language in ("cs", "de", "fr", "uk")}
"""Enough sorts, values of each filter and languages that they do not come out in order by chance."""


@pytest.fixture(scope="module")
def stock() -> dict[str, bytes]:
    """What Pagefind writes for a small site."""
    return search.run_at_own_paths(read(PAGES), "auto")


@pytest.fixture(scope="module")
def numbered() -> tuple[dict[str, bytes], dict[str, str]]:
    """The same with numbers for names, and whose numbers they are."""
    return search.run_pagefind(read(PAGES), "auto")


def read(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages of a site as Pagefind is given them."""
    pages = {path: search.what_pagefind_reads(body) for path, body in site.items()}
    return {path: body for path, body in pages.items() if body}


def fragments(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The pages of an index by their addresses, out of the scripts that are published."""
    values = [body.partition(b" = ")[2] for path, body in files.items() if ".pf_fragment" in path]
    pages = [json.loads(body if body.startswith(b"{") else unpacked(b64decode(body.strip()[1:-1]))) for body in values]
    return {page["url"]: page for page in pages}


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body).removeprefix(MAGIC)


# --- what is found ---------------------------------------------------------------------------------------------------


def test_only_pages_with_marks_are_found_and_of_them_only_what_is_marked(tmp_path: Path) -> None:
    pages = fragments(search.index(PAGES, tmp_path).files)
    assert set(pages) == {f"/{path}" for path in PAGES if path != "index.html"}
    assert not any("Sundries" in page["content"] for page in pages.values())
    assert pages["/articles/ferry-stops.html"]["content"] == (
        "The last ferry. The ferry made its last crossing on Sunday.| Since the bridge opened, it had been empty.|"
    )


def test_a_page_may_mark_several_stretches() -> None:
    stretches = (
        b'<html lang="en"><h1>no</h1><!--search--><p>one</p><!--/search--> no <!--search--><p>two</p><!--/search-->'
    )
    assert search.what_pagefind_reads(stretches) == (
        b'<!DOCTYPE html><html lang="en"><body data-pagefind-body><p>one</p>\n<p>two</p></body></html>'
    )


def test_a_passage_that_is_marked_is_read_as_if_it_were_not() -> None:
    """Pagefind would put a space where an element with an id begins."""
    assert search.to_the_letter(b'<p>"<mark id="q-1">Losing</mark> it"</p>') == b'<p>"Losing it"|</p>'


@pytest.mark.parametrize("body", [b"", b"<html lang=en><p>a</p>", b"<html><!--search--> \n<!--/search-->", b"\xff\x00"])
def test_a_page_without_marks_gives_pagefind_nothing(body: bytes) -> None:
    assert search.what_pagefind_reads(body) == b""


def test_one_page_with_pagefinds_own_mark_does_not_make_the_others_vanish(tmp_path: Path) -> None:
    marked = {**PAGES, "events/x.html": page("X", "<h1>X</h1><div data-pagefind-body><p>Within</p></div>")}
    assert len(fragments(search.index(marked, tmp_path).files)) == len(PAGES)


def test_a_site_without_anything_to_find_has_no_index(tmp_path: Path) -> None:
    assert search.index({"index.html": PAGES["index.html"]}, tmp_path / "kept") == search.Indexed({}, 0, ran=False)


def test_the_address_of_a_folders_page_keeps_the_name_of_its_file(tmp_path: Path) -> None:
    """From disk, an address that ends in a folder shows a list of files."""
    assert set(fragments(search.index({"a/index.html": page("A", "<p>It</p>")}, tmp_path).files)) == {"/a/index.html"}


def test_only_what_the_engine_loads_is_published(tmp_path: Path) -> None:
    """None of Pagefind's own interfaces, no second copy of the data, no worker that is not used."""
    files = search.index(PAGES, tmp_path).files
    kinds = sorted({path.rpartition("/")[0] for path in files})
    assert kinds == ["search", "search/filter", "search/fragment", "search/index"]
    code = sorted(path.split(".")[0] for path in files if path.count("/") == 1)
    assert code == ["search/entry", "search/pagefind", "search/pagefind"]
    assert all(
        path.endswith(".js") and body.startswith(b"document.currentScript.data = ") for path, body in files.items()
    )


def test_a_large_site_also_has_the_worker(stock: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "WORKER_FROM", len(PAGES) - 1)
    (worker,) = (body for path, body in offline.scripts(stock).items() if path.startswith("search/worker."))
    assert json.loads(worker.removeprefix(b"document.currentScript.data = ")) == stock["pagefind-worker.js"].decode()


def test_every_file_but_the_first_is_named_by_its_content(tmp_path: Path) -> None:
    """So that a host's and a browser's copies of an earlier edition are never taken for this one's."""
    before = search.index(PAGES, tmp_path).files
    for old, new in ((b"crowd", b"throng"), (b"Harbour News", b"Harbour Post"), (b'lang="en"', b'lang="de"')):
        after = search.index({path: body.replace(old, new) for path, body in PAGES.items()}, tmp_path).files
        assert [path for path in before if after.get(path, before[path]) != before[path]] == ["search/entry.js"]


# --- when it runs ----------------------------------------------------------------------------------------------------


def test_pagefind_runs_again_only_when_what_it_reads_changed(tmp_path: Path) -> None:
    first = search.index(PAGES, tmp_path)
    assert first.ran
    new_navigation = {path: body.replace(b"Sundries", b"Various things") for path, body in PAGES.items()}
    assert new_navigation != PAGES
    backwards = dict(reversed(new_navigation.items()))
    again = search.index({**backwards, "assets/style.css": b"<!--search-->p{}", "feed.xml": b"<a/>"}, tmp_path)
    assert (again.ran, again.files, again.pages) == (False, first.files, 4)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Nobody", b"Hardly anybody"),
        (b"2025-02-22", b"2025-02-21"),
        (b'lang="en"', b'lang="de"'),
        (b'id="p5"', b'id="p6"'),
    ],
    ids=["a word", "a fact", "the language", "an id"],
)
def test_any_change_of_what_pagefind_reads_makes_it_run(tmp_path: Path, old: bytes, new: bytes) -> None:
    first = search.index(PAGES, tmp_path)
    changed = {path: body.replace(old, new) for path, body in PAGES.items()}
    second = search.index(changed, tmp_path)
    assert second.ran
    assert second.files != first.files
    assert second.files == search.index(changed, tmp_path / "clean").files


def test_a_page_under_another_path_or_another_language_for_all_makes_it_run(tmp_path: Path) -> None:
    search.index(PAGES, tmp_path)
    moved = {path.replace("ferry-stops", "ferry-ended"): body for path, body in PAGES.items()}
    assert "/articles/ferry-ended.html" in fragments(search.index(moved, tmp_path).files)
    german = search.index(moved, tmp_path, languages="de")
    assert german.ran
    assert any(path.startswith("search/fragment/de_") for path in german.files)


def test_another_version_of_pagefind_or_of_this_code_makes_it_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.index(PAGES, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(search, "version_of", lambda package: f"{package} of tomorrow")
        assert search.index(PAGES, tmp_path).ran
    with monkeypatch.context() as patch:
        patch.setattr(search, "OWN_CODE", ("search.py",))
        assert search.index(PAGES, tmp_path).ran


@pytest.mark.parametrize("damage", ["cut", "one bit", "empty", "gone"])
def test_an_unreadable_result_is_none(tmp_path: Path, damage: str) -> None:
    first = search.index(PAGES, tmp_path)
    kept = tmp_path / search.KEPT
    body = kept.read_bytes()
    kept.unlink()
    match damage:
        case "cut":
            kept.write_bytes(body[: len(body) // 2])
        case "one bit":
            kept.write_bytes(body[:-100] + bytes([body[-100] ^ 1]) + body[-99:])
        case "empty":
            kept.write_bytes(b"")
    again = search.index(PAGES, tmp_path)
    assert again == first
    assert again.ran


def test_a_result_that_another_user_left_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site comes from anywhere, with scripts in its `.sourcebook/` that Pagefind never wrote."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "somebody"))
    first = search.index(PAGES, tmp_path / "kept")
    assert not search.index(PAGES, tmp_path / "kept").ran
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "somebody else"))
    assert search.index(PAGES, tmp_path / "kept") == first
    assert not search.index(PAGES, tmp_path / "kept").ran


def test_it_takes_no_time_to_see_that_nothing_changed() -> None:
    """5,000 pages of 30 KB; the best of three runs, as the machine may be busy with something else."""
    site = [page("A", f"<h1>Page {n}</h1>" + "<p>Twenty thousand characters.</p>" * 600) for n in range(5_000)]
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for body in site:
            search.what_pagefind_reads(body)
        best = min(best, time.process_time() - start)
    assert best <= 1.0


def test_marks_that_never_end_take_no_more_time() -> None:
    start = time.process_time()
    assert search.what_pagefind_reads(b"<html>" + b"<!--search-->x" * 300_000).count(b"x") == 300_000
    assert time.process_time() - start < 2


# --- the same bytes --------------------------------------------------------------------------------------------------


def test_pagefind_itself_is_not_the_same_twice_and_the_index_is(tmp_path: Path) -> None:
    """The first half is the control: where it no longer holds, the second says nothing."""
    assert len({frozenset(search.run_at_own_paths(read(DAYS), "auto").items()) for _ in range(4)}) > 1
    runs = [search.index(DAYS, tmp_path / str(n)) for n in range(4)]
    backwards = search.index(dict(reversed(DAYS.items())), tmp_path / "backwards")
    assert all(each.files == backwards.files and list(each.files) == list(backwards.files) for each in runs)
    assert {each.warning for each in runs} == {""}


def test_it_does_not_matter_how_a_file_system_lists_its_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: in memory, a folder lists what was made last first, or last, and Pagefind numbers pages by that."""
    one, other = (
        search.run_at_own_paths(pages, "auto") for pages in (read(PAGES), dict(reversed(list(read(PAGES).items()))))
    )
    assert _pages(one) != _pages(other)
    in_memory = search.index(DAYS, tmp_path / "in memory")
    monkeypatch.setattr(search, "MEMORY", str(tmp_path / "nowhere"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    on_disk = search.index(DAYS, tmp_path / "on disk")
    assert on_disk.ran
    assert in_memory.files == on_disk.files


def test_a_machine_with_little_room_in_memory_does_it_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = search.index(DAYS, tmp_path / "a").files
    monkeypatch.setattr(search, "disk_usage", lambda _: SimpleNamespace(free=10**6))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    with pytest.raises(FileNotFoundError, match="full"):
        search.index(DAYS, tmp_path / "b")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert search.index(DAYS, tmp_path / "b").files == expected


def _pages(files: Mapping[str, bytes]) -> list[Any]:
    (meta,) = (body for path, body in files.items() if path.endswith(".pf_meta"))
    pages: list[Any] = cbor2.loads(unpacked(meta))[1]
    return pages


def test_putting_it_in_order_keeps_all_that_pages_and_filters_say(
    numbered: tuple[dict[str, bytes], dict[str, str]],
) -> None:
    files, addresses = numbered
    ordered = canonical(files, addresses)
    assert {path for path in ordered if path.startswith("index/")} == {path for path in files if "index/" in path}
    before = [json.loads(unpacked(body)) for path, body in files.items() if path.startswith("fragment/")]
    after = {one["url"]: one for one in map(json.loads, _open(ordered))}
    for one in before:
        anchors = [anchor | {"text": ""} for anchor in one["anchors"]]
        assert after[addresses[one["url"]]] == one | {"url": addresses[one["url"]], "anchors": anchors}
    sorted_by_hand = {
        name: sorted([value, sorted(on)] for value, on in values) for name, values in _filters(files).items()
    }
    assert _filters(ordered) == sorted_by_hand
    assert [value for value, _ in sorted_by_hand["publisher"]] == ["Harbour News", "The Daily Example"]


def test_pages_are_numbered_by_their_paths(numbered: tuple[dict[str, bytes], dict[str, str]]) -> None:
    """So two pages that suit a query alike come in the same order on every machine."""
    ordered = canonical(*numbered)
    in_order = [json.loads(ordered[f"fragment/{name}.pf_fragment"].removeprefix(MAGIC)) for name, _ in _pages(ordered)]
    assert [one["url"] for one in in_order] == [f"/{path}" for path in sorted(read(PAGES))]


def _open(files: Mapping[str, bytes]) -> list[bytes]:
    return [body.removeprefix(MAGIC) for path, body in files.items() if path.startswith("fragment/")]


def _filters(files: Mapping[str, bytes]) -> dict[str, Any]:
    return dict(cbor2.loads(unpacked(body)) for path, body in files.items() if path.startswith("filter/"))


def test_headings_keep_their_text_for_what_pagefind_makes_of_them(tmp_path: Path) -> None:
    site = {"a.html": page("A", '<h1>A</h1><h2 id="s">Second</h2><p id="p1">It rains.</p>', root="")}
    anchors = fragments(search.index(site, tmp_path).files)["/a.html"]["anchors"]
    assert [(each["id"], each["text"], each["location"]) for each in anchors] == [("s", "Second", 1), ("p1", "", 2)]


def test_a_text_about_scripts_does_not_end_one(tmp_path: Path) -> None:
    site = {"a.html": page("A", "<p>Write &lt;/script&gt; or &lt;!-- \u2028 there.</p>", root="")}
    (script,) = (body for path, body in search.index(site, tmp_path).files.items() if ".pf_fragment" in path)
    assert b"\\u003c/script> or \\u003c!-- " in script
    assert b"<" not in script


def test_an_index_that_cannot_be_put_in_order_is_published_with_a_word_about_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cbor2, "dumps", lambda value: repr(value).encode())
    monkeypatch.setattr(search, "_keep", lambda *_: None)
    indexed = search.index(PAGES, tmp_path)
    assert set(fragments(indexed.files)) == {f"/{path}" for path in read(PAGES)}
    assert indexed.warning.startswith("the search index is not the same on every build: pagefind.en_")
    assert indexed.warning.endswith(".pf_meta is CBOR in another form than ours")


def packed(raw: bytes) -> bytes:
    return gzip.compress(MAGIC + raw)


@pytest.mark.parametrize(
    ("path", "body", "fact"),
    [
        (ENTRY, b"{", "pagefind-entry.json is not as expected: JSONDecodeError("),
        (ENTRY, b'{"version": "1.5.2"}', "pagefind-entry.json is not as expected: KeyError('languages')"),
        (ENTRY, b'{"version": "1.5.2", "languages": {}}', "pagefind-entry.json names no language"),
        (".pf_meta", b"not gzip", ".pf_meta cannot be read: BadGzipFile("),
        (".pf_meta", packed(b"\x83\x01"), ".pf_meta cannot be read: CBORDecodeEOF("),
        (".pf_meta", packed(cbor2.dumps(["1.5.2", []])), ".pf_meta is not as expected: ValueError("),
        (".pf_meta", packed(b"\x18\x01"), ".pf_meta is CBOR in another form than ours"),
        (".pf_filter", packed(cbor2.dumps(["name", 7])), ".pf_meta is not as expected: TypeError("),
        (".pf_fragment", b"not gzip", ".pf_fragment cannot be read: BadGzipFile("),
        (".pf_fragment", packed(b"{"), ".pf_meta is not as expected: JSONDecodeError("),
        (".pf_fragment", packed(b'{"url": "/elsewhere.html"}'), ".pf_meta is not as expected: KeyError("),
    ],
)
def test_files_of_another_form_are_refused_by_name(
    numbered: tuple[dict[str, bytes], dict[str, str]], path: str, body: bytes, fact: str
) -> None:
    files, addresses = numbered
    name = next(name for name in sorted(files) if name.endswith(path))
    with pytest.raises(UnknownPagefind) as refusal:
        canonical(files | {name: body}, addresses)
    assert fact in str(refusal.value)


def test_pages_in_another_order_than_was_asked_for_are_refused(
    numbered: tuple[dict[str, bytes], dict[str, str]],
) -> None:
    files, addresses = numbered
    with pytest.raises(UnknownPagefind) as refusal:
        canonical(files, dict(reversed(addresses.items())))
    assert str(refusal.value) == "pages are not numbered in the order of their folder"


# --- when it cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new", "fact"),
    [
        ("pagefind.js", b"export{", b"exports {", "pagefind.js is not a module of the known form"),
        ("pagefind.js", b"import.meta.url", b"location.href", "pagefind.js is not a module of the known form"),
        ("pagefind.js", b"fetch(", b"retch(", "pagefind.js has no “fetch(”"),
        ("pagefind.js", b"new Worker(", b"Worker.of(", "pagefind.js has no “new Worker(”"),
        (
            "pagefind.js",
            b"var ",
            b"'</script>';var ",
            "pagefind.js has “</script”, which cannot stand in a classic script",
        ),
        (
            "pagefind.js",
            b"var ",
            b"import('x');var ",
            "pagefind.js has “import(”, which cannot stand in a classic script",
        ),
        (
            "pagefind-worker.js",
            b"(()=>",
            b"<!--(()=>",
            "pagefind-worker.js has “<!--”, which cannot stand in a classic script",
        ),
    ],
)
def test_code_of_another_form_is_refused_before_a_reader_meets_it(
    stock: dict[str, bytes], path: str, old: bytes, new: bytes, fact: str
) -> None:
    with pytest.raises(UnknownPagefind) as refusal:
        offline.scripts(stock | {path: stock[path].replace(old, new)})
    assert str(refusal.value) == fact


def test_a_pagefind_that_is_not_known_fails_the_build_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = search.run_pagefind
    monkeypatch.setattr(
        search, "run_pagefind", lambda *given: (real(*given)[0] | {"pagefind.js": b"var search"}, real(*given)[1])
    )
    with pytest.raises(search.SearchFailed) as failure:
        search.index(PAGES, tmp_path)
    assert str(failure.value) == (
        f"Pagefind {version('pagefind-bin')} is not one that Sourcebook knows: "
        "pagefind.js is not a module of the known form\n"
        "build with --no-search, or install the version that Sourcebook asks for"
    )


def instead_of_pagefind(script: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """A program of a few lines in its place; `$PAGEFIND` is the real one."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\nPAGEFIND='{get_executable()}'\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    patch.setattr(search, "get_executable", lambda: program)


@pytest.mark.parametrize(
    ("script", "fact"),
    [
        ("echo It rains. >&2; exit 3", "Pagefind failed with status 3; it printed:\nIt rains."),
        ("exit 1", "Pagefind failed with status 1, and printed nothing"),
        ("kill -SEGV $$", "Pagefind failed with signal 11, and printed nothing"),
        ("echo Nothing to do.", "Pagefind wrote nothing; it printed:\nNothing to do."),
        (
            "kill -KILL $$",
            "Pagefind was stopped, most likely for want of memory: 4 pages need about 0.0 GB, and printed nothing",
        ),
    ],
)
def test_a_failure_says_how_it_ended_and_what_was_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, fact: str
) -> None:
    instead_of_pagefind(script, tmp_path, monkeypatch)
    with pytest.raises(search.SearchFailed) as failure:
        search.index(PAGES, tmp_path / "kept")
    assert str(failure.value) == fact
    assert not (tmp_path / "kept").exists()


def test_running_out_of_memory_is_said_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real program with 60 MB."""
    instead_of_pagefind('ulimit -v 60000; exec "$PAGEFIND" "$@"', tmp_path, monkeypatch)
    long = {f"articles/{n}.html": article("Day", "Paper", "2025-01-01", f"Word{n} of it. " * 400) for n in range(400)}
    with pytest.raises(
        search.SearchFailed, match=r"(?s)^Pagefind was stopped, most likely for want of memory: 400 pages"
    ):
        search.index(long, tmp_path / "kept")


def test_a_program_that_is_not_there_is_said_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "get_executable", lambda: tmp_path / "pagefind")
    with pytest.raises(search.SearchFailed) as failure:
        search.index(PAGES, tmp_path)
    assert str(failure.value) == (
        f"Pagefind cannot be started: [Errno 2] No such file or directory: '{tmp_path / 'pagefind'}'\n"
        "install it again: pip install --force-reinstall pagefind-bin; or build with --no-search"
    )


def test_pagefinds_own_settings_on_this_machine_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = search.index(PAGES, tmp_path / "a").files
    (tmp_path / "pagefind.yml").write_text("glob: nothing/*.html\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing/*.html")
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "de")
    assert search.index(PAGES, tmp_path / "b").files == expected


def test_the_memory_it_will_need_is_said_before_it_runs_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """370 MB for a thousand articles of 850 words, as was measured."""
    thousand = {str(n): b"x" * 7_130 for n in range(1_000)}
    assert 350e6 <= search.memory_needed(thousand) <= 390e6
    said: list[str] = []
    search.index(PAGES, tmp_path / "small", announce=said.append)
    assert said == []
    monkeypatch.setattr(search, "GIGABYTE", 10_000_000)
    for _ in range(2):
        search.index(PAGES, tmp_path / "large", announce=said.append)
    assert said == ["indexing 4 pages for the search needs about 1.5 GB of memory"]


def test_compressed_data_bears_no_time(numbered: tuple[dict[str, bytes], dict[str, str]]) -> None:
    """RFC 1952: bytes 5 to 8 are the time of the compression."""
    for path, body in canonical(*numbered).items():
        if path.endswith((".pf_meta", ".pf_index", ".pf_filter")):
            assert body[4:8] == b"\0\0\0\0", path
            assert zlib.decompress(body, 31).startswith(MAGIC), path
