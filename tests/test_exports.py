"""What machines read: every quotation and its place, the differences as a table, no cell that a spreadsheet runs."""

import csv
import json
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT
from tiny import BRIEFING, DAILY_SUMMARY, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.site.data.formats import AT_ONCE, Column, Table, a_line_each, lines_of, spread_out, table_csv
from builder.site.data.kinds import COUNT_OR_NULL, TEXT

QUOTATIONS, DIFFERENCES, TABLE = "data/quotations.json", "data/differences.json", "data/differences.csv"
NO_TEXT = DAILY_SUMMARY + "text: none\n"


@pytest.fixture(scope="module", params=[".", "tests/topics/moselbahn"], ids=["sample", "moselbahn"])
def built(request: pytest.FixtureRequest) -> Built:
    return build(read_site(ROOT / request.param)[0])


def data(built: Built, path: str) -> dict[str, Any]:
    """A JSON file of the output."""
    found: dict[str, Any] = json.loads(built.files[path])
    return found


def table(built: Built) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(built.files[TABLE].decode(), newline=""), strict=True))


# --- quotations ----------------------------------------------------------------------------------------------------


def test_every_use_of_every_passage_is_there(built: Built) -> None:
    """As many as the pages' footer counts."""
    rows = data(built, QUOTATIONS)["quotations"]
    assert sum(len(row["uses"]) for row in rows) == len(built.briefing.uses)
    assert len({(row["article"], row["id"]) for row in rows}) == len(rows)
    for row in rows:
        for use in row["uses"]:
            assert use["page"].partition("#")[0] in built.files


def test_the_offsets_of_a_quotation_are_where_its_words_stand(built: Built) -> None:
    """They count code points of the article's displayed text: its blocks, joined by line feeds."""
    texts = {a.slug: "\n".join(block.text for block in a.blocks) for a in built.briefing.articles}
    for row in data(built, QUOTATIONS)["quotations"]:
        stretches = (texts[row["article"]][start:end].replace("\n", " ") for start, end in row["at"])
        assert " […] ".join(stretches) == row["words"]


def test_a_quotation_across_two_paragraphs_is_one_stretch() -> None:
    across = DAILY_SUMMARY.replace("quote: “Nobody asked us,”", "quote: 14 January. “Nobody asked us,”")
    built = tiny({"content/articles/daily.yaml": across})
    row = next(row for row in data(built, QUOTATIONS)["quotations"] if "Nobody" in row["words"])
    assert row["words"] == "14 January. “Nobody asked us,”"
    assert row["at"] == [[35, 65]]
    assert row["match"] == "typography"


def test_every_article_is_there_with_its_checksum(built: Built) -> None:
    articles = {article.slug: article for article in built.briefing.articles}
    for row in data(built, QUOTATIONS)["articles"]:
        assert row["sha256"] == articles[row["slug"]].sha256
        assert row["page"] in built.files


def test_a_quotation_is_a_line_of_the_file(built: Built) -> None:
    """So a comparison of two editions shows which changed."""
    lines = built.files[QUOTATIONS].decode().splitlines()
    assert sum(line.startswith('{"article": ') for line in lines) == len(data(built, QUOTATIONS)["quotations"])


def test_words_that_may_not_be_reprinted_are_a_checksum_and_a_place() -> None:
    built = tiny({"content/articles/daily.yaml": NO_TEXT})
    rows = [row for row in data(built, QUOTATIONS)["quotations"] if row["article"] == "daily"]
    assert rows
    assert not any("words" in row for row in rows)
    assert sha256("“Nobody asked us,”".encode()).hexdigest() in {row["sha256"] for row in rows}
    assert all(row["page"] == f"articles/daily.html#p{row['line']}" for row in rows)
    for path in (QUOTATIONS, DIFFERENCES, TABLE):
        for words in ("Nobody asked", "since 14 January"):
            assert words not in built.files[path].decode()


def test_who_says_a_remark_is_told_and_an_unnamed_speaker_only_where_the_words_may_be_reprinted() -> None:
    said = "speaker: {anonymous: runs the ferry}\n    reported_by: ida-kern"
    anonymous = DAILY_SUMMARY.replace("speaker: ida-kern", said)
    for rights, told in (("passages", "runs the ferry"), ("none", None)):
        built = tiny({"content/articles/daily.yaml": f"{anonymous}text: {rights}\n"})
        (remark,) = (row for row in data(built, QUOTATIONS)["quotations"] if "reported_by" in row)
        assert (remark.get("anonymous"), remark["reported_by"]) == (told, "ida-kern")
    (remark,) = (row for row in data(tiny(), QUOTATIONS)["quotations"] if "speaker" in row)
    assert (remark["speaker"], remark["words"]) == ("ida-kern", "“Nobody asked us,”")


# --- differences ---------------------------------------------------------------------------------------------------


def test_the_differences_are_all_there_and_the_same_in_both_formats(built: Built) -> None:
    said = [
        (question["id"], position["answer"], row["article"], str(row["line"]), row["words"])
        for question in data(built, DIFFERENCES)["questions"]
        for position in question["positions"]
        for row in position["says"]
    ]
    assert len(said) == sum(len(p.passages) for question in built.briefing.questions for p in question.positions)
    rows = [
        (row["question_id"], row["answer"], row["article"], row["line"], row["words"].removeprefix("'"))
        for row in table(built)
    ]
    assert [row for row in rows if row[2]] == said


def test_texts_of_one_origin_share_its_number() -> None:
    built = build(read_site(ROOT)[0])
    origin = {source["slug"]: source["origin"] for source in data(built, DIFFERENCES)["sources"]}
    assert origin["starlink-taipei-times"] == origin["starlink-new-zealand"]
    assert len(set(origin.values())) == len(built.briefing.origins) == 4


def test_who_is_silent_is_named() -> None:
    (question,) = data(tiny(), DIFFERENCES)["questions"]
    assert question["silent"] == []
    only = BRIEFING.replace("says: [{article: weekly, quote: on 20 January}]", "says: []")
    built = tiny({"content/briefing.yaml": only})
    (question,) = data(built, DIFFERENCES)["questions"]
    assert question["silent"] == ["weekly"]
    assert [(row["answer"], row["article"]) for row in table(built)] == [("The 14th", "daily"), ("The 20th", "")]


def test_what_the_author_inferred_is_not_passed_off_as_stated() -> None:
    built = tiny()
    publisher = {source["slug"]: source["publisher"] for source in data(built, DIFFERENCES)["sources"]}
    assert publisher["daily"] == {"value": "The Daily", "basis": "inferred", "reason": "Its mast is on the photograph."}
    assert publisher["weekly"] == {"value": "The Weekly", "basis": "stated"}
    basis = {row["article"]: (row["publisher_basis"], row["publisher_reason"]) for row in table(built)}
    assert basis == {"daily": ("inferred", "Its mast is on the photograph."), "weekly": ("stated", "")}


def test_a_briefing_without_questions_has_no_differences_to_export() -> None:
    briefing = BRIEFING.partition("questions:")[0]
    files = tiny({"content/briefing.yaml": briefing}).files
    assert QUOTATIONS in files
    assert not {DIFFERENCES, TABLE} & files.keys()


def test_the_same_briefing_has_the_same_bytes() -> None:
    assert tiny().files == tiny().files


# --- lines ---------------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside, max_size=3),
)


@given(VALUES)
def test_json_in_lines_is_what_python_writes(value: object) -> None:
    assert spread_out(value) == json.dumps(value, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("count", [0, 1, AT_ONCE, AT_ONCE + 1])
def test_a_long_table_is_written_row_by_row_however_many_are_made_at_once(count: int) -> None:
    """Rows of plain values go another way than those with a list in them."""
    column, texts = Column("c", TEXT, ""), [f'“{n}”, "{n}"' for n in range(count)]
    plain = Table("t", "", (column, Column("n", COUNT_OR_NULL, "")), [(text, None) for text in texts])
    nested = [dict[str, object](c=text, n=["}, {"]) for text in texts]
    lines = b"".join(lines_of(plain)).decode().split(",\n") if count else []
    assert [json.loads(line) for line in lines] == [{"c": text, "n": None} for text in texts]
    lines = b"".join(a_line_each(nested)).decode().split(",\n") if count else []
    assert [json.loads(line)["c"] for line in lines] == texts
    written = table_csv(Table("t", "", (column,), ((text,) for text in texts))).decode()
    assert list(csv.reader(StringIO(written, newline=""), strict=True)) == [["c"], *([text] for text in texts)]


# --- cells ---------------------------------------------------------------------------------------------------------


def cell(text: str) -> str:
    """A table of one cell, without its header."""
    table = Table("t", "", (Column("c", TEXT, ""),), [(text,)])
    return table_csv(table).decode().removeprefix('"c"\r\n')


def parsed(text: str) -> str:
    ((value,),) = csv.reader(StringIO(text, newline=""), strict=True)
    return value


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  @x", "＝1", "＋1", "－1", "＠x"]
)
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert parsed(cell(text)) == f"'{text}"


@pytest.mark.parametrize("text", ["", "“=”", "it's", "1 - 1", "a@b", 'a "b", c', "two\nlines"])
def test_every_other_cell_is_as_it_was(text: str) -> None:
    assert parsed(cell(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_text_leaves_its_cell(text: str) -> None:
    """A quotation mark, a comma or a line break in a quotation is no new cell; none begins as a formula."""
    value = parsed(cell(text))
    assert value in (text, f"'{text}")
    assert not value.startswith(("=", "+", "-", "@"))


def test_a_title_that_is_a_formula_is_harmless_in_the_table_and_whole_in_the_data() -> None:
    formula = '=HYPERLINK("https://example.org","x")'
    changed: Mapping[str, str] = {
        "content/articles/weekly.yaml": f"title: '{formula}'\npublisher: W\npublished: unknown\n"
    }
    built = tiny(
        {**changed, "content/timeline.yaml": "", "content/articles/daily.yaml": DAILY_SUMMARY.partition("events:")[0]}
    )
    assert {row["title"] for row in table(built) if row["article"] == "weekly"} == {f"'{formula}"}
    assert formula in {source["title"] for source in data(built, DIFFERENCES)["sources"]}
