"""What an author may write of articles, the register, the timeline and the briefing: a model for each block and entry.

The keys are the public interface. Their descriptions are what an error offers where a required one is missing, what an
editor shows, and what the README's tables are made of.
"""

from typing import Annotated

from pydantic import Field, PlainValidator

from builder.model import Role
from builder.reading.fields import (
    DATE_SCHEMA,
    UNKNOWN,
    Address,
    AddressOrUnknown,
    Date,
    Dated,
    Line,
    LineNumber,
    LineRange,
    Lines,
    Many,
    OneOf,
    OneOrMore,
    Quotation,
    Rights,
    Slug,
    StandIn,
    Status,
    Truth,
    Under,
    Words,
    as_date,
)
from builder.reading.shapes import LinkForm, Shape, WithIgnore, key

WHERE = "the line of the quotation, where it stands there more than once"
STATUS = "whether it happened, was said, was claimed, or is planned"


# --- an article's summary ------------------------------------------------------------------------------------------


class Fact(Shape):
    """A value that the source states; with a basis, one that the author inferred."""

    value: Line = Field(description="what it is")
    basis: Line | None = key("why you infer it, where the source does not state it")


DateOrUnknown = Annotated[
    Dated | None, PlainValidator(lambda value: None if value == UNKNOWN else as_date(value)), DATE_SCHEMA
]


class DateFact(Shape):
    value: DateOrUnknown = Field(description="the day, or unknown")
    basis: Line | None = key("why you infer it, where the source does not state it")


StatedFact = Annotated[Fact, Under("value"), StandIn(UNKNOWN)]
StatedDate = Annotated[DateFact, Under("value"), StandIn(UNKNOWN)]


class RolesForm(Shape):
    """Raw lines that are not body text, such as 4 or 23-26."""

    title: Many[Lines] = key("the headline", ())
    caption: Many[Lines] = key("captions", ())
    credit: Many[Lines] = key("credits of pictures", ())
    dateline: Many[Lines] = key("the date or place of the report", ())
    heading: Many[Lines] = key("headings within the text", ())
    note: Many[Lines] = key("remarks of the source about itself", ())
    navigation: Many[Lines] = key("the page's own links: never citable", ())
    teaser: Many[Lines] = key("about other articles: folded away, never citable", ())

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

    entity: Line | None = key("the id of the one who said it")
    anonymous: Line | None = key("how the article calls one whom it does not name, in its words")


class KeyPointForm(Shape):
    text: Words = Field(description="the point, in your words")
    quote: Quotation | None = key("words copied from the article that bear it out")
    line: LineNumber | None = key(WHERE)


class QuoteForm(Shape):
    quote: Quotation = Field(description="words copied from the article")
    line: LineNumber | None = key(WHERE)
    speaker: Annotated[SpeakerForm, Under("entity")] | None = key("who said it: an entity, or {anonymous: …}")
    reported_by: Line | None = key("an entity: whom the article cites for the remark")


class AccountForm(Shape):
    event: Slug | None = key("the key that accounts of one event share")
    title: Words | None = key("what happened; required without a key")
    date: Date = Field(description="when it happened, such as 2025-02-22")
    basis: Line | None = key("how you derived the date, where the text does not state it")
    status: Status | None = key(STATUS)
    quote: Quotation = Field(description="words copied from the article")
    line: LineNumber | None = key(WHERE)
    entities: Many[Line] = key("who and what took part, by id", ())


class NoteForm(Shape):
    quote: Quotation = Field(description="words copied from the article, beside which the note stands")
    line: LineNumber | None = key(WHERE)
    text: Words = Field(description="the note, in your words")


class DecisionForm(Shape):
    """What a name means in this text; `is: null` says that it is no mention."""

    text: Line = Field(description="the name as it stands in the text")
    entity: Line | None = Field(alias="is", description="an id of entities.yaml, or null")
    lines: Many[Lines] = key("where it means that; without, in the whole text", ())


class ArticleForm(WithIgnore):
    title: StatedFact = Field(description="the headline of the source, or yours with title_is_editorial: true")
    title_is_editorial: Truth = key("the source has no headline of its own", False)
    publisher: StatedFact = Field(description="who published it, or unknown")
    agency: Annotated[tuple[StatedFact, ...], OneOrMore()] = key("the wire services that the text came from", ())
    authors: Annotated[tuple[StatedFact, ...], OneOrMore()] = key("who wrote it", ())
    published: StatedDate = Field(description="the day, such as 2025-02-22, or unknown")
    retrieved: Date | None = key("the day on which you found it")
    url: AddressOrUnknown | None = key("where it stands on the web, or unknown")
    archive_url: Address | None = key("where a copy of it stands")
    language: Line | None = key("its language, such as en or de")
    text: Rights | None = key("what a public site may reprint of it: full, passages or none")
    draft: Truth = key("counts as absent unless --drafts is given", False)
    roles: RolesForm = key("lines that are not body text", RolesForm)
    summary: Line | None = key("what it says, in your words (Markdown)")
    key_points: Many[KeyPointForm] = key("its main points, each borne out by a passage", ())
    quotes: Many[QuoteForm] = key("remarks worth keeping", ())
    events: Many[AccountForm] = key("its accounts of dated events", ())
    notes: Many[NoteForm] = key("your remarks, shown beside a passage", ())
    mentions: Many[DecisionForm] = key("what names mean in this text", ())
    topics: Many[Line] = key("what it is about, to filter by", ())


# --- the register and the timeline ---------------------------------------------------------------------------------


class AliasForm(Shape):
    text: Line = Field(description="the form as it stands in the texts")
    ambiguous: Truth = key("it may mean something else: every mention needs a decision", False)


class OfficeForm(Shape):
    title: Words = Field(description="what the office is called")
    since: Date | None = Field(default=None, alias="from", description="when the term began")
    until: Date | None = Field(default=None, alias="to", description="when the term ended")


class EntityForm(Shape):
    name: Line = Field(description="what you call it")
    kind: Line = Field(description="person, organization, place, document or concept")
    aliases: Many[Annotated[AliasForm, Under("text")]] = key("other forms of the name in the texts", ())
    description: Line | None = key("who or what it is (Markdown)")
    offices: Many[OfficeForm] = key("what the person holds or held", ())
    wikidata: Line | None = key("its item there, such as Q3874799")
    links: Many[LinkForm] = key("where to read more", ())


class EventForm(Shape):
    title: Words | None = key("the wording that the timeline uses")
    date: Date | None = key("your reading, where accounts differ")
    status: Status | None = key(STATUS)
    note: Line | None = key("your remark about it (Markdown)")
    disputed: Line | None = key("what the accounts disagree about, where it is not the date")
    entities: Many[Line] = key("ids added to those of the accounts", ())
    source: LinkForm | None = key("where an event stands that no article tells of")


# --- the briefing -------------------------------------------------------------------------------------


class ClaimForm(Shape):
    text: Words = Field(description="the point, with its citations")
    confidence: Annotated[Line, OneOf(("high", "moderate", "low"))] | None = key("how sure you are")
    reason: Line | None = key("why, in a few words")


class SectionForm(Shape):
    title: Words = Field(description="its heading")
    text: Words = Field(description="what it says, with citations (Markdown)")


class SaysForm(Shape):
    article: Line = Field(description="the slug of an article")
    quote: Quotation = Field(description="words copied from the article")
    line: LineNumber | None = key(WHERE)


class PositionForm(Shape):
    answer: Words = Field(description="what these sources say to the question")
    says: Many[SaysForm] = key("the passages that say so", ())


class QuestionForm(Shape):
    id: Slug = Field(description="names it in the page's address")
    question: Words = Field(description="what the sources answer differently")
    note: Line | None = key("your remark about it (Markdown)")
    positions: Many[PositionForm] = key("the answers that there are", ())


class UnknownForm(Shape):
    text: Words = Field(description="what no source says (Markdown)")


class ChangeForm(Shape):
    date: Date = Field(description="when you changed it")
    text: Words = Field(description="what you changed (Markdown)")


class BriefingForm(WithIgnore):
    title: Words = Field(description="what the briefing is about")
    as_of: Date = Field(description="the day up to which it holds, such as 2025-02-22")
    edition: Line | None = key("its number, or what you call it")
    bottom_line: Words = Field(description="what a reader in a hurry must know, with citations")
    key_points: Many[ClaimForm] = key("what matters most, with citations", ())
    sections: Many[SectionForm] = key("what there is to tell beyond that", ())
    questions: Many[QuestionForm] = key("where the sources differ", ())
    unknowns: Many[UnknownForm] = key("what no source says", ())
    changes: Many[ChangeForm] = key("what a reader of an earlier edition needs to know", ())
