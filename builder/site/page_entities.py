"""The register: every entity by kind, and from A to Z."""

from collections.abc import Iterable
from itertools import groupby
from unicodedata import category, normalize

from markupsafe import Markup as Html

from builder.model import Entity
from builder.site import svg, urls
from builder.site.frame import Page, Site
from builder.site.lookup import grouped
from builder.site.phrases import sentence
from builder.site.views import Anchor
from builder.values import dataclass

KINDS = ("person", "organization", "place", "document", "concept")


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in a list. `surname` is what its name is sorted by, `forename` the rest; `squares`: in how many
    sources it stands."""

    id: str
    name: str
    surname: str
    forename: str
    inverted: bool
    href: str
    kind: str
    role: str
    count: int
    sources: int
    in_sources: str
    squares: Html
    bar: Html


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """Entities of one kind, or with one first letter."""

    id: str
    title: str
    lines: tuple[EntityLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitiesPage(Page):
    lead: str
    kinds: tuple[EntityGroup, ...]
    letters: tuple[EntityGroup, ...]
    letter_links: tuple[Anchor, ...]


def entities_page(site: Site) -> EntitiesPage:
    path, labels, entities = urls.ENTITIES, site.labels, site.briefing.entities
    most = site.at.most_times_named
    lines = [entity_line(entity, most, site, path) for entity in entities]
    letters = tuple(by_letter(lines))
    said = labels.entities_lead.of(len(entities), total=labels.number(len(site.briefing.articles)))
    return EntitiesPage(
        path=path,
        template="entities.html",
        title=labels.entities,
        head_title=site.head_title(labels.entities),
        description=said,
        frame=site.frame_at(path),
        labels=labels,
        lead=said,
        kinds=tuple(by_kind(lines, site)),
        letters=letters,
        letter_links=tuple(Anchor(group.title, f"#{group.id}") for group in letters),
    )


def entity_line(entity: Entity, most: int, site: Site, page: str) -> EntityLine:
    """`most`: how often the entity is named that is named most."""
    articles = site.at.slugs_naming.get(entity.id, ())
    total = site.at.article_count
    count = site.at.times_named.get(entity.id, 0)
    surname, forename = sorting_name(entity)
    return EntityLine(
        id=entity.id,
        name=entity.name,
        surname=surname,
        forename=forename,
        inverted=bool(forename),
        href=urls.relative(urls.entity(entity.id), page),
        kind=entity.kind,
        role=entity.offices[-1].title if entity.offices else "",
        count=count,
        sources=len(articles),
        in_sources=site.labels.of_sources.format(n=len(articles), total=total),
        squares=svg.squares(len(articles), total),
        bar=svg.bar(count, most),
    )


def sorting_name(entity: Entity) -> tuple[str, str]:
    """A person's surname and the rest, where an alias says that the last words stand for the person; any other name
    stays whole.

    Only the register can know: in “Ng Eng Hen” the first word is the surname.
    """
    if entity.kind == "person":
        surnames = [form for form in entity.forms if entity.name.endswith(f" {form}")]
        if surnames:
            surname = max(surnames, key=len)
            return surname, entity.name.removesuffix(f" {surname}")
    return entity.name, ""


def by_kind(lines: Iterable[EntityLine], site: Site) -> Iterable[EntityGroup]:
    """The kinds in a fixed order, those of the author's own after them."""
    groups = grouped((line.kind, line) for line in sorted(lines, key=alphabetically))
    for kind in (*KINDS, *sorted(set(groups) - set(KINDS))):
        if kind in groups:
            yield EntityGroup(
                f"kind-{kind}", sentence(site.labels.of_kinds(kind, site.briefing.settings)), groups[kind]
            )


def by_letter(lines: Iterable[EntityLine]) -> Iterable[EntityGroup]:
    for number, (letter, group) in enumerate(groupby(sorted(lines, key=alphabetically), key=first_letter), 1):
        yield EntityGroup(f"letter-{number}", letter, tuple(group))


def alphabetically(line: EntityLine) -> tuple[str, str, str]:
    return folded(line.surname), folded(line.forename), line.id


def folded(text: str) -> str:
    """Without accents and case, so that “Özil” stands with the O's in every language's list."""
    return "".join(char for char in normalize("NFKD", text) if not category(char).startswith("M")).casefold()


def first_letter(line: EntityLine) -> str:
    letter = folded(line.surname)[:1].upper()
    return letter if letter.isalpha() else "#"
