"""Children missing from care and away without authorisation: how many, how often, for how long, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from returns903.derive.care import looked_after
from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, beside, crossed, cut, cuts_of, in_order, last_in, tally, with_total
from returns903.derive.declared import Column, count, date, derived, share, text
from returns903.derive.episode_of_day import on_its_day
from returns903.derive.in_year import in_care
from returns903.derive.kept import kept
from returns903.derive.placements import TOTAL
from returns903.derive.population import here
from returns903.derive.reviews import month_ends
from returns903.derive.windows import Period, Window, window
from returns903.returns import Return
from returns903.tables import Missing
from returns903.tables.base import TEXT

STATUSES = {"M": "missing", "A": "away"}
"""What the codes of MISSING are called here."""
SAME_DAY, NOT_ENDED, UNKNOWN = "ended on the same day", "not ended", "unknown"
LENGTHS = {"1 day": 1, "2 to 6 days": 6, "7 to 28 days": 28}
"""Bands of length and the most days in each; less is `SAME_DAY`, more is `LONGER`."""
LONGER = "more than 28 days"
BANDS = (SAME_DAY, *LENGTHS, LONGER, NOT_ENDED, UNKNOWN)
IDENTITY = ["child", "status", "start"]
ONE_DAY = dt.timedelta(days=1)

STATUS = text("missing: MISSING is M, nobody knew where the child was; away: A", values=tuple(STATUSES.values()))
DOUBTS = count(
    "rows of Missing that may belong here: without a child, a readable MIS_START, or a code; with a MIS_END that is no "
    "date; or of a child who was not looked after in the window"
)
CHILDREN = {
    "status": STATUS,
    "looked_after": count("children looked after at any time in the window, as in `looked_after_in_year`"),
    "children": count("of them, those with an incident in the window"),
    "percent": share("children of looked_after"),
    "incidents": count("how many: under way at any time in the window"),
    "began": count("of them, those that began in the window"),
    "average": Column(pl.Float64, "incidents a child that had one", "nobody had one", least=1),
    "at_end": count("children looked after, and missing or away, at the close of the window's last day"),
    "not_judged": DOUBTS,
}
LENGTH = {
    "status": STATUS,
    "length": text(
        "from MIS_START to MIS_END; not ended: MIS_END is blank; unknown: it is no date, or before MIS_START; total",
        values=(*BANDS, TOTAL),
    ),
    "incidents": count("how many: under way at any time in the window"),
    "percent": share("of the incidents of the status"),
    "not_judged": DOUBTS,
}
BY_MONTH = {
    "month": date("its last day"),
    "status": STATUS,
    "incidents": count("those that began in the month"),
    "children": count("children with one that began in the month"),
    "at_end": count("children looked after, and missing or away, at the close of the month's last day"),
    "not_judged": DOUBTS,
}


class Absences(NamedTuple):
    """The incidents in a window, and the rows that may be incidents in it."""

    counted: pl.DataFrame
    """child, status, start, end (null: not ended), end_unknown."""
    doubts: pl.DataFrame
    """Items that `cut` takes."""


@derived("status: missing or away", CHILDREN, key=["status"], by=CUTS)
def missing_episodes(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """Children who went missing or were away from their placement without authorisation, and how often.

    An incident is a row of Missing; rows of one child with one MIS_START and code are one, that which ended first. It
    counts in a window if it was under way in it: begun in it, or before it and not ended by the day before its first.
    The child must have been looked after in the window, respite apart. An end that is no date counts as none. Of the
    previous return only the incidents are used that this one does not hold, and those for days before the year alone.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`: children and their incidents as of the last day in the window on
            which the child was looked after. `missing_lengths` is cut as of the day on which the incident began.

    Returns:
        {columns}

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national table of children who were missing or away from placement without authorisation, by local
    authority: children and incidents, incidents a child that had one, children looked after during the year, and
    children missing or away at 31 March.
    """
    cuts, days = cuts_of(by), window(ret, period)
    counted, doubts = absences(ret, days)
    still = looked_after(ret, days.last).get_column("child").implode()
    each = counted.group_by("child", "status").agg(
        n=pl.len(), new=days.holds("start").sum(), open=_under_way(pl.lit(days.last)).any()
    )
    people = cut(ret, in_care(ret, days), cuts).join(crossed(status=list(STATUSES.values())), how="cross")
    found = people.join(each, on=["child", "status"], how="left").with_columns(pl.col("n", "new").fill_null(0))
    table = tally(
        found,
        cuts,
        crossed(status=list(STATUSES.values())),
        looked_after=pl.len(),
        children=(pl.col("n") > 0).sum(),
        incidents=pl.col("n").sum(),
        began=pl.col("new").sum(),
        at_end=(pl.col("open") & pl.col("child").is_in(still)).sum(),
    ).with_columns(
        percent=percent("children", "looked_after"),
        average=pl.when(pl.col("children") > 0).then(pl.col("incidents") / pl.col("children")),
    )
    return beside(ret, table, cuts, doubts)


@derived("status and length", LENGTH, key=["status", "length"], by=CUTS)
def missing_lengths(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """How long children were missing or away: the incidents of `missing_episodes` by their length in days.

    The return has days and no hours: an incident that ended on the day on which it began may have lasted hours. The
    bands are this library's own; those of the national table were not found.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`: as of the day on which the incident began, so that the placement
            is the one from which the child went missing.

    Returns:
        {columns}

        The lengths add up to the total, which is the incidents of `missing_episodes`.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national table of children who were missing, by the duration of missing periods.
    """
    cuts, days = cuts_of(by), window(ret, period)
    counted, doubts = absences(ret, days)
    items = cut(ret, on_its_day(ret, counted.with_columns(day="start", length=_length())), cuts)
    rows = crossed(status=list(STATUSES.values()), length=[*BANDS, TOTAL])
    table = tally(with_total(items, "length", TOTAL), cuts, rows, incidents=pl.len())
    return beside(
        ret, table.with_columns(percent=percent("incidents", last_in("incidents", [*cuts, "status"]))), cuts, doubts
    )


@derived("month and status", BY_MONTH, key=["month", "status"], by=CUTS)
def missing_by_month(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """The incidents of the year by the month in which they began, and who was missing or away at its end.

    Args:
        ret: the return.
        by: what the table is cut by, any of `CUTS`: as of the day on which the incident began (of a child with several
            in the month, the first), and for those missing at the end of the month as of its last day.

    Returns:
        {columns}

        Incidents add up to `began` of `missing_episodes`; those that began before the year are in no month.

    Raises:
        ConfigError: it cannot be cut so.

    Source: as for `missing_episodes`, at each month's end.
    """
    cuts = cuts_of(by)
    counted, doubts = absences(ret, window(ret))
    began = cut(ret, on_its_day(ret, counted.with_columns(day="start")), cuts)
    rows, found, first = crossed(status=list(STATUSES.values())), [], ret.year.start
    for last in month_ends(ret.year.start, ret.year.end):
        new = began.filter(pl.col("start").is_between(first, last))
        firsts = new.unique(["child", "status"], keep="first", maintain_order=True)
        missing = counted.filter(_under_way(pl.lit(last))).select("child", "status").unique(maintain_order=True)
        open_then = cut(ret, missing.join(here(ret, last), on="child", maintain_order="left"), cuts)
        counts = tally(new, cuts, rows, incidents=pl.len()).with_columns(
            tally(firsts, cuts, rows, children=pl.len()).get_column("children"),
            tally(open_then, cuts, rows, at_end=pl.len()).get_column("at_end"),
            month=pl.lit(last, pl.Date),
        )
        found.append(counts)
        first = last + ONE_DAY
    return beside(ret, in_order(pl.concat(found), cuts), cuts, doubts)


def absences(ret: Return, days: Window) -> Absences:
    """The incidents in a window, by child, status and start; and what may be one."""
    known = ~pl.col("last_year") | pl.lit(days.first < ret.year.start)
    begun = pl.col("start").is_null() | (pl.col("start") <= days.last)
    over = (pl.col("end") < days.first) & ~days.holds("start").fill_null(value=False)
    rows = _rows(ret).filter(known & begun & ~over.fill_null(value=False))
    whole = pl.all_horizontal(pl.col(name).is_not_null() for name in IDENTITY)
    cared_for = pl.col("child").is_in(in_care(ret, days).get_column("child").implode())
    told_apart = rows.filter(whole & cared_for.fill_null(value=False))
    doubtful = pl.concat([rows.join(told_apart, on="number", how="anti"), told_apart.filter("end_unknown")])
    counted = told_apart.sort(*IDENTITY, "end", nulls_last=True).unique(IDENTITY, keep="first", maintain_order=True)
    return Absences(
        counted.drop("number", "last_year"), on_its_day(ret, doubtful.drop("last_year").with_columns(day="start"))
    )


@kept
def _rows(ret: Return) -> pl.DataFrame:
    """The rows of Missing of both returns; of the previous one those whose child, start and code this one has not.

    Columns: child, status, start, end, end_unknown (MIS_END is given and no date), last_year, number.
    """
    now, before = _said(ret.tables, last_year=False), _said(ret.previous or {}, last_year=True)
    return pl.concat([now, before.join(now, on=IDENTITY, how="anti")]).with_row_index("number")


def _said(tables: Mapping[str, pl.DataFrame], *, last_year: bool) -> pl.DataFrame:
    nothing = pl.DataFrame(
        schema=dict.fromkeys(("CHILD", "MISSING", f"MIS_END.{TEXT}"), pl.String)
        | dict.fromkeys(("MIS_START", "MIS_END"), pl.Date)
    )
    return tables.get(Missing.name, nothing).select(
        child=told("CHILD"),
        status=pl.col("MISSING").replace_strict(STATUSES, default=None, return_dtype=pl.String),
        start="MIS_START",
        end="MIS_END",
        end_unknown=pl.col("MIS_END").is_null() & told(f"MIS_END.{TEXT}").is_not_null(),
        last_year=pl.lit(last_year),
    )


def _under_way(day: pl.Expr) -> pl.Expr:
    """Whether an incident lasts at the close of a day."""
    return (pl.col("start") <= day) & (pl.col("end").is_null() | (pl.col("end") > day))


def _length() -> pl.Expr:
    days = (pl.col("end") - pl.col("start")).dt.total_days()
    band = pl.when(days > max(LENGTHS.values())).then(pl.lit(LONGER)).otherwise(pl.lit(None, pl.String))
    for name, most in reversed(LENGTHS.items()):
        band = pl.when(days <= most).then(pl.lit(name)).otherwise(band)
    band = pl.when(days == 0).then(pl.lit(SAME_DAY)).otherwise(band)
    unknown = pl.col("end_unknown") | (days < 0).fill_null(value=False)
    return pl.when(unknown).then(pl.lit(UNKNOWN)).when(days.is_null()).then(pl.lit(NOT_ENDED)).otherwise(band)
