"""A source's text on its own page: passages, names and markup, however they cross."""

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from parts import MARKS, Page, article, passage, use

from builder.model import (
    Block,
    Inline,
    Mention,
    Part,
    Rights,
    Use,
)
from builder.site.elements import Element, crossing, nesting, written
from builder.site.reprint import Row, linked_names, linked_text, reprint
from builder.site.texts import Place


def rows(
    *blocks: Block, uses: Iterable[Use] = (), mentions: Iterable[Mention] = (), rights: Rights = "full"
) -> tuple[Row, ...]:
    return reprint(article(blocks, mentions, rights=rights), uses, Place("articles/envoy.html", MARKS, "envoy"))


TEXT = "Zelenskiy said <his> meeting with Kellogg & others on Thursday."


def test_a_paragraph_has_the_id_of_its_line_and_its_own_characters() -> None:
    (row,) = rows(Block(TEXT, 11))
    assert row.html == '<p id="p11">Zelenskiy said &lt;his&gt; meeting with Kellogg &amp; others on Thursday.</p>'
    assert (row.line, row.role, row.passages) == (11, "body", ())


def test_a_remark_kept_wins_over_a_citation_of_the_same_words() -> None:
    found = passage(parts=[Part(0, 0, 9)])
    (row,) = rows(Block(TEXT, 11), uses=[use(found), use(found, "quoted")])
    assert '<mark class="quoted" id="q-1">Zelenskiy</mark> said' in row.html
    assert row.passages == ("q-1",)


def test_a_passage_inside_another_has_its_own_id_and_both_stay_whole() -> None:
    outer, inner = passage(name="q-1", parts=[Part(0, 0, 20)]), passage(name="q-2", parts=[Part(0, 10, 14)])
    (row,) = rows(Block(TEXT, 11), uses=[use(outer), use(inner, "quoted")])
    assert (
        '<mark class="cited" id="q-1">Zelenskiy <mark class="quoted" id="q-2">said</mark> &lt;his&gt;</mark> meeting'
        in row.html
    )


def test_a_passage_that_crosses_emphasis_and_a_name_keeps_both() -> None:
    block = Block("a b c d e f", 1, inlines=(Inline(2, 7, "<em>", "</em>"),))
    found = passage(parts=[Part(0, 4, 11)])
    (row,) = rows(block, uses=[use(found)], mentions=[Mention("kyiv", 0, 2, 5, "b c")])
    name = '<a class="name" href="../entities/kyiv.html">'
    assert row.html == (
        f'<p id="p1">a <em>{name}b </a></em><mark class="cited" id="q-1"><em>{name}c</a> d</em> e f</mark></p>'
    )


def test_a_name_is_linked_once_a_block_and_never_inside_a_link_or_code() -> None:
    block = Block("Kyiv Kyiv Kyiv", 1, inlines=(Inline(0, 4, '<a href="x">', "</a>"),))
    (row,) = rows(block, mentions=[Mention("kyiv", 0, start, start + 4, "Kyiv") for start in (0, 5, 10)])
    name = '<a class="name" href="../entities/kyiv.html">Kyiv</a>'
    assert row.html == f'<p id="p1"><a href="x">Kyiv</a> {name} Kyiv</p>'


def test_a_passage_of_two_paragraphs_is_marked_in_both_with_one_id() -> None:
    found = passage(parts=[Part(0, 2, 5), Part(1, 0, 3)])
    first, second = rows(Block("a bcd", 1), Block("efg h", 2), uses=[use(found)])
    assert 'a <mark class="cited" id="q-1">bcd</mark>' in first.html
    assert '<mark class="cited">efg</mark> h' in second.html
    assert second.passages == ()


def test_blocks_of_one_list_are_one_row_and_a_line_has_one_id() -> None:
    blocks = [
        Block("one", 3, before="<ul><li>", after="</li>"),
        Block("two", 3, before="<li>", after="</li></ul>", starts_row=False),
        Block("after", 5),
    ]
    first, second = rows(*blocks)
    assert first.html == '<ul><li><p id="p3">one</p></li><li><p>two</p></li></ul>'
    assert (first.line, second.line) == (3, 5)


def test_headings_of_a_source_go_below_those_of_the_page_without_a_gap() -> None:
    blocks = [
        Block("Title", 1, role="title", tag="h1"),
        Block("A", 2, role="heading", tag="h4"),
        Block("B", 3, role="heading", tag="h2"),
        Block("C", 4, role="heading", tag="h4"),
        Block("D", 5, role="heading"),
    ]
    tags = [str(row.html)[1:3] for row in rows(*blocks)]
    assert tags == ["p ", "h3", "h3", "h4", "h3"]


def test_a_line_feed_at_the_start_of_code_survives_the_browser() -> None:
    (row,) = rows(Block("\n a", 1, tag="pre"))
    assert row.html == '<pre id="p1">\n\n a</pre>'


def test_glued_text_keeps_its_role_for_the_page_to_fold_away() -> None:
    assert [row.role for row in rows(Block("text", 1), Block("Another story", 2, role="teaser"))] == ["body", "teaser"]


def test_a_source_of_which_only_passages_may_be_printed_shows_nothing_around_them() -> None:
    uses = [use(passage(name="q-1", parts=[Part(0, 0, 9)])), use(passage(name="q-2", parts=[Part(0, 34, 41)]))]
    (row,) = rows(Block(TEXT, 11), Block("SECRET", 12), uses=uses, rights="passages")
    assert row.html == (
        '<p id="p11"><mark class="cited" id="q-1">Zelenskiy</mark> […] <mark class="cited" id="q-2">Kellogg</mark></p>'
    )


def test_a_source_of_which_nothing_may_be_printed_has_no_rows() -> None:
    assert rows(Block("SECRET", 12), uses=[use(passage(parts=[Part(0, 0, 3)]))], rights="none") == ()


def test_text_of_other_articles_passages_is_not_touched() -> None:
    (row,) = rows(Block(TEXT, 11), uses=[use(passage("munich", parts=[Part(0, 0, 9)]))])
    assert "<mark" not in row.html


@given(
    st.text(alphabet="ab<>&\"' ", min_size=9, max_size=12), st.lists(st.tuples(*[st.integers(0, 9)] * 2), max_size=5)
)
def test_a_block_of_words_and_names_is_written_the_short_way_as_the_long_way_would(
    text: str, stretches: list[tuple[int, int]]
) -> None:
    mentions = [Mention(f"n{start % 3}", 0, start, end, "") for start, end in stretches]
    names = linked_names(Block(text, 1), mentions, "<a id={}>".format)
    assert linked_text(text, mentions, "<a id={}>".format) == written(text, names, 0, len(text))


ELEMENTS = st.builds(
    lambda start, length, rank, name: Element(start, start + length, rank, f"<{name} id>", f"<{name}>", f"</{name}>"),
    *(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2), st.sampled_from(["a", "em", "mark"])),
)


@given(st.lists(ELEMENTS, max_size=5), st.integers(0, 4), st.integers(8, 12))
@example([Element(0, 9, 2, "<a>", "<a>", "</a>"), Element(0, 9, 0, "<b>", "<b>", "</b>")], 0, 12)
def test_elements_that_do_not_cross_are_written_the_short_way_as_the_long_way_would(
    elements: list[Element], start: int, end: int
) -> None:
    listed = sorted(elements, key=lambda e: (e.start, -e.end, e.rank))
    short = nesting("ab<cd&ef>gh i", listed, start, end)
    assert short in (None, crossing("ab<cd&ef>gh i", elements, start, end))
    apart = all(a.end <= b.start for a, b in pairwise(listed))
    if apart and all(start <= e.start < e.end <= end for e in listed):
        assert short is not None


LENGTH = 24
RANGES = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).filter(lambda r: r[0] < r[1])


def nested(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the ranges that nest or are apart, as the markup of one block does."""
    kept: list[tuple[int, int]] = []
    for start, end in ranges:
        if all(end <= s or e <= start or (s <= start and end <= e) or (start <= s and e <= end) for s, e in kept):
            kept.append((start, end))
    return kept


@given(
    st.text(alphabet="ab<>&\"' ", min_size=LENGTH, max_size=LENGTH),
    st.lists(st.tuples(RANGES, st.sampled_from(["cited", "quoted"])), max_size=6),
    st.lists(RANGES, max_size=5).map(nested),
    st.lists(st.tuples(RANGES, st.sampled_from(["kyiv", "munich", "envoy"])), max_size=4),
    st.sampled_from(["<em>", "<strong>", '<a href="x">', "<code>"]),
    st.lists(st.integers(0, LENGTH), max_size=2),
    st.sampled_from([LENGTH, LENGTH // 2]),
)
@example("x" * LENGTH, [((0, 10), "cited"), ((5, 15), "quoted")], [(3, 12)], [((4, 6), "kyiv")], "<em>", [5], LENGTH)
def test_marks_markup_and_names_may_cross_in_any_way(
    text: str,
    marked: list[tuple[tuple[int, int], str]],
    inlines: list[tuple[int, int]],
    names: list[tuple[tuple[int, int], str]],
    tag: str,
    empty: list[int],
    half: int,
) -> None:
    closing = "</" + tag[1:].split(">", maxsplit=1)[0].split(maxsplit=1)[0] + ">"
    if tag.startswith("<a"):  # links do not nest
        inlines = inlines[:1]
    markup = [Inline(s, e, tag, closing) for s, e in inlines] + [Inline(at, at, "<br>") for at in empty]
    uses = [
        use(passage(name=f"q-{n}", parts=[Part(0, s, e), Part(1, 0, min(s + 1, half))]), how)
        for n, ((s, e), how) in enumerate(marked)
    ]
    mentions = [Mention(entity, 0, s, e, text[s:e]) for (s, e), entity in names]
    printed = rows(Block(text, 1, inlines=tuple(markup)), Block(text[:half], 2), uses=uses, mentions=mentions)
    pages = [Page(row.html) for row in printed]
    assert [page.text for page in pages] == [text, text[:half]]
    assert sorted(i for page in pages for i in page.ids) == sorted(
        ["p1", "p2", *(f"q-{n}" for n in range(len(marked)))]
    )
    html = "".join(row.html for row in printed)
    assert "<em></em>" not in html
    assert "<strong></strong>" not in html
    assert '<mark class="cited"></mark>' not in html

    for row in rows(
        Block(text, 1, inlines=tuple(markup)), Block("secret", 2), uses=uses[:1], mentions=mentions, rights="passages"
    ):
        Page(row.html)
