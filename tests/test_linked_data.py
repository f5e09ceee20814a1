"""What pages tell search engines and those who pass them on: JSON-LD, canonical addresses, Open Graph."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from browsing import SUB_PATH, host, window
from crawl import Crawl, fullest_of_each_kind
from firefox import Fox
from linked_data import SCHEMA, expanded
from playwright.sync_api import Browser
from sample import ROOT
from tiny import DAILY_SUMMARY, ENTITIES, TIMELINE, page, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.outlets.writing import write_site

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
URL = "url: https://example.org/b/\n"
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">')


def linked(built: Built, path: str) -> dict[str, Any]:
    (found,) = SCRIPT.findall(page(built, path))
    node: dict[str, Any] = json.loads(found)
    return node


# --- JSON-LD -------------------------------------------------------------------------------------------------------


def test_each_kind_of_page_says_what_it_is_about() -> None:
    entities = (
        ENTITIES + "riga: {name: Riga, kind: place}\nnato: {name: NATO, kind: organization}\nx: {name: X, kind: own}\n"
    )
    built = tiny({"content/entities.yaml": entities})
    assert linked(built, "articles/daily.html")["@type"] == "NewsArticle"
    assert linked(built, "events/bridge-shut.html")["@type"] == "Event"
    assert linked(built, "index.html")["hasPart"][0]["@type"] == "Claim"
    kinds = {name: linked(built, f"entities/{name}.html")["@type"] for name in ("ida-kern", "riga", "nato", "x")}
    assert kinds == {"ida-kern": "Person", "riga": "Place", "nato": "Organization", "x": "Thing"}
    assert "ld+json" not in page(built, "404.html")


def test_an_article_says_what_its_source_states_and_nothing_that_is_inferred() -> None:
    summary = """
title: The bridge
publisher: The Daily
agency: [Reuters, {value: AP, basis: why}]
authors: [Ann Lee]
published: 2025-04-01
url: https://daily.example/a
language: de
"""
    found = linked(tiny({"content/articles/daily.yaml": summary}), "articles/daily.html")
    assert found == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "#source",
        "headline": "The bridge",
        "publisher": {"@type": "Organization", "name": "The Daily"},
        "sourceOrganization": [{"@type": "Organization", "name": "Reuters"}],
        "author": [{"name": "Ann Lee"}],
        "datePublished": "2025-04-01",
        "inLanguage": "de",
        "url": "https://daily.example/a",
    }
    doubtful = linked(tiny(), "articles/daily.html")
    assert set(doubtful) == {"@context", "@type", "@id", "datePublished", "inLanguage"}


def test_an_event_has_a_date_only_where_it_is_stated_and_undisputed() -> None:
    assert "startDate" not in linked(tiny(), "events/bridge-shut.html")
    stated = tiny({"content/timeline.yaml": TIMELINE.replace('"[2025-01-14,2025-01-20]"', "2025-01-14")})
    assert "startDate" not in linked(stated, "events/bridge-shut.html"), "the other paper has another day"
    background = "old: {title: O, date: 1900-02, source: {title: B, url: 'https://b.example/'}}\n"
    alone = tiny({"content/timeline.yaml": background + "bridge-shut: {title: T}\n"})
    assert linked(alone, "events/old.html")["startDate"] == "1900-02"


def test_every_term_is_one_of_schema_org_and_every_address_leads_to_a_page() -> None:
    built = build(read_site(ROOT)[0])
    base = "https://example.org/b/"
    seen = set()
    for path in (path for path in built.files if path.endswith(".html") and "ld+json" in page(built, path)):
        (found,) = expanded(linked(built, path), base + path)
        for node in nodes(found):
            seen |= {key for key in node if not key.startswith("@")}
            if "@id" in node and node["@id"].startswith(base):
                assert node["@id"].removeprefix(base).partition("#")[0] in built.files
    known = "NewsArticle headline publisher sourceOrganization author datePublished inLanguage name alternateName"
    known += " description sameAs about subjectOf startDate dateModified version hasPart text appearance"
    assert {term.removeprefix(SCHEMA) for term in seen} <= set(known.split())


def nodes(value: object) -> Any:
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from nodes(inner)
        case list():
            for inner in value:
                yield from nodes(inner)


HOSTILE = "</script><script>alert(1)</script><!-- \u2028 & "


def test_no_text_ends_the_script_that_holds_it() -> None:
    entities = ENTITIES.replace("Ida Kern,", f"{json.dumps(HOSTILE + 'Ida Kern')},")
    built = tiny({"content/entities.yaml": entities})
    html = page(built, "entities/ida-kern.html")
    (script,) = SCRIPT.findall(html)
    assert not set(script) & set("<>&\u2028")
    assert json.loads(script)["name"] == HOSTILE + "Ida Kern"
    assert "<script>alert" not in html


@pytest.fixture(scope="module")
def with_address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a `url`, on disk."""
    inputs, _ = read_site(ROOT)
    built = build({**inputs, "site.yaml": inputs["site.yaml"] + f"url: https://example.org{SUB_PATH}\n".encode()})
    folder = tmp_path_factory.mktemp("with-address") / "site"
    write_site(built.files, folder, ROOT)
    return folder


def test_browsers_take_the_data_for_data_and_say_nothing(browser: Browser, firefox: Fox, with_address: Path) -> None:
    """Under `script-src 'self'` a script in the page would be an error; this is none, and nobody runs it."""
    with host(with_address) as served, window(browser, served.origin) as seen:
        for name in fullest_of_each_kind(with_address):
            seen.goto(served.address(name))
            assert seen.locator('script[type="application/ld+json"]').count() <= 1
            firefox.open(served.address(name))
            assert firefox.complaints() == []


# --- addresses -----------------------------------------------------------------------------------------------------


def test_a_site_with_an_address_spells_it_out_for_machines_alone(with_address: Path) -> None:
    """No link of any page does, and each still leads to a file that is there."""
    crawl = Crawl(f"{with_address.as_uri()}/", own_url=f"https://example.org{SUB_PATH}").follow("index.html")
    about_home = [fault for fault in crawl.faults if "spells out" in fault]
    assert about_home == []
    assert crawl.faults == []
    for file in with_address.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        absolute = re.sub(
            r'<link rel="canonical"[^>]*>|<meta property="og:[^>]*>|<section class="section cite".*?</section>',
            "",
            html,
            flags=re.DOTALL,
        )
        assert "https://example.org" not in absolute, file


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/b", "https://example.org/b/"),
        ("https://EXAMPLE.org//b//", "https://example.org/b/"),
        ("http://bücher.example/täg%20lich", "http://xn--bcher-kva.example/t%C3%A4g%20lich/"),
        ("https://example.org:8443/b/", "https://example.org:8443/b/"),
        ("https://[2001:db8::1]/b/", "https://[2001:db8::1]/b/"),
    ],
)
def test_every_page_says_where_it_stands(url: str, base: str) -> None:
    built = tiny(site=f'url: "{url}"\n')
    assert built.problems == ()
    for path in (path for path in built.files if path.endswith(".html") and path != "404.html"):
        expected = base if path == "index.html" else base + path
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', page(built, path)) == [expected]
        assert dict(META.findall(page(built, path)))["og:url"] == expected
    assert "canonical" not in page(built, "404.html")


def test_a_page_that_is_passed_on_has_its_title_and_no_picture_that_is_not_there() -> None:
    built = tiny(site=URL + "description: About a bridge.\n")
    found = dict(META.findall(page(built, "index.html")))
    assert found == {
        "og:title": "The old bridge",
        "og:type": "website",
        "og:url": "https://example.org/b/",
        "og:site_name": "The bridge",
        "og:description": "About a bridge.",
        "twitter:card": "summary",
    }
    assert dict(META.findall(page(built, "articles/daily.html")))["og:type"] == "article"


def test_a_site_without_an_address_says_nothing_that_needs_one() -> None:
    built = tiny()
    for path in (path for path in built.files if path.endswith(".html")):
        assert not re.search(r"canonical|og:|twitter:|rel=\"alternate\"", page(built, path)), path
    assert not {"feed.xml", "feed.json", "sitemap.xml", "robots.txt", "card.png"} & built.files.keys()


@pytest.mark.parametrize(
    "url", ["https://example.org/?a=b", "https://example.org/#top", "https://me:secret@example.org/"]
)
def test_an_address_to_which_nothing_can_be_added_is_an_error(url: str) -> None:
    (problem,) = tiny(site=f'url: "{url}"\n').problems
    assert (problem.code, problem.span.path, problem.span.line) == ("wrong-type", "site.yaml", 3)


def test_a_draft_is_in_no_file_whatever_its_format() -> None:
    summary = DAILY_SUMMARY.replace("title: The bridge", "title: Quintessence") + "draft: true\n"
    briefing = "title: T\nas_of: 2025-04-07\nbottom_line: Nothing yet.\n"
    built = tiny({"content/articles/daily.yaml": summary, "content/briefing.yaml": briefing}, site=URL)
    assert built.sound
    assert not [path for path, body in built.files.items() if b"Quintessence" in body or b"daily.html" in body]
