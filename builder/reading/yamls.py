"""YAML to strings that know where they stand. Types are the schema's business: `no`, `010` and `1e3` stay as typed.

Built on PyYAML's node tree: its marks count characters, and nothing is constructed.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from builder.problems import Problem, Span

EXPANSION_LIMIT = 100_000
"""How many nodes the aliases of one file may add to those that were written. A real file stays far below."""

DROPPED = object()
"""Stands in a list for an item that had a mistake, reported already."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NULLS = ("", "~", "null")


class Text(str):
    """A scalar as its author typed it, with its place. `raw` is its stretch of the file, quotes and indentation included."""

    __slots__ = ("raw", "span")
    span: Span
    raw: str

    def __new__(cls, value: str, span: Span = Span(""), raw: str = "") -> "Text":
        text = super().__new__(cls, value)
        text.span = span
        text.raw = raw or value
        return text

    def at(self, offset: int) -> Span:
        """Where the character at `offset` stands in the file.

        In a block (`|`) each line has its own; elsewhere the value and the raw stretch are walked together: folded white space
        counts as one, escapes and indentation are skipped.
        """
        if self.raw.startswith("|"):
            before = self[:offset]
            down, start = before.count("\n") + 1, before.rfind("\n") + 1
            raw_line = self.raw.split("\n", down + 1)[down] if self.raw.count("\n") >= down else ""
            indent = len(raw_line.rstrip("\r")) - len(self[start:].partition("\n")[0])
            return Span(self.span.path, self.span.line + down, max(indent, 0) + offset - start + 1)
        raw, here = self.raw, 0
        for character in self[: offset + 1]:
            if character.isspace():
                found = next((i for i in range(here, len(raw)) if raw[i].isspace()), -1)
                if found < 0:
                    break
                here = found + 1
                while not character == "\n" and here < len(raw) and raw[here].isspace():
                    here += 1
            else:
                found = raw.find(character, here)
                if found < 0:
                    continue  # written as an escape, such as \u201c
                here = found + 1
        reached = max(here - 1, 0)
        lines_down = raw.count("\n", 0, reached)
        if not lines_down:
            return Span(self.span.path, self.span.line, self.span.column + reached)
        return Span(self.span.path, self.span.line + lines_down, reached - raw.rfind("\n", 0, reached))


class Form(dict[str, Any]):
    """A mapping, with its place. Keys are `Text`."""

    __slots__ = ("span",)

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class Items(list[Any]):
    """A list, with its place, and its characters where it was written in brackets: a date may be `[..2025-02-12]`."""

    __slots__ = ("span", "typed")

    def __init__(self, span: Span, typed: Text | None) -> None:
        super().__init__()
        self.span = span
        self.typed = typed


@dataclass(frozen=True, slots=True)
class Document:
    """What one YAML text holds: `value` is a Form, Items, Text or None, `node` the tree that gives a place to every part of it."""

    path: str
    value: Any
    node: Any
    problems: tuple[Problem, ...] = ()
    first_line: int = 1

    def place(self, location: tuple[str | int, ...], *, of_key: bool = False) -> Span:
        """The place of the value (or its key) at a path of keys and indexes; where the path leads nowhere, of the last part that is there."""
        node, found = self.node, None
        for step in location:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    break
                found, node = (pair[0] if of_key else pair[1]), pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node = node.value[step]
            else:
                break
        found = found or self.node
        return Span(self.path, 1, 1) if found is None else self._span(found)

    def _span(self, node: yaml.Node) -> Span:
        return Span(self.path, node.start_mark.line + self.first_line, node.start_mark.column + 1)


def read_yaml(source: str, path: str, first_line: int = 1) -> Document:
    """Reads one YAML text. `first_line` is the file's line on which it begins (front matter begins on line 2)."""
    try:
        node = yaml.compose(source, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        return Document(path, None, None, (_syntax_problem(error, source, path, first_line),))
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position)
        column = error.position - source.rfind("\n", 0, error.position)
        character = error.character if isinstance(error.character, int) else ord(str(error.character)[0])
        fact = f"the character U+{character:04X} may not stand in YAML"
        return Document(
            path, None, None, (Problem(Span(path, line + first_line, column), "yaml-syntax", fact, "delete it"),)
        )
    except RecursionError:
        fact = "this YAML is nested too deeply to read"
        return Document(path, None, None, (Problem(Span(path, first_line), "yaml-too-large", fact),))
    reader = _Reader(source, path, first_line)
    try:
        value = reader.value_of(node) if node is not None else None
    except _TooLarge as error:
        return Document(path, None, node, (Problem(error.span, "yaml-too-large", str(error), error.hint),), first_line)
    return Document(path, value, node, tuple(reader.problems), first_line)


class _TooLarge(Exception):
    def __init__(self, span: Span, fact: str, hint: str) -> None:
        super().__init__(fact)
        self.span, self.hint = span, hint


class _Reader:
    """Turns nodes to values, counts what aliases add, and collects what is wrong on the way."""

    def __init__(self, source: str, path: str, first_line: int) -> None:
        self.source, self.path, self.first_line = source, path, first_line
        self.problems: list[Problem] = []
        self.seen: set[int] = set()
        self.open: set[int] = set()
        self.repeated = 0

    def value_of(self, node: yaml.Node, *, key: str = "") -> Any:
        span = Span(self.path, node.start_mark.line + self.first_line, node.start_mark.column + 1)
        self._bound(node, span)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, span, key)
        self.open.add(id(node))
        value = self._mapping(node, span) if isinstance(node, yaml.MappingNode) else self._items(node, span, key)
        self.open.discard(id(node))
        return value

    def _bound(self, node: yaml.Node, span: Span) -> None:
        if id(node) in self.open:
            raise _TooLarge(span, "this anchor contains itself", "write the value out where it is used")
        if id(node) in self.seen:
            self.repeated += 1
            if self.repeated > EXPANSION_LIMIT:
                fact = f"the aliases of this file expand to more than {EXPANSION_LIMIT:,} values"
                raise _TooLarge(span, fact, "write the values out instead of nesting anchors in anchors")
        self.seen.add(id(node))

    def _scalar(self, node: yaml.ScalarNode, span: Span, key: str) -> Text | None:
        plain = not node.style
        if plain and node.value in NULLS:
            return None
        text = Text(node.value, span, self.source[node.start_mark.index : node.end_mark.index])
        if plain and key == "quote":
            self._quote_cut_by_comment(node, text)
        return text

    def _quote_cut_by_comment(self, node: yaml.ScalarNode, text: Text) -> None:
        rest_of_line = self.source[node.end_mark.index :].partition("\n")[0].rstrip("\r")
        if re.match(r"[ \t]+#", rest_of_line):
            self.problems.append(
                Problem(
                    Span(self.path, node.end_mark.line + self.first_line, node.end_mark.column + 1),
                    "quote-cut-by-comment",
                    f"the quotation ends here: YAML takes “{rest_of_line.strip()}” for a comment",
                    _as_block("quote", text + rest_of_line) + "\nand a comment belongs on a line of its own",
                )
            )

    def _items(self, node: Any, span: Span, key: str) -> Items:
        typed = self.source[node.start_mark.index : node.end_mark.index] if node.flow_style else ""
        items = Items(span, Text(typed, span) if typed else None)
        items.extend(self.value_of(child, key=key) for child in node.value)
        return items

    def _mapping(self, node: Any, span: Span) -> Form:
        form = Form(span)
        for key_node, value_node in node.value:
            place = Span(self.path, key_node.start_mark.line + self.first_line, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(
                    Problem(place, "wrong-type", "a key must be plain text", "keys stand before a colon")
                )
                continue
            key = Text(key_node.value, place)
            if key in form:
                first = next(known.span for known in form if known == key and isinstance(known, Text))
                fact = f"“{key}” stands here twice; the first is on line {first.line}"
                self.problems.append(Problem(place, "duplicate-key", fact, "delete one, or merge the two"))
            form.setdefault(key, self.value_of(value_node, key=key))
        return form


VALUE_LINE = re.compile(r"^(?P<lead>\s*(?:- +)*)(?P<key>[\w-]+): +(?P<value>\S.*)$")


def _syntax_problem(error: yaml.MarkedYAMLError, source: str, path: str, first_line: int) -> Problem:
    """The parser's complaint in an author's words; a value that trips over its own quotation marks is shown as a block."""
    mark = error.problem_mark or error.context_mark
    line_index = mark.line if mark else 0
    span = Span(path, line_index + first_line, (mark.column if mark else 0) + 1)
    lines = source.split("\n")
    fact = f"YAML cannot read this: {error.problem or error.context}"
    for index in (line_index, line_index - 1):
        line = lines[index].rstrip("\r") if 0 <= index < len(lines) else ""
        found = VALUE_LINE.match(line)
        if found and found["value"][0] in "\"'`@%&*!|>[{":
            column = found.start("value") + 1
            hint = _as_block(found["key"], found["value"])
            return Problem(Span(path, index + first_line, column), "yaml-syntax", fact, hint)
        if found and ": " in found["value"]:
            return Problem(
                Span(path, index + first_line, found.start("value") + 1),
                "yaml-syntax",
                fact,
                _as_block(found["key"], found["value"]),
            )
    in_flow = lines[line_index] if line_index < len(lines) else ""
    if "{" in in_flow and "quote:" in in_flow:
        return Problem(
            span,
            "yaml-syntax",
            fact,
            "a quotation with a comma, colon or brace needs a line of its own:\n" + _as_block("quote", "…"),
        )
    if "\t" in in_flow[: len(in_flow) - len(in_flow.lstrip())]:
        return Problem(span, "yaml-syntax", fact, "indent with spaces, not with tabs")
    return Problem(
        span, "yaml-syntax", fact, "look for a missing quotation mark, colon or space on this line and the one above"
    )


def _as_block(key: str, value: str) -> str:
    return f"write it as a block:\n{key}: |-\n  {value}"
