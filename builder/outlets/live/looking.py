"""What a site's files are now, seen from what they were a moment ago: most of them are what they were."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from builder.build import BUILT_IN, LAYOUTS
from builder.files import File, Files, here
from builder.outlets.folder import SOURCES, built_in_layouts, file_at, files_of
from builder.outlets.seen import Seen, Stat, stat_of
from builder.problems import Problem

HELD = (LAYOUTS, BUILT_IN)

Found = Iterable[tuple[str, str, os.stat_result]]
"""Paths of files, their places among the inputs, and their states."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The files of a site as they were found, and what tells whether they still are.

    `known`: states and digests by path on the disk, of files that have stood long enough to be judged by their state.
    `places`: all plain files by path, with their places among the inputs. `folders`: all around them. `layouts`: the
    templates and assets among the files, by the names that they have there. They are held as they are: the last good
    pages are made when somebody asks for them, with the templates as they were then.
    """

    files: Files = field(default_factory=lambda: Files({}))
    problems: tuple[Problem, ...] = ()
    known: Mapping[str, tuple[Stat, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    layouts: Mapping[str, bytes] = field(default_factory=dict)
    root: Path = Path()

    def again(self) -> "Looked":
        """The same site now. Every file is looked at; where only what is in some has changed, no other is touched."""
        # What is no file of the site is not among its places: whether it is still there shows only from the beginning.
        differing = None if self.problems else self.differing()
        return self._whole() if differing is None else self._with(differing) if differing else self

    def _whole(self) -> "Looked":
        problems: list[Problem] = []
        folders = frozenset(folders_of(self.root))
        listed = list(files_of(self.root, problems))
        files, known = self._read(listed)
        places = {path: place for path, place, _ in listed}
        return Looked(Files(files), tuple(problems), known, places, folders, layouts_among(files), self.root)

    def _with(self, differing: Found) -> "Looked":
        read, now = self._read(differing)
        known = {**self.known, **now}
        for path in {path for path, *_ in differing} - now.keys():
            known.pop(path, None)
        changed = {place: file for place, file in read.items() if file is not self.files.files[place]}
        files = Files({**self.files.files, **changed}) if changed else self.files
        layouts = {**self.layouts, **new} if (new := layouts_among(changed)) else self.layouts
        return replace(self, files=files, known=known, layouts=layouts)

    def _read(self, found: Found) -> tuple[dict[str, File], dict[str, tuple[Stat, str]]]:
        """Each file at its place: that from before where its bytes are what they were. And what can be judged next time
        by its state."""
        files, seen = {}, Seen(self.known)
        for path, place, state in found:
            file, before = file_at(path, place, state, seen), self.files.files.get(place)
            if before and before.sha256 == file.sha256:
                files[place] = before
            elif place.startswith(HELD):
                files[place] = here(file.body())
            elif path in seen.now:
                # Its bytes would be held for as long as it is what it is: they are read again where they are wanted.
                files[place] = file_at(path, place, state, Seen(seen.now))
            else:
                files[place] = file
        return files, seen.now

    def differing(self) -> list[tuple[str, str, os.stat_result]] | None:
        """The plain files that are not known to be what they were; None where more than these may have changed: a name
        came or went, or there is something among them that is no plain file."""
        places, known = self.places, self.known
        differing, met = [], 0
        try:
            for path, state in self._entries():
                met += 1
                if (entry := known.get(path)) is None or entry[0] != stat_of(state):
                    if path not in places or not S_ISREG(state.st_mode):
                        return None
                    differing.append((path, places[path], state))
        except OSError:
            return None
        return differing if met == len(places) and met else None

    def _entries(self) -> Iterator[tuple[str, os.stat_result]]:
        """All that stands in the folders as they are known, but for these themselves; no link is followed."""
        folders = self.folders
        for top in filter(os.path.lexists, tops(self.root)):
            state = os.lstat(top)
            if top not in folders or not S_ISDIR(state.st_mode):
                yield top, state
        for folder in folders:
            with os.scandir(folder) as entries:
                for entry in entries:
                    path = entry.path
                    if path in folders and entry.is_dir(follow_symlinks=False):
                        continue
                    if entry.name[0] != ".":
                        yield path, entry.stat(follow_symlinks=False)


def layouts_among(files: Mapping[str, File]) -> dict[str, bytes]:
    return {place.removeprefix(LAYOUTS): file.body() for place, file in files.items() if place.startswith(HELD)}


def tops(root: Path) -> list[str]:
    return [str(built_in_layouts()), *(str(root / name) for name in SOURCES)]


def folders_of(root: Path) -> Iterator[str]:
    """The folders of a site in which its files may stand; what is hidden is not the site's."""
    for top in tops(root):
        for folder, names, _ in os.walk(top):
            names[:] = [name for name in names if not name.startswith(".")]
            yield folder
