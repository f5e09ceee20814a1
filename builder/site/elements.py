"""Elements over stretches of a text: passages, links and a source's own markup, which may cross."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from builder.site.texts import escaped

MARK, MARKUP, NAME = 0, 1, 2
"""What stands outside of what where two elements cross: a passage's mark outermost, a linked name innermost."""


class Element(NamedTuple):
    """A stretch of a block's text in an element. `again` opens it anew after a crossing, without its id.

    A tuple, as there are a hundred of them in an article and each lives for a moment.
    """

    start: int
    end: int
    rank: int
    opening: str
    again: str
    closing: str


def written(text: str, elements: Iterable[Element], start: int, end: int) -> str:
    """`text[start:end]` in the elements that cover it: always valid."""
    listed = sorted(elements, key=lambda e: (e.start, -e.end, e.rank))
    nested = nesting(text, listed, start, end)
    return crossing(text, listed, start, end) if nested is None else nested


def nesting(text: str, elements: Iterable[Element], start: int, end: int) -> str | None:
    """The text where each element, in order, lies within another or apart from it, as nearly all do; None where one
    does not, is empty, or reaches out of the stretch."""
    out: list[str] = []
    stack: list[Element] = []
    done = start
    for element in elements:
        if not start <= element.start < element.end <= end:
            return None
        while stack and stack[-1].end <= element.start:
            last = stack.pop()
            out += (escaped(text[done : last.end]), last.closing)
            done = last.end
        if stack and stack[-1].end < element.end:
            return None
        out += (escaped(text[done : element.start]), element.opening)
        done = element.start
        stack.append(element)
    for last in reversed(stack):
        out += (escaped(text[done : last.end]), last.closing)
        done = last.end
    out.append(escaped(text[done:end]))
    return "".join(out)


def crossing(text: str, elements: Iterable[Element], start: int, end: int) -> str:
    """The same for any elements, closed and opened anew where they cross."""
    beginning: dict[int, list[Element]] = defaultdict(list)
    empty: dict[int, list[Element]] = defaultdict(list)
    for element in elements:
        if element.start == element.end and start <= element.start <= end:
            empty[element.start].append(element)
        elif element.start < end and element.end > start:
            beginning[max(element.start, start)].append(element._replace(end=min(element.end, end)))
    ends = (element.end for begun in beginning.values() for element in begun)
    out: list[str] = []
    stack: list[Element] = []
    for here, there in pairwise([*sorted({start, end, *beginning, *empty, *ends}), end]):
        _turn(stack, beginning.get(here, ()), here, out)
        out.extend(element.opening + element.closing for element in empty.get(here, ()))
        out.append(escaped(text[here:there]))
    return "".join(out)


def _turn(stack: list[Element], beginning: Sequence[Element], here: int, out: list[str]) -> None:
    """Closes what ends here and opens what begins; what gives way for that is opened anew, the longest outermost."""
    kept = _untouched(stack, beginning, here)
    reopened = [element._replace(opening=element.again) for element in stack[kept:] if element.end > here]
    out.extend(element.closing for element in reversed(stack[kept:]))
    del stack[kept:]
    for element in sorted([*reopened, *beginning], key=lambda e: (-e.end, e.rank)):
        out.append(element.opening)
        stack.append(element)


def _untouched(stack: Sequence[Element], beginning: Iterable[Element], here: int) -> int:
    """How many open elements stay open: those below all that end here, and all that a crossing mark must enclose."""
    kept = next((depth for depth, element in enumerate(stack) if element.end <= here), len(stack))
    for new in beginning:
        while kept and stack[kept - 1].rank > new.rank and stack[kept - 1].end < new.end:
            kept -= 1
    return kept
