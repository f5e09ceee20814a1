"""Short ways through the Markdown parser for what is no markup, as most of a newspaper's text is.

A line that begins with a letter and has a blank one below it can only be a paragraph, and a text without any sign that
starts markup can only be itself: the parser need not try its rules on them. The results are the parser's own; the tests
hold the two against each other.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, heading, paragraph
from markdown_it.token import Token
from markdown_it.utils import EnvType

MARKUP = re.compile(r"[\\\n`~*_\[!<&]")
"""Signs with which markup within a paragraph starts, here and in CommonMark; all else is text."""

WORDS = re.compile(r"[*_]{0,3}[^\W\d_]")
"""A letter, perhaps emphasised: a list's `*` and a rule's `***` have none right behind them."""

BULLET = re.compile(r"[-*+] \S")
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
    """A paragraph or heading of a single line. Before all other rules, of which none would take it."""
    if state.sCount[startLine] - state.blkIndent > DEEPEST_INDENT or not _ends(state, startLine):
        return False
    start = state.bMarks[startLine] + state.tShift[startLine]
    if WORDS.match(state.src, start) or _is_bracket(state, startLine, start):
        return paragraph(state, startLine, endLine, silent)
    return state.src.startswith("#", start) and heading(state, startLine, endLine, silent)


def _is_bracket(state: StateBlock, line: int, start: int) -> bool:
    """Whether a line begins with a bracket, but gives no address to a label: `[label]: address`."""
    return state.src.startswith("[", start) and state.src.find("]:", start, state.eMarks[line]) < 0


def _ends(state: StateBlock, line: int) -> bool:
    """Whether a paragraph ends with this line for certain: a blank line follows, or the next item of the same list."""
    after = line + 1
    return (
        after >= state.lineMax
        or state.isEmpty(after)
        or (
            state.listIndent == state.sCount[after] < state.blkIndent
            and BULLET.match(state.src, state.bMarks[after] + state.tShift[after]) is not None
        )
    )
