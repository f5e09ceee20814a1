"""Paragraphs that look glued on: the beginnings of other articles, as web pages print them below one."""

from collections.abc import Collection, Container, Iterator, Sequence

from builder.briefing.lint_case import Finding, place_in, shortened
from builder.model import Article, Block
from builder.patterns import pattern

WORD = pattern(r"[^\W\d_][\w’'-]*")
BEFORE_COLON = pattern(r"([^:]{4,60}):\s")
"""Where a kicker stands, which is in capitals: ‘UNUSUAL EVENT’: ."""

WITHIN_SENTENCE = pattern(r"\w $")
"""What stands before a word that does not begin a sentence."""

LISTED = pattern(r"[-•*–·]|\d+[.)]")
"""What an item of a list begins with: those often have no full stop."""

LEAST_WORDS = 12
"""A shorter line is a heading, a caption or a credit."""

CONTENT_LETTERS = 5
"""Shorter words are mostly those that every text has."""

LONG, LEAST_ELSEWHERE = 40, 100
"""Words of a paragraph, and different words of the rest, with which one can tell whether both are about one thing."""

FEW_WORDS, FEW_NAMES, HARDLY_ANY_WORDS = 0.27, 0.3, 0.05
"""Shares of a paragraph's words and names that the rest has as well.

Measured on 300 news reports: of the beginnings of others put below the longer ones, 89 in 100 are found; of their own
paragraphs none is called a teaser as it stands, and 2 in 100 would be if they broke off.
"""

LEAST_NAMES = 3


def teaser_findings(article: Article, form_path: str) -> Iterator[Finding]:
    for block in probable_teasers(article.blocks):
        fact = f"this paragraph looks glued on: “{shortened(block.text)}”"
        hint = f"if it is another article's beginning, say “roles: {{teaser: [{block.line}]}}”: it is then folded away"
        place = place_in(article, block, 0)
        yield Finding("probable-teaser", place, fact, hint, (article.slug,), (block.line,), form_path)


def probable_teasers(blocks: Sequence[Block]) -> list[Block]:
    """Body paragraphs that break off and have a kicker or another subject, or that have both of these."""
    body = [block for block in blocks if block.role == "body" and block.tag == "p" and not LISTED.match(block.text)]
    marked = (block for block in body if _breaks_off(block.text) or _has_kicker(block.text))
    suspects = [block for block in marked if len(WORD.findall(block.text)) >= LEAST_WORDS]
    if not suspects:
        return []
    apart = {id(block) for block in suspects}
    rest = {word for block in blocks if id(block) not in apart for word in _words(block.text)}
    return [
        block
        for block in suspects
        if _breaks_off(block.text) + _has_kicker(block.text) + _is_foreign(block.text, rest) >= 2
    ]


def _breaks_off(text: str) -> bool:
    """Whether it ends within a sentence: neither with a full stop nor with a closing mark."""
    return text[-1:].isalnum() or text.endswith((",", "-", "–", "—"))


def _has_kicker(text: str) -> bool:
    found = BEFORE_COLON.match(text)
    return found is not None and found[1].isupper()


def _is_foreign(text: str, rest: Collection[str]) -> bool:
    """Whether it shares hardly a word or a name with the rest of the article."""
    if len(text.split()) < LONG or len(rest) < LEAST_ELSEWHERE:
        return False
    words = {word for word in _words(text) if len(word) >= CONTENT_LETTERS}
    shared = _share(words, rest)
    if shared <= HARDLY_ANY_WORDS:
        return True
    names = _names(text)
    return shared <= FEW_WORDS and len(names) >= LEAST_NAMES and _share(names, rest) <= FEW_NAMES


def _share(words: Collection[str], rest: Container[str]) -> float:
    return len([word for word in words if word in rest]) / max(len(words), 1)


def _words(text: str) -> Iterator[str]:
    return (_bare(match[0]) for match in WORD.finditer(text))


def _names(text: str) -> set[str]:
    """Words with a capital that do not begin a sentence."""
    matches = (match for match in WORD.finditer(text) if match[0][0].isupper())
    return {
        _bare(match[0]) for match in matches if WITHIN_SENTENCE.search(text, max(match.start() - 2, 0), match.start())
    }


def _bare(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s")
