"""What an author may write: one model for each file, each block, each entry. An unknown key is an error.

The keys are the public interface; their descriptions are what an error offers when a required one is missing.
"""

from typing import Annotated

from pydantic import Field, PlainValidator

from builder.model import Role
from builder.reading.fields import (
    LISTED,
    ONE_OR_MORE,
    UNKNOWN,
    Address,
    AddressOrUnknown,
    Date,
    Dated,
    Line,
    LineNumber,
    LineRange,
    Lines,
    Quotation,
    Rights,
    Share,
    SiteAddress,
    Slug,
    StandIn,
    Status,
    Truth,
    Words,
    as_date,
    one_of,
    under,
)
from builder.reading.shapes import LinkForm, PersonForm, Shape, WithIgnore

# --- an article's summary ------------------------------------------------------------------------------------------


class Fact(Shape):
    """A value that the source states; with a basis, one that the author inferred."""

    value: Line
    basis: Line | None = None


class DateFact(Shape):
    value: Annotated[Dated | None, PlainValidator(lambda value: None if value == UNKNOWN else as_date(value))]
    basis: Line | None = None


StatedFact = Annotated[Fact, under("value"), StandIn(UNKNOWN)]
StatedDate = Annotated[DateFact, under("value"), StandIn(UNKNOWN)]


class RolesForm(Shape):
    """Raw lines that are not body text."""

    title: Annotated[tuple[Lines, ...], LISTED] = ()
    caption: Annotated[tuple[Lines, ...], LISTED] = ()
    credit: Annotated[tuple[Lines, ...], LISTED] = ()
    dateline: Annotated[tuple[Lines, ...], LISTED] = ()
    heading: Annotated[tuple[Lines, ...], LISTED] = ()
    note: Annotated[tuple[Lines, ...], LISTED] = ()
    navigation: Annotated[tuple[Lines, ...], LISTED] = ()
    teaser: Annotated[tuple[Lines, ...], LISTED] = ()

    def given(self) -> dict[Role, tuple[LineRange, ...]]:
        """Line ranges by role."""
        return {
            "title": self.title,
            "caption": self.caption,
            "credit": self.credit,
            "dateline": self.dateline,
            "heading": self.heading,
            "note": self.note,
            "navigation": self.navigation,
            "teaser": self.teaser,
        }


class SpeakerForm(Shape):
    """An entity, or an anonymous person in the source's words."""

    entity: Line | None = None
    anonymous: Line | None = None


class KeyPointForm(Shape):
    text: Words = Field(description="the point, in your words")
    quote: Quotation | None = None
    line: LineNumber | None = None


class QuoteForm(Shape):
    quote: Quotation = Field(description="words copied from the article")
    line: LineNumber | None = None
    speaker: Annotated[SpeakerForm, under("entity")] | None = None
    reported_by: Line | None = None


class AccountForm(Shape):
    event: Slug | None = None
    title: Words | None = None
    date: Date = Field(description="when it happened, such as 2025-02-22")
    basis: Line | None = None
    status: Status | None = None
    quote: Quotation = Field(description="words copied from the article")
    line: LineNumber | None = None
    entities: Annotated[tuple[Line, ...], LISTED] = ()


class NoteForm(Shape):
    quote: Quotation = Field(description="words copied from the article, beside which the note stands")
    line: LineNumber | None = None
    text: Words = Field(description="the note, in your words")


class DecisionForm(Shape):
    """What a name means in this text; `is: null` says that it is no mention."""

    text: Line = Field(description="the name as it stands in the text")
    entity: Line | None = Field(alias="is", description="an id of entities.yaml, or null")
    lines: Annotated[tuple[Lines, ...], LISTED] = ()


class ArticleForm(WithIgnore):
    title: StatedFact = Field(description="the headline of the source, or yours with title_is_editorial: true")
    title_is_editorial: Truth = False
    publisher: StatedFact = Field(description="who published it, or unknown")
    agency: Annotated[tuple[StatedFact, ...], ONE_OR_MORE] = ()
    authors: Annotated[tuple[StatedFact, ...], ONE_OR_MORE] = ()
    published: StatedDate = Field(description="the day, such as 2025-02-22, or unknown")
    retrieved: Date | None = None
    url: AddressOrUnknown | None = None
    archive_url: Address | None = None
    language: Line | None = None
    text: Rights | None = None
    draft: Truth = False
    roles: RolesForm = RolesForm()
    summary: Line | None = None
    key_points: Annotated[tuple[KeyPointForm, ...], LISTED] = ()
    quotes: Annotated[tuple[QuoteForm, ...], LISTED] = ()
    events: Annotated[tuple[AccountForm, ...], LISTED] = ()
    notes: Annotated[tuple[NoteForm, ...], LISTED] = ()
    mentions: Annotated[tuple[DecisionForm, ...], LISTED] = ()
    topics: Annotated[tuple[Line, ...], LISTED] = ()


# --- the register and the timeline ---------------------------------------------------------------------------------


class AliasForm(Shape):
    text: Line = Field(description="the form as it stands in the texts")
    ambiguous: Truth = False


class OfficeForm(Shape):
    title: Words
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = Field(default=None, alias="to")


class EntityForm(Shape):
    name: Line = Field(description="what you call it")
    kind: Line = Field(description="person, organization, place, document or concept")
    aliases: Annotated[tuple[Annotated[AliasForm, under("text")], ...], LISTED] = ()
    description: Line | None = None
    offices: Annotated[tuple[OfficeForm, ...], LISTED] = ()
    wikidata: Line | None = None
    links: Annotated[tuple[LinkForm, ...], LISTED] = ()


class EventForm(Shape):
    title: Words | None = None
    date: Date | None = None
    status: Status | None = None
    note: Line | None = None
    disputed: Line | None = None
    entities: Annotated[tuple[Line, ...], LISTED] = ()
    source: LinkForm | None = None


# --- the briefing and the site -------------------------------------------------------------------------------------


class ClaimForm(Shape):
    text: Words = Field(description="the point, with its citations")
    confidence: Annotated[Line, one_of("high", "moderate", "low")] | None = None
    reason: Line | None = None


class SectionForm(Shape):
    title: Words
    text: Words


class SaysForm(Shape):
    article: Line = Field(description="the slug of an article")
    quote: Quotation = Field(description="words copied from the article")
    line: LineNumber | None = None


class PositionForm(Shape):
    answer: Words
    says: Annotated[tuple[SaysForm, ...], LISTED] = ()


class QuestionForm(Shape):
    id: Slug
    question: Words
    note: Line | None = None
    positions: Annotated[tuple[PositionForm, ...], LISTED] = ()


class UnknownForm(Shape):
    text: Words


class ChangeForm(Shape):
    date: Date
    text: Words


class BriefingForm(WithIgnore):
    title: Words = Field(description="what the briefing is about")
    as_of: Date = Field(description="the day up to which it holds, such as 2025-02-22")
    edition: Line | None = None
    bottom_line: Words = Field(description="what a reader in a hurry must know, with citations")
    key_points: Annotated[tuple[ClaimForm, ...], LISTED] = ()
    sections: Annotated[tuple[SectionForm, ...], LISTED] = ()
    questions: Annotated[tuple[QuestionForm, ...], LISTED] = ()
    unknowns: Annotated[tuple[UnknownForm, ...], LISTED] = ()
    changes: Annotated[tuple[ChangeForm, ...], LISTED] = ()


class StyleForm(Shape):
    accent: Line | None = None


class WireCopyForm(Shape):
    threshold: Share = 0.1


class PublishForm(Shape):
    remote: Line | None = None
    branch: Line | None = None
    cname: Annotated[str, PlainValidator(lambda value: str(value or ""))] = ""


class SearchForm(Shape):
    languages: Line | None = None


Severity = Annotated[Line, one_of("error", "warning", "off")]


class SiteForm(WithIgnore):
    title: Words = Field(description="what the site is called")
    name: Slug | None = None
    description: Line | None = None
    url: SiteAddress | None = None
    language: Line | None = None
    authors: Annotated[tuple[PersonForm, ...], LISTED] = ()
    license: Line | None = None
    text: Rights | None = None
    style: StyleForm = StyleForm()
    kinds: dict[str, Line] = Field(default_factory=dict)
    checks: dict[str, Severity] = Field(default_factory=dict)
    wire_copy: WireCopyForm = WireCopyForm()
    publish: PublishForm = PublishForm()
    search: SearchForm = SearchForm()


class PageForm(WithIgnore):
    """The front matter of a free page."""

    title: Words = Field(description="the title of the page")
    nav: Truth = False
    draft: Truth = False
