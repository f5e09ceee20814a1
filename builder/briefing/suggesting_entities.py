"""Entries that the register might have, and forms that its entries lack: how often they stand where, of what kind."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from builder.briefing.folding import folded
from builder.briefing.names import READ_FOR_NAMES, FormOf, Match, Register, longest
from builder.briefing.suggesting_groups import group
from builder.briefing.suggesting_names import Sightings, find_names, is_doubtful
from builder.briefing.suggesting_words import DOCUMENTS, ORGANIZATIONS, PLACES
from builder.briefing.suggesting_yaml import free_slug
from builder.model import Block
from builder.values import dataclass

CONTEXT = 40
"""Characters shown on each side of a name."""

PLACED = 0.04
"""The share of a name's places that follow “in”, from which it is taken for a place."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A text to look for names in: its file's name, and its blocks with the roles they have or should have."""

    slug: str
    file: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry for the register, or if `entity` is in it already, forms to add.

    `forms`: full names first; `ambiguous`: shared with another entry. `counts`: by article, most first. `place` and
    `context`: where it first stands.
    """

    entity: str
    is_new: bool
    kind: str
    forms: tuple[str, ...]
    ambiguous: tuple[str, ...]
    alike: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    place: str
    context: str

    @property
    def count(self) -> int:
        return sum(count for _, count in self.counts)


def propose(seeds: Sequence[Seed], register: Register, ids: Iterable[str], decided: Iterable[str]) -> list[Proposed]:
    """What the register lacks, most frequent first. `ids` are taken; `decided`: forms that articles decide about."""
    settled = {*register.spellings, *map(folded, decided)}
    texts = ([block.text for block in _own(seed)] for seed in seeds)
    found = {form: sightings for form, sightings in find_names(texts).items() if not _is_settled(form, settled)}
    known = {form: of.entities[0] for form, of in register.forms.items() if not of.ambiguous and form[:1].isupper()}
    candidates = [
        (candidate, new, entities)
        for candidate in group(found, known, register.forms)
        if (new := [form for form in candidate.forms if form in found])
        and (len(candidate.forms) > 1 or not is_doubtful(new[0], found[new[0]]))
        and len(entities := {known[form] for form in candidate.forms if form in known}) < 2
    ]
    places = count([new for _, new, _ in candidates], seeds)
    taken = set(ids)
    proposals = []
    for (candidate, new, entities), (counts, place, context) in zip(candidates, places, strict=True):
        if not counts:
            continue
        forms = sorted(new, key=lambda form: (" " not in form, -found[form].seen, form))
        entity = next(iter(entities), "") or free_slug(forms[0], taken)
        taken.add(entity)
        proposals.append(
            Proposed(
                entity,
                not entities,
                kind_of(forms, found),
                tuple(forms),
                candidate.ambiguous,
                candidate.alike,
                counts,
                place,
                context,
            )
        )
    return sorted(proposals, key=lambda proposed: (-proposed.count, proposed.forms))


def _is_settled(form: str, settled: Collection[str]) -> bool:
    """Whether it is a form of the register, or ends in a full name of it: „Verkehrsplanerin Zoë Lefèvre“."""
    words = form.split()
    return any(" ".join(words[start:]) in settled for start in range(max(len(words) - 1, 1)))


def _own(seed: Seed) -> Iterator[Block]:
    return (block for block in seed.blocks if block.role in READ_FOR_NAMES and block.tag != "pre")


Places = tuple[tuple[tuple[str, int], ...], str, str]
"""How often in which article, most first; where first, and among which words."""


def count(names: Sequence[Sequence[str]], seeds: Sequence[Seed]) -> list[Places]:
    """Where each name stands, whichever of its forms: all of them, also within longer names of others."""
    lookup = Register(
        {form: FormOf((str(index),), ambiguous=False) for index, name in enumerate(names) for form in name}
    )
    counts: list[Counter[str]] = [Counter() for _ in names]
    first: list[tuple[str, str]] = [("", "") for _ in names]
    for seed in seeds:
        for block in _own(seed):
            matches: defaultdict[int, list[Match]] = defaultdict(list)
            for match in lookup.everywhere(block.text):
                matches[int(lookup.forms[match.form].entities[0])].append(match)
            for index, of_name in matches.items():
                whole = list(longest(of_name))
                counts[index][seed.slug] += len(whole)
                if not first[index][0]:
                    line = block.line_at(whole[0].start)
                    first[index] = f"{seed.file}:{line}", context(block.text, whole[0])
    return [
        (tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))), place, words)
        for counted, (place, words) in zip(counts, first, strict=True)
    ]


def context(text: str, match: Match) -> str:
    """A name among the words around it."""
    start, end = max(match.start - CONTEXT, 0), min(match.end + CONTEXT, len(text))
    before, after = text[start : match.start], text[match.end : end]
    if start:
        before = "… " + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{text[match.start : match.end]}{after}".split())


def kind_of(forms: Sequence[str], found: Mapping[str, Sightings]) -> str:
    """A guess, by its words and by what stands before it."""
    words = {word.lower() for word in forms[0].split()}
    if words & DOCUMENTS:
        return "document"
    if words & ORGANIZATIONS:
        return "organization"
    seen = [found[form] for form in forms]
    if any(sightings.titled for sightings in seen):
        return "person"
    if words & PLACES or sum(s.placed for s in seen) >= PLACED * sum(s.seen for s in seen):
        return "place"
    return "person" if " " in forms[0] else "organization"
