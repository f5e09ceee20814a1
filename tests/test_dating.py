"""How dates read: in words, never more exact than they are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import When
from builder.reading.edtf import read_edtf
from builder.site.calendar import LANGUAGES, day_of, ordinal, season_name, short_weekday, weekday, weekday_name
from builder.site.dating import iso, long, short

ENGLISH = [
    ("2025-02-22", "22 February 2025", "22 Feb", "2025-02-22"),
    ("2025-02", "February 2025", "Feb 2025", "2025-02"),
    ("2025", "2025", "2025", "2025"),
    ("2022-23", "autumn 2022", "autumn 2022", ""),
    ("2025-02-21~", "about 21 February 2025", "c. 21 Feb", ""),
    ("2025-02-22?", "22 February 2025, uncertain", "22 Feb?", ""),
    ("2025-02-22%", "about 22 February 2025, uncertain", "c. 22 Feb?", ""),
    ("2025-02-14/2025-02-15", "14 to 15 February 2025", "14–15 Feb", ""),
    ("2025-02-28/2025-03-02", "28 February to 2 March 2025", "28 Feb – 2 Mar", ""),
    ("2024-12-28/2025-01-02", "28 December 2024 to 2 January 2025", "28 Dec 2024 – 2 Jan 2025", ""),
    ("2025-02/2025-03", "February – March 2025", "Feb – Mar 2025", ""),
    ("2022/2025", "2022–2025", "2022–2025", ""),
    ("2025-02-14~/2025-02-15", "about 14 to 15 February 2025", "c. 14–15 Feb", ""),
    ("2025-02-15/..", "from 15 February 2025, open", "from 15 Feb", ""),
    ("../2025-02-15", "until 15 February 2025", "until 15 Feb", ""),
    ("[..2025-02-12]", "by 12 February 2025", "≤ 12 Feb", ""),
    ("[2025-02-12..]", "12 February 2025 or later", "≥ 12 Feb", ""),
    ("[2025-02-22,2025-02-23]", "22 or 23 February 2025", "22 or 23 Feb", ""),
    ("[2025-02-28,2025-03-01]", "28 February or 1 March 2025", "28 Feb or 1 Mar", ""),
    ("[2025-02-14,2025-02-16,2025-02-18]", "14, 16 or 18 February 2025", "14, 16 or 18 Feb", ""),
    ("[2025-02-18..2025-02-19]", "18 or 19 February 2025", "18 or 19 Feb", ""),
    ("[2025-02-12..2025-02-21]", "on a day within 12 to 21 February 2025", "within 12–21 Feb", ""),
    ("201X", "2010–2019", "2010–2019", ""),
    ("-0043-03-15", "15 March 44 BC", "15 Mar", ""),
    ("Y17000", "17000", "17000", "17000"),
]


@pytest.mark.parametrize(("edtf", "in_full", "in_brief", "machine"), ENGLISH)
def test_a_date_reads_as_exactly_as_it_is_known(edtf: str, in_full: str, in_brief: str, machine: str) -> None:
    when = read_edtf(edtf)
    assert (long(when, "en"), short(when, "en"), iso(when)) == (in_full, in_brief, machine)


def test_a_short_date_has_its_year_on_request() -> None:
    assert short(read_edtf("2025-02-22"), "en", with_year=True) == "22 Feb 2025"
    assert short(read_edtf("[2025-02-16,2025-02-17]"), "en-GB", with_year=True) == "16 or 17 Feb 2025"


@pytest.mark.parametrize(
    ("language", "edtf", "in_full", "in_brief"),
    [
        ("de", "2025-02-22", "22. Februar 2025", "22. Feb."),
        ("de-AT", "2025-02-12/2025-02-21", "12. bis 21. Februar 2025", "12.–21. Feb."),
        ("de", "[..2025-02-12]", "bis spätestens 12. Februar 2025", "≤ 12. Feb."),
        ("es", "2025-02-12/2025-03-01", "12 de febrero al 1 de marzo de 2025", "12 feb – 1 mar"),
        ("fr", "2025-02-01", "1er février 2025", "1er févr."),
        ("fr", "[..2025-02]", "≤ février 2025", "≤ févr. 2025"),
        ("uk", "2025-02-22", "2025-02-22", "2025-02-22"),
        ("ja", "[2025-02-12..2025-02-21]", "2025-02-12 – 2025-02-21", "2025-02-12–2025-02-21"),
        ("ja", "2022-23", "2022-09-01 – 2022-11-30", "2022-09-01–2022-11-30"),
    ],
)
def test_other_languages_have_their_own_words_or_none(language: str, edtf: str, in_full: str, in_brief: str) -> None:
    when = read_edtf(edtf)
    assert (long(when, language), short(when, language)) == (in_full, in_brief)


def test_a_date_that_cannot_be_known_says_so() -> None:
    assert long(When("../..", None, None, "interval"), "en") == "no date"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_names_all_months_days_and_seasons(language: str) -> None:
    table = LANGUAGES[language]
    assert [len(names.split()) for names in (table.months, table.short_months)] == [12, 12]
    assert [len(names.split()) for names in (table.weekdays, table.short_weekdays)] == [7, 7]
    assert season_name(24, language) == table.seasons.split()[3]


def test_a_weekday_has_a_name_where_its_language_is_known() -> None:
    assert (weekday_name((2025, 2, 22), "en"), short_weekday((2025, 2, 22), "de")) == ("Saturday", "Sa")
    assert weekday_name((2025, 2, 22), "uk") == ""


@given(st.dates())
def test_days_are_counted_like_the_standard_library_counts_them(day: date) -> None:
    assert ordinal((day.year, day.month, day.day)) == day.toordinal()
    assert day_of(day.toordinal()) == (day.year, day.month, day.day)
    assert weekday((day.year, day.month, day.day)) == day.weekday()


@given(st.integers(-(10**12), 10**12))
def test_days_before_christ_and_after_the_year_9999_are_days_too(number: int) -> None:
    assert ordinal(day_of(number)) == number
    assert ordinal(day_of(number + 1)) == number + 1


EDTF_DAYS = st.dates(min_value=date(1000, 1, 1)).map(lambda day: day.isoformat())


@given(
    st.one_of(
        EDTF_DAYS,
        st.builds("{}{}".format, EDTF_DAYS, st.sampled_from("~?%")),
        st.lists(EDTF_DAYS, min_size=2, max_size=2).map(lambda days: "/".join(sorted(days))),
        st.lists(EDTF_DAYS, min_size=2, max_size=2).map(lambda days: f"[{'..'.join(sorted(days))}]"),
        st.lists(EDTF_DAYS, min_size=2, max_size=4).map(lambda days: f"[{','.join(sorted(days))}]"),
        EDTF_DAYS.map(lambda day: f"[..{day}]"),
        EDTF_DAYS.map(lambda day: f"{day}/.."),
    ),
    st.sampled_from([*LANGUAGES, "ru"]),
)
def test_every_date_reads_in_every_language(edtf: str, language: str) -> None:
    when = read_edtf(edtf)
    for text in (long(when, language), short(when, language), short(when, language, with_year=True)):
        assert text
        assert "{" not in text
        assert text == text.strip()
