"""Which version of a package is installed, by the name of the folder in which Python keeps what it knows of it.

`importlib.metadata` knows it as well; to import that and to read what it reads takes longer than all else that a build
does in which nothing has changed. The form of the name: https://packaging.python.org/specifications/binary-distribution-format/.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

ENDINGS = (".dist-info", ".egg-info")


@cache
def version_of(package: str) -> str:
    """The version that an import would find; empty where none is installed in the usual way."""
    return next((version for name, version in installed() if name == _as_compared(package)), "")


@cache
def installed() -> tuple[tuple[str, str], ...]:
    """Name and version of all packages, those first that an import would find first."""
    return tuple(found for folder in sys.path for found in sorted(_kept_in(folder)))


def _kept_in(folder: str) -> Iterator[tuple[str, str]]:
    with suppress(OSError):  # a zip, or a folder that is not there
        for entry in os.scandir(folder or os.curdir):
            if entry.name.endswith(ENDINGS):
                name, _, version = entry.name.rpartition(".")[0].partition("-")
                yield _as_compared(name), version.partition("-py")[0]


def _as_compared(name: str) -> str:
    """Alike for all ways to write a name: https://packaging.python.org/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", name).lower()
