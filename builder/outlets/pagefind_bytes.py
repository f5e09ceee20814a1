"""Pagefind's own files, made the same bytes on every run: version 1.5.2 writes its filters in the order of a hash map.

A data file is gzip over the magic `pagefind_dcd` and CBOR. Index chunks and fragments are the same on every run and
stay as they are. A filter is `[name, [[value, [page, …]], …]]`; the meta file is `[version, pages, chunks, filters,
sorts, meta fields]`, with `[name, file]` a filter and `[name, [page, …]]` a sort. Files are named by their content.
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
OUT_OF_ORDER = "1.5.2"
"""The one version that needs this: those after it write everything in order themselves."""


class UnknownPagefind(Exception):
    """What Pagefind wrote is not as in the versions that are known; the message says where."""


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index with filters and sorts in order, and names that follow from it.

    `files` is what Pagefind wrote, by path. Raises UnknownPagefind where it cannot be read and written again exactly.
    """
    entry = entry_of(files)
    if entry["version"] != OUT_OF_ORDER:
        return dict(files)
    ordered = dict(files)
    for language in entry["languages"].values():
        language["hash"] = _put_in_order(ordered, language["hash"])
    ordered[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return ordered


def entry_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What `pagefind-entry.json` says: `version`, `include_characters`, and `languages`, each with `hash`, `wasm` and
    `page_count`."""
    try:
        entry: dict[str, Any] = json.loads(files[ENTRY])
        known = {"version": entry["version"], "hashes": [each["hash"] for each in entry["languages"].values()]}
    except (KeyError, ValueError, AttributeError, TypeError) as failure:
        raise UnknownPagefind(f"{ENTRY} is not as expected: {failure!r}") from failure
    if not known["hashes"]:
        raise UnknownPagefind(f"{ENTRY} names no language")
    return entry


def _put_in_order(files: dict[str, bytes], name: str) -> str:
    """Writes one language's filters and meta file anew; the meta file's new name."""
    language = name.rpartition("_")[0]
    path = f"pagefind.{name}.pf_meta"
    try:
        version, pages, chunks, filters, sorts, fields = _decoded(files.pop(path), path)
        filters = sorted([each, _filter_in_order(files, language, file)] for each, file in filters)
        sorts = sorted(([each, in_order] for each, in_order in sorts), key=lambda sort: sort[0])
    except (KeyError, ValueError, TypeError) as failure:
        raise UnknownPagefind(f"{path} is not as expected: {failure!r}") from failure
    raw = cbor2.dumps([version, pages, chunks, filters, sorts, fields])
    new_name = f"{language}_{_named_by(raw)[:10]}"
    files[f"pagefind.{new_name}.pf_meta"] = _packed(raw)
    return new_name


def _filter_in_order(files: dict[str, bytes], language: str, file: str) -> str:
    path = f"filter/{file}.pf_filter"
    name, values = _decoded(files.pop(path), path)
    raw = cbor2.dumps([name, sorted([value, sorted(pages)] for value, pages in values)])
    new_file = f"{language}_{_named_by(raw)[:7]}"
    files[f"filter/{new_file}.pf_filter"] = _packed(raw)
    return new_file


def _decoded(body: bytes, path: str) -> Any:
    """What a data file holds; refused where our encoder would not write the very same bytes."""
    try:
        raw = gzip.decompress(body).removeprefix(MAGIC)
        value = cbor2.loads(raw)
    except (OSError, EOFError, zlib.error, cbor2.CBORDecodeError) as failure:
        raise UnknownPagefind(f"{path} cannot be read: {failure!r}") from failure
    if cbor2.dumps(value) != raw:
        raise UnknownPagefind(f"{path} is CBOR in another form than ours")
    return value


def _named_by(raw: bytes) -> str:
    return sha1(raw, usedforsecurity=False).hexdigest()


def _packed(raw: bytes) -> bytes:
    """A data file of this content, without a time in it."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    return compressor.compress(MAGIC + raw) + compressor.flush()
