"""Titles that are wrong at the time: “former President” of the one in office, “Minister” of one who no longer is."""

import re
from collections.abc import Iterable, Iterator

from builder.briefing.dates import AFTER_ALL, BEFORE_ALL
from builder.briefing.lint_case import Case, Finding, own_words, place_in, shortened
from builder.briefing.titles import Holder, Title, titles_of
from builder.model import Article, Day, Mention, Office, When
from builder.reading.yamls import Text

YEAR = re.compile(r"\b[12]\d{3}\b")
"""In a paragraph that names a year, a title may be that of the time it tells of."""


def titles_in_article(article: Article, case: Case) -> Iterator[Finding]:
    """Wrong titles that a source gives. A note beside one is the answer to it."""
    published, holders = article.published.when, case.holders
    if published is None:
        return
    formerly = set[str]()
    for mention in article.mentions:
        if mention.entity not in holders:
            continue
        block, holder = article.blocks[mention.block], holders[mention.entity]
        for title in titles_of(block.text, mention.start, mention.end, holder):
            if title.claims != "present":
                formerly.add(mention.entity)
            elif mention.entity in formerly or YEAR.search(block.text):
                continue
            if is_wrong(title, published) and not _is_noted(title, mention, article):
                shown = block.text[title.start : title.end]
                fact = f"“{shown}”: {_register_has(title, holder)}, and the article is of {published.edtf}"
                hint = "if the source is wrong, say so in a note beside it; if the register is, mend “offices”"
                place, file = place_in(article, block, title.start), case.written[article.slug].form_path
                names = (article.slug, mention.entity)
                yield Finding("title-at-the-time", place, fact, hint, names, (block.line,), file)


def titles_in_own_texts(texts: Iterable[Text], case: Case) -> Iterator[Finding]:
    """“Former” in an author's own words, of one who holds the office on the day of the briefing."""
    as_of, holders = case.briefing.as_of, case.holders
    for text in texts if holders else ():
        words = own_words(text)
        for match in case.register.matches(words):
            form = case.register.forms[match.form]
            holder = None if form.ambiguous else holders.get(form.entities[0])
            for title in titles_of(words, match.start, match.end, holder) if holder else ():
                if holder and title.claims == "former" and is_wrong(title, as_of):
                    shown = shortened(text[title.start : title.end])
                    fact = f"“{shown}”: {_register_has(title, holder)}, and the briefing is as of {as_of.edtf}"
                    hint = "mend the title, or “offices” in the register"
                    yield Finding("title-at-the-time", text.at(title.start), fact, hint, form.entities)


def is_wrong(title: Title, when: When) -> bool:
    """Whether the register's dates exclude what a title says, whichever of the offices it means."""
    first, last = when.earliest or BEFORE_ALL, when.latest or AFTER_ALL
    terms_of: dict[str, list[Office]] = {}
    for office in title.offices:
        terms_of.setdefault(office.title, []).append(office)
    for terms in terms_of.values():
        holds = any(_begin(term)[1] < first and _end(term)[0] > last for term in terms)
        ended = any(_end(term)[0] < last for term in terms)
        may_hold = any(_begin(term)[0] <= last and _end(term)[1] >= first for term in terms)
        right = {"former": not holds, "then": not holds or ended, "present": may_hold}
        if right[title.claims]:
            return False
    return True


def _begin(term: Office) -> tuple[Day, Day]:
    """The first and the last day on which a term may have begun."""
    since = term.since
    return (since.earliest or BEFORE_ALL, since.latest or AFTER_ALL) if since else (BEFORE_ALL, BEFORE_ALL)


def _end(term: Office) -> tuple[Day, Day]:
    until = term.until
    return (until.earliest or BEFORE_ALL, until.latest or AFTER_ALL) if until else (AFTER_ALL, AFTER_ALL)


def _register_has(title: Title, holder: Holder) -> str:
    terms = " and ".join(_dates(office) for office in title.offices)
    return f"the register has {holder.name} as {title.offices[0].title} {terms}"


def _dates(office: Office) -> str:
    since = f"from {office.since.edtf}" if office.since else ""
    until = f"to {office.until.edtf}" if office.until else ""
    return " ".join(filter(None, [since, until])) or "without dates"


def _is_noted(title: Title, mention: Mention, article: Article) -> bool:
    return any(
        part.block == mention.block and part.start < title.end and title.start < part.end
        for note in article.notes
        for part in note.passage.parts
    )
