"""The search of what is shown: made when nothing else happens, and put in the place of the last one."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from builder.build import Built
from builder.outlets import search
from builder.outlets.live.live import Live
from builder.outlets.live.watching import Bell

SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0


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
