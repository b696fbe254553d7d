from __future__ import annotations

import datetime as dt
import io

import polars as pl
import pytest

from returns903.errors import InputError


def parquet(frame):
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


def test_parquet_with_types(read):
    frame = pl.DataFrame(
        {
            "child": [17, None, 19],
            "REVIEW": [dt.date(2024, 5, 3), None, dt.date(2024, 6, 4)],
            "DOB": ["1/2/2010", None, "SECRET"],
            "REVIEW_CODE": pl.Series(["pn1", None, "PN2"], dtype=pl.Categorical),
        }
    )
    result = read(parquet(frame), "r.parquet")
    assert result.tables["Reviews"].select("row", "line", "CHILD", "DOB", "REVIEW", "REVIEW_CODE").rows() == [
        (0, None, "17", dt.date(2010, 2, 1), dt.date(2024, 5, 3), "PN1"),
        (1, None, "19", None, dt.date(2024, 6, 4), "PN2"),
    ]
    assert sorted(n.kind for n in result.notes) == ["empty", "normalised", "repaired", "unreadable"]


NEITHER = {
    "list": pl.Series([[1]]),
    "array": pl.Series([[1]], dtype=pl.Array(pl.Int8, 1)),
    "struct": pl.Series([{"a": "SECRET"}]),
    "bytes": pl.Series([b"SECRET"]),
    "time": pl.Series([dt.time(1)]),
    "span of time": pl.Series([dt.timedelta(days=1)]),
}


@pytest.mark.parametrize("kind", NEITHER)
def test_a_column_that_is_neither_text_number_nor_date_is_refused_by_name(read, kind):
    frame = pl.DataFrame({"CHILD": ["C1"], "DOB": ["x"], "Review": NEITHER[kind], "REVIEW_CODE": ["PN1"]})
    with pytest.raises(InputError, match=r"^r\.parquet: holds neither text, numbers nor dates in Review$"):
        read(parquet(frame), "r.parquet")


@pytest.mark.parametrize("kind", NEITHER)
def test_a_stranger_among_the_columns_may_hold_anything(read, kind):
    frame = pl.DataFrame({"CHILD": ["C1"], "DOB": ["x"], "REVIEW": ["x"], "REVIEW_CODE": ["PN1"], "X": NEITHER[kind]})
    result = read(parquet(frame), "r.parquet")
    assert result.tables["Reviews"].height == 1
    assert [note.column for note in result.notes if note.kind == "ignored column"] == ["X"]


def test_a_day_that_no_calendar_has_is_unreadable_and_its_place_is_told(read):
    days = pl.Series([2**31 - 1, 0, -(2**31)], dtype=pl.Int32).cast(pl.Date)
    frame = pl.DataFrame({"CHILD": ["C1"] * 3, "DOB": days, "REVIEW": days, "REVIEW_CODE": ["PN1"] * 3})
    result = read(parquet(frame), "r.parquet")
    assert result.tables["Reviews"]["REVIEW"].to_list() == [None, dt.date(1970, 1, 1), None]
    assert [note.place for note in result.notes if note.column == "REVIEW"] == ["r.parquet row 0", "r.parquet row 2"]
