"""The schemas for editors: they accept what Sourcebook accepts, and mark what it would not."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator
from sample import ROOT

from builder.briefing.checks import SEVERITY
from builder.cli import sourcebook
from builder.reading.json_schemas import json_schemas

SCHEMAS: dict[str, dict[str, Any]] = {name: json.loads(body) for name, body in json_schemas(SEVERITY).items()}
SITES = (ROOT, ROOT / "tests/topics/moselbahn")


class EditorsYaml(yaml.SafeLoader):
    """YAML as editors read it: `2025-02-22` is a text, `off` is one too."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own way to say which plain values are no texts
        first: [(tag, pattern) for tag, pattern in rules if "timestamp" not in tag and first in "-+.0123456789tfn~"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def files_of(site: Path) -> list[tuple[str, Path]]:
    """Each YAML file with the name of its schema."""
    found = [("site", site / "site.yaml")]
    found += [(name, site / f"content/{name}.yaml") for name in ("briefing", "entities", "timeline")]
    found += [("article", path) for path in sorted((site / "content/articles").rglob("*.yaml"))]
    return [(f"{name}.schema.json", path) for name, path in found if path.is_file()]


def mistakes(schema: str, text: str) -> list[str]:
    value = yaml.load(text, EditorsYaml)  # a safe loader, with fewer types
    return [
        f"{list(error.absolute_path)} {error.message}" for error in Draft7Validator(SCHEMAS[schema]).iter_errors(value)
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(("schema", "path"), [pair for site in SITES for pair in files_of(site)], ids=str)
def test_an_editor_has_nothing_against_what_builds(schema: str, path: Path) -> None:
    assert mistakes(schema, path.read_text()) == []


@pytest.mark.parametrize(
    "site",
    [
        "missing-key",
        "missing-key-nested",
        "unknown-key",
        "unknown-key-nested",
        "wrong-type",
        "wrong-type-choice",
        "bad-slug",
        "unsafe-link-url",
        "lint-check-unknown",
    ],
)
def test_an_editor_marks_what_would_not_build(site: str) -> None:
    folder = ROOT / "tests/broken" / site
    assert [found for schema, path in files_of(folder) for found in mistakes(schema, path.read_text())]


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("site.schema.json", "title: 2024\nauthors:\nstyle:\nchecks: {weekday: off}\n"),
        ("briefing.schema.json", "title: yes\nas_of: 2025\nbottom_line: 1e3\nedition: 2\nquestions:\n"),
        ("timeline.schema.json", "opening:\nclosing: {date: [2025-01-01, 2025-01-02]}\n"),
        ("entities.schema.json", "x1: {name: 1984, kind: document, aliases: [84, {text: Nineteen}]}\nignore: []\n"),
        (
            "article.schema.json",
            "title: A\npublisher: unknown\npublished: 2025\nroles: {title: [1, 2-3]}\nagency: AP\n",
        ),
    ],
)
def test_what_yaml_makes_a_number_or_nothing_is_accepted_where_sourcebook_takes_it(schema: str, text: str) -> None:
    assert mistakes(schema, text) == []


def test_every_key_says_what_it_is_for() -> None:
    for name, schema in SCHEMAS.items():
        for part in (schema, *schema.get("definitions", {}).values()):
            for key, value in part.get("properties", {}).items():
                assert value.get("description"), f"{name}: {key}"


def test_the_package_has_the_same_schemas() -> None:
    """`sourcebook schema --output builder/schemas` writes them anew."""
    in_package = {path.name: json.loads(path.read_bytes()) for path in (ROOT / "builder/schemas").iterdir()}
    assert in_package == SCHEMAS


def test_the_command_writes_them_where_it_is_told_and_leaves_right_ones_alone(tmp_path: Path) -> None:
    first = CliRunner().invoke(sourcebook, ["schema", "--output", str(tmp_path / "s")])
    assert first.exit_code == 0
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "s").iterdir()}
    assert {path.name for path in times} == SCHEMAS.keys()
    CliRunner().invoke(sourcebook, ["schema", "--output", str(tmp_path / "s")])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "s").iterdir()} == times


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("mine")
    result = CliRunner().invoke(sourcebook, ["schema", "--output", str(tmp_path / "s")])
    assert (result.exit_code, (tmp_path / "s").read_text()) == (2, "mine")
