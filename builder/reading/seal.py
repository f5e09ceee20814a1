"""The seal of the sources: `content/SHA256SUMS`, in the format of `sha256sum`, against the files as they are.

Pure: it is told what stands in the files. `cd content && sha256sum -c SHA256SUMS` comes to the same answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from posixpath import normpath, splitext

from builder.files import Files, as_files
from builder.problems import Problem, Span
from builder.reading.files import ARTICLES, SEAL
from builder.reading.seed import decode
from builder.values import dataclass

CONTENT = "content/"

LINE = re.compile(r"[ \t]*(?P<escaped>\\?)(?P<digest>[0-9A-Fa-f]{64}) [ *]?(?P<name>.+)")
ESCAPE = re.compile(r"\\(.?)")
ESCAPED = {"\\": "\\", "n": "\n", "r": "\r"}
"""What `sha256sum` writes for characters that would break a line; a backslash before the digest says that it did."""

NO_LINE = (
    "a line is a SHA-256 of 64 digits, two spaces and a path from content/; `sourcebook seal` writes the file anew"
)


@dataclass(frozen=True, slots=True)
class Checksum:
    """A line of a checksum file: the path as it names it, without `./`."""

    path: str
    digest: str
    line: int


@dataclass(frozen=True, slots=True)
class Resealing:
    """The seal as it should be, and how it differs from the one that is there: paths from `content/`.

    `unread` are lines of the old one that cannot be read: what they sealed is not known.
    """

    text: str
    sealed: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unread: tuple[int, ...]

    @property
    def forgets(self) -> bool:
        """Whether it gives up what the old seal held: that is an author's decision."""
        return bool(self.changed or self.gone or self.unread)


# --- the format ----------------------------------------------------------------------------------------------------


def read_checksums(text: str) -> tuple[tuple[Checksum, ...], tuple[int, ...]]:
    """The lines of a checksum file, and the numbers of those that are none. Blank lines and comments say nothing."""
    checksums: list[Checksum] = []
    unread: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.fullmatch(line)
        name = _unescaped(found["name"]) if found and found["escaped"] else found and found["name"]
        if found and name and not name.isspace():
            checksums.append(Checksum(normpath(name), found["digest"].lower(), number))
        else:
            unread.append(number)
    return tuple(checksums), tuple(unread)


def _unescaped(name: str) -> str:
    """The name meant, or nothing where `sha256sum` would not have written it so."""
    if any(escape not in ESCAPED for escape in ESCAPE.findall(name)):
        return ""
    return ESCAPE.sub(lambda escape: ESCAPED[escape[1]], name)


def written(digests: Mapping[str, str]) -> str:
    """A checksum file: path → digest, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


# --- what is sealed ------------------------------------------------------------------------------------------------


def seeds(inputs: Mapping[str, bytes]) -> list[str]:
    """The paths of the articles whose text is a file of its own; a `.md` with front matter changes with its summary."""
    articles = sorted(path for path in inputs if path.startswith(ARTICLES))
    return [path for path in articles if path.endswith(".txt") or _has_summary_beside_it(path, inputs)]


def _has_summary_beside_it(path: str, inputs: Mapping[str, bytes]) -> bool:
    return path.endswith(".md") and splitext(path)[0] + ".yaml" in inputs


def check_seal(inputs: Mapping[str, bytes], unreadable: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """What does not fit the seal. A site without one is not sealed at all, which is no problem.

    `unreadable` are paths that are there, but whose problem was reported elsewhere.
    """
    if SEAL not in inputs:
        return
    files = as_files(inputs)
    text = decode(inputs[SEAL], SEAL)
    if isinstance(text, Problem):
        yield text
        return
    checksums, unread = read_checksums(text)
    for number in unread:
        yield Problem(Span(SEAL, number), "seal-broken", "this line is none of `sha256sum`", NO_LINE)
    sealed = {normpath(CONTENT + checksum.path): checksum for checksum in checksums}
    for checksum in checksums:
        path = normpath(CONTENT + checksum.path)
        if path in inputs:
            yield from _changed(path, files, checksum.digest)
    lost = [checksum for path, checksum in sealed.items() if path not in inputs and path not in unreadable]
    yield from _gone(lost, files)
    if not unread:  # else the line that cannot be read may be the one that is missed here
        for path in seeds(inputs):
            if path not in sealed:
                hint = "run `sourcebook seal`, so that a later change to its text does not go unseen"
                yield Problem(Span(path), "unsealed", "this article is not sealed", hint, "warning")


def _changed(path: str, files: Files, digest: str) -> Iterator[Problem]:
    if (now := files.sha256(path)) == digest:
        return
    hint = f"sealed was {digest[:16]}…, this is {now[:16]}…\n"
    if any(sha256(variant).hexdigest() == digest for variant in _other_line_ends(files[path])):
        hint += "only its line ends differ: an editor or git rewrote them\n"
    hint += "restore it, or accept it as it is with `sourcebook seal`"
    yield Problem(Span(path), "seal-broken", "this file changed since it was sealed", hint)


def _other_line_ends(body: bytes) -> Iterable[bytes]:
    """The same text as other programs would have saved it."""
    plain = body.replace(b"\r\n", b"\n")
    bare = plain.removesuffix(b"\n")
    return (plain, bare, bare + b"\n", plain.replace(b"\n", b"\r\n"))


def _gone(lost: Sequence[Checksum], files: Files) -> Iterator[Problem]:
    articles = (path for path in sorted(files, reverse=True) if path.startswith(ARTICLES)) if lost else ()
    path_of = {files.sha256(path): path for path in articles}
    for checksum in lost:
        hint = "restore it, or take it off the seal with `sourcebook seal`"
        if renamed := path_of.get(checksum.digest):
            hint = f"{renamed} has the same text: if you renamed the file, run `sourcebook seal`"
        yield Problem(Span(SEAL, checksum.line), "seal-broken", f"“{checksum.path}” was sealed and is gone", hint)


# --- sealing -------------------------------------------------------------------------------------------------------


def reseal(inputs: Mapping[str, bytes]) -> Resealing:
    """The seal of the files as they are: of all seeds, and of whatever else in `content/` was sealed by hand."""
    checksums, unread = read_checksums(inputs.get(SEAL, b"").decode("utf-8-sig", "replace"))
    old: dict[str, set[str]] = {}
    for checksum in checksums:
        old.setdefault(checksum.path, set()).add(checksum.digest)
    paths = {path.removeprefix(CONTENT) for path in seeds(inputs)} | {path for path in old if CONTENT + path in inputs}
    paths.discard(SEAL.removeprefix(CONTENT))
    files = as_files(inputs)
    now = {path: files.sha256(CONTENT + path) for path in paths}
    return Resealing(
        written(now),
        len(now),
        tuple(sorted(now.keys() - old.keys())),
        tuple(sorted(path for path in now.keys() & old.keys() if old[path] != {now[path]})),
        tuple(sorted(old.keys() - now.keys())),
        unread,
    )
