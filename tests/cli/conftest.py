"""The command line in the test's own process, and in one of its own where its streams matter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from returns903 import cli

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ROOT / "examples" / "return-with-faults"
CLEAN = ROOT / "examples" / "clean-return"
PUBLISHED = ROOT / "tests" / "cli" / "published.csv"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command here, given as lines of words and as paths: its exit status, stdout and stderr."""

    def call(*given: str | Path) -> tuple[int, str, str]:
        words = [word for part in given for word in ([str(part)] if isinstance(part, Path) else part.split())]
        monkeypatch.setattr(sys, "argv", ["returns903", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return (int(left.value.code or 0), *capsys.readouterr())

    return call


def shell(script: str, *options: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which `$R` is the command and `$FAULTS` and `$CLEAN` are returns."""
    known = {"R": f"{sys.executable} {' '.join(options)} -m returns903", "FAULTS": str(FAULTS), "CLEAN": str(CLEAN)}
    source = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | known | {"PYTHONPATH": source, "PYTHONUTF8": "0"} | variables
    return subprocess.run(["bash", "-c", script], capture_output=True, env=environment, cwd=ROOT, check=False)
