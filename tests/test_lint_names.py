"""The lint and names: whom a key point names, who is made to speak, and who an account says was there."""

import pytest
from linting import lint, told

from builder.problems import Problem

REGISTER = """
ann-lee: {name: Ann Lee, kind: person, aliases: [Lee]}
bo-chen: {name: Bo Chen, kind: person, aliases: [Chen, {text: the director, ambiguous: true}]}
port-authority: {name: port authority, kind: organization}
"""
TEXT = "“We will wait,” said Lee. The port authority agrees.\n“No,” Bo Chen said later.\n"


def findings(summary: str, text: str = TEXT, register: str = REGISTER, **files: str) -> tuple[Problem, ...]:
    """What the lint says about names in a text, but for those of the register that nothing needs."""
    problems = lint(text, summary, entities=register, **files)
    return tuple(problem for problem in problems if problem.code in ("name-not-in-quote", "speaker-missing"))


def lint_with(summary: str, text: str = TEXT, register: str = REGISTER, **files: str) -> list[tuple[str, str]]:
    return told(findings(summary, text, register, **files))


OTHER = REGISTER + "cy-diaz: {name: Cy Diaz, kind: person, aliases: [Diaz, {text: Cy, ambiguous: true}]}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Lee waits.",
        "Ann Lee waits.",
        "[[ann-lee|She]] waits.",
        "Cy waits.",  # ambiguous: it may be somebody else
        "Somebody “waits”.",
        "The Harbour Post waits.",  # its publisher
    ],
)
def test_a_name_that_the_article_has_may_stand_in_its_key_points(text: str) -> None:
    register = OTHER + "harbour-post: {name: Harbour Post, kind: organization}\n"
    quoted = TEXT + "He waits.\n“waits”\n"
    summary = f"key_points:\n  - text: |-\n      {text}\n    quote: He waits\n"
    assert lint_with(summary, quoted, register) == []


@pytest.mark.parametrize("text", ["Diaz waits.", "He waits, and Cy Diaz too.", "[[cy-diaz|He]] waits."])
def test_a_name_that_the_article_does_not_have_is_found_in_its_key_points(text: str) -> None:
    summary = f"key_points:\n  - text: |-\n      {text}\n    quote: We will wait\n"
    shown = "[[cy-diaz|He]]" if "[[" in text else "Cy Diaz" if "Cy" in text else "Diaz"
    assert lint_with(summary, register=OTHER) == [("name-not-in-quote", f"“{shown}” is not mentioned in bridge")]


def test_a_part_of_a_longer_name_is_a_mention() -> None:
    register = REGISTER + "port: {name: port, kind: place}\n"
    summary = "key_points:\n  - {text: The port waits., quote: We will wait}\n"
    assert lint_with(summary, register=register) == []


def test_key_points_of_the_briefing_name_whom_their_sources_name() -> None:
    points = 'key_points:\n  - text: Lee and Diaz wait. [@bridge "We will wait"]\n  - text: Diaz waits.\n'
    assert lint_with("", register=OTHER, briefing=points) == [
        ("name-not-in-quote", "“Diaz” is not mentioned in bridge")
    ]


# --- speakers ------------------------------------------------------------------------------------------------------


def quotes(quote: str, more: str) -> str:
    return f"quotes:\n  - quote: {quote}\n{more}"


def test_a_remark_has_a_speaker() -> None:
    (problem,) = findings(quotes("“We will wait,”", ""))
    assert (problem.code, problem.message) == ("speaker-missing", "this remark has no speaker")
    assert (problem.span.line, problem.span.column) == (6, 12)
    assert lint_with(quotes("“We will wait,”", "    speaker: ann-lee\n")) == []
    assert lint_with(quotes("“We will wait,”", "    speaker: {anonymous: The port authority}\n")) == []


def test_a_speaker_is_named_in_the_article() -> None:
    summary = quotes("“We will wait,”", "    speaker: cy-diaz\n    reported_by: cy-diaz\n")
    finding = ("name-not-in-quote", "“cy-diaz” is not mentioned in bridge")
    assert lint_with(summary, register=OTHER) == [finding, finding]


def test_the_author_of_an_article_may_be_its_speaker() -> None:
    summary = quotes("He waits", "    speaker: cy-diaz\n") + "authors: [Cy Diaz]\n"
    assert lint_with(summary, TEXT + "He waits.\n", OTHER) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "“Let it be,” said Chen.",
        "“Let it be,” Chen said.",
        "“Let it be,” Chen told the Harbour Post.",
        "“Let it be,” said director Bo Chen.",
        "Chen said: “Let it be.”",
        "Chen told reporters to “let it be.”",
        "Chen called the plan “let it be.”",
    ],
)
def test_a_remark_is_not_given_to_another_than_the_one_named_beside_it(sentence: str) -> None:
    quote = "“let it be.”" if "“let" in sentence else "“Let it be"
    text = f"{TEXT}{sentence}\n"
    assert lint_with(quotes(quote, "    speaker: ann-lee\n"), text) == [
        ("name-not-in-quote", "the article gives this remark to “Chen”, not to ann-lee")
        if "Bo" not in sentence
        else ("name-not-in-quote", "the article gives this remark to “Bo Chen”, not to ann-lee")
    ]
    assert lint_with(quotes(quote, "    speaker: bo-chen\n"), text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "“Let it be,” she said of Chen.",
        "“Let it be,” said an aide to Chen.",
        "“Let it be,” she said. Chen said nothing.",
        "“Let it be,” she told Chen.",
        "Lee told Chen: “Let it be.”",
        "After Chen had left, she said: “Let it be.”",
        "She thanked Chen. “Let it be,” the mayor said.",
        "“Let it be, Chen,” she said.",
    ],
)
def test_a_name_beside_a_remark_that_is_not_its_speakers_is_no_finding(sentence: str) -> None:
    text = f"{TEXT}{sentence}\n"
    assert lint_with(quotes("“Let it be", "    speaker: ann-lee\n"), text) == []


# --- accounts ------------------------------------------------------------------------------------------------------


def test_entities_of_an_account_are_named_in_its_article() -> None:
    summary = "events:\n  - {title: They wait, date: 2025-02-20, quote: We will wait, entities: [ann-lee, cy-diaz]}\n"
    (problem,) = findings(summary, register=OTHER)
    assert (problem.code, problem.message) == ("name-not-in-quote", "“cy-diaz” is not mentioned in bridge")
    assert (problem.span.line, problem.span.column) == (6, 83)


def test_the_event_itself_may_have_entities_that_no_article_names() -> None:
    summary = "events:\n  - {event: wait, date: 2025-02-20, quote: We will wait, entities: [ann-lee]}\n"
    timeline = "wait: {title: They wait, entities: [cy-diaz]}\n"
    assert lint_with(summary, register=OTHER, timeline=timeline) == []
