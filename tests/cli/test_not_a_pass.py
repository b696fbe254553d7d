"""A run that must not be taken for a pass ends in 2, and says why at the top of the report and last on stderr."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from returns903.reading import Note
from tests.cli.conftest import CLEAN, FAULTS, PUBLISHED, Run


@pytest.fixture
def ret(tmp_path: Path) -> Path:
    shutil.copytree(CLEAN, tmp_path / "RET")
    return tmp_path / "RET"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--select ,", "--select names nothing"),
        ("--select 101 --ignore 101", "no rule is left to run"),
        ("--select 101 --ignore 1", "no rule is left to run"),
        ("--select 202", "no rule ran"),
        ("--allow-missing Nothing", "'Nothing' is no table of the return"),
    ],
)
def test_a_run_of_no_rule_is_no_pass(run: Run, options: str, said: str) -> None:
    status, _, err = run("validate", CLEAN, options)
    assert status == 2
    assert said in err


@pytest.mark.parametrize(
    "words",
    [
        ["validate", str(CLEAN), "--select", ""],
        ["validate", ""],
        ["validate", str(CLEAN), "--previous", ""],
        ["tables", "", "--output", "pack"],
        ["reconcile", str(PUBLISHED), "--return", ""],
    ],
)
def test_an_unset_variable_is_no_choice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.chdir(CLEAN)
    monkeypatch.setattr("sys.argv", ["returns903", *words])
    from returns903 import cli

    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert "names nothing" in capsys.readouterr().err


def _empty(ret: Path) -> None:
    (ret / "episodes.csv").write_bytes(b"")


def _unclosed(ret: Path) -> None:
    (ret / "episodes.csv").write_text('CHILD,"DECOM,RNE\n1,01/04/2024,S\n')


def _gone(ret: Path) -> None:
    (ret / "episodes.csv").unlink()


def _without_rows(ret: Path) -> None:
    header, _ = (ret / "episodes.csv").read_text().split("\n", maxsplit=1)
    (ret / "episodes.csv").write_text(f"{header}\n")


def _below_another(ret: Path) -> None:
    whole = (ret / "episodes.csv").read_text()
    (ret / "episodes.csv").write_text(whole + whole)


@pytest.mark.parametrize("spoil", [_empty, _unclosed, _gone, _without_rows, _below_another])
def test_a_core_table_that_was_not_read_is_no_pass(run: Run, ret: Path, spoil: Callable[[Path], None]) -> None:
    spoil(ret)
    status, out, err = run("validate", ret, "--year 2024-25")
    assert status == 2
    assert out.splitlines()[1].startswith("not a pass: ")
    assert "pisodes" in out.splitlines()[1]
    assert err.splitlines()[-1].startswith("not a pass: ")
    assert "rules found nothing wrong" in out
    run("validate", ret, "--year 2024-25 --output", ret.parent / "f.json")
    failures = json.loads((ret.parent / "f.json").read_text())["run"]["failures"]
    assert [f"not a pass: {failure}" for failure in failures] == err.splitlines()
    for command in ("tables --only not_judged", f"reconcile {PUBLISHED} --return"):
        status, out, err = run(command, ret, "--year 2024-25")
        assert (status, out) == (2, "")
        assert "pisodes" in err


def test_a_table_that_is_meant_to_be_absent_may_be(run: Run, ret: Path) -> None:
    (ret / "header.csv").unlink()
    assert run("validate", ret)[0] == 2
    assert run("validate", ret, "--allow-missing header,UASC")[0] == 0
    assert run("tables", ret, "--only not_judged")[0] == 2
    assert run("tables", ret, "--only not_judged --allow-missing Header")[0] == 0


def test_a_return_of_nobody_is_no_pass_unless_it_is_meant(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.xml").write_text("<EXPSSDA903></EXPSSDA903>")
    assert run("validate", tmp_path / "r.xml", "--year 2024-25")[0] == 2
    assert run("validate", tmp_path / "r.xml", "--year 2024-25 --allow-missing Header,Episodes")[0] == 0


@pytest.mark.parametrize("kind", ["wrong year", "wrong previous", "emptied", "same file", "repeated rows"])
@pytest.mark.parametrize("command", ["validate", "tables --only not_judged"])
def test_doubts_are_loud(run: Run, monkeypatch: pytest.MonkeyPatch, kind: str, command: str) -> None:
    from returns903.returns import Return

    before = Return.__init__

    def doubtful(self: Return, *parts: object, **given: object) -> None:
        before(self, *parts, **given)
        self.notes.append(Note(kind, "look at this", file="x.csv", previous=True))

    monkeypatch.setattr(Return, "__init__", doubtful)
    status, out, err = run(command, CLEAN)
    assert status == 0
    assert "last year: x.csv: look at this" in err
    if command == "validate":
        assert out.splitlines()[1] == "last year: x.csv: look at this"
        assert out.count("look at this") == 1


def test_a_wrong_year_is_said(run: Run) -> None:
    _, out, err = run("validate", FAULTS, "--year 2023-24")
    assert out.splitlines()[1].startswith("the year is 2023-24, but 23 of 23 dates")
    assert err.startswith("the year is 2023-24, but 23 of 23 dates")
