"""Saved pages: their main text and what they state, whoever wrote them; and what a library knows about a text."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from imports_read import IMPORTS, truth
from sample import ROOT
from test_import import ARTICLES, REPORT, check, desk, fill_in, put, run, site, summary, tree

from builder.briefing.bringing import Brought, Refused
from builder.outlets.html_pages import read_page
from builder.reading.csl import NoRecords, read_records

__all__ = ["desk", "site"]  # fixtures of another file

PARAGRAPH = (
    "<p>The harbour bridge was closed on Friday because two of its pillars had moved, the port said, and nobody could "
    "say when number {} would open to the trains again, nor who would pay for it.</p>"
)
BODY = "".join(PARAGRAPH.format(number) for number in range(1, 5))


def page(body: str = BODY, head: str = "", start: str = "<!doctype html><html>") -> bytes:
    return f"{start}<head>{head}</head><body><article>{body}</article></body></html>".encode()


def lines(brought: Brought) -> list[str]:
    return brought.body.decode().split("\n\n")


# --- pages -------------------------------------------------------------------------------------------------------


def test_the_main_text_of_a_page_is_found_with_the_roles_of_its_lines() -> None:
    path = IMPORTS / "saved-page.html"
    read = read_page(path.name, path.read_bytes())
    expected = truth(path)["lines"]
    told = {block.line: one.role for block, one in zip(read.blocks, read.told, strict=True)}
    found = [(told[2 * place + 1], line) for place, line in enumerate(lines(read))]
    assert len(found) == len(expected)
    for (role, line), (true_role, begins) in zip(found, expected, strict=True):
        assert (role, line[: len(begins)]) == (true_role, begins)


def test_a_page_states_what_stands_in_its_head_and_no_more(site: Path) -> None:
    """Its day is the one that is written, whatever the time zone; nothing is read out of an address."""
    run(site, IMPORTS / "saved-page.html")
    said = summary(site, "lighthouse-keeper-82-hands-over-the-keys")
    true = truth(IMPORTS / "saved-page.html")
    assert {key: said[key] for key in true if key != "lines"} == {key: true[key] for key in true if key != "lines"}
    assert check(site).splitlines()[-1] == "1 warning"  # nothing cites it yet

    bare = read_page("x.html", page(head='<link rel="canonical" href="javascript:x"><title>T | The Post</title>'))
    assert (bare.facts.publisher, bare.facts.published, bare.facts.url, bare.facts.title) == (None, None, None, None)


@pytest.mark.parametrize(
    ("start", "body"),
    [
        ('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html>', "<h1>T</h1><p>&x;</p>" + BODY),
        (
            '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><html>',
            BODY + "<p>&b;</p>",
        ),
        ("<html>", "<h1>Shut<script>alert(1)</script></h1>" + BODY + '<img src="https://evil.example/x.png">'),
        (
            "<html>",
            '<base href="https://evil.example/">' + BODY + '<link rel="stylesheet" href="https://evil.example/x.css">',
        ),
        ("<html>", '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + BODY),
        (
            "<html>",
            '<script type="application/ld+json">{"@type": "Article", "author": [1], "headline": {}}</script>' + BODY,
        ),
        ("<html>", BODY + "<p>A\x08B&#0;C\u2028D and some more words to make a paragraph of it, which is long.</p>"),
        ("<html lang='\"x'>", BODY),
    ],
)
def test_a_hostile_page_runs_nothing_asks_nobody_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, start: str, body: str
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("a page asked for the network")

    monkeypatch.setattr("socket.getaddrinfo", asked)
    monkeypatch.setattr("socket.socket.connect", asked)
    read = read_page("x.html", page(body, start=start))
    text = read.body.decode()
    assert "The harbour bridge was closed" in text
    assert "alert" not in text
    hostname = Path("/etc/hostname")
    assert not hostname.exists() or hostname.read_text().strip() not in text
    assert all(character == "\n" or character.isprintable() or ord(character) > 127 for character in text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html></html>", "no main text is found in this page; copy what your browser shows of it into a .txt"),
        (b"<" * 5000, "no main text is found in this page; copy what your browser shows of it into a .txt"),
        (b"", "it is empty"),
        (page("<p>caf\u00e9</p>").replace("é".encode(), b"\xe9"), "this file is not UTF-8: byte 0xE9 at offset"),
        (page("<p>x</p>", '<meta charset="rot13">') + b"\xe9", "this file is not UTF-8: byte 0xE9 at offset"),
        (b"<html><body>" + b"<div>" * 50_000 + BODY.encode(), "no main text is found in this page"),
    ],
)
def test_a_page_without_a_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_page("x.html", data)
    assert str(refusal.value).startswith(said)


def test_a_page_is_read_in_the_encoding_that_it_names() -> None:
    data = page(BODY.replace("port", "Café"), '<meta charset="windows-1252">').decode().encode("windows-1252")
    assert "the Café said" in read_page("x.html", data).body.decode()


def test_a_headline_with_words_that_the_text_does_not_have_is_no_misquotation(site: Path, desk: Path) -> None:
    """It is put to the author as a remark: a quotation in a title must stand in the article."""
    head = '<meta property="og:title" content="Bridge is “a ruin”"><meta property="og:site_name" content="P">'
    run(site, put(desk, "x.html", page(head=head)))
    assert "# title: the page: <meta og:title> has Bridge is “a ruin”; the words that it quotes" in (
        site / ARTICLES / "x.yaml"
    ).read_text(encoding="utf-8")
    fill_in(site, title="A bridge", published="unknown", url="unknown")
    assert "error" not in check(site)


def test_without_the_extractor_a_page_is_refused_with_the_command_that_installs_it(site: Path, desk: Path) -> None:
    """And texts beside it are brought in."""
    without = "import sys; sys.modules['trafilatura'] = None; from builder.cli import main; main()"
    words = ["import", "--site", str(site), str(put(desk, "a.html", page())), str(put(desk, "b.txt"))]
    done = subprocess.run(
        [sys.executable, "-c", without, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert done.stderr == f"{desk}/a.html: saved pages need the extra “html”: pip install 'sourcebook[html]'\n"
    assert "1 text imported, 1 refused, 1 sealed\n" in done.stdout


def test_the_extractor_is_not_loaded_for_a_text(site: Path, desk: Path) -> None:
    """Its import takes as long as a small build."""
    program = (
        "import sys\nfrom builder.cli import sourcebook\n"
        f"sourcebook(['import', '--site', {str(site)!r}, {str(put(desk, 'a.txt'))!r}], standalone_mode=False)\n"
    )
    program = program.replace("sourcebook([", "try:\n    sourcebook([").rstrip() + "\nexcept SystemExit:\n    pass\n"
    program += "print([name for name in sys.modules if name.split('.')[0] in ('trafilatura', 'lxml')])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# --- records of a library ------------------------------------------------------------------------------------------

RECORD = {
    "id": "moe2025",
    "type": "article-newspaper",
    "title": "The bridge at Strand is shut",
    "author": [{"family": "Moe", "given": "Ida"}, {"literal": "The Post's desk"}],
    "container-title": "The Post",
    "issued": {"date-parts": [[2025, 3, 4]]},
    "accessed": {"date-parts": [["2025", "03", "09"]]},
    "URL": "https://post.example/bridge",
    "language": "en-GB",
}


def test_a_record_says_what_the_text_does_not_and_as_the_records_word(site: Path, desk: Path) -> None:
    """By its title; what the text states itself stays, and the author is told of the difference."""
    records = put(desk, "refs.json", json.dumps([RECORD]))
    run(site, records, put(desk, "x.txt"))
    said = summary(site, "the-bridge-at-strand-is-shut")
    basis = "Said by the record in refs.json, not by the text."
    assert said["publisher"] == {"value": "The Post", "basis": basis}
    assert (said["published"], said["authors"]) == ("2025-03-03", ["Ida Moe"])
    assert (said["url"], said["retrieved"], said["language"]) == ("https://post.example/bridge", "2025-03-09", "en-GB")
    text = (site / ARTICLES / "the-bridge-at-strand-is-shut.yaml").read_text(encoding="utf-8")
    assert "# published: otherwise 2025-03-04: the record in refs.json\n" in text
    assert "error" not in check(site)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("moe2025.txt", {"id": "moe2025", "container-title": "The Post"}),
        ("MOE 2025.txt", {"id": "7", "citation-key": "moe2025", "container-title": "The Post"}),
        ("x.txt", {"title": "The Bridge at Strand is Shut", "container-title": "The Post"}),
    ],
)
def test_a_record_is_of_the_text_whose_file_or_title_it_names(
    site: Path, desk: Path, name: str, record: dict[str, str]
) -> None:
    run(site, put(desk, name), put(desk, "refs.json", json.dumps(record)))
    publisher = summary(site, "the-bridge-at-strand-is-shut")["publisher"]
    assert isinstance(publisher, dict)
    assert publisher["value"] == "The Post"


def test_a_record_that_is_of_no_text_or_of_two_is_said_and_left_out(site: Path, desk: Path) -> None:
    """Where nobody can tell, nothing is taken."""
    put(desk, "a.txt"), put(desk, "b.txt", REPORT + "It rained.\n")
    records = [RECORD, {"id": "z", "title": "Another"}]
    result = run(site, *sorted(desk.iterdir()), put(desk, "refs.json", json.dumps({"items": records})))
    for title in ("The bridge at Strand is shut", "Another"):
        assert f"refs.json: “{title}” has no text among these files that is its alone; left out\n" in result.output
    assert "url:    # TO FILL IN" in (site / ARTICLES / "the-bridge-at-strand-is-shut.yaml").read_text(encoding="utf-8")


def test_of_two_records_that_fit_one_text_none_is_taken(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "a.txt"), put(desk, "refs.json", json.dumps([RECORD, {**RECORD, "id": "again"}])))
    assert result.output.count("has no text among these files that is its alone; left out\n") == 2
    assert "publisher:    # TO FILL IN" in (site / ARTICLES / "the-bridge-at-strand-is-shut.yaml").read_text(
        encoding="utf-8"
    )


def test_records_alone_bring_nothing_in(site: Path, desk: Path) -> None:
    before = tree(site)
    result = run(site, put(desk, "refs.json", json.dumps([RECORD])))
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "0 texts imported")
    assert tree(site) == before


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ({"date-parts": [[2025]]}, "2025"),
        ({"date-parts": [[2025, 2], [2025, 3]]}, "2025-02/2025-03"),
        ({"date-parts": [["2025", 2, "1"]]}, "2025-02-01"),
        ({"raw": "2025-02-22"}, "2025-02-22"),
        ({"literal": "last week"}, "last week"),
        ({"raw": "March 4, 2025"}, "March 4, 2025"),
        ({"date-parts": [[2025, 13, 1]]}, ""),
        ({"date-parts": [[True, None]]}, ""),
        ({"date-parts": "2025"}, ""),
        ("2025-03-04~", "2025-03-04~"),
        ({"date-parts": [[2025]], "circa": True}, "2025~"),
        ({"date-parts": [["2025"]], "season": "2"}, "2025-22"),
        ({"date-parts": [[2025, 3, 4]], "season": 1, "circa": "false"}, "2025-03-04"),
        ({"date-parts": [[2025, 2, 30]]}, ""),
        (2025.5, ""),
    ],
)
def test_a_day_of_a_record_is_read_as_it_is_written(given: object, published: str) -> None:
    (record,) = read_records(json.dumps([{"id": 1, "issued": given}]))
    assert record.published == published


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "null", '"x"', "[" * 100_000, '[{"type": "book"}]', '{"items": {}}', "1" * 5000, "[NaN]"]
)
def test_what_is_no_list_of_records_is_refused(text: str) -> None:
    with pytest.raises(NoRecords):
        read_records(text)


def test_values_of_other_kinds_say_nothing() -> None:
    (record,) = read_records(
        '[{"id": {"a": 1}, "title": ["x"], "URL": "javascript:x", "language": "a b", "author": [3, {"family": ""}],'
        ' "citation-key": 12, "publisher": "<i>The</i>\\n  Post", "container-title": null}]'
    )
    assert (record.names, record.title, record.url, record.language, record.authors) == (("12",), "", "", "", ())
    assert record.publisher == "The Post"
