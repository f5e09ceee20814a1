"""A stranger verifies what was published: whatever was damaged is named, whatever was handed over is harmless."""

import json
import os
import re
import shutil
import stat
import warnings
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from parts import HOME, article, use
from sample import ROOT, build
from tiny import DAILY_SUMMARY, FILES

from builder.briefing.quotes import Row, Source, passage_at
from builder.cli import sourcebook
from builder.model import Block
from builder.outlets import published
from builder.outlets.folder import Refused
from builder.outlets.printed import PrintedPage
from builder.outlets.verify import Verdict, verify
from builder.site.reprint import reprint

AUDIT = "data/quotations.json"
MARK = re.compile(r'<mark [^>]*id="q-[0-9a-f]{8}"[^>]*>.*?</mark>', re.DOTALL)
CITE = re.compile(r'<(q|blockquote)[^>]* cite="[^"]*#q-[0-9a-f]{8}"[^>]*>.*?</\1>', re.DOTALL)
LETTER = re.compile(r"<[^>]*>|&[#\w]+;|([a-z])")


@pytest.fixture
def site(sample_site: Path, tmp_path: Path) -> Path:
    """A copy of the sample's output, to damage."""
    return Path(shutil.copytree(sample_site, tmp_path / "site"))


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(sourcebook, ["verify", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def named(verdict: Verdict) -> set[str]:
    """The files that something is wrong with."""
    return {fault.path for fault in verdict.faults}


def checksummed(site: Path) -> None:
    """Writes the checksums anew, as whoever changes a page can."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    lines = (f"{sha256((site / name).read_bytes()).hexdigest()}  {name}\n" for name in files if name != "SHA256SUMS")
    (site / "SHA256SUMS").write_text("".join(lines))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


# --- what is as it was ---------------------------------------------------------------------------------------------


def quotations_of(site: Path) -> int:
    """How many there are, as the site counts them: every use."""
    return sum(len(row["uses"]) for row in json.loads((site / AUDIT).read_text())["quotations"])


def test_the_published_sample_holds(sample_site: Path) -> None:
    status, said = run(sample_site)
    count = quotations_of(sample_site)
    assert status == 0
    assert f"quotations: {count} of {count} stand word for word in the text printed here" in said
    assert "checksums show damage, not forgery" in said
    assert "not checked" not in said


@pytest.mark.parametrize("sources", [ROOT, ROOT / "content"], ids=["site", "content"])
def test_the_published_sample_holds_against_the_originals(sample_site: Path, sources: Path) -> None:
    status, said = run(sample_site, "--sources", sources)
    count = quotations_of(sample_site)
    assert status == 0
    assert "originals: 5 of 5 articles are as they were, 5 of them sealed" in said
    assert f"quotations: {count} of {count} stand word for word in the originals" in said


def test_markdown_other_scripts_and_hard_wrapped_texts_hold(tmp_path: Path) -> None:
    topic = ROOT / "tests/topics/moselbahn"
    build(topic, tmp_path)
    verdict = verify(tmp_path, topic)
    assert verdict.faults == ()
    assert verdict.held == verdict.quotations >= 100
    assert verdict.originals
    assert verdict.originals.held == verdict.quotations


def zipped(site: Path, target: Path, prefix: str = "") -> Path:
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                archive.write(path, prefix + path.relative_to(site).as_posix())
    return target


def unzipped(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("prefix", ["", "minerals/"])
def test_a_zip_of_it_holds_as_well(sample_site: Path, tmp_path: Path, prefix: str) -> None:
    verdict = verify(zipped(sample_site, tmp_path / "site.zip", prefix), ROOT)
    assert (verdict.faults, verdict.held, verdict.unlisted) == ((), quotations_of(sample_site), ())


def test_what_a_host_or_a_clone_adds_is_passed_over_and_other_files_are_named(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git/HEAD").write_text("x")
    (site / ".nojekyll").write_text("")
    (site / "CNAME").write_text("example.org")
    status, said = run(site)
    assert status == 0
    assert "not checked: 1 file that SHA256SUMS does not list: CNAME" in said


# --- what was damaged ----------------------------------------------------------------------------------------------


def with_another_letter(html: str, stretch: tuple[int, int], random: Random) -> str:
    """The page with one letter of its text changed within a stretch."""
    letters = [found.start() for found in LETTER.finditer(html, *stretch) if found[1]]
    if not letters:
        return html
    here = random.choice(letters)
    other = random.choice([letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter != html[here]])
    return html[:here] + other + html[here + 1 :]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("forged", [False, True], ids=["damaged", "with its checksum written anew"])
def test_one_letter_changed_in_any_pages_quotation_fails_and_names_the_page(
    site: Path, seed: int, *, forged: bool
) -> None:
    """One random quotation on every page that has one, so that a few runs try hundreds."""
    random, changed = Random(seed), set[str]()
    for path in pages(site):
        html = path.read_text()
        if places := [found.span() for kind in (MARK, CITE) for found in kind.finditer(html)]:
            damaged = with_another_letter(html, random.choice(places), random)
            path.write_text(damaged)
            if damaged != html:
                changed.add(path.relative_to(site).as_posix())
    assert len(changed) > 40
    if forged:
        checksummed(site)
    assert named(verify(site)) == changed


@pytest.mark.parametrize("seed", range(3))
def test_one_byte_changed_in_any_file_fails_and_names_exactly_those(site: Path, seed: int) -> None:
    random = Random(seed)
    files = [path for path in site.rglob("*") if path.is_file() and path.name not in ("SHA256SUMS", "sourcebook.json")]
    changed = random.sample([path for path in sorted(files) if path.stat().st_size], 30)
    for path in changed:
        body = bytearray(path.read_bytes())
        body[random.randrange(len(body))] ^= 1 << random.randrange(8)
        path.write_bytes(body)
    wrong = {fault.path for fault in verify(site).faults if fault.fact == "is not the file that SHA256SUMS names"}
    assert wrong == {path.relative_to(site).as_posix() for path in changed}


def test_a_missing_file_and_a_missing_article_are_named(site: Path) -> None:
    (site / "timeline.html").unlink()
    (site / "articles/envoy-trip.html").unlink()
    status, said = run(site)
    assert status == 1
    assert "timeline.html: is in SHA256SUMS and not there" in said
    assert "articles/envoy-trip.html: does not print “" in said


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ('"line": 1, "page": "articles/munich', '"line": 2, "page": "articles/munich', "on line 1, not on line 2"),
        ("directed his ministers not to", "directed his ministers to", "does not have these words"),
        ('"id": "q-83de2e44"', '"id": "q-00000000"', "does not print"),
    ],
)
def test_an_audit_that_says_something_else_than_the_pages_is_found_out(
    site: Path, old: str, new: str, fact: str
) -> None:
    text = (site / AUDIT).read_text()
    assert old in text
    (site / AUDIT).write_text(text.replace(old, new, 1))
    checksummed(site)
    status, said = run(site)
    assert status == 1
    assert fact in said


def test_words_changed_alike_on_every_page_and_in_the_audit_are_found_out(site: Path) -> None:
    """A quotation's address is a digest of its line and its words."""
    for path in [*pages(site), site / AUDIT]:
        path.write_text(path.read_text().replace("restored hope", "restored hops"))
    checksummed(site)
    verdict = verify(site)
    assert any("other words under q-" in fault.fact for fault in verdict.faults)
    assert named(verdict) == {"articles/envoy-trip.html"}


def test_a_mark_that_leads_to_a_quotation_that_is_not_listed_is_found_out(site: Path) -> None:
    audit = json.loads((site / AUDIT).read_text())
    gone = audit["quotations"].pop(0)
    (site / AUDIT).write_text(json.dumps(audit))
    checksummed(site)
    verdict = verify(site)
    assert f"leads to {gone['page']}, which {AUDIT} does not list" in {fault.fact for fault in verdict.faults}


def test_words_in_quotation_marks_in_an_authors_own_sentence_are_held_against_the_audit(site: Path) -> None:
    """What is told to machines beside them does not stand in for them."""
    page = site / "index.html"
    head, body, text = page.read_text().partition("<body>")
    assert head.count("“restored hope”") == text.count("“restored hope”") == 1
    page.write_text(head + body + text.replace("“restored hope”", "“restored hops”"))
    checksummed(site)
    status, said = run(site)
    assert status == 1
    assert f"index.html: does not have these words, which {AUDIT} says that it quotes: “restored hope”" in said


def test_words_added_to_the_end_of_a_quotation_are_found_out(site: Path) -> None:
    page = site / "articles/envoy-trip.html"
    before, close, after = page.read_text().rpartition("</mark>")
    page.write_text(f"{before}less{close}{after}")
    checksummed(site)
    assert named(verify(site)) == {"articles/envoy-trip.html"}


# --- against the originals -----------------------------------------------------------------------------------------


def tiny_site(folder: Path, changed: dict[str, str] | None = None) -> tuple[Path, Path]:
    """A small site and its output."""
    for name, text in {**FILES, **(changed or {})}.items():
        (folder / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "src" / name).write_text(str(text))
    build(folder / "src", folder / "out")
    return folder / "src", folder / "out"


QUOTING = "It has “been shut”."


@pytest.mark.parametrize("rights", ["full", "passages", "none"])
def test_a_good_site_passes_wherever_its_author_put_quotation_marks(tmp_path: Path, rights: str) -> None:
    """Also where no page shows what they wrote: the basis of an unknown agency, a title that the editor's replaces."""
    basis = f"{{value: unknown, basis: {QUOTING}}}"
    facts = f"agency: [{basis}]\nauthors: [{basis}, {{value: A B, basis: {QUOTING}}}]\nsummary: {QUOTING}\n"
    summary = (
        f"title: {{value: {QUOTING}, basis: {QUOTING}}}\npublisher: {basis}\npublished: {basis}\nurl: unknown\n{facts}"
    )
    summary += f"key_points: [{{text: {QUOTING}}}]\nnotes: [{{quote: the ferry, text: {QUOTING}}}]\n"
    summary += f"quotes: [{{quote: asked us, speaker: {{anonymous: someone who says {QUOTING}}}}}]\n"
    account = f"date: 2025-01-14, basis: {QUOTING}, title: {QUOTING}, quote: since 14 January"
    summary += f"events:\n  - {{event: bridge-shut, {account}}}\n  - {{{account}}}\n"
    cited = f"{QUOTING} [@daily]"
    home = (
        f"title: T\nas_of: 2025-04-07\nbottom_line: '{cited}'\nkey_points: [{{text: '{cited}', reason: {QUOTING}}}]\n"
    )
    home += f"sections: [{{title: {QUOTING}, text: '{cited}'}}]\nunknowns: [{{text: '{cited}'}}]\n"
    home += f"changes: [{{date: 2025-04-07, text: '{cited}'}}]\nquestions:\n  - {{id: q, question: {QUOTING}, "
    home += (
        f"note: {QUOTING}, positions: [{{answer: {QUOTING}, says: [{{article: daily, quote: been shut since}}]}}]}}\n"
    )
    files = {
        "site.yaml": f"title: T\nlicense: CC0-1.0\ntext: {rights}\n",
        "content/briefing.yaml": home,
        "content/articles/daily.yaml": summary,
        "content/entities.yaml": f"ida-kern: {{name: Ida Kern, kind: person, description: '{cited}'}}\n",
        "content/timeline.yaml": f"bridge-shut: {{title: Other, disputed: {QUOTING}, note: {QUOTING}}}\n",
        "content/pages/about.md": f"---\ntitle: A\n---\n{cited}\n",
    }
    sources, output = tiny_site(tmp_path, files)
    status, said = run(output, "--sources", sources)
    assert status == 0, said


def test_an_article_that_changed_since_is_named_and_so_is_what_is_no_longer_in_it(tmp_path: Path) -> None:
    sources, output = tiny_site(tmp_path)
    seed = sources / "content/articles/daily.txt"
    seed.write_text(seed.read_text().replace("Nobody asked us", "Nobody told us"))
    status, said = run(output, "--sources", sources)
    assert status == 1
    assert "content/articles/daily.txt: is not the text from which articles/daily.html was made" in said
    assert "content/articles/daily.txt: line 2 does not have these words: “Nobody asked us,”" not in said
    assert "content/articles/daily.txt: line 2 does not have these words: ““Nobody asked us,””" in said
    assert "originals: 1 of 2 articles" in said
    verdict = verify(output, sources)
    assert verdict.originals
    assert verdict.originals.checked - verdict.originals.held == 1


def test_a_broken_seal_of_the_originals_is_named(tmp_path: Path) -> None:
    sources, output = tiny_site(tmp_path)
    (sources / "content/SHA256SUMS").write_text(f"{'0' * 64}  articles/weekly.txt\n")
    status, said = run(output, "--sources", sources)
    assert status == 1
    assert "content/articles/weekly.txt: this file changed since it was sealed" in said


def test_a_missing_original_is_named_and_its_quotations_are_not_checked(tmp_path: Path) -> None:
    sources, output = tiny_site(tmp_path)
    (sources / "content/articles/weekly.txt").unlink()
    status, said = run(output, "--sources", sources)
    assert status == 1
    assert "content/articles/weekly.txt: is not among the sources" in said
    assert "not checked against the originals: 3 quotations" in said


def test_what_may_not_be_reprinted_cannot_be_checked_from_the_output_and_can_with_the_originals(tmp_path: Path) -> None:
    sources, output = tiny_site(tmp_path, {"content/articles/daily.yaml": DAILY_SUMMARY + "text: none\n"})
    status, said = run(output)
    assert status == 0
    unprinted = verify(output).unprinted
    assert f"not checked here: {unprinted} quotations whose words are not reprinted" in said
    verdict = verify(output, sources)
    assert unprinted > 3
    assert verdict.originals
    assert (verdict.faults, verdict.originals.held) == ((), verdict.quotations)

    audit = json.loads((output / AUDIT).read_text())
    next(row for row in audit["quotations"] if "sha256" in row)["sha256"] = "0" * 64
    (output / AUDIT).write_text(json.dumps(audit))
    assert any("those with the SHA-256 000" in fault.fact for fault in verify(output, sources).faults)


def test_passages_that_alone_are_reprinted_are_checked(tmp_path: Path) -> None:
    sources, output = tiny_site(tmp_path, {"content/articles/daily.yaml": DAILY_SUMMARY + "text: passages\n"})
    verdict = verify(output, sources)
    assert (verdict.faults, verdict.unprinted, verdict.held) == ((), 0, verdict.quotations)


# --- what a stranger may be handed ---------------------------------------------------------------------------------


def test_what_sourcebook_did_not_publish_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "page.html").write_text("<p>Hello")
    zipped(tmp_path / "empty", tmp_path / "empty.zip")
    for name in ("empty", "page.html", "empty.zip", "nowhere"):
        assert run(tmp_path / name)[0] == 2, name


@pytest.mark.parametrize("marker", ["", "{", "[]", '{"format": 2}', '{"format": "1"}', "[" * 100_000])
def test_a_marker_that_says_nothing_or_something_else_is_wrong_use(site: Path, marker: str) -> None:
    (site / "sourcebook.json").write_text(marker)
    assert run(site)[0] == 2


def test_sources_that_are_no_site_are_wrong_use(sample_site: Path, tmp_path: Path) -> None:
    assert run(sample_site, "--sources", tmp_path)[0] == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"articles": [], "quotations": [{}]}',
        b'{"articles": [], "quotations": [{"article": 1}]}',
        b'{"articles": [], "quotations": NaN}',
        b'{"articles": ' + b"[" * 200_000,
        b'{"articles": [], "quotations": [], "x": ' + b"9" * 100_000 + b"e99}",
    ],
)
def test_a_damaged_audit_is_named_and_stops_nothing(site: Path, body: bytes) -> None:
    (site / AUDIT).write_bytes(body)
    assert AUDIT in named(verify(site))


def quotation(**changed: object) -> dict[str, object]:
    return {
        "article": "envoy-trip",
        "line": 1,
        "page": "articles/envoy-trip.html#q-00000000",
        "id": "q-00000000",
        "words": "x",
        "at": [[0, 1]],
        "uses": [],
        **changed,
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"page": "../../../../etc/passwd#q-00000000"},
        {"page": "/etc/passwd"},
        {"line": -1},
        {"line": 10**30},
        {"at": []},
        {"at": [[-5, 10**30]]},
        {"words": ""},
        {"words": " […] " * 50},
        {"words": None, "sha256": None},
        {"article": "../../site"},
    ],
)
def test_whatever_an_audit_says_no_other_file_is_read_and_nothing_breaks(
    site: Path, changed: dict[str, object]
) -> None:
    audit = json.loads((site / AUDIT).read_text())
    audit["articles"].append({"slug": "../../site", "page": "x", "file": "../../../etc/passwd", "sha256": "0"})
    audit["quotations"] = [quotation(**changed)]
    (site / AUDIT).write_text(json.dumps(audit))
    status, said = run(site, "--sources", ROOT)
    assert status == 1
    assert "root:" not in said


def test_a_link_is_named_and_not_followed(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("/etc/passwd")
    (site / "elsewhere").symlink_to("/etc")
    status, said = run(site)
    assert status == 1
    assert "index.html: is a link" in said
    assert "elsewhere: is a link" in said
    assert "elsewhere/passwd" not in said


def test_a_pipe_is_named_and_does_not_hang_the_reader(site: Path) -> None:
    os.mkfifo(site / "pipe.html")
    assert stat.S_ISFIFO((site / "pipe.html").stat().st_mode)
    assert "pipe.html: is no plain file" in run(site)[1]


def test_a_name_cannot_command_the_terminal(site: Path) -> None:
    (site / "\x1b[31mred\x07").write_text("x")
    checksums = (site / "SHA256SUMS").read_text()
    (site / "SHA256SUMS").write_text(f"{checksums}{'0' * 64}  \x1b]0;title\x07\n")
    status, said = run(site)
    assert status == 1
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_page_that_is_too_large_is_not_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "LARGEST_READ", 150_000)
    (site / "timeline.html").write_bytes(b" " * 200_000)
    assert "timeline.html: cannot be read" in run(site)[1]


def with_entries(path: Path, names: Iterable[str]) -> Path:
    with ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name in names:
            archive.writestr(name, "x")
    return path


@pytest.mark.parametrize(
    "name", ["../../escaped.txt", "/etc/escaped", "a/../../escaped", "a\\..\\escaped", "C:/escaped"]
)
def test_a_path_that_leads_out_of_a_zip_is_named_and_nothing_is_written(
    sample_site: Path, tmp_path: Path, name: str
) -> None:
    path = with_entries(zipped(sample_site, tmp_path / "site.zip"), [name])
    before = sorted(tmp_path.parent.rglob("*escaped*"))
    status, said = run(path)
    assert status == 1
    assert "is a path that leads out of the folder" in said
    assert sorted(tmp_path.parent.rglob("*escaped*")) == before


def test_a_file_that_stands_in_a_zip_twice_is_named(sample_site: Path, tmp_path: Path) -> None:
    path = with_entries(zipped(sample_site, tmp_path / "site.zip"), ["index.html"])
    status, said = run(path)
    assert status == 1
    assert "index.html: stands in this zip twice" in said


def test_a_zip_that_would_unpack_without_end_is_refused(
    sample_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(sample_site, tmp_path / "site.zip")
    monkeypatch.setattr(published, "LARGEST_ZIP", 1000)
    with pytest.raises(Refused, match="would unpack to"):
        verify(path)


def test_a_folder_of_countless_files_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "MOST_FILES", 10)
    with pytest.raises(Refused, match="more than 10 files"):
        verify(site)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_zip_is_refused_or_its_damage_named_and_never_breaks_the_reader(
    sample_site: Path, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    path = zipped(sample_site, tmp_path / "site.zip")
    whole = unzipped(path)
    body = bytearray(path.read_bytes())
    for _ in range(random.choice([1, 20, 400])):
        body[random.randrange(len(body))] = random.randrange(256)
    path.write_bytes(body[: random.choice([len(body), len(body), len(body) - 200])])
    status, _ = run(path)
    assert status in (1, 2) or unzipped(path) == whole, "what was damaged was more than an entry's date"


# --- reading a page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p id="p3">a <mark id="q-00000001">one two</mark> b</p>', "one two"),
        ('<p id="p3"><mark id="q-00000001">one <mark id="q-00000002">two</mark> three</mark></p>', "one two three"),
        ('<p id="p3"><em><mark id="q-00000001">one</mark></em><mark> two</mark></p>', "one two"),
        (
            '<p id="p3"><mark id="q-00000001">one</mark></p><div>note</div><p id="p4"><mark>two</mark></p>',
            "one two",
        ),
        ('<p id="p3"><mark id="q-00000001">one</mark> x <mark>two</mark></p>', "one […] two"),
        ('<p id="p3"><mark id="q-00000001">a &amp; b &lt;c&gt;</mark></p>', "a & b <c>"),
        ('<p id="p3"><mark id="q-00000001">one […] two</mark></p>', "one […] two"),
        ('<pre id="p3"><mark id="q-00000001">one\n  two</mark></pre>', "one   two"),
    ],
)
def test_a_passage_is_read_across_marks_paragraphs_and_omissions(html: str, words: str) -> None:
    page = PrintedPage("articles/a.html", html)
    assert page.begins["q-00000001"][1] == 3
    assert page.prints(words, "q-00000001")
    for wrong in (f"{words}s", words[:-1], f"x{words}", words.replace("o", "0").replace("a", "4")):
        assert not page.prints(wrong, "q-00000001")


TEXTS = st.text(st.sampled_from("ab <&\"'é\u00a0\u2009“”…[]-\n"), min_size=1, max_size=30).filter(
    lambda text: text.strip(" \n")
)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data(), st.sampled_from(["full", "passages"]))
def test_whatever_a_page_prints_of_its_passages_is_read_back(
    texts: list[str], data: st.DataObject, rights: str
) -> None:
    """However they nest, cross and span paragraphs; and no other words are taken for them."""
    source = Source("envoy", "envoy.txt", [Block(text, number) for number, text in enumerate(texts, 1)])
    bounds = st.integers(0, len(source.text))
    ranges = data.draw(st.lists(st.lists(bounds, min_size=2, max_size=4, unique=True), min_size=1, max_size=4))
    found = [passage_at(row, source, exact=True) for offsets in ranges if (row := row_within(sorted(offsets), source))]
    full = article(source.blocks, rights="full" if rights == "full" else "passages")
    html = "".join(row.html for row in reprint(full, [use(passage) for passage in found], HOME))
    page = PrintedPage("articles/envoy.html", html)
    for passage in found:
        assert page.begins[passage.id][1] == passage.line
        assert page.prints(passage.text, passage.id)
        assert not page.prints(f"{passage.text}z", passage.id)
        assert not page.prints(f"z{passage.text}", passage.id)


def row_within(offsets: list[int], source: Source) -> Row:
    """One stretch of the text or two, without white space around them, as a quotation is found."""
    pairs = zip(offsets[::2], offsets[1::2], strict=False)
    bare = ((start, end, source.text[start:end]) for start, end in pairs)
    return tuple(
        (start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip()))
        for start, end, text in bare
        if text.strip()
    )


def test_what_follows_an_omission_is_a_passage_of_its_own() -> None:
    page = PrintedPage("a.html", '<p id="p3"><mark id="q-00000001">one</mark> <mark>twenty two</mark></p>')
    assert not page.prints("one […] two", "q-00000001")
    assert page.prints("one […] twenty two", "q-00000001")


@pytest.mark.parametrize("html", ["</mark></q></p>", "<mark" * 99, "<!--", "&#0;", "<p id='p" + "9" * 5000 + "'>"])
def test_no_html_breaks_the_reader(html: str) -> None:
    assert PrintedPage("a.html", html).marked == ""


def test_quotations_within_quotations_are_read_to_a_depth_and_no_further() -> None:
    page = PrintedPage("a.html", "<q cite='#q-00000001'>x" * 5000 + "</q>" * 5000)
    assert len(page.quoted) == 8
