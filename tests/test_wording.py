"""Words in quotation marks in an author's own text are looked up, in every language's marks; apostrophes are none."""

from collections.abc import Iterable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.briefing.citing import Citer, Page
from builder.briefing.names import Register
from builder.briefing.prosing import Known, resolve_prose
from builder.briefing.quotes import Source
from builder.briefing.wording import CLOSES, quoted_words
from builder.model import Block
from builder.problems import Problem, Span
from builder.reading.prose import read_prose
from builder.reading.yamls import Text, read_yaml

KNOWN = Known({"kyiv": "Kyiv"}, {"talks": "Talks in Riyadh"}, Register({}))
ENVOY = Source("envoy", "content/articles/envoy.txt", [Block("His meeting in Kyiv had “restored hope” again.", 1)])
MUNICH = Source("munich", "content/articles/munich.txt", [Block("The draft was “not ready” to protect us.", 1)])


def quoted(text: str) -> list[str]:
    return [worded.words if worded.closed else f"never closed: {worded.words}" for worded in quoted_words(text)]


@pytest.mark.parametrize(
    "text",
    [
        "it “restored hope” again",
        '"restored hope"',
        "(‘restored hope’)",
        "'restored hope'",
        "„restored hope“",
        "„restored hope”",
        '„restored hope"',
        "‚restored hope‘",
        "”restored hope”",
        "«restored hope»",
        "« restored hope »",
        "l’«restored hope»",
        "»restored hope«",
        "»restored hope»",
        "‹restored hope›",
        "›restored hope‹",
        "「restored hope」",
        "『restored hope』",
        "｢restored hope｣",
        "〝restored hope〟",
        '他说"restored hope"吧',
        "❝restored hope❞",
        "❛restored hope❜",
        "＂restored hope＂",
        "´restored hope´",
        "``restored hope''",
        "''restored hope''",
        "it´s 6' 3'' tall, ''restored hope''",
        "“restored hope,” he said",
        "“restored hope.”",
        "「restored hope。」",
        "“ restored hope ”",
        "the ministers’ “restored hope” in the editors’ words",
        "’90s rock ’n’ roll “restored hope” 5'10\" tall",
    ],
)
def test_the_marks_of_every_language_are_read(text: str) -> None:
    assert quoted(text) == ["restored hope"]


@pytest.mark.parametrize(
    "text",
    [
        "the ministers’ and editors’ talks",
        "the ministers' and editors' talks",
        "’90s rock ’n’ roll",
        "‘90s rock ‘n’ roll, the ministers’ talks",
        "'90s rock 'n' roll, the ministers' talks",
        "get ’em before the ministers’ talks",
        "get 'em before the ministers' talks",
        "O'Brien's, O’Brien’s and d’Estaing’s",
        "5'10\" tall, a 5\" pipe, 6' of snow",
        "a 5” pipe and a 6” hose at 5’10”",
        "he can’t, don't, won’t",
        "Hawai‘i",
        'דובר צה"ל אמר',
        "he asked “?” and “…”",
        "rock “ ” roll",
        "",
    ],
)
def test_apostrophes_inches_and_marks_without_words_quote_nothing(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“a ‘b’ c” and “d”", ["a ‘b’ c", "d"]),
        ("“She said “no” twice”", ["She said “no” twice"]),
        ("« a « b » c » d", ["a « b » c"]),
        ("„Er sagte ‚nein‘ dazu“", ["Er sagte ‚nein‘ dazu"]),
        ("“it isn't 'over' yet”", ["it isn't 'over' yet"]),
        ("‘it isn’t over’ yet", ["it isn’t over"]),
        ("‘the ministers’ support’ is sure", ["the ministers’ support"]),
        ("say 'the ministers' support' now", ["the ministers' support"]),
        ("‘the talks’ and the ministers’ house", ["the talks"]),
        ("‘the talks’ in ‘the house’", ["the talks", "the house"]),
        ('"דובר צה"ל אמר"', ['דובר צה"ל אמר']),
        ("“dictator”", ["dictator"]),
        ("“X”", ["X"]),
    ],
)
def test_the_outermost_marks_are_taken(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    "text", ["he “restored hope", '"restored hope', "„restored hope", "«restored hope", "「restored hope"]
)
def test_a_mark_that_is_never_closed_is_said_to_be_so(text: str) -> None:
    assert quoted(text) == ["never closed: restored hope"]


def test_words_within_a_mark_that_is_never_closed_are_read_all_the_same() -> None:
    assert quoted("he “said that “hope” is") == ["never closed: said that “hope” is", "hope"]


@given(st.text(alphabet=[*CLOSES, *"“„‚«‹「'\"a’ s."], max_size=60))
def test_whatever_the_marks_each_stretch_is_where_it_says_and_none_overlap(text: str) -> None:
    here = 0
    for worded in quoted_words(text):
        if worded.closed:
            assert text.startswith(worded.words, worded.offset)
            assert worded.offset > here - 1
            here = worded.offset + len(worded.words)
        else:
            assert text[worded.offset + 1 :].strip().startswith(worded.words)


@pytest.mark.parametrize("mark", [*CLOSES, *"“„‚«‹「『｢〝"])
def test_a_hundred_thousand_marks_are_read_in_seconds(mark: str) -> None:
    for text in (mark * 100_000, f" {mark}a" * 20_000, f"{mark}s b" * 20_000):
        begun = perf_counter()
        list(quoted_words(text))
        assert perf_counter() - begun < 5


def test_marks_of_all_kinds_in_each_other_are_read_in_seconds() -> None:
    begun = perf_counter()
    list(quoted_words("“‘«„" * 25_000 + "’»”" * 25_000))
    assert perf_counter() - begun < 5


# --- in an author's Markdown -----------------------------------------------------------------------------------------


def problems_of(markdown: str, about: Iterable[str] = ()) -> list[Problem]:
    citer = Citer({"envoy": ENVOY, "munich": MUNICH})
    form = read_prose(Text(markdown, Span("content/briefing.yaml", 1, 1)))
    resolve_prose(form, Page("briefing"), citer, KNOWN, about=about)
    return citer.problems


@pytest.mark.parametrize(
    "markdown",
    [
        "It “restored hope” again. [@envoy]",
        "It “restored *hope*” again. [@envoy]",
        "It *“restored* hope” again. [@envoy]",
        "It “restored [hope](https://example.org)” again. [@envoy]",
        "It “restored\nhope” again. [@envoy]",
        "It “restored  \nhope” again. [@envoy]",
        "It “restored hope. [@envoy]”",
        "It “restored [@envoy] hope”.",
        "In “[[kyiv]] had “restored hope””. [@envoy]",
        "In “[[kyiv|Kyiv]] had “restored hope””. [@envoy]",
        'It was &ldquo;restored hope&rdquo; [@envoy], \\"restored hope\\".',
        "The draft was “not ready”. [@envoy] [@munich]",
        'Run `print("never said")` on it.',
        'It “restored hope”. [@envoy "“restored hope”"]',
        "    indented “code” is code",
        "```\n“code”\n```",
    ],
)
def test_quoted_words_are_read_across_markup_as_a_reader_sees_them(markdown: str) -> None:
    assert problems_of(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("It “restored [[kyiv]]” again. [@envoy]", "“restored Kyiv” is not in envoy.txt"),
        ("It “restored *hopes*” again. [@envoy]", "“restored hopes” is not in envoy.txt"),
        ("It “restored hope” again.\n\nAnother paragraph. [@envoy]", "“restored hope” has no source"),
        ("- It “restored hope”.\n- Another item. [@envoy]", "“restored hope” has no source"),
        ("The draft was “ready never”. [@envoy] [@munich]", "“ready never” is in none of the articles cited here"),
        ("It “restored hope again. [@envoy]", "this quotation mark is never closed: restored hope again."),
        ("<b>It “restored hopes”</b> [@envoy]", "“restored hopes” is not in envoy.txt"),
    ],
)
def test_words_that_no_cited_article_has_are_an_error(markdown: str, said: str) -> None:
    found = [problem for problem in problems_of(markdown) if problem.severity == "error"]
    assert [problem.code for problem in found] == ["quote-unsupported"]
    assert found[0].message.startswith(said)


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("> His meeting in [[kyiv]]. [@envoy]", []),
        ("> restored no hope [@envoy]", ["“restored no hope” is not in envoy.txt"]),
        ("> It is said to have “restored hope”. [@envoy]", []),
        ("> Whoever reads this is warned.", []),
        ("> restored hope [@envoy]\n>\n> – a source [@envoy]", []),
        ("> restored hope [@envoy]\n\nSo it did not. [@envoy]", []),
        ("> > restored no hope [@envoy]\n\nSo it did not. [@envoy]", ["“restored no hope” is not in envoy.txt"]),
    ],
)
def test_a_block_quotation_that_cites_an_article_is_its_words(markdown: str, wrong: list[str]) -> None:
    assert [problem.message for problem in problems_of(markdown)] == wrong


def test_an_article_that_has_the_words_is_named() -> None:
    (problem,) = problems_of("It “restored hope” again. [@munich]")
    assert "it stands in envoy: cite that here" in problem.hint


def test_an_unknown_article_is_one_mistake_not_two() -> None:
    assert [problem.code for problem in problems_of("It “restored faith”. [@envoi]")] == ["article-unknown"]


def test_words_that_only_a_teaser_has_are_said_to_be_there() -> None:
    teaser = Source("zoo", "content/articles/zoo.txt", [Block("Text.", 1), Block("Fire in a zoo", 9, "teaser")])
    citer = Citer({"zoo": teaser})
    citer.check_words(Text("It was “fire” and “Fire in a zoo”."), ["zoo"], Page("briefing"))
    assert [problem.message for problem in citer.problems] == [
        "“fire” is not in zoo.txt",
        "“Fire in a zoo” is in zoo.txt, but line 9 of zoo.txt is a teaser, not the article's own text",
    ]


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("text: |\n  One. [@envoy]\n  Two “never said” here. [@envoy]\n", (3, 8)),
        ("text: >\n  One. [@envoy]\n  Two “never said” here. [@envoy]\n", (3, 8)),
        ("text: One. [@envoy]\n  Two “never said” here. [@envoy]\n", (2, 8)),
        ('text: "One. [@envoy] Two “never said” here. [@envoy]"\n', (1, 27)),
        ('text: |\n  [@envoy "Kyiv"]\n\n  A *Two* “never\n  said” here. [@envoy]\n', (4, 12)),
        (
            'text: |\n  So. [@munich "not ready"]\n  “not ready” [@munich] it was.\n\n  But “not ready” no. [@envoy]\n',
            (5, 8),
        ),
        ('text: |\n  [@munich "was\n  “not ready” to protect"]\n\n  “not ready” [@envoy]\n', (5, 4)),
        (
            'text: |\n  One. [@munich "“not ready” to\n  protect"]\n\n  - a\n  - “not ready” no. [@envoy]\n',
            (6, 6),
        ),
    ],
)
def test_the_error_is_at_the_words_themselves_not_at_others_like_them(yaml: str, place: tuple[int, int]) -> None:
    text = read_yaml(yaml, "content/briefing.yaml").value["text"]
    citer = Citer({"envoy": ENVOY, "munich": MUNICH})
    resolve_prose(read_prose(text), Page("briefing"), citer, KNOWN)
    found = [problem.span for problem in citer.problems if problem.code == "quote-unsupported"]
    assert [(span.line, span.column) for span in found] == [place]
