"""What one build leaves to the next: all of it can be read again, and after a change little is made anew."""

from collections.abc import Mapping
from dataclasses import fields

import pytest
import tiny
from synthetic import briefing
from tiny import built_in_layouts

from builder.briefing import remembered
from builder.build import Built, build
from builder.files import in_memory
from builder.memo import Memo, Packed
from builder.model import ARTICLE_FACETS, Article
from builder.outlets.kinds import unpack_value
from builder.outlets.packing import pack
from builder.site.render import PageFile

ARTICLES, CHANGED = 40, "report-00001"
TEXT, SUMMARY = (f"content/articles/{CHANGED}.{suffix}" for suffix in ("txt", "yaml"))


def built(files: dict[str, bytes], memo: Memo) -> tuple[Built, set[str]]:
    """The site, and the kinds or paths of what had to be made for it; all is remembered."""
    found = build(in_memory(files), search=False, memo=memo)
    pages = {path: file for path, file in found.files.files.items() if isinstance(file, PageFile)}
    new = {path: file for path, file in pages.items() if not file.sha256}
    for file in new.values():
        body, reads = file.made()
        file.remember(in_memory({"": body}).sha256(""), reads)
    return found, {path if path.startswith(("articles/", "events/")) else file.plan.path for path, file in new.items()}


def in_bytes(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: body.encode() for path, body in files.items()}


def on_disk(memo: Memo) -> Memo:
    """As it comes back from a disk."""
    return Memo(memo.code, {key: Packed(pack(value), unpack_value) for key, value in memo.used.items()})


def test_every_field_of_an_article_belongs_to_one_facet() -> None:
    named = [field for facet in ARTICLE_FACETS.values() for field in facet]
    assert sorted([*named, "facets", "digest"]) == sorted(field.name for field in fields(Article))


def test_all_that_is_remembered_can_be_read_again() -> None:
    memo = Memo("code")
    built({**briefing(ARTICLES, quotations=4), **built_in_layouts()}, memo)
    again = on_disk(memo)
    assert [key for key in again.known if again.find(key) != (memo.used[key],)] == []


@pytest.mark.parametrize("path", [TEXT, SUMMARY])
def test_after_a_change_of_one_article_no_other_is_read_or_made_anew(path: str) -> None:
    files, memo = {**briefing(ARTICLES, quotations=4), **built_in_layouts()}, Memo("code")
    built(files, memo)
    changed = files | {path: files[path].rstrip() + (b"\n\nMore.\n" if path == TEXT else b"\ntopics: [more]\n")}
    later = on_disk(memo)
    same, nothing = built(files, later)
    assert nothing == set()
    assert same.sound
    later = on_disk(later)
    found, new = built(changed, later)
    assert {page for page in new if page.startswith("articles/")} == {f"articles/{CHANGED}.html"}
    assert {page for page in new if page.startswith("events/")} <= {f"events/event-of-{CHANGED}.html"}
    assert path == SUMMARY or "timeline.html" not in new
    assert dict(found.files) == dict(build(in_memory(changed), search=False).files)
    known = later.known.keys()
    assert 0 < len(later.used.keys() - known) < 60  # of nine hundred


def test_what_the_lint_says_of_an_article_follows_the_article_that_it_rests_on() -> None:
    files = in_bytes(tiny.FILES) | built_in_layouts()
    point = 'key_points:\n  - text: "Kern paid 9 euros. [@daily]"\n'
    files |= {"content/articles/weekly.yaml": files["content/articles/weekly.yaml"] + point.encode()}
    changed = {"content/articles/daily.txt": files["content/articles/daily.txt"] + b"She paid 9 euros.\n"}
    memo = Memo("code")
    said = [built(inputs, memo := on_disk(memo))[0].problems for inputs in (files, files | changed, files)]
    assert [any(problem.code == "number-not-in-quote" for problem in problems) for problems in said] == [
        True,
        False,
        True,
    ]
    assert said[0] == said[2] == build(in_memory(files), search=False).problems


def files_refused_when_a_source_changes() -> list[set[str]]:
    """In which files quotations are not found: before, while a source has other words, and after."""
    third = "title: A third\npublisher: The Post\npublished: 2025-04-04\nurl: unknown\n"
    third += 'summary: "It is shut. [@daily \\"has been shut\\"]"\n'
    own = {"content/articles/third.txt": "Nobody crosses.\n", "content/articles/third.yaml": third}
    files = in_bytes(tiny.FILES | own) | built_in_layouts()
    text = files["content/articles/daily.txt"]
    changed = {"content/articles/daily.txt": text.replace(b"has been shut", b"was closed")}
    memo = Memo("code")
    said = [built(inputs, memo := on_disk(memo))[0].problems for inputs in (files, files | changed, files)]
    return [{problem.span.path for problem in problems if problem.code == "quote-not-found"} for problems in said]


def test_a_quotation_is_looked_up_again_when_its_source_changes() -> None:
    before, while_it_is_another, after = files_refused_when_a_source_changes()
    assert before == after == set()
    assert "content/articles/third.yaml" in while_it_is_another


def test_a_build_that_does_not_look_at_what_is_cited_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered.Remembered, "_states", lambda *_: ())
    _, while_it_is_another, _ = files_refused_when_a_source_changes()
    assert "content/articles/third.yaml" not in while_it_is_another
