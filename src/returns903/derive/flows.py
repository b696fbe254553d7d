"""How many children came into care and left it, month by month: every start and every ceasing."""

from __future__ import annotations

import polars as pl

from returns903.derive.care import unplaced
from returns903.derive.cuts import CUTS, By, beside, cut, cuts_of, tally
from returns903.derive.declared import Column, count, date, derived
from returns903.derive.leaving import ceasings_not_judged, every_ceasing
from returns903.derive.population import every_start
from returns903.derive.windows import Period, Window, window
from returns903.errors import ConfigError
from returns903.returns import Return

PER = 10_000


def _rate(of: str) -> Column:
    return Column(
        pl.Float64, f"{of} in the month per {PER:,} children of the population", "no population given", least=0
    )


FLOW = {
    "month": date("its last day"),
    "starts": count("every start of the month"),
    "children_started": count("of them, those that are a child's first in the window: the rows of `started_in_year`"),
    "ceasings": count("every ceasing of the month"),
    "children_ceased": count("of them, those that are a child's last in the window: the rows of `leaving_care`"),
    "net": Column(pl.Int64, "starts less ceasings"),
    "starts_rate": _rate("starts"),
    "ceasings_rate": _rate("ceasings"),
    "not_judged": count("starts and ceasings, respite apart, that cannot be placed in the window"),
}


@derived("month", FLOW, key=["month"], by=CUTS)
def starts_and_ceasings(
    ret: Return, *, population: int | None = None, period: Period | None = None, by: By = ()
) -> pl.DataFrame:
    """Starts and ceasings of each month, respite apart: every one of them, and each child once.

    A start is an episode with RNE S, a ceasing one with a REC other than X1; a child may have several in a window. The
    months add up to the window, the rates too: twelve months make the rate of the year.

    Args:
        ret: the return.
        population: the children under 18 who live in the authority's area; without it there are no rates.
        period: first and last day, instead of the year's; months that it holds in part have what falls into it.
        by: what the table is cut by, any of `CUTS`: as of the day of the start or of the ceasing. Rates are then of the
            group to the whole population.

    Returns:
        {columns}

        not_judged, the same in every month, counts this return's episodes with RNE S that have no CHILD or no readable
        DECOM, and those with a REC other than X1 that have no readable DEC, or no CHILD and a DEC in the window.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand; the population is
            no positive number.

    Source: the children who started and ceased to be looked after in the national statistics; counted as often as it
    happened, as boards count the month.
    """
    if population is not None and population < 1:
        msg = "a rate per 10,000 children needs the number of children in the population"
        raise ConfigError(msg)
    days, cuts = window(ret, period), cuts_of(by)
    months = _months(days)
    started = tally(_started(ret, days, cuts), cuts, months, starts=pl.len(), children_started=pl.col("once").sum())
    ceased = tally(_ceased(ret, days, cuts), cuts, months, ceasings=pl.len(), children_ceased=pl.col("once").sum())
    found = started.hstack(ceased.select("ceasings", "children_ceased")).with_columns(
        net=pl.col("starts").cast(pl.Int64) - pl.col("ceasings"),
        **{f"{name}_rate": _per(name, population) for name in ("starts", "ceasings")},
    )
    return beside(ret, found, cuts, _not_judged(ret, days))


def _months(days: Window) -> pl.DataFrame:
    """The last day of each month that the window touches."""
    first, last = (pl.lit(day).dt.month_end() for day in days)
    return pl.select(month=pl.date_range(first.dt.month_start(), last, "1mo").dt.month_end())


def _started(ret: Return, days: Window, cuts: tuple[str, ...]) -> pl.DataFrame:
    items = every_start(ret, days)
    return cut(ret, items.with_columns(once=pl.col("child").is_first_distinct(), month=_month("day")), cuts)


def _ceased(ret: Return, days: Window, cuts: tuple[str, ...]) -> pl.DataFrame:
    items = every_ceasing(ret, days)
    return cut(ret, items.with_columns(once=pl.col("child").is_last_distinct(), month=_month("day")), cuts)


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.month_end()


def _per(name: str, population: int | None) -> pl.Expr:
    return pl.lit(None, pl.Float64) if population is None else PER * pl.col(name) / population


def _not_judged(ret: Return, days: Window) -> pl.DataFrame:
    """The starts and ceasings of this return that cannot be placed, as items that `cut` and `tally` take."""
    starts = unplaced(ret).filter((pl.col("RNE") == "S") & ~pl.col("respite")).with_columns(day="decom")
    ends = ceasings_not_judged(ret, days)
    return pl.concat(each.select("child", "day", "episode") for each in (starts, ends))
