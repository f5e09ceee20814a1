"""Pagefind's own files, the same bytes on every run: version 1.5.2 writes its filters in the order of a hash map.

Each data file is gzip over the magic `pagefind_dcd` and CBOR. Index chunks and fragments are the same on every run and
stay as they are. A filter is `[name, [[value, [page, …]], …]]`; the meta file is `[version, pages, chunks, filters, sorts,
meta fields]`, where `filters` holds `[name, file name]` and `sorts` `[name, [page, …]]`. A file is named by its content.
"""

import gzip
import json
import zlib
from collections.abc import Mapping
from hashlib import sha1
from typing import Any

import cbor2

ENTRY = "pagefind-entry.json"
MAGIC = b"pagefind_dcd"
OUT_OF_ORDER = ("1.5.0", "1.5.1", "1.5.2")
"""The versions that need this; later ones write everything in order themselves."""


class UnknownPagefind(Exception):
    """Pagefind's files are not as those of the versions that are known; the message says what was looked for."""


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters and sorts in alphabetical order, under names that follow from that.

    `files` is what Pagefind wrote, by path. Raises UnknownPagefind where they cannot be read and written again exactly.
    """
    entry = entry_of(files)
    if entry["version"] not in OUT_OF_ORDER:
        return dict(files)
    renamed = dict(files)
    for language in entry["languages"].values():
        language["hash"] = _put_in_order(renamed, language["hash"])
    return renamed | {ENTRY: json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()}


def entry_of(files: Mapping[str, bytes]) -> Any:
    """What `pagefind-entry.json` says: `version`, `include_characters`, and the languages with `hash`, `wasm` and
    `page_count`."""
    try:
        entry = json.loads(files[ENTRY])
        assert all(isinstance(language["hash"], str) for language in entry["languages"].values())
        assert isinstance(entry["version"], str)
    except (KeyError, ValueError, AttributeError, TypeError, AssertionError) as failure:
        raise UnknownPagefind(f"{ENTRY} is not as expected: {type(failure).__name__} {failure}") from failure
    return entry


def _put_in_order(files: dict[str, bytes], name: str) -> str:
    """Rewrites one language's filters and meta file in place; the new name of the latter."""
    language = name.rpartition("_")[0]
    meta = _decoded(files, f"pagefind.{name}.pf_meta")
    try:
        version, pages, chunks, filters, sorts, fields = meta
        filters = sorted([filter_name, _rename_filter(files, language, file)] for filter_name, file in filters)
        sorts = sorted(sorts, key=lambda sort: sort[0])
    except (ValueError, TypeError) as failure:
        raise UnknownPagefind(f"pagefind.{name}.pf_meta is not as expected: {failure}") from failure
    raw = cbor2.dumps([version, pages, chunks, filters, sorts, fields])
    del files[f"pagefind.{name}.pf_meta"]
    new_name = f"{language}_{sha1(raw, usedforsecurity=False).hexdigest()[:10]}"
    files[f"pagefind.{new_name}.pf_meta"] = packed(raw)
    return new_name


def _rename_filter(files: dict[str, bytes], language: str, file: str) -> str:
    name, values = _decoded(files, f"filter/{file}.pf_filter")
    raw = cbor2.dumps([name, sorted([value, sorted(pages)] for value, pages in values)])
    del files[f"filter/{file}.pf_filter"]
    new_file = f"{language}_{sha1(raw, usedforsecurity=False).hexdigest()[:7]}"
    files[f"filter/{new_file}.pf_filter"] = packed(raw)
    return new_file


def _decoded(files: Mapping[str, bytes], path: str) -> Any:
    """What a data file holds; refused where our own encoder would not write its bytes again exactly."""
    try:
        raw = gzip.decompress(files[path]).removeprefix(MAGIC)
        value = cbor2.loads(raw)
    except (KeyError, OSError, EOFError, zlib.error, cbor2.CBORDecodeError) as failure:
        raise UnknownPagefind(f"{path} cannot be read: {type(failure).__name__} {failure}") from failure
    if cbor2.dumps(value) != raw:
        raise UnknownPagefind(f"{path} is CBOR in another form than ours")
    return value


def packed(raw: bytes) -> bytes:
    """A data file of this content, without a time in it."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    return compressor.compress(MAGIC + raw) + compressor.flush()
