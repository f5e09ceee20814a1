"""The lint as a whole: severities, `ignore`, unknown codes, and what it says of texts that are as they should be."""

from random import Random

import pytest
from linting import FILES, codes, lint, told
from sample import ROOT

from builder.briefing.checks import SEVERITY, check
from builder.briefing.resolve import resolve
from builder.outlets.folder import read_site
from builder.problems import Problem, nearest
from builder.reading.parse import parse

QUOTE = "quotes:\n  - quote: is shut\n"
EVENT = "events:\n  - {event: closing, date: 2025-02-25, quote: is shut}\n"
TIMELINE = "closing: {title: The bridge is shut}\n"


def check_inputs(changed: dict[str, bytes]) -> tuple[Problem, ...]:
    inputs, _ = read_site(ROOT)
    drafts = parse({**inputs, **changed})
    return check(drafts, resolve(drafts).briefing)


def test_on_the_sample_it_finds_nothing_with_five_ignores_at_most() -> None:
    inputs, _ = read_site(ROOT)
    drafts = parse(inputs)
    assert check(drafts, resolve(drafts).briefing) == ()
    assert len(drafts.ignores) <= 5


def test_findings_are_warnings_unless_the_site_says_otherwise() -> None:
    for setting, expected in (("", ["warning"]), ("warning", ["warning"]), ("error", ["error"]), ("off", [])):
        site = f"checks: {{speaker-missing: {setting}}}\n" if setting else ""
        assert [problem.severity for problem in lint("", QUOTE, site=site)] == expected


def test_an_unknown_check_is_an_error_with_the_nearest() -> None:
    (problem,) = lint(site="checks: {wekday: off}\n")
    assert (problem.code, problem.severity) == ("check-unknown", "error")
    assert (problem.message, problem.hint) == ("there is no check “wekday”", "the nearest is “weekday”")
    assert (problem.span.path, problem.span.line) == ("site.yaml", 2)


def ignore(at: str, code: str = "speaker-missing") -> str:
    return f"ignore:\n  - {{code: {code}, at: {at}, reason: The port speaks as one.}}\n"


@pytest.mark.parametrize("at", ["bridge", "1", "6"])
def test_an_article_silences_a_finding_by_its_slug_by_the_line_of_the_text_or_by_that_of_the_file(at: str) -> None:
    assert codes(lint("", QUOTE)) == ["speaker-missing"]
    assert lint("", QUOTE + ignore(at)) == ()


@pytest.mark.parametrize("at", ["2", "7", "ferry"])
def test_an_ignore_of_nothing_is_found_and_so_is_what_it_does_not_silence(at: str) -> None:
    assert told(lint("", QUOTE + ignore(at))) == [
        ("speaker-missing", "this remark has no speaker"),
        ("ignore-unused", f"there is no finding of “speaker-missing” at “{at}”"),
    ]


def test_an_event_is_silenced_by_its_key_from_any_file() -> None:
    assert codes(lint("", EVENT, timeline=TIMELINE)) == ["date-outside-article"]
    entry = ignore("closing", "date-outside-article")
    assert lint("", EVENT + entry, timeline=TIMELINE) == ()
    assert lint("", EVENT, timeline=TIMELINE + entry) == ()
    assert lint("", EVENT, timeline=TIMELINE, briefing=entry) == ()
    assert lint("", EVENT, timeline=TIMELINE, site=entry) == ()


def test_a_line_counts_only_in_the_file_that_has_it() -> None:
    assert codes(lint("", QUOTE, briefing=ignore("6"))) == ["speaker-missing", "ignore-unused"]


def test_an_ignore_of_an_unknown_check_is_an_error() -> None:
    problems = lint("", QUOTE + ignore("bridge", "speaker-mising"))
    assert told(problems) == [
        ("speaker-missing", "this remark has no speaker"),
        ("check-unknown", "there is no check “speaker-mising”"),
    ]


def test_an_ignore_of_a_check_that_is_off_is_not_unused() -> None:
    assert lint("", QUOTE + ignore("bridge"), site="checks: {speaker-missing: off}\n") == ()


def test_an_ignore_is_not_called_needless_while_there_are_errors() -> None:
    """A quotation that is not found leaves its key point unjudged; what is silenced there may come back with it."""
    files = {**FILES, "content/articles/bridge.yaml": FILES["content/articles/bridge.yaml"] + ignore("bridge")}
    drafts = parse({path: body.encode() for path, body in files.items()})
    briefing = resolve(drafts).briefing
    assert codes(check(drafts, briefing)) == ["ignore-unused"]
    assert check(drafts, briefing, sound=False) == ()


def test_nothing_is_said_of_a_file_with_a_mistake_in_it() -> None:
    """What stands in for a wrong date must not be found to be too early."""
    inputs, _ = read_site(ROOT)
    for path, old, new in (
        ("content/briefing.yaml", b"as_of: 2025-02-22", b"as_of: yesterday"),
        ("content/articles/envoy-trip.yaml", b"date: 2025-02-20", b"date: Thursday"),
    ):
        assert old in inputs[path]
        assert check_inputs({path: inputs[path].replace(old, new)}) == (), path


def test_what_is_used_is_not_guessed_while_a_file_cannot_be_read() -> None:
    """A mistake in the briefing does not make every article unused and every name needless."""
    assert check_inputs({"content/briefing.yaml": b"title: [\n"}) == ()


def test_each_code_has_a_broken_site_that_fires_it_once_and_nothing_else() -> None:
    for code in (*SEVERITY, "ignore-unused", "check-unknown"):
        inputs, problems = read_site(ROOT / "tests" / "broken" / f"lint-{code}")
        assert problems == []
        drafts = parse(inputs)
        resolved = resolve(drafts)
        assert resolved.problems == ()
        assert [problem.code for problem in check(drafts, resolved.briefing)] == [code]


def test_of_many_names_the_nearest_is_the_one_that_was_meant() -> None:
    """Of a few, every one is looked at; of thousands, only those that share rare letters. Both find what was meant."""
    luck = Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["-".join("".join(luck.choices(letters, k=luck.randint(3, 7))) for _ in range(2)) for _ in range(2_000)]
    typos = {}
    for name in known[:200]:
        place = luck.randrange(len(name))
        typos[name[:place] + luck.choice(letters) + name[place + luck.choice((0, 1)) :]] = name
    meant = {typo: name for typo, name in typos.items() if typo not in known}
    assert len(meant) > 180
    assert {typo: nearest(typo, [name, *known[:200]]) for typo, name in meant.items()} == meant
    assert {typo: nearest(typo, known) for typo in meant} == meant
    assert nearest("qqqqqqqq", known) == ""


def test_nothing_is_the_nearest_to_itself() -> None:
    assert nearest("bridge", ["bridge", "brigde"]) == "brigde"
    assert nearest("bridge", ["bridge", "sword"]) == ""
