"""A year that nobody has heard of is added in a copy, has what the year before had, and then what is said of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.new_year import added

from returns903.years import RULE_YEARS

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "tools", "docs", "schemas", "examples")
LAST, YEAR = "2026-27", "2027-28"
RULE = f'''

@rule("999", flags=Missing, fields=[Missing.MISSING], since="{YEAR}")
def made_up() -> pl.Expr:
    """The absence is of a kind that nobody has heard of.

    When: MISSING is Q.

    Why: it is made up.

    Fix: mend it.
    """
    return Missing.MISSING == "Q"
'''


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the year begun."""
    here = tmp_path_factory.mktemp("copy")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, here / folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    shutil.copy(ROOT / "pyproject.toml", here)
    done = run(here, "tools/new_year.py", YEAR)
    assert done.returncode == 0, done.stderr
    assert f"{YEAR} stands behind {LAST}" in done.stdout
    return here


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(copy / "src"), str(copy)])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def returns903(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(copy, "-m", "returns903", *words)


def test_the_year_has_what_the_year_before_had(copy: Path) -> None:
    assert RULE_YEARS[-1] == LAST, "give this test the year that comes next"
    schemas = {path.name: json.loads(path.read_text()) for path in (copy / "schemas" / YEAR).iterdir()}
    assert schemas.keys() == {path.name for path in (ROOT / "schemas" / LAST).iterdir()}
    assert f"urn:returns903:{YEAR}:Header" == schemas["Header.schema.json"]["$id"]
    listed = returns903(copy, "rules", "--diff", LAST, YEAR).stdout
    assert f"{LAST} to {YEAR}: 0 added, 0 removed, 0 redefined" in " ".join(listed.split())
    assert returns903(copy, "validate", "examples/clean-return", "--year", YEAR).returncode in (0, 1)
    assert run(copy, "tools/generate.py", "--check").returncode == 0


def test_what_is_said_of_the_year_holds_in_it_alone(copy: Path) -> None:
    rules = copy / "src" / "returns903" / "rules" / "missing.py"
    rules.write_text(rules.read_text() + RULE)
    lists = copy / "src" / "returns903" / "codes" / "lists.json"
    content = json.loads(lists.read_text())
    content["MISSING"]["Q"] = {"label": "Made up", "since": YEAR}
    lists.write_text(json.dumps(content))
    assert "999" in returns903(copy, "rules", "--year", YEAR).stdout
    assert "999" not in returns903(copy, "rules", "--year", LAST).stdout.split()
    assert '"Q"' in returns903(copy, "schema", "Missing", "--year", YEAR).stdout
    assert '"Q"' not in returns903(copy, "schema", "Missing", "--year", LAST).stdout
    done = run(copy, "-c", "from tools import changes; print(changes.page('2026-27', '2027-28'))")
    assert "[999](../rules/999.md)" in done.stdout, done.stderr
    assert "**MISSING**, came: `Q` (Made up)" in done.stdout


@pytest.mark.parametrize("year", ["2028-29", LAST, "2027-29", "next"])
def test_only_the_next_year_can_be_begun(year: str) -> None:
    with pytest.raises(SystemExit, match=f"{year} does not come after {LAST}: {YEAR} does"):
        added(f'RULE_YEARS = ("2025-26", "{LAST}")\n', year)


def test_the_year_is_put_behind_the_last() -> None:
    text, last = added(f'RULE_YEARS = ("2025-26", "{LAST}")\nx = 1\n', YEAR)
    assert (text, last) == (f'RULE_YEARS = ("2025-26", "{LAST}", "{YEAR}")\nx = 1\n', LAST)
    with pytest.raises(SystemExit, match="no line RULE_YEARS"):
        added("x = 1\n", YEAR)
