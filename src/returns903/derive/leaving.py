"""Who left care in the year, and why: one row a child, and the table of reasons that annual reports show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

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
    unplaced,
)
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, cut, cuts_of, last_in, tally
from returns903.derive.declared import Column, count, date, days, derived, flag, share, text
from returns903.derive.kept import kept
from returns903.derive.local_categories import NO_ENDING, LocalCategory, assigned, local_categories
from returns903.derive.windows import Period, Window, window
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
    "asylum": flag("an unaccompanied asylum seeker on the day"),
    "asylum_in_year": flag("an unaccompanied asylum seeker at any time in the year: the mark of the return"),
    "ceased": date("the day"),
    "start": date("of the period that ended", "no readable DECOM"),
    "start_known": flag("its first episode has RNE S; without a known start `days` are at least so many", "as days"),
}
KEYS = ["category", "kind", "reason", "group"]
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
def leaving_care(ret: Return, *, period: Period | None = None) -> pl.DataFrame:
    """The children who ceased to be looked after in the year, respite apart: each child's last ceasing.

    A ceasing is an episode with a REC other than X1, a DEC in the year, and a LS other than V3 and V4. The last is the
    one with the latest DEC; of several on one day, the one that began last. A child who has come back into care since
    is among them. Of the dates only DEC is needed. Rows without CHILD or a readable DEC are left out and counted in the
    `not_judged` of `leaving_care_reasons`.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.

    Returns:
        {columns}

    Raises:
        ConfigError: the period is none, or reaches beyond the returns at hand.

    Source: the national statistics' children who ceased to be looked after, the last occasion in the year.
    """
    return leavers(ret, window(ret, period))


@kept
def leavers(ret: Return, days: Window) -> pl.DataFrame:
    """The rows of `leaving_care` in a window, as items that `cut` and `tally` take."""
    periods = all_periods(ret).select("key", "start", "start_known")
    last = every_ceasing(ret, days).unique("child", keep="last", maintain_order=True)
    return (
        with_asylum(ret, last, pl.col("day"))
        .join(periods, left_on="period", right_on="key", how="left", maintain_order="left")
        .join(birth_dates(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            reason="REC",
            group=group_of("REC", "REC"),
            age=age_on(pl.col("dob"), pl.col("dec")),
            days=(pl.col("dec") - pl.col("start")).dt.total_days(),
            legal_status="LS",
            placement="PLACE",
            ceased="dec",
        )
        .sort("child")
    )


def every_ceasing(ret: Return, days: Window) -> pl.DataFrame:
    """Every ceasing in a window, a child's last one last, as items that `cut` and `tally` take."""
    return _endings(ret).filter(days.holds("dec")).with_columns(day="dec")


@kept
def _endings(ret: Return) -> pl.DataFrame:
    """The episodes that end care for good, respite apart, a child's last one last; with or without DECOM."""
    without_start = unplaced(ret).filter(_FOR_GOOD & pl.col("child").is_not_null())
    placed = episodes(ret).filter(_FOR_GOOD).with_columns(place="episode")
    rows = pl.concat([without_start, placed], how="diagonal")
    return rows.sort("child", "dec", "decom", "place", "REC", "LS", "PLACE")


@derived("reason, or national group of reasons", REASON, key=KEYS, by=CUTS)
def leaving_care_reasons(
    ret: Return,
    *,
    by: By = "reason",
    categories: str | Path | list[LocalCategory] | None = None,
    period: Period | None = None,
) -> pl.DataFrame:
    """How many children left care in the year for each reason or each national group of reasons.

    Args:
        ret: the return.
        by: `reason`, a row a reason, in the order of the published table; or `group`, a row a national group, in the
            national order; and what the table is cut by, any of `CUTS`.
        categories: rows of an authority's own, as a TOML file (see `local_categories`) or a list. A child who belongs
            in one is counted there and not under the reason.
        period: first and last day, instead of the year's.

    Returns:
        {columns}

        Rows that occur, then the local ones (all of them), then the total. The rows before the total add up to it in
        children and in not_judged.

        not_judged counts this return's episodes with the reason, respite apart, that cannot be placed in the year: no
        CHILD, or no readable DEC. They are not among the children, and never in a local row.

    Raises:
        ConfigError: the categories make no sense, the table is not made by this; the period is none, or reaches beyond
            the returns at hand.
    """
    rows_by, cuts = _asked(by)
    days = window(ret, period)
    local = categories if isinstance(categories, list) else local_categories(categories) if categories else []
    children = _labelled(cut(ret, assigned(leavers(ret, days), local), cuts), rows_by, local)
    doubts = _labelled(cut(ret, ceasings_not_judged(ret, days), cuts), rows_by, local)
    rows = _rows(pl.concat([children.select(*KEYS, "place"), doubts.select(*KEYS, "place")]), local)
    counts = tally(_with_total(children), cuts, rows, children=pl.len())
    return counts.with_columns(
        tally(_with_total(doubts), cuts, rows, not_judged=pl.len()).get_column("not_judged"),
        percent=percent("children", last_in("children", cuts)),
    )


def _asked(by: By) -> tuple[str, tuple[str, ...]]:
    """What a row of the table is, and what the table is cut by."""
    names = (by,) if isinstance(by, str) else tuple(by)
    own = [name for name in names if name in ("reason", "group")] or ["reason"]
    cuts = [name for name in names if name not in own]
    if len(own) > 1 or not set(cuts) <= set(CUTS):
        msg = f"a table of leaving reasons is made by reason or by group, and cut by any of {', '.join(CUTS)}"
        raise ConfigError(msg)
    return own[0], cuts_of(cuts)


def ceasings_not_judged(ret: Return, days: Window) -> pl.DataFrame:
    """This year's endings for good that cannot be placed in the window."""
    dec = pl.col("dec")
    nobody = pl.col("child").is_null() & (dec.is_null() | days.holds("dec"))
    found = _FOR_GOOD & (nobody | dec.is_null())
    placed = episodes(ret).filter(found & ~pl.col("last_year"))
    return pl.concat([unplaced(ret).filter(found), placed], how="diagonal").with_columns(
        day="dec", reason="REC", group=group_of("REC", "REC"), local=pl.lit(None, pl.Int32)
    )


def _labelled(items: pl.DataFrame, rows_by: str, local: Sequence[LocalCategory]) -> pl.DataFrame:
    """The items with the row of the table that each is in, and the place of that row in the table."""
    own, group = pl.col("local").is_not_null(), pl.col("group")
    labels = {code: entry.label for code, entry in codes.code_list("REC").items()}
    named = pl.col("reason").replace_strict(labels, default=codes.NOT_A_CODE, return_dtype=pl.String)
    place = _place("group", _groups()) if rows_by == "group" else _place("reason", ORDER)
    names = dict(enumerate(category.name for category in local))
    title = pl.col("local").replace_strict(names, default=None, return_dtype=pl.String)
    kind = pl.when(own).then(pl.lit("local")).when(group.is_not_null()).then(pl.lit(rows_by))
    return items.with_columns(
        category=title.fill_null(named if rows_by == "reason" else group.fill_null(codes.NOT_A_CODE)),
        kind=kind.otherwise(pl.lit("unknown")),
        reason=pl.when(~own & (pl.lit(rows_by) == "reason")).then(listed("reason", "REC")),
        group=pl.when(~own).then(group),
        place=place,
    )


def _rows(labels: pl.DataFrame, local: Sequence[LocalCategory]) -> pl.DataFrame:
    """The rows of the table: those that occur, the local ones and the total."""
    usual = labels.filter(pl.col("kind") != "local").unique().sort("place", "reason").select(KEYS)
    others = [*((category.name, "local") for category in local), (TOTAL, "total")]
    return pl.concat([usual, pl.DataFrame(others, schema=["category", "kind"], orient="row")], how="diagonal")


def _with_total(items: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, pl.String)
    total = items.with_columns(category=pl.lit(TOTAL), kind=pl.lit("total"), reason=nothing, group=nothing)
    return pl.concat([items, total])


def _groups() -> list[str]:
    """The national groups in the order of the national table."""
    return [str(codes.code_list("REC")[code].group) for code in NATIONAL_ORDER]


def _place(column: str, order: list[str] | tuple[str, ...]) -> pl.Expr:
    places = {name: place for place, name in enumerate(order)}
    return pl.col(column).replace_strict(places, default=len(places), return_dtype=pl.Int32)
