"""A site's own accent can be read wherever it stands, or the author hears of it."""

import pytest
from sample import ROOT

from builder.problems import Problem, Span
from builder.site.colour import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    READABLE,
    Colour,
    colour,
    contrast,
    lightened,
    style_of_accent,
)


def ground(written: str) -> Colour:
    found = colour(written)
    assert found
    return found


def test_contrast_is_what_wcag_computes() -> None:
    """Black on white is 21 to 1, a colour on itself 1 to 1, and the built-in accent what the design says."""
    assert contrast(ground("#000"), ground("#fff")) == pytest.approx(21)
    assert contrast(ground("#777"), ground("#777777")) == pytest.approx(1)
    assert contrast(ground("#7a1f1f"), ground("#ffffff")) == pytest.approx(10.3, abs=0.05)


def test_a_site_without_an_accent_of_its_own_has_no_sheet_for_it() -> None:
    assert style_of_accent("") == ({}, ())


def test_a_readable_accent_is_taken_as_it_is() -> None:
    files, problems = style_of_accent("#0b5a4a")
    assert problems == ()
    assert "--accent: light-dark(#0b5a4a, " in files["assets/site.css"].decode()


def test_a_pale_accent_is_taken_with_a_warning_that_names_the_grounds() -> None:
    files, problems = style_of_accent("#d96c00")
    assert list(files) == ["assets/site.css"]
    assert problems == (
        Problem(
            Span("site.yaml"),
            "low-contrast",
            "the accent #d96c00 is hard to read: 3.4 on paper, 3.2 on panel, 2.8 on quoted",
            "text needs 4.5; a darker colour of the same hue reads well",
            "warning",
        ),
    )


def test_what_is_no_colour_is_an_error() -> None:
    files, problems = style_of_accent("red; }")
    assert files == {}
    assert [(problem.code, problem.severity) for problem in problems] == [("wrong-type", "error")]


@pytest.mark.parametrize("written", ["#000000", "#7a1f1f", "#0b5a4a", "#003399", "#d96c00", "#ffffff"])
def test_in_the_dark_every_accent_is_lightened_until_it_can_be_read(written: str) -> None:
    dark = lightened(ground(written))
    assert all(contrast(dark, ground(behind)) >= READABLE for behind in DARK_GROUNDS.values())


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    """A token changed in `style.css` alone would make the check measure on grounds that no page has."""
    sheet = (ROOT / "layouts/assets/style.css").read_text(encoding="utf-8")
    for name in LIGHT_GROUNDS:
        assert f"--{name}: light-dark({LIGHT_GROUNDS[name]}, {DARK_GROUNDS[name]})" in sheet
