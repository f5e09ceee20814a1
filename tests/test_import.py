"""Texts are brought in as they are, their summaries say what they state, and nothing that exists is overwritten."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT
from test_command_line import on_a_terminal

from builder.briefing.bringing import Refused, read_marked, read_plain
from builder.briefing.drafting import Draft, as_yaml
from builder.briefing.slugs import free, slug_of
from builder.cli import sourcebook
from builder.outlets import folder, importing
from builder.reading.fields import SLUG
from builder.reading.forms import fill
from builder.reading.schema import ArticleForm
from builder.reading.yamls import read_yaml

SITE = {
    "site.yaml": "title: The bridge\n",
    "content/briefing.yaml": "title: The bridge\nas_of: 2025-03-01\nbottom_line: Shut.\n",
}
ENTITIES = """
ida-kern: {name: Ida Kern, kind: person, aliases: [Kern]}
strand: {name: Strand, kind: place, aliases: [{text: Strand, ambiguous: true}]}
strand-council: {name: Strand council, kind: organization, aliases: [{text: Strand, ambiguous: true}]}
"""
REPORT = """The bridge at Strand is shut

By Ida Moe

3 March 2025

The old bridge has been shut since January, when an engineer found that two of its bolts could be turned by hand.

“Nobody asked us,” said Ida Kern, who runs the ferry. Kern now sails twice an hour, and the council pays for one.
"""
ARTICLES = "content/articles/"
RAW = {"starlink-taipei-times": "000.txt", "starlink-new-zealand": "001.txt", "munich-rejection": "002.txt"}
RAW |= {"envoy-trip": "003.txt", "fractured-negotiations": "004.txt"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return made(tmp_path / "a site #1 %20", SITE)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the files lie that are to be brought in."""
    folder = tmp_path / "on my desk"
    folder.mkdir()
    return folder


def made(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def put(folder: Path, name: str, body: str | bytes = REPORT) -> Path:
    (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    return folder / name


def run(site: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(sourcebook, ["import", "--site", str(site), *map(str, words)])


def check(site: Path) -> str:
    return CliRunner().invoke(sourcebook, ["check", "--site", str(site)]).output


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site, but for the lock."""
    files = (file for file in site.rglob("*") if file.is_file() and ".sourcebook" not in file.parts)
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def summary(site: Path, slug: str) -> dict[str, object]:
    found: dict[str, object] = yaml.load((site / ARTICLES / f"{slug}.yaml").read_text("utf-8"), yaml.BaseLoader)
    return found


def fill_in(site: Path, **values: str) -> None:
    """What a newcomer does: a value behind each blank that a summary needs, and nothing else."""
    for path in (site / ARTICLES).glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for key, value in values.items():
            text = re.sub(rf"^{key}:(?=    # TO FILL IN)", f"{key}: {value}", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")


# --- what is written ---------------------------------------------------------------------------------------------


def test_a_text_is_copied_byte_for_byte_and_sealed_as_sha256sum_reads_it(site: Path, desk: Path) -> None:
    body = "\ufeffThe bridge\r\n\r\nIt is shut.\u00a0Said twice.\r".encode()
    result = run(site, put(desk, "a b.txt", body))
    assert (result.exit_code, result.stderr) == (0, "")
    assert (site / ARTICLES / "the-bridge.txt").read_bytes() == body
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=site / "content", check=True)
    assert f"{sha256(body).hexdigest()}  articles/the-bridge.txt\n" == (site / "content/SHA256SUMS").read_text()


def test_the_summary_says_what_the_text_states_with_the_line_that_does(site: Path, desk: Path) -> None:
    run(made(site, {"content/entities.yaml": ENTITIES}), put(desk, "x.txt"))
    assert (site / ARTICLES / "the-bridge-at-strand-is-shut.yaml").read_text(encoding="utf-8") == EXPECTED


EXPECTED = """\
# Drafted by `sourcebook import` from x.txt: what the text states, with the line that does.
# Look it over, and fill in what is marked TO FILL IN; a value of your own inference has a basis:
# {value: …, basis: why you think so}.

title: The bridge at Strand is shut    # line 1, a headline above the text
publisher:    # TO FILL IN: the text does not say who published it: who did, or unknown
agency: []    # the text names none as its own
authors: [Ida Moe]    # line 3, it begins as lines do that name the author
published: 2025-03-03    # line 5, a date and nothing else
url:    # TO FILL IN: where you found it: an address, or unknown
roles:
  # line 1, a headline above the text: The bridge at Strand is shut
  title: [1]
  # line 3, it begins as lines do that name the author: By Ida Moe
  credit: [3]
  # line 5, a date and nothing else: 3 March 2025
  dateline: [5]
# Names of the register, and how often they stand here: ida-kern 2
summary:    # yours, in Markdown, with citations
key_points:
quotes:
events:
"""


def test_a_name_that_may_be_two_things_is_left_to_the_author_with_the_choices(site: Path, desk: Path) -> None:
    made(site, {"content/entities.yaml": ENTITIES})
    result = run(site, put(desk, "x.txt", REPORT.replace("the council", "Strand")))
    assert "to fill in: publisher, mentions\n" in result.output
    text = (site / ARTICLES / "the-bridge-at-strand-is-shut.yaml").read_text(encoding="utf-8")
    assert "  # - {text: Strand, lines: [9], is: strand-council}\n" in text
    chosen = text.replace(
        "  # - {text: Strand, lines: [9], is: strand-council}", "  - {text: Strand, lines: [9], is: strand}"
    )
    (site / ARTICLES / "the-bridge-at-strand-is-shut.yaml").write_text(chosen, encoding="utf-8")
    assert "name-undecided" not in check(site)


def test_the_five_raw_texts_are_a_site_once_their_blanks_are_filled_in(site: Path, desk: Path) -> None:
    """Without names that help: what a newcomer has on a disk. Every blank is asked for, and nothing else is."""
    for slug, name in RAW.items():
        shutil.copyfile(ROOT / ARTICLES / f"{slug}.txt", desk / name)
    result = run(site, *sorted(desk.iterdir()))
    assert result.exit_code == 0
    assert result.output.endswith(
        "5 texts imported, 5 sealed\n"
        "Next: fill in what is marked TO FILL IN in the new .yaml files, then run `sourcebook check`.\n"
    )
    assert "It shares 29% of the stretches of five words with 001" in result.output
    asked = check(site)
    assert set(re.findall(r"error\[([\w-]+)\]", asked)) == {"missing-key"}
    assert "error[missing-key] “publisher” is still blank\n    who published it, or unknown\n" in asked
    fill_in(site, title="A title", publisher="unknown", published="unknown", url="unknown")
    assert "error" not in check(site)
    assert set(re.findall(r"warning\[([\w-]+)\]", check(site))) == {"unused-article", "probable-wire-copy"}
    teasers = {slug: of["roles"] for slug in ("000", "002") if (of := summary(site, slug))}
    assert {slug: dict(roles)["teaser"] for slug, roles in teasers.items()} == {"000": ["23-26"], "002": ["33-36"]}  # type: ignore[call-overload]  # a mapping of lists


def test_markdown_keeps_its_markup_and_front_matter_of_others_becomes_comments(site: Path, desk: Path) -> None:
    front = (
        "---\ntitle: The bridge\nauthor: [Ida Moe]\ndate: 2025-03-03T08:00:00+01:00\n"
        "source: https://post.example/b\nweight: 3\n---\n"
    )
    body = "# The bridge\n\nIt is **shut**.\n"
    run(site, put(desk, "post.md", front + body))
    assert (site / ARTICLES / "the-bridge.md").read_text() == body
    said = summary(site, "the-bridge")
    assert [said[key] for key in ("title", "authors", "published", "url")] == [
        "The bridge",
        ["Ida Moe"],
        "2025-03-03",
        "https://post.example/b",
    ]
    assert "#   weight: 3\n" in (site / ARTICLES / "the-bridge.yaml").read_text()
    fill_in(site, publisher="unknown")
    assert "error" not in check(site)


def test_markdown_with_a_summary_of_ours_is_copied_whole_and_not_sealed(site: Path, desk: Path) -> None:
    text = "---\ntitle: Shut\npublisher: The Post\npublished: 2025-03-03\nurl: unknown\n---\nIt is shut.\n"
    result = run(site, put(desk, "bridge.md", text))
    assert f"{ARTICLES}bridge.md: from bridge.md; its summary is its front matter\n1 text imported\n" == result.output
    assert tree(site).keys() == {*SITE, f"{ARTICLES}bridge.md"}
    assert "error" not in check(site)


def test_front_matter_in_toml_is_read_too(site: Path, desk: Path) -> None:
    run(site, put(desk, "post.md", '+++\ntitle = "The bridge"\ndate = 2025-03-03\n+++\nIt is shut.\n'))
    assert summary(site, "the-bridge")["published"] == "2025-03-03"
    assert (site / ARTICLES / "the-bridge.md").read_text() == "It is shut.\n"


def test_a_picture_that_is_not_in_the_site_is_said_with_the_way_out(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "post.md", "# The bridge\n\n![It](bridge.jpg)\n\nIt is shut.\n"))
    assert (
        "\n    It links to articles/bridge.jpg on line 3; if that is not in the site, take the link out"
        in result.output
    )


def test_a_text_that_was_pasted_twice_says_so(site: Path, desk: Path) -> None:
    run(site, put(desk, "x.txt", REPORT + "\n" + REPORT))
    assert "# Lines 11-19 repeat lines 1-9: a quotation needs “line”.\n" in (
        site / ARTICLES / "the-bridge-at-strand-is-shut.yaml"
    ).read_text(encoding="utf-8")


# --- nothing is lost -----------------------------------------------------------------------------------------------


def test_a_text_that_is_there_is_said_and_not_brought_in_again(site: Path, desk: Path) -> None:
    run(site, put(desk, "x.txt"))
    before = tree(site)
    again = run(site, desk / "x.txt", put(desk, "crlf.txt", REPORT.replace("\n", "\r\n").replace("“", '"')))
    there = f"{ARTICLES}the-bridge-at-strand-is-shut.txt"
    assert again.exit_code == 0
    assert again.output == (
        f"x.txt: is there already, byte for byte, as {there}\n"
        f"crlf.txt: is there already, but for line ends, spaces or typography, as {there}; "
        "--slug NAME brings it in all the same\n"
        "0 texts imported, 2 there already\n"
    )
    assert tree(site) == before


def test_the_same_text_twice_among_the_files_is_one_article(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "a.txt"), put(desk, "b.txt"))
    assert "b.txt: is there already, byte for byte" in result.output
    assert "1 text imported, 1 there already, 1 sealed\n" in result.output


def test_two_texts_of_one_title_have_two_ids(site: Path, desk: Path) -> None:
    run(site, put(desk, "a.txt"), put(desk, "b.txt", REPORT + "It rained.\n"))
    stem = f"{ARTICLES}the-bridge-at-strand-is-shut"
    assert tree(site).keys() >= {f"{stem}.txt", f"{stem}.yaml", f"{stem}-2.txt", f"{stem}-2.yaml"}


def test_an_id_that_a_summary_or_the_seal_has_is_not_taken_again(site: Path, desk: Path) -> None:
    stem = "the-bridge-at-strand-is-shut"
    waiting = {
        f"{ARTICLES}deeper/{stem}.yaml": "title: Mine\n",
        "content/SHA256SUMS": f"{'0' * 64}  articles/{stem}-2.txt\n",
    }
    run(made(site, waiting), put(desk, "a.txt"))
    assert (site / ARTICLES / f"{stem}-3.txt").is_file()
    assert (site / ARTICLES / f"deeper/{stem}.yaml").read_text() == "title: Mine\n"


def test_a_chosen_id_goes_to_the_summary_that_waits_for_its_text(site: Path, desk: Path) -> None:
    made(site, {f"{ARTICLES}deeper/mine.yaml": "title: Mine\n"})
    result = run(site, "--slug", "mine", put(desk, "a.txt"))
    assert result.output.startswith(
        f"{ARTICLES}deeper/mine.txt: from a.txt; its summary is there, and stays as it is\n"
    )
    assert (site / ARTICLES / "deeper/mine.txt").read_text(encoding="utf-8") == REPORT
    assert (site / ARTICLES / "deeper/mine.yaml").read_text() == "title: Mine\n"


@pytest.mark.parametrize("stopped_at", [".txt", ".yaml", "SHA256SUMS"])
def test_what_was_stopped_in_between_is_finished_by_the_next_run(
    site: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    """Whatever was written last, the second run leads to what one run would have made."""
    put(desk, "a.txt", "A headline of its own\n\n" + "The ferry sails. " * 9)
    put(desk, "b.txt")
    whole = made(site.parent / "whole", SITE)
    run(whole, *sorted(desk.iterdir()))

    create, replace = folder.create_file, folder.replace_file

    def full(path: Path, body: bytes) -> None:
        if path.name.endswith(stopped_at) and "bridge" in path.name:
            raise OSError(28, "No space left on device", str(path))
        create(path, body)

    def full_for_the_seal(path: Path, body: bytes) -> None:
        if stopped_at == path.name:
            raise OSError(28, "No space left on device", str(path))
        replace(path, body)

    monkeypatch.setattr(importing, "create_file", full)
    monkeypatch.setattr(importing, "replace_file", full_for_the_seal)
    stopped = run(site, *sorted(desk.iterdir()))
    assert isinstance(stopped.exception, OSError)
    assert "a-headline-of-its-own.txt: from a.txt" in stopped.output
    monkeypatch.undo()
    assert not list(site.rglob(".sourcebook-*"))
    assert run(site, *sorted(desk.iterdir())).exit_code == 0
    assert {path: body for path, body in tree(site).items() if not path.endswith("SUMS")} == {
        path: body for path, body in tree(whole).items() if not path.endswith("SUMS")
    }
    assert sorted(tree(site)["content/SHA256SUMS"].splitlines()) == sorted(
        tree(whole)["content/SHA256SUMS"].splitlines()
    )


def test_a_file_that_comes_up_in_the_meantime_is_not_overwritten(tmp_path: Path) -> None:
    theirs = put(tmp_path, "a.txt", "theirs")
    with pytest.raises(FileExistsError):
        folder.create_file(theirs, b"ours")
    assert theirs.read_text() == "theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_system_without_links_is_written_to_as_carefully(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_from: str, _to: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    folder.create_file(tmp_path / "a.txt", b"ours")
    with pytest.raises(FileExistsError):
        folder.create_file(tmp_path / "a.txt", b"again")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.txt", b"ours")]


def test_the_seal_gets_lines_and_loses_or_changes_none(site: Path, desk: Path) -> None:
    """A changed text stays a changed text: whether that is right is its author's to say."""
    run(site, put(desk, "a.txt", "A headline of its own\n\n" + "The ferry sails. " * 9))
    changed = site / ARTICLES / "a-headline-of-its-own.txt"
    changed.write_text("Somebody wrote into it.\n")
    seal = site / "content/SHA256SUMS"
    seal.write_bytes(b"# by hand\n" + seal.read_bytes().rstrip(b"\n"))
    before = seal.read_bytes()
    run(site, put(desk, "b.txt"))
    assert seal.read_bytes().startswith(before + b"\n")
    assert seal.read_bytes().count(b"\n") == before.count(b"\n") + 2
    assert "error[seal-broken] this file changed since it was sealed" in check(site)


def test_a_site_with_articles_and_without_a_seal_gets_none_behind_its_back(site: Path, desk: Path) -> None:
    made(
        site,
        {
            f"{ARTICLES}old.txt": "Old.\n",
            f"{ARTICLES}old.yaml": "title: O\npublisher: P\npublished: 2025\nurl: unknown\n",
        },
    )
    result = run(site, put(desk, "x.txt"))
    assert "This site is not sealed; `sourcebook seal` seals all its texts.\n" in result.output
    assert not (site / "content/SHA256SUMS").exists()


def test_a_seal_that_cannot_be_read_is_left_as_it_is(site: Path, desk: Path) -> None:
    made(site, {"content/SHA256SUMS": "this is no line of it\n"})
    assert (
        "content/SHA256SUMS has lines that cannot be read, and is left as it is" in run(site, put(desk, "x.txt")).output
    )
    assert (site / "content/SHA256SUMS").read_text() == "this is no line of it\n"


def test_a_text_that_was_sealed_and_is_gone_comes_back_to_its_place(site: Path, desk: Path) -> None:
    run(site, "--slug", "mine", put(desk, "x.txt"))
    before = tree(site)
    (site / ARTICLES / "mine.txt").unlink()
    run(site, desk / "x.txt")
    assert tree(site) == before


def test_a_dry_run_says_it_all_and_writes_nothing(site: Path, desk: Path) -> None:
    before = tree(site)
    result = run(site, "--dry-run", put(desk, "x.txt"))
    assert result.output.startswith(
        f"{ARTICLES}the-bridge-at-strand-is-shut.txt: from x.txt; title, published, authors; "
    )
    assert result.output.endswith("1 text would be imported, 1 would be sealed\n")
    assert tree(site) == before


# --- what is refused -----------------------------------------------------------------------------------------------


def refusals(desk: Path) -> dict[str, str]:
    """Files that cannot be brought in, and what is said of each."""
    bodies: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "it is empty"),
        "blank.txt": (b" \n\t\n", "there is nothing but white space in it"),
        "latin.txt": (
            "On a\ncafé".encode("latin-1"),
            "line 2, column 4: this file is not UTF-8: byte 0xE9 at offset 8; save it as UTF-8; as it is it may be "
            "Windows-1252: iconv -f WINDOWS-1252 -t UTF-8",
        ),
        "wide.txt": (
            "Wide".encode("utf-16"),
            "line 1, column 1: this file is not UTF-8: byte 0xFF at offset 0; it looks like UTF-16; save it as UTF-8",
        ),
        "nul.txt": (b"a\0b", "this is no text: byte 0x00 at offset 1"),
        "scan.txt": (b"%PDF-1.7", "this is a PDF; save its text first: pdftotext -layout FILE.pdf FILE.txt"),
        "office.docx": (b"PK\x03\x04", "this is a zip or an office document; save it as plain text"),
        "page.txt": (b"<!DOCTYPE html><p>x", "this is an HTML page; name it .html, and its main text is taken out"),
        "x.tex": (b"\\bye", ".tex is none of .txt, .md, .html and .json (CSL-JSON); if it is plain text, name it .txt"),
        "only.md": (b"---\nlayout: x\n---\n", "it has front matter and no text"),
        "list.json": (
            b"[1]",
            "this is no CSL-JSON: it has no item with a “title” or an “id”; Zotero exports it as “CSL JSON”",
        ),
        "cut.json": (
            b'[{"id": ',
            "this is no CSL-JSON: line 1, column 9: Expecting value; Zotero exports it as “CSL JSON”",
        ),
    }
    for name, (body, _) in bodies.items():
        put(desk, name, body)
    (desk / "folder").mkdir()
    os.mkfifo(desk / "pipe.txt")
    (desk / "nowhere.txt").symlink_to("gone.txt")
    (desk / "circle.txt").symlink_to("circle.txt")
    os.truncate(put(desk, "huge.txt", b"x"), 20_000_001)
    return {name: said for name, (_, said) in bodies.items()} | {
        "folder": "this is a folder; name its files, such as FOLDER/*.txt",
        "pipe.txt": "this is no file but a pipe, a socket or a device",
        "nowhere.txt": "this link leads nowhere",
        "circle.txt": "Too many levels of symbolic links",
        "huge.txt": "it has 20,000,001 bytes, and no article has more than 20,000,000; take the text out of it",
        "gone.txt": "there is no such file",
        f"{'x' * 300}.txt": "File name too long",
    }


def test_each_bad_file_is_refused_with_its_reason_and_stops_no_other(site: Path, desk: Path) -> None:
    said = refusals(desk)
    (desk / "linked.txt").symlink_to(put(desk, "good.md", REPORT).rename(desk / "good"))
    result = run(site, *(desk / name for name in said), desk / "linked.txt")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [f"{desk / name}: {reason}" for name, reason in said.items()]
    assert f"1 text imported, {len(said)} refused, 1 sealed\n" in result.stdout
    assert len(list((site / ARTICLES).iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--slug", "Not One", "a.txt"], "“Not One” cannot be an id; small letters a to z, digits and hyphens only"),
        (["--slug", "one", "a.txt", "b.txt"], "--slug is the id of one text, and these are more"),
        (["--slug", "old", "a.txt"], "“old” is taken by content/articles/deeper/old.txt, and nothing is overwritten"),
        ([], "Missing argument 'FILE…'"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(site: Path, desk: Path, words: list[str], said: str) -> None:
    made(site, {f"{ARTICLES}deeper/old.txt": "Old.\n"})
    put(desk, "a.txt"), put(desk, "b.txt", "Another.\n")
    before = tree(site)
    result = run(site, *(desk / word if word.endswith(".txt") else word for word in words))
    assert result.exit_code == 2
    assert said in result.output
    assert tree(site) == before


def test_nothing_is_written_outside_the_site(site: Path, desk: Path) -> None:
    (site / "content/articles").symlink_to(desk, target_is_directory=True)
    result = run(site, put(desk.parent, "a.txt"))
    assert result.exit_code == 2
    assert "content/articles/ is a link that leaves the site" in result.output
    assert not list(desk.iterdir())


def test_a_broken_site_is_no_reason_to_refuse_a_text(site: Path, desk: Path) -> None:
    made(site, {"content/entities.yaml": "a: [\n", f"{ARTICLES}x.yaml": "title: [\n", f"{ARTICLES}x.txt": "X.\n"})
    assert run(site, put(desk, "a.txt")).exit_code == 0


def test_many_files_have_a_bar_on_a_terminal_and_none_in_a_pipe(site: Path, desk: Path) -> None:
    files = [put(desk, f"{n}.txt", f"Report number {n} of many\n\n" + f"It rained {n} days. " * 9) for n in range(30)]
    seen = on_a_terminal("import", "--site", site, *files, folder=desk)
    assert "Importing" in seen
    assert "30 texts imported, 30 sealed" in seen
    assert "Importing" not in run(site, *files).output


# --- properties ----------------------------------------------------------------------------------------------------

LINES = ["By Ida Kern", "3 March 2025", "Photo: AP", "(Reuters)", "Related content", "From: a", "Subject: b: #c", "-- "]
LINES += [
    "A headline",
    "The bridge was closed to trains on Friday, said the port, which had no more to say.",
    "",
    "",
    "?",
]
LINES += [
    "x: [y",
    "'",
    '"',
    "# x",
    "---",
    "¶\u2028¶",
    "橋が閉鎖された。",
    "- a",
    "1. b",
    "© x",
    "\u200b",
    "Dear all,",
    "{a}",
]


@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=25),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_of_any_text_a_summary_is_drafted_that_lacks_only_what_is_to_be_filled_in(lines: list[str], end: str) -> None:
    body = end.join(lines).encode("utf-8", "replace")
    for read in (read_plain, read_marked):
        try:
            text = read("x.txt", body)
        except Refused:
            continue
        if text.complete:
            continue
        written = as_yaml(Draft("x.txt", text.facts, text.blocks, text.told, remarks=text.remarks, quoted=text.quoted))
        _, problems = fill(ArticleForm, read_yaml(written, "x.yaml"), {})
        assert {(problem.code, problem.message.partition("” is still")[1]) for problem in problems} <= {
            ("missing-key", "” is still")
        }
        assert SLUG.fullmatch(text.stem)


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_title_has_an_id_and_no_two_have_one(one: str, other: str) -> None:
    stems = [slug_of(text) or "article" for text in (one, other)]
    ids = [free(stems[0], ()), free(stems[1], {stems[0]})]
    assert ids[0] != ids[1]
    assert all(SLUG.fullmatch(slug) and len(slug) < 64 for slug in ids)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Обсерватория на горе Ясной", "observatoriya-na-gore-yasnoy"),
        ("Ο Νίκος Παπαδόπουλος", "o-nikos-papadopoylos"),
        ("Größer, straße & Łódź’s U.S. plan", "grosser-strasse-lodzs-us-plan"),
        ("白川ダム", ""),
        ("a" * 40 + " " + "b" * 40, "a" * 40),
    ],
)
def test_an_id_speaks_of_its_title_as_far_as_latin_letters_can(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_title_without_latin_letters_leaves_the_id_to_the_file_or_the_day() -> None:
    text = (
        "白川ダム、三年ぶりに満水\n\n2025年6月2日\n\n"
        + "白川県は二日、貯水率が三年ぶりに百パーセントに達したと発表した。" * 3
    )
    assert read_plain("dam.txt", text.encode()).stem == "dam"
    assert read_plain("ダム.txt", text.encode()).stem == "article-2025-06-02"
    assert re.fullmatch("article-[0-9a-f]{8}", read_plain("ダム.txt", text.replace("2025", "").encode()).stem)
