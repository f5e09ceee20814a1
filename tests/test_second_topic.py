"""A second topic, in German, with Markdown articles, other scripts and hard-wrapped text: nothing is made for the
sample alone.
"""

import re

import pytest
from sample import ROOT

from builder.build import Built, build
from builder.model import Article
from builder.outlets.folder import read_site

TOPIC = ROOT / "tests" / "topics" / "moselbahn"


@pytest.fixture(scope="module")
def built() -> Built:
    """The whole topic, built in memory."""
    inputs, problems = read_site(TOPIC)
    assert problems == []
    return build(inputs)


def article(built: Built, slug: str) -> Article:
    return next(article for article in built.briefing.articles if article.slug == slug)


def mentions_of(built: Built, slug: str, entity: str) -> list[str]:
    return [mention.form for mention in article(built, slug).mentions if mention.entity == entity]


def page(built: Built, path: str) -> str:
    return built.files[path].decode()


def test_it_builds_without_a_problem(built: Built) -> None:
    """Every quotation of four articles in several scripts is where it says."""
    assert built.problems == ()
    assert len(built.briefing.uses) >= 100


def test_the_interface_speaks_the_language_of_the_site(built: Built) -> None:
    """A German site has German navigation, months and kinds, and says so to the browser."""
    home = page(built, "index.html")
    assert '<html lang="de"' in home
    for english in ("Timeline", "Key points", "Bottom line", "Sources", "Who is who"):
        assert f">{english}<" not in home
    assert "April 2025" in home
    assert "März 2025" in page(built, "timeline.html")


def test_where_paragraphs_take_several_lines_the_command_that_checks_again_shows_a_whole_one(built: Built) -> None:
    shown = re.findall(r"<code>sed -n (.+?) content/articles/(.+?)</code>", page(built, "quotations.html"))
    assert {file: command for command, file in shown} == {
        "gutachten-bruecke.md": "&#39;5,/^$/p&#39;",
        "studie-bote.md": "&#39;80,/^$/p&#39;",
        "brief-landrat.txt": "&#39;7,/^$/p&#39;",
        "stimmen-ausland.txt": "2p",
    }


def test_conflicting_dates_make_an_event_disputed_and_overlapping_ones_do_not(built: Built) -> None:
    """Three days that exclude each other are a dispute; a month within a span of months is none."""
    conflicts = {event.key for event in built.briefing.events if event.conflict}
    assert conflicts == {"brueckensperrung"}
    event = page(built, "events/brueckensperrung.html")
    assert "≠" in event
    for day in ("14.", "15.", "20."):
        assert day in event


def test_names_are_found_in_scripts_without_spaces_and_across_normal_forms(built: Built) -> None:
    """A Japanese name within running text, a decomposed one, and one with the other apostrophe are the same names."""
    assert "山田太郎" in mentions_of(built, "stimmen-ausland", "taro-yamada")
    decomposed = mentions_of(built, "brief-landrat", "zoe-lefevre")
    assert any("e\u0308" in form or "e\u0300" in form for form in decomposed)
    obrien = next(entity.id for entity in built.briefing.entities if "Brien" in entity.name)
    spelled = {form for slug in ("brief-landrat", "stimmen-ausland") for form in mentions_of(built, slug, obrien)}
    assert {"O'Brien", "O’Brien"} <= {found[0] for form in spelled if (found := re.search(r"O.Brien", form))}


def test_a_hard_wrapped_letter_is_read_as_paragraphs(built: Built) -> None:
    """Lines of 72 columns are one paragraph, and a passage of it is cited by the paragraph's first line."""
    blocks = article(built, "brief-landrat").blocks
    wrapped = [block for block in blocks if block.turns]
    assert wrapped
    assert all(len(block.text) > 72 for block in wrapped if len(block.turns) > 1)
    lines = {block.line for block in blocks}
    assert all(use.passage.line in lines for use in built.briefing.uses if use.passage.article == "brief-landrat")


def test_passages_cross_markup(built: Built) -> None:
    """A quotation may begin in strong text and end outside it: it is marked, and the text stays what it was."""
    text = page(built, "articles/studie-bote.html")
    crossing = [
        mark for mark in re.findall(r"<mark.*?</mark>", text, re.DOTALL) if "<strong>" in mark or "<em>" in mark
    ]
    assert crossing
    for part in ("<table>", "<blockquote>", "<pre", "<code>", "files/fahrgaeste.png"):
        assert part in text


def test_no_script_is_lost_on_the_way_to_its_page(built: Built) -> None:
    """Arabic and Japanese stand on the page as they stand in the source, and the accent is the site's own."""
    text = re.sub(r"<[^>]*>", "", page(built, "articles/stimmen-ausland.html"))
    assert "الجسر القديم" in text
    assert "試験車両は二〇二六年春にモーゼル川へ届く。" in text
    assert "#0b5a4a" in page(built, "assets/site.css")
