"""What stands beside an article's text: the editor's notes, its events, who is speaking, and where else the text was printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from markupsafe import Markup as Html

from builder.model import Account, Article, Note, Quote
from builder.site import urls
from builder.site.dating import iso, short
from builder.site.frame import Site
from builder.site.labels import sentence
from builder.site.reprint import Row
from builder.site.texts import inline_prose
from builder.site.views import Anchor, Fact, entity_anchor

TEXT_CHARACTERS, TEXT_LINE, TEXT_GAP = 66, 1.75, 0.75
NOTE_CHARACTERS, NOTE_LINE, NOTE_GAP = 40, 1.25, 0.75
"""How many characters stand in a line of the text and of a note, how high a line is, and what is between blocks, in rem."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note beside the passage whose id is `passage` (empty: beside the whole text), on `line`.

    By kind: an editor's `text`; an event's `date` and `link`; a quotation's speaker, as `link` or in the source's own words, as
    `anonymous`, and who `reported` it; a wire story's other prints, as `links`. `aside` is a short remark after all of them.
    """

    kind: Literal["editor", "event", "quotation", "wire"]
    label: str
    passage: str
    line: int
    text: Html = Html("")
    date: Fact | None = None
    link: Anchor | None = None
    links: tuple[Anchor, ...] = ()
    anonymous: str = ""
    reported: Anchor | None = None
    aside: str = ""

    @property
    def length(self) -> int:
        """How many characters it has, by and large."""
        linked = (self.link, self.reported, *self.links)
        shown = sum(len(link.text) + 2 for link in linked if link)
        return len(self.text.striptags()) + shown + len(self.anonymous) + len(self.aside) + (12 if self.date else 0)


def notes_of(article: Article, site: Site, page: str) -> tuple[NoteView, ...]:
    """All notes of an article in the order of its text, an editor's first where several stand at one passage."""
    notes = [
        *((note.passage, editors_note(note, article, site, page)) for note in article.notes),
        *((account.passage, event_note(account, site, page)) for account in article.accounts),
        *((quote.passage, quotation_note(quote, site, page)) for quote in article.quotes),
    ]
    # `sorted` is stable: notes on one passage keep the order of the list above.
    ordered = sorted(notes, key=lambda pair: pair[0].start)
    return (*wire_note(article, site, page), *(note for _, note in ordered))


def editors_note(note: Note, article: Article, site: Site, page: str) -> NoteView:
    text = inline_prose(note.text, site.place(page, article.slug))
    return NoteView("editor", site.labels.editors_note, note.passage.id, note.passage.line, text=text)


def event_note(account: Account, site: Site, page: str) -> NoteView:
    event = site.at.events[account.event]
    others = sum(other.article != account.article for other in event.accounts)
    told = [
        f"{sentence(site.labels.of_status(account.status))}." if account.status != "happened" else "",
        site.labels.other_accounts.of(others) if others else "",
    ]
    return NoteView(
        "event",
        site.labels.event,
        account.passage.id,
        account.passage.line,
        date=Fact(short(account.when, site.language, with_year=True), account.basis, iso(account.when)),
        link=Anchor(event.title, urls.relative(urls.event(event.key), page)),
        aside=" ".join(filter(None, told)),
    )


def quotation_note(quote: Quote, site: Site, page: str) -> NoteView:
    return NoteView(
        "quotation",
        site.labels.quotation,
        quote.passage.id,
        quote.passage.line,
        link=entity_anchor(quote.speaker, site, page),
        anonymous=quote.anonymous,
        reported=entity_anchor(quote.reported_by, site, page),
        aside="" if quote.speaker or quote.anonymous else site.labels.speaker_unknown,
    )


def wire_note(article: Article, site: Site, page: str) -> Iterable[NoteView]:
    others = [slug for slug in site.at.origin_of.get(article.slug, ()) if slug != article.slug]
    if others:
        links = tuple(Anchor(site.marks[slug].label, urls.relative(urls.article(slug), page)) for slug in others)
        yield NoteView("wire", site.labels.same_story, "", article.blocks[0].line if article.blocks else 1, links=links)


def rows_spanned(rows: Sequence[Row], notes: Sequence[Sequence[NoteView]]) -> list[int]:
    """How many rows each row's notes hang beside, so that a long note opens no hole in the text: only following rows without notes."""
    spans = [1] * len(rows)
    for index, beside in enumerate(notes):
        if not beside:
            continue
        needed, room, end = height_of_notes(beside), height_of_row(rows[index]), index + 1
        while room < needed and end < len(rows) and not notes[end] and rows[end].role not in ("teaser", "navigation"):
            room += height_of_row(rows[end])
            end += 1
        spans[index] = end - index
    return spans


def height_of_notes(notes: Iterable[NoteView]) -> float:
    return sum(NOTE_LINE * (1 + ceil(note.length / NOTE_CHARACTERS)) + NOTE_GAP for note in notes)


def height_of_row(row: Row) -> float:
    return TEXT_LINE * ceil(len(row.html.striptags()) / TEXT_CHARACTERS) + TEXT_GAP
