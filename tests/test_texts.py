"""Prose, citation marks and reprinted sources, as a reader's browser gets them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from builder.model import (
    Article,
    Block,
    Cite,
    Inline,
    Local,
    Markup,
    Mention,
    Part,
    Passage,
    Piece,
    Prose,
    Ref,
    Rights,
    Stated,
    StatedDate,
    Use,
    When,
    Words,
)
from builder.problems import Span
from builder.site.reprint import Row, reprint
from builder.site.texts import Place, SourceMark, inline_prose, passage_mark, prose, source_marks

VOID = {"br", "img", "hr"}
HERE = Span("content/briefing.yaml")
MARKS = {"envoy": SourceMark("Bloomberg"), "munich": SourceMark("Taipei Times", "16 Feb", inferred=True)}
HOME = Place("index.html", MARKS)
BLOOMBERG = Stated("Bloomberg")


class Page(HTMLParser):
    """Reads HTML strictly: every tag closed in order, no link in a link."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.marked: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.feed(str(html))  # a Markup would escape what is added to it
        self.close()
        assert not self.open, f"left open: {self.open} in {html}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a":
            assert "a" not in self.open, "a link in a link"
            self.links.append((values["href"] or "", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if "a" in self.open:
            href, label = self.links.pop()
            self.links.append((href, label + data))


def passage(slug: str = "envoy", line: int = 11, name: str = "q-1", parts: Sequence[Part] = ()) -> Passage:
    start = min((part.start for part in parts), default=0)
    return Passage(slug, name, line, tuple(parts), start, start, "restored hope", True)


def cite(slug: str = "envoy", line: int | None = 11, name: str = "q-1") -> Cite:
    return Cite(slug, passage(slug, line, name) if line else None, HERE)


def paragraph(*pieces: Piece) -> Prose:
    return Prose((Markup("<p>"), *pieces, Markup("</p>\n")))


def shown(*pieces: Piece, on: Place = HOME) -> str:
    return Page(inline_prose(paragraph(*pieces), on)).text


def article(
    blocks: Iterable[Block] = (),
    mentions: Iterable[Mention] = (),
    *,
    slug: str = "envoy",
    rights: Rights = "full",
    publisher: Stated = BLOOMBERG,
    agencies: tuple[Stated, ...] = (),
    published: When | None = None,
    title: str = "US, Ukraine Ramp Up Talks",
) -> Article:
    return Article(
        slug=slug,
        path=f"content/articles/{slug}.txt",
        sha256="00",
        title=title,
        title_is_editorial=False,
        publisher=publisher,
        agencies=agencies,
        authors=(),
        published=StatedDate(published),
        retrieved=None,
        url="",
        archive_url="",
        language="en",
        rights=rights,
        topics=(),
        blocks=tuple(blocks),
        summary=Prose(),
        key_points=(),
        quotes=(),
        accounts=(),
        notes=(),
        mentions=tuple(mentions),
    )


def use(found: Passage, how: str = "cited") -> Use:
    return Use(found, "quoted" if how == "quoted" else "cited", "briefing", "", HERE)


def rows(
    *blocks: Block, uses: Iterable[Use] = (), mentions: Iterable[Mention] = (), rights: Rights = "full"
) -> tuple[Row, ...]:
    return reprint(article(blocks, mentions, rights=rights), uses, Place("articles/envoy.html", MARKS, "envoy"))


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


def test_marks_of_a_text_that_may_not_be_printed_lead_to_its_page() -> None:
    page = Page(passage_mark([passage()], Place("index.html", {"envoy": SourceMark("Bloomberg", printed=False)})))
    assert page.links == [("articles/envoy.html", "Bloomberg ¶11")]


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


# --- reprinted sources ---------------------------------------------------------------------------------------------

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
