"""Streams that are closed, full, broken or of an old code page: a clear line, and never a pass."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import FAULTS, ROOT, shell

COMMANDS = [
    "validate $FAULTS",
    "validate $FAULTS --format csv",
    "tables $CLEAN --year 2024-25 --only not_judged",
    "reconcile tests/cli/published.csv",
    "child EX003 $FAULTS",
    "tidy $FAULTS",
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
@pytest.mark.parametrize("command", [*COMMANDS[:7], "rules", "--help", "validate nowhere"])
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


INTERRUPTED = """
import signal
import returns903.cli
signal.signal(signal.SIGPROF, lambda *_: signal.raise_signal(signal.SIGINT))
signal.setitimer(signal.ITIMER_PROF, 0.1)
returns903.cli.main()
"""
"""The command line, interrupted after a tenth of a second of work, however busy the machine is."""


@pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="there are no such signals")
def test_ctrl_c_is_no_pass_and_no_traceback() -> None:
    # -B: compiled modules that an interrupt cut short would be there for all that come after.
    command = [sys.executable, "-B", "-c", INTERRUPTED, "validate", str(FAULTS)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (2, b"returns903: stopped\n")
