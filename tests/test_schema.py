"""Every key as documented, every mistake in its place, and no mistake that hides another or causes a false report."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.problems import Problem, Span, in_order
from builder.reading.fields import Dated, LineRange
from builder.reading.forms import fill
from builder.reading.parse import parse
from builder.reading.schema import ArticleForm, BriefingForm, EntityForm, EventForm
from builder.reading.schema_site import PageForm, SiteForm
from builder.reading.shapes import Shape
from builder.reading.yamls import Text, read_yaml

ARTICLE = "title: T\npublisher: P\npublished: 2025-02-22\n"
BRIEFING = "title: B\nas_of: 2025-02-22\nbottom_line: So it is.\n"


def read(model: type[Shape], source: str) -> tuple[Any, list[Problem]]:
    return fill(model, read_yaml(source, "a.yaml"), {})


def filled(model: type[Shape], source: str) -> Any:
    """The form of a text with nothing wrong in it."""
    form, problems = read(model, source)
    assert problems == []
    return form


def answers(model: type[Shape], source: str) -> list[tuple[int, int, str, str]]:
    """Line, column, code and fact of each problem."""
    return [(p.span.line, p.span.column, p.code, p.message) for p in in_order(read(model, source)[1])]


def parsed(files: dict[str, str]) -> list[str]:
    """Code and place of each problem that reading a site finds."""
    site = {"site.yaml": "title: S\n", "content/briefing.yaml": BRIEFING, **files}
    problems = parse({path: text.encode() for path, text in site.items()}).problems
    return [f"{p.span.path}:{p.span.line}:{p.span.column} {p.code}" for p in problems]


# --- what may be written -------------------------------------------------------------------------------------------

EVERYTHING = {
    ArticleForm: """
title: {value: T, basis: "Its headline."}
title_is_editorial: true
publisher: unknown
agency: [{value: Reuters, basis: "b"}, AFP]
authors: []
published: {value: "[2025-02-22,2025-02-23]", basis: "Its Friday."}
retrieved: 2025-02-23
url: unknown
archive_url: https://example.org/a
language: en
text: full
draft: false
roles: {title: [], caption: [1], credit: [4], dateline: [], heading: [], note: [22], navigation: [], teaser: [2-6, 9]}
summary: |
  A paragraph.
key_points: [{text: t, quote: q, line: 3}]
quotes:
  - quote: [a, b]
    speaker: ann-lee
    reported_by: reuters
    line: 3
  - quote: a
    speaker: {anonymous: "one of the sources"}
events:
  - {event: k, title: t, date: 2025-02-20, basis: b, status: said, quote: q, line: 1, entities: [a, b]}
  - {date: [..2025-02-12], quote: q}
notes: [{quote: q, text: t, line: 2}]
mentions:
  - {text: W, is: w}
  - {text: W, lines: [8, 20, 3-5], is: v}
  - {text: E, is: null}
topics: [starlink]
ignore: [{code: weekday, at: 12, reason: r}]
""",
    EntityForm: """
name: V
kind: person
aliases: [Z, {text: the president, ambiguous: true}]
description: President.
offices: [{title: President, from: 2019-05-20, to: 2024-05}]
wikidata: Q3874799
links: [{title: t, url: https://example.org}]
""",
    EventForm: """
title: t
date: 2025-02-20
status: planned
note: n
disputed: d
entities: []
source: {title: t, url: https://example.org}
""",
    BriefingForm: """
title: t
as_of: 2025-02-22
edition: 2
bottom_line: b
key_points: [{text: t, confidence: low, reason: r}]
sections: [{title: t, text: t}]
questions:
  - {id: q, question: q, note: n, positions: [{answer: a, says: [{article: s, quote: q, line: 4}]}]}
unknowns: [{text: t}]
changes: [{date: 2025-02-23, text: t}]
ignore: []
""",
    SiteForm: """
title: t
name: minerals
description: d
url: https://example.org/minerals/
language: en
authors: [{name: n, url: https://example.org}, {name: m}]
license: CC-BY-4.0
text: passages
style: {accent: "#7a1f1f"}
kinds: {organization: Organisations}
checks: {weekday: warning}
wire_copy: {threshold: 0.1}
publish: {remote: origin, branch: gh-pages, cname: ""}
search: {languages: auto}
""",
    PageForm: "title: t\nnav: true\ndraft: false\n",
}


@pytest.mark.parametrize("model", EVERYTHING)
def test_every_documented_key_is_read(model: type[Shape]) -> None:
    form = filled(model, EVERYTHING[model])
    # `ignore` stands once for all files whose entries have keys of their own.
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"ignore"}
    assert keys <= set(read_yaml(EVERYTHING[model], "a.yaml").value), "a key is not in the example above"
    assert form is not None


@pytest.mark.parametrize("model", EVERYTHING)
def test_a_key_with_nothing_behind_it_is_as_good_as_no_key_unless_it_is_required(model: type[Shape]) -> None:
    for key, field in ((field.alias or name, field) for name, field in model.model_fields.items()):
        lines = [f"{k}: {v}" for k, v in REQUIRED[model].items() if k != key]
        found = answers(model, "\n".join([*lines, f"{key}:", ""]))
        expected_empty = [] if not field.is_required() else [(len(lines) + 1, "missing-key")]
        assert [(line, code) for line, _, code, _ in found] == expected_empty, key


REQUIRED: dict[type[Shape], dict[str, str]] = {
    ArticleForm: {"title": "T", "publisher": "P", "published": "2025"},
    EntityForm: {"name": "N", "kind": "person"},
    EventForm: {},
    BriefingForm: {"title": "T", "as_of": "2025", "bottom_line": "B"},
    SiteForm: {"title": "T"},
    PageForm: {"title": "T"},
}


@pytest.mark.parametrize(
    ("written", "value", "basis"),
    [
        ("Reuters", "Reuters", None),
        ("unknown", "unknown", None),
        ("{value: Reuters, basis: b}", "Reuters", "b"),
        ("{value: unknown}", "unknown", None),
        ("2025", "2025", None),
        ("'[brackets]'", "[brackets]", None),
    ],
)
def test_a_fact_is_plain_or_unknown_or_has_a_reason(written: str, value: str, basis: str | None) -> None:
    form = filled(ArticleForm, ARTICLE.replace("publisher: P", f"publisher: {written}"))
    assert (form.publisher.value, form.publisher.basis) == (value, basis)
    assert filled(ArticleForm, ARTICLE + f"agency: {written}\n").agency[0].value == value
    assert filled(ArticleForm, ARTICLE + f"authors: [{written}, x]\n").authors[1].value == "x"


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2025-02-22", "2025-02-22"),
        ("2025", "2025"),
        ("'2025-02~'", "2025-02~"),
        ("[..2025-02-12]", "[..2025-02-12]"),
        ("[2025-02-22,2025-02-23]", "[2025-02-22,2025-02-23]"),
        ("{value: 2025-02-22, basis: b}", "2025-02-22"),
        ("unknown", None),
        ("{value: unknown, basis: b}", None),
    ],
)
def test_a_date_is_plain_or_in_brackets_or_unknown_or_has_a_reason(written: str, edtf: str | None) -> None:
    published = filled(ArticleForm, ARTICLE.replace("2025-02-22", written)).published
    assert (published.value.when.edtf if published.value else None) == edtf


def test_nothing_is_not_unknown() -> None:
    assert answers(ArticleForm, ARTICLE.replace("P", "")) == [(2, 11, "missing-key", "“publisher” is still blank")]


def test_values_keep_their_places() -> None:
    form = filled(ArticleForm, ARTICLE + "roles:\n  teaser: [23-26]\nquotes:\n  - quote: |-\n      one\n")
    assert isinstance(form.published.value, Dated)
    assert form.published.value.span == Span("a.yaml", 3, 12)
    assert form.roles.teaser == (LineRange(23, 26, Span("a.yaml", 5, 12)),)
    assert form.quotes[0].quote[0].span == Span("a.yaml", 8, 7)


def test_a_quotation_and_its_segments_keep_what_was_typed() -> None:
    form = filled(ArticleForm, ARTICLE + "quotes:\n  - quote: 010\n  - quote: [no, 1e3]\n")
    assert [quote.quote for quote in form.quotes] == [("010",), ("no", "1e3")]


# --- what may not --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "source", "expected"),
    [
        (ArticleForm, ARTICLE + "title_is_editorial: yes\n", (4, 21, "wrong-type")),
        (ArticleForm, ARTICLE + "draft: 'x'\n", (4, 8, "wrong-type")),
        (ArticleForm, ARTICLE + "url: example.org\n", (4, 6, "unsafe-link")),
        (ArticleForm, ARTICLE + "url: javascript:alert(1)\n", (4, 6, "unsafe-link")),
        (ArticleForm, ARTICLE + "url: https://\n", (4, 6, "unsafe-link")),
        (ArticleForm, ARTICLE + "text: some\n", (4, 7, "wrong-type")),
        (ArticleForm, ARTICLE + "roles: {title: 1}\n", (4, 16, "wrong-type")),
        (ArticleForm, ARTICLE + "roles: {title: [0]}\n", (4, 17, "wrong-type")),
        (ArticleForm, ARTICLE + "roles: {title: [1, [2]]}\n", (4, 20, "wrong-type")),
        (ArticleForm, ARTICLE + "roles: {heading: [first]}\n", (4, 19, "wrong-type")),
        (ArticleForm, ARTICLE + "roles: {lead: [1]}\n", (4, 9, "unknown-key")),
        (ArticleForm, ARTICLE + "roles: [1]\n", (4, 8, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: none\n", (4, 9, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes:\n  quote: a\n", (5, 3, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: [a]\n", (4, 10, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: [{quote: }]\n", (4, 18, "missing-key")),
        (ArticleForm, ARTICLE + "quotes: [{quote: [a, ~]}]\n", (4, 18, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: [{quote: []}]\n", (4, 18, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: [{quote: {a: b}}]\n", (4, 18, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: [{speaker: a}]\n", (4, 10, "missing-key")),
        (ArticleForm, ARTICLE + "quotes: [{quote: a, speaker: {name: b}}]\n", (4, 31, "unknown-key")),
        (ArticleForm, ARTICLE + "quotes: [{quote: a, line: x}]\n", (4, 27, "wrong-type")),
        (ArticleForm, ARTICLE + "quotes: [{quote: a, line: 1-2}]\n", (4, 27, "wrong-type")),
        (ArticleForm, ARTICLE + "events: [{quote: a, date: 30 May}]\n", (4, 27, "bad-date")),
        (ArticleForm, ARTICLE + "events: [{quote: a, date: 2025, status: maybe}]\n", (4, 41, "wrong-type")),
        (ArticleForm, ARTICLE + "events: [{quote: a, date: 2025, event: A B}]\n", (4, 40, "bad-slug")),
        (ArticleForm, ARTICLE + "events: [{quote: a, date: 2025, entities: a}]\n", (4, 43, "wrong-type")),
        (ArticleForm, ARTICLE + "mentions: [{text: W}]\n", (4, 12, "missing-key")),
        (ArticleForm, ARTICLE + "topics: [a, {b: c}]\n", (4, 13, "wrong-type")),
        (ArticleForm, ARTICLE.replace("P", "{basis: b}"), (2, 12, "missing-key")),
        (ArticleForm, ARTICLE.replace("P", "[a, b]"), (2, 12, "wrong-type")),
        (ArticleForm, ARTICLE.replace("2025-02-22", "[2025, 2024]x"), (3, 12, "yaml-syntax")),
        (ArticleForm, "- a\n", (1, 1, "wrong-type")),
        (ArticleForm, "just words\n", (1, 1, "wrong-type")),
        (SiteForm, "title: T\nwire_copy: {threshold: 2}\n", (2, 24, "wrong-type")),
        (SiteForm, "title: T\nchecks: {weekday: on}\n", (2, 19, "wrong-type")),
        (SiteForm, "title: T\nkinds: [a]\n", (2, 8, "wrong-type")),
        (SiteForm, "title: T\nname: My Site\n", (2, 7, "bad-slug")),
        (BriefingForm, BRIEFING + "key_points: [{text: a, confidence: sure}]\n", (4, 36, "wrong-type")),
        (
            BriefingForm,
            BRIEFING + "questions: [{id: q, question: q, positions: [{says: []}]}]\n",
            (4, 46, "missing-key"),
        ),
    ],
)
def test_each_mistake_is_answered_once_and_in_its_place(
    model: type[Shape], source: str, expected: tuple[int, int, str]
) -> None:
    assert [answer[:3] for answer in answers(model, source)] == [expected]


def test_an_empty_file_lacks_every_required_key() -> None:
    assert [fact for *_, fact in answers(BriefingForm, "")] == [
        "“as_of” is missing",
        "“bottom_line” is missing",
        "“title” is missing",
    ]


def test_all_mistakes_of_a_file_are_answered_at_once() -> None:
    source = ARTICLE + (
        "url: x\ntopics: [{}]\nquotes:\n  - quote: a\n    line: b\n  - {}\n  - [x]\n"
        "events: [{quote: a, date: b}, {date: c}]\n"
    )
    assert [(line, code) for line, _, code, _ in answers(ArticleForm, source)] == [
        (4, "unsafe-link"),
        (5, "wrong-type"),
        (8, "wrong-type"),
        (9, "missing-key"),
        (10, "wrong-type"),
        (11, "bad-date"),
        (11, "missing-key"),
        (11, "bad-date"),
    ]


def test_what_is_right_beside_a_mistake_is_still_read() -> None:
    source = ARTICLE + (
        "quotes: [{}, {quote: a, line: x}, {}, {quote: b}, {qoute: c}]\n"
        "events: [{quote: d, date: x}, {date: 2025}]\nnotes: [{quote: e}]\nsummary: s\nlanguage: {}\n"
    )
    form, problems = read(ArticleForm, source)
    assert len(problems) == 8
    assert [quote.quote for quote in form.quotes] == [("a",), ("b",), ("c",)]
    assert [account.quote for account in form.events] == [("d",)]
    assert [note.quote for note in form.notes] == [("e",)]
    assert form.summary == "s"


def test_a_misspelled_key_is_not_also_missing() -> None:
    assert answers(ArticleForm, ARTICLE.replace("title", "tittle") + "quotes: [{qoute: a}]\n") == [
        (1, 1, "unknown-key", "“tittle” is not a key here; the nearest is “title”"),
        (4, 11, "unknown-key", "“qoute” is not a key here; the nearest is “quote”"),
    ]


def test_another_key_does_not_excuse_a_missing_one() -> None:
    found = answers(ArticleForm, ARTICLE + "quotes: [{note: a}]\n")
    assert [fact for *_, fact in found] == [
        "“quote” is missing",
        "“note” is not a key here; the nearest is “quote”",
    ]


def test_an_alias_with_a_mistake_is_answered_where_it_was_written_and_spoils_nothing_else() -> None:
    source = ARTICLE + "quotes:\n  - &a {quote: x, line: y}\n  - *a\n  - {quote: z}\n"
    form, problems = read(ArticleForm, source)
    assert {(p.span.line, p.message) for p in problems} == {(5, "“line”: this needs the number of a line, from 1")}
    assert [quote.quote for quote in form.quotes] == [("x",), ("x",), ("z",)]


@given(
    st.lists(
        st.sampled_from(["{quote: a}", "{quote: }", "{}", "x", "~", "{quote: b, line: 0}", "{quote: c, x: y}", "[]"]),
        max_size=8,
    )
)
def test_of_any_list_the_right_items_are_read_and_the_wrong_ones_answered(items: list[str]) -> None:
    form, problems = read(ArticleForm, ARTICLE + f"quotes: [{', '.join(items)}]\n")
    assert [str(quote.quote[0]) for quote in form.quotes] == [item[8] for item in items if item[8:9] in ("a", "b", "c")]
    assert len(problems) == sum(item != "{quote: a}" for item in items)


# --- across files --------------------------------------------------------------------------------------------------


def test_a_mistake_in_one_file_is_no_mistake_in_another() -> None:
    files = {
        "content/articles/a.txt": "Words.\n",
        "content/articles/a.yaml": "title: [\n",
        "content/entities.yaml": "Ann: {name: A}\nbo: {name: B, kind: person}\nignore: x\n",
        "content/timeline.yaml": "e: {date: x, title: t}\nf: words\n",
    }
    assert sorted(parsed(files)) == [
        "content/articles/a.yaml:1:8 yaml-syntax",
        "content/entities.yaml:1:1 bad-slug",
        "content/entities.yaml:1:6 missing-key",
        "content/entities.yaml:3:9 wrong-type",
        "content/timeline.yaml:1:11 bad-date",
        "content/timeline.yaml:2:4 wrong-type",
    ]


def test_front_matter_is_read_like_a_file_of_its_own() -> None:
    text = "---\r\ntitle: T\r\npublisher: P\r\npublished: x\r\n---\r\nWords.\r\n"
    assert parsed({"content/articles/a.md": text}) == ["content/articles/a.md:4:12 bad-date"]
    assert parsed({"content/articles/a.md": text.replace("x", "2025")}) == []


@pytest.mark.parametrize(
    "front", ["---\n---\n", "---\ntitle: a\n...\n", "--- \ntitle: a\n--- \n", "---\ntitle: a\n---"]
)
def test_a_page_has_front_matter_however_it_ends(front: str) -> None:
    expected = [] if "title" in front else ["content/pages/about.md:1:1 missing-key"]
    assert parsed({"content/pages/about.md": front}) == expected


@pytest.mark.parametrize("text", ["Words.\n", "---\ntitle: a\n", "\n---\ntitle: a\n---\n", "---title: a\n---\n"])
def test_a_page_without_front_matter_is_told_how_to_begin(text: str) -> None:
    assert parsed({"content/pages/about.md": text}) == ["content/pages/about.md:1:1 missing-key"]


def test_every_text_of_the_schema_is_a_text_with_a_place() -> None:
    """What an error will be about later must know where it stands; a plain `str` does not."""
    form = filled(ArticleForm, EVERYTHING[ArticleForm])
    for text in (form.title.value, form.title.basis, form.summary, form.key_points[0].text, form.mentions[0].entity):
        assert isinstance(text, Text)
        assert text.span.line > 1


def test_nothing_is_wrong_with_the_sample_of_this_repository() -> None:
    root = Path(__file__).parent.parent
    paths = [root / "site.yaml", *(path for path in (root / "content").rglob("*") if path.is_file())]
    assert parse({str(path.relative_to(root)): path.read_bytes() for path in paths}).problems == ()
