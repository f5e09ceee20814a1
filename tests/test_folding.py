"""Typography is folded away, nothing else, and the way back to the source's own characters is kept."""

from itertools import combinations
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from builder.briefing.folding import TYPOGRAPHY, fold, folded
from builder.reading.scripts import is_mark

ALIKE = {
    "'": "'‘’‚‛",
    '"': '"“”„‟',
    "-": "-‐‑‒–—―−",
    " ": " \u00a0\u202f\u2009\u3000\t\n\u2028",
}
LETTERS = "aeo1.,éüÅйがぎ한각ক\u0301\u0308\u0323\u0338\u3099\u09be\u09c7\u1161\u11a8😀\u200d\u05d0\u0647漢"
ANY_TEXT = st.text(alphabet=[*LETTERS, *"".join(ALIKE.values())], max_size=40)


@given(ANY_TEXT)
@example("a  e\u0301 b")
@example("ক\u09c7\u09be")
@example("\u1112\u1161\u11ab  글")
def test_folding_is_typography_then_composition_then_single_spaces(text: str) -> None:
    expected = normalize("NFC", " ".join(filter(None, text.translate(TYPOGRAPHY).split(" "))))
    assert folded(text) == expected.strip()
    assert folded(folded(text)) == folded(text)


@given(ANY_TEXT)
def test_two_texts_that_differ_in_typography_alone_fold_to_one(text: str) -> None:
    other = "".join(ALIKE.get(character, character)[-1:] or character for character in folded(text))
    assert folded(normalize("NFD", other)) == folded(text)


@given(ANY_TEXT)
@example("e\u0301  x")
def test_every_stretch_of_a_folded_text_leads_back_to_what_it_was_folded_from(text: str) -> None:
    simple = fold(text)
    assert simple.original(0, len(simple.text)) == (0, len(text))
    boundaries = [simple.original(0, end)[1] for end in range(len(simple.text) + 1)]
    assert boundaries == sorted(boundaries)
    # Not between a letter and its accent, which may have been one character in the source.
    apart = [end for end in range(len(simple.text) + 1) if not belongs_to_previous(simple.text[end : end + 1])]
    for start, end in combinations(apart, 2):
        first, last = simple.original(start, end)
        assert folded(text[first:last]) == simple.text[start:end].strip()


def belongs_to_previous(character: str) -> bool:
    return is_mark(character) or character in ("\u1161", "\u11a8")


def test_letters_digits_and_other_marks_stay() -> None:
    text = "Zelenskiy Zelensky 50% 1.5 2,000 … ... « » ‹ › ´ ` ſ ﬁ ² ½ № ™ straße STRASSE"
    assert folded(text) == text


def test_line_ends_and_runs_of_no_break_spaces_become_one_space() -> None:
    assert folded("\u00a0one\u00a0\u202f two\r\n\r\n\tthree\u2028") == "one two three"


def test_a_composed_letter_leads_back_to_both_of_its_parts() -> None:
    text = "un cafe\u0301  noir"
    simple = fold(text)
    assert simple.text == "un café noir"
    start = simple.text.index("café")
    first, last = simple.original(start, start + 4)
    assert text[first:last] == "cafe\u0301"
    first, last = simple.original(simple.text.index("noir"), len(simple.text))
    assert text[first:last] == "noir"
