"""Templates: the site's own win, see their page and nothing else, and every mistake in one is named with its line."""

import pytest
from tiny import page, text_of, tiny

from builder.problems import Problem, Span


def mistakes_in(template: str, body: str | bytes) -> tuple[Problem, ...]:
    return tiny({f"layouts/{template}": body}).problems


def test_a_template_of_the_site_replaces_the_built_in_one() -> None:
    built = tiny({"layouts/page.html": "{{ page.title }}!", "content/pages/about.md": "---\ntitle: About\n---\nText"})
    assert built.problems == ()
    assert page(built, "about.html") == "About!"


def test_a_template_of_the_site_can_change_one_block_of_the_built_in_one() -> None:
    own = '{% extends "builtin/base.html" %}{% block footer %}<p>Our own end</p>{% endblock %}'
    built = tiny({"layouts/base.html": own})
    assert built.problems == ()
    home = page(built, "index.html")
    assert "Our own end" in home
    assert "The bridge is shut." in text_of(home)
    assert 'class="footer"' not in home


def test_an_asset_of_the_site_replaces_the_built_in_one_and_new_ones_are_added() -> None:
    built = tiny({"layouts/assets/style.css": b"body { color: red }", "layouts/assets/more/mark.svg": b"<svg/>"})
    assert built.files["assets/style.css"] == b"body { color: red }"
    assert built.files["assets/more/mark.svg"] == b"<svg/>"
    assert b".chart" in built.files["assets/charts.css"]


def test_what_an_author_wrote_is_escaped() -> None:
    built = tiny({"content/articles/weekly.yaml": "title: <b>&\npublisher: '\"Q\"'\npublished: 2025-04-03\n"})
    sources = page(built, "sources.html")
    assert "&lt;b&gt;&amp;" in sources
    assert "<b>&" not in sources


def test_an_unknown_variable_is_named_with_its_line_and_the_nearest_known_one() -> None:
    assert mistakes_in("sources.html", "<h1>\n{{ page.titel }}</h1>") == (
        Problem(
            Span("layouts/sources.html", 2),
            "template-error",
            "there is no “titel” in SourcesPage",
            "the nearest is “title”",
        ),
    )


def test_a_template_sees_its_page_and_nothing_else() -> None:
    assert mistakes_in("sources.html", "{{ briefing.title }}") == (
        Problem(Span("layouts/sources.html", 1), "template-error", "there is no “briefing” here"),
    )


def test_a_mistake_in_a_part_that_is_included_is_named_there() -> None:
    own = '{% from "mine.html" import bad %}\n\n{{ bad(page) }}'
    built = tiny(
        {"layouts/sources.html": own, "layouts/mine.html": "{% macro bad(page) %}\n{{ page.nope }}{% endmacro %}"}
    )
    assert [problem.span for problem in built.problems] == [Span("layouts/mine.html", 2)]


def test_a_mistake_is_told_once_however_many_pages_it_spoils() -> None:
    built = tiny({"layouts/article.html": "{{ page.nope }}"})
    assert len(built.problems) == 1
    assert "articles/daily.html" not in built.files
    assert "index.html" in built.files


def test_all_mistakes_are_told_in_one_run() -> None:
    built = tiny({"layouts/article.html": "{% if %}", "layouts/event.html": "\n{{ page.nope }}"})
    assert [problem.span for problem in built.problems] == [Span("layouts/article.html"), Span("layouts/event.html", 2)]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("a\n{% if page.title %}\nb", 3, "Unexpected end of template."),
        ("{{ page.title + 1 }}", 1, "TypeError: can only concatenate str"),
        ("a\n\n{{ 1 // 0 }}", 3, "ZeroDivisionError"),
        ('\n{% include "nowhere.html" %}', 2, "no template “nowhere.html”"),
        (b"a\nb\xffc", 2, "this is not UTF-8: byte 0xff"),
        ('{% extends "sources.html" %}', 1, "RecursionError"),
    ],
)
def test_whatever_a_template_does_wrong_has_its_line(body: str | bytes, line: int, message: str) -> None:
    (problem,) = mistakes_in("sources.html", body)
    assert problem.span == Span("layouts/sources.html", line)
    assert problem.code == "template-error"
    assert message in problem.message


def test_a_missing_template_offers_the_nearest_one() -> None:
    (problem,) = mistakes_in("sources.html", '{% extends "builtin/bases.html" %}')
    assert problem.hint == "the nearest is “builtin/base.html”"
