"""The smallest return on which a rule fires, printed or written: it fires, and shows nothing of what it was made of."""

from __future__ import annotations

import csv
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from returns903 import Return, validate
from returns903.tables import Episodes
from returns903.testing import cases
from tests.cli.conftest import CLEAN, FAULTS, Run
from tests.test_engine import make

PRINTED = [
    ("356", "Episodes", ["DECOM", "DEC"]),
    ("440", "Reviews", ["DOB", "REVIEW", "REVIEW_CODE"]),
    ("574", "Missing", ["MIS_START"]),
    ("222", "Episodes", ["PLACE", "URN"]),
]


@pytest.mark.parametrize(("code", "table", "columns"), PRINTED)
def test_what_is_printed_runs_and_fires(run: Run, code: str, table: str, columns: list[str]) -> None:
    status, out, err = run("reduce", FAULTS, "--year 2024-25 --rule", code)
    assert status == 0
    assert f"rule {code} still fires: " in err
    assert f'assert_flags(ret, {{"{code}": {{"{table}": [' in out
    names: dict[str, Any] = {}
    exec(out, names)
    assert filled(names["ret"], table) == set(columns)


def filled(ret: Return, table: str) -> set[str]:
    """The columns of a table that say something, the identifier aside."""
    frame = ret[table].drop("CHILD", "row", "line", "file")
    return {column for column in frame.columns if frame[column].null_count() < frame.height}


@pytest.mark.parametrize("code", ["356", "440", "574", "222", "103"])
def test_a_printed_case_is_one_for_the_tests_of_rules(run: Run, code: str) -> None:
    _, out, _ = run("reduce", FAULTS, "--year 2024-25 --format case --rule", code)
    cases.check(eval(out, {"fires": cases.fires}))


@pytest.mark.parametrize("code", ["393", "440", "165", "356"])
def test_what_is_written_is_read_by_the_command_it_names(run: Run, tmp_path: Path, code: str) -> None:
    status, out, err = run("reduce", FAULTS, f"--year 2024-25 --rule {code} --output", tmp_path / "out")
    assert (status, out) == (0, "")
    command = shlex.split(err.partition("to look at it: ")[2].partition("\n")[0])
    assert command[:2] == ["returns903", "validate"]
    status, out, _ = run(*map(Path, command[1:]))
    assert status == 1
    assert "1 finding of 1 rule" in out


def test_a_folder_is_replaced_only_if_forced(run: Run, tmp_path: Path) -> None:
    words = ["reduce", FAULTS, "--year 2024-25 --rule 393 --output", tmp_path / "out"]
    assert run(*words)[0] == 0
    (tmp_path / "out" / "providers.csv").write_text("URN\n")
    status, _, err = run(*words)
    assert status == 2
    assert "is there already: give --force" in err
    assert run(*words, "--force")[0] == 0
    assert {path.name for path in (tmp_path / "out").rglob("*.csv")} == {"header.csv", "episodes.csv"}


REFUSED = [
    ("--rule 999", "no rule '999' is in force in 2024-25"),
    ("--rule 35", "no rule '35' is in force in 2024-25"),
    ("--rule episodes", "no rule 'episodes' is in force in 2024-25"),
    ("--rule 101", "rule 101 does not fire: it finds nothing in this return"),
    ("--rule 503A", "rule 503A does not fire: no previous return; --previous PATH"),
    ("", "missing option '--rule'"),
    ("--rule 356 --format csv", "'csv' is not one of 'frames', 'case'"),
    ("--rule 356 --output {faults}/new", "which this run reads"),
    ("--rule 356 --output {faults} --force", "is an input of this run"),
    ("--rule 356 --output no/such/folder", "there is no folder no/such"),
    ("--rule 356 --previous no-such", "no-such"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_cannot_be_done_is_said(run: Run, words: str, said: str) -> None:
    before = {path: path.read_bytes() for path in FAULTS.iterdir()}
    status, out, err = run("reduce", FAULTS, "--year 2024-25", words.format(faults=FAULTS))
    assert (status, out) == (2, "")
    assert said in err
    assert {path: path.read_bytes() for path in FAULTS.iterdir()} == before


def test_a_rule_of_another_year_is_not_in_force(run: Run) -> None:
    assert "no rule 'sw10stg2' is in force in 2022-23" in run("reduce", FAULTS, "--year 2022-23 --rule sw10stg2")[2]
    assert "no rules are known" in run("reduce", FAULTS, "--year 2016-17 --rule 101")[2]


def test_what_could_not_be_read_is_said_and_the_rest_is_reduced(run: Run, tmp_path: Path) -> None:
    shutil.copytree(FAULTS, tmp_path / "RET")
    (tmp_path / "RET" / "header.csv").write_bytes(b"")
    status, out, err = run("reduce", tmp_path / "RET", "--year 2024-25 --rule 356")
    assert status == 0
    assert "eader" in err
    assert "Episodes" in out
    assert run("reduce", tmp_path / "nowhere", "--rule 356")[0] == 2


def test_nothing_of_the_return_is_shown(run: Run) -> None:
    """What tells of a child; the codes that a rule needs stay."""
    told = {"SC000001", "10001", "RM10", "EX0", "A1234567"}
    for path in FAULTS.glob("*.csv"):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            told |= {cell for cell in row.values() if cell.count("/") == 2}
    for code in fired(run):
        _, out, err = run("reduce", FAULTS, "--year 2024-25 --rule", code)
        assert not [text for text in told if text in out + err], code


def fired(run: Run) -> list[str]:
    _, out, _ = run("validate", FAULTS, "--year 2024-25 --format csv")
    return sorted({row["rule"] for row in csv.DictReader(out.splitlines())})


@pytest.mark.usefixtures("spare_rules")
@pytest.mark.parametrize("form", ["frames", "case"])
def test_what_has_to_stay_is_named_and_shown_only_if_asked_for(run: Run, form: str) -> None:
    make("X1", lambda: Episodes.URN == "SC000001")
    words = ["reduce", FAULTS, f"--year 2024-25 --rule X1 --format {form}"]
    status, out, err = run(*words)
    assert status == 1
    assert "SC000001" not in out + err
    assert '"URN": ["(not shown)"]' in out or '"URN": "(not shown)"' in out
    assert "not made safe, for the rule needs what stood there: Episodes row 0 URN; " in err
    status, out, err = run(*words, "--show-ids")
    assert status == 1
    assert "SC000001" in out
    assert "SC000001" not in err


@pytest.mark.usefixtures("spare_rules")
def test_what_has_to_stay_is_written_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    make("X1", lambda: Episodes.URN == "SC000001")
    status, _, err = run("reduce", FAULTS, "--year 2024-25 --rule X1 --output", tmp_path / "out")
    assert status == 1
    assert "not made safe" in err
    written = tmp_path / "out" / "return" / "episodes.csv"
    assert "SC000001" in written.read_text()
    assert written.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("spare_rules")
def test_a_crash_is_reduced_like_a_finding(run: Run) -> None:
    make("X1", lambda: Episodes.URN.str.to_integer() > 0)
    status, out, err = run("reduce", FAULTS, "--year 2024-25 --rule X1")
    assert status == 0
    assert "rule X1 still crashes, " in err
    names: dict[str, Any] = {}
    exec(out, names)
    assert validate(names["ret"], select=["X1"]).outcomes["X1"].state == "crashed"
    assert names["ret"]["Episodes"].height == 1


def test_what_csv_does_not_carry_is_said(run: Run, tmp_path: Path) -> None:
    """XML alone has an asylum marker in its header."""
    header = "<CHILDID>1</CHILDID><SEX>F</SEX><UASC>9</UASC>"
    xml = f"<MESSAGE><CHILD><HEADER>{header}</HEADER></CHILD></MESSAGE>"
    (tmp_path / "r.xml").write_text(xml, encoding="utf-8")
    assert run("reduce", tmp_path / "r.xml", "--year 2024-25 --rule 105")[0] == 0
    status, _, err = run("reduce", tmp_path / "r.xml", "--year 2024-25 --rule 105 --output", tmp_path / "out")
    assert status == 1
    assert "not written, so that the rule may not fire there: Header: UASC is worked out anew" in err


def test_progress_is_for_terminals(run: Run) -> None:
    _, _, err = run("reduce", FAULTS, "--year 2024-25 --rule 356")
    assert "tried" not in err


def test_a_clean_return_has_nothing_to_reduce(run: Run) -> None:
    assert run("reduce", CLEAN, "--year 2024-25 --rule 356")[0] == 2
