"""The command line: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from returns903 import cli

ROOT = Path(__file__).resolve().parents[1]
FAULTS = ROOT / "examples" / "return-with-faults"
CLEAN = ROOT / "examples" / "clean-return"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["returns903", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        code = left.value.code
        return (0 if code is None else int(code)), out, err

    return call


def test_findings_give_1_and_a_report(run: Run) -> None:
    status, out, _ = run("validate", FAULTS, "--year", "2024-25")
    assert status == 1
    assert "Errors:" in out
    assert "episodes.csv:" in out
    assert "no previous return" in out


def test_a_clean_return_gives_0(run: Run) -> None:
    status, out, _ = run("validate", CLEAN, "--year", "2024-25", "--la", "E09000002")
    assert status == 0, out
    assert "Errors" not in out


def test_the_year_is_inferred_and_said(run: Run) -> None:
    _, _, err = run("validate", CLEAN)
    assert "2024-25" in err


def test_the_text_names_no_child_unless_asked(run: Run) -> None:
    assert "EX0" not in "".join(map(str, run("validate", FAULTS)))
    assert "EX0" in run("validate", FAULTS, "--show-ids")[1]


def test_json_meets_its_schema(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    status, out, _ = run("validate", FAULTS, "--format", "json", "--output", target)
    assert (status, out) == (1, "")
    found = json.loads(target.read_text(encoding="utf-8"))
    jsonschema.validate(found, json.loads((ROOT / "schemas" / "result.schema.json").read_text(encoding="utf-8")))
    assert list(found) == ["run", "findings", "outcomes", "reading"]
    assert found["run"]["year"] == "2024-25"
    assert {entry["table"] for entry in found["run"]["inputs"]} >= {"Episodes", "Header"}


def test_csv_goes_to_stdout(run: Run) -> None:
    _, out, _ = run("validate", FAULTS, "--format", "csv")
    assert out.splitlines()[0] == "rule,severity,table,previous,row,line,file,child,fields,message"


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("query", 1), ("never", 0)])
def test_fail_on(run: Run, fail_on: str, status: int) -> None:
    assert run("validate", FAULTS, "--fail-on", fail_on)[0] == status


def test_fail_on_error_lets_queries_pass(run: Run) -> None:
    assert run("validate", FAULTS, "--select", "232")[0] == 0
    assert run("validate", FAULTS, "--select", "232", "--fail-on", "query")[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["validate", "no-such-folder"], "no-such-folder"),
        (["validate", CLEAN, "--year", "2024"], "2024-25"),
        (["validate", CLEAN, "--select", "nonsense"], "nonsense"),
        (["validate", CLEAN, "--select", ","], "--select names nothing"),
        (["validate", CLEAN, "--la", "Nowhere at all"], "Nowhere at all"),
        (["validate", CLEAN, "--output", "no/such/folder/x.txt"], "cannot be written"),
        (["validate", CLEAN, "--format", "nonsense"], "format"),
        (["rule", "9999"], "9999"),
        (["rule", "9999", "--where"], "9999"),
        (["rules", "--year", "1999-00"], "1999-00"),
        (["schema", "Nothing"], "Nothing"),
    ],
)
def test_what_is_wrong_gives_2_in_one_line_on_stderr(run: Run, words: list[object], said: str) -> None:
    status, out, err = run(*words)
    assert status == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_a_fault_of_the_program_tells_no_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        msg = "SECRET"
        raise RuntimeError(msg)

    monkeypatch.setattr("returns903.returns.read_tables", fail)
    status, out, err = run("validate", CLEAN)
    assert status == 2
    assert "SECRET" not in out + err
    assert "RuntimeError" in err


def test_a_crashed_rule_gives_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns903.engine.Run._select", lambda *_: 1 / 0)
    status, out, _ = run("validate", CLEAN)
    assert status == 2
    assert "Crashed:" in out


def test_a_rule_has_a_page(run: Run) -> None:
    status, out, _ = run("rule", "503d")
    assert status == 0
    for word in ("# 503D", "When it fires", "Why", "How to mend it", "An example that fires", "What changed"):
        assert word in out


def test_where_a_rule_is_written_is_told(run: Run) -> None:
    status, out, _ = run("rule", "503d", "--where")
    assert status == 0
    assert [place.rpartition(":")[0] for place in out.splitlines()] == ["returns903/rules/previous_year.py"] * 3


def test_rules_of_a_year_are_listed(run: Run) -> None:
    status, out, _ = run("rules", "--year", "2023-24")
    assert status == 0
    assert "312 rules in force in 2023-24" in out


def test_rules_of_two_years_are_compared(run: Run) -> None:
    status, out, _ = run("rules", "--diff", "2024-25", "2025-26")
    assert status == 0
    assert "Added" in out
    assert "Redefined" in out


def test_schemas_are_printed(run: Run) -> None:
    assert json.loads(run("schema", "--year", "2022-23")[1])["Header"]["properties"]["SEX"]["enum"] == ["1", "2"]
    table = json.loads(run("schema", "Episodes", "--format", "table-schema")[1])
    assert table["fields"][1]["format"] == "%d/%m/%Y"


def test_the_version(run: Run) -> None:
    assert run("--version")[1].startswith("returns903 ")
