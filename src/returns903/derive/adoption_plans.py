"""Decisions that a child should be placed for adoption, their reversal, and who waits to be placed."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.derive.adoption import ORDERS
from returns903.derive.care import CHILD, all_periods, episodes, of_episodes
from returns903.derive.cells import told
from returns903.derive.cuts import CUTS, By, beside, cut, cuts_of, in_order, tally
from returns903.derive.declared import count, date, days, derived, flag
from returns903.derive.episode_of_day import on_its_day
from returns903.derive.kept import kept
from returns903.derive.leaving import leavers
from returns903.derive.placements import all_placements
from returns903.derive.population import here
from returns903.derive.reviews import month_ends
from returns903.derive.windows import window
from returns903.returns import Return
from returns903.rules.groups import ADOPTED, FOR_ADOPTION, TEMPORARY
from returns903.tables import PlacedAdoption
from returns903.tables.base import TEXT

WAITING = {
    "child": CHILD,
    "decided": date("DATE_PLACED of the last decision by the day that stood on it"),
    "days": days("from decided to the day", least=0),
    "order": flag("the court has made a placement order, or freed the child (LS E1, D1)"),
    "entered": date("when the period of care began"),
    "entered_known": flag("its first episode known has RNE S; otherwise it began earlier, nobody knows when"),
}
BY_MONTH = {
    "month": date("its last day"),
    "adopted": count("children who were adopted in the month: those of `leaving_care` with reason E11 or E12"),
    "placed": count("placements of a child with new adopters that began in the month"),
    "decided": count("decisions of the month that a child should be placed for adoption"),
    "reversed": count("decisions that were reversed in the month"),
    "waiting": count("children who waited to be placed at the close of its last day, as in `waiting_for_adoption`"),
    "not_judged": count(
        "rows of PlacedAdoption without a child or a readable DATE_PLACED, or with a DATE_PLACED_CEASED that is no date"
    ),
}
EVENTS = ("adopted", "placed", "decided", "reversed")


@derived("child who waits to be placed for adoption, by child", WAITING, key=["child"])
def waiting_for_adoption(ret: Return, as_at: dt.date | None = None) -> pl.DataFrame:
    """The children looked after on a day who should be placed for adoption and are not.

    A decision (a row of PlacedAdoption) stands from DATE_PLACED until it is reversed (DATE_PLACED_CEASED); one that is
    reversed on the day stands no more. The child is looked after at the close of the day, respite apart, and in no
    placement for adoption (A3 to A6), nor away from one in a temporary placement. A DATE_PLACED_CEASED that is no date
    counts as none.

    Args:
        ret: the return.
        as_at: a day of the year; the last one unless it is given.

    Returns:
        {columns}

    Source: the Department's adoption scorecards, children waiting to be placed for adoption.
    """
    day = as_at or ret.year.end
    periods = all_periods(ret).select("key", entered="start", entered_known="start_known")
    return _waiting(ret, day).join(periods, left_on="period", right_on="key", how="left", maintain_order="left")


@derived("month", BY_MONTH, key=["month"], by=CUTS)
def adoption_by_month(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """Adoptions, placements for adoption, decisions and reversals by month, and who was waiting at its end.

    A placement with new adopters is one for adoption (A3 to A6) that follows none in the period of care: those of one
    child with the same or other adopters, one after the other, count once. Of rows of PlacedAdoption with one child and
    day, one counts.

    Args:
        ret: the return.
        by: what the table is cut by, any of `CUTS`: as of the day of the event, or of the end of the month.

    Returns:
        {columns}

    Raises:
        ConfigError: it cannot be cut so.

    Source: the quarterly survey of the Adoption and Special Guardianship Leadership Board, for what is counted.
    """
    cuts = cuts_of(by)
    events = cut(ret, _events(ret), cuts)
    found, first = [], ret.year.start
    for last in month_ends(ret.year.start, ret.year.end):
        of_month = events.filter(pl.col("day").is_between(first, last)).with_columns(month=pl.lit(last, pl.Date))
        waiting = cut(ret, _waiting(ret, last), cuts).with_columns(month=pl.lit(last, pl.Date))
        rows = pl.DataFrame({"month": [last]}, schema={"month": pl.Date})
        counts = {name: (pl.col("event") == name).sum() for name in EVENTS}
        table = tally(of_month, cuts, rows, **counts)
        found.append(table.with_columns(tally(waiting, cuts, rows, waiting=pl.len()).get_column("waiting")))
        first = last + dt.timedelta(days=1)
    return beside(ret, in_order(pl.concat(found), cuts), cuts, _doubts(ret))


def _waiting(ret: Return, day: dt.date) -> pl.DataFrame:
    """Who waits on a day, as items that `cut` and `tally` take; with period, decided, days and order."""
    stands = (pl.col("decided") <= day) & (pl.col("reversed").is_null() | (pl.col("reversed") > day))
    last = _decisions(ret).filter(stands).group_by("child").agg(pl.col("decided").max())
    return (
        of_episodes(here(ret, day).join(last, on="child", maintain_order="left"), _with_adopters(ret))
        .filter(~pl.col("placed"))
        .with_columns(
            days=(pl.col("day") - pl.col("decided")).dt.total_days(),
            order=pl.col("LS").is_in(ORDERS).fill_null(value=False),
        )
    )


@kept
def _with_adopters(ret: Return) -> pl.DataFrame:
    """Whether each episode, in the order of their numbers, is a placement for adoption, or an absence from one."""
    absent = pl.col("PLACE").is_in(TEMPORARY).fill_null(value=False)
    place = pl.when(~absent).then("PLACE").forward_fill().over("period")
    return episodes(ret).select(placed=place.is_in(FOR_ADOPTION).fill_null(value=False))


def _events(ret: Return) -> pl.DataFrame:
    """What happened in the year, as items: event, child, day, episode."""
    year = window(ret)
    adopted = leavers(ret, year).filter(pl.col("reason").is_in(ADOPTED)).select("child", "day", "episode")
    to_adopt = pl.col("place").is_in(FOR_ADOPTION).fill_null(value=False)
    same = pl.col("key") == pl.col("key").shift(1)
    goes_on = (same & to_adopt.shift(1)).fill_null(value=False)
    begun = all_placements(ret).filter(to_adopt & ~goes_on & ~pl.col("last_year"))
    happened = {"placed": begun.select("child", day="start")}
    decisions = _decisions(ret)
    for event in ("decided", "reversed"):
        happened[event] = decisions.select("child", day=event).unique(maintain_order=True)
    found = {name: on_its_day(ret, each.filter(year.holds("day"))) for name, each in happened.items()}
    return pl.concat(each.with_columns(event=pl.lit(name)) for name, each in ({"adopted": adopted} | found).items())


def _decisions(ret: Return) -> pl.DataFrame:
    """The decisions that can be placed in time: child, decided, reversed (null: not)."""
    return _rows(ret).filter(pl.col("child").is_not_null() & pl.col("decided").is_not_null())


def _doubts(ret: Return) -> pl.DataFrame:
    """The rows of PlacedAdoption that say too little, as items."""
    told_in_full = pl.col("child").is_not_null() & pl.col("decided").is_not_null() & ~pl.col("reversed_unknown")
    return on_its_day(ret, _rows(ret).filter(~told_in_full).with_columns(day="decided"))


def _rows(ret: Return) -> pl.DataFrame:
    end = "DATE_PLACED_CEASED"
    empty = pl.DataFrame(schema={"CHILD": pl.String, "DATE_PLACED": pl.Date, end: pl.Date, f"{end}.{TEXT}": pl.String})
    return ret.tables.get(PlacedAdoption.name, empty).select(
        child=told("CHILD"),
        decided="DATE_PLACED",
        reversed=end,
        reversed_unknown=pl.col(end).is_null() & told(f"{end}.{TEXT}").is_not_null(),
    )
