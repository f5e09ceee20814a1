"""Ids made of texts in any script: what Latin letters have instead, then small letters, digits and hyphens."""

import re
from collections.abc import Collection
from itertools import count
from unicodedata import category, normalize

LONGEST = 60
"""Characters of an id that is made from a title; it ends with a word."""

LETTERS: dict[str, str] = dict(
    re.findall(
        r"(\S)=(\S+)",
        "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
        "щ=shch ъ=_ ы=y ь=_ э=e ю=yu я=ya ё=e і=i ї=yi є=ye ґ=g ў=u ћ=c ђ=dj џ=dz љ=lj њ=nj ј=j ѓ=g ќ=k ѕ=dz "
        "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
        "ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ı=i ħ=h ŋ=ng",
    )
)
"""Cyrillic and Greek as names in them are mostly written; Latin letters that do not come apart. “_” is none."""


def slug_of(text: str) -> str:
    """An id that speaks of a text; empty where its script has no Latin counterpart here."""
    plain = re.sub("['’.]", "", text.lower()).replace("_", " ")
    # A dash of any kind parts words; letters without a Latin counterpart are left out, and part none.
    whole = "".join(" " if _parts_words(character) else character for character in normalize("NFC", plain))
    latin = "".join(LETTERS.get(character, character) for character in whole)
    bare = normalize("NFKD", latin)
    # й and ё are one letter with a mark: what the table does not know as a whole, it knows without its mark.
    ascii_only = (
        "".join(LETTERS.get(character, character) for character in bare)
        .encode("ascii", "ignore")
        .decode()
        .replace("_", "")
    )
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
    return words


def _parts_words(character: str) -> bool:
    kind = category(character)
    return kind[0] in "PZ" or kind == "Cc"


def free(stem: str, taken: Collection[str]) -> str:
    """This id, or with a number if it is taken."""
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in numbered if slug not in taken)
