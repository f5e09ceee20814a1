"""A site's own accent: whether it can be read on every ground it stands on, and its counterpart in the dark."""

import re
from collections.abc import Iterable

from builder.problems import Problem, Span
from builder.values import dataclass

READABLE = 4.5
"""The least contrast for text of any size: WCAG 2.2, success criterion 1.4.3."""

LIGHT_GROUNDS = {"paper": "#ffffff", "panel": "#f6f5f1", "quoted": "#f7e6a3"}
DARK_GROUNDS = {"paper": "#151513", "panel": "#1e1e1b", "quoted": "#403610"}


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green, blue from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG 2 defines it."""
        red, green, blue = (linear(channel / 255) for channel in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """This colour with a share (0 to 1) of another in it."""
        mix = (round(a + (b - a) * share) for a, b in zip(self.channels, other.channels, strict=True))
        return Colour(*mix)

    @property
    def channels(self) -> tuple[int, int, int]:
        return self.red, self.green, self.blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def colour(written: str) -> Colour | None:
    """`#rgb` or `#rrggbb`; None for anything else."""
    if not (match := re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", written)):
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return Colour(int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))


WHITE, DARK_PAPER = Colour(255, 255, 255), Colour(0x15, 0x15, 0x13)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def style_of_accent(accent: str) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """`assets/site.css` with the site's accent, and a warning where it is hard to read; nothing for a site without
    its own."""
    if not accent:
        return {}, ()
    if (light := colour(accent)) is None:
        problem = Problem(Span("site.yaml"), "wrong-type", f"“{accent}” is not a colour", "write it as #rrggbb")
        return {}, (problem,)
    return {"assets/site.css": style_sheet(light)}, tuple(hard_to_read(light))


def style_sheet(light: Colour) -> bytes:
    dark = lightened(light)
    accent = f"--accent: light-dark({light}, {dark});"
    tint = f"--tint: light-dark({WHITE.mixed(light, 0.08)}, {DARK_PAPER.mixed(dark, 0.14)});"
    return f"@layer site {{ :root {{ {accent} {tint} }} }}\n".encode()


def lightened(accent: Colour) -> Colour:
    """The accent in the dark: with as little white as makes it readable on every dark ground."""
    for share in range(0, 101, 2):
        candidate = accent.mixed(WHITE, share / 100)
        if not list(grounds_too_close(candidate, DARK_GROUNDS)):
            return candidate
    return WHITE


def grounds_too_close(accent: Colour, grounds: dict[str, str]) -> Iterable[tuple[str, float]]:
    for name, ground in grounds.items():
        behind = colour(ground)
        if behind and (found := contrast(accent, behind)) < READABLE:
            yield name, found


def hard_to_read(accent: Colour) -> Iterable[Problem]:
    if low := list(grounds_too_close(accent, LIGHT_GROUNDS)):
        ratios = ", ".join(f"{ratio:.1f} on {name}" for name, ratio in low)
        hint = f"text needs {READABLE}; a darker colour of the same hue reads well"
        yield Problem(
            Span("site.yaml"), "low-contrast", f"the accent {accent} is hard to read: {ratios}", hint, "warning"
        )
