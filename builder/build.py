"""The whole line as one function: a site's files in, its pages out, and everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.model import Briefing
from builder.problems import Problem, in_order, nearest_hint
from builder.reading.files import FILES, PAGES
from builder.reading.markdown import output_path
from builder.reading.parse import parse
from builder.site.exports import exports
from builder.site.render import render_site

LAYOUTS = "layouts/"
BUILT_IN = "builtin/"
"""Where the inputs hold the templates and assets that come with Sourcebook; `layouts/` holds a site's own."""

NO_FILE = "link to a page of the site, or put the file into content/files/"


@dataclass(frozen=True, slots=True)
class Built:
    """A site is a dict: path in the output → bytes. With an error among the problems it is not to be written."""

    files: Mapping[str, bytes]
    briefing: Briefing
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)


def build(
    inputs: Mapping[str, bytes],
    *,
    drafts: bool = False,
    search: bool = True,
    unreadable: frozenset[str] = frozenset(),
) -> Built:
    """Builds a site from its files: path from its root → bytes, and Sourcebook's own layouts under `builtin/`.

    Pure: the same inputs give the same bytes. `drafts`: articles and pages marked as drafts count as well.
    `search`: with a search page and what leads to it; the index itself is made from the pages, outside.
    `unreadable`: paths that are there, but whose problem was reported elsewhere.
    """
    written = parse(inputs, drafts=drafts, unreadable=unreadable)
    resolved = resolve(written)
    pages, template_problems = render_site(resolved.briefing, _layouts(inputs), search=search)
    copied = {path.removeprefix("content/"): body for path, body in inputs.items() if path.startswith(FILES)}
    files = {**copied, **pages, **exports(resolved.briefing)}
    # A page that is missing because of another mistake is no mistake in the link to it.
    broken = {f"articles/{slug}.html" for slug in written.broken}
    broken |= {output_path(path.removeprefix(PAGES), path) for path in inputs if path.startswith(PAGES)}
    missing = [
        Problem(span, "link-outside", f"there is no “{path}” in the site", nearest_hint(path, files) or NO_FILE)
        for path, span in resolved.links
        if not template_problems and path not in files and path not in broken
    ]
    sound = not any(problem.severity == "error" for problem in resolved.problems)
    found = check(written, resolved.briefing, sound=sound)
    return Built(files, resolved.briefing, in_order([*resolved.problems, *found, *template_problems, *missing]))


def _layouts(inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    own = {path.removeprefix(LAYOUTS): body for path, body in inputs.items() if path.startswith(LAYOUTS)}
    return own | {path: body for path, body in inputs.items() if path.startswith(BUILT_IN)}
