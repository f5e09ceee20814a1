"""Tokens: the hidden words by which a search finds a name in any spelling.

For each entity that a page names it carries the entity's token. A query that is a form of the entity searches for the
token, and so every spelling finds the same pages.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import combining, normalize

from builder.briefing.folding import folded
from builder.model import Entity

TOKEN, LETTERS = "zqx", "bcfghjkpqvwz"
"""How a token begins, and what it is made of: no vowels, so that no stemmer has a word to shorten."""

WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
POSSESSIVE = re.compile(r"'s?\Z")
NOT_DECOMPOSED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Token:
    """A hidden word; the more often a page has the name, the heavier."""

    word: str
    weight: int


@dataclass(frozen=True, slots=True)
class Findable:
    """A page's part in a search. `sort`: the day by which it is sorted. `filters`: (name, value). `meta`: what a row of
    the results shows of it, (name, text): Pagefind finds those words too, so what nobody should find is no word."""

    sort: str
    filters: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]
    tokens: tuple[Token, ...]


def token_of(key: str) -> str:
    """The word that stands for an entity: twelve letters of its id's digest."""
    number = int.from_bytes(sha256(key.encode()).digest()[:8])
    letters = []
    for _ in range(12):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return TOKEN + "".join(letters)


def shared_tokens(entities: Iterable[Entity]) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each entity with a form that is another's as well: such forms, folded, and the token that finds them all."""
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for entity in entities:
        for form in entity.forms:
            owners[searched(form)][entity.id] = None
    shared: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for form, ids in owners.items():
        if len(ids) > 1:
            for entity_id in ids:
                shared[entity_id].append((form, token_of(" ".join(sorted(ids)))))
    return {entity_id: tuple(forms) for entity_id, forms in shared.items()}


def searched(form: str) -> str:
    """A form as a query is compared with it: words alone, small, without accents. `assets/search.js` does the same."""
    bare = "".join(c for c in normalize("NFKD", folded(form)) if not combining(c)).lower().translate(NOT_DECOMPOSED)
    return " ".join(POSSESSIVE.sub("", word).replace(".", "").replace("'", "") for word in WORD.findall(bare))
