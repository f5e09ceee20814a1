"""Files of many kinds to texts that can be brought in, and the records of libraries. One bad file stops no other."""

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.briefing.bringing import Brought, Refused, read_marked, read_plain
from builder.briefing.matching import records_of, with_record, without_foreign_quotations
from builder.problems import Problem
from builder.reading.csl import NoRecords, Record, read_records
from builder.reading.no_text import SUFFIXES
from builder.reading.seed import decode

LARGEST = 20_000_000
"""Bytes of one file: a saved page with its pictures in it has some; a text of so many is a mistake."""

TEXTS = ("", ".txt", ".text")
MARKED = (".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
RECORDS = (".json",)

PageReader = Callable[[str, bytes], Brought]
"""A saved page's name and bytes to its text. Raises Refused."""


@dataclass(slots=True)
class Read:
    """What was read, what was refused (a line each), and what else is to be said."""

    brought: list[Brought] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def read_files(files: Sequence[Path], read_page: PageReader, progress: Callable[[int, int], None]) -> Read:
    """Reads each file, and puts to each text what a library knows about it."""
    read = Read()
    records: list[tuple[str, Record]] = []
    for done, path in enumerate(files, 1):
        try:
            data = _bytes_of(path)
            if path.suffix.lower() in RECORDS:
                records += ((printable(path.name), record) for record in _records(data))
            else:
                read.brought.append(_text(path, data, read_page))
        except Refused as refusal:
            read.refused.append(f"{printable(str(path))}: {refusal}")
        except OSError as failure:
            read.refused.append(f"{printable(str(path))}: {failure.strerror or failure}")
        progress(done, len(files))
    _put_records(read, records)
    return read


def printable(name: str) -> str:
    """A file's name without what would move a terminal's cursor, or begin a line."""
    return "".join(character if character.isprintable() else "�" for character in name)


def _bytes_of(path: Path) -> bytes:
    """What is in a file; a pipe or a device is never opened. Raises Refused, OSError."""
    try:
        kind = path.stat()
    except FileNotFoundError:
        raise Refused("this link leads nowhere" if path.is_symlink() else "there is no such file") from None
    except RuntimeError:  # what some versions of Python make of a link to itself
        raise Refused("this link leads round in a circle") from None
    if stat.S_ISDIR(kind.st_mode):
        raise Refused("this is a folder; name its files, such as FOLDER/*.txt")
    if not stat.S_ISREG(kind.st_mode):
        raise Refused("this is no file but a pipe, a socket or a device")
    if kind.st_size > LARGEST:
        raise Refused(
            f"it has {kind.st_size:,} bytes, and no article has more than {LARGEST:,}; take the text out of it"
        )
    return path.read_bytes()


def _text(path: Path, data: bytes, read_page: PageReader) -> Brought:
    suffix, name = path.suffix.lower(), printable(path.name)
    if suffix in MARKED:
        return read_marked(name, data)
    if suffix in PAGES:
        return read_page(name, data)
    if suffix in TEXTS or not suffix[1:].isalpha():  # “report.2025” has no suffix
        return read_plain(name, data)
    if suffix in SUFFIXES:
        raise Refused(f"this is {SUFFIXES[suffix]}")
    read_plain(name, data)  # which says what it is, if it is no text at all
    raise Refused(f"{suffix} is none of .txt, .md, .html and .json (CSL-JSON); if it is plain text, name it .txt")


def _records(data: bytes) -> list[Record]:
    text = decode(data, "")
    if isinstance(text, Problem):
        raise Refused(f"{text.message}; {text.hint}")
    try:
        return read_records(text)
    except NoRecords as error:
        raise Refused(f"this is no CSL-JSON: {error}; Zotero exports it as “CSL JSON”") from None


def _put_records(read: Read, records: Sequence[tuple[str, Record]]) -> None:
    matched, alone = records_of(read.brought, [record for _, record in records])
    source = {id(record): name for name, record in records}
    for left in alone:
        name = left.title or left.names[0]
        read.said.append(f"{source[id(left)]}: “{name}” has no text among these files that is its alone; left out")
    for place, (text, record) in enumerate(zip(read.brought, matched, strict=True)):
        known = with_record(text, record, source[id(record)]) if record and not text.complete else text
        read.brought[place] = without_foreign_quotations(known)
