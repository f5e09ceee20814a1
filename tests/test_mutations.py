"""No misquotation gets through: each quotation of the sample, with one letter or digit changed, is found out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pytest
import yaml
from click.testing import CliRunner
from sample import ROOT, copy_sample

from builder.briefing.folding import folded
from builder.briefing.resolve import resolve
from builder.cli import sourcebook
from builder.outlets.folder import read_site
from builder.problems import Problem
from builder.reading.parse import parse

FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.yaml"))
CITATION = re.compile(r'\[@[\w-]+(?::\d+)? "((?:\\.|[^"\\])*)"\]')
IN_MARKS = re.compile("“([^“”]+)”")
CODES = {"quote-not-found", "quote-unsupported"}


@dataclass(frozen=True)
class Mutation:
    """One character of a file, and what it becomes; `begins`: the line on which its quotation begins."""

    offset: int
    put: str
    line: int
    begins: int


@cache
def site() -> Mapping[str, bytes]:
    return read_site(ROOT)[0]


@cache
def all_sources() -> str:
    """The texts of all articles, typography folded."""
    return "\n".join(folded(body.decode()) for path, body in site().items() if path.endswith(".txt"))


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where every quotation of a YAML file stands in it: `quote` keys, citations, and words in quotation marks."""
    for scalar, quoted in scalars(yaml.compose(text, Loader=yaml.SafeLoader)):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        if quoted:
            yield start, end
            continue
        cited = [(match.start(1), match.end(1)) for match in CITATION.finditer(text, start, end)]
        yield from cited
        for match in IN_MARKS.finditer(text, start, end):
            if not any(first <= match.start() < last for first, last in cited):
                yield match.start(1), match.end(1)


def scalars(node: yaml.Node | None, *, quoted: bool = False) -> Iterator[tuple[yaml.Node, bool]]:
    """Every value of a document, and whether it stands under a key `quote`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from scalars(value, quoted=key.value == "quote")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from scalars(value, quoted=quoted)
    elif node is not None:
        yield node, quoted


def mutations(text: str) -> Iterator[Mutation]:
    """The middle letter of each quotation, and each of its digits, made another."""
    for start, end in quotations(text):
        letters = [offset for offset in range(start, end) if text[offset].isalpha()]
        digits = [offset for offset in range(start, end) if text[offset].isdigit()]
        middle = letters[len(letters) // 2 : len(letters) // 2 + 1]
        for offset in [*middle, *digits]:
            put = another(text, start, end, offset)
            yield Mutation(offset, put, text.count("\n", 0, offset) + 1, text.count("\n", 0, start) + 1)


def another(text: str, start: int, end: int, offset: int) -> str:
    """A letter or digit that makes of the quotation something that no source has."""
    for put in "0123456789" if text[offset].isdigit() else "xqjzvk":
        changed = text[start:offset] + put + text[offset + 1 : end]
        if put != text[offset] and folded(changed) not in all_sources():
            return put
    raise AssertionError(f"no change makes “{text[start:end]}” wrong")


def rounds(text: str) -> Iterator[Sequence[Mutation]]:
    """All mutations, no two of one line together: in one check each must be found, and nothing elsewhere."""
    by_line: dict[int, list[Mutation]] = {}
    for mutation in mutations(text):
        by_line.setdefault(mutation.begins, []).append(mutation)
    while by_line:
        yield [waiting.pop() for waiting in by_line.values()]
        by_line = {line: waiting for line, waiting in by_line.items() if waiting}


def changed(text: str, made: Sequence[Mutation]) -> str:
    characters = list(text)
    for mutation in made:
        characters[mutation.offset] = mutation.put
    return "".join(characters)


def errors(path: str, text: str) -> list[Problem]:
    """What is wrong with the sample, one of its files replaced."""
    problems = resolve(parse({**site(), path: text.encode()})).problems
    return [problem for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("path", FILES)
def test_one_changed_letter_or_digit_in_any_quotation_is_an_error_on_its_line_and_nowhere_else(path: str) -> None:
    text = site()[path].decode()
    for made in rounds(text):
        found = errors(path, changed(text, made))
        assert {problem.code for problem in found} <= CODES, found
        assert {problem.span.path for problem in found} <= {path}
        lines = {problem.span.line for problem in found}
        unseen = [mutation for mutation in made if not {mutation.line, mutation.begins} & lines]
        assert not unseen, [(mutation.line, text[mutation.offset - 30 : mutation.offset + 30]) for mutation in unseen]
        assert lines <= {line for mutation in made for line in (mutation.line, mutation.begins)}


def test_the_quotations_changed_here_are_all_that_the_build_counts() -> None:
    """So that no kind of quotation is forgotten. The build counts a quotation in segments once.

    How a source describes an unnamed speaker is counted as well, but is none of the author's quotations: what is not
    there is printed as the author's own words.
    """
    briefing = resolve(parse(site())).briefing
    described = sum(quote.described is not None for article in briefing.articles for quote in article.quotes)
    counted = len(briefing.uses) - described
    segments_after_the_first = sum(
        len(segments) - 1
        for path in FILES
        for segments in lists_of_segments(yaml.compose(site()[path].decode(), Loader=yaml.SafeLoader))
    )
    changed_here = sum(len(list(quotations(site()[path].decode()))) for path in FILES)
    assert changed_here - segments_after_the_first == counted
    assert counted > 300


def lists_of_segments(node: yaml.Node | None) -> Iterator[list[yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "quote" and isinstance(value, yaml.SequenceNode):
                yield value.value
            yield from lists_of_segments(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from lists_of_segments(value)


@pytest.mark.parametrize("path", FILES)
def test_the_command_finds_a_changed_letter_and_points_at_its_line(
    path: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = site()[path].decode()
    made = next(mutations(text), None)
    assert made or path == "content/entities.yaml"  # the register of the sample quotes nothing
    if made is None:
        return
    folder = copy_sample(tmp_path_factory.mktemp("site"))
    (folder / path).write_text(changed(text, [made]), encoding="utf-8")
    result = CliRunner().invoke(sourcebook, ["check", "--site", str(folder)])
    assert result.exit_code == 1
    assert re.search(rf"^{re.escape(path)}:({made.line}|{made.begins}):\d+: error\[quote-", result.output, re.MULTILINE)
