"""What can be sent: a zip and a single file, the same bytes wherever made, and nothing in them that must not be."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from bundles import held_in, own, unpacked
from click.testing import CliRunner
from readings import leaks, readings_of, words
from sample import ROOT, copy_sample, run, sources
from test_rights import own_words, sample, titles
from tiny import FILES, tiny

from builder.build import Built
from builder.cli import sourcebook
from builder.outlets import bundle as outlet
from builder.outlets import search
from builder.outlets.folder import CHECKSUMS, Refused
from builder.outlets.single_file import single_file
from builder.outlets.verify import verify
from builder.outlets.writing import with_checksums
from builder.site.page_bundle import READ_ME

WEATHER = b"title: Rain\npublisher: The Daily\npublished: 2025-04-01\nurl: unknown\nsummary: It rains.\n"
TOPIC = ROOT / "tests/topics/moselbahn"


def bundle(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(sourcebook, ["bundle", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site in a folder."""
    return own({path: text.encode() for path, text in FILES.items()}, tmp_path / "site")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's bundle."""
    folder = tmp_path_factory.mktemp("sent")
    run([sys.executable, "-m", "builder", "bundle", "--output", folder])
    return folder


def set_in(site: Path, name: str, text: str) -> None:
    (site / name).write_text((site / name).read_text(encoding="utf-8") + text, encoding="utf-8")


# --- the same bytes --------------------------------------------------------------------------------------------------


def test_two_bundles_are_the_same_bytes_wherever_they_are_made(tmp_path: Path) -> None:
    """In any folder, time zone, locale, hash seed and file order, for any user."""
    here = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "USER": "ada"}
    there = {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242", "USER": "ben"}
    plain, strange = tmp_path / "plain", tmp_path / "Ünsere Seite — 我的"
    for site, files, environment in ((plain, sources(), here), (strange, reversed(sources()), there)):
        copy_sample(site, files)
        run(
            [sys.executable, "-m", "builder", "bundle", "--site", site],
            folder=site,
            environment={"PYTHONPATH": str(ROOT), **environment},
        )
    for name in ("minerals.zip", "minerals.html"):
        one, other = ((site / "output/bundle" / name).read_bytes() for site in (plain, strange))
        assert one == other, name


def test_nothing_in_the_zip_tells_when_where_and_by_whom_it_was_made(sent: Path) -> None:
    """Its files have the date of the last change, one permission, one system, one compression, one order."""
    with ZipFile(sent / "minerals.zip") as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2025, 2, 23, 0, 0, 0)}
    assert {(entry.external_attr >> 16, entry.create_system, entry.compress_type) for entry in entries} == {
        (0o100644, 3, 8)
    }
    names = [entry.filename for entry in entries]
    assert names[0] == f"minerals/{READ_ME}"
    assert names[1:] == sorted(names[1:])
    assert not any(entry.extra or entry.comment for entry in entries)


def test_a_briefing_older_than_zips_has_their_earliest_date() -> None:
    built = tiny({"content/briefing.yaml": "title: T\nas_of: 1912-04-15\nbottom_line: It sank.\n"})
    assert outlet.date_of(built.briefing) == (1980, 1, 1)


# --- the zip ---------------------------------------------------------------------------------------------------------


def test_the_zip_unpacks_into_one_folder_that_checks_itself(sent: Path, tmp_path: Path) -> None:
    folder = unpacked(sent / "minerals.zip", tmp_path / "50% off #1")
    assert folder.name == "minerals"
    checked = run(["sha256sum", "--strict", "-c", CHECKSUMS], folder=folder)
    assert f"{READ_ME}: OK" in checked
    assert checked.count(": OK") == sum(path.is_file() for path in folder.rglob("*")) - 1
    for published in (folder, sent / "minerals.zip"):
        verdict = verify(published, ROOT)
        assert verdict.faults == ()
        assert verdict.files == verdict.files_held == checked.count(": OK")
        assert verdict.held == verdict.quotations > 300


def test_it_is_the_site_that_is_built_and_a_page_to_begin_with(sent: Path, sample_site: Path, tmp_path: Path) -> None:
    folder = unpacked(sent / "minerals.zip", tmp_path)
    added = {READ_ME, CHECKSUMS}
    inside = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    built = {path.relative_to(sample_site).as_posix(): path for path in sample_site.rglob("*") if path.is_file()}
    assert inside.keys() - built.keys() == {READ_ME}
    assert [name for name in built if name not in added and built[name].read_bytes() != inside[name].read_bytes()] == []


def test_names_in_any_script_are_marked_as_utf_8(site: Path) -> None:
    own({"content/files/карта 橋.png": b"\x89PNG"}, site)
    assert bundle("--site", site)[0] == 0
    with ZipFile(site / "output/bundle/briefing.zip") as archive:
        (entry,) = (entry for entry in archive.infolist() if entry.filename.endswith("карта 橋.png"))
    assert entry.flag_bits & 0x800


@pytest.mark.parametrize(
    "name",
    [
        "a:b.txt",
        "what?.png",
        "back\\slash.txt",
        "dot./a.txt",
        "end ",
        "aux.txt",
        "NUL",
        "Com1.tar.gz",
        "lpt² .a/b",
        "prn/b",
    ],
)
def test_a_name_that_not_every_computer_can_unpack_is_refused(site: Path, name: str) -> None:
    own({f"content/files/{name}": b"x"}, site)
    status, said = bundle("--site", site)
    assert status == 2
    assert f"content/files/{name}: not every computer can unpack a file of this name; rename it" in said
    assert not (site / "output").exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Map.pdf", "map.pdf"), ("caf\u00e9.txt", "cafe\u0301.txt"), ("STRASSE.txt", "straße.txt"), ("A", "a/b.txt")],
)
def test_two_files_that_some_computers_take_for_one_are_refused(site: Path, one: str, other: str) -> None:
    own({f"content/files/{one}": b"1", f"content/files/{other}": b"2"}, site)
    status, said = bundle("--site", site)
    assert status == 2
    first, last = sorted((one, other))
    assert f"content/files/{last}: many computers take it for content/files/{first}, so one is lost; rename it" in said


def test_names_that_no_zip_can_carry_to_windows_are_all_said_at_once(site: Path) -> None:
    own({f"content/files/{n}?": b"x" for n in range(12)}, site)
    status, said = bundle("--site", site)
    assert (status, said.count("rename it")) == (2, 10)
    assert "\nand 2 more" in said


def test_an_id_and_a_name_that_windows_keeps_for_itself_are_refused(site: Path) -> None:
    own({"content/articles/con.txt": b"Rain.", "content/articles/con.yaml": WEATHER}, site)
    status, said = bundle("--site", site)
    assert status == 2
    assert "articles/con.html: not every computer can unpack" in said
    (site / "content/articles/con.txt").unlink()
    (site / "content/articles/con.yaml").unlink()
    set_in(site, "site.yaml", "name: nul\n")
    assert "site.yaml: no file can be called “nul” on Windows" in bundle("--site", site)[1]


def test_names_that_only_look_like_those_are_sent(site: Path) -> None:
    own({f"content/files/{name}": b"x" for name in ("console.txt", "com10", "a.con", ".x", "nul-b", "a b/c")}, site)
    assert bundle("--site", site, "--no-search")[0] == 0


def test_a_path_that_is_too_long_for_a_deep_folder_is_said(site: Path) -> None:
    own({f"content/files/{'m' * 150}.txt": b"x"}, site)
    assert "Windows cannot unpack" not in bundle("--site", site, "--no-search")[1]
    long = f"files/{'m' * 190}.txt"
    own({f"content/{long}": b"x"}, site)
    status, said = bundle("--site", site, "--no-search")
    assert status == 0
    assert f"Windows cannot unpack briefing/{long} into a folder that lies deep" in said


def test_a_damaged_zip_and_a_damaged_folder_are_named_by_verify(sent: Path, tmp_path: Path) -> None:
    """A byte changed anywhere in the data of a file names that file, or the zip cannot be read."""
    whole = (sent / "minerals.zip").read_bytes()
    with ZipFile(sent / "minerals.zip") as archive:
        entries = {entry.filename.partition("/")[2]: entry for entry in archive.infolist()}
    random = Random(7)
    for name in (READ_ME, "index.html", "articles/envoy-trip.html", "search/entry.js"):
        entry = entries[name]
        start = entry.header_offset + 30 + len(entry.filename)
        at = start + random.randrange(entry.compress_size)
        (tmp_path / "hurt.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert name in {fault.path for fault in verify(tmp_path / "hurt.zip").faults}
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match=r"cut\.zip is neither a folder nor a zip that can be read"):
        verify(tmp_path / "cut.zip")
    folder = unpacked(sent / "minerals.zip", tmp_path / "unpacked")
    (folder / READ_ME).write_text("Something else.", encoding="utf-8")
    assert {fault.path for fault in verify(folder).faults} == {READ_ME}


def test_verify_says_what_to_verify_instead_of_a_single_file(sent: Path) -> None:
    with pytest.raises(Refused, match="is a single file, which has no checksums; verify the zip made with it"):
        verify(sent / "minerals.html")


# --- what is said ----------------------------------------------------------------------------------------------------


def test_the_report_gives_sizes_that_are_true(site: Path) -> None:
    status, said = bundle("--site", site)
    assert status == 0
    for name in ("briefing.zip", "briefing.html"):
        kilobytes = round((site / "output/bundle" / name).stat().st_size / 1000)
        assert f"output/bundle/{name}: {kilobytes} kB" in said
    assert "pages " in said
    assert "search " in said
    assert "5 articles" not in said
    assert "2 articles" in said


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((10**4, 10**7), "briefing.html is large for a phone, which opens some 10 MB well"),
        ((10**3, 10**4), "briefing.html is too large to be sent: mail takes some 18 MB"),
    ],
)
def test_a_single_file_that_is_too_large_is_answered_with_the_zip(
    site: Path, monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int], words: str
) -> None:
    monkeypatch.setattr(outlet, "PHONE", limits[0])
    monkeypatch.setattr(outlet, "MAIL", limits[1])
    said = bundle("--site", site)[1]
    assert words in said
    assert "briefing.zip" in said.partition(words)[2]


def test_without_search_neither_has_any(site: Path) -> None:
    status, said = bundle("--site", site, "--no-search")
    assert status == 0
    assert "search " not in said
    held = held_in((site / "output/bundle/briefing.html").read_bytes())
    assert not [path for path in held if "search" in path]
    with ZipFile(site / "output/bundle/briefing.zip") as archive:
        assert not [name for name in archive.namelist() if "search" in name]
        assert b"press /" not in archive.read(f"briefing/{READ_ME}")


# --- nothing is lost -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mistake", "options"),
    [(("site.yaml", "tittle: x\n"), ()), (("site.yaml", "style: {accent: '#eeeeee'}\n"), ("--strict",))],
    ids=["an error", "a warning, with --strict"],
)
def test_what_is_wrong_stops_it_and_the_last_bundle_stays(
    site: Path, mistake: tuple[str, str], options: tuple[str, ...]
) -> None:
    assert bundle("--site", site)[0] == 0
    before = {path: path.read_bytes() for path in (site / "output/bundle").iterdir()}
    set_in(site, *mistake)
    status, said = bundle("--site", site, *options)
    assert status == 1
    assert "bundle is as it was" in said
    assert {path: path.read_bytes() for path in (site / "output/bundle").iterdir()} == before


def test_where_nothing_was_nothing_is_written(site: Path) -> None:
    set_in(site, "site.yaml", "tittle: x\n")
    status, said = bundle("--site", site)
    assert status == 1
    assert "1 error; nothing is written" in said
    assert not (site / "output").exists()


def test_drafts_are_in_it_when_they_are_asked_for(site: Path) -> None:
    set_in(site, "content/articles/weekly.yaml", "draft: true\n")
    own({"content/briefing.yaml": b"title: T\nas_of: 2025\nbottom_line: Nothing.\n"}, site)
    for options, held in (((), False), (("--drafts",), True)):
        bundle("--site", site, *options)
        path = site / "output/bundle/briefing.html"
        assert path.exists()
        assert ("articles/weekly.html" in held_in(path.read_bytes())) == held


def test_a_file_that_is_not_a_bundle_is_not_replaced(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    for name in ("briefing.zip", "briefing.html"):
        own({name: b"somebody's work"}, folder)
        status, said = bundle("--site", site, "--output", folder)
        assert status == 2
        assert f"{name} was not made by Sourcebook; move it, or choose another folder" in said.replace("\n", " ")
        assert (folder / name).read_bytes() == b"somebody's work"
        (folder / name).unlink()
        assert list(folder.iterdir()) == []
    own({"notes.txt": b"mine"}, folder)
    assert bundle("--site", site, "--output", folder)[0] == 0
    assert bundle("--site", site, "--output", folder)[0] == 0
    assert {path.name for path in folder.iterdir()} == {"briefing.zip", "briefing.html", "notes.txt"}


def test_a_folder_in_which_a_bundle_would_do_harm_is_refused(site: Path) -> None:
    assert CliRunner().invoke(sourcebook, ["build", "--no-search", "--site", str(site)]).exit_code == 0
    for folder, refusal in (
        (site / "content", "is or holds the site's own sources"),
        (site / "content/files", "is or holds the site's own sources"),
        (site / "site.yaml", "is or holds the site's own sources"),
        (site / "output/site", "is a built site, and its next build would remove the bundle"),
        (site / "output/site/index.html", "is a file"),
    ):
        status, said = bundle("--site", site, "--output", folder)
        assert status == 2, folder
        assert refusal in said.replace("\n", " ")
    (site / "output/bundle/briefing.zip").mkdir(parents=True)
    assert "is a folder" in bundle("--site", site)[1]


def test_what_a_killed_bundle_left_is_cleared_away(site: Path) -> None:
    own({"output/bundle/.sourcebook-abc": b"half a zip"}, site)
    assert bundle("--site", site)[0] == 0
    assert {path.name for path in (site / "output/bundle").iterdir()} == {"briefing.zip", "briefing.html"}


def test_a_disk_that_is_full_leaves_the_last_bundle(site: Path) -> None:
    """There is room for the zip, and none for the single file: neither is replaced, nothing else is left."""
    own(
        {
            "content/files/noise.png": Random(1).randbytes(200_000),
            "content/pages/a.md": b"---\ntitle: A\n---\n\n![A](files/noise.png)",
        },
        site,
    )
    assert bundle("--site", site, "--no-search")[0] == 0
    folder = site / "output/bundle"
    before = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    smaller, larger = sorted((path.stat().st_size, path.suffix) for path in folder.iterdir())
    assert (smaller[1], larger[1]) == (".zip", ".html")
    set_in(site, "content/articles/weekly.yaml", "summary: More.\n")
    blocks = (smaller[0] + larger[0]) // 2048
    limited = f"ulimit -f {blocks}; exec {sys.executable} -m builder bundle --no-search --site '{site}'"
    done = subprocess.run(
        ["bash", "-c", limited],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, f"sourcebook: {folder / 'briefing.html'}: File too large\n")
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == before


# --- the single file -------------------------------------------------------------------------------------------------


def test_only_what_the_policy_names_can_run(sent: Path) -> None:
    html = (sent / "minerals.html").read_text(encoding="utf-8")
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for name in ("script-src", "style-src"):
        assert all(source.startswith("'sha256-") or source == "'wasm-unsafe-eval'" for source in rules[name].split())
    assert html.count("<script") == html.count("</script") == html.count("<style") == 1
    assert " style=" not in html.partition("<template")[0]


def test_pictures_and_other_files_that_a_page_leads_to_are_in_it_and_no_others(site: Path) -> None:
    own({"content/files/a.png": b"\x89PNG", "content/files/b.csv": b"a,b", "content/files/unused.bin": b"no"}, site)
    own({"content/pages/about.md": b"---\ntitle: T\n---\n![p](../files/a.png) [data](../files/b.csv)\n"}, site)
    assert bundle("--site", site)[0] == 0
    held = held_in((site / "output/bundle/briefing.html").read_bytes())
    assert held["files/a.png"] == b"\x89PNG"
    assert held["files/b.csv"] == b"a,b"
    assert "files/unused.bin" not in held
    with ZipFile(site / "output/bundle/briefing.zip") as archive:
        assert archive.read("briefing/files/unused.bin") == b"no"


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("single-file/router.js", "x = '</script>'", "layouts/single-file/router.js holds what ends a script"),
        ("single-file/style.css", "</STYLE>", "layouts/single-file/style.css holds “</style”"),
    ],
)
def test_what_would_end_the_files_own_script_or_style_is_refused(site: Path, path: str, text: str, words: str) -> None:
    own({f"layouts/{path}": text.encode()}, site)
    status, said = bundle("--site", site)
    assert status == 2
    assert words in said.replace("\n", " ")


def test_a_shell_of_the_sites_own_has_to_have_a_place_for_the_pages() -> None:
    built = tiny({"layouts/single-file.html": "<p>{{ page.policy }}</p>"})
    assert [(problem.code, problem.message) for problem in built.problems] == [
        ("template-error", "this has to hold {{ page.contents }}, once")
    ]
    assert built.problems[0].span.path == "layouts/single-file.html"


@pytest.mark.parametrize("name", ["search.js", "search/page.js", "search/dialog.js", "search/find.js"])
def test_built_in_scripts_see_their_page_through_the_names_that_the_single_file_gives_them(name: str) -> None:
    """A listener on the document, or the window's own address, would be that of all pages."""
    script = (ROOT / "layouts/assets" / name).read_text(encoding="utf-8")
    for everybodys in ("window.location", "document.location", "window.history", "window.addEventListener"):
        assert everybodys not in script
    assert "document.addEventListener" not in script


# --- rights ----------------------------------------------------------------------------------------------------------


def both(built: Built, kept: Path) -> dict[str, bytes]:
    """The zip and the single file."""
    index = search.index(built.files, kept).files
    site = with_checksums({**built.files, **index, READ_ME: built.wrappings[READ_ME]})
    return {
        "bundle.zip": outlet.zip_of(site, "minerals", (2025, 2, 22)).body,
        "bundle.html": single_file(built.files, index, built.wrappings).body,
    }


@pytest.mark.parametrize("rights", ["passages", "none"])
def test_neither_holds_more_of_a_source_than_its_rights_allow(rights: str, tmp_path: Path) -> None:
    """Both are unpacked to the last byte. The index runs texts together, so two words more may be there by chance."""
    built = sample(rights)
    for path, body in both(built, tmp_path).items():
        read = {path: set(map(words, readings_of(path, body)))}
        assert leaks(read, built.briefing, 12, titles(built), uncited=3) == []
        assert leaks(read, built.briefing, 12, [*own_words(), *titles(built)], uncited=3) == []


def test_the_same_scan_finds_the_full_texts_where_they_are(tmp_path: Path) -> None:
    for path, body in both(sample("full"), tmp_path).items():
        read = {path: set(map(words, readings_of(path, body)))}
        assert len(leaks(read, sample("none").briefing, 12)) > 5000


@pytest.mark.parametrize("rights", ["passages", "none"])
def test_a_private_copy_has_the_full_texts_and_says_that_it_is_private(site: Path, rights: str) -> None:
    """In its names, on every page, and in the terminal; the public bundle beside it stays what it is."""
    set_in(site, "site.yaml", f"text: {rights}\n")
    assert bundle("--site", site)[0] == 0
    public = {path: path.read_bytes() for path in (site / "output/bundle").iterdir()}
    status, said = bundle("--site", site, "--full-text")
    assert status == 0
    assert "PRIVATE: both hold full texts that this site does not publish" in said
    names = {path.name for path in (site / "output/bundle").iterdir()}
    assert names - {path.name for path in public} == {
        "briefing-PRIVATE-full-text.zip",
        "briefing-PRIVATE-full-text.html",
    }
    assert all(path.read_bytes() == body for path, body in public.items())
    secret = "beside the bridge"
    single = (site / "output/bundle/briefing-PRIVATE-full-text.html").read_bytes()
    assert b"<strong>Private copy.</strong>" in single
    assert any(secret in text for text in readings_of("x.html", single))
    assert not any(secret in text for path, body in public.items() for text in readings_of(path.name, body))
    with ZipFile(site / "output/bundle/briefing-PRIVATE-full-text.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
    for name, html in pages.items():
        assert name.startswith("briefing-PRIVATE-full-text/")
        assert 'aria-label="Private copy"' in html, name
        assert '<meta name="robots" content="noindex">' in html, name
    assert not any(b"Private copy" in body for body in public.values())


def test_where_everything_is_published_there_is_nothing_private(site: Path) -> None:
    assert bundle("--site", site)[0] == 0
    public = {path.name: path.read_bytes() for path in (site / "output/bundle").iterdir()}
    status, said = bundle("--site", site, "--full-text")
    assert status == 0
    assert "this site publishes every text in full anyway" in said
    assert {path.name: path.read_bytes() for path in (site / "output/bundle").iterdir()} == public


def test_a_private_copy_speaks_the_language_of_the_site(tmp_path: Path) -> None:
    site = own({path: text.encode() for path, text in FILES.items()}, tmp_path)
    set_in(site, "site.yaml", "text: none\nlanguage: de\n")
    bundle("--site", site, "--full-text", "--no-search")
    with ZipFile(site / "output/bundle/briefing-PRIVATE-full-text.zip") as archive:
        first = archive.read(f"briefing-PRIVATE-full-text/{READ_ME}").decode()
    assert "Privates Exemplar" in first
    assert "Das Dossier öffnen" in first
