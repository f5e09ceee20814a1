"""Accounts with one key, merged to one event; the editor's wording over them; disputed dates found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from builder.briefing.citing import Citer, Page
from builder.briefing.dates import any_conflict, most_exact, order
from builder.briefing.prosing import Known, no_such, resolve_prose
from builder.briefing.remembered import Remembered
from builder.fingerprints import Fingerprints
from builder.model import Account, Event, Link, Passage, Status
from builder.problems import Problem, nearest
from builder.reading.articles import ArticleDraft
from builder.reading.prose import read_prose
from builder.reading.schema import AccountForm, EventForm
from builder.reading.yamls import Text
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class KeyedAccount:
    """An account as written, with its article and the key of its event. `passage` None: its quotation is not there."""

    draft: ArticleDraft
    form: AccountForm
    key: str
    passage: Passage | None


CitedAccount = tuple[ArticleDraft, AccountForm, Passage | None]


def keyed(accounts: Iterable[CitedAccount]) -> tuple[KeyedAccount, ...]:
    """Every account with a key: its own, or `<slug>-l<line of its quote>`, numbered where two stand on one line."""
    taken: Counter[str] = Counter()
    named = []
    for draft, form, passage in accounts:
        key = str(form.event) if form.event else f"{draft.slug}-l{passage.line if passage else 0}"
        if not form.event:
            taken[key] += 1
            key += f"-{taken[key]}" if taken[key] > 1 else ""
        named.append(KeyedAccount(draft, form, key, passage))
    return tuple(named)


def event_titles(accounts: Iterable[KeyedAccount], edited: Mapping[Text, EventForm]) -> dict[str, str]:
    """The title of each event: the editor's, else the first that an account gives."""
    titles: dict[str, str] = {str(key): str(form.title) for key, form in edited.items() if form.title}
    for account in accounts:
        if account.form.title:
            titles.setdefault(account.key, str(account.form.title))
    for account in accounts:
        titles.setdefault(account.key, account.key)
    return {**dict.fromkeys(map(str, edited), ""), **titles}


def key_problems(accounts: Sequence[KeyedAccount], edited: Mapping[Text, EventForm]) -> Iterator[Problem]:
    """Keys that stand alone, and events without a title, a date or a source."""
    count = Counter(account.key for account in accounts)
    has_title = {account.key for account in accounts if account.form.title}
    has_title |= {str(key) for key, form in edited.items() if form.title}
    keys = frozenset([*map(str, edited), *count])
    for account in accounts:
        key = account.form.event
        if key and key not in edited and count[key] == 1:
            near = nearest(key, keys)
            hint = f"the nearest is “{near}”" if near else "add it to timeline.yaml, or leave “event” out"
            fact = f"no other account and no entry of timeline.yaml has the key “{key}”"
            yield Problem(key.span, "event-unknown", fact, hint)
        elif account.key not in has_title:
            has_title.add(account.key)
            place = key.span if key else account.form.quote[0].span
            hint = "add “title: …” to this account, or to its entry in timeline.yaml"
            yield Problem(place, "missing-key", "“title” is missing: nothing says what this event is called", hint)
    told = frozenset(count)
    for key, form in edited.items():
        if count[key]:
            continue
        given = {"title": form.title, "date": form.date, "source": form.source}
        if missing := [name for name, value in given.items() if not value]:
            near = nearest(key, told)
            fact = f"“{missing[-1]}” is missing: no article gives an account of this event"
            hint = f"add “{missing[-1]}: …”" + (" with a title and a url" if missing[-1] == "source" else "")
            hint += f", or was it meant to be “{near}”?" if near else ""
            yield Problem(key.span, "missing-key", fact, hint)


def merge(
    accounts: Sequence[KeyedAccount],
    edited: Mapping[Text, EventForm],
    remembered: Remembered,
    made_of: tuple[str, ...],
) -> tuple[Event, ...]:
    """All events in order of date. `made_of`: names for all that they are made of beside the articles."""
    by_key: dict[str, list[KeyedAccount]] = {}
    for account in accounts:
        by_key.setdefault(account.key, []).append(account)
    forms = {str(key): form for key, form in edited.items()}
    unedited = EventForm()
    events = []
    for key in dict.fromkeys([*by_key, *forms]):
        told = by_key.get(key, [])
        names = [name for account in told for name in _names_of(account, remembered.made_of)]
        work = partial(_merged, key, told, forms.get(key, unedited))
        if event := remembered.of("event", (*made_of, key, *names), work):
            events.append(event)
    return tuple(sorted(events, key=lambda event: (order(event.when), event.title, event.key)))


def _names_of(account: KeyedAccount, made_of: Mapping[str, str]) -> tuple[str, str]:
    """Which account of which text it is."""
    place = account.form.quote[0].span
    return made_of[account.draft.slug], f"{place.line}:{place.column}"


def _merged(key: str, told: Sequence[KeyedAccount], form: EventForm, citer: Citer, known: Known) -> Event | None:
    about = [account.draft.slug for account in told]
    resolved = [_account(account, citer, known) for account in told]
    event = _event(key, tuple(filter(None, resolved)), about, form, citer, known)
    return replace(event, digest=Fingerprints().of(event).hex()) if event else None


def _account(account: KeyedAccount, citer: Citer, known: Known) -> Account | None:
    """The account, all of it checked, if its quotation is where it says."""
    form, slug = account.form, account.draft.slug
    page = Page("article", slug)
    # The editor's title stands for all accounts, and the first account's for the others.
    citer.check_words(form.title, [slug], page if form.title == known.events[account.key] else None)
    citer.check_words(form.basis, [slug], page)
    entities = known_entities(form.entities, citer, known)
    if account.passage is None:
        return None
    return Account(
        slug,
        account.key,
        str(form.title or ""),
        form.date.when,
        str(form.basis or ""),
        _status(form.status) or "happened",
        account.passage,
        entities,
    )


def _event(
    key: str, accounts: tuple[Account, ...], about: Sequence[str], form: EventForm, citer: Citer, known: Known
) -> Event | None:
    """The event of these accounts; `about` are the articles that tell of it, those with a wrong quotation too."""
    dates = tuple(account.when for account in accounts)
    when = form.date.when if form.date else most_exact(dates) if dates else None
    if when is None:
        return None  # reported: a background event needs its own date, or the quotations of all accounts are wrong
    page = Page("event", key)
    note = resolve_prose(read_prose(form.note), page, citer, known, about=about)
    for text in (form.title, form.disputed):
        citer.check_words(text, [*about, *(cite.article for cite in note.cites)], page)
    own = _status(form.status)
    return Event(
        key,
        known.events[key],
        when,
        (own,) if own else tuple(dict.fromkeys(account.status for account in accounts)) or ("happened",),
        accounts,
        tuple(
            dict.fromkeys(
                [
                    *(entity for account in accounts for entity in account.entities),
                    *known_entities(form.entities, citer, known),
                ]
            )
        ),
        note,
        str(form.disputed or ""),
        any_conflict(dates),
        Link(str(form.source.title), str(form.source.url)) if form.source else None,
    )


def known_entities(entities: Iterable[Text], citer: Citer, known: Known) -> tuple[str, ...]:
    """The ids that are in the register; a problem for each other."""
    found = []
    for entity in entities:
        if entity in known.entities:
            found.append(str(entity))
        else:
            citer.problems.append(no_such("entity", entity, known.entities, entity.span))
    return tuple(dict.fromkeys(found))


def _status(text: Text | None) -> Status | None:
    match text:
        case "happened" | "said" | "claimed" | "planned":
            return str(text)  # type: ignore[return-value]  # the schema lets nothing else through
        case _:
            return None
