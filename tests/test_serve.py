"""`sourcebook serve`, the real command: what it answers, what it refuses, what it prints, and how it ends."""

import json
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sample import ROOT, run
from serving import PATIENCE, Server, serving
from tiny import FILES, tiny

from builder.outlets.live.server import base_path, names_of

SECRET = "the neighbour's letters"


def tiny_site(folder: Path, changed: dict[str, str] | None = None) -> Path:
    for path, text in {**FILES, **(changed or {})}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site beside which something lies that is nobody's business, with a link to it; and a file with an odd name."""
    around = tmp_path_factory.mktemp("around")
    (around / "secret.html").write_text(SECRET)
    site = tiny_site(around / "a site")
    (site / "secret.txt").write_text(SECRET)
    (site / "content" / "files").mkdir()
    (site / "content" / "files" / "100 % #1 Brücke.txt").write_text("odd")
    (site / "content" / "files" / ".hidden").write_text(SECRET)
    with serving(site) as server:
        yield server


def ask(server: Server, path: str, *, method: str = "GET", host: str = "", body: str | None = None) -> HTTPResponse:
    """An answer, whole; `path` goes out as it is written."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.port}")
    connection.putheader("Connection", "close")
    if body is not None:
        connection.putheader("Content-Length", str(len(body.encode())))
    connection.endheaders(body.encode() if body is not None else None)
    return connection.getresponse()


def raw(server: Server, request: bytes, *, breaks_off: bool = False) -> bytes:
    """What comes back for these bytes; `breaks_off`: nothing more will be sent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        answer = b""
        with suppress(OSError):  # it may hang up on what it refuses before it has heard all of it
            connection.sendall(request)
            if breaks_off:
                connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        return answer


# --- pages ---------------------------------------------------------------------------------------------------------


def test_a_page_is_the_built_one_and_a_script_of_the_server(server: Server) -> None:
    served = ask(server, "/articles/daily.html").read().decode()
    script = re.search(r'<script type="module" src="/_live/live\.js"[^>]*></script>\n', served)
    assert script
    assert served.replace(script[0], "") == tiny().files["articles/daily.html"].decode()


def test_the_built_site_has_no_trace_of_the_server() -> None:
    built = tiny()
    assert not [path for path, body in built.files.items() if b"_live" in body or "_live" in path]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.html?x=1", 200, "text/html; charset=utf-8"),
        ("/entities/", 200, "text/html; charset=utf-8"),
        ("/entities", 307, None),
        ("/assets/style.css", 200, "text/css; charset=utf-8"),
        ("/assets/search.js", 200, "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", 200, "image/svg+xml; charset=utf-8"),
        ("/data/quotations.json", 200, "application/json; charset=utf-8"),
        ("/files/100%20%25%20%231%20Br%C3%BCcke.txt", 200, "text/plain; charset=utf-8"),
        ("/_live/live.js", 200, "text/javascript; charset=utf-8"),
        ("/_live/live.css", 200, "text/css; charset=utf-8"),
        ("/_live/../server.py", 404, "text/html; charset=utf-8"),
        ("/_live/", 404, "text/html; charset=utf-8"),
        ("/no-such-page.html", 404, "text/html; charset=utf-8"),
        ("/assets/", 404, "text/html; charset=utf-8"),
    ],
)
def test_what_is_asked_for_is_there_with_its_type(server: Server, path: str, status: int, kind: str | None) -> None:
    answer = ask(server, path)
    assert (answer.status, answer.getheader("Content-Type")) == (status, kind)
    assert answer.getheader("Cache-Control") == "no-store"


def test_a_head_is_an_answer_without_its_body(server: Server) -> None:
    head, whole = ask(server, "/", method="HEAD"), ask(server, "/")
    assert head.getheader("Content-Length") == whole.getheader("Content-Length") == str(len(whole.read()))
    assert head.read() == b""


def test_what_only_changes_things_is_not_answered(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert ask(server, "/", method=method, body="").status == 405


def test_a_page_below_a_base_leads_there_and_says_not_found_in_its_look(tmp_path: Path) -> None:
    """As a project's page on a host has it; 404.html is made for this base, whatever site.yaml says."""
    site = tiny_site(tmp_path, {"site.yaml": FILES["site.yaml"] + "url: https://example.org/elsewhere/\n"})
    with serving(site, "--base", "repo", "--no-search") as server:
        assert server.home.endswith("/repo/")
        for path in ("/", "/repo"):
            answer = ask(server, path)
            assert (answer.status, answer.getheader("Location")) == (307, "/repo/")
        assert ask(server, "/repo/timeline.html").status == 200
        assert ask(server, "/timeline.html").status == 404
        missing = ask(server, "/repo/deep/er/nothing.html")
        text = missing.read().decode()
        assert (missing.status, '<link rel="stylesheet" href="/repo/assets/style.css">' in text) == (404, True)
        assert "elsewhere" not in text
        assert "search" not in ask(server, "/repo/").read().decode()


@pytest.mark.parametrize("base", ["/../", "/a b/", "/a/?", "/é/", "/a//b/", '/"/', "/./"])
def test_a_base_that_is_no_path_is_wrong_use(base: str) -> None:
    with pytest.raises(ValueError, match="such as /repo/"):
        base_path(base)


def test_a_page_whose_template_fails_for_it_alone_says_so_and_others_are_there(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    with serving(site, "--no-search") as server:
        (site / "layouts").mkdir()
        fails = '{% if page.title == "A closure" %}{{ page.nothing }}{% endif %}'
        article = '{% extends "builtin/article.html" %}{% block header %}' + fails + "{% endblock %}"
        server.write("layouts/article.html", article)
        server.says("built in")
        answer = ask(server, "/articles/weekly.html")
        said = "layouts/article.html:1:1: error[template-error] there is no “nothing” in ArticlePage"
        assert (answer.status, said in answer.read().decode()) == (500, True)
        assert ask(server, "/articles/daily.html").status == 200
        before = told(stream(server, "articles/weekly.html"))
        server.write("layouts/article.html", article.replace("{{ page.nothing }}", ""))
        server.says("built in")
        assert told(stream(server, "articles/weekly.html"))["page"] != before["page"]
        assert ask(server, "/articles/weekly.html").status == 200


def test_the_last_good_pages_are_made_with_the_last_good_templates(tmp_path: Path) -> None:
    """Also those that nobody asked for while they were good."""
    site = tiny_site(tmp_path)
    (site / "layouts").mkdir()
    entity = site / "layouts" / "entity.html"
    entity.write_text('{% extends "builtin/entity.html" %}{% block footer %}Good.{% endblock %}')
    os.utime(entity, (1, 1))  # long ago: it is not read again while it stays as it is
    with serving(site, "--no-search") as server:
        server.replace("site.yaml", "The bridge", "The old bridge")
        server.says("built in")
        entity.write_text("{% broken %}")
        server.says("the last good build stays")
        answer = ask(server, "/entities/ida-kern.html")
        assert (answer.status, b"Good." in answer.read()) == (200, True)


# --- what is refused -----------------------------------------------------------------------------------------------

OUTSIDE = [
    "/../secret.txt",
    "/../../secret.html",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2f..%2fsecret.html",
    "/articles/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/%252e%252e/secret.txt",
    "/....//secret.txt",
    "//secret.txt",
    "/secret.txt",
    "/site.yaml",
    "/content/briefing.yaml",
    "/files/.hidden",
    "/files/%2ehidden",
    "/etc/passwd",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/file:///etc/passwd",
    "/articles/daily.html%00.css",
    "/%00",
    "/%ff%fe",
    "/%c0%ae%c0%ae/secret.txt",
    "/articles/daily.txt",
    "/C:/secret.txt",
    "/_live/%2e%2e/server.py",
    "/_live/..%2fserver.py",
    "/_live/live.js/../../server.py",
    "/" + "a/" * 5000,
]


@pytest.mark.parametrize("path", OUTSIDE, ids=range(len(OUTSIDE)))
def test_no_file_from_outside_the_site_is_ever_served(server: Server, path: str) -> None:
    answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert re.match(rb"HTTP/1\.1 (404|400|414|431) ", answer), answer[:200]
    assert SECRET.encode() not in answer
    assert b"root:" not in answer
    assert b"import " not in answer


def test_a_link_that_leaves_the_site_is_a_problem_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    site = tiny_site(tmp_path / "site")
    with serving(site) as server:
        (site / "content" / "files").mkdir()
        (site / "content" / "files" / "link.txt").symlink_to(tmp_path / "secret.txt")
        server.says(re.escape("content/files/link.txt:1:1: error[path-outside] this link leaves the site"))
        server.says("1 error; the last good build stays")
        assert ask(server, "/files/link.txt").status == 404
        # A folder of the site that becomes a link to somewhere else.
        (site / "content" / "files" / "link.txt").unlink()
        (site / "content" / "files").rmdir()
        (site / "content" / "files").symlink_to(tmp_path)
        server.says(re.escape("content/files:1:1: error[path-outside] this link leaves the site"))
        assert ask(server, "/files/secret.txt").status == 404


FOREIGN = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1", "[::2]", "localhost@evil"]


@pytest.mark.parametrize("host", [*FOREIGN, "a:b:c", " "])
def test_a_request_under_a_foreign_name_is_refused(server: Server, host: str) -> None:
    """Another site can make its own name point here (DNS rebinding), but it asks under that name."""
    answer = ask(server, "/", host=host)
    assert answer.status in (400, 421)
    assert b"bridge" not in answer.read()


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_a_request_under_a_name_of_this_machine_is_answered(server: Server, host: str) -> None:
    assert ask(server, "/", host=host).status == 200


def test_a_server_for_all_addresses_answers_under_figures_and_its_own_name_only() -> None:
    names, any_address = names_of("0.0.0.0")
    assert any_address
    assert socket.gethostname().lower() in names
    assert names_of("127.0.0.1") == names_of("localhost") == (frozenset({"localhost", "127.0.0.1", "[::1]"}), False)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"",
        b"\r\n\r\n",
        b"\0" * 1000,
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /_live/quotation HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_does_no_harm(server: Server, request_bytes: bytes) -> None:
    answer = raw(server, request_bytes, breaks_off=True)
    assert not answer or re.match(rb"HTTP/1\.1 4\d\d ", answer), answer[:200]
    assert ask(server, "/").status == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[]", 400),
        ("[" * 100_000, 400),
        ('{"article": "daily"}', 400),
        ('{"article": "daily", "parts": [{"line": 1e999, "start": 0, "text": "x"}]}', 400),
        ('{"article": "daily", "parts": 7}', 400),
        ('{"article": "../daily", "parts": []}', 404),
        ('{"article": "daily", "parts": [{"line": -1, "start": -99, "text": "\\ud800 x"}]}', 200),
        ('{"article": "daily", "parts": []}', 200),
        (json.dumps({"article": "daily", "parts": [{"line": 1, "start": 0, "text": "x" * 2_000_000}]}), 413),
    ],
)
def test_a_selection_that_is_none_is_refused(server: Server, body: str, status: int) -> None:
    answer = ask(server, "/_live/quotation", method="POST", body=body)
    assert answer.status == status
    if status == 200:
        assert "problem" in json.loads(answer.read())


# --- streams of events ---------------------------------------------------------------------------------------------


def stream(server: Server, page: str, **seen: str) -> HTTPResponse:
    return ask(server, f"/_live/events?{urlencode({'page': page, **seen})}")


def told(events: HTTPResponse) -> dict[str, str]:
    """The next thing that a stream says."""
    while line := events.readline():
        if line.startswith(b"data: "):
            message: dict[str, str] = json.loads(line[6:])
            return message
    raise AssertionError("the stream ended")


def test_a_hundred_streams_hear_what_changed_on_their_page_and_end_with_the_server(tmp_path: Path) -> None:
    with serving(tiny_site(tmp_path)) as server, ExitStack() as open_streams:
        streams = [open_streams.enter_context(stream(server, "articles/daily.html")) for _ in range(100)]
        before = [told(events)["page"] for events in streams]
        assert len(set(before)) == 1
        server.replace("content/articles/daily.yaml", "title: The bridge", "title: The drawbridge")
        after = [told(events)["page"] for events in streams]
        assert len(set(after)) == 1
        assert set(after) != set(before)
        assert ask(server, "/").status == 200
        assert server.end() == 0
        assert [events.read().strip() for events in streams] == [b""] * 100


def test_only_a_page_that_changed_is_told_so(tmp_path: Path) -> None:
    """The first thing that the other page hears of two saves is the second, which is about it as well."""
    with serving(tiny_site(tmp_path)) as server:
        weekly, missing = stream(server, "articles/weekly.html"), stream(server, "about.html")
        as_it_was, not_there = told(weekly), told(missing)
        server.replace("content/articles/daily.yaml", "There is one ferry.", "There is but one ferry.")
        server.says(r"content/articles/daily\.yaml: built")
        server.replace("content/entities.yaml", "aliases: [Kern]", "aliases: [Kern, Ms Kern]")
        server.says(r"content/entities\.yaml: built")
        assert told(weekly)["page"] != as_it_was["page"]
        (tmp_path / "content" / "pages").mkdir()
        server.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
        assert told(missing)["page"] != not_there["page"]


def test_a_browser_that_missed_everything_hears_it_when_it_comes_back(server: Server) -> None:
    now = told(stream(server, "index.html"))
    late = told(stream(server, "index.html", shows="what was", styles=now["styles"]))
    assert late == now


def test_a_browser_that_can_exchange_what_changed_is_sent_the_page_and_no_other_is(server: Server) -> None:
    page = "articles/daily.html"
    html = ask(server, f"/{page}").read().decode()
    has = dict(re.findall(r' data-(shows|styles|frame)="(\w+)"', html))
    now = told(stream(server, page, **has, problems="what was"))
    assert (now["page"], now["styles"], "whole" in now) == (has["shows"], has["styles"], False)
    frame = has["frame"]
    assert "<h1" in told(stream(server, page, shows="what was", frame=frame))["whole"]
    for other in ("", "what was"):
        assert "whole" not in told(stream(server, page, shows="what was", frame=other))
    assert "whole" not in told(stream(server, "search.html", shows="what was"))


# --- looking again -------------------------------------------------------------------------------------------------


def test_two_hundred_saves_in_a_row_end_in_the_right_state_with_few_builds(tmp_path: Path) -> None:
    """As git checkout and formatters do it, half of them by replacing the file, and one half written in between."""
    with serving(tiny_site(tmp_path), "--no-search") as server:
        article = tmp_path / "content" / "articles" / "daily.yaml"
        text = article.read_text()
        for number in range(200):
            new = text.replace("There is one ferry.", f"There is one ferry no. {number}.")
            if number % 2:
                article.unlink()
                article.with_suffix(".new").write_text(new)
                article.with_suffix(".new").replace(article)
            else:
                article.write_text(new[: len(new) // 2])
                article.write_text(new)
        wanted = b"There is one ferry no. 199."
        builds = 0
        while wanted not in ask(server, "/articles/daily.html").read():
            server.says("built in")
            builds += 1
        assert server.end() == 0
        rest = server.all_said()
        assert builds + len(re.findall("built in", rest)) <= 20
        assert "error" not in rest


def test_a_save_that_changes_nothing_builds_nothing(tmp_path: Path) -> None:
    with serving(tiny_site(tmp_path), "--no-search") as server:
        for path in FILES:
            os.utime(tmp_path / path)
        server.replace("site.yaml", "The bridge", "The old bridge")
        assert re.fullmatch(r"\d\d:\d\d:\d\d site\.yaml: built in \d+\.\d\d s", server.says("built"))


def test_a_folder_that_goes_and_comes_back_is_still_watched(tmp_path: Path) -> None:
    """As when a branch without it is checked out for a moment."""
    site = tiny_site(tmp_path / "site")
    with serving(site, "--no-search") as server:
        (site / "content").rename(tmp_path / "away")
        server.says(r"error\[missing-key\]")
        server.says("the last good build stays")
        (tmp_path / "away").rename(site / "content")
        server.says("built in")
        server.replace("content/articles/daily.yaml", "There is one ferry.", "There was one ferry.")
        server.says(r"content/articles/daily\.yaml: built in")
        assert b"There was one ferry." in ask(server, "/articles/daily.html").read()
        (site / "layouts").mkdir()
        server.write("layouts/page.html", "{{ page.nothing }}")
        server.write("content/pages.md", "x")
        server.says("content/pages.md")
        (site / "layouts" / "404.html").write_text("{{ nothing }}")
        server.says(r"layouts/404\.html:1:1: error\[template-error\]")


def test_memory_does_not_grow_with_the_builds(tmp_path: Path) -> None:
    """After 500 it is within a tenth of what it was after 50."""
    script: list[str | Path] = [sys.executable, ROOT / "tests" / "rebuilding.py", tiny_site(tmp_path), "50", "500"]
    early, late = map(int, run(script, environment={"PYTHONPATH": str(ROOT)}).split())
    assert late <= 1.1 * early


# --- what it says, and how it ends ---------------------------------------------------------------------------------


def test_it_says_where_it_is_what_changed_and_what_is_wrong(tmp_path: Path) -> None:
    with serving(tiny_site(tmp_path), "--no-search") as server:
        shows = r"shows \d+ pages from 2 articles, 1 entity, 1 event, 9 quotations found in their sources"
        assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/ {shows}", server.said[-1])
        server.replace("content/briefing.yaml", "confidence:", "confidance:")
        wrong = (
            "content/briefing.yaml:7:5: error[unknown-key] “confidance” is not a key here; the nearest is “confidence”"
        )
        assert server.says("error") == wrong
        assert server.says("error").endswith(" content/briefing.yaml: 1 error; the last good build stays")
        server.replace("content/briefing.yaml", "confidance:", "confidence:")
        assert re.fullmatch(r"\d\d:\d\d:\d\d content/briefing\.yaml: built in \d+\.\d\d s", server.says("briefing"))


def test_a_port_that_is_taken_makes_it_take_the_next(tmp_path: Path, server: Server) -> None:
    with serving(tiny_site(tmp_path), "--no-search", "--port", str(server.port)) as other:
        assert f"port {server.port} is taken, so this is port {other.port}" in other.said
        assert server.port < other.port <= server.port + 100


def test_who_lets_others_in_is_told_so(tmp_path: Path) -> None:
    with serving(tiny_site(tmp_path), "--no-search", "--host", "0.0.0.0") as server:
        assert "everybody who reaches this machine can now read the site, and what is not published yet" in server.said
        assert ask(server, "/", host="evil.example").status == 421
        assert ask(server, "/", host="192.0.2.7:8000").status == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_and_writes_nothing(tmp_path: Path, number: int) -> None:
    site = tiny_site(tmp_path)
    before = sorted(path for path in site.rglob("*"))
    with serving(site, "--no-search") as server:
        events = stream(server, "index.html")
        assert told(events)
        assert server.end(number) == 0
        assert server.all_said().splitlines() == server.said
        assert len(server.said) == 3
        assert server.said[2].startswith("Select words in an article and press c")
    assert sorted(path for path in site.rglob("*")) == before


def test_drafts_are_shown_to_those_who_ask_for_them(tmp_path: Path) -> None:
    (tmp_path / "content" / "pages").mkdir(parents=True)
    site = tiny_site(tmp_path, {"content/pages/later.md": "---\ntitle: Later\ndraft: true\n---\nNot yet.\n"})
    with serving(site, "--no-search", "--drafts") as server:
        assert ask(server, "/later.html").status == 200


def test_a_site_that_was_never_good_shows_what_is_wrong(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, {"content/timeline.yaml": "<script>: 1\n"})
    with serving(site, "--no-search") as server:
        answer = ask(server, "/articles/daily.html")
        text = answer.read().decode()
        assert answer.status == 503
        assert "content/timeline.yaml:1:1: error[bad-slug] “&lt;script&gt;” cannot be an id" in text
        assert "<script>:" not in text


def test_the_builders_own_code_is_watched_in_a_checkout(tmp_path: Path) -> None:
    """With new code it starts anew on the same socket; with code that does not load it goes on as it was."""
    package = tmp_path / "checkout"
    for name in ("builder", "layouts"):
        copy_tree(ROOT / name, package / name)
    with serving(tiny_site(tmp_path / "site"), "--no-search", package=package) as server:
        process = server.process.pid
        code = package / "builder" / "site" / "english.py"
        text = code.read_text()
        assert "Skip to the text" in text
        code.write_text(text + "\nthis is no Python\n")
        server.says("SyntaxError")
        assert "SyntaxError" in told(stream(server, "index.html"))["html"]
        events = stream(server, "index.html")
        code.write_text(text.replace("Skip to the text", "Jump to the text"))
        while events.readline():
            pass
        server.says("built in")
        assert "Jump to the text" in ask(server, "/").read().decode()
        assert server.process.pid == process
        assert server.end() == 0


def copy_tree(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())
