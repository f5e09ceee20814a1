"""Proposals as YAML that can be pasted as it stands."""

import re
from collections.abc import Collection, Iterable
from json import dumps

from builder.briefing.slugs import free, slug_of
from builder.model import Stated

PLAIN = re.compile(r"[^\W\d_][\w .’()/+&-]*(?<! )")
NUMBERS = re.compile(r"\d[\d-]*")
TAKEN_FOR_OTHERS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
"""Plain words that some reader of YAML takes for something else."""


def scalar(text: str) -> str:
    """A text on one line, in quotation marks where it needs them; within brackets too."""
    plain = PLAIN.fullmatch(text) and text.lower() not in TAKEN_FOR_OTHERS
    return text if plain else "".join(map(_escaped, dumps(text, ensure_ascii=False)))


def _escaped(character: str) -> str:
    """What no editor shows, and what YAML takes for the end of a line, as an escape."""
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def listed(items: Iterable[str]) -> str:
    """A list in brackets; its items are YAML already."""
    return f"[{', '.join(items)}]"


def comment(text: str) -> str:
    shown = "".join(character if character.isprintable() else " " for character in text)
    return f"# {' '.join(shown.split())}"


def free_slug(text: str, taken: Collection[str]) -> str:
    """An id made from a text, with a number if there is one like it."""
    return free(slug_of(text) or "name", taken)


def fact(stated: Stated) -> str:
    """A fact about a source as it stands in a summary: plain, or with its basis."""
    value = stated.value if NUMBERS.fullmatch(stated.value) else scalar(stated.value)
    return f"{{value: {value}, basis: {scalar(stated.basis)}}}" if stated.basis else value
