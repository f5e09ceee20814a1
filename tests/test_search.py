"""What a reader finds: every page that answers, the best first, and a name in whatever spelling."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import window
from playwright.sync_api import Browser, Page, expect
from sample import ROOT, build
from search_site import write
from tiny import WEEKLY_SUMMARY, tiny

from builder.build import build as built_from
from builder.outlets import search
from builder.outlets.folder import read_site
from builder.site.tokens import searched

FIND = """
async ([query, options]) => {
    const shown = href => href.replace(/^.*site\\//, '').replace(/[#&]mark=.*/, '').replace('#at=', '#')
    const found = await searchFind.find(query, options)
    return {...found, rows: found.rows.map(({places, kind}) => ({
        kind, places: places.map(({href}) => shown(href))
    }))}
}
"""
SEEN = """
async query => {
    const { results } = await (await searchEngine.load()).search(query)
    const pages = await Promise.all(results.map(found => found.data()))
    return pages.map(({content, meta, locations}) => {
        const seen = [...locations.map(n => content.split(/\\s+/)[n]), meta.title, meta.source, meta.date]
        return seen.some(text => text && !text.startsWith('ƿ') && searchTools.fold(text).includes(query))
    })
}
"""
EVERY_FORM = """
async () => {
    const sets = {}
    for (const [name,, token, forms] of searchRegister.entities) {
        sets[name] = []
        for (const form of forms) {
            const {terms} = searchFind.understood(form)
            const engine = await searchEngine.load()
            const pages = await engine.search(terms)
            sets[name].push([form, terms === token, pages.results.map(({id}) => id).sort().join()])
        }
    }
    return sets
}
"""


@dataclass(frozen=True)
class Searching:
    """A search page that is open in a browser."""

    page: Page

    def find(self, query: str, **options: object) -> dict[str, Any]:
        """What `find` in `find.js` resolves with, each row with its `kind` and `places` alone."""
        found: dict[str, Any] = self.page.evaluate(FIND, [query, {"count": 100, **options}])
        return found

    def pages(self, query: str, **options: object) -> list[str]:
        """Paths of the pages found, in the order of their first rows; what two prints share is under the first."""
        rows = self.find(query, **options)["rows"]
        return list(dict.fromkeys(place.partition("#")[0] for row in rows for place in row["places"]))


@pytest.fixture(scope="module")
def sample_search(browser: Browser, sample_site: Path) -> Iterator[Searching]:
    with window(browser, f"{sample_site.as_uri()}/") as page:
        page.goto(f"{sample_site.as_uri()}/search.html")
        yield Searching(page)


@pytest.fixture(scope="module")
def moselbahn_search(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searching]:
    output = tmp_path_factory.mktemp("moselbahn") / "site"
    build(ROOT / "tests/topics/moselbahn", output)
    with window(browser, f"{output.as_uri()}/") as page:
        page.goto(f"{output.as_uri()}/search.html")
        yield Searching(page)


# Queries, and the pages that they must find, in this order. `…`: others may follow.
SAMPLE = [
    ("starlink shutoff", "events/starlink-shutoff-threat articles/starlink-new-zealand articles/starlink-taipei-times"),
    ("imminent shutoff", "events/starlink-shutoff-threat articles/starlink-new-zealand articles/starlink-taipei-times"),
    ("Zelenskyy", "entities/volodymyr-zelensky articles/munich-rejection articles/envoy-trip …"),
    ("kellogg", "entities/keith-kellogg articles/envoy-trip events/minerals-talks-in-kyiv …"),
    ('"restored hope"', "articles/envoy-trip events/kellogg-meets-zelensky"),
    ("restored hope", "events/kellogg-meets-zelensky articles/envoy-trip"),
    ("Munich", "entities/munich entities/counter-proposal entities/jd-vance …"),
    ("SpaceX comment", "articles/starlink-new-zealand articles/starlink-taipei-times"),
    (
        "Haring",
        "entities/melinda-haring entities/atlantic-council articles/starlink-taipei-times …",
    ),
    ("dictator without elections", "events/trump-dictator articles/starlink-new-zealand"),
    ("WASHINGTON", "entities/us-government entities/washington-dc articles/starlink-new-zealand …"),
    ("not ready to protect us", "articles/munich-rejection events/zelensky-refuses-to-sign"),
    (
        "counter-proposal",
        "entities/counter-proposal events/ukraine-prepares-counter-proposal articles/munich-rejection",
    ),
    ("US lawmakers", "articles/starlink-taipei-times articles/starlink-new-zealand"),
    ("starlink kellogg", "articles/starlink-taipei-times articles/starlink-new-zealand"),
    ("fall of 2022", "events/musk-curtails-starlink articles/starlink-taipei-times articles/starlink-new-zealand"),
    ("Taipei Times", "articles/munich-rejection articles/starlink-taipei-times"),
    ("reparations", ""),
    ("accounts", "articles/munich-rejection events/zelensky-meets-vance"),
    ("vance munich", "entities/jd-vance articles/munich-rejection events/zelensky-meets-vance articles/envoy-trip"),
    ("xyzzy", ""),
    ("constructor", ""),
    ("z", "entities/volodymyr-zelensky articles/starlink-new-zealand articles/munich-rejection …"),
    ("1in", ""),
    ("%", ""),
]
MOSELBAHN = [
    ("Brücke", "articles/gutachten-bruecke events/gutachten-bruecke-l17 events/nachmessung …"),
    ("brucke", "articles/gutachten-bruecke events/gutachten-bruecke-l17 events/nachmessung …"),
    ("Landrat", "articles/brief-landrat entities/klaus-weiss articles/studie-bote articles/gutachten-bruecke"),
    ("fahrgaste", "events/fahrgastumfrage articles/studie-bote"),
    ("Lefevre", "entities/zoe-lefevre events/studie-bote-l109 articles/studie-bote …"),
    ("OBrien", "entities/fiona-obrien articles/stimmen-ausland articles/studie-bote articles/brief-landrat"),
    ("Weiss", "entities/sabine-weiss entities/klaus-weiss articles/gutachten-bruecke …"),
    ("山田太郎", "entities/taro-yamada articles/stimmen-ausland events/probefahrzeug"),
    ("Yamada", "entities/taro-yamada articles/stimmen-ausland events/probefahrzeug"),
    ("papadopoulos", "entities/nikos-papadopoulos articles/stimmen-ausland articles/gutachten-bruecke"),
    ("412 Mio", "articles/studie-bote"),
    ("モーゼル川", "entities/mosel articles/stimmen-ausland …"),
    ("Bernkastel Kues", "entities/bernkastel-kues articles/brief-landrat articles/studie-bote"),
    ("Moselle", "entities/mosel entities/buendnis-schiene-mosel events/probefahrzeug …"),
    ("Klaus Weiß", "entities/klaus-weiss articles/studie-bote events/letzter-zug articles/gutachten-bruecke"),
    ("O’Brien sagte", "articles/stimmen-ausland articles/studie-bote"),
    ("Gutachtens", "articles/studie-bote"),
    ('"Alte Brücke"', "articles/stimmen-ausland"),
    ("Mittelmosel-Bote", "entities/mittelmosel-bote articles/studie-bote"),
    ("الجسر القديم", "articles/stimmen-ausland"),
    ("zqx", ""),
    ("試験車両", "articles/stimmen-ausland events/probefahrzeug"),
    ("山田太郎技師", "articles/stimmen-ausland"),
    ('"電池の敵"', "articles/stimmen-ausland"),
    ("Brücke 試験", "articles/stimmen-ausland"),
    ("車試", ""),
]


def as_expected(found: list[str], expected: str) -> str:
    """The pages found, written as in the tables and as far as those go."""
    pages = [page.removesuffix(".html") for page in found]
    shown = len(expected.split()) - 1
    return " ".join([*pages[:shown], "…"] if expected.endswith("…") and len(pages) > shown else pages)


@pytest.mark.parametrize(("query", "expected"), SAMPLE)
def test_a_query_finds_these_pages_of_the_sample_in_this_order(
    sample_search: Searching, query: str, expected: str
) -> None:
    found = sample_search.pages(query)
    assert as_expected(found, expected) == expected


@pytest.mark.parametrize(("query", "expected"), MOSELBAHN)
def test_a_query_finds_these_pages_of_a_german_briefing_in_this_order(
    moselbahn_search: Searching, query: str, expected: str
) -> None:
    found = moselbahn_search.pages(query)
    assert as_expected(found, expected) == expected


@pytest.mark.parametrize("topic", ["sample_search", "moselbahn_search"])
def test_every_form_of_every_entity_finds_the_same_pages(topic: str, request: pytest.FixtureRequest) -> None:
    """But for a form that several entities share: it finds the pages of all of them."""
    searching: Searching = request.getfixturevalue(topic)
    sets = searching.page.evaluate(EVERY_FORM)
    assert len(sets) > 5
    for name, forms in sets.items():
        found = {form: set(pages.split(",")) for form, _, pages in forms}
        own = [found[form] for form, is_own, _ in forms if is_own]
        assert all(found.values()), name
        assert all(pages == own[0] for pages in own), f"{name}: {forms}"
        assert all(own[0] <= pages for pages in found.values() if own), f"{name}: {forms}"


@pytest.mark.parametrize(
    "query", ["ZELENSKY", "Zelenský", "zelensky’s", "  Zelensky ", "Volodymyr  Zelenskyy", "“Zelenskiy”"]
)
def test_typography_accents_and_case_make_no_difference_to_a_name(sample_search: Searching, query: str) -> None:
    as_typed = sample_search.pages(query)
    expected = sample_search.pages("Zelenskiy" if query.startswith("“") else "Zelensky")
    assert set(as_typed) <= set(expected)
    assert query.startswith("“") or as_typed == expected


def test_a_name_in_a_longer_query_matches_any_of_its_forms(sample_search: Searching) -> None:
    found = [sample_search.pages(f"{form} ministers") for form in ("Zelensky", "Zelenskiy", "Volodymyr Zelenskyy")]
    assert "articles/munich-rejection.html" in found[0]
    assert found[0] == found[1] == found[2]


def test_a_passage_that_two_papers_print_is_one_result_that_names_both(sample_search: Searching) -> None:
    rows = sample_search.find("imminent shutoff")["rows"]
    both = {"articles/starlink-new-zealand.html#p11", "articles/starlink-taipei-times.html#p6"}
    assert [row for row in rows if both & set(row["places"])] == [row for row in rows if both == set(row["places"])]
    assert any(both == set(row["places"]) for row in rows)


def test_an_excerpt_is_the_source_to_the_letter(sample_search: Searching) -> None:
    """Pagefind would end a paragraph with a full stop of its own and put spaces round a marked passage."""
    inputs, _ = read_site(ROOT)
    texts = {block.text for article in built_from(inputs).briefing.articles for block in article.blocks}
    read = "async query => (await searchFind.find(query, {count: 100})).rows.map(({passage}) => passage)"
    passages = [
        passage
        for query in ("ukraine", "zelensky", "starlink", "minerals", "“")
        for passage in sample_search.page.evaluate(read, query)
        if passage and passage["id"]
    ]
    assert len(passages) > 15
    joined = " ".join(" ".join(text.split()) for text in sorted(texts))
    for passage in passages:
        assert passage["text"] in joined or all(part in joined for part in passage["text"].split("\n")), passage["text"]


def test_an_excerpt_in_a_script_without_spaces_is_the_source_to_the_letter_too(moselbahn_search: Searching) -> None:
    """Though each letter of it is a word to Pagefind; and what was asked for is marked as one."""
    read = """async query => (await searchFind.find(query)).rows.filter(({passage}) => passage?.id).map(({passage}) =>
        [passage.text, passage.marks.map(({start, end}) => passage.text.slice(start, end))])"""
    ((text, marked),) = moselbahn_search.page.evaluate(read, "試験車両")
    assert marked == ["試験車両"]
    inputs, _ = read_site(ROOT / "tests/topics/moselbahn")
    assert text in {block.text for article in built_from(inputs).briefing.articles for block in article.blocks}


def test_a_publisher_in_a_script_without_spaces_is_found_and_shown_as_it_is(browser: Browser, tmp_path: Path) -> None:
    weekly = WEEKLY_SUMMARY.replace("The Weekly", "東京新聞").replace("A closure", "旧い橋の閉鎖")
    files = tiny({"content/articles/weekly.yaml": weekly}, site="language: ja\n").files
    folder = write({**files, **search.index(files, tmp_path / "kept").files}, tmp_path / "site")
    with window(browser, f"{folder.as_uri()}/") as page:
        for query in ("新聞", "東京新聞", "橋の閉鎖"):
            page.goto(f"{folder.as_uri()}/search.html#q={query}")
            row = page.locator(".result").filter(has_text="東京新聞").first
            expect(row.locator(".meta")).to_have_text("東京新聞 · 2025-04-03")
            expect(row.locator(".result-title")).to_have_text("旧い橋の閉鎖")
            page.goto("about:blank")


def test_teasers_credits_notes_and_marks_are_not_found(sample_search: Searching) -> None:
    inputs, _ = read_site(ROOT)
    briefing = built_from(inputs).briefing
    unread = {
        block.text
        for article in briefing.articles
        for block in article.blocks
        if block.role in ("teaser", "credit", "navigation")
    }
    assert len(unread) > 3
    for text in unread:
        assert not sample_search.pages(f'"{text}"'), text


def test_the_newest_come_first_when_sorted_by_date_and_none_is_lost(sample_search: Searching) -> None:
    by_relevance = sample_search.find("minerals")["pages"]
    assert sample_search.find("minerals", sort="date")["pages"] == by_relevance
    articles = [page for page in sample_search.pages("talks", sort="date") if page.startswith("articles/")]
    assert articles[-1] == "articles/munich-rejection.html"
    assert articles != [page for page in sample_search.pages("talks") if page.startswith("articles/")]


def test_filters_narrow_a_search_and_values_of_one_filter_widen_each_other(sample_search: Searching) -> None:
    everything = sample_search.pages("zelensky")
    taipei = sample_search.pages("zelensky", filters={"publisher": ["Taipei Times"], "kind": ["passage"]})
    both = sample_search.pages("zelensky", filters={"kind": ["passage", "name"]})
    assert set(taipei) == {"articles/starlink-taipei-times.html", "articles/munich-rejection.html"}
    assert set(taipei) < set(both) < set(everything)


def test_a_misspelt_name_is_answered_with_the_nearest_of_the_register(sample_search: Searching) -> None:
    nearest = sample_search.page.evaluate("searchFind.nearest('zelenksy').map(({name}) => name)")
    assert nearest == ["Volodymyr Zelensky"]
    assert sample_search.page.evaluate("searchFind.nearest('qqqqqqqqqqqq')") == []


def test_a_part_of_a_name_without_spaces_is_answered_with_the_name(moselbahn_search: Searching) -> None:
    assert moselbahn_search.page.evaluate("searchFind.nearest('太郎').map(({name}) => name)") == ["山田太郎"]


@pytest.mark.parametrize("topic", ["sample_search", "moselbahn_search"])
@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz1")
def test_one_letter_finds_only_what_a_reader_can_see(letter: str, topic: str, request: pytest.FixtureRequest) -> None:
    """Neither tokens nor counts, though the beginning of a word finds it, and so does that of each of its parts."""
    searching: Searching = request.getfixturevalue(topic)
    assert all(searching.page.evaluate(SEEN, letter)), letter


def test_the_script_folds_words_as_the_builder_does(sample_search: Searching) -> None:
    words = [
        "Zelensky’s",
        "U.S.",
        "Çelik",
        "Straße",
        "Łódź",
        "O'Brien",
        "Æthelred",
        "Åse-Marie",
        "al‑Jazeera",
        "Київ",
        "Đặng",
        "山田太郎",
        "ガーナと東京2025",
        "สวัสดี",
        "हिन्दी",
        "한국어",
        "a_b",
    ]
    for word in words:
        folded = sample_search.page.evaluate("word => searchTools.wordsOf(word).map(({word}) => word).join(' ')", word)
        assert folded == searched(word), word
