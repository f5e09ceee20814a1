"""Whether a difference between two texts of one story is one of substance, and if not, what it is.

Four kinds, the gravest last: typography (marks and spaces), style (another spelling, notation or order of the same
words), attribution (who says so, and with which verb), substance (everything else). What no rule knows for certain is
substance, for a reader looks there first. So is another tense: “expects” says that the expectation still stands on the
day of print, “expected” does not. An office with its words in another order is style: it says of the same person the
same thing; a house's list of titles, not the story, decides.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from builder.briefing.phrasing import Phrases
from builder.briefing.spelling import EDGES, closed_up, figures, initials, typographic
from builder.values import dataclass

Kind = Literal["typography", "style", "attribution", "substance"]
GRAVITY: tuple[Kind, ...] = ("typography", "style", "attribution", "substance")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, the white space after it, and what it is compared by.

    `name`: the entity whose name it belongs to, if any; `beside`: what of it stands outside that name (“-owned”).
    """

    text: str
    gap: str
    key: str
    name: str = ""
    beside: str = ""


NOTHING = Word("", "", "")


@dataclass(frozen=True, slots=True)
class Hunk:
    """`text[start:end]`: what one text has where the other has something else; empty where it has nothing."""

    text: Sequence[Word]
    start: int
    end: int

    @property
    def words(self) -> Sequence[Word]:
        return self.text[self.start : self.end]

    @property
    def before(self) -> Word:
        return self.text[self.start - 1] if self.start else NOTHING

    @property
    def after(self) -> Word:
        return self.text[self.end] if self.end < len(self.text) else NOTHING


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of the texts: their `language`, its `phrases`, and the names of agencies, as tuples of words."""

    language: str
    phrases: Phrases
    agencies: frozenset[tuple[str, ...]] = frozenset()


def kind_of_same_words(one: Sequence[Word], other: Sequence[Word]) -> Kind:
    """The same words (by `key`), written in two ways."""
    return max((_kind_of_same_word(a.text, b.text) for a, b in zip(one, other, strict=True)), key=GRAVITY.index)


def _kind_of_same_word(one: str, other: str) -> Kind:
    first, second = typographic(one), typographic(other)
    if first == second:
        return "typography"
    if _marks(first, "?!") != _marks(second, "?!"):
        return "substance"
    # Without quotation marks, words are the reporter's; with them, somebody else's.
    return "attribution" if _marks(_edges(first), '"') != _marks(_edges(second), '"') else "style"


def _marks(text: str, marks: str) -> list[str]:
    return sorted(character for character in text if character in marks)


def _edges(text: str) -> str:
    """What stands around a word; the apostrophe of “the ministers’ views” is the word's."""
    bare = text.strip(EDGES)
    start = text.find(bare)
    after = text[start + len(bare) :]
    return text[:start] + ("" if after == '"' and bare.endswith("s") and start == 0 else after)


def kind_of(one: Hunk, other: Hunk, rules: Rules) -> Kind:
    """Other words: what one text has for what the other has."""
    first, second = _text(one.words), _text(other.words)
    if typographic(first) == typographic(second):
        return "typography"
    if (
        not typographic(first + second).strip(EDGES)
        or (len(one.words) + len(other.words) > 2 and _same_letters(first, second))
        or figures(first, rules.language) == figures(second, rules.language)
        or _abbreviated(one.words, other.words, rules)
        or _same_names(one.words, other.words, rules)
        or _left_out_for_style(one, other, rules)
    ):
        return "style"
    return "attribution" if _is_attribution(one, other, rules) else "substance"


def kind_of_word_order(one: Sequence[Word], other: Sequence[Word], rules: Rules) -> Kind | None:
    """Whether the same words stand in another order, and say the same: “said the source” and “the source said” (a verb
    of saying moved, the rest as it was), or an office before its holder's name and after it."""
    phrases = rules.phrases
    keys, others = [word.key for word in one], [word.key for word in other]
    if not keys or not others or keys == others:
        return None
    if Counter(keys) == Counter(others):
        rest = [key for key in keys if key not in phrases.saying]
        if len(rest) < len(keys) and rest == [key for key in others if key not in phrases.saying]:
            return "attribution"
    words, other_words = (Counter(key for key in side if key not in phrases.joining) for side in (keys, others))
    if words != other_words or not phrases.offices & words.keys() or not _is_office([*one, *other], phrases):
        return None
    return "style" if _same_but_for_holder(one, other, phrases) else None


def _is_office(words: Sequence[Word], phrases: Phrases) -> bool:
    """An office and its holder: words of offices and names, nothing else."""
    known = phrases.offices | phrases.of_offices | phrases.joining
    return all(word.key in known or _is_capital(word) for word in words)


def _is_capital(word: Word) -> bool:
    return word.text.strip(EDGES)[:1].isupper()


def _same_but_for_holder(one: Sequence[Word], other: Sequence[Word], phrases: Phrases) -> bool:
    """Whether names stand in one order, but for the holder's between commas: “the US envoy to Ukraine” is not the
    Ukrainian one to the US."""
    names, others = ([w for w in side if _is_capital(w) and w.key not in phrases.offices] for side in (one, other))
    keys, other_keys = [word.key for word in names], [word.key for word in others]
    turned = any(keys[n:] + keys[:n] == other_keys for n in range(1, len(keys)))
    return keys == other_keys or (turned and any(word.text[-1] == "," for word in (*one[:-1], *other[:-1])))


# --- the rules -----------------------------------------------------------------------------------------------------


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text + word.gap for word in words).strip()


def _same_letters(first: str, second: str) -> bool:
    """“rare-earth” and “rare earth”, “shut-off” and “shutoff”."""
    letters = closed_up(first)
    return bool(letters) and letters == closed_up(second)


def _abbreviated(one: Sequence[Word], other: Sequence[Word], rules: Rules) -> bool:
    """“US” and “the United States”."""
    short, long = sorted(([w for w in side if w.key not in rules.phrases.articles] for side in (one, other)), key=len)
    if len(short) != 1 or len(long) < 2:
        return False
    letters = short[0].text.strip(EDGES).replace(".", "")
    return letters.isupper() and letters == initials([word.text for word in long]) and len(letters) == len(long)


def _same_names(one: Sequence[Word], other: Sequence[Word], rules: Rules) -> bool:
    """Two forms of one name, as the register has them, with the same words joined to them."""
    names = _names(one, rules)
    return bool(names) and names == _names(other, rules)


def _names(words: Sequence[Word], rules: Rules) -> list[tuple[str, str]]:
    """The names that some words are, each once; empty where one of them is no name, or has a figure."""
    found: list[tuple[str, str]] = []
    for word in words:
        if word.key in rules.phrases.articles:
            continue
        if not word.name or any(map(str.isdigit, word.text)):
            return []
        if found and found[-1][0] == word.name and not found[-1][1]:
            found.pop()
        found.append((word.name, word.beside))
    return found


def _left_out_for_style(one: Hunk, other: Hunk, rules: Rules) -> bool:
    """A word that only one text has, and that changes nothing: an article; “that” after “said”; “on” before “Friday”;
    the abbreviation of a country before an office (“US President”)."""
    if one.words and other.words:
        return False
    hunk, phrases = one if one.words else other, rules.phrases
    if _rest_of_name(hunk, other if one.words else one):
        return True
    if len(hunk.words) != 1:
        return False
    key = hunk.words[0].key
    return (
        key in phrases.articles
        or (key in phrases.that and hunk.before.key in phrases.saying)
        or (key in phrases.on and hunk.after.key in phrases.weekdays)
        or (key in phrases.countries and hunk.after.key in phrases.offices)
    )


def _rest_of_name(hunk: Hunk, missing: Hunk) -> bool:
    """“Keith” of “Keith Kellogg”, where the other text has the surname alone."""
    names = {word.name for word in hunk.words}
    (name,) = names if len(names) == 1 else ("",)
    return bool(name) and any(
        here.name == there.name == name for here, there in ((hunk.before, missing.before), (hunk.after, missing.after))
    )


def _is_attribution(one: Hunk, other: Hunk, rules: Rules) -> bool:
    """Nothing but who says so: verbs of saying, agencies, unnamed speakers, and what joins them. A verb or an agency is
    there, or a verb right beside a speaker."""
    phrases, words = rules.phrases, [*one.words, *other.words]
    left = [key for hunk in (one, other) for key in _without_agencies(hunk.words, rules.agencies)]
    if any(key not in phrases.saying | phrases.speakers | phrases.light for key in left):
        return False
    if len(left) < len(words) or any(key in phrases.saying for key in left):
        return True
    return any(key in phrases.speakers for key in left) and bool({one.before.key, one.after.key} & phrases.saying)


def _without_agencies(words: Sequence[Word], agencies: frozenset[tuple[str, ...]]) -> list[str]:
    """The keys of some words, without the names of agencies among them."""
    bare = [word.text.strip(EDGES) for word in words]
    longest = max(map(len, agencies), default=0)
    rest: list[str] = []
    index = 0
    while index < len(words):
        size = next((n for n in range(longest, 0, -1) if tuple(bare[index : index + n]) in agencies), 0)
        if not size:
            rest.append(words[index].key)
        index += size or 1
    return rest
