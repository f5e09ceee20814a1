"""What a public site reprints of its sources: no word more than their rights allow, wherever one looks."""

import gzip
import io
import json
import re
import zlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from crawl import Anatomy
from readings import Run, authors_words, leaks, readings, readings_of
from sample import ROOT
from tiny import DAILY, DAILY_SUMMARY, ENTITIES, built_in_layouts, page, text_of, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.outlets.search import index

ARTICLE = re.compile(r"content/articles/(.+)\.(?:yaml|md)")
TEXT_KEY = re.compile(r"^text: \w+\n", re.MULTILINE)
MIXES = {
    "one of each": {"envoy-trip": "passages", "munich-rejection": "none"},
    "one print of a wire story": {"starlink-taipei-times": "passages"},
    "the other print": {"starlink-new-zealand": "none"},
    "the other way round": {"envoy-trip": "full", "munich-rejection": "passages"},
}
RUN_TOGETHER = "Trump: Ukraine “should have never started” the war. Three days later he said something else."
"""A title and a note of the author's; the source goes on with “three” as well, and the index has nothing in between."""
SITES = [
    ("passages", ""),
    ("none", ""),
    ("full", "one of each"),
    ("full", "one print of a wire story"),
    ("full", "the other print"),
    ("none", "the other way round"),
]


@cache
def inputs_of(site: Path) -> Mapping[str, bytes]:
    return read_site(site)[0]


def with_rights(site: str, own: Mapping[str, str], of: Path = ROOT) -> dict[str, bytes]:
    """The files of a site with `text: …` in site.yaml, and in those articles that have rights of their own; and with an
    address, so that its feeds are scanned as well."""
    changed = dict(inputs_of(of))
    for path, body in inputs_of(of).items():
        article = ARTICLE.fullmatch(path)
        rights = site if path == "site.yaml" else own.get(article[1], "") if article else ""
        if path == "site.yaml" or path.endswith(".yaml"):
            text = TEXT_KEY.sub("", body.decode())
            address = "\nurl: https://example.org/" if path == "site.yaml" and "\nurl:" not in text else ""
            more = address + (f"\ntext: {rights}" if rights else "")
            changed[path] = (text.rstrip("\n") + more + "\n").encode()
    return changed


@cache
def sample(site: str, mix: str = "") -> Built:
    built = build(with_rights(site, MIXES.get(mix, {})))
    assert built.problems == ()
    return built


@cache
def read(site: str, mix: str = "") -> dict[str, set[Run]]:
    return readings(sample(site, mix).files)


def own_words(of: Path = ROOT) -> list[str]:
    return list(authors_words({path: body for path, body in inputs_of(of).items() if not path.startswith("builtin/")}))


def titles(built: Built) -> list[str]:
    return [article.title for article in built.briefing.articles]


# --- nothing more than the rights allow ------------------------------------------------------------------------------


@pytest.mark.parametrize(("site", "mix"), SITES)
def test_no_twelve_words_of_a_source_stand_anywhere_beyond_what_its_rights_allow(site: str, mix: str) -> None:
    """The whole output is scanned: pages, attributes, data, style sheets. A title may be named, and nothing else."""
    built = sample(site, mix)
    assert leaks(read(site, mix), built.briefing, 12, titles(built)) == []


@pytest.mark.parametrize(("site", "mix"), SITES)
def test_nor_do_six_that_the_author_did_not_write(site: str, mix: str) -> None:
    assert leaks(read(site, mix), sample(site, mix).briefing, 6, own_words()) == []


@pytest.mark.parametrize("site", ["passages", "none"])
def test_nor_in_a_topic_with_markdown_tables_pictures_and_other_scripts(site: str) -> None:
    topic = ROOT / "tests" / "topics" / "moselbahn"
    built = build(with_rights(site, {}, topic))
    assert built.problems == ()
    assert leaks(readings(built.files), built.briefing, 6, own_words(topic)) == []


def test_nor_does_the_index_of_the_search_hold_more(tmp_path: Path) -> None:
    """What a browser loads to search, unpacked; of a site that reprints its sources it holds their texts."""
    found = {rights: readings(index(sample(rights).files, tmp_path / rights).files) for rights in ("none", "passages")}
    for rights, texts in found.items():
        # An index runs texts together, so that a passage's next word may be that of the source by chance.
        assert leaks(texts, sample(rights).briefing, 12, titles(sample(rights)), uncited=3) == []
        assert leaks(texts, sample(rights).briefing, 6, [*own_words(), RUN_TOGETHER], uncited=3) == []
    full = readings(index(sample("full").files, tmp_path / "full").files)
    assert len(leaks(full, sample("none").briefing, 12)) > 1000


def test_the_scan_finds_what_is_reprinted_where_it_may_be() -> None:
    """Where the full texts are printed, the same scan for other rights finds thousands of runs."""
    found = leaks(read("full"), sample("none").briefing, 12)
    assert len(found) > 5000
    assert {one.partition(":")[0].partition("/")[0] for one in found} >= {"articles", "entities", "versions", "data"}


def single_file_with(values: bytes) -> bytes:
    packs = (b64encode(zlib.compress(plain)) for plain in (b'[["a"]]', values))
    return b"".join(b'<template class="pack">%s</template>' % pack for pack in packs)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("a.html", b"<p>the <b>old</b> bridge</p>"),
        ("a.html", b'<p title="the old&#32;bridge"></p>'),
        ("a.html", b"<!-- the old bridge -->"),
        ("a.svg", b"<svg><title>The old</title><text>bridge</text></svg>"),
        ("a.html", b'<p><script type="application/ld+json">["the \\u006fld bridge"]</script>'),
        ("a.ics", b"DESCRIPTION:the\\nold br\r\n idge"),
        ("a.json", b'["the \\u006fld bridge"]'),
        ("a.csv", b'"a","the ""old"" bridge"\r\n'),
        ("a.css", b'p::before { content: "the old bridge"; }'),
        ("a.js", b'x.data = "' + b64encode(gzip.compress(b"the old bridge")) + b'"'),
        ("a.pf_fragment", gzip.compress(b'{"content": "the old bridge"}')),
        ("a.html", single_file_with(b'{"a.html": "<p>the <b>old</b> bridge</p>"}')),
        ("a.html", single_file_with(b'{"search/a.js": {"content": "the old bridge"}}')),
        ("a.html", single_file_with(b'{"search/b.js": "%s"}' % b64encode(gzip.compress(b"the old bridge, as it was")))),
    ],
)
def test_the_scan_looks_into_every_kind_of_file(path: str, body: bytes) -> None:
    bundle = io.BytesIO()
    with ZipFile(bundle, "w") as archive:
        archive.writestr(path, body)
    for found in (readings_of(path, body), readings_of("bundle.zip", bundle.getvalue())):
        assert any("the old bridge" in " ".join(re.findall(r"\w+", text.lower())) for text in found)


# --- not a word -------------------------------------------------------------------------------------------------------

MARKED = """# Canary1

Canary2 [canary3 **word1 word2** canary4](https://example.org/canary5 "canary6")
canary7 `word3`![canary8](../files/a.png)

![canary9](https://example.org/canary10.png) word4 *word5

canary11

- canary12
- word6 word7 canary13

| canary14 | word8 |
|---|---|
| canary15 | canary16 |

```
canary17
word9
```

> canary18

## Canary19

canary20
"""

PLAIN = """Canary21
canary22 caption
Photo: canary23
word10 canary24 word11 canary25 Kern word12.
CANARY26 HEADING
Additional reporting by canary27
Related canary28
canary29 teaser word13
"""


def with_canaries(rights: str) -> Built:
    """Two sources in which every word that is not cited is a canary's, in each place that a text has."""
    cited = ["word1 word2", "word3", "word4", "word6 word7", "word8", "word9"]
    marked = "title: T\npublisher: P\npublished: 2025-04-01\nurl: https://example.org/t\nevents:\n" + "".join(
        f"  - {{event: e{n}, title: E{n}, date: 2025-04-01, quote: {quote}}}\n" for n, quote in enumerate(cited)
    )
    plain = """
title: U
publisher: Q
published: 2025-04-03
url: https://example.org/u
roles: {title: [1], caption: [2], credit: [3], heading: [5], note: [6], navigation: [7], teaser: [8]}
quotes:
  - {quote: word10, speaker: ida-kern}
  - {quote: word11}
notes:
  - {quote: Kern word12, text: A note.}
"""
    files = {
        "site.yaml": f"title: T\ntext: {rights}\nurl: https://example.org/\n",
        "content/briefing.yaml": "title: T\nas_of: 2025-04-07\nbottom_line: All is well.\n",
        "content/entities.yaml": ENTITIES,
        "content/timeline.yaml": "".join(f"e{n}: {{title: E{n}}}\n" for n in range(len(cited))),
        "content/articles/plain.txt": PLAIN,
        "content/articles/plain.yaml": plain,
        "content/articles/marked.yaml": marked,
        "content/articles/marked.md": MARKED,
        "content/files/a.png": "",
    }
    return build(built_in_layouts() | {path: body.encode() for path, body in files.items()})


def numbers(word: str, built: Built) -> set[int]:
    """Which of the numbered words are anywhere in the output."""
    texts = (text for path, body in built.files.items() for text in readings_of(path, body))
    return {int(number) for text in texts for number in re.findall(rf"(?i)\b{word}(\d+)", text)}


def test_of_a_source_of_which_passages_may_be_reprinted_the_cited_words_are_there_and_not_one_beside_them() -> None:
    """Not from a heading, credit, caption or cell, nor from the address, title or label of a link or picture."""
    built = with_canaries("passages")
    assert built.sound
    assert numbers("canary", built) == set()
    assert numbers("word", built) == {*range(1, 13)} - {5}


def test_of_a_source_of_which_nothing_may_be_reprinted_not_one_word_is_there() -> None:
    built = with_canaries("none")
    assert numbers("canary", built) | numbers("word", built) == set()


def test_all_of_them_are_there_where_the_text_may_be_reprinted() -> None:
    built = with_canaries("full")
    assert numbers("word", built) == {*range(1, 14)}
    assert numbers("canary", built) == {*range(1, 30)} - {6}


# --- what stands there instead ---------------------------------------------------------------------------------------


class Blocks(HTMLParser):
    """The text of an article's page inside its blocks: what is marked, and what is not."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = self.marks = 0
        self.marked = self.unmarked = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        begins = tag == "div" and (dict(attrs).get("class") or "").startswith("block ")
        self.depth += begins or (self.depth > 0 and tag == "div")
        self.marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= self.depth > 0 and tag == "div"
        self.marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self.depth and self.marks:
            self.marked += data
        elif self.depth:
            self.unmarked += data


def test_an_articles_page_prints_its_cited_passages_and_a_sign_for_what_is_left_out() -> None:
    built = sample("passages")
    for article in built.briefing.articles:
        blocks = Blocks(page(built, f"articles/{article.slug}.html"))
        assert set(blocks.unmarked.split()) == {"[…]"}
        for use in built.briefing.uses:
            if use.passage.article == article.slug and len(use.passage.parts) == 1:
                assert use.passage.text in blocks.marked


def test_where_only_passages_may_be_reprinted_names_are_counted_and_not_shown_in_context() -> None:
    entity = page(sample("passages"), "entities/volodymyr-zelensky.html")
    assert "kwic" not in entity
    assert "Named 13 times. The full text is not reprinted here." in text_of(entity)
    assert "In their own words “I didn’t let the ministers sign" in text_of(entity)


def test_two_prints_are_compared_only_where_both_may_be_reprinted() -> None:
    for site, mix in SITES[:4]:
        built = sample(site, mix)
        compared = [path for path in built.files if path.startswith("versions/")]
        assert bool(compared) == (mix == "one of each")
        assert any(b"versions/" in body for path, body in built.files.items() if ".html" in path) == bool(compared)


def test_where_nothing_may_be_reprinted_a_cell_names_publisher_and_line() -> None:
    differences = page(sample("none"), "differences.html")
    cells = re.findall(r'<td class="speaks">(.*?)</td>', differences, re.DOTALL)
    assert len(cells) > 20
    for cell in cells:
        assert re.fullmatch(
            r"(?:(Reuters|Bloomberg|Taipei Times .+?|Unnamed site) ¶\d+ ?)+",
            text_of(f"<body>{cell}").replace("¶ ", "¶"),
        )
    assert "<q" not in differences


def test_where_nothing_may_be_reprinted_the_audit_has_a_checksum_for_each_quotation() -> None:
    built = sample("none")
    passages = {use.passage.id: sha256(use.passage.text.encode()).hexdigest() for use in built.briefing.uses}
    audit, data = page(built, "quotations.html"), json.loads(built.files["data/quotations.json"])
    assert set(re.findall(r'class="seal">([0-9a-f]{64})<', audit)) == set(passages.values())
    assert {row["id"]: row["sha256"] for row in data["quotations"]} == passages
    assert not any("words" in row for row in data["quotations"])


def test_every_mark_leads_to_a_line_that_says_how_often_it_is_cited() -> None:
    built = sample("none")
    for path, html in ((path, body.decode()) for path, body in built.files.items() if path.endswith(".html")):
        for written, target in re.findall(r'class="mark-line" href="([^"#]*)#(\w+)"', html):
            slug = Path(written or path).name
            assert re.search(rf'<p id="{target}">\d+ passages? cited</p>', page(built, f"articles/{slug}"))
        anatomy = Anatomy(html)
        assert {link.written[1:] for link in anatomy.links if link.written.startswith("#")} <= set(anatomy.ids)


@pytest.mark.parametrize(
    ("rights", "title"), [("passages", "What is cited of it"), ("none", "The lines that are cited")]
)
def test_a_text_that_is_not_reprinted_says_so_and_leads_to_the_original(rights: str, title: str) -> None:
    def article(more: str) -> str:
        summary = f"{DAILY_SUMMARY}text: {rights}\n".replace("url: unknown", more)
        return page(tiny({"content/articles/daily.yaml": summary}), "articles/daily.html").partition(
            'class="text-head"'
        )[2]

    assert title in article("")
    assert "Read the" not in article("url: unknown")
    both = article("url: https://example.org/a\narchive_url: https://example.org/b")
    assert '<a href="https://example.org/a" rel="noopener noreferrer">Read the original</a>' in both
    assert "Read the archived copy" in article("archive_url: https://example.org/b")
    assert "Read the" not in page(tiny(), "articles/daily.html")


@pytest.mark.parametrize("rights", ["passages", "none"])
def test_a_german_page_says_it_in_german(rights: str) -> None:
    summary = f"{DAILY_SUMMARY}text: {rights}\n".replace("url: unknown", "url: https://example.org/a")
    article = page(tiny({"content/articles/daily.yaml": summary}, site="language: de\n"), "articles/daily.html")
    assert "Zum Original" in article
    assert {"passages": "Was daraus zitiert wird", "none": "Die zitierten Zeilen"}[rights] in article
    assert ("1 Stelle zitiert" in article) == (rights == "none")


def test_a_remark_that_may_not_be_quoted_names_neither_words_nor_who_is_described_by_the_source() -> None:
    unnamed = DAILY_SUMMARY.replace("speaker: ida-kern", "speaker: {anonymous: a woman by the river}") + "text: none\n"
    built = tiny({"content/articles/daily.yaml": unnamed})
    assert "No speaker is named." in page(built, "articles/daily.html")
    assert not any(b"by the river" in body for body in built.files.values())
    named = page(tiny({"content/articles/daily.yaml": DAILY_SUMMARY + "text: none\n"}), "entities/ida-kern.html")
    assert "Not reprinted: The Daily ¶ 2" in text_of(named).replace("\xa0", " ")


def test_a_print_of_a_story_of_which_nothing_is_cited_still_says_where_else_it_was_printed() -> None:
    words = " ".join(f"word{number}" for number in range(60)) + ".\n"
    prints: dict[str, str | bytes] = {
        "content/articles/daily.txt": DAILY + words,
        "content/articles/other.txt": words,
        "content/articles/other.yaml": "title: Other\npublisher: The Other\npublished: 2025-04-05\nurl: unknown\n",
    }
    built = tiny(prints, site="text: passages\n")
    assert built.sound
    other = text_of(page(built, "articles/other.html"))
    assert "The Daily" in other
    assert "word7" not in other


# --- whose setting holds, and what holds with any ------------------------------------------------------------------


@pytest.mark.parametrize(("site", "article", "printed"), [("none", "full", True), ("full", "none", False)])
def test_an_articles_own_setting_beats_the_sites(site: str, article: str, printed: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    summary = DAILY_SUMMARY + f"text: {article}\n"
    built = tiny({"content/articles/daily.yaml": summary}, site=f"text: {site}\n")
    assert ("runs the ferry" in text_of(page(built, "articles/daily.html"))) == printed
    assert ("Engineers closed it" in text_of(page(built, "articles/weekly.html"))) != printed


@pytest.mark.parametrize("rights", ["full", "passages", "none"])
def test_every_quotation_is_checked_against_the_whole_source_whatever_is_reprinted(rights: str) -> None:
    right = tiny({"content/articles/daily.yaml": DAILY_SUMMARY + f"text: {rights}\n"})
    assert right.sound
    wrong = (
        DAILY_SUMMARY.replace("“Nobody asked us,”", "“Nobody told us,”") + f"text: {rights}\nsummary: It “rained”.\n"
    )
    problems = tiny({"content/articles/daily.yaml": wrong}).problems
    assert [problem.code for problem in problems if problem.severity == "error"] == [
        "quote-not-found",
        "quote-unsupported",
    ]
