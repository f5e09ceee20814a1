"""A published site against the original files: the articles, their seal, and each quotation once more."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from builder.briefing.quotes import Source, find
from builder.outlets.audit import ArticleRecord, Audit, QuotationRecord
from builder.outlets.folder import Refused, read_site
from builder.outlets.printed import OMISSION
from builder.outlets.published import Fault
from builder.reading.files import SEAL
from builder.reading.parse import parse
from builder.reading.seal import CONTENT, check_seal, read_checksums, seeds
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of the site that an output was made from, and those that are there and cannot be read."""

    inputs: Mapping[str, bytes]
    unreadable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Originals:
    """How much of an output the original files bear out. `held` of the `checked` quotations stand in them."""

    faults: tuple[Fault, ...]
    articles: int
    same: int
    sealed: int
    checked: int
    held: int


def read_sources(folder: Path) -> Sources:
    """Reads a site's folder, or its `content/`. Raises Refused for any other."""
    root = folder.resolve().parent if folder.resolve().name == "content" else folder
    if not (root / "content").is_dir():
        raise Refused(f"{folder} is no folder of a site: there is no content/ in it")
    inputs, problems = read_site(root)
    return Sources(inputs, frozenset(problem.span.path for problem in problems))


def compare(audit: Audit, sources: Sources) -> Originals:
    """Holds every article and every quotation against the originals. A text that changed is one fault by itself."""
    inputs = sources.inputs
    drafts = parse(inputs, drafts=True, unreadable=sources.unreadable).articles
    texts = {draft.path: Source(draft.slug, draft.path, draft.source.blocks) for draft in drafts}
    path_of = {article.slug: CONTENT + article.file for article in audit.articles}
    changed = {path: fault for article in audit.articles for path, fault in _changed(article, inputs)}
    checked = held = 0
    misses = []
    for quotation in audit.quotations:
        path = path_of.get(quotation.article, "")
        if path not in texts or (quotation.words is None and path in changed):
            continue
        checked += len(quotation.uses)
        if _stands_in(texts[path], quotation, exactly=path not in changed):
            held += len(quotation.uses)
        else:
            misses.append(Fault(path, f"line {quotation.line} does not have these words: {quotation.shown}"))
    faults = [*changed.values(), *_broken_seals(sources, changed), *misses]
    same = len(audit.articles) - len(changed)
    return Originals(tuple(faults), len(audit.articles), same, _sealed(audit, inputs), checked, held)


def _changed(article: ArticleRecord, inputs: Mapping[str, bytes]) -> list[tuple[str, Fault]]:
    path = CONTENT + article.file
    if path not in inputs:
        return [(path, Fault(path, "is not among the sources"))]
    if sha256(inputs[path]).hexdigest() != article.sha256:
        return [(path, Fault(path, f"is not the text from which {article.page} was made"))]
    return []


def _broken_seals(sources: Sources, changed: Mapping[str, Fault]) -> list[Fault]:
    broken = (problem for problem in check_seal(sources.inputs, sources.unreadable) if problem.severity == "error")
    return [Fault(problem.span.path, problem.message) for problem in broken if problem.span.path not in changed]


def _sealed(audit: Audit, inputs: Mapping[str, bytes]) -> int:
    """How many of the articles are sealed; whether they fit their seals is another question."""
    checksums, _ = read_checksums(inputs.get(SEAL, b"").decode("utf-8-sig", "replace"))
    sealed = {CONTENT + checksum.path for checksum in checksums} & set(seeds(inputs))
    return sum(CONTENT + article.file in sealed for article in audit.articles)


def _stands_in(source: Source, quotation: QuotationRecord, *, exactly: bool) -> bool:
    """Whether a source has the words: where the audit says, or in a text that changed since, anywhere on that line."""
    if not exactly:
        rows = find((quotation.words or "").split(OMISSION), source).places
        return any(source.block_line_at(row[0][0]) == quotation.line for row in rows)
    words = OMISSION.join(source.text[start:end].replace("\n", " ") for start, end in quotation.at)
    if not words or source.block_line_at(quotation.at[0][0]) != quotation.line:
        return False
    return words == quotation.words if quotation.words is not None else _digest(words) == quotation.sha256


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
