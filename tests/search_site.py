"""A small site by hand, marked for the search as templates mark it: two texts on a bridge, one on a ferry, a person."""

from collections.abc import Mapping
from pathlib import Path

from sample import ROOT

from builder.outlets import search

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'"
)
ENGINE = "assets/search/engine.js"
NOT_PLAIN = "50% off #1 Мости & 橋"
"""A folder's name with everything that an address has to spell in another way."""


def page(title: str, marked: str, *, root: str = "../", language: str = "en", around: str = "Sundries") -> bytes:
    """A page as a template writes it; `around` stands outside the marks, `marked` within."""
    return f"""\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title>
<link rel="icon" href="data:,">
<script src="{root}{ENGINE}"></script>
</head>
<body>
<nav>{around}</nav>
<main>
<!--search-->
{marked}
<!--/search-->
<aside>{around}</aside>
</main>
</body>
</html>
""".encode()


def article(title: str, publisher: str, date: str, *paragraphs: str) -> bytes:
    """Line by line, each with its own id, as articles have it."""
    lines = "\n".join(f'<p id="p{2 * n + 1}">{text}</p>' for n, text in enumerate(paragraphs))
    facts = f"""\
<div hidden data-pagefind-ignore>
<span data-pagefind-filter="kind">article</span>
<span data-pagefind-filter="publisher" data-pagefind-meta="publisher">{publisher}</span>
<span data-pagefind-filter="year">{date[:4]}</span>
<time data-pagefind-sort="date[datetime]" data-pagefind-meta="date[datetime]" datetime="{date}"></time>
</div>"""
    return page(title, f"<h1>{title}</h1>\n{facts}\n{lines}")


PAGES: Mapping[str, bytes] = {
    "index.html": page("Crossings", "", root="", around="A bridge and a ferry").replace(b"search-->", b"-->"),
    "articles/bridge-opens.html": article(
        "A bridge opens",
        "The Daily Example",
        "2025-02-22",
        "It was built in four years.",
        "The bridge opened on Friday, and Ada Brook walked over it first.",
        "Nobody had expected the crowd.",
    ),
    "articles/bridge-delayed.html": article(
        "Works are late",
        "The Daily Example",
        "2024-11-03",
        "The bridge needs another winter, its builders say.",
    ),
    "articles/ferry-stops.html": article(
        "The last ferry",
        "Harbour News",
        "2025-02-24",
        "The ferry made its last crossing on Sunday.",
        "Since the bridge opened, it had been empty.",
    ),
    "entities/ada-brook.html": page(
        "Ada Brook",
        '<h1>Ada Brook</h1><div hidden data-pagefind-ignore><span data-pagefind-filter="kind">person</span>'
        '<time data-pagefind-sort="date[datetime]" datetime="2025-02-22"></time></div><p>An engineer.</p>',
    ),
}


def engine() -> dict[str, bytes]:
    """The loader, at its place in a site."""
    return {ENGINE: (ROOT / "layouts" / ENGINE).read_bytes()}


def write(files: Mapping[str, bytes], folder: Path) -> Path:
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return folder


STOCK_PAGE = "articles/stock.html"
"""A page with the interface that comes with Pagefind, as its manual has it, without any policy."""
STOCK = """\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Stock</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../pagefind/pagefind-ui.css">
<script src="../pagefind/pagefind-ui.js"></script>
<div id="stock"></div>
<script>new PagefindUI({ element: "#stock" })</script>
</html>
"""


def with_stock_pagefind(folder: Path) -> Path:
    """The same index as Pagefind itself would have it published, beside ours, and its interface: the control."""
    write({STOCK_PAGE: STOCK.encode()}, folder)
    read = {path: search.what_pagefind_reads(body) for path, body in PAGES.items()}
    stock = search.run_at_own_paths({path: body for path, body in read.items() if body}, "auto")
    write({f"pagefind/{path}": body for path, body in stock.items()}, folder)
    return folder
