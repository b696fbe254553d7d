"""Children broken down in every way that an annual report shows: looked after on a day, started, and left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, beside, counted, crossed, cut, cuts_of, last_in, tally, with_total
from returns903.derive.declared import count, date, derived, share, text
from returns903.derive.leaving import leavers
from returns903.derive.placements import TOTAL
from returns903.derive.population import NOT_JUDGED, doubtful, here, starts
from returns903.derive.reviews import month_ends
from returns903.derive.windows import Period, window
from returns903.returns import Return

_IN_ORDER = ("sex", "ethnicity", "ethnic_group", "age_band", "year_of_age", "placement_group", "legal_status_group")
SHOWN = {name: CUTS[name].shown for name in _IN_ORDER} | {"asylum": CUTS["asylum"].named}
"""The breakdowns and the categories of each, in order; a child with an identifier is an asylum seeker or not."""
BREAKDOWN = {
    "breakdown": text("what the children are broken down by", values=tuple(SHOWN)),
    "category": text(
        "as published and in that order; unknown: blank, no code of the list, or no readable date of birth; temporary "
        "placements by themselves; total"
    ),
    "children": count("how many, nobody too"),
    "percent": share("of all children"),
}
GROUP = {
    "month": date("its last day"),
    "group": text("national group of LS; unknown: no code of the list; total"),
    "children": count("how many, nobody too"),
    "percent": share("of the month's children"),
}


@derived("category of a breakdown", BREAKDOWN | {"not_judged": NOT_JUDGED}, key=["breakdown", "category"], by=CUTS)
def breakdowns(ret: Return, as_at: dt.date | None = None, *, by: By = ()) -> pl.DataFrame:
    """The children looked after on a day by sex, ethnicity, age, placement, legal status and asylum flag.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The categories of each breakdown add up to the children of `looked_after_on`, which is their total.

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national tables of children looked after at 31 March; sex and ethnicity as in Header.
    """
    day, cuts = as_at or ret.year.end, cuts_of(by)
    return beside(ret, broken_down(ret, here(ret, day), cuts), cuts, doubtful(ret, day))


@derived("category of a breakdown", BREAKDOWN, key=["breakdown", "category"], by=CUTS)
def started_breakdowns(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """The children of `started_in_year` by sex, ethnicity, age, placement, legal status and asylum flag.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The categories of each breakdown add up to its total.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national tables of children who started to be looked after; age, status and placement at the start.
    """
    return broken_down(ret, starts(ret, window(ret, period)), cuts_of(by))


@derived("category of a breakdown", BREAKDOWN, key=["breakdown", "category"], by=CUTS)
def leaving_breakdowns(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """The children of `leaving_care` by sex, ethnicity, age, placement, legal status and asylum flag.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The categories of each breakdown add up to its total.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national tables of children who ceased to be looked after; age, status and placement when they ceased.
    """
    return broken_down(ret, leavers(ret, window(ret, period)), cuts_of(by))


def broken_down(ret: Return, items: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The items by each of `SHOWN` in turn, within every group."""
    return by_each(cut(ret, items, tuple(dict.fromkeys((*SHOWN, *by)))), SHOWN, by)


def by_each(items: pl.DataFrame, shown: Mapping[str, Sequence[str]], by: Sequence[str]) -> pl.DataFrame:
    """The items by each of these columns in turn, within every group: breakdown, category, children and percent.

    An item with null in a column is not counted in its breakdown.
    """
    each = pl.concat(
        counted(items, *dict.fromkeys((*by, name))).select(*by, "n", breakdown=pl.lit(name), category=name)
        for name in shown
    )
    rows = pl.concat(crossed(breakdown=[name], category=[*words, TOTAL]) for name, words in shown.items())
    counts = tally(with_total(each.drop_nulls(), "category", TOTAL), by, rows, children=pl.col("n").sum())
    return counts.with_columns(percent=percent("children", last_in("children", [*by, "breakdown"])))


@derived("month and group of legal statuses", GROUP, key=["month", "group"], by=CUTS)
def legal_status_by_month(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """The children looked after at each month's end by national group of legal status, respite apart.

    Args:
        ret: the return.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The groups add up to the month's total.

    Raises:
        ConfigError: it cannot be cut so.

    Source: as for `legal_status_on`, at each month's end.
    """
    cuts, name = cuts_of(by), "legal_status_group"
    rows, found = crossed(group=[*CUTS[name].shown, TOTAL]), []
    for day in month_ends(ret.year.start, ret.year.end):
        described = cut(ret, here(ret, day), tuple(dict.fromkeys((name, *cuts))))
        items = with_total(described.select(*cuts, group=name), "group", TOTAL)
        counts = tally(items, cuts, rows, children=pl.len()).with_columns(month=pl.lit(day, pl.Date))
        found.append(counts.with_columns(percent=percent("children", last_in("children", cuts))))
    return pl.concat(found)
