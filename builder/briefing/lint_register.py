"""Entries of the register that nothing needs."""

import re
from collections.abc import Iterator

from builder.briefing.folding import folded
from builder.briefing.lint_case import Case, Finding, own_texts, texts_around
from builder.briefing.lint_names import REFERENCE
from builder.briefing.names import Register


def register_findings(case: Case) -> Iterator[Finding]:
    """Entities that nothing mentions, and aliases that no text writes.

    Where a file could not be read, or something names an entity that there is not, nobody knows.
    """
    called = entities_called(case)
    if not case.complete or not case.briefing.articles or called - {str(key) for key in case.drafts.entities}:
        return
    written = forms_written(case)
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


def forms_written(case: Case) -> set[str]:
    """Every form of the register that an article or a text of the author's holds, also within a longer one."""
    register, articles = case.register, case.briefing.articles
    shown = {mention.form for article in articles for mention in article.mentions}
    written = {register.spellings.get(form, form) for form in map(folded, shown)}
    # Most forms are found as names already; only for the others every text is read again.
    others = Register({form: of for form, of in register.forms.items() if form not in written})
    if others.forms:
        texts = [text for article in articles for text in texts_around(article)]
        texts += [block.text for article in articles for block in article.blocks if block.citable]
        texts += own_texts(case.drafts)
        written |= {match.form for text in texts for match in others.everywhere(text)}
    return written & register.forms.keys()


def entities_called(case: Case) -> set[str]:
    """Entities that are called by their id: in links, as speakers, with events, in decisions about names."""
    drafts = case.drafts
    named = {link[1] for text in own_texts(drafts) for link in REFERENCE.finditer(text)}
    named |= {str(entity) for event in drafts.events.values() for entity in event.entities}
    for draft in drafts.articles:
        form = draft.form
        named |= {str(entity) for account in form.events for entity in account.entities}
        named |= {str(decision.entity) for decision in form.mentions if decision.entity}
        for quote in form.quotes:
            speaker = quote.speaker.entity if quote.speaker else None
            named |= {str(person) for person in (speaker, quote.reported_by) if person}
    return named
