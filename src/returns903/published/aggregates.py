"""Tables of counts that annual reports show beside those of `derive`, made from its tables of children and reviews."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.derive.reviews import month_ends
from returns903.derive.reviews_due import every_step
from returns903.returns import Return
from returns903.statistics import percent

ALL = "all"
KINDS = ("initial", "second", "subsequent", "adoption")
"""The kinds of review by quarter; those that adoption makes due, placed or not, are few and taken together."""


def reviews_by_month(ret: Return) -> pl.DataFrame:
    """The reviews that fell due in each month of the year, and whether they were on time; respite apart.

    Returns:
        One row a month, those without reviews too: month (its last day); of the reviews whose due date is known due,
        on_time, late (not held by the due date, whether held later or not) and percent (on time of due; null: none
        due); and assumed, those whose due date is not known and may lie in the month. One of these may stand in several
        months. On time and late add up to due, and the months to the reviews due in `review_timeliness` whose basis is
        known.

    Source: as for `reviews_due`.
    """
    return _falling_due(ret, "month", month_ends(ret.year.start, ret.year.end), [ALL]).drop("kind")


def reviews_by_quarter(ret: Return) -> pl.DataFrame:
    """The reviews that fell due in each quarter of the year, by kind, and whether they were on time; respite apart.

    Returns:
        One row a quarter and kind, those without reviews too: kind (one of `KINDS`, and all), quarter (its last day),
        and the rest as in `reviews_by_month`. The kinds add up to all, and each three months to their quarter, but for
        assumed.

    Source: as for `reviews_due`.
    """
    return _falling_due(ret, "quarter", month_ends(ret.year.start, ret.year.end)[2::3], [*KINDS, ALL])


def _falling_due(ret: Return, name: str, ends: list[dt.date], kinds: list[str]) -> pl.DataFrame:
    """The reviews due by kind in the parts of the year that end on these days, in a column of this name."""
    firsts = [ret.year.start, *(day + dt.timedelta(days=1) for day in ends[:-1])]
    parts = pl.DataFrame({name: ends, "first": firsts}, schema={name: pl.Date, "first": pl.Date})
    kind = pl.when(pl.col("kind").str.contains("^(adoption|authorised)")).then(pl.lit("adoption")).otherwise("kind")
    steps = every_step(ret).with_columns(kind=kind)
    steps = pl.concat([steps, steps.with_columns(kind=pl.lit(ALL))])
    is_known = pl.col("basis") == "known"
    known = steps.filter(is_known & pl.col("listed") & pl.col("owed")).select("due", "kind", "state")
    assumed = steps.filter(~is_known).select("since", "kind", until=pl.min_horizontal("due", "end"))
    counts = (
        known.join_where(parts, pl.col("due") >= pl.col("first"), pl.col("due") <= pl.col(name))
        .group_by(name, "kind")
        .agg(due=pl.len().cast(pl.UInt32), on_time=(pl.col("state") == "on_time").sum().cast(pl.UInt32))
    )
    doubts = (
        assumed.join_where(parts, pl.col("since") <= pl.col(name), pl.col("until") >= pl.col("first"))
        .group_by(name, "kind")
        .agg(assumed=pl.len().cast(pl.UInt32))
    )
    numbers = ("due", "on_time", "assumed")
    return (
        pl.DataFrame({"kind": kinds})
        .join(parts.select(name), how="cross", maintain_order="left_right")
        .join(counts, on=["kind", name], how="left", maintain_order="left")
        .join(doubts, on=["kind", name], how="left", maintain_order="left")
        .with_columns(pl.col(numbers).fill_null(0))
        .with_columns(late=pl.col("due") - pl.col("on_time"), percent=percent("on_time", "due"))
        .select("kind", name, "due", "on_time", "late", "percent", "assumed")
    )
