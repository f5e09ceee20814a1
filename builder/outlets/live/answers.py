"""Requests and their answers. Everything comes out of one mapping, so there is no file that a path could reach."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from html import escape
from ipaddress import ip_address
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.briefing.selecting import Picked, quotation_of
from builder.outlets.live.live import Live
from builder.outlets.live.shown import Seen, Shown
from builder.outlets.live.wrong import Wrong
from builder.problems import Problem
from builder.site.render import TemplateFailed

OWN = "_live/"
"""Where the server's own scripts are, below its base: no page of a site begins with an underscore."""

BROWSER = Path(__file__).with_name("browser")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
PING_SECONDS = 15.0
RETRY_MILLISECONDS = 300
LARGEST_SELECTION = 1_000_000

HEADERS = {
    b"cache-control": b"no-store",
    b"x-content-type-options": b"nosniff",
    # No page of another origin may load what is not published yet: not as a script, nor as a picture.
    b"cross-origin-resource-policy": b"same-origin",
}

KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "ics": "text/calendar",
    "bib": "text/x-bibtex",
    "md": "text/markdown",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "avif": "image/avif",
    "woff2": "font/woff2",
}
"""By ending; what is not here is asked of the machine, whose list may be short or odd."""

NO_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; \
img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} – Sourcebook</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}{own}alone.css">
</head>
<body>
<main>
<h1>{title}</h1>
{text}
</main>
</body>
</html>
"""

NEVER_GOOD = "This site has never been built without an error. When the problems are mended, it shows itself."


def app_for(live: Live, hosts: frozenset[str], *, any_address: bool = False) -> ASGIApp:
    """The server's answers at the base of what is shown.

    `hosts`: names that a request may be sent to; with `any_address` also every address in figures. A page of another
    site that made its own name point to this machine (DNS rebinding) asks under that name, and is refused.
    """
    base = live.shown.base
    own = {file.name: file.read_bytes() for file in sorted(BROWSER.iterdir())}

    async def page(request: Request) -> Response:
        return await answer_page(live, request.scope["path"])

    async def own_file(request: Request) -> Response:
        name = request.path_params["name"]
        return Response(own[name], headers=kind_of(name)) if name in own else PlainTextResponse("Not found", 404)

    async def events(request: Request) -> Response:
        asked = request.query_params
        had = Seen(asked.get("shows", ""), asked.get("styles", ""), asked.get("problems", ""), asked.get("frame", ""))
        stream = changes_for(live, asked.get("page", ""), had)
        return StreamingResponse(stream, media_type="text/event-stream")

    async def quotation(request: Request) -> Response:
        return await answer_selection(live.shown, request)

    routes = [
        Route(f"{base}{OWN}events", events, methods=["GET"]),
        Route(f"{base}{OWN}quotation", quotation, methods=["POST"]),
        Route(f"{base}{OWN}{{name}}", own_file, methods=["GET"]),
        Route("/{path:path}", page, methods=["GET"]),
    ]
    return only_for(hosts, Starlette(routes=routes), any_address=any_address)


def only_for(hosts: frozenset[str], app: ASGIApp, *, any_address: bool) -> ASGIApp:
    """Refuses requests under a foreign name, and puts the headers on every answer that all of them have."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS.items()]
            await send(message)

        if scope["type"] != "http":
            return
        named = [value for name, value in scope["headers"] if name == b"host"]
        name = host_name(named[0].decode("latin-1")) if len(named) == 1 else ""
        if name in hosts or (any_address and is_address(name)):
            await app(scope, receive, with_headers)
        else:
            text = "This server answers only to its own name; see --host."
            await PlainTextResponse(text, 421)(scope, receive, with_headers)

    return guarded


def host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def is_address(name: str) -> bool:
    with suppress(ValueError):
        return bool(ip_address(name.removeprefix("[").removesuffix("]")))
    return False


# --- pages ---------------------------------------------------------------------------------------------------------


async def answer_page(live: Live, asked: str) -> Response:
    """The file at a path, as a host of static files has it: a folder is its index.html."""
    await live.newer_than(0, float("inf"))
    shown, base = live.shown, live.shown.base
    if not asked.startswith(base):
        at_home = asked in ("/", base.rstrip("/"))
        return RedirectResponse(base) if at_home else PlainTextResponse(f"The site is at {base}", 404)
    path = asked.removeprefix(base)
    path += "index.html" if not path or path.endswith("/") else ""
    if shown.built is None:
        text = f"<p>{NEVER_GOOD}</p>\n<noscript><pre>{escape(shown.wrong.text)}</pre></noscript>"
        return html_page(shown, path, no_page(base, "There is no page yet", text), 503)
    try:
        body = await run_in_threadpool(shown.file, path)
    except TemplateFailed as failure:
        text = f"<pre>{escape(Wrong((failure.problem,)).text)}</pre>"
        return await run_in_threadpool(html_page, shown, path, no_page(base, "This page cannot be made", text), 500)
    if body is None and f"{path}/index.html" in shown.files:
        return RedirectResponse(quote(base + path) + "/")
    if body is None:
        missing = await run_in_threadpool(lambda: shown.not_found)
        return await run_in_threadpool(html_page, shown, path, missing, 404)
    if path.endswith(".html"):
        return await run_in_threadpool(html_page, shown, path, body)
    return Response(body, headers=kind_of(path))


def no_page(base: str, title: str, text: str) -> bytes:
    """What stands where a page should: `text` is HTML."""
    return NO_PAGE.format(title=title, text=text, base=base, own=OWN).encode()


def html_page(shown: Shown, path: str, body: bytes, status: int = 200) -> Response:
    """A page with the script that keeps it up to date; a file that is written has none of it."""
    seen = shown.seen_at(path)
    said = {"base": shown.base, "page": path, "shows": seen.page, "styles": seen.styles, "frame": seen.frame}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items())
    script = f'<script type="module" src="{shown.base}{OWN}live.js" id="sourcebook-live"{data}></script>\n'.encode()
    head, end, rest = body.partition(b"</head>")
    whole = head + script + end + rest if end else body + script
    return Response(whole, status, headers=kind_of(".html"))


def kind_of(path: str) -> Mapping[str, str]:
    """Its content type, as a header."""
    kind = KINDS.get(path.rpartition(".")[2].lower()) or guess_type(path)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("application/json", "application/xml", "image/svg+xml")
    return {"content-type": f"{kind}; charset=utf-8" if text else kind}


# --- what changed --------------------------------------------------------------------------------------------------


async def changes_for(live: Live, page: str, seen: Seen) -> AsyncIterator[str]:
    """Server-sent events for a browser that shows a page: what it shows no longer is what there is."""
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    while not live.ended:
        shown = live.shown
        now = await run_in_threadpool(shown.seen_at, page) if shown.number else seen
        if now != seen:
            told = {"page": now.page, "styles": now.styles, "problems": now.problems, "html": shown.problems_html}
            if now.page != seen.page and now.frame and now.frame == seen.frame:
                told["whole"] = (shown.file(page) or b"").decode("utf-8", "replace")
            yield f"id: {shown.number}\ndata: {json.dumps(told)}\n\n"
            seen = now
        if not await live.newer_than(shown.number, PING_SECONDS):
            yield ": still here\n\n"


# --- a selection ---------------------------------------------------------------------------------------------------


async def answer_selection(shown: Shown, request: Request) -> Response:
    """The YAML for words that a reader selected in an article, or why there is none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_SELECTION:
            return PlainTextResponse("too much is selected", 413)
    try:
        asked = json.loads(body)
        slug = str(asked["article"])
        picked = [Picked(int(part["line"]), int(part["start"]), str(part["text"])) for part in asked["parts"]]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return PlainTextResponse("this is no selection", 400)
    articles = shown.built.briefing.articles if shown.built else ()
    article = next((article for article in articles if article.slug == slug), None)
    if article is None:
        return PlainTextResponse("there is no such article", 404)
    found = await run_in_threadpool(quotation_of, picked, article)
    if isinstance(found, Problem):
        return Response(json.dumps({"problem": found.message, "hint": found.hint}), headers=kind_of(".json"))
    copied = {"yaml": found.yaml, "citation": found.citation, "line": found.line, "path": article.path}
    return Response(json.dumps(copied), headers=kind_of(".json"))
