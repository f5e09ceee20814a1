"""A text to bring in held against what is there: the same bytes, the same text, another print; its library record."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from posixpath import basename, splitext

from builder.briefing.bringing import Brought, day_of, plain_key, same_text
from builder.briefing.drafting import Names
from builder.briefing.drafting_facts import Facts, Found, facts_of, joined
from builder.briefing.names import Register, name_mentions
from builder.briefing.suggesting_stories import Story
from builder.briefing.versions import wire_copies
from builder.model import Block
from builder.reading.csl import Record
from builder.reading.files import ARTICLES, SEAL
from builder.reading.seal import read_checksums
from builder.reading.seed import decode
from builder.values import dataclass

QUOTATION_MARKS = frozenset('"“”„«»‹›「」『』')


@dataclass(frozen=True, slots=True)
class Present:
    """The articles of a site: by the SHA-256 of their bytes and by their text, the path; and all ids that are taken.

    `gone` are those that were sealed and are not there, by the SHA-256 that they had.
    """

    by_bytes: Mapping[str, str]
    by_text: Mapping[str, str]
    gone: Mapping[str, str]
    slugs: frozenset[str]


def present(inputs: Mapping[str, bytes], unreadable: Iterable[str]) -> Present:
    """What a site has; an id is taken also by a summary without a text, and by what was sealed and is gone."""
    paths = [path for path in inputs if path.startswith(ARTICLES)]
    seeds = [path for path in paths if path.endswith((".txt", ".md"))]
    texts = {path: text for path in seeds if isinstance(text := decode(inputs[path], path), str)}
    sealed, _ = read_checksums(inputs.get(SEAL, b"").decode("utf-8-sig", "replace"))
    named = [*paths, *unreadable, *(f"content/{checksum.path}" for checksum in sealed)]
    return Present(
        {sha256(inputs[path]).hexdigest(): path for path in reversed(seeds)},
        {same_text(text): path for path, text in reversed(texts.items())},
        {
            one.digest: path
            for one in sealed
            if (path := f"content/{one.path}").startswith(ARTICLES) and path not in inputs
        },
        frozenset(splitext(basename(path))[0].lower() for path in named if path.startswith(ARTICLES)),
    )


def other_prints(
    stories: Sequence[Story], brought: Mapping[str, Brought], threshold: float
) -> Mapping[str, Sequence[tuple[str, float]]]:
    """For each new slug the articles that share much of its text, most first, and how much (0 to 1)."""
    texts = [(story.slug, story.probable) for story in stories if story.slug not in brought]
    texts += [(slug, tuple(_with_roles(one))) for slug, one in brought.items()]
    shares: dict[str, list[tuple[str, float]]] = {}
    for one, other, share in wire_copies(texts, threshold):
        for slug, near in ((one, other), (other, one)):
            if slug in brought:
                shares.setdefault(slug, []).append((near, share))
    return {slug: sorted(near, key=lambda pair: (-pair[1], pair[0])) for slug, near in shares.items()}


def _with_roles(brought: Brought) -> Iterable[Block]:
    return (replace(block, role=told.role) for block, told in zip(brought.blocks, brought.told, strict=True))


def names_in(brought: Brought, register: Register, path: str) -> Names:
    """The register's names in a text, most frequent first, and those that its author has to decide."""
    naming = name_mentions(tuple(_with_roles(brought)), (), register, path, path)
    counts: dict[str, int] = {}
    for mention in naming.mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
    known = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Names(tuple(known), tuple((one.message, one.hint.partition("\n")[2]) for one in naming.problems))


# --- what a library knows ------------------------------------------------------------------------------------------


def records_of(brought: Sequence[Brought], records: Sequence[Record]) -> tuple[list[Record | None], list[Record]]:
    """For each text its record, and the records that are of none.

    By the file's name (the item's id or citation key), else by the address, else by the title that the text states.
    Where two of a kind fit, nobody can tell, and none is taken.
    """
    by_key: list[dict[str, list[Record]]] = [{}, {}, {}]
    for record in records:
        for index, keys in zip(by_key, (record.names, (record.url,), (record.title,)), strict=True):
            for key in {plain_key(key) for key in keys} - {""}:
                index.setdefault(key, []).append(record)
    matched = [_record_of(text, by_key) for text in brought]
    used = Counter(id(record) for record in matched if record)
    matched = [record if record and used[id(record)] == 1 else None for record in matched]
    kept = {id(record) for record in matched if record}
    return matched, [record for record in records if id(record) not in kept]


def _record_of(text: Brought, by_key: Sequence[Mapping[str, Sequence[Record]]]) -> Record | None:
    facts = text.facts
    url, title = (found.value if found else "" for found in (facts.url, facts.title))
    for index, key in zip(by_key, (text.name.rpartition(".")[0], url, title), strict=True):
        if fitting := index.get(plain_key(key)):
            return fitting[0] if len(fitting) == 1 else None
    return None


def with_record(brought: Brought, record: Record, source: str) -> Brought:
    """What the text states, and for the rest what the record says: not the source's word, so with a basis."""
    said = f"the record in {source}"
    # Words in quotation marks would be looked up in the text, also those of a file's name.
    basis = "".join(c for c in f"Said by {said}, not by the text." if c not in QUOTATION_MARKS)

    def found(value: str) -> Found | None:
        return Found(value, said, basis) if value else None

    def plain(value: str) -> Found | None:
        return Found(value, said) if value else None

    facts = Facts(
        title=found(record.title),
        publisher=found(record.publisher),
        published=(published := day_of(found(record.published))),
        retrieved=day_of(plain(record.retrieved)),
        url=plain(record.url),
        language=plain(record.language),
        authors=tuple(Found(name, said, basis) for name in record.authors),
        remarks=(("published", f"{said} has {record.published}"),) if record.published and not published else (),
    )
    return replace(brought, facts=joined(brought.facts, facts))


def without_foreign_quotations(brought: Brought) -> Brought:
    """A title with words in quotation marks that the text does not have would be taken for a misquotation."""
    title = brought.facts.title
    if title is None or not QUOTATION_MARKS & set(title.value):
        return brought
    if any(same_text(title.value) in same_text(block.text) for block in brought.blocks):
        return brought
    remark = ("title", f"{title.reason} has {title.value}; the words that it quotes are not in the text")
    remarks = (*brought.facts.remarks, remark)
    return replace(brought, facts=replace(brought.facts, title=_in_the_text(brought), remarks=remarks))


def _in_the_text(brought: Brought) -> Found | None:
    return facts_of(brought.blocks, brought.told).title
