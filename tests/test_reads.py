"""What is noted of a page's making: all that was read, however it is written down, and its states, however they are
found."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import FILES, built_in_layouts

from builder.build import build
from builder.memo import EVERYTHING, Read
from builder.model import ARTICLE_FACETS, Briefing, Use
from builder.site import reads, states
from builder.site.frame import Site, site_of
from builder.site.reads import MANY, Reads, grouped, rows_of
from builder.site.states import States

KEYS = [str(number) for number in range(MANY + 5)]
ROWS = {EVERYTHING + "long": dict.fromkeys(KEYS[: MANY + 2]), EVERYTHING + "short": dict.fromkeys(KEYS[:3])}


def each(found: Reads, rows: Mapping[str, Mapping[str, object]]) -> Iterator[Read]:
    """Every single reading."""
    for tables, keys in found:
        for table in tables:
            for key in keys:
                yield from ((table, one) for one in rows.get(key, (key,)))


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from(KEYS)) | st.just(KEYS), max_size=4))
def test_reads_that_are_grouped_are_the_same_reads(of_table: dict[str, list[str]]) -> None:
    noted = dict.fromkeys((table, key) for table, keys in of_table.items() for key in keys)
    assert set(each(grouped(noted, ROWS), ROWS)) == noted.keys()


def test_a_page_that_reads_all_of_a_row_names_the_row() -> None:
    noted = [(table, key) for key in KEYS for table in ("a", "b")]
    (group,) = grouped(noted, ROWS)
    assert group == (("a", "b"), (EVERYTHING + "long", *KEYS[MANY + 2 :]))


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    files = {path: body.encode() for path, body in FILES.items()}
    return build(files | built_in_layouts(), search=False).briefing


def state_of(site: Site, *tables: str) -> bytes:
    """Of a row as one, of the same tables."""
    return States(site).of(((tables, (next(iter(rows_of(site))),)),))


@pytest.mark.parametrize("facet", ARTICLE_FACETS)
def test_the_state_of_a_row_is_another_when_that_of_one_article_is(briefing: Briefing, facet: str) -> None:
    """In the table that it stands in, also beside others; in no other one."""
    first, *others = briefing.articles
    place = list(ARTICLE_FACETS).index(facet)
    digests = tuple("00" * 16 if number == place else known for number, known in enumerate(first.facets))
    site, changed = site_of(briefing), site_of(replace(briefing, articles=(replace(first, facets=digests), *others)))
    for other in ARTICLE_FACETS:
        same = state_of(site, reads.FACETS[other]) == state_of(changed, reads.FACETS[other])
        assert same == (other != facet)
    assert state_of(site, "at.uses_of", reads.FACETS[facet]) != state_of(changed, "at.uses_of", reads.FACETS[facet])


def test_the_order_of_a_row_is_part_of_its_state(briefing: Briefing) -> None:
    turned = replace(briefing, articles=briefing.articles[::-1])
    assert state_of(site_of(briefing), reads.FACETS["seal"]) != state_of(site_of(turned), reads.FACETS["seal"])


def test_the_state_of_all_uses_is_another_when_one_is_or_their_order(briefing: Briefing) -> None:
    def state(uses: tuple[Use, ...]) -> bytes:
        return States(site_of(replace(briefing, uses=uses))).of(((("briefing.uses",), (EVERYTHING,)),))

    one, *others = briefing.uses
    assert state(briefing.uses) == state((one, *others))
    other = next(use for use in others if use.passage.article != one.passage.article)
    rows = [(one, *others), tuple(others), (*others, one), (replace(one, how="worded"), *others)]
    rows += [(one, other, one), (one, one, other)]
    assert len(set(map(state, rows))) == len(rows)


def test_states_that_are_found_all_at_once_are_those_that_are_found_one_by_one(
    briefing: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, tables = site_of(briefing), (reads.FACETS["facts"], reads.FACETS["seal"], "site.marks", "at.uses_of")
    found = []
    for many in (0, 1, MANY):
        monkeypatch.setattr(states, "MANY", many)
        asked = [(tables, (slug,)) for slug in (*site.at.articles, "nobody")]
        found.append([States(site).of(tuple(asked)), *(States(site).of((one,)) for one in asked)])
    assert found[0] == found[1] == found[2]
