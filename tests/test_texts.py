"""Prose and citation marks, as a reader's browser gets them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from parts import HOME, MARKS, Page, article, cite, paragraph, passage

from builder.model import (
    Local,
    Markup,
    Piece,
    Prose,
    Ref,
    Stated,
    When,
    Words,
)
from builder.site.texts import Place, SourceMark, inline_prose, passage_mark, prose, source_marks


def shown(*pieces: Piece, on: Place = HOME) -> str:
    return Page(inline_prose(paragraph(*pieces), on)).text


# --- citation marks ----------------------------------------------------------------------------------------------


def test_a_mark_stands_after_the_word_and_never_alone_on_the_next_line() -> None:
    assert shown(Words("It restored hope. "), cite()) == "It restored hope.\N{NO-BREAK SPACE}Bloomberg ¶11"


def test_a_mark_leads_to_its_passage_by_a_relative_link() -> None:
    page = Page(prose(paragraph(Words("So."), cite()), Place("events/talks.html", MARKS)))
    assert page.links == [("../articles/envoy.html#q-1", "Bloomberg ¶11")]


def test_lines_of_one_source_and_several_sources_make_one_group() -> None:
    pieces = (Words("So. "), cite(), Words(" "), cite(line=13, name="q-2"), Words("\n"), cite("munich", 30, "q-3"))
    assert (
        shown(*pieces, Words(" But then"))
        == "So.\N{NO-BREAK SPACE}Bloomberg ¶11, ¶13 · Taipei Times 16 Feb ¶30 But then"
    )
    assert str(prose(paragraph(*pieces), HOME)).count('class="marks"') == 1


def test_a_second_line_is_announced_with_its_source_and_its_visible_text() -> None:
    html = str(prose(paragraph(Words("So. "), cite(), cite(line=13, name="q-2")), HOME))
    assert 'aria-label="Bloomberg ¶13"' in html


def test_a_line_is_marked_once_however_often_it_is_cited() -> None:
    assert shown(Words("So."), cite(), cite(name="q-2")) == "So.\N{NO-BREAK SPACE}Bloomberg ¶11"


def test_a_mark_stands_after_the_full_stop_that_follows_it() -> None:
    text = shown(Words("The other text has “On Friday,” "), cite(), Words(". Then."))
    assert text == "The other text has “On Friday,”.\N{NO-BREAK SPACE}Bloomberg ¶11 Then."


def test_on_its_own_article_a_mark_is_the_line_alone() -> None:
    assert shown(Words("So."), cite(), on=Place("articles/envoy.html", MARKS, "envoy")) == "So.\N{NO-BREAK SPACE}¶11"


def test_a_citation_without_a_passage_leads_to_the_article() -> None:
    page = Page(prose(paragraph(Words("All of it."), cite(line=None)), HOME))
    assert page.links == [("articles/envoy.html", "Bloomberg")]


def test_an_inferred_publisher_is_dotted_in_marks_too() -> None:
    assert '<span class="mark-source inferred">Taipei Times 16 Feb</span>' in prose(paragraph(cite("munich")), HOME)
    assert '<span class="mark-source">Bloomberg</span>' in prose(paragraph(cite()), HOME)


def test_a_mark_that_begins_a_paragraph_is_tied_to_nothing() -> None:
    assert shown(cite(), Words(" says so.")) == "Bloomberg ¶11 says so."


def test_a_citation_within_a_link_is_marked_after_the_link() -> None:
    page = Page(
        prose(
            paragraph(Markup('<a href="x.html">'), Words("so "), cite(), Words("on"), Markup("</a>"), Words(".")), HOME
        )
    )
    assert page.text.strip() == "so on.\N{NO-BREAK SPACE}Bloomberg ¶11"


def test_marks_of_a_text_that_may_not_be_printed_lead_to_the_number_of_the_line() -> None:
    page = Page(passage_mark([passage()], Place("index.html", {"envoy": SourceMark("Bloomberg", printed=False)})))
    assert page.links == [("articles/envoy.html#p11", "Bloomberg ¶11")]


def test_passages_are_marked_like_citations_and_none_give_nothing() -> None:
    assert Page(passage_mark([passage(), passage(line=13, name="q-2")], HOME)).text == "Bloomberg ¶11, ¶13"
    assert passage_mark([], HOME) == ""


def test_a_key_points_own_quote_joins_the_marks_at_its_end_once() -> None:
    text = paragraph(Words("So. "), cite())
    assert Page(inline_prose(text, HOME, also=[passage("munich", 5, "q-9")])).text.endswith(
        "Bloomberg ¶11 · Taipei Times 16 Feb ¶5"
    )
    assert inline_prose(text, HOME, also=[passage()]) == inline_prose(text, HOME)


# --- prose ---------------------------------------------------------------------------------------------------------


def test_words_are_escaped_and_names_are_links() -> None:
    html = prose(paragraph(Words("<b>&"), Ref("entity", "kyiv", "Kyiv <city>"), Ref("event", "talks", "talks")), HOME)
    assert html == (
        '<p>&lt;b&gt;&amp;<a class="name" href="entities/kyiv.html">Kyiv &lt;city&gt;</a>'
        '<a class="name" href="events/talks.html">talks</a></p>\n'
    )


def test_no_page_links_to_itself_and_no_link_holds_another() -> None:
    assert prose(paragraph(Ref("entity", "kyiv", "Kyiv")), Place("entities/kyiv.html", MARKS)) == "<p>Kyiv</p>\n"
    Page(prose(paragraph(Markup("<a href='x'>"), Ref("entity", "kyiv", "Kyiv"), Markup("</a>")), HOME))


def test_an_address_inside_the_site_is_relative_to_the_page() -> None:
    text = paragraph(Local('<img src="', "files/chart.png", '" alt="">'))
    assert '<img src="../files/chart.png" alt="">' in prose(text, Place("events/talks.html", MARKS))


def test_one_paragraph_can_stand_in_a_heading_and_two_cannot() -> None:
    assert inline_prose(paragraph(Words("So.")), HOME) == "So."
    two = Prose(paragraph(Words("a")).pieces + paragraph(Words("b")).pieces)
    assert inline_prose(two, HOME) == "<p>a</p>\n<p>b</p>"
    assert inline_prose(Prose(), HOME) == ""


WORDS = st.text(alphabet="ab <>&\"'. ,\n“”", max_size=8).map(Words)
PIECES = st.lists(
    st.one_of(
        WORDS,
        st.builds(cite, st.sampled_from(["envoy", "munich"]), st.sampled_from([None, 1, 2]), st.just("q-1")),
        st.just(Ref("entity", "kyiv", "Kyiv <&")),
    ),
    max_size=8,
)


@given(PIECES)
def test_any_prose_is_valid_html_and_loses_no_letter(pieces: list[Piece]) -> None:
    page = Page(prose(paragraph(*pieces), Place("index.html", {s: SourceMark("§") for s in MARKS})))
    kept = "".join(p.text if isinstance(p, Words) else p.label if isinstance(p, Ref) else "" for p in pieces)
    own = page.text.replace("·", "").replace("§", "").replace("¶1, ¶2", "").replace("¶2, ¶1", "")
    letters = Counter(c for c in own.replace("¶1", "").replace("¶2", "") if not c.isspace())
    assert letters == Counter(c for c in kept if not c.isspace())


# --- how sources are named -----------------------------------------------------------------------------------------


def day(text: str) -> When:
    year, month, number = (int(part) for part in text.split("-"))
    return When(text, (year, month, number), (year, month, number), "day")


def test_a_source_is_named_by_its_publisher_else_its_agency_else_as_unnamed() -> None:
    articles = [
        article(slug="a", publisher=Stated("Taipei Times", "kickers in its manner")),
        article(slug="b", publisher=Stated(), agencies=(Stated(), Stated("Reuters"))),
        article(slug="c", publisher=Stated()),
    ]
    marks = source_marks(articles, "en")
    assert [marks[slug].label for slug in "abc"] == ["Taipei Times", "Reuters", "Unnamed site"]
    assert [marks[slug].inferred for slug in "abc"] == [True, False, False]


def test_only_articles_of_one_name_are_told_apart_by_date_and_then_by_title() -> None:
    marks = source_marks(
        [
            article(slug="a", published=day("2025-02-16")),
            article(slug="b", published=day("2025-02-22"), title="One two three four"),
            article(slug="c", published=day("2025-02-22"), title="One two three five"),
            article(slug="d", published=day("2025-02-22"), title="Another"),
            article(slug="e", publisher=Stated("RNZ"), published=day("2025-02-22")),
        ],
        "en",
    )
    assert [marks[slug].label for slug in "abcde"] == [
        "Bloomberg 16 Feb",
        "Bloomberg 22 Feb, One two three four",
        "Bloomberg 22 Feb, One two three five",
        "Bloomberg 22 Feb, Another",
        "RNZ",
    ]


def test_a_year_stands_only_where_the_years_differ() -> None:
    marks = source_marks(
        [article(slug="a", published=day("2024-02-16")), article(slug="b", published=day("2025-02-16"))], "en"
    )
    assert [marks[slug].label for slug in "ab"] == ["Bloomberg 16 Feb 2024", "Bloomberg 16 Feb 2025"]


@given(st.lists(st.sampled_from(["", "x", "x y z w", "x y z v", "Bloomberg"]), min_size=1, max_size=6))
def test_no_two_sources_ever_have_one_label(titles: list[str]) -> None:
    marks = source_marks([article(slug=f"s{n}", title=title) for n, title in enumerate(titles)], "en")
    assert len({mark.label for mark in marks.values()}) == len(titles)
