"""The server: a port of this machine, threads that look and build, and a loop that answers."""

import asyncio
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EADDRINUSE
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp

from builder.outlets import report
from builder.outlets.live.answers import LOOPBACK, app_for
from builder.outlets.live.building import Builder
from builder.outlets.live.indexing import Indexing
from builder.outlets.live.live import Live
from builder.outlets.live.shown import Shown
from builder.outlets.live.watching import Bell, Watch
from builder.outlets.live.wrong import Wrong
from builder.outlets.memory import memory_of

PORTS_TRIED = 100
WAITING_CONNECTIONS = 128
SECONDS_TO_FINISH = 1
KEPT_SOCKET = "SOURCEBOOK_SERVES_ON"
"""Set where the command starts itself anew, because the builder's own code changed: the socket that it listens on."""

PACKAGE = Path(__file__).resolve().parents[2]
LOADS = "import builder.cli, builder.build, builder.outlets.live.server"
PUBLIC = "everybody who reaches this machine can now read the site, and what is not published yet"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. `port` 0: any that is free. `base` begins and ends with a slash."""

    host: str = "127.0.0.1"
    port: int = 8000
    base: str = "/"
    drafts: bool = False
    search: bool = True
    open: bool = False


def serve(root: Path, options: Options, *, say: Callable[[str], None], announce: Callable[[str], None]) -> None:
    """Serves a site until the process is told to end. Raises OSError where it cannot listen.

    Nothing is written but what is kept in `.sourcebook/`. `say` prints a text; `announce` as in search.index.
    """
    listening, begun_anew = kept_socket(), True
    if listening is None:
        listening, begun_anew = listen(options.host, options.port), False
    live, bell, renewed = Live(Shown(base=options.base, search=options.search)), Bell(), Event()
    kept = root / ".sourcebook" / ("search-drafts" if options.drafts else "search")
    indexing = Indexing(live, bell, kept, say=say, announce=announce) if options.search else None

    def greet() -> None:
        for line in greeting(options, listening.getsockname()[1], live.shown):
            if not begun_anew:
                say(line)
        if options.open and not begun_anew:
            webbrowser.open(address(options, listening.getsockname()[1]))

    def renew() -> None:
        if mistake := mistake_in_code():
            say(mistake)
            live.show(wrong=Wrong(trouble=mistake))
        else:
            renewed.set()
            live.end()

    builder = Builder(
        root, live, bell, drafts=options.drafts, say=say, on_first=greet, indexing=indexing, memory=memory_of(root)
    )
    watch = watch_over(root.resolve(), bell, renew, say)
    hosts, any_address = names_of(options.host)
    works = [builder.keep_building, *([indexing.keep_indexing] if indexing else [])]
    try:
        watch.begin()
        for work in works:
            Thread(target=work, daemon=True).start()
        answer(live, app_for(live, hosts, any_address=any_address), listening)
    finally:
        bell.end()
        watch.end()
    if renewed.is_set():
        start_anew(listening)


def base_path(written: str) -> str:
    """A path below which a site is served, between slashes. Raises ValueError for what is none."""
    parts = written.strip("/").split("/") if written.strip("/") else []
    if not all(re.fullmatch(r"[\w.~-]+", part, re.ASCII) and part.strip(".") for part in parts):
        raise ValueError("it is a path such as /repo/, of letters, digits, “-”, “.”, “_” and “~”")
    return "".join(["/", *(f"{part}/" for part in parts)])


def watch_over(root: Path, bell: Bell, renew: Callable[[], None], say: Callable[[str], None]) -> Watch:
    """In a checkout the builder and its templates are watched as well."""
    templates = PACKAGE.parent / "layouts"
    if os.name == "posix" and templates.is_dir():
        return Watch(root, bell, say=say, builder=PACKAGE, templates=templates, on_builder=renew)
    return Watch(root, bell, say=say)


def greeting(options: Options, port: int, shown: Shown) -> Iterator[str]:
    if options.port not in (0, port):
        yield f"port {options.port} is taken, so this is port {port}"
    if not is_loopback(options.host):
        yield PUBLIC
    pages = sum(path.endswith(".html") for path in shown.files)
    shows = f"{pages} pages from {report.counts(shown.built.briefing)}" if shown.built else "what is wrong"
    yield f"{address(options, port)} shows {shows}"
    yield "Select words in an article and press c: their YAML is on the clipboard. Ctrl-C ends this."


def address(options: Options, port: int) -> str:
    """What to open; a server for all addresses of the machine is opened at one of them."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{options.base}"


# --- listening -----------------------------------------------------------------------------------------------------


def listen(host: str, port: int) -> socket.socket:
    """A socket on this port, or on the next one that is free."""
    family, *_, place = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
    for candidate in range(port, min(port + PORTS_TRIED, 2**16) if port else 1):
        listening = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # a port that was in use a moment ago; elsewhere this takes one that is in use
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((place[0], candidate, *place[2:]))
            listening.listen(WAITING_CONNECTIONS)
        except OSError as failure:
            listening.close()
            if failure.errno != EADDRINUSE:
                raise OSError(failure.errno, failure.strerror, f"{host}, port {candidate}") from None
        else:
            return listening
    raise OSError(EADDRINUSE, f"none of the {PORTS_TRIED} ports from {port} on is free; choose another with --port")


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def names_of(host: str) -> tuple[frozenset[str], bool]:
    """Under which names a request may come, and whether under any address in figures: these cannot be rebound."""
    if is_loopback(host):
        return LOOPBACK | {f"[{host}]" if ":" in host else host.lower()}, False
    return LOOPBACK | {host.lower(), socket.gethostname().lower()}, True


# --- answering -----------------------------------------------------------------------------------------------------


class Quiet(uvicorn.Server):
    """Ends when there is nothing to show any more; signals are for whoever has the process."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self.live = live

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def on_tick(self, counter: int) -> bool:
        return self.live.ended or await super().on_tick(counter)


def answer(live: Live, app: ASGIApp, listening: socket.socket) -> None:
    """Answers on a socket until `live` has ended; it ends with Ctrl-C, and then a second one kills."""
    # What is no HTTP is refused; an author has no use for a line about it.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        live.end()

    async def answering() -> None:
        live.begin()
        await Quiet(config, live).serve(sockets=[listening.dup()])

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    asyncio.run(answering())


# --- starting anew -------------------------------------------------------------------------------------------------


def mistake_in_code() -> str:
    """Why the builder's code as it is now cannot be started; empty where it can."""
    done = subprocess.run(
        [sys.executable, "-c", LOADS], cwd=PACKAGE.parent, capture_output=True, encoding="utf-8", check=False
    )
    return done.stderr.strip() if done.returncode else ""


def start_anew(listening: socket.socket) -> None:
    """Becomes the same command with the new code. The socket stays open, so that no browser is turned away."""
    listening.set_inheritable(True)
    os.environ[KEPT_SOCKET] = str(listening.fileno())
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def kept_socket() -> socket.socket | None:
    """The socket that the process had before it started itself anew."""
    number = os.environ.pop(KEPT_SOCKET, "")
    return socket.socket(fileno=int(number)) if number.isdecimal() else None
