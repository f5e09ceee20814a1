"""The picture that stands for a site where its address is passed on: title, day, and what was checked.

Drawn only where the extra is there (`pip install "sourcebook[cards]"`: Pillow and a font) and the site has a `url`. The
font is that of the extra and never the system's, so the same versions draw the same bytes on every machine. It has
Latin, Greek and Cyrillic letters; for another script there is no picture rather than one of empty boxes.
"""

from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model import Briefing
from builder.site.dating import long
from builder.site.languages import labels_of

try:
    from PIL import Image, ImageDraw, ImageFont
except ImportError:  # the extra is not installed
    HAS_PILLOW = False
else:
    HAS_PILLOW = True

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFont import FreeTypeFont

FONT = "font_source_serif_pro"
FILES = {"regular": "SourceSerifPro-Regular.ttf", "bold": "SourceSerifPro-Bold.ttf"}
WIDTH, HEIGHT, SIDE = 1200, 630, 72
"""Pixels, in the shape that Open Graph's readers crop least: 1.91 to 1."""
PAPER, INK, QUIET, ACCENT = "#ffffff", "#191917", "#65635d", "#7a1f1f"
TITLE_SIZES, TITLE_LINES, SMALL = (84, 68, 56, 44), 4, 32
NO_SUCH_LETTER = "\U0010ffff"


def can_draw() -> bool:
    """Whether the extra is installed."""
    return HAS_PILLOW and find_spec(FONT) is not None


def draw(briefing: Briefing) -> bytes | None:
    """The card as PNG; None without the extra, or where its font lacks a letter."""
    if not can_draw():
        return None
    labels = labels_of(briefing.settings.language)
    below = [f"{labels.as_of} {long(briefing.as_of, briefing.settings.language)}"]
    if briefing.uses:
        below.append(labels.footer_checked.of(len(briefing.uses)))
    if not all(map(_can_be_written, [briefing.title, briefing.settings.title, *below])):
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((SIDE, SIDE, WIDTH - SIDE, SIDE + 5), fill=INK)
    pen.rectangle((SIDE, SIDE + 10, WIDTH - SIDE, SIDE + 11), fill=INK)
    if (
        briefing.settings.title != briefing.title
        and _font(SMALL).getlength(briefing.settings.title) <= WIDTH - 2 * SIDE
    ):
        pen.text((SIDE, SIDE + 32), briefing.settings.title, font=_font(SMALL), fill=ACCENT)
    size, lines = _fitted(briefing.title)
    for number, line in enumerate(lines):
        pen.text((SIDE, SIDE + 96 + number * size * 1.15), line, font=_font(size, "bold"), fill=INK)
    for number, line in enumerate(reversed(below), 1):
        pen.text((SIDE, HEIGHT - SIDE - number * SMALL * 1.4), line, font=_font(SMALL), fill=QUIET)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


@lru_cache
def _font(size: int, weight: str = "regular") -> "FreeTypeFont":
    """Found without importing its package, which needs more than a path. The basic layout is the same everywhere; the
    better one depends on libraries that are not."""
    spec = find_spec(FONT)
    assert spec is not None, "can_draw() said that it is there"
    assert spec.origin is not None, "a package with files in it has a place"
    file = Path(spec.origin).parent / "files" / FILES[weight]
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def _can_be_written(text: str) -> bool:
    """Whether the font has each letter: one that it has not looks like the one that no font has."""
    font = _font(SMALL)
    missing = bytes(font.getmask(NO_SUCH_LETTER))
    return all(sign.isspace() or bytes(font.getmask(sign)) != missing for sign in set(text))


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines; the smallest has an ellipsis where it is too long."""
    for size in TITLE_SIZES:
        lines = list(_lines(title, size))
        if len(lines) <= TITLE_LINES:
            return size, lines
    return size, [*lines[: TITLE_LINES - 1], lines[TITLE_LINES - 1] + " …"]


def _lines(text: str, size: int) -> "Iterator[str]":
    font, line = _font(size, "bold"), ""
    for word in text.split():
        longer = f"{line} {word}".lstrip()
        if line and font.getlength(longer) > WIDTH - 2 * SIDE:
            yield line
            longer = word
        line = longer
    yield line
