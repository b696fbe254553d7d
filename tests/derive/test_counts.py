"""Percentages, and the range that one lies in where not all is known."""

from __future__ import annotations

import polars as pl

from returns903.derive.counts import percent, ranged


def test_a_percentage_of_nobody_is_none() -> None:
    frame = pl.DataFrame({"part": [0, 1, 7, None], "whole": [0, 3, 7, 5]})
    assert frame.select(percent("part", "whole")).to_series().to_list() == [None, 100 / 3, 100.0, None]


def test_the_range_reaches_from_none_of_them_to_all_of_them() -> None:
    frame = pl.DataFrame({"sure": [30], "denominator": [80], "assumed": [20], "unknown": [20]})
    found = frame.select(**ranged(pl.col("sure"), "denominator")).row(0, named=True)
    assert found == {"known": 60, "least": 30.0, "most": 70.0}
