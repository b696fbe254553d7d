"""A rule that is begun is in order but for what its author has to write, and fails until that is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.new_rule import main

from returns903.rules import TOPICS, definitions

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests/rules", "tools")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project as far as rules go."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "tests/__init__.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(copy / "src"), str(copy)])
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )


def test_its_tests_fail_until_it_is_written_and_then_pass(copy: Path) -> None:
    made = run(copy, "tools/new_rule.py", "999", "missing", "--title", "The absence has no day", "--since", "2025-26")
    assert made.returncode == 0, made.stderr
    tests = ("-m", "pytest", "-p", "no:cacheprovider", "-q", "tests/rules/test_missing.py", "-k", "999")
    failed = run(copy, *tests)
    assert failed.returncode == 1
    assert failed.stdout.count("FAILED") == 2

    rules, cases = copy / "src/returns903/rules/missing.py", copy / "tests/rules/test_missing.py"
    written = rules.read_text(encoding="utf-8")
    assert "def absence_has_no_day() -> pl.Expr:" in written
    rules.write_text(written.replace("raise NotImplementedError", "return blank(Missing.MIS_START)"), encoding="utf-8")
    near = '"to be written", Missing={})'
    text = cases.read_text(encoding="utf-8")
    cases.write_text(text.replace(near, '"a day", Missing=away("01/06/2025"))'), encoding="utf-8")
    passed = run(copy, *tests)
    assert passed.returncode == 0, passed.stdout


@pytest.mark.skipif(shutil.which("ruff") is None, reason="ruff is not here")
def test_it_is_clean_in_every_topic(copy: Path) -> None:
    title = "The child is said to be here and there on one and the same day, which nobody can be, and " + "so on " * 8
    for number, topic in enumerate(TOPICS):
        assert main([f"X{number}", topic, "--title", title], root=copy) == 0
        assert main([f"Y{number}", topic], root=copy) == 0
    for words in (["format", "--check"], ["check"]):
        done = subprocess.run(["ruff", *words, "--no-cache", "."], cwd=copy, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
    listed = run(copy, "-c", "from returns903.rules import definitions; print(len(definitions()))")
    assert int(listed.stdout) == len(definitions()) + 2 * len(TOPICS)


@pytest.mark.parametrize("code", ["101", "sw02stg1"])
def test_a_code_that_is_there_is_refused(code: str, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([code, "missing"], root=copy) == 2
    assert "returns903/rules/" in capsys.readouterr().out
    for name in ("src/returns903/rules/missing.py", "tests/rules/test_missing.py"):
        assert (copy / name).read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["99 9", "missing"],
        ["999", "nothing"],
        ["999", "missing", "--title", 'a "b"'],
        ["999", "missing", "--since", "1"],
    ],
)
def test_what_makes_no_rule_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
