"""Dates that cannot be right: wrong weekdays, events from the future, a stale briefing; and unexplained disputes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from builder.briefing.dates import AFTER_ALL, BEFORE_ALL, conflict
from builder.briefing.lint_case import Case, Finding, own_words, plain
from builder.briefing.named_days import (
    NamedDay,
    date_of,
    days_between,
    days_named,
    days_of,
    most_recent,
    weekday_name,
    weekdays_with_dates,
)
from builder.briefing.timeline import KeyedAccount
from builder.briefing.wording import quoted_words
from builder.model import Event, When
from builder.patterns import pattern
from builder.reading.yamls import Text

WEEK = 7

REFERENCE = pattern(
    r"\b(?:after|before|since|until|till|from|by|following|than|seit|bis|vor|nach|ab)\s(?:(?:the|last|next|dem|den|der)\s)?$",
    re.IGNORECASE,
)
"""Before a day that is not the event's own: “two days after Friday”."""

ANOTHER_WEEK = pattern(
    r"\b(?:last|previous|prior|ago|weeks?|earlier|later|next|letzt\w*|vorig\w*|vorvorig\w*|vergangen\w*|\w*woche\w*|"
    r"früher|später|nächst\w*|kommend\w*|dernier|prochain|pasado|semana|semaine)\b",
    re.IGNORECASE,
)
"""Words that may put a weekday into another week than the last one."""

OF_DAYS = pattern(
    r"\b(?:days?|dates?|dated|weekdays?|weeks?|months?|years?|earlier|later|Tag\w*|Datum|Daten|Wochentag\w*|Woche\w*|"
    r"Monat\w*|Jahr\w*|früher|später|[12]\d{3})\b",
    re.IGNORECASE,
)
"""What a note that explains a date speaks of."""


def date_findings(case: Case) -> Iterator[Finding]:
    yield from date_outside_accounts(case)
    yield from disputed_without_note(case)
    yield from stale(case)


# --- weekdays ------------------------------------------------------------------------------------------------------


def weekday(account: KeyedAccount, case: Case) -> Iterator[Finding]:
    """The days that the quotation names, or where it names none the basis: one of them must be the event's."""
    when = account.form.date.when
    if when.approximate or when.earliest is None or when.latest is None:
        return
    named = days_in_quote(account, case)
    where = "the quotation"
    if not named:
        named, where = days_in_basis(account, case), "the basis"
    language = case.articles[account.draft.slug].language
    if named and not any(day.within(when) for day in named):
        fact = f"{where} says {_listed(named, language)}; {_shown(when)}"
        yield _finding("weekday", account, fact, _advice(named[0], account, case))
    elif named and (expected := _most_recent_instead(named, account, case)):
        name = weekday_name(expected.weekday(), language)
        fact = f"{where} says {name}; {when.edtf} is one, but not the last before the article"
        hint = f"write {expected.isoformat()}, or say in “basis” from which week it is"
        yield _finding("weekday", account, fact, hint)


def weekdays_in_own_texts(texts: Iterable[Text], case: Case) -> Iterator[Finding]:
    """“Thursday 12 November” in an author's own words, where that is no Thursday in any year of the briefing."""
    years = case.times.years
    for text in texts:
        words = own_words(text)
        for weekday, day in weekdays_with_dates(words, (case.language,)):
            possible = [date_of(year, day) for year in ([day.year] if day.year else years)]
            told = [date for date in possible if date]
            if told and not any(date.weekday() == weekday.weekday for date in told):
                name = weekday_name(told[0].weekday(), case.language)
                fact = f"“{text[weekday.start : day.end]}”: {told[0].isoformat()} is a {name}"
                yield Finding("weekday", text.at(weekday.start), fact, "mend the weekday or the date")


def days_in_quote(account: KeyedAccount, case: Case) -> list[NamedDay]:
    """The days that an account's quotation names as its own: what somebody says in it may be about another day."""
    text = account.passage.text if account.passage else ""
    named = days_named(text, (case.articles[account.draft.slug].language,))
    spoken = _spoken(text)
    if account.form.status in ("said", "claimed") or _says_more(text, spoken):
        named = [day for day in named if not _among(spoken, day)]
    return [day for day in named if not _is_reference(text, day, dates_too=bool(account.form.basis))]


def days_in_basis(account: KeyedAccount, case: Case) -> list[NamedDay]:
    """The weekdays that a basis quotes, else those it names itself. A full date there is what was counted from."""
    text = account.form.basis or ""
    languages = (case.articles[account.draft.slug].language, case.language)
    named = [day for day in days_named(text, languages) if day.weekday >= 0]
    spoken = _spoken(text)
    quoted = [day for day in named if _among(spoken, day)]
    return [day for day in quoted or named if not _is_reference(text, day)]


def _spoken(text: str) -> list[tuple[int, int]]:
    """Where the words in quotation marks stand."""
    return [(word.offset, word.offset + len(word.words)) for word in quoted_words(text) if word.closed]


def _says_more(text: str, spoken: Sequence[tuple[int, int]]) -> bool:
    """Whether there are words beside the spoken ones."""
    return sum(map(str.isalnum, text)) > sum(sum(map(str.isalnum, text[start:end])) for start, end in spoken)


def _among(stretches: Sequence[tuple[int, int]], day: NamedDay) -> bool:
    return any(start <= day.start < end for start, end in stretches)


def _is_reference(text: str, day: NamedDay, *, dates_too: bool = True) -> bool:
    """“after Friday”, “Friday’s remarks”: the day of something else."""
    if day.weekday < 0 and not dates_too:
        return False
    possessive = text.startswith(("’s", "'s"), day.end) and day.weekday >= 0
    return possessive or bool(REFERENCE.search(text, max(day.start - 20, 0), day.start))


def _most_recent_instead(named: Sequence[NamedDay], account: KeyedAccount, case: Case) -> date | None:
    """The last such weekday up to publication, where the event has an earlier one and nothing says why."""
    when, published = account.form.date.when, case.articles[account.draft.slug].published.when
    text = f"{account.passage.text if account.passage else ''} {account.form.basis or ''}"
    if account.form.status == "planned" or published is None or ANOTHER_WEEK.search(text):
        return None
    printed = list(days_of(published)) if _days(published) < WEEK else []
    told = set(days_of(when)) if _days(when) < WEEK else set()
    if not printed or not told or max(told) > max(printed) or any(day.weekday < 0 for day in named):
        return None
    expected = [most_recent(day.weekday, until) for day in named for until in printed]
    return None if told & set(expected) else expected[0]


def _days(when: When) -> int:
    return days_between(when.earliest or BEFORE_ALL, when.latest or AFTER_ALL)


def _shown(when: When) -> str:
    """What weekday a date is."""
    days = list(days_of(when))
    names = dict.fromkeys(weekday_name(day.weekday(), "en") for day in days)
    return f"{when.edtf} is a {' or a '.join(names)}" if len(days) <= 2 else f"{when.edtf} has no such day"


def _listed(named: Iterable[NamedDay], language: str) -> str:
    names = (
        weekday_name(day.weekday, language)
        if day.weekday >= 0
        else f"{day.year or ''}-{day.month:02}-{day.day:02}".lstrip("-")
        for day in named
    )
    return " and ".join(dict.fromkeys(names))


def _advice(day: NamedDay, account: KeyedAccount, case: Case) -> str:
    published = case.articles[account.draft.slug].published.when
    printed = list(days_of(published))[-1:] if published and _days(published) < WEEK else []
    if day.weekday < 0 or account.form.status == "planned" or not printed:
        return "mend the date, or quote the words that give it"
    name, until = weekday_name(day.weekday, "en"), printed[0]
    return f"the last {name} up to publication ({until.isoformat()}) is {most_recent(day.weekday, until).isoformat()}"


def _finding(code: str, account: KeyedAccount, message: str, hint: str) -> Finding:
    lines = (account.passage.line,) if account.passage else ()
    names = (account.key, account.draft.slug)
    return Finding(code, account.form.date.span, message, hint, names, lines, account.draft.form_path)


# --- events from the future, disputes, a stale briefing -----------------------------------------------------------


def date_outside_article(account: KeyedAccount, case: Case) -> Iterator[Finding]:
    """An article cannot tell of what came after it, but for what is planned."""
    article, when = case.articles[account.draft.slug], account.form.date.when
    published = article.published.when
    if account.form.status == "planned" or when.approximate or not published or published.approximate:
        return
    if when.earliest and published.latest and when.earliest > published.latest:
        fact = f"this event is of {when.edtf}, but the article that tells of it is of {published.edtf}"
        hint = "mend one of the two dates; if the event was still to come, say “status: planned”"
        yield _finding("date-outside-article", account, fact, hint)


def date_outside_accounts(case: Case) -> Iterator[Finding]:
    """The editor's date of an event that no account of it allows."""
    edited = {str(key): form.date for key, form in case.drafts.events.items() if form.date}
    for event in case.events:
        date = edited.get(event.key)
        told = [account for account in event.accounts if not account.when.approximate]
        if date and told and not event.when.approximate and all(conflict(event.when, one.when) for one in told):
            fact = f"“{event.key}” is of {event.when.edtf} here, but its accounts say {_accounts(event)}"
            hint = "mend the date that is wrong; or say with “ignore” why you follow none of them"
            yield Finding("date-outside-article", date.span, fact, hint, (event.key,))


def disputed_without_note(case: Case) -> Iterator[Finding]:
    """Accounts whose dates exclude each other, and no word about it. A date that leaves all of them open is one."""
    keys = {str(key): key.span for key in case.drafts.events}
    in_conflict = [event for event in case.events if event.conflict]
    for account in reversed(case.keyed if in_conflict else ()):
        keys.setdefault(account.key, account.form.date.span)
    for event in in_conflict:
        left_open = not any(conflict(event.when, account.when) for account in event.accounts)
        if not left_open and not _speaks_of_days(plain(event.note), case.language):
            fact = f"the accounts of “{event.key}” exclude each other: {_accounts(event)}; "
            fact += "its note does not speak of the date" if event.note else "there is no note"
            hint = "say in “note”, in its entry of timeline.yaml, which date you follow and why; or mend the wrong one"
            yield Finding("disputed-without-note", keys[event.key], fact, hint, (event.key,))


def _accounts(event: Event) -> str:
    return ", ".join(dict.fromkeys(f"{account.when.edtf} ({account.article})" for account in event.accounts))


def _speaks_of_days(note: str, language: str) -> bool:
    if language.partition("-")[0] not in ("en", "de"):
        return bool(note)
    return bool(OF_DAYS.search(note) or days_named(note, (language,)))


def stale(case: Case) -> Iterator[Finding]:
    """The newest source is younger than the briefing says that it is."""
    as_of, place = case.briefing.as_of, case.drafts.briefing.as_of.span
    dated = [(article.published.when, article.slug) for article in case.briefing.articles if article.published.when]
    newest, slug = max(((when.earliest or BEFORE_ALL, slug) for when, slug in dated), default=(BEFORE_ALL, ""))
    if as_of.latest and newest > as_of.latest:
        day = f"{newest[0]}-{newest[1]:02}-{newest[2]:02}"
        fact = f"the briefing is as of {as_of.edtf}, but the article “{slug}” is of {day}"
        yield Finding("stale", place, fact, "see whether it changes anything, then put “as_of” forward", (slug,))
