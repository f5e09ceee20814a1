"""Texts into a site: each copied as it is, its summary drafted beside it, both whole, then sealed. Nothing is
overwritten.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from builder.briefing.bringing import Refused
from builder.briefing.drafting import BLANK
from builder.briefing.pairing import Pair, plan
from builder.outlets.folder import TEMPORARY, create_file, read_site, replace_file
from builder.outlets.import_files import PageReader, read_files
from builder.problems import Problem
from builder.reading.fields import SLUG, SLUG_HINT
from builder.reading.files import ARTICLES, SEAL
from builder.reading.parse import parse
from builder.reading.seal import CONTENT, read_checksums, seeds, written

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """What was done: a line for each file, and what was refused."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    imported: int = 0
    present: int = 0
    sealed: int = 0
    to_fill_in: bool = False
    seal: str = ""


def bring_in(
    root: Path,
    files: Sequence[Path],
    report: Report,
    read_page: PageReader,
    progress: Progress,
    *,
    slug: str,
    dry_run: bool,
) -> None:
    """Brings files into a site, and fills the report on the way: what a full disk stops is told up to there.

    `slug`: the id of the only file, or empty. Raises Refused where nothing can be brought in, OSError.
    """
    if slug and not SLUG.fullmatch(slug):
        raise Refused(f"“{slug}” cannot be an id; {SLUG_HINT}")
    inputs, problems = read_site(root)
    _check_folder(root, problems)
    unreadable = [problem.span.path for problem in problems]
    drafts = parse(inputs, unreadable=frozenset(unreadable))
    read = read_files(files, read_page, lambda done, total: progress(done, 2 * total))
    report.refused += read.refused
    if slug and len(read.brought) > 1:
        raise Refused("--slug is the id of one text, and these are more")
    planned = plan(read.brought, inputs, drafts, unreadable, slug)
    if not dry_run:
        _sweep(root)
    report.done += [*read.said, *planned.said]
    report.present = len(read.brought) - len(planned.pairs)
    fresh = {path: text.body for path, text in planned.present.items()}
    try:
        for done, pair in enumerate(planned.pairs, 1):
            body = pair.seed if pair.seed is not None else inputs[pair.path]
            if not dry_run:
                _write(root, pair)
            if pair.sealed:
                fresh[pair.path] = body
            report.done.append(pair.said)
            report.imported += 1
            report.to_fill_in |= BLANK in (pair.summary or "")
            progress(len(files) + done, len(files) + len(planned.pairs))
    finally:
        _seal(root, fresh, seeds(inputs), report, dry_run=dry_run)


def _sweep(root: Path) -> None:
    """Half a file that a killed run left: only one import at a time runs here, so that nobody is writing it."""
    for left in (root / ARTICLES).glob(f"{TEMPORARY}*"):
        left.unlink(missing_ok=True)


def _check_folder(root: Path, problems: Sequence[Problem]) -> None:
    """Nothing is written where the folder of articles is a link that leaves the site, or no folder."""
    if any(f"{problem.span.path}/" in (ARTICLES, CONTENT) for problem in problems):
        raise Refused(f"{ARTICLES} is a link that leaves the site; put the folder itself there")
    for folder in ((root / ARTICLES).parent, root / ARTICLES):
        if folder.exists() and not folder.is_dir():
            raise Refused(f"{folder} is a file; texts go into the folder {ARTICLES}")


def in_words(report: Report, *, dry_run: bool) -> str:
    """“5 texts imported, 1 there already, 1 refused, 5 sealed”, and what comes next."""
    lines = [counted(report, dry_run=dry_run)]
    lines += [report.seal] if report.seal else []
    if report.to_fill_in and not dry_run:
        lines.append(f"Next: fill in what is marked {BLANK} in the new .yaml files, then run `sourcebook check`.")
    return "\n".join(lines)


def counted(report: Report, *, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    counts = [f"{report.imported:,} {'text' if report.imported == 1 else 'texts'} {would}imported"]
    counts += [f"{report.present:,} there already"] if report.present else []
    counts += [f"{len(report.refused):,} refused"] if report.refused else []
    counts += [f"{report.sealed:,} {would}sealed"] if report.sealed else []
    return ", ".join(counts)


# --- writing -------------------------------------------------------------------------------------------------------


def _write(root: Path, pair: Pair) -> None:
    """The text, then its summary: what stops in between leaves a text that the next run finishes."""
    if pair.seed is not None:
        create_file(root / pair.path, pair.seed)
    if pair.summary is not None:
        create_file(root / pair.summary_path, pair.summary.encode())


# --- the seal ------------------------------------------------------------------------------------------------------


def _seal(root: Path, fresh: Mapping[str, bytes], old: Iterable[str], report: Report, *, dry_run: bool) -> None:
    """Adds lines to the seal for these texts, and changes none: whether a changed text is right is its author's to say.

    A site with articles and without a seal is not sealed; one is not begun for the new ones alone.
    """
    # As it is now: many pages take a while, and somebody may have sealed a text in the meantime.
    before = (root / SEAL).read_bytes() if (root / SEAL).is_file() else None
    if before is None and any(path not in fresh for path in old):
        report.seal = "This site is not sealed; `sourcebook seal` seals all its texts." if fresh else ""
        return
    checksums, unread = read_checksums((before or b"").decode("utf-8-sig", "replace"))
    if unread:
        report.seal = (
            f"{SEAL} has lines that cannot be read, and is left as it is; see `sourcebook check`." if fresh else ""
        )
        return
    sealed = {checksum.path for checksum in checksums}
    new = {
        name: sha256(body).hexdigest()
        for path, body in fresh.items()
        if (name := path.removeprefix(CONTENT)) not in sealed
    }
    if new and not dry_run:
        end = b"" if not before or before.endswith(b"\n") else b"\n"
        replace_file(root / SEAL, (before or b"") + end + written(new).encode())
    report.sealed = len(new)
