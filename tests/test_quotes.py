"""A quotation is found where it stands, exactly or with its typography folded, and never where it does not."""

import re
from time import process_time
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from builder.briefing.citing import Citer, Page
from builder.briefing.folding import folded
from builder.briefing.misses import closest_passage
from builder.briefing.quotes import Source, find, passage_at, words
from builder.model import Block, Passage, Role
from builder.problems import Problem, Span
from builder.reading.scripts import inside_word
from builder.reading.yamls import Text

ENGLISH = (
    "the talks went on and Kyiv’s minister didn’t sign don't “never” US$500 $US500 1.5 2,000 150 50 50% 1:1 – — - …"
)
ACCENTED = "cafe\u0301 café naïve Ве́на й и\u0306 か\u3099 が 10\u00a0000"
OTHERS = "漢字 かな がき 한국 ไทย हिन्दी שלום مرحبا 😀 👩\u200d👩\u200d👧"
WORDS = [*ENGLISH.split(" "), *ACCENTED.split(" "), *OTHERS.split(" ")]
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
ARTICLE = st.lists(PARAGRAPH, min_size=1, max_size=6)


def source(*paragraphs: str, roles: tuple[Role, ...] = ()) -> Source:
    """An article of one paragraph a line; its roles, else body."""
    role_of = dict(enumerate(roles, 1))
    blocks = [Block(text, line, role_of.get(line, "body")) for line, text in enumerate(paragraphs, 1)]
    return Source("talks", "content/articles/talks.txt", blocks, len(blocks))


def cite(*segments: str, line: int = 0, to: Source) -> tuple[Passage | None, list[Problem]]:
    citer = Citer({to.slug: to})
    quote = [Text(segment, Span("content/briefing.yaml", 7 + number)) for number, segment in enumerate(segments)]
    return citer.passage(quote, line, to, Page("briefing")), citer.problems


def texts(quote: str | list[str], to: Source) -> list[str]:
    """The source's words at each place of a quotation."""
    found = find([quote] if isinstance(quote, str) else quote, to)
    return [passage_at(row, to, exact=found.exact).text for row in found.places]


# --- what is there is found, and nothing else ------------------------------------------------------------------------


@given(ARTICLE, st.data())
def test_every_stretch_between_word_boundaries_is_found_exactly_at_its_place(
    article: list[str], data: st.DataObject
) -> None:
    text = source(*article)
    start, end = stretch_of(text.text, data)
    found = find([text.text[start:end]], text)
    assert found.exact
    assert ((start, end),) in found.places
    passage = passage_at(((start, end),), text, exact=True)
    assert passage.text == text.text[start:end].replace("\n", " ")
    assert "\n".join(text.blocks[p.block].text[p.start : p.end] for p in passage.parts) == text.text[start:end]


@given(ARTICLE, st.data())
def test_with_other_typography_it_is_found_too_and_the_sources_own_characters_are_kept(
    article: list[str], data: st.DataObject
) -> None:
    text = source(*article)
    start, end = stretch_of(text.text, data)
    quote = text.text[start:end]
    form: Literal["NFC", "NFD"] = data.draw(st.sampled_from(["NFC", "NFD"]))
    retyped = normalize(form, quote.translate(str.maketrans("’'“”–—- \n", '\'’""---\u00a0 ')).replace(" ", "  "))
    assume(retyped != quote)
    found = find([retyped], text)
    assert found.exact or ((start, end),) in found.places  # exact: it stands elsewhere as it was retyped
    shown = [passage_at(row, text, exact=found.exact).text for row in found.places]
    assert found.exact or quote.replace("\n", " ") in shown


@given(ARTICLE, st.data())
@example(["50 went on"], None)
def test_with_one_letter_or_digit_changed_it_is_nowhere(article: list[str], data: st.DataObject | None) -> None:
    text = source(*article)
    start, end = stretch_of(text.text, data) if data else (0, len(text.text))
    quote = text.text[start:end]
    alphanumeric = [offset for offset, character in enumerate(quote) if character.isalnum()]
    assume(alphanumeric)
    offset = data.draw(st.sampled_from(alphanumeric)) if data else 0
    put = data.draw(st.sampled_from("aeitn05Жé漢")) if data else "1"
    changed = quote[:offset] + put + quote[offset + 1 :]
    assume(folded(changed) not in folded(text.text))
    assert not find([changed], text).places


def stretch_of(text: str, data: st.DataObject) -> tuple[int, int]:
    """Some stretch that begins and ends with a word."""
    ends = [offset for offset in range(len(text) + 1) if not inside_word(text, offset)]
    first, last = sorted(data.draw(st.tuples(st.sampled_from(ends), st.sampled_from(ends))))
    stretch = text[first:last]
    assume(stretch.strip())
    first += len(stretch) - len(stretch.lstrip())
    last -= len(stretch) - len(stretch.rstrip())
    # The trimmed space may have held a number or an accent apart from what is left.
    assume(not inside_word(text, first) and not inside_word(text, last))
    return first, last


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("50 billion", "150 billion"),
        ("50 billion", "1.50 billion"),
        ("2", "2,000 men"),
        ("000 men", "2,000 men"),
        ("000 Franken", "2’000 Franken"),
        ("000 hommes", "2\u00a0000 hommes"),
        ("000 hommes", "2\u202f000 hommes"),
        ("000  hommes", "2\u00a0000 hommes"),
        ("500 billion", "$US500 billion"),
        ("president", "presidents"),
        ("we can", "we can’t"),
        ("we can", "we can't"),
        ("they do", "they do\u00adn’t"),
        ("fassung", "Ver\u00adfassung"),
        ("cafe", "cafe\u0301"),
        ("cafe", "café"),
        ("a\u0301", "ca\u0301"),
        ("राम", "रामा"),
        ("กา", "ก\u0e34า"),
        ("ก", "ก\u0e34"),
        ("Talks went on", "talks went on"),
        ("talks, went", "talks went"),
        ("talks went on.", "talks went on"),
        ("a … man", "a good man"),
        ("", "talks"),
        (" \u00a0", "a b"),
        ("“”", "talks"),
        ("…", "talks went on"),
        ("[…]", "talks went on"),
    ],
)
def test_it_is_not_found_within_a_word_or_number_or_under_another_accent(quote: str, text: str) -> None:
    assert find([quote], source(text)).places == ()


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("the president", "the president’s envoy"),
        ("accord", "l’accord est mort"),
        ("Brien", "O’Brien"),
        ("2022", "2022-2025"),
        ("50", "50%"),
        ("$500 billion", "US$500 billion"),
        ("US500", "$US500 billion"),
        ("in 2022", "in 2022."),
        ("Washington", "Washington-based"),
        ("漢", "漢字"),
        ("กา", "มากา"),
        ("can’t", "we can’t go"),
        ("Ukraine", "❤️Ukraine"),
        ("…", "He waited …"),
        ("1:1 parity", "at 1:1 parity"),
        ("five", "5–five"),
    ],
)
def test_it_is_found_at_the_edges_of_words(quote: str, text: str) -> None:
    assert texts(quote, source(text)) == [quote]


def test_outer_white_space_does_not_count_as_typography() -> None:
    assert find(["  went on \n"], source("talks went on")).exact


def test_exact_places_come_first_and_only_if_there_are_none_those_with_other_marks() -> None:
    text = source('He said "no".', "He said “no”.")
    assert [row[0][0] for row in find(['"no"'], text).places] == [8]
    assert len(find(["„no‟"], text).places) == 2


# --- what lies between paragraphs ------------------------------------------------------------------------------------


def test_a_quotation_may_cross_from_one_paragraph_into_the_next() -> None:
    text = source("The talks went on.", "Nobody signed.")
    passage, problems = cite("went on. Nobody", to=text)
    assert problems == []
    assert passage is not None
    assert passage.text == "went on. Nobody"
    assert [(part.block, part.start, part.end) for part in passage.parts] == [(0, 10, 18), (1, 0, 6)]


def test_two_segments_between_which_nothing_stands_show_no_omission() -> None:
    assert texts(["went on.", "Nobody"], source("The talks went on.", "Nobody signed.")) == ["went on. Nobody"]


def test_segments_stand_in_order_within_three_paragraphs() -> None:
    text = source("one", "two", "three", "four")
    assert texts(["one", "three"], text) == ["one […] three"]
    assert texts(["one", "four"], text) == []
    assert texts(["three", "one"], text) == []


def test_headings_and_teasers_between_are_no_paragraphs() -> None:
    text = source("one", "A heading", "A teaser", "two", "three", roles=("body", "heading", "teaser"))
    assert texts(["one", "three"], text) == ["one […] three"]


def test_a_segment_is_sought_after_the_one_before_it_and_not_in_a_teaser() -> None:
    text = source("no yes", "yes", "yes, he said", roles=("body", "teaser"))
    assert find(["no", "yes, he"], text).places == (((0, 2), (11, 18)),)
    assert find(["no yes", "yes"], text).places == (((0, 6), (11, 14)),)


# --- omissions -------------------------------------------------------------------------------------------------------


def test_an_ellipsis_of_the_source_is_text_first() -> None:
    text = source("Losing Starlink … would be a blow. Losing Starlink … would, he said, be a blow.")
    assert texts("Starlink … would be", text) == ["Starlink … would be"]


@pytest.mark.parametrize("mark", ["…", "[...]", "[…]"])
def test_an_omission_stands_between_parts_of_three_words(mark: str) -> None:
    text = source("He told the ministers on Friday not to sign the first draft.")
    shown = "He told the ministers […] not to sign"
    assert texts(f"He told the ministers {mark} not to sign", text) == [shown]
    assert texts(f"He told the ministers{mark}not to sign", text) == [shown]
    assert texts(f"He told the {mark} to sign", text) == []
    assert texts(f"not to sign {mark} He told the ministers", text) == []


def test_an_ellipsis_of_the_source_and_an_omission_may_stand_in_one_quotation() -> None:
    text = source("Losing Starlink … would be a blow, the man in Kyiv said on Friday.")
    assert texts("Starlink … would be […] the man in Kyiv", text) == ["Starlink … would be […] the man in Kyiv"]


def test_a_mark_at_the_beginning_or_end_leaves_out_nothing() -> None:
    text = source("He told the ministers on Friday not to sign.")
    assert texts("… not to sign", text) == ["not to sign"]
    assert texts("Friday …", text) == ["Friday"]


def test_a_short_segment_beside_one_with_an_omission_is_allowed() -> None:
    text = source("“No,” he told the ministers on Friday, when they asked him.")
    assert texts(["No", "he told the […] when they asked"], text) == ["No […] he told the […] when they asked"]


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert words("don’t sign – ever") == 3
    assert words("U.S. troops") == 2
    assert words("漢字 ok") == 3


# --- which one, and why not ------------------------------------------------------------------------------------------


def test_a_quotation_that_stands_twice_needs_its_line() -> None:
    text = source("He said no.", "He said no.", "no, no")
    passage, problems = cite("He said", to=text)
    assert passage is None
    assert problem_text(problems) == (
        "quote-ambiguous 7: this quotation is in talks.txt 2 times, on lines 1 and 2 / "
        "say which: add “line: 1”, or quote a few words more"
    )
    passage, _ = cite("He said", line=2, to=text)
    assert passage is not None
    assert passage.line == 2
    _, problems = cite("He said", line=3, to=text)
    assert "it is on line 1 and 2" in problem_text(problems)
    _, problems = cite("no, no", line=1, to=text)
    assert "it is on line 3" in problem_text(problems)


def test_many_places_are_not_all_listed() -> None:
    _, problems = cite("no", to=source(*["no"] * 5000))
    assert "5000 times, on lines 1, 2, 3, 4, 5, 6, 7, 8 and 4992 more" in problem_text(problems)


def test_its_line_is_the_raw_line_or_that_on_which_its_paragraph_begins() -> None:
    wrapped = Block("He said no and she said no", 4, turns=((7, 5), (12, 6)))
    text = Source("talks", "content/articles/talks.txt", [wrapped], 6)
    for line, start in ((5, 8), (6, 24), (4, 8)):
        passage, problems = cite("no", line=line, to=text)
        assert problems == []
        assert passage is not None
        assert (passage.start, passage.line) == (start, 4)


def test_a_teaser_is_no_source_though_it_has_the_words() -> None:
    text = source("The talks went on.", "Fire in a zoo.", roles=("body", "teaser"))
    _, problems = cite("Fire in a zoo", to=text)
    assert problem_text(problems).startswith(
        "quote-from-teaser 7: line 2 of talks.txt is a teaser, not the article's own text / "
    )
    _, problems = cite("went on. Fire in", to=text)
    assert problem_text(problems).startswith("quote-from-teaser 7: line 2 of talks.txt is a teaser")


def test_a_teaser_with_the_exact_words_does_not_hide_the_text_that_has_them_in_other_marks() -> None:
    text = source('A "great" day', "A “great” day", roles=("teaser",))
    passage, problems = cite('"great" day', to=text)
    assert problems == []
    assert passage is not None
    assert (passage.line, passage.exact) == (2, False)


def test_each_segment_that_is_missing_is_reported_where_it_was_written() -> None:
    _, problems = cite("The talks", "wend on", "in Kiev", to=source("The talks went on in Kyiv."))
    assert [problem.span.line for problem in problems] == [8, 9]
    assert "line 1 has went on" in problem_text(problems[:1])


def test_segments_in_the_wrong_order_are_said_to_be_so() -> None:
    _, problems = cite("Kyiv", "talks", to=source("The talks went on in Kyiv."))
    assert problem_text(problems) == (
        "quote-not-found 7: this quotation is not in talks.txt / "
        "its parts are there, but not in this order within three paragraphs"
    )


def problem_text(problems: list[Problem]) -> str:
    return "; ".join(f"{found.code} {found.span.line}: {found.message} / {found.hint}" for found in problems)


# --- the closest passage ---------------------------------------------------------------------------------------------


def test_a_word_with_a_slip_in_it_is_shown_beside_the_one_that_was_meant() -> None:
    assert closest_passage("dictatxr", source("He called him a dictator.")) == (
        "you wrote  dictatxr\n           ^^^^^^^^\nline 1 has dictator\n           ^^^^^^^^"
    )


def test_of_a_long_quotation_the_part_is_shown_in_which_it_leaves_the_source() -> None:
    text = " ".join(f"word{number}" for number in range(3000))
    shown = closest_passage(text.replace("word2000 ", ""), source(text)).splitlines()
    assert [line for line in shown if "word2000 " in line and line.startswith("line 1 has")]
    assert "word1999 word2001" in shown[0]


def test_nothing_close_is_said_to_be_so() -> None:
    assert "comes close" in closest_passage("Ωμέγα ήταν εδώ", source("The talks went on."))


# --- in time that grows with the text --------------------------------------------------------------------------------


def seconds(quote: list[str], text: Source) -> float:
    begun = process_time()
    find(quote, text)
    return process_time() - begun


@pytest.mark.parametrize("quote", [["a"], ["a", "a"], ["a", "nowhere"], ["a a a … a a a"], ["a", "b", "a"]])
def test_a_text_of_one_letter_is_searched_in_seconds(quote: list[str]) -> None:
    """A search that compared every place with every other would take hours."""
    assert seconds(quote, source("a " * 250_000)) < 15


def test_a_megabyte_is_searched_in_seconds() -> None:
    assert seconds(["a"], source("a " * 500_000)) < 15


def test_white_space_and_marks_without_end_do_not_make_it_slow() -> None:
    assert seconds([" " * 100_000 + "x" + " " * 100_000 + "…" * 10_000], source("x y z")) < 5


def test_the_closest_passage_of_a_long_article_is_there_in_half_a_second() -> None:
    words_of_article = re.findall(r"\w+", " ".join(f"{number * 7919 % 4001:x} and the" for number in range(7000)))
    article = [" ".join(words_of_article[start : start + 90]) for start in range(0, 20_000, 90)]
    text = source(*article)
    for quote in (" ".join(words_of_article[9000:9040]) + " never", " ".join(words_of_article) + " never", "dictatxr"):
        begun = process_time()
        closest_passage(quote, text)
        assert process_time() - begun < 0.5
