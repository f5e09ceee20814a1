"""Entries of the register that nothing needs."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from builder.briefing.folding import folded
from builder.briefing.lint_article import ArticleNotes, OwnNotes
from builder.briefing.lint_case import Case, Finding, texts_around, texts_of_briefing, texts_of_summary
from builder.briefing.names import Register
from builder.fingerprints import digest_of
from builder.reading.articles import ArticleDraft


def register_findings(case: Case, noted: Mapping[str, ArticleNotes], own: OwnNotes) -> Iterator[Finding]:
    """Entities that nothing mentions, and aliases that no text writes.

    Where a file could not be read, or something names an entity that there is not, nobody knows.
    """
    called = own.called.union(*(notes.called for notes in noted.values()))
    if not case.complete or not case.briefing.articles or called - {str(key) for key in case.drafts.entities}:
        return
    written = forms_written(case, noted)
    named = called | {entity for form in written for entity in case.register.forms[form].entities}
    for key, form in case.drafts.entities.items():
        if key not in named:
            hint = "delete it, or add the form that the articles write to its aliases"
            yield Finding("entity-never-mentioned", key.span, f"“{key}” is mentioned nowhere", hint, (str(key),))
            continue
        used = written & {folded(text) for text in (form.name, *(alias.text for alias in form.aliases))}
        for alias in form.aliases:
            if not _is_used(folded(alias.text), used):
                fact = f"no text writes “{alias.text}”"
                hint = "delete this alias; or keep it for those who search so, with an “ignore” that says why"
                yield Finding("alias-never-used", alias.text.span, fact, hint, (str(key),))


def _is_used(alias: str, used: set[str]) -> bool:
    """Whether a text writes an alias, or a part of it that is a form too: “Jovanović” for “Milica Jovanović”."""
    return alias in used or any(re.search(rf"\b{re.escape(form)}\b", alias) for form in used)


def forms_written(case: Case, noted: Mapping[str, ArticleNotes]) -> set[str]:
    """Every form of the register that an article or a text of the author's holds, also within a longer one."""
    register = case.register
    shown = set[str]().union(*(notes.forms for notes in noted.values()))
    written = {register.spellings.get(form, form) for form in shown}
    # Most forms are found as names already; only for the others every text is read again.
    others = Register({form: of for form, of in register.forms.items() if form not in written})
    if others.forms:
        name = digest_of(tuple(others.forms)).hex()
        written |= case.memo.recall("others", (*case.own_texts, name), partial(_forms_in_own_texts, case, others))
        for draft in case.drafts.articles:
            key = (case.drafts.made_of[draft.slug], name)
            written |= case.memo.recall("others in one", key, partial(_forms_in, draft, case, others))
    return written & register.forms.keys()


def _forms_in_own_texts(case: Case, register: Register) -> frozenset[str]:
    return frozenset(match.form for text in texts_of_briefing(case.drafts) for match in register.everywhere(text))


def _forms_in(draft: ArticleDraft, case: Case, register: Register) -> frozenset[str]:
    article = case.articles[draft.slug]
    texts = [*texts_around(article), *(block.text for block in article.blocks if block.citable)]
    texts += texts_of_summary(draft)
    return frozenset(match.form for text in texts for match in register.everywhere(text))
