"""Five hundred random mistakes in the sample, one at a time: how many of each kind does `check --strict` find?

Misquotations, changed seeds, and names that lead nowhere are always found. The README has the whole table.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from string import ascii_lowercase, digits

import pytest
import yaml
from sample import ROOT
from test_mutations import all_sources, quotations, site

from builder.briefing.checks import check
from builder.briefing.folding import folded
from builder.briefing.resolve import resolve
from builder.problems import Problem
from builder.reading import files, parse
from builder.reading.yamls import read_yaml

IN_TEXT = {
    "slug": re.compile(r"\[@([\w-]+)"),
    "id": re.compile(r"\[\[(?!event:)([\w-]+)"),
    "key": re.compile(r"\[\[event:([\w-]+)"),
}
UNDER = {"slug": ("article",), "id": ("speaker", "reported_by", "entities", "is"), "key": ("event",)}
DATES = ("date", "published", "as_of", "retrieved", "from", "to")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Place:
    """A stretch of one file's text."""

    path: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return texts()[self.path][self.start : self.end]


@dataclass(frozen=True)
class Mistake:
    """What a place becomes."""

    place: Place
    put: str

    def made(self) -> Mapping[str, bytes]:
        text = texts()[self.place.path]
        changed = text[: self.place.start] + self.put + text[self.place.end :]
        # Byte for byte: a seed may become what is no text at all.
        return {**site(), self.place.path: changed.encode("latin-1" if is_seed(self.place.path) else "utf-8")}

    def __str__(self) -> str:
        text, place = texts()[self.place.path], self.place
        line = text.count("\n", 0, place.start) + 1
        around = f"{text[max(place.start - 30, 0) : place.start]}[{place.text} → {self.put}]{text[place.end :][:30]}"
        return f"{place.path}:{line} {around!r}"


def is_seed(path: str) -> bool:
    return path.endswith(".txt")


@cache
def texts() -> Mapping[str, str]:
    """The files that an author keeps; of a seed, each byte as one character."""
    written = {path: body for path, body in site().items() if path.startswith("content/")}
    return {path: body.decode("latin-1" if is_seed(path) else "utf-8") for path, body in written.items()}


# --- where mistakes can be made ------------------------------------------------------------------------------------


@cache
def values() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Every value of every YAML file, with the keys under which it stands."""
    return tuple(
        (Place(path, node.start_mark.index, node.end_mark.index), keys)
        for path, text in texts().items()
        if path.endswith(".yaml")
        for node, keys in _values(yaml.compose(text, Loader=yaml.SafeLoader), ())
    )


def _values(node: yaml.Node | None, keys: tuple[str, ...]) -> Iterator[tuple[yaml.Node, tuple[str, ...]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _values(value, (*keys, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _values(value, keys)
    elif node is not None:
        yield node, keys


@cache
def quoted() -> tuple[Place, ...]:
    return tuple(
        Place(path, start, end)
        for path, text in texts().items()
        if path.endswith(".yaml")
        for start, end in quotations(text)
    )


@cache
def references(kind: str) -> tuple[Place, ...]:
    """Wherever an id is used: in an author's texts, and under keys of its own."""
    prose = [place for place, _ in values()]
    prose += [Place(path, 0, len(text)) for path, text in texts().items() if path.endswith(".md")]
    linked = [
        Place(place.path, found.start(1), found.end(1))
        for place in prose
        for found in IN_TEXT[kind].finditer(texts()[place.path], place.start, place.end)
    ]
    named = [place for place, keys in values() if keys[-1] in UNDER[kind] and place.text not in ("null", "")]
    return (*linked, *named)


@cache
def under(*keys: str) -> tuple[Place, ...]:
    return tuple(place for place, its_keys in values() if set(keys) & set(its_keys))


@cache
def known_names() -> frozenset[str]:
    """Every slug, id and key: a misspelling must not be another of them."""
    entries = (yaml.safe_load(site()[f"content/{name}.yaml"]) for name in ("entities", "timeline"))
    return frozenset(key for entry in entries for key in entry) | {place.text for place in references("slug")}


# --- mistakes of each kind -----------------------------------------------------------------------------------------


def wrong_character(luck: Random) -> Mistake:
    """One that makes of the quotation something that no source has."""
    while True:
        place = luck.choice(quoted())
        offset = luck.randrange(len(place.text))
        had, before = place.text[offset], place.text[max(offset - 1, 0) : offset]
        if not had.isalnum() or before == "\\":
            continue
        put = luck.choice((digits if had.isdigit() else ascii_lowercase).replace(had, ""))
        if folded(place.text[:offset] + put + place.text[offset + 1 :]) not in all_sources():
            return Mistake(Place(place.path, place.start + offset, place.start + offset + 1), put)


def wrong_byte(luck: Random) -> Mistake:
    path = luck.choice([path for path in texts() if is_seed(path)])
    offset = luck.randrange(len(texts()[path]))
    put = luck.choice([byte for byte in map(chr, range(256)) if byte != texts()[path][offset]])
    return Mistake(Place(path, offset, offset + 1), put)


def misspelled(kind: str) -> Callable[[Random], Mistake]:
    def mistake(luck: Random) -> Mistake:
        while True:
            place = luck.choice(references(kind))
            offset = luck.randrange(len(place.text))
            put = place.text[:offset] + luck.choice(ascii_lowercase + digits) + place.text[offset + 1 :]
            if put not in known_names():
                return Mistake(place, put)

    return mistake


def day_off(luck: Random) -> Mistake:
    place = luck.choice([place for place in under(*DATES) if DAY.search(place.text)])
    found = luck.choice(list(DAY.finditer(place.text)))
    put = date.fromisoformat(found[0]) + timedelta(days=luck.choice((-1, 1)))
    return Mistake(Place(place.path, place.start + found.start(), place.start + found.end()), put.isoformat())


def other_speaker(luck: Random) -> Mistake:
    place = luck.choice([place for place, keys in values() if keys[-2:] == ("quotes", "speaker")])
    register = sorted(yaml.safe_load(site()["content/entities.yaml"]))
    return Mistake(place, luck.choice([entity for entity in register if entity != place.text]))


def line_off(luck: Random) -> Mistake:
    """The first or the last line of a range, one up or down."""
    place = luck.choice(under("roles"))
    found = luck.choice(list(re.finditer(r"\d+", place.text)))
    put = str(int(found[0]) + luck.choice((-1, 1)))
    return Mistake(Place(place.path, place.start + found.start(), place.start + found.end()), put)


ALWAYS = 1.0
KINDS: Mapping[str, tuple[Callable[[Random], Mistake], int, float]] = {
    "a letter or digit of a quotation": (wrong_character, 150, ALWAYS),
    "a byte of a seed": (wrong_byte, 50, ALWAYS),
    "a letter of a slug, where an article is cited": (misspelled("slug"), 50, ALWAYS),
    "a letter of an id, where an entity is used": (misspelled("id"), 50, ALWAYS),
    "a letter of a key, where an event is used": (misspelled("key"), 50, ALWAYS),
    "a date, moved by a day": (day_off, 75, 0.4),
    "a speaker, swapped for another entity": (other_speaker, 50, 0.6),
    "a line of a role, moved by one": (line_off, 25, 0.4),
}
"""How each kind is made, how many of it, and the share that must be found: at present it is somewhat more."""


@cache
def results(kind: str) -> tuple[tuple[Mistake, bool], ...]:
    make, count, _ = KINDS[kind]
    luck, made = Random(kind), dict[Mistake, None]()
    while len(made) < count:
        made.setdefault(make(luck))
    with pytest.MonkeyPatch.context() as patch:
        for module in (files, parse):
            patch.setattr(module, "read_yaml", cache(read_yaml))  # all files but one are what they were
        return tuple((mistake, bool(problems(mistake.made()))) for mistake in made)


def problems(inputs: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What is wrong, or if nothing is, what the lint finds: more is not asked."""
    drafts = parse.parse(inputs)
    resolved = resolve(drafts)
    return resolved.problems or check(drafts, resolved.briefing, sound=True)


def table() -> str:
    """The shares by kind, as the README has them."""
    rows = [f"| {kind} | {sum(found for _, found in results(kind))} of {len(results(kind))} |" for kind in KINDS]
    return "\n".join(["| a mistake | found |", "|---|---|", *rows])


def test_there_are_five_hundred_mistakes_and_none_in_the_sample_itself() -> None:
    assert sum(count for _, count, _ in KINDS.values()) == 500
    assert problems(site()) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_random_mistakes_are_found(kind: str) -> None:
    """Each is made alone, in an otherwise sound site; any problem, warnings too, is a find."""
    missed = [str(mistake) for mistake, found in results(kind) if not found]
    share = 1 - len(missed) / len(results(kind))
    assert share >= KINDS[kind][2], f"{share:.0%}; missed: " + "\n".join(missed)


def test_the_readme_has_the_shares_as_they_are() -> None:
    assert table() in (ROOT / "README.md").read_text()
