"""Made-up briefings of any size, to see how work grows: the same call gives the same bytes, on any machine.

An article has 600 to 1,100 words and names 4 to 10 entities of a register that grows like the square root of the
number of articles. It has one entry in the timeline, and its summary cites the article before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from json import dumps
from math import isqrt
from random import Random

SYLLABLES = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z") for b in "aeiou"]
SMALL_WORDS = ("the", "of", "and", "to", "in", "that", "on", "for", "with", "as", "was", "by", "at", "from", "its")
KINDS = ("person", "organization", "place")
PUBLISHERS = ("Morning Post", "Evening Post", "Harbour Gazette", "Valley Times", "Northern Wire")
FIRST_YEAR, YEARS = 2015, 10


@dataclass(frozen=True, slots=True)
class Name:
    """An entity of the register: its name, and for a person the last part of it as a second form."""

    id: str
    full: str
    short: str
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article before it is written out: paragraphs of sentences, no two of them alike."""

    slug: str
    title: str
    day: str
    paragraphs: tuple[tuple[str, ...], ...]
    named: tuple[Name, ...]

    @property
    def speaker(self) -> Name:
        return self.named[0]

    @property
    def account(self) -> str:
        """The words of its first quotation."""
        return first_words(self.sentences[1])

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


def briefing(articles: int, *, quotations: int = 0, markdown: bool = False) -> dict[str, bytes]:
    """A whole site: path from its root → bytes. `quotations`: how many the summary of each article has, at most 20.

    The first of them is its account of its event; with none, the event is background in the timeline.
    """
    register = names(register_of(articles))
    reports = reports_on(register, articles)
    files = {
        "site.yaml": "title: A made-up briefing\nlicense: CC0-1.0\n",
        "content/briefing.yaml": home(reports),
        "content/entities.yaml": "".join(map(entity, register)),
        "content/timeline.yaml": "".join(event(told, background=not quotations) for told in reports),
    }
    for index, told in enumerate(reports):
        path = f"content/articles/{told.slug}"
        files[f"{path}.{'md' if markdown else 'txt'}"] = as_markdown(told) if markdown else as_text(told)
        files[f"{path}.yaml"] = summary(told, reports[index - 1], quotations)
    return {path: text.encode() for path, text in files.items()}


def register_of(articles: int) -> int:
    """How many entities so many articles name."""
    return 3 + 4 * isqrt(articles)


def reports_on(register: Sequence[Name], articles: int) -> list[Report]:
    words = vocabulary()
    return [report(index, register, words) for index in range(articles)]


# --- words, names, sentences ---------------------------------------------------------------------------------------


def vocabulary() -> list[str]:
    """Some 3,000 words of two to four syllables, and one small word of English for every two of them."""
    luck = Random("words")
    made = list(dict.fromkeys("".join(luck.choices(SYLLABLES, k=luck.choice((2, 3, 3, 4)))) for _ in range(3_000)))
    return [*made, *islice(cycle(SMALL_WORDS), len(made) // 2)]


def names(count: int) -> list[Name]:
    """Entities, no two of which share a form."""
    luck = Random("names")
    taken: dict[str, None] = {}
    while len(taken) < 2 * count:
        taken.setdefault("".join(luck.choices(SYLLABLES, k=luck.choice((3, 4)))).title())
    parts = list(taken)
    made = []
    for index, kind in zip(range(count), cycle(KINDS), strict=False):
        first, last = parts[2 * index : 2 * index + 2]
        full = first if kind == "place" else f"{first} {last}"
        made.append(Name(full.lower().replace(" ", "-"), full, last if kind == "person" else "", kind))
    return made


def report(index: int, register: Sequence[Name], words: Sequence[str]) -> Report:
    """One article. Every second sentence names somebody, so that each of its names stands there several times."""
    luck = Random(f"article {index}")
    persons = [name for name in register if name.short]
    speaker = persons[index % len(persons)]
    named = [speaker, *luck.sample([name for name in register if name != speaker], luck.randint(3, 9))]
    sentences = islice(_sentences(named, words, luck), luck.randint(36, 58))
    paragraphs = []
    while paragraph := tuple(islice(sentences, luck.randint(2, 4))):
        paragraphs.append(paragraph)
    day = f"{FIRST_YEAR + index % YEARS}-{1 + index // YEARS % 12:02}-{1 + index // (12 * YEARS) % 28:02}"
    title = _with_capital(" ".join(luck.choices(words, k=6)))
    return Report(f"report-{index:05}", title, day, tuple(paragraphs), tuple(named))


def _sentences(named: Sequence[Name], words: Sequence[str], luck: Random) -> Iterator[str]:
    """Sentences of 10 to 24 words without end; a name comes late enough to be in no quotation."""
    forms = cycle([*(name.full for name in named), *(name.short or name.full for name in named)])
    while True:
        for somebody in (next(forms), ""):
            said = luck.choices(words, k=luck.randint(10, 24))
            if somebody:
                said.insert(luck.randrange(8, len(said)), somebody)
            yield _with_capital(" ".join(said)) + "."


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- files ---------------------------------------------------------------------------------------------------------


def as_text(told: Report) -> str:
    return "\n".join(" ".join(paragraph) for paragraph in told.paragraphs) + "\n"


def as_markdown(told: Report) -> str:
    """The same words, with headings, emphasis, a link and a list, as people write Markdown."""
    written = [f"# {told.title}"]
    for number, paragraph in enumerate(told.paragraphs):
        first, *others = paragraph
        match number % 5:
            case 1:
                written.append(f"## Part {number}\n\n" + " ".join(paragraph))
            case 2:
                written.append(" ".join([f"*{first}*", *others]))
            case 3:
                written.append("\n".join(f"- {sentence}" for sentence in paragraph))
            case 4:
                written.append(" ".join([f"[{first}](https://example.org/{number})", *others]))
            case _:
                written.append(" ".join(paragraph))
    return "\n\n".join(written) + "\n"


def summary(told: Report, before: Report, quotations: int) -> str:
    """The summary of an article; its quotations in turn an account, a key point's, a remark, and a citation's."""
    spoken = [first_words(sentence) for sentence in told.sentences[1 : 2 * quotations : 2]]
    accounts, points, remarks, cited = (spoken[kind::4] for kind in range(4))
    lines = [
        f"title: {told.title}",
        f"publisher: {PUBLISHERS[len(told.title) % len(PUBLISHERS)]}",
        f"published: {told.day}",
        f"url: https://example.org/{told.slug}",
        "summary: |",
        f"  It says more than the one before. [@{before.slug}]",
        *(f"  So it does. [@{told.slug} {dumps(words)}]" for words in cited),
    ]
    lines += ["key_points:"] if points else []
    lines += (f"  - {{text: It makes a point., quote: {words}}}" for words in points)
    lines += ["quotes:"] if remarks else []
    lines += (f"  - {{quote: {words}, speaker: {told.speaker.id}}}" for words in remarks)
    lines += ["events:"] if accounts else []
    lines += (
        f"  - {{{_event_of(told, number)}, date: {told.day}, entities: [{told.speaker.id}], quote: {words}}}"
        for number, words in enumerate(accounts)
    )
    return "\n".join(lines) + "\n"


def first_words(sentence: str) -> str:
    """What is quoted of a sentence: seven words, none of them a name."""
    return " ".join(sentence.split()[:7])


def _event_of(told: Report, number: int) -> str:
    return f"title: What happened besides ({number})" if number else f"event: event-of-{told.slug}"


def entity(name: Name) -> str:
    person = f", aliases: [{name.short}], offices: [{{title: Minister of Works, from: {FIRST_YEAR}}}]"
    return f"{name.id}: {{name: {name.full}, kind: {name.kind}{person if name.short else ''}}}\n"


def event(told: Report, *, background: bool) -> str:
    source = f", source: {{title: {told.title}, url: https://example.org/{told.slug}}}" if background else ""
    return f"event-of-{told.slug}: {{title: {told.title}, date: {told.day}, status: happened{source}}}\n"


def home(reports: Sequence[Report]) -> str:
    cited = "".join(f'  - {{text: "So it was. [@{told.slug}]"}}\n' for told in reports[:5])
    return (
        f"title: A made-up briefing\nas_of: {FIRST_YEAR + YEARS}-01-01\n"
        f"bottom_line: It happened. [@{reports[0].slug}]\nkey_points:\n"
        f"{cited}"
    )
