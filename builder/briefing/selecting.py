"""Words that a reader selected in an article, as the YAML that quotes them: looked up like any other quotation."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.briefing.citing import Citer, Page
from builder.briefing.quotes import OMISSION_SHOWN, Source
from builder.briefing.suggesting_yaml import scalar
from builder.model import Article, Block
from builder.problems import Problem, Span
from builder.reading.fields import as_line, as_quotation
from builder.reading.scripts import inside_word
from builder.reading.yamls import Form, Text, read_yaml


@dataclass(frozen=True, slots=True)
class Picked:
    """Some words in one block, as its page shows it: the block's line, and where in the block's text they begin."""

    line: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What can be pasted: keys for a summary, and a citation for a Markdown text (empty where a passage has none)."""

    yaml: str
    citation: str
    line: int


def quotation_of(picked: Sequence[Picked], article: Article) -> Copied | Problem:
    """The quotation of these words, one segment for each paragraph; or why they cannot be quoted.

    Words cut in two are made whole. What is returned has been read from its own YAML and found in the article again.
    """
    source = Source(article.slug, article.path, article.blocks)
    found = [_words(part, _block_of(part, article.blocks)) for part in picked if any(map(str.isalnum, part.text))]
    segments = [words for words, _ in found]
    if not segments:
        return Problem(Span(article.path), "quote-not-found", "there are no words in this selection")
    line = found[0][1]
    yaml = as_yaml(segments, line)
    problem = _problem_with(yaml, source)
    if problem:
        return problem
    citation = f'[@{article.slug}:{line} "{_in_marks(OMISSION_SHOWN.join(segments))}"]'
    return Copied(yaml, citation if _stands(OMISSION_SHOWN.join(segments), line, source) else "", line)


def as_yaml(segments: Sequence[str], line: int) -> str:
    """`quote` and `line`, ready to be pasted into a summary."""
    if len(segments) == 1:
        return f"quote: {_value(segments[0], '  ')}\nline: {line}\n"
    items = "".join(f"  - {_value(segment, '    ')}\n" for segment in segments)
    return f"quote:\n{items}line: {line}\n"


def _value(text: str, indent: str) -> str:
    """Plain where it can be; a block where marks inside would need signs before them that nobody wants to read."""
    marks = '"' in text or "\\" in text
    return f"|-\n{indent}{text}" if marks and text.isprintable() else scalar(text)


def _block_of(part: Picked, blocks: Sequence[Block]) -> Block | None:
    """The block that has these words at this place; blocks of one line, such as cells of a table, are told apart."""
    end = part.start + len(part.text)
    return next(
        (block for block in blocks if block.line == part.line and block.text[part.start : end] == part.text), None
    )


def _words(part: Picked, block: Block | None) -> tuple[str, int]:
    """The words of a part, those at its ends whole, and the raw line on which they begin.

    Of a text that is not printed whole only the words themselves are known.
    """
    if block is None:
        return " ".join(part.text.split()), part.line
    start = part.start + len(part.text) - len(part.text.lstrip())
    end = part.start + len(part.text.rstrip())
    while inside_word(block.text, start):
        start -= 1
    while inside_word(block.text, end):
        end += 1
    return block.text[start:end].replace("\n", " "), block.line_at(start)


def _problem_with(yaml: str, source: Source) -> Problem | None:
    """Why the builder would refuse this YAML in a summary."""
    document = read_yaml(yaml, source.path)
    if document.problems or not isinstance(document.value, Form):
        return document.problems[0]
    keys = {str(key): value for key, value in document.value.items()}
    return _look_up(as_quotation(keys["quote"]), as_line(keys["line"]), source)


def _stands(text: str, line: int, source: Source) -> bool:
    return _look_up((Text(text, Span(source.path)),), line, source) is None


def _look_up(segments: tuple[Text, ...], line: int, source: Source) -> Problem | None:
    citer = Citer({source.slug: source})
    passage = citer.passage(segments, line, source, Page("article", source.slug))
    return None if passage else citer.problems[0]


def _in_marks(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
