"""The server: on 127.0.0.1 alone, for whoever knows the address, and for no page but its own.

It is the standard library's, which is meant for few requests by people who are trusted. So it listens where no other
machine reaches, asks for a token that is in the address, and refuses requests that name another host (a page whose name
was made to lead here) or come from another page. A body has a bound, and is read within a time.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from returns903.limits import SENT_BYTES, SENT_SECONDS
from returns903.serving.page import start_page
from returns903.serving.session import Session

HOST = "127.0.0.1"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Server(ThreadingHTTPServer):
    """The server of one session."""

    daemon_threads = True

    def __init__(self, session: Session, port: int = 0) -> None:
        """Listen; on any free port where none is named.

        Raises:
            OSError: the port is taken, or may not be used.
        """
        super().__init__((HOST, port), _Handler)
        self.session = session
        self.token = secrets.token_urlsafe(32)

    @property
    def origin(self) -> str:
        """The address without the token: what a request names as its host, and a page as its origin."""
        return f"http://{HOST}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"{self.origin}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a request that broke off: what it was about is nobody's business."""

    def end(self) -> None:
        """Stop serving, from a thread that serves."""
        threading.Thread(target=self.shutdown, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "returns903"
    sys_version = ""
    timeout: ClassVar[float] = SENT_SECONDS

    def do_GET(self) -> None:
        """The page, what is being done, and the forms of a result."""
        match self._asked():
            case [""]:
                self._send("html", start_page().encode())
            case ["step"]:
                self._send("json", _json({"step": self.server.session.step}))
            case ["result", number, name]:
                self._send_result(number, name)
            case _:
                self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """A return to check, or the end."""
        asked = self._asked()
        if asked is None or self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN)
        elif asked == ["end"]:
            self._send("json", b"{}")
            self.server.end()
        elif asked != ["check"]:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif (body := self._body()) is not None:
            could, shown = self.server.session.answer(body)
            self._send("json", _json(shown), status=HTTPStatus.OK if could else HTTPStatus.UNPROCESSABLE_ENTITY)

    def _asked(self) -> list[str] | None:
        """The path below the token; None for a request from elsewhere, or without the token."""
        token, *path = self.path.partition("?")[0].removeprefix("/").split("/")
        is_ours = f"http://{self.headers.get('Host')}" == self.server.origin
        is_from_here = self.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        is_known = secrets.compare_digest(token.encode(), self.server.token.encode())
        return path if is_ours and is_from_here and is_known else None

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            self._refuse(HTTPStatus.LENGTH_REQUIRED)
            return None
        if int(length) > SENT_BYTES:
            said = f"more than {SENT_BYTES // 1024**2:,} MiB, which no return has"
            self._send("json", _json({"said": said}), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _send_result(self, number: str, name: str) -> None:
        found = self.server.session.download(number, name)
        if found is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        content, form = found
        saved = {} if form == "html" else {"Content-Disposition": f'attachment; filename="{name}"'}
        self._send(form, content, saved)

    def _refuse(self, status: HTTPStatus) -> None:
        self._send("json", _json({"said": status.phrase}), status=status)
        self.close_connection = True

    def _send(
        self, form: str, content: bytes, more: Mapping[str, str] | None = None, status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self.send_response(status)
        headers = {**_HEADERS, "Content-Type": _TYPES[form], "Content-Length": str(len(content)), **(more or {})}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is logged: an address holds the token."""


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
