"""All inputs to drafts: which file is what, and what its author wrote in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from posixpath import basename, splitext
from typing import TypeVar

from builder.problems import Problem, Span, nearest
from builder.reading.fields import SLUG, SLUG_HINT
from builder.reading.forms import fill, fill_part
from builder.reading.prose import PAGE_HEADING, ProseForm, read_prose
from builder.reading.schema import (
    ArticleForm,
    BriefingForm,
    EntityForm,
    EventForm,
    IgnoreForm,
    PageForm,
    SiteForm,
    WithIgnore,
)
from builder.reading.seed import decode, raw_lines, read_blocks, read_roles
from builder.reading.sources import SourceText, read_source
from builder.reading.yamls import Document, Form, Text, read_yaml

SITE, BRIEFING, ENTITIES, TIMELINE = (
    "site.yaml",
    "content/briefing.yaml",
    "content/entities.yaml",
    "content/timeline.yaml",
)
SEAL = "content/SHA256SUMS"
ARTICLES, PAGES, FILES = "content/articles/", "content/pages/", "content/files/"

STAND_INS = {"as_of": "2000-01-01", "date": "2000-01-01"}


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
    """Everything an author wrote. `hidden` are articles left out as drafts, `broken` those that could not be read: both are known
    by name. `files` are paths in the output that are copied."""

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


@dataclass(slots=True)
class _Reading:
    """Gathers problems on the way through the files."""

    problems: list[Problem] = field(default_factory=list)
    ignores: list[tuple[str, IgnoreForm]] = field(default_factory=list)

    def text_of(self, path: str, data: bytes) -> str | None:
        text = decode(data, path)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def document(self, path: str, inputs: Mapping[str, bytes]) -> Document | None:
        text = self.text_of(path, inputs[path]) if path in inputs else None
        return None if text is None else read_yaml(text, path)

    def note_ignores(self, path: str, form: WithIgnore) -> None:
        self.ignores += ((path, ignore) for ignore in form.ignore)


def parse(inputs: Mapping[str, bytes], *, drafts: bool = False, unreadable: frozenset[str] = frozenset()) -> Drafts:
    """Reads the files of a site: path from its root → bytes. `drafts`: articles and pages marked as drafts count as well.

    `unreadable` are paths that are there but could not be read, which is reported elsewhere.
    """
    reading = _Reading()
    articles = list(_articles(inputs, unreadable, reading))
    hidden = {draft.slug for draft in articles if draft.form.draft and not drafts}
    shown = [draft for draft in articles if draft.slug not in hidden]
    known = {splitext(basename(path))[0] for path in (*inputs, *unreadable) if path.startswith(ARTICLES)}
    pages = [page for page in _pages(inputs, reading) if drafts or not page.form.draft]
    site, briefing = _site(inputs, reading), _briefing(inputs, reading)
    entities = _keyed(ENTITIES, EntityForm, inputs, reading)
    events = _keyed(TIMELINE, EventForm, inputs, reading)
    reading.problems += _unread(inputs)
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


def _site(inputs: Mapping[str, bytes], reading: _Reading) -> SiteForm:
    document = reading.document(SITE, inputs) or Document(SITE, Form(Span(SITE)))
    form, problems = fill(SiteForm, document, STAND_INS)
    reading.problems += problems
    form = form or SiteForm(title=Text("unknown", Span(SITE)))
    reading.note_ignores(SITE, form)
    return form


def _briefing(inputs: Mapping[str, bytes], reading: _Reading) -> BriefingForm:
    stand_in = {**STAND_INS, "title": "unknown", "bottom_line": "unknown"}
    nothing = Form(Span(BRIEFING))
    if BRIEFING not in inputs:
        hint = "write one with “title: …”, “as_of: …” and “bottom_line: …”"
        reading.problems.append(Problem(Span(BRIEFING), "missing-key", "this file is missing", hint))
    document = reading.document(BRIEFING, inputs)
    form, problems = fill(BriefingForm, document, stand_in) if document else (None, [])
    reading.problems += problems
    form = form or fill(BriefingForm, Document(BRIEFING, nothing), stand_in)[0]
    assert form is not None  # the stand-ins hold every required key
    reading.note_ignores(BRIEFING, form)
    return form


Entry = TypeVar("Entry", EntityForm, EventForm)


def _keyed(path: str, model: type[Entry], inputs: Mapping[str, bytes], reading: _Reading) -> dict[Text, Entry]:
    """A file of entries under ids of their own; `ignore` is no id."""
    document = reading.document(path, inputs)
    if document is None:
        return {}
    reading.problems += document.problems
    if document.value is None:
        return {}
    if not isinstance(document.value, Form):
        fact = "this file needs keys and values"
        reading.problems.append(Problem(document.place(()), "wrong-type", fact, "each entry stands below its id"))
        return {}
    entries: dict[Text, Entry] = {}
    for key, value in document.value.items():
        assert isinstance(key, Text)
        if key == "ignore":
            only = Form(key.span)
            only[key] = value
            form, problems = fill_part(WithIgnore, only, document, (), {})
            reading.problems += problems
            if form:
                reading.note_ignores(path, form)
            continue
        if not SLUG.fullmatch(key):
            reading.problems.append(Problem(key.span, "bad-slug", f"“{key}” cannot be an id", SLUG_HINT))
        stand_ins = {"name": str(key), "kind": "concept", "title": str(key), "date": STAND_INS["date"]}
        entry, problems = fill_part(
            model, value if value is not None else Form(key.span), document, (str(key),), stand_ins
        )
        reading.problems += problems
        if entry is None:
            empty, _ = fill_part(model, Form(key.span), document, (str(key),), stand_ins)
            entry = empty
        if entry is not None:
            entries[key] = entry
    return entries


# --- articles ------------------------------------------------------------------------------------------------------


def _articles(inputs: Mapping[str, bytes], unreadable: frozenset[str], reading: _Reading) -> Iterator[ArticleDraft]:
    taken: dict[str, str] = {}
    for path in sorted(path for path in inputs if path.startswith(ARTICLES)):
        stem, suffix = splitext(path)
        if suffix == ".yaml":
            if not {f"{stem}.txt", f"{stem}.md"} & (inputs.keys() | unreadable):
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


def _article(slug: str, path: str, inputs: Mapping[str, bytes], reading: _Reading) -> ArticleDraft | None:
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


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """YAML between two lines `---` at the very start, the text after it, and the line on which that begins."""
    found = re.match(r"---[ \t]*\r?\n(.*?)(?:^)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not found:
        return None, text, 1
    return found[1], text[found.end() :], found[0].count("\n") + 1


def _pages(inputs: Mapping[str, bytes], reading: _Reading) -> Iterator[PageDraft]:
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


def _unread(inputs: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files in `content/` that nothing reads: an author believes that they count."""
    known = (BRIEFING, ENTITIES, TIMELINE, SEAL)
    for path in inputs:
        if not path.startswith("content/") or path in known or path.startswith((ARTICLES, FILES)):
            continue
        if path.startswith(PAGES) and path.endswith(".md"):
            continue
        near = nearest(path, known)
        hint = f"the nearest that is read is {near}" if near else "other files go to content/files/"
        yield Problem(Span(path), "unknown-file", "this file is not read", hint, "warning")
