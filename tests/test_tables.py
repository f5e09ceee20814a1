"""The tables for other tools: each JSON is what its schema promises, each CSV says the same, and nothing is missing."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sample import ROOT
from tiny import BRIEFING, DAILY_SUMMARY, ENTITIES, TIMELINE, page, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.site.data.formats import BETWEEN

NAMES = ("articles", "entities", "mentions", "events", "accounts", "claims", "quotations")
SITES: dict[str, Callable[[], Built]] = {
    "sample": lambda: build(read_site(ROOT)[0]),
    "moselbahn": lambda: build(read_site(ROOT / "tests/topics/moselbahn")[0]),
    "tiny": tiny,
    "passages": lambda: tiny(site="text: passages\n"),
    "none": lambda: tiny(site="text: none\n"),
}


@pytest.fixture(scope="module", params=SITES)
def built(request: pytest.FixtureRequest) -> Built:
    return SITES[request.param]()


def document(built: Built, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built.files[f"data/{name}.json"])
    return found


def records(built: Built, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(built, name)[name]
    return found


def rows(built: Built, name: str) -> list[dict[str, str]]:
    text = built.files[f"data/{name}.csv"].decode()
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


# --- the formats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*NAMES, "differences"])
def test_each_document_is_what_its_schema_promises(built: Built, name: str) -> None:
    if f"data/{name}.json" not in built.files:
        assert name == "differences"
        return
    found = document(built, name)
    schema = json.loads(built.files[f"data/{found['$schema']}"])
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
    assert set(schema["required"]) == set(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_refuses_what_it_does_not_promise(name: str) -> None:
    """A key too many, a key too few, and a number for a text: in every table."""
    built = tiny()
    found = document(built, name)
    check = Draft202012Validator(json.loads(built.files[f"data/{name}.schema.json"]))
    record = found[name][0]
    required = next(iter(record))
    for spoilt in ({**record, "more": 1}, {k: v for k, v in record.items() if k != required}, {**record, required: 1}):
        assert not check.is_valid({**found, name: [spoilt]})


@pytest.mark.parametrize("name", NAMES)
def test_the_table_says_the_same_as_the_document(built: Built, name: str) -> None:
    """Each value of the JSON stands in the cell of its column; nothing else does."""
    found, table = records(built, name), rows(built, name)
    assert len(found) == len(table) > 0
    for record, row in zip(found, table, strict=True):
        for key, value in record.items():
            for column, cell in expected_cells(key, value).items():
                assert row[column].removeprefix("'") == cell.removeprefix("'"), (name, column)


def expected_cells(key: str, value: Any) -> dict[str, str]:
    match value:
        case None:
            return {key: ""}
        case bool():
            return {key: "true" if value else "false"}
        case dict():
            first = "value" if "value" in value else "edtf"
            return {key if k == first else f"{key}_{k}": "" if v is None else str(v) for k, v in value.items()}
        case [[*_], *_] if key == "at":
            return {key: BETWEEN.join(f"{start}-{end}" for start, end in value)}
        case [dict(), *_]:
            first = next(iter(value[0]))
            keys = {k for item in value for k in item}
            cells = {k: BETWEEN.join("" if item.get(k) is None else str(item[k]) for item in value) for k in keys}
            return {key if k == first else f"{key}_{k}": text for k, text in cells.items()}
        case list():
            return {key: BETWEEN.join(map(str, value))}
        case _:
            return {key: str(value)}


def test_every_address_in_the_tables_is_there(built: Built) -> None:
    for name in NAMES:
        for record in records(built, name):
            for address in [record.get("page"), *record.get("cites", ())]:
                path, _, place = (address or "index.html").partition("#")
                assert path in built.files
                assert not place or f'id="{place}"' in page(built, path), address


# --- what is in them -----------------------------------------------------------------------------------------------


def test_everything_of_the_briefing_is_there(built: Built) -> None:
    briefing = built.briefing
    accounts = [(account.event, account.article) for event in briefing.events for account in event.accounts]
    points = len(briefing.key_points) + sum(len(article.key_points) for article in briefing.articles)
    assert [row["slug"] for row in records(built, "articles")] == [article.slug for article in briefing.articles]
    assert [row["id"] for row in records(built, "entities")] == [entity.id for entity in briefing.entities]
    assert [row["key"] for row in records(built, "events")] == [event.key for event in briefing.events]
    assert [(row["event"], row["article"]) for row in records(built, "accounts")] == accounts
    assert len(records(built, "claims")) == points
    assert sum(row["count"] for row in records(built, "mentions")) == sum(len(a.mentions) for a in briefing.articles)


def test_a_mention_is_where_the_table_says(built: Built) -> None:
    """Its form stands at its offsets in the paragraph of its line; where that is not reprinted, no place is given."""
    articles = {article.slug: article for article in built.briefing.articles}
    for row in records(built, "mentions"):
        if articles[row["article"]].rights == "full":
            blocks = [block for block in articles[row["article"]].blocks if block.line == row["line"]]
            stands = {block.text[row["start"] : row["end"]].casefold() for block in blocks}
            assert row["form"].casefold() in stands
        else:
            assert (row["line"], row["start"], row["end"]) == (None, None, None)


def test_a_point_without_its_citations_reads_as_it_was_written() -> None:
    briefing = BRIEFING.replace(
        'It was shut in January. [@daily "since 14 January"] [@weekly "on 20 January"]',
        '"It was *shut* [@daily \\"since 14 January\\"], says [[ida-kern|a ferrywoman]] & [others](https://a.example/)."',
    )
    claims = records(tiny({"content/briefing.yaml": briefing}), "claims")
    assert claims[0]["text"] == "It was shut, says a ferrywoman & others."
    assert (claims[0]["confidence"], claims[0]["origins"], claims[0]["number"]) == ("moderate", 1, 1)


def test_what_is_stated_and_what_is_inferred_stand_apart() -> None:
    summary = DAILY_SUMMARY.replace(
        "date: 2025-01-14, quote", 'date: 2025-01-14, basis: "Its year is the paper\'s.", quote'
    )
    built = tiny({"content/articles/daily.yaml": summary})
    dates = {row["article"]: row["date"] for row in records(built, "accounts")}
    day = {"edtf": "2025-01-14", "earliest": "2025-01-14", "latest": "2025-01-14"}
    assert dates["daily"] == {**day, "basis": "inferred", "reason": "Its year is the paper's."}
    assert dates["weekly"]["basis"] == "stated"
    assert "reason" not in dates["weekly"]


@pytest.mark.parametrize(
    ("timeline", "basis"),
    [
        (TIMELINE, {"basis": "inferred", "reason": ""}),
        ("bridge-shut: {title: T}\n", {"basis": "stated"}),
        ("bridge-shut: {title: T, date: 2025-01-20}\n", {"basis": "stated"}),
        ("bridge-shut: {title: T, date: 2025-01-21}\n", {"basis": "inferred", "reason": ""}),
        (
            "bridge-shut: {title: T}\nold: {title: O, date: 1900, source: {title: B, url: 'https://b.example/'}}\n",
            {"basis": "stated"},
        ),
    ],
)
def test_the_date_of_an_event_is_stated_only_where_a_source_states_it(timeline: str, basis: dict[str, str]) -> None:
    event = records(tiny({"content/timeline.yaml": timeline}), "events")[0]
    assert {key: event["date"][key] for key in ("basis", "reason") if key in event["date"]} == basis


def test_a_table_without_rows_is_not_there() -> None:
    briefing = "title: T\nas_of: 2025-04-07\nbottom_line: Nothing yet.\n"
    built = tiny({"content/briefing.yaml": briefing, "content/entities.yaml": "", "content/timeline.yaml": ""})
    for name in ("entities", "mentions"):
        assert not [path for path in built.files if path.startswith(f"data/{name}.")]
        assert f"data/{name}" not in page(built, "data.html")


def test_the_data_page_names_every_file_for_machines_and_no_other(built: Built) -> None:
    html = page(built, "data.html")
    there = {path for path in built.files if path.startswith("data/") or path == "timeline.ics"}
    assert {path for path in there if f'href="{path}"' in html} == there


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_leads_to_the_data_in_its_own_language(language: str) -> None:
    built = tiny(site=f"language: {language}\n")
    word = {"en": "Data", "de": "Daten"}[language]
    assert f'<a href="data.html">{word}</a>' in page(built, "index.html")
    assert f'<a href="../data.html">{word}</a>' in page(built, "articles/daily.html")
    assert f"<h1>{word}</h1>" in page(built, "data.html")


def test_hostile_names_stay_within_their_record() -> None:
    """A text that looks like the end of one record and the beginning of the next is only a text."""
    name = 'x"}, {"id": "y'
    built = tiny({"content/entities.yaml": ENTITIES.replace("name: Ida Kern", f"name: '{name}'")})
    assert [row["name"] for row in records(built, "entities")] == [name]
    assert [row["name"] for row in rows(built, "entities")] == [name]
