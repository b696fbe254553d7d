"""On a terminal, and only there, it is said what is being done and which of the steps it is."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, FAULTS, shell

STEPS = {
    "validate $FAULTS --year 2024-25 --output found.json --output found.csv": [
        "Reading the return (1 of 4)",
        "Checking the rules on 50 rows (2 of 4)",
        "Writing found.json (3 of 4)",
        "Writing found.csv (4 of 4)",
    ],
    "child EX003 $FAULTS --year 2024-25": ["Reading the return (1 of 2)", "Checking the rules on 50 rows (2 of 2)"],
    "tables $CLEAN --only not_judged,breakdowns --output out": [
        "Reading the return (1 of 3)",
        "Working out the tables (2 of 3): 2024-25, table 2 of ",
        "Working out the tables (2 of 3): disclosure control",
        "Writing out (3 of 3)",
    ],
}


def on_terminal(words: str, folder: Path) -> str:
    """What a command says on stderr where that is a terminal."""
    ours, theirs = pty.openpty()
    given = words.replace("$FAULTS", str(FAULTS)).replace("$CLEAN", str(CLEAN)).split()
    command = [sys.executable, "-m", "returns903", *given]
    said = b""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=folder):
        os.close(theirs)
        with suppress(OSError):  # which is how the end of a terminal is told
            while part := os.read(ours, 1 << 16):
                said += part
    os.close(ours)
    return said.decode()


@pytest.mark.parametrize("words", STEPS)
def test_each_step_is_said_on_a_terminal(words: str, tmp_path: Path) -> None:
    said = on_terminal(words, tmp_path)
    places = [said.find(step) for step in STEPS[words]]
    assert -1 not in places
    assert places == sorted(places)


def test_elsewhere_nothing_is_said_of_it(tmp_path: Path) -> None:
    done = shell(f"cd {tmp_path} && $R validate $FAULTS --year 2024-25 --output found.json")
    assert b"Reading" not in done.stdout + done.stderr
