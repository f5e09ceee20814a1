"""The whole line as one function: a site's files in, its pages out, and everything that is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.files import COPIED, Files, as_files, in_memory
from builder.memo import Memo, Spread, one_by_one
from builder.model import Briefing
from builder.problems import Problem, in_order, nearest_hint
from builder.reading.files import PAGES
from builder.reading.markdown import output_path
from builder.reading.parse import parse
from builder.site import urls
from builder.site.data.sitemap import sitemap_files
from builder.site.exports import exports
from builder.site.frame import site_of
from builder.site.render import PageFile, body_or_mistake, mistake_in, render_site
from builder.site.web import base_of
from builder.values import dataclass

LAYOUTS = "layouts/"
BUILT_IN = "builtin/"
"""Where the inputs hold the templates and assets that come with Sourcebook; `layouts/` holds a site's own."""

NO_FILE = "link to a page of the site, or put the file into content/files/"


@dataclass(frozen=True, slots=True)
class Built:
    """A site is a dict: path in the output → bytes. With an error among the problems it is not to be written.

    A page's bytes are made when they are asked for, each time anew; a page whose template fails only then raises
    TemplateFailed. `wrappings`: what a bundle puts around it, by path. `private`: it prints more of its sources than
    may be published.
    """

    files: Files
    wrappings: Files
    briefing: Briefing
    problems: tuple[Problem, ...]
    private: bool = False

    @property
    def sound(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)

    def with_all_mistakes(self, spread: Spread = one_by_one) -> "Built":
        """The same with the mistakes of every page's template, not only of one page of each kind."""
        files = self.files.files.items()
        pages = [path for path, file in files if isinstance(file, PageFile) and file.plan.template and not file.sha256]
        return self._with(filter(None, spread(partial(mistake_in, self.files), pages)))

    def with_templates_tried(self) -> "Built":
        """The same with the mistakes of templates that are new, found on one page of each kind: for whoever makes no
        page, as something else is wrong."""
        files = self.files.files.items()
        pages = [(path, file) for path, file in files if isinstance(file, PageFile) and file.plan.template]
        new = {file.plan.template: path for path, file in pages if not file.pages.known_to_work(file.plan.template)}
        return self._with(filter(None, map(partial(mistake_in, self.files), new.values())))

    def made(self) -> "Built":
        """The same with all of its files made, and the mistakes of every page's template."""
        bodies = {path: body_or_mistake(self.files, path) for path in self.files}
        mistakes = [body for body in bodies.values() if isinstance(body, Problem)]
        files = in_memory({path: body for path, body in bodies.items() if not isinstance(body, Problem)})
        return replace(self._with(mistakes), files=files)

    def _with(self, mistakes: Iterable[Problem]) -> "Built":
        """Each mistake of a template once, however many pages it spoils."""
        known = {problem.span for problem in self.problems}
        first = {problem.span: problem for problem in reversed(list(mistakes)) if problem.span not in known}
        return replace(self, problems=in_order([*self.problems, *first.values()]))


def build(
    inputs: Mapping[str, bytes],
    *,
    drafts: bool = False,
    search: bool = True,
    draw_card: Callable[[Briefing], bytes | None] | None = None,
    full_text: bool = False,
    unreadable: frozenset[str] = frozenset(),
    memo: Memo | None = None,
    spread: Spread = one_by_one,
    try_templates: bool = True,
) -> Built:
    """Builds a site from its files: path from its root → bytes, and Sourcebook's own layouts under `builtin/`.

    Pure: the same inputs give the same bytes. `drafts`: articles and pages marked as drafts count as well.
    `search`: with a search page and what leads to it; the index itself is made from the pages, outside.
    `draw_card`: draws the picture that stands for a site with a `url` elsewhere; None where it cannot.
    `full_text`: every text is printed in full, whatever may be published of it: a private copy.
    `unreadable`: paths that are there, but whose problem was reported elsewhere. `memo`: what is known from the last
    build; it changes nothing but the time. `spread`: a `map` that may work in several processes. `try_templates`: one
    page of each kind is made at once, so that the mistakes in its template are among the problems.
    """
    inputs, memo = as_files(inputs), Memo() if memo is None else memo
    written = parse(inputs, drafts=drafts, unreadable=unreadable, memo=memo, spread=spread)
    resolved = resolve(written, memo, spread)
    private = full_text and any(article.rights != "full" for article in resolved.briefing.articles)
    briefing = _in_full(resolved.briefing) if private else resolved.briefing
    card = draw_card(briefing) if draw_card and briefing.settings.url else None
    site = site_of(briefing, search=search, card=card is not None, private=private)
    rendered = render_site(site, _layouts(inputs), memo, exports(site, inputs), try_templates=try_templates)
    copied = {path.removeprefix("content/"): file for path, file in inputs.files.items() if path.startswith(COPIED)}
    pictures = {} if card is None else {urls.CARD: card}
    pages = [path for path in rendered.files if path.endswith(".html")]
    base = base_of(briefing.settings.url)
    made = in_memory(pictures | (sitemap_files(pages, base) if base else {}))
    files = Files({**copied, **rendered.files.files, **made.files})
    # A page that is missing because of another mistake is no mistake in the link to it.
    broken = {f"articles/{slug}.html" for slug in written.broken}
    broken |= {output_path(path.removeprefix(PAGES), path) for path in inputs if path.startswith(PAGES)}
    missing = [
        Problem(span, "link-outside", f"there is no “{path}” in the site", nearest_hint(path, files) or NO_FILE)
        for path, span in resolved.links
        if not rendered.problems and path not in files and path not in broken
    ]
    sound = not any(problem.severity == "error" for problem in resolved.problems)
    found = check(written, resolved.briefing, memo, sound=sound, spread=spread)
    problems = in_order([*resolved.problems, *found, *rendered.problems, *missing])
    return Built(files, rendered.wrappings, briefing, problems, private)


def _in_full(briefing: Briefing) -> Briefing:
    articles = tuple(replace(article, rights="full", facets=(), digest="") for article in briefing.articles)
    return replace(briefing, articles=articles, settings=replace(briefing.settings, rights="full"))


def _layouts(inputs: Files) -> Files:
    own = {path.removeprefix(LAYOUTS): file for path, file in inputs.files.items() if path.startswith(LAYOUTS)}
    return Files(own | {path: file for path, file in inputs.files.items() if path.startswith(BUILT_IN)})
