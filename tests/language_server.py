"""The language server that VS Code and other editors check YAML with, run for one file."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sample import ROOT

SERVER = ROOT / ".cache/linters/node_modules/yaml-language-server/bin/yaml-language-server"


class LanguageServer:
    """Speaks the Language Server Protocol: JSON messages, each after its length in bytes."""

    def __init__(self, site: Path, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.site, self.stdin, self.stdout, self.asked = site, stdin, stdout, 0
        self.ask("initialize", {"processId": None, "rootUri": site.as_uri(), "capabilities": {}})
        self.tell("initialized", {})
        settings = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def mistakes(self, path: str, text: str) -> list[tuple[int, str]]:
        """The line, from 1, and the words of each mistake that an editor marks in a file with this text."""
        self._open(path, text)
        while True:
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics":
                found = message["params"]["diagnostics"]
                return sorted((each["range"]["start"]["line"] + 1, each["message"]) for each in found)

    def keys_offered(self, path: str, text: str) -> set[str]:
        """What an editor offers at the end of the text."""
        self._open(path, text)
        *lines, last = text.split("\n")
        place = {"line": len(lines), "character": len(last)}
        answer = self.ask("textDocument/completion", {"textDocument": self._named(path), "position": place})
        return {item["label"] for item in answer["items"]}

    def explained(self, path: str, text: str, line: int) -> str:
        """What an editor shows beside the first key of a line, counted from 0."""
        self._open(path, text)
        place = {"line": line, "character": 1}
        answer = self.ask("textDocument/hover", {"textDocument": self._named(path), "position": place})
        return str(answer["contents"]["value"])

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.asked += 1
        self._write({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self.asked and "method" not in message:
                return message["result"]

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _named(self, path: str) -> dict[str, str]:
        return {"uri": (self.site / path).as_uri()}

    def _open(self, path: str, text: str) -> None:
        self.tell("textDocument/didOpen", {"textDocument": {**self._named(path), **AS_YAML, "text": text}})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered with nothing."""
        length = 0
        while header := self.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.stdout.read(length))
        if "id" in message and "method" in message:
            self._write({"id": message["id"], "result": None})
        return message


AS_YAML = {"languageId": "yaml", "version": 1}


@contextmanager
def language_server(site: Path) -> Iterator[LanguageServer]:
    with subprocess.Popen(["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield LanguageServer(site, process.stdin, process.stdout)
        finally:
            process.kill()
