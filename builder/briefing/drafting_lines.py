"""What each line of a text nobody has prepared probably is, and why: title, headings, credits, dates, captions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.briefing.lint_teasers import probable_teasers
from builder.briefing.suggesting_lines import CREDIT_WITHIN, probable_role
from builder.model import Block, Role
from builder.reading.seed import SENTENCE_END

LONGEST_HEADLINE = 110
"""Characters."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a block is, and the reason; none for body text."""

    role: Role = "body"
    reason: str = ""


BODY = Told()


def tell_lines(blocks: Sequence[Block]) -> tuple[Told, ...]:
    """For each block of a text what it is."""
    told = [_by_form(block) for block in blocks]
    told = _with_title(blocks, told)
    told = _with_headings(blocks, told)
    said = [replace(block, role=one.role) for block, one in zip(blocks, told, strict=True)]
    teasers = {block.line for block in probable_teasers(said)}
    return tuple(
        Told("teaser", "it looks like the beginning of another article") if block.line in teasers else one
        for block, one in zip(blocks, told, strict=True)
    )


def _by_form(block: Block) -> Told:
    if block.role != "body":
        return Told(block.role, "so marked in the text")
    role = probable_role(block)
    if role != "body":
        return Told(role, f"it has the form of a {role}")
    if CREDIT_WITHIN.search(block.text):
        return Told("caption", "a picture's credit follows in the line")
    return BODY


def _with_title(blocks: Sequence[Block], told: list[Told]) -> list[Told]:
    first = next((place for place, one in enumerate(told) if one is BODY), -1)
    if first < 0 or first + 1 == len(blocks) or not _is_headline(blocks[first].text):
        return told
    title = blocks[first].text
    return [
        Told("title", "a headline stands first") if block.text == title and one is BODY else one
        for block, one in zip(blocks, told, strict=True)
    ]


def _with_headings(blocks: Sequence[Block], told: list[Told]) -> list[Told]:
    return [
        Told("heading", "a short line without a full stop, before a paragraph")
        if one is BODY
        and _is_headline(block.text)
        and place + 1 < len(blocks)
        and told[place + 1] is BODY
        and not _is_headline(blocks[place + 1].text)
        else one
        for place, (block, one) in enumerate(zip(blocks, told, strict=True))
    ]


def _is_headline(text: str) -> bool:
    return len(text) <= LONGEST_HEADLINE and bool(re.match(r"[^\W\d_]|[‘“\"'«]", text)) and not SENTENCE_END.search(text)
