"""Names that the source does not have: in key points, as speakers, in accounts of events."""

import re
from collections.abc import Iterator

from builder.briefing.lint_case import (
    Case,
    Finding,
    Point,
    entities_in,
    own_words,
    points_of_article,
    points_of_briefing,
    texts_around,
)
from builder.briefing.timeline import KeyedAccount
from builder.model import Article, Mention, Part, Passage
from builder.patterns import pattern
from builder.reading.articles import ArticleDraft
from builder.reading.schema import QuoteForm
from builder.reading.yamls import Text

REFERENCE = pattern(r"\[\[(?!event:)([^\]|]+)(?:\|[^\]]*)?\]\]")
"""A link to an entity in an author's text."""

SAID = (
    "said|says|told|added|adds|wrote|writes|noted|notes|argued|argues|claimed|claims|warned|warns|insisted|insists|"
    "asked|asks|replied|acknowledged|declared|explained|explains|called|calls|described|describes|promised|promises|"
    "vowed|vows|recalled|recalls|stated|states|responded|responds|sagte|sagt|erklärte|erklärt|schrieb|schreibt|betonte|"
    "betont|warnte|warnt|fragte|fragt|antwortete|meinte|meint|nannte|nennt|versprach"
)
SAYS = pattern(rf"(?:{SAID})\b")
NO_TITLE = "of|to|for|from|with|in|at|by|about|after|before|as|and|von|zu|für|mit|bei|nach|vor|als|und"
SAID_BY = pattern(rf"\W*(?!told)(?:{SAID})\s(?:(?!(?:{NO_TITLE})\b)[\w.]+\s){{0,2}}$")
"""Between a remark and its speaker: “,” said Senator ”; but not “,” said an aide of ”."""

MARKS_ONLY = pattern(r"[\s,”\"’'»“]*$")
WORDS_BETWEEN = 6
"""How many words, the verb included, may stand between a speaker and the remark that follows."""


class Mentioned:
    """The entities that each article names, in its text or around it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.linked: dict[str, frozenset[str]] = {}
        self.anywhere: dict[str, frozenset[str]] = {}

    def has(self, entity: str, slug: str) -> bool:
        """Whether an article names an entity; within a longer name, in a title or as its author will do."""
        if slug not in self.linked:
            self.linked[slug] = frozenset(mention.entity for mention in self.case.articles[slug].mentions)
        return entity in self.linked[slug] or entity in self._anywhere(slug)

    def _anywhere(self, slug: str) -> frozenset[str]:
        if slug not in self.anywhere:
            article = self.case.articles[slug]
            texts = [*texts_around(article), *(block.text for block in article.blocks if block.citable)]
            self.anywhere[slug] = frozenset(entities_in(texts, self.case.register))
        return self.anywhere[slug]


def name_findings(case: Case) -> Iterator[Finding]:
    mentioned = Mentioned(case)
    for point in points_of_briefing(case):
        yield from name_not_in_quote(point, mentioned, case)


def name_findings_of_article(draft: ArticleDraft, mentioned: Mentioned, case: Case) -> Iterator[Finding]:
    for point in points_of_article(draft, case):
        yield from name_not_in_quote(point, mentioned, case)
    for quote in draft.form.quotes:
        yield from speaker_findings(quote, draft, mentioned, case)


def name_not_in_quote(point: Point, mentioned: Mentioned, case: Case) -> Iterator[Finding]:
    """Entities that a point names, and no article that it rests on."""
    told: set[str] = set()
    for offset, end, entity in sorted(_named(point.text, case)) if point.slugs else ():
        if entity in told or any(mentioned.has(entity, slug) for slug in point.slugs):
            continue
        told.add(entity)
        where = point.slugs[0] if len(point.slugs) == 1 else "any article cited here"
        fact = f"“{point.text[offset:end]}” is not mentioned in {where}"
        hint = "mend the name, or cite the article that has it"
        yield _finding("name-not-in-quote", point.text, offset, fact, hint, point.article, point.quote, case)


def _named(text: Text, case: Case) -> Iterator[tuple[int, int, str]]:
    """The entities of a text with where they stand in it: names that can be only one, and links."""
    for match in case.register.matches(own_words(text)):
        form = case.register.forms[match.form]
        if not form.ambiguous:
            yield match.start, match.end, form.entities[0]
    for link in REFERENCE.finditer(text):
        if link[1] in case.drafts.entities:
            yield link.start(), link.end(), link[1]


def names_of_account(account: KeyedAccount, mentioned: Mentioned, case: Case) -> Iterator[Finding]:
    """Entities of an account that its article does not name."""
    slug = account.draft.slug
    for entity in account.form.entities:
        if entity in case.drafts.entities and not mentioned.has(entity, slug):
            fact = f"“{entity}” is not mentioned in {slug}"
            hint = "take it out here, or put it under “entities” of the event in timeline.yaml"
            yield _finding("name-not-in-quote", entity, 0, fact, hint, slug, account.passage, case)


# --- speakers ------------------------------------------------------------------------------------------------------


def speaker_findings(quote: QuoteForm, draft: ArticleDraft, mentioned: Mentioned, case: Case) -> Iterator[Finding]:
    """A remark without a speaker; with one whom the article does not name; or with another than it names beside it."""
    passage, speaker = case.passages.get(quote.quote[0].span), quote.speaker
    if speaker is None or not (speaker.entity or speaker.anonymous):
        hint = "add “speaker: …” with an id of entities.yaml, or “speaker: {anonymous: …}” in the source's words"
        fact = "this remark has no speaker"
        yield _finding("speaker-missing", quote.quote[0], 0, fact, hint, draft.slug, passage, case)
    for person in (speaker.entity if speaker else None, quote.reported_by):
        if not person or person not in case.drafts.entities:
            continue
        fact, hint = "", "mend the speaker"
        if not mentioned.has(person, draft.slug):
            fact = f"“{person}” is not mentioned in {draft.slug}"
            hint = "mend the id, or add the name as the article writes it to its aliases"
        elif passage and person is not quote.reported_by:
            other = said_by_another(passage, person, case.articles[draft.slug])
            fact = f"the article gives this remark to “{other}”, not to {person}" if other else ""
        if fact:
            yield _finding("name-not-in-quote", person, 0, fact, hint, draft.slug, passage, case)


def said_by_another(passage: Passage, speaker: str, article: Article) -> str:
    """The name to which a remark's paragraph gives it, if that does not mention the speaker beside it at all."""
    spoken: dict[int, list[Part]] = {}
    for part in passage.parts:
        spoken.setdefault(part.block, []).append(part)
    beside = [
        mention
        for mention in article.mentions
        if mention.block in spoken and not any(part.start <= mention.start < part.end for part in spoken[mention.block])
    ]
    if any(mention.entity == speaker for mention in beside):
        return ""
    names = (
        mention.form
        for mention in beside
        for part in spoken[mention.block]
        if _speaks(mention, part, article.blocks[part.block].text)
    )
    return next(names, "")


def _speaks(mention: Mention, part: Part, text: str) -> bool:
    """“…,” Haring said; “…,” said Haring; Haring said: “…”."""
    if mention.start >= part.end:
        between = text[part.end : mention.start]
        if MARKS_ONLY.match(between):
            return "." not in between and bool(SAYS.match(text[mention.end :].lstrip()))
        return bool(SAID_BY.match(between))
    between = text[mention.end : part.start].lstrip()
    words = len(between.split())
    return words <= WORDS_BETWEEN and not re.search(r"[.!?]", between) and bool(SAYS.match(between))


def _finding(
    code: str, text: Text, offset: int, fact: str, hint: str, slug: str, passage: Passage | None, case: Case
) -> Finding:
    lines = (passage.line,) if passage else ()
    file = case.written[slug].form_path if slug else ""
    return Finding(code, text.at(offset), fact, hint, (slug,) if slug else (), lines, file)
