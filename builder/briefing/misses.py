"""What an author gets instead of a quotation that is not there: the closest passage, with the difference marked."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from builder.briefing.folding import folded
from builder.briefing.quotes import Source
from builder.reading.scripts import UNSPACED

CONTEXT = 36
"""Characters shown on each side of the first difference."""

TOKEN = re.compile(f"{UNSPACED.pattern}|\\w+|[^\\w\\s]")


def closest_passage(wrote: str, source: Source) -> str:
    """Two lines, what was written over what stands there, and a third that marks where they part; or why there is none."""
    wanted = TOKEN.findall(folded(wrote))
    if not wanted:
        return "it has no words"
    best = _best_window(wanted, source)
    if best is None:
        return f"nothing in {source.path.rpartition('/')[2]} comes close to it; is it from another article?"
    start, end = best
    line = f"line {source.line_at(start)} has"
    return difference(" ".join(wrote.split()), source.text[start:end].replace("\n", " "), "you wrote", line)


def _best_window(wanted: Sequence[str], source: Source) -> tuple[int, int] | None:
    """The stretch of the source that shares most words with what was written: a window slides over the text once."""
    tokens = [
        (match.group(), match.start() + start)
        for block, start in zip(source.blocks, source.starts, strict=True)
        if block.citable
        for match in TOKEN.finditer(block.text)
    ]
    folded_tokens = [folded(token) for token, _ in tokens]
    asked = {token for token in wanted if token[0].isalnum()} or set(wanted)
    width = len(wanted) + 2
    shared = best = best_start = 0
    for index, token in enumerate(folded_tokens):
        shared += token in asked
        if index >= width:
            shared -= folded_tokens[index - width] in asked
        if shared > best:
            best, best_start = shared, max(index - width + 1, 0)
    if best < max(1, len(asked) // 3) or not tokens:
        return None
    first, last = max(best_start - 3, 0), min(best_start + width + 3, len(tokens))
    matches = SequenceMatcher(None, wanted, folded_tokens[first:last], autojunk=False).get_matching_blocks()
    matched = [match for match in matches if match.size]
    start = max(first + matched[0].b - matched[0].a, first)
    end = min(first + matched[-1].b + matched[-1].size + (len(wanted) - matched[-1].a - matched[-1].size), last)
    return tokens[start][1], tokens[end - 1][1] + len(tokens[end - 1][0])


def difference(wrote: str, has: str, wrote_label: str, has_label: str) -> str:
    """Both texts under each other, cut to what lies around their first difference, and a line of carets below what differs."""
    one, other = _words(wrote), _words(has)
    # Typography does not count, so it is not marked.
    matcher = SequenceMatcher(None, [folded(word) for word in one], [folded(word) for word in other], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if not changes:
        return f"{wrote_label} {wrote}\n{has_label} {has}"
    wrote_marks, has_marks = [" "] * len(wrote), [" "] * len(has)
    for _, a1, a2, b1, b2 in changes:
        _mark(wrote_marks, one, a1, a2)
        _mark(has_marks, other, b1, b2)
    width = max(len(wrote_label), len(has_label)) + 1
    lines = [_cut(wrote, wrote_marks, wrote_label.ljust(width)), _cut(has, has_marks, has_label.ljust(width))]
    return "\n".join(line for pair in lines for line in pair if line.strip())


def _words(text: str) -> list[str]:
    return re.findall(f"{UNSPACED.pattern}|\\s+|\\w+|[^\\w\\s]", text)


def _mark(marks: list[str], tokens: Sequence[str], first: int, last: int) -> None:
    start = sum(len(token) for token in tokens[:first])
    for offset in range(start, start + sum(len(token) for token in tokens[first:last])):
        marks[offset] = "^"


def _cut(text: str, marks: Sequence[str], label: str) -> tuple[str, str]:
    row = "".join(marks)
    if len(text) <= 2 * CONTEXT + 20:
        return label + text, (" " * len(label) + row).rstrip()
    first, last = max(row.find("^"), 0), row.rfind("^") + 1
    start, end = max(first - CONTEXT, 0), min(max(last, first + 1) + CONTEXT, first + 2 * CONTEXT + 40, len(text))
    lead, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    return label + lead + text[start:end] + tail, (" " * (len(label) + len(lead)) + row[start:end]).rstrip()
