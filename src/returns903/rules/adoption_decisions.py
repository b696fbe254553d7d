"""Decisions that a child should be placed for adoption: PlacedAdoption by itself, beside AD1 and year on year."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    any_of,
    any_row,
    as_written,
    blank,
    given,
    of_child,
    of_row,
    one_of,
    unreadable,
    written_alike,
)
from returns903.rules.groups import AD1_ITEMS
from returns903.rules.registry import column_name, rule
from returns903.tables import AD1, Header, PlacedAdoption
from returns903.years import Year

LAST_YEAR = PlacedAdoption.last_year


def ended_last_year() -> pl.Expr:
    """The decision came back in the previous return as reversed, by a day or by a reason."""
    return given(LAST_YEAR.DATE_PLACED_CEASED) | given(LAST_YEAR.REASON_PLACED_CEASED)


def must_be_date(code: str, date: pl.Expr, *, what: str) -> None:
    """The rule that what happened to the decision is dated by a day of the calendar."""
    words = {"name": column_name(date), "what": what}

    @rule(code, flags=PlacedAdoption, fields=[date], words=words)
    def decision_is_no_date() -> pl.Expr:
        """The day on which the decision to place the child for adoption {what} is not a date.

        When: {name} is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

        Why: which decision stands on which day is told from these dates alone.

        Fix: enter {name} as dd/mm/yyyy, for example 05/04/2024.
        """
        return unreadable(date)


must_be_date("115", PlacedAdoption.DATE_PLACED, what="was made")
must_be_date("116", PlacedAdoption.DATE_PLACED_CEASED, what="was reversed")


@rule("119", flags=PlacedAdoption, fields=[PlacedAdoption.REASON_PLACED_CEASED, PlacedAdoption.DATE_PLACED_CEASED])
def reversal_in_part() -> pl.Expr:
    """The decision was reversed, and only one of the day and the reason is given.

    When: just one of DATE_PLACED_CEASED and REASON_PLACED_CEASED is given. An unreadable date counts as given.

    Why: a reversal has a day and a reason; a decision that stands has neither.

    Fix: enter the one that is missing, or clear the other if the decision still stands.
    """
    return given(PlacedAdoption.DATE_PLACED_CEASED) ^ given(PlacedAdoption.REASON_PLACED_CEASED)


@rule("120", flags=PlacedAdoption, fields=[PlacedAdoption.REASON_PLACED_CEASED])
def reason_is_no_code() -> pl.Expr:
    """The reason for reversing the decision is not one of the codes that REASON_PLACED_CEASED may hold.

    When: REASON_PLACED_CEASED is given and is none of RD1, RD2, RD3 and RD4. A blank passes.

    Why: reversals are counted by these codes, and a value outside the list is counted nowhere.

    Fix: enter RD1, RD2, RD3 or RD4.
    """
    return ~one_of(PlacedAdoption.REASON_PLACED_CEASED, codes.REASON_PLACED_CEASED)


@rule("184", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED, Header.DOB])
def decided_before_birth() -> pl.Expr:
    """The decision to place the child for adoption was made before the child was born, or the birth is unknown.

    When: DATE_PLACED is a date, and DOB in the child's row of Header is later, blank or unreadable, or Header has no
    row for the child. The day of birth itself passes, and so does a blank or unreadable DATE_PLACED.

    Why: nothing is decided for a child that is not yet born.

    Fix: correct DATE_PLACED, or complete DOB in Header.
    """
    born = (PlacedAdoption.DATE_PLACED >= Header.DOB).fill_null(value=False)
    return PlacedAdoption.DATE_PLACED.is_not_null() & ~born


@rule("522", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED, PlacedAdoption.DATE_PLACED_CEASED])
def reversed_before_made() -> pl.Expr:
    """The decision was reversed before it was made.

    When: DATE_PLACED_CEASED is earlier than DATE_PLACED. The same day passes, and so does a date that is blank or
    unreadable.

    Why: only a decision that has been made can be reversed.

    Fix: correct whichever of the two dates is wrong.
    """
    return PlacedAdoption.DATE_PLACED_CEASED < PlacedAdoption.DATE_PLACED


@rule("523", flags=[PlacedAdoption, AD1], fields=[PlacedAdoption.DATE_PLACED, AD1.DATE_INT])
def decision_differs_from_details() -> pl.Expr:
    """PlacedAdoption and AD1 give different days for the decision that the child should be placed for adoption.

    When: DATE_PLACED and DATE_INT of the same child are both dates and are not the same day.

    Why: the two columns tell of the same decision.

    Fix: find the day of the decision and enter it in both tables.
    """
    return PlacedAdoption.DATE_PLACED != AD1.DATE_INT


@rule(
    "525",
    flags=[PlacedAdoption, AD1],
    fields=[PlacedAdoption.DATE_PLACED_CEASED, *(AD1.col(name) for name in AD1_ITEMS)],
)
def adopted_after_reversal() -> pl.Expr:
    """The decision to place the child for adoption was reversed, and yet details of an adoption are given.

    When: DATE_PLACED_CEASED is given, readable or not, and the child has a row in AD1 with at least one of DATE_INT,
    DATE_MATCH, FOSTER_CARE, NB_ADOPTR, SEX_ADOPTR and LS_ADOPTR.

    Why: a child is not adopted once adoption has been given up.

    Fix: clear the reversal if the child was adopted, or remove the details from AD1.
    """
    return given(PlacedAdoption.DATE_PLACED_CEASED) & any_of(*(given(AD1.col(name)) for name in AD1_ITEMS))


@rule("559", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED])
def earlier_decision_not_in_last_return(year: Year) -> pl.Expr:
    """The decision was made before the year began, and last year's return does not tell of it.

    When: DATE_PLACED is before 1 April that opens the collection year, and the child has no row in PlacedAdoption of
    the previous return, or has one in which DATE_PLACED is blank or unreadable.

    Why: a decision is returned in the year it is made, and again in each year it stands.

    Fix: check DATE_PLACED; if it is right, last year's return lacked the decision.
    """
    return (PlacedAdoption.DATE_PLACED < year.start) & LAST_YEAR.DATE_PLACED.is_null()


@rule("560", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED, PlacedAdoption.DATE_PLACED_CEASED])
def standing_decision_not_repeated() -> pl.Expr:
    """A decision for the child stood in last year's return, and none of the child's rows this year repeats its date.

    When: a row of the child in the previous return gives DATE_PLACED and has DATE_PLACED_CEASED blank, and no row of
    the child this year has the same DATE_PLACED; all the child's rows are then flagged. A blank is not the same as any
    date, and cells that are no dates are the same where they say the same.

    Why: a decision that stands at the end of one year is returned in the next, if only to say that it was reversed.

    Fix: correct DATE_PLACED to last year's date, or add the decision that is missing.
    """
    this_year = of_child(PlacedAdoption, as_written(PlacedAdoption.DATE_PLACED).drop_nulls())
    repeated = this_year.list.contains(as_written(LAST_YEAR.DATE_PLACED))
    stood = given(LAST_YEAR.DATE_PLACED) & blank(LAST_YEAR.DATE_PLACED_CEASED)
    return any_row(LAST_YEAR, stood & ~repeated)


@rule("561", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED])
def reversed_decision_repeated() -> pl.Expr:
    """The decision was already reversed in last year's return, and is returned again with the same date.

    When: a row of the child in the previous return has the same DATE_PLACED and gives DATE_PLACED_CEASED or
    REASON_PLACED_CEASED. Cells that are no dates are the same where they say the same; two blanks are not the same.

    Why: once a reversal has been returned the decision is over, and a new one has a date of its own.

    Fix: remove the row, or enter the date of the new decision.
    """
    return written_alike(PlacedAdoption.DATE_PLACED, LAST_YEAR.DATE_PLACED) & ended_last_year()


@rule(
    "563",
    flags=PlacedAdoption,
    fields=[PlacedAdoption.DATE_PLACED, PlacedAdoption.REASON_PLACED_CEASED, PlacedAdoption.DATE_PLACED_CEASED],
)
def reversed_without_decision() -> pl.Expr:
    """The decision was reversed, and the day on which it was made is missing.

    When: REASON_PLACED_CEASED and DATE_PLACED_CEASED are both given and DATE_PLACED is blank. Unreadable dates count as
    given.

    Why: without its first day the decision cannot be told from the child's others.

    Fix: enter the day of the decision in DATE_PLACED.
    """
    reversed_ = given(PlacedAdoption.REASON_PLACED_CEASED) & given(PlacedAdoption.DATE_PLACED_CEASED)
    return reversed_ & blank(PlacedAdoption.DATE_PLACED)


@rule("579", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED, PlacedAdoption.DATE_PLACED_CEASED])
def decision_during_earlier_one() -> pl.Expr:
    """The decision was made while an earlier one of the same child still stood.

    When: of the child's rows in order of DATE_PLACED (those without a readable one last), any before this one has no
    readable DATE_PLACED_CEASED, or one later than this row's DATE_PLACED. The same day passes.

    Why: a child has one decision at a time.

    Fix: enter the day the earlier decision was reversed, correct the dates, or remove the row that repeats another.
    """
    child, ended = PlacedAdoption.number, PlacedAdoption.DATE_PLACED_CEASED
    stands = ended.is_null().cum_sum().shift(1).over(child) > 0
    overlaps = PlacedAdoption.DATE_PLACED < ended.cum_max().shift(1).over(child)
    return child.is_not_null() & of_row(PlacedAdoption, any_of(stands, overlaps))


@rule(
    "583",
    flags=PlacedAdoption,
    fields=[PlacedAdoption.DATE_PLACED, PlacedAdoption.DATE_PLACED_CEASED],
    severity="query",
)
def earlier_decision_not_ended() -> pl.Expr:
    """The child has a later decision, and this one has no day on which it was reversed.

    When: DATE_PLACED_CEASED is blank, and the row is not the child's latest by DATE_PLACED. A blank or unreadable
    DATE_PLACED ranks before every date; of several rows that are equally late the first in the file is the latest.

    Why: a new decision is made only after the one before was reversed, so one of the two may be there by mistake.

    Fix: check that both decisions are needed; enter the day the earlier one was reversed, or remove one.
    """
    day, row, child = PlacedAdoption.DATE_PLACED, PlacedAdoption.row, PlacedAdoption.CHILD
    last = row.sort_by(day, row, descending=[True, False], nulls_last=True).first().over(child)
    return child.is_not_null() & of_row(PlacedAdoption, row != last) & blank(PlacedAdoption.DATE_PLACED_CEASED)


@rule("584", flags=PlacedAdoption, fields=[PlacedAdoption.DATE_PLACED])
def decision_not_after_last_years() -> pl.Expr:
    """A decision for the child was reversed in last year's return, and this one is not dated after it.

    When: a row of the child in the previous return gives DATE_PLACED_CEASED or REASON_PLACED_CEASED, and DATE_PLACED
    this year is blank, or is not later than DATE_PLACED of that row. An unreadable date on either side passes, and so
    does a date this year where last year's is blank.

    Why: after a reversal only a new decision can be returned.

    Fix: enter the date of the new decision, or remove the row if there is none.
    """
    not_later = PlacedAdoption.DATE_PLACED <= LAST_YEAR.DATE_PLACED
    return ended_last_year() & any_of(blank(PlacedAdoption.DATE_PLACED), not_later)
