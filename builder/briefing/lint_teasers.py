"""Paragraphs that look glued on: the beginnings of other articles, as web pages print them below one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from builder.briefing.lint_case import Case, Finding, place_in, shortened
from builder.model import Block

WORD = re.compile(r"[^\W\d_][\w’'-]*")
BEFORE_COLON = re.compile(r"([^:]{4,60}):\s")
"""Where a kicker stands, which is in capitals: ‘UNUSUAL EVENT’: ."""

LISTED = re.compile(r"[-•*–·]|\d+[.)]")
"""What an item of a list begins with: those often have no full stop."""

LEAST_WORDS = 12
"""A shorter line is a heading, a caption or a credit."""

CONTENT_LETTERS = 5
"""Shorter words are mostly those that every text has."""

LEAST_OF_ITS_OWN, LEAST_ELSEWHERE = 15, 60
"""Different words of a paragraph, and of the rest, with which one can tell whether the two are about one thing."""

# Measured on news texts: their own paragraphs share 0.13 to 0.9 of their words, and mostly over half of their names.
FEW_WORDS, FEW_NAMES, HARDLY_ANY_WORDS = 0.3, 0.4, 0.12


def teaser_findings(case: Case) -> Iterator[Finding]:
    for article in case.briefing.articles:
        form_path = case.written[article.slug].form_path
        for block in probable_teasers(article.blocks):
            fact = f"this paragraph looks glued on: “{shortened(block.text)}”"
            hint = (
                f"if it is another article's beginning, say “roles: {{teaser: [{block.line}]}}”: it is then folded away"
            )
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
    rest = Counter(word for block in blocks if id(block) not in apart for word in _words(block.text))
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


def _is_foreign(text: str, rest: Counter[str]) -> bool:
    """Whether it shares hardly a word or a name with the rest of the article."""
    words = {word for word in _words(text) if len(word) >= CONTENT_LETTERS}
    if len(words) < LEAST_OF_ITS_OWN or len(rest) < LEAST_ELSEWHERE:
        return False
    names = _names(text)
    shared = len([word for word in words if rest[word]]) / len(words)
    if shared <= HARDLY_ANY_WORDS:
        return True
    return (
        shared <= FEW_WORDS and len(names) > 2 and len([name for name in names if rest[name]]) <= FEW_NAMES * len(names)
    )


def _words(text: str) -> Iterator[str]:
    return (_bare(match[0]) for match in WORD.finditer(text))


def _names(text: str) -> set[str]:
    """Words with a capital that do not begin a sentence."""
    return {
        _bare(match[0])
        for match in WORD.finditer(text)
        if match[0][0].isupper()
        and match.start()
        and text[match.start() - 1] == " "
        and text[match.start() - 2].isalnum()
    }


def _bare(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s")
