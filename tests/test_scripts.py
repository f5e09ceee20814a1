"""Where words are written without spaces, each letter is a word to the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.reading.scripts import JOINT, letters_apart


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("A bridge, 2025.", "A bridge, 2025."),
        ("Міст відкрили. 다리가 열렸다.", "Міст відкрили. 다리가 열렸다."),
        ("旧桥", "旧_桥_"),
        ("旧桥 已经", "旧_桥 已_经_"),
        ("は「坂も」と語った。", "は「_坂_も」_と_語_っ_た。_"),
        ("Hello東京2025年", "Hello_東_京_2025_年_"),
        ("ガ、か\u3099", "ガ、_か\u3099_"),
        ("วัน", "วั_น_"),
    ],
)
def test_letters_of_such_a_script_are_words_with_their_marks_and_signs(text: str, apart: str) -> None:
    assert letters_apart(text).replace(JOINT, "_") == apart


@given(st.text(st.sampled_from("ab 1旧桥ガ゙วัน「」。、-<>\n")))
def test_the_text_can_be_put_together_again(text: str) -> None:
    assert letters_apart(text).replace(JOINT, "") == text
