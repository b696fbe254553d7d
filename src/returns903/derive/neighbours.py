"""Runs of neighbouring rows of a frame that stands in order."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

Columns = Mapping[str, str | pl.Expr]
"""Columns of the rows, or expressions of them, by the names that they get."""


def runs(rows: pl.DataFrame, begins: pl.Expr, first: Columns, last: Columns) -> pl.DataFrame:
    """One row a run, in order: columns of its first row, columns of its last row, and n, how many rows it has.

    begins says whether a row begins a run; null counts as true.
    """
    starts = rows.select(begins.fill_null(value=True)).to_series()
    ends = starts.shift(-1, fill_value=True)
    n = (ends.arg_true() - starts.arg_true() + 1).cast(pl.UInt32).alias("n")
    firsts, lasts = rows.select(**first).filter(starts), rows.select(**last).filter(ends)
    return firsts.hstack(lasts).hstack([n])


def changes(*names: str) -> pl.Expr:
    """Whether a row differs from the one before in any of these columns, which are never null."""
    return pl.any_horizontal(pl.col(name) != pl.col(name).shift(1) for name in names)
