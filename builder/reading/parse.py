"""All inputs to drafts: which file is what, and what its author wrote in it."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from posixpath import basename, splitext

from builder.files import COPIED, Files, as_files
from builder.memo import Memo, Spread, one_by_one
from builder.problems import Problem, Span
from builder.reading.articles import ArticleDraft, ArticleReading, read_article, summary_of
from builder.reading.fields import SLUG, SLUG_HINT
from builder.reading.files import (
    ARTICLES,
    BRIEFING,
    ENTITIES,
    PAGES,
    TIMELINE,
    Entry,
    Reading,
    read_briefing,
    read_entries,
    read_settings,
    split_front_matter,
    unread,
)
from builder.reading.forms import fill
from builder.reading.prose import PAGE_HEADING, ProseForm, read_prose
from builder.reading.schema import BriefingForm, EntityForm, EventForm
from builder.reading.schema_site import PageForm, SiteForm
from builder.reading.seal import check_seal
from builder.reading.shapes import IgnoreForm
from builder.reading.yamls import Text, read_yaml
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class PageDraft:
    slug: str
    path: str
    form: PageForm
    text: ProseForm


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything an author wrote.

    `hidden` are articles left out as drafts, `broken` those that could not be read: both are known by name. `files` are
    paths in the output that are copied. `made_of`: a name for the bytes that an article was read from, by its slug; and
    the SHA-256 of each other file that an author writes in, by its path.
    """

    site: SiteForm
    briefing: BriefingForm
    entities: Mapping[Text, EntityForm]
    events: Mapping[Text, EventForm]
    articles: tuple[ArticleDraft, ...]
    pages: tuple[PageDraft, ...]
    hidden: frozenset[str]
    broken: frozenset[str]
    files: frozenset[str]
    ignores: tuple[tuple[str, IgnoreForm], ...]
    problems: tuple[Problem, ...]
    made_of: Mapping[str, str]


def parse(
    inputs: Mapping[str, bytes],
    *,
    drafts: bool = False,
    unreadable: frozenset[str] = frozenset(),
    memo: Memo | None = None,
    spread: Spread = one_by_one,
) -> Drafts:
    """Reads the files of a site: path from its root → bytes.

    `drafts`: articles and pages marked as drafts count as well. `unreadable` are paths that are there but could not be
    read, which is reported elsewhere. `memo` recalls articles that were read before; `spread` is a `map` for the rest,
    which may do its work in several processes.
    """
    reading, inputs = Reading(), as_files(inputs)
    memo = Memo() if memo is None else memo
    articles: list[ArticleDraft] = []
    made_of: dict[str, str] = {}
    for key, draft in _articles(inputs, unreadable, reading, memo, spread):
        articles.append(draft)
        made_of[draft.slug] = key
    hidden = {draft.slug for draft in articles if draft.hidden and not drafts}
    shown = [draft for draft in articles if draft.slug not in hidden]
    read = {path for draft in articles for path in (draft.path, draft.form_path)}
    left = [path for path in (*inputs, *unreadable) if path.startswith(ARTICLES) and path not in read]
    pages = [page for page in _pages(inputs, reading) if drafts or not page.form.draft]
    others = (BRIEFING, ENTITIES, TIMELINE, *(page.path for page in pages))
    made_of |= {path: inputs.sha256(path) for path in others if path in inputs}
    site, briefing = read_settings(inputs, reading), read_briefing(inputs, reading)
    entities = _entries(ENTITIES, EntityForm, inputs, reading, memo)
    events = _entries(TIMELINE, EventForm, inputs, reading, memo)
    reading.problems += [*unread(inputs), *check_seal(inputs, unreadable)]
    return Drafts(
        site,
        briefing,
        entities,
        events,
        tuple(shown),
        tuple(pages),
        frozenset(hidden),
        frozenset({splitext(basename(path))[0] for path in left} - made_of.keys()),
        frozenset(path.removeprefix("content/") for path in inputs if path.startswith(COPIED)),
        tuple(reading.ignores),
        tuple(reading.problems),
        made_of,
    )


def _entries(path: str, model: type[Entry], inputs: Files, reading: Reading, memo: Memo) -> dict[Text, Entry]:
    def read() -> tuple[dict[Text, Entry], tuple[Problem, ...], tuple[tuple[str, IgnoreForm], ...]]:
        own = Reading()
        # It is shown this file and no other.
        entries = read_entries(path, model, {path: inputs[path]}, own)
        return entries, tuple(own.problems), tuple(own.ignores)

    if path not in inputs:
        return {}
    entries, problems, ignores = memo.recall("entries", (path, inputs.sha256(path)), read)
    reading.problems += problems
    reading.ignores += ignores
    return entries


# --- articles ------------------------------------------------------------------------------------------------------


def _articles(
    inputs: Files, unreadable: frozenset[str], reading: Reading, memo: Memo, spread: Spread
) -> Iterator[tuple[str, ArticleDraft]]:
    """Each with a name for what it was read from."""
    paths = list(_seeds(inputs, unreadable, reading))
    asked = ((_read_for(path, inputs), partial(_read, path, inputs)) for path in paths)
    for key, article in memo.recall_all("article", asked, spread):
        reading.problems += article.problems
        reading.ignores += article.ignores
        if article.draft:
            yield key, article.draft


def _read_for(path: str, inputs: Files) -> tuple[str, ...]:
    """All that an article is made of."""
    summary = summary_of(path)
    return (path, inputs.sha256(path), inputs.sha256(summary) if summary in inputs else "")


def _read(path: str, inputs: Files) -> ArticleReading:
    """It is shown the files that it was named by and no others, so that it cannot depend on them."""
    return read_article(path, {name: inputs[name] for name in (path, summary_of(path)) if name in inputs})


def _seeds(inputs: Files, unreadable: frozenset[str], reading: Reading) -> Iterator[str]:
    """The files that are articles; each other in their folder, and each whose name will not do, is a problem."""
    taken: dict[str, str] = {}
    paths = sorted(path for path in inputs if path.startswith(ARTICLES))
    texts = {path.rpartition(".")[0] for path in (*paths, *unreadable) if path.endswith((".txt", ".md"))}
    for path in paths:
        stem, suffix = splitext(path)
        if suffix == ".yaml":
            if stem not in texts:
                hint = f"put the article's text beside it, as {basename(stem)}.txt or {basename(stem)}.md"
                reading.problems.append(
                    Problem(Span(path), "summary-without-seed", "this summary has no article", hint)
                )
            continue
        if suffix not in (".txt", ".md"):
            hint = "an article is a .txt or .md file, its summary a .yaml file; other files go to content/files/"
            reading.problems.append(Problem(Span(path), "unknown-file", "this file is not read", hint, "warning"))
            continue
        slug = basename(stem)
        if not SLUG.fullmatch(slug):
            better = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")
            hint = SLUG_HINT + (f"; rename it to {better}{suffix}" if better else "")
            reading.problems.append(Problem(Span(path), "bad-slug", f"the file name “{slug}” cannot be an id", hint))
            continue
        if slug in taken:
            fact = f"“{slug}” is taken by {taken[slug]}"
            hint = "the file's name is the article's id; it stands once, whatever its folder"
            reading.problems.append(Problem(Span(path), "slug-taken", fact, hint))
            continue
        taken[slug] = path
        yield path


def _pages(inputs: Mapping[str, bytes], reading: Reading) -> Iterator[PageDraft]:
    for path in sorted(path for path in inputs if path.startswith(PAGES) and path.endswith(".md")):
        text = reading.text_of(path, inputs[path])
        if text is None:
            continue
        front, body, body_line = split_front_matter(text)
        slug = basename(path).removesuffix(".md")
        if not SLUG.fullmatch(slug):
            reading.problems.append(
                Problem(Span(path), "bad-slug", f"the file name “{slug}” cannot be an id", SLUG_HINT)
            )
            continue
        if front is None:
            hint = "begin it with a line “---”, a line “title: …” and a line “---”"
            reading.problems.append(Problem(Span(path), "missing-key", "this page has no front matter", hint))
            continue
        form, problems = fill(PageForm, read_yaml(front, path, 2), {"title": slug})
        reading.problems += problems
        if form is None:
            continue
        reading.note_ignores(path, form)
        yield PageDraft(slug, path, form, read_prose(Text(body, Span(path, body_line)), PAGE_HEADING))
