"""Markdown of sources and of authors: what is displayed, where it stands, what is cited, where its links may lead."""

from html import escape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.model import Block, Local, Markup, Words
from builder.problems import Problem, Span
from builder.reading.markdown import Address, output_path, read_address, source_parser
from builder.reading.prose import CiteForm, Code, PieceForm, ProseForm, RefForm, read_prose
from builder.reading.sources import SourceText, read_source
from builder.reading.yamls import Text, read_yaml

VOID = ("br", "hr", "img")
FILE = "content/articles/survey.md"


class Tags(HTMLParser):
    """Reads HTML strictly: every tag is closed, in order; its text is gathered."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == [], f"left open: {self.open} in {html}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # HTMLParser's
        assert tag != "a" or "a" not in self.open, "a link in a link"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        self.text += data


def source(text: str) -> SourceText:
    return read_source(text, FILE, 1, {})


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(source(text).blocks)


def shown(text: str) -> list[tuple[int, str, str]]:
    """Line, tag and displayed text of each block."""
    return [(block.line, block.tag, block.text) for block in blocks(text)]


def html_of(block: Block) -> str:
    """A block as a page would write it."""
    starts: dict[int, str] = {}
    ends: dict[int, str] = {}
    for mark in block.inlines:
        starts[mark.start] = starts.get(mark.start, "") + mark.opening
        if mark.closing:
            ends[mark.end] = mark.closing + ends.get(mark.end, "")
    inside = "".join(
        ends.get(offset, "") + starts.get(offset, "") + escape(block.text[offset : offset + 1])
        for offset in range(len(block.text) + 1)
    )
    return f"{block.before}<{block.tag}>{inside}</{block.tag}>{block.after}"


def rows(read: SourceText) -> list[str]:
    """The HTML of each top-level part: a block, or a whole list, quotation or table."""
    parts: list[str] = []
    for block in read.blocks:
        if block.starts_row:
            parts.append("")
        parts[-1] += html_of(block)
    return parts


def prose(text: str) -> ProseForm:
    return read_prose(Text(text, Span("content/briefing.yaml")))


def pieces(text: str) -> list[PieceForm | Markup]:
    """All pieces of a text, without the markup of blocks."""
    return [piece for block in prose(text).blocks if isinstance(block, tuple) for piece in block]


def words(text: str) -> str:
    return "".join(piece.text for piece in pieces(text) if isinstance(piece, Words | Code))


# --- the displayed text of sources ---------------------------------------------------------------------------------


def test_markup_goes_and_what_it_marks_stays() -> None:
    text = "A **bold** *word*, snake_case_word, un*frigging*believable, ~~gone~~ and `co<de>`."
    (block,) = blocks(text)
    assert block.text == "A bold word, snake_case_word, unfriggingbelievable, gone and co<de>."
    marked = [block.text[mark.start : mark.end] for mark in block.inlines]
    assert marked == ["bold", "word", "frigging", "gone", "co<de>"]


def test_entities_and_escapes_are_resolved() -> None:
    assert shown("&amp; &copy; &#8220;x&#x201d; \\* Last&nbsp;one &nosuch;") == [
        (1, "p", "& © “x” * Last\xa0one &nosuch;")
    ]


def test_headings_of_both_kinds_are_closed_up_below_the_page_s_own() -> None:
    assert shown("Title\n=====\n\n#### Small #\n\ntext") == [(1, "h3", "Title"), (4, "h4", "Small"), (6, "p", "text")]


def test_a_nested_list_keeps_its_structure_its_lines_and_its_numbers() -> None:
    text = "* one\n  more\n  * two\n\n    three\n* four\n\n3. five\n"
    assert shown(text) == [(1, "p", "one more"), (3, "p", "two"), (5, "p", "three"), (6, "p", "four"), (8, "p", "five")]
    assert [block.starts_row for block in blocks(text)] == [True, False, False, False, True]
    assert '<ol start="3"><li><p>five' in rows(source(text))[1]


def test_a_table_keeps_empty_cells_and_pipes() -> None:
    text = "| a | b |\n|---|--:|\n| 1 \\| x | **2** |\n| 3 | |\n| | |\n\nafter"
    assert shown(text) == [
        (1, "th", "a"),
        (1, "th", "b"),
        (3, "td", "1 | x"),
        (3, "td", "2"),
        (4, "td", "3"),
        (7, "p", "after"),
    ]
    assert rows(source(text))[0].endswith("<td></td></tr><tr><td></td><td></td></tr></tbody></table>")


def test_code_keeps_its_lines() -> None:
    text = "```python\nx <b>\n\n   y\n```\n\n    indented\n    more\n"
    first, second = blocks(text)
    assert (first.line, first.text, first.tag) == (2, "x <b>\n\n   y", "pre")
    assert [first.line_at(first.text.index(word)) for word in ("x", "y")] == [2, 4]
    assert (second.line, second.text, second.line_at(9)) == (7, "indented\nmore", 8)


def test_links_show_their_words_and_lead_where_they_say() -> None:
    text = "[a](https://a.b/c 'Title') [*r*][r] <https://auto.link/x> ![alt](../files/chart.png)\n\n"
    text += "[r]: https://ref.example/"
    read = source(text)
    (block,) = read.blocks
    assert block.text == "a r https://auto.link/x "
    assert [mark.opening for mark in block.inlines if "<a" in mark.opening] == [
        f'<a href="{address}" rel="noopener noreferrer">'
        for address in ("https://a.b/c", "https://ref.example/", "https://auto.link/x")
    ]
    assert block.inlines[-1].opening == '<img src="../files/chart.png" alt="alt">'
    assert read.links == (("files/chart.png", Span(FILE, 1, 66)),)


def test_a_picture_from_elsewhere_is_a_link_and_no_request() -> None:
    (block,) = blocks("See ![the chart](https://elsewhere.example/c.png).")
    assert block.text == "See the chart."
    assert block.inlines[0].opening == '<a href="https://elsewhere.example/c.png" rel="noopener noreferrer">'


def test_a_picture_from_elsewhere_within_a_link_is_its_words() -> None:
    text = "[![alt](https://elsewhere.example/c.png)](https://a.b)"
    (block,) = blocks(text)
    assert (block.text, [mark.opening[:8] for mark in block.inlines]) == ("alt", ["<a href="])
    assert words(text) == "alt"


def test_a_picture_that_is_a_link_stays_one() -> None:
    (block,) = blocks("[![alt](../files/a.png)](https://a.b) and *![alt](../files/b.png)* x")
    assert [mark.opening for mark in block.inlines] == [
        '<a href="https://a.b" rel="noopener noreferrer"><img src="../files/a.png" alt="alt"></a>',
        '<em><img src="../files/b.png" alt="alt"></em>',
    ]


def test_raw_html_is_shown_and_warned_of_with_its_place() -> None:
    read = source("a\nb <span\nclass='x'>c</span>\n\n<div>\nd</div>\n")
    assert [(block.line, block.text) for block in read.blocks] == [
        (1, "a b <span class='x'>c</span>"),
        (5, "<div>\nd</div>"),
    ]
    assert [(p.span.line, p.span.column, p.code, p.severity) for p in read.problems] == [
        (2, 3, "raw-html", "warning"),
        (3, 12, "raw-html", "warning"),
        (5, 1, "raw-html", "warning"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo\nthree END",
        "one  \ntwo\\\nthree END",
        "one `code\nmore` two\nEND",
        "one [link](<https://a.b>\n'title') two\nEND",
        "one ![alt\nalt](x.png) two\nEND",
        "one <b\nclass='x'> two\nEND",
        "> one\n> two\nlazy END",
        "- one\n  two\n  END",
        "one\\\n\\\nEND",
        "one\n*two\nthree* END",
        "one `code\nmore` END",
        "one [link](<https://a.b>\n'title') END",
        "one <b\nclass='x'> END",
        "# x\n\n\none END",
    ],
)
def test_a_word_stands_on_its_raw_line_whatever_comes_before_it(text: str) -> None:
    block = next(block for block in blocks(text) if "END" in block.text)
    expected = next(number for number, line in enumerate(text.split("\n"), 1) if "END" in line)
    assert block.line_at(block.text.index("END")) == expected


def test_a_body_below_front_matter_counts_lines_of_the_file() -> None:
    read = read_source("one\ntwo\n", FILE, 5, {6: "note"})
    assert (read.blocks[0].line, read.blocks[0].turns) == (5, ((4, 6),))


def test_roles_hold_for_the_block_that_begins_on_the_line() -> None:
    read = read_source("# Head\n\ntext\n\nglued on\n", FILE, 1, {5: "teaser", 1: "title"})
    assert [block.role for block in read.blocks] == ["title", "body", "teaser"]


FRAGMENTS = st.sampled_from(
    [
        *("a", "word ", " ", "\n", "\n\n", "  \n", "\\\n", "\t", "    ", "* ", "- ", "3. ", "> ", "# ", "===\n"),
        *("---\n", "**", "*", "_", "~~", "`", "``", "```\n", "<b>", "</b>", "<div>\n", "&amp;", "&#0;", "\\", "|"),
        *(
            "|---|\n",
            "| a | |\n|---|---|\n",
            "[x](y.md)",
            "![z](",
            "](https://a.b)",
            "![p](https://c.d)",
            "[",
            "]",
            "<https://a.b>",
        ),
        *("[r]: /u\n", "“", "語", "\x00", "\r\n", "\u2028", "😀"),
    ]
)
MARKDOWN = st.lists(FRAGMENTS, max_size=30).map("".join)


@given(MARKDOWN)
@example("- a\n-\n\nb\n")
@example("| a | |\n|---|---|\n| | |\n\nb\n")
@example("> a\n>\n> -\n")
@example("- ---\n\na")
def test_no_text_at_all_is_too_much_for_the_reader_of_sources(text: str) -> None:
    read = source(text)
    last_line = text.count("\n") + text.count("\r") + 1
    for block in read.blocks:
        offsets = [0, *(offset for offset, _ in block.turns), len(block.text)]
        lines = [block.line, *(line for _, line in block.turns)]
        assert all(one <= other for one, other in pairwise(offsets))
        assert all(one < other for one, other in pairwise(lines)), "lines go forward"
        assert 1 <= lines[0] <= lines[-1] <= last_line
        assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.inlines)
        assert "\n" not in block.text or block.turns
    for row in rows(read):
        Tags(row)


@given(MARKDOWN)
def test_what_is_displayed_is_what_any_reader_of_markdown_displays(text: str) -> None:
    """But for raw HTML, which is shown, and for pictures."""
    if "<b" in text or "</b" in text or "<div" in text or "![" in text:
        return
    theirs = Tags(source_parser().render(text)).text
    ours = "".join(block.text for block in blocks(text))
    assert "".join(ours.split()) == "".join(theirs.split())


# --- citations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "slug", "line", "passage"),
    [
        ("[@bridge]", "bridge", 0, None),
        ("[@bridge:41]", "bridge", 41, None),
        ('[@bridge "closed to trains"]', "bridge", 0, "closed to trains"),
        ('[@bridge:41 "closed"]', "bridge", 41, "closed"),
        ('[@bridge "a \\"b\\" \\\\ c"]', "bridge", 0, 'a "b" \\ c'),
        ('[@bridge\n"closed\nto trains"\n]', "bridge", 0, "closed\nto trains"),
        ('[@bridge "with ] and [x](y) and *stars*"]', "bridge", 0, "with ] and [x](y) and *stars*"),
        ('[@bridge ""]', "bridge", 0, ""),
        ('[@bridge"tight"]', "bridge", 0, "tight"),
    ],
)
def test_a_citation_is_read(written: str, slug: str, line: int, passage: str | None) -> None:
    (cite,) = (piece for piece in pieces(f"So it is {written}, they say.") if isinstance(piece, CiteForm))
    assert (cite.slug, cite.line, cite.passage) == (slug, line, passage)
    assert cite.span == Span("content/briefing.yaml", 1, 10)


@pytest.mark.parametrize(
    "form",
    [
        "- a\n- so {}\n",
        "> so {}\n",
        "| a | b |\n|---|---|\n| so {} | x |\n",
        "[so {} on](https://a.b)",
        "**so {}**",
        "# so {}",
        "{}",
        "{}{}",
        "“so” {} (so)",
    ],
)
def test_a_citation_stands_wherever_words_stand(form: str) -> None:
    text = form.replace("{}", '[@bridge "closed"]')
    found = [piece for piece in pieces(text) if isinstance(piece, CiteForm)]
    assert len(found) == form.count("{}")
    rows = text.split("\n")
    for cite in found:
        assert rows[cite.span.line - 1].startswith("[@", cite.span.column - 1)


@pytest.mark.parametrize(
    "written",
    [
        "[@]",
        '[@ "x"]',
        "[@bridge",
        '[@bridge "closed',
        '[@bridge "closed]',
        "[@bridge “closed”]",
        "[@bridge:]",
        "[@bridge:x]",
        "[@bridge 41]",
        '[@bridge "a" "b"]',
        "[@bridge; @ferry]",
    ],
)
def test_a_citation_that_is_not_whole_is_one_mistake(written: str) -> None:
    read = prose(f"So it is {written}")
    assert [(p.code, p.span.column) for p in read.problems] == [("bad-citation", 10)]
    assert words(f"So it is {written} now.").startswith("So it is [@")
    assert all(written not in piece.text for piece in pieces(f"x {written}") if isinstance(piece, Words))


@pytest.mark.parametrize("text", ["\\[@bridge]", "`[@bridge]`", "    [@bridge]", "a@b [at] c", "[ @bridge]"])
def test_what_is_no_citation_is_left_alone(text: str) -> None:
    assert not [piece for piece in pieces(text) if isinstance(piece, CiteForm)]
    assert not prose(text).problems


@pytest.mark.parametrize(
    ("written", "kind", "key", "label"),
    [
        ("[[ann-lee]]", "entity", "ann-lee", ""),
        ("[[ann-lee|Ann]]", "entity", "ann-lee", "Ann"),
        ("[[ ann-lee | Ann ]]", "entity", "ann-lee", "Ann"),
        ("[[ann-lee|Ann\nLee]]", "entity", "ann-lee", "Ann Lee"),
        ("[[event:opening]]", "event", "opening", ""),
        ("[[event:opening|the day]]", "event", "opening", "the day"),
    ],
)
def test_a_reference_is_read(written: str, kind: str, key: str, label: str) -> None:
    (found,) = (piece for piece in pieces(f"See {written}.") if isinstance(piece, RefForm))
    assert (found.kind, found.id, found.label, found.span.column) == (kind, key, label, 5)


@pytest.mark.parametrize("text", ["[[]]", "[[ ]]", "[[a", "a [[b] c]", "\\[[a]]", "`[[a]]`"])
def test_what_is_no_reference_is_left_alone(text: str) -> None:
    assert not [piece for piece in pieces(text) if isinstance(piece, RefForm)]


@given(MARKDOWN, st.sampled_from(["", '[@a "b c"]', "[[x|y]]", "[@", "[@a "]))
def test_no_text_at_all_is_too_much_for_the_reader_of_authors(text: str, own: str) -> None:
    read = prose(text + own + text)
    html = ""
    for block in read.blocks:
        for piece in (block,) if isinstance(block, Markup) else block:
            match piece:
                case Markup(inside):
                    html += inside
                case Local(opening, path, closing):
                    html += opening + path + closing
                case Words(inside) | Code(inside):
                    html += escape(inside)
                case CiteForm() | RefForm():
                    html += "*"
    Tags(html)
    for problem in read.problems:
        assert 1 <= problem.span.line <= len((text + own + text).splitlines()) + 1


def test_a_mistake_in_a_block_of_yaml_is_pointed_at_where_it_stands() -> None:
    text = read_yaml('a: b\nsummary: |\n  One\n  two [@x:y "z"] <b>\n\n  [js](javascript:a)\n', "a.yaml").value[
        "summary"
    ]
    assert [(p.code, p.span.line, p.span.column) for p in read_prose(text).problems] == [
        ("bad-citation", 4, 7),
        ("raw-html", 4, 18),
        ("unsafe-link", 6, 8),
    ]


# --- where links may lead ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "java%09script:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "http:evil",
        "https:",
        "https:///x",
        "ftp://a.b/c",
        "x-y.z+1:a",
    ],
)
@pytest.mark.parametrize("form", ["[x](<{}>)", "![x](<{}>)", "[x][r]\n\n[r]: <{}>"])
def test_an_unsafe_address_is_an_error_in_every_disguise(form: str, address: str) -> None:
    text = form.format(address)
    assert [p.code for p in prose(text).problems] == ["unsafe-link"], "in an author's text"
    read = source(text)
    assert [p.code for p in read.problems] == ["unsafe-link"], "in a source"
    assert not any("href=" in mark.opening or "src=" in mark.opening for b in read.blocks for mark in b.inlines)


@pytest.mark.parametrize("address", ["javascript:x", "data:text/html;x", "vbscript:x", "x:y"])
def test_an_unsafe_automatic_link_is_an_error(address: str) -> None:
    expected = [] if ":" not in address or len(address.partition(":")[0]) < 2 else ["unsafe-link"]
    assert [p.code for p in source(f"<{address}>").problems] == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.b/c?d#e", Address(href="https://a.b/c?d#e")),
        ("//a.b/c", Address(href="https://a.b/c")),
        ("mailto:a@b.example", Address(href="mailto:a@b.example")),
        ("HTTP://A.B", Address(href="HTTP://A.B")),
        ("other.md#p3", Address(path="articles/other.html", fragment="p3")),
        ("../files/a%20b.png", Address(path="files/a b.png")),
        ("../files/a:b.png", Address(path="files/a:b.png")),
        ("../pages/about.md", Address(path="about.html")),
    ],
)
def test_a_safe_address_leads_where_it_says(href: str, expected: Address) -> None:
    assert read_address(href, Span(FILE)) == expected


@pytest.mark.parametrize(
    "href",
    ["../../site.yaml", "/etc/passwd", "\\\\host\\x", "%5C%5Chost", "..%2F..%2Fx", "../..", "#p3", "", "?q"],
)
def test_an_address_that_leaves_the_site_is_an_error(href: str) -> None:
    found = read_address(href, Span(FILE))
    assert isinstance(found, Problem)
    assert found.code == "link-outside"


@pytest.mark.parametrize(
    ("written", "file", "path"),
    [
        ("survey.md", "content/articles/other.yaml", "articles/survey.html"),
        ("survey.txt", "content/articles/other.yaml", "articles/survey.html"),
        ("../survey.md", "content/articles/march/other.md", "articles/survey.html"),
        ("../articles/march/a.md", "content/pages/about.md", "articles/a.html"),
        ("articles/a.md", "content/briefing.yaml", "articles/a.html"),
        ("about.md", "content/pages/other.md", "about.html"),
        ("pages/about.md", "content/briefing.yaml", "about.html"),
        ("timeline.html", "content/briefing.yaml", "timeline.html"),
        ("../timeline.html", "content/pages/about.md", "timeline.html"),
        ("files/notes.md", "content/briefing.yaml", "files/notes.md"),
        ("./files/./a/../chart.png", "content/briefing.yaml", "files/chart.png"),
    ],
)
def test_a_relative_address_is_read_from_the_file_in_which_it_stands(written: str, file: str, path: str) -> None:
    assert output_path(written, file) == path
