"""What a template did wrong, with its place, as an author is told."""

from collections.abc import Iterator, Mapping
from types import TracebackType

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import UndefinedError

from builder.problems import Problem, Span, nearest_hint
from builder.site.frame import Page

BUILT_IN = "builtin/"
ASSETS = "assets/"


def is_asset(path: str) -> bool:
    return path.removeprefix(BUILT_IN).startswith(ASSETS)


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
        known = (path for path in layouts if not is_asset(path))
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
