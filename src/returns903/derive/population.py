"""Who is looked after on a day and who started in the year, one row a child, and their legal statuses on a day."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.derive.care import (
    age_on,
    all_periods,
    asylum_seekers,
    birth_dates,
    episodes,
    group_of,
    listed,
    looked_after,
    unplaced,
)
from returns903.returns import Return

CHILD = (
    "child",
    "legal_status",
    "group",
    "placement",
    "placement_group",
    "age",
    "sex",
    "ethnic",
    "asylum",
    "start",
    "start_known",
    "days",
)
"""The columns of `looked_after_on` and `started_in_year`."""


def looked_after_on(ret: Return, date: dt.date) -> pl.DataFrame:
    """The children looked after at the close of a day, respite apart.

    A child counts with an episode that began on or before the day and had not ended by its close (DEC is later, or
    there is none). Of several such episodes the one that began last counts. An episode with an unreadable DEC counts as
    open: see `not_judged` and the column of that name in `legal_status_on`.

    Returns:
        One row a child, by child: child, legal_status (null: blank), group (its national group; null: none), placement
        (PLACE; null: blank), placement_group (null: none, as for temporary placements), age (full years on the day;
        null: no readable date of birth), sex, ethnic (as in Header; null: blank), asylum (an unaccompanied asylum
        seeker), start (of the period of care), start_known (its first episode has RNE S), days (in care, from start to
        the day).

    Source: the national statistics' children looked after at 31 March.
    """
    rows = looked_after(ret, date).with_columns(day=pl.lit(date, pl.Date))
    return _described(ret, rows)


def started_in_year(ret: Return) -> pl.DataFrame:
    """The children who started to be looked after in the year, respite apart: each child's first start.

    A start is an episode with RNE S, a DECOM in the year, and a LS other than V3 and V4. Rows with RNE S and no
    readable DECOM are in no year; `not_judged` counts them.

    Returns:
        One row a child, by child: the columns of `looked_after_on`, as they were on the day of the start; start is that
        day, start_known true; days runs to the end of the period of care, or to the last day of the year while open.

    Source: the national statistics' children who started to be looked after, the first occasion in the year.
    """
    is_start = (pl.col("RNE") == "S") & pl.col("decom").is_between(ret.year.start, ret.year.end) & ~pl.col("respite")
    first = episodes(ret).filter(is_start).unique("child", keep="first", maintain_order=True)
    ends = all_periods(ret).select("key", day=pl.col("end").fill_null(ret.year.end))
    rows = first.join(ends, left_on="period", right_on="key", how="left", maintain_order="left").with_columns(
        asylum=pl.col("child").is_in(asylum_seekers(ret).implode())
    )
    return _described(ret, rows, age_at=pl.col("decom"))


def _described(ret: Return, rows: pl.DataFrame, age_at: pl.Expr | None = None) -> pl.DataFrame:
    """Rows of `episodes` with asylum, and day: the day up to which days count, and that of the age unless given."""
    periods = all_periods(ret).select("key", "start", "start_known")
    at = pl.col("day") if age_at is None else age_at
    return (
        rows.join(periods, left_on="period", right_on="key", how="left", maintain_order="left")
        .join(birth_dates(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            legal_status="LS",
            group=group_of("LS", "LS"),
            placement="PLACE",
            placement_group=group_of("PLACE", "PLACE"),
            age=age_on(pl.col("dob"), at),
            days=(pl.col("day") - pl.col("start")).dt.total_days(),
        )
        .select(CHILD)
    )


def legal_status_on(ret: Return, date: dt.date) -> pl.DataFrame:
    """The children looked after at the close of a day by legal status, respite apart; asylum-seeking children apart.

    Returns:
        One row a legal status that occurs, in the order of the code list: legal_status (`codes.NOT_A_CODE`: whatever is
        no code of it; null: blank), group (the national group; null: no code of the list), children, asylum_seeking (of
        them, unaccompanied asylum seekers), not_judged. Children add up to the rows of `looked_after_on`.

        not_judged counts the episodes, respite apart, whose dates do not tell whether the child was looked after:
        without CHILD or a readable DECOM; from this year's first day on, open in the previous return and gone from this
        one (both left out of children); or begun by then and ended on a day that is blank or unreadable (counted as
        open, and so among the children too).

    Source: legal status groups of the national statistics of children looked after in England.
    """
    counted = (
        looked_after(ret, date)
        .group_by(legal_status=listed("LS", "LS"))
        .agg(children=pl.len().cast(pl.UInt32), asylum_seeking=pl.col("asylum").sum().cast(pl.UInt32))
    )
    unsure = (
        _not_judged_on(ret, date).group_by(legal_status=listed("LS", "LS")).agg(not_judged=pl.len().cast(pl.UInt32))
    )
    order = list(codes.code_list("LS"))
    rank = pl.col("legal_status").replace_strict(order, range(len(order)), default=len(order), return_dtype=pl.Int32)
    return (
        counted.join(unsure, on="legal_status", how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col("children", "asylum_seeking", "not_judged").fill_null(0))
        .sort(rank, "legal_status", nulls_last=True)
        .select(
            "legal_status", group_of("legal_status", "LS").alias("group"), "children", "asylum_seeking", "not_judged"
        )
    )


def _not_judged_on(ret: Return, date: dt.date) -> pl.DataFrame:
    began = pl.col("decom").is_null() | (pl.col("decom") <= date)
    over = (pl.col("dec") <= date).fill_null(value=False)
    undated = unplaced(ret).filter(began & ~over)
    gone = pl.col("last_year") & pl.col("dec").is_null() & (date >= ret.year.start)
    ended = ~pl.col("last_year") & pl.col("end_unknown")
    unsure = episodes(ret).filter((pl.col("decom") <= date) & (gone | ended))
    return pl.concat([undated, unsure.select(undated.columns)]).filter(~pl.col("respite"))
