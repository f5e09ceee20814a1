"""What a briefing rests on: articles that nothing cites, one unnamed person, two prints of one story."""

from collections.abc import Iterator, Mapping

from builder.briefing.folding import folded
from builder.briefing.lint_article import CITED, ArticleNotes, OwnNotes, of_article
from builder.briefing.lint_case import Case, Finding, claims
from builder.model import Article, Claim, Passage
from builder.patterns import pattern
from builder.problems import Span
from builder.reading.schema import ClaimForm

SENTENCE_ENDS = pattern(r"[.!?][”\"’')]?\s+(?=[“\"‘„'(]?[A-ZÄÖÜ])")
UNNAMED = pattern(
    r"\b(?:(?P<again>the|der|die|dem)|an?|one|another|eine?|eine[mr])\s(?:of\sthe\s(?=\w+s\b))?(?:[\w.’'-]+\s){0,3}?"
    r"(?:source|person|insider|official|diplomat|aide|Insider(?:in)?|Person|Quelle|Informant(?:in)?|Diplomat(?:in)?)\b",
)
ONE_OF = pattern(
    r"\bone\sof\s(?:the|two|three|several|its)\s(?:\w+\s){0,2}(?:sources|people|officials|diplomats|aides)\b"
)
SAYING = pattern(r"\b(?:said|says|told|added|according\sto|sagte|sagt|laut|zufolge|nach\sAngaben)\b")


def source_findings(case: Case, noted: Mapping[str, ArticleNotes], own: OwnNotes) -> Iterator[Finding]:
    yield from unused_articles(case, noted, own)
    yield from single_anonymous_sources(case)
    yield from probable_wire_copies(case)


def unused_articles(case: Case, noted: Mapping[str, ArticleNotes], own: OwnNotes) -> Iterator[Finding]:
    """Articles that no other page cites and that tell of no event.

    Where a file could not be read, or a citation names no article, nobody knows.
    """
    drafts = case.drafts
    used = cited_elsewhere(case, noted, own) | {slug for slug, notes in noted.items() if notes.tells}
    if not case.complete or used - noted.keys() - drafts.hidden - drafts.broken:
        return
    for slug in noted:
        if slug not in used:
            hint = f'cite it in the briefing: [@{slug} "passage"]; or say “draft: true” until then'
            yield of_article("unused-article", f"nothing cites “{slug}”", hint, slug, case.written[slug].form_path)


def cited_elsewhere(case: Case, noted: Mapping[str, ArticleNotes], own: OwnNotes) -> set[str]:
    """Articles that are cited where they are not the subject."""
    drafts = case.drafts
    described = filter(None, (entity.description for entity in drafts.entities.values()))
    cited = {slug for text in described for slug in CITED.findall(text)}.union(own.cited)
    cited.update(*(notes.cited for notes in noted.values()))
    positions = (position for question in drafts.briefing.questions for position in question.positions)
    return cited | {str(says.article) for position in positions for says in position.says}


# --- one unnamed person --------------------------------------------------------------------------------------------


def single_anonymous_sources(case: Case) -> Iterator[Finding]:
    """Key points that rest on one unnamed person, and do not say how little that is."""
    for form, claim in claims(case):
        if claim.confidence in ("", "high") and claim.origins == 1 and (person := only_person(claim, case)):
            given = f"its confidence is {claim.confidence}" if claim.confidence else "it has no confidence"
            fact = f"this point rests on one unnamed person alone (“{person}”), and {given}"
            hint = "say “confidence: low” or “moderate”, with a “reason”; or cite a second origin"
            yield Finding("single-anonymous-source", _place(form), fact, hint)


def _place(form: ClaimForm) -> Span:
    return form.confidence.span if form.confidence else form.text.span


def only_person(claim: Claim, case: Case) -> str:
    """The unnamed person to whom all passages of a claim are given; nothing, if there is none or more than one."""
    cites = claim.text.cites
    people = {unnamed_speaker(cite.passage, case.articles[cite.article]) if cite.passage else "" for cite in cites}
    if "" in people:
        return ""
    # “The source” is whoever was introduced before.
    introduced = {person for person in people if not person.lower().startswith(("the ", "der ", "die ", "dem "))}
    if len(introduced) > 1:
        return ""
    return min(introduced or people, default="")


def unnamed_speaker(passage: Passage, article: Article) -> str:
    """The unnamed person to whom an article gives a passage, in its words; nothing, if it is not one alone."""
    kept = [quote for quote in article.quotes if _overlap(quote.passage, passage)]
    if kept:
        people = {quote.anonymous for quote in kept}
        return people.pop() if len(people) == 1 else ""
    sentence = sentence_of(passage, article)
    found = ONE_OF.search(sentence) or UNNAMED.search(sentence)
    return found[0] if found and SAYING.search(sentence) else ""


def sentence_of(passage: Passage, article: Article) -> str:
    """The sentence or sentences in which a passage stands."""
    part = passage.parts[0]
    text = article.blocks[part.block].text
    ends = [match.end() for match in SENTENCE_ENDS.finditer(text)]
    start = max((end for end in ends if end <= part.start), default=0)
    end = min((end for end in ends if end >= part.end), default=len(text))
    return folded(text[start:end])


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


# --- wire copies ---------------------------------------------------------------------------------------------------


def probable_wire_copies(case: Case) -> Iterator[Finding]:
    """Texts that print one story, though neither their agencies nor a note say so."""
    for group in case.briefing.origins:
        if len(group) == 1:
            continue
        named, cited = set[str](), set[str]()
        for index, article in enumerate(case.articles[slug] for slug in group):
            names, citing = _houses(article), _cited_in_notes(article)
            if index and not (names & named or article.slug in cited or citing & set(group[:1])):
                fact = f"this text and “{group[0]}” print one story, and neither says so"
                hint = (
                    "name the agency in both, with a “basis” where you infer it; or say in a note how they are related"
                )
                path = case.written[article.slug].form_path
                yield of_article("probable-wire-copy", fact, hint, article.slug, path)
            named |= names
            cited |= citing


def _houses(article: Article) -> set[str]:
    """The agencies and the publisher of an article: prints of one house need no explanation."""
    return {fact.value.casefold() for fact in (*article.agencies, article.publisher) if fact.value}


def _cited_in_notes(article: Article) -> set[str]:
    return {cite.article for note in article.notes for cite in note.text.cites}
