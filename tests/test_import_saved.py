"""Pages in every form in which browsers save them: no word is lost or runs into another, and nobody else's facts."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from quopri import encodestring

import pytest
from test_import import ARTICLES, desk, put, run, site, summary
from test_import_pages import BODY, lines, page

from builder.briefing.bringing import Refused
from builder.outlets.html_lines import lines_of
from builder.outlets.html_pages import read_page

__all__ = ["desk", "site"]  # fixtures of another file

JAPANESE = "<p>" + "市議会は火曜日、潜水士が杭を調べられるように魚市場を三週間閉鎖することを決めた。" * 3 + "</p>"
RUSSIAN = "<p>" + "Городской совет проголосовал во вторник за закрытие рыбного рынка на три недели. " * 3 + "</p>"
CHINESE = "<p>" + "市议会星期二投票决定关闭鱼市三周，以便潜水员检查它所在的木桩，市长鎔基说。" * 3 + "</p>"


# --- words -------------------------------------------------------------------------------------------------------


def test_what_a_page_breaks_with_br_stays_apart() -> None:
    read = read_page("x.html", page(BODY + "<p>On the pier stood<br>Ida Kern<br/>and her dog.</p>"))
    assert lines(read)[-1] == "On the pier stood\nIda Kern\nand her dog.\n"


def test_a_heading_below_lines_with_breaks_keeps_its_line() -> None:
    read = read_page("x.html", page(BODY + "<p>One line here<br>and two here.</p><h2>Why<br>now</h2>" + BODY))
    told = {block.text: one.role for block, one in zip(read.blocks, read.told, strict=True)}
    assert told["Why now"] == "heading"


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("<p>a</p>tail<p>b</p>", ["a", "tail", "b"]),
        ("<list><item>One<list><item>sub</item></list></item><item/></list><p>b</p>", ["- One", "- sub", "b"]),
        ("<list><item><p>a</p><p>b</p></item></list>", ["- a", "b"]),
        ("<quote>loose<p>inner</p>after</quote>", ["loose", "inner", "after"]),
        ("<table><row><cell><p>x</p><p>y</p></cell><cell>z<lb/>w</cell></row></table>", ["x y | z w"]),
        ("<p>H<hi>2</hi>O <ref>is</ref> water</p>", ["H2O is water"]),
        ("<head rend='h3'>He<lb/>ad</head>", ["He ad"]),
        ("<code>a\nb</code><p>c<code>d</code></p>", ["a b", "cd"]),
    ],
)
def test_no_word_of_the_extract_is_lost_or_runs_into_another(main: str, expected: list[str]) -> None:
    assert [line.text for line in lines_of(f"<doc><main>{main}</main></doc>")] == expected


@pytest.mark.parametrize(
    ("named", "encoding", "body", "word"),
    [
        ("iso-8859-1", "cp1252", BODY.replace("port said", "port – “Café” – said"), "port – “Café” – said"),
        ("us-ascii", "cp1252", BODY.replace("port said", "port’s man said"), "port’s man"),
        ("windows-1251", "cp1251", RUSSIAN, "Городской"),
        ("gb2312", "gb18030", CHINESE, "鎔基"),
        ("Shift_JIS", "cp932", JAPANESE.replace("火曜日", "①火曜日"), "①火曜日"),
        ("iso-2022-jp", "iso2022_jp", JAPANESE, "魚市場"),
        ("utf-16", "utf-16", BODY, "harbour bridge"),
        ("utf-8", "utf-8-sig", RUSSIAN, "Городской"),
    ],
)
def test_a_page_is_read_as_browsers_read_its_encoding(named: str, encoding: str, body: str, word: str) -> None:
    data = page(body, f'<script charset="koi8-r"></script><meta charset="{named}">').decode().encode(encoding)
    assert word in read_page("x.html", data).body.decode()


def test_a_page_that_names_no_encoding_is_told_what_it_may_be() -> None:
    with pytest.raises(Refused) as refusal:
        read_page("x.html", page(RUSSIAN * 3).decode().encode("cp1251"))
    assert "and the page names no encoding; save it as UTF-8; as it is it may be in an older encoding" in str(
        refusal.value
    )


def test_a_text_in_deep_boxes_is_found() -> None:
    assert "harbour bridge" in read_page("x.html", page("<div>" * 1000 + BODY + "</div>" * 1000)).body.decode()


@pytest.mark.parametrize("body", ["<h1>Deep</h1>" + "<div>" * 2_500 + BODY, "<h1>Only this</h1>"])
def test_a_headline_alone_is_no_text(body: str) -> None:
    with pytest.raises(Refused, match="no main text"):
        read_page("x.html", page(body))


def test_what_only_browsers_without_scripts_show_is_no_text() -> None:
    with pytest.raises(Refused, match="no main text"):
        read_page("x.html", page("<div></div><noscript>You need to enable JavaScript to run this app.</noscript>"))


# --- forms of saving ---------------------------------------------------------------------------------------------


def archive(html: bytes, charset: str = "") -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/bridge\r\n"
        b"Date: Thu, 6 Mar 2025 23:11:12 -0500\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n\r\n----x\r\n'
        b"Content-Type: text/html" + charset.encode() + b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + encodestring(html) + b"\r\n----x\r\nContent-Type: text/css\r\n\r\nbody {}\r\n----x--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("name", ["bridge.mhtml", "bridge.mht", "bridge.html"])
def test_a_web_archive_is_read_with_its_address_and_day(site: Path, desk: Path, name: str) -> None:
    run(site, put(desk, name, archive(page("<h1>The bridge is shut</h1>" + BODY))))
    said = summary(site, "the-bridge-is-shut")
    assert (said["url"], said["retrieved"]) == ("https://post.example/bridge", "2025-03-06")
    assert "MIME" not in (site / ARTICLES / "the-bridge-is-shut.txt").read_text()


def test_an_archive_is_read_in_the_encoding_that_its_part_names() -> None:
    html = page(RUSSIAN).decode().encode("koi8-r")
    assert "Городской" in read_page("x.mht", archive(html, "; charset=koi8-r")).body.decode()


@pytest.mark.parametrize("html", [b"", b" \n"])
def test_an_archive_without_a_page_is_refused(html: bytes) -> None:
    with pytest.raises(Refused, match="this web archive holds no page"):
        read_page("x.mht", archive(html))


def test_an_archive_under_another_name_is_told_its_own(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "bridge.txt", archive(page())))
    assert "this is a web archive; name it .mhtml, and its main text is taken out" in result.stderr


@pytest.mark.parametrize(
    ("comment", "day"),
    [
        ("<!-- saved from url=(0040)https://post.example/bridge?a=1&amp;b=2 -->", None),
        (
            "<!--\n Page saved with SingleFile \n url: https://post.example/bridge?a=1&amp;b=2 \n"
            " saved date: Tue Mar 04 2025 10:00:00 GMT+0100\n-->",
            "2025-03-04",
        ),
    ],
)
def test_the_address_that_a_browser_wrote_into_the_page_is_where_it_was_found(comment: str, day: str | None) -> None:
    facts = read_page("x.html", page(start=f"<!doctype html>\n{comment}<html>")).facts
    assert facts.url is not None
    assert facts.url.value == "https://post.example/bridge?a=1&b=2"
    assert (facts.retrieved and facts.retrieved.value) == day


def test_the_saved_source_of_a_page_is_read_as_that_page() -> None:
    shown = page("<h1>The bridge is shut</h1>" + BODY).decode().replace("&", "&amp;").replace("<", "&lt;")
    rows = "".join(
        f'<tr><td class="line-number"></td><td class="line-content"><span>{line}</span></td></tr>'
        for line in shown.replace("&lt;p>", "\n&lt;p>").split("\n")
    )
    read = read_page("x.html", page(f"<table>{rows}</table>", "<title>view-source:https://post.example/</title>"))
    assert lines(read)[0] == "The bridge is shut"
    assert "&lt;" not in read.body.decode()


def test_a_source_without_end_keeps_nobody_waiting() -> None:
    begun = time.monotonic()
    with pytest.raises(Refused):
        read_page("x.html", b"<html>" + b'<td class="line-content">' * 40_000)
    assert time.monotonic() - begun < 20


def nested(depth: int) -> bytes:
    parts = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return b"MIME-Version: 1.0\n" + b"".join(parts) + b"Content-Type: text/html\n\n" + page()


def test_an_archive_in_an_archive_is_read() -> None:
    assert "harbour bridge" in read_page("x.mht", nested(5)).body.decode()


def test_archives_in_archives_without_end_are_refused() -> None:
    with pytest.raises(Refused, match=r"^no page can be read from it \(RecursionError\)$"):
        read_page("x.mht", nested(5_000))


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG", b"GIF89a\x01\x00"])
def test_another_file_named_like_a_page_is_told_what_it_is(data: bytes) -> None:
    with pytest.raises(Refused, match=r"^this is a "):
        read_page("x.html", data)


# --- what a page states ------------------------------------------------------------------------------------------


def described(*articles: Mapping[str, object], head: str = "") -> bytes:
    data = json.dumps([{"@type": "NewsArticle", **article} for article in articles])
    return page("<h1>The bridge is shut</h1>" + BODY, f'<script type="application/ld+json">{data}</script>{head}')


OTHER = {"headline": "Another", "datePublished": "2020-01-01", "url": "https://post.example/other"}
OWN = {"headline": "The bridge is shut", "datePublished": "2025-03-04"}


def test_of_several_articles_that_a_page_describes_its_own_is_taken() -> None:
    facts = read_page("x.html", described(OTHER, OWN)).facts
    assert facts.published is not None
    assert (facts.published.value, facts.url) == ("2025-03-04", None)


def test_where_no_article_is_known_to_be_the_pages_own_none_is_taken() -> None:
    facts = read_page("x.html", described(OTHER, {**OTHER, "headline": "A third"})).facts
    assert (facts.published, facts.url) == (None, None)
    assert facts.title is not None
    assert facts.title.value == "The bridge is shut"


def test_an_article_is_known_by_its_address_as_well() -> None:
    own = {"headline": "Bridge shut!", "url": "https://post.example/bridge"}
    head = '<link rel="canonical" href="https://post.example/bridge">'
    facts = read_page("x.html", described(OTHER, own, head=head)).facts
    assert facts.title is not None
    assert facts.title.value == "Bridge shut!"
    assert ("title", "otherwise The bridge is shut: the page: <h1>") in facts.remarks


def test_escapes_that_json_does_not_need_are_read() -> None:
    facts = read_page("x.html", described({**OWN, "headline": "Fish &amp; chips &#8212; again"})).facts
    assert facts.title is not None
    assert facts.title.value == "Fish & chips — again"


def test_a_day_that_cannot_be_read_is_put_to_the_author(site: Path, desk: Path) -> None:
    run(site, put(desk, "x.html", described({**OWN, "datePublished": "early March 2025"})))
    text = (site / ARTICLES / "the-bridge-is-shut.yaml").read_text(encoding="utf-8")
    assert "published:    # TO FILL IN" in text
    assert "# published: the page: JSON-LD “datePublished” has early March 2025\n" in text


def test_a_month_is_a_date_too() -> None:
    facts = read_page("x.html", described({**OWN, "datePublished": "2025-03"})).facts
    assert facts.published is not None
    assert facts.published.value == "2025-03"


def test_a_page_behind_a_wall_says_so_at_once(site: Path, desk: Path) -> None:
    result = run(site, put(desk, "x.html", described({**OWN, "isAccessibleForFree": "False"})))
    assert "\n    The page says that it is not free to read: see whether the text is whole" in result.output


def test_a_headline_that_quotes_what_the_text_does_not_gives_way_to_the_one_in_the_text(site: Path, desk: Path) -> None:
    run(site, put(desk, "x.html", described({**OWN, "headline": "Bridge is “a ruin”"})))
    assert summary(site, "the-bridge-is-shut")["title"] == "The bridge is shut"
    text = (site / ARTICLES / "the-bridge-is-shut.yaml").read_text(encoding="utf-8")
    assert "# title: the page: JSON-LD “headline” has Bridge is “a ruin”; the words that it quotes" in text


def test_a_language_is_written_as_browsers_want_it(site: Path, desk: Path) -> None:
    run(site, put(desk, "x.html", page("<h1>The bridge is shut</h1>" + BODY, start='<html lang="en_US">')))
    assert summary(site, "the-bridge-is-shut")["language"] == "en-US"
