"""A percentage that rests too much on what is assumed is told as a range, and stands beside no other year's."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.published.doubted import Doubt, apart

COUNTS = {"part": pl.UInt32, "whole": pl.UInt32, "assumed": pl.UInt32, "unknown": pl.UInt32}
BOTH = Doubt("percent", "part", "whole", "assumed", "unknown")
TRUE = Doubt("percent", "part", "whole", "assumed", "unknown", is_assumed_true=True)
INSIDE = Doubt("percent", "part", "whole", unknown="unknown", is_within=pl.lit(value=True))


def frame(*rows: tuple[int | None, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=COUNTS, orient="row")


@pytest.mark.parametrize(
    ("doubt", "row", "said"),
    [
        (BOTH, (60, 100, 10, 0), None),  # a tenth, and no more
        (BOTH, (60, 100, 11, 0), "49 to 71"),
        (BOTH, (60, 90, 0, 10), None),
        (BOTH, (60, 89, 0, 11), "60 to 71"),
        (BOTH, (60, 89, 5, 11), "55 to 76"),
        (BOTH, (5, 100, 20, 0), "0 to 25"),  # of the five some may be known, and some assumed
        (BOTH, (95, 100, 20, 0), "75 to 100"),
        (BOTH, (1, 3, 1, 0), "0 to 67"),
        (BOTH, (0, 0, 0, 4), "0 to 100"),
        (BOTH, (0, 0, 0, 0), None),
        (TRUE, (60, 100, 11, 0), "49 to 60"),
        (TRUE, (60, 89, 5, 11), "55 to 71"),
        (INSIDE, (60, 100, 0, 10), None),
        (INSIDE, (60, 100, 0, 11), "60 to 71"),
        (BOTH, (None, 100, 50, 0), None),  # a suppressed number hides the range
        (BOTH, (60, 100, None, 0), None),
    ],
)
def test_the_range_is_that_of_the_counts_beside_it(doubt: Doubt, row: tuple[int | None, ...], said: str | None) -> None:
    assert frame(row).select(doubt.range()).item() == said


@pytest.mark.parametrize(
    ("row", "may_be"),
    [
        ((20, 49, None, 0), True),  # 5 of 49 are more than a tenth, and nobody is told whether it is 5
        ((20, 50, None, 0), False),
        ((20, 49, 0, None), True),
        ((20, 49, 4, 0), False),
        ((None, None, None, 0), False),
    ],
)
def test_a_suppressed_number_may_hide_a_doubt(row: tuple[int | None, ...], may_be: bool) -> None:
    assert frame(row).select(BOTH.may_be()).item() == may_be


@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize(
    ("row", "found"),
    [
        ((60, 100, 10, 0), False),
        ((60, 100, 11, 0), True),
        ((60, 100, None, 0), True),  # whether it is too much cannot be told
        ((None, None, None, None), False),  # no percentage
    ],
)
def test_years_stand_side_by_side_where_both_are_known(row: tuple[int | None, ...], found: bool, other: bool) -> None:
    years = [frame((60, 100, 0, 0)), frame(row)]
    assert apart(BOTH, years[::-1] if other else years).to_list() == [found]


@pytest.mark.parametrize(("column", "found"), [("assumed", True), ("unknown", True), ("part", False)])
def test_a_year_of_which_all_is_suppressed_may_be_in_doubt(column: str, found: bool) -> None:
    years = [frame((60, 100, 0, 0)), frame((None, None, None, None))]
    hidden = [year.select(pl.lit(value=False).alias(name) for name in COUNTS) for year in years]
    hidden[1] = hidden[1].with_columns(pl.lit(value=True).alias(column))
    assert apart(BOTH, years, hidden).to_list() == [found]


def test_the_rows_of_a_measure_stand_or_fall_together() -> None:
    by_measure = Doubt("percent", "part", "whole", "assumed", "unknown", by=("measure",))
    now = frame((9, 10, 0, 0), (9, 90, 11, 0), (9, 10, 2, 0)).with_columns(measure=pl.Series(["a", "a", "b"]))
    known = now.with_columns(assumed=pl.lit(0, pl.UInt32))
    assert apart(by_measure, (now, known)).to_list() == [True, True, True]
    less = now.with_columns(assumed=pl.Series([0, 10, 2], dtype=pl.UInt32))
    assert apart(by_measure, (known, less)).to_list() == [False, False, True]
    assert apart(BOTH, (known, less)).to_list() == [True, True, True]
