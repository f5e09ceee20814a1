"""A template is what it was while it and all that it takes are: those that it names, and those that they name."""

import pytest

from builder.files import in_memory
from builder.memo import Memo
from builder.site.template_states import TemplateStates, others_in

LAYOUTS = {
    "builtin/base.html": "<p>",
    "builtin/page.html": '{% extends "base.html" %}{% from "parts.html" import words %}',
    "builtin/parts.html": "{% macro words() %}{% endmacro %}",
    "builtin/alone.html": "nothing else",
    "builtin/any.html": "{% include page.template %}",
    "assets/style.css": "{% include 'x.html' %}",
}


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ('{% extends "base.html" %}', ["base.html"]),
        ("{%- extends 'base.html' -%}", ["base.html"]),
        ('{%+ include\n  "a.html"\n+%}', ["a.html"]),
        ('{% include "a.html" ignore missing with context %}', ["a.html"]),
        ('{% include "a.html" without context %}{% include "b.html" %}', ["a.html", "b.html"]),
        ('{% import "a.html" as a %}', ["a.html"]),
        ('{% import "a.html" as a with context %}', ["a.html"]),
        ('{% from "a.html" import b, c as d with context %}', ["a.html"]),
        ('{%include"a.html"%}', ["a.html"]),
        ("{% extends page.template %}", [None]),
        ('{% extends "a.html" if page.found else "b.html" %}', [None]),
        ('{% include ["a.html", "b.html"] %}', [None]),
        ('{% include "a" ~ ".html" %}', [None]),
        ('{% include "a.html"|lower %}', [None]),
        ('{% include "a\\x2ehtml" %}', [None]),
        ('{% from page.parts import b %}{% extends "base.html" %}', [None, "base.html"]),
        ('{% block include %}{% endblock %}{{ "include" }} {% set from = 1 %}', []),
    ],
)
def test_what_a_template_takes_is_known_where_it_is_named_once_and_for_all(
    source: str, named: list[str | None]
) -> None:
    assert list(others_in(source)) == named


def state(template: str, **changes: str | None) -> str:
    """Of a template, in layouts with some files changed, or gone."""
    named = {name.replace("__", "/").replace("_", "."): body for name, body in changes.items()}
    layouts = {path: body for path, body in (LAYOUTS | named).items() if body is not None}
    return TemplateStates(in_memory({path: body.encode() for path, body in layouts.items()}), Memo()).of(template)


def test_a_template_is_another_when_one_that_it_takes_is() -> None:
    page = state("page.html")
    assert page == state("page.html", assets__style_css="", builtin__alone_html="other")
    others = {
        page,
        state("page.html", builtin__page_html="<p>"),
        state("page.html", builtin__base_html="<div>"),
        state("page.html", builtin__parts_html="{# #}"),
        state("page.html", base_html="<p>"),
        state("page.html", parts_html='{% include "alone.html" %}'),
        state("page.html", parts_html='{% include "alone.html" %}', alone_html="own"),
        state("page.html", parts_html='{% include "missing.html" ignore missing %}'),
        state("page.html", parts_html='{% include "missing.html" ignore missing %}', missing_html="there"),
    }
    assert len(others) == 9


def test_what_is_named_only_while_the_page_is_written_may_be_any_file_of_the_layouts() -> None:
    others = {
        state("any.html"),
        state("any.html", builtin__alone_html=""),
        state("any.html", new_html=""),
        state("any.html", assets__style_css=""),
    }
    assert len(others) == 4


def test_templates_that_take_each_other_in_a_circle_have_a_state() -> None:
    circle = '{% extends "page.html" %}'
    assert state("page.html", base_html=circle) == state("page.html", base_html=circle)
    assert state("page.html", base_html=circle) != state("page.html", base_html=circle, parts_html="")
