"""Where the characters of a YAML scalar stand in its file: past quotation marks, escapes, folds and indentation."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from builder.patterns import pattern
from builder.problems import Span
from builder.values import dataclass

LINE_END = pattern(r"\r\n|\n|\r")
"""What an editor counts lines by."""

BREAK = "(?:\r\n|[\n\r\x85\u2028\u2029])"
"""What YAML 1.1 counts lines by."""

FOLD = pattern(rf"[ \t]*(?:{BREAK}[ \t]*)+")
SPECIAL = {
    "": FOLD,
    "'": re.compile(rf"''|{FOLD.pattern}"),
    '"': re.compile(
        rf"\\(?P<joined>{BREAK})[ \t]*(?P<after>(?:{BREAK}[ \t]*)*)"
        rf"|\\(?:x..|u.{{4}}|U.{{8}}|.)|{FOLD.pattern}"
    ),
}

Stretch = tuple[int, int]
"""From this offset in the value on, characters stand one for one from that offset in the raw text on."""


class Lines:
    """The lines of a text, to tell where a character of it stands."""

    def __init__(self, text: str, path: str, first_line: int = 1) -> None:
        self.path, self.first_line = path, first_line
        self.starts = [0, *(found.end() for found in LINE_END.finditer(text))]

    def row(self, offset: int) -> int:
        """The line of a character, from 0 for the first of the text."""
        return bisect_right(self.starts, offset) - 1

    def place(self, offset: int) -> Span:
        row = self.row(offset)
        return Span(self.path, self.first_line + row, offset - self.starts[row] + 1)


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar as it stands in its file: `raw` with quotation marks or block header, from `span` on.

    `skipped`: characters of its value that the holder of this leaves out at the beginning.
    """

    raw: str
    style: str
    value: str
    span: Span
    skipped: int = 0

    def without(self, characters: int) -> "Written":
        """The same scalar, for a holder that leaves out that many more characters at the beginning."""
        return replace(self, skipped=self.skipped + characters) if characters else self

    def at(self, offset: int) -> Span:
        """Where the character at `offset` of the value stands."""
        offset += self.skipped
        stretches = _stretches(self.raw, self.style, self.value)
        in_value, in_raw = stretches[max(bisect_right(stretches, (offset, len(self.raw))) - 1, 0)]
        return further(self.span, self.raw, in_raw + offset - in_value)


def further(span: Span, text: str, offset: int) -> Span:
    """The place of the character at `offset` of a text that begins at `span`."""
    ends = _line_ends(text)
    passed = bisect_right(ends, offset)
    if not passed:
        return Span(span.path, span.line, span.column + offset)
    return Span(span.path, span.line + passed, offset - ends[passed - 1] + 1)


# A long text with thousands of citations or mistakes is asked about thousands of times.


@lru_cache(maxsize=32)
def _line_ends(text: str) -> Sequence[int]:
    return [found.end() for found in LINE_END.finditer(text)]


@lru_cache(maxsize=32)
def _stretches(raw: str, style: str, value: str) -> Sequence[Stretch]:
    return list(_flow(raw, style) if style in SPECIAL else _block(raw, style, value))


def _flow(raw: str, style: str) -> Iterator[Stretch]:
    """A plain or quoted scalar: a line's end is a space, n of them are n - 1; an escape is one character."""
    in_value, in_raw = 0, len(style)
    for found in SPECIAL[style].finditer(raw, in_raw, len(raw) - len(style)):
        yield in_value, in_raw
        in_value += found.start() - in_raw
        in_raw = found.end()
        matched = found.groupdict()
        if matched.get("joined"):
            kept = list(_breaks(matched["after"], found.start("after")))
        elif raw[found.start()] in "\\'":
            kept = [found.start()]
        else:
            kept = _folded(list(_breaks(found[0], found.start())), raw)
        yield from ((in_value + count, offset) for count, offset in enumerate(kept))
        in_value += len(kept)
    yield in_value, in_raw


def _folded(ends: list[int], raw: str) -> list[int]:
    """What is left of the ends of lines at these offsets: of several, the first goes. U+2028 and U+2029 stay."""
    return ends if raw[ends[0]] in "\u2028\u2029" else ends[1:] or ends


def _breaks(text: str, start: int) -> Iterator[int]:
    return (start + found.start() for found in re.finditer(BREAK, text))


def _block(raw: str, style: str, value: str) -> Iterator[Stretch]:
    """A `|` or `>` scalar, by the rules of libyaml's scanner: no indentation, and in `>` a line's end is a space."""
    lines = re.findall(rf"[^\n\r\x85\u2028\u2029]*{BREAK}|[^\n\r\x85\u2028\u2029]+", raw)
    starts = list(accumulate(map(len, lines), initial=0))
    indent = _indent(lines[1:], value)
    in_value = 0
    pending: list[int] = []  # ends of lines that the next line with text decides about
    begun = leading_blank = False
    for line, start in zip(lines[1:], starts[1:], strict=False):
        text = re.sub(f"{BREAK}$", "", line)
        if len(text) <= indent and not text.strip(" "):
            pending.append(start + len(text))
            continue
        blank = text[indent] in " \t"
        if begun and style == ">" and not leading_blank and not blank:
            pending = _folded(pending, raw)
        for offset in pending:
            yield in_value, offset
            in_value += 1
        begun, leading_blank = True, blank
        yield in_value, start + indent
        in_value += len(text) - indent
        pending = [start + len(text)]
    for count, offset in enumerate([*pending, len(raw)]):
        yield in_value + count, offset


def _indent(lines: Sequence[str], value: str) -> int:
    """How far a block is indented: what its first line with text has more than the value's."""
    if not value.strip():
        return max(map(len, lines), default=0)
    return _lead(lines) - _lead(re.split(BREAK, value))


def _lead(lines: Iterable[str]) -> int:
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
