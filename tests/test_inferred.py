"""What an author inferred is nowhere passed off as stated: in no file that a build writes, whatever its format.

Each inferred value is a word that stands nowhere else, so that every file can be searched for it.
"""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import icalendar
import pytest
from bibtexparser.entrypoint import parse_string
from browsing import Served
from lxml import etree
from playwright.sync_api import Page, expect
from readings import strings_in
from tiny import page as page_of
from tiny import tiny

from builder.build import Built

SUMMARY = """
title: {value: Titlon, basis: Because of whytitle.}
publisher: {value: Publishon, basis: Because of whypublisher.}
agency: [{value: Agencyon, basis: Because of whyagency.}]
authors: [{value: Authoron, basis: Because of whyauthor.}]
published: {value: 1987-06-05, basis: Because of whypublished.}
url: https://daily.example/a
quotes: [{quote: Nobody asked us, speaker: ida-kern}]
events:
  - {event: bridge-shut, date: 1988-07-06, basis: Because of whyevent., quote: has been shut since 14 January}
"""
NAMES = ("Titlon", "Publishon", "Agencyon", "Authoron")
DAYS = ("1987", "1988")
BRIEFING = """
title: T
as_of: 2025-04-07
bottom_line: Nothing yet. [@daily]
questions:
  - {id: day, question: When?, positions: [{answer: Then, says: [{article: daily, quote: since 14 January}]}]}
"""


@pytest.fixture(scope="module")
def built() -> Built:
    files = {
        "content/articles/daily.yaml": SUMMARY,
        "content/briefing.yaml": BRIEFING,
        "content/timeline.yaml": "bridge-shut: {title: Shut, date: 1988-07-06}\n",
    }
    built = tiny(dict(files), site="url: https://example.org/\n")
    assert built.sound
    return built


def text(built: Built, path: str) -> str:
    return built.files[path].decode()


def objects_in(value: object) -> Iterator[dict[str, Any]]:
    match value:
        case dict():
            yield value
            for inner in value.values():
                yield from objects_in(inner)
        case list():
            for inner in value:
                yield from objects_in(inner)


CHECKED = (
    {f"data/{name}.json" for name in ("articles", "events", "accounts", "differences")}
    | {f"data/{name}.csv" for name in ("articles", "events", "accounts", "differences")}
    | {"data/sources.json", "data/sources.bib", "data/timelinejs.json", "timeline.ics", "feed.xml", "feed.json"}
)
"""The files for machines that tell of an inferred value. Each has its test below."""


def test_no_other_file_for_machines_has_an_inferred_value(built: Built) -> None:
    """The title alone is a name that others need: it is the editor's, and says so where a format has a place for it."""
    for path in built.files.keys() - CHECKED:
        if not path.endswith((".html", ".css")):
            for word in (*NAMES[1:], *DAYS):
                assert word not in text(built, path), (path, word)
    for path in CHECKED:
        assert any(word in text(built, path) for word in (*NAMES, *DAYS)), f"{path} needs no test here"


def test_pages_tell_no_machine_what_is_inferred(built: Built) -> None:
    """Neither their JSON-LD nor their metadata nor a `<time>`; a link or heading may have the title."""
    for path in (path for path in built.files if path.endswith(".html")):
        html = text(built, path)
        data = "".join(re.findall(r"<script[^>]*ld\+json.*?</script>", html, re.DOTALL))
        times = "".join(re.findall(r"<time[^>]*>", html))
        meta = "".join(re.findall(r"<meta[^>]*>", html))
        for word in (*NAMES[1:], *DAYS):
            assert word not in data + times + meta, (path, word)
        assert "Titlon" not in data


def test_the_text_of_a_citation_has_it_in_brackets(built: Built) -> None:
    (cited,) = re.findall(r'<p class="citation">(.*?)</p>', text(built, "articles/daily.html"))
    assert cited == "[Authoron], [“Titlon”], [Publishon] ([Agencyon]), [5 June 1987], https://daily.example/a"


def test_in_a_document_it_is_marked_beside_its_value(built: Built) -> None:
    (daily,) = (row for row in json.loads(text(built, "data/articles.json"))["articles"] if row["slug"] == "daily")
    for value, why in (
        (daily["publisher"], "publisher"),
        (daily["agencies"][0], "agency"),
        (daily["authors"][0], "author"),
    ):
        assert (value["basis"], value["reason"]) == ("inferred", f"Because of why{why}.")
    assert daily["published"]["basis"] == "inferred"
    assert (daily["title_is_editorial"], daily["title_reason"]) == (True, "Because of whytitle.")
    for path in (path for path in CHECKED if path.startswith("data/") and path.endswith(".json")):
        for found in objects_in(json.loads(text(built, path))):
            if found.get("value") in NAMES:
                assert (found["basis"], found["reason"][:14]) == ("inferred", "Because of why")
            if found.get("edtf", "").startswith(DAYS):
                assert (found["basis"], found["reason"][:14]) == ("inferred", "Because of why")


def test_in_a_table_it_is_marked_in_the_columns_beside_it(built: Built) -> None:
    marked = 0
    for path in (path for path in CHECKED if path.endswith(".csv")):
        for row in csv.DictReader(StringIO(text(built, path), newline="")):
            for column, value in row.items():
                if value in NAMES[1:] or value.startswith(DAYS):
                    name = column.removesuffix("_earliest").removesuffix("_latest")
                    assert (row[f"{name}_basis"], row[f"{name}_reason"][:14]) == ("inferred", "Because of why")
                    marked += 1
    assert marked == 3 + 3 * 3 + 2


def test_in_citation_formats_it_is_in_the_note_alone(built: Built) -> None:
    item = next(item for item in json.loads(text(built, "data/sources.json")) if item["id"] == "daily")
    note = item.pop("note")
    assert item.pop("title") == "[Titlon]"
    assert not [string for string in strings_in(item) for word in (*NAMES, *DAYS) if word in string]
    assert not {"container-title", "author", "issued"} & set(item)
    fields = {
        field.key: field.value for field in parse_string(text(built, "data/sources.bib")).entries_dict["daily"].fields
    }
    assert fields.pop("note") == note
    assert fields == {"title": "{[Titlon]}", "url": "https://daily.example/a"}
    for word in ("Titlon", "Publishon", "Agencyon", "Authoron", "5 June 1987"):
        assert re.search(rf"inferred by the editor: {word} \(Because of why", note)


def test_a_page_gives_the_reason_for_every_one(built: Built) -> None:
    """A headline's as well; where the source has none and the editor wrote one, that is said instead."""
    for path in ("articles/daily.html", "sources.html"):
        for why in ("title", "publisher", "agency", "author", "published"):
            assert f"Because of why{why}." in text(built, path), (path, why)
        assert "the source has none" not in text(built, path)
    assert "the source has none" in page_of(tiny(), "articles/daily.html")
    assert "5 values inferred" in text(built, "index.html"), "the headline counts among what is to be read with care"


def test_a_search_marks_the_date_of_an_event_as_it_does_that_of_an_article(page: Page, served: Served) -> None:
    for title, marked in (("Kellogg meets Zelensky", 1), ("Zelensky is elected president", 0)):
        page.goto(f"{served.home}search.html?{title[0]}#q={title.replace(' ', '+')}")
        row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title, exact=True))
        expect(row.locator("p.meta")).to_contain_text("20")
        expect(row.locator("p.meta .inferred")).to_have_count(marked)


def test_the_date_over_an_event_is_marked_where_no_source_states_it(built: Built) -> None:
    assert '<span class="inferred">6 July 1988</span>' in text(built, "events/bridge-shut.html")
    assert '<p class="event-when"><span>' in page_of(tiny(), "events/bridge-shut.html").replace(' class="inferred"', "")
    stated = tiny({"content/timeline.yaml": "bridge-shut: {title: Shut, date: 2025-01-14}\n"})
    assert '<p class="event-when"><span>14 January 2025</span></p>' in page_of(stated, "events/bridge-shut.html")


def test_a_date_that_another_source_contradicts_is_in_no_metadata() -> None:
    """One article gives the 14th, another the 20th; the editor follows the first."""
    disputed = page_of(
        tiny({"content/timeline.yaml": "bridge-shut: {title: Shut, date: 2025-01-14, note: See there.}\n"}),
        "events/bridge-shut.html",
    )
    assert '<meta name="description" content="See there.">' in disputed


def test_a_day_that_another_source_contradicts_is_called_disputed_in_a_calendar() -> None:
    built = tiny({"content/timeline.yaml": "bridge-shut: {title: Shut, date: 2025-01-14}\n"})
    (event,) = icalendar.Calendar.from_ical(built.files["timeline.ics"]).events
    assert str(event["SUMMARY"]) == "Shut [disputed: the date]"


def test_a_calendar_says_so_in_words(built: Built) -> None:
    (event,) = icalendar.Calendar.from_ical(built.files["timeline.ics"]).events
    assert str(event["SUMMARY"]) == "Shut [date inferred; disputed: the date]", (
        "in a month's view there is nothing else"
    )
    assert "Date inferred by the editor: Because of whyevent." in str(event["DESCRIPTION"])
    assert "Told by: [Publishon]" in str(event["DESCRIPTION"])


def test_a_timeline_says_so_in_the_date_that_it_shows(built: Built) -> None:
    (slide,) = json.loads(text(built, "data/timelinejs.json"))["events"]
    assert slide["display_date"] == "6 July 1988 [inferred]"
    assert "<p>Date inferred by the editor: Because of whyevent.</p>" in slide["text"]["text"]


def test_feeds_say_so_in_words_and_have_no_date_for_it(built: Built) -> None:
    for item in json.loads(text(built, "feed.json"))["items"]:
        says = item.pop("content_text")
        assert ("1988" in says) == ("Date inferred by the editor: Because of whyevent." in says)
        assert "Publishon" not in says.replace("[Publishon]", "")
        assert not [string for string in strings_in(item) for word in (*NAMES, *DAYS) if word in string]
    feed = etree.fromstring(built.files["feed.xml"])
    contents = {node.text for node in feed.iter("{*}content")}
    for node in feed.iter():
        if node.text not in contents:
            assert not any(word in str(node.text) for word in (*NAMES, *DAYS))
