"""Builds that are killed, each at another moment: run as a program, as only a process without threads is safe to fork.

    python killing.py FOLDER KILLS ARTICLES

Prints what went wrong, a line each, and as the last line how many builds were killed before they were done.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from editing import clean, held, start, write
from synthetic import vocabulary

from builder.cli import sourcebook

SIGN = '{% extends "builtin/base.html" %}{% block footer %}<p>version VERSION</p>{% endblock %}'
WHOLE = re.compile(rb"<!DOCTYPE html>.*<p>version (\d+)</p>.*</html>\s*", re.DOTALL)
ALL_CHANGE_EVERY, COMPARED_EVERY = 3, 50


def main(root: Path, kills: int, articles: int) -> None:
    luck = Random(1)
    found: list[str] = []
    make(root, articles)
    sign(root, 0)
    finish(build(root))
    lengths = [length_of_build(root, luck, 1, all_change=all_change) for all_change in (False, True)]
    # Spread over the whole run, in no order: one in so many kills each stretch of it.
    moments = luck.sample(range(kills), kills)
    early = 0
    for number, moment in enumerate(moments, 2):
        before, all_change = pages(root), number % ALL_CHANGE_EVERY == 0
        change(root, luck, number, all_change=all_change)
        process = build(root)
        time.sleep(lengths[all_change] * 1.1 * (moment + luck.random()) / kills)
        early += kill(process, everybody=luck.random() < 0.5)
        found += faults(root, before, number)
        if number % COMPARED_EVERY == 0:
            finish(build(root))
            wanted, *_ = clean(root)
            if held(root / "output" / "site") != wanted:
                found.append(f"after kill {number} the next build is not a clean one")
    sys.stdout.write("\n".join([*found, str(early)]))


def length_of_build(root: Path, luck: Random, number: int, *, all_change: bool) -> float:
    change(root, luck, number, all_change=all_change)
    begun = time.perf_counter()
    finish(build(root))
    return time.perf_counter() - begun


def change(root: Path, luck: Random, number: int, *, all_change: bool) -> None:
    """Files to write anew, to make and to delete: a few of each, or all of the pages."""
    move(root, number, luck)
    if all_change:
        sign(root, number)


def make(root: Path, articles: int) -> None:
    start(root)
    luck, words = Random(2), vocabulary()
    for number in range(articles):
        path = root / f"content/articles/report-{number:04}.txt"
        write(path, f"Report {number}: {' '.join(luck.choices(words, k=12))}.\n")
        summary = f"title: Report {number}\npublisher: Wire {number}\npublished: 2025-04-03\nurl: unknown\n"
        write(path.with_suffix(".yaml"), summary)


def sign(root: Path, version: int) -> None:
    """Something of which every page shows that it changed."""
    write(root / "layouts/base.html", SIGN.replace("VERSION", str(version)))


def move(root: Path, number: int, luck: Random) -> None:
    """One article goes and one comes, so that there are files to delete and new ones."""
    old = luck.choice(sorted((root / "content/articles").glob("report-*.txt")))
    for path in (old, old.with_suffix(".yaml")):
        path.rename(path.with_stem(f"report-x{number}"))


def build(root: Path) -> int:
    """A build in a process and group of its own, warm: what it would only import is there."""
    process = os.fork()
    if process:
        return process
    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    try:
        sourcebook(["build", "--no-search", "--site", str(root)], standalone_mode=False)
    except SystemExit as done:
        os._exit(int(done.code or 0))
    except BaseException:  # noqa: BLE001 - a forked process must not go on as if it were this one
        os._exit(99)
    os._exit(0)


def finish(process: int) -> None:
    _, status = os.waitpid(process, 0)
    assert status == 0, f"a build that nobody killed ended with {os.waitstatus_to_exitcode(status)}"


def kill(process: int, *, everybody: bool) -> bool:
    """Whether it was killed before it was done. `everybody`: its workers too, else they are left to themselves."""
    (os.killpg if everybody else os.kill)(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def pages(root: Path) -> set[str]:
    output = root / "output" / "site"
    folders = ("", "articles/", "entities/", "events/")
    return {f"{below}{path.name}" for below in folders for path in (output / below).glob("*.html")}


def faults(root: Path, before: set[str], version: int) -> Iterator[str]:
    """Every page that was there, unless it is of an article that went, is there, whole, and of one version."""
    now = pages(root)
    gone = {f"articles/{Path(page).stem}.html" for page in before - now} - {
        f"articles/{slug}.html" for slug in slugs(root)
    }
    yield from (f"after kill {version} {page} is missing" for page in sorted(before - now - gone))
    for page in now:
        found = WHOLE.fullmatch((root / "output" / "site" / page).read_bytes())
        if not found or int(found[1]) > version:
            yield f"after kill {version} {page} is not whole"


def slugs(root: Path) -> set[str]:
    return {path.stem for path in (root / "content/articles").glob("*.txt")}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
