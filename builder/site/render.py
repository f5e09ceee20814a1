"""Pages to bytes: every page through its template, every asset as it is, every mistake in a template with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import UndefinedError

from builder.problems import Problem, Span, nearest_hint
from builder.site import colour, urls
from builder.site.frame import Site
from builder.site.page_bundle import CONTENTS_HERE, POLICY_HERE, ROUTER, SHELL, STYLE, wrapping_pages
from builder.site.page_search import register_script
from builder.site.pages import Page, pages_of
from builder.site.templates import Writer

BUILT_IN = "builtin/"
ASSETS = "assets/"
SEARCH_ASSETS = ("assets/search.js", "assets/search/")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Path in the output → bytes: the site's own `files`, and the `wrappings` that a bundle puts around them."""

    files: dict[str, bytes]
    wrappings: dict[str, bytes]
    problems: tuple[Problem, ...]


def render_site(site: Site, layouts: Mapping[str, bytes]) -> Rendered:
    """Every page and asset of the site, and those around it in a bundle.

    `layouts` holds the site's own templates and assets by path (`article.html`, `assets/style.css`) and the
    built-in ones under `builtin/`; a site's own file wins. A page whose template failed is absent, and the problems
    say where it failed.
    """
    style, problems = colour.style_of_accent(site.briefing.settings.accent)
    files = assets_of(layouts) | style
    if site.search:
        files[urls.REGISTER_SCRIPT] = register_script(site)
    else:
        files = {path: body for path, body in files.items() if not path.startswith(SEARCH_ASSETS)}
    templates = templates_over(layouts)
    pages, failures = render_all(pages_of(site), templates, layouts)
    wrappings, more = render_all(wrapping_pages(site, files), templates, layouts)
    wrappings |= {path: own_or_built_in(path, layouts) for path in (ROUTER, STYLE)}
    distinct = {problem.span: problem for problem in (*unmarked(wrappings), *more, *failures)}
    return Rendered(files | pages, wrappings, (*problems, *distinct.values()))


def render_all(
    pages: Iterable[Page], templates: Writer, layouts: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[Problem]]:
    rendered: dict[str, bytes] = {}
    failures: dict[Span, Problem] = {}
    for page in pages:
        try:
            rendered[page.path] = render(page, templates)
        except Exception as failure:  # noqa: BLE001 - a template is its author's own code: it can raise anything
            problem = problem_of(failure, page, layouts)
            failures.setdefault(problem.span, problem)
    return rendered, list(failures.values())


def own_or_built_in(path: str, layouts: Mapping[str, bytes]) -> bytes:
    return layouts[path if path in layouts else BUILT_IN + path]


def unmarked(wrappings: Mapping[str, bytes]) -> Iterator[Problem]:
    """What a site's own shell for the single file lacks."""
    for name, mark in (("page.policy", POLICY_HERE), ("page.contents", CONTENTS_HERE)):
        if SHELL in wrappings and wrappings[SHELL].count(mark.encode()) != 1:
            fact = f"this has to hold {{{{ {name} }}}}, once"
            yield Problem(Span(place_of(SHELL)), "template-error", fact)


def assets_of(layouts: Mapping[str, bytes]) -> dict[str, bytes]:
    """What lies under `assets/`, the site's own file instead of the built-in of the same path."""
    built_in = {
        path.removeprefix(BUILT_IN): body for path, body in layouts.items() if path.startswith(BUILT_IN + ASSETS)
    }
    own = {path: body for path, body in layouts.items() if path.startswith(ASSETS)}
    return built_in | own


def render(page: Page, templates: Writer) -> bytes:
    return templates.write(page.template, page).encode()


# --- templates -----------------------------------------------------------------------------------------------------


def templates_over(layouts: Mapping[str, bytes]) -> Writer:
    """Jinja2, strict: an unknown name is an error, and every value is escaped.

    Not its sandbox: that makes a page four times as slow, and a site's templates are its author's own code. Compiled
    once for the same layouts, which takes longer than the rest of a build after a small change.
    """
    return _compiled(frozenset((path, body) for path, body in layouts.items() if not _is_asset(path)))


def _is_asset(path: str) -> bool:
    return path.removeprefix(BUILT_IN).startswith(ASSETS)


@lru_cache(maxsize=2)
def _compiled(templates: frozenset[tuple[str, bytes]]) -> Writer:
    strict = Environment(
        loader=Layouts(dict(templates)),
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
    )
    return Writer(strict)


class Layouts(BaseLoader):
    """Finds `article.html` among the site's own templates, then among the built-in ones; `builtin/article.html`
    only there."""

    def __init__(self, layouts: Mapping[str, bytes]) -> None:
        self.layouts = layouts

    def get_source(self, _: Environment, template: str) -> tuple[str, str, None]:
        path = template if template in self.layouts else BUILT_IN + template
        if path not in self.layouts:
            raise TemplateNotFound(template)
        try:
            return self.layouts[path].decode("utf-8-sig"), place_of(path), None
        except UnicodeDecodeError as failure:
            line = self.layouts[path][: failure.start].count(b"\n") + 1
            fact = f"this is not UTF-8: byte 0x{self.layouts[path][failure.start]:02x}"
            raise TemplateSyntaxError(fact, line, template, place_of(path)) from None


class Missing(StrictUndefined):
    """An unknown name; its message offers the nearest known one on a second line."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or not isinstance(self._undefined_name, str):
            return super()._undefined_message
        if slots := fields_of(type(self._undefined_obj)):
            owner = type(self._undefined_obj).__name__
            return f"there is no “{self._undefined_name}” in {owner}\n{nearest_hint(self._undefined_name, slots)}"
        return f"there is no “{self._undefined_name}” here\n{nearest_hint(self._undefined_name, ['page'])}"


def fields_of(kind: type) -> tuple[str, ...]:
    """The names that a view has."""
    return tuple(getattr(kind, "__dataclass_fields__", ()))


# --- mistakes ------------------------------------------------------------------------------------------------------


def place_of(path: str) -> str:
    """Where an author looks for a template: in `layouts/`, the built-in one in the same place as their own."""
    return "layouts/" + path.removeprefix(BUILT_IN)


def problem_of(failure: Exception, page: Page, layouts: Mapping[str, bytes]) -> Problem:
    """What a template did wrong; anything that no template did is raised again, for it is a mistake of ours."""
    if isinstance(failure, TemplateSyntaxError):
        span = Span(failure.filename or place_of(failure.name or page.template), failure.lineno)
        return Problem(span, "template-error", failure.message or "a syntax error")
    places = list(template_lines(failure.__traceback__))
    if isinstance(failure, TemplateNotFound):
        span = places[-1] if places else Span(place_of(page.template))
        known = (path for path in layouts if not path.removeprefix(BUILT_IN).startswith(ASSETS))
        return Problem(span, "template-error", f"no template “{failure.name}”", nearest_hint(str(failure.name), known))
    if not places:
        raise failure
    fact, _, hint = str(failure).partition("\n")
    if not isinstance(failure, UndefinedError):
        fact = f"{type(failure).__name__}: {fact}" if fact else type(failure).__name__
    return Problem(places[-1], "template-error", fact, hint)


def template_lines(trace: TracebackType | None) -> Iterator[Span]:
    """The lines of templates in a traceback, outermost first; Jinja2 gives them the name that the loader gave."""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("layouts/"):
            yield Span(name, trace.tb_lineno)
        trace = trace.tb_next
