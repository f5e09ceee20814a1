"""The lint and sources: addresses, articles that nothing cites, one unnamed person, two prints of one story."""

import pytest
from linting import FACTS, FILES, codes, lint, told

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.problems import Problem
from builder.reading.parse import parse

FERRY = FACTS.replace("The bridge", "The ferry")


def with_ferry(
    summary: str = FERRY, text: str = "The ferry runs.\n", *, cited: bool = True, more: str = "", **files: str
) -> tuple[Problem, ...]:
    """A second article, which the briefing cites."""
    briefing = ("unknowns:\n  - text: How long it runs. [@ferry]\n" if cited else "") + more
    return lint(briefing=briefing, **{"articles__ferry.txt": text, "articles__ferry.yaml": summary}, **files)


# --- addresses and citations ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", "url:\n", "url: null\n"])
def test_an_article_says_where_it_was_found(url: str) -> None:
    assert told(with_ferry(FERRY.replace("url: unknown\n", url))) == [
        ("url-missing", "nothing says where this article was found")
    ]


@pytest.mark.parametrize("url", ["url: unknown\n", "url: https://post.example/ferry\n"])
def test_unknown_is_an_answer(url: str) -> None:
    assert with_ferry(FERRY.replace("url: unknown\n", url)) == ()


def test_an_article_that_nothing_cites_is_found() -> None:
    (problem,) = with_ferry(cited=False)
    assert (problem.code, problem.message) == ("unused-article", "nothing cites “ferry”")
    assert problem.span.path == "content/articles/ferry.yaml"


def test_its_own_summary_does_not_count() -> None:
    summary = FERRY + 'summary: It runs. [@ferry "The ferry runs."]\nkey_points: [{text: It runs., quote: runs}]\n'
    assert codes(with_ferry(summary, cited=False)) == ["unused-article"]


@pytest.mark.parametrize(
    ("summary", "more"),
    [
        ("", 'key_points:\n  - text: It runs. [@ferry "runs"]\n    confidence: high\n'),
        (
            "",
            "questions:\n  - {id: q, question: Q?, positions: [{answer: A, says: [{article: ferry, quote: runs}]}]}\n",
        ),
        ("", "sections:\n  - {title: T, text: 'It runs. [@ferry]'}\n"),
        ("", "changes:\n  - {date: 2025-02-28, text: 'Added. [@ferry]'}\n"),
        ("events: [{title: It runs, date: 2025-02-20, quote: runs}]\n", ""),
    ],
)
def test_any_citation_elsewhere_counts_and_so_does_an_event_that_it_tells_of(summary: str, more: str) -> None:
    assert with_ferry(FERRY + summary, cited=False, more=more) == ()


def test_a_citation_by_another_article_or_in_the_register_or_timeline_or_a_page_counts() -> None:
    register = "ferry: {name: ferry, kind: concept, description: 'It runs. [@ferry]'}\n"
    timeline = "start: {title: It starts, date: 1932, note: 'So says [@ferry].', source: {title: P, url: https://p.example/}}\n"
    page = {"pages__about.md": "---\ntitle: About\n---\nIt runs. [@ferry]\n"}
    assert with_ferry(cited=False, entities=register) == ()
    assert with_ferry(cited=False, timeline=timeline) == ()
    assert with_ferry(cited=False, **page) == ()
    files = {"articles__ferry.txt": "The ferry runs.\n", "articles__ferry.yaml": FERRY}
    assert lint("", "summary: 'Unlike [@ferry].'\n", **files) == ()


def test_a_citation_of_no_article_makes_none_unused() -> None:
    """A misspelled slug is an error of its own; the article that it was meant to be is not unused as well."""
    briefing = FILES["content/briefing.yaml"].replace("@bridge", "@brigde")
    drafts = parse({path: body.encode() for path, body in {**FILES, "content/briefing.yaml": briefing}.items()})
    assert check(drafts, resolve(drafts).briefing) == ()


# --- one unnamed person --------------------------------------------------------------------------------------------


def claim(confidence: str = "high", cites: str = '[@bridge "It will fall"]') -> str:
    given = f"    confidence: {confidence}\n" if confidence else ""
    return f"key_points:\n  - text: It will fall. {cites}\n{given}"


ONE = "It will fall, a person familiar with the plans said.\n"


@pytest.mark.parametrize("confidence", ["high", ""])
@pytest.mark.parametrize(
    "text",
    [
        ONE,
        "It will fall, said the source, who asked not to be named.\n",
        "It will fall, according to one of the sources.\n",
        "Es heißt: It will fall, sagte ein Insider.\n",
    ],
)
def test_a_point_on_the_word_of_one_unnamed_person_says_so(text: str, confidence: str) -> None:
    assert codes(lint(text, briefing=claim(confidence))) == ["single-anonymous-source"]


def test_the_message_quotes_the_source_and_stands_at_the_confidence() -> None:
    (problem,) = lint(ONE, briefing=claim())
    assert problem.message == ("this point rests on one unnamed person alone (“a person”), and its confidence is high")
    assert (problem.span.line, problem.span.column) == (6, 17)
    (problem,) = lint(ONE, briefing=claim(""))
    assert problem.message.endswith("and it has no confidence")


def test_a_kept_remark_says_who_is_unnamed() -> None:
    summary = "quotes:\n  - {quote: It will fall, speaker: {anonymous: a former guard}}\n"
    text = "It will fall: so a former guard has it.\n"
    (problem,) = lint(text, summary, briefing=claim())
    assert "(“a former guard”)" in problem.message


@pytest.mark.parametrize(
    ("text", "briefing"),
    [
        (ONE, claim("low")),
        (ONE, claim("moderate")),
        ("It will fall, three people familiar with the plans said.\n", claim()),
        ("It will fall, Lee said.\n", claim()),
        ("It will fall. A person was seen.\n", claim()),
        (ONE + "And soon, another person said.\n", claim(cites='[@bridge "It will fall"] [@bridge "And soon"]')),
        (ONE + "It is old.\n", claim(cites='[@bridge "It will fall"] [@bridge "It is old"]')),
        (ONE, claim(cites="[@bridge]")),
    ],
)
def test_low_confidence_other_words_and_other_people_are_answers(text: str, briefing: str) -> None:
    assert lint(text, briefing=briefing) == ()


def test_the_source_is_whoever_was_introduced_before() -> None:
    text = ONE + "And soon, the person said.\n"
    cites = '[@bridge "It will fall"] [@bridge "And soon"]'
    assert codes(lint(text, briefing=claim(cites=cites))) == ["single-anonymous-source"]


def test_two_prints_of_one_story_are_one_person_and_two_stories_are_two() -> None:
    cites = '[@bridge "It will fall"] [@ferry "It will fall"]'
    story = ONE + "The rest of this story is the same in both papers, word for word, to the very end of it.\n"
    summary = FERRY + "agency: [AP]\n"
    files = {"articles__ferry.yaml": summary}
    one_story = lint(story, "agency: [AP]\n", briefing=claim(cites=cites), **{"articles__ferry.txt": story}, **files)
    assert codes(one_story) == ["single-anonymous-source"]
    other = "It will fall, as we hear from a guard, who said so twice.\n"
    assert lint(story, briefing=claim(cites=cites), **{"articles__ferry.txt": other}, **files) == ()


# --- wire copies ---------------------------------------------------------------------------------------------------

STORY = "All of this stands in both papers, word for word, as if one had it from the other, or both from a third.\n"


def prints(summary: str = "", other: str = "") -> list[tuple[str, str]]:
    """Two articles of one text."""
    files = {"articles__ferry.txt": STORY, "articles__ferry.yaml": FERRY.replace("Harbour Post", "Ferry News") + other}
    return told(lint(STORY, summary, briefing="unknowns:\n  - text: Who wrote it. [@ferry]\n", **files))


def test_two_prints_of_one_story_say_so() -> None:
    assert prints() == [("probable-wire-copy", "this text and “bridge” print one story, and neither says so")]


@pytest.mark.parametrize(
    ("summary", "other"),
    [
        ("agency: [AP]\n", "agency: [AP]\n"),
        ("agency: [AP]\n", "agency: [{value: AP, basis: The same text.}, AFP]\n"),
        ("notes: [{quote: word for word, text: 'As in [@ferry].'}]\n", ""),
        ("", "notes: [{quote: word for word, text: 'As in [@bridge].'}]\n"),
        ("", "agency: [Harbour Post]\n"),
    ],
)
def test_one_agency_or_a_note_says_so(summary: str, other: str) -> None:
    assert prints(summary, other) == []


def test_different_agencies_do_not() -> None:
    assert len(prints("agency: [AP]\n", "agency: [AFP]\n")) == 1
