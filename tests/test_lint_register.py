"""The lint and the register: entries that nothing mentions, aliases that no text writes."""

import pytest
from linting import FACTS, codes, lint, told

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.reading.parse import parse

LEE = "ann-lee: {name: Ann Lee, kind: person}\n"
MENTIONED = "Ann Lee waits.\n"


def test_an_entity_that_nothing_mentions_is_found_at_its_id() -> None:
    (problem,) = lint(entities=LEE)
    assert (problem.code, problem.message) == ("entity-never-mentioned", "“ann-lee” is mentioned nowhere")
    assert (problem.span.path, problem.span.line, problem.span.column) == ("content/entities.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "summary", "briefing", "timeline"),
    [
        (MENTIONED, "", "", ""),
        ("", "authors: [Ann Lee]\n", "", ""),
        ("He waits.\n", "quotes:\n  - {quote: He waits, speaker: ann-lee}\n", "", ""),
        ("He waits.\n", "mentions:\n  - {text: He, is: ann-lee}\n", "", ""),
        ("", "", "unknowns:\n  - text: Where Ann Lee was.\n", ""),
        ("", "", "unknowns:\n  - text: Where [[ann-lee|she]] was.\n", ""),
        (
            "",
            "",
            "",
            "opening: {title: It opens, date: 1932, entities: [ann-lee], source: {title: P, url: https://port.example/}}\n",
        ),
    ],
)
def test_an_entity_that_anything_names_is_needed(text: str, summary: str, briefing: str, timeline: str) -> None:
    found = lint(text, summary, briefing=briefing, entities=LEE, timeline=timeline)
    assert "entity-never-mentioned" not in codes(found)


def test_its_own_description_is_no_mention() -> None:
    assert codes(lint(entities="ann-lee: {name: Ann Lee, kind: person, description: Ann Lee waits.}\n")) == [
        "entity-never-mentioned"
    ]


def test_an_alias_that_no_text_writes_is_found() -> None:
    (problem,) = lint(MENTIONED, entities="ann-lee: {name: Ann Lee, kind: person, aliases: [Lea]}\n")
    assert (problem.code, problem.message) == ("alias-never-used", "no text writes “Lea”")
    assert (problem.span.line, problem.span.column) == (1, 50)


@pytest.mark.parametrize(
    "alias",
    [
        "Ann Lee",
        "waits",
        "Dame Ann Lee",  # the full form of a name that is used
        "{text: the bridge, ambiguous: true}",
        "Bridge",
    ],
)
def test_an_alias_that_a_text_writes_or_of_which_it_writes_a_part_is_used(alias: str) -> None:
    register = f"ann-lee: {{name: Ann Lee, kind: person, aliases: [{alias}]}}\n"
    assert lint(MENTIONED + "Bridge.\n", entities=register) == ()


def test_the_aliases_of_an_entity_that_nothing_mentions_are_not_reported_as_well() -> None:
    assert told(lint(entities="ann-lee: {name: Ann Lee, kind: person, aliases: [Lea]}\n")) == [
        ("entity-never-mentioned", "“ann-lee” is mentioned nowhere")
    ]


def test_a_name_that_leads_nowhere_makes_no_entity_needless() -> None:
    """A misspelled id is an error of its own; what it was meant to be is not unused as well."""
    drafts = parse(
        {
            "site.yaml": b"title: T\n",
            "content/briefing.yaml": b"title: T\nas_of: 2025-03-01\nbottom_line: '[[an-lee]] waits. [@bridge]'\n",
            "content/entities.yaml": LEE.encode(),
            "content/articles/bridge.txt": b"The bridge is shut.\n",
            "content/articles/bridge.yaml": FACTS.encode(),
        }
    )
    assert check(drafts, resolve(drafts).briefing) == ()
