"""Problems for people and for machines: text for a terminal, JSON for an editor, annotations for GitHub."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from builder.problems import Problem

if TYPE_CHECKING:
    from builder.model import Briefing

COLOURS = {"error": "red", "warning": "yellow"}


def as_text(problems: Iterable[Problem]) -> str:
    """Place, severity, code and fact on a line; the way out below it, indented.

    Coloured; `click.echo` takes the colour out in a pipe.
    """
    return "\n".join(line for problem in problems for line in _text_lines(problem))


def _text_lines(problem: Problem) -> Iterable[str]:
    span = problem.span
    place = click.style(f"{span.path}:{span.line}:{span.column}:", bold=True)
    kind = click.style(f"{problem.severity}[{problem.code}]", fg=COLOURS[problem.severity], bold=True)
    yield f"{place} {kind} {problem.message}"
    for line in problem.hint.splitlines():
        marks = not line.replace("^", "").strip()
        yield f"    {click.style(line, fg=COLOURS[problem.severity]) if marks else line}"


def as_json(problems: Iterable[Problem]) -> str:
    """A list of `{path, line, column, severity, code, message, hint}`."""
    rows = [
        {
            "path": problem.span.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, a line each: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    span = problem.span
    message = problem.message + ("\n" + problem.hint if problem.hint else "")
    place = f"file={_property(span.path)},line={span.line},col={span.column},title={_property(problem.code)}"
    return f"::{problem.severity} {place}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def tally(problems: Iterable[Problem]) -> str:
    """“2 errors, 1 warning”; nothing where there are none."""
    severities = [problem.severity for problem in problems]
    counts = ((severities.count("error"), "error"), (severities.count("warning"), "warning"))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)


def left_out(briefing: "Briefing") -> str:
    """What a site without an address on the web cannot have; the end of a build's summary."""
    return "" if briefing.settings.url else "; without a url in site.yaml: no feeds, sitemap or canonical links"


def counts(briefing: "Briefing") -> str:
    """“5 articles, 52 entities, 1 event, 400 quotations found in their sources”."""
    of_each = (
        (len(briefing.articles), "article", "articles"),
        (len(briefing.entities), "entity", "entities"),
        (len(briefing.events), "event", "events"),
        (len(briefing.uses), "quotation found in its source", "quotations found in their sources"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in of_each)
