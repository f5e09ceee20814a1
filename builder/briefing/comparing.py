"""Two articles that print one story: their paragraphs side by side, and in each pair what differs, word by word.

It shows what stands where, not who changed it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from builder.briefing.aligning import Group, aligned
from builder.briefing.classing import Kind, Rules, Word
from builder.briefing.differing import Difference, Run, differing
from builder.briefing.phrasing import main_language, phrases_of
from builder.briefing.spelling import EDGES, typographic, word_key
from builder.model import Article, Block, Mention
from builder.patterns import pattern
from builder.reading.scripts import UNSPACED
from builder.values import dataclass

WORD = pattern(f"(?P<word>{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})\\S)+)(?P<gap>\\s*)")

AGENCIES = (
    "Reuters",
    "AFP",
    "Agence France-Presse",
    "AP",
    "Associated Press",
    "dpa",
    "Bloomberg",
    "Bloomberg News",
    "UPI",
    "ANSA",
    "EFE",
    "APA",
    "Keystone-SDA",
    "TASS",
    "Interfax",
    "Xinhua",
    "Kyodo",
)


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that are one, several where a text has cut it; one side is empty where a text does not have it.

    The runs of a side, joined, are its paragraphs with spaces between them. `moved`: the texts have it in different
    places, and here it stands where the first has it. `near`: the paragraph of the other text that has much of one
    that stands in one text alone.
    """

    one: tuple[Block, ...]
    other: tuple[Block, ...]
    one_runs: tuple[Run, ...]
    other_runs: tuple[Run, ...]
    differences: tuple[Difference, ...] = ()
    moved: bool = False
    near: Block | None = None

    @property
    def in_both(self) -> bool:
        return bool(self.one and self.other)

    @property
    def same(self) -> bool:
        """Word for word, to the last mark."""
        return self.in_both and not self.differences


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every paragraph of both texts in one row, in the order of the texts."""

    rows: tuple[Row, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(difference for row in self.rows for difference in row.differences)

    def count(self, kind: Kind) -> int:
        return sum(difference.kind == kind for difference in self.differences)


def compare(one: Article, other: Article) -> Comparison:
    """Compares what two articles say in paragraphs of their own: no headings, captions, credits or teasers.

    Linear in practice: paragraphs find each other by the stretches they share, and only those that did are compared
    word by word.
    """
    language = main_language(one.language or other.language)
    rules = Rules(language, phrases_of(language), _agencies((one, other)))
    keys = _Keys(language)
    ones, others = _paragraphs(one, keys), _paragraphs(other, keys)
    groups = aligned([_keys(words) for _, words in ones], [_keys(words) for _, words in others])
    return Comparison(tuple(_row(group, ones, others, rules) for group in groups))


Paragraph = tuple[Block, tuple[Word, ...]]


def _row(group: Group, ones: Sequence[Paragraph], others: Sequence[Paragraph], rules: Rules) -> Row:
    one, other = [ones[index] for index in group.one], [others[index] for index in group.other]
    one_blocks, other_blocks = tuple(block for block, _ in one), tuple(block for block, _ in other)
    if not one or not other:
        near = None if group.near is None else (others if one else ones)[group.near][0]
        return Row(one_blocks, other_blocks, _whole(one_blocks), _whole(other_blocks), near=near)
    found = differing(_joined(one), _joined(other), rules)
    return Row(one_blocks, other_blocks, found.one, found.other, found.differences, moved=group.moved)


def _whole(blocks: Iterable[Block]) -> tuple[Run, ...]:
    text = " ".join(block.text.strip() for block in blocks)
    return (Run(text),) if text else ()


def _joined(paragraphs: Sequence[Paragraph]) -> tuple[Word, ...]:
    """The words of some paragraphs as one text, with a space between paragraphs."""
    *before, last = paragraphs
    spaced = [(*words[:-1], _with_gap(words[-1])) for _, words in before]
    return tuple(word for words in (*spaced, last[1]) for word in words)


def _with_gap(word: Word) -> Word:
    return Word(word.text, word.gap + " ", word.key, word.name, word.beside)


# --- words ---------------------------------------------------------------------------------------------------------


class _Keys(dict[str, str]):
    """What each word is compared by, worked out once: most words of two texts are the same."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> str:
        self[word] = key = word_key(word, self.language)
        return key


def _paragraphs(article: Article, keys: _Keys) -> list[Paragraph]:
    """An article's own paragraphs, with their words."""
    names: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in article.mentions:
        # A role, or a name the author had to decide about, is more than another form of a name.
        if not mention.decided:
            names[mention.block].append(mention)
    own = ((index, block) for index, block in enumerate(article.blocks) if block.role == "body" and block.text.strip())
    return [(block, tuple(_words(block.text, names[index], keys))) for index, block in own]


def _words(text: str, names: Sequence[Mention], keys: _Keys) -> Iterable[Word]:
    waiting = sorted(names, key=lambda mention: mention.start, reverse=True)
    for match in WORD.finditer(text):
        word, (start, end) = match["word"], match.span("word")
        while waiting and waiting[-1].end <= start:
            waiting.pop()
        if waiting and waiting[-1].start < end:
            name = waiting[-1]
            beside = text[start : max(start, name.start)] + text[min(end, name.end) : end]
            yield Word(word, match["gap"], keys[word], name.entity, typographic(beside).strip(EDGES.replace("-", "")))
        else:
            yield Word(word, match["gap"], keys[word])


def _keys(words: Iterable[Word]) -> list[str]:
    """What paragraphs find each other by: words alone, no marks."""
    return [word.key for word in words if any(map(str.isalnum, word.key))]


def _agencies(articles: Iterable[Article]) -> frozenset[tuple[str, ...]]:
    """The names of the wire services and publishers that a text may name as its source, without “the”."""
    own = (stated.value for article in articles for stated in (article.publisher, *article.agencies) if stated.value)
    return frozenset(tuple(name.removeprefix("The ").split()) for name in (*AGENCIES, *own))
