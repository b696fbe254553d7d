"""Orders that deprive a child of liberty: their dates, their order and the placements they go with."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import any_of, at_earliest, blank, differs, given, latest, one_of, other_than, unreadable
from returns903.rules.registry import rule
from returns903.tables import DoLo, Episodes, Periods
from returns903.years import Year

FIRST = "2026-27"
"""The first year in which orders are returned."""

EXPECTED = ("K2", "Z12", "Z13")
RULED_OUT = ("K1", "P1", "R5", "K3")
"""Codes of PLACE that are expected under an order, and those that cannot be."""


def during_episode() -> pl.Expr:
    """The order has both its dates and lies, if only by a day, in the episode."""
    dated = given(DoLo.DOLO_START) & given(DoLo.DOLO_END)
    starts_in_time = any_of(DoLo.DOLO_START <= Episodes.DEC, Episodes.DEC.is_null())
    return dated & (DoLo.DOLO_END >= Episodes.DECOM) & starts_in_time


@rule("700", flags=DoLo, fields=[DoLo.DOLO_START], since=FIRST)
def order_without_start() -> pl.Expr:
    """The order has no day on which it began, or one that is not a date.

    When: DOLO_START is blank, cannot be read as dd/mm/yyyy, or is no day of the calendar.

    Why: an order without its first day can be set against nothing else in the return.

    Fix: enter the day the order began as dd/mm/yyyy, for example 05/04/2026.
    """
    return DoLo.DOLO_START.is_null()


@rule("701", flags=DoLo, fields=[DoLo.DOLO_END], since=FIRST)
def end_is_no_date() -> pl.Expr:
    """The day the order ended is not a date.

    When: DOLO_END is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

    Why: an order whose end cannot be read looks as if it still lasted.

    Fix: enter the day as dd/mm/yyyy, or leave DOLO_END blank while the order lasts.
    """
    return unreadable(DoLo.DOLO_END)


@rule("702", flags=DoLo, fields=[DoLo.DOLO_START, DoLo.DOLO_END], since=FIRST)
def end_not_after_start() -> pl.Expr:
    """The order ended on the day it began, or earlier.

    When: DOLO_END is not later than DOLO_START. A blank or unreadable date passes.

    Why: an order lasts for some time.

    Fix: correct whichever of the two dates is wrong.
    """
    return DoLo.DOLO_END <= DoLo.DOLO_START


@rule("703", flags=DoLo, fields=[DoLo.DOLO_START], since=FIRST)
def start_after_year(year: Year) -> pl.Expr:
    """The order began after the collection year closed.

    When: DOLO_START is later than 31 March that closes the collection year. A blank or unreadable date passes.

    Why: what began after the year belongs in the next return.

    Fix: check the year of the date, or leave the order for the next return.
    """
    return DoLo.DOLO_START > year.end


@rule("704", flags=DoLo, fields=[DoLo.DOLO_END], since=FIRST)
def end_outside_year(year: Year) -> pl.Expr:
    """The order ended before the collection year began or after it closed.

    When: DOLO_END is before 1 April that opens the collection year or after 31 March that closes it. A blank or
    unreadable date passes.

    Why: an order that ended earlier belongs in an earlier return, and one that lasts beyond the year has no end yet.

    Fix: check the year of the date; remove an order that ended before the year, or clear an end that lies after it.
    """
    return any_of(DoLo.DOLO_END < year.start, DoLo.DOLO_END > year.end)


@rule("705", flags=DoLo, fields=[DoLo.DOLO_START, DoLo.DOLO_END], since=FIRST)
def start_during_previous_order() -> pl.Expr:
    """The order began before the child's previous order had ended.

    When: of the child's orders by DOLO_START (those without a readable one last), the one just before has no readable
    DOLO_END, or one later than this order's DOLO_START. The same day passes.

    Why: a child is under one order at a time.

    Fix: enter the day the previous order ended, or correct the dates.
    """
    before = DoLo.previous
    return before.row.is_not_null() & any_of(before.DOLO_END.is_null(), DoLo.DOLO_START < before.DOLO_END)


@rule("706", flags=DoLo.last_year, fields=[DoLo.last_year.DOLO_START], since=FIRST, optional=[DoLo])
def open_order_not_continued() -> pl.Expr:
    """The order was still open in last year's return, and the child's first order this year does not begin on its day.

    When: the row is the child's latest order in the previous return by DOLO_START, its DOLO_END is blank, and the
    child's earliest order this year has another DOLO_START, or the child has no order with a readable DOLO_START this
    year. A return without any order flags as well. An unreadable DOLO_END counts as an end.

    Why: an order that lasts beyond 31 March is one order in two returns.

    Fix: return the order again with the same DOLO_START, and its DOLO_END if it has ended since.
    """
    last = DoLo.last_year
    return latest(last) & blank(last.DOLO_END) & differs(last.DOLO_START, at_earliest(DoLo.DOLO_START))


@rule("707", flags=DoLo, fields=[DoLo.DOLO_END], since=FIRST)
def order_outside_care() -> pl.Expr:
    """The order does not end, or does not last, within any of the child's periods of care.

    When: DOLO_START is a date, and none of the child's periods of care fits: one fits an order with a readable DOLO_END
    if that lies in it, first and last day included, and an order without one if the period is still open and began by
    DOLO_START. A period is the child's episodes by DECOM without a gap; it is open if the last has no readable DEC. A
    child without an episode with a readable DECOM passes.

    Why: the order is for a child in care, and ends by the day the child leaves.

    Fix: enter or correct DOLO_END, or correct the dates of the child's episodes.
    """
    lasting = DoLo.DOLO_END.is_null()
    # of one period; each order stands beside every period of its child
    misfit = any_of(
        lasting & Periods.END.is_not_null(),
        lasting & (DoLo.DOLO_START < Periods.START),
        DoLo.DOLO_END > Periods.END,
        DoLo.DOLO_END < Periods.START,
    )
    return DoLo.DOLO_START.is_not_null() & Periods.row.is_not_null() & misfit.all().over(DoLo.row)


@rule("708", flags=DoLo, fields=[DoLo.DOLO_START, DoLo.DOB], since=FIRST)
def start_not_after_birth() -> pl.Expr:
    """The order began on the day the child was born, or earlier.

    When: DOLO_START is not later than DOB in the same row of DoLo. A blank or unreadable date passes.

    Why: an order is made for a child that has been born.

    Fix: correct DOLO_START or DOB.
    """
    return DoLo.DOLO_START <= DoLo.DOB


@rule("709", flags=[DoLo, Episodes], fields=[DoLo.DOLO_START, Episodes.PLACE], since=FIRST, severity="query")
def unexpected_placement() -> pl.Expr:
    """The child was under an order that deprives it of liberty in a placement where that is not expected.

    When: DOLO_START and DOLO_END are both given and the order lies in an episode of the child, if only by a day
    (DOLO_END is not before DECOM, and DOLO_START not after DEC; an episode without a readable DEC goes on), and PLACE
    is none of K2, Z12 and Z13. A blank PLACE flags.

    Why: such orders are made for placements in which a child can be kept safe without a secure home.

    Fix: check PLACE and the dates of the order; leave them if they are right.
    """
    return during_episode() & other_than(Episodes.PLACE, EXPECTED)


@rule("710", flags=[DoLo, Episodes], fields=[DoLo.DOLO_START, Episodes.PLACE], since=FIRST)
def impossible_placement() -> pl.Expr:
    """The child was under an order that deprives it of liberty in a placement where there can be none.

    When: DOLO_START and DOLO_END are both given and the order lies in an episode of the child, if only by a day
    (DOLO_END is not before DECOM, and DOLO_START not after DEC; an episode without a readable DEC goes on), and PLACE
    is K1, P1, R5 or K3.

    Why: a secure home and a young offender institution hold children by other powers, and homes of parents and
    supported accommodation do not hold them.

    Fix: correct PLACE or the dates of the order.
    """
    return during_episode() & one_of(Episodes.PLACE, RULED_OUT)
