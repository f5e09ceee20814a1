"""Phrases: with a count in them, at the start of a sentence."""

from functools import lru_cache

from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase that depends on a count: `one` may leave the number out."""

    one: str
    more: str

    def of(self, count: int, **others: object) -> str:
        return (self.one if count == 1 else self.more).format(n=count, **others)


@lru_cache(maxsize=10_000)  # the lines of long texts have few numbers
def numbered(words: str, number: int) -> str:
    """Words with a number in them."""
    return words.format(n=number)


def sentence(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]
