"""Tables of counts that annual reports show beside those of `derive`, made from its tables of children and reviews."""

from __future__ import annotations

import polars as pl

from returns903.derive import reviews_due
from returns903.derive.reviews import month_ends
from returns903.returns import Return
from returns903.statistics import percent

ALL = "all"
KINDS = ("initial", "second", "subsequent", "adoption")
"""The kinds of review by month; those that adoption makes due, placed or not, are few and taken together."""


def reviews_by_month(ret: Return) -> pl.DataFrame:
    """The reviews that fell due in each month of the year, by kind, and whether they were on time; respite apart.

    Returns:
        One row a month and kind, those without reviews too: month (its last day), kind (one of `KINDS`, and all), due,
        on_time, late (not held by the due date, whether held later or not), percent (on time of due; null: none due).
        On time and late add up to due, the kinds to all, and the months to `reviews_due` in `review_timeliness`.

    Source: as for `reviews_due`.
    """
    ends = pl.DataFrame({"month": list(month_ends(ret.year.start, ret.year.end))}, schema={"month": pl.Date})
    steps = reviews_due(ret).filter(pl.col("owed") & pl.col("due").is_between(ret.year.start, ret.year.end))
    kind = pl.when(pl.col("kind").str.contains("^(adoption|authorised)")).then(pl.lit("adoption")).otherwise("kind")
    each = (
        steps.sort("due")
        .join_asof(ends.with_columns(due="month"), on="due", strategy="forward", check_sortedness=False)
        .select("month", on_time=pl.col("state") == "on_time", kind=kind)
    )
    counts = (
        pl.concat([each, each.with_columns(kind=pl.lit(ALL))])
        .group_by("month", "kind")
        .agg(due=pl.len().cast(pl.UInt32), on_time=pl.col("on_time").sum().cast(pl.UInt32))
    )
    return (
        ends.join(pl.DataFrame({"kind": [*KINDS, ALL]}), how="cross", maintain_order="left_right")
        .join(counts, on=["month", "kind"], how="left", maintain_order="left")
        .with_columns(pl.col("due", "on_time").fill_null(0))
        .with_columns(late=pl.col("due") - pl.col("on_time"), percent=percent("on_time", "due"))
    )
