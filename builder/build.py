"""The whole line as one function: a site's files in, its pages out, and everything that is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.model import Briefing
from builder.problems import Problem, in_order, nearest_hint
from builder.reading.files import FILES, PAGES
from builder.reading.markdown import output_path
from builder.reading.parse import parse
from builder.site import urls
from builder.site.exports import exports
from builder.site.frame import site_of
from builder.site.render import render_site

LAYOUTS = "layouts/"
BUILT_IN = "builtin/"
"""Where the inputs hold the templates and assets that come with Sourcebook; `layouts/` holds a site's own."""

NO_FILE = "link to a page of the site, or put the file into content/files/"


@dataclass(frozen=True, slots=True)
class Built:
    """A site is a dict: path in the output → bytes. With an error among the problems it is not to be written.

    `wrappings`: what a bundle puts around it, by path. `private`: it prints more of its sources than may be published.
    """

    files: Mapping[str, bytes]
    wrappings: Mapping[str, bytes]
    briefing: Briefing
    problems: tuple[Problem, ...]
    private: bool = False

    @property
    def sound(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)


def build(
    inputs: Mapping[str, bytes],
    *,
    drafts: bool = False,
    search: bool = True,
    draw_card: Callable[[Briefing], bytes | None] | None = None,
    full_text: bool = False,
    unreadable: frozenset[str] = frozenset(),
) -> Built:
    """Builds a site from its files: path from its root → bytes, and Sourcebook's own layouts under `builtin/`.

    Pure: the same inputs give the same bytes. `drafts`: articles and pages marked as drafts count as well.
    `search`: with a search page and what leads to it; the index itself is made from the pages, outside.
    `draw_card`: draws the picture that stands for a site with a `url` elsewhere; None where it cannot.
    `full_text`: every text is printed in full, whatever may be published of it: a private copy.
    `unreadable`: paths that are there, but whose problem was reported elsewhere.
    """
    written = parse(inputs, drafts=drafts, unreadable=unreadable)
    resolved = resolve(written)
    private = full_text and any(article.rights != "full" for article in resolved.briefing.articles)
    briefing = _in_full(resolved.briefing) if private else resolved.briefing
    card = draw_card(briefing) if draw_card and briefing.settings.url else None
    site = site_of(briefing, search=search, card=card is not None, private=private)
    rendered = render_site(site, _layouts(inputs))
    copied = {path.removeprefix("content/"): body for path, body in inputs.items() if path.startswith(FILES)}
    pictures = {} if card is None else {urls.CARD: card}
    pages = [path for path in rendered.files if path.endswith(".html")]
    files = {**copied, **rendered.files, **pictures, **exports(site, pages, inputs)}
    # A page that is missing because of another mistake is no mistake in the link to it.
    broken = {f"articles/{slug}.html" for slug in written.broken}
    broken |= {output_path(path.removeprefix(PAGES), path) for path in inputs if path.startswith(PAGES)}
    missing = [
        Problem(span, "link-outside", f"there is no “{path}” in the site", nearest_hint(path, files) or NO_FILE)
        for path, span in resolved.links
        if not rendered.problems and path not in files and path not in broken
    ]
    sound = not any(problem.severity == "error" for problem in resolved.problems)
    found = check(written, resolved.briefing, sound=sound)
    problems = in_order([*resolved.problems, *found, *rendered.problems, *missing])
    return Built(files, rendered.wrappings, briefing, problems, private)


def _in_full(briefing: Briefing) -> Briefing:
    articles = tuple(replace(article, rights="full") for article in briefing.articles)
    return replace(briefing, articles=articles, settings=replace(briefing.settings, rights="full"))


def _layouts(inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    own = {path.removeprefix(LAYOUTS): body for path, body in inputs.items() if path.startswith(LAYOUTS)}
    return own | {path: body for path, body in inputs.items() if path.startswith(BUILT_IN)}
