"""Who was looked after at any time in the year, and for what need children came into care."""

from __future__ import annotations

import polars as pl

from returns903.derive.breakdowns import BREAKDOWN, broken_down
from returns903.derive.care import episodes, unplaced
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, beside, crossed, cut, cuts_of, last_in, tally, with_total
from returns903.derive.declared import count, derived, share, text
from returns903.derive.kept import kept
from returns903.derive.leaving import leavers
from returns903.derive.placements import TOTAL
from returns903.derive.population import here, starts
from returns903.derive.windows import Period, Window, window
from returns903.returns import Return

IN_YEAR = BREAKDOWN | {
    "not_judged": count("episodes whose dates do not tell whether the child was looked after in the window")
}
NEED_MEASURES = ("looked_after", "started", "ceased")
NEED = {
    "measure": text("looked after on the last day of the window, or started or ceased in it", values=NEED_MEASURES),
    "category": text("what CIN stands for, in the order of the code list; unknown: blank or no code; total"),
    "children": count("how many, nobody too"),
    "percent": share("of the measure's children"),
}
_ITEM = ("child", "day", "episode")


@derived("category of a breakdown", IN_YEAR, key=["breakdown", "category"], by=CUTS)
def looked_after_in_year(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """The children looked after at any time in the year, respite apart, broken down as in `breakdowns`.

    They are those with an episode that began by the last day of the window and had not ended before its first, and
    those who ceased to be looked after in it (`leaving_care`). Each counts once and is described as of the last day: of
    the window for those looked after at its close, of their last ceasing for those who left, and for others (a chain of
    episodes that breaks off) of the end of their last episode in it. Of the days of this year only this return tells;
    the previous one is asked about earlier ones.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The categories of each breakdown add up to its total.

        not_judged counts the episodes, respite apart, that may or may not lie in the window: without CHILD, or without
        a readable DECOM and no ceasing in it (left out of children); open in the previous return and gone from this
        one, where the window begins in this year (left out too); begun before the window, with an end that is blank or
        unreadable (counted as open, and so among the children).

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national count of children looked after at any time during the year, each child once.
    """
    days, cuts = window(ret, period), cuts_of(by)
    return beside(ret, broken_down(ret, in_care(ret, days), cuts), cuts, _doubtful(ret, days))


@kept
def in_care(ret: Return, days: Window) -> pl.DataFrame:
    """The children looked after at any time in a window, as items that `cut` and `tally` take."""
    told = ~pl.col("last_year") | (pl.lit(days.first < ret.year.start) & (pl.col("decom") < ret.year.start))
    known_to = pl.when("last_year").then(pl.lit(ret.year.previous.end)).otherwise(pl.lit(ret.year.end))
    rows = episodes(ret).filter(_lies_in(days) & ~pl.col("respite") & told)
    last = rows.unique("child", keep="last", maintain_order=True).with_columns(
        day=pl.min_horizontal("dec", known_to, pl.lit(days.last))
    )
    found = pl.concat(each.select(_ITEM) for each in (here(ret, days.last), leavers(ret, days), last))
    return found.unique("child", keep="first", maintain_order=True).sort("child")


def _lies_in(days: Window) -> pl.Expr:
    return (pl.col("decom") <= days.last) & (pl.col("dec").is_null() | (pl.col("dec") >= days.first))


def _doubtful(ret: Return, days: Window) -> pl.DataFrame:
    """The episodes that may or may not lie in a window, respite apart, as items that `cut` and `tally` take."""
    may = (pl.col("decom") <= days.last).fill_null(value=True) & (pl.col("dec") >= days.first).fill_null(value=True)
    ceased = pl.col("child").is_not_null() & days.holds("dec") & (pl.col("REC") != "X1")
    undated = unplaced(ret).filter(may & ~ceased.fill_null(value=False))
    gone = pl.col("last_year") & pl.col("dec").is_null() & pl.lit(days.first >= ret.year.start)
    ended = pl.col("end_unknown") & (pl.col("decom") < days.first)
    unsure = episodes(ret).filter((pl.col("decom") <= days.last) & (gone | ended))
    found = pl.concat([undated, unsure.select(undated.columns)]).filter(~pl.col("respite"))
    return found.with_columns(day=pl.lit(days.last, pl.Date))


@derived("measure and category of need", NEED, key=["measure", "category"], by=CUTS)
def category_of_need(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """For what need children are looked after: those of the last day, those who started, and those who ceased.

    The need is the CIN of the episode that the child was in on the day, started with (the first start), or ceased with
    (the last ceasing). It does not change within a period of care.

    Args:
        ret: the return.
        period: first and last day, instead of the year's; those looked after are those of its last day.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The categories of each measure add up to its total: the rows of `looked_after_on`, `started_in_year` and
        `leaving_care`.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national tables by category of need, the main one when the child started to be looked after.
    """
    days, cuts = window(ret, period), cuts_of(by)
    found = (here(ret, days.last), starts(ret, days), leavers(ret, days))
    items = pl.concat(
        each.select(*_ITEM, measure=pl.lit(name)) for name, each in zip(NEED_MEASURES, found, strict=True)
    )
    described = cut(ret, items, tuple(dict.fromkeys(("need", *cuts)))).with_columns(category="need")
    rows = crossed(measure=NEED_MEASURES, category=[*CUTS["need"].shown, TOTAL])
    counts = tally(with_total(described, "category", TOTAL), cuts, rows, children=pl.len())
    return counts.with_columns(percent=percent("children", last_in("children", [*cuts, "measure"])))
