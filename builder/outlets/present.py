"""What a folder holds, whoever put it there, and what was done to it."""

import os
from pathlib import Path

from builder.outlets.seen import Seen, digest_on_disk
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Present:
    """The files of a folder by path. `others` are neither files nor folders, such as links, which nobody follows."""

    folder: Path
    files: dict[str, os.stat_result]
    others: list[str]

    def digest(self, path: str, seen: Seen) -> str:
        """That of a file; empty for one that is not there."""
        found = self.files.get(path)
        return digest_on_disk(f"{self.folder}/{path}", seen, found) if found else ""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files of the output were new or changed, how many were right already, how many went."""

    written: int
    unchanged: int
    removed: int


def present_in(folder: Path) -> Present:
    """A folder that is not there holds nothing."""
    present = Present(folder, {}, [])
    waiting = [""] if folder.is_dir() else []
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    present.files[path] = entry.stat(follow_symlinks=False)
                else:
                    present.others.append(path)
    return present
