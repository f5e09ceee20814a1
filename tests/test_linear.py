"""Twice the articles take twice the time, not four times: nothing compares every article with every other."""

import gc
import time
from collections.abc import Callable, Mapping

import pytest
from synthetic import briefing

from builder.briefing.checks import check as find_more
from builder.briefing.citing import SEARCHES, Citer, Page
from builder.briefing.quotes import Source
from builder.briefing.resolve import resolve
from builder.briefing.suggesting import suggest
from builder.model import Block
from builder.problems import Problem, Span
from builder.reading.parse import parse

MANY, FEW, QUOTATIONS = 5_000, 500, 4
ATTEMPTS = 3


@pytest.fixture(scope="module")
def many() -> dict[str, bytes]:
    return briefing(MANY, quotations=QUOTATIONS)


def check(site: Mapping[str, bytes], quotations: int = 0) -> float:
    """The seconds that a check takes: the lint too, but no page is rendered."""

    def work() -> object:
        drafts = parse(site)
        resolved = resolve(drafts)
        assert (*resolved.problems, *find_more(drafts, resolved.briefing)) == ()
        assert len(resolved.briefing.uses) == quotations
        return drafts, resolved

    return seconds_of(work)


def seconds_of(work: Callable[[], object]) -> float:
    """The processor's seconds. What the collector of circular garbage does depends on other tests, so it waits."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        made = work()
        seconds = time.process_time() - start
        del made  # to forget it is not part of the work
        return seconds
    finally:
        gc.enable()


def lowest_ratio(one: Callable[[], float], other: Callable[[], float], limit: float) -> float:
    """How much longer the one takes than the other, at best: the machine may be busy with something else."""
    lowest = float("inf")
    for _ in range(ATTEMPTS):
        lowest = min(lowest, one() / other())
        if lowest <= limit:
            break
    return lowest


def test_ten_times_the_articles_take_at_most_eleven_times_as_long(many: Mapping[str, bytes]) -> None:
    """One check of the many against ten of the few, so that both last as long and meet the same disturbances."""
    few = briefing(FEW, quotations=QUOTATIONS)
    check(few, FEW * QUOTATIONS)  # so that what is done once in a process is done
    ten = MANY // FEW
    ratio = lowest_ratio(
        lambda: check(many, MANY * QUOTATIONS), lambda: sum(check(few, FEW * QUOTATIONS) for _ in range(ten)), 1.1
    )
    assert ratio * ten <= 11


def test_twenty_thousand_quotations_take_at_most_thrice_the_time_of_none(many: Mapping[str, bytes]) -> None:
    none = briefing(MANY)
    assert lowest_ratio(lambda: check(many, MANY * QUOTATIONS), lambda: check(none), 3) <= 3


def test_suggestions_for_ten_times_the_texts_take_at_most_eleven_times_as_long() -> None:
    """Texts alone, so that all their names are new."""
    many, few = (texts_alone(briefing(articles)) for articles in (1_000, 100))
    suggestions(few)
    assert lowest_ratio(lambda: suggestions(many), lambda: sum(suggestions(few) for _ in range(10)), 1.1) <= 1.1


def texts_alone(site: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: body for path, body in site.items() if path.endswith((".txt", "site.yaml", "briefing.yaml"))}


def suggestions(site: Mapping[str, bytes]) -> float:
    """The seconds that it takes to suggest what could be added to a site that has been read."""
    drafts = parse(site)
    briefing = resolve(drafts).briefing
    return seconds_of(lambda: suggest(site, drafts, briefing))


def test_thousands_of_mistakes_in_one_file_are_answered_in_seconds() -> None:
    """Each with its place and the nearest name, of thousands of names."""
    wrong = "".join(f"  See [[entty-{number}-nme]].\n\n" for number in range(3_000))
    register = "".join(
        f"entity-{number}-name: {{name: Entity Number{number}x, kind: person}}\n" for number in range(3_000)
    )
    site = {
        "site.yaml": b"title: Mistakes\n",
        "content/briefing.yaml": f"title: Mistakes\nas_of: 2025\nbottom_line: |\n{wrong}".encode(),
        "content/entities.yaml": register.encode(),
    }
    found: list[Problem] = []
    seconds = seconds_of(lambda: found.extend(resolve(parse(site)).problems))
    assert [(problem.span.line, problem.hint) for problem in found] == [
        (4 + 2 * number, f"the nearest is “entity-{number}-name”") for number in range(3_000)
    ]
    assert seconds < 15


def test_words_without_a_source_are_sought_in_all_articles_for_the_first_mistakes_only() -> None:
    """To say where else they stand is a kindness; a kindness for thousands of them would take minutes."""
    sources = {name: Source(name, f"{name}.txt", [Block("It was so.", 1)]) for name in ("one", "other")}
    citer = Citer(sources)
    for _ in range(SEARCHES + 1):
        citer.check_worded("It was so", Span("site.yaml"), [], Page("briefing"), closed=True)
    *first, last = (problem.hint for problem in citer.problems)
    assert all("it stands in one: cite that here" in hint for hint in first)
    assert "it stands in" not in last


def test_made_up_briefings_are_what_they_are_said_to_be() -> None:
    """The same bytes each time; 600 to 1,100 words, give or take a few; a register that grows like a square root."""
    site = briefing(100, quotations=2)
    assert site == briefing(100, quotations=2)
    lengths = [len(text.split()) for path, text in site.items() if path.endswith(".txt")]
    assert len(lengths) == 100
    assert min(lengths) >= 550
    assert max(lengths) <= 1_150
    for articles, entities in ((100, 43), (400, 83)):
        assert len(briefing(articles)["content/entities.yaml"].splitlines()) == entities


@pytest.mark.parametrize("quotations", [0, 1, 7])
@pytest.mark.parametrize("markdown", [False, True])
def test_made_up_briefings_have_no_mistakes(quotations: int, markdown: bool) -> None:  # noqa: FBT001  # a parameter of pytest's
    drafts = parse(briefing(60, quotations=quotations, markdown=markdown))
    resolved = resolve(drafts)
    assert (*resolved.problems, *find_more(drafts, resolved.briefing)) == ()
    assert len(resolved.briefing.uses) == 60 * quotations
    assert len(resolved.briefing.events) == 60 * max(1, -(-quotations // 4))
    named = [len({mention.entity for mention in article.mentions}) for article in resolved.briefing.articles]
    assert min(named) >= 4
    assert max(named) <= 10
