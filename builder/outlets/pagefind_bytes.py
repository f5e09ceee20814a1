"""Pagefind's own files, made the same bytes on every run, on every machine.

A data file is gzip over the magic `pagefind_dcd` and CBOR; a fragment, a page's text and facts, has JSON instead. A
filter is `[name, [[value, [page, …]], …]]`; the meta file is `[version, pages, chunks, filters, sorts, meta fields]`,
with `[fragment, words]` a page, `[name, file]` a filter, `[name, [page, …]]` a sort. Files are named by their content.

With 1.5.2, filters and sorts come in the order of a hash map, and pages are numbered as a folder happens to list them.
The index chunks follow from the numbers of the pages and are otherwise the same on every run: they stay as they are.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha1
from typing import Any

import cbor2

ENTRY = "pagefind-entry.json"
MAGIC = b"pagefind_dcd"


class UnknownPagefind(Exception):
    """What Pagefind wrote is not as in the versions that are known; the message says where."""


def canonical(files: Mapping[str, bytes], addresses: Mapping[str, str]) -> dict[str, bytes]:
    """The same index with pages under their own addresses, filters and sorts in order, and names that follow from it.

    `files` is what Pagefind wrote, by path. `addresses`: the pages' own by those that Pagefind knows, in the order of
    the pages' numbers. Fragments are left open, as the engine reads them too: packed, no two editions have a line in
    common. Raises UnknownPagefind where a file cannot be read and written again exactly, or the order is another.
    """
    entry = entry_of(files)
    ordered = dict(files)
    for language in entry["languages"].values():
        language["hash"] = _put_in_order(ordered, language["hash"], addresses)
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


def _put_in_order(files: dict[str, bytes], name: str, addresses: Mapping[str, str]) -> str:
    """Writes one language's fragments, filters and meta file anew; the meta file's new name."""
    language = name.rpartition("_")[0]
    path = f"pagefind.{name}.pf_meta"
    try:
        version, pages, chunks, filters, sorts, fields = _decoded(files.pop(path), path)
        found = [_fragment(files.pop(f"fragment/{fragment}.pf_fragment"), fragment) for fragment, _ in pages]
        _check_order([page["url"] for page in found], addresses)
        fragments = [_own_fragment(files, language, page, addresses[page["url"]]) for page in found]
        pages = [[fragment, words] for fragment, (_, words) in zip(fragments, pages, strict=True)]
        filters = sorted([each, _filter_in_order(files, language, file)] for each, file in filters)
        sorts = sorted(([each, in_order] for each, in_order in sorts), key=lambda sort: sort[0])
    except (KeyError, ValueError, TypeError) as failure:
        raise UnknownPagefind(f"{path} is not as expected: {failure!r}") from failure
    raw = cbor2.dumps([version, pages, chunks, filters, sorts, fields])
    new_name = f"{language}_{_named_by(raw)}"
    files[f"pagefind.{new_name}.pf_meta"] = _packed(raw)
    return new_name


def _fragment(body: bytes, name: str) -> Any:
    return json.loads(_unpacked(body, f"fragment/{name}.pf_fragment"))


def _check_order(found: Iterable[str], addresses: Mapping[str, str]) -> None:
    numbers = {address: number for number, address in enumerate(addresses)}
    in_order = [numbers[address] for address in found]
    if in_order != sorted(in_order):
        raise UnknownPagefind("pages are not numbered in the order of their folder")


def _own_fragment(files: dict[str, bytes], language: str, page: Mapping[str, Any], address: str) -> str:
    """Writes a page's fragment; its name. An anchor's text is the page's over again; only a heading's is ever used."""
    anchors = [each if each["element"].startswith("h") else each | {"text": ""} for each in page["anchors"]]
    own = {**page, "url": address, "anchors": anchors}
    raw = json.dumps(own, ensure_ascii=False, separators=(",", ":")).encode()
    name = f"{language}_{_named_by(raw)}"
    files[f"fragment/{name}.pf_fragment"] = MAGIC + raw
    return name


def _filter_in_order(files: dict[str, bytes], language: str, file: str) -> str:
    path = f"filter/{file}.pf_filter"
    name, values = _decoded(files.pop(path), path)
    raw = cbor2.dumps([name, sorted([value, sorted(pages)] for value, pages in values)])
    new_file = f"{language}_{_named_by(raw)}"
    files[f"filter/{new_file}.pf_filter"] = _packed(raw)
    return new_file


def _decoded(body: bytes, path: str) -> Any:
    """What a data file holds; refused where our encoder would not write the very same bytes."""
    raw = _unpacked(body, path)
    try:
        value = cbor2.loads(raw)
    except cbor2.CBORDecodeError as failure:
        raise UnknownPagefind(f"{path} cannot be read: {failure!r}") from failure
    if cbor2.dumps(value) != raw:
        raise UnknownPagefind(f"{path} is CBOR in another form than ours")
    return value


def _unpacked(body: bytes, path: str) -> bytes:
    try:
        return gzip.decompress(body).removeprefix(MAGIC)
    except (OSError, EOFError, zlib.error) as failure:
        raise UnknownPagefind(f"{path} cannot be read: {failure!r}") from failure


def _named_by(raw: bytes) -> str:
    return sha1(raw, usedforsecurity=False).hexdigest()[:10]


def _packed(raw: bytes) -> bytes:
    """A data file of this content, without a time in it."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    return compressor.compress(MAGIC + raw) + compressor.flush()
