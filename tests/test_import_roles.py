"""What the lines of a text are: on the seeds to the last one, on texts written before the rules by their share."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from imports_read import IMPORTS, Measured, facts, measure, texts, told_roles, true_roles, truth
from sample import ROOT

from builder.briefing.drafting import Draft, as_yaml
from builder.briefing.drafting_facts import facts_of
from builder.briefing.drafting_lines import tell_lines
from builder.briefing.line_forms import form_of
from builder.briefing.stated_dates import dates_written
from builder.reading.seed import raw_lines, read_blocks

# Read off the seeds by hand.
SEEDS: dict[str, dict[str, list[str]]] = {
    "starlink-taipei-times": {"credit": ["4"], "note": ["22"], "teaser": ["23-26"]},
    "starlink-new-zealand": {"caption": ["1"], "heading": ["37"]},
    "munich-rejection": {"credit": ["4"], "heading": ["9", "14", "26"], "teaser": ["33-36"]},
    "envoy-trip": {"title": ["1", "5"], "dateline": ["3"], "heading": ["23"], "credit": ["41"], "navigation": ["43"]},
    "fractured-negotiations": {"title": ["1"], "heading": ["2", "5", "9", "12", "16", "20"]},
}
STATED = {
    "starlink-taipei-times": {"agency": ["AFP"]},
    "starlink-new-zealand": {"published": "2025-02-22"},
    "munich-rejection": {},
    "envoy-trip": {
        "title": "US, Ukraine Ramp Up Talks on Minerals Deal During Envoy Trip",
        "published": "2025-02-21",
        "agency": ["Bloomberg"],
    },
    "fractured-negotiations": {
        "title": "Tensions Rise Over US-Ukraine Deal on Rare Earth Minerals and Security Guarantees"
    },
}


@pytest.mark.parametrize("slug", SEEDS)
def test_each_line_of_the_seeds_is_told_for_what_it_is(slug: str) -> None:
    """All eight teasers and no other line; every title, heading, credit, caption, date and navigation."""
    text = (ROOT / f"content/articles/{slug}.txt").read_bytes().decode()
    assert told_roles(text, ".txt") == true_roles(SEEDS[slug], raw_lines(text))


@pytest.mark.parametrize("slug", SEEDS)
def test_what_the_seeds_do_not_state_is_not_stated(slug: str) -> None:
    """Photo: Bloomberg is no agency of the text, and “have told Reuters” is for the author to judge."""
    assert facts(ROOT / f"content/articles/{slug}.txt") == STATED[slug]


def test_an_agency_that_was_told_something_is_put_to_the_author() -> None:
    blocks = read_blocks(raw_lines((ROOT / "content/articles/starlink-new-zealand.txt").read_text()), {})
    assert facts_of(blocks, tell_lines(blocks)).remarks == (
        ("agency", "perhaps Reuters: line 3 says that somebody told it something"),
    )


def total(measured: Iterable[Measured]) -> tuple[int, int, int, int]:
    """Lines told right, lines; those that are no body text told right, and all of them."""
    found = list(measured)
    return (
        sum(one.right for one in found),
        sum(one.lines for one in found),
        sum(one.marked_right for one in found),
        sum(one.marked for one in found),
    )


def test_the_shares_of_right_roles_are_those_that_the_readme_tells() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for part in ("", "later", "third"):
        right, lines, marked_right, marked = total(map(measure, texts(part)))
        assert f"| {right} of {lines} | {marked_right} of {marked} |" in readme


def test_the_second_topic_is_told_but_for_three_lines() -> None:
    """A letter with its PS, a report in Markdown, a page in six scripts; headings that Markdown marks count as told."""
    wrong = []
    for name in ("brief-landrat.txt", "gutachten-bruecke.md", "stimmen-ausland.txt"):
        path = ROOT / "tests/topics/moselbahn/content/articles" / name
        text = path.read_bytes().decode("utf-8-sig")
        true = true_roles(truth(path, ".yaml").get("roles", {}), raw_lines(text))
        told = told_roles(text, path.suffix)
        wrong += [(name, n, true[n], told[n]) for n in true if true[n] != told[n]]
    in_markup = [one for one in wrong if one[0].endswith(".md") and one[2:] == ("body", "heading")]
    assert [one for one in wrong if one not in in_markup] == [
        ("gutachten-bruecke.md", 41, "note", "body"),
        ("stimmen-ausland.txt", 18, "credit", "body"),
    ]


@pytest.mark.parametrize("path", [*texts(), *texts("later"), *texts("third")], ids=lambda path: path.stem)
def test_nothing_is_taken_for_stated_that_the_text_does_not_state(path: Path) -> None:
    """What is found is right; the one name that stands alone beside a date is put to the author."""
    true, found = truth(path), facts(path)
    assert {key for key, value in found.items() if value != true.get(key)} == TAKEN_WRONGLY.get(path.stem, set())
    missing = {key for key in true if key != "roles" and key not in found}
    assert missing == LEFT_TO_THE_AUTHOR.get(path.stem, set())


# In both, the words above are no headline and stand as one does; of the first, the other line is put to the author.
TAKEN_WRONGLY = {"digest-roundup": {"title"}, "radio-transcript": {"title"}}
LEFT_TO_THE_AUTHOR = {
    "report-ru-observatory": {"authors"},
    "blog-bees": {"published"},  # it is in its front matter
    "blog-comments": {"title"},
    "coluna-pt": {"authors"},
    "parliamentary-question": {"title"},
    "ukrainian-news": {"authors"},
}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("By the river, nobody had heard of it", "body"),
        ("Von der Leyen reist nach Kyjiw", "body"),
        ("Home is where the harbour is", "body"),
        ("Share prices fell", "body"),
        ("Present company excepted", "body"),
        ("May 6 will be remembered", "body"),
        ("The note said: by Friday", "body"),
        ("(She laughed, and went out.)", "body"),
        ("Home is 3 / 4 of the way", "body"),
        ("Opinion is divided, she said", "body"),
        ("Posted letters by the thousand", "body"),
        ("Responder teams arrive", "body"),
        ("Posted on 12 October 2023 by Wanda", "credit"),
        ("Veröffentlicht am 12. Oktober 2023 von Ida Moe", "credit"),
        ("Copyright © 2024 The Post. All rights reserved. " + "No part of it may be printed. " * 4, "credit"),
        ("02.mai.2024 às 6h00", "dateline"),
        ("(SOUNDBITE OF DREDGER)", "note"),
        ("[07:43:10]", "note"),
        ("(Corrects the number of injured in paragraph 3)", "note"),
        (
            "(Reporting by Ida Moe in Strand and Ada Lund in Vik; Editing by Jon Aas and some others of the desk, "
            "who are many and have long names)",
            "note",
        ),
        ("Home / News / Region", "navigation"),
        ("Головна » Новини » Регіони", "navigation"),
        ("Reply", "navigation"),
        ("Tags: bees, town hall", "navigation"),
        ("Теги: мости, річки", "navigation"),
        ("By Ada Nordby", "credit"),
        ("Von Sabine Weiss, Hochschule Trier", "credit"),
        ("Photo: AP", "credit"),
        ("Photo Illustration: Dominika Zarzycka/SOPA Images", "credit"),
        ("Published 3 March 2025, 10:14 GMT", "dateline"),
        ("vendredi 7 mars 2025", "dateline"),
        ("٣ مارس ٢٠٢٥", "dateline"),
        ("Additional reporting by AFP", "note"),
        ("Related content", "navigation"),
        ("Share this article", "navigation"),
    ],
)
def test_a_line_alone_is_told_by_its_form(line: str, role: str) -> None:
    assert form_of(line).role == role


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 March 2025", "2025-03-03"),
        ("March 3rd, 2025", "2025-03-03"),
        ("3. März 2025", "2025-03-03"),
        ("1er avril 2025", "2025-04-01"),
        ("3 de marzo de 2025", "2025-03-03"),
        ("3 марта 2025", "2025-03-03"),
        ("٣ مارس ٢٠٢٥", "2025-03-03"),
        ("2025年3月3日", "2025-03-03"),
        ("2025년 3월 3일", "2025-03-03"),
        ("03.03.2025", "2025-03-03"),
        ("14/3/2025", "2025-03-14"),
        ("3/14/2025", "2025-03-14"),
        ("27-Aug-2024", "2024-08-27"),
        ("02.mai.2024", "2024-05-02"),
        ("3/4/2025", ""),
        ("3 mar", ""),
        ("31 February 2025", None),
        ("version 1.2.2025.4", None),
    ],
)
def test_a_day_is_read_where_it_can_be_only_one(text: str, day: str | None) -> None:
    assert next((found.edtf for found in dates_written(text)), None) == day


def test_many_dated_paragraphs_are_a_chronicle_and_state_no_day_of_publication() -> None:
    days = "".join(
        f"{day} March 2025\n\nThe water rose by another {day} centimetres, and the board met.\n\n"
        for day in range(1, 7)
    )
    text = "How the water rose\n\nThe river came in March, and it came by night, as it had in 1926.\n\n" + days
    blocks = read_blocks(raw_lines(text), {})
    told = tell_lines(blocks)
    assert {one.role for one, block in zip(told, blocks, strict=True) if block.text.endswith("March 2025")} == {
        "heading"
    }
    assert facts_of(blocks, told).published is None


def test_two_different_days_are_put_to_the_author() -> None:
    text = "A headline of some words here\n\n3 March 2025\n\n5 March 2025\n\n" + "The bridge was closed. " * 9
    blocks = read_blocks(raw_lines(text), {})
    found = facts_of(blocks, tell_lines(blocks))
    assert found.published is None
    assert [remark for key, remark in found.remarks if key == "published"] == [
        "perhaps 2025-03-03: line 3, a date and nothing else",
        "perhaps 2025-03-05: line 5, a date and nothing else",
    ]


def test_every_text_to_bring_in_has_its_reading() -> None:
    bare = [path.name for path in IMPORTS.rglob("*.*") if ".true" not in path.name and path.name != "ABOUT.md"]
    assert len(bare) >= 20
    for path in IMPORTS.rglob("*.*"):
        if ".true" not in path.name and path.name != "ABOUT.md":
            assert path.with_suffix(".true.yaml").exists(), path.name


def told_of(text: str) -> dict[int, str]:
    return told_roles(text, ".txt")


PROSE = "The river rose in the night, and nobody in the town had been told of it, as the board admitted later."


def test_a_word_that_says_what_kind_of_text_it_is_is_no_headline() -> None:
    told = told_of(f"OPINION\n\nA bridge that nobody opens\n\n{PROSE}\n")
    assert (told[1], told[3]) == ("navigation", "title")


def test_where_several_lines_may_be_the_headline_none_is_taken_and_all_are_put_to_the_author() -> None:
    text = f"The Blog of the River\nwords from its bank\n\nHow it rose\n\nPosted on 3 March 2025 by Ida\n\n{PROSE}\n"
    blocks = read_blocks(raw_lines(text), {})
    found = facts_of(blocks, tell_lines(blocks))
    assert found.title is None
    assert found.published is not None
    assert found.published.value == "2025-03-03"
    assert [remark for key, remark in found.remarks if key == "title"] == [
        "perhaps line 1: The Blog of the River",
        "perhaps line 2: words from its bank",
        "perhaps line 4: How it rose",
    ]
    draft = as_yaml(Draft("x.txt", found, blocks, tell_lines(blocks)))
    assert "title:    # TO FILL IN: which of these lines is it?" in draft
    assert "title_is_editorial: true    #" not in draft


def test_lines_with_labels_above_a_text_are_about_it() -> None:
    """One alone may be a headline; what ends a sentence is somebody's answer."""
    assert told_of(f"Case no.: 12\n\nHearing: 3 May 2024\n\n{PROSE}\n") == {1: "note", 3: "note", 5: "body"}
    assert told_of(f"The river: what we know\n\n{PROSE}\n")[1] == "title"
    assert "note" not in told_of(f"Q: Why?\nA: Because it rained.\nQ: Where?\nA: There.\n\n{PROSE}\n").values()


def test_a_label_above_a_date_belongs_to_it() -> None:
    assert told_of(f"How it rose\n\n{PROSE}\n\nAnswered on\n\n3 March 2025\n\n{PROSE}\n")[5] == "dateline"


def test_a_name_and_what_stands_right_below_it_are_known_by_the_date_after_them() -> None:
    told = told_of(f"How it rose\n\nIda Moe\nEngineer of the board\n\n3 March 2025\n\n{PROSE}\n")
    assert (told[3], told[4], told[6]) == ("credit", "credit", "dateline")


def test_what_is_said_in_a_transcript_is_no_heading() -> None:
    turns = "".join(f"LUND: How many are there\n\nVIK: {PROSE}\n\n" for _ in range(3))
    assert "heading" not in told_of(f"How it rose\n\n{PROSE}\n\n{turns}").values()


def test_a_comment_below_a_text_is_no_signature() -> None:
    told = told_of(f"How it rose\n\n{PROSE}\n\nTobias\n13 October 2023 at 07:12\nMine rose as well.\nReply\n")
    assert [told[number] for number in (5, 6, 7, 8)] == ["credit", "dateline", "body", "navigation"]


def test_a_list_of_other_texts_ends_where_its_lines_no_longer_adjoin() -> None:
    other = "Read also\n\nHerring quota cut again\nSchool bus goes one way\n\nNUMBER OF THE WEEK\n\n17\n"
    told = told_of(f"How it rose\n\n{PROSE}\n\n{other}")
    assert [told[number] for number in (7, 8, 10, 12)] == ["teaser", "teaser", "heading", "body"]
