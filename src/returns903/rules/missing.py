"""Missing: children missing, or away from placement without authorisation."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames.terms import any_of, blank, given, of_child, of_row, one_of, other_than, unreadable, years_after
from returns903.rules.registry import column_name, rule
from returns903.tables import Episodes, Missing, Periods
from returns903.years import Year

NEVER = dt.date(9999, 12, 31)
"""The end of what has not ended."""


@rule("1004", flags=Missing, fields=[Missing.MIS_START])
def start_missing_or_no_date() -> pl.Expr:
    """The day the child went missing or away is blank or not a date.

    When: MIS_START is blank, cannot be read as dd/mm/yyyy, or is no day of the calendar.

    Why: without it the episode of absence can be neither counted nor placed in the child's time in care.

    Fix: enter the day as dd/mm/yyyy, for example 05/04/2024.
    """
    return Missing.MIS_START.is_null()


@rule("1005", flags=Missing, fields=[Missing.MIS_END])
def end_is_no_date() -> pl.Expr:
    """The day the child was found or came back is not a date.

    When: MIS_END is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

    Why: how long children are missing is worked out from this day.

    Fix: enter the day as dd/mm/yyyy, or leave it blank while the child is missing.
    """
    return unreadable(Missing.MIS_END)


@rule("1006", flags=Missing, fields=[Missing.MISSING])
def neither_missing_nor_away(rules_year: Year) -> pl.Expr:
    """The kind of absence is neither missing (M) nor away without authorisation (A).

    When: MISSING is given and is not M or A. A blank passes.

    Why: the two are counted apart.

    Fix: enter M if it was not known where the child was, A if it was.
    """
    return ~one_of(Missing.MISSING, codes.MISSING.valid(rules_year))


@rule("564", flags=Missing, fields=[Missing.MISSING, Missing.MIS_START])
def kind_without_start(rules_year: Year) -> pl.Expr:
    """The row says that the child was missing or away, but not since when.

    When: MISSING is M or A, in capitals or not, and MIS_START is blank. An unreadable MIS_START passes.

    Why: an absence needs the day it began.

    Fix: add the day, or take the row out if the child was not absent.
    """
    return one_of(Missing.MISSING.str.to_uppercase(), codes.MISSING.valid(rules_year)) & blank(Missing.MIS_START)


def date_needs_kind(code: str, date: pl.Expr, *, what: str) -> None:
    """The rule that the kind of absence is given beside one of its dates."""
    words = {"name": column_name(date), "what": what}

    @rule(code, flags=Missing, fields=[Missing.MISSING, date], words=words)
    def date_without_kind() -> pl.Expr:
        """The row gives the day the absence {what}, but not whether the child was missing or away.

        When: {name} is given and MISSING is blank. An unreadable date counts as given.

        Why: children missing and children away without authorisation are counted apart.

        Fix: enter M or A in MISSING, or take the row out if the child was not absent.
        """
        return given(date) & blank(Missing.MISSING)


date_needs_kind("565", Missing.MIS_START, what="began")
date_needs_kind("566", Missing.MIS_END, what="ended")


@rule("567", flags=Missing, fields=[Missing.MIS_START, Missing.MIS_END])
def end_before_start() -> pl.Expr:
    """The absence ended before it began.

    When: MIS_END is before MIS_START. The same day passes, and so does a blank or unreadable date.

    Why: one of the two days must be wrong.

    Fix: correct MIS_START or MIS_END.
    """
    return Missing.MIS_END < Missing.MIS_START


@rule("570", flags=Missing, fields=[Missing.MIS_START])
def start_after_year(year: Year) -> pl.Expr:
    """The absence began after the collection year closed.

    When: MIS_START is after 31 March that closes the collection year. A blank or unreadable date passes.

    Why: what happened later belongs in a later return.

    Fix: correct MIS_START, or take the row out.
    """
    return Missing.MIS_START > year.end


@rule("571", flags=Missing, fields=[Missing.MIS_END])
def end_outside_year(year: Year) -> pl.Expr:
    """The absence did not end within the collection year.

    When: MIS_END is before 1 April that opens the collection year or after 31 March that closes it. A blank or
    unreadable date passes.

    Why: an absence that ended earlier belongs in an earlier return, and one that goes on has no end yet.

    Fix: correct MIS_END, clear it if the child was still absent on 31 March, or take the row out.
    """
    return (Missing.MIS_END < year.start) | (Missing.MIS_END > year.end)


@rule("574", flags=Missing, fields=[Missing.MIS_START, Missing.MIS_END])
def start_during_earlier_absence() -> pl.Expr:
    """The absence began while an earlier one of the same child still lasted.

    When: in the child's rows in order of MIS_START, those on one day as in the file, any earlier row has a MIS_END
    after this MIS_START or has no readable MIS_END. Beginning on the day the earlier one ended passes, and so does a
    row without a readable MIS_START.

    Why: a child cannot go missing who is missing already.

    Fix: add or correct MIS_END of the earlier row, or put the two rows together.
    """
    lasting = Missing.MIS_END.fill_null(NEVER).cum_max().shift(1).over(Missing.number)
    return Missing.CHILD.is_not_null() & (Missing.MIS_START < of_row(Missing, lasting))


@rule("575", flags=Missing, fields=[Missing.MIS_START, Missing.MIS_END])
def open_after_episode_ended() -> pl.Expr:
    """The episode from which the child went missing has ended, but the absence has not.

    When: MIS_END is blank, and MIS_START is a day of one of the child's episodes that has ended, its first and last day
    (DECOM and DEC) among them. Blank and unreadable MIS_START, DECOM and DEC pass, and so does an unreadable MIS_END.

    Why: a placement that ended no longer has a child missing from it.

    Fix: add the day the absence ended, or correct DEC of the episode.
    """
    return blank(Missing.MIS_END) & Missing.MIS_START.is_between(Episodes.DECOM, Episodes.DEC)


@rule("576", flags=Missing.last_year, fields=[Missing.last_year.MIS_START, Missing.last_year.MIS_END])
def open_absence_not_carried_on() -> pl.Expr:
    """The absence was still open in the previous return, and no row of this year carries it on.

    When: MIS_END of a row of the previous return is blank, its MIS_START is readable, and none of the child's rows this
    year has the same MIS_START; a child without any row this year flags. The row of the previous return is flagged.

    Why: a child who was missing when the last year closed is missing on the first day of this one.

    Fix: add the absence to this year's rows with the day it began last year, and the day it ended if it has.
    """
    last = Missing.last_year
    carried_on = last.MIS_START.is_in(of_child(Missing, Missing.MIS_START.drop_nulls())).fill_null(value=False)
    return last.CHILD.is_not_null() & blank(last.MIS_END) & last.MIS_START.is_not_null() & ~carried_on


def of_every_period(condition: pl.Expr) -> pl.Expr:
    """The condition holds beside each of the child's periods of care, so all pairs of one row of Missing are asked."""
    return condition.all().over(Missing.row)


@rule("577", flags=Missing, fields=[Missing.MIS_START, Missing.MIS_END])
def end_outside_care() -> pl.Expr:
    """The absence did not end within the child's time in care, or is open although the child has left care.

    When: MIS_START is readable and none of the child's periods of care fits. A period fits a MIS_END from its start to
    its end; it fits an absence without a readable MIS_END if it is open itself and started no later than MIS_START.
    Periods are episodes without a gap between them; one whose last DEC is blank or unreadable is open. A child
    without a readable DECOM in Episodes passes.

    Why: only a child in care can be missing from care.

    Fix: add MIS_END or correct it to the day the child left care at the latest, or correct the child's episodes.
    """
    open_absence = Missing.MIS_END.is_null() & (Periods.END.is_not_null() | (Missing.MIS_START < Periods.START))
    outside = any_of(open_absence, Missing.MIS_END > Periods.END, Missing.MIS_END < Periods.START)
    return Missing.MIS_START.is_not_null() & of_every_period(Periods.row.is_not_null() & outside)


@rule("578", flags=Missing, fields=[Missing.MIS_START])
def start_outside_care() -> pl.Expr:
    """The absence began when the child was not in care.

    When: MIS_START is before the start or after the end of each of the child's periods of care; the day care ended
    passes. Periods are episodes without a gap between them; one whose last DEC is blank or unreadable is open. A blank
    or unreadable MIS_START and a child without a readable DECOM in Episodes pass.

    Why: only a child in care can go missing from care.

    Fix: correct MIS_START or the child's episodes, or take the row out.
    """
    return of_every_period(any_of(Missing.MIS_START < Periods.START, Missing.MIS_START > Periods.END))


@rule("580", flags=Episodes, fields=[Episodes.DEC, Episodes.REC])
def missing_on_leaving_at_18() -> pl.Expr:
    """The child was missing up to the eighteenth birthday, on which care ended, but the reason for that is another.

    When: DEC is the eighteenth birthday, by DOB in Missing, a row of the child in Missing has MIS_END on that day, and
    REC is not E8; a blank REC flags. Blank and unreadable dates pass.

    Why: of a child who is still missing at 18 nobody knows where care led to, so any other reason (E8) applies.

    Fix: set REC to E8, or correct MIS_END if the child had come back.
    """
    of_age = years_after(Missing.DOB, 18)
    return (of_age == Missing.MIS_END) & (Missing.MIS_END == Episodes.DEC) & other_than(Episodes.REC, "E8")


@rule("581", flags=Missing, fields=[Missing.MIS_START])
def start_before_care() -> pl.Expr:
    """The absence began before the child's first episode of care.

    When: MIS_START is before the earliest DECOM of the child's episodes. A blank or unreadable MIS_START and a child
    without a readable DECOM pass.

    Why: a child can go missing from care only when in care.

    Fix: correct MIS_START, or add the episode the child went missing from.
    """
    return Missing.MIS_START < of_child(Episodes, Episodes.DECOM.min())


@rule("586", flags=Missing, fields=[Missing.MIS_START])
def start_by_birth() -> pl.Expr:
    """The absence began on the day the child was born or earlier.

    When: MIS_START is on or before DOB in Missing. A blank or unreadable date passes.

    Why: one of the two days must be wrong.

    Fix: correct MIS_START or the date of birth.
    """
    return Missing.MIS_START <= Missing.DOB
