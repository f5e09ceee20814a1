"""The memo on disk, and the states of files: what one build leaves to the next."""

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from builder.memo import Memo, Packed
from builder.outlets.installed import version_of
from builder.outlets.keeping import Keeper, keeper
from builder.outlets.packing import Unreadable, pack, unpack
from builder.outlets.seen import Seen

MEMO, INPUTS, OUTPUTS = "memo", "inputs", "outputs"
LIBRARIES = ("ahocorasick-rs", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "pyyaml")
SHARD = 2
"""How many digits of a key name the file in which its value stands: one article changed, two of 256 files written."""


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
    recalled: Memo | None = None
    shards: dict[str, frozenset[str]] = field(default_factory=dict)

    def memo(self, unpack_value: Callable[[bytes], Any]) -> Memo:
        if self.recalled is None:
            self.recalled = Memo(self.code, dict(self._known(unpack_value)))
        return self.recalled

    def _known(self, unpack_value: Callable[[bytes], Any]) -> Iterator[tuple[str, Packed]]:
        for name in self.keeper.names(MEMO):
            values = loaded(self.keeper, name)
            if values.pop("code", None) == self.code:
                self.shards[name] = frozenset(values)
                yield from ((key, Packed(body, unpack_value)) for key, body in values.items())

    def keep(self, *, whole: bool = False) -> None:
        """What this build used, and nothing else, unless it is `whole`. A file of the memo that has not changed is left
        as it is."""
        for name, seen in ((INPUTS, self.inputs), (OUTPUTS, self.outputs)):
            if seen.now != seen.known:
                self.keeper.save(name, pack(seen.now))
        if self.recalled is None:
            return
        values: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for key, value in self.recalled.packed(whole=whole):
            values[f"{MEMO}/{key[:SHARD]}"][key] = value
        for name, held in values.items():
            if self.shards.get(name) != held.keys():
                bodies = {key: value.body if isinstance(value, Packed) else pack(value) for key, value in held.items()}
                self.keeper.save(name, pack({"code": self.code, **bodies}))
        for name in self.keeper.names(MEMO) - values.keys():
            self.keeper.drop(name)


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
