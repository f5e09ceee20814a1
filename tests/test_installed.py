"""Versions of what is installed, found without the library that knows them all."""

import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from builder.outlets import installed, memory
from builder.outlets.installed import version_of


@pytest.fixture
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing looked up before, nor of what is looked up here anything afterwards."""
    for name in ("installed", "version_of"):
        monkeypatch.setattr(installed, name, getattr(installed, name).__wrapped__)
    return monkeypatch


def test_versions_are_those_that_python_knows() -> None:
    known = {found.metadata["Name"]: found.version for found in reversed(list(distributions()))}
    assert all(map(version_of, ("sourcebook", *memory.LIBRARIES)))
    assert {name: version_of(name) for name in known} == known


def test_the_version_that_an_import_would_find_is_the_one(nothing_known: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("one/Some_Thing-2.0.dist-info", "two/some.thing-1.0-py3.11.egg-info", "two/other-3.dist-info"):
        (tmp_path / folder).mkdir(parents=True)
    nothing_known.setattr(sys, "path", [str(tmp_path / name) for name in ("gone.zip", "two", "one")])
    assert [installed.version_of(name) for name in ("some-thing", "Other", "none")] == ["1.0", "3", ""]


def test_with_a_library_of_unknown_version_nothing_is_recalled(nothing_known: pytest.MonkeyPatch) -> None:
    code = memory.code.__wrapped__
    assert code() == code()
    nothing_known.setattr(memory, "version_of", lambda name: "" if name == "pyyaml" else "1")
    assert code() != code()
