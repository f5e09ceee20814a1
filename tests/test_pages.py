"""What the pages show: to a reader, of each source's rights, in each language, and nothing that is not there."""

import re
from itertools import pairwise

import pytest
from crawl import Anatomy
from tiny import DAILY, DAILY_SUMMARY, ENTITIES, page, text_of, tiny

from builder.build import Built
from builder.site import urls

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'"
)


@pytest.fixture(scope="module")
def built() -> Built:
    return tiny()


def pages_of(built: Built) -> dict[str, str]:
    return {path: body.decode() for path, body in built.files.items() if path.endswith(".html")}


def with_article(summary: str, text: str = DAILY, site: str = "") -> Built:
    return tiny({"content/articles/daily.yaml": summary, "content/articles/daily.txt": text}, site=site)


# --- every page ----------------------------------------------------------------------------------------------------


def test_the_tiny_site_has_no_problem_and_a_page_for_each_thing_in_it(built: Built) -> None:
    assert built.problems == ()
    assert {
        "404.html",
        "articles/daily.html",
        "articles/weekly.html",
        "differences.html",
        "entities/ida-kern.html",
        "entities/index.html",
        "events/bridge-shut.html",
        "index.html",
        "sources.html",
        "timeline.html",
    } <= set(pages_of(built))


def test_every_page_forbids_what_it_does_not_need(built: Built) -> None:
    for path, html in pages_of(built).items():
        assert f'http-equiv="Content-Security-Policy" content="{CSP}"' in html, path
        assert '<meta name="referrer" content="no-referrer">' in html, path
        assert " style=" not in html, path
        without_data = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", html)
        assert not re.findall(r"<script(?! src=\"[^\"]+\" defer></script>)", without_data), path


def test_every_page_that_is_found_in_a_web_search_says_in_a_line_what_it_is(built: Built) -> None:
    without = {
        path for path, html in pages_of(built).items() if not re.search(r'<meta name="description" content=".', html)
    }
    assert without == {"404.html"}


def test_every_page_has_one_heading_of_the_first_level_and_skips_no_level(built: Built) -> None:
    for path, html in pages_of(built).items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_no_page_has_an_id_twice_and_every_link_within_a_page_leads_to_one(built: Built) -> None:
    for path, html in pages_of(built).items():
        anatomy = Anatomy(html)
        assert len(anatomy.ids) == len(set(anatomy.ids)), path
        targets = {link.written.removeprefix("#") for link in anatomy.links if link.written.startswith("#")}
        assert targets <= set(anatomy.ids), path


def test_links_to_other_sites_tell_them_nothing() -> None:
    entities = ENTITIES.replace(
        "kind: person", 'kind: person, wikidata: Q42, links: [{title: Home, url: "https://a.example/"}]'
    )
    kern = page(tiny({"content/entities.yaml": entities}), "entities/ida-kern.html")
    assert kern.count('rel="noopener noreferrer"') == kern.count('href="https://') == 2


def test_the_navigation_leads_to_no_page_that_would_be_empty() -> None:
    briefing = "title: T\nas_of: 2025-04-07\nbottom_line: Nothing yet.\n"
    built = tiny({"content/briefing.yaml": briefing, "content/entities.yaml": "", "content/timeline.yaml": ""})
    empty = {path for path in ("differences.html", "entities/index.html") if path in built.files}
    assert not empty
    assert "differences.html" not in page(built, "index.html")


def test_a_free_page_stands_in_the_navigation_when_it_asks_for_it() -> None:
    about = "---\ntitle: About us\nnav: true\n---\nWe count *ferries*.\n"
    built = tiny({"content/pages/about.md": about, "content/pages/hidden.md": "---\ntitle: Hidden\n---\nYes.\n"})
    assert 'href="../about.html"' in page(built, "articles/daily.html")
    assert "hidden.html" not in page(built, "index.html")
    assert "<em>ferries</em>" in page(built, "about.html")


# --- not found -----------------------------------------------------------------------------------------------------


def test_without_an_address_the_page_not_found_has_no_link_and_no_style_sheet(built: Built) -> None:
    html = page(built, "404.html")
    assert "<a " not in html
    assert "stylesheet" not in html


def test_with_an_address_the_page_not_found_links_by_its_path_at_any_depth() -> None:
    html = page(tiny(site="url: https://example.org/deep/er/\n"), "404.html")
    assert 'href="/deep/er/index.html"' in html
    assert 'href="/deep/er/assets/style.css"' in html
    assert 'href="/deep/er/entities/index.html"' in html


# --- an article ----------------------------------------------------------------------------------------------------


def test_an_article_says_what_is_inferred_and_why(built: Built) -> None:
    daily = page(built, "articles/daily.html")
    assert '<span class="inferred">The Daily</span>' in daily
    assert "Its mast is on the photograph." in daily
    assert "Headline by the editor; the source has none." in daily
    assert '<time datetime="2025-04-01">1 Apr 2025</time>' in daily


def test_an_inferred_date_is_never_given_to_machines() -> None:
    summary = DAILY_SUMMARY.replace("published: 2025-04-01", "published: {value: 2025-04-01, basis: The frost.}")
    assert "<time" not in page(with_article(summary), "sources.html").partition("The frost.")[0].rpartition("Date")[2]


def test_notes_stand_beside_the_line_they_are_about(built: Built) -> None:
    daily = page(built, "articles/daily.html")
    rows = re.split(r'<div class="row[ "]', daily)[1:]
    notes = [(re.search(r'id="p(\d)"', row), re.findall(r'class="note note-(\w+)', row)) for row in rows]
    assert [(found and found[1], kinds) for found, kinds in notes] == [
        ("1", ["event"]),
        ("2", ["quotation"]),
        ("3", ["editor"]),
        ("4", []),
    ]


def test_text_that_was_glued_to_a_source_is_folded_away_and_says_so(built: Built) -> None:
    fold = page(built, "articles/daily.html").partition('<details class="fold">')[2].partition("</details>")[0]
    label = "1 paragraph of unrelated text was glued to this source (line 4); it is not part of it."
    assert label in fold
    assert "WEATHER: Rain is expected" in fold


def test_an_article_lists_what_cites_it_and_the_articles_before_and_after_it(built: Built) -> None:
    daily, weekly = page(built, "articles/daily.html"), page(built, "articles/weekly.html")
    cited_by = text_of("<body>" + daily.partition('id="cited-by"')[2].partition("</section>")[0])
    assert "The old bridge ¶1 On which day? ¶1" in cited_by
    assert 'rel="next" href="weekly.html"' in daily
    assert 'rel="prev" href="daily.html"' in weekly
    assert 'rel="next"' not in weekly


def test_reprinted_text_says_its_language_and_direction_where_they_are_not_the_pages() -> None:
    arabic = "title: T\npublisher: unknown\npublished: unknown\nlanguage: ar\n"
    html = page(with_article(arabic, "الجسر القديم\nA line in English.\n"), "articles/daily.html")
    assert re.search(r'<div class="block block-body" lang="ar" dir="\w+">', html)
    assert '<html lang="en">' in html
    mine = page(tiny(site="language: ar\n"), "index.html")
    assert '<html lang="ar" dir="rtl">' in mine


# --- rights --------------------------------------------------------------------------------------------------------


def test_where_only_passages_may_be_reprinted_no_other_word_of_the_source_is_on_any_page() -> None:
    built = with_article(DAILY_SUMMARY + "text: passages\n")
    everything = " ".join(map(text_of, pages_of(built).values()))
    for uncited in ("The old bridge has", "Kern runs", "inn", "WEATHER"):
        assert uncited not in everything.replace("The old bridge has been shut.", "")
    assert "has been shut" in everything
    assert "Nobody asked us" in everything
    assert "Only the passages that this briefing cites are reprinted." in page(built, "articles/daily.html")


def test_where_nothing_may_be_reprinted_the_marks_still_name_publisher_and_line() -> None:
    built = with_article(DAILY_SUMMARY + "text: none\n")
    everything = " ".join(map(text_of, pages_of(built).values()))
    for words in ("Nobody asked us", "since 14 January", "the ferry &"):
        assert words not in everything
    home = text_of(page(built, "index.html"))
    assert "The bridge is shut. The Daily ¶ 1" in home.replace("\xa0", " ")
    assert "The marks name the lines that are cited." in page(built, "articles/daily.html")


# --- who and what --------------------------------------------------------------------------------------------------


def test_an_entity_page_shows_who_writes_the_name_how_and_each_place_where_it_stands(built: Built) -> None:
    kern = text_of(page(built, "entities/ida-kern.html"))
    assert "She runs the ferry. Named 3 times, in all two sources." in kern
    assert "Kern 2 The Daily 1, The Weekly 1" in kern
    assert "Ida Kern 1 The Daily 1" in kern
    assert "2 “Nobody asked us,” said Ida Kern ." in kern
    assert "Nobody asked us,”" in kern.partition("In their own words")[2]


def test_more_than_four_lines_of_one_article_are_folded() -> None:
    text = DAILY + "".join(f"Kern said so {count} times.\n" for count in range(6))
    html = page(with_article(DAILY_SUMMARY, text), "entities/ida-kern.html")
    fold = html.partition("4 more in this article")[2].partition("</details>")[0]
    assert fold.count('class="kwic"') == 4


def test_a_person_is_listed_under_the_surname_only_where_an_alias_says_which_it_is() -> None:
    entities = """
ng: {name: Ng Eng Hen, kind: person, aliases: [Ng]}
oez: {name: Cem Özil, kind: person, aliases: [Özil]}
zed: {name: Zed Corp, kind: organization, aliases: [Corp]}
pia: {name: Pia Otto, kind: person, aliases: [Otto]}
"""
    index = page(
        tiny({"content/entities.yaml": entities}, site="kinds: {person: Those named}\n"), "entities/index.html"
    )
    by_kind = text_of("<body>" + index.partition('class="columns"')[2].partition("</section>")[0])
    assert by_kind.startswith("> Those named 3 Ng Eng Hen")
    assert by_kind.index("Otto, Pia") < by_kind.index("Özil, Cem")
    assert "<b>Zed Corp</b>" in index


# --- events and differences ----------------------------------------------------------------------------------------


def test_a_disputed_date_is_never_shown_alone(built: Built) -> None:
    event = text_of(page(built, "events/bridge-shut.html"))
    assert "14 Jan, The Daily ≠ 20 Jan, The Weekly" in event
    assert "disputed: the date" in event
    assert "disputed" in text_of(page(built, "timeline.html"))


def test_the_timeline_filters_by_links_to_an_entitys_or_an_articles_own_events(built: Built) -> None:
    timeline = page(built, "timeline.html")
    for target in ("articles/daily.html", "articles/weekly.html"):
        assert f'href="{target}#events"' in timeline
        assert 'id="events"' in page(built, target)


def test_a_question_is_a_table_whose_cells_know_their_headers_and_silence_is_read_out(built: Built) -> None:
    differences = page(built, "differences.html")
    table = differences.partition("<table")[2].partition("</table>")[0]
    assert table.count('scope="col"') == 3
    assert table.count('scope="colgroup"') == 2
    assert table.count('scope="row"') == 2
    assert table.count(">silent<") == 2
    assert "“since 14 January”" in text_of(differences)


def test_over_six_sources_a_question_is_a_list_for_everyone() -> None:
    more = {f"content/articles/more-{n}.txt": f"Text number {n} is here.\n" for n in range(5)}
    more |= {
        f"content/articles/more-{n}.yaml": f"title: T{n}\npublisher: P{n}\npublished: 2025-04-0{n + 1}\n"
        for n in range(5)
    }
    differences = page(tiny(dict(more)), "differences.html")
    assert "<table" not in differences
    assert "Silent: P0, P1, P2, P3, P4" in text_of(differences)


# --- the briefing --------------------------------------------------------------------------------------------------


def test_the_briefing_counts_what_it_can_count(built: Built) -> None:
    home = text_of(page(built, "index.html"))
    assert "2 reports from 2 origins" in home
    assert "1 value inferred by the editor" in home
    assert "Moderate the two differ on the day 2 origins" in home
    assert "1 origin against 1" in home


def test_a_german_site_reads_german() -> None:
    home = text_of(page(tiny(site="language: de-AT\n"), "index.html"))
    assert "2 Berichte aus 2 Ursprüngen" in home
    assert "Mittel the two differ on the day 2 Ursprünge" in home


def test_a_language_without_words_of_its_own_reads_english() -> None:
    html = page(tiny(site="language: fr\n"), "index.html")
    assert '<html lang="fr">' in html
    assert "Key points" in html


def test_every_kind_of_page_has_its_address() -> None:
    """The addresses are what other sites link to; a change of one breaks their links."""
    assert [urls.article("a"), urls.entity("b"), urls.event("c"), urls.question("d")] == [
        "articles/a.html",
        "entities/b.html",
        "events/c.html",
        "differences.html#d",
    ]
