"""Streams that are closed, full, broken or of an old code page: a clear line, and never a pass."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import FAULTS, ROOT, shell

COMMANDS = [
    "validate $FAULTS",
    "validate $FAULTS --format csv",
    "tables $CLEAN --year 2024-25 --only not_judged",
    "reconcile tests/cli/published.csv",
    "reduce $FAULTS --rule 356",
    "rule 503D",
    "rules",
    "schema",
    "--help",
    "tables --help",
    "--version",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("redirect", "said"),
    [(">/dev/full", b"stdout cannot be written to: No space"), (">&-", b"stdout cannot be written to: it is closed")],
)
def test_what_stdout_did_not_take_is_told(command: str, redirect: str, said: bytes) -> None:
    done = shell(f"$R {command} {redirect}")
    assert done.returncode == 2
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["validate $FAULTS --select 103", "rules", "--help", "--version"])
def test_a_reader_who_has_seen_enough_gets_no_complaint_and_no_pass(command: str) -> None:
    done = shell(f"$R {command} | true; exit ${{PIPESTATUS[0]}}")
    assert done.returncode == 2
    assert b"returns903:" not in done.stderr
    assert b"rror" not in done.stderr


@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path, closed: str) -> None:
    target = tmp_path / "found.json"
    assert shell(f"$R validate $FAULTS -o {target} {closed}").returncode == 1
    assert json.loads(target.read_bytes())["run"]["year"] == "2024-25"


@pytest.mark.parametrize("encoding", ["ascii", "cp850"])
@pytest.mark.parametrize("command", [*COMMANDS[:5], "rules", "--help", "validate nowhere"])
def test_a_stream_of_any_code_page_takes_everything(encoding: str, command: str) -> None:
    done = shell(f"$R {command}", PYTHONIOENCODING=encoding)
    assert b"fault of this program" not in done.stderr
    assert done.stdout.decode("utf-8" if "--format" in command else encoding).strip() or b"nowhere" in done.stderr


def test_what_a_terminal_lacks_is_put_plainly() -> None:
    text = shell("$R validate $FAULTS", PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert " - 2024-25 (inferred) - " in text
    assert "-> --previous PATH" in text


def test_documents_are_utf8_whatever_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "épisodes €.csv").write_bytes((FAULTS / "episodes.csv").read_bytes())
    done = shell(f"$R validate '{tmp_path}' --format csv --allow-missing Header", PYTHONIOENCODING="cp1252")
    assert "épisodes €.csv" in done.stdout.decode("utf-8")
    done = shell(f"$R validate '{tmp_path}'", PYTHONIOENCODING="ascii")
    assert b"episodes ?.csv" in done.stdout


def test_docstrings_are_data() -> None:
    done = shell("$R rule 101", "-OO")
    assert done.returncode == 2
    assert done.stderr == b"returns903: Python runs with -OO, which takes away the texts of the rules: run it without\n"
    done = shell("${R% -m *} -c 'import returns903; returns903.validate'", "-OO")
    assert b"ConfigError: Python runs with -OO" in done.stderr


def test_ctrl_c_is_no_pass_and_no_traceback() -> None:
    command = [sys.executable, "-c", "import returns903.cli as c; print(flush=True); c.main()", "validate", str(FAULTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as started:
        assert started.stdout is not None
        started.stdout.readline()
        time.sleep(0.1)
        started.send_signal(signal.SIGINT)
        _, err = started.communicate()
    assert (started.returncode, err) == (2, b"returns903: stopped\n")


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_no_line_is_too_long(columns: int) -> None:
    text = on_a_terminal(["validate", str(FAULTS), "--year", "2024-25"], columns)
    lines = text.splitlines()
    assert "\x1b[1;31m" in text
    plain = [part for line in lines for part in [without_colours(line)] if "Reading" not in part]
    assert len(plain) > 30
    assert max(map(len, plain)) <= columns


def on_a_terminal(words: list[str], columns: int) -> str:
    ours, theirs = pty.openpty()
    variables = os.environ | {"COLUMNS": str(columns), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "returns903", *words]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=variables, cwd=ROOT):
        os.close(theirs)
        parts = []
        while True:
            try:
                parts.append(os.read(ours, 65536))
            except OSError:
                break
    os.close(ours)
    return b"".join(parts).decode()


def without_colours(line: str) -> str:
    return "".join(part.partition("m")[2] if number else part for number, part in enumerate(line.split("\x1b[")))
