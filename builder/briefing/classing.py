"""Whether a difference between two texts of one story is one of substance, and if not, what it is.

Four kinds, the gravest last: typography (marks and spaces), style (another spelling, notation or order of the same
words), attribution (who says so, and with which verb), substance (everything else). What no rule knows for certain is
substance, for a reader looks there first. So is another tense: “expects” says that the expectation still stands on the
day of print, “expected” does not. An office with its words in another order is style: it says of the same person the
same thing; a house's list of titles, not the story, decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builder.briefing.phrasing import Phrases
from builder.briefing.spelling import EDGES, closed_up, figures, initials, typographic

Kind = Literal["typography", "style", "attribution", "substance"]


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
    def before(self) -> str:
        """The key of the word before it."""
        return self.text[self.start - 1].key if self.start else ""

    @property
    def after(self) -> str:
        return self.text[self.end].key if self.end < len(self.text) else ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of the texts: their `language`, its `phrases`, and as keys the names of their agencies."""

    language: str
    phrases: Phrases
    agencies: frozenset[tuple[str, ...]] = frozenset()


def kind_of_same_word(one: Word, other: Word) -> Kind:
    """One word written in two ways: the same `key`, other characters."""
    first, second = typographic(one.text), typographic(other.text)
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
        _same_letters(first, second)
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
    if words == other_words and phrases.offices & words.keys() and _all_office_or_name([*one, *other], phrases):
        return "style"
    return None


def _all_office_or_name(words: Sequence[Word], phrases: Phrases) -> bool:
    known = phrases.offices | phrases.of_offices | phrases.joining
    return all(word.key in known or word.text.strip(EDGES)[:1].isupper() for word in words)


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
    if len(hunk.words) != 1:
        return False
    word = hunk.words[0]
    return (
        word.key in phrases.articles
        or (word.key in phrases.that and hunk.before in phrases.saying)
        or (word.key in phrases.on and hunk.after in phrases.weekdays)
        or (word.key.isupper() and hunk.after in phrases.offices)
    )


def _is_attribution(one: Hunk, other: Hunk, rules: Rules) -> bool:
    """Nothing but who says so: verbs of saying, unnamed speakers, agencies, and what joins them; at least one of the
    first and the last there or right beside it."""
    phrases, saying = rules.phrases, False
    for hunk in (one, other):
        keys = [word.key for word in hunk.words]
        without = _without_agencies(keys, rules.agencies)
        saying = saying or len(without) < len(keys) or any(key in phrases.saying for key in keys)
        if any(key not in phrases.saying | phrases.speakers | phrases.light for key in without):
            return False
    speaks = any(word.key in phrases.speakers for hunk in (one, other) for word in hunk.words)
    return saying or (speaks and bool({one.before, one.after} & phrases.saying))


def _without_agencies(keys: list[str], agencies: frozenset[tuple[str, ...]]) -> list[str]:
    """Some words without the names of agencies among them."""
    longest = max(map(len, agencies), default=0)
    rest: list[str] = []
    index = 0
    while index < len(keys):
        size = next((n for n in range(longest, 0, -1) if tuple(keys[index : index + n]) in agencies), 0)
        if not size:
            rest.append(keys[index])
        index += size or 1
    return rest
