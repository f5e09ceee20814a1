"""Passages for machines: their words, or the SHA-256 of the words where they may not be reprinted; and their place."""

from functools import cached_property
from hashlib import sha256
from itertools import accumulate

from builder.model import Article, Passage
from builder.site import urls
from builder.site.data.formats import Column, Record
from builder.site.data.kinds import COUNT, SHA256, TEXT, choice

PASSAGE = (
    Column("article", TEXT, "The slug of the article.", safe=True),
    Column("line", COUNT, "The line of its file, from 1.", safe=True),
    Column("page", TEXT, "Where it is read: a path from the site's root.", safe=True),
    Column("id", TEXT, "Its id on that page.", safe=True),
    Column("match", choice("exact", "typography"), "Whether it stands there as it was typed, or but for typography."),
    Column("words", TEXT, "The source's own characters; ` […] ` where words are left out.", leaves_out=True),
    Column("sha256", SHA256, "In place of words that may not be reprinted: their SHA-256.", safe=True, leaves_out=True),
)


def passage_values(passage: Passage, article: Article) -> tuple[object, ...]:
    """The values of these columns."""
    shown = article.rights != "none"
    return (
        passage.article,
        passage.line,
        urls.passage(passage) if shown else urls.line(passage.article, passage.line),
        passage.id,
        "exact" if passage.exact else "typography",
        passage.text if shown else None,
        None if shown else digest(passage.text),
    )


def address_of(passage: Passage, article: Article) -> str:
    return urls.passage(passage) if article.rights != "none" else urls.line(passage.article, passage.line)


def passage_record(passage: Passage, article: Article) -> Record:
    values = zip(PASSAGE, passage_values(passage, article), strict=True)
    return {column.name: value for column, value in values if value is not None}


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


class Displayed:
    """The displayed text of an article: its blocks, joined by line feeds. They are not looked at before somebody asks
    for what a passage does not say itself: to find all texts of a large site again takes longer than its quotations."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def text(self) -> str:
        return "\n".join([block.text for block in self.article.blocks])

    @cached_property
    def starts(self) -> list[int]:
        return list(accumulate((len(block.text) + 1 for block in self.article.blocks), initial=0))

    def stretches(self, passage: Passage) -> list[list[int]]:
        """Start and end of each stretch of a passage, in code points; a new one where words were left out."""
        if len(passage.parts) == 1:
            return [[passage.start, passage.end]]
        found: list[list[int]] = []
        for part in passage.parts:
            start, end = self.starts[part.block] + part.start, self.starts[part.block] + part.end
            if found and not self.text[found[-1][1] : start].strip():
                found[-1][1] = end
            else:
                found.append([start, end])
        return found
