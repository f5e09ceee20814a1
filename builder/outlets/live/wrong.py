"""What is wrong, as a browser shows it: the terminal's words, with what differs struck out and filled in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import click
from markupsafe import Markup as Html
from markupsafe import escape

from builder.outlets import report
from builder.problems import Problem

CARETS = re.compile(r"\^+")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why the files as they are make no site: problems in them, or `trouble`, a text, with the machine or the builder.

    Nothing of either where they make one; warnings alone do not count.
    """

    problems: tuple[Problem, ...] = ()
    trouble: str = ""

    def __bool__(self) -> bool:
        return bool(self.problems or self.trouble)

    @property
    def title(self) -> str:
        return report.tally(self.problems) or ("trouble" if self.trouble else "")

    @property
    def text(self) -> str:
        """What the terminal prints."""
        return self.trouble or click.unstyle(report.as_text(self.problems))


def in_html(wrong: Wrong, at: str) -> str:
    """The inside of the sheet over a page; empty where nothing is wrong. `at`: when the page behind it was built."""
    if not wrong:
        return ""
    behind = f"The page behind this is the last good build, {at}." if at else "There is no good build to show yet."
    problems = map(_problem, wrong.problems) if wrong.problems else [Html("<pre>{}</pre>").format(wrong.trouble)]
    items = Html("\n").join(Html('<div class="problem">{}</div>').format(problem) for problem in problems)
    head = Html('<p class="title"><b>{}</b> <span>{}</span></p>').format(wrong.title, behind)
    return Html('{}<div class="problems">{}</div>').format(head, items)


def _problem(problem: Problem) -> Html:
    """Its text is what the terminal prints of it, to the letter."""
    span = problem.span
    hint = Html("\n").join(_hint(problem.hint.splitlines()))
    return Html(
        '<span class="place">{}:{}:{}:</span> <b class="kind">{}[{}]</b> <span class="message">{}</span>{}'
    ).format(
        span.path,
        span.line,
        span.column,
        problem.severity,
        problem.code,
        problem.message,
        Html('\n<span class="hint"><span>{}</span></span>').format(hint) if hint else "",
    )


def _hint(lines: Sequence[str]) -> Iterator[Html]:
    """What stands above the first row of carets is what was written, above the second what the source has."""
    tags = iter(("del", "ins"))
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        if _only_carets(below) and not _only_carets(line):
            yield Html("    {}").format(_marked(line, below, next(tags, "ins")))
        elif _only_carets(line):
            yield Html('    <span class="carets">{}</span>').format(line)
        else:
            yield Html("    {}").format(line)


def _only_carets(line: str) -> bool:
    return "^" in line and not line.replace("^", "").strip()


def _marked(line: str, carets: str, tag: str) -> Html:
    out, done = Html(""), 0
    for found in CARETS.finditer(carets):
        start, end = found.span()
        out += escape(line[done:start]) + Html(f"<{tag}>{{}}</{tag}>").format(line[start:end])
        done = end
    return out + escape(line[done:])
