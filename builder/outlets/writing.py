"""A site's files into their folder: all that changed is made first, beside the old site, and only then put in place.

So a page that cannot be made, a full disk or a worker's end leave the old site as it was. New files come first, changed
ones next, deletions last, each by one rename: a build that is killed leaves no page missing or half written.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import field
from functools import partial
from hashlib import sha256
from json import dumps
from pathlib import Path
from tempfile import mkdtemp

from builder.files import File, Files, as_files, digest_of, in_memory
from builder.memo import Spread, one_by_one
from builder.outlets.folder import CHECKSUMS, MARKER, TEMPORARY, OnDisk, check_output, replace_file
from builder.outlets.installed import version_of
from builder.outlets.present import Present, Written, present_in
from builder.outlets.seen import Seen, parts_of
from builder.problems import Problem
from builder.site.reads import MadeOf
from builder.site.render import PageFile, TemplateFailed
from builder.values import dataclass

READABLE = 0o644
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its digest, where it waits if it is not in place, what a page was made of; or why it cannot be made."""

    sha256: str = ""
    place: Path | None = None
    made_of: MadeOf | None = None
    problem: Problem | None = None


def no_progress(_done: int, _total: int) -> None:
    """Tells nobody."""


def write_site(files: Mapping[str, bytes], output: Path, root: Path, progress: Progress = no_progress) -> Written:
    """Makes the folder hold these files, a marker and checksums, and nothing else.

    A file that is right already is not touched. Raises Refused for a folder that is not ours, and TemplateFailed.
    """
    with staging(output, root) as stage:
        for problem in stage.take(as_files(files)):
            raise TemplateFailed(problem)
        return stage.put_in_place(progress)


@contextmanager
def room_in(output: Path) -> Iterator[None]:
    """Names the folder that there is no room in, not the file that happened to be written."""
    try:
        yield
    except OSError as failure:
        if failure.errno not in FULL:
            raise
        kept = "; the site that is there is as it was" if (output / MARKER).exists() else "; nothing is written"
        raise OSError(failure.errno, f"{failure.strerror}{kept}", str(output)) from None


@contextmanager
def staging(output: Path, root: Path, seen: Seen | None = None) -> "Iterator[Staging]":
    """A place for new files beside the old site: in its folder, as only there a rename is sure to be one step.

    `seen`: what is known of the files in the output. Raises Refused for a folder that is not ours.
    """
    check_output(output, root)
    output = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow links, and what is seen has its name
    missing = [folder for folder in (output, *output.parents) if not folder.exists()]
    output.mkdir(parents=True, exist_ok=True)
    for left in output.glob(f"{TEMPORARY}*"):  # by a build that was killed
        remove(left)
    present, folder = present_in(output), Path(mkdtemp(dir=output, prefix=TEMPORARY))
    try:
        yield Staging(output, folder, Seen() if seen is None else seen, present)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for made in missing:
            with suppress(OSError):  # it holds the site now
                made.rmdir()


@dataclass(slots=True)
class Staging:
    """The files of a site, each made or found right. `present`: what the output holds; `made`: by path."""

    output: Path
    folder: Path
    seen: Seen
    present: Present
    made: dict[str, Made] = field(default_factory=dict)

    def take(self, files: Files, spread: Spread = one_by_one, progress: Progress = no_progress) -> list[Problem]:
        """Makes what is not known to be right already. The problems of pages that cannot be made, each once."""
        held = {path: self.present.digest(path, self.seen) for path in files}
        right = {path: Made(file.sha256) for path, file in files.files.items() if held[path] == file.sha256 != ""}
        todo = [path for path in files if path not in right]
        places = {path: self.folder / str(number) for number, path in enumerate(todo, len(self.made))}
        work = partial(make, files=files, held=held, places=places)
        with room_in(self.output), closing(spread(work, todo)) as results:
            made = dict(zip(todo, counted(results, len(todo), progress), strict=True))
        for path, one in made.items():
            file = files.files[path]
            if isinstance(file, PageFile) and one.made_of is not None:
                file.remember(one.made_of)
        self.made |= right | made
        return list({one.problem.span: one.problem for one in made.values() if one.problem}.values())

    def digests(self) -> dict[str, str]:
        """Of every file of the output, once they are in place."""
        return {path: made.sha256 for path, made in self.made.items()}

    def pages(self) -> Files:
        """Every file as it will be, wherever it stands now."""
        places = {path: made.place or self.output / path for path, made in self.made.items()}
        return Files({path: File(place.read_bytes, self.made[path].sha256) for path, place in places.items()})

    def put_in_place(self, progress: Progress = no_progress) -> Written:
        """Makes the output hold what was taken, a marker and checksums, and nothing else."""
        self.take(in_memory({MARKER: marker()}))
        self.take(in_memory({CHECKSUMS: checksums(self.made)}))
        clear_the_way(self.output, self.made.keys(), self.present)
        waiting = {path: made.place for path, made in self.made.items() if made.place}
        new = [path for path in waiting if path not in self.present.files]
        changed = [path for path in waiting if path in self.present.files]
        # The marker goes first: a first build that is killed must leave a folder that the next one recognises.
        order = sorted(new, key=lambda path: path != MARKER) + sorted(changed, key=lambda path: path == CHECKSUMS)
        for done, path in enumerate(order, 1):
            put(waiting[path], self.output / path)
            self.seen.note(f"{self.output}/{path}", (self.output / path).stat(), self.made[path].sha256)
            progress(done, len(order))
        gone = [path for path in self.present.files if path not in self.made]
        for path in gone:
            (self.output / path).unlink()
        drop_empty_folders(self.output)
        return Written(len(order), len(self.made) - len(order), len(gone))


def counted(results: Iterable[Made], total: int, progress: Progress) -> Iterator[Made]:
    for done, result in enumerate(results, 1):
        progress(done, total)
        yield result


# --- one file ------------------------------------------------------------------------------------------------------


def make(path: str, files: Files, held: Mapping[str, str], places: Mapping[str, Path]) -> Made:
    """Writes a file to its place, unless it turns out to be held already. May run in a process of its own."""
    file, place = files.files[path], places[path]
    if isinstance(file, OnDisk):
        return Made(copy(file.path, place), place)
    try:
        body, made_of = file.made() if isinstance(file, PageFile) else (file.body(), None)
    except TemplateFailed as failure:
        return Made(problem=failure.problem)
    digest = made_of.sha256 if made_of else digest_of(body)
    if digest == held[path]:
        return Made(digest, made_of=made_of)
    place.write_bytes(body)
    place.chmod(READABLE)
    return Made(digest, place, made_of)


def copy(source: str, place: Path) -> str:
    """Copies a file of any size, and says what was copied."""
    digest = sha256()
    with place.open("wb") as target:
        for part in parts_of(source):
            digest.update(part)
            target.write(part)
    place.chmod(READABLE)
    return digest.hexdigest()


def put(place: Path, target: Path) -> None:
    try:
        place.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        place.replace(target)
    except OSError as failure:
        if failure.errno != errno.EXDEV:  # a folder of the output may be a disk of its own
            raise
        replace_file(target, place.read_bytes())


def marker() -> bytes:
    return (dumps({"format": 1, "version": version_of("sourcebook")}) + "\n").encode()


def with_checksums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The site as it is handed out: with the marker that says who made it, and the checksums of all other files."""
    complete = {MARKER: marker(), **files}
    made = {path: Made(digest_of(body)) for path, body in complete.items()}
    return complete | {CHECKSUMS: checksums(made)}


def checksums(made: Mapping[str, Made]) -> bytes:
    return "".join(f"{made[path].sha256}  {path}\n" for path in sorted(made)).encode()


# --- what is there -------------------------------------------------------------------------------------------------


def clear_the_way(output: Path, wanted: Iterable[str], present: Present) -> None:
    """Removes what is no file or folder, files where a folder must be, and folders where a file must be."""
    parents = folders_of(wanted)
    for path in [*present.others, *(parents & present.files.keys())]:
        (output / path).unlink()
        present.files.pop(path, None)
    for path in folders_of(present.files).intersection(wanted):
        remove(output / path)
        for inside in [inside for inside in present.files if inside.startswith(f"{path}/")]:
            del present.files[inside]


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders in which one of these stands."""
    found: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        found.update(folder[:at] for at, sign in enumerate(folder) if sign == "/")
        found.add(folder)
    return found - {""}


def remove(path: Path) -> None:
    """A file, or a folder with all that is in it; links are not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def drop_empty_folders(folder: Path) -> None:
    for current, _, _ in os.walk(folder, topdown=False):
        if current != str(folder) and not any(Path(current).iterdir()):
            Path(current).rmdir()
