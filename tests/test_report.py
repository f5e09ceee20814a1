"""Problems as people, editors and GitHub get them."""

import json
import re

import click
from hypothesis import given
from hypothesis import strategies as st

from builder.outlets.report import as_github, as_json, as_text, tally
from builder.problems import Problem, Span, in_order, nearest, nearest_hint

MISS = Problem(
    Span("content/a.yaml", 6, 12), "quote-not-found", "it is not there", "you wrote  ab\n           ^\nline 1 has"
)
HTML = Problem(Span("b: c,%.md", 2), "raw-html", "raw HTML: <b>", "it is\r\nshown 100%", "warning")

ANY = st.text("abc ,:%\r\n“é[]=", max_size=12)
PROBLEMS = st.builds(Problem, st.builds(Span, ANY, st.integers(1, 9), st.integers(1, 9)), st.just("bad-date"), ANY, ANY)


def test_text_is_a_line_with_the_place_and_indented_lines_with_the_way_out() -> None:
    assert click.unstyle(as_text([MISS, HTML])) == (
        "content/a.yaml:6:12: error[quote-not-found] it is not there\n"
        "    you wrote  ab\n"
        "               ^\n"
        "    line 1 has\n"
        "b: c,%.md:2:1: warning[raw-html] raw HTML: <b>\n"
        "    it is\n"
        "    shown 100%"
    )


def test_only_the_marks_below_a_difference_take_the_colour_of_the_error() -> None:
    lines = as_text([MISS]).splitlines()
    assert "\x1b[31m" in lines[0]
    assert "\x1b" not in lines[1]
    assert "\x1b[31m           ^\x1b[0m" in lines[2]


def test_of_no_problems_there_is_nothing_to_say() -> None:
    assert (as_text([]), as_github([]), as_json([]), tally([])) == ("", "", "[]", "")


def test_the_tally_counts_in_words() -> None:
    assert tally([MISS]) == "1 error"
    assert tally([HTML, HTML]) == "2 warnings"
    assert tally([MISS, HTML, MISS]) == "2 errors, 1 warning"


def test_github_s_own_characters_are_escaped() -> None:
    assert as_github([HTML]) == (
        "::warning file=b%3A c%2C%25.md,line=2,col=1,title=raw-html::raw HTML: <b>%0Ait is%0D%0Ashown 100%25"
    )


@given(st.lists(PROBLEMS, max_size=5))
def test_an_annotation_is_always_one_line_that_gives_back_what_was_wrong(problems: list[Problem]) -> None:
    lines = as_github(problems).split("\n") if problems else []
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        found = re.fullmatch(r"::error file=([^,:\r\n]*),line=\d,col=\d,title=bad-date::([^\r\n]*)", line)
        assert found
        assert unescaped(found[1]) == problem.span.path
        assert unescaped(found[2]) == problem.message + ("\n" + problem.hint if problem.hint else "")


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@given(st.lists(PROBLEMS, max_size=5))
def test_json_gives_back_what_was_wrong(problems: list[Problem]) -> None:
    rows = json.loads(as_json(problems))
    assert [
        Problem(
            Span(row["path"], row["line"], row["column"]), row["code"], row["message"], row["hint"], row["severity"]
        )
        for row in rows
    ] == problems


@given(st.lists(PROBLEMS, max_size=6))
def test_each_problem_is_told_once_in_the_order_of_the_places(problems: list[Problem]) -> None:
    found = in_order(problems + problems)
    assert set(found) == set(problems)
    assert len(found) == len(set(problems))
    assert [problem.span for problem in found] == sorted(problem.span for problem in found)


def test_the_nearest_word_is_the_one_that_was_probably_meant() -> None:
    known = ["bridge-closes", "bridge-opens", "ferry-starts", "title", "text"]
    assert nearest("brigde-open", known) == "bridge-opens"
    assert nearest("tittle", known) == "title"
    assert nearest_hint("titel", known) == "the nearest is “title”"


def test_nothing_is_offered_for_a_word_that_is_like_none() -> None:
    assert nearest("zzz", ["title", "text"]) == nearest("", ["title"]) == nearest("title", []) == ""
    assert nearest_hint("zzz", ["title"]) == ""
    assert nearest("note", ["quote"]) == "quote"
    assert nearest("note", ["quote"], alike=0.7) == ""


def test_of_words_equally_near_the_first_in_the_alphabet_is_offered() -> None:
    assert nearest("ann", ["anne", "anna", "annx"]) == "anna"
