"""How a source, or the briefing, is cited: as text, as CSL-JSON and as BibTeX.

What the editor inferred or supplied stands in square brackets in the text, as bibliographers do; the two formats have
no place for doubt, so there it is in the `note` alone, and a title that is the editor's own is in brackets.
"""

import re
from collections.abc import Iterable

from builder.model import Article, Briefing, Stated, When
from builder.site.data.formats import Record
from builder.site.dating import long
from builder.site.labels import Labels
from builder.site.web import base_of
from builder.values import dataclass

SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
ANY_SPECIAL = re.compile(r"[\\{}%&$#_~^]")
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


@dataclass(frozen=True, slots=True)
class Citation:
    """`supplied`: something in the text stands in brackets."""

    text: str
    supplied: bool
    csl: Record
    bibtex: str


@dataclass(frozen=True, slots=True)
class Source:
    """What of an article is cited, each field looked at once: while a page is made, who looks is watched. `basis`: why
    it is dated so."""

    slug: str
    title: str
    title_is_editorial: bool
    title_basis: str
    publisher: Stated
    agencies: tuple[Stated, ...]
    authors: tuple[Stated, ...]
    published: When | None
    basis: str
    retrieved: When | None
    address: str
    language: str


# --- a source ------------------------------------------------------------------------------------------------------


def citation_of(article: Article, labels: Labels, language: str) -> Citation:
    """A source as it is cited. `language`: that of the text and of the notes."""
    source = source_of(article)
    csl = csl_of(source, labels, language)
    return Citation(*text_of(source, labels, language), csl, bibtex_of(source, str(csl.get("note", ""))))


def source_of(article: Article) -> Source:
    published = article.published
    return Source(
        article.slug,
        article.title,
        article.title_is_editorial,
        article.title_basis,
        article.publisher,
        article.agencies,
        article.authors,
        published.when,
        published.basis,
        article.retrieved,
        article.url or article.archive_url,
        article.language,
    )


def text_of(source: Source, labels: Labels, language: str) -> tuple[str, bool]:
    """“Ann Lee, “A closure”, [The Weekly] (Reuters), 3 April 2025, https://… (read on 4 April 2025).”; and whether
    something in it is in brackets."""
    words, address = labels.data_page, source.address
    title = in_quotation_marks(source.title, labels)
    agencies = ", ".join([bracketed(agency.value, agency.basis) for agency in source.agencies])
    publisher = bracketed(source.publisher.value, source.publisher.basis)
    if address and source.retrieved:
        address += f" ({words.read_on.format(date=long(source.retrieved, language))})"
    parts = (
        ", ".join([bracketed(author.value, author.basis) for author in source.authors]),
        f"[{title}]" if source.title_is_editorial else title,
        f"{publisher} ({agencies})" if publisher and agencies else publisher or agencies,
        bracketed(long(source.published, language), source.basis) if source.published else words.undated,
        address,
    )
    bases = [fact.basis for fact in (source.publisher, *source.agencies, *source.authors)]
    supplied = source.title_is_editorial or any(bases) or bool(source.basis)
    return in_a_row(parts), supplied


def in_a_row(parts: Iterable[str]) -> str:
    """With a full stop, but never after an address: it would be copied along."""
    *others, last = filter(None, parts)
    return ", ".join([*others, last]) + ("" if last.startswith(("http://", "https://")) else ".")


def in_quotation_marks(title: str, labels: Labels) -> str:
    """A thin space keeps them apart from marks of the title's own."""
    before, after = (THIN_SPACE if edge in "“”„‘’«»\"'" else "" for edge in (title[0], title[-1]))
    return f"{labels.quote_opening}{before}{title}{after}{labels.quote_closing}"


def bracketed(text: str, basis: str) -> str:
    return f"[{text}]" if text and basis else text


def csl_of(source: Source, labels: Labels, language: str) -> Record:
    """An item of CSL-JSON, the input format of Zotero and of every CSL processor."""
    published = source.published if not source.basis else None
    known: Record = {
        "id": source.slug,
        "type": "article-newspaper",
        "title": f"[{source.title}]" if source.title_is_editorial else source.title,
        "container-title": "" if source.publisher.basis else source.publisher.value,
        "author": [{"literal": author.value} for author in source.authors if author.value and not author.basis],
        "issued": csl_date(published, language) if published else None,
        "accessed": csl_date(source.retrieved, language) if source.retrieved else None,
        "URL": source.address,
        "language": source.language,
        # On one line: Zotero takes a line such as “issued: 1999” in its own field for a value.
        "note": " ".join("; ".join(notes_on(source, labels, language)).split()),
    }
    return {key: value for key, value in known.items() if value}


def notes_on(source: Source, labels: Labels, language: str) -> list[str]:
    """What the format has no field for: the agency, and all that is inferred, with the reason."""
    words = labels.data_page
    stated = [agency.value for agency in source.agencies if not agency.basis]
    notes = [f"{labels.agency}: {', '.join(stated)}"] if stated else []
    if source.title_is_editorial and not source.title_basis:
        notes.append(words.title_supplied)
    doubtful = [
        (words.title_word, source.title, source.title_basis),
        *((labels.author, author.value, author.basis) for author in source.authors),
        (labels.publisher, source.publisher.value, source.publisher.basis),
        *((labels.agency, agency.value, agency.basis) for agency in source.agencies),
        (labels.date, long(source.published, language) if source.published else "", source.basis),
    ]
    return notes + [
        words.inferred_note.format(what=what, value=value, reason=basis)
        for what, value, basis in doubtful
        if value and basis
    ]


def csl_date(when: When, language: str) -> Record:
    """A CSL date: its parts where it is a plain day, month, year, or a span of such; else in words."""
    ends = when.edtf.split("/") if when.shape == "interval" else [when.edtf]
    plain = when.shape in ("day", "month", "year", "interval") and not when.uncertain
    found = [date_parts(end.rstrip("~")) for end in ends]
    if not plain or not all(found):
        return {"literal": long(when, language)}
    return {"date-parts": found, **({"circa": True} if when.approximate else {})}


def date_parts(end: str) -> list[int]:
    return [int(part) for part in end.split("-")] if re.fullmatch(r"\d{4}(-\d\d){0,2}", end) else []


def bibtex_of(source: Source, note: str) -> str:
    """An entry that BibTeX and BibLaTeX read: `@article` where its journal and year are stated, else `@misc`."""
    journal = "" if source.publisher.basis else source.publisher.value
    when = dated(source.published if not source.basis else None)
    authors = [author.value for author in source.authors if author.value and not author.basis]
    fields = {
        "author": " and ".join(f"{{{bib(author)}}}" for author in authors),
        "title": f"{{{bib(f'[{source.title}]' if source.title_is_editorial else source.title)}}}",
        "journal" if journal and any(when.values()) else "howpublished": bib(journal),
        **when,
        "url": source.address.translate(IN_ADDRESS),
        "urldate": bib_date(source.retrieved) if source.retrieved else "",
        "note": bib(note),
    }
    return entry("article" if "journal" in fields else "misc", source.slug, fields)


def bib_date(when: When) -> str:
    """BibLaTeX reads EDTF, but for its sets and for years of more than four digits."""
    return when.edtf if when.shape != "set" and "Y" not in when.edtf and "[" not in when.edtf else ""


def dated(when: When | None) -> dict[str, str]:
    """BibLaTeX takes the date; BibTeX the year, which has no sign for doubt, a span, or a year before our era."""
    if when is None:
        return {}
    years = {day and day[0] for day in (when.earliest, when.latest)}
    year = years.pop() if len(years) == 1 and not (when.approximate or when.uncertain) else None
    return {"date": bib_date(when), "year": str(year) if year and year > 0 else ""}


def bib(text: str) -> str:
    """Text in a BibTeX field: on one line, with nothing that TeX would run or that would close it."""
    line = " ".join(text.split())
    return line.translate(SPECIAL) if ANY_SPECIAL.search(line) else line


def entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}"]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"]) + "\n"


# --- the briefing --------------------------------------------------------------------------------------------------


def citation_of_briefing(briefing: Briefing, labels: Labels, language: str) -> Citation:
    settings, address = briefing.settings, base_of(briefing.settings.url)
    authors = [author.title for author in settings.authors]
    edition = labels.footer_edition_numbered if briefing.edition else labels.footer_edition
    parts = (
        ", ".join(authors),
        edition.format(title=briefing.title, edition=briefing.edition, date=long(briefing.as_of, language)),
        address,
    )
    csl: Record = {
        "id": settings.name,
        "type": "report",
        "title": briefing.title,
        "author": [{"literal": author} for author in authors],
        "version": briefing.edition,
        "issued": csl_date(briefing.as_of, language),
        "URL": address,
        "language": settings.language,
    }
    fields = {
        "author": " and ".join(f"{{{bib(author)}}}" for author in authors),
        "title": f"{{{bib(briefing.title)}}}",
        "version": bib(briefing.edition),
        **dated(briefing.as_of),
        "url": address.translate(IN_ADDRESS),
    }
    known = {key: value for key, value in csl.items() if value}
    return Citation(in_a_row(parts), False, known, entry("misc", settings.name, fields))
