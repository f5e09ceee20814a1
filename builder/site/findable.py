"""What a search knows of a page beside its words: what it is filtered and sorted by, and whom it names."""

from collections import Counter
from collections.abc import Iterable, Mapping

from builder.model import Account, Article, Entity, Event, Prose, Ref, When
from builder.reading.scripts import letters_apart
from builder.site.data.event_words import basis_of
from builder.site.dating import short
from builder.site.frame import Site
from builder.site.phrases import sentence
from builder.site.tokens import HEAVIEST, TOKEN, Findable, token_of, unfound

LONGEST = 3
"""The number of years up to which an inexact date stands under each."""
NOT_READ_FOR_NAMES = ("title", "dateline")
"""Roles whose lines are found by their words, though a name in them is no mention."""
FILTERED_KINDS = ("person", "organization", "place")


def findable_article(article: Article, site: Site) -> Findable | None:
    if not site.search:
        return None
    times = Counter(mention.entity for mention in article.mentions)
    times.update(linked_in(article.summary, *(point.text for point in article.key_points)))
    times.update(site.tokens.named_in(f"{article.title}\n{article.publisher.value}"))
    for block in article.blocks:
        if block.role in NOT_READ_FOR_NAMES:
            times.update(site.tokens.named_in(block.text))
    source = site.sources[article.slug]
    doubts = {f"{TOKEN}source": source.label_inferred, f"{TOKEN}date": bool(source.published.basis)}
    origin = site.at.origin_of.get(article.slug, ())
    meta = {
        "source": letters_apart(source.label_name),
        "date": source.published.text,
        "inferred": " ".join(name for name, doubtful in doubts.items() if doubtful),
        "origin": token_of(origin[0]) if len(origin) > 1 else "",
    }
    named = dict.fromkeys(mention.entity for mention in article.mentions)
    facts = [("kind", "passage"), *facts_of([article], site), *names_of(named, site)]
    return findable(article.published.when, facts, meta, times, site)


def findable_event(event: Event, about: str, site: Site) -> Findable | None:
    if not site.search:
        return None
    tellers = [site.at.articles[account.article] for account in event.accounts]
    facts = [
        ("kind", "event"),
        *((name, value) for name, value in facts_of(tellers, site) if name != "year"),
        *(("year", year) for year in years_of(event.when)),
        *names_of(event.entities, site),
    ]
    date = short(event.when, site.language, with_year=True)
    names = {*event.entities, *linked_in(event.note), *site.tokens.named_in(event.title)}
    for account in event.accounts:
        names.update(named_in_words(account, site))
    meta = {
        "date": date,
        "inferred": "" if basis_of(event) is None else f"{TOKEN}date",
        "about": unfound(about),
    }
    return findable(event.when, facts, meta, dict.fromkeys(names, 1), site)


def findable_entity(entity: Entity, site: Site) -> Findable | None:
    """A name is as new as the newest article that has it."""
    if not site.search:
        return None
    articles = [named.article for named in site.at.articles_naming.get(entity.id, ())]
    dated = [article.published.when for article in articles if article.published.when]
    newest = max(dated, key=sort_day, default=None)
    facts = [("kind", "name"), *facts_of(articles, site), *names_of([entity.id], site)]
    named = f"{site.at.times_named.get(entity.id, 0)}in{len(articles)}"
    times = Counter([entity.id] * 2**HEAVIEST)
    times.update(linked_in(entity.description))
    return findable(newest, facts, {"named": unfound(named)}, times, site)


def findable(
    when: When | None, facts: Iterable[tuple[str, str]], meta: Mapping[str, str], times: Mapping[str, int], site: Site
) -> Findable:
    return Findable(
        # Without a day, Pagefind would leave the page out as soon as somebody sorts by date.
        sort=(when and sort_day(when)) or sort_day(site.briefing.as_of),
        filters=tuple(dict.fromkeys(facts)),
        meta=tuple((name, text) for name, text in meta.items() if text),
        tokens=tuple(site.tokens.of(times)),
    )


def sort_day(when: When) -> str:
    """The earliest day that a date can mean; where the start is open, the latest."""
    day = when.earliest or when.latest
    return f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}" if day else ""


def years_of(when: When | None) -> Iterable[str]:
    """The years that a date can mean, unless they are many."""
    ends = [day[0] for day in (when.earliest, when.latest) if day] if when else []
    years = range(min(ends), max(ends) + 1) if ends else range(0)
    return (str(year) for year in (years if len(years) <= LONGEST else (years[0], years[-1])))


def facts_of(articles: Iterable[Article], site: Site) -> Iterable[tuple[str, str]]:
    """What the articles say of themselves."""
    for article in articles:
        yield "publisher", article.publisher.value or sentence(site.labels.unknown)
        yield from (("year", year) for year in years_of(article.published.when))
        yield from (("topic", topic) for topic in article.topics)


def names_of(ids: Iterable[str], site: Site) -> Iterable[tuple[str, str]]:
    known = site.at.entities
    return ((known[key].kind, known[key].name) for key in ids if key in known and known[key].kind in FILTERED_KINDS)


def linked_in(*texts: Prose) -> Iterable[str]:
    """The entities that an author's text names."""
    return (piece.id for text in texts for piece in text.pieces if isinstance(piece, Ref) and piece.kind == "entity")


def named_in_words(account: Account, site: Site) -> Iterable[str]:
    """The entities that the words of an account name."""
    for mention in site.at.articles[account.article].mentions:
        for part in account.passage.parts:
            if mention.block == part.block and mention.start < part.end and part.start < mention.end:
                yield mention.entity
