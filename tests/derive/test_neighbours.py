"""Runs of neighbouring rows: each is told by its first and its last row."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.derive.neighbours import changes, runs

Row = tuple[str, int]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([("a", 1)], [("a", 1, 1, 1)]),
        ([("a", 1), ("a", 2), ("b", 3)], [("a", 1, 2, 2), ("b", 3, 3, 1)]),
        ([("a", 1), ("b", 2), ("a", 3), ("a", 4), ("a", 5)], [("a", 1, 1, 1), ("b", 2, 2, 1), ("a", 3, 5, 3)]),
    ],
)
def test_a_run_has_its_first_and_last_row_and_their_number(rows: list[Row], expected: list[tuple[str, int]]) -> None:
    frame = pl.DataFrame(rows, schema={"name": pl.String, "day": pl.Int64}, orient="row")
    found = runs(frame, changes("name"), {"name": "name", "begun": "day"}, {"ended": "day"})
    assert found.rows() == expected
    assert found.schema["n"] == pl.UInt32


def test_an_expression_is_of_all_rows_and_not_of_those_that_are_kept() -> None:
    frame = pl.DataFrame({"name": ["a", "a", "b"], "day": [1, 2, 4]})
    found = runs(frame, changes("name"), {"before": pl.col("day").shift(1)}, {"sum": pl.col("day").cum_sum()})
    assert found.rows() == [(None, 3, 2), (2, 7, 1)]


def test_a_change_in_any_of_several_columns_begins_a_run() -> None:
    frame = pl.DataFrame({"name": ["a", "a", "a"], "day": [1, 1, 2]})
    assert runs(frame, changes("name", "day"), {"day": "day"}, {"last": "day"}).rows() == [(1, 1, 2), (2, 2, 1)]
