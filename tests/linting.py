"""A briefing of one article in which the lint finds nothing, to change one thing in and see what it says."""

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.problems import Problem, in_order
from builder.reading.parse import parse

BRIEFING = 'title: The bridge\nas_of: 2025-03-01\nbottom_line: The bridge is shut. [@bridge "is shut"]\n'
FACTS = "title: The bridge\npublisher: Harbour Post\npublished: 2025-02-22\nurl: unknown\n"
TEXT = "The bridge is shut.\n"

FILES = {
    "site.yaml": "title: The bridge\n",
    "content/briefing.yaml": BRIEFING,
    "content/articles/bridge.txt": TEXT,
    "content/articles/bridge.yaml": FACTS,
}


def lint(
    text: str = "", summary: str = "", *, briefing: str = "", published: str = "", **files: str
) -> tuple[Problem, ...]:
    """What the lint says of the briefing.

    `text` follows the article's own line, `summary` and `briefing` their files' own keys. `files`: whole other files by
    their place under `content/`, with `__` for a slash; `site` is more of `site.yaml`.
    """
    facts = FACTS.replace("published: 2025-02-22", f"published: {published or '2025-02-22'}")
    site = FILES["site.yaml"] + files.pop("site", "")
    inputs = FILES | {
        "site.yaml": site,
        "content/briefing.yaml": BRIEFING + briefing,
        "content/articles/bridge.txt": TEXT + text,
        "content/articles/bridge.yaml": facts + summary,
    }
    names = {"entities": "entities.yaml", "timeline": "timeline.yaml"}
    inputs |= {"content/" + names.get(name, name.replace("__", "/")): body for name, body in files.items()}
    drafts = parse({path: body.encode() for path, body in inputs.items()})
    resolved = resolve(drafts)
    assert [problem for problem in resolved.problems if problem.severity == "error"] == []
    return in_order(check(drafts, resolved.briefing))


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Code and message of each."""
    return [(problem.code, problem.message) for problem in problems]


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]
