"""Raw text to blocks: paragraphs by line, by blank line or hard-wrapped, each line with its role."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from builder.model import Block, Role
from builder.patterns import pattern
from builder.problems import Problem, Span
from builder.reading.no_text import looks_like_utf16
from builder.reading.schema import RolesForm
from builder.reading.scripts import UNSPACED

WIDEST_WRAP = 100
"""Lines longer than this were not broken by hand or by a mail program."""

SLACK = 0.9
"""Mail programs and people stop a little early; a tenth of the width is what the measured texts allow."""

SENTENCE_END = pattern("[.!?…:;。！？][\"'”’“»«›)\\]」』]*$")
BULLET = pattern(r"[-*•–] |\d{1,3}[.)] ")
SPEAKER = pattern(r"\w[\w.’'-]*(?: [\w.’'-]+){0,2}: ")
"""“Ann Lee: ”, at the beginning of what she says."""

AFTER_SUSPENDED_HYPHEN = ("and", "or", "to", "und", "oder", "bis")
"""“nineteenth- / and twentieth-century” is no word broken in two."""


ASCII = bytes(range(128))
SHORT = 8
"""Bytes that say nothing about the encoding that they are in."""


def decode(data: bytes, path: str) -> str | Problem:
    """UTF-8 to text, a byte order mark dropped; anything else is an error that names the byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start
        line_start = data.rfind(b"\n", 0, offset) + 1
        span = Span(path, data.count(b"\n", 0, offset) + 1, len(data[line_start:offset].decode("utf-8", "replace")) + 1)
        fact = f"this file is not UTF-8: byte 0x{data[offset]:02X} at offset {offset:,}"
        return Problem(span, "not-utf8", fact, _likely_cause(data, error))


def _likely_cause(data: bytes, error: UnicodeDecodeError) -> str:
    if looks_like_utf16(data):
        return "it looks like UTF-16; save it as UTF-8"
    if b"\0" in data:
        return "this is no text: it has bytes of zero"
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        return "the file breaks off in the middle of a character; copy it again, to its end"
    if len(data) > SHORT and data[: error.start].isascii() and 2 * len(data.translate(None, ASCII)) > len(data):
        return (
            "save it as UTF-8; as it is it may be in an older encoding of its script, such as WINDOWS-1251 (Cyrillic), "
            "GB18030 or SHIFT_JIS: iconv -f WINDOWS-1251 -t UTF-8"
        )
    return "save it as UTF-8; as it is it may be Windows-1252: iconv -f WINDOWS-1252 -t UTF-8"


def raw_lines(text: str) -> list[str]:
    """The lines of a file as an editor counts them: ended by LF, CR LF or CR, and by nothing else."""
    return re.split(r"\r\n|\n|\r", text)


def read_roles(form: RolesForm, lines: Sequence[str]) -> tuple[dict[int, Role], list[Problem]]:
    """The role of each line that has one. A line outside the file, a blank one and one with two roles are errors."""
    roles: dict[int, Role] = {}
    problems: list[Problem] = []
    last_line = len(lines) - (lines[-1] == "")
    for role, ranges in form.given().items():
        for span_of_lines in ranges:
            first, last, span = span_of_lines.first, span_of_lines.last, span_of_lines.span
            wanted = f"line {first}" if first == last else f"line {first}-{last}"
            if last < first:
                fact = f"{first}-{last} ends before it begins"
                problems.append(Problem(span, "role-line", fact, f"write {last}-{first}"))
            elif last > last_line:
                fact = f"there is no {wanted}: the article has lines 1 to {last_line}"
                problems.append(Problem(span, "role-line", fact, "count lines as your editor does, from 1"))
            elif not any(lines[number - 1].strip() for number in range(first, last + 1)):
                fact = f"nothing stands on {wanted} of the article"
                problems.append(Problem(span, "role-line", fact, _nearest_text(lines, first)))
            elif taken := next((n for n in range(first, last + 1) if roles.get(n, role) != role), 0):
                fact = f"line {taken} is {role} here and {roles[taken]} above; a line has one role"
                problems.append(Problem(span, "role-line", fact, "delete one of the two"))
            else:
                roles.update(dict.fromkeys(range(first, last + 1), role))
    return roles, problems


def _nearest_text(lines: Sequence[str], number: int) -> str:
    near = min((n for n, line in enumerate(lines, 1) if line.strip()), key=lambda n: abs(n - number), default=0)
    return f"the nearest text is on line {near}: {lines[near - 1].strip()[:60]}" if near else ""


def read_blocks(lines: Sequence[str], roles: Mapping[int, Role]) -> tuple[Block, ...]:
    """The blocks of a raw text. Lines of a hard-wrapped paragraph are joined; every other line is a paragraph."""
    runs = list(_runs(lines, roles))
    width = _wrap_width(runs)
    blocks: list[Block] = []
    for run in runs:
        role = roles.get(run[0][0], "body")
        if width and _is_wrapped(run, width):
            blocks.extend(_joined(paragraph, role) for paragraph in _paragraphs(run, width))
        else:
            blocks.extend(_block(text, number, role) for number, text in run)
    return tuple(blocks)


Line = tuple[int, str]
"""Number and text, white space around it removed."""

Run = list[Line]
"""Neighbouring lines with text and one role."""


def _runs(lines: Sequence[str], roles: Mapping[int, Role]) -> list[Run]:
    runs: list[Run] = []
    current: Run = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if current and (not text or roles.get(number) != roles.get(current[0][0])):
            runs.append(current)
            current = []
        if text:
            current.append((number, text))
    return [*runs, current] if current else runs


def _wrap_width(runs: Sequence[Run]) -> int:
    """The width at which the file was wrapped, or 0 if it was not: three lines at least must have been full."""
    lengths = sorted(len(text) for run in runs for _, text in run)
    # One address that could not be broken does not widen the whole text.
    width = lengths[max(len(lengths) * 95 // 100 - 1, 0)] if lengths else 0
    if width > WIDEST_WRAP:
        return 0
    full = [(line, following) for run in runs for line, following in pairwise(run) if _full(line, following, width)]
    # Verse, lists and one-sentence paragraphs break where sentences do; a line that is only full breaks anywhere.
    natural = sum(_breaks_naturally(line, following) for line, following in full)
    return width if len(full) >= 3 and natural < 0.8 * len(full) else 0


def _breaks_naturally(line: Line, following: Line) -> bool:
    return following[1][0].isupper() or bool(SENTENCE_END.search(line[1]))


def _is_wrapped(run: Run, width: int) -> bool:
    """Whether the lines of a run, but the last of each paragraph, are as long as the width lets them be."""
    room = _room(run, width)
    inner = [pair for pair in pairwise(run) if not _ends_paragraph(*pair, room)]
    full = sum(_full(*pair, width) for pair in inner)
    return 0 < len(inner) * 0.8 <= full


def _paragraphs(run: Run, width: int) -> list[Run]:
    """A run where no blank line parts paragraphs: a short line that ends a sentence ends one, a bullet begins one."""
    room = _room(run, width)
    paragraphs = [run[:1]]
    for line, following in pairwise(run):
        if _ends_paragraph(line, following, room):
            paragraphs.append([])
        paragraphs[-1].append(following)
    return paragraphs


def _room(run: Run, width: int) -> float:
    """How long a line has to be so that it may end with a sentence and its paragraph go on.

    The whole width where a program broke the lines: it leaves no room unused, as lines that end within a sentence show.
    """
    within = [pair for pair in pairwise(run) if not SENTENCE_END.search(pair[0][1])]
    return width if all(_with_next_word(*pair) > width for pair in within) else width * SLACK


def _ends_paragraph(line: Line, following: Line, room: float) -> bool:
    if BULLET.match(following[1]):
        return True
    begins_speech = following[1][0].isupper() and SPEAKER.match(following[1])
    return bool(SENTENCE_END.search(line[1]) and (begins_speech or _with_next_word(line, following) <= room))


def _full(line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted."""
    return _with_next_word(line, following) > width * SLACK


def _with_next_word(line: Line, following: Line) -> int:
    """How long the line would be with the next one's first word."""
    first_word = following[1].split(maxsplit=1)[0]
    return len(line[1]) + 1 + (1 if UNSPACED.match(first_word[0]) else len(first_word))


def _block(text: str, number: int, role: Role) -> Block:
    return Block(text, number, role, tag="h3" if role == "heading" else "p")


def _joined(run: Run, role: Role) -> Block:
    text = run[0][1]
    turns: list[tuple[int, int]] = []
    for number, line in run[1:]:
        text += _seam(text, line)
        turns.append((len(text), number))
        text += line
    return Block(text, run[0][0], role, tag="h3" if role == "heading" else "p", turns=tuple(turns))


def _seam(before: str, following: str) -> str:
    """What stood between two lines before they were broken.

    Nothing after a hyphen in a word, nor in scripts without spaces.
    """
    last, before_last = before[-1], before[-2:-1]
    if last == "-" and before_last.isalpha() and following[0].islower():
        return " " if following.split(maxsplit=1)[0] in AFTER_SUSPENDED_HYPHEN else ""
    return "" if UNSPACED.match(last) and UNSPACED.match(following) else " "
