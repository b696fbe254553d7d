"""What can be said of a suppressed percentage all the same: that it is 99 or more, or 5 or less.

Where 848 of 853 are up to date, 848 is suppressed, for 853 - 848 is a small count. A reader may know that it is 99 per
cent or more, if that gives away nothing of the small count. It does not where it would be as true, and be said as well,
of any other number that is small, and where it would be as true of every number that the proofs of suppression hold
against the true one: those are `FARTHEST` from it, or less.
"""

from __future__ import annotations

import polars as pl

from returns903.published.definition import Definition
from returns903.statistics import FARTHEST, SMALL

STATED = (99, 98, 95, 90)
"""The percentages that a suppressed one is said to come to or exceed; and, from 100, those that it does not exceed."""


def bounds(of: Definition, frame: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """What can be said of the suppressed percentages of a table.

    Args:
        of: the table.
        frame: it, with every number.
        hidden: which of its numbers are suppressed.

    Returns:
        For each column of percentages of a count in the same row, row for row: 99 where it can be said that the
        percentage is 99 or more, -1 where it is 1 or less; null where nothing is said.
    """
    return frame.select(
        _bound(p.column, p.of, p.over, hidden).alias(p.column) for p in of.percentages if isinstance(p.over, str)
    )


def _bound(column: str, part: str, whole: str, hidden: pl.DataFrame) -> pl.Expr:
    """The bound of a percentage of two counts, where that is what stands in the column and the whole is shown."""
    above, below = pl.col(part).cast(pl.Int64), pl.col(whole).cast(pl.Int64)
    is_percentage = (pl.col(column) - 100 * above / below).abs() < 1e-6
    told = hidden.get_column(column) & ~hidden.get_column(whole)
    either = pl.coalesce(_at_least(below - above, below), _at_least(above, below) - 100)
    return pl.when(is_percentage & told).then(either)


def _at_least(rest: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """The largest of the percentages that the whole without the rest comes to, whatever small count the rest is."""
    most = pl.max_horizontal(rest, pl.lit(SMALL[-1])) + FARTHEST
    return pl.coalesce(pl.when(100 * most <= (100 - stated) * whole).then(stated) for stated in STATED)
