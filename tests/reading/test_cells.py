"""From cells to typed columns: days, numbers and texts of every type, and what keeps its text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from returns903.errors import InputError
from returns903.reading.cells import as_text, lacking_zeros, read_date, refuse_odd, rough_columns, typed, typed_tables
from returns903.tables import Episodes, Header, Reviews

DAY = dt.date


@pytest.mark.parametrize(
    ("text", "day", "lacks"),
    [
        ("01/05/2024", DAY(2024, 5, 1), 0),
        ("1/05/2024", DAY(2024, 5, 1), 1),
        ("01/5/2024", DAY(2024, 5, 1), 1),
        ("1/5/2024", DAY(2024, 5, 1), 1),
        ("29/02/2024", DAY(2024, 2, 29), 0),
        ("29/02/2023", None, 0),
        ("1/13/2024", None, 0),
        ("01/05/24", None, 0),
        ("001/05/2024", None, 0),
        ("01/05/20245", None, 0),
        (" 01/05/2024", None, 0),
        ("01-05-2024", None, 0),
        ("22/09/1677", DAY(1677, 9, 22), 0),  # what nanoseconds can hold
        ("21/09/1677", None, 0),
        ("11/04/2262", DAY(2262, 4, 11), 0),
        ("12/04/2262", None, 0),
        ("", None, 0),
        (None, None, 0),
    ],
)
def test_a_day_is_written_as_dd_mm_yyyy(text: str | None, day: dt.date | None, lacks: int) -> None:
    frame = pl.DataFrame({"REVIEW": [text, "01/05/2024"]}, schema={"REVIEW": pl.String})
    assert frame.select(read_date(pl.col("REVIEW"))).to_series()[0] == day
    assert lacking_zeros(frame) == ({"REVIEW": 1} if lacks else {})
    made = typed(frame, Reviews)
    assert made.select("REVIEW", "REVIEW.text").row(0) == (day, text if day is None else None)


def test_days_that_lack_a_zero_are_counted_by_column() -> None:
    frame = pl.DataFrame({"a": ["1/05/2024", "1/5/2024", None], "b": ["01/05/2024"] * 3, "c": ["x", "1/1/1", ""]})
    assert lacking_zeros(frame) == {"a": 2}
    assert lacking_zeros(frame.head(0)) == {}
    assert lacking_zeros(pl.DataFrame()) == {}


def test_columns_that_need_trimming_or_capitals() -> None:
    cells = {"a": " X", "b": "X ", "c": "x", "d": "é", "e": "X Y", "f": "\tX", "g": "X\xa0", "h": "1/2", "i": None}
    frame = pl.DataFrame({name: [cell, "OK"] for name, cell in cells.items()})
    assert rough_columns(frame) == ["a", "b", "c", "d", "f", "g"]
    assert rough_columns(frame.head(0)) == []


@pytest.mark.parametrize(
    ("values", "dtype", "texts"),
    [
        (["x", None], pl.String, ["x", None]),
        ([1.0, 1.5, -2.0, None, float("nan")], pl.Float64, ["1", "1.5", "-2", None, None]),
        ([float("inf"), 1e18, 1e20], pl.Float64, ["inf", "1000000000000000000", "1e+20"]),
        ([0.1], pl.Float32, ["0.1"]),
        ([7, None], pl.UInt8, ["7", None]),
        ([Decimal("7.00"), Decimal("7.50"), Decimal("70.00")], pl.Decimal(10, 2), ["7", "7.50", "70"]),
        ([True, False, None], pl.Boolean, ["1", "0", None]),
        ([DAY(2024, 5, 1), None], pl.Date, ["01/05/2024", None]),
        ([dt.datetime(2024, 5, 1, 23, 59)], pl.Datetime("ms"), ["01/05/2024"]),
        ([dt.datetime(2024, 5, 1, 23, 59)], pl.Datetime("us"), ["01/05/2024"]),
        ([dt.datetime(2024, 5, 1, 23, 59)], pl.Datetime("ns"), ["01/05/2024"]),
        ([DAY(1, 1, 1), DAY(9999, 12, 31)], pl.Date, ["01/01/0001", "31/12/9999"]),
        (["a", None], pl.Categorical, ["a", None]),
        ([None], pl.Null, [None]),
    ],
)
def test_every_cell_has_a_text_that_stands_for_it(values: list[Any], dtype: Any, texts: list[str | None]) -> None:
    frame = pl.DataFrame({"x": pl.Series(values, dtype=dtype)})
    assert frame.select(as_text(pl.col("x"), frame.schema["x"])).to_series().to_list() == texts


def test_a_day_that_no_calendar_has_is_told_by_its_number() -> None:
    ends = pl.Series([-719_163, -719_162, 2_932_896, 2_932_897], dtype=pl.Int32).cast(pl.Date)
    frame = pl.DataFrame({"x": ends})
    assert frame.select(as_text(pl.col("x"), pl.Date())).to_series().to_list() == [
        *("-719163", "01/01/0001", "31/12/9999", "2932897")
    ]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_the_first_and_last_moment_that_is_read_as_a_day(unit: Any) -> None:
    """A column of times is read from 22 September 1677 to the beginning of 11 April 2262."""
    ticks = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[unit]
    first, last = (DAY(1677, 9, 22) - DAY(1970, 1, 1)).days * ticks, (DAY(2262, 4, 11) - DAY(1970, 1, 1)).days * ticks
    moments = pl.Series([first, first - 1, last, last + 1, 0, ticks - 1], dtype=pl.Int64).cast(pl.Datetime(unit))
    made = typed(pl.DataFrame({"REVIEW": moments}), Reviews)
    days = made.get_column("REVIEW").to_list()
    assert days == [DAY(1677, 9, 22), None, DAY(2262, 4, 11), None, DAY(1970, 1, 1), DAY(1970, 1, 1)]
    assert made.get_column("REVIEW.text").is_null().to_list() == [day is not None for day in days]


def test_numbers_that_are_worked_out_keep_their_text_where_they_are_none() -> None:
    texts = pl.DataFrame({"CHILD": ["A"] * 4, "PL_DISTANCE": ["4", "far", None, "NaN"]})
    assert typed(texts, Episodes).select("PL_DISTANCE", "PL_DISTANCE.text").rows() == [
        *((4.0, None), (None, "far"), (None, None), (None, "NaN"))
    ]
    numbers = pl.DataFrame({"PL_DISTANCE": [4, None]})
    assert typed(numbers, Episodes).select("PL_DISTANCE", "PL_DISTANCE.text").rows() == [(4.0, None), (None, None)]
    assert typed(pl.DataFrame({"PL_DISTANCE": [True]}), Episodes)["PL_DISTANCE"].to_list() == [1.0]


def test_numbers_and_days_may_stand_for_codes() -> None:
    frame = pl.DataFrame({"CHILD": [1005214, 2], "REVIEW_CODE": [1.0, 2.5], "DOB": [DAY(2010, 2, 1), None]})
    assert typed(frame, Reviews).select("CHILD", "REVIEW_CODE", "DOB", "DOB.text").rows() == [
        ("1005214", "1", DAY(2010, 2, 1), None),
        ("2", "2.5", None, None),
    ]


def test_a_table_has_its_columns_and_no_others() -> None:
    made = typed(pl.DataFrame({"CHILD": ["A"], "REVIEW": ["x"], "Remarks": ["y"]}), Reviews)
    assert made.columns == [
        *("row", "line", "file", "CHILD", "DOB", "DOB.text", "REVIEW", "REVIEW.text", "REVIEW_CODE")
    ]
    assert made.row(0) == (0, None, None, "A", None, None, None, "x", None)
    assert made.schema["DOB"] == pl.Date
    assert {made.schema[name] for name in ("DOB.text", "REVIEW_CODE", "file")} == {pl.String}
    assert (made.schema["row"], made.schema["line"]) == (pl.UInt32, pl.UInt32)


def test_derived_columns_are_there_only_where_they_are_given() -> None:
    assert "UASC" not in typed(pl.DataFrame({"CHILD": ["A"]}), Header).columns
    assert typed(pl.DataFrame({"CHILD": ["A"], "UASC": [1]}), Header)["UASC"].to_list() == ["1"]


def test_rows_lines_and_files_are_kept() -> None:
    given = pl.DataFrame({"CHILD": ["A", "B"], "row": [7, 8], "line": [1, 2], "file": ["a", "b"]})
    assert typed(given, Reviews).select("row", "line", "file").rows() == [(7, 1, "a"), (8, 2, "b")]
    assert typed(given.drop("row"), Reviews)["row"].to_list() == [0, 1]


def test_days_of_several_tables_are_read_in_one_go_and_go_to_their_own() -> None:
    reviews = pl.DataFrame({"DOB": ["01/02/2010", "x", None], "REVIEW": ["y", None, "03/05/2024"]})
    header = pl.DataFrame({"DOB": ["x"], "MC_DOB": ["05/05/2023"]})
    first, second, third = typed_tables([(reviews, Reviews), (header, Header), (pl.DataFrame({"CHILD": []}), Header)])
    assert first.select("DOB", "DOB.text", "REVIEW", "REVIEW.text").rows() == [
        (DAY(2010, 2, 1), None, None, "y"),
        (None, "x", None, None),
        (None, None, DAY(2024, 5, 3), None),
    ]
    assert second.select("DOB", "DOB.text", "MC_DOB", "MC_DOB.text").row(0) == (None, "x", DAY(2023, 5, 5), None)
    assert third.height == 0
    assert third.schema["DOB"] == pl.Date


def test_what_is_neither_text_number_nor_date_is_refused() -> None:
    fine: dict[str, Any] = {"a": pl.String(), "b": pl.Float64(), "c": pl.Date(), "d": pl.Boolean(), "e": pl.Null()}
    refuse_odd(fine, "the table")
    with pytest.raises(InputError, match="the table holds neither text, numbers nor dates in x, y"):
        refuse_odd({**fine, "x": pl.List(pl.String), "y": pl.Struct({})}, "the table")
