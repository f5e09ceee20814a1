"""What a line looks like by its length and its end: a paragraph, a headline, a heading."""

import re

from builder.briefing.lint_teasers import LISTED
from builder.reading.scripts import UNSPACED
from builder.reading.seed import SENTENCE_END

LONGEST_HEADLINE, LONGEST_HEADING, UNSPACED_SHARE = 150, 90, 0.4
"""Characters; a script without spaces says as much in four tenths of them."""

SHORTEST_PARAGRAPH = 60
"""Characters of a line that ends a sentence."""


def is_paragraph(text: str) -> bool:
    """A whole sentence or more; a heading may be a short one."""
    length = len(text) / (UNSPACED_SHARE if UNSPACED.search(text) else 1)
    return length > LONGEST_HEADLINE or (
        length > SHORTEST_PARAGRAPH and bool(SENTENCE_END.search(text)) and not text.endswith(("?", ":"))
    )


def is_headline(text: str, *, asking: bool = False) -> bool:
    """A line that ends no sentence; `asking`: a question or a call may do."""
    length = len(text) / (UNSPACED_SHARE if UNSPACED.search(text) else 1)
    ended = SENTENCE_END.search(text) and not (asking and re.search(r"[?!？！][\"'”’»」]?$", text))
    return length <= LONGEST_HEADLINE and bool(re.search(r"[^\W\d_]", text)) and not ended and not text.endswith(",")


def is_heading(text: str, *, asking: bool) -> bool:
    length = len(text) / (UNSPACED_SHARE if UNSPACED.search(text) else 1)
    numbered = re.match(r"\d{1,2}[.)]\s", text)
    return (
        length <= LONGEST_HEADING
        and (bool(numbered) or not LISTED.match(text))
        and is_headline(text, asking=asking and length < 50)
    )
