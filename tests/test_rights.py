"""What a public site reprints of its sources: no word more than their rights allow, wherever one looks."""

import gzip
import io
import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from crawl import Anatomy
from readings import Run, authors_words, leaks, readings, readings_of
from sample import ROOT
from tiny import DAILY_SUMMARY, ENTITIES, built_in_layouts, page, text_of, tiny

from builder.build import Built, build
from builder.outlets.folder import read_site

ARTICLE = re.compile(r"content/articles/(.+)\.(?:yaml|md)")
TEXT_KEY = re.compile(r"^text: \w+\n", re.MULTILINE)
MIXES = {
    "one of each": {"envoy-trip": "passages", "munich-rejection": "none"},
    "one print of a wire story": {"starlink-taipei-times": "passages"},
    "the other print": {"starlink-new-zealand": "none"},
}


@cache
def inputs_of(site: Path) -> Mapping[str, bytes]:
    return read_site(site)[0]


def with_rights(site: str, own: Mapping[str, str], of: Path = ROOT) -> dict[str, bytes]:
    """The files of a site with `text: …` in site.yaml, and in those articles that have rights of their own."""
    changed = dict(inputs_of(of))
    for path, body in inputs_of(of).items():
        article = ARTICLE.fullmatch(path)
        rights = site if path == "site.yaml" else own.get(article[1], "") if article else ""
        if path == "site.yaml" or path.endswith(".yaml"):
            text = TEXT_KEY.sub("", body.decode())
            changed[path] = (text.rstrip("\n") + (f"\ntext: {rights}\n" if rights else "\n")).encode()
    return changed


@cache
def sample(site: str, mix: str = "") -> Built:
    built = build(with_rights(site, MIXES.get(mix, {})))
    assert built.problems == ()
    return built


@cache
def read(site: str, mix: str = "") -> dict[str, set[Run]]:
    return readings(sample(site, mix).files)


def own_words(of: Path = ROOT) -> list[str]:
    return list(authors_words({path: body for path, body in inputs_of(of).items() if not path.startswith("builtin/")}))


def titles(built: Built) -> list[str]:
    return [article.title for article in built.briefing.articles]


# --- nothing more than the rights allow ------------------------------------------------------------------------------


@pytest.mark.parametrize("mix", ["", *MIXES])
@pytest.mark.parametrize("site", ["passages", "none", "full"])
def test_no_twelve_words_of_a_source_stand_anywhere_beyond_what_its_rights_allow(site: str, mix: str) -> None:
    """The whole output is scanned: pages, attributes, data, style sheets. A title may be named, and nothing else."""
    built = sample(site, mix)
    assert leaks(read(site, mix), built.briefing, 12, titles(built)) == []


@pytest.mark.parametrize("mix", ["", *MIXES])
@pytest.mark.parametrize("site", ["passages", "none", "full"])
def test_nor_do_six_that_the_author_did_not_write(site: str, mix: str) -> None:
    assert leaks(read(site, mix), sample(site, mix).briefing, 6, own_words()) == []


@pytest.mark.parametrize("site", ["passages", "none"])
def test_nor_in_a_topic_with_markdown_tables_pictures_and_other_scripts(site: str) -> None:
    topic = ROOT / "tests" / "topics" / "moselbahn"
    built = build(with_rights(site, {}, topic))
    assert built.problems == ()
    assert leaks(readings(built.files), built.briefing, 6, own_words(topic)) == []


def test_the_scan_finds_what_is_reprinted_where_it_may_be() -> None:
    """Where the full texts are printed, the same scan for other rights finds thousands of runs."""
    found = leaks(read("full"), sample("none").briefing, 12)
    assert len(found) > 5000
    assert {one.partition(":")[0].partition("/")[0] for one in found} >= {"articles", "entities", "versions", "data"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("a.html", b"<p>the <b>old</b> bridge</p>"),
        ("a.html", b'<p title="the old&#32;bridge"></p>'),
        ("a.html", b"<!-- the old bridge -->"),
        ("a.svg", b"<svg><title>The old</title><text>bridge</text></svg>"),
        ("a.json", b'["the \\u006fld bridge"]'),
        ("a.csv", b'"a","the ""old"" bridge"\r\n'),
        ("a.css", b'p::before { content: "the old bridge"; }'),
        ("a.pf_fragment", gzip.compress(b'{"content": "the old bridge"}')),
    ],
)
def test_the_scan_looks_into_every_kind_of_file(path: str, body: bytes) -> None:
    bundle = io.BytesIO()
    with ZipFile(bundle, "w") as archive:
        archive.writestr(path, body)
    for found in (readings_of(path, body), readings_of("bundle.zip", bundle.getvalue())):
        assert any("the old bridge" in " ".join(re.findall(r"\w+", text.lower())) for text in found)


# --- not a word --------------------------------------------------------------------------------------------------------

MARKED = """# Canary1

Canary2 [canary3 **word1 word2** canary4](https://example.org/canary5 "canary6") canary7 `word3` ![canary8](../files/a.png)

![canary9](https://example.org/canary10.png) word4 *word5

canary11

- canary12
- word6 word7 canary13

| canary14 | word8 |
|---|---|
| canary15 | canary16 |

```
canary17
word9
```

> canary18

## Canary19

canary20
"""

PLAIN = """Canary21
canary22 caption
Photo: canary23
word10 canary24 word11 canary25 Kern word12.
CANARY26 HEADING
Additional reporting by canary27
Related canary28
canary29 teaser word13
"""


def with_canaries(rights: str) -> Built:
    """Two sources in which every word that is not cited is a canary's, in each place that a text has."""
    cited = ["word1 word2", "word3", "word4", "word6 word7", "word8", "word9"]
    marked = "title: T\npublisher: P\npublished: 2025-04-01\nevents:\n" + "".join(
        f"  - {{event: e{n}, title: E{n}, date: 2025-04-01, quote: {quote}}}\n" for n, quote in enumerate(cited)
    )
    plain = """
title: U
publisher: Q
published: 2025-04-03
roles: {title: [1], caption: [2], credit: [3], heading: [5], note: [6], navigation: [7], teaser: [8]}
quotes:
  - {quote: word10, speaker: ida-kern}
  - {quote: word11}
notes:
  - {quote: Kern word12, text: A note.}
"""
    files = {
        "site.yaml": f"title: T\ntext: {rights}\n",
        "content/briefing.yaml": "title: T\nas_of: 2025-04-07\nbottom_line: All is well.\n",
        "content/entities.yaml": ENTITIES,
        "content/timeline.yaml": "".join(f"e{n}: {{title: E{n}}}\n" for n in range(len(cited))),
        "content/articles/plain.txt": PLAIN,
        "content/articles/plain.yaml": plain,
        "content/articles/marked.yaml": marked,
        "content/articles/marked.md": MARKED,
        "content/files/a.png": "",
    }
    return build(built_in_layouts() | {path: body.encode() for path, body in files.items()})


def numbers(word: str, built: Built) -> set[int]:
    """Which of the numbered words are anywhere in the output."""
    texts = (text for path, body in built.files.items() for text in readings_of(path, body))
    return {int(number) for text in texts for number in re.findall(rf"(?i)\b{word}(\d+)", text)}


def test_of_a_source_of_which_passages_may_be_reprinted_the_cited_words_are_there_and_not_one_beside_them() -> None:
    """Not from a heading, credit, caption or cell, nor from the address, title or label of a link or picture."""
    built = with_canaries("passages")
    assert not [problem for problem in built.problems if problem.severity == "error"]
    assert numbers("canary", built) == set()
    assert numbers("word", built) == {*range(1, 13)} - {5}


def test_of_a_source_of_which_nothing_may_be_reprinted_not_one_word_is_there() -> None:
    built = with_canaries("none")
    assert numbers("canary", built) | numbers("word", built) == set()


def test_all_of_them_are_there_where_the_text_may_be_reprinted() -> None:
    built = with_canaries("full")
    assert numbers("word", built) == {*range(1, 14)}
    assert numbers("canary", built) == {*range(1, 30)} - {6}
