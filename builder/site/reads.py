"""What the making of a page looked at. Nobody writes down what a page depends on: it is watched while it is made.

A page is made of a site and of nothing else, and all that differs between two sites lies in tables and fields that are
watched here. So if all that was read is what it was, the page is what it was.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from builder.memo import EVERYTHING, Notes, Read, Table
from builder.model import ARTICLE_FACETS, Article, Briefing
from builder.site.frame import Site, each_source
from builder.site.lookup import EachLater, each_of
from builder.values import dataclass

MANY = 100
"""Of so many keys it is worth a look whether they are those of a whole row."""
ARTICLES = "at.articles"
FACETS = {facet: f"{ARTICLES}\1{facet}" for facet in ARTICLE_FACETS}
"""Under which name a facet of articles is read, as if each were a table of its own."""
Value = TypeVar("Value")


Reads = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Tables, and the keys under which each of them was read: a page reads much of each article that it shows."""


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a page was made of: what was read for it, one digest of all that, and that of its bytes."""

    reads: Reads
    state: bytes
    sha256: str


class Fields:
    """An object whose tables are watched, and each other field of which is noted when it is asked for."""

    def __init__(self, name: str, held: object, notes: Notes, tables: Mapping[str, object]) -> None:
        self._name, self._held, self._notes = name, held, notes
        self.__dict__.update(tables)

    def __getattr__(self, field: str) -> Any:
        self._notes.read[f"{self._name}.{field}", EVERYTHING] = None
        return getattr(self._held, field)


FACET_OF = {field: facet for facet, fields in ARTICLE_FACETS.items() for field in fields}


class WatchedArticle:
    """An article that notes which facets of it are read."""

    __slots__ = ("_held", "_notes", "_slug")

    def __init__(self, held: Article, notes: Notes) -> None:
        self._held, self._notes, self._slug = held, notes, held.slug

    def note(self, field: str) -> None:
        """As if the field had been read."""
        self._notes.read[FACETS[FACET_OF[field]], self._slug] = None


def watched(field: str, facet: str) -> property:
    """A field that notes that it is read. Not by `__getattr__`, which takes three times as long: a build from nothing
    asks a million times."""
    table, value = FACETS[facet], attrgetter(field)

    def read(article: WatchedArticle) -> Any:
        article._notes.read[table, article._slug] = None  # noqa: SLF001 - a method of that class in all but place
        return value(article._held)  # noqa: SLF001 - the same

    return property(read)


for _field, _facet in FACET_OF.items():
    setattr(WatchedArticle, _field, watched(_field, _facet))


class WatchedArticles(Table[Any]):
    """The table of all articles; of each one is noted what is read of it."""

    __slots__ = ("watched",)

    def __init__(self, held: Mapping[str, Article], notes: Notes) -> None:
        super().__init__(ARTICLES, held, notes)
        self.watched: dict[str, WatchedArticle] = {}

    def __getitem__(self, slug: str) -> Any:
        if slug not in self.held:
            return super().__getitem__(slug)
        found = self.one(slug)
        found.note("slug")  # that it is there
        return found

    def get(self, slug: str, default: Any = None) -> Any:
        return self[slug] if slug in self.held else super().get(slug, default)

    def __contains__(self, slug: object) -> bool:
        return bool(self.get(str(slug)))

    def one(self, slug: str) -> WatchedArticle:
        if slug not in self.watched:
            self.watched[slug] = WatchedArticle(self.held[slug], self.notes)
        return self.watched[slug]


class Followed(Table[Any]):
    """A table in which each value is made of what is watched: not the value is noted, but what was read for it."""

    __slots__ = ("reads",)

    def __init__(self, name: str, held: Mapping[str, Any], notes: Notes) -> None:
        super().__init__(name, held, notes)
        self.reads: dict[str, dict[Read, None]] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self.reads:
            _, reads = self.notes.taken_of(lambda: self.held.get(key))
            self.reads[key] = dict.fromkeys(reads)
        self.notes.read.update(self.reads[key])
        return self.held[key]

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default


class WatchedBriefing(Fields):
    """A briefing whose fields are noted; its articles are those of the table, and only their order is noted for it."""

    def __init__(self, held: Briefing, notes: Notes, articles: WatchedArticles) -> None:
        super().__init__("briefing", held, notes, {})
        self._watched = articles

    @property
    def articles(self) -> tuple[Any, ...]:
        self._notes.read["briefing.articles", EVERYTHING] = None
        return tuple(map(self._watched.one, self._watched.held))


class WatchedSite:
    """A site that notes what is read of it, page after page."""

    def __init__(self, site: Site) -> None:
        self.notes = notes = Notes()
        articles = WatchedArticles(site.at.articles, notes)
        of_lookup: dict[str, Any] = {**tables_in("at", site.at, notes), "articles": articles}
        each = each_of(articles, of_lookup["slugs_naming"])
        at: Any = Fields("at", site.at, notes, of_lookup | followed("at", each, notes))
        # The methods of a site read its fields, so it is a real one with watched fields.
        watched: dict[str, Any] = {
            **tables_in("site", site, notes),
            "at": at,
            "briefing": WatchedBriefing(site.briefing, notes, articles),
            "tokens": Fields("tokens", site.tokens, notes, {}),
        }
        watched |= followed("site", each_source(at, watched["marks"], site.labels, site.language), notes)
        self.site = replace(site, **watched)
        self.rows = rows_of(site)

    def reads_of(self, work: Callable[[Site], Value]) -> tuple[Value, Reads]:
        """What `work` makes of the site, and what it read for that."""
        made, reads = self.notes.taken_of(lambda: work(self.site))
        return made, grouped(reads, self.rows)


def tables_in(name: str, held: Any, notes: Notes) -> dict[str, Table[Any]]:
    found = {field.name: getattr(held, field.name) for field in fields(held)}
    return {
        key: Table(f"{name}.{key}", table, notes)
        for key, table in found.items()
        if isinstance(table, Mapping) and not isinstance(table, EachLater)
    }


def followed(name: str, tables: Mapping[str, Mapping[str, Any]], notes: Notes) -> dict[str, Followed]:
    return {key: Followed(f"{name}.{key}", table, notes) for key, table in tables.items()}


def rows_of(site: Site) -> dict[str, Mapping[str, object]]:
    """What each article, event and entry has a key in, by what stands for all these keys."""
    at = site.at
    rows = {"articles": at.articles, "events": at.events, "entities": at.entities}
    return {EVERYTHING + name: row for name, row in rows.items()}


def grouped(reads: Iterable[Read], rows: Mapping[str, Mapping[str, object]]) -> Reads:
    """A table of which all of a row was read has the row's name instead of its keys."""
    keys_in: defaultdict[str, list[str]] = defaultdict(list)
    for where, key in reads:
        keys_in[where].append(key)
    tables: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for where, keys in keys_in.items():
        tables[shortened(keys, rows) if len(keys) > MANY else tuple(keys)].append(where)
    return tuple((tuple(wheres), keys) for keys, wheres in tables.items())


def shortened(keys: Sequence[str], rows: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
    for name, row in rows.items():
        if len(row) <= len(keys) and row.keys() <= set(keys):
            return name, *(key for key in keys if key not in row)
    return tuple(keys)
