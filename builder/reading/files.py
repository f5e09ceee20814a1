"""A site's files one by one: settings, briefing, register and timeline, with what is wrong in each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, TypeVar

from builder.files import COPIED
from builder.problems import Problem, Span, nearest
from builder.reading.fields import SLUG, SLUG_HINT
from builder.reading.forms import fill, fill_part
from builder.reading.schema import BriefingForm, EntityForm, EventForm
from builder.reading.schema_site import SiteForm
from builder.reading.seed import decode
from builder.reading.shapes import IgnoreForm, WithIgnore
from builder.reading.yamls import Document, Form, Text, read_yaml
from builder.values import dataclass

SITE, BRIEFING = "site.yaml", "content/briefing.yaml"
ENTITIES, TIMELINE = "content/entities.yaml", "content/timeline.yaml"
SEAL = "content/SHA256SUMS"
ARTICLES, PAGES = "content/articles/", "content/pages/"


@dataclass(slots=True)
class Reading:
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


def read_settings(inputs: Mapping[str, bytes], reading: Reading) -> SiteForm:
    document = reading.document(SITE, inputs) or Document(SITE, Form(Span(SITE)))
    form, problems = fill(SiteForm, document, {})
    reading.problems += problems
    form = form or SiteForm(title=Text("unknown", Span(SITE)))
    reading.note_ignores(SITE, form)
    return form


def read_briefing(inputs: Mapping[str, bytes], reading: Reading) -> BriefingForm:
    if BRIEFING not in inputs:
        hint = "write one with “title: …”, “as_of: …” and “bottom_line: …”"
        reading.problems.append(Problem(Span(BRIEFING), "missing-key", "this file is missing", hint))
    document = reading.document(BRIEFING, inputs)
    form, problems = fill(BriefingForm, document, {}) if document else (None, [])
    reading.problems += problems
    form = form or fill(BriefingForm, Document(BRIEFING, Form(Span(BRIEFING))), {})[0]
    assert form is not None  # its required keys all have stand-ins
    reading.note_ignores(BRIEFING, form)
    return form


Entry = TypeVar("Entry", EntityForm, EventForm)


def read_entries(path: str, model: type[Entry], inputs: Mapping[str, bytes], reading: Reading) -> dict[Text, Entry]:
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
        if entry := _entry(key, value, model, document, reading):
            entries[key] = entry
    return entries


def _entry(key: Text, value: Any, model: type[Entry], document: Document, reading: Reading) -> Entry | None:
    """An entry, or with its mistakes reported a stand-in for it: its id is known, and a link to it is no mistake."""
    nothing = Form(key.span)
    stand_ins = {"name": str(key), "kind": "concept"}
    entry, problems = fill_part(model, nothing if value is None else value, document, (str(key),), stand_ins)
    reading.problems += problems
    return entry or fill_part(model, nothing, document, (str(key),), stand_ins)[0]


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """YAML between two lines `---` at the very start, the text after it, and the line on which that begins."""
    found = re.match(r"---[ \t]*\r?\n(.*?)(?:^)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not found:
        return None, text, 1
    return found[1], text[found.end() :], found[0].count("\n") + 1


def unread(inputs: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files in `content/` that nothing reads: an author believes that they count."""
    known = (BRIEFING, ENTITIES, TIMELINE, SEAL)
    for path in inputs:
        if not path.startswith("content/") or path in known or path.startswith((ARTICLES, COPIED)):
            continue
        if path.startswith(PAGES) and path.endswith(".md"):
            continue
        near = nearest(path, known)
        hint = f"the nearest that is read is {near}" if near else "other files go to content/files/"
        yield Problem(Span(path), "unknown-file", "this file is not read", hint, "warning")
