"""What the lint makes of one article: its rules look at the article, at those that it cites, and at nothing else.

So what it found is remembered as long as these are what they were, and so are the register, the briefing's date and
the days that it tells of. So is what it found in an author's own words elsewhere.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

from builder.briefing.folding import folded
from builder.briefing.lint_case import Case, Finding, texts_of_briefing, texts_of_summary
from builder.briefing.lint_dates import date_outside_article, weekday, weekdays_in_own_texts
from builder.briefing.lint_names import REFERENCE, Mentioned, name_findings_of_article, names_of_account
from builder.briefing.lint_numbers import number_findings_of_article
from builder.briefing.lint_teasers import teaser_findings
from builder.briefing.lint_titles import titles_in_article, titles_in_own_texts
from builder.fingerprints import Fingerprints, digest_of
from builder.memo import Memo, Spread
from builder.model import Article, Use
from builder.problems import Span
from builder.reading.articles import ArticleDraft
from builder.reading.files import ENTITIES
from builder.values import dataclass

CITED = re.compile(r"\[@([\w-]+)")


@dataclass(frozen=True, slots=True)
class ArticleNotes:
    """What the rules found in an article, with its accounts apart, by the keys of their events.

    For rules about the whole: which entities it calls by their id, which other articles it cites, which forms its names
    have, folded; and whether it tells of an event.
    """

    findings: tuple[Finding, ...]
    of_accounts: tuple[tuple[str, Finding], ...]
    called: frozenset[str]
    cited: frozenset[str]
    forms: frozenset[str]
    tells: bool


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """The same of what an author wrote elsewhere than in summaries and the register."""

    findings: tuple[Finding, ...]
    called: frozenset[str]
    cited: frozenset[str]


class Noting:
    """Looks at articles one by one, and at an author's other words, or recalls what was seen."""

    def __init__(self, case: Case, memo: Memo) -> None:
        self.case, self.memo = case, memo
        drafts, briefing = case.drafts, case.briefing
        times = case.times
        around = (
            drafts.made_of.get(ENTITIES, ""),
            Fingerprints().of((briefing.settings, briefing.as_of)).hex(),
            digest_of((times.years, sorted(times.years_named), sorted(times.days))).hex(),
        )
        self.around = self.memo.key("around", around)

    @cached_property
    def _uses_in(self) -> Mapping[str, list[Use]]:
        found: defaultdict[str, list[Use]] = defaultdict(list)
        for use in self.case.briefing.uses:
            if use.kind == "article":
                found[use.id].append(use)
        return found

    def notes_on_own_texts(self) -> OwnNotes:
        key = (self.around, *self.case.own_texts)
        return self.memo.recall("own", key, partial(notes_of_own_texts, self.case))

    def notes_on_all(self, spread: Spread) -> dict[str, ArticleNotes]:
        drafts = self.case.drafts.articles
        found = self.memo.recall_all("noted", map(self._asked, drafts), spread)
        return {draft.slug: notes for draft, (_, notes) in zip(drafts, found, strict=True)}

    def _asked(self, draft: ArticleDraft) -> tuple[tuple[str, ...], Callable[[], ArticleNotes]]:
        """All that the notes on an article are made of, and who makes them."""
        article, made_of = self.case.articles[draft.slug], self.case.drafts.made_of
        rests_on = dict.fromkeys(cite.article for point in article.key_points for cite in point.text.cites)
        key = (self.around, made_of[draft.slug], article.digest, *(made_of[slug] for slug in rests_on))
        return key, partial(self._looked_at, draft, article, tuple(rests_on))

    def _looked_at(self, draft: ArticleDraft, article: Article, rests_on: tuple[str, ...]) -> ArticleNotes:
        return notes_of(draft, article, self._alone(draft, rests_on))

    def _alone(self, draft: ArticleDraft, rests_on: tuple[str, ...]) -> Case:
        """The case with this article and those that it rests on, so that no rule can look at another."""
        case, slugs = self.case, dict.fromkeys((draft.slug, *rests_on))
        drafts = replace(
            case.drafts,
            articles=tuple(case.written[slug] for slug in slugs),
            pages=(),
            events={},
            ignores=(),
            problems=(),
        )
        briefing = replace(
            case.briefing,
            articles=tuple(case.articles[slug] for slug in slugs),
            events=(),
            uses=tuple(self._uses_in.get(draft.slug, ())),
            copies=(),
            origins=(),
        )
        alone = Case(drafts, briefing, case.memo, case.times)
        alone.register, alone.holders = case.register, case.holders
        return alone


def notes_of(draft: ArticleDraft, article: Article, case: Case) -> ArticleNotes:
    form, texts = draft.form, list(texts_of_summary(draft))
    mentioned = Mentioned(case)
    own_accounts = [account for account in case.every_keyed if account.draft.slug == draft.slug and account.passage]
    of_accounts = (
        (account.key, finding)
        for account in own_accounts
        for rule in (weekday, date_outside_article, partial(names_of_account, mentioned=mentioned))
        for finding in rule(account, case=case)
    )
    named = {link[1] for text in texts for link in REFERENCE.finditer(text)}
    named |= {str(entity) for account in form.events for entity in account.entities}
    named |= {str(decision.entity) for decision in form.mentions if decision.entity}
    for quote in form.quotes:
        speaker = quote.speaker.entity if quote.speaker else None
        named |= {str(person) for person in (speaker, quote.reported_by) if person}
    return ArticleNotes(
        (
            *url_missing(draft),
            *teaser_findings(article, draft.form_path),
            *titles_in_article(article, case),
            *titles_in_own_texts(texts, case),
            *weekdays_in_own_texts(texts, case),
            *name_findings_of_article(draft, mentioned, case),
            *number_findings_of_article(draft, case),
        ),
        tuple(of_accounts),
        frozenset(named),
        frozenset(slug for text in texts for slug in CITED.findall(text)) - {draft.slug},
        frozenset(map(folded, {mention.form for mention in article.mentions})),
        bool(form.events),
    )


def notes_of_own_texts(case: Case) -> OwnNotes:
    texts = list(texts_of_briefing(case.drafts))
    named = {link[1] for text in texts for link in REFERENCE.finditer(text)}
    named |= {str(entity) for event in case.drafts.events.values() for entity in event.entities}
    return OwnNotes(
        (*weekdays_in_own_texts(texts, case), *titles_in_own_texts(texts, case)),
        frozenset(named),
        frozenset(slug for text in texts for slug in CITED.findall(text)),
    )


def url_missing(draft: ArticleDraft) -> Iterator[Finding]:
    """`unknown` is an answer, silence is none."""
    if draft.form.url is None:
        hint = "add “url: https://…”, or “url: unknown”"
        fact = "nothing says where this article was found"
        yield of_article("url-missing", fact, hint, draft.slug, draft.form_path)


def of_article(code: str, fact: str, hint: str, slug: str, path: str) -> Finding:
    return Finding(code, Span(path), fact, hint, (slug,), (), path)
