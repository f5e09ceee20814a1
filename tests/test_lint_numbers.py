"""The lint and figures: those of a key point stand in its quotations, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import codes, lint, told

from builder.briefing.figures import Figure, figures, readings
from builder.briefing.lint_case import own_words
from builder.briefing.number_words import IN_ENGLISH, english_number, german_number
from builder.reading.yamls import Text


def point(text: str, quote: str) -> str:
    return f"key_points:\n  - text: |-\n      {text}\n    quote: |-\n      {quote}\n"


def said_of(text: str, quote: str, language: str = "en") -> list[tuple[str, str]]:
    """What is said of a key point that rests on a quotation."""
    site = f"language: {language}\n" if language != "en" else ""
    return told(lint(f"{quote}\n", point(text, quote), site=site))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Half of the income goes abroad.", "It takes 50% of the income."),
        ("It takes 50% of the income.", "It takes half the income."),
        ("It takes fifty per cent of the income.", "It takes 50 percent of the income."),
        ("It takes 50 per cent.", "It takes 50%."),
        ("A third of them came.", "About 33% of them came."),
        ("Two thirds of them came.", "Of them 66.7% came."),
        ("Three-quarters of them came.", "In all 74% of them came."),
        ("It costs US$500 billion.", "It costs $500bn."),
        ("It costs $500 billion.", "It costs $US500 billion ($NZ870 billion)."),
        ("It costs 500 billion dollars.", "It costs US$500bn."),
        ("It costs half a trillion dollars.", "It costs $500 billion."),
        ("It costs 5 million euros.", "It costs €5m."),
        ("It costs 5,000,000 euros.", "It costs 5 million euros."),
        ("About 1,000 people came.", "In all 1000 people came."),
        ("1 000 people came.", "1,000 people came."),
        ("A thousand people came.", "1,000 people came."),
        ("Three hundred and fifty people came.", "In all 350 people came."),
        ("350 people came.", "Three hundred and fifty people came."),
        ("Three people came.", "A few people came."),  # an author's own counting
        ("More than 100 people came.", "In all 112 people came."),
        ("Nearly 120 people came.", "In all 112 people came."),
        ("The 22nd of them is new.", "One of them is new."),
        ("The F-16 and the A400M flew to the G7 in May.", "They flew there."),
        ("They agreed on a 1:1 parity.", "They agreed."),
        ("In the second half of the year they met, for a third time.", "They met."),
        ("It was shut on 22 February 2025.", "It was shut."),  # the article's own day
        ("It was shut in 2025.", "It was shut."),
        ("It was shut between 12 and 14 March.", "It was shut from 12 to 14 March."),
        ("It “costs 5 million”.", "It costs 5 million."),
        ("See [the study](https://bridge.example/2031/500) of the `v77`.", "The study is here."),
    ],
)
def test_a_figure_that_the_quotation_has_is_right_however_it_is_written(text: str, quote: str) -> None:
    assert said_of(text, quote) == []


@pytest.mark.parametrize(
    ("text", "quote", "figure"),
    [
        ("It takes 60% of the income.", "It takes 50% of the income.", "60%"),
        ("Half of the income goes abroad.", "It takes 60% of the income.", "Half"),
        ("It takes 50 of them.", "It takes 50% of them.", "50"),
        ("It takes 50% of them.", "It takes 50 of them.", "50%"),
        ("It costs $500 million.", "It costs $500 billion.", "$500 million"),
        ("It costs 500 billion euros.", "It costs $500 billion.", "500 billion euros"),
        ("It costs five million.", "It costs six million.", "five million"),
        ("Fifteen people came.", "In all 16 people came.", "Fifteen"),
        ("15 people came.", "In all 150 people came.", "15"),
        ("More than 100 people came.", "In all 212 people came.", "100"),
        ("It was shut in 2019.", "It was shut.", "2019"),
        ("It was shut on 12 March.", "It was shut.", "12 March"),
        ("It was shut on 22 February 2024.", "It was shut.", "22 February 2024"),
        ("Two thirds of them came.", "In all 60% of them came.", "Two thirds"),
    ],
)
def test_a_figure_that_no_quotation_has_is_found(text: str, quote: str, figure: str) -> None:
    assert said_of(text, quote) == [("number-not-in-quote", f"“{figure}” is in no quotation of this point")]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Die Hälfte geht ins Ausland.", "Es sind 50 Prozent."),
        ("Zwei Drittel gehen ins Ausland.", "Es sind 66 %."),
        ("Es kostet 412 Millionen Euro.", "Es kostet 412 Mio. Euro."),
        ("Es kostet 1.500 Euro.", "Es kostet 1500 Euro."),
        ("Es kostet sechshundert Millionen.", "Es kostet 600 Millionen."),
        ("Es kostet eine halbe Million.", "Es kostet 500.000 Euro."),
        ("Es kostet 2 Milliarden.", "Es kostet 2 Mrd. Euro."),
        ("Es waren zwölf.", "Es waren einige."),
        ("Die zweite Hälfte des Jahres war kalt.", "Es war kalt."),
        ("Es waren rund 300 Gäste.", "Es waren 312 Gäste."),
    ],
)
def test_german_figures_are_read_as_germans_write_them(text: str, quote: str) -> None:
    assert said_of(text, quote, "de") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Es kostet 2 Billionen.", "Es kostet 2 Milliarden."),
        ("Es kostet sechshundert.", "Es kostet 500."),
        ("Es kostet 1,5 Euro.", "Es kostet 15 Euro."),
    ],
)
def test_a_wrong_german_figure_is_found(text: str, quote: str) -> None:
    assert codes(lint(f"{quote}\n", point(text, quote), site="language: de\n")) == ["number-not-in-quote"]


def test_the_hint_lists_what_the_quotations_have_and_the_place_is_that_of_the_figure() -> None:
    (problem,) = lint("It takes 50% of $3bn a year.\n", point("It takes 60%.", "It takes 50% of $3bn a year."))
    assert problem.hint == "they have 50%, $3bn; mend the figure, or quote the words that give it"
    assert (problem.span.path, problem.span.line, problem.span.column) == ("content/articles/bridge.yaml", 7, 16)


def test_key_points_of_the_briefing_and_its_bottom_line_are_looked_at_too() -> None:
    points = 'key_points:\n  - text: It costs 70 million. [@bridge "costs 60 million"]\n'
    assert codes(lint("It costs 60 million.\n", briefing=points)) == ["number-not-in-quote"]
    bare = "key_points:\n  - text: It costs 70 million.\n"
    assert told(lint("", briefing=bare)) == [
        ("number-not-in-quote", "“70 million” has no source: nothing is quoted or cited here")
    ]


def test_a_citation_of_a_whole_article_has_all_its_figures() -> None:
    points = "key_points:\n  - text: It costs 60 million. [@bridge]\n"
    assert lint("It costs 60 million.\n", briefing=points) == ()


def test_a_year_may_be_that_of_any_event() -> None:
    timeline = "opening: {title: It opens, date: 1932-03, source: {title: Port, url: https://port.example/}}\n"
    summary = point("It has stood since 1932.", "The bridge is shut.")
    assert lint("", summary, timeline=timeline) == ()
    assert codes(lint("", summary)) == ["number-not-in-quote"]


@pytest.mark.parametrize(
    ("number", "can_be"),
    [
        ("1.000", {1.0, 1000.0}),
        ("1,5", {1.5}),
        ("1.234,5", {1234.5}),
        ("1,234.5", {1234.5}),
        ("1’000", {1000.0}),
        ("12", {12.0}),
        ("1,234,567", {1234567.0}),
        ("8.21", {8.21}),
    ],
)
def test_a_separator_groups_thousands_or_begins_decimals(number: str, can_be: set[float]) -> None:
    assert readings(number) == can_be


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty-one", 21),
        ("one hundred", 100),
        ("three hundred and fifty", 350),
        ("two thousand five hundred", 2500),
        ("ninety thousand", 90000),
    ],
)
def test_numbers_in_english_words_are_read(words: str, number: int) -> None:
    found = IN_ENGLISH.fullmatch(words)
    assert found
    assert english_number(found[0]) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("einundzwanzig", 21),
        ("sechshundert", 600),
        ("dreihundertfünfzig", 350),
        ("zweitausendfünfhundert", 2500),
        ("hundertzwanzigtausend", 120000),
        ("tausendundeins", 1001),
        ("gesehen", None),
        ("Hauptein", None),
        ("undzwanzig", None),
    ],
)
def test_numbers_in_german_words_are_read(word: str, number: int | None) -> None:
    assert german_number(word) == number


def test_figures_in_a_source_are_read_generously() -> None:
    """“Half” is 50% in a source wherever it stands, and small numbers in words are figures."""
    found = list(figures("half-empty, three of 20 seats", "en", own=False))
    assert [(figure.values, figure.unit, figure.kind) for figure in found] == [
        (frozenset({20.0}), "", "digits"),
        (frozenset({50.0}), "%", "fraction"),
        (frozenset({3.0}), "", "small"),
    ]


def test_a_figure_without_a_unit_agrees_with_one_of_any_currency() -> None:
    plain = Figure(0, 0, frozenset({5.0}), "", "digits")
    euros = Figure(0, 0, frozenset({5.0}), "€", "digits")
    dollars = Figure(0, 0, frozenset({5.0}), "$", "digits")
    assert plain.agrees(euros)
    assert euros.agrees(plain)
    assert not euros.agrees(dollars)


PIECES = [
    "half ",
    "a third of ",
    "1,0",
    ".5",
    "%",
    "€",
    "$",
    "m ",
    "bn",
    " Mio. ",
    "fünfzig ",
    "Prozent",
    "٢",
    "²",
    "-",
    " ",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.booleans())
def test_any_text_at_all_has_its_figures_in_it(text: str, own: bool) -> None:  # noqa: FBT001  # a parameter of hypothesis
    found = list(figures(text, "de", own=own))
    assert all(0 <= figure.start < figure.end <= len(text) for figure in found)
    assert all(figure.values for figure in found)


MARKUP = [
    "half ",
    "[[a|b]]",
    "[[a]]",
    "[@s",
    ':1 "x',
    '\\" y"',
    "]",
    "“",
    "q",
    "”",
    "`c`",
    "](u)",
    "https://x/",
    " ",
    "\n",
]


@given(st.lists(st.sampled_from(MARKUP)).map("".join))
def test_an_authors_own_words_stay_where_they_are_written(text: str) -> None:
    words = own_words(Text(text))
    assert len(words) == len(text)
    assert all(word in (" ", written) for word, written in zip(words, text, strict=True))
