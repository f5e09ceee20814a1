"""What the making of a page looked at. Nobody writes down what a page depends on: it is watched while it is made.

A page is made of a site and of nothing else, and all that differs between two sites lies in tables and fields that are
watched here. So if all that was read is what it was, the page is what it was.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any, TypeVar

from builder.fingerprints import Fingerprints, digest_of
from builder.memo import EVERYTHING, Notes, Read, Table
from builder.model import ARTICLE_FACETS, Article, Briefing, Event
from builder.site.frame import Site, each_source
from builder.site.lookup import EachLater, each_of
from builder.values import dataclass

ABSENT = b"absent"
OF = "\1"
"""Between an article's slug and the facet of it that was read."""
ROWS = {"entities": "id", "events": "key"}
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

    def __init__(self, name: str, held: object, notes: Notes, tables: Mapping[str, object]) -> None:
        self._name, self._held, self._notes = name, held, notes
        self.__dict__.update(tables)

    def __getattr__(self, field: str) -> Any:
        self._notes.read[f"{self._name}.{field}", EVERYTHING] = None
        return getattr(self._held, field)


FACET_OF = {field: facet for facet, fields in ARTICLE_FACETS.items() for field in fields}
PLACE_OF = {facet: place for place, facet in enumerate(ARTICLE_FACETS)}


class WatchedArticle:
    """An article that notes which facets of it are read."""

    __slots__ = ("_facets", "_held", "_notes")

    def __init__(self, held: Article, notes: Notes) -> None:
        self._held, self._notes = held, notes
        self._facets = {facet: ("at.articles", f"{held.slug}{OF}{facet}") for facet in ARTICLE_FACETS}

    def __getattr__(self, field: str) -> Any:
        if field not in FACET_OF:
            raise AttributeError(field)
        self.note(field)
        return getattr(self._held, field)

    def note(self, field: str) -> None:
        """As if the field had been read."""
        self._notes.read[self._facets[FACET_OF[field]]] = None


class WatchedArticles(Table[Any]):
    """The table of all articles; of each one is noted what is read of it."""

    __slots__ = ("watched",)

    def __init__(self, held: Mapping[str, Article], notes: Notes) -> None:
        super().__init__("at.articles", held, notes)
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
        self.reads: dict[str, tuple[Read, ...]] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self.reads:
            _, self.reads[key] = self.notes.taken_of(lambda: self.held.get(key))
        self.notes.add(self.reads[key])
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

    def reads_of(self, work: Callable[[Site], Value]) -> tuple[Value, tuple[Read, ...]]:
        """What `work` makes of the site, and what it read for that."""
        return self.notes.taken_of(lambda: work(self.site))


def tables_in(name: str, held: Any, notes: Notes) -> dict[str, Table[Any]]:
    found = {field.name: getattr(held, field.name) for field in fields(held)}
    return {
        key: Table(f"{name}.{key}", table, notes)
        for key, table in found.items()
        if isinstance(table, Mapping) and not isinstance(table, EachLater)
    }


def followed(name: str, tables: Mapping[str, Mapping[str, Any]], notes: Notes) -> dict[str, Followed]:
    return {key: Followed(f"{name}.{key}", table, notes) for key, table in tables.items()}


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
        elif read == ("briefing.articles", EVERYTHING):
            state = digest_of(tuple(article.slug for article in held))
        elif where == "at.articles" and OF in key:
            state = self._facet(*key.split(OF))
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

    def _facet(self, slug: str, facet: str) -> bytes:
        article = self.site.at.articles.get(slug)
        if article is None:
            return ABSENT
        if article.facets:
            return bytes.fromhex(article.facets[PLACE_OF[facet]])
        return self.fingerprints.of(tuple(getattr(article, field) for field in ARTICLE_FACETS[facet]))
