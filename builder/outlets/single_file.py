"""A whole site in one HTML file: its pages, style sheets, pictures, scripts and search, packed, and what shows them.

The first script of the file, `single-file/router.js`, unpacks what a reader asks for. Everything else is in elements
`<template class="pack">`, which no browser shows or runs: zlib in base64, so that no word of a source can end one. The
first pack lists the paths in each of the others: several, where it is JSON of path → value, or the one of a file that
is kept as it is. A value is a page's or style sheet's text, data of the search, or `{script: code}`.

The policy names the scripts and style sheets by their digests, so nothing else runs.
"""

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from builder.outlets.folder import SIGN
from builder.outlets.offline import CONTENT, FOLDER, UNFIT_FOR_A_SCRIPT
from builder.site.page_bundle import CONTENTS_HERE, FILE, MISSING, POLICY_HERE, ROUTER, SHELL, STYLE
from builder.site.urls import NOT_FOUND

ASSETS, COPIED = "assets/", "files/"
ENGINE = re.compile(rf"{FOLDER}pagefind\.[0-9a-f]+\.js")
PACK = 2**17
"""Characters of JSON in a pack, about: more packs no tighter, and takes longer to open."""
PICTURES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp", "avif": "avif", "svg": "svg+xml"}
NAMES_A_FILE = re.compile(rb"<(?:a|area|img|input)\b[^>]*?\s(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
URL_IN_STYLE = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")
PAGE_SCRIPT = "document.currentScript.data = (location, history, addEventListener) => {{\n{code}\n}}\n"
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; connect-src 'none'; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)


Pack = tuple[str | list[str], str]
"""The path or paths in it, and what is in them, packed."""


@dataclass(frozen=True, slots=True)
class SingleFile:
    """The file, and of how many of its bytes pages, search, other files, and the code that shows them are."""

    body: bytes
    pages: int
    search: int
    files: int
    code: int


class Unfit(Exception):
    """A script that cannot stand in a page; the message names it."""


def single_file(files: Mapping[str, bytes], index: Mapping[str, bytes], wrappings: Mapping[str, bytes]) -> SingleFile:
    """The site as one file. `files` and `wrappings` as in Built, `index` as in Indexed, all by path.

    Of the files that are no pages it has those that a page shows or leads to. Raises Unfit.
    """
    pages = {path: body for path, body in files.items() if _is_page(path)}
    pages |= {path: wrappings[path] for path in (MISSING, FILE)}
    styles = {path: _style(path, files) for path in files if path.startswith(ASSETS) and path.endswith(".css")}
    scripts = {path: _script(body) for path, body in files.items() if _is_script(path)}
    code = {path: body.decode() for path, body in index.items() if ENGINE.fullmatch(path)}
    data = {path: body.decode().removeprefix(CONTENT).strip() for path, body in index.items() if path not in code}
    groups: dict[str, list[Pack]] = {
        "pages": _packs((path, _json(body.decode())) for path, body in sorted(pages.items())),
        "search": _packs([*_as_code(code), *sorted(data.items())]),
        "code": _packs([*((path, _json(text)) for path, text in sorted(styles.items())), *_as_code(scripts)]),
        "files": [(path, _packed(files[path])) for path in sorted(_shown(pages, files))],
    }
    contents = _contents([pack for group in groups.values() for pack in group])
    router, first_style = wrappings[ROUTER].decode(), wrappings[STYLE].decode()
    if UNFIT_FOR_A_SCRIPT.search(router):
        raise Unfit(f"layouts/{ROUTER} holds what ends a script in a page, or a module's import or export")
    if "</style" in first_style.lower():
        raise Unfit(f"layouts/{STYLE} holds “</style”, which ends it")
    policy = _policy([router, *scripts.values(), *code.values()], [first_style, *styles.values()], wasm=bool(index))
    head = f'{SIGN.decode()}\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    shell = wrappings[SHELL].decode()
    body = shell.replace(POLICY_HERE, f"{head}<style>{first_style}</style>", 1)
    body = f"<script>{router}</script>\n{contents}".join(body.rsplit(CONTENTS_HERE, 1))
    sizes = {name: sum(len(packed) for _, packed in group) for name, group in groups.items()}
    whole = body.encode()
    rest = len(whole) - sizes["pages"] - sizes["search"] - sizes["files"]
    return SingleFile(whole, sizes["pages"], sizes["search"], sizes["files"], rest)


# --- packing ---------------------------------------------------------------------------------------------------------


def _packs(values: Iterable[tuple[str, str]]) -> list[Pack]:
    """Paths with their JSON, gathered into packs."""
    packs: list[Pack] = []
    gathered: list[tuple[str, str]] = []
    for path, value in values:
        gathered.append((path, value))
        if sum(len(one) for _, one in gathered) >= PACK:
            packs.append(_gathered(gathered))
            gathered = []
    return [*packs, _gathered(gathered)] if gathered else packs


def _gathered(values: list[tuple[str, str]]) -> Pack:
    text = ",".join(f"{_json(path)}:{value}" for path, value in values)
    return [path for path, _ in values], _packed(f"{{{text}}}".encode())


def _packed(body: bytes) -> str:
    # With zlib's own frame: it has a checksum, and unlike gzip's no name of the machine's system.
    return b64encode(zlib.compress(body, 9)).decode("ascii")


def _contents(packs: list[Pack]) -> str:
    paths = _packed(_json([held for held, _ in packs]).encode())
    bodies = (paths, *(body for _, body in packs))
    return "\n".join(f'<template class="pack">{body}</template>' for body in bodies)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _as_code(scripts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, _json({"script": code})) for path, code in sorted(scripts.items()))


def _is_page(path: str) -> bool:
    return path.endswith(".html") and path != NOT_FOUND and not path.startswith(COPIED)


# --- scripts and style sheets ----------------------------------------------------------------------------------------


def _is_script(path: str) -> bool:
    return path.startswith(ASSETS) and path.endswith(".js")


def _script(body: bytes) -> str:
    """A script of pages as a function, so that it can run anew on each page that names it."""
    return PAGE_SCRIPT.format(code=body.decode("utf-8-sig"))


def _style(path: str, files: Mapping[str, bytes]) -> str:
    """A style sheet with its pictures in it."""

    def embedded(found: re.Match[str]) -> str:
        target = _target(found[2], path)
        kind = PICTURES.get(target.rpartition(".")[2].lower())
        if target not in files or not kind:
            return found[0]
        return f'url("data:image/{kind};base64,{b64encode(files[target]).decode()}")'

    return URL_IN_STYLE.sub(embedded, files[path].decode("utf-8-sig"))


def _policy(scripts: Iterable[str], styles: Iterable[str], *, wasm: bool) -> str:
    allowed = ["'wasm-unsafe-eval'"] if wasm else []
    return POLICY.format(scripts=" ".join([*allowed, *_digests(scripts)]), styles=" ".join(_digests(styles)))


def _digests(texts: Iterable[str]) -> list[str]:
    return sorted({f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts})


# --- files -----------------------------------------------------------------------------------------------------------


def _shown(pages: Mapping[str, bytes], files: Mapping[str, bytes]) -> set[str]:
    """The files that a page shows or leads to."""
    named = {
        _target(unescape((one or other or third).decode("utf-8", "replace")), page)
        for page, body in pages.items()
        for one, other, third in NAMES_A_FILE.findall(body)
    }
    return {path for path in named & files.keys() if not _is_page(path) and path != NOT_FOUND}


def _target(link: str, page: str) -> str:
    """The path that a relative link on a page, or in a style sheet, leads to."""
    path = unquote(re.split("[?#]", link, maxsplit=1)[0])
    return normpath(join(dirname(page), path)) if path else page
