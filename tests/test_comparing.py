"""Two texts of one story: which paragraphs are one, what differs in them word by word, and of which kind it is."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parts import article
from sample import ROOT

from builder.briefing.comparing import Comparison, Row, compare
from builder.build import build
from builder.model import Article, Block, Mention, Role, Stated
from builder.outlets.folder import read_site

NO_PUBLISHER = Stated()


def text(*paragraphs: str, publisher: Stated = NO_PUBLISHER) -> Article:
    """An article of these paragraphs, one a line."""
    return article([Block(words, line) for line, words in enumerate(paragraphs, 1)], publisher=publisher)


def kinds(one: str, other: str, language: str = "en") -> list[tuple[str, str, str]]:
    """What differs between two wordings of one paragraph."""
    tail = "and that is what everybody in the room had heard before the talks began"
    texts = [replace(text(f"{words} {tail}"), language=language) for words in (one, other)]
    return [(found.kind, found.one, found.other) for found in compare(*texts).differences]


def lines(row: Row) -> tuple[list[int], list[int]]:
    return [block.line for block in row.one], [block.line for block in row.other]


# --- the two Starlink texts ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def starlink() -> Comparison:
    inputs, _ = read_site(ROOT)
    articles = {article.slug: article for article in build(inputs).briefing.articles}
    return compare(articles["starlink-new-zealand"], articles["starlink-taipei-times"])


def between(starlink: Comparison, one: int, other: int) -> set[tuple[str, str, str]]:
    """What differs between two paragraphs, typography apart."""
    row = next(row for row in starlink.rows if one in lines(row)[0] and other in lines(row)[1])
    return {(found.kind, found.one, found.other) for found in row.differences if found.kind != "typography"}


def test_every_paragraph_that_both_starlink_texts_have_stands_beside_its_own(starlink: Comparison) -> None:
    pairs = [lines(row) for row in starlink.rows if row.in_both]
    assert pairs == [
        ([3], [1]),
        ([5], [2]),
        ([7], [3]),
        ([9], [5]),
        ([11], [6]),
        ([13], [7]),
        ([15], [8]),
        ([17], [9]),
        ([19, 21], [10]),
        ([23], [11]),
        ([25], [12]),
        ([27], [13]),
    ]
    assert [lines(row) for row in starlink.rows if row.same] == [([11], [6]), ([25], [12])]


def test_who_says_so_is_told_from_what_is_said(starlink: Comparison) -> None:
    """Reuters is named in one text, three sources just “said” in the other; a verb of saying is moved or exchanged."""
    assert ("attribution", "have told Reuters.", "said.") in between(starlink, 3, 1)
    assert between(starlink, 13, 7) == {("attribution", "said the source.", "the source said.")}
    assert between(starlink, 27, 13) == {("attribution", "noting", "adding")}


def test_a_day_a_tense_and_a_sum_that_one_text_alone_has_are_substance(starlink: Comparison) -> None:
    assert between(starlink, 17, 9) == {
        ("substance", "On Friday, the", "The"),
        ("substance", "expects", "expected"),
        ("substance", "will", "would"),
    }
    assert ("substance", "($NZ870 billion)", "") in between(starlink, 15, 8)
    assert starlink.count("substance") == 4


def test_a_house_s_spelling_notation_and_titles_are_no_more_than_style(starlink: Comparison) -> None:
    assert between(starlink, 7, 3) == {("style", "internet", "Internet")}
    assert ("style", "$US500", "US$500") in between(starlink, 15, 8)
    assert between(starlink, 5, 2) == {
        ("style", "SpaceX-owned", "Space Exploration Technologies-owned"),
        ("style", "the United States", "US"),
        ("style", "Treasury Secretary", "Secretary of the Treasury"),
    }
    assert between(starlink, 9, 5) == {
        ("style", "Keith Kellogg, the US special Ukraine envoy,", "US special envoy to Ukraine Keith Kellogg")
    }


def test_quotation_marks_of_another_kind_are_typography(starlink: Comparison) -> None:
    row = next(row for row in starlink.rows if lines(row) == ([19, 21], [10]))
    assert [(found.kind, found.one, found.other) for found in row.differences] == [("typography", "Kyiv's", "Kyiv’s")]
    assert starlink.count("typography") == 12


def test_those_who_were_asked_for_comment_stand_in_one_text_alone(starlink: Comparison) -> None:
    """The right of reply is in the New Zealand text, the United Nations in the other; headings and teasers in none."""
    alone = [lines(row) for row in starlink.rows if not row.in_both]
    assert [one for one, _ in alone if one] == [[n] for n in (29, 31, 33, 35, 39, 41, 43, 45, 47, 49, 51, 53)]
    assert [other for _, other in alone if other] == [[n] for n in range(14, 22)]
    words = {side[0]: row.one_runs[0].text for row in starlink.rows if (side := lines(row)[0]) and not row.other}
    assert words[29].startswith("The Ukrainian embassy in Washington, the White House and the US Department of Defense")
    assert words[31].startswith("SpaceX, which operates Starlink, also did not immediately respond")


def test_also_on_friday_dangles_in_one_text_because_the_other_alone_has_the_friday_before_it(
    starlink: Comparison,
) -> None:
    """What AFP added, from there on, stands in that text alone as well."""
    words = {side[0]: row.other_runs[0].text for row in starlink.rows if (side := lines(row)[1]) and not row.one}
    assert words[14].startswith("Also on Friday, the US proposed a UN resolution")
    assert "Vassily Nebenzia" in words[20]
    assert "Richard Gowan" in words[21]
    assert 22 not in words  # “Additional reporting by AFP” is a note, no paragraph


# --- kinds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It was “a good move,” he said", 'It was "a good move," he said'),
        ("It was “a good move”, he said", "It was “a good move,” he said"),
        ("The talks — long ones — ended", "The talks – long ones – ended"),
        ("The talks—long ones—ended", "The talks – long ones – ended"),
        ("He waited… and left", "He waited... and left"),
        ("It cost 5\N{NO-BREAK SPACE}million then", "It cost 5 million then"),
        ("He called it «a trap» again", "He called it “a trap” again"),
    ],
)
def test_marks_and_spaces_are_typography(one: str, other: str) -> None:
    assert {kind for kind, _, _ in kinds(one, other)} == {"typography"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The defence of the centre", "The defense of the center"),
        ("Travelling workers organised it", "Traveling workers organized it"),
        ("Nato met them", "NATO met them"),
        ("The U.S. delegation", "The US delegation"),
        ("A cease-fire by e-mail", "A ceasefire by email"),
        ("The rare-earth deposits", "The rare earth deposits"),
        ("Fifty people saw 50% of it", "Fifty people saw 50 per cent of it"),
        ("Twelve people and 2,000 cars", "12 people and 2000 cars"),
        ("It cost €500 billion then", "It cost 500€ billion then"),
        ("It cost US$500bn then", "It cost $US500 billion then"),
        ("The European Union agreed", "The EU agreed"),
        ("They said that it ended", "They said it ended"),
        ("They met on Friday", "They met Friday"),
        ("He told the US officials", "He told US officials"),
        ("The US Treasury Secretary spoke", "The US Secretary of the Treasury spoke"),
        ("They met US President Donald Trump", "They met President Donald Trump"),
        ("He left, and they stayed", "He left and they stayed"),
        ("He left – they stayed", "He left, they stayed"),
    ],
)
def test_spelling_notation_and_the_words_that_change_nothing_are_style(one: str, other: str) -> None:
    assert {kind for kind, _, _ in kinds(one, other)} == {"style"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It ended, officials said.", "It ended, officials told Reuters."),
        ("It ended, the minister added", "It ended, the minister claimed"),
        ("“It ended,” Haring said", "“It ended,” said Haring"),
        ("It ended, sources said", "It ended, a spokesman said"),
        ("It ended, Bloomberg reported", "It ended, AFP reported"),
        ("It ended, he claims again", "It ended, he says again"),
        ("He saw a “dictator” there", "He saw a dictator there"),
    ],
)
def test_who_says_so_is_attribution(one: str, other: str) -> None:
    assert {kind for kind, _, _ in kinds(one, other)} == {"attribution"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It cost US$500 billion", "It cost US$50 billion"),
        ("It cost $500 billion", "It cost US$500 billion"),
        ("They received 50% of it", "They received 15% of it"),
        ("Trump told Putin", "Putin told Trump"),
        ("The US envoy to Ukraine", "The Ukraine envoy to the US"),
        ("He was told that it ended", "He said that it ended"),
        ("He denied that it ended", "He said that it ended"),
        ("He did not sign", "He did sign"),
        ("The former president spoke", "The president spoke"),
        ("Three sources said so", "Two sources said so"),
        ("The papers were filled", "The papers were filed"),
        ("He told us of it", "He told US of it"),
        ("The state paid for it", "The paid for it"),
        ("It rose by 50 % then", "It rose by 50 then"),
        ("It ended?", "It ended."),
        ("It was time to go", "It was high time to go"),
        ("They will sign", "They would sign"),
    ],
)
def test_whatever_no_rule_is_sure_of_is_substance(one: str, other: str) -> None:
    assert "substance" in {kind for kind, _, _ in kinds(one, other)}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("typography", "Er sprach von „Heimat“ dort", "Er sprach von «Heimat» dort"),
        ("style", "Die Straße war gesperrt", "Die Strasse war gesperrt"),
        ("style", "Es kostet 2.000 Euro und zwölf Cent", "Es kostet 2000 Euro und 12 Cent"),
        ("style", "Es waren 50 Prozent der Stimmen", "Es waren 50% der Stimmen"),
        ("attribution", "Das endete, teilte die Behörde mit", "Das endete, erklärte die Behörde mit"),
        ("substance", "Er trank in Maßen", "Er trank in Massen"),
    ],
)
def test_german_has_rules_of_its_own(kind: str, one: str, other: str) -> None:
    assert {found for found, _, _ in kinds(one, other, "de")} == {kind}


def test_a_language_without_rules_has_typography_and_spelling_and_the_rest_is_substance() -> None:
    assert {kind for kind, _, _ in kinds("Il a dit : « oui »", "Il a dit : “ oui ”", "fr")} == {"typography"}
    assert {kind for kind, _, _ in kinds("Le ministre a dit", "Le ministre a déclaré", "fr")} == {"substance"}


def test_two_forms_of_one_name_in_the_register_are_style() -> None:
    """So is a first name left out; but a role is more than another form of a name, and so is a sum."""

    def story(words: str, name: str, *, decided: bool = False) -> Article:
        block = Block(f"{words} met the delegation in the afternoon of the same day", 1)
        start = block.text.index(name)
        return article([block], [Mention("zelensky", 0, start, start + len(name), name, decided)])

    def found(one: Article, other: Article) -> list[str]:
        return [difference.kind for difference in compare(one, other).differences]

    full = story("Volodymyr Zelenskiy’s aides", "Volodymyr Zelenskiy")
    assert found(full, story("Volodymyr Zelensky’s aides", "Volodymyr Zelensky")) == ["style"]
    assert found(full, story("Zelenskiy’s aides", "Zelenskiy")) == ["style"]
    assert found(full, story("The leader’s aides", "The leader", decided=True)) == ["substance"]
    assert found(story("The $500 deal", "$500 deal"), story("The $50 deal", "$50 deal")) == ["substance"]


def test_a_publisher_is_no_word_of_the_language() -> None:
    """A paper called “Time” does not make “time” an attribution; “told Time” is one."""
    paper = Stated("Time")
    tail = "of all those who had been in the room when the talks began"

    def found(one: str, other: str) -> list[str]:
        texts = (text(f"{words} {tail}", publisher=paper) for words in (one, other))
        return [difference.kind for difference in compare(*texts).differences]

    assert found("It was time the sake", "It was the sake") == ["substance"]
    assert found("It was told Time", "It was told reporters") == ["attribution"]


# --- which paragraphs are one --------------------------------------------------------------------------------------

P = [
    "The river rose by three metres during the night and flooded the lower town.",
    "Firemen brought forty people to the school on the hill, the mayor said.",
    "Nobody was hurt, but the old bridge will stay closed until an engineer has seen it.",
    "The last flood of this kind was in the winter of 1993, when the mill was lost.",
]


def test_a_paragraph_that_the_other_text_has_in_another_place_is_not_called_missing() -> None:
    rows = compare(text(P[0], P[1], P[2], P[3]), text(P[2], P[0], P[1], P[3])).rows
    assert [lines(row) for row in rows] == [([1], [2]), ([2], [3]), ([3], [1]), ([4], [4])]
    assert [row.moved for row in rows] == [False, False, True, False]


def test_a_paragraph_cut_in_two_is_one_with_both_parts_and_so_is_a_sentence_moved_to_the_next() -> None:
    rows = compare(text(f"{P[0]} {P[1]}", P[3]), text(P[0], P[1], P[3])).rows
    assert [(lines(row), row.same) for row in rows] == [(([1], [1, 2]), True), (([2], [3]), True)]
    shifted = compare(text(f"{P[0]} {P[1]}", P[2]), text(P[0], f"{P[1]} {P[2]}")).rows
    assert [(lines(row), row.same) for row in shifted] == [(([1, 2], [1, 2]), True)]


def test_a_paragraph_that_repeats_part_of_one_that_has_its_own_partner_says_where_the_rest_is() -> None:
    rows = compare(text(f"{P[0]} {P[1]}", P[2], P[1]), text(f"{P[0]} {P[1]}", P[2])).rows
    assert [lines(row) for row in rows] == [([1], [1]), ([2], [2]), ([3], [])]
    assert rows[2].near is not None
    assert rows[2].near.line == 1


def test_texts_that_share_nothing_stand_one_after_the_other() -> None:
    rows = compare(text(P[0], P[1]), text(P[2])).rows
    assert [lines(row) for row in rows] == [([1], []), ([2], []), ([], [1])]
    assert compare(text(), text()).rows == ()


def test_a_turn_of_phrase_in_two_paragraphs_does_not_make_them_one() -> None:
    other = "Tourists like the old bridge and the castle, which a painter has made famous."
    assert [lines(row) for row in compare(text(P[2]), text(other)).rows] == [([1], []), ([], [1])]


def test_teasers_headings_credits_and_captions_are_not_compared() -> None:
    roles: list[Role] = ["title", "caption", "credit", "dateline", "heading", "note", "navigation", "teaser"]
    blocks = [Block(P[0], line, role) for line, role in enumerate(roles, 1)]
    assert compare(article([*blocks, Block(P[1], 9)]), article(blocks)).rows[0].one[0].line == 9
    assert len(compare(article([*blocks, Block(P[1], 9)]), article(blocks)).rows) == 1


def test_a_script_without_spaces_is_compared_sign_by_sign() -> None:
    found = compare(text("試験車両は春にモーゼル川へ届く。"), text("試験車両は秋にモーゼル川へ届く。")).differences
    assert [(difference.one, difference.other) for difference in found] == [("春", "秋")]


# --- for any texts -------------------------------------------------------------------------------------------------

SOME_WORDS = """the The source said “yes” "yes," Reuters 50% 50 per cent US U.S. $US5 US$5 on Friday, – - 3 three
日本 defence defense; (and more) told Kyiv's Kyiv’s"""
WORDS = st.sampled_from(SOME_WORDS.split())
PARAGRAPH = st.lists(st.tuples(WORDS, st.sampled_from([" ", "  ", "\N{NO-BREAK SPACE}"])), min_size=1, max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs).strip()
)
TEXT = st.lists(PARAGRAPH, max_size=6)


@given(TEXT, TEXT)
def test_no_word_is_lost_added_or_changed(one: list[str], other: list[str]) -> None:
    """The page shows both texts whole: what is marked and what is not, put together, are the paragraphs themselves."""
    comparison = compare(text(*one), text(*other))
    for side, paragraphs in (("one", one), ("other", other)):
        shown = {
            tuple(block.line for block in getattr(row, side)): "".join(run.text for run in getattr(row, f"{side}_runs"))
            for row in comparison.rows
            if getattr(row, side)
        }
        assert sorted(line for found in shown for line in found) == list(range(1, len(paragraphs) + 1))
        assert shown == {found: " ".join(paragraphs[line - 1] for line in found) for found in shown}


@given(TEXT)
def test_a_text_is_word_for_word_itself(paragraphs: list[str]) -> None:
    assert all(row.same for row in compare(text(*paragraphs), text(*paragraphs)).rows)


@given(TEXT, TEXT)
def test_what_is_marked_differs_and_what_is_not_marked_does_not(one: list[str], other: list[str]) -> None:
    for row in compare(text(*one), text(*other)).rows:
        assert all(difference.one != difference.other for difference in row.differences)
        if row.in_both:
            plain = ["".join(r.text for r in runs if not r.kind).split() for runs in (row.one_runs, row.other_runs)]
            assert "".join(plain[0]) == "".join(plain[1])


def test_ten_times_the_paragraphs_take_about_ten_times_as_long() -> None:
    def seconds(count: int) -> float:
        pool = (ROOT / "README.md").read_text(encoding="utf-8").split()
        stretches = (range(7 * n, 7 * n + 40 * (n % 13 + 1), n % 13 + 1) for n in range(count))
        one = [" ".join(pool[place % len(pool)] for place in places) for places in stretches]
        other = [paragraph.replace(" the ", " a ") for n, paragraph in enumerate(one) if n % 5]
        texts = text(*one), text(*other)
        start = process_time()
        compare(*texts)
        return process_time() - start

    seconds(50)
    assert min(seconds(2000) for _ in range(2)) <= 25 * max(min(seconds(200) for _ in range(3)), 0.01)
