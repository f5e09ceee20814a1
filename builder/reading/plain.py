"""Short ways through the Markdown parser for what is no markup, as most of a newspaper's text is.

A line that begins with a letter and has a blank one below it can only be a paragraph, and a text without any sign that
starts markup can only be itself: the parser need not try its rules on them. The results are the parser's own; the tests
hold the two against each other.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.token import Token
from markdown_it.utils import EnvType

MARKUP = re.compile(r"[\\\n`~*_\[!<&]")
"""Signs with which markup within a paragraph starts, here and in CommonMark; all else is text."""

DEEPEST_INDENT = 3
"""From four spaces on, a line is code."""


class PlainInline(ParserInline):
    """The parser of a paragraph's content."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        if not src or MARKUP.search(src):
            return super().parse(src, md, env, tokens)
        tokens.append(Token("text", "", 0, content=src))
        return tokens


def plain_line(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803  # as the parser calls it
    """A paragraph of a single line. Before all other rules, of which none begins with a letter."""
    after = startLine + 1
    if (
        not state.src[state.bMarks[startLine] + state.tShift[startLine]].isalpha()
        or state.sCount[startLine] - state.blkIndent > DEEPEST_INDENT
        or (after < state.lineMax and not state.isEmpty(after))
    ):
        return False
    return paragraph(state, startLine, endLine, silent)
