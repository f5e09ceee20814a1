"""Every quotation as a Web Annotation: whoever has the source finds the passage, by its words and by its place."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pytest
from linked_data import AS, OA, expanded
from sample import ROOT
from tiny import BRIEFING, DAILY, DAILY_SUMMARY, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site

PATH = "data/annotations.json"
WRAPPED = """The old bridge over the river has been shut since the 14th of January, and
nobody who lives beside it was ever asked whether the ferry could carry
all of those who used to walk across it every morning on the way to work,
said Ida Kern, who runs the ferry. She has asked the council for a second boat
and for a hut in which people can wait when it rains or when the wind is up.
"""


def items(built: Built) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(built.files[PATH])["items"]
    return found


def in_file(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Digest, position and words of each target that is the source's own file."""
    for target in item["target"]:
        if isinstance(target["source"], dict):
            selectors = {selector["type"]: selector for selector in target["selector"]}
            digest = target["source"]["id"].removeprefix("ni:///sha-256;")
            named = urlsafe_b64decode(digest + "=" * (-len(digest) % 4)).hex()
            yield named, selectors["TextPositionSelector"], selectors.get("TextQuoteSelector")


def seeds(inputs: Mapping[str, bytes]) -> dict[str, str]:
    """The sources' files by their digest, as text."""
    texts = (body for path, body in inputs.items() if path.startswith("content/articles/"))
    return {sha256(body).hexdigest(): body.decode("utf-8-sig") for body in texts}


def assert_all_are_found(built: Built, texts: Mapping[str, str]) -> int:
    """Each selector alone leads to the same words; how many there are."""
    count = 0
    for item in items(built):
        for digest, position, quote in in_file(item):
            text = texts[digest]
            assert quote is not None
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.find(around) + len(quote["prefix"]) == position["start"]
            count += 1
    return count


# --- round trip ----------------------------------------------------------------------------------------------------


def test_every_selector_of_the_sample_finds_its_passage_in_the_seed() -> None:
    inputs, _ = read_site(ROOT)
    built = build(inputs)
    assert assert_all_are_found(built, seeds(inputs)) >= len(items(built))
    passages = {use.passage.id: use.passage for use in built.briefing.uses}
    assert [item["id"].rpartition("#")[2] for item in items(built)] == list(
        dict.fromkeys(row["id"] for row in json.loads(built.files["data/quotations.json"])["quotations"])
    )
    for item in items(built):
        words = " […] ".join(quote["exact"] for _, _, quote in in_file(item) if quote)
        assert words.split() == passages[item["id"].rpartition("#")[2]].text.split()


def test_every_selector_of_a_topic_in_other_scripts_and_in_markdown_finds_its_passage() -> None:
    """In Markdown, positions count the text without its markup: its paragraphs, joined by line feeds."""
    inputs, _ = read_site(ROOT / "tests/topics/moselbahn")
    built = build(inputs)
    texts = seeds(inputs)
    for article in built.briefing.articles:
        if article.path.endswith(".md"):
            texts[article.sha256] = "\n".join(block.text for block in article.blocks)
    assert assert_all_are_found(built, texts) > 50


@pytest.mark.parametrize(
    "text",
    [
        DAILY,
        "\ufeff" + DAILY,
        DAILY.replace("\n", "\r\n"),
        DAILY.replace("\n", "\r"),
        "\n\n  \t" + DAILY.replace("\n", "\n\n \u00a0"),
        "\u2028 \x85 \x0b and\n".join(["", DAILY]),
        "since 14 January, since 14 January\n" + DAILY.replace("The old", "𝔗he old"),
    ],
    ids=["plain", "byte order mark", "CR LF", "CR", "white space", "other line ends", "twice, and beyond 16 bits"],
)
def test_positions_count_in_the_file_however_it_is_written(text: str) -> None:
    lines = 2 if text.startswith("since") else 1
    summary = DAILY_SUMMARY.replace("roles: {teaser: [4]}", "")
    briefing = BRIEFING.replace("@daily ", f"@daily:{_line_of(text, 'old bridge')} ")
    briefing = briefing.replace(
        "quote: since 14 January", f"quote: since 14 January, line: {_line_of(text, 'old bridge')}"
    )
    summary = summary.replace(
        "quote: has been shut since", f"line: {_line_of(text, 'old bridge')}, quote: has been shut since"
    )
    files = {
        "content/articles/daily.txt": text,
        "content/articles/daily.yaml": summary,
        "content/briefing.yaml": briefing,
    }
    built = tiny(dict(files))
    assert [problem for problem in built.problems if problem.severity == "error"] == []
    texts = seeds({path: body.encode() for path, body in files.items()} | _WEEKLY)
    assert assert_all_are_found(built, texts) > lines


def _line_of(text: str, words: str) -> int:
    before = text.partition(words)[0].removeprefix("\ufeff")
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


_WEEKLY = {"content/articles/weekly.txt": b"Engineers closed it on 20 January, Ms Kern says.\n"}


def test_a_passage_over_the_end_of_a_wrapped_line_has_the_break_that_the_file_has() -> None:
    summary = """
title: T
publisher: P
published: 2025-04-01
url: https://daily.example/a
quotes:
  - {quote: nobody who lives beside it was ever asked whether the ferry could carry all of those, speaker: ida-kern}
  - {quote: "since the 14th of January, and nobody […] for a second boat and for a hut", speaker: ida-kern}
"""
    files = {"content/articles/daily.txt": WRAPPED, "content/articles/daily.yaml": summary}
    briefing = "title: T\nas_of: 2025-04-07\nbottom_line: Nothing yet.\n"
    built = tiny({**files, "content/briefing.yaml": briefing, "content/timeline.yaml": "bridge-shut: {title: T}\n"})
    assert [problem for problem in built.problems if problem.severity == "error"] == []
    texts = seeds({path: body.encode() for path, body in files.items()} | _WEEKLY)
    assert assert_all_are_found(built, texts) == 4
    exact = [quote["exact"] for item in items(built) for _, _, quote in in_file(item) if quote]
    assert "nobody who lives beside it was ever asked whether the ferry could carry\nall of those" in exact
    assert "for a second boat\nand for a hut" in exact


def test_where_a_source_has_an_address_its_passages_are_found_there_by_their_words() -> None:
    summary = DAILY_SUMMARY.replace("url: unknown", "url: https://daily.example/a")
    built = tiny({"content/articles/daily.yaml": summary})
    for item in items(built):
        on_the_web = [target for target in item["target"] if isinstance(target["source"], str)]
        if "daily.html" in item["id"]:
            (target,) = on_the_web
            assert target["source"] == "https://daily.example/a"
            assert [selector["type"] for selector in target["selector"]] == ["TextQuoteSelector"]
        else:
            assert on_the_web == []


# --- rights --------------------------------------------------------------------------------------------------------


def test_where_only_passages_may_be_reprinted_selectors_have_nothing_of_what_stands_around() -> None:
    for item in items(tiny(site="text: passages\n")):
        for _, _, quote in in_file(item):
            assert quote is not None
            assert set(quote) == {"type", "exact"}


def test_where_nothing_may_be_reprinted_a_position_is_all() -> None:
    summary = DAILY_SUMMARY.replace("url: unknown", "url: https://daily.example/a")
    built = tiny({"content/articles/daily.yaml": summary}, site="text: none\n")
    assert "exact" not in built.files[PATH].decode()
    assert "daily.example" not in built.files[PATH].decode()
    for item in items(built):
        assert [(position["type"], quote) for _, position, quote in in_file(item)] == [("TextPositionSelector", None)]
    assert len({item["id"] for item in items(built)}) == len(items(built))


# --- the standard --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", "url: https://example.org/b/\n"])
def test_a_reader_of_linked_data_knows_every_term(url: str) -> None:
    """Expanded with the W3C's context, the annotations have all that we wrote, and addresses that are there."""
    built = tiny(site=url)
    base = "https://elsewhere.example/site/"
    (found,) = expanded(json.loads(built.files[PATH]), base + PATH)
    home = "https://example.org/b/" if url else base
    assert found["@id"] == home + PATH
    assert found["@type"] == [f"{AS}OrderedCollectionPage"]
    (listed,) = found[f"{AS}items"]
    for item, annotation in zip(items(built), listed["@list"], strict=True):
        assert annotation["@type"] == [f"{OA}Annotation"]
        assert annotation[f"{OA}motivatedBy"] == [{"@id": f"{OA}linking"}]
        assert len(annotation[f"{OA}hasTarget"]) == len(item["target"])
        for target in annotation[f"{OA}hasTarget"]:
            assert target[f"{OA}hasSource"][0]["@id"].startswith("ni:///sha-256;")
            kinds = {selector["@type"][0].removeprefix(OA) for selector in target[f"{OA}hasSelector"]}
            assert kinds == {"TextQuoteSelector", "TextPositionSelector"}
        for body in annotation[f"{OA}hasBody"]:
            path = body["@id"].removeprefix(home).partition("#")[0] or "index.html"
            assert path in built.files
