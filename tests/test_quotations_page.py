"""The audit: a reader sees every quotation, where it stands, how it matched, who uses it, and how to check it again."""

import gzip
import re
from hashlib import sha256
from html import unescape

import pytest
from crawl import Anatomy
from sample import ROOT
from tiny import BRIEFING, DAILY_SUMMARY, FILES, page, text_of, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site

AUDIT = "quotations.html"
ROW = re.compile(r'<tr><th scope="row"><a href="(.+?)">¶(\d+)</a></th>(.*?)</tr>', re.DOTALL)


@pytest.fixture(scope="module")
def sample() -> Built:
    return build(read_site(ROOT)[0])


def rows(built: Built) -> list[tuple[str, int, list[str]]]:
    """Address, line and the text of the other cells of each row."""
    found = ROW.findall(page(built, AUDIT))
    return [(href, int(line), [cell_text(cell) for cell in cells.split("</td><td")]) for href, line, cells in found]


def cell_text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html.partition(">")[2])).split())


def row_of(built: Built, words: str) -> list[str]:
    return next(cells for _, _, cells in rows(built) if words in cells[0])


def test_every_passage_is_a_row_with_its_words_and_line(sample: Built) -> None:
    passages = {(use.passage.article, use.passage.id): use.passage for use in sample.briefing.uses}
    found = {(href, line): cells[0] for href, line, cells in rows(sample)}
    assert len(found) == len(passages)
    for (slug, name), passage in passages.items():
        assert " ".join(passage.text.split()) in found[f"articles/{slug}.html#{name}", passage.line]


def test_every_row_leads_to_its_passage(sample: Built) -> None:
    for href, _, _ in rows(sample):
        path, _, name = href.partition("#")
        assert f'id="{name}"' in page(sample, path)


def test_the_page_says_how_many_there_are_and_the_navigation_too(sample: Built) -> None:
    count, passages = len(sample.briefing.uses), len(rows(sample))
    assert f"{count} quotations of {passages} passages" in text_of(page(sample, AUDIT))
    assert f'<a href="quotations.html">Quotations</a> <span class="count">{count}</span>' in page(sample, "index.html")
    assert f'<a href="../quotations.html">{count} quotations' in page(sample, "articles/envoy-trip.html")


def test_a_row_says_who_uses_it_and_how() -> None:
    built = tiny()
    assert row_of(built, "“on 20 January”")[2] == "The old bridge, cited · On which day?, cited"
    assert row_of(built, "Nobody asked us")[2] == "its own page, quoted"
    worded: dict[str, str | bytes] = {
        "content/articles/weekly.yaml": FILES["content/articles/weekly.yaml"] + "summary: She says “closed it”.\n"
    }
    assert row_of(tiny(worded), "“closed it”")[2] == "its own page, in our words"


def test_an_articles_own_page_comes_first(sample: Built) -> None:
    shared = [cells[2] for _, _, cells in rows(sample) if "its own page" in cells[2] and "·" in cells[2]]
    assert len(shared) > 10
    assert all(uses.startswith("its own page") for uses in shared)


def test_uses_of_one_passage_are_one_row_and_a_place_is_named_once() -> None:
    twice = BRIEFING.replace('[@daily "has been shut"]', '[@daily "has been shut"] It is “has been shut”. [@daily]')
    built = tiny({"content/briefing.yaml": twice})
    assert row_of(built, "“has been shut”")[2] == "The old bridge, cited, in our words"
    assert sum("“has been shut”" in cells[0] for _, _, cells in rows(built)) == 1


def test_a_match_but_for_typography_says_so_and_shows_the_sources_characters() -> None:
    straight = DAILY_SUMMARY.replace("“Nobody asked us,”", "'\"Nobody asked us,\"'")
    built = tiny({"content/articles/daily.yaml": straight})
    assert row_of(built, "Nobody")[:2] == ["“Nobody asked us,”", "but for typography"]
    assert "quotation marks, dashes or spaces" in page(built, AUDIT)
    assert "quotation marks, dashes or spaces" not in page(tiny(), AUDIT)


def test_the_commands_that_check_again_are_there(sample: Built) -> None:
    html = page(sample, AUDIT)
    assert "<code>sourcebook verify .</code>" in html
    assert "<code>sed -n 1p content/articles/munich-rejection.txt</code>" in html
    assert 'href="data/quotations.json"' in html


def test_words_that_may_not_be_reprinted_are_a_checksum() -> None:
    built = tiny({"content/articles/daily.yaml": DAILY_SUMMARY + "text: none\n"})
    html = page(built, AUDIT)
    assert "Nobody asked" not in html
    assert sha256("“Nobody asked us,”".encode()).hexdigest() in html
    assert {(href, line) for href, line, _ in rows(built) if "daily" in href} == {
        (f"articles/daily.html#p{line}", line) for line in (1, 2, 3)
    }


def test_of_a_source_of_which_only_passages_may_be_reprinted_the_passages_stand_there() -> None:
    built = tiny({"content/articles/daily.yaml": DAILY_SUMMARY + "text: passages\n"})
    assert row_of(built, "Nobody")[0] == "“Nobody asked us,”"
    assert "the inn" not in text_of(page(built, AUDIT))


def test_a_site_without_quotations_has_no_audit_and_no_link_to_one() -> None:
    least = "title: A\npublisher: B\npublished: unknown\n"
    bare: dict[str, str | bytes] = {f"content/articles/{slug}.yaml": least for slug in ("daily", "weekly")}
    bare["content/briefing.yaml"] = "title: The bridge\nas_of: 2025-04-07\nbottom_line: It is shut.\n"
    built = tiny({**bare, "content/timeline.yaml": ""})
    assert AUDIT not in built.files
    assert not any(b"quotations.html" in body for path, body in built.files.items() if path.endswith(".html"))


def test_a_german_audit_is_german() -> None:
    text = text_of(page(build(read_site(ROOT / "tests/topics/moselbahn")[0]), AUDIT))
    for word in ("Zitate", "Wortlaut", "bis auf Typografie", "im Satz", "auf der eigenen Seite"):
        assert word in text
    for word in ("exact", "cited", "Words", "passages"):
        assert f" {word} " not in text


def test_every_link_of_the_page_stands_below_the_site(sample: Built) -> None:
    for link in Anatomy(page(sample, AUDIT)).links:
        assert not link.written.startswith(("/", "http"))


def test_the_page_is_light(sample: Built) -> None:
    """HTML and style sheets within 60 KB compressed."""
    files = [AUDIT, *(path for path in sample.files if path.endswith(".css"))]
    assert sum(len(gzip.compress(sample.files[path], 9)) for path in files) <= 60_000
