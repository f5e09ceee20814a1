"""The summary of a text that is brought in, as YAML: what is stated, each with its reason; blanks for what is not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.briefing.drafting_facts import PERHAPS, Facts, Found
from builder.briefing.line_forms import Told
from builder.briefing.lint_case import shortened
from builder.briefing.suggesting_lines import line_ranges, lines_of
from builder.briefing.suggesting_yaml import comment, fact, listed
from builder.model import Block, Role, Stated

BLANK = "TO FILL IN"
"""Stands beside every blank; `check` asks for those that a summary needs."""

ROLES: tuple[Role, ...] = ("title", "caption", "credit", "dateline", "heading", "note", "navigation", "teaser")

REASONS_SHOWN = 40
"""Lines of one role whose reasons are given one by one."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the register in a text: entity and how often; and what is to be decided, fact and choices in YAML."""

    known: tuple[tuple[str, int], ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a drafted summary says. `remarks` stand at its head; `quoted`: lines of other programs' metadata."""

    origin: str
    facts: Facts
    blocks: tuple[Block, ...]
    told: tuple[Told, ...]
    names: Names = Names()
    remarks: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


def as_yaml(draft: Draft) -> str:
    """The summary's file."""
    return "\n".join([*_head(draft), *_facts(draft.facts), *_roles(draft), *_names(draft.names), *_yours()]) + "\n"


def blanks(facts: Facts) -> list[str]:
    """The keys that an author must fill in."""
    given = {"title": facts.title, "publisher": facts.publisher, "published": facts.published}
    return [key for key, found in given.items() if not found]


def _head(draft: Draft) -> Iterator[str]:
    yield comment(f"Drafted by `sourcebook import` from {draft.origin}: what the text states, with the line that does.")
    yield comment(f"Look it over, and fill in what is marked {BLANK}; a value of your own inference has a basis:")
    yield comment("{value: …, basis: why you think so}.")
    yield from map(comment, draft.remarks)
    if draft.quoted:
        yield comment("What stood above the text, between its marks:")
        yield from (
            f"#   {' '.join(''.join(c if c.isprintable() else ' ' for c in line).split())}" for line in draft.quoted
        )
    yield ""


# --- facts ---------------------------------------------------------------------------------------------------------


def _facts(facts: Facts) -> Iterator[str]:
    remarks: defaultdict[str, list[str]] = defaultdict(list)
    for key, remark in facts.remarks:
        remarks[key].append(remark)
    is_unclear = any(remark.startswith(PERHAPS) for remark in remarks["title"])
    unclear, none = "which of these lines is it?", "the text has no headline:"
    blank = (
        f"{unclear} Or one of yours, with title_is_editorial: true" if is_unclear else f"{none} write one of your own"
    )
    yield from _one("title", facts.title, blank, remarks)
    if not facts.title and not is_unclear:
        yield "title_is_editorial: true    # it is yours, not the source’s"
    yield from _one(
        "publisher", facts.publisher, "the text does not say who published it: who did, or unknown", remarks
    )
    yield from _several("agency", facts.agencies, "the text names none as its own", remarks)
    yield from _several("authors", facts.authors, "the text names none", remarks)
    yield from _one(
        "published", facts.published, "the text does not say when: a day such as 2025-02-22, or unknown", remarks
    )
    if facts.retrieved:
        yield from _one("retrieved", facts.retrieved, "", remarks)
    yield from _one("url", facts.url, "where you found it: an address, or unknown", remarks)
    if facts.language:
        yield from _one("language", facts.language, "", remarks)


def _one(key: str, found: Found | None, blank: str, remarks: dict[str, list[str]]) -> Iterator[str]:
    yield f"{key}: {_value(found)}    {comment(found.reason)}" if found else f"{key}:    {comment(f'{BLANK}: {blank}')}"
    yield from (comment(f"{key}: {remark}") for remark in remarks[key])


def _several(key: str, found: Sequence[Found], none: str, remarks: dict[str, list[str]]) -> Iterator[str]:
    reasons = "; ".join(dict.fromkeys(one.reason for one in found)) or none
    yield f"{key}: {listed(_value(one) for one in found)}    {comment(reasons)}"
    yield from (comment(f"{key}: {remark}") for remark in remarks[key])


def _value(found: Found) -> str:
    return fact(Stated(found.value, found.basis))


# --- lines, names --------------------------------------------------------------------------------------------------


def _roles(draft: Draft) -> Iterator[str]:
    """Lines by role, with the reason for each; where Markdown marks a heading, nothing needs to be said."""
    by_role: defaultdict[Role, list[tuple[Block, Told]]] = defaultdict(list)
    for block, told in zip(draft.blocks, draft.told, strict=True):
        if told.role not in ("body", block.role):
            by_role[told.role].append((block, told))
    if by_role:
        yield "roles:"
    for role in ROLES:
        lines = by_role[role]
        for block, told in lines[:REASONS_SHOWN]:
            yield "  " + comment(f"line {_range(block)}, {told.reason}: {shortened(block.text)}")
        if len(lines) > REASONS_SHOWN:
            yield "  " + comment(f"and {len(lines) - REASONS_SHOWN:,} more like these")
        if lines:
            yield f"  {role}: {listed(line_ranges({n for block, _ in lines for n in lines_of(block)}))}"


def _range(block: Block) -> str:
    return next(line_ranges(lines_of(block)))


def _names(names: Names) -> Iterator[str]:
    if names.known:
        counted = ", ".join(f"{entity} {count:,}" for entity, count in names.known)
        yield comment(f"Names of the register, and how often they stand here: {counted}")
    if names.undecided:
        yield f"mentions:    {comment(f'{BLANK}: take away the # before one of each, or write is: null')}"
    for said, choices in names.undecided:
        yield "  " + comment(said)
        yield from ("  " + comment(choice) for choice in choices.splitlines())


def _yours() -> Iterable[str]:
    return ("summary:    # yours, in Markdown, with citations", "key_points:", "quotes:", "events:")
