"""The lint and dates: weekdays, events from the future, dates that no account has, disputes, a stale briefing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import codes, lint, told

from builder.briefing.named_days import days_named


def account(date: str, quote: str, more: str = "") -> str:
    """An account of an event as it stands in an article's summary."""
    return f"events:\n  - title: It happens\n    date: {date}\n    quote: |-\n      {quote}\n{more}"


def with_account(date: str, quote: str, more: str = "", published: str = "2025-02-22") -> list[tuple[str, str]]:
    """What is said of an account in an article that has its words; 22 February 2025 was a Saturday."""
    return told(lint(f"{quote}\n", account(date, quote, more), published=published))


# --- weekdays ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "quote"),
    [
        ("2025-02-20", "They met on Thursday."),
        ("2025-02-22", "They met on Saturday."),  # said on that day itself
        ("2025-02-19/2025-02-21", "They met on Thursday."),
        ("[2025-02-20,2025-02-21]", "They met on Thursday."),
        ("2025-02-21~", "They met on Thursday."),
        ("2025-02", "They met on Thursday."),
        ("2025", "They met on Thursday."),
        ("[..2025-02-20]", "They met on Tuesday."),
        ("2025-02-21/..", "They met on Tuesday."),
        ("2025-02-21", "On Friday they met after a quarrel on Thursday."),
        ("2025-02-20", "They met two days before Saturday’s vote."),
        ("2025-02-20", "They met after Wednesday, the Sunday Times says."),
        ("2025-02-20", "They met under the Good Friday Agreement."),
        ("2025-02-13", "They met on Thursday last week."),
        ("2025-02-14", "They met on Friday, 14 February."),
        ("2025-02-14", "They met on February 14."),
        ("2025-02-14", "They met between February 12, 2025 and 14 February."),
        ("2025-02-20", "They met, and he asked: “Why not on Tuesday?”"),
        ("2025-02-20", "They met on a Thursdays-only ferry."),
    ],
)
def test_a_date_that_the_words_allow_is_right(date: str, quote: str) -> None:
    assert with_account(date, quote) == []


@pytest.mark.parametrize(
    ("date", "quote", "says"),
    [
        ("2025-02-21", "They met on Thursday.", "the quotation says Thursday; 2025-02-21 is a Friday"),
        (
            "[2025-02-18..2025-02-19]",
            "They met on Thursday.",
            "the quotation says Thursday; [2025-02-18..2025-02-19] is a Tuesday or a Wednesday",
        ),
        (
            "2025-02-17/2025-02-19",
            "They met on Thursday.",
            "the quotation says Thursday; 2025-02-17/2025-02-19 has no such day",
        ),
        ("2025-02-13", "They met on 14 February.", "the quotation says 02-14; 2025-02-13 is a Thursday"),
        ("2025-02-14", "They met on 14 February 2024.", "the quotation says 2024-02-14; 2025-02-14 is a Friday"),
        (
            "2025-02-19",
            "On Thursday and on Friday they met.",
            "the quotation says Thursday and Friday; 2025-02-19 is a Wednesday",
        ),
        (
            "2025-02-13",
            "They met on Thursday.",
            "the quotation says Thursday; 2025-02-13 is one, but not the last before the article",
        ),
        (
            "2025-02-15",
            "They met on Saturday.",
            "the quotation says Saturday; 2025-02-15 is one, but not the last before the article",
        ),
    ],
)
def test_a_date_that_the_words_exclude_is_found(date: str, quote: str, says: str) -> None:
    assert with_account(date, quote) == [("weekday", says)]


def test_the_hint_gives_the_last_such_day_up_to_publication() -> None:
    (problem,) = lint("They met on Thursday.\n", account("2025-02-21", "They met on Thursday."))
    assert problem.hint == "the last Thursday up to publication (2025-02-22) is 2025-02-20"
    assert (problem.span.path, problem.span.line, problem.span.column) == ("content/articles/bridge.yaml", 7, 11)


def test_what_somebody_says_may_be_about_another_day() -> None:
    """In an account of a remark, the remark's own weekday is not that of the event."""
    quote = "“We will vote on Monday,” she said on Thursday."
    assert with_account("2025-02-20", quote, "    status: said\n") == []
    assert with_account("2025-02-20", "She said: “We will vote on Monday.”", "    status: said\n") == []


def test_what_is_planned_lies_ahead() -> None:
    quote = "They will vote on Monday."
    assert with_account("2025-02-24", quote, "    status: planned\n") == []
    assert with_account("2025-02-25", quote, "    status: planned\n") == [
        ("weekday", "the quotation says Monday; 2025-02-25 is a Tuesday")
    ]


@pytest.mark.parametrize(
    ("basis", "date"),
    [
        ("“on Thursday”, counted back from Saturday 22 February", "2025-02-20"),
        ("“Two days after”, counted back from Saturday 22 February", "2025-02-21"),
        ("That is the Thursday of the paragraph before", "2025-02-20"),
        ("Three days after the Monday of the talks", "2025-02-20"),
        ("In a report of Tuesday’s remarks", "2025-02-20"),
    ],
)
def test_a_basis_that_leads_to_the_date_is_right(basis: str, date: str) -> None:
    text = "They met on Thursday. Two days after, they parted.\n"
    found = lint(text, account(date, "they parted", f"    basis: {basis}\n"))
    assert codes(found) == []


def test_a_basis_counts_where_the_quotation_names_no_day() -> None:
    text = "They met on Thursday. It was cold there.\n"
    found = lint(text, account("2025-02-21", "It was cold there", "    basis: “on Thursday”, the day before\n"))
    assert told(found) == [("weekday", "the basis says Thursday; 2025-02-21 is a Friday")]


def test_a_day_from_which_something_lasts_is_no_day_of_an_event_whose_date_has_a_basis() -> None:
    text = "The bridge has been shut since 14 January. It was cold.\n"
    summary = account("2025-02-20", "shut since 14 January", "    basis: The day of the count.\n")
    assert codes(lint(text, summary)) == []
    assert codes(lint(text, account("2025-02-20", "shut since 14 January"))) == ["weekday"]


def test_weekdays_are_known_in_the_languages_of_the_articles() -> None:
    for language, quote in (
        ("de", "Sie trafen sich am Donnerstagabend."),
        ("de-AT", "Sie trafen sich am Donnerstag, dem 20. Februar."),
        ("fr", "Ils se sont rencontrés jeudi."),
        ("es", "Se reunieron el jueves."),
    ):
        for date, expected in (("2025-02-20", []), ("2025-02-19", ["weekday"])):
            found = lint(f"{quote}\n", f"language: {language}\n{account(date, quote)}")
            assert codes(found) == expected, (quote, date)


def test_an_article_without_a_date_still_has_weekdays() -> None:
    quote = "They met on Thursday."
    assert with_account("2025-02-13", quote, published="unknown") == []
    assert codes(lint(f"{quote}\n", account("2025-02-14", quote), published="unknown")) == ["weekday"]


def test_a_span_of_publication_days_allows_the_last_such_day_of_each() -> None:
    quote = "They met on Saturday."
    for date in ("2025-02-15", "2025-02-22"):
        assert with_account(date, quote, published='"[2025-02-21,2025-02-22]"') == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("20 to 22 February", [(2, 20), (2, 22)]),
        ("am 20./21. Februar", [(2, 20), (2, 21)]),
        ("May 5, 2024 and the 6th of May", [(5, 5), (5, 6)]),
        ("14.1.2025 und 2025-01-15", [(1, 14), (1, 15)]),
        ("March 2025 cost 5 million", []),
        ("may 3 people march 4 miles", []),
        ("version 12.3.4", []),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, named: list[tuple[int, int]]) -> None:
    assert [(day.month, day.day) for day in days_named(text, ("en",))] == named


PIECES = [
    "Friday",
    "Freitagabend",
    " ",
    ", ",
    "the ",
    "21",
    "99",
    " February",
    ". Februar",
    " 2025",
    "-02-",
    "31",
    "’s",
    "– ",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_at_all_has_its_days_in_it(text: str) -> None:
    found = days_named(text, ("en", "de", "xx"))
    assert all(0 <= day.start < day.end <= len(text) for day in found)
    assert all((day.weekday >= 0) != (day.month > 0) for day in found)


# --- the other rules ------------------------------------------------------------------------------------------------


def test_an_article_cannot_tell_of_what_came_after_it() -> None:
    assert with_account("2025-02-25", "It happens here.") == [
        ("date-outside-article", "this event is of 2025-02-25, but the article that tells of it is of 2025-02-22")
    ]


@pytest.mark.parametrize("date", ["2025-02-22", "2025-02-25~", "2025-02", "2025-02-20/2025-02-25", "2025-02-20/.."])
def test_an_event_that_may_have_come_before_the_article_is_right(date: str) -> None:
    assert with_account(date, "It happens here.") == []


def test_what_is_planned_may_come_after_the_article() -> None:
    assert with_account("2025-02-25", "It happens here.", "    status: planned\n") == []
    assert with_account("2025-02-25", "It happens here.", published="unknown") == []


TWO_ACCOUNTS = """\
events:
  - {event: closing, date: 2025-01-14, quote: is shut}
  - {event: closing, date: 2025-01-20, quote: It was shut}
"""


@pytest.mark.parametrize("note", ["", "    note: We follow the first of them.\n"])
def test_accounts_that_exclude_each_other_want_a_word_about_it(note: str) -> None:
    timeline = f"closing:\n    title: The bridge is shut\n{note}"
    (problem,) = lint("It was shut.\n", TWO_ACCOUNTS, timeline=timeline)
    assert problem.code == "disputed-without-note"
    assert problem.message.startswith(
        "the accounts of “closing” exclude each other: 2025-01-14 (bridge), 2025-01-20 (bridge); "
    )
    assert problem.span.path == "content/timeline.yaml"


@pytest.mark.parametrize("note", ["We follow the paper on the day.", "It was the 14th of January 2025.", "On Tuesday."])
def test_a_note_that_speaks_of_the_date_is_an_answer(note: str) -> None:
    timeline = f"closing:\n    title: The bridge is shut\n    note: {note}\n"
    assert lint("It was shut.\n", TWO_ACCOUNTS, timeline=timeline) == ()


def test_a_date_that_leaves_open_what_they_disagree_about_is_an_answer() -> None:
    timeline = 'closing: {title: The bridge is shut, date: "[2025-01-14,2025-01-20]"}\n'
    assert lint("It was shut.\n", TWO_ACCOUNTS, timeline=timeline) == ()


def test_in_other_languages_any_note_is_an_answer() -> None:
    timeline = "closing:\n    title: Le pont\n    note: Nous suivons le premier.\n"
    assert lint("It was shut.\n", TWO_ACCOUNTS, timeline=timeline, site="language: fr\n") == ()


def test_the_editors_date_is_one_that_an_account_allows() -> None:
    summary = "events:\n  - {event: closing, date: 2025-01-14, quote: is shut}\n"
    timeline = "closing: {title: The bridge is shut, date: DATE, note: On that day.}\n"
    for date, expected in (("2025-01-15", ["date-outside-article"]), ("2025-01", []), ("2025-01-15~", [])):
        assert codes(lint("", summary, timeline=timeline.replace("DATE", date))) == expected


def test_a_briefing_older_than_its_newest_source_is_stale() -> None:
    assert told(lint(published="2025-03-02")) == [
        ("stale", "the briefing is as of 2025-03-01, but the article “bridge” is of 2025-03-02")
    ]
    assert lint(published='"[2025-03-01,2025-03-02]"') == ()


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("On Thursday 20 February it shut.", ""),
        ("On Thursday, 20 February 2025, it shut.", ""),
        ("On Thursday it shut, on 21 February it opened.", ""),
        ("On Friday, the 22nd of February 2019, it shut.", ""),
        ("On Thursday 29 February it shut.", ""),  # no year of the briefing has that day
        ("On Thursday 21 February it shut.", "“Thursday 21 February”: 2025-02-21 is a Friday"),
        ("On Friday, February 22, 2025 it shut.", "“Friday, February 22, 2025”: 2025-02-22 is a Saturday"),
        ("On Monday 20 to 22 February it shut.", "“Monday 20”: 2025-02-20 is a Thursday"),
    ],
)
def test_a_weekday_in_an_authors_own_words_fits_its_date(words: str, fact: str) -> None:
    points = f'key_points:\n  - text: "{words} [@bridge]"\n'
    found = [message for code, message in told(lint(briefing=points)) if code == "weekday"]
    assert found == [fact] * bool(fact)
