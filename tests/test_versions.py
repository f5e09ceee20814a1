"""Prints of one wire story are known by what they share, and count as one origin."""

from array import array
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ROOT

from builder.briefing.resolve import resolve
from builder.briefing.versions import Sample, origins, shingles, wire_copies
from builder.model import Block, Role
from builder.outlets.folder import read_site
from builder.reading.parse import parse

STORY = " ".join(f"word{number}" for number in range(100))
FORMULA = "The ministry did not immediately respond to a request for comment."


def text(*paragraphs: str, role: Role = "body") -> list[Block]:
    return [Block(paragraph, line, role) for line, paragraph in enumerate(paragraphs, 1)]


def test_the_samples_two_prints_of_one_story_are_found_and_no_other_pair_comes_near() -> None:
    briefing = resolve(parse(read_site(ROOT)[0])).briefing
    shares = {
        frozenset(pair): share for *pair, share in wire_copies([(a.slug, a.blocks) for a in briefing.articles], 0)
    }
    prints = frozenset({"starlink-taipei-times", "starlink-new-zealand"})
    assert 0.27 < shares.pop(prints) < 0.31
    assert max(shares.values(), default=0) < 0.003
    assert prints in map(frozenset, briefing.origins)
    assert len(briefing.origins) == 4


def test_typography_and_capitals_make_no_other_version_and_teasers_do_not_count() -> None:
    one, other = (
        text("He said “never again, my friends”, and left."),
        text('he said "Never\u00a0again, my friends", and left.'),
    )
    assert wire_copies([("a", one), ("b", other)], 0.99) == [("a", "b", 1.0)]
    assert wire_copies([("a", one), ("b", text(one[0].text, role="teaser"))], 0.01) == []


def test_texts_in_scripts_without_spaces_are_compared_by_character() -> None:
    (pair,) = wire_copies(
        [("a", text("我们需要与美国达成强有力的协议")), ("b", text("他说我们需要与美国达成强有力的协议"))], 0.5
    )
    assert pair[:2] == ("a", "b")


def test_texts_too_short_to_share_anything_are_no_copies() -> None:
    assert wire_copies([("a", []), ("b", []), ("c", text("One two three four."))], 0) == []


def test_a_story_in_very_many_prints_is_one_origin() -> None:
    texts = [(f"print-{number:03}", text(STORY, f"Own line number {number} of this print.")) for number in range(200)]
    slugs = [slug for slug, _ in texts]
    assert origins(slugs, wire_copies(texts, 0.1)) == (tuple(slugs),)


def test_a_formula_in_very_many_articles_joins_none_and_costs_little() -> None:
    texts = [
        (f"a{number}", text(FORMULA, " ".join(f"w{number}x{word}" for word in range(100)))) for number in range(3000)
    ]
    begun = process_time()
    assert wire_copies(texts, 0.1) == []
    assert process_time() - begun < 10


@pytest.mark.parametrize("length", [12, 60, 399, 401, 2_000])
@pytest.mark.parametrize("seed", range(8))
def test_two_texts_that_share_enough_are_found_whatever_their_length(length: int, seed: int) -> None:
    """Long texts are looked up by a sample; the share is that of the whole, and just enough of it is enough."""
    luck = Random(seed)
    own = [[f"w{luck.randrange(3000)}" for _ in range(length)] for _ in range(2)]
    both = [f"s{luck.randrange(3000)}" for _ in range(length // 4 + 8)]
    one, other = (text(" ".join([*both, *words])) for words in own)
    whole = [shingles(blocks) for blocks in (one, other)]
    share = len(whole[0] & whole[1]) / len(whole[0] | whole[1])
    assert 0.08 < share < 0.4
    assert wire_copies([("a", one), ("b", other)], share) == [("a", "b", share)]
    assert wire_copies([("a", one), ("b", other)], share + 0.001) == []


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_every_article_is_in_one_group_and_pairs_are_together(pairs: list[tuple[int, int]]) -> None:
    slugs = [f"a{number}" for number in range(8)]
    groups = origins(slugs, [(f"a{one}", f"a{other}", 0.5) for one, other in pairs])
    assert sorted(slug for group in groups for slug in group) == slugs
    group_of = {slug: group for group in groups for slug in group}
    assert all(group_of[f"a{one}"] is group_of[f"a{other}"] for one, other in pairs)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(list(group) == sorted(group) for group in groups)


@given(held=st.frozensets(st.integers(0, 60)), wanted=st.frozensets(st.integers(0, 60)))
def test_of_few_stretches_and_of_many_those_are_found_that_a_text_has(
    held: frozenset[int], wanted: frozenset[int]
) -> None:
    found = Sample(array("I", sorted(held)).tobytes(), len(held))
    assert set(found.among(wanted)) == held & wanted
