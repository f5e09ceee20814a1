"""An article: a seed and its summary, read together. Two files in, one draft out, whatever else the site holds."""

from collections.abc import Mapping, Sequence
from posixpath import basename, splitext
from shlex import quote

from builder.files import digest_of
from builder.memo import Apart
from builder.problems import Problem, Span
from builder.reading.files import Reading, split_front_matter
from builder.reading.forms import fill
from builder.reading.schema import ArticleForm
from builder.reading.seed import raw_lines, read_blocks, read_roles
from builder.reading.shapes import IgnoreForm
from builder.reading.sources import SourceText, read_source
from builder.reading.yamls import Document, read_yaml
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """A seed with its summary. `form_path` is the file of the summary, the seed itself where it has front matter.

    `hidden`: its author calls it a draft. `tells`: it tells of events. `forms` holds the one form of its summary.
    """

    slug: str
    path: str
    form_path: str
    sha256: str
    hidden: bool
    tells: bool
    forms: Sequence[ArticleForm]
    source: SourceText
    last_line: int

    @property
    def form(self) -> ArticleForm:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was made of an article's files: no draft where a mistake is in the way."""

    draft: ArticleDraft | None
    problems: tuple[Problem, ...]
    ignores: tuple[tuple[str, IgnoreForm], ...]


def summary_of(path: str) -> str:
    """Where the summary of a seed stands, if it is a file of its own."""
    return splitext(path)[0] + ".yaml"


def read_article(path: str, inputs: Mapping[str, bytes]) -> ArticleReading:
    """Looks at the seed at `path`, and at its summary, and at nothing else."""
    reading = Reading()
    draft = _draft(path, inputs, reading)
    return ArticleReading(draft, tuple(reading.problems), tuple(reading.ignores))


def _draft(path: str, inputs: Mapping[str, bytes], reading: Reading) -> ArticleDraft | None:
    seed, slug = inputs[path], basename(splitext(path)[0])
    text = reading.text_of(path, seed)
    summary_path = summary_of(path)
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
            hint += f"; `sourcebook import {quote(path)}` drafts it"
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
        source = SourceText(Apart.of(read_blocks(lines, roles)))
    hidden, tells, forms = bool(form.draft), bool(form.events), Apart.of([form])
    return ArticleDraft(slug, path, summary_path, digest_of(seed), hidden, tells, forms, source, len(lines))
