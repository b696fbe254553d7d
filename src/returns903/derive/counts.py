"""Percentages of counts, the same wherever they are shown, and the range that they lie in where not all is known."""

from __future__ import annotations

import polars as pl

from returns903.derive.declared import Column, count, share

APART: dict[str, Column] = {
    "known": count("of the denominator, those of whom the returns at hand tell it"),
    "assumed": count("the rest of the denominator: counted by what is assumed"),
    "unknown": count("left out of the denominator, since it is not known whether they belong to it"),
    "least": share("the figure if it is true of nobody assumed or unknown, and all of these belong", "of nobody"),
    "most": share("the figure if it is true of all of them", "of nobody"),
}
"""What is known, what is assumed and what cannot be said of a figure, in columns of these names."""


def percent(part: pl.Expr | str, whole: pl.Expr | str) -> pl.Expr:
    """Part of whole in per cent, Float64, not rounded; null where the whole is 0 or either is null."""
    above, below = (pl.col(each) if isinstance(each, str) else each for each in (part, whole))
    # Division by one and the same number is done by its inverse, which is off in the last digit; by a column it is not.
    column = below.cast(pl.Float64) + 0 * above.cast(pl.Float64)
    return pl.when(column != 0).then(100 * above.cast(pl.Float64) / column)


def ranged(sure: pl.Expr, denominator: str) -> dict[str, pl.Expr]:
    """The columns of `APART` that follow from assumed and unknown; sure: the known ones of whom it is true."""
    every = pl.col(denominator) + pl.col("unknown")
    return {
        "known": pl.col(denominator) - pl.col("assumed"),
        "least": percent(sure, every),
        "most": percent(sure + pl.col("assumed") + pl.col("unknown"), every),
    }
