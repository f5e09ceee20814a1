"""Fast templates write what strict ones do, and leave to them what they cannot do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape
from sample import ROOT
from tiny import page, tiny

from builder.build import build
from builder.outlets.folder import read_site
from builder.site.templates import Writer, escaped, escaped_anew
from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    html: Markup
    list: tuple[int, ...] = (1, 2)
    none: None = None


SHOWN = Shown("<b> & “c”", Markup("<i>d</i>"))


def writer(template: str) -> Writer:
    parts = "{% macro twice(text) %}{{ text }}|{{ text }}{% endmacro %}"
    base = "<{% block a %}{{ page.html }}{% endblock %}|{% block b %}{{ page.list }}{% endblock %}>"
    loader = DictLoader({"t": template, "parts": parts, "base": base})
    return Writer(Environment(loader=loader, autoescape=True, undefined=StrictUndefined))


@pytest.mark.parametrize(
    ("template", "fast"),
    [
        ("{{ page.title }} {{ page.html }} {{ page.list }} {{ page.none }} {{ page.list | length }}", True),
        ("{% from 'parts' import twice %}{{ twice(page.title) }}{{ twice(page.html) }}", True),
        ("{% set kept %}{{ page.title }}{% endset %}{{ kept }}{{ kept | upper }}", True),
        ("{{ page.title ~ page.html }}{{ [page.title, page.html] | join(', ') }}", True),
        ("{% for n in page.list %}{{ loop.index }}{% if loop.last %}.{% endif %}{% endfor %}", True),
        ("{{ page.title.upper() }}{{ 'a{}<'.format(page.html) }}{{ (1).real }}{{ {'a': 2}['a'] }}", True),
        ("{% block a %}{{ page.title }}{% block b %}{{ page.html }}{% endblock %}{% endblock %}.", True),
        ("{% extends 'base' %}{% block a %}{{ page.title }}{{ super() }}{% endblock %}", True),
        ("{% extends 'base' %}{% block a %}{{ page.title }}{{ self.b() }}{% endblock %}", False),
        ("{{ page.title | safe }}{{ page.html | e }}{{ page.title | replace('b', '<') }}", True),
        ("{{ page.other is defined }}{{ page.other | default('-') }}", False),
        ("{{ {'class': page.title}.class }}", True),
        ("{{ {'a': page.title}.a }}", False),
    ],
)
def test_fast_and_strict_templates_write_the_same(template: str, fast: bool) -> None:  # noqa: FBT001  # a parameter of pytest's
    templates = writer(template)
    strict = templates.strict.get_template("t").render(page=SHOWN)
    assert templates.write("t", SHOWN) == strict
    assert templates.write("t", SHOWN) == strict
    assert (templates.too_much_for_fast == set()) is fast


def test_a_mistake_is_told_in_the_words_of_the_strict_one() -> None:
    with pytest.raises(UndefinedError, match="has no attribute 'titel'"):
        writer("{{ page.titel }}").write("t", SHOWN)


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(escape), st.text(alphabet="a<>&'\"").map(Markup)))
def test_values_are_escaped_as_jinja_does(value: object) -> None:
    assert escaped(value) == str(escape(value))
    assert not isinstance(value, str) or escaped_anew(value) == str(escape(value))


def test_no_built_in_template_is_too_much_for_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every page of its kind would be written by the slow one, and nobody would know."""
    seen: list[Writer] = []
    write = Writer.write

    def watched(self: Writer, template: str, shown: object) -> str:
        seen.append(self)
        return write(self, template, shown)

    monkeypatch.setattr(Writer, "write", watched)
    inputs, _ = read_site(ROOT)
    built = build(inputs)
    assert built.problems == ()
    assert dict(built.files)
    assert len(seen) > 90
    assert set().union(*(templates.too_much_for_fast for templates in seen)) == set()


def test_a_template_of_the_site_that_asks_whether_something_is_there_gets_its_answer() -> None:
    own = "{% if page.subtitle is defined %}yes{% else %}no {{ page.title }}{% endif %}"
    assert re.fullmatch("no .+", page(tiny({"layouts/index.html": own}), "index.html"))
