"""What a stranger runs on a published briefing: its files against their checksums, its quotations against its sources.

From the output alone: the text that the article pages print. With the originals: those, and their seal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from builder.outlets.audit import TABLE, Audit, QuotationRecord, read_audit, uses
from builder.outlets.folder import CHECKSUMS
from builder.outlets.originals import Originals, compare, read_sources
from builder.outlets.printed import PrintedPage, passages_linked, same_words
from builder.outlets.published import Fault, Published, opened
from builder.reading.seal import read_checksums

MOST_SHOWN = 100
LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds, what does not, and what could not be checked. Quotations are counted as the site does: every use."""

    faults: tuple[Fault, ...]
    files: int
    files_held: int
    unlisted: tuple[str, ...]
    quotations: int = 0
    passages: int = 0
    held: int = 0
    unprinted: int = 0
    originals: Originals | None = None


def verify(path: Path, sources: Path | None = None) -> Verdict:
    """Looks at a published folder or a zip of one, and at the site's own folder if that is given.

    Raises Refused for a path that is neither, and for sources that are no site's.
    """
    own = read_sources(sources) if sources else None
    with opened(path) as published:
        verdict = _files(published)
        audit = read_audit(published)
        if isinstance(audit, Fault):
            return replace(verdict, faults=(*verdict.faults, audit))
        verdict = _quotations(verdict, audit, published)
    if own is None:
        return verdict
    originals = compare(audit, own)
    return replace(verdict, faults=(*verdict.faults, *originals.faults), originals=originals)


# --- files ---------------------------------------------------------------------------------------------------------


def _files(published: Published) -> Verdict:
    """Every file against its checksum."""
    body = published.body(CHECKSUMS)
    if body is None:
        fault = Fault(CHECKSUMS, "is not there, or cannot be read: no file can be checked")
        return Verdict((*published.faults, fault), 0, 0, tuple(sorted(published.sizes)))
    checksums, unread = read_checksums(body.decode("utf-8", "replace"))
    faults = [*published.faults, *(Fault(CHECKSUMS, f"line {number} is no checksum") for number in unread)]
    wrong = [fault for checksum in checksums for fault in _file(checksum.path, checksum.digest, published)]
    unlisted = published.sizes.keys() - {checksum.path for checksum in checksums} - {CHECKSUMS}
    return Verdict((*faults, *wrong), len(checksums), len(checksums) - len(wrong), tuple(sorted(unlisted)))


def _file(path: str, digest: str, published: Published) -> list[Fault]:
    if path not in published.sizes:
        return [Fault(path, f"is in {CHECKSUMS} and not there")]
    return [] if published.sha256(path) == digest else [Fault(path, f"is not the file that {CHECKSUMS} names")]


# --- quotations ------------------------------------------------------------------------------------------------------


def _quotations(verdict: Verdict, audit: Audit, published: Published) -> Verdict:
    """Every quotation against the text printed on its article's page, and what other pages quote against the audit."""
    by_page: dict[str, list[QuotationRecord]] = {}
    printed = [quotation for quotation in audit.quotations if quotation.words is not None]
    for quotation in printed:
        by_page.setdefault(quotation.page.partition("#")[0], []).append(quotation)
    missed = [miss for page, here in by_page.items() for miss in _misprints(page, here, published)]
    by_place = {quotation.page: quotation for quotation in audit.quotations}
    worded = _worded(printed)
    elsewhere = [fault for page in sorted(published.sizes) for fault in _misquotes(page, by_place, worded, published)]
    return replace(
        verdict,
        faults=(*verdict.faults, *(fault for _, fault in missed), *elsewhere),
        quotations=uses(audit.quotations),
        passages=len(audit.quotations),
        held=uses(printed) - uses(quotation for quotation, _ in missed),
        unprinted=uses(audit.quotations) - uses(printed),
    )


def _misprints(
    page: str, quotations: Iterable[QuotationRecord], published: Published
) -> Iterator[tuple[QuotationRecord, Fault]]:
    """The quotations that a page does not print as the audit has them, each with what is wrong."""
    body = published.body(page)
    printed = PrintedPage(page, (body or b"").decode("utf-8", "replace"))
    for quotation in quotations:
        if fact := _misprint(quotation, printed):
            yield quotation, Fault(page, fact)


def _misprint(quotation: QuotationRecord, printed: PrintedPage) -> str:
    words, wanted = quotation.words or "", quotation.line
    if quotation.id not in printed.begins:
        return f"does not print {quotation.shown}"
    if (line := printed.begins[quotation.id][1]) != wanted:
        return f"prints {quotation.shown} on line {line}, not on line {wanted}"
    if not printed.prints(words, quotation.id):
        return f"line {line} does not have these words: {quotation.shown}"
    # A passage's id is a digest of its line and words, so a change made to both page and audit shows.
    if f"q-{sha256(f'{wanted}{chr(10)}{words}'.encode()).hexdigest()[:8]}" != quotation.id:
        return f"has other words under {quotation.id} than it was made with: {quotation.shown}"
    return ""


def _worded(quotations: Iterable[QuotationRecord]) -> Mapping[str, Sequence[QuotationRecord]]:
    """By page, the words that its author's own sentences quote."""
    by_page: dict[str, list[QuotationRecord]] = {}
    for quotation in quotations:
        for page in {use.page.partition("#")[0] for use in quotation.uses if use.how == "worded"}:
            by_page.setdefault(page, []).append(quotation)
    return by_page


def _misquotes(
    page: str,
    by_place: Mapping[str, QuotationRecord],
    worded: Mapping[str, Sequence[QuotationRecord]],
    published: Published,
) -> Iterator[Fault]:
    """Passages that a page leads to and the audit lacks, and words that it quotes otherwise than the audit has them."""
    if not page.endswith(".html"):
        return
    if (body := published.body(page)) is None:
        yield Fault(page, "cannot be read")
        return
    html = body.decode("utf-8", "replace")
    for place in sorted(passages_linked(page, html) - by_place.keys()):
        yield Fault(page, f"leads to {place}, which {TABLE} does not list")
    if page not in worded and "cite=" not in html:
        return
    printed = PrintedPage(page, html)
    for quoted in printed.quoted:
        listed = by_place.get(quoted.target)
        if listed and not same_words(quoted.words, listed.words or ""):
            yield Fault(page, f"quotes {quoted.words.strip()} where {quoted.target} has {listed.shown}")
    own = worded.get(page, ())
    for quotation, said in zip(own, printed.says(quotation.words or "" for quotation in own), strict=True):
        if not said:
            yield Fault(page, f"does not have these words, which {TABLE} says that it quotes: {quotation.shown}")


# --- in words --------------------------------------------------------------------------------------------------------


def in_words(verdict: Verdict) -> str:
    """The faults, a line each, then what was checked and what could not be."""
    lines = [f"{_shown(fault.path)}: {_shown(fault.fact)}" for fault in verdict.faults[:MOST_SHOWN]]
    if len(verdict.faults) > MOST_SHOWN:
        lines.append(f"… and {len(verdict.faults) - MOST_SHOWN:,} more")
    return "\n".join([*lines, *_counts(verdict), *_left_open(verdict)])


def _counts(verdict: Verdict) -> Iterator[str]:
    yield f"files: {_of(verdict.files_held, verdict.files)} are as {CHECKSUMS} has them"
    printed = verdict.quotations - verdict.unprinted
    yield f"quotations: {_of(verdict.held, printed)} stand word for word in the text printed here"
    if own := verdict.originals:
        yield f"originals: {_of(own.same, own.articles)} articles are as they were, {own.sealed:,} of them sealed"
        yield f"quotations: {_of(own.held, own.checked)} stand word for word in the originals"


def _left_open(verdict: Verdict) -> Iterator[str]:
    if verdict.unprinted:
        yield f"not checked here: {verdict.unprinted:,} quotations whose words are not reprinted"
    if verdict.originals and (rest := verdict.quotations - verdict.originals.checked):
        yield f"not checked against the originals: {rest:,} quotations"
    if verdict.unlisted:
        some = ", ".join(map(_shown, verdict.unlisted[:5])) + (", …" if len(verdict.unlisted) > 5 else "")
        yield f"not checked: {_files_in_words(len(verdict.unlisted))} that {CHECKSUMS} does not list: {some}"
    yield "checksums show damage, not forgery: whoever changes a page can write its checksum anew" + (
        "" if verdict.originals else "; --sources DIR checks against the original files"
    )


def _files_in_words(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"


def _of(held: int, all_of_them: int) -> str:
    return f"{held:,} of {all_of_them:,}"


def _shown(text: str) -> str:
    """What a stranger's file says, fit for a terminal."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return plain if len(plain) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "…"
