"""Pages to bytes: every page through its template, every asset as it is, every mistake in a template with its place."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from posixpath import dirname

from builder.files import File, Files, here
from builder.memo import Memo
from builder.problems import Problem, Span
from builder.site import colour, urls
from builder.site.frame import SECTION_OF, Site
from builder.site.layouts import compile_all, templates_over
from builder.site.page_bundle import CONTENTS_HERE, POLICY_HERE, ROUTER, SHELL, STYLE, wrapping_pages
from builder.site.page_search import register_script
from builder.site.pages import Page, Planned, planned
from builder.site.reads import MadeOf, WatchedSite
from builder.site.states import States
from builder.site.template_mistakes import ASSETS, BUILT_IN, place_of, problem_of
from builder.site.template_states import TemplateStates
from builder.site.templates import Writer
from builder.values import dataclass

SEARCH_ASSETS = ("assets/search.js", "assets/search/")


class TemplateFailed(Exception):
    """A page could not be made of its template; `problem` says why and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Rendered:
    """Path in the output → bytes: the site's own `files`, and the `wrappings` that a bundle puts around them."""

    files: Files
    wrappings: Files
    problems: tuple[Problem, ...]


def render_site(
    site: Site, layouts: Files, memo: Memo, exported: Iterable[Planned] = (), *, try_templates: bool = True
) -> Rendered:
    """Every page and asset of the site, and those around it in a bundle; a page is made when its bytes are asked for.

    `layouts` holds the site's own templates and assets by path (`article.html`, `assets/style.css`) and the
    built-in ones under `builtin/`; a site's own file wins. Where templates are not what they were, one page of each
    kind is made here, so that a mistake in its template shows at once; then all of the kind are, and those that fail
    are absent. Not without `try_templates`: whoever makes every page anyway sees them all then. A page that fails later
    raises TemplateFailed. `memo` recalls what pages were made of. `exported`: files that need no template.
    """
    style, problems = colour.style_of_accent(site.briefing.settings.accent)
    ready = assets_of(layouts) | {path: here(body) for path, body in style.items()}
    if site.search:
        ready[urls.REGISTER_SCRIPT] = here(register_script(site))
    else:
        ready = {path: file for path, file in ready.items() if not path.startswith(SEARCH_ASSETS)}
    pages = Pages(site, layouts, memo)
    if not try_templates:
        compile_all(layouts, memo)

    def is_tried(plan: Planned) -> bool:
        return not pages.known_to_work(plan.template) and try_templates

    files, failures = pages_of(planned(site), pages, is_tried)
    # Few, and most builds do not want them: a mistake in one would show only when a bundle is made.
    wrappings, more = pages_of(wrapping_pages(Files(ready)), pages, lambda _: True)
    wrappings |= dict(own_or_built_in((ROUTER, STYLE), layouts))
    distinct = {problem.span: problem for problem in (*more, *failures)}
    files |= {plan.path: pages.file(plan) for plan in exported}
    return Rendered(Files(ready | files), Files(wrappings), (*problems, *distinct.values()))


def pages_of(
    plans: Iterable[Planned], pages: "Pages", is_tried: Callable[[Planned], bool]
) -> tuple[dict[str, File], list[Problem]]:
    """A file for each page, and what is wrong with the templates of those that are tried: each mistake once, however
    many pages it spoils. What is known to be what it was is not made again."""
    files: dict[str, File] = {}
    failures: dict[Span, Problem] = {}
    for plan in plans:
        file = files[plan.path] = pages.file(plan)
        if not is_tried(plan):
            continue
        if not file.sha256:
            try:
                body, made_of = file.made()
            except TemplateFailed as failure:
                failures.setdefault(failure.problem.span, failure.problem)
                del files[plan.path]
                continue
            files[plan.path] = File(partial(bytes, body), made_of.sha256)
            file.remember(made_of)
        pages.note_that_it_works(plan.template)
    return files, list(failures.values())


def body_or_mistake(files: Files, path: str) -> bytes | Problem:
    """A file's bytes, or what is wrong with its template, if it is a page that cannot be made."""
    try:
        return files[path]
    except TemplateFailed as failure:
        return failure.problem


def mistake_in(files: Files, path: str) -> Problem | None:
    found = body_or_mistake(files, path)
    return found if isinstance(found, Problem) else None


class Pages:
    """Makes pages of a site with its templates, and knows which are what they were in the last build."""

    def __init__(self, site: Site, layouts: Files, memo: Memo) -> None:
        self.site, self.watched, self.states = site, WatchedSite(site), States(site)
        self.layouts, self.templates = layouts, templates_over(layouts, memo)
        self.memo, self.template_states = memo, TemplateStates(layouts, memo)
        self._same: dict[str, str] = {}
        self._working: set[str] = set()

    def file(self, plan: Planned) -> "PageFile":
        """A page, with its digest if it is made of what it was made of before."""
        return PageFile(plan, self)

    def known_digest(self, plan: Planned) -> str:
        """That of a page that is made of what it was made of before; else empty."""
        if plan.path not in self._same:
            known = self.memo.find(self._key_of_page(plan))
            same = known is not None and self.states.of(known[0].reads) == known[0].state
            self._same[plan.path] = known[0].sha256 if known and same else ""
        return self._same[plan.path]

    def remember(self, plan: Planned, made_of: MadeOf) -> None:
        self.memo.learn(self._key_of_page(plan), made_of)
        self.note_that_it_works(plan.template)

    def _key_of_page(self, plan: Planned) -> str:
        template = self.template_states.of(plan.template) if plan.template else ""
        # Kept together: with one article a few of the articles' pages change, and most of those that list them.
        folder = dirname(plan.path)
        kind = f"page-{folder}" if folder in SECTION_OF and folder else "page"
        return self.memo.key(kind, (plan.path, plan.template, plan.also, template))

    def known_to_work(self, template: str) -> bool:
        """Whether a page was made with it, of these templates as they are."""
        if template not in self._working and self.memo.find(self._key_of(template)):
            self._working.add(template)
        return template in self._working

    def note_that_it_works(self, template: str) -> None:
        if template not in self._working:
            self._working.add(template)
            self.memo.learn(self._key_of(template), value=True)

    def _key_of(self, template: str) -> str:
        return self.memo.key("template", (template, self.template_states.of(template)))

    def body(self, plan: Planned) -> bytes:
        """The bytes of a page, from any thread: a site is watched by one at a time. Raises TemplateFailed."""
        return self._rendered(plan, self.site)

    def made(self, plan: Planned) -> tuple[bytes, MadeOf]:
        """The bytes of a page, and what it was made of. Raises TemplateFailed."""
        body, reads = self.watched.reads_of(partial(self._rendered, plan))
        return body, MadeOf(reads, self.states.of(reads), sha256(body).hexdigest())

    def _rendered(self, plan: Planned, site: Site) -> bytes:
        page = plan.make(site)
        if isinstance(page, bytes):
            return page
        try:
            body = render(page, self.templates)
        except Exception as failure:
            raise TemplateFailed(problem_of(failure, page, self.layouts)) from failure
        for problem in unmarked(body) if plan.path == SHELL else ():
            raise TemplateFailed(problem)
        return body


class PageFile(File):
    """A page that can be made. Whoever makes it may have what it was made of remembered for the next build.

    Whether it is what it was, and so its digest, is found out when somebody asks for that.
    """

    __slots__ = ("pages", "plan")
    plan: Planned
    pages: Pages

    def __init__(self, plan: Planned, pages: Pages) -> None:
        for name, value in (("body", partial(pages.body, plan)), ("plan", plan), ("pages", pages)):
            object.__setattr__(self, name, value)

    @property
    def sha256(self) -> str:
        return self.pages.known_digest(self.plan)

    def made(self) -> tuple[bytes, MadeOf]:
        return self.pages.made(self.plan)

    def remember(self, made_of: MadeOf) -> None:
        self.pages.remember(self.plan, made_of)


def own_or_built_in(paths: Iterable[str], layouts: Files) -> Iterator[tuple[str, File]]:
    for path in paths:
        for place in (path, BUILT_IN + path):
            if place in layouts:
                yield path, layouts.files[place]
                break


def unmarked(shell: bytes) -> Iterator[Problem]:
    """What a site's own shell for the single file lacks."""
    for name, mark in (("page.policy", POLICY_HERE), ("page.contents", CONTENTS_HERE)):
        if shell.count(mark.encode()) != 1:
            fact = f"this has to hold {{{{ {name} }}}}, once"
            yield Problem(Span(place_of(SHELL)), "template-error", fact)


def assets_of(layouts: Files) -> dict[str, File]:
    """What lies under `assets/`, the site's own file instead of the built-in of the same path."""
    files = layouts.files
    built_in = {path.removeprefix(BUILT_IN): file for path, file in files.items() if path.startswith(BUILT_IN + ASSETS)}
    own = {path: file for path, file in files.items() if path.startswith(ASSETS)}
    return built_in | own


def render(page: Page, templates: Writer) -> bytes:
    return templates.write(page.template, page).encode()
