"""A server in a thread of its own, and what a browser would send it."""

from __future__ import annotations

import http.client
import json
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import returns903
from returns903.errors import told
from returns903.serving.server import Server
from returns903.serving.session import Session

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FAULTY, CLEAN = EXAMPLES / "return-with-faults", EXAMPLES / "clean-return"


def check(source: Mapping[str, Any], note: Callable[[str], None]) -> returns903.Result:
    note("Reading the return")
    return returns903.validate(returns903.read_return(**source))


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Page:
    """What the page may ask, as a browser asks it."""

    server: Server
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None) -> Answer:
        port = self.server.server_address[1]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        given: dict[str, str | None] = {"Host": f"127.0.0.1:{port}", "Origin": self.server.origin}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        if body is not None and "Content-Length" not in given:
            given["Content-Length"] = str(len(body))
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        found = Answer(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return found

    def get(self, path: str = "", **headers: str | None) -> Answer:
        return self.ask("GET", f"/{self.server.token}/{path}", **headers)

    def post(self, path: str, body: bytes = b"", **headers: str | None) -> Answer:
        return self.ask("POST", f"/{self.server.token}/{path}", body, **headers)

    def check(self, files: Mapping[str, Mapping[str, bytes]], year: str = "", authority: str = "") -> Answer:
        return self.post("check", sent(files, year, authority))


def files_of(folder: Path) -> dict[str, bytes]:
    return {f"{folder.name}/{path.name}": path.read_bytes() for path in folder.iterdir() if path.is_file()}


def sent(files: Mapping[str, Mapping[str, bytes]], year: str = "", authority: str = "") -> bytes:
    """What the page sends."""
    listed = [(role, name, content) for role, some in files.items() for name, content in some.items()]
    head = {"year": year, "authority": authority, "files": []}
    head["files"] = [{"role": role, "name": name, "size": len(content)} for role, name, content in listed]
    text = json.dumps(head).encode()
    return struct.pack(">I", len(text)) + text + b"".join(content for _, _, content in listed)


@pytest.fixture
def page() -> Iterator[Page]:
    """A page that is served."""
    server = Server(Session(check, told))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Page(server)
    server.shutdown()
    server.server_close()
    thread.join()
