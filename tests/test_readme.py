"""The README is true: its examples build, and it names every command, key and code."""

import re

import pytest
from pydantic import BaseModel
from readme_tables import TABLE, tables, with_tables
from sample import ROOT

from builder.build import build
from builder.cli import sourcebook
from builder.outlets.folder import read_site
from builder.reading.schema import ArticleForm, BriefingForm, EntityForm, EventForm
from builder.reading.schema_site import PageForm, SiteForm

README = (ROOT / "README.md").read_text()
EXAMPLE = re.compile(r"^```\w+ (?P<path>\S+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)

OTHER_SUMMARIES = {
    "starlink-new-zealand": "mentions: [{text: Washington, is: washington-dc}]",
    "envoy-trip": "",
}
LEAST = "title: Another article\npublisher: unknown\npublished: unknown\nurl: unknown\n"


@pytest.fixture(scope="module")
def examples() -> dict[str, bytes]:
    """The files that the README shows, by the path beside each."""
    return {found["path"]: found["text"].encode() for found in EXAMPLE.finditer(README)}


def test_every_example_builds(examples: dict[str, bytes]) -> None:
    """The examples are one site, over the sample's texts; what else they cite has the least that builds."""
    inputs, _ = read_site(ROOT)
    layouts = {path: body for path, body in inputs.items() if path.startswith("builtin/")}
    articles = {}
    for slug, more in {**OTHER_SUMMARIES, "starlink-taipei-times": ""}.items():
        path = f"content/articles/{slug}"
        articles[f"{path}.txt"] = inputs[f"{path}.txt"]
        articles[f"{path}.yaml"] = (LEAST + more).encode()
    built = build({**layouts, **articles, **examples})
    assert built.problems == ()
    assert {"index.html", "about.html", "events/kellogg-meets-zelensky.html"} <= built.files.keys()


def test_the_examples_show_every_key(examples: dict[str, bytes]) -> None:
    """An author who has read the README knows all that can be written."""
    for model, path in (
        (ArticleForm, "content/articles/starlink-taipei-times.yaml"),
        (EntityForm, "content/entities.yaml"),
        (EventForm, "content/timeline.yaml"),
        (BriefingForm, "content/briefing.yaml"),
        (SiteForm, "site.yaml"),
        (PageForm, "content/pages/about.md"),
    ):
        shown = set(re.findall(r"[\w-]+(?=:)", examples[path].decode()))
        assert keys_of(model) - shown - {"ignore", "line", "draft"} == set(), path
    for key in ("ignore:", "`line:`", "`draft: true`"):
        assert key in README


def test_its_tables_are_those_of_the_models_and_the_views() -> None:
    """`python tests/readme_tables.py` writes them anew."""
    assert with_tables(README) == README
    assert {found["name"] for found in TABLE.finditer(README)} == tables().keys()


def keys_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_every_code_has_its_line() -> None:
    """What can be printed is explained."""
    tables = "".join(table.partition("\n\n")[0] for table in README.split("| code | says |")[1:])
    rows = re.findall(r"^\| ((?:`[a-z0-9-]+` ?)+) ?\|", tables, re.MULTILINE)
    explained = {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row)}
    sites = {folder.name for folder in (ROOT / "tests" / "broken").iterdir()}
    printed = {
        code
        for expected in (ROOT / "tests" / "broken").glob("*/expected.txt")
        for code in re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", expected.read_text())
    }
    assert printed == explained, "every code is printed by a broken site and explained in the README"
    assert len(sites) >= len(explained)


def test_every_command_and_option_is_named() -> None:
    """Nothing that a person can type is left to be guessed."""
    for name, command in sourcebook.commands.items():
        assert f"`sourcebook {name}" in README
        for parameter in command.params:
            options = [option for option in parameter.opts if option.startswith("-")]
            assert not options or any(f"`{option}" in README for option in options), options
