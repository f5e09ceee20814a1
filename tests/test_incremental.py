"""An incremental build is a clean build, byte for byte, after any edits; and the test that says so can see.

A machine edits a site at random, in its files, its output and what is remembered of it, builds it with the command, and
compares the folder with what a clean build in memory makes. Then faults are planted, one at a time, each of a kind that
would leave something stale, and it has to find every one of them.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from editing import (
    EDITS,
    change_a_speaker,
    clean,
    complaints,
    damage_the_memo,
    delete_article,
    edit_layouts,
    held,
    let_time_pass,
    mend_mistakes,
    start,
    vandalise,
)
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from builder import fingerprints, memo
from builder.cli import sourcebook
from builder.files import Files
from builder.outlets import last, memory, present, seen, shelves, workers, writing
from builder.reading import parse
from builder.site import reads, render, states, template_states

NUMBER = st.integers(0, 2**16)


class Stopped(BaseException):
    """What ends a build between two writes."""


class Stale(AssertionError):
    """The folder does not hold what a clean build makes."""


class Edits(RuleBasedStateMachine):
    """A site, its folder, and the versions of the builder that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.root = Path(self.place.name) / "a site"
        self.output = self.root / "output" / "site"
        self.changed = pytest.MonkeyPatch()
        self.steps = 0
        self.plain_render, self.plain_code = render.render, memory.code
        # A small site, of which a few are many: what large ones do for speed is done here as well.
        self.changed.setattr(reads, "MANY", 2)
        self.changed.setattr(states, "MANY", 2)
        self.changed.setattr(shelves, "FULL", 2)
        start(self.root)
        self.build()

    def teardown(self) -> None:
        self.changed.undo()
        self.place.cleanup()

    def build(self) -> None:
        before = held(self.output)
        wanted, sound, said = clean(self.root)
        result = CliRunner().invoke(sourcebook, ["build", "--no-search", "--site", str(self.root)])
        now = held(self.output)
        expected = wanted if sound else before
        wrong = sorted(path for path in {*now, *expected} if now.get(path) != expected.get(path))
        self.sound = sound
        if wrong or result.exit_code != (0 if sound else 1):
            raise Stale(f"{wrong}\n{result.output}")
        if complaints(result.output) != said:
            raise Stale(f"{complaints(result.output) ^ said}\n{result.output}")
        let_time_pass(self.root)

    @rule(
        number=NUMBER,
        what=st.sampled_from(("edit", "edit", "edit much", "speaker", "delete", "layouts")),
    )
    def edit(self, number: int, what: str) -> None:
        luck = self.luck(number)
        match what:
            case "edit":
                luck.choice(EDITS)(self.root, luck)
            case "edit much":
                for edit in luck.sample(EDITS, 5):
                    edit(self.root, luck)
            case "speaker":
                change_a_speaker(self.root, luck)
            case "delete":
                delete_article(self.root, luck)
            case "layouts":
                edit_layouts(self.root, luck)
        if not self.sound and luck.random() < 0.7:  # else most builds would be of a site with a mistake
            mend_mistakes(self.root, luck)
        self.build()

    @rule(number=NUMBER, what=st.sampled_from(("output", "memo", "nothing", "stop")))
    def disturb(self, number: int, what: str) -> None:
        luck = self.luck(number)
        match what:
            case "output":
                vandalise(self.output, luck)
            case "memo":
                damage_the_memo(self.root, luck)
                luck.choice(EDITS)(self.root, luck)
            case "nothing":
                self.build_twice()
            case "stop":
                luck.choice(EDITS)(self.root, luck)
                self.stop_between_two_writes(luck.randint(0, 20))
        self.build()

    @rule(number=NUMBER, version=st.integers(0, 1), cores=st.sampled_from((1, 1, 1, 2)))
    def take_another_builder(self, number: int, version: int, cores: int) -> None:
        """Its code has another digest, and it makes other pages; or the machine has more cores."""
        sign = b"<!-- %d -->" % version
        self.changed.setattr(memory, "code", lambda: f"version {version}")
        self.changed.setattr(render, "render", lambda page, templates: self.plain_render(page, templates) + sign)
        self.changed.setattr(workers, "workers_for", lambda _: cores)
        luck = self.luck(number)
        luck.choice(EDITS)(self.root, luck)
        self.build()

    def luck(self, number: int) -> Random:
        """Another one at each step, also for the same number."""
        self.steps += 1
        return Random(f"{number} {self.steps}")

    def build_twice(self) -> None:
        self.build()
        before = stats(self.output)
        self.build()
        if stats(self.output) != before:
            raise Stale("a build of what has not changed touched the output")

    def stop_between_two_writes(self, after: int) -> None:
        pages = {path for path in held(self.output) if path.endswith(".html")}
        left = iter(range(after))

        def put(place: Path, target: Path, put: Callable[[Path, Path], None] = writing.put) -> None:
            if next(left, None) is None:
                raise Stopped
            put(place, target)

        with pytest.MonkeyPatch.context() as stopped:
            stopped.setattr(writing, "put", put)
            try:
                CliRunner().invoke(sourcebook, ["build", "--no-search", "--site", str(self.root)])
            except Stopped:
                assert pages <= held(self.output).keys(), "no page is missing"


def stats(folder: Path) -> dict[Path, tuple[int, int]]:
    found = ((path, path.lstat()) for path in folder.rglob("*"))
    return {path: (state.st_mtime_ns, state.st_ino) for path, state in found}


def run(examples: int, steps: int) -> None:
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(1)(Edits), settings=limits)


def test_after_any_edits_the_folder_holds_what_a_clean_build_makes() -> None:
    run(8, 30)


# --- faults --------------------------------------------------------------------------------------------------------


def a_file_of_the_same_size_is_the_same(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(seen, "stat_of", lambda found: (0, 0, found.st_size, 0))


def an_article_is_named_by_its_text_alone(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(parse, "_read_for", lambda path, inputs: (path, inputs.sha256(path)))


def what_is_not_there_is_not_noted(faulty: pytest.MonkeyPatch) -> None:
    def get(table: Any, key: str, default: Any = None) -> Any:
        return table[key] if key in table.held else default

    faulty.setattr(memo.Table, "get", get)


def a_table_read_as_a_whole_is_not_noted(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(reads.Fields, "__getattr__", lambda fields, name: getattr(fields._held, name))  # noqa: SLF001 - the fault


def templates_are_not_looked_at(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(template_states.TemplateStates, "of", lambda *_: "")


def what_a_template_takes_is_not_looked_at(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(template_states, "others_in", lambda _: ())


def values_inside_values_are_not_looked_at(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(fingerprints.Fingerprints, "_digest", lambda _, value: type(value).__name__)


def every_version_of_the_builder_is_the_same(faulty: pytest.MonkeyPatch) -> None:
    original = memory.memory_of
    faulty.setattr(last, "memory_of", lambda root: replace(original(root), code=""))


def the_output_is_believed_to_be_as_it_was_left(faulty: pytest.MonkeyPatch) -> None:
    original = present.Present.digest

    def digest(found: Any, path: str, known: seen.Seen) -> str:
        entry = known.known.get(f"{found.folder}/{path}")
        return entry[1] if entry else original(found, path, known)

    faulty.setattr(present.Present, "digest", digest)


def what_is_gone_stays(faulty: pytest.MonkeyPatch) -> None:
    original = present.present_in

    def present_in(folder: Path) -> present.Present:
        found = original(folder)
        return present.Present(folder, {p: s for p, s in found.files.items() if "articles/" not in p}, found.others)

    faulty.setattr(writing, "present_in", present_in)


def what_an_author_says_is_known_by_the_title(faulty: pytest.MonkeyPatch) -> None:
    for facet in ("words", "accounts"):
        faulty.setitem(states.PLACE_OF, facet, states.PLACE_OF["facts"])


def the_last_build_is_named_without_the_templates(faulty: pytest.MonkeyPatch) -> None:
    original = last.name_of

    def name_of(inputs: Files, *rest: Any) -> str:
        return original(Files({p: f for p, f in inputs.files.items() if not p.startswith("layouts/")}), *rest)

    faulty.setattr(last, "name_of", name_of)


def a_row_is_known_by_its_keys(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(states.InTable, "of_all", lambda _, keys: fingerprints.digest_of(tuple(keys)))


def of_several_tables_the_first_speaks_for_all(faulty: pytest.MonkeyPatch) -> None:
    faulty.setattr(states.InTables, "_fill", lambda *_: None)
    faulty.setattr(states.InTables, "__missing__", lambda found, key: found.tables[0][key])


FAULTS = (
    a_file_of_the_same_size_is_the_same,
    an_article_is_named_by_its_text_alone,
    what_is_not_there_is_not_noted,
    a_table_read_as_a_whole_is_not_noted,
    templates_are_not_looked_at,
    what_a_template_takes_is_not_looked_at,
    values_inside_values_are_not_looked_at,
    every_version_of_the_builder_is_the_same,
    the_output_is_believed_to_be_as_it_was_left,
    what_is_gone_stays,
    what_an_author_says_is_known_by_the_title,
    the_last_build_is_named_without_the_templates,
    a_row_is_known_by_its_keys,
    of_several_tables_the_first_speaks_for_all,
)


@pytest.mark.parametrize("plant", FAULTS)
def test_a_fault_that_leaves_something_stale_is_found(plant: Callable[[pytest.MonkeyPatch], None]) -> None:
    with pytest.MonkeyPatch.context() as faulty:
        plant(faulty)
        with pytest.raises(Stale):
            run(20, 25)
