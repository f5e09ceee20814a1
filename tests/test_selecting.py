"""Words selected in an article, as the YAML that quotes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT
from tiny import tiny

from builder.briefing.selecting import Copied, Picked, quotation_of
from builder.build import build
from builder.model import Article
from builder.outlets.folder import read_site
from builder.problems import Problem
from builder.reading.yamls import Form, Text, read_yaml

HARD_WRAPPED = """The ferry ran every hour in summer, and so
did the "night boat", which nobody had asked
for: it cost 150 crowns.

Nobody asked. Nobody asked for it at all
in the winter, when the ice was on the sound.
"""


def article(text: str, roles: str = "") -> Article:
    built = tiny({"content/articles/ferry.txt": text, "content/articles/ferry.yaml": SUMMARY + roles})
    return next(article for article in built.briefing.articles if article.slug == "ferry")


SUMMARY = "title: The ferry\npublisher: The Daily\npublished: 2025-04-01\nurl: unknown\n"


def pick(article: Article, words: str, line: int = 0) -> Picked:
    block = next(block for block in article.blocks if words in block.text and line in (0, block.line))
    return Picked(block.line, block.text.index(words), words)


def copied(article: Article, *words: str) -> Copied:
    found = quotation_of([pick(article, part) for part in words], article)
    assert isinstance(found, Copied), found
    return found


def test_plain_words_stay_plain_and_bring_their_line() -> None:
    ferry = article(HARD_WRAPPED)
    assert copied(ferry, "The ferry ran every hour").yaml == "quote: The ferry ran every hour\nline: 1\n"


def test_the_line_is_the_raw_one_on_which_the_words_begin() -> None:
    """Also in the middle of a paragraph that was broken by hand."""
    assert (
        copied(article(HARD_WRAPPED), "which nobody had asked for").yaml
        == "quote: which nobody had asked for\nline: 2\n"
    )


def test_words_with_quotation_marks_are_written_as_a_block() -> None:
    """Nobody wants to read backslashes."""
    assert copied(article(HARD_WRAPPED), 'the "night boat"').yaml == 'quote: |-\n  the "night boat"\nline: 2\n'


def test_what_yaml_would_misread_is_in_quotation_marks() -> None:
    assert copied(article(HARD_WRAPPED), "for: it cost").yaml == 'quote: "for: it cost"\nline: 3\n'


def test_words_cut_in_two_are_made_whole() -> None:
    """A hand that slips selects “erry ran ev”, and means “ferry ran every”."""
    assert copied(article(HARD_WRAPPED), "erry ran ev").yaml == "quote: ferry ran every\nline: 1\n"
    assert copied(article(HARD_WRAPPED), " cost 50".replace("50", "15")).yaml == "quote: cost 150\nline: 3\n"


def test_of_words_that_stand_there_twice_the_line_says_which() -> None:
    text = "Ask him first.\n\nThen they said: Ask him first. So they did.\n"
    found = quotation_of([pick(article(text), "Ask him first.", line=3)], article(text))
    assert isinstance(found, Copied)
    assert (found.line, found.citation) == (3, '[@ferry:3 "Ask him first."]')


def test_a_selection_across_paragraphs_becomes_segments() -> None:
    ferry = article("It began in May.\n\nIt ended in June: badly.\n")
    found = copied(ferry, "in May.", "It ended in June: badly.")
    assert found.yaml == 'quote:\n  - in May.\n  - "It ended in June: badly."\nline: 1\n'


def test_a_mark_that_a_hand_took_along_is_no_segment() -> None:
    ferry = article("It began in May.\n\n“We know,” she said.\n")
    assert copied(ferry, "in May.", "“").yaml == "quote: in May.\nline: 1\n"


def test_a_selection_across_too_many_paragraphs_says_so() -> None:
    ferry = article("".join(f"This is paragraph {word}.\n\n" for word in ("one", "two", "three", "four")))
    found = quotation_of([Picked(block.line, 0, block.text) for block in ferry.blocks], ferry)
    assert isinstance(found, Problem)
    assert "within three paragraphs" in found.hint


def test_a_teaser_cannot_be_copied() -> None:
    ferry = article("The ferry is late.\n\nWEATHER: rain is expected\n", "roles: {teaser: [3]}\n")
    found = quotation_of([pick(ferry, "rain is expected")], ferry)
    assert isinstance(found, Problem)
    assert found.message == "line 3 of ferry.txt is a teaser, not the article's own text"


@pytest.mark.parametrize("words", ["", " ", "…", "“”"])
def test_a_selection_without_words_is_none(words: str) -> None:
    assert isinstance(quotation_of([Picked(1, 0, words)], article(HARD_WRAPPED)), Problem)


def test_words_of_a_page_that_is_older_than_the_text_are_not_found() -> None:
    found = quotation_of([Picked(1, 0, "The tram ran every hour")], article(HARD_WRAPPED))
    assert isinstance(found, Problem)
    assert (found.code, found.message) == ("quote-not-found", "this quotation is not in ferry.txt")


def test_a_citation_has_the_words_of_all_segments() -> None:
    ferry = article("It began late in May.\n\nIt ended early in June.\n")
    found = copied(ferry, "began late in May.", "It ended early in")
    assert found.citation == '[@ferry:1 "began late in May. […] It ended early in"]'


SAMPLE = build(read_site(ROOT)[0]).briefing.articles


@given(data=st.data())
def test_whatever_is_selected_is_found_where_it_was_selected(data: st.DataObject) -> None:
    """Any stretch of any paragraph of the sample: what is copied reads as YAML, and names this very place."""
    source = data.draw(st.sampled_from(SAMPLE))
    block = data.draw(st.sampled_from([block for block in source.blocks if block.citable]))
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))
    found = quotation_of([Picked(block.line, start, block.text[start:end])], source)
    if not any(map(str.isalnum, block.text[start:end])):
        return
    assert isinstance(found, Copied)
    value = read_yaml(found.yaml, "x").value
    assert isinstance(value, Form)
    quote, line = value.values()
    assert isinstance(quote, Text)
    assert " ".join(block.text[start:end].split()) in quote
    assert line == str(found.line)
