"""All inputs to drafts: which file is what, and what its author wrote in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from posixpath import basename, splitext

from builder.problems import Problem, Span
from builder.reading.fields import SLUG, SLUG_HINT
from builder.reading.files import (
    ARTICLES,
    ENTITIES,
    FILES,
    PAGES,
    TIMELINE,
    Reading,
    read_briefing,
    read_entries,
    read_settings,
    split_front_matter,
    unread,
)
from builder.reading.forms import fill
from builder.reading.prose import PAGE_HEADING, ProseForm, read_prose
from builder.reading.schema import ArticleForm, BriefingForm, EntityForm, EventForm
from builder.reading.schema_site import PageForm, SiteForm
from builder.reading.seal import check_seal
from builder.reading.seed import raw_lines, read_blocks, read_roles
from builder.reading.shapes import IgnoreForm
from builder.reading.sources import SourceText, read_source
from builder.reading.yamls import Document, Text, read_yaml


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """A seed with its summary. `form_path` is the file of the summary, the seed itself where it has front matter."""

    slug: str
    path: str
    form_path: str
    sha256: str
    form: ArticleForm
    source: SourceText
    last_line: int


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
    paths in the output that are copied.
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


def parse(inputs: Mapping[str, bytes], *, drafts: bool = False, unreadable: frozenset[str] = frozenset()) -> Drafts:
    """Reads the files of a site: path from its root → bytes.

    `drafts`: articles and pages marked as drafts count as well. `unreadable` are paths that are there but could not be
    read, which is reported elsewhere.
    """
    reading = Reading()
    articles = list(_articles(inputs, unreadable, reading))
    hidden = {draft.slug for draft in articles if draft.form.draft and not drafts}
    shown = [draft for draft in articles if draft.slug not in hidden]
    known = {splitext(basename(path))[0] for path in (*inputs, *unreadable) if path.startswith(ARTICLES)}
    pages = [page for page in _pages(inputs, reading) if drafts or not page.form.draft]
    site, briefing = read_settings(inputs, reading), read_briefing(inputs, reading)
    entities = read_entries(ENTITIES, EntityForm, inputs, reading)
    events = read_entries(TIMELINE, EventForm, inputs, reading)
    reading.problems += [*unread(inputs), *check_seal(inputs, unreadable)]
    return Drafts(
        site,
        briefing,
        entities,
        events,
        tuple(shown),
        tuple(pages),
        frozenset(hidden),
        frozenset(known - {draft.slug for draft in articles}),
        frozenset(path.removeprefix("content/") for path in inputs if path.startswith(FILES)),
        tuple(reading.ignores),
        tuple(reading.problems),
    )


# --- articles ------------------------------------------------------------------------------------------------------


def _articles(inputs: Mapping[str, bytes], unreadable: frozenset[str], reading: Reading) -> Iterator[ArticleDraft]:
    taken: dict[str, str] = {}
    for path in sorted(path for path in inputs if path.startswith(ARTICLES)):
        stem, suffix = splitext(path)
        if suffix == ".yaml":
            if not any(text in inputs or text in unreadable for text in (f"{stem}.txt", f"{stem}.md")):
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
        if draft := _article(slug, path, inputs, reading):
            yield draft


def _article(slug: str, path: str, inputs: Mapping[str, bytes], reading: Reading) -> ArticleDraft | None:
    text = reading.text_of(path, inputs[path])
    summary_path = splitext(path)[0] + ".yaml"
    document: Document | None = None
    body, body_line = text, 1
    if path.endswith(".md") and text is not None:
        front, body, body_line = split_front_matter(text)
        if front is not None and summary_path in inputs:
            fact = f"this article has a summary in {basename(summary_path)} and one of its own"
            hint = "keep either the front matter or the .yaml file"
            reading.problems.append(Problem(Span(path), "slug-taken", fact, hint))
        elif front is not None:
            document, summary_path = read_yaml(front, path, 2), path
    if document is None:
        if summary_path not in inputs:
            name = basename(summary_path)
            hint = f"write {name} beside it, with “title: …”, “publisher: …” and “published: …”"
            reading.problems.append(Problem(Span(path), "seed-without-summary", "this article has no summary", hint))
            return None
        document = reading.document(summary_path, inputs)
    if document is None or text is None or body is None:
        return None
    form, problems = fill(ArticleForm, document, {"title": slug})
    reading.problems += problems
    if form is None:
        return None
    reading.note_ignores(summary_path, form)
    lines = raw_lines(text)
    roles, problems = read_roles(form.roles, lines)
    reading.problems += problems
    if path.endswith(".md"):
        source = read_source("\n".join(raw_lines(body)), path, body_line, roles)
        reading.problems += source.problems
    else:
        source = SourceText(read_blocks(lines, roles))
    return ArticleDraft(slug, path, summary_path, sha256(inputs[path]).hexdigest(), form, source, len(lines))


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
