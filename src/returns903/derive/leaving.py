"""Who left care in the year, and why: one row a child, and the table of reasons that annual reports show."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import polars as pl

from returns903 import codes
from returns903.derive.care import (
    CHILD,
    age_on,
    all_periods,
    asylum_seekers,
    birth_dates,
    episodes,
    group_of,
    listed,
    unplaced,
)
from returns903.derive.counts import percent
from returns903.derive.declared import Column, count, date, days, derived, flag, share, text
from returns903.derive.local_categories import NO_ENDING, LocalCategory, assigned, local_categories
from returns903.errors import ConfigError
from returns903.returns import Return

ORDER = (
    "E14",
    "E11",
    "E12",
    "E15",
    "E3",
    "E9",
    "E2",
    "E16",
    "E6",
    "E5",
    "E17",
    "E41",
    "E4A",
    "E4B",
    "E13",
    "E47",
    "E48",
    "E44",
    "E45",
    "E46",
    "E43",
    "E7",
    "E8",
)
"""The reasons in the order of the published table; those it does not hold stand beside what is nearest to them."""

NATIONAL_ORDER = (
    "E11",
    "E45",
    "E41",
    "E4A",
    "E4B",
    "E13",
    "E5",
    "E6",
    "E7",
    "E17",
    "E9",
    "E14",
    "E15",
    "E16",
    "E3",
    "E2",
    "E8",
)
"""One reason of each national group, in the order of the national table."""

TOTAL = "Total"

_FOR_GOOD = (pl.col("REC") != NO_ENDING).fill_null(value=False) & ~pl.col("respite")


LEAVER = {
    "child": CHILD,
    "reason": text("REC"),
    "group": text("its national group", "no code of the list"),
    "age": Column(pl.Int32, "full years at the ceasing", "no readable date of birth"),
    "days": days("in care: from the start of the period that ended to the ceasing", "no readable DECOM"),
    "legal_status": text("LS of the last episode", "blank"),
    "placement": text("PLACE of the last episode", "blank"),
    "asylum": flag("an unaccompanied asylum seeker"),
    "ceased": date("the day"),
    "start": date("of the period that ended", "no readable DECOM"),
    "start_known": flag("its first episode has RNE S; without a known start `days` are at least so many", "as days"),
}
REASON = {
    "category": text("what the row is called"),
    "kind": text(
        f"unknown is {codes.NOT_A_CODE!r}, for every REC that is no code of the list",
        values=("reason", "group", "unknown", "local", "total"),
    ),
    "reason": text("the code, or the same words", "the row has none"),
    "group": text("the national group", "the row has none"),
    "children": count("how many"),
    "percent": share("of the total", "nobody left"),
    "not_judged": count("episodes with the reason, respite apart, that cannot be placed in the year"),
}


@derived("child who ceased in the year, by child", LEAVER, key=["child"])
def leaving_care(ret: Return) -> pl.DataFrame:
    """The children who ceased to be looked after in the year, respite apart: each child's last ceasing.

    A ceasing is an episode with a REC other than X1, a DEC in the year, and a LS other than V3 and V4. The last is the
    one with the latest DEC; of several on one day, the one that began last. A child who has come back into care since
    is among them. Of the dates only DEC is needed. Rows without CHILD or a readable DEC are left out and counted in the
    `not_judged` of `leaving_care_reasons`.

    Returns:
        {columns}

    Source: the national statistics' children who ceased to be looked after, the last occasion in the year.
    """
    periods = all_periods(ret).select("key", "start", "start_known")
    return (
        _endings(ret)
        .filter(pl.col("dec").is_between(ret.year.start, ret.year.end))
        .unique("child", keep="last", maintain_order=True)
        .join(periods, left_on="period", right_on="key", how="left", maintain_order="left")
        .join(birth_dates(ret), on="child", how="left", maintain_order="left")
        .select(
            "child",
            reason="REC",
            group=group_of("REC", "REC"),
            age=age_on(pl.col("dob"), pl.col("dec")),
            days=(pl.col("dec") - pl.col("start")).dt.total_days(),
            legal_status="LS",
            placement="PLACE",
            asylum=pl.col("child").is_in(asylum_seekers(ret).implode()),
            ceased="dec",
            start="start",
            start_known="start_known",
        )
        .sort("child")
    )


def _endings(ret: Return) -> pl.DataFrame:
    """The episodes that end care for good, respite apart, a child's last one last; with or without DECOM."""
    without_start = unplaced(ret).filter(pl.col("child").is_not_null())
    rows = pl.concat([without_start, episodes(ret).with_row_index("place")], how="diagonal").filter(_FOR_GOOD)
    return rows.sort("child", "dec", "decom", "place", "REC", "LS", "PLACE")


@derived("reason, or national group of reasons", REASON)
def leaving_care_reasons(
    ret: Return,
    *,
    by: Literal["reason", "group"] = "reason",
    categories: str | Path | list[LocalCategory] | None = None,
) -> pl.DataFrame:
    """How many children left care in the year for each reason or each national group of reasons.

    Args:
        ret: the return.
        by: a row a reason, in the order of the published table; or a row a national group, in the national order.
        categories: rows of an authority's own, as a TOML file (see `local_categories`) or a list. A child who belongs
            in one is counted there and not under the reason.

    Returns:
        {columns}

        Rows that occur, then the local ones (all of them), then the total. The rows before the total add up to it in
        children and in not_judged.

        not_judged counts this return's episodes with the reason, respite apart, that cannot be placed in the year: no
        CHILD, or no readable DEC. They are not among the children, and never in a local row.

    Raises:
        ConfigError: the categories make no sense, or `by` is neither.
    """
    if by not in ("reason", "group"):
        msg = "a table of leaving reasons is made by reason or by group"
        raise ConfigError(msg)
    local = categories if isinstance(categories, list) else local_categories(categories) if categories else []
    leavers = assigned(leaving_care(ret), local)
    usual = _usual_rows(leavers.filter(pl.col("local").is_null()), _not_judged(ret), by)
    rows = pl.concat([usual, _local_rows(leavers, local)], how="diagonal")
    total = rows.select(
        category=pl.lit(TOTAL),
        kind=pl.lit("total"),
        children=pl.col("children").sum(),
        not_judged=pl.col("not_judged").sum(),
    )
    whole = pl.lit(leavers.height)
    return pl.concat([rows, total], how="diagonal").with_columns(percent=percent("children", whole))


def _not_judged(ret: Return) -> pl.DataFrame:
    """This year's endings for good that cannot be placed in the year: reason, group."""
    year, dec = ret.year, pl.col("dec")
    nobody = pl.col("child").is_null() & (dec.is_null() | dec.is_between(year.start, year.end))
    rows = pl.concat([unplaced(ret), episodes(ret).filter(~pl.col("last_year"))], how="diagonal").filter(_FOR_GOOD)
    return rows.filter(nobody | dec.is_null()).select(reason="REC", group=group_of("REC", "REC"))


def _usual_rows(leavers: pl.DataFrame, unsure: pl.DataFrame, by: str) -> pl.DataFrame:
    keys = ["reason", "group"] if by == "reason" else ["group"]
    both = (frame.with_columns(reason=listed("reason", "REC")) for frame in (leavers, unsure))
    children, doubts = (frame.group_by(keys).agg(n=pl.len().cast(pl.UInt32)) for frame in both)
    counts = children.rename({"n": "children"}).join(
        doubts.rename({"n": "not_judged"}), on=keys, how="full", coalesce=True, nulls_equal=True
    )
    in_list = pl.col("group").is_not_null()
    if by == "group":
        names = pl.col("group").fill_null(codes.NOT_A_CODE)
        counts = counts.with_columns(reason=pl.lit(None, pl.String), place=_place("group", _groups()))
    else:
        labels = {code: entry.label for code, entry in codes.code_list("REC").items()}
        names = pl.col("reason").replace_strict(labels, default=codes.NOT_A_CODE, return_dtype=pl.String)
        counts = counts.with_columns(place=_place("reason", ORDER))
    return counts.sort("place", "reason").select(
        category=names,
        kind=pl.when(in_list).then(pl.lit(by)).otherwise(pl.lit("unknown")),
        reason="reason",
        group="group",
        children=pl.col("children").fill_null(0),
        not_judged=pl.col("not_judged").fill_null(0),
    )


def _groups() -> list[str]:
    """The national groups in the order of the national table."""
    return [str(codes.code_list("REC")[code].group) for code in NATIONAL_ORDER]


def _place(column: str, order: list[str] | tuple[str, ...]) -> pl.Expr:
    places = {name: place for place, name in enumerate(order)}
    return pl.col(column).replace_strict(places, default=len(places), return_dtype=pl.Int32)


def _local_rows(leavers: pl.DataFrame, categories: list[LocalCategory]) -> pl.DataFrame:
    counts = [leavers.filter(pl.col("local") == number).height for number in range(len(categories))]
    return pl.DataFrame(
        {
            "category": [category.name for category in categories],
            "kind": ["local"] * len(categories),
            "children": counts,
            "not_judged": [0] * len(categories),
        },
        schema={"category": pl.String, "kind": pl.String, "children": pl.UInt32, "not_judged": pl.UInt32},
    )
