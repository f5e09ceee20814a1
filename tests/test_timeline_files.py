"""The timeline for calendars and for TimelineJS: a day where the day is known, and nowhere a date that is not."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from browsing import host, window
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect
from sample import ROOT
from tiny import DAILY_SUMMARY, TIMELINE, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site
from builder.reading.edtf import read_edtf
from builder.site.data.ics import days_of, folded, text

TIMELINEJS = ROOT / ".cache/readers/node_modules/@knight-lab/timelinejs"
URL = "url: https://example.org/b/\n"


TIMELINEJS_PAGE = """<!DOCTYPE html>
<title>T</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="lib/css/timeline.css">
<style>#here { width: 1000px; height: 600px }</style>
<div id="here"></div>
<script src="lib/js/timeline.js"></script>
<script>
window.timeline = new TL.Timeline('here', 'timeline.json', {font: null, script_path: 'lib/js/'})
</script>
"""


@pytest.fixture(scope="module", params=[".", "tests/topics/moselbahn"], ids=["sample", "moselbahn"])
def built(request: pytest.FixtureRequest) -> Built:
    return build(read_site(ROOT / request.param)[0])


def calendar(built: Built) -> Any:  # the values of its events have two dozen types
    found = icalendar.Calendar.from_ical(built.files["timeline.ics"])
    assert isinstance(found, icalendar.Calendar)
    assert found.errors == []
    assert all(event.errors == [] for event in found.events)
    return found


def dated(when: str, more: str = "") -> Built:
    """The tiny site with one event, background, on this date."""
    source = "source: {title: Book, url: 'https://b.example/'}"
    timeline = f"ferry: {{title: A ferry, date: '{when}', {source}{more}}}\nbridge-shut: {{title: Shut, date: 2025}}\n"
    return tiny({"content/timeline.yaml": timeline}, site=URL)


# --- calendar ------------------------------------------------------------------------------------------------------


def test_a_calendar_reads_every_event_whose_day_is_known_and_no_other(built: Built) -> None:
    known = {event.key for event in built.briefing.events if days_of(event.when)}
    found = {str(event["UID"]).partition("@")[0]: event for event in calendar(built).events}
    assert set(found) == known
    assert 0 < len(known) < len(built.briefing.events)
    for event in built.briefing.events:
        if event.key in known and event.when.earliest:
            entry = found[event.key]
            assert entry["DTSTART"].dt == date(*event.when.earliest)
            assert entry["DTSTART"].params["VALUE"] == "DATE"
            assert str(entry["SUMMARY"]).startswith(event.title)
            assert str(entry["TRANSP"]) == "TRANSPARENT"


def test_the_calendar_says_how_many_events_are_not_in_it() -> None:
    built = build(read_site(ROOT)[0])
    left_out = len(built.briefing.events) - len(calendar(built).events)
    words = f"{left_out} events are not in this calendar: their days are not known."
    assert str(calendar(built)["DESCRIPTION"]) == words


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2025-02-22", (date(2025, 2, 22), date(2025, 2, 23))),
        ("2025-12-31", (date(2025, 12, 31), date(2026, 1, 1))),
        ("2025-02-27/2025-03-01", (date(2025, 2, 27), date(2025, 3, 2))),
        *((edtf, None) for edtf in ("2025", "2025-02", "2022-23", "201X", "2025-02-XX", "2025-02-22~", "2025-02-22?")),
        *((edtf, None) for edtf in ("2025-02-22%", "2025-02/2025-03", "2025-02-21/..", "../2025-02-21")),
        *((edtf, None) for edtf in ("[2025-02-16,2025-02-17]", "[..2025-02-12]", "2025-02-14~/2025-02-15", "Y12345")),
        *((edtf, None) for edtf in ("-0043-03-15", "0000-01-01", "9999-12-31", "2025-02/2025-02-15")),
    ],
)
def test_only_a_known_day_or_stretch_of_days_is_in_a_calendar(edtf: str, days: tuple[date, date] | None) -> None:
    """RFC 5545 knows days and no doubt about them: an event of “February” did not last all of February."""
    found = days_of(read_edtf(edtf))
    assert (found and (date(*found[0]), date(*found[1]))) == days
    built = dated(edtf)
    assert built.problems == ()
    if days:
        (entry,) = calendar(built).events
        assert (entry["DTSTART"].dt, entry["DTEND"].dt) == days
    else:
        assert "timeline.ics" not in built.files
        assert b"timeline.ics" not in built.files["data.html"]


def test_an_inferred_day_is_said_to_be_inferred_and_why() -> None:
    summary = DAILY_SUMMARY.replace("date: 2025-01-14,", "date: 2025-01-14, basis: The year is ours,")
    timeline: dict[str, str | bytes] = {
        "content/timeline.yaml": TIMELINE.replace('"[2025-01-14,2025-01-20]"', "2025-01-14")
    }
    (entry,) = calendar(tiny({"content/articles/daily.yaml": summary, **timeline})).events
    assert str(entry["DESCRIPTION"]) == (
        "14 January 2025\nDate inferred by the editor: The year is ours\nHappened\nDisputed: the date\n"
        "14 Jan: [The Daily]; 20 Jan: The Weekly\nTold by: [The Daily], The Weekly"
    )
    (stated,) = calendar(tiny(timeline)).events
    assert "inferred" not in str(stated["DESCRIPTION"])


def test_an_address_with_signs_of_the_calendars_own_is_one_value() -> None:
    day = "bridge-shut: {title: Shut, date: 2025-01-14}\n"
    built = tiny({"content/timeline.yaml": day}, site="url: https://example.org/a,b;c/\n")
    lines = built.files["timeline.ics"].decode().replace("\r\n ", "").splitlines()
    assert "UID:bridge-shut@example.org/a\\,b\\;c" in lines
    (event,) = icalendar.Calendar.from_ical(built.files["timeline.ics"]).events
    assert str(event["UID"]) == "bridge-shut@example.org/a,b;c"


def test_a_claim_is_called_one_where_only_its_title_is_seen() -> None:
    (entry,) = calendar(dated("1900-01-01", ", status: claimed")).events
    assert str(entry["SUMMARY"]) == "A ferry (claimed)"
    assert str(entry["URL"]) == "https://example.org/b/events/ferry.html"
    assert str(entry["UID"]) == "ferry@example.org/b"
    assert str(entry["DTSTAMP"].to_ical().decode()) == "20250407T000000Z"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_line_of_a_calendar(value: str) -> None:
    """But for control characters, which no calendar can hold; and no line is longer than 75 octets."""
    line = folded(f"SUMMARY:{text(value)}")
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))
    event: Any = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}END:VEVENT\r\n")
    expected = "".join(sign for sign in value if sign >= " " or sign in "\t\n")
    assert str(event["SUMMARY"]) == expected
    assert len(event) == 1


# --- TimelineJS ----------------------------------------------------------------------------------------------------


def slides(built: Built) -> dict[str, dict[str, Any]]:
    return {slide["unique_id"]: slide for slide in json.loads(built.files["data/timelinejs.json"])["events"]}


@pytest.mark.parametrize(
    ("edtf", "first", "last", "shown"),
    [
        ("2025-02-22", {"year": 2025, "month": 2, "day": 22}, None, "22 February 2025"),
        ("2025-02", {"year": 2025, "month": 2}, None, "February 2025"),
        ("2025", {"year": 2025}, None, "2025"),
        ("2025-02-22~", {"year": 2025, "month": 2, "day": 22}, None, "about 22 February 2025"),
        (
            "[2025-02-16,2025-02-17]",
            {"year": 2025, "month": 2, "day": 16},
            {"year": 2025, "month": 2, "day": 17},
            "16 or 17 February 2025",
        ),
        ("[..2025-02-12]", {"year": 2025, "month": 2, "day": 12}, None, "by 12 February 2025"),
        ("2025-02-21/..", {"year": 2025, "month": 2, "day": 21}, None, "from 21 February 2025, open"),
        ("-0043", {"year": -43}, None, "44 BC"),
        ("201X", {"year": 2010, "month": 1, "day": 1}, {"year": 2019, "month": 12, "day": 31}, "2010–2019"),
    ],
)
def test_a_slide_shows_a_date_no_more_exact_than_it_is_known(
    edtf: str, first: dict[str, int], last: dict[str, int] | None, shown: str
) -> None:
    slide = slides(dated(edtf))["ferry"]
    assert (slide["start_date"], slide.get("end_date"), slide["display_date"]) == (first, last, shown)


def test_an_inferred_date_is_shown_as_inferred() -> None:
    slide = slides(tiny())["bridge-shut"]
    assert slide["display_date"] == "14 or 20 January 2025 [inferred]"
    assert "<p>Date inferred by the editor: a reading of the accounts</p>" in slide["text"]["text"]


def test_texts_are_escaped_for_what_takes_them_for_html() -> None:
    built = dated("1900", ', note: "<b> & [x](https://a.example/)"').files["data/timelinejs.json"].decode()
    found = json.loads(built)["events"][0]["text"]["text"]
    assert "<p>&lt;b&gt; &amp; x</p>" in found


def test_timelinejs_draws_every_event(browser: Browser, built: Built, tmp_path: Path) -> None:
    """Its own program, from npm, reads the file; a click leads through all of it to the last."""
    assert TIMELINEJS.exists(), f"{TIMELINEJS} is not there: run tests/tools.sh, as “make test” does"
    (tmp_path / "lib").symlink_to(TIMELINEJS / "dist")
    (tmp_path / "timeline.json").write_bytes(built.files["data/timelinejs.json"])
    (tmp_path / "index.html").write_text(TIMELINEJS_PAGE, encoding="utf-8")
    with host(tmp_path) as served, window(browser, served.origin) as page:
        page.goto(served.home + "index.html")
        expect(page.locator(".tl-slide-titleslide .tl-headline-title")).to_contain_text(built.briefing.title)
        assert page.locator(".tl-timemarker").count() == len(slides(built))
        expect(page.locator(".tl-message-full")).to_have_count(0)
        last = list(slides(built).values())[-1]
        page.evaluate("window.timeline.goToEnd()")
        shown = page.locator(".tl-slide").filter(has_text=last["text"]["headline"]).last
        expect(shown.locator(".tl-headline-date").first).to_have_text(last["display_date"])
