"""The lint and titles: what a text calls somebody, held against the offices that the register gives."""

import pytest
from linting import lint, told
from sample import ROOT

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.outlets.folder import read_site
from builder.reading.parse import parse

REGISTER = """
ann-lee:
  name: Ann Lee
  kind: person
  aliases: [Lee, {text: the former U.S. president, ambiguous: true}]
  offices:
    - {title: President of the United States, from: 2017-01-20, to: 2021-01-20}
    - {title: President of the United States, from: 2025-01-20}
bo-chen:
  name: Bo Chen
  kind: person
  aliases: [Chen]
  offices: [{title: Minister of Foreign Affairs of Norway, from: 2020, to: 2024-09-05}]
cy-diaz:
  name: Cy Diaz
  kind: person
  aliases: [Diaz]
  offices: [{title: Governor, to: 2019}, {title: US Secretary of State, from: 2025-01-21}]
"""


def titles(sentence: str, summary: str = "", published: str = "2025-02-22") -> list[tuple[str, str]]:
    found = lint(f"{sentence}\n", summary, published=published, entities=REGISTER)
    return [(code, message.partition(":")[0]) for code, message in told(found) if code == "title-at-the-time"]


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("They met former U.S. President Ann Lee.", "former U.S. President Ann Lee"),
        ("They met former president Lee.", "former president Lee"),
        ("They met ex-President Lee.", "ex-President Lee"),
        ("They met former US Secretary of State Cy Diaz.", "former US Secretary of State Cy Diaz"),
        ("They met Ann Lee, the former US president, there.", "Ann Lee, the former US president"),
        (
            "They met Ann Lee, a former president of the United States.",
            "Ann Lee, a former president of the United States",
        ),
        ("Der frühere Präsident Lee; ex-President Ann Lee.", "ex-President Ann Lee"),
    ],
)
def test_former_of_one_who_holds_the_office_is_found(sentence: str, shown: str) -> None:
    assert titles(sentence) == [("title-at-the-time", f"“{shown}”")]


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("They met Foreign Minister Bo Chen.", "Foreign Minister Bo Chen"),
        ("They met Norwegian Foreign Minister Chen.", "Foreign Minister Chen"),
        ("Governor Diaz was there.", "Governor Diaz"),
    ],
)
def test_a_title_of_one_who_no_longer_holds_the_office_is_found(sentence: str, shown: str) -> None:
    assert titles(sentence) == [("title-at-the-time", f"“{shown}”")]


def test_a_title_of_one_who_does_not_hold_the_office_yet_is_found() -> None:
    assert titles("US Secretary of State Cy Diaz was there.", published="2024-12-01") == [
        ("title-at-the-time", "“US Secretary of State Cy Diaz”")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "US President Ann Lee was there.",
        "President Lee was there.",
        "then-President Ann Lee signed it.",  # she was, in 2018
        "former Foreign Minister Bo Chen was there.",
        "then-Foreign Minister Bo Chen was there.",
        "former governor Cy Diaz was there.",
        "former Norwegian Foreign Minister Chen was there. Later Foreign Minister Chen left.",
        "In 2022 Foreign Minister Chen was there.",
        "former Vice President Ann Lee was there.",
        "Vice President Ann Lee was there.",
        "Prime Minister Bo Chen was there.",
        "former Interior Minister Bo Chen was there.",
        "a former adviser to President Lee was there.",
        "a former adviser of Lee was there.",
        "the former chief of staff, Lee, was there.",
        "Lee, a former banker, was there.",
        "Lee, the president, was there.",
        "Lee met the former president.",
        "the former football club president Lee was there.",
    ],
)
def test_a_title_that_was_right_or_is_another_office_is_no_finding(sentence: str) -> None:
    assert titles(sentence) == []


def test_on_the_day_of_the_change_either_is_right() -> None:
    for sentence in ("former President Ann Lee", "President Ann Lee"):
        assert titles(f"They met {sentence}.", published="2025-01-20") == []


def test_an_article_without_a_date_is_not_judged() -> None:
    assert titles("They met former President Ann Lee.", published="unknown") == []


def test_a_role_that_the_author_decided_is_a_title_too() -> None:
    sentence = "They met the former U.S. president."
    decided = "mentions: [{text: the former U.S. president, is: ann-lee}]\n"
    assert titles(sentence, decided) == [("title-at-the-time", "“the former U.S. president”")]
    assert titles(sentence) == []


def test_a_note_beside_the_title_is_the_answer() -> None:
    sentence = "They met former U.S. President Ann Lee."
    note = "notes: [{quote: QUOTE, text: She is in office again.}]\n"
    assert titles(sentence, note.replace("QUOTE", "former U.S. President Ann Lee")) == []
    assert titles(sentence, note.replace("QUOTE", "They met")) == [
        ("title-at-the-time", "“former U.S. President Ann Lee”")
    ]


def test_the_finding_stands_in_the_source_and_says_what_the_register_has() -> None:
    (problem,) = (
        problem
        for problem in lint("They met former President Ann Lee.\n", entities=REGISTER)
        if problem.code == "title-at-the-time"
    )
    assert (problem.span.path, problem.span.line, problem.span.column) == ("content/articles/bridge.txt", 2, 10)
    assert problem.message == (
        "“former President Ann Lee”: the register has Ann Lee as President of the United States from 2017-01-20 to "
        "2021-01-20 and from 2025-01-20, and the article is of 2025-02-22"
    )


def test_an_authors_own_former_is_held_against_the_day_of_the_briefing() -> None:
    sections = 'sections:\n  - {title: T, text: "TEXT [@bridge]"}\n'

    def own(text: str) -> list[str]:
        found = lint("Lee and Chen.\n", briefing=sections.replace("TEXT", text), entities=REGISTER)
        return [problem.message for problem in found if problem.code == "title-at-the-time"]

    assert own("The former president Lee came.")[0].startswith("“former president Lee”: the register has Ann Lee as")
    assert own("The former foreign minister Chen came.") == []
    assert own("President Lee came.") == []


def test_in_the_sample_both_wrong_titles_have_their_notes() -> None:
    """Without the notes both are found: the fifth report calls the president in office a former one, twice."""
    inputs, _ = read_site(ROOT)
    path = "content/articles/fractured-negotiations.yaml"
    summary = inputs[path].decode()
    bare = summary[: summary.index("\nnotes:")] + "\n" + summary[summary.index("mentions:") :]
    for text, expected in ((summary, []), (bare, [4, 10])):
        drafts = parse({**inputs, path: text.encode()})
        found = check(drafts, resolve(drafts).briefing)
        assert [problem.span.line for problem in found if problem.code == "title-at-the-time"] == expected
