"""Raw texts as they come: which lines are one paragraph, which line has which role, and bytes that are no text."""

import re
import textwrap
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.model import Block, Role
from builder.problems import Problem, Span
from builder.reading.fields import LineRange
from builder.reading.schema import RolesForm
from builder.reading.seed import decode, raw_lines, read_blocks, read_roles

FIRST = (
    "The harbour bridge was closed to trains on Friday after engineers found cracks in two of its pillars, the port "
    "authority said. Repairs will take until spring, and until then passengers have to use the ferry or one of the "
    "buses that leave every ten minutes from the northern bank."
)
SECOND = (
    "“We will not wait for spring,” said its director, Ann Lee, who was appointed in January and has promised to open "
    "one track within a month. She did not say who would pay for it; the ministry declined to comment on Friday."
)
THIRD = (
    "Lee’s predecessor had warned of the cracks as early as 2019. Nobody listened, he told the paper in an interview."
)
GERMAN = (
    "Die alte Hafenbrücke bleibt nach Angaben der Hafenbehörde bis zum Frühjahr für den gesamten Bahnverkehr gesperrt. "
    "Fahrgäste nehmen so lange die Fähre oder Busse, die alle zehn Minuten zwischen Nord- und Südufer verkehren, hieß "
    "es am Freitag in einer Mitteilung der Behörde, die der Redaktion vorliegt."
)
JAPANESE = (
    "港の橋は金曜日に閉鎖された。修理には時間がかかると港湾局は述べた。"
    "「春を待つつもりはない」と局長のアン・リーは語り、市民には渡し船の利用を呼びかけた。"
)


def wrapped(text: str, width: int = 72) -> str:
    return textwrap.fill(text, width)


def blocks(text: str) -> tuple[Block, ...]:
    return read_blocks(raw_lines(text), {})


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text)]


# --- eight sorts of text, and some more ----------------------------------------------------------------------------


def test_a_wrapped_mail_is_its_paragraphs_with_greeting_and_signature() -> None:
    mail = f"Dear all,\n\n{wrapped(FIRST)}\n\n{wrapped(SECOND)}\n\nBest regards,\nAnn Lee\nHarbour Post\n"
    assert texts(mail) == ["Dear all,", FIRST, SECOND, "Best regards,", "Ann Lee", "Harbour Post"]


@pytest.mark.parametrize("width", [40, 60, 65, 72, 78, 90])
def test_a_text_may_be_wrapped_at_any_usual_width(width: int) -> None:
    assert texts(f"{wrapped(FIRST, width)}\n\n{wrapped(SECOND, width)}\n\n{wrapped(THIRD, width)}") == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_a_press_release_with_long_lines_is_one_paragraph_a_line() -> None:
    release = f"PRESS RELEASE\nFor immediate release\n\n{FIRST}\n\n{SECOND}\n\nContact:\nAnn Lee\n+49 123 456\n"
    assert texts(release) == [
        *("PRESS RELEASE", "For immediate release", FIRST, SECOND, "Contact:", "Ann Lee", "+49 123 456")
    ]


def test_a_transcript_is_one_paragraph_a_speaker() -> None:
    lines = ["Q: Is it closed?", "A: It is.", f"Q: {FIRST}", "A: So they say.", f"Q: {THIRD}", "A: Perhaps."]
    assert texts("\n".join(lines)) == lines


def test_a_wrapped_transcript_is_one_paragraph_a_speaker_too() -> None:
    lines = [f"LEE: {FIRST}", "KERN: And then?", f"LEE: {SECOND}", f"KERN: {THIRD}"]
    assert texts("\n".join(map(wrapped, lines))) == lines


POEM = """The harbour sleeps, the lamps are low,
The ferries rock without a sound,
And nobody is there to know
What in the water has been drowned.

The bridge is shut, the bridge is old,
Its iron sings in every gale,
And what the engineers have told
Is but a long and rusty tale.

Shall I compare thee to a summer’s day?
Thou art more lovely and more temperate:
Rough winds do shake the darling buds of May,
And summer’s lease hath all too short a date;
Sometime too hot the eye of heaven shines,
And often is his gold complexion dimm’d;
"""


def test_a_poem_keeps_its_lines_however_even_they_are() -> None:
    assert texts(POEM) == [line for line in POEM.splitlines() if line]


def test_verse_that_begins_its_lines_small_keeps_them_as_they_are_uneven() -> None:
    lines = [line[:1].lower() + line[1:] for line in POEM.splitlines()[:9]]
    assert texts("\n".join(lines)) == [line for line in lines if line]


@pytest.mark.parametrize("width", [20, 24, 30])
def test_wrapped_japanese_is_joined_without_spaces(width: int) -> None:
    lines = [JAPANESE[start : start + width] for start in range(0, len(JAPANESE), width)]
    assert texts("\n".join([*lines, "", *lines])) == [JAPANESE, JAPANESE]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_the_ends_of_lines_of_other_systems_change_nothing(ending: str) -> None:
    text = f"Dear all,\n\n{wrapped(FIRST)}\n\n{wrapped(SECOND)}\n"
    assert blocks(text.replace("\n", ending)) == blocks(text)


def test_a_list_of_headlines_is_one_paragraph_a_line() -> None:
    lines = [
        "Bridge closed to trains after engineers find cracks",
        "Minister promises money for repairs before spring",
        "Ferry to run every ten minutes, the city decides",
        "Citizens angry about delays on the western line",
        "Shares of builder rise by seven per cent on order",
    ]
    assert texts("\n".join(lines)) == lines


def test_paragraphs_of_one_sentence_and_one_length_are_not_taken_for_a_wrapped_one() -> None:
    lines = [
        "The bridge was closed to trains on Friday after cracks were found in it, the port said.",
        "Repairs will take until spring and cost more than a billion, according to its engineers.",
        "“We will not wait for spring,” said its director, Ann Lee, who was appointed in January.",
        "The ministry declined to comment on the question of who would pay for all of the repairs.",
    ]
    assert texts("\n".join(lines)) == lines


def test_a_mixture_is_taken_paragraph_by_paragraph() -> None:
    text = f"A short line\nAnd another\n\n{wrapped(FIRST)}\n\nBy Ann Lee\nHarbour Post\n\n{wrapped(SECOND)}\n"
    assert texts(text) == ["A short line", "And another", FIRST, "By Ann Lee", "Harbour Post", SECOND]


def test_one_wrapped_paragraph_is_one() -> None:
    assert texts(wrapped(FIRST) + "\n") == [FIRST]
    assert texts(FIRST) == [FIRST]


def test_two_lines_are_two_paragraphs() -> None:
    assert texts("The bridge is closed.\nIt will be open in spring.\n") == [
        "The bridge is closed.",
        "It will be open in spring.",
    ]


def test_wrapped_paragraphs_without_a_blank_line_part_where_a_short_line_ends_a_sentence() -> None:
    text = "\n".join(map(wrapped, (FIRST, SECOND, THIRD)))
    assert texts(text) == [FIRST, SECOND, THIRD]


def test_wrapped_items_of_a_list_stay_items() -> None:
    items = [f"- {FIRST.removesuffix('.')}", f"- {THIRD.removesuffix('.')}", "- and so on"]
    assert texts("\n".join(textwrap.fill(item, 70, subsequent_indent="  ") for item in items)) == items


def test_german_with_its_capitals_is_joined_too() -> None:
    assert texts(f"{wrapped(GERMAN, 60)}\n\n{wrapped(GERMAN, 60)}") == [GERMAN, GERMAN]


def test_an_address_that_could_not_be_broken_widens_nothing() -> None:
    address = "https://example.org/" + "x" * 70
    more = "\n\n".join(map(wrapped, [SECOND, FIRST, SECOND, FIRST]))
    text = f"{wrapped(FIRST)}\n\n{address}\n\n{more}"
    assert texts(text)[:3] == [FIRST, address, SECOND]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the well-", "known bridge", "the well-known bridge"),
        ("the closed", "bridge", "the closed bridge"),
        ("zwischen Nord-", "und Südufer", "zwischen Nord- und Südufer"),
        ("in 2024-", "25", "in 2024- 25"),
        ("he said -", "and left", "he said - and left"),
        ("the US-", "Ukraine deal", "the US- Ukraine deal"),
        ("ยังไม่", "เปิด", "ยังไม่เปิด"),
        ("서울", "시청", "서울 시청"),
    ],
)
def test_what_a_line_s_end_stood_for(before: str, after: str, joined: str) -> None:
    """After a hyphen between letters nothing can have stood there; elsewhere a space, where a script has them."""
    lead = "x" * (68 - len(before))
    text = "\n".join([f"{lead} {before}", f"{after} {'y' * (67 - len(after))}", "z" * 69, "z" * 69, "end."])
    (block,) = blocks(text)
    assert joined in block.text


def test_a_joined_paragraph_knows_the_raw_line_of_every_word() -> None:
    lines = ["", *wrapped(FIRST).split("\n")]
    (block,) = blocks("\n".join(lines))
    for number, line in enumerate(lines[1:], 2):
        for word in line.split():
            places = [found.start() for found in re.finditer(re.escape(word), block.text)]
            assert number in {block.line_at(place) for place in places}
    assert (block.line, len(block.turns)) == (2, len(lines) - 2)


@given(st.text("aB .,“”-–\n\r\t語0", max_size=400))
@example("a-\nb\n" * 30)
def test_no_character_of_any_text_is_lost_and_every_line_keeps_its_number(text: str) -> None:
    found = blocks(text)
    assert "".join("".join(block.text for block in found).split()) == "".join(text.split())
    lines = raw_lines(text)
    numbers = [number for block in found for number in (block.line, *(line for _, line in block.turns))]
    assert numbers == [number for number, line in enumerate(lines, 1) if line.strip()]
    for block in found:
        starts = [0, *(offset for offset, _ in block.turns)]
        assert all(one < other for one, other in pairwise([*starts, len(block.text)])) or not block.turns
        for start, number in zip(starts, [block.line, *(line for _, line in block.turns)], strict=True):
            assert block.text.startswith(lines[number - 1].strip(), start)


def test_lines_are_those_of_an_editor() -> None:
    assert raw_lines("a\r\nb\rc\nd\u2028e\x0bf\x85g\x0ch") == ["a", "b", "c", "d\u2028e\x0bf\x85g\x0ch"]
    assert raw_lines("") == [""]


# --- roles ---------------------------------------------------------------------------------------------------------

ROLES = RolesForm.model_fields
LINES = ["Bridge closed", "", "By Ann Lee", "It is closed.", "", "", "More news", "Ferry late", ""]


def roles(**given: list[tuple[int, int]]) -> tuple[dict[int, Role], list[Problem]]:
    form = RolesForm.model_construct(
        None, **{role: tuple(LineRange(*lines, Span("a.yaml", 5)) for lines in given.get(role, ())) for role in ROLES}
    )
    return read_roles(form, LINES)


def test_lines_have_the_roles_that_they_are_given() -> None:
    found, problems = roles(title=[(1, 1)], credit=[(3, 3)], teaser=[(7, 8)])
    assert found == {1: "title", 3: "credit", 7: "teaser", 8: "teaser"}
    assert problems == []
    assert [(block.line, block.role) for block in read_blocks(LINES, found)] == [
        (1, "title"),
        (3, "credit"),
        (4, "body"),
        (7, "teaser"),
        (8, "teaser"),
    ]


@pytest.mark.parametrize(
    ("given_roles", "fact", "way_out"),
    [
        (
            {"title": [(9, 9)]},
            "there is no line 9: the article has lines 1 to 8",
            "count lines as your editor does, from 1",
        ),
        (
            {"teaser": [(7, 12)]},
            "there is no line 7-12: the article has lines 1 to 8",
            "count lines as your editor does, from 1",
        ),
        ({"teaser": [(8, 7)]}, "8-7 ends before it begins", "write 7-8"),
        (
            {"title": [(2, 2)]},
            "nothing stands on line 2 of the article",
            "the nearest text is on line 1: Bridge closed",
        ),
        (
            {"note": [(5, 6)]},
            "nothing stands on line 5-6 of the article",
            "the nearest text is on line 4: It is closed.",
        ),
        (
            {"title": [(1, 1)], "heading": [(1, 1)]},
            "line 1 is heading here and title above; a line has one role",
            "delete one of the two",
        ),
        (
            {"title": [(1, 3)], "teaser": [(3, 8)]},
            "line 3 is teaser here and title above; a line has one role",
            "delete one of the two",
        ),
    ],
)
def test_a_role_that_cannot_be_is_answered(
    given_roles: dict[str, list[tuple[int, int]]], fact: str, way_out: str
) -> None:
    _, (problem,) = roles(**given_roles)
    assert (problem.code, problem.message, problem.hint) == ("role-line", fact, way_out)


def test_a_role_given_twice_to_one_line_is_no_mistake() -> None:
    assert roles(teaser=[(7, 8), (8, 8)])[1] == []


def test_a_role_ends_a_wrapped_paragraph() -> None:
    lines = raw_lines(f"{wrapped(FIRST)}\n{wrapped(SECOND)}\n")
    found = read_blocks(lines, {1: "caption"})
    assert found[0].text == lines[0]
    assert found[0].role == "caption"
    assert found[1].role == "body"


# --- bytes ---------------------------------------------------------------------------------------------------------


def test_utf8_is_read_with_and_without_a_mark() -> None:
    assert decode("é😀\n".encode(), "a.txt") == decode(b"\xef\xbb\xbf" + "é😀\n".encode(), "a.txt") == "é😀\n"
    assert decode(b"", "a.txt") == ""


@pytest.mark.parametrize(
    ("data", "line", "column", "byte", "way_out"),
    [
        ("a\ncafé".encode("latin-1"), 2, 4, "byte 0xE9 at offset 5", "Windows-1252"),
        ("x\r\né\u201c".encode("cp1252"), 2, 1, "byte 0xE9 at offset 3", "Windows-1252"),
        ("Brücke".encode("utf-16"), 1, 1, "byte 0xFF at offset 0", "it looks like UTF-16"),
        ("Brücke".encode("utf-16-be"), 1, 6, "byte 0xFC at offset 5", "it looks like UTF-16"),
        (b"\xfe\xff" + "Brücke".encode("utf-16-be"), 1, 1, "byte 0xFE at offset 0", "it looks like UTF-16"),
        ("é€".encode()[:-1], 1, 2, "byte 0xE2 at offset 2", "the file breaks off"),
        ("é😀".encode()[:-1], 1, 2, "byte 0xF0 at offset 2", "the file breaks off"),
        (b"a\xed\xa0\x80b", 1, 2, "byte 0xED at offset 1", "Windows-1252"),
        (b"\xc0\xaf", 1, 1, "byte 0xC0 at offset 0", "Windows-1252"),
        (b"\xe4\xbd\xa0" * 400 + b"\xff", 1, 401, "byte 0xFF at offset 1,200", "Windows-1252"),
    ],
)
def test_a_byte_that_is_no_utf8_is_named_with_its_place(
    data: bytes, line: int, column: int, byte: str, way_out: str
) -> None:
    problem = decode(data, "a.txt")
    assert isinstance(problem, Problem)
    assert problem.span == Span("a.txt", line, column)
    assert problem.message == f"this file is not UTF-8: {byte}"
    assert way_out in problem.hint
