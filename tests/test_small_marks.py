"""The small marks of tables and lists, and titles that must fit in a chart."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from builder.site.svg import bar, cut, dispersion, soft_mark, squares, status_mark, width_of, wrapped


def test_small_marks_are_hidden_from_those_who_hear_the_words_beside_them() -> None:
    for mark in (status_mark("said"), soft_mark(), squares(2, 5), bar(3, 7), dispersion([0.2])):
        assert 'aria-hidden="true"' in mark
        ElementTree.fromstring(str(mark))
    assert 'aria-label="12 times"' in dispersion([0.2], "12 times")


def test_squares_show_how_many_of_how_many() -> None:
    assert (squares(3, 5).count('class="full"'), squares(3, 5).count('class="empty"')) == (3, 2)
    assert squares(30, 50).count("<rect") == 1


def test_a_bar_is_in_proportion_and_never_invisible() -> None:
    assert 'width="32"' in bar(5, 10)
    assert 'width="1"' in bar(1, 100_000)
    assert "<rect" not in bar(0, 10)
    assert "<rect" not in bar(0, 0)


def test_dispersion_has_a_tick_for_each_place_and_stays_in_its_frame() -> None:
    strip = dispersion([0, 0.5, 1, 2, -1])
    assert re.findall(r'tick" x="(\d+)"', strip) == ["0", "79", "158"]


def test_a_title_is_wrapped_and_cut_at_a_word() -> None:
    lines = wrapped("Zelensky assures Bessent that he will sign the agreement", 90, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert cut("short", 100) == "short"


@given(st.text(max_size=80), st.floats(20, 300), st.integers(1, 4))
def test_wrapped_lines_always_fit(text: str, width: float, lines: int) -> None:
    found = wrapped(text, width, lines)
    assert len(found) <= lines
    assert all(width_of(part) <= width or part == "…" for part in found)
