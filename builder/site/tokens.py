"""Tokens: the hidden words by which a search finds a name in any spelling.

For each entity that a page names it carries the entity's token. A query that is a form of the entity searches for the
token, and so every spelling finds the same pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from unicodedata import category, normalize

from builder.briefing.folding import folded
from builder.briefing.names import FormOf, Register, is_role_word
from builder.model import Entity
from builder.patterns import pattern
from builder.reading.scripts import letters_apart
from builder.values import dataclass

UNTYPED = "ƿ"
"""A letter that nobody types: the first of words that nobody should find, as the beginning of a word finds the word."""
TOKEN, LETTERS = f"{UNTYPED}qx", "bcfghjkpqvwz"
"""How a token begins, and what it is made of: no vowels, so that no stemmer has a word to shorten."""
SIXTEEN = "bcdfghjklmnpqrst"
HEAVIEST = 10
"""The greatest weight that Pagefind knows."""

ACCENT = pattern("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670]")
"""Accents and points over letters that have a word of their own without them; in other scripts a mark is a vowel."""
POSSESSIVE = pattern(r"'s?\Z")
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """What finds the entities of a briefing. `shared`: for each with a form that is another's as well, such forms,
    folded, and the token that finds all who have it. `names`: the forms that mean one entity wherever they stand."""

    ids: frozenset[str]
    shared: Mapping[str, tuple[tuple[str, str], ...]]
    names: Register

    def named_in(self, text: str) -> Iterable[str]:
        return (self.names.forms[match.form].entities[0] for match in self.names.matches(text))

    def of(self, times: Mapping[str, int]) -> Iterable[Token]:
        """A token for each entity, named so many times, and one for each form that it shares."""
        weights: dict[str, int] = defaultdict(int)
        for entity in self.ids & times.keys():
            for token in (token_of(entity), *(token for _, token in self.shared.get(entity, ()))):
                weights[token] += times[entity]
        return (Token(word, min(HEAVIEST, count.bit_length())) for word, count in sorted(weights.items()))


def tokens_for(entities: Iterable[Entity]) -> Tokens:
    known = tuple(entities)
    shared = shared_tokens(known)
    ambiguous = {form for forms in shared.values() for form, _ in forms}
    forms = {
        folded(form): FormOf((entity.id,), ambiguous=False)
        for entity in known
        for form in entity.forms
        if searched(form) not in ambiguous and not is_role_word(form)
    }
    return Tokens(frozenset(entity.id for entity in known), shared, Register(forms))


def unfound(text: str) -> str:
    """A text for a row of the results, by whose words no page is found: two letters a byte. `find.js` reads it."""
    return UNTYPED + "".join(SIXTEEN[byte >> 4] + SIXTEEN[byte & 15] for byte in text.encode()) if text else ""


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
    words = " ".join(words_of(letters_apart(normalize("NFC", folded(form)))))
    bare = ACCENT.sub("", normalize("NFKD", words)).lower().translate(NOT_DECOMPOSED)
    return " ".join(POSSESSIVE.sub("", word).replace(".", "").replace("'", "") for word in bare.split())


def words_of(text: str) -> Iterable[str]:
    """Letters, digits and their marks, with points and apostrophes between them."""
    kept = "".join(c if c in "'." or category(c)[0] in "LNM" else " " for c in text)
    return (word.strip("'.") for word in kept.split())
