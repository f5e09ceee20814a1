"""Two prints of one wire story on a page: what a reader sees, hears and can follow, and when there is no such page."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from browsing import Served, window
from checkers import axe_findings
from playwright.sync_api import Browser, expect
from sample import ROOT

from builder.build import build
from builder.model import Article
from builder.outlets.folder import read_site

PAGE = "versions/starlink-new-zealand--starlink-taipei-times.html"
ARTICLES = "content/articles/"
UNSEEN = re.compile(r'<span class="unseen">[^<]*</span>')


@pytest.fixture(scope="module")
def inputs() -> Mapping[str, bytes]:
    return read_site(ROOT)[0]


@pytest.fixture(scope="module")
def files(inputs: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return build(inputs).files


@pytest.fixture(scope="module")
def html(files: Mapping[str, bytes]) -> str:
    return files[PAGE].decode()


def versions(files: Mapping[str, bytes]) -> list[str]:
    return [path for path in files if path.startswith("versions/")]


def words(html: str) -> str:
    """What a reader sees of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", UNSEEN.sub("", html))).split())


def shown(html: str, place: str) -> str:
    """All paragraphs of one of the two texts, as they are printed on the page."""
    found = re.findall(rf'<p class="version version-{place}"[^>]*>(.*?)</p>', html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", UNSEEN.sub("", paragraph))) for paragraph in found)


def test_the_sample_has_one_such_page_and_it_shows_both_texts_whole(
    inputs: Mapping[str, bytes], files: Mapping[str, bytes], html: str
) -> None:
    assert versions(files) == [PAGE]
    articles = {article.slug: article for article in build(inputs).briefing.articles}

    def body(article: Article) -> str:
        return " ".join(block.text for block in article.blocks if block.role == "body")

    assert shown(html, "one") == body(articles["starlink-new-zealand"])
    assert shown(html, "other") == body(articles["starlink-taipei-times"])


def test_the_page_says_how_much_the_texts_share_and_that_it_does_not_know_who_changed_what(html: str) -> None:
    head = words(html[html.index('<header class="page-head"') : html.index('<dl class="kinds"')])
    assert "One wire story, two texts What differs between Reuters and Taipei Times" in head
    assert "A report by Reuters in two texts. The comparison shows what stands where, not who changed it." in head
    assert "12 paragraphs in both texts, 2 of them word for word 12 only in Reuters 8 only in Taipei Times" in head
    assert re.search(r"\b2[89]% of all stretches of five words shared", head)


def test_the_gravest_kind_of_difference_comes_first_each_with_an_example(html: str) -> None:
    kinds = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html[html.index('<dl class="kinds"') :], re.DOTALL)
    assert [(words(kind), words(example)) for kind, example in kinds] == [
        ("4 Substance", "On Friday, the / The"),
        ("3 Attribution", "have told Reuters. / said."),
        ("8 Spelling and style", "internet / Internet"),
        ("12 Typography", "Ukraine's / Ukraine’s"),
    ]


def test_a_difference_is_marked_in_both_texts_and_its_kind_can_be_heard(html: str) -> None:
    assert '<del class="attribution"><span class="unseen">[attribution: </span>noting<' in html
    assert '<ins class="attribution"><span class="unseen">[attribution: </span>adding<' in html
    assert '<del class="substance"><span class="unseen">[substance: </span>($NZ870 billion)<' in html
    assert len(re.findall(r"<(del|ins) class", html)) == len(re.findall(r"</(del|ins)>", html)) == 52
    assert " style=" not in html


def test_each_pair_has_its_tally_and_its_lines_lead_to_the_articles(html: str) -> None:
    rows = re.findall(r"<li class=\"versions-(\w+)\">(.*?)</li>", html, re.DOTALL)
    seen = {words(row).partition(" ")[2]: kind for kind, row in rows}
    assert len(rows) == 12 + 12 + 8
    first = next(row for kind, row in rows if "told Reuters" in row)
    assert words(first).startswith("attribution style typography 3 Reuters 3 US negotiators pressing Kyiv")
    assert 'href="../articles/starlink-new-zealand.html#p3"' in first
    assert 'href="../articles/starlink-taipei-times.html#p1"' in first
    cut = next(row for kind, row in rows if "handling of the war" in row)
    assert words(cut).startswith("typography Reuters 19 , 21 Musk rushed")
    assert [kind for kind, _ in rows].count("same") == 2
    assert any(text.startswith("for word Both 11 , 6 Reuters 11 During the meeting") for text in seen)


def test_what_one_text_alone_has_says_so_and_a_long_run_of_it_is_folded(html: str) -> None:
    reply = next(row for row in re.findall(r"<li class=\"versions-alone\">.*?</li>", html, re.DOTALL) if ">29<" in row)
    assert words(reply).startswith("only in Reuters Reuters 29 The Ukrainian embassy in Washington")
    assert words(reply).endswith("not in this text")
    assert re.findall(r"<summary>(.*?)</summary>", html) == [
        "10 more paragraphs only in Reuters (lines 33–53)",
        "6 more paragraphs only in Taipei Times (lines 16–21)",
    ]


def test_both_articles_lead_to_the_page_in_their_margin_and_among_their_facts(files: Mapping[str, bytes]) -> None:
    for slug in ("starlink-new-zealand", "starlink-taipei-times"):
        article = files[f"articles/{slug}.html"].decode()
        note = re.search(r'<div class="note note-wire">.*?</div>', article, re.DOTALL)
        assert note
        assert f'<a href="../{PAGE}">Compare the two</a>' in note[0]
        assert article.count(f'<a href="../{PAGE}">Compare the two</a>') == 3  # wide, narrow, margin
    assert b"versions/" not in files["articles/envoy-trip.html"]


@pytest.mark.parametrize("rights", ["passages", "none"])
@pytest.mark.parametrize("slug", ["starlink-new-zealand", "starlink-taipei-times"])
def test_a_text_that_may_not_be_reprinted_is_compared_nowhere(
    inputs: Mapping[str, bytes], slug: str, rights: str
) -> None:
    """One such text is enough: the other beside it would give it away."""
    path = f"{ARTICLES}{slug}.yaml"
    summary = inputs[path].decode().replace("text: full", f"text: {rights}")
    assert f"text: {rights}" in summary
    files = build({**inputs, path: summary.encode()}).files
    assert versions(files) == []
    assert not [name for name, body in files.items() if name.endswith(".html") and b"versions/" in body]


def test_a_german_site_compares_in_german(inputs: Mapping[str, bytes]) -> None:
    site = inputs["site.yaml"].decode().replace("language: en", "language: de")
    page = build({**inputs, "site.yaml": site.encode()}).files[PAGE].decode()
    text = words(page)
    for german in (
        "Eine Agenturmeldung, zwei Texte",
        "Reuters und Taipei Times: worin sie sich unterscheiden",
        "12 Absätze in beiden Texten, 2 davon Wort für Wort",
        "Schreibweise und Stil",
        "nur bei Taipei Times",
        "nicht in diesem Text",
        "Typografie 3",
        "10 weitere Absätze nur bei Reuters (Zeilen 33–53)",
    ):
        assert german in text
    assert '<p class="version version-one" lang="en">' in page


def story(title: str, *paragraphs: str, publisher: str = "unknown") -> dict[str, bytes]:
    """An article of a small site."""
    summary = f"title: {title}\npublisher: {publisher}\npublished: 2025-03-01\nagency: [dpa]\n"
    slug = title.lower().replace(" ", "-")
    return {
        f"{ARTICLES}{slug}.txt": "\n\n".join(paragraphs).encode(),
        f"{ARTICLES}{slug}.yaml": summary.encode(),
    }


SITE = {
    "site.yaml": b"title: A flood\n",
    "content/briefing.yaml": b"title: A flood\nas_of: 2025-03-02\nbottom_line: The river rose.\n",
}
P = (
    "The river rose by three metres during the night and flooded the lower town.",
    "Firemen brought forty people to the school on the hill, the mayor said.",
    "Nobody was hurt, but the old bridge will stay closed until an engineer has seen it.",
)


def small_site(inputs: Mapping[str, bytes], *stories: dict[str, bytes]) -> Mapping[str, bytes]:
    built = build(
        {path: body for path, body in inputs.items() if path.startswith("builtin/")}
        | SITE
        | {path: body for made in stories for path, body in made.items()}
    )
    assert [problem for problem in built.problems if problem.severity == "error"] == []
    return built.files


def test_of_three_prints_each_pair_has_a_page_and_each_link_says_with_whom(inputs: Mapping[str, bytes]) -> None:
    files = small_site(
        inputs,
        story("One", *P, publisher="Bote"),
        story("Three", P[1], P[0], P[2], publisher="Bote"),
        story("Two", *P, publisher="Kurier"),
    )
    assert sorted(versions(files)) == ["versions/one--three.html", "versions/one--two.html", "versions/three--two.html"]
    article = files["articles/two.html"].decode()
    assert '<a href="../versions/one--two.html">Compare with Bote 1 Mar, One</a>' in article
    assert '<a href="../versions/three--two.html">Compare with Bote 1 Mar, Three</a>' in article
    # Two texts of one publisher need more than its name to be told apart.
    title = words(files["versions/one--three.html"].decode().partition("<h1>")[2].partition("</h1>")[0])
    assert title == "What differs between Bote 1 Mar, One and Bote 1 Mar, Three"


def test_what_stands_elsewhere_in_the_other_text_is_not_called_missing(inputs: Mapping[str, bytes]) -> None:
    files = small_site(inputs, story("One", *P, P[1]), story("Two", P[2], P[0], P[1]))
    page = words(files["versions/one--two.html"].decode())
    assert "in another place word for word" in page
    assert "much of it in" in page
    assert "only in" not in page


def test_texts_without_a_difference_say_so(inputs: Mapping[str, bytes]) -> None:
    page = words(small_site(inputs, story("One", *P), story("Two", *P))["versions/one--two.html"].decode())
    assert "3 paragraphs in both texts, 3 of them word for word 100% of all stretches of five words shared" in page
    assert "0 Substance none 0 Attribution none 0 Spelling and style none 0 Typography none" in page


def test_two_pairs_whose_pages_would_have_one_path_are_an_error() -> None:
    stories = [
        {path.replace("slug", slug): body for path, body in story("slug", *text).items()}
        for slug, text in (("a", P), ("b--c", P), ("a--b", P[::-1]), ("c", P[::-1]))
    ]
    built = build(SITE | {path: body for made in stories for path, body in made.items()})
    (problem,) = [problem for problem in built.problems if problem.code == "path-taken"]
    assert problem.message.startswith("versions/a--b--c.html compares a and b--c already")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_paragraph_that_both_texts_have_word_for_word_is_shown_once_on_a_narrow_screen(
    browser: Browser, served: Served, width: int
) -> None:
    with window(browser, served.origin, width=width) as page:
        page.goto(served.address(PAGE))
        same = page.locator(".versions-same").first
        visible = [text for text in same.locator(".version").all() if text.is_visible()]
        assert len(visible) == (1 if width == 390 else 2)
        if width == 390:
            expect(same.get_by_text("Both")).to_be_visible()
        assert axe_findings(page) == []
