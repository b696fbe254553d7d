"""The page is served to this machine alone, to who knows the address and to no other page; nothing of it is kept."""

from __future__ import annotations

import io
import json
import os
import socket
import struct
import tempfile
import threading
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import returns903
from returns903.errors import told
from returns903.serving import server as serving
from returns903.serving.server import HOST, Server
from returns903.serving.session import DOWNLOADS, Session
from tests.serving.conftest import CLEAN, FAULTY, Page, check, files_of, sent

MARK = "SECRET"


def test_it_listens_where_no_other_machine_reaches(page: Page) -> None:
    assert HOST == "127.0.0.1" == page.server.socket.getsockname()[0]
    others = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {HOST}
    for address in others:
        with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
            socket.create_connection((address, page.server.server_address[1]), timeout=2).close()


def test_each_run_has_an_address_of_its_own(page: Page) -> None:
    with Server(Session(check, told)) as other:
        assert other.token != page.server.token
        assert len(page.server.token) >= 40


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/wrong/", {}),
        ("/{token}x/", {}),
        ("/{token}/step", {"Host": "localhost:{port}"}),
        ("/{token}/", {"Host": "attacker.example:{port}"}),
        ("/{token}/", {"Host": None}),
        ("/{token}/", {"Host": "127.0.0.1"}),
        ("/{token}/", {"Sec-Fetch-Site": "cross-site"}),
        ("/{token}/", {"Sec-Fetch-Site": "same-site"}),
        ("/{token}/../{token}/", {}),
        ("/{token}/result/1/../../../etc/passwd", {}),
        ("/{token}/nothing", {}),
    ],
)
def test_what_is_not_ours_is_refused(page: Page, path: str, headers: dict[str, str | None]) -> None:
    known = {"token": page.server.token, "port": page.server.server_address[1]}
    given = {name: value.format(**known) if value else None for name, value in headers.items()}
    answer = page.ask("GET", path.format(**known), **given)
    assert answer.status == 404
    assert b"Check" not in answer.body


@pytest.mark.parametrize(
    "origin", [None, "null", "http://attacker.example", "http://localhost:{port}", "https://127.0.0.1:{port}"]
)
@pytest.mark.parametrize("path", ["check", "end"])
def test_no_other_page_can_send_anything(page: Page, path: str, origin: str | None) -> None:
    given = origin and origin.format(port=page.server.server_address[1])
    assert page.post(path, sent({"return": files_of(CLEAN)}), Origin=given).status == 403
    assert page.get().status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_nothing_else_is_understood(page: Page, method: str) -> None:
    assert page.ask(method, f"/{page.server.token}/").status == 501


def test_the_page_loads_nothing_and_is_kept_nowhere(page: Page) -> None:
    answer = page.get()
    text = answer.body.decode()
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src &#39;none&#39;" in text
    assert "connect-src &#39;self&#39;" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert page.server.token not in text


def test_a_return_is_checked_and_its_forms_are_given(page: Page) -> None:
    answer = page.check({"return": files_of(FAULTY)}, "2024-25", "Barking and Dagenham")
    assert answer.status == 200
    shown = answer.json
    expected = returns903.validate(
        returns903.read_return(FAULTY, year="2024-25", local_authority="Barking and Dagenham")
    )
    figures = {each["title"]: each["figure"] for each in shown["found"]}
    counts = expected.findings["severity"].value_counts()
    assert figures == {
        "to mend": str(dict(counts.iter_rows())["error"]),
        "to confirm": str(dict(counts.iter_rows())["query"]),
    }
    for name in DOWNLOADS:
        given = page.get(f"result/{shown['number']}/{name}")
        assert given.status == 200
        assert given.headers["Cache-Control"] == "no-store"
        assert ("attachment" in given.headers.get("Content-Disposition", "")) is (name != "report.html")
    found = json.loads(page.get(f"result/{shown['number']}/findings.json").body)
    assert len(found["findings"]) == expected.findings.height
    assert found["run"]["year"] == "2024-25"


def test_what_is_dropped_beside_it_is_taken(page: Page, tmp_path: Path) -> None:
    from returns903.testing import synthesise

    made = synthesise(40, seed=1, year="2024-25", previous=True)
    from returns903.testing import lives

    files = {name: frame.write_csv().encode() for name, frame in made.tables.items()}
    before = {name: frame.write_csv().encode() for name, frame in (made.previous or {}).items()}
    given = {
        "return": {f"now/{name}.csv": content for name, content in files.items()},
        "previous": {f"before/{name}.csv": content for name, content in before.items()},
        "providers": {"../../providers.csv": lives.providers().write_csv().encode()},
        "postcodes": {"postcodes.csv": lives.postcodes(made.local_authority).write_csv().encode()},
    }
    answer = page.check(given, "2024-25", made.local_authority)
    assert answer.status == 200, answer.json
    assert answer.json["stopped"] == [] or all("xml" in said or "marker" in said for said in answer.json["stopped"])


def test_only_the_newest_result_is_kept(page: Page) -> None:
    first = page.check({"return": files_of(FAULTY)}).json["number"]
    second = page.check({"return": files_of(CLEAN)}).json["number"]
    assert page.get(f"result/{first}/report.html").status == 404
    assert page.get(f"result/{second}/report.html").status == 200
    assert page.get(f"result/{second}/report.exe").status == 404


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_zip_is_opened(page: Page) -> None:
    answer = page.check({"return": {"return.zip": zipped(files_of(FAULTY))}}, "2024-25")
    assert answer.status == 200
    assert "episodes.csv" in " ".join(answer.json["read"])


BROKEN: list[tuple[str, bytes, str]] = [
    ("nothing", sent({}), "drop the files of a return first"),
    ("no head", b"", "is not what the page sends"),
    ("a head that ends too soon", struct.pack(">I", 100) + b"{}", "is not what the page sends"),
    ("no JSON", struct.pack(">I", 4) + b"{{{{", "is not what the page sends"),
    ("too few bytes", sent({"return": {"a.csv": b"CHILD"}})[:-2], "is not what the page sends"),
    ("too many bytes", sent({"return": {"a.csv": b"CHILD"}}) + b"x", "is not what the page sends"),
    ("another role", sent({"other": {"a.csv": b"CHILD"}}), "is not what the page sends"),
    ("a stranger", sent({"return": {"notes.csv": f"{MARK},b\n1,2\n".encode()}}), "no table of the return"),
    ("an empty file", sent({"return": {"episodes.csv": b""}}), "there is nothing in it"),
    ("a bad zip", sent({"return": {"return.zip": b"PK\x03\x04 broken"}}), "not a zip file, or a damaged one"),
    ("a zip that swells", sent({"return": {"r.zip": zipped({"episodes.csv": b"A" * 10**8})}}), "unpacks to more than"),
    ("no year", sent({"return": files_of(CLEAN)}, year="1999"), "is not a collection year"),
    ("no authority", sent({"return": files_of(CLEAN)}, authority="Nowhere at all"), "is no local authority of England"),
    ("bad providers", sent({"return": files_of(CLEAN), "providers": {"p.csv": MARK.encode()}}), "p.csv"),
]


@pytest.mark.parametrize(("body", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_cannot_be_checked_is_told_in_plain_words(page: Page, body: bytes, said: str) -> None:
    answer = page.post("check", body)
    assert answer.status == 422
    assert said in answer.json["said"]
    assert MARK not in answer.body.decode()
    assert page.get().status == 200


def test_too_much_is_refused_before_it_is_read(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SENT_BYTES", 1024)
    answer = page.post("check", Content_Length=str(1025))
    assert (answer.status, "which no return has" in answer.json["said"]) == (413, True)
    for odd in ("-1", "x", None):
        assert page.post("check", Content_Length=odd).status in (411, 400)


def test_a_fault_of_this_program_is_told_without_what_it_was_about() -> None:
    def fails(source: Mapping[str, Any], note: Callable[[str], None]) -> returns903.Result:
        raise ValueError(MARK)

    could, shown = Session(fails, told).answer(sent({"return": files_of(CLEAN)}))
    assert not could
    assert "a fault of this program (ValueError at" in shown["said"]
    assert MARK not in shown["said"]


def test_two_at_once_wait_for_each_other() -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(source: Mapping[str, Any], note: Callable[[str], None]) -> returns903.Result:
        note("Reading the return")
        inside.set()
        go_on.wait(20)
        return check(source, note)

    session = Session(slow, told)
    answers: list[bool] = []
    body = sent({"return": files_of(CLEAN)})
    first = threading.Thread(target=lambda: answers.append(session.answer(body)[0]))
    first.start()
    assert inside.wait(20)
    assert session.step == "Reading the return"
    assert session.answer(body) == (False, {"said": "another return is being checked: wait until it is done"})
    go_on.set()
    first.join()
    assert (answers, session.step) == ([True], "")


def test_nothing_is_left_on_the_disk(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened: list[str] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **more: opened.append(str(path)) or real(path, *rest, **more))
    page.check({"return": files_of(FAULTY), "providers": {"p.csv": b"URN,x\n"}})
    page.check({"return": files_of(FAULTY)})
    page.get("result/1/report.html")
    assert list(tmp_path.rglob("*")) == []
    assert not [path for path in opened if path.endswith(("episodes.csv", "header.csv"))]


def test_it_ends_when_the_page_says_so() -> None:
    server = Server(Session(check, told))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    assert Page(server).post("end").status == 200
    thread.join(10)
    assert not thread.is_alive()
    server.server_close()


def test_nothing_is_logged(page: Page, capfd: pytest.CaptureFixture[str]) -> None:
    page.get()
    page.check({"return": files_of(FAULTY)})
    page.post("check", b"")
    with socket.create_connection(page.server.server_address[:2]) as broken:
        broken.sendall(b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n")
    page.get()
    assert capfd.readouterr() == ("", "")
