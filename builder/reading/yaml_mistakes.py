"""What is wrong with a YAML text as such, in an author's words.

Where a value trips over its own characters, the way out is a block, which takes all of them as they are.
"""

import re

import yaml

from builder.patterns import pattern
from builder.problems import Problem, Span
from builder.reading.scalars import LINE_END, Lines

FORBIDDEN = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNSEEN_BREAK = pattern("[\x85\u2028\u2029]")
KEY_LINE = pattern(r"\s*(?:- +)*(?P<key>[\w-]+):[ \t]+(?P<value>\S.*)")
ITEM_LINE = pattern(r"\s*(?:- +)+(?P<value>\S.*)")
KEY_WITHOUT_SPACE = pattern(r"\s*(?:- +)*(?P<key>[\w-]+):(?P<value>[^\s:].*)")
NEXT_KEY = r", *(?:article|line|speaker|reported_by|event|date|title|status|text|basis): "
QUOTE_IN_BRACES = pattern(rf"\bquote: +(?P<quote>.+?)(?:{NEXT_KEY}.*)?[\s\]}}]*$")
WHOLE = pattern(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[.*\]|\{.*\}|[|>][-+0-9]*)\s*(?:#.*)?""")
"""A value that is all right by itself: in quotation marks or brackets from end to end, or a block's header."""


class Unreadable(Exception):
    """The rest of the text cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def as_block(key: str, value: str) -> str:
    """How to write a value so that YAML takes every character of it as it is. `key` empty: it is an item of a list."""
    marked = re.fullmatch(r"(?P<mark>[\"'])(?P<inside>.*)(?P=mark)", value)
    lead = f"{key}: |-" if key else "- |-"
    return f"write it as a block:\n{lead}\n  {marked['inside'] if marked else value}"


# --- what the parser does not understand ---------------------------------------------------------------------------


def syntax_problem(error: yaml.MarkedYAMLError, source: str, lines: Lines) -> Problem:
    """The parser's complaint, at the line that it is about: that is often the one before."""
    rows = LINE_END.split(source)
    said = f"{error.context or ''} {error.problem or ''}"
    begun_there = "scanning a quoted scalar" in said or "could not find expected ':'" in said
    mark = (error.context_mark if begun_there else None) or error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    row = lines.row(index)
    if re.match(r" *(?:- *)*\t", rows[row]):
        return _syntax(lines.place(index), "there is a tab before this", "indent with spaces, not with tabs")
    if found := UNSEEN_BREAK.search(rows[row]):
        fact = f"the character U+{ord(found[0]):04X} ends a line for YAML, though it is not seen to"
        return _syntax(lines.place(lines.starts[row] + found.start()), fact, "delete it; it came with a paste")
    for near in (row, row - 1):
        if near >= 0 and (found := _tripping(rows[near], said)):
            start = lines.starts[near] + found.start("value")
            key = found.groupdict().get("key") or ""
            return _syntax(lines.place(start), _reason(found["value"]), _way_out(key, found["value"]))
    for near in (row, row - 1):
        if near >= 0 and (found := KEY_WITHOUT_SPACE.fullmatch(rows[near])):
            start = lines.starts[near] + found.start("value")
            hint = f"write “{found['key']}: {found['value']}”"
            return _syntax(lines.place(start), "there is no space after the colon", hint)
    begin = lines.starts[row] + len(rows[row]) - len(rows[row].lstrip())
    return _syntax(lines.place(min(begin, index)), *_misplaced(said, rows, row))


def _syntax(span: Span, fact: str, hint: str) -> Problem:
    return Problem(span, "yaml-syntax", f"YAML cannot read this: {fact}", hint)


def _tripping(line: str, said: str) -> re.Match[str] | None:
    """The value on this line, if it is one that YAML stumbles over."""
    found = KEY_LINE.fullmatch(line) or ITEM_LINE.fullmatch(line)
    if not found:
        return None
    value = found["value"]
    if WHOLE.fullmatch(value):
        wanted = "flow" if value[0] in "[{" else "parsing a quoted scalar"
        return found if wanted in said else None
    return found if value[0] in "\"'`@%&*!|>[{?" or ": " in value or value.endswith(":") else None


def _reason(value: str) -> str:
    first = value[0]
    if first in "\"'" and WHOLE.fullmatch(value):
        return "a backslash in quotation marks begins an escape"
    if first in "\"'":
        closed = WHOLE.match(value)
        return "the value goes on after its closing quotation mark" if closed else "this quotation mark is never closed"
    if first in "[{" and not value.startswith(("[@", "[[")):
        return "something is wrong between these brackets"
    if first in "`@%&*!|>[?":
        return f"a value may not begin with “{first}”"
    return "there is a second colon in this value"


def _way_out(key: str, value: str) -> str:
    if value[0] in "[{" and not value.startswith(("[@", "[[")):
        if quote := QUOTE_IN_BRACES.search(value):
            return "without brackets, a line for each key; then " + as_block("quote", quote["quote"])
        return "close every bracket and quotation mark, or write a line for each item and key, without brackets"
    never_closed = value[0] in "\"'" and not WHOLE.match(value)
    return ("close it, or " if never_closed else "") + as_block(key, value)


def _misplaced(said: str, rows: list[str], row: int) -> tuple[str, str]:
    """Fact and way out for a line that is not at fault itself but stands where it cannot."""
    if "could not find expected ':'" in said:
        return "this line has no key", "indent the lines of a text deeper than its key"
    if "block sequence entries" in said:
        return "a list does not begin behind its key", "begin it on the next line, with “- ”"
    if "incompatible" in said:
        return "it asks for another version of YAML", "delete the line that begins with “%”"
    if "flow" in said:
        return "something is wrong between these brackets", "close every bracket and quotation mark"
    if "end of stream" in said:
        return "something here is never closed", "look for a bracket or quotation mark without its counterpart"
    above = next((rows[near] for near in range(row - 1, -1, -1) if rows[near].strip()), "")
    if "mapping values" in said and ":" not in above:
        return f"“{above.strip()[:40]}” has no colon", "each line is “key: value”, or belongs to the text above it"
    return "this line does not begin where it should", "begin it in the column of the keys that it stands with"


def forbidden_character(source: str, lines: Lines) -> Problem:
    """A control character: it came with a paste, and is not to be seen."""
    found = FORBIDDEN.search(source)
    code = f"U+{ord(found[0]):04X}" if found else "here"
    span = lines.place(found.start() if found else 0)
    return _syntax(span, f"the character {code} may not stand in a file", "delete it; most editors show it as a box")


# --- what the parser understands, but no author means --------------------------------------------------------------


def cut_by_comment(source: str, end: int, value: str, lines: Lines) -> Problem | None:
    """A plain quotation that ends at offset `end` before a ` #`: the rest of its line would be lost in silence."""
    rest = _rest_of_line(source, end)
    if not value or not re.match(r"[ \t]+#", rest):
        return None
    fact = f"the quotation ends here: YAML takes “{rest.strip()}” for a comment"
    hint = as_block("quote", value + rest) + "\nand a comment belongs on a line of its own"
    return Problem(lines.place(end), "quote-cut-by-comment", fact, hint)


def tag_problem(source: str, start: int, key: str, span: Span) -> Problem:
    """`!Viva` at the beginning of a value, which YAML would take away."""
    tag = re.split(r"\s", source[start:], maxsplit=1)[0]
    return Problem(span, "yaml-syntax", f"YAML takes “{tag}” for a tag", as_block(key, _rest_of_line(source, start)))


def anchor_problem(source: str, start: int, key: str, span: Span) -> Problem:
    """`&Co` at the beginning of a value, which YAML would take away, and no alias that uses it."""
    anchor = re.split(r"\s", source[start:], maxsplit=1)[0]
    fact = f"YAML takes “{anchor}” for an anchor, and nothing uses it"
    return Problem(span, "yaml-syntax", fact, as_block(key, _rest_of_line(source, start)))


def unknown_alias(source: str, start: int, key: str, span: Span) -> Problem:
    """`*this` at the beginning of a value, and no anchor of that name."""
    alias = re.split(r"[\s,\]}]", source[start:], maxsplit=1)[0]
    fact = f"“{alias}” stands for the value marked “&{alias[1:]}”, and there is none above"
    return Problem(span, "yaml-syntax", fact, as_block(key, _rest_of_line(source, start)))


def second_document(span: Span) -> Problem:
    hint = "delete this line of hyphens; one file holds one document"
    return Problem(span, "yaml-syntax", "a second YAML document begins here, which nothing reads", hint)


def contains_itself(span: Span) -> Problem:
    return Problem(span, "yaml-too-large", "this anchor contains itself", "write the value out where it is used")


def too_many_values(limit: int, span: Span) -> Problem:
    fact = f"the aliases of this file expand to more than {limit:,} values"
    return Problem(span, "yaml-too-large", fact, "write the values out instead of nesting anchors in anchors")


def too_deep(limit: int, span: Span) -> Problem:
    fact = f"this is nested more than {limit} deep"
    return Problem(span, "yaml-too-large", fact, "close the brackets, or indent less")


def _rest_of_line(source: str, start: int) -> str:
    return LINE_END.split(source[start : start + 2000], maxsplit=1)[0].rstrip()
