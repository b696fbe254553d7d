"""Percentages of counts, the same wherever they are shown."""

from __future__ import annotations

import polars as pl


def percent(part: pl.Expr | str, whole: pl.Expr | str) -> pl.Expr:
    """Part of whole in per cent, Float64, not rounded; null where the whole is 0 or either is null."""
    above, below = (pl.col(each) if isinstance(each, str) else each for each in (part, whole))
    # Division by one and the same number is done by its inverse, which is off in the last digit; by a column it is not.
    column = below.cast(pl.Float64) + 0 * above.cast(pl.Float64)
    return pl.when(column != 0).then(100 * above.cast(pl.Float64) / column)
