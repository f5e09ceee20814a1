"""What the pages ask of the briefing, answered once for all of them: who is named where, what happened to whom,
what cites what."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from builder.model import Article, Briefing, Entity, Event, FreePage, Mention, Passage, Quote, Use
from builder.values import dataclass

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Named:
    """An entity's mentions in one article, in the order of the text."""

    article: Article
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A quotation kept under an article's `quotes`."""

    article: Article
    quote: Quote


@dataclass(frozen=True, slots=True)
class Titled:
    """An article or event as its neighbours know it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Where something stands in its row, from 1, and between which two."""

    position: int
    before: Titled | None
    after: Titled | None


class Later(Mapping[Key, Value]):
    """A table that is made when somebody looks into it."""

    __slots__ = ("_held", "_make")

    def __init__(self, make: Callable[[], Mapping[Key, Value]]) -> None:
        self._make = make
        self._held: Mapping[Key, Value] | None = None

    @property
    def held(self) -> Mapping[Key, Value]:
        if self._held is None:
            self._held = self._make()
        return self._held

    def __getitem__(self, key: Key) -> Value:
        return self.held[key]

    def __contains__(self, key: object) -> bool:
        return key in self.held

    def __iter__(self) -> Iterator[Key]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


class EachLater(Mapping[Key, Value]):
    """A table of known keys, in which each value is made when somebody asks for it."""

    __slots__ = ("_held", "_keys", "_make")

    def __init__(self, keys: Mapping[Key, object], make: Callable[[Key], Value]) -> None:
        self._keys, self._make = keys, make
        self._held: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._held:
            if key not in self._keys:
                raise KeyError(key)
            self._held[key] = self._make(key)
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Every table by the id of an article, entity, event, question or page; ids without an entry are absent.

    `questions` holds the titles.
    """

    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]
    events: Mapping[str, Event]
    questions: Mapping[str, str]
    pages: Mapping[str, FreePage]
    beside_article: Mapping[str, Beside]
    beside_event: Mapping[str, Beside]
    article_count: int
    slugs_naming: Mapping[str, tuple[str, ...]]
    articles_naming: Mapping[str, tuple[Named, ...]]
    named_together: Mapping[str, tuple[tuple[str, int], ...]]
    events_naming: Mapping[str, tuple[Event, ...]]
    events_told_by: Mapping[str, tuple[Event, ...]]
    remarks_by: Mapping[str, tuple[Remark, ...]]
    remarks_reported_by: Mapping[str, tuple[Remark, ...]]
    uses_of: Mapping[str, tuple[Use, ...]]
    origin_of: Mapping[str, tuple[str, ...]]
    copies_of: Mapping[str, tuple[tuple[str, str, float], ...]]
    times_named: Mapping[str, int]

    @property
    def most_times_named(self) -> int:
        return max(self.times_named.values(), default=0)


def look_up(briefing: Briefing) -> Lookup:
    articles = {article.slug: article for article in briefing.articles}
    slugs_naming = Later(lambda: grouped((name, one.slug) for one in briefing.articles for name, _ in one.named))
    return Lookup(
        articles=articles,
        entities={entity.id: entity for entity in briefing.entities},
        events={event.key: event for event in briefing.events},
        questions={question.id: question.question for question in briefing.questions},
        pages={page.slug: page for page in briefing.pages},
        beside_article=beside_each([Titled(article.slug, article.title) for article in briefing.articles]),
        beside_event=beside_each([Titled(event.key, event.title) for event in briefing.events]),
        article_count=len(briefing.articles),
        slugs_naming=slugs_naming,
        events_naming=Later(lambda: grouped((name, event) for event in briefing.events for name in event.entities)),
        events_told_by=Later(lambda: grouped((slug, event) for event in briefing.events for slug in tellers_of(event))),
        remarks_by=Later(lambda: grouped((one.quote.speaker, one) for one in remarks(briefing.articles))),
        remarks_reported_by=Later(lambda: grouped((one.quote.reported_by, one) for one in remarks(briefing.articles))),
        uses_of=Later(lambda: grouped((use.passage.article, use) for use in briefing.uses)),
        origin_of={slug: group for group in briefing.origins for slug in group},
        times_named=Later(lambda: times_named(briefing.articles)),
        copies_of=grouped((slug, copy) for copy in briefing.copies for slug in copy[:2]),
        **each_of(articles, slugs_naming),
    )


def each_of(articles: Mapping[str, Article], slugs_naming: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The tables of a lookup in which each value is made of some articles."""
    return {
        "articles_naming": EachLater(
            slugs_naming, lambda name: tuple(named_in(articles[slug], name) for slug in slugs_naming[name])
        ),
        "named_together": EachLater(
            slugs_naming, lambda name: named_together(name, [articles[slug] for slug in slugs_naming[name]])
        ),
    }


def beside_each(row: Sequence[Titled]) -> dict[str, Beside]:
    neighbours = zip(row, (None, *row), (*row[1:], None), strict=False)
    return {one.id: Beside(number, before, after) for number, (one, before, after) in enumerate(neighbours, 1)}


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """The values of each key, in the order in which they come."""
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def remarks(articles: Iterable[Article]) -> Iterable[Remark]:
    return (Remark(article, quote) for article in articles for quote in article.quotes)


def times_named(articles: Iterable[Article]) -> Mapping[str, int]:
    times: Counter[str] = Counter()
    for article in articles:
        for name, count in article.named:
            times[name] += count
    return times


def tellers_of(event: Event) -> tuple[str, ...]:
    """The articles that give an account of an event, each once."""
    return tuple(dict.fromkeys(account.article for account in event.accounts))


def named_in(article: Article, name: str) -> Named:
    return Named(article, tuple(mention for mention in article.mentions if mention.entity == name))


def named_together(name: str, articles: Iterable[Article]) -> tuple[tuple[str, int], ...]:
    """With whom an entity shares paragraphs, and how many; the most first, then by id."""
    shared: Counter[str] = Counter()
    for article in articles:
        mentions = article.mentions
        paragraphs = {mention.block for mention in mentions if mention.entity == name}
        beside = {(mention.block, mention.entity) for mention in mentions if mention.block in paragraphs}
        shared.update(other for _, other in beside if other != name)
    return tuple(sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])))


def count_cited(uses: Iterable[Use]) -> int:
    """How many passages are used."""
    return len({use.passage.id for use in uses})


def passages_cited(uses: Iterable[Use]) -> tuple[Passage, ...]:
    """Each passage once, in the order of the text."""
    found = {use.passage.id: use.passage for use in uses}
    return tuple(sorted(found.values(), key=lambda passage: (passage.start, passage.end, passage.id)))
