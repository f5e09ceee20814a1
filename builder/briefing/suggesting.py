"""What an author might write next, as YAML to paste: names, spellings, roles of lines, events, wire copies.

Nothing is applied. What an `ignore` silences, or `checks` turns off, is not proposed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename

from builder.briefing.lint_case import Case, shortened
from builder.briefing.suggesting_copies import copy_advice
from builder.briefing.suggesting_entities import Proposed, Seed, propose
from builder.briefing.suggesting_events import event_advice
from builder.briefing.suggesting_lines import line_ranges, lines_of
from builder.briefing.suggesting_stories import Story, read_stories
from builder.briefing.suggesting_yaml import comment, listed, scalar
from builder.model import Briefing, Role
from builder.reading.files import ENTITIES
from builder.reading.parse import Drafts
from builder.reading.schema import AliasForm, EntityForm
from builder.values import dataclass

ARTICLES_SHOWN = 5
"""Of a name that stands in more articles, those in which it stands most often."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to add to one file: a YAML document whose first lines say so."""

    path: str
    yaml: str


def suggest(inputs: Mapping[str, bytes], drafts: Drafts, briefing: Briefing) -> tuple[Suggestion, ...]:
    """Everything that could be proposed for a site, file by file; texts that have no summary yet are read as well."""
    case = Case(drafts, briefing)
    stories = read_stories(inputs, drafts)
    seeds = [Seed(story.slug, basename(story.path), story.probable) for story in stories]
    decided = [decision.text for draft in drafts.articles for decision in draft.form.mentions]
    names = propose(seeds, case.register, map(str, drafts.entities), decided)
    documents = [(ENTITIES, list(_register(names, drafts))), *_summaries(stories, case)]
    return tuple(Suggestion(path, "\n".join(lines) + "\n") for path, lines in documents if lines)


# --- the register --------------------------------------------------------------------------------------------------


def _register(names: Sequence[Proposed], drafts: Drafts) -> Iterator[str]:
    if names:
        yield comment(f"{ENTITIES}: names in the texts that the register lacks, the most frequent first.")
        yield comment("The kinds are guesses. Keep what matters; what you leave out is no mistake.")
    entities = {str(key): form for key, form in drafts.entities.items()}
    for name in names:
        yield ""
        yield comment(_counted(name))
        yield comment(f"{name.place} {name.context}")
        if name.alike:
            yield comment(f"{' and '.join(name.alike)} look alike: are they one?")
        yield from _added(name, entities[name.entity]) if name.entity in entities else _new(name)


def _counted(name: Proposed) -> str:
    """“4 times: one-article 3, another 1”."""
    if name.count == 1:
        return "once"
    where = ", ".join(f"{slug} {count:,}" for slug, count in name.counts[:ARTICLES_SHOWN])
    more = len(name.counts) - ARTICLES_SHOWN
    return f"{name.count:,} times: {where}" + (f", and in {more:,} more" if more > 0 else "")


def _new(name: Proposed) -> Iterator[str]:
    aliases = [*map(scalar, name.forms[1:]), *map(_ambiguous, name.ambiguous)]
    yield f"{name.entity}:"
    yield f"  name: {scalar(name.forms[0])}"
    yield f"  kind: {name.kind}"
    if aliases:
        yield f"  aliases: {listed(aliases)}"


def _added(name: Proposed, form: EntityForm) -> Iterator[str]:
    """An entry that is there, with what its aliases should be."""
    yield comment("this entry is there: take over its aliases")
    yield f"{name.entity}:"
    yield f"  name: {scalar(form.name)}"
    yield f"  kind: {scalar(form.kind)}"
    yield f"  aliases: {listed([*map(_alias, form.aliases), *map(scalar, name.forms)])}"


def _alias(alias: AliasForm) -> str:
    return _ambiguous(alias.text) if alias.ambiguous else scalar(alias.text)


def _ambiguous(text: str) -> str:
    return f"{{text: {scalar(text)}, ambiguous: true}}"


# --- the articles' summaries ---------------------------------------------------------------------------------------


def _summaries(stories: Sequence[Story], case: Case) -> Iterator[tuple[str, list[str]]]:
    events, copies = event_advice(case), copy_advice(stories, case)
    for story in stories:
        lines: list[str] = []
        if not story.draft:
            lines += [
                comment(f"{story.form_path}: the least that {basename(story.path)} needs"),
                *(f"{key}: unknown" for key in ("title", "publisher", "published")),
            ]
        if roles := list(_roles(story)):
            lines += [comment(f"{story.form_path}: lines that are probably not the article's own text"), *roles]
        if story.slug in copies:
            lines += [comment(f"{story.form_path}: it is probably a wire copy"), *copies[story.slug]]
        if story.slug in events:
            lines += [
                comment(f"{story.form_path}: accounts that probably tell of one event with others"),
                "events:",
                *events[story.slug],
            ]
        yield story.form_path, lines


def _roles(story: Story) -> Iterator[str]:
    """All roles of a text, those that it has among them."""
    found = [(was, block) for was, block in zip(story.blocks, story.probable, strict=True) if was.role != block.role]
    if not found:
        return
    numbers: defaultdict[Role, set[int]] = defaultdict(set)
    if story.draft:
        for role, ranges in story.draft.form.roles.given().items():
            for lines in ranges:
                numbers[role].update(range(lines.first, lines.last + 1))
    for _, block in found:
        yield comment(f"line {block.line}, {block.role}: {shortened(block.text)}")
        numbers[block.role].update(lines_of(block))
    yield "roles:"
    for role in sorted(numbers):
        if numbers[role]:
            yield f"  {role}: {listed(line_ranges(numbers[role]))}"
