"""The command that makes the safe repairs in a new folder."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from returns903 import read_return
from returns903.texts import texts
from tests.cli.conftest import FAULTS, Run

MARK = "qzxjvk"


def made(folder: Path, name: str = "given", cell: str = MARK) -> Path:
    """A return whose cells are marked, in small letters."""
    (folder / name).mkdir()
    text = f"CHILD,REVIEW,REVIEW_CODE,{cell}\n{cell},1/5/2024,{cell},x\n ,,,\n{cell}2,2024-05-01,PN1,x\n"
    (folder / name / "reviews.csv").write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("options", "place"),
    [("", "return"), ("--format parquet", "return"), ("--format xlsx", "return.xlsx"), ("--format xml", "return.xml")],
)
def test_a_tidied_return_and_its_changes(run: Run, tmp_path: Path, options: str, place: str) -> None:
    status, out, err = run("tidy", FAULTS, "--output", tmp_path / "tidy", options)
    assert status == 0
    assert out.splitlines()[0].strip() == "3 cells in 3 rows"
    assert [line.split() for line in out.splitlines()[2:]] == [
        ["Episodes", "DECOM", "leading", "zero", "1"],
        ["Episodes", "LS", "capitals", "1"],
        ["Reviews", "REVIEW", "capitals", "1"],
    ]
    assert "oc2.csv: column NOTES is none of OC2's; left out" in err
    assert f"written: {tmp_path / 'tidy' / place} and changes.csv" in err
    before, after = read_return(FAULTS, year="2024-25"), read_return(tmp_path / "tidy" / place, year="2024-25")
    for name, frame in texts(after).items():
        if name != "Header" and "xml" not in place:
            assert frame.equals(texts(before)[name])
    with (tmp_path / "tidy" / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"table": "Episodes", "row": "6", "line": "8", "file": "episodes.csv", "column": "DECOM"}.items() <= rows[
        1
    ].items()
    assert (rows[1]["kind"], rows[1]["before"], rows[1]["after"]) == ("leading zero", "5/12/2024", "05/12/2024")
    assert run("tidy", tmp_path / "tidy" / place)[1].strip() == "Nothing to repair."


def test_what_is_written_is_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    run("tidy", FAULTS, "--output", tmp_path / "tidy")
    files = [path for path in (tmp_path / "tidy").rglob("*") if path.is_file()]
    assert len(files) == 12
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_twice_is_as_good_as_once(run: Run, tmp_path: Path) -> None:
    run("tidy", FAULTS, "--output", tmp_path / "once")
    run("tidy", tmp_path / "once" / "return", "--output", tmp_path / "twice")
    once, twice = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "return").iterdir()} for name in ("once", "twice")
    )
    assert once == twice
    assert (tmp_path / "twice" / "changes.csv").read_text(encoding="utf-8").count("\n") == 1


def test_without_an_output_nothing_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("tidy", FAULTS)[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_no_cell_is_told_but_in_the_files(run: Run, tmp_path: Path) -> None:
    given = made(tmp_path)
    status, out, err = run("tidy", given)
    assert status == 2
    assert MARK not in (out + err).lower().replace(f"column {MARK}", "")
    status, out, err = run("tidy", given, "--allow-missing Header,Episodes --output", tmp_path / "tidy")
    assert status == 0
    assert "1 row without a filled cell; left out" in err
    assert MARK not in (out + err).lower().replace(f"column {MARK}", "")
    assert MARK.upper() in (tmp_path / "tidy" / "return" / "reviews.csv").read_text(encoding="utf-8")


def test_no_change_is_a_formula(run: Run, tmp_path: Path) -> None:
    given = made(tmp_path, cell="=cmd")
    assert run("tidy", given, "--allow-missing Header,Episodes --output", tmp_path / "tidy")[0] == 0
    changes = (tmp_path / "tidy" / "changes.csv").read_text(encoding="utf-8")
    assert ",'=cmd,'=CMD\n" in changes
    assert "=CMD" in (tmp_path / "tidy" / "return" / "reviews.csv").read_text(encoding="utf-8").splitlines()[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--output given", "is an input of this run"),
        ("--output given/tidy", "lies in"),
        ("--output old", "is there already: give --force"),
        ("--output other", "which is not of this program"),
        ("--format pdf --output new", "--format"),
        ("--output new", "a return not wholly read is not tidied"),
    ],
)
def test_what_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str) -> None:
    made(tmp_path)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "changes.csv").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").touch()
    monkeypatch.chdir(tmp_path)
    status, out, err = run("tidy given", words)
    assert (status, out) == (2, "")
    assert said in err
    assert not (tmp_path / "new").exists()
