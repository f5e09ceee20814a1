"""Accounts of one event become one event, in an order that nothing can disturb."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.briefing.resolve import Resolved, resolve
from builder.model import Event
from builder.problems import in_order
from builder.reading.parse import parse

SITE = "title: Talks\n"
BRIEFING = "title: Talks\nas_of: 2025-02-22\nbottom_line: They talk.\n"
ENTITIES = """
kellogg: {name: Kellogg, kind: person}
zelensky: {name: Zelensky, kind: person}
kyiv: {name: Kyiv, kind: place}
"""
TEXT = "Kellogg met Zelensky on Thursday.\nOn Friday they met again.\nHe called it “great” in Kyiv.\n"


def site(timeline: str = "", **events: str) -> dict[str, bytes]:
    """A site whose articles, all of one text, give these accounts: slug → the list under `events`."""
    files = {"site.yaml": SITE, "content/briefing.yaml": BRIEFING, "content/entities.yaml": ENTITIES}
    files |= {"content/timeline.yaml": timeline} if timeline else {}
    for slug, accounts in events.items():
        files[f"content/articles/{slug}.txt"] = TEXT
        files[f"content/articles/{slug}.yaml"] = f"title: T\npublisher: P\npublished: 2025-02-22\nevents:\n{accounts}"
    return {path: text.encode() for path, text in files.items()}


def account(date: str, quote: str = "Kellogg met Zelensky", **more: str) -> str:
    lines = [f"date: {date}", f"quote: {quote}", *(f"{key}: {value}" for key, value in more.items())]
    return "  - " + "\n    ".join(lines) + "\n"


def events(files: Mapping[str, bytes]) -> tuple[Event, ...]:
    resolved = resolve(parse(files))
    assert resolved.problems == ()
    return resolved.briefing.events


def said(resolved: Resolved) -> list[str]:
    return [
        f"{p.span.path.rpartition('/')[2]}:{p.span.line} {p.code}: {p.message}" for p in in_order(resolved.problems)
    ]


def test_accounts_with_one_key_are_one_event_with_all_their_entities() -> None:
    (event,) = events(
        site(
            "meeting: {title: They meet, entities: [kyiv, kellogg]}",
            one=account("2025-02-20", event="meeting", entities="[kellogg]"),
            two=account("2025-02-20~", event="meeting", title="A talk", entities="[zelensky, kellogg]", status="said"),
        )
    )
    assert (event.key, event.title, event.when.edtf) == ("meeting", "They meet", "2025-02-20")
    assert event.entities == ("kellogg", "zelensky", "kyiv")
    assert event.statuses == ("happened", "said")
    assert [told.article for told in event.accounts] == ["one", "two"]
    assert not event.conflict


def test_the_editors_date_title_and_status_come_first() -> None:
    (event,) = events(
        site(
            "meeting: {title: They meet, date: 2025-02-21, status: claimed}",
            one=account("2025-02-20", event="meeting", title="Other", status="said"),
        )
    )
    assert (event.title, event.when.edtf, event.statuses) == ("They meet", "2025-02-21", ("claimed",))


def test_of_several_dates_the_most_exact_is_taken() -> None:
    (event,) = events(
        site(
            one=account("2025-02", event="meeting", title="They meet"),
            two=account("[2025-02-18..2025-02-20]", event="meeting"),
            three=account("2025-02-19/..", event="meeting"),
        )
    )
    assert event.when.edtf == "[2025-02-18..2025-02-20]"
    assert not event.conflict


@pytest.mark.parametrize(
    ("one", "two", "conflict"),
    [
        ("2025-02-20", "2025-02-21", True),
        ("2025-02-20~", "2025-02-21?", True),
        ("2025-02-20", "2025-02", False),
        ("[..2025-02-19]", "2025-02-20/..", True),
        ("[..2025-02-20]", "2025-02-20/..", False),
    ],
)
def test_accounts_whose_dates_exclude_each_other_make_an_event_disputed(one: str, two: str, conflict: bool) -> None:  # noqa: FBT001  # a case of the table
    dates = {"one": account(f'"{one}"', event="meeting", title="M"), "two": account(f'"{two}"', event="meeting")}
    (event,) = events(site(**dates))
    assert event.conflict is conflict


def test_the_editors_own_date_makes_no_dispute() -> None:
    (event,) = events(site("meeting: {date: 2025-02-28}", one=account("2025-02-20", event="meeting", title="M")))
    assert not event.conflict


def test_an_account_without_a_key_has_that_of_its_line_and_two_of_one_line_have_numbers() -> None:
    accounts = (
        account("2025-02-20", title="A")
        + account("2025-02-20", "on Thursday", title="B")
        + account("2025-02-21", "On Friday", title="C")
    )
    assert [event.key for event in events(site(one=accounts))] == ["one-l1", "one-l1-2", "one-l2"]


def test_a_key_that_stands_alone_is_an_error_that_offers_the_nearest() -> None:
    files = site(
        "kellogg-meets: {title: M}",
        one=account("2025-02-20", event="kelogg-meets"),
        two=account("2025-02-20", event="kellogg-meets"),
    )
    assert said(resolve(parse(files))) == [
        "one.yaml:7 event-unknown: no other account and no entry of timeline.yaml has the key “kelogg-meets”"
    ]
    assert "kellogg-meets" in resolve(parse(files)).problems[0].hint


def test_an_event_that_nothing_names_needs_a_title() -> None:
    files = site(one=account("2025-02-20", event="m") + account("2025-02-20", event="m"), two=account("2025-02-20"))
    assert said(resolve(parse(files))) == [
        "one.yaml:7 missing-key: “title” is missing: nothing says what this event is called",
        "two.yaml:6 missing-key: “title” is missing: nothing says what this event is called",
    ]


def test_background_needs_a_title_a_date_and_a_source() -> None:
    found = said(resolve(parse(site("election: {title: E, date: 2019-04-21}"))))
    assert found == ["timeline.yaml:1 missing-key: “source” is missing: no article gives an account of this event"]
    given_source = "election: {title: E, date: 2019-04-21, source: {title: T, url: https://example.org}}"
    (event,) = events(site(given_source))
    assert event.source is not None
    assert event.accounts == ()


def test_a_wrong_quotation_is_one_mistake_its_event_does_not_make_more_of_it() -> None:
    files = site(
        "meeting: {disputed: whether it was “great”}",
        one=account("2025-02-20", "Kellogg met Zelenskyy", event="meeting", title="M", basis="“on Thursday”"),
    )
    assert [problem.code for problem in resolve(parse(files)).problems] == ["quote-not-found"]


def test_beside_a_wrong_quotation_the_rest_of_an_account_is_checked_all_the_same() -> None:
    wrong = account("2025-02-20", "Kellogg met Zelenskyy", title="M", basis="“on Monday”", entities="[kelogg]")
    found = [problem.code for problem in resolve(parse(site(one=wrong))).problems]
    assert sorted(found) == ["entity-unknown", "quote-not-found", "quote-unsupported"]


def test_words_in_quotation_marks_are_looked_up_in_the_articles_that_tell_of_an_event_or_that_its_note_cites() -> None:
    source = "source: {title: T, url: https://example.org}"
    cited = f"background: {{title: A “great” day, date: 2025-01-01, note: 'So they say [@one].', {source}}}\n"
    assert len(events(site(cited, one=account("2025-02-20", title="M")))) == 2
    files = site(cited.replace("[@one]", "").replace("great", "grand"), one=account("2025-02-20", title="M"))
    assert said(resolve(parse(files))) == [
        "timeline.yaml:1 quote-unsupported: “grand” has no source: no article is cited here"
    ]


DATES = st.sampled_from(
    ["2025-02-20", "2025-02", '"[..2025-02-20]"', "2025-02-20/..", "2025-02-20/2025-02-21", "2024-23"]
)


@given(st.lists(st.tuples(DATES, st.sampled_from("AB"), st.sampled_from("xyz")), min_size=1, max_size=8), st.randoms())
def test_the_order_of_events_is_the_same_in_whatever_order_the_files_come(
    told: list[tuple[str, str, str]], random: Random
) -> None:
    accounts: dict[str, str] = {}
    for date, title, slug in told:
        accounts[slug] = accounts.get(slug, "") + account(date, title=title)
    files = site(**accounts)
    shuffled = list(files.items())
    random.shuffle(shuffled)
    found = events(files)
    assert events(dict(shuffled)) == found
    days = [(e.when.earliest or e.when.latest, e.when.latest or (9999, 1, 1), e.title, e.key) for e in found]
    assert days == sorted(days)
    assert len({event.key for event in found}) == len(told)
