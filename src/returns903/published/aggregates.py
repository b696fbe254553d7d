"""Tables of counts that annual reports show beside those of `derive`, made from its tables of children and reviews."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import derive
from returns903.derive.cuts import CUTS
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


def starts_by_quarter(ret: Return) -> pl.DataFrame:
    """The starts and ceasings of each quarter of the year, of all children and of asylum-seeking and others apart.

    Returns:
        One row a group and quarter, those without any too: asylum (all, and the groups of that cut), quarter (its last
        day), and starts, children_started, ceasings and children_ceased as in `starts_and_ceasings`, of which they are
        the sums. The groups add up to all.

    Source: as for `starts_and_ceasings`.
    """
    columns = ["starts", "children_started", "ceasings", "children_ceased"]
    ends = month_ends(ret.year.start, ret.year.end)
    quarters = {end: ends[number // 3 * 3 + 2] for number, end in enumerate(ends)}
    months = derive.starts_and_ceasings(ret, by="asylum").filter(pl.col("asylum").is_in(CUTS["asylum"].named))
    every = pl.concat([months.with_columns(asylum=pl.lit(ALL)), months])
    quarter = pl.col("month").replace_strict(quarters, return_dtype=pl.Date)
    return every.group_by("asylum", quarter.alias("quarter"), maintain_order=True).agg(pl.col(columns).sum())


def _falling_due(ret: Return, name: str, ends: list[dt.date], kinds: list[str]) -> pl.DataFrame:
    """The reviews due by kind in the parts of the year that end on these days, in a column of this name."""
    firsts = [ret.year.start, *(day + dt.timedelta(days=1) for day in ends[:-1])]
    kind = pl.when(pl.col("kind").str.contains("^(adoption|authorised)")).then(pl.lit("adoption")).otherwise("kind")
    steps = every_step(ret).with_columns(kind=kind, until=pl.min_horizontal("due", "end"))
    is_known = pl.col("basis") == "known"
    known, assumed = steps.filter(is_known & pl.col("listed") & pl.col("owed")), steps.filter(~is_known)
    found = []
    for first, last in zip(firsts, ends, strict=True):
        due = known.filter(pl.col("due").is_between(first, last))
        may_be = assumed.filter((pl.col("since") <= last) & (pl.col("until") >= first))
        counts = [
            due.group_by("kind").agg(due=pl.len(), on_time=(pl.col("state") == "on_time").sum()),
            may_be.group_by("kind").agg(assumed=pl.len()),
        ]
        found.append(pl.concat(counts, how="diagonal").with_columns(pl.lit(last).alias(name)))
    parts = pl.concat(found)
    every = pl.concat([parts, parts.with_columns(kind=pl.lit(ALL))])
    sums = every.group_by(name, "kind").agg(pl.col("due", "on_time", "assumed").sum().cast(pl.UInt32))
    return (
        pl.DataFrame({"kind": kinds})
        .join(pl.DataFrame({name: ends}), how="cross", maintain_order="left_right")
        .join(sums, on=["kind", name], how="left", maintain_order="left")
        .with_columns(pl.col("due", "on_time", "assumed").fill_null(0))
        .with_columns(late=pl.col("due") - pl.col("on_time"), percent=percent("on_time", "due"))
        .select("kind", name, "due", "on_time", "late", "percent", "assumed")
    )
