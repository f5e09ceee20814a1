"""Files given by mistake, or by somebody who means harm: a clear word each, and no harm done."""

import json
import time
from pathlib import Path

import pytest
from sample import ROOT
from test_import import ARTICLES, ENTITIES, REPORT, check, desk, fill_in, made, put, run, site, summary, tree
from test_json_schemas import mistakes

from builder.briefing.bringing import Refused, read_marked, read_plain
from builder.briefing.slugs import slug_of
from builder.reading.no_text import kind_of

__all__ = ["desk", "site"]  # fixtures of another file

BRIDGE = "the-bridge-at-strand-is-shut"


# --- files that are no text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a\x01", "a picture; type its words, or read them with OCR"),
        (b"ID3\x04\x00", "a recording; type what is said in it"),
        (b"\xfd7zXZ\x00\x00", "compressed; unpack it first"),
        (b"bplist00\xd1", "an archive of Safari’s; save the page as “Page Source”"),
        (b"BZh at the harbour: a new sign", ""),
        (b"RIFF over a bridge", ""),
        ("Ő".encode(), ""),
    ],
)
def test_a_file_of_a_known_kind_is_named_by_its_first_bytes(data: bytes, said: str) -> None:
    assert kind_of(data) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mail.eml", "this is a mail; save it as plain text: its lines From, Date and Subject may stand above it"),
        ("refs.bib", "this is a list of references; export it as CSL-JSON"),
        ("talk.srt", "this is subtitles; take their numbers and times out, and name it .txt"),
    ],
)
def test_a_suffix_that_says_what_a_file_is_gets_its_way_out(site: Path, desk: Path, name: str, said: str) -> None:
    assert run(site, put(desk, name)).stderr == f"{desk / name}: {said}\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "Wide text".encode("utf-16-le"),
            "this is no text: byte 0x00 at offset 1; it looks like UTF-16; save it as UTF-8",
        ),
        (b"a\0b", "this is no text: byte 0x00 at offset 1"),
        (
            b"abc\0\xff",
            "line 1, column 5: this file is not UTF-8: byte 0xFF at offset 4; this is no text: it has bytes of zero",
        ),
        (
            "Привет, мир".encode("koi8-r"),
            "line 1, column 1: this file is not UTF-8: byte 0xF0 at offset 0; save it as UTF-8; as it is it may be in "
            "an older encoding of its script, such as WINDOWS-1251 (Cyrillic), GB18030 or SHIFT_JIS: "
            "iconv -f WINDOWS-1251 -t UTF-8",
        ),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html>',
            "this is an HTML page; name it .html, and its main text is taken out",
        ),
    ],
)
def test_what_cannot_be_read_says_what_it_may_be(data: bytes, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_plain("x.txt", data)
    assert str(refusal.value) == said


def test_comments_without_end_do_not_keep_anybody_waiting() -> None:
    begun = time.monotonic()
    read_plain("x.txt", b"<!-- a -->" * 200 + b"and a text of some words.")
    assert time.monotonic() - begun < 5


# --- names and titles that mean harm -----------------------------------------------------------------------------


def test_a_files_name_cannot_write_to_the_terminal(site: Path, desk: Path) -> None:
    names = ["a\n\x1b[31m.txt", "b\n\x1b]0;x\x07.txt"]
    result = run(site, put(desk, names[0]), put(desk, names[1], b""))
    assert f"{BRIDGE}.txt: from a��[31m.txt; " in result.output
    assert "b��]0;x�.txt: it is empty\n" in result.stderr
    assert "\x1b" not in result.output


def test_a_records_name_cannot_write_to_the_terminal_either(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "refs.json", json.dumps([{"id": "x", "title": "a\0b\x1b[31m\ud800"}])))
    assert "refs.json: “a b [31m” has no text" in result.output


@pytest.mark.parametrize(
    "title",
    [
        "He said: it's #1, 'really': {yes} [no] & *all* | >folded",
        "- dash",
        "# hash",
        "&anchor *alias !tag",
        "%YAML 1.1 it is",
        "null",
        "~ yes",
        "1e3 no",
        "C:\\new\\x41",
        "@at `tick`",
        "2025-02-22 and after",
        "A title 😀 and \U0010fffe",
        "TO FILL IN",
        "{{ page.title }}",
        "\ufdd0 no character",
    ],
)
def test_any_headline_comes_back_out_of_its_summary(site: Path, desk: Path, title: str) -> None:
    run(site, "--slug", "x", put(desk, "x.txt", REPORT.replace("The bridge at Strand is shut", title)))
    fill_in(site, publisher="unknown")
    shown = " ".join(title.replace("\U0010fffe", " ").replace("\ufdd0", " ").split())
    assert summary(site, "x")["title"] == shown
    assert "error" not in check(site)


def test_what_no_page_can_show_is_left_out_of_a_title(site: Path, desk: Path) -> None:
    """A feed with a bell in it is no XML."""
    run(site, "--slug", "x", put(desk, "x.txt", REPORT.replace("at Strand", "\x07at\u2028\tStrand\x85\x1b[0m")))
    assert summary(site, "x")["title"] == "The bridge at Strand [0m is shut"


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Kyiv—Moscow talks", "kyiv-moscow-talks"), ("A\u2028b", "a-b"), ("hyph\u00aden", "hyphen"), ("a·b", "a-b")],
)
def test_a_dash_of_any_kind_parts_the_words_of_an_id(title: str, slug: str) -> None:
    assert slug_of(title) == slug


# --- front matter that means harm --------------------------------------------------------------------------------


BOMB = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9 if n else ['x'])}]\n" for n in range(9)) + "title: *k8\n"


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: &a Shut\nauthor: *a\n", "Shut"),
        ("title: &t [*t]\n", ""),
        (BOMB, ""),
        ("title: One\ntitle: Two\n", "One"),
        ('title: !!python/object/apply:os.system ["touch PWNED"]\n', "touch PWNED"),
        ("!!python/object/new:subprocess.Popen\nargs: [touch, PWNED]\n", ""),
        ("title: [unclosed\n", ""),
        ("title: {a: b}\nurl: javascript:alert(1)\n", ""),
        ('title: "a\\0b"\n', "a b"),
    ],
)
def test_hostile_front_matter_runs_nothing_and_loses_nothing(
    site: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, front: str, title: str
) -> None:
    monkeypatch.chdir(desk)
    run(site, "--slug", "x", put(desk, "x.md", f"---\n{front}---\nThe bridge has been shut since January, they say.\n"))
    assert not (desk / "PWNED").exists()
    assert summary(site, "x")["title"] == title
    written = (site / ARTICLES / "x.yaml").read_text(encoding="utf-8")
    assert all(f"#   {line}" in written for line in front.splitlines())
    assert (site / ARTICLES / "x.md").read_text() == "The bridge has been shut since January, they say.\n"


@pytest.mark.parametrize("front", ["\nA passage between two rules\n\n", "- a\n- b\n", "just words\n"])
def test_text_between_two_rules_is_not_cut_off_as_front_matter(front: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_marked("x.md", f"---\n{front}---\nThe bridge is shut.\n".encode())
    assert str(refusal.value) == (
        "what stands between “---” at its head is text, not keys; put an empty line above it to keep it"
    )
    assert read_marked("x.md", f"\n---\n{front}---\nThe bridge is shut.\n".encode()).body.startswith(b"\n---\n")


def test_an_error_that_markdown_brings_along_is_said_at_once(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "x.md", "# The bridge\n\nIt is [shut](javascript:x), as they say.\n"))
    assert "\n    Its line 3 is an error: a link may not begin with “javascript:”" in result.output


def test_a_language_of_front_matter_is_a_tag_that_browsers_know(site: Path, desk: Path) -> None:
    run(site, put(desk, "x.md", "---\nlang: en_US\n---\n# The bridge\n\nIt is shut.\n"))
    assert summary(site, "the-bridge")["language"] == "en-US"


# --- records -----------------------------------------------------------------------------------------------------


def recorded(site: Path, desk: Path, name: str, **record: object) -> dict[str, object]:
    text = put(desk, "x.txt", REPORT.replace("3 March 2025\n\n", ""))
    run(site, "--slug", "x", text, put(desk, name, json.dumps([{"id": "x", **record}])))
    return summary(site, "x")


def test_a_day_that_a_record_has_in_words_is_read(site: Path, desk: Path) -> None:
    published = recorded(site, desk, "refs.json", issued={"raw": "March 4, 2025"})["published"]
    assert published == {"value": "2025-03-04", "basis": "Said by the record in refs.json, not by the text."}


def test_a_day_of_a_record_that_cannot_be_read_is_put_to_the_author(site: Path, desk: Path) -> None:
    assert recorded(site, desk, "refs.json", issued={"literal": "Spring 2025"})["published"] == ""
    text = (site / ARTICLES / "x.yaml").read_text(encoding="utf-8")
    assert "# published: the record in refs.json has Spring 2025\n" in text


def test_a_file_of_records_with_quotation_marks_in_its_name_is_no_misquotation(site: Path, desk: Path) -> None:
    recorded(site, desk, "«my» „refs“.json", **{"container-title": "The Post", "issued": "2025-03-04"})
    assert "error" not in check(site)


# --- what is drafted ---------------------------------------------------------------------------------------------


def test_every_draft_is_what_our_own_json_schema_takes(site: Path, desk: Path) -> None:
    """With nothing but its required blanks filled in."""
    made(site, {"content/entities.yaml": ENTITIES})
    run(site, *sorted((ROOT / "tests/imports").rglob("*.txt")), put(desk, "x.txt"))
    fill_in(site, title="A title", publisher="unknown", published="unknown")
    drafts = sorted((site / ARTICLES).glob("*.yaml"))
    assert len(drafts) > 25
    for path in drafts:
        assert mistakes("article.schema.json", path.read_text(encoding="utf-8")) == [], path.name


def test_no_file_of_a_site_is_written_but_the_new_ones_and_the_seal(site: Path, desk: Path) -> None:
    before = tree(made(site, {"content/entities.yaml": ENTITIES, f"{ARTICLES}mine.yaml": "title: Mine\n"}))
    run(site, put(desk, "x.txt"))
    after = tree(site)
    assert {path: after[path] for path in before} == before
    assert after.keys() - before.keys() == {
        f"{ARTICLES}{BRIDGE}.txt",
        f"{ARTICLES}{BRIDGE}.yaml",
        "content/SHA256SUMS",
    }
