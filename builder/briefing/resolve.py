"""Drafts to the briefing, and every problem on the way: from what was written to what is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from builder.briefing.articles import cited_accounts, resolve_article, rights, with_text
from builder.briefing.citing import Citer, Page
from builder.briefing.claims import HOME, Grounds, changes, claims, questions, sections, unknowns
from builder.briefing.dates import AFTER_ALL, order
from builder.briefing.names import Register, read_register
from builder.briefing.prosing import Known, resolve_prose
from builder.briefing.quotes import Source
from builder.briefing.remembered import Remembered
from builder.briefing.timeline import CitedAccount, event_titles, key_problems, keyed, merge
from builder.briefing.versions import origins, wire_copies
from builder.fingerprints import digest_of
from builder.memo import Memo, Spread, one_by_one
from builder.model import Account, Article, Briefing, Entity, FreePage, Link, Office, Publishing, Settings
from builder.problems import Problem, Span
from builder.reading.articles import ArticleDraft
from builder.reading.files import ENTITIES, TIMELINE
from builder.reading.parse import Drafts, PageDraft
from builder.reading.prose import read_prose
from builder.reading.schema import EntityForm
from builder.reading.schema_site import SiteForm
from builder.values import dataclass

OWN_PAGES = ("index", "timeline", "differences", "sources", "quotations", "search", "data", "404")
"""Pages at the output's root that are Sourcebook's own."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A briefing and what is wrong with it. With errors it is what could be resolved, and is not to be published.

    `links` are paths in the output that texts link to, each with its place.
    """

    briefing: Briefing
    problems: tuple[Problem, ...]
    links: tuple[tuple[str, Span], ...]


def resolve(drafts: Drafts, memo: Memo | None = None, spread: Spread = one_by_one) -> Resolved:
    """Links and checks everything. `memo` recalls what was made of articles, events and entries that are as they were,
    as is all that they cite and name; `spread` is a `map` for the rest."""
    memo = Memo() if memo is None else memo
    sources = {d.slug: Source(d.slug, d.path, d.source.blocks, d.last_line) for d in drafts.articles}
    citer = Citer(sources, drafts.hidden, drafts.broken)
    register, problems = read_register(drafts.entities)
    citer.problems += [*problems, *_path_problems(drafts)]
    settings = _settings(drafts.site)

    accounts = keyed(_cited_accounts(drafts, memo, citer, register, spread))
    citer.problems += key_problems(accounts, drafts.events)
    names = {str(key): str(form.name) for key, form in drafts.entities.items()}
    known = Known(names, event_titles(accounts, drafts.events), register)
    named = digest_of((repr(settings), tuple(register.forms.items()))).hex()
    remembered = Remembered(memo, citer, known, _sources_made_of(drafts))
    entries = drafts.made_of.get(TIMELINE, ""), named
    events = merge(accounts, drafts.events, remembered, entries)

    told: dict[str, list[tuple[Account, str]]] = {draft.slug: [] for draft in drafts.articles}
    for event in events:
        for account in event.accounts:
            told[account.article].append((account, event.digest))
    asked = [_asked(draft, told[draft.slug], settings, named, drafts.made_of) for draft in drafts.articles]
    resolved = zip(drafts.articles, remembered.of_all("resolved", asked, spread), strict=True)
    articles = sorted((with_text(article, draft) for draft, article in resolved), key=_article_order)
    texts = [(article.slug, article.blocks) for article in articles]
    copies = wire_copies(texts, settings.wire_copy_threshold, drafts.made_of, memo, spread)
    groups = origins([article.slug for article in articles], copies)
    citer.problems += _comparison_problems(copies, {article.slug: article for article in articles})
    form, grounds = drafts.briefing, Grounds(articles, groups)
    citer.check_words(form.title, sources, HOME)
    briefing = Briefing(
        settings,
        str(form.title),
        form.as_of.when,
        str(form.edition or ""),
        resolve_prose(read_prose(form.bottom_line), HOME, citer, known),
        tuple(claims(form, grounds, citer, known)),
        tuple(sections(form, citer, known)),
        tuple(questions(form, grounds, citer, known)),
        tuple(unknowns(form, citer, known)),
        tuple(changes(form, citer, known)),
        tuple(articles),
        tuple(_entities(drafts, remembered, (drafts.made_of.get(ENTITIES, ""), named))),
        events,
        groups,
        tuple(_page(draft, citer, known) for draft in drafts.pages),
        (),
        tuple(copies),
    )
    links = [*citer.links, *(link for draft in drafts.articles for link in draft.source.links)]
    problems = [*drafts.problems, *citer.problems]
    return Resolved(replace(briefing, uses=tuple(citer.uses)), tuple(problems), tuple(links))


def _asked(
    draft: ArticleDraft,
    told: Iterable[tuple[Account, str]],
    settings: Settings,
    named: str,
    made_of: Mapping[str, str],
) -> tuple[tuple[str, ...], Callable[[Citer, Known], Article]]:
    """All that an article is made of, and who makes it. `told`: its accounts, each with the digest of the event that it
    is of."""
    accounts = tuple(account for account, _ in told)
    key = (made_of[draft.slug], named, *(event for _, event in told))
    return key, partial(resolve_article, draft, accounts, settings)


def _sources_made_of(drafts: Drafts) -> dict[str, str]:
    return {draft.slug: drafts.made_of[draft.slug] for draft in drafts.articles}


def _cited_accounts(
    drafts: Drafts, memo: Memo, citer: Citer, register: Register, spread: Spread
) -> Iterator[CitedAccount]:
    """What every article tells of events. An account is cited from the text that it is about, and from no other."""
    remembered = Remembered(memo, citer, Known({}, {}, register), _sources_made_of(drafts))
    telling = [draft for draft in drafts.articles if draft.tells]
    asked = [((drafts.made_of[draft.slug],), partial(cited_accounts, draft)) for draft in telling]
    for draft, cited in zip(telling, remembered.of_all("accounts", asked, spread), strict=True):
        yield from ((draft, form, passage) for form, passage in cited)


def _settings(form: SiteForm) -> Settings:
    return Settings(
        str(form.title),
        str(form.name or "briefing"),
        str(form.description or ""),
        str(form.url or ""),
        str(form.language or "en"),
        tuple(Link(str(author.name), str(author.url or "")) for author in form.authors),
        str(form.license or ""),
        rights(form.text) or "full",
        str(form.style.accent or ""),
        {kind: str(label) for kind, label in form.kinds.items()},
        form.wire_copy.threshold,
        str(form.search.languages or "auto"),
        Publishing(
            str(form.publish.remote or "origin"), str(form.publish.branch or "gh-pages"), str(form.publish.cname or "")
        ),
    )


def _article_order(article: Article) -> tuple[object, ...]:
    when = article.published.when
    return (*(order(when) if when else (AFTER_ALL, AFTER_ALL)), article.title, article.slug)


def _comparison_problems(
    copies: Iterable[tuple[str, str, float]], articles: Mapping[str, Article]
) -> Iterator[Problem]:
    """Two pairs of prints whose pages would have one path: a with b--c, and a--b with c."""
    taken: dict[str, str] = {}
    for one, other, _ in copies:
        name = f"{one}--{other}"
        if name in taken:
            fact = f"versions/{name}.html compares {taken[name]} already, and would compare {one} and {other}"
            yield Problem(Span(articles[other].path), "path-taken", fact, "rename this article")
        taken.setdefault(name, f"{one} and {other}")


def _entities(drafts: Drafts, remembered: Remembered, made_of: tuple[str, ...]) -> Iterator[Entity]:
    """The register by name, the id deciding between two of one name."""
    by_name = sorted(drafts.entities.items(), key=lambda entry: (str(entry[1].name).casefold(), str(entry[0])))
    return (remembered.of("entity", (*made_of, str(key)), partial(_entity, str(key), form)) for key, form in by_name)


def _entity(entity_id: str, form: EntityForm, citer: Citer, known: Known) -> Entity:
    forms = dict.fromkeys([str(form.name), *(str(alias.text) for alias in form.aliases)])
    return Entity(
        entity_id,
        str(form.name),
        str(form.kind),
        tuple(forms),
        resolve_prose(read_prose(form.description), Page("entity", entity_id), citer, known),
        tuple(
            Office(
                str(office.title),
                office.since.when if office.since else None,
                office.until.when if office.until else None,
            )
            for office in form.offices
        ),
        str(form.wikidata or ""),
        tuple(Link(str(link.title), str(link.url)) for link in form.links),
    )


def _page(draft: PageDraft, citer: Citer, known: Known) -> FreePage:
    text = resolve_prose(draft.text, Page("page", draft.slug), citer, known, check_words=False)
    return FreePage(draft.slug, draft.path, str(draft.form.title), draft.form.nav, text)


def _path_problems(drafts: Drafts) -> Iterator[Problem]:
    """Two pages with one path."""
    taken = dict.fromkeys(OWN_PAGES, "Sourcebook's own")
    for page in drafts.pages:
        if page.slug in taken:
            fact = f"{page.slug}.html is {taken[page.slug]} page already"
            yield Problem(Span(page.path), "path-taken", fact, "rename this file")
        taken.setdefault(page.slug, f"{page.path}'s")
    for key in drafts.entities:
        if key == "index":
            fact = "entities/index.html is Sourcebook's own page already"
            yield Problem(key.span, "path-taken", fact, "give this entity another id")
