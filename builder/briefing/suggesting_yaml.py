"""Proposals as YAML that can be pasted as it stands."""

import re
from collections.abc import Collection, Iterable
from itertools import count
from json import dumps
from unicodedata import normalize

PLAIN = re.compile(r"[^\W\d_][\w .’()/+&-]*(?<! )")
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
    plain = normalize("NFKD", re.sub("[.'’]", "", text)).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "name"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in numbered if slug not in taken)
