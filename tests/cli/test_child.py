"""The command that shows all rows of one child."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import CLEAN, FAULTS, ROOT, Run, shell


def test_rows_and_flags_of_a_child(run: Run) -> None:
    status, out, err = run("child ex003", FAULTS, "--year 2024-25 --previous", CLEAN)
    assert status == 0
    assert "Child EX003: 6 rows of this return and 6 rows of last year's; " in out
    assert "10/06/2024  Episodes  last year, episodes.csv:6" in out
    assert "error 356: The episode ends before it begins. (DECOM, DEC)" in out
    assert "EX00" not in err
    assert not [other for other in ("EX001", "EX002", "EX004") if other in out]


def test_json_meets_its_schema(run: Run) -> None:
    status, out, _ = run("child EX003", FAULTS, "--year 2024-25 --format json --select 356")
    found = json.loads(out)
    assert status == 0
    jsonschema.validate(found, json.loads((ROOT / "schemas" / "child.schema.json").read_text(encoding="utf-8")))
    assert [flag["rule"] for row in found["rows"] for flag in row["flags"]] == ["356"]


@pytest.mark.parametrize("asked", ["EX0", "EX010", "nobody"])
def test_an_unknown_child_names_no_other(run: Run, asked: str) -> None:
    status, out, err = run("child", asked, FAULTS, "--year 2024-25")
    assert (status, out) == (2, "")
    assert f"no row of this return is of the child '{asked.upper()}'" in err
    assert "EX00" not in err


@pytest.mark.parametrize("words", ["child EX003", "child", "child EX003 nowhere", "child EX003 nowhere --year x"])
def test_what_is_wrong_is_told_in_a_line(run: Run, words: str) -> None:
    status, out, err = run(words)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_severities_and_settings_hold_here(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "returns903.toml").write_text('year = "2024-25"\n[severity]\n356 = "query"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "query 356: " in run("child EX003", FAULTS)[1]
    assert "error 356: " in run("child EX003", FAULTS, "--severity 356=error")[1]


def test_a_return_not_wholly_read_is_shown_and_no_pass(run: Run, tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_bytes((FAULTS / "header.csv").read_bytes())
    status, out, err = run("child EX003", tmp_path, "--year 2024-25")
    assert status == 2
    assert "*SEX U" in out
    assert "no table Episodes was read" in err


def test_a_terminal_of_an_old_code_page_shows_it(tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text(
        "CHILD,SEX,DOB,ETHNIC,UPN\nA,\u0160\u4e2d,\x1b[31m,\u20ac,x\n", encoding="utf-8"
    )
    done = shell(f"$R child A {tmp_path} --year 2024-25 --allow-missing Episodes", PYTHONIOENCODING="cp1252")
    text = done.stdout.decode("cp1252")
    assert done.returncode == 0
    assert "*SEX \u0160?" in text
    assert "\x1b" not in text
