"""What a claim rests on is counted: origins, not prints; unnamed people, not quotations of them."""

import pytest

from builder.briefing.resolve import Resolved, resolve
from builder.problems import in_order
from builder.reading.parse import parse

BOTTOM_LINE = "title: Talks\nas_of: 2025-02-22\nbottom_line: They talk.\n"
WIRE = "Three people said that the talks “went on” all night long in Kyiv, and that nobody slept.\n"
OWN = "The minister said no. An aide, who was there, disagreed with him.\n"
UNNAMED = 'quotes:\n  - quote: went on\n    speaker: {anonymous: "three people"}\n'


def briefing(text: str, timeline: str = "", **more: str) -> Resolved:
    """A site with a wire story in two prints, `one` and `two`, and an article `own`; `more` for their summaries."""
    files = {"site.yaml": "title: T\n", "content/briefing.yaml": BOTTOM_LINE + text, "content/timeline.yaml": timeline}
    for slug, body in (("one", WIRE), ("two", WIRE), ("own", OWN)):
        files[f"content/articles/{slug}.txt"] = body
        files[f"content/articles/{slug}.yaml"] = "title: T\npublisher: P\npublished: unknown\n" + more.get(slug, "")
    return resolve(parse({path: text.encode() for path, text in files.items()}))


def said(resolved: Resolved) -> list[str]:
    return [
        f"{p.span.path.rpartition('/')[2]}:{p.span.line} {p.code}: {p.message}" for p in in_order(resolved.problems)
    ]


@pytest.mark.parametrize(
    ("cites", "origins", "anonymous"),
    [
        ('[@one "went on"]', 1, 1),
        ('[@one "went on"] [@two "went on"]', 1, 1),
        ('[@one "nobody slept"] [@own]', 2, 0),
        ('[@one "talks “went on” all"] [@own "An aide"]', 2, 2),
        ("[@one] [@two]", 1, 0),
        ("They say.", 0, 0),
    ],
)
def test_a_claim_counts_the_origins_it_cites_and_the_unnamed_people_in_its_passages(
    cites: str, origins: int, anonymous: int
) -> None:
    aide = "quotes:\n  - quote: An aide, who was there, disagreed\n    speaker: {anonymous: an aide}\n"
    point = f"key_points:\n  - text: |\n      {cites}\n"
    resolved = briefing(point, one=UNNAMED, two=UNNAMED, own=aide)
    assert resolved.problems == ()
    (claim,) = resolved.briefing.key_points
    assert (claim.origins, claim.anonymous) == (origins, anonymous)


def test_a_question_may_be_put_in_the_words_of_the_articles_that_answer_it() -> None:
    question = """
questions:
  - id: night
    question: Who “went on”, and who “said no”?
    note: They “went on”.
    positions:
      - answer: They “went on”
        says: [{article: one, quote: nobody slept}, {article: two, quote: nobody slept}]
      - answer: He
        says: [{article: own, quote: The minister said no.}]
"""
    resolved = briefing(question)
    assert resolved.problems == ()
    (asked,) = resolved.briefing.questions
    assert [position.origins for position in asked.positions] == [1, 1]
    wrong = briefing(question.replace("answer: He", "answer: He “went on”"))
    assert said(wrong) == ["briefing.yaml:12 quote-unsupported: “went on” is not in own.txt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "key_points:\n  - {text: They talk., reason: they “said so”}\n",
            "5 quote-unsupported: “said so” has no source",
        ),
        ("sections:\n  - {title: It “went on”, text: They talk.}\n", "5 quote-unsupported: “went on” has no source"),
        (
            "sections:\n  - {title: It “went up”, text: 'So [@one].'}\n",
            "5 quote-unsupported: “went up” is not in one.txt",
        ),
        ("unknowns:\n  - {text: Who “went on”}\n", "5 quote-unsupported: “went on” has no source"),
        ("changes:\n  - {date: 2025-02-22, text: Now “went on”}\n", "5 quote-unsupported: “went on” has no source"),
        (
            "key_points:\n  - text: |\n      So. [@own]\n      So. [@oen]\n",
            "7 article-unknown: there is no article “oen”",
        ),
        (
            'key_points:\n  - text: |\n      [@one:9 "went on"]\n',
            "6 quote-not-found: this quotation is not on line 9 of one.txt",
        ),
        ("key_points:\n  - text: |\n      [@one:9]\n", "6 quote-not-found: one.txt has no line 9"),
        ('key_points:\n  - text: |\n      [@one ""]\n', "6 quote-not-found: this citation quotes nothing"),
        ('key_points:\n  - text: |\n      [@one " "]\n', "6 quote-not-found: this citation quotes nothing"),
    ],
)
def test_each_text_of_the_briefing_is_checked(text: str, expected: str) -> None:
    (line,) = said(briefing(text))
    assert line.startswith(f"briefing.yaml:{expected}")


@pytest.mark.parametrize(
    "summary",
    [
        "summary: It “went up”.\n",
        "key_points:\n  - text: It “went up”.\n",
        "agency: [{value: X, basis: It “went up”.}]\n",
        "authors: [{value: X, basis: It “went up”.}]\n",
        "quotes:\n  - quote: nobody slept\n    speaker: {anonymous: one who “went up”}\n",
        "notes:\n  - quote: nobody slept\n    text: It “went up”.\n",
        "events:\n  - {date: 2025-02-20, title: It “went up”, quote: nobody slept}\n",
        "events:\n  - {date: 2025-02-20, title: T, basis: It “went up”, quote: nobody slept}\n",
    ],
)
def test_each_text_of_a_summary_is_checked_against_its_article(summary: str) -> None:
    found = said(briefing("", one=summary))
    assert [line.partition(" ")[2] for line in found] == ["quote-unsupported: “went up” is not in one.txt"]
    assert said(briefing("", one=summary.replace("went up", "went on"))) == []


def test_an_unnamed_speaker_is_quoted_only_where_the_source_says_so() -> None:
    """Nobody is told that a source wrote “an aide” if it did not; and who said it stands beside the remark."""
    summary = "quotes:\n  - quote: nobody slept\n    speaker: {anonymous: WHO}\n"
    for who, words in (("nobody", "nobody"), ("an aide", None)):
        resolved = briefing("", one=summary.replace("WHO", who)).briefing
        (quote,) = next(article for article in resolved.articles if article.slug == "one").quotes
        assert quote.anonymous == who
        assert (quote.described.text if quote.described else None) == words
        assert [use.how for use in resolved.uses if use.passage == quote.described] == ["worded"] * bool(words)


def test_words_that_no_page_shows_are_checked_and_not_counted() -> None:
    """An account's title stands nowhere where the editor gives the event one; the audit lists what is printed."""
    account = "events:\n  - {event: e, title: T “nobody slept”, date: 2025-02-20, quote: nobody slept}\n"
    for title, uses in (("Other", 0), ("T “nobody slept”", 2)):
        found = briefing("", timeline=f"e: {{title: {title}}}\n", one=account)
        assert found.problems == ()
        assert [use.how for use in found.briefing.uses].count("worded") == uses
    wrong = briefing("", timeline="e: {title: Other}\n", one=account.replace("T “nobody", "T “somebody"))
    assert [line.partition(" ")[2] for line in said(wrong)] == ["quote-unsupported: “somebody slept” is not in one.txt"]


def test_two_questions_with_one_id_are_an_error() -> None:
    found = said(briefing("questions:\n  - {id: a, question: A?}\n  - {id: a, question: B?}\n"))
    assert found == ["briefing.yaml:6 slug-taken: the question “a” stands here twice; the first is on line 5"]
