"""The short ways through the Markdown parser lead where the long ones do: token by token the same."""

from collections.abc import Callable, Iterable
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

from builder.reading.markdown import Parser, author_parser, source_parser
from builder.reading.plain import PlainInline

WORDS = ["a", "word ", "Ü", "2", "…", "\0", "\u00a0", "\u2028"]
LINES = ["\n", "\n", "\n\n", "\n\n", "  ", "    ", "\t"]
BLOCKS = [
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "# ",
    "## a",
    "---",
    "===",
    "***",
    "> ",
    "```",
    "~~",
    "|",
    "|-|",
    "- -",
    "[x]: y",
]
MARKS = ["*a*", "**b**", "_c_", "[x](y)", "[x]", "<b>", "&amp;", "!", "\\", "_", "`", "](", "<!--", "-->", "*", "]:"]
OWN = ["[@a]", '[@a "b"]', "[[c]]"]
TEXTS = st.lists(st.sampled_from([*WORDS, *LINES, *BLOCKS, *MARKS, *OWN]), max_size=20).map("".join)


def the_long_way(parser: Callable[[], Parser]) -> Parser:
    """The same parser, without what is ours."""
    long = parser.__wrapped__()  # type: ignore[attr-defined]  # past its cache
    long.block.ruler.disable(["plain_line"])
    assert isinstance(long.inline, PlainInline)
    vars(long.inline)["parse"] = partial(ParserInline.parse, long.inline)
    return long  # type: ignore[no-any-return]  # past its cache it says Any


PARSERS = [(parser(), the_long_way(parser)) for parser in (source_parser, author_parser)]


def everything_in(tokens: Iterable[Token]) -> list[object]:
    return [(token.as_dict(children=False), everything_in(token.children or ())) for token in tokens]


@settings(max_examples=1_000)
@given(TEXTS)
@example("a `b` c\n")
@example("**\n\n** a\n")
@example("- a\n---\n")
@example("- a\n-\n")
@example("- a\n===\n")
@example("- a\nb\n  ===\n")
@example("-    a\n    - b\n     ===\n")
@example("- a\n- b\n  ---\n\n- c\n")
@example("a\n- -\n")
@example("- one\n - two\n  - three\n   - four\n    - five\n")
@example("[a]: b\n\n[a]\n")
@example("> a\nb\n\n*c* d\n")
@example("# a\n|-|\n")
def test_short_ways_lead_where_the_long_ones_do(text: str) -> None:
    for short, long in PARSERS:
        assert everything_in(short.parse(text)) == everything_in(long.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "A line.\n\nAnother.",
        "- one\n- two\n",
        "# A heading\n\nText\n",
        "*Emphasis* first\n\n[a](b) then\n",
        "Grüße, 東京!",
    ],
)
def test_short_ways_are_gone_by_plain_text(text: str) -> None:
    """No rule that stands between ours and the paragraph's is asked."""
    parser = source_parser.__wrapped__()
    for rule in ("reference", "lheading"):
        parser.block.ruler.at(rule, lambda *_: pytest.fail("the long way"))
    parser.parse(text)
