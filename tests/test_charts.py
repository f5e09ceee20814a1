"""Charts: where events stand, what is left out, and that any events at all give a drawing that a browser can read."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from time import process_time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT

from builder.model import Account, Event, Passage, Status
from builder.reading.edtf import read_edtf
from builder.site.axis import MOST_COLUMNS, axis_of, core
from builder.site.calendar import day_of
from builder.site.charts import ChartWords, Strip, day_strip, overview
from builder.site.counts import Count, mentions_over_time
from builder.site.placing import items_of, placed, soft_ends

WORDS = ChartWords("Timeline: all events, listed below")


def event(
    key: str, date: str, title: str = "", status: Status = "happened", accounts: Sequence[str] = (), **more: object
) -> Event:
    title = title or key
    told = tuple(
        Account(f"a{n}", key, title, read_edtf(text), "", status, Passage(f"a{n}", "q-1", 1, (), 0, 0, "", True))
        for n, text in enumerate(accounts)
    )
    return Event(
        key,
        title,
        read_edtf(date),
        (status,),
        told,
        conflict=bool(more.get("conflict")),
        disputed=str(more.get("disputed", "")),
    )


def days(*dates: str) -> list[Event]:
    return [event(f"e{n}", date) for n, date in enumerate(dates)]


def strip_of(events: Iterable[Event]) -> Strip:
    strip = day_strip(events, "en", WORDS)
    assert strip is not None
    return strip


def texts(drawing: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(f"<div>{drawing}</div>").iter("text")]


def wide(drawing: str) -> str:
    return drawing[: drawing.index("chart-narrow")].rpartition("<svg")[0]


# --- the axis ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "unit", "count", "first", "last"),
    [
        (["2025-02-12", "2025-02-22"], "day", 11, "12 Feb", "22"),
        (["2025-03-01"], "day", 1, "1 Mar", "1 Mar"),
        (["2025-01-30", "2025-02-28"], "week", 5, "27 Jan", "24 Feb"),
        (["2024-01-10", "2024-08-20"], "month", 8, "Jan", "Aug"),
        (["2023-01-10", "2025-08-20"], "month", 32, "Jan", "Jul"),
        (["1960", "1999"], "year", 40, "1960", "1995"),
        (["1300", "1899"], "year", 600, "1300", "1850"),
        (["-0100", "0100"], "year", 201, "101 BC", "100"),
        (["Y-200000", "2000"], "year", 202001, "200001 BC", "1 BC"),
    ],
)
def test_the_unit_of_an_axis_fits_what_it_spans(dates: list[str], unit: str, count: int, first: str, last: str) -> None:
    axis = axis_of([read_edtf(date) for date in dates], "en")
    assert axis is not None
    assert (axis.unit, axis.count) == (unit, count)
    assert (axis.columns[0].strong, axis.columns[-1].strong) == (first, last)


def test_what_happened_long_before_stands_beside_the_axis_and_not_on_it() -> None:
    events = days("2022-02", "2022-23", *(f"2025-02-{day}" for day in range(12, 23)))
    strip = strip_of(events)
    assert (strip.unit, strip.count) == ("day", 11)
    assert {"Earlier", "Feb 2022", "Autumn 2022"} <= set(texts(wide(strip.drawing)))


def test_a_day_at_the_edge_of_a_busy_week_is_not_an_outlier() -> None:
    busy = [12, 14, 15, 18, 19, 20, 20, 20, 21, 21, 21, 22]
    assert core([(day, 1.0) for day in [-900, *busy, 800]]) == (12, 22)


def test_saturdays_and_sundays_have_a_band() -> None:
    axis = axis_of([read_edtf("2025-02-12"), read_edtf("2025-02-22")], "en")
    assert axis is not None
    assert [column.weak for column in axis.columns if column.banded] == ["Sat", "Sun", "Sat"]


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=30))
def test_any_days_give_an_axis_of_at_most_sixteen_columns_that_meet(numbers: list[int]) -> None:
    dates = [
        read_edtf("{:05d}-{:02d}-{:02d}".format(*day)[-10:])
        for n in numbers
        if 0 < (day := day_of(n % 3_000_000 + 1))[0] <= 9999
    ]
    axis = axis_of(dates, "en")
    assert axis is not None
    assert 1 <= len(axis.columns) <= MOST_COLUMNS
    assert all(column.last + 1 == following.first for column, following in pairwise(axis.columns))
    ends = [axis.at(day) for day in (axis.first, axis.last + 1)]
    assert ends == [0.0, 1.0]
    for index, column in enumerate(axis.columns):
        assert axis.column_of(column.first) == axis.column_of(column.last) == index


# --- where events go -------------------------------------------------------------------------------------------------


def test_a_day_is_a_mark_and_what_spans_columns_is_a_bar() -> None:
    items = items_of(days("2025-02-12", "2025-02-14/2025-02-15", "2025-02-22", "[..2025-02-14]", "2025-02-15/.."))
    axis = axis_of([item.when for item in items], "en")
    assert axis is not None
    found = placed(items, axis)
    assert sorted(found.marks) == [0, 10]
    assert [item.event.key for item in found.bars] == ["e1", "e3", "e4"]


@pytest.mark.parametrize(
    ("edtf", "soft"),
    [
        ("2025-02-14/2025-02-15", (False, False)),
        ("2025-02-14~/2025-02-15", (True, False)),
        ("[2025-02-18..2025-02-19]", (False, False)),
        ("[2025-02-16,2025-02-17]", (False, False)),
        ("[2025-02-12..2025-02-21]", (True, True)),
        ("[..2025-02-14]", (True, False)),
        ("2025-02-15/..", (False, True)),
        ("2022-02", (False, False)),
        ("2022-23", (True, True)),
        ("2022-02~", (True, True)),
        ("201X", (True, True)),
    ],
)
def test_certainty_has_hard_ends_and_doubt_has_soft_ones(edtf: str, soft: tuple[bool, bool]) -> None:
    assert soft_ends(read_edtf(edtf)) == soft


def test_a_disputed_date_is_drawn_at_each_reading() -> None:
    both = event("talks", "2025-02-14", accounts=["2025-02-14", "2025-02-16"], conflict=True)
    drawing = wide(strip_of([both, *days("2025-02-12", "2025-02-18")]).drawing)
    assert texts(drawing).count("≠ talks") == 2


def test_an_uncertain_day_has_a_haze_and_a_planned_one_a_dashed_ring() -> None:
    drawing = strip_of([event("a", "2025-02-12~", status="planned"), event("b", "2025-02-13")]).drawing
    assert drawing.count('class="haze"') == 2  # once wide, once narrow
    assert drawing.count('class="ring dashed sure"') == 2


def test_a_full_column_names_those_most_sources_tell_of_and_counts_the_rest() -> None:
    many = [event(f"e{n}", "2025-02-12", f"Event {n}", accounts=["2025-02-12"] * (n == 7)) for n in range(20)]
    strip = strip_of([*many, *days("2025-02-13")])
    shown = texts(wide(strip.drawing))
    assert "Event 7" in shown
    assert "+ 17 more" in shown
    assert len(strip.shown) < 20


def test_a_topic_without_a_dated_event_has_no_chart() -> None:
    assert day_strip([], "en", WORDS) is None
    assert overview([], "en", WORDS) == ""


# --- the drawings --------------------------------------------------------------------------------------------------

EXACT = ["2025-02-12", "2025-02", "2019", "2030-01-01", "-0300", "2025-02-14/2025-02-18"]
VAGUE = ["2025-02-13~", "2025-02-14?", "2022-23", "[..2025-02-14]", "2025-02-15/..", "[2025-02-12..2025-02-21]", "201X"]
DATES = st.sampled_from([*EXACT, *VAGUE, "2025-02-10~/2025-02-20?"])
EVENTS = st.lists(
    st.builds(
        event,
        st.text("abc", min_size=1, max_size=3),
        DATES,
        st.text(max_size=60).filter(lambda text: all(c >= " " for c in text)),
        st.sampled_from(["happened", "said", "claimed", "planned"]),
        st.lists(DATES, max_size=2),
        conflict=st.booleans(),
        disputed=st.sampled_from(["", "whether <he> promised"]),
    ),
    max_size=12,
)


@given(EVENTS, st.sampled_from(["en", "de", "ja"]))
def test_any_events_give_drawings_that_are_well_formed_and_need_no_style(events: list[Event], language: str) -> None:
    strip = day_strip(events, language, WORDS)
    drawing = str(strip.drawing if strip else "") + str(overview(events, language, WORDS))
    root = ElementTree.fromstring(f"<div>{drawing}</div>")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert "style=" not in drawing
    assert "<a " not in drawing
    assert set(re.findall(r"url\(#([^)]+)\)", drawing)) <= set(ids)
    for svg in root:
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == WORDS.label


def test_a_hostile_title_stays_text() -> None:
    drawing = strip_of([event("a", "2025-02-12", '</text><script>alert(1)</script>"')]).drawing
    assert "<script" not in drawing


def test_all_classes_of_the_drawings_have_a_rule() -> None:
    css = (ROOT / "layouts/assets/charts.css").read_text(encoding="utf-8")
    events = [event("a", "2025-02-12~", status="planned", disputed="x"), *days("2025-02-13", "2022", "2025-02-15/..")]
    drawing = strip_of(events).drawing + mentions_over_time(COUNTS, "en", label="x", several=str)
    used = {name for names in re.findall(r'class="([^"]+)"', drawing) for name in names.split()}
    assert {name for name in used if f".{name}" not in css} <= {"sure", "chart-counts", "count-name"}


def test_a_thousand_events_cost_ten_times_a_hundred() -> None:
    def seconds(count: int) -> float:
        """The best of three: whatever the process holds of other tests may be cleared away in the midst of one."""
        events = [event(f"e{n}", f"2025-02-{n % 28 + 1:02d}", f"Event {n}") for n in range(count)]
        taken = []
        for _ in range(3):
            start = process_time()
            day_strip(events, "en", WORDS)
            overview(events, "en", WORDS)
            taken.append(process_time() - start)
        return min(taken)

    assert seconds(4000) < 40 * max(seconds(400), 0.005)


# --- counts --------------------------------------------------------------------------------------------------------

COUNTS = [
    Count("Taipei Times", read_edtf("[2025-02-16,2025-02-17]"), True, 13),
    Count("Bloomberg", read_edtf("2025-02-21"), False, 11),
    Count("Reuters", read_edtf("2025-02-22"), False, 9),
    Count("Unnamed site", read_edtf("2025-02-22?"), True, 8),
]


def reports(number: int) -> str:
    return f"{number} reports"


def test_each_report_has_a_bar_with_its_figure_dashed_where_its_date_is_inferred() -> None:
    chart = mentions_over_time(COUNTS, "en", label="Named over time", several=reports)
    drawing = chart[: chart.index("<ul")]
    assert {"13", "11", "9", "8", "Bloomberg", "Taipei Times", "2 reports"} <= set(texts(drawing))
    assert (drawing.count('class="full"'), drawing.count('class="dashes"')) == (2, 2)


def test_the_figures_are_in_a_list_too_with_reports_of_no_known_date() -> None:
    chart = mentions_over_time([*COUNTS, Count("RNZ", None, False, 2)], "en", label="x", several=reports)
    rows = [" ".join("".join(row.itertext()).split()) for row in ElementTree.fromstring(chart[chart.index("<ul") :])]
    assert rows[0] == "16 or 17 Feb Taipei Times 13"
    assert rows[-1] == "– RNZ 2"


def test_nothing_counted_gives_nothing() -> None:
    assert mentions_over_time([Count("RNZ", read_edtf("2025"), False, 0)], "en", label="x", several=reports) == ""


def test_hundreds_of_reports_are_summed_by_column() -> None:
    many = [Count(f"Paper {n}", read_edtf(f"2024-{n % 9 + 1:02d}-01"), n % 2 == 0, 1) for n in range(300)]
    chart = mentions_over_time(many, "en", label="x", several=reports)
    assert chart.count("<li>") == 18
    assert sum(int(figure) for figure in re.findall(r'count-figure">(\d+)<', chart)) == 300


@given(st.lists(st.tuples(st.one_of(st.none(), DATES), st.booleans(), st.integers(0, 50)), max_size=40))
def test_any_counts_give_a_well_formed_chart(found: list[tuple[str | None, bool, int]]) -> None:
    counts = [Count("<&>", read_edtf(date) if date else None, inferred, count) for date, inferred, count in found]
    ElementTree.fromstring(f"<div>{mentions_over_time(counts, 'en', label='<', several=reports)}</div>")
