"""What is known of each source, in words, once for all the pages that show it."""

from builder.model import Article, Stated, StatedDate
from builder.site import urls
from builder.site.dating import iso, short
from builder.site.labels import Labels
from builder.site.lookup import Lookup, count_cited
from builder.site.texts import SourceMark
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a source. With a `basis` it is inferred, and that is the reason.

    `iso`: a date for machines, where it is stated and exact.
    """

    text: str
    basis: str = ""
    iso: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """An article as a source, with addresses from the site's root until a page makes them its own.

    `editorial`: the title is not the source's own; with a `title_basis` it is inferred, and that is the reason.
    `label` names it as marks do; `seal` is the SHA-256 of its file, `seal_short` its first eight digits.
    """

    slug: str
    title: str
    href: str
    editorial: bool
    title_basis: str
    label: str
    label_name: str
    label_detail: str
    label_inferred: bool
    publisher: Fact
    agencies: tuple[Fact, ...]
    authors: tuple[Fact, ...]
    published: Fact
    published_short: str
    cited: int
    seal: str
    seal_short: str
    seal_href: str


def view_of(article: Article, at: Lookup, mark: SourceMark, labels: Labels, language: str) -> SourceView:
    published, slug, seal = article.published, article.slug, article.sha256
    return SourceView(
        slug=slug,
        title=article.title,
        href=urls.article(slug),
        editorial=article.title_is_editorial,
        title_basis=article.title_basis,
        label=mark.label,
        label_name=mark.name,
        label_detail=mark.detail,
        label_inferred=mark.inferred,
        publisher=fact(article.publisher, labels.unknown),
        agencies=tuple(fact(agency, labels.unknown) for agency in article.agencies),
        authors=tuple(fact(author, labels.unknown) for author in article.authors),
        published=date_fact(published, labels.unknown, language),
        published_short=short(published.when, language) if published.when else "",
        cited=count_cited(at.uses_of.get(slug, ())),
        seal=seal,
        seal_short=seal[:8],
        seal_href=f"{urls.SOURCES}#{slug}",
    )


def at_page(view: SourceView, href: str, seal_href: str) -> SourceView:
    """The same with the addresses as a page writes them. Field by field: `replace` takes six times as long, and a page
    of names shows a thousand sources."""
    return SourceView(
        view.slug,
        view.title,
        href,
        view.editorial,
        view.title_basis,
        view.label,
        view.label_name,
        view.label_detail,
        view.label_inferred,
        view.publisher,
        view.agencies,
        view.authors,
        view.published,
        view.published_short,
        view.cited,
        view.seal,
        view.seal_short,
        seal_href,
    )


def fact(stated: Stated, unknown: str) -> Fact:
    return Fact(stated.value or unknown, stated.basis)


def date_fact(stated: StatedDate, unknown: str, language: str) -> Fact:
    """A date of a source; one that the author inferred is not told to machines."""
    if stated.when is None:
        return Fact(unknown, stated.basis)
    machine = "" if stated.basis else iso(stated.when)
    return Fact(short(stated.when, language, with_year=True), stated.basis, machine)
