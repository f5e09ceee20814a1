"""What the making of a page looked at. Nobody writes down what a page depends on: it is watched while it is made.

A page is made of a site and of nothing else, and all that differs between two sites lies in tables and fields that are
watched here. So if all that was read is what it was, the page is what it was.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Any, TypeVar

from builder.fingerprints import Fingerprints
from builder.memo import EVERYTHING, Read, Table
from builder.model import Article, Event
from builder.site.frame import Site

ABSENT = b"absent"
ROWS = {"articles": "slug", "entities": "id", "events": "key"}
"""What the briefing has in rows and the lookup in tables, and what it is called there."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a page was made of: what was read for it, one digest of all that, and that of its bytes."""

    reads: tuple[Read, ...]
    state: bytes
    sha256: str


class Fields:
    """An object whose tables are watched, and each other field of which is noted when it is asked for."""

    def __init__(self, name: str, held: object, reads: dict[Read, None], tables: Mapping[str, object]) -> None:
        self._name, self._held, self._reads = name, held, reads
        self.__dict__.update(tables)

    def __getattr__(self, field: str) -> Any:
        self._reads[f"{self._name}.{field}", EVERYTHING] = None
        return getattr(self._held, field)


class WatchedSite:
    """A site that notes what is read of it, page after page."""

    def __init__(self, site: Site) -> None:
        self.reads: dict[Read, None] = {}
        # The methods of a site read its fields, so it is a real one with watched fields.
        watched: dict[str, Any] = {
            **tables_in("site", site, self.reads),
            "at": Fields("at", site.at, self.reads, tables_in("at", site.at, self.reads)),
            "briefing": Fields("briefing", site.briefing, self.reads, {}),
            "tokens": Fields("tokens", site.tokens, self.reads, {}),
        }
        self.site = replace(site, **watched)

    def reads_of(self, work: Callable[[Site], Value]) -> tuple[Value, tuple[Read, ...]]:
        """What `work` makes of the site, and what it read for that."""
        self.reads.clear()
        made = work(self.site)
        return made, tuple(self.reads)


def tables_in(name: str, held: Any, reads: dict[Read, None]) -> dict[str, Table[Any]]:
    found = {field.name: getattr(held, field.name) for field in fields(held)}
    return {key: Table(f"{name}.{key}", table, reads) for key, table in found.items() if isinstance(table, Mapping)}


class States:
    """Digests of what can be read of a site, each made when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.fingerprints = Fingerprints((Article, Event))
        # These two are read without being noted, as they are the same for every page.
        self.always = self.fingerprints.of((site.search, site.language))
        self.known: dict[Read, bytes] = {}

    def of(self, reads: Iterable[Read]) -> bytes:
        """One digest of all that was read."""
        known = self.known
        digest = blake2b(self.always, digest_size=16)
        for read in reads:
            digest.update(known.get(read) or self._learnt(read))
        return digest.digest()

    def _learnt(self, read: Read) -> bytes:
        where, key = read
        owner, _, field = where.partition(".")
        held = getattr(self.site if owner == "site" else getattr(self.site, owner), field)
        if owner == "tokens":
            # What finds names is made of the entities alone, and has no state of its own that could be told.
            state = self.of([("at.entities", EVERYTHING)])
        elif owner == "briefing" and field in ROWS:
            state = self.of((f"at.{field}", getattr(one, ROWS[field])) for one in held)
        elif not isinstance(held, Mapping) or owner == "briefing":
            state = self.fingerprints.of(held)
        elif key == EVERYTHING:
            state = self.of((where, one) for one in held) + self.fingerprints.of(tuple(held))
        else:
            state = self.fingerprints.of(held[key]) if key in held else ABSENT
        self.known[read] = state
        return state
