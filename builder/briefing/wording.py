"""Words in quotation marks in an author's own text: they claim that somebody wrote them, so they are looked up too."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from builder.patterns import pattern
from builder.reading.scripts import joined_to
from builder.values import dataclass

CLOSES = {
    "”": "“„”",
    "“": "„",
    '"': '"„',
    "»": "«»",
    "«": "»",
    "›": "‹›",
    "‹": "›",
    "’": "‘‚",
    "‘": "‚",
    "'": "'",
    "」": "「",
    "』": "『",
    "｣": "｢",
    "〞": "〝",
    "〟": "〝",
    "❞": "❝",
    "❜": "❛",
    "＂": "＂",
    "´": "´",
}
"""Each mark that can close a quotation, with those that open what it closes; they differ by language."""

OPEN_ANYWHERE = "“„‚«‹「『｢〝❝❛"
OPEN_BEFORE_A_WORD = "”»›\"＂‘'´"
"""These close as well, or are inches and apostrophes, where they stand after a letter or digit."""

MARK = pattern(f"[{OPEN_ANYWHERE}{OPEN_BEFORE_A_WORD}’」』｣〞〟❞❜]")
SINGLE = "‘'´"

TWO_SINGLE_OPENING, TWO_SINGLE = pattern(r"(?<!\S)(?:''|``)"), pattern(r"''")
"""What typewriters and TeX have for a double mark."""

ELISION = pattern(r"(?:\d\ds|n|em|tis|twas|til)\b", re.IGNORECASE)
"""What an apostrophe at the beginning of a word stands in: ’90s, rock ’n’ roll."""

CLOSING = ".,。，、．｡､،۔।"
"""A comma or full stop before the closing mark is the sentence's, not the source's."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A stretch in quotation marks: its words, and where they begin. `closed` false: the second mark is missing."""

    words: str
    offset: int
    closed: bool = True


def quoted_words(text: str) -> Iterator[Worded]:
    """Every stretch in quotation marks in reading order, outermost marks only."""
    here = 0
    plain = TWO_SINGLE.sub('" ', TWO_SINGLE_OPENING.sub(' "', text))
    for start, end in sorted(_stretches(plain)):
        if start < here:
            continue
        if end is None:
            yield Worded(text[start + 1 :][:60].strip(), start, closed=False)
            continue
        here = end
        inside = text[start + 1 : end]
        words = inside.strip().rstrip(CLOSING).rstrip()
        if any(map(str.isalnum, words)) and not (plain[start] in SINGLE and len(words) == 1):
            yield Worded(words, start + 1 + len(inside) - len(inside.lstrip()))


def quoted_block(text: str) -> Iterator[Worded]:
    """A paragraph that is set apart as a quotation, unless it begins with a dash and so tells whose it is."""
    words = text.strip().rstrip(CLOSING).rstrip()
    if any(map(str.isalnum, words)) and words[0] not in "-–—―":
        yield Worded(words, len(text) - len(text.lstrip()))


def _stretches(text: str) -> Iterator[tuple[int, int | None]]:
    """Where each quotation opens and closes (None: it never does), those within others too, in one pass."""
    marks = [match.start() for match in MARK.finditer(text) if not _within_word(text, match.start())]
    waiting: list[int] = []
    count: Counter[str] = Counter()
    for index, here in enumerate(marks):
        closes = CLOSES.get(text[here], "")
        if any(count[mark] for mark in closes):
            if _possessive(text, marks, index):
                continue
            while True:
                opened = waiting.pop()
                count[text[opened]] -= 1
                if text[opened] in closes:
                    break
            yield opened, here
        elif _opens(text, here):
            waiting.append(here)
            count[text[here]] += 1
    yield from ((here, None) for here in waiting if _is_missed(text, here))


def _within_word(text: str, here: int) -> bool:
    """An apostrophe before a letter, or a mark between two letters, as in don't and צה"ל."""
    if text[here] == "’":
        return _word_after(text, here)
    return text[here] in "'´\"" and _word_before(text, here) and _word_after(text, here)


def _opens(text: str, here: int) -> bool:
    if text[here] in OPEN_ANYWHERE:
        return True
    if text[here] not in OPEN_BEFORE_A_WORD or _word_before(text, here):
        return False
    return text[here] not in SINGLE or not (text[here + 1 : here + 2].isspace() or ELISION.match(text, here + 1))


def _possessive(text: str, marks: Sequence[int], index: int) -> bool:
    """Whether it is the apostrophe of “the ministers’ views”: after an s, and the next mark must be the closing one."""
    here = marks[index]
    if text[here] not in "’'´" or text[here - 1] not in "sxzSXZ" or index + 1 == len(marks):
        return False
    following = marks[index + 1]
    return text[following] == text[here] and text[following - 1] not in "sxzSXZ" and not _opens(text, following)


def _is_missed(text: str, here: int) -> bool:
    """Whether an opening mark wants a closing one: a single mark may be an apostrophe, another may be a stray."""
    return text[here] not in "‘'´‚❛" and (text[here] in OPEN_ANYWHERE or _word_after(text, here))


def _word_before(text: str, here: int) -> bool:
    return here > 0 and joined_to(text[here - 1])


def _word_after(text: str, here: int) -> bool:
    return here + 1 < len(text) and joined_to(text[here + 1])
