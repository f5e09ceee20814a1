"""The five reports of the sample are full of traps. Each is shown on a page, caught by a rule, or decided in YAML."""

import re
from collections.abc import Mapping
from functools import cache

import pytest
from readings import Everything
from sample import ROOT
from traps import TRAPS, VERSIONS, ZEALAND, Answered, Caught, Compared, Decided, Evidence, Noted, Shown

from builder.build import Built, build
from builder.outlets.folder import read_site


@cache
def inputs() -> Mapping[str, bytes]:
    return read_site(ROOT)[0]


@pytest.fixture(scope="module")
def built() -> Built:
    return build(inputs())


def part(html: str, name: str) -> str:
    """What a page shows from the element with this id to the end of its section, or of the page."""
    _, found, rest = html.partition(f'id="{name}"')
    assert found, f"there is no {name}"
    depth = 1
    for edge in re.finditer("<section|</section>", "" if name == "text" else rest):
        depth += 1 if edge[0] == "<section" else -1
        if not depth:
            return words(f"<p {found}{rest[: edge.start()]}")
    return words(f"<p {found}{rest}")


def words(html: str) -> str:
    return " ".join("".join(Everything(html).text).split())


def row(html: str, start: str) -> str:
    """What a page shows of the row (of a text, a table, a comparison) that begins with this."""
    rows = [words("<" + one) for one in re.split(r'<(?=div class="row[ "]|tr>|li class="versions-|section )', html)]
    return next(one for one in rows if one.startswith(start))


def notes_beside(built: Built, slug: str, line: int) -> str:
    html = built.files[f"articles/{slug}.html"].decode()
    here = html.partition(f'class="line" href="#p{line}"')[2].partition('<div class="row')[0]
    return " ".join(words(note) for note in re.findall(r'<div class="note note-editor">(.*?)</div>', here, re.DOTALL))


def compared(built: Built, line: int) -> str:
    html = built.files[VERSIONS].decode()
    rows = html.split('<li class="versions-')[1:]
    return words("<li " + next(one for one in rows if f'{ZEALAND}.html#p{line}"' in one))


def change(path: str, right: str, wrong: str) -> tuple[Built, int]:
    """The sample with one thing written otherwise, and the line on which it stands."""
    text = inputs()[path].decode()
    assert text.count(right) == 1, right
    line = text.partition(right)[0].count("\n") + 1
    return build({**inputs(), path: text.replace(right, wrong).encode()}), line


def there_is(evidence: Evidence, built: Built) -> None:
    match evidence:
        case Shown(page, said, inside):
            assert said in part(built.files[page].decode(), inside)
        case Answered(question, answer, said):
            section = (
                built.files["differences.html"].decode().partition(f'id="{question}"')[2].partition("</section>")[0]
            )
            found = row(section, answer)
            assert [one for one in said if one not in found] == []
        case Noted(slug, line, said):
            assert said in notes_beside(built, slug, line)
        case Compared(line, said):
            assert said in compared(built, line)
        case Caught(code, path, right, wrong, at):
            mistaken, line = change(path, right, wrong)
            assert (code, *(at or (path, line))) in {(p.code, p.span.path, p.span.line) for p in mistaken.problems}
        case Decided(_, holds):
            assert holds(built.briefing)


def test_the_table_has_every_trap() -> None:
    assert [trap.partition(" ")[0] for trap in TRAPS] == [f"D{number:02}" for number in range(1, 37)]


def test_the_sample_as_it_is_falls_into_none(built: Built) -> None:
    assert built.problems == ()


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param(one, id=f"{trap.partition(' ')[0]}-{number}")
        for trap, evidence in TRAPS.items()
        for number, one in enumerate(evidence)
    ],
)
def test_each_trap_is_shown_or_caught_or_decided(evidence: Evidence, built: Built) -> None:
    there_is(evidence, built)
