"""The small marks of the pages, and what all charts are drawn with.

Charts are as wide as their place: what lies along the time axis is in per cent, all else in pixels, so that letters
never shrink. Colours come from `charts.css` by class; the pages' security policy forbids style attributes.
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup as Html

from builder.model import Status
from builder.site.texts import attribute, escaped

NARROW = "fijl1.,:;!|'’‘()[]- It"
WIDE = "mwMWQGOD@%—…ДМЖШЩЮ"


def number(value: float) -> str:
    """A coordinate: two decimals, no trailing zeros."""
    return str(value) if type(value) is int else f"{value:.2f}".rstrip("0").rstrip(".")


def per_cent(share: float) -> str:
    return number(share * 100) + "%"


def svg(body: Iterable[str], *, height: float, name: str, label: str) -> Html:
    """A chart for readers who see it, and a sentence for those who do not."""
    opening = f'<svg class="{name}" width="100%" height="{number(height)}" role="img" aria-label="{attribute(label)}">'
    return Html(opening + "".join(body) + "</svg>")


def text(words: str, x: str, y: float, *, name: str = "", dx: float = 0, anchor: str = "") -> str:
    extra = (f' class="{name}"' if name else "") + (f' dx="{number(dx)}"' if dx else "")
    extra += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x}" y="{number(y)}"{extra}>{escaped(words)}</text>'


def line(x1: str, y1: float, x2: str, y2: float, name: str) -> str:
    return f'<line class="{name}" x1="{x1}" y1="{number(y1)}" x2="{x2}" y2="{number(y2)}"/>'


def rect(x: str, y: float, width: str, height: float, name: str, extra: str = "") -> str:
    return f'<rect class="{name}" x="{x}" y="{number(y)}" width="{width}" height="{number(height)}"{extra}/>'


@lru_cache(maxsize=1000)
def width_of(words: str, size: float = 13) -> float:
    """About how wide a text is, in pixels, in any system's sans: rather too much than too little."""
    return sum(size * _width(character) for character in words)


def _width(character: str) -> float:
    if character in NARROW:
        return 0.33
    if character in WIDE:
        return 0.92
    if character > "\u2e7f":
        return 1.05
    return 0.7 if character.isupper() else 0.58


def wrapped(words: str, width: float, lines: int, size: float = 13) -> list[str]:
    """The text in lines that fit, the last one cut with an ellipsis if need be."""
    out: list[str] = []
    rest = words.split()
    while rest and len(out) < lines:
        count = 1
        while count < len(rest) and width_of(" ".join(rest[: count + 1]), size) <= width:
            count += 1
        out.append(" ".join(rest[:count]))
        rest = rest[count:]
    if rest:
        out[-1] += " " + rest[0]
    return [cut(part, width, size) for part in out]


def cut(words: str, width: float, size: float = 13) -> str:
    """The text as far as it fits, with an ellipsis where it was cut."""
    if width_of(words, size) <= width:
        return words
    room = width - width_of("…", size)
    for index, character in enumerate(words):
        room -= size * _width(character)
        if room < 0:
            return _to_a_word(words, index).rstrip(" ,;:–-") + "…"
    return words


def _to_a_word(words: str, end: int) -> str:
    """Up to `end`, or to the last whole word before it where that keeps half of it."""
    space = words.rfind(" ", 0, end + 1)
    return words[:space] if space > end / 2 else words[:end]


def fades(prefix: str) -> str:
    """Masks that let the start, the end or both ends of a bar fade over 30 per cent."""
    stops = {"start": ((0, 0), (0.3, 1)), "end": ((0.7, 1), (1, 0)), "both": ((0, 0), (0.3, 1), (0.7, 1), (1, 0))}
    return "<defs>" + "".join(_fade(f"{prefix}-{name}", ends) for name, ends in stops.items()) + "</defs>"


def _fade(name: str, stops: Iterable[tuple[float, float]]) -> str:
    marks = "".join(
        f'<stop offset="{number(offset)}" stop-color="#fff" stop-opacity="{number(opacity)}"/>'
        for offset, opacity in stops
    )
    return (
        f'<linearGradient id="{name}-g">{marks}</linearGradient>'
        f'<mask id="{name}" x="0" y="-1" width="1" height="3" maskContentUnits="objectBoundingBox">'
        f'<rect x="0" y="-1" width="1" height="3" fill="url(#{name}-g)"/></mask>'
    )


def disc(status: Status, x: str, y: float, *, disputed: bool = False, soft: bool = False) -> str:
    """The 10 px mark of a status. `soft`: the day is not exact, so an ellipse lies behind it."""
    name = "disputed" if disputed else "sure"
    out = f'<ellipse class="haze" cx="{x}" cy="{number(y)}" rx="10" ry="2.5"/>' if soft else ""
    if status == "happened":
        return out + f'<circle class="disc {name}" cx="{x}" cy="{number(y)}" r="5"/>'
    ring = "ring dashed" if status == "planned" else "ring"
    out += f'<circle class="{ring} {name}" cx="{x}" cy="{number(y)}" r="4.25"/>'
    if status == "said":
        out += f'<circle class="disc {name}" cx="{x}" cy="{number(y)}" r="1.75"/>'
    return out


# --- small marks in tables and lists: hidden from those who hear the page, for the words stand beside them ----------


def small(body: str, width: float, height: float, name: str) -> Html:
    size = f'width="{number(width)}" height="{number(height)}"'
    return Html(f'<svg class="{name}" {size} aria-hidden="true" focusable="false">{body}</svg>')


@lru_cache(maxsize=100)
def status_mark(status: Status, *, disputed: bool = False) -> Html:
    """The mark of a status before its word."""
    return small(disc(status, "5", 5, disputed=disputed), 10, 10, "chart status-mark")


def soft_mark() -> Html:
    """The legend's sign for a day that is not exact; once on a page."""
    bar = rect("0", 0, "100%", 6, "bar sure", ' mask="url(#legend-both)"')
    return small(fades("legend") + bar, 36, 6, "chart soft-mark")


def squares(filled: int, total: int) -> Html:
    """`filled` of `total` as squares; more than ten are a bar instead."""
    if total > 10:
        return bar(filled, total, width=74)
    boxes = "".join(_square(index, filled=index < filled) for index in range(total))
    return small(boxes, total * 9 - 1 if total else 0, 8, "chart squares")


def _square(index: int, *, filled: bool) -> str:
    if filled:
        return rect(number(index * 9), 0, "8", 8, "full")
    return rect(number(index * 9 + 0.5), 0.5, "7", 7, "empty")


@lru_cache(maxsize=10_000)  # a long list has few lengths
def bar(value: float, maximum: float, *, width: float = 64, dashed: bool = False) -> Html:
    """How much, beside its figure: `maximum` fills the width; anything above nothing is at least 1 px."""
    length = max(value / maximum * width, 1) if value > 0 and maximum > 0 else 0
    if dashed:
        body = rect("0.5", 0.5, number(max(length - 1, 0)), 7, "dashes") if length else ""
        return small(body, width, 8, "chart count-bar")
    return small(rect("0", 1, number(length), 6, "full") if length else "", width, 8, "chart count-bar")


def dispersion(positions: Iterable[float], label: str = "") -> Html:
    """Where in its text a name stands: a tick for each position from 0 to 1."""
    width = 160
    ticks = sorted({round(min(max(position, 0), 1) * (width - 2)) for position in positions})
    body = _thread(width) + "".join(map(_tick, ticks))
    size = f'width="{width}" height="12"'
    if not label:
        return Html(f'<svg class="chart dispersion" {size} aria-hidden="true" focusable="false">{body}</svg>')
    return Html(f'<svg class="chart dispersion" {size} role="img" aria-label="{attribute(label)}">{body}</svg>')


@lru_cache(maxsize=10)
def _thread(width: int) -> str:
    return line("0", 6, str(width), 6, "thread")


@lru_cache(maxsize=1000)
def _tick(at: int) -> str:
    return rect(str(at), 0, "2", 12, "tick")
