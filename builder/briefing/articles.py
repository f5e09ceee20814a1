"""An article's draft to the article: its facts, its quotations, its names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from builder.briefing.citing import Citer, Page
from builder.briefing.names import name_mentions
from builder.briefing.prosing import Known, no_such, resolve_prose
from builder.fingerprints import Fingerprints, digest_of
from builder.memo import Apart
from builder.model import (
    ARTICLE_FACETS,
    Account,
    Article,
    KeyPoint,
    Note,
    Passage,
    Prose,
    Quote,
    Rights,
    Settings,
    Stated,
    StatedDate,
)
from builder.reading.articles import ArticleDraft
from builder.reading.fields import UNKNOWN
from builder.reading.prose import read_prose
from builder.reading.schema import AccountForm, Fact
from builder.reading.yamls import Text

FIELDS = [field.name for field in fields(Article)]
TEXT = FIELDS.index("blocks")
BEFORE_TEXT, AFTER_TEXT = attrgetter(*FIELDS[:TEXT]), attrgetter(*FIELDS[TEXT + 1 :])


def cited_accounts(draft: ArticleDraft, citer: Citer, _: Known) -> tuple[tuple[AccountForm, Passage | None], ...]:
    """Each account of an event that an article gives, with its passage if that is where it says."""
    source, page = citer.sources[draft.slug], Page("article", draft.slug)
    return tuple((form, citer.passage(form.quote, form.line or 0, source, page)) for form in draft.form.events)


def resolve_article(
    draft: ArticleDraft, accounts: tuple[Account, ...], settings: Settings, citer: Citer, known: Known
) -> Article:
    """Links and checks what one summary says; the text is left out. `accounts` are the article's own, resolved with
    their events."""
    article = _resolved(draft, accounts, settings, citer, known)
    fingerprints = Fingerprints()
    facets = tuple(
        fingerprints.of(tuple(getattr(article, field) for field in fields)).hex() for fields in ARTICLE_FACETS.values()
    )
    # The draft has the text; here it would be remembered once more.
    return replace(article, facets=facets, digest=digest_of(facets).hex(), blocks=())


def with_text(article: Article, draft: ArticleDraft) -> Article:
    """The article that a summary makes, with its text. As `replace` would, in a quarter of the time."""
    parts: tuple[Any, ...] = (*BEFORE_TEXT(article), draft.source.blocks, *AFTER_TEXT(article))
    return Article(*parts)


def _resolved(
    draft: ArticleDraft, accounts: tuple[Account, ...], settings: Settings, citer: Citer, known: Known
) -> Article:
    form, slug = draft.form, draft.slug
    page, about = Page("article", slug), [slug]
    for text in (form.title.value, form.published.basis, form.publisher.basis):
        citer.check_words(text, about, page)
    citer.check_words(form.title.basis, about, None)
    for fact in (*form.agency, *form.authors):
        citer.check_words(fact.basis, about, None if fact.value == UNKNOWN else page)

    def prose(text: Text | None) -> Prose:
        return resolve_prose(read_prose(text), page, citer, known, about=about)

    def passage(quote: Sequence[Text] | None, line: int | None) -> Passage | None:
        return citer.passage(quote, line or 0, citer.sources[slug], page) if quote else None

    notes = ((passage(note.quote, note.line), prose(note.text)) for note in form.notes)
    naming = name_mentions(draft.source.blocks, form.mentions, known.register, draft.path, draft.form_path)
    citer.problems += naming.problems
    for decision in form.mentions:
        if decision.entity and decision.entity not in known.entities:
            citer.problems.append(no_such("entity", decision.entity, known.entities, decision.entity.span))
    mentions = [mention for mention in naming.mentions if mention.entity in known.entities]
    return Article(
        slug,
        draft.path,
        draft.sha256,
        str(form.title.value),
        form.title_is_editorial or bool(form.title.basis),
        _stated(form.publisher),
        tuple(_stated(fact) for fact in form.agency if fact.value != UNKNOWN),
        tuple(_stated(fact) for fact in form.authors if fact.value != UNKNOWN),
        StatedDate(form.published.value.when if form.published.value else None, str(form.published.basis or "")),
        form.retrieved.when if form.retrieved else None,
        "" if form.url in (None, UNKNOWN) else str(form.url),
        str(form.archive_url or ""),
        str(form.language or settings.language),
        rights(form.text) or settings.rights,
        tuple(map(str, form.topics)),
        draft.source.blocks,
        prose(form.summary),
        tuple(KeyPoint(prose(point.text), passage(point.quote, point.line)) for point in form.key_points),
        tuple(_quotes(draft, page, citer, known)),
        accounts,
        tuple(Note(found, text) for found, text in notes if found),
        Apart.of(mentions),
        tuple(Counter(mention.entity for mention in mentions).items()),
        title_basis=str(form.title.basis or ""),
        wrapped=any(block.turns for block in draft.source.blocks),
    )


def _quotes(draft: ArticleDraft, page: Page, citer: Citer, known: Known) -> Iterator[Quote]:
    for form in draft.form.quotes:
        speaker = form.speaker
        for named in (speaker.entity if speaker else None, form.reported_by):
            if named and named not in known.entities:
                citer.problems.append(no_such("entity", named, known.entities, named.span))
        source = citer.sources[draft.slug]
        passage = citer.passage(form.quote, form.line or 0, source, page, how="quoted")
        anonymous = speaker.anonymous if speaker else None
        described = citer.words_of_source(anonymous, source, page, passage) if anonymous and passage else None
        if not described:
            citer.check_words(anonymous, [draft.slug], page)
        if passage:
            entity = str(speaker.entity or "") if speaker else ""
            yield Quote(passage, entity, str(anonymous or ""), described, str(form.reported_by or ""))


def _stated(fact: Fact) -> Stated:
    return Stated("" if fact.value == UNKNOWN else str(fact.value), str(fact.basis or ""))


def rights(text: Text | None) -> Rights | None:
    match text:
        case "full" | "passages" | "none":
            return str(text)  # type: ignore[return-value]  # the schema lets nothing else through
        case _:
            return None
