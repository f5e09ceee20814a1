"""Which files of a zip would be lost, or get another name, where somebody unpacks it.

The rules are those of Windows (learn.microsoft.com, “Naming Files, Paths, and Namespaces”), which are the narrowest.
That capitals make no difference, and an accent may be written in two ways, holds on a Mac as well.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from unicodedata import normalize

COPIED = "files/"
SIGNS = re.compile(r'[<>:"\\|?*]|[. ](?:/|$)')
DEVICES = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?: *\.[^/]*)?(?:/|$)", re.IGNORECASE)
"""What stands for a printer or a line, in any folder and with any ending."""
LONGEST = 260 - 60
"""Characters of a path in the zip. Windows takes 259 with those of the folder in which it is unpacked."""


def lost(paths: Iterable[str]) -> Iterator[str]:
    """A sentence for each path that not every computer can unpack, and for each that some take for another."""
    known: dict[str, str] = {}
    for path in sorted(paths):
        known.setdefault(_as_compared(path), path)
        if SIGNS.search(path) or DEVICES.search(path):
            yield f"{_source(path)}: not every computer can unpack a file of this name; {_way_out(path)}"
        taken = [known.get(_as_compared(str(part)), path) for part in (path, *PurePosixPath(path).parents)]
        for same in {other: None for other in taken if other != path}:
            yield f"{_source(path)}: many computers take it for {_source(same)}, so one is lost; {_way_out(path)}"


def too_long(folder: str, paths: Iterable[str]) -> str:
    """The longest path, where it is too long for a folder of usual depth; else nothing."""
    longest = max((f"{folder}/{path}" for path in paths), key=len)
    return longest if len(longest) > LONGEST else ""


def _as_compared(path: str) -> str:
    return normalize("NFC", path).casefold()


def _source(path: str) -> str:
    return f"content/{path}" if path.startswith(COPIED) else path


def _way_out(path: str) -> str:
    return "rename it" if path.startswith(COPIED) else "it comes from an id or a file's name, which has to be another"
