"""Percentages that rest too much on what is assumed or not known: told as a range, and beside no other year's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from returns903.statistics import SMALL

MOST = 0.1
"""The share that may be assumed or not known of a percentage that is told as one number."""
HIDES = "\0hides"
"""Whether a number that would say how much it is is suppressed."""
NOUGHT = pl.lit(0, pl.Int64)


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """What of a percentage is assumed or not known: the columns of counts that say so."""

    percent: str
    part: str
    whole: str
    assumed: str | None = None
    """Of the whole, those of whom it is assumed."""
    unknown: str | None = None
    """Those of whom it is not known whether they belong to the whole, and who are left out of it."""
    is_within: pl.Expr | None = None
    """The rows in which the unknown are part of the whole all the same."""
    is_assumed_true: bool = False
    """Those assumed are all counted in the part."""
    by: tuple[str, ...] = ()
    """The rows that are alike in these columns stand beside last year's together, or not at all."""

    @property
    def every(self) -> pl.Expr:
        """Those that the percentage is of at most."""
        beyond = _of(self.unknown)
        return _of(self.whole) + (
            beyond if self.is_within is None else pl.when(~self.is_within).then(beyond).otherwise(0)
        )

    @property
    def few(self) -> pl.Expr:
        """Those of them who are assumed or not known."""
        return _of(self.assumed) + _of(self.unknown)

    def range(self) -> pl.Expr:
        """The range of the percentage in words, from the counts that stand beside it; null where it is one number."""
        least = (_of(self.part) - _of(self.assumed)).clip(0)
        most = _of(self.part) + (_of(self.unknown) if self.is_assumed_true else self.few)
        ends = (
            (100 * least / self.every).floor(),
            (100 * pl.min_horizontal(most, self.every) / self.every).ceil(),
        )
        said = pl.format("{} to {}", *(end.cast(pl.Int64) for end in ends))
        return pl.when(self.few > MOST * self.every).then(said).alias(self.percent)

    def may_be(self) -> pl.Expr:
        """Whether a suppressed number hides that the percentage is in doubt: any small one would make it so."""
        return self.few.is_null() & (SMALL[-1] > MOST * _of(self.whole)).fill_null(value=False)

    def is_apart(self) -> pl.Expr:
        """Whether a row's numbers stand beside no other year's; so too where a suppressed number hides whether."""
        hides = (pl.col(HIDES) | (self.few.is_null() & _of(self.whole).is_not_null())).any()
        too_many = self.few.sum() > MOST * self.every.sum()
        found = hides | too_many
        return found.over(self.by) if self.by else found


def _of(column: str | None) -> pl.Expr:
    return NOUGHT if column is None else pl.col(column).cast(pl.Int64)


def apart(doubt: Doubt, years: Iterable[pl.DataFrame], hidden: Iterable[pl.DataFrame] = ()) -> pl.Series:
    """Row by row, whether too much of one of the years is assumed or not known to put the years side by side.

    Args:
        doubt: what is assumed or not known.
        years: both years' tables.
        hidden: which of their numbers are suppressed; what is may be too much, also where the whole is suppressed too.
    """
    names = [name for name in (doubt.assumed, doubt.unknown) if name is not None]
    masks = [pl.lit(each.select(pl.any_horizontal(names)).to_series()) for each in hidden] or [pl.lit(value=False)] * 2
    found = [
        frame.with_columns(mask.alias(HIDES)).select(pl.repeat(value=False, n=pl.len()) | doubt.is_apart()).to_series()
        for frame, mask in zip(years, masks, strict=True)
    ]
    return found[0] | found[1]
