"""What an author gets instead of a quotation that is not there: the closest passage, with the difference marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches

from builder.briefing.folding import folded
from builder.briefing.quotes import Source, stands
from builder.patterns import pattern
from builder.reading.scripts import UNSPACED

CONTEXT = 36
"""Characters shown on each side of the first difference."""

LONG = 60
"""Words of a quotation that are compared: of a longer one, those around the first that is not in the source."""

WORDS_GUESSED = 4
LIKENESS = 0.7

TOKEN = pattern(f"{UNSPACED.pattern}|\\w+|[^\\w\\s]")
RUN = pattern(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})\\S)+")


def closest_passage(wrote: str, source: Source) -> str:
    """What was written over what stands there, and marks below where they part; or why there is nothing to show."""
    compared = _where_it_parts(" ".join(wrote.split()), source)
    wanted = TOKEN.findall(folded(compared))
    if not wanted:
        return "it has no words"
    tokens = _tokens(source)
    folded_tokens = [folded(token) for token, _ in tokens]
    best = _best_window(wanted, folded_tokens) or _best_window(_as_known(wanted, folded_tokens), folded_tokens)
    if best is None:
        return f"nothing in {source.path.rpartition('/')[2]} comes close to it; is it from another article?"
    start, end = tokens[best[0]][1], tokens[best[1] - 1][1] + len(tokens[best[1] - 1][0])
    line = f"line {source.line_at(start)} has"
    return difference(compared, source.text[start:end].replace("\n", " "), "you wrote", line)


def _where_it_parts(wrote: str, source: Source) -> str:
    """A long quotation cut to what lies around the first word with which it leaves the source."""
    ends = [match.end() for match in RUN.finditer(wrote)]
    if len(ends) <= LONG:
        return wrote
    parting = bisect_left(ends, True, key=lambda end: not stands(wrote[:end], source))
    first, last = max(parting - LONG // 2, 0), min(parting + LONG // 2, len(ends) - 1)
    return wrote[ends[first - 1] if first else 0 : ends[last]].strip()


def _tokens(source: Source) -> list[tuple[str, int]]:
    """The words and marks of what may be quoted, each with its offset."""
    return [
        (match.group(), match.start() + start)
        for block, start in zip(source.blocks, source.starts, strict=True)
        if block.citable
        for match in TOKEN.finditer(block.text)
    ]


def _as_known(wanted: Sequence[str], folded_tokens: Iterable[str]) -> list[str]:
    """What was written with its first few unknown words mended to what they were probably meant to be."""
    vocabulary = set(folded_tokens)
    unknown = [token for token in dict.fromkeys(wanted) if token not in vocabulary][:WORDS_GUESSED]
    meant = {token: get_close_matches(token, sorted(vocabulary), 1, LIKENESS) for token in unknown}
    return [meant[token][0] if meant.get(token) else token for token in wanted]


def _best_window(wanted: Sequence[str], folded_tokens: Sequence[str]) -> tuple[int, int] | None:
    """The tokens that share most words with what was written: a window slides over the text once."""
    asked = {token for token in wanted if token[0].isalnum()} or set(wanted)
    width = len(wanted) + 2
    shared = best = best_start = 0
    for index, token in enumerate(folded_tokens):
        shared += token in asked
        if index >= width:
            shared -= folded_tokens[index - width] in asked
        if shared > best:
            best, best_start = shared, max(index - width + 1, 0)
    if best < max(1, len(asked) // 3):
        return None
    first, last = max(best_start - 3, 0), min(best_start + width + 3, len(folded_tokens))
    matches = SequenceMatcher(None, wanted, folded_tokens[first:last], autojunk=False).get_matching_blocks()
    matched = [match for match in matches if match.size]
    start = max(first + matched[0].b - matched[0].a, first)
    end = min(first + matched[-1].b + matched[-1].size + (len(wanted) - matched[-1].a - matched[-1].size), last)
    return start, end


def difference(wrote: str, has: str, wrote_label: str, has_label: str) -> str:
    """Both texts under each other, cut to what lies around their first difference, carets below what differs."""
    one, other = _words(wrote), _words(has)
    # Typography does not count, so it is not marked.
    matcher = SequenceMatcher(None, [folded(word) for word in one], [folded(word) for word in other], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if not changes:
        return f"{wrote_label} {wrote}\n{has_label} {has}"
    width = max(len(wrote_label), len(has_label)) + 1
    lines = [
        *_cut(wrote, [_stretch(one, a1, a2) for _, a1, a2, _, _ in changes], wrote_label.ljust(width)),
        *_cut(has, [_stretch(other, b1, b2) for _, _, _, b1, b2 in changes], has_label.ljust(width)),
    ]
    return "\n".join(line for line in lines if line.strip())


def _words(text: str) -> list[str]:
    return re.findall(f"{UNSPACED.pattern}|\\s+|\\w+|[^\\w\\s]", text)


def _stretch(tokens: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Where some tokens stand in the text that all of them make; empty where only the other text has some."""
    start = sum(map(len, tokens[:first]))
    return start, start + sum(map(len, tokens[first:last]))


def _cut(text: str, differing: Sequence[tuple[int, int]], label: str) -> tuple[str, str]:
    """A text, cut to what lies around what differs, and a line of carets below that."""
    row = list(" " * len(text))
    for first, last in differing:
        row[first:last] = "^" * (last - first)
    start, end = 0, len(text)
    if len(text) > 2 * CONTEXT + 20:
        first, last = differing[0][0], differing[-1][1]
        start, end = max(first - CONTEXT, 0), min(last + CONTEXT, first + 2 * CONTEXT + 40, len(text))
    lead, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    carets = " " * (len(label) + len(lead)) + "".join(row[start:end])
    return label + lead + text[start:end] + tail, carets.rstrip()
