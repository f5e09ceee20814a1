"""A briefing of two short articles on one page of paper, to change one thing in and look at what its pages say."""

import re

from sample import ROOT

from builder.build import Built, build

SITE = "title: The bridge\nlicense: CC0-1.0\n"

BRIEFING = """
title: The old bridge
as_of: 2025-04-07
bottom_line: The bridge is shut. [@daily "has been shut"]
key_points:
  - text: It was shut in January. [@daily "since 14 January"] [@weekly "on 20 January"]
    confidence: moderate
    reason: the two differ on the day
questions:
  - id: which-day
    question: On which day?
    positions:
      - answer: The 14th
        says: [{article: daily, quote: since 14 January}]
      - answer: The 20th
        says: [{article: weekly, quote: on 20 January}]
changes:
  - {date: 2025-04-07, text: First edition.}
"""

DAILY = """The old bridge has been shut since 14 January.
“Nobody asked us,” said Ida Kern.
Kern runs the ferry & the <inn> beside the bridge.
WEATHER: Rain is expected
"""

DAILY_SUMMARY = """
title: The bridge
title_is_editorial: true
publisher: {value: The Daily, basis: Its mast is on the photograph.}
published: 2025-04-01
url: unknown
roles: {teaser: [4]}
quotes:
  - quote: “Nobody asked us,”
    speaker: ida-kern
events:
  - {event: bridge-shut, date: 2025-01-14, quote: has been shut since 14 January}
notes:
  - {quote: the ferry, text: There is one ferry.}
"""

WEEKLY = """Engineers closed it on 20 January, Ms Kern says.
"""

WEEKLY_SUMMARY = """
title: A closure
publisher: The Weekly
published: 2025-04-03
url: unknown
events:
  - {event: bridge-shut, date: 2025-01-20, quote: closed it on 20 January}
"""

ENTITIES = """
ida-kern: {name: Ida Kern, kind: person, aliases: [Kern], description: She runs the ferry.}
"""

TIMELINE = """
bridge-shut: {title: The bridge is shut, date: "[2025-01-14,2025-01-20]", status: happened}
"""

FILES = {
    "site.yaml": SITE,
    "content/briefing.yaml": BRIEFING,
    "content/entities.yaml": ENTITIES,
    "content/timeline.yaml": TIMELINE,
    "content/articles/daily.txt": DAILY,
    "content/articles/daily.yaml": DAILY_SUMMARY,
    "content/articles/weekly.txt": WEEKLY,
    "content/articles/weekly.yaml": WEEKLY_SUMMARY,
}


def built_in_layouts() -> dict[str, bytes]:
    folder = ROOT / "layouts"
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {f"builtin/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files}


def tiny(changed: dict[str, str | bytes] | None = None, *, site: str = "") -> Built:
    """The tiny site built, with files added or changed by path from its root; `site`: more lines of `site.yaml`."""
    files: dict[str, str | bytes] = {**FILES, "site.yaml": SITE + site, **(changed or {})}
    inputs = {path: body.encode() if isinstance(body, str) else body for path, body in files.items()}
    return build(built_in_layouts() | inputs)


def page(built: Built, path: str) -> str:
    return built.files[path].decode()


def text_of(html: str) -> str:
    """What a reader reads: without tags, head and runs of white space."""
    body = html.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
