"""The lint and events: one event under two keys."""

import pytest
from linting import FACTS, lint, told

from builder.problems import Problem

REGISTER = """
ann-lee: {name: Ann Lee, kind: person, aliases: [Lee, Li]}
bo-chen: {name: Bo Chen, kind: person, aliases: [Chen]}
"""
BRIDGE = "Lee met Chen. Lee spoke of the bridge and of all that it has cost so far.\nLi was there.\n"
FERRY = "Lee met Chen. He spoke of the bridge and of all that it has cost so far, too.\nLi was there.\n"


def two_events(one: str, other: str, timeline: str = "", **dates: str) -> tuple[Problem, ...]:
    """Accounts of an event by two articles, neither with a key."""
    first, second = dates.get("first", "2025-02-20"), dates.get("second", "2025-02-20")
    entities = dates.get("entities", "[ann-lee]")
    files = {
        "articles__ferry.txt": FERRY,
        "articles__ferry.yaml": f"{FACTS}agency: [AP]\n"
        f"events: [{{title: {other}, date: {second}, entities: {entities}}}]\n",
    }
    summary = f"agency: [AP]\nevents: [{{title: {one}, date: {first}, entities: [ann-lee]}}]\n"
    problems = lint(BRIDGE, summary, entities=REGISTER, timeline=timeline, **files)
    return tuple(problem for problem in problems if problem.code == "probable-same-event")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lee meets Chen, quote: Lee met Chen", "Li meets Bo Chen in the port, quote: Lee met Chen"),
        ("Lee meets Chen, quote: Lee met", "Chen and Lee meet, quote: met Chen"),
        ("A speech, quote: spoke of the bridge and of all", "On costs, quote: spoke of the bridge and of all"),
    ],
)
def test_two_accounts_that_read_alike_are_probably_of_one_event(one: str, other: str) -> None:
    (problem,) = two_events(one, other)
    assert problem.message == (
        "“ferry-l1” is probably the same event as “bridge-l2”: the dates agree, and they read alike"
    )
    assert problem.hint.startswith("give the accounts of both one “event: …”")
    assert problem.span.path == "content/articles/ferry.yaml"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lee meets Chen, quote: Lee met Chen", "Lee speaks of the bridge, quote: of all that it has"),
        ("First round of talks, quote: Lee met", "Second round of talks, quote: met Chen"),
        ("Lee votes for the bridge, quote: Lee met", "Lee votes for the ferry, quote: met Chen"),
    ],
)
def test_two_events_of_one_day_may_be_two(one: str, other: str) -> None:
    assert two_events(one, other) == ()


SAME = ("Lee meets Chen, quote: Lee met Chen", "Lee meets Chen, quote: Lee met Chen")


def test_events_whose_dates_exclude_each_other_are_two() -> None:
    assert two_events(*SAME, second="2025-02-19") == ()
    assert len(two_events(*SAME, first="2025-02", second="2025-02-19")) == 1


def test_events_with_nobody_in_common_are_two() -> None:
    assert two_events(*SAME, entities="[bo-chen]") == ()
    assert len(two_events(*SAME, entities="[]")) == 1


def test_one_sentence_of_one_article_may_be_about_two_events() -> None:
    summary = """events:
  - {title: A speech, date: 2025-02-20, quote: spoke of the bridge and of all}
  - {title: The costs, date: 2025-02-20, quote: of the bridge and of all that it has cost}
"""
    assert "probable-same-event" not in {code for code, _ in told(lint(BRIDGE, summary))}


def test_a_link_from_one_to_the_other_in_a_note_is_the_answer() -> None:
    summary = """events:
  - {event: one, date: 2025-02-20, quote: Lee met Chen}
  - {event: other, date: 2025-02-20, quote: spoke of the bridge}
"""
    for note, expected in (("", 1), ("    note: Not the same as [[event:one]].\n", 0)):
        timeline = f"one:\n    title: Lee meets Chen\nother:\n    title: Chen meets Lee\n{note}"
        problems = lint(BRIDGE, summary, entities=REGISTER, timeline=timeline)
        found = [problem for problem in problems if problem.code == "probable-same-event"]
        assert len(found) == expected
        assert all("event: one" in problem.hint and "[[event:one]]" in problem.hint for problem in found)
