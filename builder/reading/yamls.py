"""YAML to strings that know where they stand. Types are the schema's business: `no`, `010` and `1e3` stay as typed.

Built on the parser's events, not on its tree of nodes: PyYAML makes that by recursion, and ten thousand brackets would
end the process.
"""

import re
from dataclasses import field
from typing import Any, Self

import yaml

from builder.problems import Problem, Span
from builder.reading.scalars import Lines, Written, further
from builder.reading.yaml_mistakes import (
    Unreadable,
    anchor_problem,
    contains_itself,
    cut_by_comment,
    forbidden_character,
    second_document,
    syntax_problem,
    tag_problem,
    too_deep,
    too_many_values,
    unknown_alias,
)
from builder.values import dataclass

EXPANSION_LIMIT = 100_000
"""How many values the aliases of one file may add to those that were written. A real file stays far below."""

DEEPEST = 100
"""How deep values may be nested. The schema asks for seven levels."""

DROPPED = object()
"""Stands in a list for an item that had a mistake, reported already."""

NULLS = ("", "~", "null")
BLOCKS = ("|", ">")

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PROPERTIES = re.compile(r"(?:&[A-Za-z0-9_-]*|![^\s,\[\]{}]*|\s|#[^\n\r]*)*")
"""Anchor and tag, which the parser counts to the scalar that they stand before."""


class Text(str):
    """A scalar as its author typed it, with its place. `written` is how it stands in the file, where that differs."""

    __slots__ = ("span", "written")
    span: Span
    written: Written | None

    def __new__(cls, value: str, span: Span = Span(""), written: Written | None = None) -> Self:
        text = super().__new__(cls, value)
        text.span = span
        text.written = written
        return text

    def at(self, offset: int) -> Span:
        """Where the character at `offset` stands in the file."""
        return self.written.at(offset) if self.written else further(self.span, str(self), offset)

    def bare(self) -> "Text":
        """The text without white space around it. A block's place is then that of its words, not of its `|`."""
        if not (self[:1].isspace() or self[-1:].isspace() or (self.written and self.written.style in BLOCKS)):
            return self
        skipped = len(self) - len(self.lstrip())
        if not self.written:
            return Text(self.strip(), self.at(skipped))
        span = self.at(skipped) if skipped or self.written.style in BLOCKS else self.span
        return Text(self.strip(), span, self.written.without(skipped))


class Form(dict[str, Any]):
    """A mapping, with its place. Keys are `Text`; `empty` has the places of values that are null."""

    __slots__ = ("empty", "span")

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span
        self.empty: dict[str, Span] = {}


class Items(list[Any]):
    """A list, with its place, and its characters where it was written in brackets: a date may be `[..2025-02-12]`."""

    __slots__ = ("empty", "span", "typed")

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span
        self.empty: dict[int, Span] = {}
        self.typed: Text | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What one YAML text holds: `value` is a Form, Items, Text or None."""

    path: str
    value: Any
    problems: tuple[Problem, ...] = ()

    def place(self, location: tuple[str | int, ...], *, of_key: bool = False) -> Span:
        """The place of the value (or its key) at a path of keys and indexes.

        Where the path leads nowhere, that of the last part that is there.
        """
        held, found = self.value, getattr(self.value, "span", Span(self.path))
        for step in location:
            if isinstance(held, Form) and step in held:
                key = next(key for key in held if key == step)
                value = held[str(step)]
                place = held.empty.get(str(step), found) if value is None else value.span
                found = key.span if of_key and isinstance(key, Text) else place
            elif isinstance(held, Items) and isinstance(step, int) and step < len(held):
                value = held[step]
                found = held.empty.get(step, found) if value is None else value.span
            else:
                break
            held = value
        return found


def read_yaml(source: str, path: str, first_line: int = 1) -> Document:
    """Reads one YAML text. `first_line` is the file's line on which it begins (front matter begins on line 2)."""
    source = source.lstrip("\ufeff")  # a byte order mark, which the parser does not count
    lines = Lines(source, path, first_line)
    reader = _Reader(source, lines)
    try:
        value = reader.read()
    except yaml.MarkedYAMLError as error:
        return Document(path, None, (syntax_problem(error, source, lines),))
    except yaml.reader.ReaderError:
        return Document(path, None, (forbidden_character(source, lines),))
    except Unreadable as error:
        return Document(path, None, (error.problem,))
    return Document(path, value, (*reader.problems, *reader.unused.values()))


@dataclass(slots=True)
class _Open:
    """A mapping or list of which the end is still to come.

    `size`: how many values are in it, `depth`: how deep they are nested; aliases written out.
    """

    holder: Form | Items
    name: str
    start: int
    anchor: str | None
    size: int = 1
    depth: int = 1
    key: Text | None = None
    key_is_due: bool = True


@dataclass(slots=True)
class _Reader:
    """Turns events to values, counts what aliases add, and collects what is wrong on the way."""

    source: str
    lines: Lines
    problems: list[Problem] = field(default_factory=list)
    unused: dict[str, Problem] = field(default_factory=dict)
    anchors: dict[str, tuple[Any, int, int]] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    root: Any = None
    repeated: int = 0

    def read(self) -> Any:
        parser = Loader(self.source)
        begun = False
        while (event := parser.get_event()) is not None:
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._begin(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._end(event)
                case yaml.DocumentStartEvent() if begun:
                    self.problems.append(second_document(self.lines.place(_stretch(event)[0])))
                    break
                case yaml.DocumentStartEvent():
                    begun = True
        return self.root

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        begin, end = _stretch(event)
        start, value = begin, event.value
        if event.anchor or event.tag:
            found = PROPERTIES.match(self.source, begin, end)
            start = found.end() if found else begin
        if event.tag:
            self.problems.append(tag_problem(self.source, begin, self._name(), self.lines.place(begin)))
            if event.tag.startswith("!"):
                start, value = begin, self.source[begin:end]
        span, style = self.lines.place(start), event.style or ""
        if not style and value in NULLS:
            text = None
        else:
            raw = self.source[start:end]
            text = Text(value, span, Written(raw, style, value, span) if raw != value else None)
        if event.anchor:
            self.anchors[event.anchor] = text, 1, 0
            self.unused[event.anchor] = anchor_problem(self.source, begin, self._name(), self.lines.place(begin))
        if not style and self._name() == "quote" and (cut := cut_by_comment(self.source, end, value, self.lines)):
            self.problems.append(cut)
        self._put(text, span)

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, _ = _stretch(event)
        span = self.lines.place(start)
        if event.anchor not in self.anchors:
            if any(holder.anchor == event.anchor for holder in self.open):
                raise Unreadable(contains_itself(span))
            raise Unreadable(unknown_alias(self.source, start, self._name(), span))
        self.unused.pop(event.anchor, None)
        value, size, depth = self.anchors[event.anchor]
        self.repeated += size
        if self.repeated > EXPANSION_LIMIT:
            raise Unreadable(too_many_values(EXPANSION_LIMIT, span))
        self._put(value, span, size, depth)

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        start, _ = _stretch(event)
        span = self.lines.place(start)
        if len(self.open) == DEEPEST:  # here, and not only at its end: the file may be endless brackets
            raise Unreadable(too_deep(DEEPEST, span))
        if event.tag:
            self.problems.append(tag_problem(self.source, start, self._name(), span))
        holder = Form(span) if isinstance(event, yaml.MappingStartEvent) else Items(span)
        self.open.append(_Open(holder, self._name(), start if event.flow_style else -1, event.anchor))

    def _end(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        closed = self.open.pop()
        if isinstance(closed.holder, Items) and closed.start >= 0:
            closed.holder.typed = Text(self.source[closed.start : _stretch(event)[1]], closed.holder.span)
        if closed.anchor:
            self.anchors[closed.anchor] = closed.holder, closed.size, closed.depth
        self._put(closed.holder, closed.holder.span, closed.size, closed.depth)

    def _name(self) -> str:
        """The key under which the next value stands, also where it stands in a list."""
        if not self.open:
            return ""
        inner = self.open[-1]
        return (inner.key or "") if isinstance(inner.holder, Form) else inner.name

    def _put(self, value: Any, span: Span, size: int = 1, depth: int = 0) -> None:
        if len(self.open) + depth > DEEPEST:
            raise Unreadable(too_deep(DEEPEST, span))
        if not self.open:
            self.root = value
            return
        inner = self.open[-1]
        inner.size += size
        inner.depth = max(inner.depth, depth + 1)
        if isinstance(inner.holder, Items):
            if value is None:
                inner.holder.empty[len(inner.holder)] = span
            inner.holder.append(value)
        elif inner.key_is_due:
            self._key(inner, inner.holder, value, span)
        else:
            if inner.key is not None and inner.key not in inner.holder:
                inner.holder[inner.key] = value
                if value is None:
                    inner.holder.empty[inner.key] = span
            inner.key, inner.key_is_due = None, True

    def _key(self, inner: _Open, form: Form, value: Any, span: Span) -> None:
        inner.key_is_due = False
        if not isinstance(value, Text):
            self.problems.append(
                Problem(span, "wrong-type", "a key must be plain text", "a key stands before its colon")
            )
            return
        inner.key = value
        if value in form:
            first = next(key.span.line for key in form if isinstance(key, Text) and key == value)
            fact = f"“{value}” stands here twice; the first is on line {first}"
            self.problems.append(Problem(value.span, "duplicate-key", fact, "delete one, or merge the two"))


def _stretch(event: yaml.Event) -> tuple[int, int]:
    """Where what an event tells of begins and ends in the source."""
    assert event.start_mark is not None  # the parser marks
    assert event.end_mark is not None  # every event
    return event.start_mark.index, event.end_mark.index
