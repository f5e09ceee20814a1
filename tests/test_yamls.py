"""YAML as authors write and break it: what is read, where each character stands, what a mistake gets for an answer."""

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from builder.problems import Problem, Span
from builder.reading.scalars import LINE_END
from builder.reading.yamls import DEEPEST, Form, Items, Text, read_yaml

BREAKS = "\n\r\x85\u2028\u2029"


def read(source: str) -> Any:
    """The value of a text with nothing wrong in it."""
    document = read_yaml(source, "a.yaml")
    assert document.problems == ()
    return document.value


def only_problem(source: str) -> Problem:
    (problem,) = read_yaml(source, "a.yaml").problems
    return problem


def answer(source: str) -> tuple[int, int, str, str]:
    """Line, column, fact and way out of the only problem."""
    problem = only_problem(source)
    return problem.span.line, problem.span.column, problem.message, problem.hint


def texts_in(value: Any) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, Form):
        return [text for pair in value.items() for part in pair for text in texts_in(part)]
    return [text for item in value or () for text in texts_in(item)]


def character_at(source: str, span: Span) -> str:
    """What an editor shows in a line and column; the empty string at a line's end."""
    line = LINE_END.split(source)[span.line - 1]
    assert 1 <= span.column <= len(line) + 1, f"{span} is not in the text"
    return line[span.column - 1 : span.column]


def assert_each_character_is_where_it_says(text: Text, source: str) -> None:
    for offset, character in enumerate(text):
        there = character_at(source, text.at(offset))
        if there == character:
            continue
        ended_a_line = character in " \n" and (not there or there in BREAKS)
        was_escaped = there == "\\" and text.written is not None and text.written.style == '"'
        assert ended_a_line or was_escaped, f"{character!r} at {offset} of {text!r}: {there!r} at {text.at(offset)}"


# --- places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "word", "line", "column"),
    [
        pytest.param("a: one two", "two", 1, 8, id="plain"),
        pytest.param("a: one\n  and\n\n    two", "two", 4, 5, id="plain over lines"),
        pytest.param('a: "one two"', "two", 1, 9, id="double quotes"),
        pytest.param('a: "\\u201cone\\u201d \\"x\\" \\\n   two"', "two", 2, 4, id="escapes"),
        pytest.param("a: 'it''s one\n  two'", "two", 2, 3, id="single quotes"),
        pytest.param("a: |\n  one\n  two\n", "two", 3, 3, id="block"),
        pytest.param("- a: |-  # why\n     one\n      two\n", "two", 3, 7, id="block without its end"),
        pytest.param("a:\n  b: |2\n      one\n     two\n", "two", 4, 6, id="block with an indentation"),
        pytest.param("a: >\n  one\n  two\n\n    three\n  four two\n", "four", 6, 3, id="folded block"),
        pytest.param("{a: [one, 'x', two]}", "two", 1, 16, id="flow"),
        pytest.param("a:\tone\n\nb:\t two", "two", 3, 5, id="tabs"),
        pytest.param("a: |\r\n  one\r\n  two\r\nb: c\r\n", "two", 3, 3, id="windows"),
        pytest.param("a: 'one\r\n\r\n  two'", "two", 3, 3, id="windows, quoted"),
        pytest.param("a: |\r  one\r  two\r", "two", 3, 3, id="old macintosh"),
        pytest.param("a: 😀😀 two", "two", 1, 7, id="wide characters"),
        pytest.param('b: "😀\u2028c"\na: two', "two", 2, 4, id="a line separator is no line of an editor"),
    ],
)
def test_a_word_is_found_on_its_line_and_in_its_column(source: str, word: str, line: int, column: int) -> None:
    for ending in ("", "\n"):
        (text,) = (text for text in texts_in(read(source + ending)) if word in text)
        assert text.at(text.index(word)) == Span("a.yaml", line, column)


def test_front_matter_counts_from_the_first_line_of_its_file() -> None:
    document = read_yaml("title: x\nsummary: |\n  one\n", "a.md", 2)
    assert document.value["summary"].at(1) == Span("a.md", 4, 4)
    assert document.place(("title",), of_key=True) == Span("a.md", 2, 1)


def test_a_byte_order_mark_moves_no_place() -> None:
    assert read("\ufeffa: two\n")["a"].at(0) == Span("a.yaml", 1, 4)


def test_a_text_without_its_white_space_still_knows_its_places() -> None:
    text = read("a: |2-\n\n   one\n  two\n")["a"].bare()
    assert text == "one\n  two".replace("  ", "")
    assert (text.span, text.at(4)) == (Span("a.yaml", 3, 4), Span("a.yaml", 4, 3))
    assert read("a: ' “one” '")["a"].bare().at(1) == Span("a.yaml", 1, 7)


def test_a_block_is_pointed_at_where_its_words_begin() -> None:
    assert read("quote: |-\n  one\n")["quote"].bare().span == Span("a.yaml", 2, 3)
    assert read("quote: 'one'\n")["quote"].bare().span == Span("a.yaml", 1, 8)


LETTERS = st.text("ab '\"\\:#-|>\t\n\réx😀\x85\u2028", max_size=24)


@given(LETTERS, st.sampled_from(["'", '"', "|", ">", None]), st.integers(10, 40))
def test_every_character_of_a_dumped_text_is_found_in_the_file(value: str, style: str | None, width: int) -> None:
    source = yaml.dump({"k": [value]}, default_style=style, width=width, allow_unicode=True)
    for text in texts_in(read_yaml(source, "a.yaml").value):
        assert_each_character_is_where_it_says(text, source)


@given(
    st.sampled_from(["|", "|-", "|+", "|2", "|1-", ">", ">-", ">+", ">2", ">1+", "| # note"]),
    st.lists(st.text("a b\t", max_size=6), min_size=1, max_size=7),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(">", ["a", "", "", " b", "", "c"], "\n")
def test_every_character_of_a_block_is_found_in_the_file(header: str, lines: list[str], ending: str) -> None:
    source = f"k:{ending}- {header}{ending}" + "".join(f"   {line}{ending}" for line in lines) + f"- end{ending}"
    for text in filter(str.strip, texts_in(read_yaml(source, "a.yaml").value)):
        assert_each_character_is_where_it_says(text, source)


@given(st.sampled_from(['"%s"', "'%s'", "%s", "[%s]"]), st.text("ab ,'\"\\n\t\nétu0", max_size=16))
@example('"%s"', "a \\\n\n\n b")
@example('"%s"', "a \t\\\n b\\\n\n\tc")
def test_every_character_of_a_quoted_or_plain_text_is_found_in_the_file(form: str, inside: str) -> None:
    source = "k: " + form % inside.replace("\n", "\n  ")
    for text in texts_in(read_yaml(source, "a.yaml").value):
        assert_each_character_is_where_it_says(text, source)


@given(st.text("ab:-[]{}\"'|>#&*!%@`?, \n\t\r\x00\x85\ufeff😀~", max_size=40))
def test_no_text_at_all_is_too_much_for_the_reader(source: str) -> None:
    document = read_yaml(source, "a.yaml")
    source = source.lstrip("\ufeff")
    rows = LINE_END.split(source)
    for span in (problem.span for problem in document.problems):
        assert 1 <= span.line <= len(rows) + 1
        assert 1 <= span.column <= len(rows[min(span.line, len(rows)) - 1]) + 1
    for text in texts_in(document.value):
        assert_each_character_is_where_it_says(text, source)


# --- values --------------------------------------------------------------------------------------------------------


def test_nothing_is_taken_for_a_number_a_date_or_a_truth() -> None:
    typed = {"a": "no", "b": "010", "c": "1e3", "d": "2025-02-22", "e": "true", "f": "0x1F", "g": "12:30:00", "h": "="}
    assert read("".join(f"{key}: {value}\n" for key, value in typed.items())) == typed


@pytest.mark.parametrize("written", ["", " null", " ~"])
def test_null_and_nothing_are_nothing(written: str) -> None:
    assert read(f"a:{written}\nb: [{written.strip() or '~'}, x]\n") == {"a": None, "b": [None, "x"]}


def test_a_null_in_quotation_marks_is_a_word() -> None:
    assert read("a: 'null'\nb: \"\"\nc: NULL\n") == {"a": "null", "b": "", "c": "NULL"}


def test_a_date_in_brackets_keeps_its_characters() -> None:
    value = read("date: [..2025-02-12]\n")["date"]
    assert value.typed == "[..2025-02-12]"
    assert value.typed.at(3) == Span("a.yaml", 1, 10)


@pytest.mark.parametrize("source", ["", "\n\n", "# nothing yet\n", "---\n", "---\n...\n", "~"])
def test_an_empty_file_is_nothing_and_no_mistake(source: str) -> None:
    assert read(source) is None


def test_a_file_may_be_a_list_or_one_word() -> None:
    assert isinstance(read("- a\n- b\n"), Items)
    assert read("just words\n") == "just words"


def test_an_alias_is_the_value_that_it_names() -> None:
    value = read("a: &who [ann, bo]\nb: *who\nc: {d: *who}\n")
    assert value["b"] == value["c"]["d"] == ["ann", "bo"]
    assert value["b"][1].span == Span("a.yaml", 1, 15)


def test_a_missing_value_has_the_place_where_it_is_missing() -> None:
    document = read_yaml("a:\n  - b: x\n  - ~\nc:\nd: e\n", "a.yaml")
    assert document.place(("a", 1)) == Span("a.yaml", 3, 5)
    assert document.place(("c",)).line == 4
    assert document.place(("a", 0, "b", "nowhere")) == Span("a.yaml", 2, 8)
    assert document.place(("a", 7, "x")) == Span("a.yaml", 2, 3)
    assert document.place(("nowhere",)) == Span("a.yaml", 1, 1)


# --- mistakes ------------------------------------------------------------------------------------------------------


def test_a_key_that_stands_twice_is_named_with_the_first_and_its_first_value_holds() -> None:
    document = read_yaml("a: 1\nb: 2\na: 3\na: 4\n", "a.yaml")
    assert [(p.span.line, p.code, p.message) for p in document.problems] == [
        (3, "duplicate-key", "“a” stands here twice; the first is on line 1"),
        (4, "duplicate-key", "“a” stands here twice; the first is on line 1"),
    ]
    assert document.value["a"] == "1"


@pytest.mark.parametrize("source", ["? [a, b]\n: c\n", "{[a]: c}\n", "{{a: b}: c}\n", "~: c\n"])
def test_a_key_that_is_no_text_is_a_mistake(source: str) -> None:
    assert only_problem(source).message == "a key must be plain text"


def test_aliases_that_explode_are_stopped() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    assert only_problem(bomb).message == "the aliases of this file expand to more than 100,000 values"


@pytest.mark.parametrize("source", ["a: &a [*a]\n", "&a {b: *a}\n", "a: &a\n  b:\n    - *a\n"])
def test_an_anchor_that_contains_itself_is_refused(source: str) -> None:
    problem = only_problem(source)
    assert (problem.code, problem.message) == ("yaml-too-large", "this anchor contains itself")
    assert character_at(source, problem.span) == "*"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[["])
@pytest.mark.parametrize("depth", [10_000, 200_000])
def test_nesting_without_end_is_refused_and_ends_no_process(opening: str, depth: int) -> None:
    problem = only_problem("k:\n " + opening * depth)
    assert (problem.code, problem.message) == ("yaml-too-large", f"this is nested more than {DEEPEST} deep")


def test_a_staircase_of_keys_is_refused() -> None:
    assert only_problem("".join(" " * n + "a:\n" for n in range(5000))).code == "yaml-too-large"


def test_a_second_document_is_not_passed_over() -> None:
    document = read_yaml("a: b\n---\nc: d\n", "a.yaml")
    assert document.value == {"a": "b"}
    (problem,) = document.problems
    assert (problem.span.line, problem.message) == (2, "a second YAML document begins here, which nothing reads")


@pytest.mark.parametrize(
    ("source", "line", "column", "character"),
    [
        ("a: é\x00b\n", 1, 5, "U+0000"),
        ("a: b\nc: 😀d\x1b[0m\n", 2, 6, "U+001B"),
        ("a: b\r\nc: é\x9f\r\n", 2, 5, "U+009F"),
    ],
)
def test_a_control_character_is_named_with_its_place(source: str, line: int, column: int, character: str) -> None:
    problem = only_problem(source)
    assert (problem.span.line, problem.span.column) == (line, column)
    assert character in problem.message


AS_BLOCK = "write it as a block:\n"


@pytest.mark.parametrize(
    ("source", "line", "column", "fact", "way_out"),
    [
        pytest.param(
            '- quote: "We won," he said\n  line: 3\n',
            1,
            10,
            "YAML cannot read this: the value goes on after its closing quotation mark",
            AS_BLOCK + 'quote: |-\n  "We won," he said',
            id="words after the quotation mark",
        ),
        pytest.param(
            "- quote: 'We won't wait'\n",
            1,
            10,
            "YAML cannot read this: the value goes on after its closing quotation mark",
            AS_BLOCK + "quote: |-\n  We won't wait",
            id="an apostrophe in single quotes",
        ),
        pytest.param(
            'title: "Bridge closed\npublisher: "Bote"\n',
            1,
            8,
            "YAML cannot read this: this quotation mark is never closed",
            "close it, or " + AS_BLOCK + 'title: |-\n  "Bridge closed',
            id="a quotation mark that is never closed",
        ),
        pytest.param(
            "title: Bridge closed: trains wait\n",
            1,
            8,
            "YAML cannot read this: there is a second colon in this value",
            AS_BLOCK + "title: |-\n  Bridge closed: trains wait",
            id="a colon in a title",
        ),
        pytest.param(
            "title: We won\u2028at last\nc: d\n",
            1,
            14,
            "YAML cannot read this: the character U+2028 ends a line for YAML, though it is not seen to",
            "delete it; it came with a paste",
            id="a line separator from a paste",
        ),
        pytest.param(
            'text: [@bridge "x"] says so.\n',
            1,
            7,
            "YAML cannot read this: a value may not begin with “[”",
            AS_BLOCK + 'text: |-\n  [@bridge "x"] says so.',
            id="a citation at the beginning",
        ),
        pytest.param(
            "says:\n  - {article: a, quote: he said: no}\n",
            2,
            5,
            "YAML cannot read this: something is wrong between these brackets",
            "without brackets, a line for each key; then " + AS_BLOCK + "quote: |-\n  he said: no",
            id="a colon in braces",
        ),
        pytest.param(
            "a: b\nquotes:\n\t- x\n",
            3,
            1,
            "YAML cannot read this: there is a tab before this",
            "indent with spaces, not with tabs",
            id="a tab",
        ),
        pytest.param(
            "a: b\ntitle:Bridge\nc: d\n",
            2,
            7,
            "YAML cannot read this: there is no space after the colon",
            "write “title: Bridge”",
            id="no space after a colon",
        ),
        pytest.param(
            "- quote: x\n   line: 3\n",
            2,
            4,
            "YAML cannot read this: this line does not begin where it should",
            "begin it in the column of the keys that it stands with",
            id="a key in the wrong column",
        ),
        pytest.param(
            "summary: |\nThe bridge is closed.\ntitle: x\n",
            2,
            1,
            "YAML cannot read this: this line has no key",
            "indent the lines of a text deeper than its key",
            id="a text that is not indented",
        ),
        pytest.param(
            "aliases: - a\n",
            1,
            1,
            "YAML cannot read this: a list does not begin behind its key",
            "begin it on the next line, with “- ”",
            id="a list behind its key",
        ),
        pytest.param(
            "title\npublisher: x\n",
            2,
            1,
            "YAML cannot read this: “title” has no colon",
            "each line is “key: value”, or belongs to the text above it",
            id="a key without a colon",
        ),
        pytest.param(
            'path: "C:\\Users"\n',
            1,
            7,
            "YAML cannot read this: a backslash in quotation marks begins an escape",
            AS_BLOCK + "path: |-\n  C:\\Users",
            id="a backslash",
        ),
        pytest.param(
            "quote: &Co and others\n",
            1,
            8,
            "YAML takes “&Co” for an anchor, and nothing uses it",
            AS_BLOCK + "quote: |-\n  &Co and others",
            id="an ampersand at the beginning",
        ),
        pytest.param(
            "quote: *Really*\n",
            1,
            8,
            "YAML cannot read this: a value may not begin with “*”",
            AS_BLOCK + "quote: |-\n  *Really*",
            id="emphasis at the beginning",
        ),
        pytest.param(
            "- *really\n",
            1,
            3,
            "“*really” stands for the value marked “&really”, and there is none above",
            AS_BLOCK + "- |-\n  *really",
            id="an alias of nothing",
        ),
    ],
)
def test_an_author_who_breaks_yaml_gets_the_line_and_a_way_out(
    source: str, line: int, column: int, fact: str, way_out: str
) -> None:
    assert answer(source) == (line, column, fact, way_out)


def test_a_tag_takes_no_word_away_in_silence() -> None:
    """`!Viva la Pepa` is, to YAML, “la Pepa”: a quotation cut short that would still be found in its source."""
    document = read_yaml("quote: !Viva la Pepa\nkey_points: !x\n  - a\n", "a.yaml")
    assert document.value["quote"] == "!Viva la Pepa"
    assert [(p.span.line, p.message) for p in document.problems] == [
        (1, "YAML takes “!Viva” for a tag"),
        (2, "YAML takes “!x” for a tag"),
    ]


@pytest.mark.parametrize("quote", ["won #7 times", "won\n    twice #7 times"])
def test_a_quotation_cut_off_by_a_comment_says_where_and_shows_it_whole(quote: str) -> None:
    problem = only_problem(f"- quote: We {quote}\n  line: 1\n")
    assert (problem.code, problem.message) == (
        "quote-cut-by-comment",
        "the quotation ends here: YAML takes “#7 times” for a comment",
    )
    assert "quote: |-\n  We won " in problem.hint
    assert "#7 times\nand a comment belongs on a line of its own" in problem.hint


@pytest.mark.parametrize(
    "line", ["quote: 'We won'  # sic", "quote: bus#7", "text: We won  # check", "quote: |- # x\n  a"]
)
def test_a_comment_that_cuts_nothing_is_no_mistake(line: str) -> None:
    assert read(line + "\n")


def test_a_large_file_is_read_in_linear_time() -> None:
    """Two megabytes, and a mistake at the end: what is slower than linear would take minutes."""
    source = "".join(f"- {{quote: Satz {n}, line: {n}}}\n" for n in range(60_000))
    assert len(read(source)) == 60_000
    assert only_problem(source + "- {quote: a\n").span.line == 60_001
