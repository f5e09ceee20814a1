"""The search: how long its index takes, beside Pagefind itself."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from pagefind_bin import get_executable
from search_site import write
from synthetic import briefing
from tiny import built_in_layouts

from builder.build import build
from builder.outlets import search


def test_search_takes_hardly_longer_than_pagefind_itself(tmp_path: Path) -> None:
    """Pagefind over the pages as they are published; the processor's seconds of both, of all their processes."""
    site = dict(build(built_in_layouts() | briefing(100, quotations=1)).files)
    write({path: body for path, body in site.items() if path.endswith(".html")}, tmp_path / "site")
    itself = [str(get_executable()), "--site", "site", "--output-path", "index", "--keep-index-url", "--quiet"]

    def of_pagefind(_: int) -> None:
        subprocess.run(itself, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)

    def of_the_index(attempt: int) -> None:
        assert search.index(site, tmp_path / str(attempt)).ran

    least = min(_seconds_of(of_the_index, attempt) / _seconds_of(of_pagefind, attempt) for attempt in range(3))
    assert least <= 1.1


def _seconds_of(work: Callable[[int], None], attempt: int) -> float:
    def seconds() -> float:
        used = os.times()
        return used.user + used.system + used.children_user + used.children_system

    before = seconds()
    work(attempt)
    return seconds() - before
