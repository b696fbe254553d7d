"""The command `serve`: it says where the page is, ends, and makes a shortcut to itself."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from returns903.cli.serve import shortcut_for

COMMAND = [sys.executable, "-m", "returns903"]


def started(*words: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen([*COMMAND, "serve", *words], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.startswith("the page is at http://127.0.0.1:"), line
    return process, line.rpartition(" ")[2].strip()


def test_it_serves_until_it_is_stopped() -> None:
    process, address = started("--no-browser")
    with urllib.request.urlopen(address) as answer:
        assert b"Check an SSDA903 return" in answer.read()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert err.endswith("ended\n")
    assert "Traceback" not in err


def test_it_ends_from_the_page() -> None:
    process, address = started("--no-browser")
    origin = address.partition("/")[0] + "//" + address.split("/")[2]
    urllib.request.urlopen(urllib.request.Request(f"{address}end", method="POST", headers={"Origin": origin})).close()
    assert process.wait(30) == 0
    process.communicate()


@pytest.mark.parametrize(("port", "said"), [("0", "whole number"), ("70000", "whole number"), ("x", "whole number")])
def test_a_port_that_is_none(port: str, said: str) -> None:
    done = subprocess.run(
        [*COMMAND, "serve", "--no-browser", "--port", port], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, said in done.stderr) == (2, True)


def test_a_port_that_is_taken() -> None:
    process, address = started("--no-browser")
    port = address.split("/")[2].rpartition(":")[2]
    done = subprocess.run(
        [*COMMAND, "serve", "--no-browser", "--port", port], capture_output=True, text=True, timeout=60, check=False
    )
    process.kill()
    process.communicate()
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr


@pytest.mark.parametrize(
    ("platform", "name", "parts"),
    [
        ("win32", "Check a return.cmd", ["@echo off\r\n", " -m returns903 serve\r\n"]),
        ("darwin", "Check a return.command", ["#!/bin/sh\nexec ", " -m returns903 serve\n"]),
        (
            "linux",
            "check-a-return.desktop",
            ["[Desktop Entry]\n", "Exec=", " -m returns903 serve\n", "Terminal=true\n"],
        ),
    ],
)
def test_a_shortcut_for_each_system(platform: str, name: str, parts: list[str]) -> None:
    made, text = shortcut_for(platform, ["/opt/my python/python", "-m", "returns903", "serve"])
    assert made == name
    assert '"/opt/my python/python"' in text
    assert [part for part in parts if part not in text] == []


def test_the_shortcut_starts_the_page(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, "serve", "--shortcut", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.iterdir()
    assert os.access(made, os.X_OK)
    assert str(made) in done.stderr
    again = subprocess.run(
        [*COMMAND, "serve", "--shortcut", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (again.returncode, "--force" in again.stderr) == (2, True)


def test_without_words_help_is_given_where_nobody_sits() -> None:
    done = subprocess.run(COMMAND, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    assert "Usage: " in done.stdout


@pytest.mark.parametrize(("more", "said"), [({}, b"the page is at"), ({"CI": "true"}, b"Usage: ")])
def test_without_words_somebody_at_a_terminal_gets_the_page(more: dict[str, str], said: bytes) -> None:
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"BROWSER": "true"} | more
    process = subprocess.Popen(COMMAND, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    seen, end = b"", time.monotonic() + 30
    while said not in seen and time.monotonic() < end:
        try:
            seen += os.read(ours, 4096)
        except OSError:
            break
    process.send_signal(signal.SIGINT)
    process.wait(30)
    os.close(ours)
    assert said in seen
