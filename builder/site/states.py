"""What the tables and fields of a site are, in digests: they tell whether all that was read for a page is what it was.

A large site has ten thousand articles, and a page that lists them reads a dozen things of each. So what is told of a
key is told once for all pages, and what a page has read is looked up table by table, in the loops of Python itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from builder.fingerprints import Fingerprints, digest_of
from builder.memo import EVERYTHING
from builder.model import ARTICLE_FACETS, Article, Event
from builder.site.frame import Site
from builder.site.reads import FACETS, MANY, Reads, rows_of

SIZE = 16
"""Bytes of every state, so that several in a row can be told apart."""
ABSENT = b"absent".ljust(SIZE)
ROWS = {"entities": "id", "events": "key"}
"""What the briefing has in rows and the lookup in tables, and what it is called there."""
FACET_CALLED = {table: facet for facet, table in FACETS.items()}
PLACE_OF = {facet: place for place, facet in enumerate(ARTICLE_FACETS)}

StateOf = Callable[[str], bytes]


class States:
    """Digests of what can be read of a site, each made when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.fingerprints = Fingerprints((Article, Event))
        # These two are read without being noted, as they are the same for every page.
        self.always = self.fingerprints.of((site.search, site.language))
        self.rows = rows_of(site)
        self.tables: dict[str, InTable] = {}
        self.known: dict[tuple[str, ...], InTable | InTables] = {}

    def of(self, reads: Reads) -> bytes:
        """One digest of all that was read."""
        known = self.known
        states = [self.always]
        for tables, keys in reads:
            states += map((known.get(tables) or self._known(tables)).__getitem__, keys)
        return digested(states)

    def _known(self, tables: tuple[str, ...]) -> "InTable | InTables":
        each = [self._in(table) for table in tables]
        known = self.known[tables] = each[0] if len(each) == 1 else InTables(each, self.rows.values())
        return known

    def _in(self, table: str) -> "InTable":
        if table not in self.tables:
            self.tables[table] = self._table(table)
        return self.tables[table]

    def _table(self, table: str) -> "InTable":
        """The states under each key of a table; or of something that is no table, under any key."""
        owner, _, field = table.partition(".")
        if owner == "tokens":
            # What finds names is made of the entities alone, and has no state of its own that could be told.
            return self._one(lambda: self._in("at.entities")[EVERYTHING])
        if table in FACET_CALLED:
            return self._facets(FACET_CALLED[table])
        held = getattr(self.site if owner == "site" else getattr(self.site, owner), field)
        if table == "briefing.articles":
            return self._one(lambda: digest_of(tuple(article.slug for article in held)))
        if table == "briefing.uses":
            return self._one(lambda: self._of_uses(tuple(use.passage.article for use in held)))
        if owner == "briefing" and field in ROWS:
            return self._one(lambda: self._in(f"at.{field}").of_all([getattr(one, ROWS[field]) for one in held]))
        if owner == "briefing" or not isinstance(held, Mapping):
            return self._one(lambda: self.fingerprints.of(held))
        return InTable(partial(self._value, held), self.rows | {EVERYTHING: held})

    def _one(self, state: Callable[[], bytes]) -> "InTable":
        return InTable(lambda _: state(), {})

    def _of_uses(self, cited: Sequence[str]) -> bytes:
        """Of all uses: of those of each article, and in which order they come, one of this article, one of that."""
        uses = self._in("at.uses_of")
        return digested([uses.of_all(dict.fromkeys(cited)), digest_of(cited)])

    def _value(self, held: Mapping[str, Any], key: str) -> bytes:
        return self.fingerprints.of(held[key]) if key in held else ABSENT

    def _facets(self, facet: str) -> "InTable":
        articles, place = self.site.at.articles, PLACE_OF[facet]

        def of_one(slug: str) -> bytes:
            if slug not in articles:
                return ABSENT
            if taken := articles[slug].facets:
                return bytes.fromhex(taken[place])
            return self.fingerprints.of(tuple(getattr(articles[slug], field) for field in ARTICLE_FACETS[facet]))

        def of_many() -> dict[str, bytes]:
            return {slug: bytes.fromhex(one.facets[place]) for slug, one in articles.items() if one.facets}

        return InTable(of_one, self.rows, of_many)


class InTable(dict[str, bytes]):
    """States by key; one that is not known yet is found out. `rows`: the keys that a key stands for. `of_many`: those
    that are found sooner all at once than one by one, for whoever asks for many."""

    __slots__ = ("of_many", "of_one", "rows")

    def __init__(
        self, of_one: StateOf, rows: Mapping[str, Collection[str]], of_many: Callable[[], dict[str, bytes]] = dict
    ) -> None:
        super().__init__()
        self.of_one, self.rows, self.of_many = of_one, rows, of_many

    def __missing__(self, key: str) -> bytes:
        if len(self) == MANY:
            self.update(self.of_many())
        state = self.get(key) or (self.of_all(self.rows[key]) if key in self.rows else self.of_one(key))
        self[key] = state
        return state

    def of_all(self, keys: Collection[str]) -> bytes:
        """One digest for all these keys in their order."""
        return digested([digest_of(tuple(keys)), *map(self.__getitem__, keys)])


class InTables(dict[str, bytes]):
    """What several tables say of a key, in a row: a page that reads one of them often reads all."""

    __slots__ = ("rows", "tables")

    def __init__(self, tables: Sequence[InTable], rows: Iterable[Collection[str]]) -> None:
        super().__init__()
        self.tables, self.rows = tables, rows

    def __missing__(self, key: str) -> bytes:
        if len(self) == MANY:
            self._fill(next((row for row in self.rows if key in row), ()))
        state = self[key] = b"".join([table[key] for table in self.tables])
        return state

    def _fill(self, keys: Collection[str]) -> None:
        """Whoever asks for many will ask for all, which takes a fifth of the time of one after the other."""
        self.update(
            zip(
                keys,
                map(b"".join, zip(*(map(table.__getitem__, keys) for table in self.tables), strict=True)),
                strict=True,
            )
        )


def digested(states: Sequence[bytes]) -> bytes:
    return blake2b(b"".join(states), digest_size=SIZE).digest()
