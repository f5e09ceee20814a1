"""The memo on disk, and the states of files: what one build leaves to the next."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from builder.memo import Memo
from builder.outlets.installed import version_of
from builder.outlets.keeping import Keeper, keeper
from builder.outlets.packing import Unreadable, pack, unpack
from builder.outlets.seen import Seen
from builder.outlets.shelves import Shelves

INPUTS, OUTPUTS = "inputs", "outputs"
LIBRARIES = ("ahocorasick-rs", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "pydantic", "pydantic-core", "pyyaml")


@cache
def code() -> str:
    """A digest of all that decides what a build makes of its inputs: this package, its libraries, Python.

    A version that nobody knows is like no other: then nothing is recalled.
    """
    package = Path(__file__).resolve().parent.parent
    digest = blake2b(digest_size=20)
    for folder, _, names in sorted(os.walk(package)):  # rglob() takes longer than all the reading
        for name in sorted(name for name in names if name.endswith(".py")):
            body = Path(folder, name).read_bytes()
            digest.update(f"{folder.removeprefix(str(package))}/{name}:{len(body)}:".encode() + body)
    versions = [sys.version, *(version_of(name) or os.urandom(8).hex() for name in LIBRARIES)]
    digest.update("\n".join(versions).encode())
    return digest.hexdigest()


@dataclass(slots=True)
class Memory:
    """What a site's folder holds of earlier builds: states of files, and a memo that is read when it is wanted."""

    root: Path
    keeper: Keeper
    code: str
    inputs: Seen
    outputs: Seen
    shelves: Shelves | None = None
    recalled: Memo | None = None

    def memo(self, unpack_value: Callable[[bytes], Any]) -> Memo:
        if self.recalled is None:
            self.shelves = Shelves(self.keeper, self.code, unpack_value)
            self.recalled = Memo(self.code, self.shelves)
        return self.recalled

    def keep(self, *, whole: bool = False) -> None:
        """What this build used, and nothing else, unless it is `whole`."""
        for name, seen in ((INPUTS, self.inputs), (OUTPUTS, self.outputs)):
            if seen.now != seen.known:
                self.keeper.save(name, pack(seen.now))
        if self.shelves is not None and self.recalled is not None:
            self.shelves.keep(self.recalled, whole=whole)


def memory_of(root: Path) -> Memory:
    """What earlier builds of the site in this folder left."""
    kept = keeper(root)
    return Memory(root, kept, code(), Seen(loaded(kept, INPUTS)), Seen(loaded(kept, OUTPUTS)))


def loaded(keeper: Keeper, name: str) -> dict[str, Any]:
    """What is kept under a name; nothing where it cannot be read."""
    body = keeper.load(name)
    try:
        value = unpack(body) if body is not None else None
    except Unreadable:
        return {}
    return value if isinstance(value, dict) else {}
