"""The seal: a text that changed since it was sealed is an error until its author says that the change is right."""

import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT

from builder.outlets.folder import read_site
from builder.reading.seal import check_seal, read_checksums, reseal, seeds, written

SEAL = "content/SHA256SUMS"
BRIDGE, HARBOUR = "content/articles/bridge.txt", "content/articles/harbour.txt"
TEXT = b"The harbour bridge was closed on Friday.\nNobody was told.\n"


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()


DIGEST = digest(TEXT)


def sealed(*lines: str, **files: bytes) -> dict[str, bytes]:
    """The files of a site in memory with these lines in its seal."""
    articles = {f"content/articles/{name.replace('_', '.')}": body for name, body in files.items()}
    return {SEAL: "".join(f"{line}\n" for line in lines).encode(), **articles}


def found(inputs: Mapping[str, bytes]) -> list[tuple[str, int, str, str]]:
    return [(p.span.path, p.span.line, p.code, p.message) for p in check_seal(inputs)]


def hints(inputs: Mapping[str, bytes]) -> str:
    return "\n".join(problem.hint for problem in check_seal(inputs))


# --- the format ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (f"{DIGEST}  articles/a.txt", "articles/a.txt"),
        (f"{DIGEST} *articles/a.txt", "articles/a.txt"),
        (f"{DIGEST}  ./articles/a.txt", "articles/a.txt"),
        (f"{DIGEST}  articles//./a.txt", "articles/a.txt"),
        (f"{DIGEST.upper()}  articles/a.txt", "articles/a.txt"),
        (f"{DIGEST}  articles/a.txt\r", "articles/a.txt"),
        (f"  {DIGEST}  articles/a.txt", "articles/a.txt"),
        (f"{DIGEST}  a b *c.txt", "a b *c.txt"),
        (f"\\{DIGEST}  a\\\\b.txt", "a\\b.txt"),
        (f"\\{DIGEST}  a\\nb\\rc.txt", "a\nb\rc.txt"),
        (f"{DIGEST}  a\\nb.txt", "a\\nb.txt"),
    ],
)
def test_a_line_is_read_as_sha256sum_reads_it(line: str, path: str) -> None:
    (checksum,), unread = read_checksums(f"# a comment\n\n{line}\n")
    assert (checksum.path, checksum.digest, checksum.line, unread) == (path, DIGEST, 3, ())


@pytest.mark.parametrize(
    "line",
    ["articles/a.txt", DIGEST, f"{DIGEST[:-1]}  a.txt", f"{DIGEST}0  a.txt", f"{DIGEST}  ", f"\\{DIGEST}  a\\xb"],
)
def test_what_is_no_line_is_told_by_its_number(line: str) -> None:
    assert read_checksums(f"{DIGEST}  a.txt\n{line}\n")[1] == (2,)


@given(st.text())
def test_no_text_stops_the_reading(text: str) -> None:
    checksums, unread = read_checksums(text)
    assert len(checksums) + len(unread) <= text.count("\n") + 1


NAMES = st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), min_size=1)


PATHS = st.lists(NAMES, min_size=1).map("/".join).filter(lambda path: not path.isspace())


@given(st.dictionaries(PATHS, st.just(DIGEST)))
def test_what_is_written_is_read_back(digests: dict[str, str]) -> None:
    checksums, unread = read_checksums(written(digests))
    assert len(checksums) == len(digests)
    assert unread == ()


def test_sha256sum_comes_to_the_same_answer(tmp_path: Path) -> None:
    """It takes the file as it is, and objects to the same files."""
    texts = {"plain.txt": b"1\n", "two words.txt": b"2\n", "*star.txt": b"3\n", "changed.txt": b"4\n"}
    (tmp_path / "articles").mkdir()
    for name, body in texts.items():
        (tmp_path / "articles" / name).write_bytes(body)
    inputs = {f"content/articles/{name}": body for name, body in texts.items()}
    (tmp_path / "SHA256SUMS").write_text(reseal(inputs).text)
    (tmp_path / "articles" / "changed.txt").write_bytes(b"5\n")
    inputs |= {SEAL: reseal(inputs).text.encode(), "content/articles/changed.txt": b"5\n"}
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert [line for line in done.stdout.splitlines() if "OK" not in line] == ["articles/changed.txt: FAILED"]
    assert [path for path, *_ in found(inputs)] == ["content/articles/changed.txt"]


# --- what does not fit ---------------------------------------------------------------------------------------------


def test_a_site_without_a_seal_is_not_told_of_it() -> None:
    """Sealing begins with the first `sourcebook seal`."""
    assert found({BRIDGE: TEXT}) == []


def test_a_text_that_fits_its_seal_is_no_problem() -> None:
    assert found(sealed(f"{DIGEST}  articles/bridge.txt", bridge_txt=TEXT)) == []


def test_one_changed_byte_is_an_error_at_the_text() -> None:
    inputs = sealed(f"{DIGEST}  articles/bridge.txt", bridge_txt=TEXT.replace(b"Friday", b"Fridat"))
    assert found(inputs) == [(BRIDGE, 1, "seal-broken", "this file changed since it was sealed")]
    assert "sourcebook seal" in hints(inputs)
    assert "line ends" not in hints(inputs)


@pytest.mark.parametrize("now", [TEXT.replace(b"\n", b"\r\n"), TEXT[:-1]])
def test_a_text_of_which_only_the_line_ends_changed_says_so(now: bytes) -> None:
    """It is the change that git and editors make without being asked."""
    assert "only its line ends differ" in hints(sealed(f"{DIGEST}  articles/bridge.txt", bridge_txt=now))
    back = sealed(f"{digest(now)}  articles/bridge.txt", bridge_txt=TEXT)
    assert "only its line ends differ" in hints(back)


def test_a_sealed_text_that_is_gone_is_an_error_at_its_line() -> None:
    inputs = sealed(f"{DIGEST}  articles/bridge.txt", f"{digest(b'x')}  articles/gone.txt", bridge_txt=TEXT)
    assert found(inputs) == [(SEAL, 2, "seal-broken", "“articles/gone.txt” was sealed and is gone")]


def test_a_renamed_text_is_recognised() -> None:
    inputs = sealed(f"{DIGEST}  articles/gone.txt", bridge_txt=TEXT)
    assert [code for _, _, code, _ in found(inputs)] == ["seal-broken", "unsealed"]
    assert f"{BRIDGE} has the same text" in hints(inputs)


def test_a_text_that_cannot_be_read_is_reported_elsewhere_and_not_as_gone() -> None:
    inputs = sealed(f"{DIGEST}  articles/bridge.txt")
    assert list(check_seal(inputs, frozenset({BRIDGE}))) == []


def test_an_article_without_a_seal_is_a_warning_once_another_has_one() -> None:
    inputs = sealed(f"{DIGEST}  articles/bridge.txt", bridge_txt=TEXT, harbour_txt=b"x")
    (problem,) = check_seal(inputs)
    assert (problem.span.path, problem.code, problem.severity) == (HARBOUR, "unsealed", "warning")


def test_a_line_that_cannot_be_read_is_an_error_and_accuses_no_article() -> None:
    """It may be the line of the article that seems to lack one."""
    inputs = sealed(f"{DIGEST[:9]}  articles/bridge.txt", bridge_txt=TEXT)
    assert found(inputs) == [(SEAL, 1, "seal-broken", "this line is none of `sha256sum`")]


def test_two_lines_that_contradict_each_other_break_the_seal() -> None:
    """A merge that kept both sides."""
    inputs = sealed(f"{DIGEST}  articles/bridge.txt", f"{digest(b'x')}  ./articles/bridge.txt", bridge_txt=TEXT)
    assert [code for _, _, code, _ in found(inputs)] == ["seal-broken"]
    assert reseal(inputs).changed == ("articles/bridge.txt",)


def test_a_seal_in_another_encoding_is_an_error_with_its_place() -> None:
    (problem,) = check_seal({SEAL: b"# \xff\n"})
    assert (problem.code, problem.span.path) == ("not-utf8", SEAL)


def test_whatever_was_sealed_by_hand_is_held_to_it() -> None:
    inputs = sealed(f"{DIGEST}  files/chart.png") | {"content/files/chart.png": b"x"}
    assert [path for path, *_ in found(inputs)] == ["content/files/chart.png"]
    assert reseal(inputs).changed == ("files/chart.png",)


def test_a_seal_never_seals_itself() -> None:
    """It cannot hold its own digest."""
    inputs = sealed(f"{DIGEST}  SHA256SUMS", bridge_txt=TEXT)
    assert reseal(inputs).text == f"{DIGEST}  articles/bridge.txt\n"


def test_seeds_are_texts_and_markdown_with_a_summary_beside_it() -> None:
    names = ("a.txt", "a.yaml", "b.md", "b.yaml", "front-matter.md", "sub/c.txt", "d.doc")
    inputs = {f"content/articles/{name}": b"" for name in names} | {"content/pages/about.md": b""}
    assert seeds(inputs) == [f"content/articles/{name}" for name in ("a.txt", "b.md", "sub/c.txt")]


# --- sealing -------------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=8)), st.text(max_size=80))
def test_a_sealed_site_has_no_seal_problem_whatever_its_seal_was(texts: dict[str, bytes], old: str) -> None:
    inputs = {f"content/articles/{name}.txt": body for name, body in texts.items()} | {SEAL: old.encode()}
    resealed = reseal(inputs)
    assert list(check_seal(inputs | {SEAL: resealed.text.encode()})) == []
    again = reseal(inputs | {SEAL: resealed.text.encode()})
    assert (again.text, again.forgets) == (resealed.text, False)


def site_at(folder: Path) -> Path:
    (folder / "content/articles").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: The bridge\n")
    (folder / BRIDGE).write_bytes(TEXT)
    (folder / HARBOUR).write_bytes(b"The harbour was dredged.\n")
    return folder


def seal(site: Path, *options: str, answer: str = "") -> tuple[int, str]:
    """The real command; with an `answer` on a terminal, without one with no terminal at all."""
    command = [sys.executable, "-m", "builder", "seal", "--site", str(site), *options]
    master, slave = os.openpty()
    try:
        os.write(master, answer.encode())
        stdin = slave if answer else subprocess.DEVNULL
        done = subprocess.run(command, cwd=ROOT, stdin=stdin, capture_output=True, encoding="utf-8", check=False)
    finally:
        os.close(master)
        os.close(slave)
    return done.returncode, done.stdout + done.stderr


def test_the_first_sealing_asks_nothing_and_sealing_again_touches_nothing(tmp_path: Path) -> None:
    site = site_at(tmp_path)
    assert seal(site) == (0, "content/SHA256SUMS seals 2 files: 2 new\n")
    before = (site / SEAL).stat()
    assert seal(site) == (0, "content/SHA256SUMS seals 2 files: 2 as before\n")
    after = (site / SEAL).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (site / SEAL).read_text().splitlines() == [
        f"{DIGEST}  articles/bridge.txt",
        f"{digest(b'The harbour was dredged.' + bytes([10]))}  articles/harbour.txt",
    ]


def test_a_new_article_is_sealed_without_a_question(tmp_path: Path) -> None:
    site = site_at(tmp_path)
    seal(site)
    (site / "content/articles/ferry.txt").write_text("There is a ferry.\n")
    assert seal(site) == (0, "content/SHA256SUMS seals 3 files: 1 new, 2 as before\n")


def changed_site(folder: Path) -> tuple[Path, bytes]:
    """A sealed site of which one text changed and another went, and its seal."""
    site = site_at(folder)
    seal(site)
    (site / BRIDGE).write_bytes(TEXT + b"!")
    (site / HARBOUR).unlink()
    return site, (site / SEAL).read_bytes()


CHANGED = "articles/bridge.txt changed since it was sealed\narticles/harbour.txt was sealed and is gone\n"


def test_without_a_terminal_a_changed_text_is_refused_and_named(tmp_path: Path) -> None:
    site, before = changed_site(tmp_path)
    status, said = seal(site)
    assert (status, said) == (1, f"{CHANGED}nothing is sealed: to accept this, answer on a terminal or give --yes\n")
    assert (site / SEAL).read_bytes() == before


def test_an_author_who_says_no_keeps_the_old_seal(tmp_path: Path) -> None:
    site, before = changed_site(tmp_path)
    status, said = seal(site, answer="n\n")
    assert status == 1
    assert said.startswith(CHANGED)
    assert (site / SEAL).read_bytes() == before


@pytest.mark.parametrize(("options", "answer"), [((), "y\n"), (("--yes",), "")])
def test_an_author_who_says_yes_seals_the_text_as_it_is(tmp_path: Path, options: tuple[str, ...], answer: str) -> None:
    site, _ = changed_site(tmp_path)
    status, said = seal(site, *options, answer=answer)
    assert status == 0
    assert said.endswith("content/SHA256SUMS seals 1 file: 1 changed, 1 gone\n")
    assert list(check_seal(read_site(site)[0])) == []


def test_a_seal_that_cannot_be_read_is_not_thrown_away_without_a_word(tmp_path: Path) -> None:
    site = site_at(tmp_path)
    (site / SEAL).write_text("<<<<<<< ours\n")
    status, said = seal(site)
    assert (status, said.splitlines()[0]) == (1, f"{SEAL}:1 cannot be read: what it sealed is not known")


def test_a_link_that_leaves_the_site_cannot_be_sealed(tmp_path: Path) -> None:
    site = site_at(tmp_path / "site")
    (tmp_path / "outside.txt").write_text("x")
    (site / "content/articles/outside.txt").symlink_to(tmp_path / "outside.txt")
    status, said = seal(site)
    assert (status, "path-outside" in said, (site / SEAL).exists()) == (1, True, False)


@pytest.mark.parametrize("site", [ROOT, ROOT / "tests/topics/moselbahn"], ids=["sample", "moselbahn"])
def test_both_topics_are_sealed(site: Path) -> None:
    inputs, _ = read_site(site)
    assert SEAL in inputs
    assert list(check_seal(inputs)) == []
    run = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=site / "content", capture_output=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, b"")
