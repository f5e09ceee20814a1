"""Texts to bring in, with their true roles, and how many of their lines are told right."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sample import ROOT

from builder.briefing.drafting_facts import facts_of
from builder.briefing.drafting_lines import tell_lines
from builder.briefing.suggesting_lines import lines_of
from builder.reading.files import split_front_matter
from builder.reading.seed import raw_lines, read_blocks
from builder.reading.sources import read_source

IMPORTS = ROOT / "tests" / "imports"


def truth(path: Path, suffix: str = ".true.yaml") -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.with_suffix(suffix).read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def true_roles(roles: Mapping[str, list[str]], lines: list[str]) -> dict[int, str]:
    """The role of every line with something on it."""
    found = {number: "body" for number, line in enumerate(lines, 1) if line.strip()}
    for role, ranges in roles.items():
        for one in ranges:
            first, _, last = str(one).partition("-")
            for number in range(int(first), int(last or first) + 1):
                if number in found:
                    assert found[number] == "body", (number, role)
                    found[number] = role
    return found


def told_roles(text: str, suffix: str) -> dict[int, str]:
    lines = raw_lines(text)
    blocks = read_source("\n".join(lines), "x.md", 1, {}).blocks if suffix == ".md" else read_blocks(lines, {})
    found = {number: "body" for number, line in enumerate(lines, 1) if line.strip()}
    for block, told in zip(blocks, tell_lines(blocks, marked_up=suffix == ".md"), strict=True):
        found.update({number: told.role for number in lines_of(block) if number in found})
    return found


@dataclass(frozen=True)
class Measured:
    lines: int
    right: int
    marked: int
    marked_right: int
    wrong: tuple[tuple[int, str, str, str], ...]


def measure(path: Path) -> Measured:
    text = path.read_bytes().decode("utf-8-sig")
    if path.suffix == ".md":
        text = split_front_matter(text)[1]
    lines = raw_lines(text)
    true, told = true_roles(truth(path).get("roles", {}), lines), told_roles(text, path.suffix)
    right = [number for number in true if told[number] == true[number]]
    marked = [number for number in true if true[number] != "body"]
    wrong = tuple((n, true[n], told[n], lines[n - 1][:60]) for n in true if told[n] != true[n])
    return Measured(len(true), len(right), len(marked), len([n for n in marked if n in right]), wrong)


def texts(part: str = "") -> list[Path]:
    return sorted(
        path for path in (IMPORTS / part).iterdir() if path.suffix in (".txt", ".md") and path.name != "ABOUT.md"
    )


def facts(path: Path) -> dict[str, Any]:
    """What is taken for stated, in the form of the truth."""
    text = path.read_bytes().decode("utf-8-sig")
    if path.suffix == ".md":
        text = split_front_matter(text)[1]
    lines = raw_lines(text)
    marked_up = path.suffix == ".md"
    blocks = read_source("\n".join(lines), "x.md", 1, {}).blocks if marked_up else read_blocks(lines, {})
    found = facts_of(blocks, tell_lines(blocks, marked_up=marked_up))
    said = {
        "title": found.title and found.title.value,
        "published": found.published and found.published.value,
        "agency": [one.value for one in found.agencies],
        "authors": [one.value for one in found.authors],
    }
    return {key: value for key, value in said.items() if value}
