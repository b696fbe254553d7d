"""Who is looked after on a day and who started in the year, one row a child, and their legal statuses on a day."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.derive.asylum import with_asylum
from returns903.derive.care import (
    CHILD,
    age_on,
    all_periods,
    birth_dates,
    episodes,
    group_of,
    listed,
    looked_after,
    unplaced,
)
from returns903.derive.cuts import CUTS, By, cut, cuts_of, tally
from returns903.derive.declared import Column, count, date, days, derived, flag, text
from returns903.derive.kept import kept
from returns903.derive.windows import Period, Window, window
from returns903.returns import Return

LOOKED_AFTER = {
    "child": CHILD,
    "legal_status": text("LS", "blank"),
    "group": text("its national group", "it has none"),
    "placement": text("PLACE", "blank"),
    "placement_group": text("its national group", "it has none, as temporary placements"),
    "age": Column(pl.Int32, "full years on the day", "no readable date of birth"),
    "sex": text("as in Header", "blank"),
    "ethnic": text("as in Header", "blank"),
    "asylum": flag("an unaccompanied asylum seeker on the day"),
    "asylum_in_year": flag("an unaccompanied asylum seeker at any time in the year: the mark of the return"),
    "start": date("of the period of care"),
    "start_known": flag("its first episode has RNE S"),
    "days": days("in care, from start to the day"),
}
STARTED = LOOKED_AFTER | {
    "age": Column(pl.Int32, "full years on the day of the start", "no readable date of birth"),
    "start": date("the day of the start"),
    "start_known": flag("always true"),
    "days": days("in care, to the end of the period of care, or to the last day of the year while open"),
}
NOT_JUDGED = count("as `legal_status_on` adds it up")
STATUS = {
    "legal_status": text(f"LS; {codes.NOT_A_CODE}: whatever is no code of the list", "blank"),
    "group": text("its national group", "no code of the list, or respite"),
    "children": count("how many"),
    "asylum_seeking": count("of them, unaccompanied asylum seekers on the day"),
    "not_judged": count("episodes whose dates do not tell whether the child was looked after"),
}


@derived("child looked after on a day, by child", LOOKED_AFTER, key=["child"])
def looked_after_on(ret: Return, date: dt.date) -> pl.DataFrame:
    """The children looked after at the close of a day, respite apart.

    A child counts with an episode that began on or before the day and had not ended by its close (DEC is later, or
    there is none). Of several such episodes the one that began last counts. An episode with an unreadable DEC counts as
    open: see `not_judged` and the column of that name in `legal_status_on`.

    Returns:
        {columns}

    Source: the national statistics' children looked after at 31 March.
    """
    return described(ret, here(ret, date).with_columns(until="day"))


def here(ret: Return, date: dt.date) -> pl.DataFrame:
    """The children looked after at the close of a day, as items that `cut` and `tally` take."""
    return looked_after(ret, date).with_columns(day=pl.lit(date, pl.Date))


@derived("child who started in the year, by child", STARTED, key=["child"])
def started_in_year(ret: Return, *, period: Period | None = None) -> pl.DataFrame:
    """The children who started to be looked after in the year, respite apart: each child's first start.

    A start is an episode with RNE S, a DECOM in the year, and a LS other than V3 and V4. Rows with RNE S and no
    readable DECOM are in no year; `not_judged` counts them.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.

    Returns:
        {columns}

        The columns are those of `looked_after_on`, as they were on the day of the start.

    Raises:
        ConfigError: the period is none, or reaches beyond the returns at hand.

    Source: the national statistics' children who started to be looked after, the first occasion in the year.
    """
    ends = all_periods(ret).select("key", until=pl.col("end").fill_null(ret.year.end))
    rows = starts(ret, window(ret, period))
    return described(ret, rows.join(ends, left_on="period", right_on="key", how="left", maintain_order="left"))


@kept
def starts(ret: Return, days: Window) -> pl.DataFrame:
    """Each child's first start in a window, as items that `cut` and `tally` take."""
    first = every_start(ret, days).unique("child", keep="first", maintain_order=True)
    return with_asylum(ret, first, pl.col("day"))


def every_start(ret: Return, days: Window) -> pl.DataFrame:
    """Every start in a window, by child and day, as items that `cut` and `tally` take."""
    is_start = (pl.col("RNE") == "S") & days.holds("decom") & ~pl.col("respite")
    return episodes(ret).filter(is_start).with_columns(day="decom")


def described(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `episodes` with asylum, day (as of which the child is described) and until (up to which days count)."""
    periods = all_periods(ret).select("key", "start", "start_known")
    return (
        rows.join(periods, left_on="period", right_on="key", how="left", maintain_order="left")
        .join(birth_dates(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            legal_status="LS",
            group=group_of("LS", "LS"),
            placement="PLACE",
            placement_group=group_of("PLACE", "PLACE"),
            age=age_on(pl.col("dob"), pl.col("day")),
            days=(pl.col("until") - pl.col("start")).dt.total_days(),
        )
    )


@derived("legal status that occurs, in the order of the code list", STATUS, key=["legal_status"], by=CUTS)
def legal_status_on(ret: Return, date: dt.date, *, by: By = ()) -> pl.DataFrame:
    """The children looked after at the close of a day by legal status, respite apart; asylum-seeking children apart.

    Args:
        ret: the return.
        date: the day.
        by: what the table is cut by, any of `CUTS` but legal_status.

    Returns:
        {columns}

        Children add up to the rows of `looked_after_on`.

        not_judged counts the episodes, respite apart, whose dates do not tell whether the child was looked after:
        without CHILD or a readable DECOM; from this year's first day on, open in the previous return and gone from this
        one (both left out of children); or begun by then and ended on a day that is blank or unreadable (counted as
        open, and so among the children too).

    Raises:
        ConfigError: it cannot be cut so.

    Source: legal status groups of the national statistics of children looked after in England.
    """
    cuts = cuts_of(by, but="legal_status")
    children = cut(ret, here(ret, date).with_columns(seeker="asylum", legal_status=listed("LS", "LS")), cuts)
    doubts = cut(ret, doubtful(ret, date).with_columns(legal_status=listed("LS", "LS")), cuts)
    order = list(codes.code_list("LS"))
    rank = pl.col("legal_status").replace_strict(order, range(len(order)), default=len(order), return_dtype=pl.Int32)
    statuses = pl.concat([frame.select("legal_status") for frame in (children, doubts)]).unique()
    statuses = statuses.sort(rank, "legal_status", nulls_last=True)
    counts = tally(children, cuts, statuses, children=pl.len(), asylum_seeking=pl.col("seeker").sum())
    return counts.with_columns(
        tally(doubts, cuts, statuses, not_judged=pl.len()).get_column("not_judged"),
        group=group_of("legal_status", "LS"),
    )


def not_judged_on(ret: Return, day: dt.date) -> int:
    """The `not_judged` of `legal_status_on`, added up: the episodes that may or may not have lasted on the day."""
    return doubtful(ret, day).height


@kept
def doubtful(ret: Return, date: dt.date) -> pl.DataFrame:
    """The episodes that may or may not have lasted on a day, respite apart, as items that `cut` and `tally` take."""
    began = pl.col("decom").is_null() | (pl.col("decom") <= date)
    over = (pl.col("dec") <= date).fill_null(value=False)
    undated = unplaced(ret).filter(began & ~over)
    gone = pl.col("last_year") & pl.col("dec").is_null() & (date >= ret.year.start)
    ended = ~pl.col("last_year") & pl.col("end_unknown")
    unsure = episodes(ret).filter((pl.col("decom") <= date) & (gone | ended))
    found = pl.concat([undated, unsure.select(undated.columns)]).filter(~pl.col("respite"))
    return found.with_columns(day=pl.lit(date, pl.Date))
