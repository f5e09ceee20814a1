"""The memo on disk, and the states of files: what one build leaves to the next."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from builder.memo import Memo, Packed, Unreadable
from builder.outlets.keeping import Keeper
from builder.outlets.packing import pack, unpack
from builder.outlets.seen import Seen

MEMO, INPUTS, OUTPUTS = "memo", "inputs", "outputs"
LIBRARIES = ("ahocorasick-rs", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "pydantic", "pydantic-core", "pyyaml")
SHARD = 2
"""How many digits of a key name the file in which its value stands: one article changed, two of 256 files written."""


@cache
def code() -> str:
    """A digest of all that decides what a build makes of its inputs: this package, its libraries, Python."""
    package = Path(__file__).resolve().parent.parent
    digest = sha256()
    for path in sorted(package.rglob("*.py")):
        body = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()}:{len(body)}:".encode() + body)
    versions = [python_version(), *(f"{name} {version(name)}" for name in LIBRARIES)]
    digest.update("\n".join(versions).encode())
    return digest.hexdigest()


@dataclass(slots=True)
class Memory:
    """What a site's folder holds of earlier builds. `shards`: the keys that each file of the memo had."""

    keeper: Keeper
    memo: Memo
    inputs: Seen
    outputs: Seen
    shards: dict[str, frozenset[str]]


def recall(keeper: Keeper, code: str) -> Memory:
    known: dict[str, Any] = {}
    shards: dict[str, frozenset[str]] = {}
    for name in keeper.names(MEMO):
        values = loaded(keeper, name)
        if values is not None and values.pop("code", None) == code:
            shards[name] = frozenset(values)
            known |= {key: Packed(body, unpack) for key, body in values.items()}
    inputs, outputs = (Seen(loaded(keeper, name) or {}) for name in (INPUTS, OUTPUTS))
    return Memory(keeper, Memo(code, known), inputs, outputs, shards)


def loaded(keeper: Keeper, name: str) -> dict[str, Any] | None:
    body = keeper.load(name)
    try:
        value = unpack(body) if body is not None else None
    except Unreadable:
        return None
    return value if isinstance(value, dict) else None


def keep(memory: Memory) -> None:
    """What this build used, and nothing else. A file of the memo that has not changed is left as it is."""
    values: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in memory.memo.packed():
        values[f"{MEMO}/{key[:SHARD]}"][key] = value
    for name, held in values.items():
        if memory.shards.get(name) != held.keys():
            bodies = {key: value.body if isinstance(value, Packed) else pack(value) for key, value in held.items()}
            memory.keeper.save(name, pack({"code": memory.memo.code, **bodies}))
    for name in memory.keeper.names(MEMO) - values.keys():
        memory.keeper.drop(name)
    for name, seen in ((INPUTS, memory.inputs), (OUTPUTS, memory.outputs)):
        if seen.now != seen.known:
            memory.keeper.save(name, pack(seen.now))
