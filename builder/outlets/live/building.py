"""Builds again whenever the bell rings, and shows what came of it; the search follows when there is time for it."""

import gc
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from time import perf_counter
from traceback import format_exc

from builder.build import BUILT_IN, LAYOUTS, Built, build
from builder.files import Files, as_files, here
from builder.memo import Memo
from builder.outlets import report, search
from builder.outlets.folder import read_site
from builder.outlets.kinds import unpack_value
from builder.outlets.live.live import Live
from builder.outlets.live.watching import Bell
from builder.outlets.live.wrong import Wrong
from builder.outlets.memory import Memory
from builder.outlets.seen import Seen
from builder.problems import Problem, in_order

SETTLED_SECONDS = 0.1
"""A mistake is shown when nothing has changed for so long: an editor that replaces a file takes it away first."""

IDLE_SECONDS, RESTS_RARELY = 1.0, 20
PULSE_SECONDS, LOOKS_RARELY = 2.0, 50
"""How long it is quiet before all is cleared up, and before the files are looked at unasked; more of a large site."""

NAMED = 3
"""How many changed files are told by name."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0


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
        indexing: "Indexing | None" = None,
        memory: Memory | None = None,
    ) -> None:
        self.root, self.live, self.bell, self.say = root, live, bell, say
        self.drafts, self.on_first, self.indexing = drafts, on_first, indexing
        self._looked_at: tuple[Files, list[Problem]] | None = None
        self._seen, self._memo = (memory.inputs, memory.memo(unpack_value)) if memory else (Seen(), Memo())
        self._told: tuple[Problem, ...] = ()
        self._idle, self._pulse = IDLE_SECONDS, PULSE_SECONDS
        self._rested = False

    def keep_building(self) -> None:
        """Until the bell is taken down."""
        heard = self.bell.rings
        self.look(heard)
        self.on_first()
        while True:
            if not self.bell.wait(heard, self._idle):
                self.rest()
            # A ring may be lost: a busy system drops some, and what lies on another machine has none.
            while not self.bell.wait(heard, self._pulse):
                if self.bell.ended:
                    return
                self.look(heard)
            heard = self.bell.rings
            self.look(heard)

    def rest(self) -> None:
        """Clears away what earlier builds left behind, now that nobody waits; the longer that takes, the later."""
        begun = perf_counter()
        gc.collect()
        if not self._rested:
            # A site is large, and most of it stays: from now on it is left out when something is looked for to clear.
            gc.freeze()
            self._rested = True
        self._idle = max(IDLE_SECONDS, RESTS_RARELY * (perf_counter() - begun))

    def look(self, heard: int) -> None:
        """Looks at every file, and builds and shows the site if one is not as it was.

        `heard`: the rings up to now. Where another one comes while something is wrong, it is looked at again first.
        """
        begun = perf_counter()
        inputs = Files({})
        unreadable: list[Problem] = []
        built: Built | None = None
        problems: tuple[Problem, ...] = ()
        trouble = ""
        try:
            inputs, unreadable = read_site(self.root, self._seen)
            self._seen = self._seen.next()
            self._pulse = max(PULSE_SECONDS, LOOKS_RARELY * (perf_counter() - begun))
            if (inputs, unreadable) == self._looked_at:
                return
            inputs = self._with_layouts_held(inputs)
            built, problems = self._build(inputs, unreadable)
        except OSError as failure:
            trouble = f"{failure.filename or self.root}: {failure.strerror or failure}"
        except Exception:  # noqa: BLE001 - a mistake of ours must not end the server under an author's hands
            trouble = format_exc().rstrip()
        errors = any(problem.severity == "error" for problem in problems)
        if (errors or trouble) and self.bell.wait(heard, SETTLED_SECONDS):
            return
        wrong = Wrong(problems if errors else (), trouble)
        before, self._looked_at = self._looked_at, (inputs, unreadable)
        self._show(built, inputs, wrong)
        self._tell(problems, wrong, changed(before[0] if before else Files({}), inputs), perf_counter() - begun)

    def _with_layouts_held(self, inputs: Files) -> Files:
        """The last good pages are made when somebody asks for them, with the templates as they were then."""
        before = self._looked_at[0].files if self._looked_at else {}
        layouts = {path: file for path, file in inputs.files.items() if path.startswith((LAYOUTS, BUILT_IN))}
        held = {
            path: known if (known := before.get(path)) and known.sha256 == file.sha256 else here(file.body())
            for path, file in layouts.items()
        }
        return Files({**inputs.files, **held})

    def _build(self, inputs: Files, unreadable: list[Problem]) -> tuple[Built, tuple[Problem, ...]]:
        paths = frozenset(problem.span.path for problem in unreadable)
        search = self.live.shown.search
        built = build(inputs, drafts=self.drafts, search=search, unreadable=paths, memo=self._memo)
        self._memo = self._memo.next(whole=not built.sound)
        return built, in_order([*unreadable, *built.problems])

    def _show(self, built: Built | None, inputs: Files, wrong: Wrong) -> None:
        if built is None or wrong:
            self.live.show(wrong=wrong)
            return
        paths = [path for path in inputs if path.startswith((LAYOUTS, BUILT_IN))]
        layouts = {path.removeprefix(LAYOUTS): inputs[path] for path in paths}
        self.live.show(built=built, layouts=layouts, wrong=wrong, at=clock())
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
    """The files that differ, as one says them; nothing where there were none before."""
    if not before:
        return ""
    known = [{path: files.sha256(path) for path in files} for files in (as_files(before), as_files(after))]
    paths = sorted({path for path, _ in known[0].items() ^ known[1].items()})
    more = len(paths) - NAMED
    return ", ".join([*paths[:NAMED], *([f"{more} more"] if more > 0 else [])])


def clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


# --- the search ----------------------------------------------------------------------------------------------------


class Abandoned(Exception):
    """The pages are not needed any more: there are newer ones."""


class Indexing:
    """Makes the search of the newest build when nothing else happens, and puts it in the place of the last one."""

    def __init__(
        self,
        live: Live,
        bell: Bell,
        kept: Path,
        *,
        say: Callable[[str], None],
        announce: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.live, self.bell, self.kept, self.say, self.announce = live, bell, kept, say, announce
        self._wanted: Built | None = None
        self._asked = Bell()
        self._pause = 0.0
        self._failed = ""

    def want(self, built: Built) -> None:
        self._wanted = built
        self._asked.ring()

    def end(self) -> None:
        self._asked.end()

    def keep_indexing(self) -> None:
        """Until it is ended."""
        heard = 0
        while self._asked.wait(heard):
            heard, built = self._asked.rings, self._wanted
            rings = self.bell.rings
            # A large site keeps the machine busy for a while: not between two saves of somebody who writes.
            while self.bell.wait(rings, self._pause):
                rings = self.bell.rings
            if built is self._wanted and built is not None and not self.bell.ended:
                self._index(built, heard)

    def _index(self, built: Built, heard: int) -> None:
        begun = perf_counter()
        try:
            indexed = search.index(
                WhileWanted(built.files, lambda: self._asked.rings == heard and not self.bell.ended),
                self.kept,
                languages=built.briefing.settings.search_languages,
                announce=self.announce,
            )
        except Abandoned:
            return
        except (search.SearchFailed, OSError) as failure:
            self._say_once(f"{failure}\nthe search is as it was; --no-search serves the site without it")
            return
        self._pause = min(max((perf_counter() - begun) / 4, SHORTEST_PAUSE), LONGEST_PAUSE)
        self._say_once(indexed.warning)
        shown = self.live.shown
        if indexed.files.keys() != shown.index.keys():
            self.live.show(index=indexed.files, index_before=shown.index)

    def _say_once(self, text: str) -> None:
        if text and text != self._failed:
            self.say(text)
        self._failed = text


class WhileWanted(Mapping[str, bytes]):
    """The files of a build, until there is a newer one."""

    def __init__(self, files: Mapping[str, bytes], wanted: Callable[[], bool]) -> None:
        self.files, self.wanted = files, wanted

    def __getitem__(self, path: str) -> bytes:
        if not self.wanted():
            raise Abandoned
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)
