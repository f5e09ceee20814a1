"""Spellings that look alike: Zelenskiy and Zelensky, Andrii and Andriy. No name is compared with every other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from unicodedata import normalize

LEAST = 5
"""Letters of a word that is compared: of shorter ones too many look alike."""

ALIKE = 0.8
"""The share of letters in common (difflib's ratio) of two spellings of one word."""

CROWDED = 50
"""More words than this with one skeleton are not spellings of one name."""

SOUNDS = ((re.compile("[yij]+"), "i"), (re.compile("kh"), "h"), (re.compile("w"), "v"), (re.compile(r"(.)\1"), r"\1"))
"""What transliterations write one way or the other."""


def alike_forms(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of as many words, of which one differs, and that only a little."""
    names = {tuple(form.split()) for form in forms}
    holding: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in names:
        for word in set(name):
            holding[word].append(name)
    for one, other in sorted(alike_words(holding)):
        for name in holding[one]:
            twin = tuple(other if word == one else word for word in name)
            if twin in names:
                yield " ".join(name), " ".join(twin)


def alike_words(words: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of words that share a skeleton, in the order of the alphabet."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= LEAST and word[0].isupper():
            for skeleton in skeletons(word):
                holders[skeleton].append(word)
    return {
        (one, other)
        for held in holders.values()
        if len(held) <= CROWDED
        for one, other in combinations(held, 2)
        if _alike(one.lower(), other.lower())
    }


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE and not _inflected(one, other)


def skeletons(word: str) -> set[str]:
    """A word without accents and with sounds that are written in several ways made one; and that less any one letter.

    Two words that differ by a letter, or have two of them swapped, share one.
    """
    plain = "".join(letter for letter in normalize("NFKD", word.lower()) if letter.isalpha())
    for pattern, sound in SOUNDS:
        plain = pattern.sub(sound, plain)
    return {plain, *(plain[:place] + plain[place + 1 :] for place in range(1, len(plain)))}


def _inflected(one: str, other: str) -> bool:
    """“Russia” and “Russian”, “Medvedev” and “Medvedeva” are not one name; “Zelensky” and “Zelenskyy” may be."""
    shorter, longer = sorted((one, other), key=len)
    ending = longer.removeprefix(shorter)
    return ending != longer and ending not in ("", shorter[-1])
