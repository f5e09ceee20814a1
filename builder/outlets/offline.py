"""Pagefind's code and data as classic scripts: the one form that runs by double click as well as from a host.

A browser lets a page on disk read nothing (`fetch`, `import` and workers are refused) but the scripts it names. So each
file of Pagefind becomes a script that leaves its content on its own element, where `assets/search/engine.js` takes it.
All are named by their content except `entry.js`, which names the others.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from builder.outlets.pagefind_bytes import ENTRY, MAGIC, UnknownPagefind, entry_of

FOLDER = "search/"
CONTENT = "document.currentScript.data = "
"""How a script leaves on its element what it holds."""
DATA = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")
WORKER_FROM = 2_000
"""Pages from which a search runs in a worker. Below, one holds the page up for a tenth of a second at the most."""

ADDRESS = "import.meta.url"
EXPORTS = re.compile(r"export\s*\{([\w$,\s]*)\};?\s*$")
UNFIT_FOR_A_SCRIPT = re.compile(r"</script|<!--|\bimport\s*[({.\"']|\bexport\s*[{*]", re.IGNORECASE)


def scripts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file that a search loads, by its path in the site. `files` is what Pagefind wrote, by path.

    Raises UnknownPagefind where its code is not of the form that is known.
    """
    entry = entry_of(files)
    languages = entry["languages"].values()
    engine_name, engine = _named("pagefind", _engine(files, entry))
    worker_name, worker = _named("worker", json.dumps(_worker(files)))
    large = sum(language["page_count"] for language in languages) >= WORKER_FROM
    start = {
        "code": engine_name,
        "worker": worker_name if large else "",
        "metas": sorted(f"pagefind.{language['hash']}.pf_meta" for language in languages),
        "files": {ENTRY: _base64(files[ENTRY])},
    }
    named = {"entry.js": _script(json.dumps(start)), engine_name: engine} | ({worker_name: worker} if large else {})
    data = {f"{path}.js": _script(_content(body)) for path, body in files.items() if path.endswith(DATA)}
    return {FOLDER + path: body for path, body in sorted((named | data).items())}


def _content(body: bytes) -> str:
    """A packed file in base64; an open one as the JSON that it is, which a host packs and a repository compares."""
    if body.startswith(MAGIC):
        return body.removeprefix(MAGIC).decode().replace("<", "\\u003c")
    return f'"{_base64(body)}"'


def _named(what: str, value: str) -> tuple[str, bytes]:
    body = _script(value)
    return f"{what}.{sha256(body).hexdigest()[:10]}.js", body


def _script(value: str) -> bytes:
    return f"{CONTENT}{value}\n".encode()


def _engine(files: Mapping[str, bytes], entry: Mapping[str, Any]) -> str:
    """Pagefind itself, `engine`, and the WebAssembly of the site's languages; one without a stemmer has `unknown`."""
    paths = sorted({f"wasm.{language.get('wasm') or 'unknown'}.pagefind" for language in entry["languages"].values()})
    wasm = {path: _base64(_file(files, path)) for path in paths}
    notice = f"/* Pagefind {entry['version']}, https://pagefind.app, MIT License */"
    return f"{{engine: {_as_function(files)},\nfiles: {json.dumps(wasm)}}} {notice}"


def _worker(files: Mapping[str, bytes]) -> str:
    return _fit(_text(files, "pagefind-worker.js"), "pagefind-worker.js", "fetch(")


def _as_function(files: Mapping[str, bytes]) -> str:
    """Pagefind's module as a function of `fetch` and `Worker` that returns what the module exports.

    The two are its parameters, so that nothing of the page has to be changed for it to get its files from scripts.
    """
    module = _text(files, "pagefind.js")
    exports = EXPORTS.search(module)
    if not exports or ADDRESS not in module:
        raise UnknownPagefind("pagefind.js is not a module of the known form")
    body = module[: exports.start()].replace(ADDRESS, '"/pagefind/pagefind.js"')
    body = _fit(body, "pagefind.js", "fetch(", "new Worker(", "createInstance=")
    return f'(fetch, Worker) => {{"use strict";\n{body}\nreturn {{{exports[1]}}} }}'


def _fit(code: str, path: str, *must_have: str) -> str:
    """The code, if it does what it is known to do and stays whole inside a classic script, in a file or in a page."""
    for words in must_have:
        if words not in code:
            raise UnknownPagefind(f"{path} has no “{words}”")
    if unfit := UNFIT_FOR_A_SCRIPT.search(code):
        raise UnknownPagefind(f"{path} has “{unfit[0]}”, which cannot stand in a classic script")
    return code


def _text(files: Mapping[str, bytes], path: str) -> str:
    return _file(files, path).decode("utf-8")


def _file(files: Mapping[str, bytes], path: str) -> bytes:
    if path not in files:
        raise UnknownPagefind(f"there is no {path}")
    return files[path]


def _base64(body: bytes) -> str:
    return b64encode(body).decode("ascii")
