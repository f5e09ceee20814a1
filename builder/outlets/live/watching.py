"""The doorbell: somebody changed a file. Which one, and how, is found out by looking at all of them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Condition, Event, Thread
from time import monotonic

from watchfiles import watch

from builder.outlets.folder import SOURCES

FOLDERS = tuple(name for name in SOURCES if "." not in name)
QUIET_MILLISECONDS, BURST_MILLISECONDS = 5, 1500
"""A burst of changes rings once none has come for so long; one that does not end rings now and then."""
UNHURRIED_MILLISECONDS = 50
"""The same for the builder's own code: the more often it is asked, the more time that takes."""

GONE_SECONDS = 0.2
POLLING = (
    "the system does not report changes here; the files are looked at a few times a second instead "
    "(on Linux, raise fs.inotify.max_user_watches)"
)


class Bell:
    """Rung by many, heard by one or two."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._rings = 0
        self.ended = False

    @property
    def rings(self) -> int:
        """How often it was rung: whoever remembers the number can wait for the next ring."""
        return self._rings

    def ring(self) -> None:
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def end(self) -> None:
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def wait(self, heard: int, seconds: float | None = None) -> bool:
        """Waits for a ring after the `heard`th. False where none came in time, or none will come any more."""
        until = None if seconds is None else monotonic() + seconds
        with self._changed:
            while self._rings == heard and not self.ended:
                left = None if until is None else until - monotonic()
                if left is not None and left <= 0:
                    return False
                self._changed.wait(left)
            return not self.ended


class Watch:
    """Watches a site in threads of its own, and in a checkout (`builder` is the package there) the builder as well.

    Rings for every change in `content/`, `layouts/`, `site.yaml` and the built-in layouts, `templates`;
    `on_builder` is called when the builder's own code changed. `say` tells the author what they should know.
    """

    def __init__(
        self,
        root: Path,
        bell: Bell,
        *,
        say: Callable[[str], None],
        builder: Path | None = None,
        templates: Path | None = None,
        on_builder: Callable[[], None] = lambda: None,
    ) -> None:
        self.root, self.bell, self.say = root, bell, say
        self.builder, self.templates, self.on_builder = builder, templates, on_builder
        self._ended, self._anew = Event(), Event()
        works = [self._watch_root, self._watch_folders, *([self._watch_builder] if builder else [])]
        self._threads = [Thread(target=work, daemon=True, name=work.__name__) for work in works]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ended.set()
        self._anew.set()
        for thread in self._threads:
            thread.join(1)

    def _watch_root(self) -> None:
        """site.yaml, and whether content/ and layouts/ come and go; nothing else that lies beside them."""
        for paths in self._changes([self.root], self._ended, recursive=False):
            names = {Path(path).name for path in paths}
            if names & set(FOLDERS):
                self._anew.set()  # the system forgets a folder that went, and does not know one that came
            if names & set(SOURCES):
                self.bell.ring()

    def _watch_folders(self) -> None:
        while not self._ended.is_set():
            self._anew.clear()
            folders = [self.root / name for name in FOLDERS if (self.root / name).is_dir()]
            folders += [self.templates] if self.templates else []
            if not folders:
                self._anew.wait()
                continue
            for _ in self._changes(folders, self._anew):
                self.bell.ring()

    def _watch_builder(self) -> None:
        assert self.builder is not None
        for paths in self._changes([self.builder], self._ended, quiet=UNHURRIED_MILLISECONDS):
            if any(path.endswith((".py", ".js", ".css")) for path in paths):
                self.on_builder()

    def _changes(
        self, paths: Sequence[Path], end: Event, *, recursive: bool = True, quiet: int = QUIET_MILLISECONDS
    ) -> Iterator[set[str]]:
        """The paths of each burst of changes."""
        polling: bool | None = None
        while not end.is_set():
            try:
                for changes in watch(
                    *paths,
                    watch_filter=None,
                    debounce=BURST_MILLISECONDS,
                    step=quiet,
                    stop_event=end,
                    raise_interrupt=False,
                    force_polling=polling,
                    recursive=recursive,
                    ignore_permission_denied=True,
                ):
                    yield {path for _, path in changes}
            except (OSError, RuntimeError) as failure:
                if polling:
                    self.say(f"{failure}; changes are not seen any more until “serve” is started again")
                    return
                if all(path.is_dir() for path in paths):  # else one of them went just now, and comes back or not
                    self.say(POLLING)
                    polling = True
                elif end.wait(GONE_SECONDS):
                    return
                else:
                    end.set()
