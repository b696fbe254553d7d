"""A result can be asked for the rows behind its findings, for counts, and why a rule fired."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import returns903
from returns903.errors import ConfigError
from returns903.testing import synthesise
from returns903.years import RULE_YEARS

EPISODES = ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC")


def frame(columns: tuple[str, ...], *rows: tuple[Any, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def a_return(*episodes: tuple[Any, ...]) -> returns903.Return:
    children = sorted({str(row[0]) for row in episodes})
    header = frame(("CHILD", "SEX", "DOB"), *((child, "1", "01/01/2015") for child in children))
    tables = {"Header": header, "Episodes": frame(EPISODES, *episodes)}
    return returns903.Return.from_frames(tables, year="2024-25")


PROTECTED = (
    ("B", "01/05/2024", "S", "C2", "U4", None, None),
    ("A", "02/06/2024", "L", "L1", "U4", "09/06/2024", "X1"),
    ("A", "01/05/2024", "S", "V2", "U4", "02/06/2024", "X1"),
    ("A", "09/06/2024", "L", "C1", "U4", None, None),
)


@pytest.fixture(scope="module")
def found() -> returns903.Result:
    return returns903.validate(a_return(*PROTECTED), select=["361", "102", "503A"])


def test_rows_are_those_that_are_flagged_as_they_stand_in_the_return(found: returns903.Result) -> None:
    (row,) = found.rows("361").to_dicts()
    assert {row["role"], row["table"]} == {"flagged", "Episodes"}
    assert (row["row"], row["CHILD"], row["DECOM"], row["DEC"]) == (1, "A", "02/06/2024", "09/06/2024")
    assert set(row["reads"]) == {"DECOM", "LS", "DEC"}


def test_context_is_the_rows_around_in_the_order_of_time_and_the_header(found: returns903.Result) -> None:
    around = found.rows("361", context=True)
    assert around["role"].to_list() == ["header", "before", "flagged", "after"]
    assert around["row"].to_list() == [0, 2, 1, 3]
    assert around["SEX"].to_list() == ["1", None, None, None]


def test_a_rule_without_findings_has_no_rows(found: returns903.Result) -> None:
    assert found.rows("102").is_empty()
    assert found.rows("102", context=True).is_empty()


def test_rows_of_last_years_return_are_those_of_last_year() -> None:
    absences = ("CHILD", "MISSING", "MIS_START", "MIS_END")
    now = frame(absences, ("A", "M", "02/04/2024", None))
    before = frame(absences, ("B", "M", "01/02/2024", "02/02/2024"), ("A", "M", "01/03/2024", None))
    ret = returns903.Return.from_frames({"Missing": now}, previous={"Missing": before}, year="2024-25")
    result = returns903.validate(ret, select="576")
    assert result.findings.select("table", "previous", "row").rows() == [("Missing", True, 1)]
    (row,) = result.rows("576").to_dicts()
    assert (row["previous"], row["row"], row["CHILD"], row["MIS_START"]) == (True, 1, "A", "01/03/2024")
    assert ("this row", True, 1, "MIS_END", "blank") in result.explain("576", 1).cells.select(
        "where", "previous", "row", "column", "state"
    ).rows()


@pytest.mark.parametrize("code", ["184", "", "no rule"])
def test_a_rule_that_was_not_chosen_has_neither_rows_nor_an_explanation(found: returns903.Result, code: str) -> None:
    with pytest.raises(ConfigError, match="not among those that were chosen"):
        found.rows(code)
    with pytest.raises(ConfigError, match="not among those that were chosen"):
        found.explain(code, 0)


def test_counts_agree_with_the_findings(found: returns903.Result) -> None:
    assert found.summary().rows() == [("error", 1, 1, 1, 1), ("query", 0, 0, 0, 0), ("all", 1, 1, 1, 1)]
    assert found.by_rule().select("rule", "state", "findings", "children").rows() == [
        ("102", "passed", 0, 0),
        ("361", "findings", 1, 1),
        ("503A", "skipped", 0, 0),
    ]
    assert found.by_child().rows() == [("A", 1, 0, 1, ["361"])]


def test_a_row_that_several_rules_flag_is_one_row() -> None:
    ret = a_return(("A", "01/05/2024", "?", "?", "U4", None, None))
    result = returns903.validate(ret, select=["143", "144"])
    assert result.summary().filter(severity="all").rows() == [("all", 2, 2, 1, 1)]
    assert result.by_child().rows() == [("A", 2, 0, 1, ["143", "144"])]


def test_findings_without_an_identifier_stand_together_at_the_end() -> None:
    ret = a_return(("A", "01/05/2024", "S", "?", "U4", None, None))
    blank = ret["Episodes"].select(list(EPISODES)).with_columns(CHILD=pl.lit(None, pl.String))
    both = pl.concat([ret["Episodes"].select(list(EPISODES)), blank])
    result = returns903.validate(returns903.Return.from_frames({"Episodes": both}, year="2024-25"), select="144")
    assert result.by_child()["child"].to_list() == ["A", None]


def test_an_explanation_shows_every_cell_that_the_rule_reads(found: returns903.Result) -> None:
    told = found.explain("361", 1)
    cells = told.cells.select("where", "row", "column", "value", "state").rows()
    assert ("this row", 1, "LS", "L1", "given") in cells
    assert ("this row", 1, "DEC", "09/06/2024", "given") in cells
    assert ("worked out", None, "days on end", "7", "given") in cells
    assert ("the child's rows", 2, "LS", "V2", "given") in cells
    assert found.rules["361"].when in str(told)
    assert "  days on end: 7" in str(told).splitlines()
    assert "L1" not in repr(told)


def test_an_explanation_tells_what_is_blank_unreadable_or_not_there() -> None:
    ret = returns903.Return.from_frames(
        {
            "Header": frame(("CHILD", "DOB"), ("A", "31/31/2015"), ("B", None)),
            "PlacedAdoption": frame(
                ("CHILD", "DATE_PLACED"), *((child, "01/05/2024") for child in "ABC"), ("A", "soon")
            ),
        },
        year="2024-25",
    )
    result = returns903.validate(ret, select="184")
    told = [result.explain("184", row).cells.filter(column="DOB").select("value", "state").row(0) for row in range(3)]
    assert told == [("31/31/2015", "unreadable"), (None, "blank"), (None, "no row")]
    with pytest.raises(ConfigError, match="rule 184 does not flag a row 3 there"):
        result.explain("184", 3)


def test_an_explanation_of_a_row_in_one_of_several_tables_asks_which() -> None:
    ret = a_return(("A", "01/05/2024", "S", "C2", "U4", None, None))
    header = ret["Header"].select("CHILD", "SEX").with_columns(DOB=pl.lit("01/06/2024"))
    result = returns903.validate(
        returns903.Return.from_frames({"Header": header, "Episodes": ret["Episodes"]}, year="2024-25")
    )
    several = (
        result.findings.group_by("rule", "row").agg(pl.col("table").unique()).filter(pl.col("table").list.len() > 1)
    )
    code, row, tables = several.sort("rule").row(0)
    with pytest.raises(ConfigError, match="name the table"):
        result.explain(code, row)
    assert result.explain(code, row, table=tables[0]).table == tables[0]


@pytest.mark.parametrize("year", RULE_YEARS)
def test_every_rule_can_be_explained_at_every_kind_of_row_that_it_flags(year: str) -> None:
    """The cells shown are those of the columns that the rule reads, and the first of them are the row's own."""
    result = returns903.validate(synthesise(300, year=year, seed=1, faults=1.0).load())
    places = result.findings.unique(["rule", "table", "previous"], maintain_order=True)
    for code, table, previous, row in places.select("rule", "table", "previous", "row").iter_rows():
        cells = result.explain(code, row, table=table, previous=previous).cells
        assert cells.row(0)[:4] == ("this row", table, previous, row)
        shown = result.rows(code).filter(table=table, previous=previous)
        own = cells.filter(pl.col("where") == "this row")
        assert set(own["column"]) <= {"CHILD", *shown["reads"][0]}
        assert set(shown.filter(row=row).select(own["column"].to_list()).row(0)) >= set(own["value"])
