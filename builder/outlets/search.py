"""Search: Pagefind's own program over what the pages mark for it, run only when that has changed.

A template marks what is to be found: whole elements between `<!--search-->` and `<!--/search-->`, as often as it likes.
Pagefind is given those and the `<html …>` tag, nothing else of the page; so a page without the marks is not found, and
a change anywhere else is none. Attributes (`data-pagefind-filter` and so on) work inside the marks as they always do.
"""

import os
import re
import subprocess
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

import cbor2
from pagefind_bin import get_executable

from builder.outlets.installed import version_of
from builder.outlets.keeping import Keeper, key_of_this_user
from builder.outlets.offline import scripts
from builder.outlets.pagefind_bytes import UnknownPagefind, canonical
from builder.reading.scripts import UNSPACED, letters_apart
from builder.values import dataclass

FROM, TO = b"<!--search-->", b"<!--/search-->"
GIGABYTE = 10**9
KILLED = -9
MEMORY = "/dev/shm"
KEPT = "index"
END, BLOCK_ENDS = (
    b"|",
    tuple(b"</%b>" % tag for tag in (b"p", b"li", b"blockquote", b"td", b"th", b"pre", b"h3", b"h4", b"h5", b"h6")),
)
"""A sign at the end of each paragraph, of which Pagefind makes no word. Without it Pagefind adds a full stop where it
sees none, and a source would be shown with one that it has not; `find.js` takes the sign away."""
PASSAGE = re.compile(rb"</?mark\b[^>]*>")
"""A passage's mark. Its id would make Pagefind put a space there, within a word or after a quotation mark."""
UNREAD = re.compile(r"(<div hidden data-pagefind-ignore>.*?</div>|<[^>]*>)", re.DOTALL)
"""Of a page, what is no running text: facts for filters and rows, and tags."""
CITATION_MARKS = ".marks"
"""Names of publishers and numbers of lines within a summary: a reader's way on, not what it says."""
OWN_CODE = ("search.py", "offline.py", "pagefind_bytes.py", "../reading/scripts.py")


class SearchFailed(Exception):
    """There is no index; the message says why, with what Pagefind printed, and what to do."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a search loads, by path in the site; how many pages it finds; and a sentence where something is to be said.

    `ran` is false where nothing that Pagefind reads had changed.
    """

    files: Mapping[str, bytes]
    pages: int
    warning: str = ""
    ran: bool = True


def index(
    site: Mapping[str, bytes],
    kept: Path,
    *,
    languages: str = "auto",
    announce: Callable[[str], None] = lambda _: None,
) -> Indexed:
    """Indexes the pages of a site: path → bytes, as they are written.

    `kept`: a folder for the last result, which is used again while pages, Pagefind and this code are the same, and if
    this user made it: its files are scripts.
    `languages`: `auto` goes by each page's `lang`; a tag makes it one language. `announce` is called before Pagefind
    runs, with a sentence, where it will need more than a gigabyte of memory. No page to index, no files.
    Raises SearchFailed.
    """
    read = {path: what_pagefind_reads(body) for path, body in site.items() if path.endswith(".html")}
    pages = {path: part for path, part in read.items() if part}
    if not pages:
        return Indexed({}, 0, ran=False)
    key = _key(pages, languages)
    keeper = Keeper(kept, key_of_this_user())
    if known := _recall(keeper, key):
        return known
    if (needed := memory_needed(pages)) > GIGABYTE:
        announce(f"indexing {len(pages):,} pages for the search needs about {needed / GIGABYTE:.1f} GB of memory")
    try:
        files, warning = canonical(*run_pagefind(pages, languages)), ""
    except UnknownPagefind as unknown:
        files = run_at_own_paths(pages, languages)
        warning = f"the search index is not the same on every build: {unknown}"
    try:
        indexed = Indexed(scripts(files), len(pages), warning)
    except UnknownPagefind as unknown:
        fact = f"Pagefind {version_of('pagefind-bin')} is not one that Sourcebook knows: {unknown}"
        raise SearchFailed(f"{fact}\nbuild with --no-search, or install the version that Sourcebook asks for") from None
    _keep(keeper, key, indexed)
    return indexed


def what_pagefind_reads(page: bytes) -> bytes:
    """A page of the marked parts alone, in the page's language; empty where nothing is marked."""
    # A line apart: Pagefind makes one word of “…” and “…” where nothing stands between two paragraphs.
    parts = b"\n".join(part.partition(TO)[0] for part in page.split(FROM)[1:])
    if not parts.strip():
        return b""
    start = page.find(b"<html")
    tag = page[start : page.find(b">", start) + 1] if start >= 0 else b"<html>"
    # The attribute, so that no page is left out because another one has it inside its marks.
    return b"<!DOCTYPE html>" + tag + b"<body data-pagefind-body>" + parts + b"</body></html>"


def to_the_letter(part: bytes) -> bytes:
    """The same without what would make Pagefind put signs into a text that are not there, and with what makes it find
    a word amid others where none is set apart: each letter of such a script is a word, and a query a row of them."""
    part = _apart(PASSAGE.sub(b"", part))
    for end in BLOCK_ENDS:
        part = part.replace(end, END + end)
    return part


def _apart(part: bytes) -> bytes:
    text = part.decode()
    if not UNSPACED.search(text):
        return part
    pieces = UNREAD.split(text)
    pieces[::2] = map(letters_apart, pieces[::2])
    return "".join(pieces).encode()


def memory_needed(pages: Mapping[str, bytes]) -> int:
    """The bytes of memory that Pagefind takes at its peak for these pages, as what_pagefind_reads gives them.

    Measured with 1.5.2 on 100 to 5,000 pages of 100 to 850 words; much longer pages need less than this says.
    """
    return 15_000_000 + 60_000 * len(pages) + 43 * sum(map(len, pages.values()))


# --- running Pagefind ----------------------------------------------------------------------------------------------


def run_pagefind(pages: Mapping[str, bytes], languages: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files that Pagefind writes, by path; and the pages' addresses by those under which it knows them, in order.

    It numbers pages as the folder happens to list them, which differs from one file system to the next. So its files
    have numbers for names, and which page comes into which of them is decided when the folder has been listed.
    """
    with _room_for(pages) as temporary:
        source = Path(temporary) / "site"
        source.mkdir()
        for number in range(len(pages)):
            (source / f"{number}.html").touch()
        with os.scandir(source) as listing:
            listed = dict(zip((file.name for file in listing), sorted(pages), strict=True))
        files = _written({name: pages[path] for name, path in listed.items()}, source, languages)
    return files, {f"/{name}": f"/{path}" for name, path in listed.items()}


def run_at_own_paths(pages: Mapping[str, bytes], languages: str) -> dict[str, bytes]:
    """The files that Pagefind writes, by path, when pages stand where they stand in the site."""
    with _room_for(pages) as temporary:
        source = Path(temporary) / "site"
        for folder in {(source / path).parent for path in pages}:
            folder.mkdir(parents=True, exist_ok=True)
        return _written(pages, source, languages)


def _room_for(pages: Mapping[str, bytes]) -> TemporaryDirectory[str]:
    """A folder that goes afterwards: in memory where there is room, as thousands of small files keep a disk busy longer
    than they do Pagefind, which itself takes four times the memory."""
    with suppress(OSError):
        if disk_usage(MEMORY).free > 10 * sum(map(len, pages.values())) + 10**7:
            return TemporaryDirectory(prefix="sourcebook-", dir=MEMORY)
    return TemporaryDirectory(prefix="sourcebook-")


def _written(pages: Mapping[str, bytes], source: Path, languages: str) -> dict[str, bytes]:
    for path, body in pages.items():
        (source / path).write_bytes(to_the_letter(body))
    bundle = source.with_name("pagefind")
    said = _run(["--site", str(source), "--output-path", str(bundle), *_options(languages)], source.parent, pages)
    files = {path.relative_to(bundle).as_posix(): path.read_bytes() for path in bundle.rglob("*") if path.is_file()}
    if not files:
        raise SearchFailed(f"Pagefind wrote nothing; it printed:\n{said}")
    return files


def _options(languages: str) -> list[str]:
    # An address that ends in a folder opens nothing from disk, so “index.html” stays.
    return [
        "--keep-index-url",
        "--exclude-selectors",
        CITATION_MARKS,
        *([] if languages == "auto" else ["--force-language", languages]),
    ]


def _run(arguments: list[str], folder: Path, pages: Mapping[str, bytes]) -> str:
    """What Pagefind printed. It runs where no settings file is and without its own variables: only ours count."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(
            [str(get_executable()), *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as failure:
        way_out = "install it again: pip install --force-reinstall pagefind-bin; or build with --no-search"
        raise SearchFailed(f"Pagefind cannot be started: {failure}\n{way_out}") from failure
    if done.returncode:
        raise SearchFailed(_why(done.returncode, done.stdout.strip(), pages))
    return done.stdout.strip()


def _why(status: int, said: str, pages: Mapping[str, bytes]) -> str:
    printed = f"; it printed:\n{said}" if said else ", and printed nothing"
    if status == KILLED or "memory allocation" in said:
        needed = f"{len(pages):,} pages need about {memory_needed(pages) / GIGABYTE:.1f} GB"
        return f"Pagefind was stopped, most likely for want of memory: {needed}{printed}"
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return f"Pagefind failed with {how}{printed}"


# --- the last result -----------------------------------------------------------------------------------------------


def _key(pages: Mapping[str, bytes], languages: str) -> bytes:
    """A digest of all that the result depends on."""
    digest = sha256()
    code = [(Path(__file__).parent / name).read_bytes() for name in OWN_CODE]
    versions = [version_of("pagefind-bin"), version_of("cbor2"), zlib.ZLIB_RUNTIME_VERSION, languages]
    for part in [*code, *(text.encode() for text in versions)]:
        digest.update(b"%d:" % len(part) + part)
    for path in sorted(pages):
        digest.update(b"%d:%d:" % (len(path), len(pages[path])) + path.encode() + pages[path])
    return digest.digest()


def _recall(kept: Keeper, key: bytes) -> Indexed | None:
    """The last result, if it is of the same key; what cannot be read is not there."""
    body = kept.load(KEPT)
    if body is None or not body.startswith(key):
        return None
    files, pages, warning = cbor2.loads(body[len(key) :])
    return Indexed(files, pages, warning, ran=False)


def _keep(kept: Keeper, key: bytes, indexed: Indexed) -> None:
    kept.save(KEPT, key + cbor2.dumps([dict(indexed.files), indexed.pages, indexed.warning]))
