"""What feed readers and search engines read, held against the standards' own grammars and by others' readers."""

import json
import re
from urllib.parse import urlsplit

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from sample import ROOT
from tiny import BRIEFING, TIMELINE, page, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.site.data import sitemap
from builder.site.data.feeds import EVENTS_IN_FEED

URL = "url: https://example.org/b/\n"
ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(ROOT / "tests/schemas/atom.rng"))
SITEMAP_XSD = ROOT / ".cache/readers/node_modules/sitemap/schema/sitemap.xsd"
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        **{key: {"type": "string", "minLength": 1} for key in ("title", "description", "language")},
        **{key: {"type": "string", "format": "uri"} for key in ("home_page_url", "feed_url")},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        },
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "additionalProperties": False,
                "properties": {
                    **{key: {"type": "string", "minLength": 1} for key in ("id", "url", "title", "content_text")},
                    "date_modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                },
            },
        },
    },
}
"""https://www.jsonfeed.org/version/1.1/, as far as we use it."""


def with_address(of: str) -> Built:
    inputs, _ = read_site(ROOT / of)
    settings = re.sub(r"(?m)^url:.*\n", "", inputs["site.yaml"].decode()).rstrip() + "\n" + URL
    return build({**inputs, "site.yaml": settings.encode()})


@pytest.fixture(scope="module", params=[".", "tests/topics/moselbahn"], ids=["sample", "moselbahn"])
def built(request: pytest.FixtureRequest) -> Built:
    return with_address(request.param)


def atom(built: Built) -> "etree._Element":
    feed = etree.fromstring(built.files["feed.xml"])
    GRAMMAR.assertValid(feed)
    # The two rules that the grammar cannot say.
    assert feed.find(f"{ATOM}author") is not None
    assert all(entry.find(f"{ATOM}content") is not None for entry in feed.iter(f"{ATOM}entry"))
    return feed


# --- feeds ---------------------------------------------------------------------------------------------------------


def test_the_feed_is_what_rfc_4287_says_and_others_read_it(built: Built) -> None:
    feed = atom(built)
    read = feedparser.parse(built.files["feed.xml"])
    assert read.bozo is False
    assert read.feed.title == built.briefing.title
    ids = [entry.id for entry in read.entries]
    assert len(ids) == len(set(ids)) == len(feed.findall(f"{ATOM}entry"))
    assert len(ids) == len(built.briefing.changes) + len(built.briefing.events)


def test_both_feeds_say_the_same(built: Built) -> None:
    found = json.loads(built.files["feed.json"])
    assert list(Draft202012Validator(JSON_FEED).iter_errors(found)) == []
    entries = [
        tuple(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "content"))
        for entry in atom(built).iter(f"{ATOM}entry")
    ]
    keys = ("id", "title", "date_modified", "content_text")
    assert [tuple(item[key] for key in keys) for item in found["items"]] == entries


def test_every_entry_leads_to_a_page_that_is_there(built: Built) -> None:
    for link in atom(built).iter(f"{ATOM}link"):
        assert link.get("href").startswith("https://example.org/b/")
        path, _, place = link.get("href").removeprefix("https://example.org/b/").partition("#")
        assert (path or "index.html") in built.files
        assert not place or f'id="{place}"' in page(built, path or "index.html")


def test_time_stamps_are_the_days_of_the_changes(built: Built) -> None:
    days = {f"{change.when.edtf}T00:00:00Z" for change in built.briefing.changes}
    found = {one.text for one in atom(built).iter(f"{ATOM}updated")}
    assert found <= days or not days
    assert atom(built).findtext(f"{ATOM}updated") == max(found)


@pytest.mark.parametrize(
    ("as_of", "stamp"),
    [("2025-04", "2025-04-30"), ("2025-04-07/..", "2025-04-07"), ("Y12345", "9999-12-31"), ("-0043", "0001-01-01")],
)
def test_without_changes_they_are_the_day_up_to_which_the_briefing_holds(as_of: str, stamp: str) -> None:
    briefing = BRIEFING.partition("changes:")[0].replace("as_of: 2025-04-07", f'as_of: "{as_of}"')
    built = tiny({"content/briefing.yaml": briefing}, site=URL)
    assert {one.text for one in atom(built).iter(f"{ATOM}updated")} == {f"{stamp}T00:00:00Z"}


def test_ids_stay_when_an_edition_is_added_and_a_new_change_is_new() -> None:
    before = tiny(site=URL)
    later = BRIEFING.replace("changes:\n", "changes:\n  - {date: 2025-04-09, text: Second edition.}\n")
    after = tiny({"content/briefing.yaml": later.replace("as_of: 2025-04-07", "as_of: 2025-04-09")}, site=URL)
    ids = [[one.text for one in atom(built).iter(f"{ATOM}id")] for built in (before, after)]
    assert set(ids[0]) < set(ids[1])
    (new,) = set(ids[1]) - set(ids[0])
    assert re.fullmatch(r"https://example\.org/b/#change-2025-04-09-[0-9a-f]{8}", new)
    stamps = [one.text for one in atom(after).iter(f"{ATOM}updated")]
    assert stamps == [f"2025-04-{day}T00:00:00Z" for day in ("09", "09", "07", "09")], "feed, change, change, event"


def test_two_changes_of_one_day_are_two_entries_and_one_told_twice_is_one() -> None:
    log = "  - {date: 2025-04-07, text: More.}\n  - {date: 2025-04-07, text: First edition.}\n"
    built = tiny({"content/briefing.yaml": BRIEFING + log}, site=URL)
    texts = [one.text for one in atom(built).iter(f"{ATOM}content")]
    assert texts[:2] == ["First edition.", "More."]
    assert len(texts) == 3


def test_hostile_texts_are_texts() -> None:
    title = r'"<b>&amp; ]]> \x01 \uFFFE </title><script>"'
    changed: dict[str, str | bytes] = {
        "content/timeline.yaml": TIMELINE.replace("title: The bridge is shut", f"title: {title}")
    }
    built = tiny(changed, site=URL + 'description: "<i>\\b"\nauthors: [{name: \'A <x> & "B"\'}]\n')
    feed = atom(built)
    assert feed.findtext(f"{ATOM}entry[2]/{ATOM}title") == "<b>&amp; ]]> \ufffd \ufffd </title><script>"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == 'A <x> & "B"'
    assert feedparser.parse(built.files["feed.xml"]).bozo is False


def test_a_feed_of_many_events_has_the_latest() -> None:
    background = "source: {title: B, url: 'https://b.example/'}"
    events = "".join(f"e{n}: {{title: E{n}, date: {1500 + n}, {background}}}\n" for n in range(EVENTS_IN_FEED + 9))
    built = tiny({"content/timeline.yaml": events + TIMELINE}, site=URL)
    titles = [one.text for one in atom(built).iter(f"{ATOM}title")]
    assert titles[2:4] == ["The bridge is shut", f"E{EVENTS_IN_FEED + 8}"]
    assert len(titles) == 2 + EVENTS_IN_FEED


def test_pages_name_the_feeds_by_a_relative_address() -> None:
    built = tiny(site=URL)
    assert '<link rel="alternate" type="application/atom+xml" href="feed.xml">' in page(built, "index.html")
    assert '<link rel="alternate" type="application/feed+json" href="../feed.json">' in page(
        built, "articles/daily.html"
    )
    assert "alternate" not in page(built, "404.html")


# --- search engines ------------------------------------------------------------------------------------------------


def schema_of_sitemaps() -> "etree.XMLSchema":
    assert SITEMAP_XSD.exists(), f"{SITEMAP_XSD} is not there: run tests/tools.sh, as “make test” does"
    return etree.XMLSchema(etree.parse(SITEMAP_XSD))


def test_the_sitemap_is_what_its_schema_says_and_names_every_page(built: Built) -> None:
    found = etree.fromstring(built.files["sitemap.xml"])
    schema_of_sitemaps().assertValid(found)
    named = {one.text.removeprefix("https://example.org/b/") or "index.html" for one in found.iter("{*}loc")}
    pages = {path for path in built.files if path.endswith(".html") and not path.startswith("files/")}
    assert named == pages - {"404.html", "search.html"}


def test_a_site_too_large_for_one_file_has_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LARGEST", 4)
    files = tiny(site=URL).files
    parts = sorted(path for path in files if path.startswith("sitemap-"))
    assert len(parts) > 1
    index = etree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{{{sitemap.NAMESPACE}}}sitemapindex"
    assert [one.text for one in index.iter("{*}loc")] == [f"https://example.org/b/{path}" for path in parts]
    for path in parts:
        schema_of_sitemaps().assertValid(etree.fromstring(files[path]))


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://example.org", True),
        ("https://example.org/", True),
        ("https://example.org//", True),
        ("https://example.org/b/", False),
        ("https://somebody.github.io/repo", False),
    ],
)
def test_only_a_site_that_is_all_of_its_host_speaks_for_it(url: str, there: bool) -> None:  # noqa: FBT001  # a parameter of pytest's
    files = tiny(site=f"url: {url}\n").files
    assert ("robots.txt" in files) == there
    if there:
        host = urlsplit(url).netloc
        expected = f"User-agent: *\nDisallow:\n\nSitemap: https://{host}/sitemap.xml\n"
        assert files["robots.txt"].decode() == expected
