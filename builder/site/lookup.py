"""What the pages ask of the briefing, answered once for all of them: who is named where, what happened to whom,
what cites what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from builder.model import Article, Briefing, Entity, Event, FreePage, Mention, Passage, Quote, Use

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


@dataclass(frozen=True, slots=True)
class Lookup:
    """Every table by the id of an article, entity, event, question or page; ids without an entry are absent.

    `questions` holds the titles, `starts_of` where each block of an article begins, and where the last ends, in
    characters.
    """

    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]
    events: Mapping[str, Event]
    questions: Mapping[str, str]
    pages: Mapping[str, FreePage]
    beside_article: Mapping[str, Beside]
    beside_event: Mapping[str, Beside]
    article_count: int
    articles_naming: Mapping[str, tuple[Named, ...]]
    named_together: Mapping[str, tuple[tuple[str, int], ...]]
    events_naming: Mapping[str, tuple[Event, ...]]
    events_told_by: Mapping[str, tuple[Event, ...]]
    remarks_by: Mapping[str, tuple[Remark, ...]]
    remarks_reported_by: Mapping[str, tuple[Remark, ...]]
    uses_of: Mapping[str, tuple[Use, ...]]
    starts_of: Mapping[str, tuple[int, ...]]
    origin_of: Mapping[str, tuple[str, ...]]
    copies_of: Mapping[str, tuple[tuple[str, str, float], ...]]
    times_named: Mapping[str, int]
    most_times_named: int


def look_up(briefing: Briefing) -> Lookup:
    times_named = Counter(mention.entity for article in briefing.articles for mention in article.mentions)
    return Lookup(
        articles={article.slug: article for article in briefing.articles},
        entities={entity.id: entity for entity in briefing.entities},
        events={event.key: event for event in briefing.events},
        questions={question.id: question.question for question in briefing.questions},
        pages={page.slug: page for page in briefing.pages},
        beside_article=beside_each([Titled(article.slug, article.title) for article in briefing.articles]),
        beside_event=beside_each([Titled(event.key, event.title) for event in briefing.events]),
        article_count=len(briefing.articles),
        articles_naming=articles_naming(briefing.articles),
        named_together=named_together(briefing.articles),
        events_naming=grouped((name, event) for event in briefing.events for name in event.entities),
        events_told_by=grouped((slug, event) for event in briefing.events for slug in tellers_of(event)),
        remarks_by=grouped((remark.quote.speaker, remark) for remark in remarks(briefing.articles)),
        remarks_reported_by=grouped((remark.quote.reported_by, remark) for remark in remarks(briefing.articles)),
        uses_of=grouped((use.passage.article, use) for use in briefing.uses),
        starts_of={article.slug: starts_of(article) for article in briefing.articles},
        origin_of={slug: group for group in briefing.origins for slug in group},
        copies_of=grouped((slug, copy) for copy in briefing.copies for slug in copy[:2]),
        times_named=times_named,
        most_times_named=max(times_named.values(), default=0),
    )


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


def tellers_of(event: Event) -> tuple[str, ...]:
    """The articles that give an account of an event, each once."""
    return tuple(dict.fromkeys(account.article for account in event.accounts))


def starts_of(article: Article) -> tuple[int, ...]:
    return tuple(accumulate((len(block.text) for block in article.blocks), initial=0))


def articles_naming(articles: Iterable[Article]) -> dict[str, tuple[Named, ...]]:
    return grouped(
        (entity, Named(article, mentions))
        for article in articles
        for entity, mentions in grouped((mention.entity, mention) for mention in article.mentions).items()
    )


def named_together(articles: Iterable[Article]) -> dict[str, tuple[tuple[str, int], ...]]:
    """With whom each entity shares paragraphs, and how many; the most first, then by id."""
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for names in grouped((mention.block, mention.entity) for mention in article.mentions).values():
            in_paragraph = sorted(set(names))
            for name in in_paragraph:
                shared[name].update(other for other in in_paragraph if other != name)
    return {
        name: tuple(sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))) for name, others in shared.items()
    }


def passages_cited(uses: Iterable[Use]) -> tuple[Passage, ...]:
    """Each passage once, in the order of the text."""
    found = {use.passage.id: use.passage for use in uses}
    return tuple(sorted(found.values(), key=lambda passage: (passage.start, passage.end, passage.id)))
