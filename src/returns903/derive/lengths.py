"""How long children have been in care and in their placement, in bands and on average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from returns903.derive.care import of_episodes
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, UNKNOWN, By, beside, crossed, cut, cuts_of, last_in, tally, with_total
from returns903.derive.declared import Column, count, derived, share, text
from returns903.derive.leaving import leavers
from returns903.derive.placements import TOTAL, all_placements, standing
from returns903.derive.population import NOT_JUDGED, doubtful, here
from returns903.derive.windows import Period, Window, window
from returns903.returns import Return

IN_CARE = {
    "under 8 weeks": "0d",
    "8 weeks to under 6 months": "56d",
    "6 months to under 1 year": "6mo",
    "1 year to under 2 years": "12mo",
    "2 years to under 3 years": "24mo",
    "3 years to under 5 years": "36mo",
    "5 years to under 10 years": "60mo",
    "10 years and over": "120mo",
}
"""The lengths of care, and the least of each as polars writes it."""
IN_PLACEMENT = {
    "7 days or fewer": "0d",
    "8 days to under 1 month": "8d",
    "1 month to under 3 months": "1mo",
    "3 months to under 6 months": "3mo",
    "6 months to under 1 year": "6mo",
    "1 year to under 2 years": "12mo",
    "2 years to under 5 years": "24mo",
    "5 years and over": "60mo",
}
"""The lengths of placements, as the national table has them."""
NOWHERE = "no placement"
CARE_MEASURES = ("looked_after", "ceased")
PLACEMENT_MEASURES = ("current", "ended")


def _average(name: str, of: str) -> Column:
    return Column(pl.Float64, f"{name} of the days of {of}", "of none whose days are known")


CARE = {
    "measure": text(
        "looked_after: on the last day of the window; ceased: in it, the period that ended", values=CARE_MEASURES
    ),
    "length": text("how long the period of care had lasted", values=(*IN_CARE, UNKNOWN, TOTAL)),
    "children": count("how many, nobody too"),
    "percent": share("of the measure's children"),
    "start_unknown": count(
        "of them, those whose care began before the first episode known: they are in this band or in a longer one"
    ),
    "mean_days": _average("the mean", "these children"),
    "median_days": _average("the median", "these children"),
    "not_judged": NOT_JUDGED,
}
PLACEMENT = {
    "measure": text(
        "current: the placement of each child looked after on the last day of the window; ended: every placement that "
        "was over for good in it",
        values=PLACEMENT_MEASURES,
    ),
    "length": text(
        "how long the placement had lasted; no placement: in temporary placements alone in this period of care",
        values=(*IN_PLACEMENT, NOWHERE, TOTAL),
    ),
    "placements": count("how many, none too"),
    "percent": share("of the measure's placements"),
    "start_unknown": count(
        "of them, those that began with the first episode known of a period that had begun before: they are in this "
        "band or in a longer one"
    ),
    "mean_days": _average("the mean", "these placements"),
    "median_days": _average("the median", "these placements"),
    "not_judged": NOT_JUDGED,
}


@derived("measure and length", CARE, key=["measure", "length"], by=CUTS)
def length_of_care(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """How long the children looked after have been in care, and how long those were who ceased to be.

    The length is that of the period of care, from its start to the last day of the window, or to the ceasing: calendar
    months and years, and days for the averages. A period that the returns at hand do not show from its start counts
    from the first episode known and is counted in start_unknown too.

    Args:
        ret: the return.
        period: first and last day, instead of the year's; those looked after are those of its last day.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The lengths of each measure add up to its total: the rows of `looked_after_on` and of `leaving_care`. Of unknown
        length is the care of leavers without a readable DECOM.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national table of children who ceased to be looked after by duration of the latest period of care; its
    bands were not found, these are our own.
    """
    days, cuts = window(ret, period), cuts_of(by)
    now = of_episodes(here(ret, days.last), standing(ret))
    left = leavers(ret, days).rename({"start": "begun"})
    each = ("child", "day", "episode", "begun", "start_known")
    items = pl.concat(
        frame.select(*each, measure=pl.lit(name)) for name, frame in zip(CARE_MEASURES, (now, left), strict=True)
    )
    found = _lengths(cut(ret, items, cuts), "begun", IN_CARE, CARE_MEASURES, cuts, UNKNOWN)
    return beside(ret, found.rename({"n": "children"}), cuts, doubtful(ret, days.last))


@derived("measure and length", PLACEMENT, key=["measure", "length"], by=CUTS)
def length_of_placement(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """How long children have been in their placement, and how long the placements lasted that ended.

    Placements are those of `placement_runs`; temporary absences do not end one and count as part of it. So a placement
    is over when the next one begins or care ends: a child in hospital on the last day is still in the placement that it
    is away from. Of the days of this year only this return tells, the previous one of earlier ones.

    Args:
        ret: the return.
        period: first and last day, instead of the year's; the current placements are those of its last day.
        by: what the table is cut by, any of `CUTS`: what the child was in its episode on the last day, or in the last
            episode of the placement that ended.

    Returns:
        {columns}

        The lengths of each measure add up to its total; of the current ones that is the rows of `looked_after_on`.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national table of the duration of placements that ceased during the year, for the bands and for counting
    placements, not children.
    """
    days, cuts = window(ret, period), cuts_of(by)
    now = of_episodes(here(ret, days.last), standing(ret))
    each = ("child", "day", "episode", "placed", "start_known")
    seen = pl.col("start_known") | (pl.col("placed") != pl.col("begun"))
    items = pl.concat(
        frame.with_columns(start_known=seen).select(*each, measure=pl.lit(name))
        for name, frame in zip(PLACEMENT_MEASURES, (now, ended(ret, days)), strict=True)
    )
    found = _lengths(cut(ret, items, cuts), "placed", IN_PLACEMENT, PLACEMENT_MEASURES, cuts, NOWHERE)
    return beside(ret, found.rename({"n": "placements"}), cuts, doubtful(ret, days.last))


def ended(ret: Return, days: Window) -> pl.DataFrame:
    """The placements that were over for good in a window, as items that `cut` and `tally` take."""
    told = pl.col("over_told") | (pl.col("over") < ret.year.start)
    over = all_placements(ret).filter(days.holds("over") & told)
    return of_episodes(over.select("child", "episode", day="over"), standing(ret))


def _lengths(
    items: pl.DataFrame,
    since: str,
    bands: Mapping[str, str],
    measures: Sequence[str],
    by: Sequence[str],
    otherwise: str,
) -> pl.DataFrame:
    """The items by how long it was since a day: n, percent, start_unknown and the averages."""
    lasted = (pl.col("day") - pl.col(since)).dt.total_days()
    each = items.with_columns(length=_band(since, bands).fill_null(otherwise), lasted=lasted)
    every, keys = with_total(each, "length", TOTAL), [*by, "measure", "length"]
    rows = crossed(measure=measures, length=[*bands, otherwise, TOTAL])
    unsure = pl.col("start_known").not_().sum()
    counts = tally(every, by, rows, n=pl.len(), start_unknown=unsure)
    average = every.group_by(keys).agg(mean_days=pl.col("lasted").mean(), median_days=pl.col("lasted").median())
    return counts.join(average, on=keys, how="left", maintain_order="left").with_columns(
        percent=percent("n", last_in("n", [*by, "measure"]))
    )


def _band(since: str, bands: Mapping[str, str]) -> pl.Expr:
    """The longest band that fits; null where there is no day to count from."""
    reached = [
        pl.when(pl.col(since).dt.offset_by(least) <= pl.col("day")).then(pl.lit(name)) for name, least in bands.items()
    ]
    shortest = pl.when(pl.col(since).is_not_null()).then(pl.lit(next(iter(bands))))  # where the dates are turned round
    return pl.coalesce(*reversed(reached), shortest)
