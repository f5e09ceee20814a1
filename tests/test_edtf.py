"""Dates: our reader of EDTF against the library of that name, and what an author of other dates is told."""

import warnings
from calendar import monthrange

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from builder.model import Day
from builder.reading.edtf import NoDate, read_edtf

with warnings.catch_warnings():
    # Pyparsing tells the library, not us, that one of its rules returns more tokens than it once did.
    warnings.filterwarnings("ignore", "warn_multiple_tokens_in_named_alternation")
    from edtf import EDTFObject, parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

YEARS = st.integers(-9999, 9999).map(lambda year: f"{'-' if year < 0 else ''}{abs(year):04}").filter("-0000".__ne__)
MONTHS = st.integers(1, 12).map("{:02}".format)


@st.composite
def days(draw: st.DrawFn) -> str:
    year, month = draw(YEARS), draw(MONTHS)
    last = monthrange(2000 + int(year) % 400, int(month))[1]
    return f"{year}-{month}-{draw(st.integers(1, last)):02}"


PLAIN = st.one_of(days(), st.builds("{}-{}".format, YEARS, MONTHS), YEARS)
MARKED = st.builds("{}{}".format, PLAIN, st.sampled_from("?~%"))
LONG_YEARS = st.integers(10_000, 999_999_999).flatmap(lambda year: st.sampled_from([f"Y{year}", f"Y-{year}"]))
OPEN_DIGITS = st.one_of(
    st.integers(0, 999).map("{:03}X".format),
    st.integers(0, 99).map("{:02}XX".format),
    st.builds("{:04}-XX".format, st.integers(0, 9999)),
    st.builds("{:04}-XX-XX".format, st.integers(0, 9999)),
    st.builds("{:04}-{}-XX".format, st.integers(0, 9999), MONTHS),
)
SINGLE = st.one_of(PLAIN, MARKED, LONG_YEARS, OPEN_DIGITS)


def span_of(theirs: EDTFObject) -> tuple[Day, Day]:
    return _day(theirs.lower_strict()), _day(theirs.upper_strict())


def _day(struct: tuple[int, ...]) -> Day:
    year, month, day = struct[:3]
    return year, month, day


@given(SINGLE)
@example("0000-02-29")
@example("-0004-02-29")
@example("2024-02-XX")
@settings(max_examples=100)
def test_a_single_date_means_the_days_that_the_library_says(text: str) -> None:
    ours = read_edtf(text)
    assert (ours.earliest, ours.latest) == span_of(parse_edtf(text))
    assert (ours.approximate, ours.uncertain) == (text[-1] in "~%", text[-1] in "?%")


@given(st.one_of(PLAIN, MARKED), st.one_of(PLAIN, MARKED))
@settings(max_examples=30)
def test_an_interval_means_the_days_that_the_library_says(one: str, other: str) -> None:
    first, last = sorted((one, other), key=lambda text: str(read_edtf(text).earliest))
    assume(read_edtf(first).earliest <= read_edtf(last).latest)  # type: ignore[operator]  # a single date has both ends
    ours = read_edtf(f"{first}/{last}")
    assert (ours.earliest, ours.latest) == span_of(parse_edtf(f"{first}/{last}"))
    assert (ours.approximate, ours.uncertain) == (
        "~" in one + other or "%" in one + other,
        "?" in one + other or "%" in one + other,
    )


@given(PLAIN, st.sampled_from(["../{}", "/{}", "{}/..", "{}/", "[..{}]", "[{}..]"]))
@settings(max_examples=30)
def test_an_open_end_is_open_and_the_other_is_the_date_s(text: str, form: str) -> None:
    assert parse_edtf(form.format(text)), "the library reads it too"
    single, ours = read_edtf(text), read_edtf(form.format(text))
    if form.index("{") < form.index("." * 2 if ".." in form else "/"):
        assert (ours.earliest, ours.latest) == (single.earliest, None)
    else:
        assert (ours.earliest, ours.latest) == (None, single.latest)


@given(st.lists(PLAIN, min_size=2, max_size=4))
@settings(max_examples=30)
def test_a_set_means_the_days_from_its_first_to_its_last(texts: list[str]) -> None:
    texts = [text for text in texts if not text.startswith("-")]
    assume(len(texts) > 1)
    ours = read_edtf(f"[{','.join(texts)}]")
    assert (ours.earliest, ours.latest) == span_of(parse_edtf(f"[{','.join(texts)}]"))
    assert read_edtf(f"[{', '.join(texts)}]").latest == ours.latest


@given(st.text("0123456789-/[].,XYT~?%: Z+", max_size=14))
@settings(max_examples=100)
def test_no_text_is_a_date_for_us_alone(text: str) -> None:
    assert not is_date(text) or parse_edtf(text)


def is_date(text: str) -> bool:
    try:
        return read_edtf(text).edtf == text
    except NoDate:
        return False


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-21", (2025, 3, 1), (2025, 5, 31)),
        ("2025-22", (2025, 6, 1), (2025, 8, 31)),
        ("2022-23", (2022, 9, 1), (2022, 11, 30)),
        ("2023-24", (2023, 12, 1), (2024, 2, 29)),
        ("2025-23~", (2025, 9, 1), (2025, 11, 30)),
        ("2024-24/2025-21", (2024, 12, 1), (2025, 5, 31)),
    ],
)
def test_a_season_is_three_months_and_a_winter_goes_on_into_the_next_year(text: str, first: Day, last: Day) -> None:
    """The library ends a winter with its year, and reads no mark behind a season: both are its own."""
    assert (read_edtf(text).earliest, read_edtf(text).latest) == (first, last)


@pytest.mark.parametrize("time", ["T00:00:00", "T23:59:59Z", "T10:00:00+05", "T01:00:00-11:00"])
def test_a_day_never_shifts_with_a_time_zone(time: str) -> None:
    assert read_edtf("2025-02-22" + time).earliest == read_edtf("2025-02-22" + time).latest == (2025, 2, 22)


def library_refuses(text: str) -> bool:
    try:
        parse_edtf(text)
    except EDTFParseException:
        return True
    return False


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "25",
            "20250222",
            "2025-2-22",
            "2025-13",
            "2025-00",
            "2025-02-30",
            "2025-02-00",
            "2025-04-31",
            "22.02.2025",
        ),
        *("2025-02-22T25:00:00Z", "2025-02-22T10", "/", "2025/2025/2025", "[]", "[,]", "[2025]"),
        *("2025-X", "today", "Y2025", "2025 ", "2025-02-22 10:00"),
    ],
)
def test_what_the_library_refuses_is_refused(text: str) -> None:
    assert text == "2025 " or library_refuses(text), "the library reads it"
    with pytest.raises(NoDate):
        read_edtf(text)


@pytest.mark.parametrize("text", ["2025-02-29", "1900-02-29", "2025/2024", "[2025..2024]", "2025-24/2025-03"])
def test_what_cannot_be_is_refused_though_the_library_reads_it(text: str) -> None:
    assert parse_edtf(text)
    with pytest.raises(NoDate):
        read_edtf(text)


@pytest.mark.parametrize(
    "text", ["2025-02T10:00:00Z", "{2025,2026}", "202X-02", "156X-12-25", "~2004", "2004-06-~11", "2025-33", "../.."]
)
def test_what_is_of_level_2_is_refused_but_for_sets(text: str) -> None:
    assert parse_edtf(text)
    with pytest.raises(NoDate):
        read_edtf(text)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("2025-2-22", "write 2025-02-22"),
        ("2025.02.22", "write 2025-02-22"),
        ("2025/02/22", "write 2025-02-22"),
        ("22.02.2025", "write 2025-02-22"),
        ("3.2.2025", "write 2025-02-03"),
        ("22/2/2025", "write 2025-02-22"),
        ("2/22/2025", "write 2025-02-22"),
        ("2025-02-29", "2025-02 has 28 days"),
        ("2025-13-01", "there is no month 13"),
        ("2025/2024", "this interval ends before it begins"),
        ("../..", "an interval needs a date at one end"),
        ("[2025..2024]", "this set ends before it begins"),
        ("[..]", "a set needs a date on one side of “..”"),
        ("2X25", "only the last digits of a year may be left open with X"),
        ("202X-02", "only the last digits of a date may be left open with X"),
    ],
)
def test_an_author_is_told_what_to_write_instead(written: str, answer: str) -> None:
    with pytest.raises(NoDate) as failure:
        read_edtf(written)
    assert str(failure.value) == answer


@pytest.mark.parametrize(
    "written", ["2/3/2025", "28 February 2025", "last Friday", "99.99.2025", "2025-02-22..2025-02-23"]
)
def test_nobody_guesses_which_number_is_the_month(written: str) -> None:
    with pytest.raises(NoDate, match=r"^write a day as 2025-02-22, a month as"):
        read_edtf(written)
