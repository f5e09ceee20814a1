"""What is one word, however a house writes it: typography, case, hyphens, British and American, figures, currencies.

The rules are few and sure. What none of them knows is taken for another word.
"""

import re

from builder.briefing.folding import folded
from builder.patterns import pattern

QUOTATION = pattern("[\"'`´«»‹›]")
AROUND_DASH = pattern(r"\s*-\s*")
STOP_WITHIN = pattern(r'([.,])"')
EDGES = '"()[]{}.,:;!?-…*_'

LETTER = r"[^\W\d_]"
HYPHEN = pattern(f"(?<={LETTER})-(?={LETTER})")
ABBREVIATED = pattern(f"(?:{LETTER}\\.){{2,}}|(?:{LETTER}\\.)+{LETTER}")
MONEY = pattern(
    r"(?P<before>[^\W\d_]{0,3}[$€£¥][^\W\d_]{0,3})(?P<figure>\d[\d.,']*)|(?P<alone>\d[\d.,']*)(?P<after>[$€£¥])"
)

# British → American, after which two spellings of one word are one. What comes before is long enough that no two words
# become one: hour, rise, filled and filed stay what they are.
BRITISH = tuple(
    (pattern(british), american)
    for british, american in (
        (r"^([a-z]{2,})our(s|ed|ing|able|hood|less|ful|al|ite|ites|er|ers)?$", r"\1or\2"),
        (r"^([a-z]{3,})is(e|es|ed|er|ers|ing|ations?)$", r"\1iz\2"),
        (r"^([a-z]{2,})ys(e|es|ed|er|ers|ing)$", r"\1yz\2"),
        (r"^([a-z]{2,}[bt])re(s?)$", r"\1er\2"),
        (r"^([a-z]{2,}[bt])red$", r"\1ered"),
        (r"^([a-z]*[aeiou][a-z]*[^aeiou][ae]l|[a-z]*[fd]uel)l(ed|ing|ers?)$", r"\1\2"),
        (r"^(def|off|lic|pret)enc(es?|ed|ing)$", r"\1ens\2"),
        (r"^(catal|dial|anal)ogue(s?)$", r"\1og\2"),
    )
)
MAY_BE_BRITISH = pattern("our|is[eia]|ys[ei]|[bt]re|ll[ei]|enc|ogue")
ALSO_BRITISH = {
    "programme": "program",
    "programmes": "programs",
    "grey": "gray",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "ageing": "aging",
    "judgement": "judgment",
    "whilst": "while",
    "amongst": "among",
    "towards": "toward",
    "afterwards": "afterward",
}

FIGURES = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "de": "null _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
}
FIGURE_OF = {
    language: {word: str(figure) for figure, word in enumerate(words.split()) if word != "_"}
    for language, words in FIGURES.items()
}
GROUPED = {"en": pattern(r"(?<=\d),(?=\d{3}(?!\d))"), "de": pattern(r"(?<=\d)\.(?=\d{3}(?!\d))")}
PER_CENT = pattern(r"(?<=\d)\s?(?:%|per ?cent\b|prozent\b|pct\b)", re.IGNORECASE)
SCALES = (
    (pattern(r"(?<=\d)\s?(?:bn|billion)\b", re.IGNORECASE), "bn"),
    (pattern(r"(?<=\d)\s?(?:mn?|million)\b", re.IGNORECASE), "m"),
)

SS_IS_NOT_SZ = pattern("ma(?:ß|ss)e|bu(?:ß|ss)e|flo(?:ß|ss)")
"""German words that ß and ss tell apart; in all others they are Germany's and Switzerland's spelling of one."""


def typographic(text: str) -> str:
    """A text with nothing but its typography folded: kinds of quotation mark, dash, ellipsis and space."""
    plain = QUOTATION.sub('"', folded(text)).replace("…", "...").replace('""', '"')
    return STOP_WITHIN.sub(r'"\1', AROUND_DASH.sub("-", plain))


def word_key(word: str, language: str) -> str:
    """What a word is compared by: equal for two spellings of one word, and for it with and without a mark beside it."""
    plain = typographic(word)
    bare = plain.strip(EDGES)
    if not bare:
        return plain
    bare = bare.replace(".", "") if ABBREVIATED.fullmatch(bare) else bare
    if len(bare) == 2 and bare.isupper():
        return bare  # “US” and “us”, “IT” and “it” are two words
    return _spelling(_money(bare).lower(), language)


def _money(bare: str) -> str:
    """A sum, its letters in one order and before the figure: US$500 and $US500, 500€ and €500."""
    found = MONEY.fullmatch(bare)
    if not found:
        return bare
    sign = found["before"] or found["after"]
    letters = "".join(character for character in sign if character.isalpha())
    return letters + sign.replace(letters, "", 1) + (found["figure"] or found["alone"])


def _spelling(word: str, language: str) -> str:
    word = HYPHEN.sub("", word)
    if word[0].isdigit() or not word[-1].isalpha():
        return GROUPED[language].sub("", word) if language in GROUPED else word
    word = FIGURE_OF.get(language, {}).get(word, word)
    if language == "de" and not SS_IS_NOT_SZ.match(word):
        return word.replace("ß", "ss")
    if language == "en":
        word, possessive, _ = word.partition('"s')
        word = ALSO_BRITISH.get(word, word)
        if MAY_BE_BRITISH.search(word):
            for pattern, american in BRITISH:
                word = pattern.sub(american, word)
        return word + possessive
    return word


def closed_up(text: str) -> str:
    """A stretch of words without spaces, hyphens and marks: “rare-earth”, “rare earth”. Empty where it has figures."""
    letters = "".join(character for character in text.lower() if character.isalnum())
    return "" if any(map(str.isdigit, letters)) else letters


def figures(text: str, language: str) -> str:
    """A stretch of words with its figures in one notation: “fifty” stays, “50 per cent” and “50%” become one."""
    words = " ".join(word_key(word, language) for word in text.split())
    for long, short in ((PER_CENT, "%"), *SCALES):
        words = long.sub(short, words)
    return words


def initials(words: list[str]) -> str:
    """The abbreviation that the capitals of some words make: US for “the United States”."""
    return "".join(word.strip(EDGES)[:1] for word in words if word.strip(EDGES)[:1].isupper())
