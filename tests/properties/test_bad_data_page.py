"""What docs/bad-data.md tells people is so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import pytest

import returns903
from returns903.frames import Frames
from returns903.tables import Episodes

Table = Mapping[str, Sequence[str | None]]
YEAR = "2024-25"
NOBODY: Table = {"CHILD": []}


def a_return(**tables: Table) -> returns903.Return:
    frames = {name: pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)) for name, columns in tables.items()}
    return returns903.Return.from_frames(frames, year=YEAR)


def flagged(code: str, **tables: Table) -> list[tuple[str, int]]:
    """The rows that a rule flags; the rule has to run."""
    result = returns903.validate(a_return(**tables), select=[code])
    assert result.outcomes[code].state in ("passed", "findings")
    return result.findings.select("table", "row").rows()


@pytest.mark.parametrize("dob", [None, "31/02/2010", "2010-02-01", "01/02/10", "x"])
def test_a_comparison_with_what_cannot_be_read_flags_nothing_and_one_rule_tells_it(dob: str | None) -> None:
    tables = {"Reviews": {"CHILD": ["A"], "DOB": ["01/02/2010"]}, "Header": {"CHILD": ["A"], "DOB": [dob]}}
    assert flagged("INT17", **tables) == []
    assert flagged("102", **tables) == [("Header", 0)]


@pytest.mark.parametrize("cell", ["31/02/2024", "2024-04-05", "05/04/24", "x", "", "21/09/1677", "12/04/2262"])
def test_an_unreadable_date_is_given_and_no_day(cell: str) -> None:
    assert flagged("147", Episodes={"CHILD": ["A"], "DEC": [cell]}) == [("Episodes", 0)]


@pytest.mark.parametrize("cell", [None, "22/09/1677", "11/04/2262"])
def test_a_blank_and_a_day_far_away_are_not_unreadable(cell: str | None) -> None:
    assert flagged("147", Episodes={"CHILD": ["A"], "DEC": [cell]}) == []


@pytest.mark.parametrize(("cell", "rows"), [("C2", 0), ("c2", 1), (" C2", 1), ("", 1), (None, 0)])
def test_frames_count_as_they_stand(cell: str | None, rows: int) -> None:
    assert len(flagged("144", Episodes={"CHILD": ["A"], "LS": [cell]})) == rows


def test_a_blank_child_is_nobody() -> None:
    episodes = {"CHILD": [None, None, "A"], "LS": ["?", "C2", "C2"]}
    header = {"CHILD": [None, "A"]}
    assert flagged("INT03", Episodes=episodes, Header=header) == [("Episodes", 0), ("Episodes", 1)]
    assert flagged("144", Episodes=episodes) == [("Episodes", 0)]


@pytest.mark.parametrize("days", [["01/02/2010", "02/02/2010"], ["02/02/2010", "01/02/2010"]])
def test_each_of_two_headers_is_compared(days: list[str]) -> None:
    header = {"CHILD": ["A", "A"], "DOB": days}
    assert flagged("INT17", Reviews={"CHILD": ["A"], "DOB": ["01/02/2010"]}, Header=header) == [("Reviews", 0)]
    assert flagged("INT32", Header=header) == [("Header", 0), ("Header", 1)]


def test_rows_on_one_day_stand_in_the_order_of_the_file_and_undated_ones_last() -> None:
    days = ["x", "02/04/2024", "01/04/2024", "02/04/2024", None, "01/04/2024"]
    episodes = a_return(Episodes={"CHILD": ["A"] * 6, "DECOM": days})
    assert Frames(episodes).base(Episodes)["Episodes.row"].to_list() == [2, 5, 1, 3, 0, 4]


def test_a_table_without_rows_is_not_a_missing_one() -> None:
    episodes = {"CHILD": ["A"]}
    assert flagged("INT03", Episodes=episodes, Header=NOBODY) == [("Episodes", 0)]
    assert flagged("INT03", Episodes=NOBODY, Header=NOBODY) == []
    outcome = returns903.validate(a_return(Episodes=episodes), select=["INT03"]).outcomes["INT03"]
    assert (outcome.state, outcome.reason) == ("skipped", "no Header")
