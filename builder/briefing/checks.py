"""The lint: what is probably a mistake.

Each rule has a code. `checks` in `site.yaml` sets its severity or turns it off, `ignore` silences it in one place.
"""

from collections.abc import Iterable, Iterator, Mapping

from builder.briefing.lint_article import Noting
from builder.briefing.lint_case import Case, Finding
from builder.briefing.lint_dates import date_findings
from builder.briefing.lint_events import event_findings
from builder.briefing.lint_names import name_findings
from builder.briefing.lint_numbers import number_findings
from builder.briefing.lint_register import register_findings
from builder.briefing.lint_sources import source_findings
from builder.memo import Memo, Spread, one_by_one
from builder.model import Briefing
from builder.problems import Problem, Severity, nearest_hint
from builder.reading.parse import Drafts
from builder.reading.shapes import IgnoreForm

SEVERITY: Mapping[str, Severity] = {
    "alias-never-used": "warning",
    "date-outside-article": "warning",
    "disputed-without-note": "warning",
    "entity-never-mentioned": "warning",
    "name-not-in-quote": "warning",
    "number-not-in-quote": "warning",
    "probable-same-event": "warning",
    "probable-teaser": "warning",
    "probable-wire-copy": "warning",
    "single-anonymous-source": "warning",
    "speaker-missing": "warning",
    "stale": "warning",
    "title-at-the-time": "warning",
    "unused-article": "warning",
    "url-missing": "warning",
    "weekday": "warning",
}
"""Every code of the lint, with its severity where `site.yaml` says nothing."""


def check(
    drafts: Drafts, briefing: Briefing, memo: Memo | None = None, *, sound: bool = True, spread: Spread = one_by_one
) -> tuple[Problem, ...]:
    """Everything that the rules find, but for what the author ignores or turned off.

    `sound`: no error was found. With one, a rule may have nothing to judge, and an `ignore` nothing to silence. `memo`
    recalls what was found in articles; `spread` is a `map` for the rest.
    """
    case = Case(drafts, briefing, memo, sound=sound)
    found = [finding for finding in findings(case, spread) if _can_be_judged(finding, case)]
    needless = _needless_ignores(found, drafts) if sound and case.complete else ()
    return (*_reported(found, drafts), *_unknown_checks(drafts), *needless)


def findings(case: Case, spread: Spread) -> Iterator[Finding]:
    noting = Noting(case, case.memo)
    noted, own = noting.notes_on_all(spread), noting.notes_on_own_texts()
    yield from own.findings
    for notes in noted.values():
        yield from notes.findings
        yield from (finding for key, finding in notes.of_accounts if key not in case.doubtful)
    yield from date_findings(case)
    yield from event_findings(case)
    yield from name_findings(case)
    yield from number_findings(case)
    yield from register_findings(case, noted, own)
    yield from source_findings(case, noted, own)


def _can_be_judged(finding: Finding, case: Case) -> bool:
    """Not in a file with a mistake in it: what stands in for that there is not the author's."""
    return not {finding.span.path, finding.file} & case.unsound


def _reported(found: Iterable[Finding], drafts: Drafts) -> Iterator[Problem]:
    silenced = {address for path, ignore in drafts.ignores for address in _addresses(path, ignore)}
    for finding in found:
        severity = drafts.site.checks.get(finding.code) or SEVERITY[finding.code]
        if severity != "off" and silenced.isdisjoint(_called(finding)):
            level: Severity = "error" if severity == "error" else "warning"
            yield Problem(finding.span, finding.code, finding.message, finding.hint, level)


Address = tuple[str, str, str]
"""Code, file and line; or code, nothing and a key, id or slug, which are the same in every file."""


def _called(finding: Finding) -> set[Address]:
    """Everything that an `ignore` may call a finding by."""
    own = {(finding.code, finding.span.path, str(finding.span.line))}
    lines = {(finding.code, finding.file, str(line)) for line in finding.lines}
    return own | lines | {(finding.code, "", name) for name in finding.names}


def _addresses(path: str, ignore: IgnoreForm) -> tuple[Address, Address]:
    return (str(ignore.code), path, str(ignore.at)), (str(ignore.code), "", str(ignore.at))


def _unknown_checks(drafts: Drafts) -> Iterator[Problem]:
    """Codes that no rule has, in `checks` or `ignore`."""
    named = [(code, severity.span) for code, severity in drafts.site.checks.items()]
    named += [(str(ignore.code), ignore.code.span) for _, ignore in drafts.ignores]
    for code, span in named:
        if code not in SEVERITY:
            yield Problem(span, "check-unknown", f"there is no check “{code}”", nearest_hint(code, SEVERITY))


def _needless_ignores(found: Iterable[Finding], drafts: Drafts) -> Iterator[Problem]:
    """An `ignore` of what no rule finds."""
    called = {address for finding in found for address in _called(finding)}
    for path, ignore in drafts.ignores:
        if ignore.code in SEVERITY and called.isdisjoint(_addresses(path, ignore)):
            fact = f"there is no finding of “{ignore.code}” at “{ignore.at}”"
            yield Problem(ignore.at.span, "ignore-unused", fact, "delete this entry", "warning")
