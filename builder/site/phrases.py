"""Phrases: with a count in them, at the start of a sentence."""

from builder.values import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase that depends on a count: `one` may leave the number out."""

    one: str
    more: str

    def of(self, count: int, **others: object) -> str:
        return (self.one if count == 1 else self.more).format(n=count, **others)


def sentence(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]
