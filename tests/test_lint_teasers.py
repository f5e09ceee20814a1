"""The lint and teasers: what web pages glue below an article, and what only looks like it."""

import pytest
from linting import lint, told
from sample import ROOT

from builder.briefing.lint_teasers import probable_teasers
from builder.model import Block
from builder.reading.seed import raw_lines, read_blocks

ARTICLES = ROOT / "content" / "articles"

BRIDGE = [
    "The harbour bridge was closed to trains on Friday after engineers found cracks in two of its bearings.",
    "Repairs will take until autumn, and the city has not said who will pay for them, according to the harbour office.",
    "“We will not wait for spring,” said the director of the port, whose engineers had warned of the cracks.",
    "Trains to the northern suburbs will run over the old viaduct, which was built for a third of today's passengers.",
    "The ferry, run by a private company, has doubled its crossings, and asks the city for money to go on.",
    "In the council, the opposition asked why the warnings of the engineers had not been read before Friday.",
    "Two contractors have offered to mend the bearings at night, so that freight can pass during the day.",
    "Older residents remember the winter of the flood, when boats carried coal and flour past its arches.",
    "Until then, buses replace trains every ten minutes between Market Square and Northgate, at no extra fare.",
]
COOKS = (
    "Young cooks from eleven countries gathered in Lyon on Monday to compete for a golden ladle, which was won last "
    "year by a baker from Osaka whose pastries were praised by critics and by the head of the jury, Paul Martin, as "
    "light, playful and without any vanity, qualities that he said had become rare among"
)
STADIUM = "STADIUM PLAN: Supporters hope for a new roof The city council will vote on a loan for the stadium, after the"


def lines_found(*texts: str) -> list[int]:
    return [block.line for block in probable_teasers([Block(text, line) for line, text in enumerate(texts, 1)])]


@pytest.mark.parametrize(
    ("seed", "lines"),
    [
        ("starlink-taipei-times", [23, 24, 25, 26]),
        ("starlink-new-zealand", []),
        ("munich-rejection", [33, 34, 35, 36]),
        ("envoy-trip", []),
        ("fractured-negotiations", []),
    ],
)
def test_in_the_raw_texts_of_the_sample_every_glued_teaser_is_found_and_nothing_else(
    seed: str, lines: list[int]
) -> None:
    """Without any roles, as the texts were found."""
    text = (ARTICLES / f"{seed}.txt").read_text(encoding="utf-8")
    assert [block.line for block in probable_teasers(read_blocks(raw_lines(text), {}))] == lines


def test_no_paragraph_of_the_sample_looks_glued_on_because_it_is_cut() -> None:
    """A text that breaks off, at a paywall or when it was copied, is still one text."""
    for file in sorted(ARTICLES.glob("*.txt")):
        blocks = read_blocks(raw_lines(file.read_text(encoding="utf-8")), {})
        teasers = {block.line for block in probable_teasers(blocks)}
        own = [block for block in blocks if block.line not in teasers]
        for index, block in enumerate(own):
            cut = Block(" ".join(block.text.split()[:-3]).rstrip('.”"’,'), block.line)
            if cut.text:
                found = probable_teasers([*own[:index], cut, *own[index + 1 :]])
                assert found == [], (file.name, block.line)


def test_a_paragraph_that_breaks_off_about_something_else_is_found() -> None:
    assert lines_found(*BRIDGE, COOKS) == [10]


def test_a_paragraph_with_a_kicker_that_breaks_off_is_found_whatever_it_is_about() -> None:
    assert lines_found(*BRIDGE, STADIUM) == [10]


def test_a_teaser_in_the_middle_is_found_too() -> None:
    assert lines_found(*BRIDGE[:3], COOKS, *BRIDGE[3:]) == [4]


@pytest.mark.parametrize(
    "text",
    [
        COOKS + " well.",  # about something else, but whole
        "WHAT NOW: The port will close the bridge for good if the bearings cannot be mended before winter.",
        "Repairs of the bridge and of its bearings will take the engineers of the port until next autumn, or",
        "Photo: Harbour Post",
        "REPAIRS: until autumn",
        "- Young cooks from eleven countries, gathered in Lyon, a baker from Osaka, the golden ladle, Paul Martin",
    ],
)
def test_one_sign_alone_is_not_enough(text: str) -> None:
    assert lines_found(*BRIDGE, text) == []


def test_of_a_short_article_one_cannot_tell() -> None:
    assert lines_found(BRIDGE[0], COOKS) == []


def test_only_paragraphs_of_the_text_are_looked_at() -> None:
    """What has another role is answered, and a cell or a list is no paragraph."""
    blocks = [Block(text, line) for line, text in enumerate(BRIDGE, 1)]
    assert probable_teasers([*blocks, Block(COOKS, 9, role="teaser")]) == []
    assert probable_teasers([*blocks, Block(COOKS, 9, tag="td")]) == []


def test_the_finding_says_which_role_to_give_and_a_role_answers_it() -> None:
    text = "\n".join([*BRIDGE, COOKS])
    (problem,) = lint(text)
    assert problem.code == "probable-teaser"
    assert (problem.span.path, problem.span.line) == ("content/articles/bridge.txt", 11)
    assert "roles: {teaser: [11]}" in problem.hint
    assert told(lint(text, "roles: {teaser: [11]}\n")) == []
