"""What stands beside an article's text: the editor's notes, its events, who is speaking, and where else the text
was printed."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from markupsafe import Markup as Html

from builder.model import Account, Article, Note, Quote
from builder.site import urls
from builder.site.compared import comparisons_of
from builder.site.dating import iso, short
from builder.site.frame import Site
from builder.site.phrases import sentence
from builder.site.reprint import Row
from builder.site.source_views import Fact
from builder.site.texts import NOTHING, inline_prose
from builder.site.views import Anchor, WordsView, entity_anchor, unnamed_speaker
from builder.values import dataclass

TEXT_CHARACTERS, TEXT_LINE, TEXT_GAP = 72, 1.75, 0.875
NOTE_CHARACTERS, NOTE_LINE, NOTE_FRAME = 34, 1.25, 2.0
"""How many characters stand in a line of the text (at most) and of a note (at least); how high a line is, and what
else is between two of them, in rem, as the style sheet has it on wide screens. Readers' fonts differ: a note too
high is only air."""

LEAST_BESIDE = 3
"""How much of its paragraph is at least beside a note that was pushed down, in half rems."""
MOST_SPANNED, MOST_PUSHED = 8, 8
"""How far the style sheet's classes go."""
GLUED_ON = ("teaser", "navigation")


@dataclass(frozen=True, slots=True)
class Hanging:
    """Where a row's notes hang: beside `span` rows, `pushed` down by those above, `pulled` over the next row (half
    rems)."""

    span: int = 1
    pushed: int = 0
    pulled: int = 0


USUAL = Hanging()


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note beside the passage whose id is `passage` (empty: beside the whole text), on `line`.

    By kind: an editor's `text`; an event's `date` and `link`; a quotation's speaker, as `link` or, if unnamed, in the
    source's own words (`described`) or the author's (`anonymous`), and who `reported` it;
    a wire story's other prints, as `links`, and the pages that `compare` it with them. `aside` is a short remark after
    all of them.
    """

    kind: Literal["editor", "event", "quotation", "wire"]
    label: str
    passage: str
    line: int
    text: Html = NOTHING
    date: Fact | None = None
    link: Anchor | None = None
    links: tuple[Anchor, ...] = ()
    compare: tuple[Anchor, ...] = ()
    anonymous: str = ""
    described: WordsView | None = None
    reported: Anchor | None = None
    aside: str = ""

    @property
    def length(self) -> int:
        """How many characters it has, by and large."""
        linked = (self.link, self.reported, *self.links, *self.compare)
        shown = sum(len(link.text) + 2 for link in linked if link)
        return len(self.text.striptags()) + shown + len(self.anonymous) + len(self.aside) + (12 if self.date else 0)


def notes_of(article: Article, site: Site, page: str) -> tuple[NoteView, ...]:
    """All notes of an article in the order of its text, an editor's first where several stand at one passage."""
    notes = [
        *((note.passage, editors_note(note, article, site, page)) for note in article.notes),
        *((account.passage, event_note(account, site, page)) for account in article.accounts),
        *((quote.passage, quotation_note(quote, article, site, page)) for quote in article.quotes),
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


def quotation_note(quote: Quote, article: Article, site: Site, page: str) -> NoteView:
    anonymous, described = unnamed_speaker(quote, article, site, page)
    return NoteView(
        "quotation",
        site.labels.quotation,
        quote.passage.id,
        quote.passage.line,
        link=entity_anchor(quote.speaker, site, page),
        anonymous=anonymous,
        described=described,
        reported=entity_anchor(quote.reported_by, site, page),
        aside="" if quote.speaker or anonymous else site.labels.speaker_unknown,
    )


def wire_note(article: Article, site: Site, page: str) -> Iterable[NoteView]:
    others = [slug for slug in site.at.origin_of.get(article.slug, ()) if slug != article.slug]
    if others:
        links = tuple(Anchor(site.marks[slug].label, urls.relative(urls.article(slug), page)) for slug in others)
        line = article.blocks[0].line if article.blocks else 1
        compare = comparisons_of(article, site, page)
        yield NoteView("wire", site.labels.same_story, "", line, links=links, compare=compare)


# --- where they hang -----------------------------------------------------------------------------------------------


def hanging_of(rows: Sequence[Row], notes: Sequence[Sequence[NoteView]]) -> list[Hanging]:
    """For each row where its notes hang, so that long ones open no hole in the text.

    They may reach over following rows that have no notes, and push the next notes down as long as those still begin
    beside their own paragraph. The rest is a hole: what stands in the margin never overlaps.
    """
    hangings = [USUAL] * len(rows)
    pushed = 0
    noted = [index for index, beside in enumerate(notes) if beside]
    for index, following in pairwise([*noted, len(rows)]):
        end = next((at for at in range(index + 1, following) if rows[at].role in GLUED_ON), following)
        high = pushed + steps_of_notes(notes[index])
        over = high - room_beside(rows[index:end], high)
        spare = steps_of_row(rows[end]) - LEAST_BESIDE if end == following < len(rows) else 0
        pulled = max(0, min(over, spare, MOST_PUSHED))
        # What is folded away is a single row, beside which notes can hang as well.
        folded = int(over > 0 and end < following)
        hangings[index] = Hanging(min(end - index + folded, MOST_SPANNED), pushed, pulled)
        pushed = pulled
    return hangings


def room_beside(rows: Iterable[Row], needed: int) -> int:
    """How high rows are together, in half rems; those after which there is room enough are not looked at."""
    room = 0
    for row in rows:
        if room >= needed:
            break
        room += steps_of_row(row)
    return room


def steps_of_notes(notes: Iterable[NoteView]) -> int:
    """How high notes are, generously, in half rems."""
    return sum(ceil((NOTE_FRAME + NOTE_LINE * ceil(note.length / NOTE_CHARACTERS)) * 2) for note in notes)


def steps_of_row(row: Row) -> int:
    """How high a row is at least, in half rems."""
    return floor((TEXT_GAP + TEXT_LINE * ceil(len(row.html.striptags()) / TEXT_CHARACTERS)) * 2)
