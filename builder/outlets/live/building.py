"""Builds again whenever the bell rings, and shows what came of it."""

import gc
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from traceback import format_exc

from builder.build import Built, build
from builder.files import Files, as_files
from builder.memo import Memo
from builder.outlets import report
from builder.outlets.kinds import unpack_value
from builder.outlets.live.indexing import Indexing
from builder.outlets.live.live import Live
from builder.outlets.live.looking import Looked
from builder.outlets.live.watching import Bell
from builder.outlets.live.wrong import Wrong
from builder.outlets.memory import Memory
from builder.problems import Problem, in_order

SETTLED_SECONDS = 0.1
"""A mistake is shown when nothing has changed for so long: an editor that replaces a file takes it away first."""

IDLE_SECONDS, RESTS_RARELY = 1.0, 20
PULSE_SECONDS, LOOKS_RARELY = 2.0, 50
"""How long it is quiet before all is cleared up, and before the files are looked at unasked; more of a large site."""

LET_GO_SECONDS = 0.3
"""How long the last state of a site is held: freeing it takes a while, in which browsers would wait for the new one."""

BUILDS_WITHOUT_REST = 50
"""After so many it is cleared up all the same, however fast they follow each other."""

NAMED = 3
"""How many changed files are told by name."""


class Builder:
    """Looks at a site's files, builds it where they changed, and shows it.

    `say` prints; `on_first` is called when the first build has ended, good or not. `memory`: what earlier builds left.
    """

    def __init__(
        self,
        root: Path,
        live: Live,
        bell: Bell,
        *,
        drafts: bool = False,
        say: Callable[[str], None],
        on_first: Callable[[], None] = lambda: None,
        indexing: Indexing | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.root, self.live, self.bell, self.say = root, live, bell, say
        self.drafts, self.on_first, self.indexing = drafts, on_first, indexing
        self._shows: tuple[Files, tuple[Problem, ...]] | None = None
        self._memo = memory.memo(unpack_value) if memory else Memo()
        self._looked = Looked(root=root, known=memory.inputs.known if memory else {})
        self._told: tuple[Problem, ...] = ()
        self._idle, self._pulse = IDLE_SECONDS, PULSE_SECONDS
        self._rested, self._builds = False, 0
        self._passed: tuple[object, ...] = ()

    def keep_building(self) -> None:
        """Until the bell is taken down."""
        heard = self.bell.rings
        self.look(heard)
        self.on_first()
        while True:
            for seconds, work in self._work_while_quiet(heard):
                if self.bell.wait(heard, seconds):
                    break
                if self.bell.ended:
                    return
                work()
            heard = self.bell.rings
            self.look(heard)

    def _work_while_quiet(self, heard: int) -> Iterator[tuple[float, Callable[[], None]]]:
        """What is done while no bell rings, and after how many seconds of quiet."""
        while True:
            if self._builds:
                yield LET_GO_SECONDS, self.let_go
                yield self._idle, self.rest
            # A ring may be lost: a busy system drops some, and what lies on another machine has none.
            yield self._pulse, partial(self.look, heard)

    def let_go(self) -> None:
        self._passed = ()

    def rest(self) -> None:
        """Clears away what earlier builds left behind, now that nobody waits; the longer that takes, the later."""
        begun = perf_counter()
        self.let_go()
        gc.collect()
        if not self._rested:
            # A site is large, and most of it stays: from now on it is left out when something is looked for to clear.
            gc.freeze()
            self._rested = True
        self._builds = 0
        gc.enable()
        self._idle = max(IDLE_SECONDS, RESTS_RARELY * (perf_counter() - begun))

    def look(self, heard: int) -> None:
        """Looks at every file, and builds and shows the site if one is not as it was.

        `heard`: the rings up to now. Where another one comes while something is wrong, it is looked at again first.
        """
        # To look through all that is held takes longer than a build, and finds next to nothing: that is for `rest`,
        # when the browsers have got their pages.
        gc.disable()
        begun = perf_counter()
        inputs = Files({})
        unreadable: tuple[Problem, ...] = ()
        built: Built | None = None
        problems: tuple[Problem, ...] = ()
        trouble = ""
        try:
            self._looked = self._looked.again()
            inputs, unreadable = self._looked.files, self._looked.problems
            self._pulse = max(PULSE_SECONDS, LOOKS_RARELY * (perf_counter() - begun))
            if (inputs, unreadable) == self._shows:
                self._leave_it()
                return
            built, problems = self._build(inputs, unreadable)
        except OSError as failure:
            trouble = f"{failure.filename or self.root}: {failure.strerror or failure}"
            if trouble == self.live.shown.wrong.trouble:  # it was told, and may last
                self._leave_it()
                return
        except Exception:  # noqa: BLE001 - a mistake of ours must not end the server under an author's hands
            trouble = format_exc().rstrip()
        errors = any(problem.severity == "error" for problem in problems)
        if (errors or trouble) and self.bell.wait(heard, SETTLED_SECONDS):
            return
        wrong = Wrong(problems if errors else (), trouble)
        before, self._shows = self._shows, (inputs, unreadable)
        passed = (self.live.shown, before)
        self._show(built, wrong)
        self._tell(problems, wrong, changed(before[0] if before else Files({}), inputs), perf_counter() - begun)
        self._passed = passed
        self._builds += 1
        if self._builds >= BUILDS_WITHOUT_REST:
            self.rest()

    def _leave_it(self) -> None:
        if not self._builds:
            gc.enable()

    def _build(self, inputs: Files, unreadable: tuple[Problem, ...]) -> tuple[Built, tuple[Problem, ...]]:
        paths = frozenset(problem.span.path for problem in unreadable)
        search = self.live.shown.search
        built = build(inputs, drafts=self.drafts, search=search, unreadable=paths, memo=self._memo)
        self._memo = self._memo.next(whole=not built.sound)
        return built, in_order([*unreadable, *built.problems])

    def _show(self, built: Built | None, wrong: Wrong) -> None:
        if built is None or wrong:
            self.live.show(wrong=wrong)
            return
        self.live.show(built=built, layouts=self._looked.layouts, wrong=wrong, at=clock())
        if self.indexing:
            self.indexing.want(built)

    def _tell(self, problems: tuple[Problem, ...], wrong: Wrong, names: str, seconds: float) -> None:
        if problems and problems != self._told:
            self.say(report.as_text(problems))
        if wrong.trouble:
            self.say(wrong.trouble)
        self._told = problems
        lead = f"{clock()} {names}: " if names else f"{clock()} "
        if not wrong:
            warnings = f", {report.tally(problems)}" if problems else ""
            self.say(f"{lead}built in {seconds:.2f} s{warnings}")
        else:
            kept = "the last good build stays" if self.live.shown.built else "nothing to show yet"
            self.say(f"{lead}{wrong.title}; {kept}")


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """The files that differ, as one says them; nothing where there were none before, or they cannot be read now."""
    if not before or not after:
        return ""
    old, new = as_files(before), as_files(after)
    paths = [path for path in old if path not in new]
    for path, file in new.files.items():
        if path not in old or (old.files[path] is not file and old.sha256(path) != new.sha256(path)):
            paths.append(path)
    paths.sort()
    more = len(paths) - NAMED
    return ", ".join([*paths[:NAMED], *([f"{more} more"] if more > 0 else [])])


def clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")
