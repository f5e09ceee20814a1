"""Dates have one order, and two of them contradict each other when no day can be both."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.briefing.dates import any_conflict, conflict, most_exact, order
from builder.model import Day, When
from builder.reading.edtf import read_edtf

FIRST = date(2025, 1, 1)
DAY = st.integers(0, 60).map(lambda days: FIRST + timedelta(days))
DATE = st.one_of(
    DAY.map(str),
    DAY.map(lambda day: f"{day}~"),
    DAY.map(lambda day: str(day)[:7]),
    st.tuples(DAY, DAY).map(lambda ends: f"{min(ends)}/{max(ends)}"),
    st.tuples(DAY, DAY).map(lambda ends: f"[{min(ends)}..{max(ends)}]"),
    DAY.map(lambda day: f"{day}/.."),
    DAY.map(lambda day: f"[..{day}]"),
    DAY.map(lambda day: f"[{day}..]"),
    st.sampled_from(["2024", "2024-23", "202X", "2025-02-XX", "../2025-02-01"]),
).map(read_edtf)


def days(when: When) -> set[Day]:
    """The days of these months that a date can mean."""
    near = [FIRST + timedelta(days) for days in range(-400, 500)]
    every = [(day.year, day.month, day.day) for day in near]
    return {day for day in every if (when.earliest or day) <= day <= (when.latest or day)}


@given(DATE, DATE)
def test_two_dates_conflict_when_no_day_can_be_both(one: When, other: When) -> None:
    assert conflict(one, other) == (not days(one) & days(other))
    assert conflict(one, other) == conflict(other, one)


@given(st.lists(DATE, max_size=5))
def test_some_two_of_many_conflict_or_none_do(dates: list[When]) -> None:
    pairs = [(a, b) for place, a in enumerate(dates) for b in dates[place + 1 :]]
    assert any_conflict(tuple(dates)) == any(conflict(a, b) for a, b in pairs)


@given(st.lists(DATE, min_size=1, max_size=4))
def test_the_most_exact_date_is_the_same_in_whatever_order_they_come(dates: list[When]) -> None:
    assert len({most_exact(shuffled) for shuffled in permutations(dates)}) == 1
    closed = [when for when in dates if when.earliest and when.latest]
    assert not closed or most_exact(tuple(dates)) in closed


@pytest.mark.parametrize(
    "in_order",
    [
        ["2025-02-12", "2025-02-13"],
        ["2025-02-12", "2025-02-12/2025-02-13", "2025-02-13"],
        ["2025-02", "2025-02-12", "2025-03"],
        ["2025-02-11", "[..2025-02-12]", "2025-02-13"],
        ["2025-02-21", "2025-02-21/2025-02-22", "2025-02-21/..", "2025-02-22"],
        ["-0001", "0000", "0001", "2025"],
        ["2024", "2024-21", "2024-23", "2025"],
    ],
)
def test_dates_go_by_their_first_day_then_their_last_an_open_end_last(in_order: list[str]) -> None:
    for shuffled in permutations(in_order):
        assert sorted(shuffled, key=lambda text: order(read_edtf(text))) == in_order


def test_about_and_perhaps_do_not_widen_a_date() -> None:
    assert conflict(read_edtf("2025-02-21~"), read_edtf("2025-02-22?"))
    assert order(read_edtf("2025-02-21~")) == order(read_edtf("2025-02-21"))
