"""How a source is cited: as text, in CSL-JSON and in BibTeX, each read by software that others wrote."""

import json
import re
import warnings
from collections.abc import Mapping
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from browsing import Served
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from playwright.sync_api import Page
from sample import ROOT
from tiny import DAILY_SUMMARY, page, text_of, tiny

from builder.build import Built, build
from builder.model import When
from builder.outlets.folder import read_site
from builder.reading.edtf import read_edtf
from builder.site.data.citations import bib, csl_date, dated, entry

SOURCES, BIB = "data/sources.json", "data/sources.bib"
STRING = {"type": "string"}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "circa": {"type": "boolean"},
        "literal": STRING,
    },
    "additionalProperties": False,
}
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": STRING,
            "type": {"enum": ["article-newspaper", "report"]},
            **dict.fromkeys(("title", "container-title", "URL", "language", "note", "version"), STRING),
            "author": {"type": "array", "items": {"type": "object", "required": ["literal"], "maxProperties": 1}},
            **dict.fromkeys(("issued", "accessed"), DATE),
        },
    },
}
"""The fields that we write, as the CSL specification 1.0.2 has them: https://docs.citationstyles.org"""


@pytest.fixture(scope="module", params=[".", "tests/topics/moselbahn"], ids=["sample", "moselbahn"])
def built(request: pytest.FixtureRequest) -> Built:
    return build(read_site(ROOT / request.param)[0])


def csl(built: Built) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(built.files[SOURCES])}


def bibtex(built: Built) -> Mapping[str, Mapping[str, str]]:
    library = parse_string(built.files[BIB].decode())
    assert library.failed_blocks == []
    return {found.key: {f.key: f.value for f in found.fields} for found in library.entries}


def with_summary(summary: str) -> Built:
    built = tiny({"content/articles/daily.yaml": summary})
    assert built.problems == ()
    return built


# --- CSL-JSON ------------------------------------------------------------------------------------------------------


def test_a_citation_processor_takes_every_source_without_a_complaint(built: Built) -> None:
    """citeproc-py warns of fields and types that CSL does not have; warnings are errors here."""
    items = json.loads(built.files[SOURCES])
    assert list(Draft202012Validator(CSL_DATA).iter_errors(items)) == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = bibliography(items)
    for item, line in zip(items, found, strict=True):
        assert item["title"].strip("[]")[:20] in line.replace("\u2019", "’")


def bibliography(items: list[dict[str, Any]]) -> list[str]:
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    found = CitationStylesBibliography(style, source, formatter.plain)
    for key in source:
        found.register(Citation([CitationItem(key)]))
    return [str(line) for line in found.bibliography()]


def test_a_source_is_cited_with_all_that_it_states() -> None:
    summary = """
title: The bridge
publisher: The Daily
agency: Reuters
authors: [Ann Lee, "Staff & Co"]
published: 2025-04-01
retrieved: 2025-04-02
url: https://daily.example/a_b%20{c}
"""
    built = with_summary(summary)
    assert csl(built)["daily"] == {
        "id": "daily",
        "type": "article-newspaper",
        "title": "The bridge",
        "container-title": "The Daily",
        "author": [{"literal": "Ann Lee"}, {"literal": "Staff & Co"}],
        "issued": {"date-parts": [[2025, 4, 1]]},
        "accessed": {"date-parts": [[2025, 4, 2]]},
        "URL": "https://daily.example/a_b%20{c}",
        "language": "en",
        "note": "Agency: Reuters",
    }
    found = bibtex(built)["daily"]
    assert found["author"] == r"{Ann Lee} and {Staff \& Co}"
    assert (found["journal"], found["date"], found["year"]) == ("The Daily", "2025-04-01", "2025")
    assert (found["url"], found["urldate"]) == ("https://daily.example/a_b%20%7Bc%7D", "2025-04-02")
    assert (
        "Ann Lee, Staff & Co, “The bridge”, The Daily (Reuters), 1 April 2025, https://daily.example/a_b%20{c} "
        "(read on 2 April 2025)" in text_of(page(built, "articles/daily.html")).replace("&amp;", "&")
    )
    assert built.files[BIB].startswith(b"@article{daily,")


def test_what_is_inferred_is_in_brackets_in_the_text_and_in_the_note_of_the_formats() -> None:
    built = tiny()
    assert csl(built)["daily"]["title"] == "[The bridge]"
    assert "container-title" not in csl(built)["daily"]
    note = "Title supplied by the editor; Publisher inferred by the editor: The Daily (Its mast is on the photograph.)"
    assert csl(built)["daily"]["note"] == note
    assert bibtex(built)["daily"]["note"] == note
    assert "journal" not in bibtex(built)["daily"]
    html = page(built, "articles/daily.html")
    assert '<p class="citation">[“The bridge”], [The Daily], 1 April 2025.</p>' in html
    assert "In square brackets: inferred or supplied by the editor." in html
    weekly = page(built, "articles/weekly.html")
    assert '<p class="citation">“A closure”, The Weekly, 3 April 2025.</p>' in weekly
    assert "In square brackets" not in weekly


@pytest.mark.parametrize(
    ("edtf", "found"),
    [
        ("2025", {"date-parts": [[2025]]}),
        ("2025-04", {"date-parts": [[2025, 4]]}),
        ("2025-04-01~", {"date-parts": [[2025, 4, 1]], "circa": True}),
        ("2025-04-01?", {"literal": "1 April 2025, uncertain"}),
        ("2025-02-14/2025-02-15", {"date-parts": [[2025, 2, 14], [2025, 2, 15]]}),
        ("2025-02-21/..", {"literal": "from 21 February 2025"}),
        ("[2025-02-16,2025-02-17]", {"literal": "16 or 17 February 2025"}),
        ("[..2025-02-12]", {"literal": "by 12 February 2025"}),
        ("2022-23", {"literal": "autumn 2022"}),
        ("201X", {"literal": "2010–2019"}),
        ("-0043", {"literal": "44 BC"}),
    ],
)
def test_a_date_is_never_more_exact_than_it_is_known(edtf: str, found: dict[str, object]) -> None:
    when: When = read_edtf(edtf)
    made = csl_date(when, "en")
    if "literal" in found:
        assert set(made) == {"literal"}
        assert isinstance(made["literal"], str)
    else:
        assert made == found
    Draft202012Validator(DATE).validate(made)


# --- BibTeX --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "year"),
    [
        *(
            ("2025-02-22", "2025"),
            ("0476-09-04", "476"),
            ("[2025-02-22,2025-02-23]", "2025"),
            ("2025-01/2025-03", "2025"),
        ),
        *(("2024-12/2025-01", ""), ("19XX", ""), ("2025?", ""), ("2025~", ""), ("2025-02/..", "")),
        *(("-0043-03-15", ""), ("0000", ""), ("Y17000", "17000")),
    ],
)
def test_bibtex_has_a_year_only_where_it_is_one_and_sure(edtf: str, year: str) -> None:
    """Its own field has no sign for doubt; what BibLaTeX can read of a date is in `date`."""
    assert dated(read_edtf(edtf))["year"] == year


def test_a_note_is_one_line_so_that_no_reference_manager_reads_a_field_in_it() -> None:
    """Zotero takes a line such as “issued: 1999” in the field Extra for the value of another."""
    summary = 'title: T\npublisher: {value: P, basis: "a\\nissued: 1999"}\npublished: unknown\nurl: unknown\n'
    built = tiny({"content/articles/weekly.yaml": summary})
    (item,) = (item for item in json.loads(built.files[SOURCES]) if item["id"] == "weekly")
    assert item["note"] == "Publisher inferred by the editor: P (a issued: 1999)"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    library = parse_string(entry("misc", "key", {"title": f"{{{bib(text)}}}", "note": bib(text), "year": "2025"}))
    assert library.failed_blocks == []
    (found,) = library.entries
    assert found.fields_dict["year"].value == "2025"
    assert set(found.fields_dict) <= {"title", "note", "year"}


def test_hostile_titles_are_text() -> None:
    title = r"}, url = {x}} @string{a = \input{/etc/passwd} 100% $x_1^2$ #~"
    built = with_summary(DAILY_SUMMARY.replace("title: The bridge", f"title: '{title}'"))
    found = bibtex(built)["daily"]
    assert set(found) <= {"title", "date", "year", "note"}
    assert r"\input" not in found["title"]
    assert r"\textbackslash{}input" in found["title"]


# --- on the page ---------------------------------------------------------------------------------------------------


def test_a_german_site_cites_in_german() -> None:
    built = tiny(
        {"content/articles/daily.yaml": DAILY_SUMMARY + "retrieved: 2025-04-02\narchive_url: https://a.example/x\n"},
        site="language: de\nurl: https://example.org/b/\nauthors: [{name: Ada Editor}]\n",
    )
    html = page(built, "articles/daily.html")
    assert "Diese Quelle zitieren" in html
    assert "[„The bridge“], [The Daily], 1. April 2025, https://a.example/x (abgerufen am 2. April 2025)" in html
    assert "In eckigen Klammern: von der Redaktion erschlossen oder ergänzt." in html
    assert "Verlag von der Redaktion erschlossen: The Daily" in csl(built)["daily"]["note"]
    home = page(built, "index.html")
    assert "Dieses Dossier zitieren" in home
    assert "Ada Editor, The old bridge, Stand 7. April 2025, https://example.org/b/<" in home


def test_the_briefing_is_cited_with_its_edition_and_address() -> None:
    home = page(tiny(site="url: https://example.org/\nname: bridge\n"), "index.html")
    assert "The old bridge, as of 7 April 2025, https://example.org/</p>" in home
    shown = re.findall(r'<pre tabindex="0">(.*?)</pre>', home, re.DOTALL)
    assert parse_string(shown[0]).entries[0].key == "bridge"
    item = json.loads(shown[1].replace("&#34;", '"'))
    assert (item["type"], item["URL"]) == ("report", "https://example.org/")
    assert list(Draft202012Validator(CSL_DATA).iter_errors([item])) == []


def test_a_title_with_quotation_marks_of_its_own_is_kept_apart_from_those_of_the_citation() -> None:
    built = with_summary(DAILY_SUMMARY.replace("title: The bridge", "title: “Nobody asked us,”"))
    assert "[“\u202f“Nobody asked us,”\u202f”], [The Daily]" in page(built, "articles/daily.html")


def test_a_reader_selects_and_copies_a_citation_without_javascript(page: Page, served: Served) -> None:
    """It is plain text on the page; BibTeX and CSL-JSON unfold by themselves."""
    page.goto(served.address("articles/envoy-trip.html"))
    cite = page.locator("#cite")
    assert "“US, Ukraine Ramp Up Talks on Minerals Deal During Envoy Trip”" in cite.inner_text()
    cite.get_by_text("BibTeX", exact=True).first.click()
    shown = cite.locator("pre").first.inner_text()
    assert shown.startswith("@misc{envoy-trip,")
    assert parse_string(shown).entries[0].key == "envoy-trip"
