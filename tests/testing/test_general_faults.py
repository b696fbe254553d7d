"""Faults of general kinds: what each does, and that it says where it struck."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from returns903 import Return
from returns903.testing.faults import KINDS, GeneralFault
from returns903.texts import texts, texts_of_last_year
from returns903.years import Year

YEAR = Year("2024-25")


def a_return() -> Return:
    header = {"CHILD": ["A1", "B2"], "SEX": ["F", "M"], "DOB": ["01/05/2010", "02/06/2011"], "ETHNIC": ["WBRI", "AIND"]}
    missing = {"CHILD": ["A1"], "DOB": ["01/05/2010"], "MISSING": ["M"], "MIS_START": ["01/06/2024"]}
    reviews = {"CHILD": ["A1", "A1"], "DOB": ["01/05/2010"] * 2, "REVIEW": ["01/05/2024", "01/06/2024"]}
    frames = {"Header": pl.DataFrame(header), "Missing": pl.DataFrame(missing), "Reviews": pl.DataFrame(reviews)}
    return Return.from_frames(frames, previous={"Header": pl.DataFrame(header)}, year=YEAR)


def changed_rows(before: pl.DataFrame, after: pl.DataFrame) -> list[int]:
    """The rows of a table that differ, or that only one of the two has."""
    rows = zip(before.rows() + [()] * after.height, after.rows() + [()] * before.height, strict=True)
    return [i for i, (old, new) in enumerate(rows) if old != new]


@pytest.mark.parametrize(
    ("fault", "struck", "column", "cell"),
    [
        (GeneralFault("blank", "Header", row=3, column=0), 1, "SEX", None),
        (GeneralFault("blank", "Header", row=0, column=2), 0, "ETHNIC", None),
        (GeneralFault("unreadable date", "Reviews", row=1, column=1), 1, "REVIEW", "31/02/2024"),
        (GeneralFault("code of no list", "Header", column=1), 0, "ETHNIC", "?"),
        (GeneralFault("code of another year", "Header", pick=1), 0, "SEX", "2"),
        (GeneralFault("day over a boundary", "Missing", column=1, pick=1), 0, "MIS_START", "31/03/2024"),
        (GeneralFault("another code", "Header", row=1), 1, "SEX", "F"),
        (GeneralFault("another day", "Missing", column=1, pick=7), 0, "MIS_START", "02/06/2023"),
        (GeneralFault("absurd cell", "Reviews", row=1, column=1, pick=8), 1, "REVIEW", "NaN"),
        (GeneralFault("row of nobody", "Header", row=1), 1, "CHILD", None),
        (GeneralFault("row of nobody", "Header", row=1, pick=1), 1, "CHILD", "F001"),
    ],
    ids=lambda value: value.kind if isinstance(value, GeneralFault) else None,
)
def test_one_cell_changes(fault: GeneralFault, struck: int, column: str, cell: str | None) -> None:
    ret = a_return()
    broken, rows = fault.apply(ret)
    assert rows == {fault.table: [struck]}
    assert texts(broken)[fault.table][column][struck] == cell
    expected = (
        texts(ret)[fault.table]
        .with_row_index()
        .with_columns(pl.when(pl.col("index") == struck).then(pl.lit(cell)).otherwise(column).alias(column))
    )
    assert texts(broken)[fault.table].equals(expected.drop("index"))
    assert {name: frame for name, frame in texts(broken).items() if name != fault.table}.keys() == {
        name for name in texts(ret) if name != fault.table
    }


def test_swapped_dates() -> None:
    broken, rows = GeneralFault("swapped dates", "Reviews", row=1, column=1).apply(a_return())
    assert rows == {"Reviews": [1]}
    assert texts(broken)["Reviews"].row(1)[1:3] == ("01/06/2024", "01/05/2010")


def test_doubled_row() -> None:
    broken, rows = GeneralFault("doubled row", "Reviews", row=1).apply(a_return())
    assert rows == {"Reviews": [1, 2]}
    assert texts(broken)["Reviews"].row(1) == texts(broken)["Reviews"].row(2)


def test_row_missing() -> None:
    broken, rows = GeneralFault("row missing", "Reviews", row=2).apply(a_return())
    assert rows == {"Reviews": [0]}
    assert broken["Reviews"]["REVIEW"].to_list() == [dt.date(2024, 6, 1)]


def test_table_without_rows() -> None:
    broken, rows = GeneralFault("table without rows", "Reviews").apply(a_return())
    assert (rows, broken["Reviews"].height) == ({"Reviews": [0, 1]}, 0)


@pytest.mark.parametrize(("pick", "cell"), [(0, None), (7, "-1")])
def test_column_of_one_value(pick: int, cell: str | None) -> None:
    broken, rows = GeneralFault("column of one value", "Header", column=2, pick=pick).apply(a_return())
    assert (rows, texts(broken)["Header"]["ETHNIC"].to_list()) == ({"Header": [0, 1]}, [cell, cell])


@pytest.mark.parametrize("cell", ["31/02/2024", "0001-01-01", "01/01/9999", "", None])
def test_what_is_no_day_of_our_times_is_moved_to_no_other(cell: str | None) -> None:
    ret = Return.from_frames({"Header": pl.DataFrame({"CHILD": ["A1"], "DOB": [cell]})}, year=YEAR)
    broken, rows = GeneralFault("another day", "Header", column=0).apply(ret)
    assert rows == ({"Header": [0]} if cell == "31/02/2024" else {})
    assert texts(broken)["Header"]["DOB"].item() == ("03/03/2024" if rows else cell)


@pytest.mark.parametrize(
    ("kind", "column", "cell"),
    [("blank", "SEX", None), ("another code", "SEX", "M"), ("code of another year", "SEX", "1")],
)
def test_last_year_is_struck_where_its_table_is_named(kind: str, column: str, cell: str | None) -> None:
    ret = a_return()
    broken, rows = GeneralFault(kind, "Header.last_year").apply(ret)
    assert rows == {"Header.last_year": [0]}
    assert (texts_of_last_year(broken) or {})["Header"][column].to_list() == [cell, "M"]
    assert broken["Header"].equals(ret["Header"])


def test_child_without_header() -> None:
    broken, rows = GeneralFault("child without Header", "Header").apply(a_return())
    assert rows == {"Missing": [0], "Reviews": [0, 1]}
    assert broken["Header"]["CHILD"].to_list() == ["B2"]


def test_table_and_column_missing() -> None:
    broken, rows = GeneralFault("table missing", "Reviews").apply(a_return())
    assert (rows, "Reviews" in broken) == ({"Reviews": []}, False)
    broken, rows = GeneralFault("column missing", "Reviews", column=1).apply(a_return())
    assert rows == {"Reviews": [0, 1]}
    assert broken.reading.filter(kind="missing column", column="REVIEW").height == 1


def test_identifier_changed() -> None:
    broken, rows = GeneralFault("identifier changed", "Missing").apply(a_return())
    assert rows == {"Header": [0], "Missing": [0], "Reviews": [0, 1]}
    assert [broken[name]["CHILD"][0] for name in rows] == ["F001"] * 3
    assert broken.last_year("Header")["CHILD"].to_list() == ["A1", "B2"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_strike(kind: str) -> None:
    empty = Return.from_frames({}, year=YEAR)
    broken, rows = GeneralFault(kind, "DoLo").apply(empty)
    assert (rows, broken.tables) == ({}, {})


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_struck_is_what_differs(kind: str) -> None:
    ret = a_return()
    for table in ("Header", "Reviews", "Missing"):
        broken, rows = GeneralFault(kind, table, row=1, column=1, pick=1).apply(ret)
        if kind in ("table missing", "column missing", "child without Header"):
            continue  # what is gone has no rows
        now = {name: changed_rows(frame, texts(broken)[name]) for name, frame in texts(ret).items()}
        assert {name: struck for name, struck in now.items() if struck} == {
            name: [row for row in struck if row in now[name]] for name, struck in rows.items()
        }
