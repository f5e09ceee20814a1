"""Suggestions: what an author gets from `sourcebook suggest`, on texts that nobody has prepared and on a briefing."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from test_mutations import site
from tiny import FILES

from builder.briefing.checks import check
from builder.briefing.resolve import resolve
from builder.briefing.suggesting import suggest
from builder.briefing.suggesting_lines import line_ranges
from builder.briefing.suggesting_spellings import alike_words
from builder.briefing.suggesting_yaml import free_slug, listed, scalar
from builder.cli import sourcebook
from builder.reading.forms import fill
from builder.reading.parse import parse
from builder.reading.schema import ArticleForm
from builder.reading.yamls import read_yaml

BARE = {"site.yaml": "title: A site", "content/briefing.yaml": "title: T\nas_of: 2025-01-01\nbottom_line: B.\n"}
LEAST = "title: T\npublisher: P\npublished: 2025-02-22\nurl: unknown\n"

# Read off the seeds by hand: how often each stands in which text, teasers left out.
PEOPLE = {
    "Volodymyr Zelenskiy": (4, 8, 12, 10, 6),
    "Donald Trump": (6, 11, 4, 11, 8),
    "Keith Kellogg": (1, 1, 2, 3, 1),
    "Scott Bessent": (1, 1, 1, 3, 0),
    "Elon Musk": (4, 5, 0, 0, 0),
    "JD Vance": (0, 0, 4, 1, 0),
    "Vladimir Putin": (0, 3, 0, 2, 0),
    "Joe Biden": (0, 1, 1, 0, 1),
    "Marco Rubio": (1, 0, 0, 0, 1),
    "Andrii Sybiha": (0, 0, 0, 0, 2),
    "Melinda Haring": (2, 2, 0, 0, 0),
    "Brian Hughes": (0, 0, 3, 0, 0),
    "Richard Gowan": (1, 0, 0, 0, 0),
    "Vassily Nebenzia": (1, 0, 0, 0, 0),
}
OTHERS = {
    "Starlink": (8, 10, 0, 0, 0),
    "SpaceX": (0, 2, 0, 0, 0),
    "Space Exploration Technologies": (1, 0, 0, 0, 0),
    "White House": (0, 2, 3, 0, 0),
    "US Department of Defense": (0, 1, 0, 0, 0),
    "Ukrainian Presidential Administration": (0, 0, 0, 0, 1),
    "UN": (6, 0, 0, 0, 0),
    "UN General Assembly": (1, 0, 0, 0, 0),
    "UN Charter": (1, 0, 0, 0, 0),
    "EU": (1, 0, 0, 0, 0),
    "NATO": (0, 0, 0, 1, 0),
    "Atlantic Council": (1, 1, 0, 0, 0),
    "International Crisis Group": (1, 0, 0, 0, 0),
    "Reuters": (0, 1, 0, 0, 0),
    "AFP": (1, 0, 0, 0, 0),
    "Bloomberg Television": (0, 0, 0, 1, 0),
    "Fox News Radio": (0, 1, 0, 0, 0),
    "Suspilne": (0, 0, 0, 0, 1),
    "Kyiv": (7, 3, 3, 4, 1),
    "Washington": (2, 3, 0, 0, 0),
    "Munich Security Conference": (0, 0, 3, 1, 0),
}
TEXTS = ("starlink-taipei-times", "starlink-new-zealand", "munich-rejection", "envoy-trip", "fractured-negotiations")
IN_TEASERS_ONLY = (
    "Marles|Ng Eng Hen|Nuclear|NNSA|DOGE|Associated Press|Fito|Noboa|Amnesty|Vera Rubin|Carney|Leyen|Costa|Kennedy"
)


def suggestions(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """What is suggested, by the file that it is for."""
    inputs = {path: body.encode() if isinstance(body, str) else body for path, body in files.items()}
    drafts = parse(inputs)
    return {found.path: found.yaml for found in suggest(inputs, drafts, resolve(drafts).briefing)}


def of_text(text: str, summary: str = "", **more: str) -> dict[str, str]:
    """What is suggested for a site of one article; `more`: other files of `content/`, or the whole of `site`."""
    files = BARE | {"content/articles/news.txt": text, "content/articles/news.yaml": LEAST + summary}
    if "site" in more:
        files["site.yaml"] = more.pop("site")
    return suggestions(files | {f"content/{name}.yaml": body for name, body in more.items()})


def names(yaml: str) -> dict[str, list[str]]:
    """The entries of a register without mistakes: name → its other forms, those that are another's too with a “?”."""
    drafts = parse({path: body.encode() for path, body in {**BARE, "content/entities.yaml": yaml}.items()})
    assert drafts.problems == ()
    return {
        str(form.name): [f"{alias.text}{'?' * alias.ambiguous}" for alias in form.aliases]
        for form in drafts.entities.values()
    }


def names_of(text: str, summary: str = "", **more: str) -> dict[str, list[str]]:
    return names(of_text(text, summary, **more).get("content/entities.yaml", ""))


@pytest.fixture(scope="module")
def untouched() -> dict[str, bytes]:
    """The seeds alone, as they were found: no summary, no register."""
    seeds = {path: body for path, body in site().items() if path.endswith(".txt")}
    return {**seeds, **{path: body.encode() for path, body in BARE.items()}}


@pytest.fixture(scope="module")
def from_seeds(untouched: Mapping[str, bytes]) -> dict[str, str]:
    return suggestions(untouched)


# --- the seeds -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "counts"), [*PEOPLE.items(), *OTHERS.items()], ids=[*PEOPLE, *OTHERS])
def test_people_and_organisations_of_the_seeds_are_found_and_counted(
    from_seeds: Mapping[str, str], name: str, counts: tuple[int, ...]
) -> None:
    (said,) = re.findall(rf"# (.*)\n(?:# .*\n)+\S+:\n  name: {name}\n", from_seeds["content/entities.yaml"])
    found = {slug: int(count) for slug, count in re.findall(r"([\w-]+) (\d+)", said)}
    if sum(counts) == 1:
        assert said == "once"
    else:
        assert found == {slug: count for slug, count in zip(TEXTS, counts, strict=True) if count}


def test_short_forms_and_spellings_are_put_to_their_name(from_seeds: Mapping[str, str]) -> None:
    found = names(from_seeds["content/entities.yaml"])
    assert found["Volodymyr Zelenskiy"] == ["Volodymyr Zelensky", "Zelenskiy", "Zelensky"]
    assert found["JD Vance"] == ["Vance"]
    assert found["United States"] == ["US", "U.S."]
    assert (
        "# Volodymyr Zelensky and Volodymyr Zelenskiy look alike: are they one?"
        in from_seeds["content/entities.yaml"].splitlines()
    )


def test_names_that_stand_only_in_teasers_are_no_names_of_the_article(from_seeds: Mapping[str, str]) -> None:
    assert re.findall(IN_TEASERS_ONLY, from_seeds["content/entities.yaml"]) == []


def test_adjectives_days_and_the_first_words_of_sentences_are_no_names(from_seeds: Mapping[str, str]) -> None:
    found = names(from_seeds["content/entities.yaml"])
    assert found.keys().isdisjoint({"Ukrainian", "Russians", "Europeans", "American", "Friday", "February"})
    assert found.keys().isdisjoint({"However", "Losing Starlink", "Hailed", "Any", "President", "Security Guarantees"})


def test_lines_that_are_not_body_text_are_those_of_the_sample(from_seeds: Mapping[str, str]) -> None:
    """But for titles and headings, of which nothing is suggested."""
    for slug in TEXTS:
        path = f"content/articles/{slug}.yaml"
        proposed, _ = fill(ArticleForm, read_yaml(from_seeds[path], path), {})
        by_hand, _ = fill(ArticleForm, read_yaml(site()[path].decode(), path), {})
        assert proposed is not None
        assert by_hand is not None
        for role, lines in by_hand.roles.given().items():
            if role not in ("title", "heading", "caption"):
                assert [(one.first, one.last) for one in proposed.roles.given()[role]] == [
                    (one.first, one.last) for one in lines
                ]


def test_the_one_story_that_is_printed_twice_is_found_and_no_other(from_seeds: Mapping[str, str]) -> None:
    said = {path: re.findall(r"The same story as \[@([\w-]+)\]", yaml) for path, yaml in from_seeds.items()}
    assert {path: slugs for path, slugs in said.items() if slugs} == {
        "content/articles/starlink-taipei-times.yaml": ["starlink-new-zealand"]
    }


def test_what_is_suggested_can_be_pasted_as_it_stands(
    untouched: Mapping[str, bytes], from_seeds: Mapping[str, str]
) -> None:
    """The seeds with it are a site without errors, for which nothing more is suggested."""
    pasted = {**untouched, **{path: yaml.encode() for path, yaml in from_seeds.items()}}
    drafts = parse(pasted)
    resolved = resolve(drafts)
    assert resolved.problems == ()
    assert {problem.code for problem in check(drafts, resolved.briefing)} <= {"url-missing", "unused-article"}
    assert len(resolved.briefing.articles) == 5
    assert suggestions(pasted) == {}


def test_each_file_has_a_document_that_says_what_it_is_for(from_seeds: Mapping[str, str]) -> None:
    assert list(from_seeds) == ["content/entities.yaml", *(f"content/articles/{slug}.yaml" for slug in sorted(TEXTS))]
    for path, yaml in from_seeds.items():
        assert yaml.startswith(f"# {path}: ")
        assert read_yaml(yaml, path).problems == ()


def test_the_sample_has_in_its_register_what_its_editors_wanted_there() -> None:
    """What they left out, and say so, is all that is left to suggest."""
    found = suggestions(site())
    assert list(found) == ["content/entities.yaml"]
    assert names(found["content/entities.yaml"]).keys() <= {
        "Ukraine",
        "United States",
        "Russia",
        "America",
        "North Star",
    }


# --- names ---------------------------------------------------------------------------------------------------------


def test_two_persons_of_one_name_share_the_short_form() -> None:
    text = "The mayor, Anna Weber, met Karl Weber. Then Weber left, and Weber stayed.\n"
    assert names_of(text) == {"Anna Weber": ["Weber?"], "Karl Weber": ["Weber?"]}


def test_a_title_belongs_to_no_name() -> None:
    text = (
        "We met US Secretary of State Jane Roe, the envoy to Norway John Doe, Minister for Defence Max Moe and "
        "Vice President Ann Poe; the UN General Assembly was told of it.\n"
    )
    assert set(names_of(text)) == {"Jane Roe", "John Doe", "Norway", "Max Moe", "Ann Poe", "UN General Assembly"}


def test_the_first_word_of_a_sentence_is_a_name_only_if_it_is_one_elsewhere() -> None:
    assert names_of("Bridges are shut. Walking is allowed.\n") == {}
    assert set(names_of("Kern runs the ferry. We asked Kern.\n")) == {"Kern"}
    assert set(names_of("Ida Kern runs the ferry. In May, Kern left.\n")) == {"Ida Kern"}
    assert set(names_of("We saw the Orkney ferry. Missing Orkney is easy.\n")) == {"Orkney"}


def test_a_name_ends_where_its_possessive_does_and_where_another_begins() -> None:
    text = "We saw Norway’s Ann Poe. A sound in Norway. In Norway Ann Poe is known, and so is SpaceX-owned Starlink.\n"
    assert set(names_of(text)) == {"Norway", "Ann Poe", "SpaceX", "Starlink"}


def test_small_words_within_a_name_belong_to_it() -> None:
    text = "We asked Ursula von der Leyen, Rio de Janeiro, the University of Oslo and Mar-a-Lago; it was Leyen.\n"
    found = names_of(text)
    assert set(found) == {"Ursula von der Leyen", "Rio de Janeiro", "University of Oslo", "Mar-a-Lago"}
    assert found["Ursula von der Leyen"] == ["Leyen"]


def test_initials_are_put_to_the_name_that_has_them() -> None:
    text = "The European Space Agency (ESA) waits. So does the Department of Government Efficiency, or DOGE.\n"
    assert names_of(text) == {"European Space Agency": ["ESA"], "Department of Government Efficiency": ["DOGE"]}


def test_in_german_a_capital_alone_makes_no_name() -> None:
    text = (
        "Die Verkehrsplanerin stellte die Ergebnisse am Mittwoch im Kreishaus vor. Die Brücke und der Tunnel sind für "
        "die Bahn nicht zu retten, sagte Ida Kern. Der Landrat ist mit der Rechnung nicht einverstanden. Kern auch.\n"
        "Ida Kern nennt die Strecke ein Museum auf Schienen.\n"
    )
    assert names_of(text) == {"Ida Kern": ["Kern"]}


def test_where_letters_have_no_capitals_nothing_is_a_name() -> None:
    assert names_of("乌克兰总统泽连斯基周五在基辅会见了美国特使。\nقالت المهندسة ليلى حداد إن الجسر القديم.\n") == {}


def test_headlines_credits_and_code_have_no_names_of_their_own() -> None:
    text = "Tension Grows Over The Orkney Ferry Deal\nNO EUROPE\nThe ferry is shut. Photo: Ida Kern/Getty Images\n"
    assert names_of(text) == {}


# --- what the register has -----------------------------------------------------------------------------------------


def test_a_new_spelling_goes_to_the_entry_that_it_looks_like() -> None:
    register = (
        "vz: {name: Volodymyr Zelensky, kind: person, aliases: [Zelensky, {text: the president, ambiguous: true}]}"
    )
    found = of_text("We met Volodymyr Zelenskiy. It was Zelenskiy.\n", entities=register)["content/entities.yaml"]
    assert names(found) == {
        "Volodymyr Zelensky": ["Zelensky", "the president?", "Volodymyr Zelenskiy", "Zelenskiy"],
    }
    assert "vz:" in found.splitlines()
    assert "# this entry is there: take over its aliases" in found.splitlines()


def test_a_short_form_goes_to_the_full_name_in_the_register() -> None:
    assert names_of("It was Kern. We saw Kern.\n", entities="ik: {name: Ida Kern, kind: person}") == {
        "Ida Kern": ["Kern"]
    }


def test_a_namesake_of_an_entry_is_a_new_entry() -> None:
    register = "dt: {name: Donald Trump, kind: person, aliases: [Trump]}"
    assert names_of("We met Melania Trump. Then Trump left.\n", entities=register) == {"Melania Trump": []}


def test_a_name_with_more_before_it_is_still_that_of_the_register() -> None:
    assert names_of("We met Engineer Ida Kern.\n", entities="ik: {name: Ida Kern, kind: person}") == {}


def test_two_entries_that_look_alike_stay_two() -> None:
    register = "one: {name: Ida Hering, kind: person}\nother: {name: Ida Haring, kind: person}"
    assert names_of("It was Haring. We saw Haring.\n", entities=register) == {"Ida Haring": ["Haring"]}


def test_a_form_that_an_article_decides_about_is_not_suggested() -> None:
    assert names_of("We saw Orkney, and Orkney saw us.\n", "mentions: [{text: Orkney, is: null}]") == {}


@pytest.mark.parametrize("words", ["Zelensky Zelenskiy", "Selenski Selenskyj", "Andrii Andriy", "Muller Müller"])
def test_two_transliterations_of_a_name_look_alike(words: str) -> None:
    assert alike_words(words.split()) == {tuple(sorted(words.split()))}


@pytest.mark.parametrize(
    "words", ["Russia Russian", "Medvedev Medvedeva", "Austria Australia", "Iran Iraq", "Kern Kerr"]
)
def test_other_names_do_not_look_alike(words: str) -> None:
    assert alike_words(words.split()) == set()


# --- lines, events, copies -----------------------------------------------------------------------------------------


def test_roles_that_are_there_stay() -> None:
    found = of_text("A title\nPhoto: Ida Kern\nThe bridge is shut.\nRead more\n", "roles: {title: [1]}\n")
    path = "content/articles/news.yaml"
    assert read_yaml(found[path], path).value == {
        "roles": {"title": ["1"], "credit": ["2"], "navigation": ["4"]},
    }


def test_lines_are_written_as_authors_write_them() -> None:
    assert list(line_ranges({9, 4, 5, 6, 1})) == ["1", "4-6", "9"]


def test_a_teaser_that_its_author_says_is_none_is_not_suggested_and_its_names_count() -> None:
    teaser = "‘UNUSUAL EVENT’: The minister said that the navy was where it was but that Ida Kern would be watching the"
    text = f"The bridge is shut.\n{teaser}\n"
    path = "content/articles/news.yaml"
    assert "teaser: [2]" in of_text(text)[path]
    assert names_of(text) == {}
    for kept in ("2", "news"):
        found = of_text(text, f"ignore: [{{code: probable-teaser, at: {kept}, reason: It is ours.}}]")
        assert path not in found
        assert names(found["content/entities.yaml"]) == {"Ida Kern": []}
    assert path not in of_text(text, site="title: T\nchecks: {probable-teaser: off}\n")


EVENTS = {
    **FILES,
    "content/timeline.yaml": "",
    "content/articles/daily.yaml": LEAST + "events:\n"
    "  - {title: The bridge is shut, date: 2025-01-14, basis: “since”, quote: has been shut since 14 January}\n",
    "content/articles/weekly.yaml": LEAST + "events:\n"
    "  - {title: Bridge is shut, date: 2025-01-14/2025-01-20, quote: [Engineers, on 20 January]}\n",
}


def test_accounts_of_one_event_are_given_one_key() -> None:
    """Written in place of those that are there, they are one event."""
    found = suggestions(EVENTS)
    summaries = {path: yaml for path, yaml in found.items() if "events:" in yaml}
    assert len(summaries) == 2
    drafts = parse(
        {
            path: body.encode()
            for path, body in {**EVENTS, **{path: LEAST + yaml for path, yaml in summaries.items()}}.items()
        }
    )
    (event,) = resolve(drafts).briefing.events
    assert (event.key, len(event.accounts)) == ("the-bridge-is-shut", 2)
    assert [account.basis for account in event.accounts] == ["“since”", ""]


def test_three_accounts_of_one_event_are_given_one_key_too() -> None:
    third = "  - {title: The bridge is shut, date: 2025-01-14, quote: Nobody asked us}\n"
    found = suggestions({**EVENTS, "content/articles/daily.yaml": EVENTS["content/articles/daily.yaml"] + third})
    keys = [key for yaml in found.values() for key in re.findall(r"  - event: (\S+)", yaml)]
    assert keys == ["the-bridge-is-shut"] * 3


def test_an_event_that_the_editor_worded_keeps_its_key() -> None:
    timeline = "winter-closure: {title: The bridge is shut}\n"
    daily = EVENTS["content/articles/daily.yaml"].replace("title: The bridge is shut", "event: winter-closure")
    found = suggestions({**EVENTS, "content/timeline.yaml": timeline, "content/articles/daily.yaml": daily})
    assert "  - event: winter-closure" in found["content/articles/weekly.yaml"].splitlines()
    assert "content/articles/daily.yaml" not in found


def test_the_agency_that_one_print_names_is_suggested_for_the_other() -> None:
    story = " ".join(f"The {word} of the bridge was seen by {word} people." for word in ["one", "two", "three", "four"])
    files = BARE | {f"content/articles/{slug}.txt": story for slug in ("daily", "weekly")}
    files |= {"content/articles/daily.yaml": LEAST, "content/articles/weekly.yaml": LEAST + "agency: Reuters\n"}
    found = suggestions({**files, "content/articles/daily.yaml": LEAST.replace("P\n", "Another\n")})
    assert "agency: [{value: Reuters, basis:" in found["content/articles/daily.yaml"]
    assert "content/articles/weekly.yaml" not in found


# --- the command, and the YAML -------------------------------------------------------------------------------------


def test_the_command_prints_documents_and_changes_nothing(tmp_path: Path) -> None:
    for path, body in {**BARE, "content/articles/news.txt": "We saw Ida Kern.\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(body)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = CliRunner().invoke(sourcebook, ["suggest", "--site", str(tmp_path)])
    assert result.exit_code == 0
    register, summary = result.output.split("---\n")
    assert names(register) == {"Ida Kern": []}
    assert summary.startswith("# content/articles/news.yaml: the least that news.txt needs\n")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_with_nothing_to_suggest_the_command_says_so(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n")
    result = CliRunner().invoke(sourcebook, ["suggest", "--site", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, "# Nothing to suggest.\n")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_comes_back_from_the_yaml_that_it_is_written_as(text: str) -> None:
    read = read_yaml(f"one: {scalar(text)}\nmore: {listed([scalar(text), scalar(text)])}\n", "x.yaml")
    assert read.problems == ()
    assert read.value == {"one": text, "more": [text, text]}


PIECES = ["Ida", "Kern", "Ida Kern", "the", "of", "Minister", "U.S.", "NATO", "O’Brien’s", "May", "von der", "Élysée"]
PIECES += [
    ". ",
    ", ",
    "-",
    " ",
    " ",
    " ",
    "\n",
    "“",
    "”",
    ":",
    "#",
    "[",
    "{",
    "&",
    "Ῥόδος",
    "Киев",
    "ǅ",
    "ß",
    "ﬁ",
    "2025",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1).map("".join))
def test_whatever_a_text_holds_what_is_suggested_for_it_is_sound(text: str) -> None:
    found = suggestions({**BARE, "content/articles/news.txt": text.encode("utf-8", "replace")})
    names(found.get("content/entities.yaml", ""))
    for path, yaml in found.items():
        assert read_yaml(yaml, path).problems == ()


@given(st.text(), st.lists(st.text()))
def test_an_id_made_from_any_text_is_one_and_is_free(text: str, taken: list[str]) -> None:
    slugs = {free_slug(other, ()) for other in taken}
    made = free_slug(text, slugs)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", made)
    assert made not in slugs
