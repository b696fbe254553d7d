"""No text that a run makes holds a cell of the return, but for the working copies asked for by name."""

from __future__ import annotations

import csv
import io
import logging
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.console import Console

import returns903
from returns903 import cli
from returns903.reports import text
from returns903.reports.csv import to_csv
from returns903.reports.document import to_json
from returns903.rules.registry import rule
from returns903.tables import TABLES, Episodes, table
from returns903.years import RULE_YEARS

MARK = "SECRET"
CHILD = "SECRETCHILD"
YEAR = RULE_YEARS[-1]


def marked(rows: int = 4) -> dict[str, pl.DataFrame]:
    """Every table with the mark in every cell: no date is readable, no code known."""
    return {
        name: pl.DataFrame(
            {
                column: [f"{CHILD if column == 'CHILD' else MARK}{row // 2}" for row in range(rows)]
                for column in of.columns()
            }
        )
        for name, of in TABLES.items()
    }


def half_marked() -> dict[str, pl.DataFrame]:
    """Every table with readable dates, so that more rules have something to judge, and the mark in all other cells."""
    days = ["01/05/2026", "02/06/2026", "03/07/2010", "29/02/2012"]
    return {
        name: frame.with_columns(
            pl.Series(column, days) for column, about in TABLES[name].columns().items() if about.kind == "date"
        )
        for name, frame in marked().items()
    }


def from_frames(frames: dict[str, pl.DataFrame]) -> returns903.Return:
    return returns903.Return.from_frames(frames, previous=frames, year=YEAR, local_authority="E09000002")


def written(folder: Path, frames: dict[str, pl.DataFrame]) -> Path:
    folder.mkdir()
    for name, frame in frames.items():
        frame.write_csv(folder / f"{name.lower()}.csv")
    return folder


@pytest.fixture
def everything_said(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """All that is logged at any level, and every warning."""
    caplog.set_level(logging.NOTSET)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield lambda: caplog.text + "".join(str(warning.message) for warning in warned)


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line; its exit status, and all that it and what it calls write to stdout and stderr."""

    def call(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["returns903", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0), "".join(capfd.readouterr())

    return call


@pytest.mark.parametrize("frames", [marked, half_marked])
def test_objects_and_reports_tell_no_cell(
    frames: Callable[[], dict[str, pl.DataFrame]], tmp_path: Path, everything_said: Callable[[], str]
) -> None:
    folder = written(tmp_path / "made", frames())
    for the_return in (from_frames(frames()), returns903.read_return(folder, year=YEAR, previous=folder)):
        result = returns903.validate(the_return)
        assert result.codes("crashed") == []
        assert len(result.codes("findings")) > 50
        report = Console(file=io.StringIO(), width=200)
        report.print(text.render(result))
        said = [str(the_return), repr(the_return), str(result), repr(result), repr(result.outcomes)]
        said += [repr(result.rules), report.file.getvalue(), *the_return.reading["message"], everything_said()]  # type: ignore[attr-defined]
        assert MARK not in "".join(said)
        assert CHILD in result.findings["child"][0]


def test_children_are_named_only_where_asked_for(tmp_path: Path) -> None:
    result = returns903.validate(from_frames(half_marked()))
    report = Console(file=io.StringIO(), width=200)
    report.print(text.render(result, show_ids=True))
    shown = report.file.getvalue()  # type: ignore[attr-defined]
    assert CHILD in shown
    assert MARK not in shown.replace(CHILD, "")


@pytest.mark.parametrize("make", [to_json, to_csv])
def test_working_copies_hold_identifiers_and_no_other_cell(make: Callable[[Any], str], tmp_path: Path) -> None:
    folder = written(tmp_path / "made", half_marked())
    made = make(returns903.validate(returns903.read_return(folder, year=YEAR, previous=folder)))
    assert CHILD in made
    assert MARK not in made.replace(CHILD, "")


@pytest.mark.parametrize("frames", [marked, half_marked])
def test_the_command_line_tells_no_cell(
    frames: Callable[[], dict[str, pl.DataFrame]], tmp_path: Path, run: Run, everything_said: Callable[[], str]
) -> None:
    folder = written(tmp_path / "made", frames())
    output = tmp_path / "report.txt"
    for words in ([], ["--year", YEAR], ["--year", YEAR, "--previous", folder, "--output", output]):
        status, said = run("validate", folder, *words)
        assert status == (1 if words or frames is half_marked else 2)
        assert MARK not in said
    assert MARK not in output.read_text(encoding="utf-8") + everything_said()
    assert MARK in run("validate", folder, "--year", YEAR, "--show-ids")[1]


def test_of_a_child_that_is_asked_for_nothing_is_told_beside_its_rows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    everything_said: Callable[[], str],
) -> None:
    folder = written(tmp_path / "made", half_marked())
    for asked in (f"{CHILD}0", "nobody"):
        words = ["child", asked, folder, "--year", YEAR, "--previous", folder]
        monkeypatch.setattr(sys, "argv", ["returns903", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        assert MARK not in err + everything_said()
        assert ((MARK in out), left.value.code) == ((True, 0) if asked != "nobody" else (False, 2))
        assert f"{CHILD}1" not in out


@pytest.mark.usefixtures("spare_rules")
@pytest.mark.parametrize("name", TABLES)
def test_a_crash_tells_no_cell(name: str, tmp_path: Path, run: Run, everything_said: Callable[[], str]) -> None:
    of = table(name)
    columns = [column for column, about in of.columns().items() if about.kind != "date"]

    for number, column in enumerate(columns):

        def body(column: str = column) -> pl.Expr:
            """Made up.

            When: never.

            Why: a test.

            Fix: nothing.
            """
            return of.col(column).str.to_integer() > 0

        rule(f"CRASH{number}", flags=of, fields=[of.col(column)])(body)
    # What polars says of such a fault does hold the cell: the test would see it.
    with pytest.raises(pl.exceptions.PolarsError, match=MARK):
        marked()[name].select(pl.col("CHILD").str.to_integer())
    result = returns903.validate(from_frames(marked()), select=["CRASH"])
    assert len(result.codes("crashed")) == len(columns)
    status, said = run("validate", written(tmp_path / "made", marked()), "--year", YEAR, "--select", "CRASH")
    assert status == 2
    assert MARK not in repr(result.outcomes) + to_json(result) + said + everything_said()


class Unprintable:
    """A thing whose text is the mark."""

    def __str__(self) -> str:
        return MARK

    __repr__ = __str__


ODD = {
    "list": pl.Series([[MARK]]),
    "struct": pl.Series([{MARK: MARK}]),
    "object": pl.Series([Unprintable()], dtype=pl.Object),
    "bytes": pl.Series([MARK.encode() + b"\xff"]),
    "array": pl.Series([[MARK]], dtype=pl.Array(pl.String, 1)),
    "category": pl.Series([MARK], dtype=pl.Categorical),
    "enum": pl.Series([MARK], dtype=pl.Enum([MARK])),
}


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("column", Episodes.all_columns())
def test_what_is_said_of_frames_of_odd_types_tells_no_cell(column: str, what: str) -> None:
    frame = pl.DataFrame({"CHILD": ["A"]}).with_columns(ODD[what].alias(column))
    try:
        said = repr(returns903.validate(from_frames({"Episodes": frame})).outcomes)
    except Exception as error:
        said = "".join(traceback.format_exception(error))
    assert said
    assert MARK not in said


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", '=HYPERLINK("http://x","y")']


def test_no_cell_of_a_csv_report_is_a_formula() -> None:
    frame = pl.DataFrame({"CHILD": FORMULAS, "SEX": ["?"] * len(FORMULAS)})
    result = returns903.validate(returns903.Return.from_frames({"Header": frame}, year=YEAR), select=["101"])
    assert result.findings.height == len(FORMULAS)
    cells = [cell for row in csv.reader(io.StringIO(to_csv(result), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [f"'{formula}" for formula in FORMULAS] == [cell for cell in cells if cell.startswith("'")]
