"""One child's rows: all of them and no one else's, in order of time, each with what was flagged."""

from __future__ import annotations

import datetime as dt
import io

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from rich.console import Console

from returns903 import Return, validate
from returns903.errors import ConfigError
from returns903.reports.child import child_rows, render
from returns903.results import Result
from returns903.testing import strategies
from returns903.texts import texts, texts_of_last_year

HEADER = {"CHILD": ["A", "B"], "SEX": ["F", "?"], "DOB": ["01/02/2010", "02/03/2011"]}
EPISODES = {
    "CHILD": ["A", "B", "A", "A"],
    "DECOM": ["03/06/2024", "01/04/2024", "31/02/2024", "20/05/2024"],
    "LS": ["C2", "C2", "C2", "V6"],
    "DEC": [None, None, "02/05/2024", "03/06/2024"],
}
REVIEWS = {"CHILD": ["B", "A"], "REVIEW": ["01/06/2024", "02/06/2024"], "REVIEW_CODE": ["PN1", "PN9"]}


def checked(*, previous: bool = False) -> Result:
    last = {"Episodes": pl.DataFrame({"CHILD": ["A", "C"], "DECOM": ["20/05/2023", None]})}
    tables = {"Header": HEADER, "Episodes": EPISODES, "Reviews": REVIEWS}
    frames = {name: pl.DataFrame(cells) for name, cells in tables.items()}
    return validate(Return.from_frames(frames, year="2024-25", previous=last if previous else None))


def drawn(result: Result, child: str, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(render(result, child_rows(result, child)))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_rows_stand_in_order_of_time() -> None:
    found = child_rows(checked(previous=True), "A")
    assert [(row.table, row.previous, row.row, row.day) for row in found.rows] == [
        ("Header", False, 0, None),
        ("Episodes", True, 0, dt.date(2023, 5, 20)),
        ("Episodes", False, 2, dt.date(2024, 5, 2)),  # no first day that can be read: its last
        ("Episodes", False, 3, dt.date(2024, 5, 20)),
        ("Reviews", False, 1, dt.date(2024, 6, 2)),
        ("Episodes", False, 0, dt.date(2024, 6, 3)),
    ]
    assert found.rows[2].cells["DECOM"] == "31/02/2024"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_text_shows_cells_and_marks_what_is_flagged(width: int) -> None:
    text = drawn(checked(), "A", width)
    assert max(map(len, text.splitlines())) <= width
    flat = " ".join(text.split())
    assert "Child A: 5 rows of this return; " in flat
    assert "*REVIEW_CODE PN9" in flat
    assert "20/05/2024 Episodes row 3" in flat
    assert "error 102" not in flat  # of the other child's row
    assert "B" not in [cell for row in child_rows(checked(), "A").rows for cell in row.cells.values()]


def test_a_blank_cell_that_a_rule_speaks_of_is_shown() -> None:
    result = validate(Return.from_frames({"Header": pl.DataFrame({"CHILD": ["A"]})}, year="2024-25"), select="102")
    assert "*DOB blank" in drawn(result, "A", 80)
    assert "SEX" not in drawn(result, "A", 80)


@pytest.mark.parametrize("asked", ["A", "a", " a\n"])
def test_blanks_and_capitals_of_the_identifier_make_no_difference(asked: str) -> None:
    assert child_rows(checked(), asked).child == "A"


@pytest.mark.parametrize("asked", ["C", "AB", "", " "])
def test_a_child_that_is_not_there_is_an_error_that_names_no_other(asked: str) -> None:
    with pytest.raises(ConfigError, match="no row of this return is of the child") as told:
        child_rows(checked(), asked)
    assert f"'{asked.strip()}'" in str(told.value)
    assert "'A'" not in str(told.value)


def test_a_child_of_last_year_alone_is_shown() -> None:
    found = child_rows(checked(previous=True), "C")
    assert [(row.table, row.previous) for row in found.rows] == [("Episodes", True)]
    assert "and 1 row of last year's" in " ".join(drawn(checked(previous=True), "C", 80).split())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.returns("2024-25", max_children=4, valid=False))
def test_every_row_and_every_finding_is_shown_with_its_child(ret: Return) -> None:
    result = validate(ret)
    for previous, tables in ((False, texts(ret)), (True, texts_of_last_year(ret) or {})):
        for name, frame in tables.items():
            for row, cells in enumerate(frame.iter_rows(named=True)):
                child = (cells["CHILD"] or "").strip().upper()
                if not child:
                    continue
                shown = child_rows(result, child).rows
                found = [s for s in shown if (s.table, s.previous, s.row) == (name, previous, row)]
                assert [s.cells for s in found] == [cells]
                is_row = (pl.col("table") == name) & (pl.col("previous") == previous) & (pl.col("row") == row)
                rules = result.findings.filter(is_row)["rule"].to_list()
                assert [flag.rule for flag in found[0].flags] == rules
    assert result.outcomes
