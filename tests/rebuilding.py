"""Rebuilds a site many times, as `serve` does, and prints how much memory that takes: a process of its own.

    python tests/rebuilding.py SITE 50 500

Prints the resident memory in bytes after each of these numbers of rebuilds.
"""

import gc
import sys
from pathlib import Path

from builder.outlets.live.building import Builder
from builder.outlets.live.live import Live
from builder.outlets.live.shown import Shown
from builder.outlets.live.watching import Bell

PAGE = 4096
BETWEEN_RESTS = 10
"""After how many saves the author pauses for a second."""


def resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


def main() -> None:
    site, stops = Path(sys.argv[1]), [int(stop) for stop in sys.argv[2:]]
    gc.set_threshold(200_000)  # as the command does
    live, bell = Live(Shown(search=False)), Bell()
    builder = Builder(site, live, bell, say=lambda _: None)
    article = site / "content" / "articles" / "daily.yaml"
    text = article.read_text(encoding="utf-8")
    for number in range(max(stops) + 1):
        article.write_text(text.replace("There is one ferry.", f"There is one ferry no. {number}."), encoding="utf-8")
        builder.look(bell.rings)
        assert f"no. {number}.".encode() in (live.shown.file("articles/daily.html") or b""), live.shown.wrong
        live.shown.seen_at("articles/daily.html")
        if number % BETWEEN_RESTS == 0:
            builder.rest()
        if number in stops:
            sys.stdout.write(f"{resident()}\n")


main()
