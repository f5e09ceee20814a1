"""Texts that print one story and do not say so: the agency that another print names, or else a note."""

from collections.abc import Mapping, Sequence

from builder.briefing.lint_case import Case
from builder.briefing.lint_sources import probable_wire_copies
from builder.briefing.quotes import Source, find
from builder.briefing.suggesting_stories import Story, is_ignored
from builder.briefing.suggesting_yaml import fact, listed, scalar
from builder.briefing.versions import origins, wire_copies
from builder.model import Stated

WORDS_QUOTED = (8, 16, 32)
"""How many words of the first paragraph a note quotes: as many as make it stand there once."""


def copy_advice(stories: Sequence[Story], case: Case) -> Mapping[str, list[str]]:
    """Lines of YAML, by article."""
    pairs = _pairs(stories, case)
    shares = {frozenset(pair): share for *pair, share in pairs}
    unexplained = {name for finding in probable_wire_copies(case) for name in finding.names}
    by_slug = {story.slug: story for story in stories}
    advice: dict[str, list[str]] = {}
    for group in origins([story.slug for story in stories], pairs):
        without_summary = [slug for slug in group if not by_slug[slug].draft]
        if len(without_summary) == len(group):
            without_summary = without_summary[1:]  # one of them is what the others are copies of
        puzzling = [*without_summary, *(slug for slug in group if slug in unexplained)]
        if not puzzling or is_ignored("probable-wire-copy", puzzling, case.drafts):
            continue
        houses = {fact.value: slug for slug in group for fact in _agencies(slug, case) if fact.value}
        for slug in group:
            near = max(group, key=lambda other: shares.get(frozenset((slug, other)), 0.0))
            said = f"{shares.get(frozenset((slug, near)), 0.0):.0%} of the stretches of five words in the two texts"
            if not houses and slug in puzzling:
                advice[slug] = _note(by_slug[slug], near, said)
            elif houses and not houses.keys() & {fact.value for fact in _agencies(slug, case)}:
                agency, namer = next(iter(houses.items()))
                basis = f"It prints the story of {namer}, which names {agency}; it shares {said}."
                advice[slug] = _agency(slug, agency, basis, case)
    return advice


def _pairs(stories: Sequence[Story], case: Case) -> Sequence[tuple[str, str, float]]:
    """Those of the briefing; where some texts have no summary and so are not in it, all anew."""
    if all(story.draft for story in stories):
        return case.briefing.copies
    texts = [(story.slug, story.probable) for story in stories]
    return wire_copies(texts, case.briefing.settings.wire_copy_threshold)


def _agencies(slug: str, case: Case) -> tuple[Stated, ...]:
    return case.articles[slug].agencies if slug in case.articles else ()


def _agency(slug: str, agency: str, basis: str, case: Case) -> list[str]:
    own = [fact(one) for one in _agencies(slug, case)]
    return [f"agency: {listed([*own, fact(Stated(agency, basis))])}"]


def _note(story: Story, other: str, said: str) -> list[str]:
    quote = _beginning(story)
    text = f"The same story as [@{other}] in another print; it shares {said}."
    return ["notes:", f"  - quote: {scalar(quote)}", f"    text: {scalar(text)}"] if quote else []


def _beginning(story: Story) -> str:
    """The first words of a text that stand in it once."""
    source = Source(story.slug, story.path, story.probable)
    first = next((block.text for block in story.probable if block.role == "body"), "")
    starts = (" ".join(first.split()[:words]) for words in WORDS_QUOTED)
    return next((start for start in starts if len(find([start], source).places) == 1), "")
