"""Findings are accepted on the command line and in the workbook, and `validate` sets them apart."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import fastexcel
import pytest
import xlsxwriter

from tests.cli.conftest import FAULTS, Run

UNTIL = dt.date.today() + dt.timedelta(90)
ANSWER = {"Owner": "A. Officer", "Comment": "asked and confirmed", "Accept until": UNTIL}
SECOND = f"--reason seen --by me --until {UNTIL}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a return that has faults."""
    shutil.copytree(FAULTS, tmp_path / "RET")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(path: Path, answers: dict[str, dict[str, Any]], **renamed: str) -> list[str]:
    """Fill in the work list of a workbook, by rule; the lines of the sheet that were filled in."""
    lines = fastexcel.read_excel(path.read_bytes()).load_sheet("Work list", dtypes="string").to_polars()
    book = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet("Work list"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, [renamed.get(name, name) for name in lines.columns])
    filled = []
    for number, line in enumerate(lines.iter_rows(named=True), 1):
        given = answers.get(line["Rule"], {})
        filled += [f"line {number + 1}"] if given else []
        for place, cell in enumerate((line | given).values()):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, place, dt.datetime.combine(cell, dt.time()), day)
            elif cell is not None:
                sheet.write_string(number, place, cell)
    book.close()
    return filled


def validated(run: Run, words: str = "") -> dict[str, Any]:
    status, out, _ = run(f"validate RET --year 2024-25 --accepted accepted.toml --format json {words}")
    return json.loads(out) | {"status": status}


def states(found: dict[str, Any]) -> dict[str, str]:
    return {entry["rule"]: entry["state"] for entry in found["acceptance"]["entries"]}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_accepted_in_the_workbook_it_outlasts_other_changes_and_lapses_with_its_own(run: Run, home: Path) -> None:
    assert run("validate RET --year 2024-25 --output work.xlsx")[0] == 1
    fill(home / "work.xlsx", {"232": ANSWER, "440": ANSWER | {"Status": "Accepted"}})
    status, out, err = run("accept RET --year 2024-25 --from work.xlsx --force-errors")
    assert (status, out) == (0, "")
    assert "accepted: 2 findings of 2 rules, in accepted.toml" in err
    assert "among them 1 error, which the Department does not let pass" in err
    found = validated(run)
    assert states(found) == {"232": "accepted", "440": "accepted"}
    reviews = home / "RET" / "reviews.csv"
    edit(reviews, "14/05/2024,PN3", "15/05/2024,PN3")
    assert states(validated(run)) == {"232": "accepted", "440": "accepted"}
    edit(reviews, "03/12/2024,PN0", "04/12/2024,PN0")
    found = validated(run)
    assert states(found) == {"232": "accepted", "440": "cells changed"}
    assert [row["rule"] for row in found["findings"] if row["accepted"]] == ["232"]


def test_accepted_findings_are_counted_and_fail_no_run(run: Run, home: Path) -> None:
    words = "--select 232,356"
    assert run(f"accept RET --year 2024-25 --rule 232 --child ex003 {SECOND}")[0] == 0
    found = validated(run, f"{words} --fail-on query")
    assert (found["status"], found["run"]["queries"]["findings"], found["acceptance"]["findings"]) == (1, 1, 1)
    assert run(f"accept RET --year 2024-25 --rule 356 --row 4 --force-errors {SECOND}")[0] == 0
    found = validated(run, f"{words} --fail-on query")
    assert (found["status"], found["run"]["errors"]["findings"], found["acceptance"]["forced"]) == (0, 1, 1)
    assert run("validate RET --year 2024-25 --select 232,356")[0] == 1


def test_what_is_new_and_accepted_fails_no_run(run: Run, home: Path) -> None:
    assert run("validate RET --year 2024-25 --select 101 --output last.json")[0] == 0
    new = "validate RET --year 2024-25 --select 232 --baseline last.json --fail-on new"
    assert run(new)[0] == 1
    run(f"accept RET --year 2024-25 --rule 232 --row 2 {SECOND}")
    assert run(f"{new} --accepted accepted.toml")[0] == 0
    assert run(f"{new} --accepted accepted.toml --select 232,141")[0] == 1


WRONG_LINES = {
    "no day": ({"Accept until": "soon"}, "Accept until is no day, such as 31/03/2027"),
    "a day that is past": ({"Accept until": "01/04/2024"}, "the day until which it holds is past (01/04/2024)"),
    "no reason": ({"Comment": " "}, "nothing stands in Comment: who accepts it, why, and until when"),
    "nobody": ({"Owner": None}, "nothing stands in Owner: who accepts it"),
    "no day but a status": ({"Accept until": None, "Status": "ACCEPT"}, "nothing stands in Accept until"),
    "another child": ({"Child": "EX004"}, "the rule finds no such row now"),
    "another row": ({"Row": "7"}, "the rule finds no such row now"),
    "another cell": ({"Cells": "SEX: 1"}, "the rule finds no such row now"),
    "last year's return": ({"Return": "last year"}, "the rule finds no such row now"),
    "the child's name": ({"Comment": "EX003 told us"}, "the reason names the child"),
}


@pytest.mark.parametrize("because", WRONG_LINES)
def test_a_line_that_will_not_do_is_told_with_sheet_and_line(run: Run, home: Path, because: str) -> None:
    change, said = WRONG_LINES[because]
    run("validate RET --year 2024-25 --select 232,SW12STG2 --output work.xlsx")
    lines = fill(home / "work.xlsx", {"232": ANSWER | change, "SW12STG2": ANSWER})
    status, out, err = run("accept RET --year 2024-25 --from work.xlsx")
    assert (status, out) == (1, "")
    assert any(f"work.xlsx [Work list] {line}: {said}" in err for line in lines)
    assert "accepted: 1 finding of 1 rule" in err
    assert "EX00" not in err
    assert states(validated(run)) == {"SW12STG2": "accepted"}


def test_an_error_in_the_workbook_waits_for_force(run: Run, home: Path) -> None:
    run("validate RET --year 2024-25 --select 356 --output work.xlsx")
    fill(home / "work.xlsx", {"356": ANSWER})
    status, _, err = run("accept RET --year 2024-25 --from work.xlsx")
    assert status == 2
    assert "work.xlsx [Work list] line 2: an error, which the Department does not let pass: --force-errors" in err
    assert not (home / "accepted.toml").exists()
    assert not (home / "accepted.key").exists()


def test_the_next_workbook_brings_what_was_accepted_and_can_be_read_back(run: Run, home: Path) -> None:
    run(f"accept RET --year 2024-25 --rule 232 --row 2 {SECOND}")
    run("validate RET --year 2024-25 --accepted accepted.toml --output next.xlsx")
    lines = fastexcel.read_excel("next.xlsx").load_sheet("Work list", dtypes="string").to_polars()
    answers = lines.select("Rule", "Owner", "Status", "Comment").rows()
    assert answers[-1] == ("232", "me", "accepted", "seen")
    assert {row[1:] for row in answers[:-1]} == {(None, None, None)}
    before = (home / "accepted.toml").read_text(encoding="utf-8")
    assert run("accept RET --year 2024-25 --from next.xlsx")[0] == 0
    assert (home / "accepted.toml").read_text(encoding="utf-8") == before


NOT_ACCEPTED = [
    ("", "takes --rule, --reason, --by, --until, --row or --child besides"),
    (f"--rule 232 {SECOND}", "takes --row or --child besides"),
    (f"--rule 232 --row 99 {SECOND}", "rule 232 flags no such row"),
    (f"--rule 232 --row x {SECOND}", "--row is a whole number"),
    (f"--rule 232 --child EX001 {SECOND}", "rule 232 flags no such row"),
    (f"--rule 232 --row 2 --table Episodes {SECOND}", "rule 232 flags no such row"),
    (f"--rule 999X --row 2 {SECOND}", "names no rule"),
    (f"--rule 503A --row 2 {SECOND}", "rule 503A did not run: no previous return"),
    (f"--rule SW --row 2 {SECOND}", "rule 'SW' was not among those"),
    ("--rule 232 --row 2 --reason x --by me --until soon", "--until is a day, such as 2027-03-31"),
    ("--rule 232 --row 2 --reason x --by me --until 2020-01-01", "is past (01/01/2020)"),
    (f"--rule 356 --row 4 {SECOND}", "--force-errors accepts it all the same"),
    (f"--rule 232 --row 2 {SECOND} --from RET/header.csv", "leave out --rule, --row, --reason, --by, --until"),
    ("--from RET/header.csv", "not an Excel workbook"),
    ("--from nothing.xlsx", "nothing.xlsx: cannot be read"),
    (f"--rule 232 --row 2 {SECOND} --accepted RET/accepted.toml", "lies in RET, which this run reads"),
    (f"--rule 232 --row 2 {SECOND} --accepted RET/header.csv", "header.csv"),
    (f"--rule 232 --row 2 {SECOND} --accepted ours.key", "ours.key is a name of a key"),
    (f"--rule 232 --row 2 {SECOND} --accepted no/accepted.toml", "there is no folder no"),
]


@pytest.mark.parametrize(("words", "said"), NOT_ACCEPTED)
def test_what_cannot_be_accepted_is_told_and_nothing_is_written(run: Run, home: Path, words: str, said: str) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    status, out, err = run(f"accept RET --year 2024-25 {words}")
    assert (status, out) == (2, "")
    assert said in err
    assert "EX00" not in err
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_workbooks_without_a_work_list_are_told(run: Run, home: Path) -> None:
    run("validate RET --year 2024-25 --select 232 --output work.xlsx")
    assert "no line accepts anything" in run("accept RET --year 2024-25 --from work.xlsx")[2]
    fill(home / "work.xlsx", {"232": ANSWER}, Child="Kid")
    assert "work.xlsx [Work list] lacks columns of a work list: Child" in run("accept RET --from work.xlsx")[2]
    xlsxwriter.Workbook("other.xlsx").close()
    assert "other.xlsx has no sheet 'Work list'" in run("accept RET --from other.xlsx")[2]
    fill(home / "work.xlsx", {})


def test_settings_name_the_file_for_both_commands(run: Run, home: Path) -> None:
    (home / "returns903.toml").write_text('year = "2024-25"\naccepted = "kept/ours.toml"\n', encoding="utf-8")
    (home / "kept").mkdir()
    assert run(f"accept RET --rule 232 --row 2 {SECOND}")[0] == 0
    assert {path.name for path in (home / "kept").iterdir()} == {"ours.toml", "ours.key"}
    assert run("validate RET --select 232 --fail-on query")[0] == 0


def test_the_key_is_neither_an_output_nor_shown(run: Run, home: Path) -> None:
    run(f"accept RET --year 2024-25 --rule 232 --row 2 {SECOND}")
    key = (home / "accepted.key").read_text(encoding="ascii").strip()
    status, out, err = run("validate RET --year 2024-25 --accepted accepted.toml -o accepted.key --force --format csv")
    assert (status, out) == (2, "")
    assert "input of this run" in err
    for words in ("--accepted accepted.toml", "--accepted accepted.key", "--accepted accepted.toml --show-ids"):
        assert key not in "".join(run(f"validate RET --year 2024-25 {words}")[1:])
    (home / "accepted.key").chmod(0o644)
    assert "chmod 600" in run("validate RET --year 2024-25 --accepted accepted.toml")[2]
    (home / "accepted.key").write_text("1" * 64, encoding="ascii")
    assert "is not the key that accepted.toml was written with" in run("validate RET --accepted accepted.toml")[2]


def test_lapsed_entries_are_told_on_stderr_too(run: Run, home: Path) -> None:
    run(f"accept RET --year 2024-25 --rule 232 --row 2 {SECOND}")
    (home / "accepted.toml").write_text(
        (home / "accepted.toml").read_text(encoding="utf-8").replace(str(UNTIL), "2026-01-01"), encoding="utf-8"
    )
    status, out, err = run("validate RET --year 2024-25 --select 232 --fail-on query --accepted accepted.toml")
    assert status == 1
    assert "accepted.toml:5, rule 232: its last day is past" in out
    assert "accepted.toml: 1 past its date; the report names them" in err


def test_a_return_not_wholly_read_is_told(run: Run, home: Path) -> None:
    (home / "RET" / "episodes.csv").write_bytes(b"CHILD,DECOM\n\xff\x00\x00\n")
    status, _, err = run(f"accept RET --year 2024-25 --rule 232 --row 2 {SECOND}")
    assert (status, "accepted: 1 finding" in err) == (0, True)
    assert "episodes.csv" in err


def test_what_lapsed_is_removed_and_the_rest_stays(run: Run, home: Path) -> None:
    for rule, row in (("232", 2), ("SW12STG2", 0)):
        assert run(f"accept RET --year 2024-25 --rule {rule} --row {row} {SECOND}")[0] == 0
    before = (home / "accepted.toml").read_text(encoding="utf-8")
    status, out, err = run("accept RET --year 2024-25 --prune")
    assert (status, out) == (0, "")
    assert err.endswith("removed: nothing; 2 entries left in accepted.toml\n")
    assert (home / "accepted.toml").read_text(encoding="utf-8") == before
    edit(home / "RET" / "header.csv", "EX003,U,", "EX003,M,")
    status, _, err = run("accept RET --year 2024-25 --prune")
    assert (status, err.splitlines()[-1]) == (0, "removed: 1 no such finding; 1 entry left in accepted.toml")
    assert states(validated(run)) == {"SW12STG2": "accepted"}


def test_nothing_is_removed_for_a_rule_that_did_not_run_or_a_return_not_read(run: Run, home: Path) -> None:
    assert run(f"accept RET --year 2024-25 --rule SW12STG2 --row 0 {SECOND}")[0] == 0
    (home / "RET" / "sw_episodes.csv").unlink()
    assert "1 entry left" in run("accept RET --year 2024-25 --prune")[2]
    (home / "RET" / "header.csv").write_text("")
    status, _, err = run("accept RET --year 2024-25 --prune")
    assert (status, "nothing is removed while this is no pass" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--prune --rule 232", "--prune accepts nothing"),
        ("--prune --from work.xlsx", "--prune accepts nothing"),
        ("--prune", "accepted.toml: cannot be read"),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_cannot_be_pruned(run: Run, words: str, said: str) -> None:
    status, _, err = run(f"accept RET --year 2024-25 {words}")
    assert (status, said in err) == (2, True)


@pytest.mark.usefixtures("home")
def test_a_childs_accepted_findings_are_told(run: Run) -> None:
    assert run(f"accept RET --year 2024-25 --rule 232 --row 2 {SECOND}")[0] == 0
    _, out, _ = run("child EX003 RET --year 2024-25 --accepted accepted.toml")
    assert "query 232: The child's sex is recorded as unknown. (SEX); accepted: seen" in " ".join(out.split())
    _, out, _ = run("child EX003 RET --year 2024-25 --accepted accepted.toml --format json")
    flags = {flag["rule"]: flag["accepted"] for row in json.loads(out)["rows"] for flag in row["flags"]}
    assert flags == {"232": "seen", "356": None}
