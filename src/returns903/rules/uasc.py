"""Unaccompanied asylum-seeking children: their marker, and the day they ceased to be one."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import any_of, any_row, given, other_than, unreadable
from returns903.frames.terms import years_after as anniversary
from returns903.rules.registry import rule
from returns903.tables import UASC, Asylum, Header, Table
from returns903.years import Year, years_after

LAST = UASC.last_year
ASYLUM_TABLES = (Asylum, Asylum.last_year, UASC, UASC.last_year)
"""What `asylum_seeker` looks at where it is there: `optional` in every rule that asks for it."""


def asylum_seeker() -> pl.Expr:
    """The child is, or was in the previous return, an unaccompanied asylum seeker; false where nothing tells.

    Where a return has no Header, a row of UASC counts that gives anything beside CHILD, be it DOB alone.
    """
    years = ((Asylum, UASC), (Asylum.last_year, UASC.last_year))
    return any_of(
        *(
            any_row(marker, any_of(marker.STATUS == "1", (marker.SOURCE == UASC.name) & any_row(row, given(row.DOB))))
            for marker, row in years
        )
    )


def status_now() -> pl.Expr:
    """The marker this year beside a row of UASC: the Header row's own, or its stand-in where a return has no Header."""
    return pl.when(Header.row.is_not_null()).then(Header.UASC).otherwise(Asylum.STATUS)


def status_last_year() -> pl.Expr:
    """The marker last year of a child with a row in last year's UASC; null for other children."""
    return pl.when(LAST.row.is_not_null()).then(Asylum.last_year.STATUS)


def not_an_asylum_seeker(status: pl.Expr) -> pl.Expr:
    """The marker says 0 or nothing."""
    return any_of(status.is_null(), status == "0")


@rule("104", flags=UASC, fields=[UASC.DUC])
def ceased_before_year(year: Year) -> pl.Expr:
    """The day the child ceased to be an unaccompanied asylum seeker is no date, or lies before the collection year.

    When: DUC is given and cannot be read as dd/mm/yyyy or is no day of the calendar, or it is before 1 April that opens
    the year. A blank DUC passes.

    Why: the table lists children who were unaccompanied asylum seekers at some time in the year.

    Fix: correct the date; remove the row where the child ceased to be one in an earlier year.
    """
    return any_of(unreadable(UASC.DUC), UASC.DUC < year.start)


@rule("105", flags=Header, fields=[Header.UASC], needs=["xml-marker"])
def marker_is_no_code() -> pl.Expr:
    """The header does not say with 0 or 1 whether the child was an unaccompanied asylum seeker.

    When: the return brings UASC in Header, as XML does, and the cell is blank or no number equal to 0 or 1. Where the
    marker is worked out from the UASC table the rule does not run.

    Why: several rules and the count of these children rest on the marker.

    Fix: enter 1 for a child who was an unaccompanied asylum seeker at any time in the year, and 0 for every other
    child.
    """
    return ~Header.UASC.cast(pl.Float64, strict=False).is_in([0.0, 1.0]).fill_null(value=False)


@rule("205A", flags=[UASC, Header], fields=[UASC.CHILD, UASC.DUC, Header.UASC], optional=[Header])
def ceased_without_date_last_year(year: Year) -> pl.Expr:
    """A child marked as an unaccompanied asylum seeker last year only has no end date within last year, or one now.

    When: the child has a row in UASC this year and last, the marker was 1 last year and is not 1 now (a blank
    counts), and either DUC is given this year, readable or not, or last year's DUC is not a day of last year; one
    that is blank or unreadable is not. The marker is UASC in Header; where a return has no Header, it is 1 for a row
    of UASC that gives SEX or DUC. Every Header row of the child is judged by its own marker.

    Why: a child who is no longer marked must have ceased to be an asylum seeker in last year's return.

    Fix: check the marker against last year's; remove this year's DUC, or ask for last year's to be corrected.
    """
    before = year.previous
    ended_in_time = LAST.DUC.is_between(before.start, before.end).fill_null(value=False)
    stopped = (status_last_year() == "1") & other_than(status_now(), "1")
    return stopped & (given(UASC.DUC) | ~ended_in_time)


@rule("205B", flags=[UASC, Header], fields=[UASC.DUC, Header.UASC], optional=[Header])
def end_date_not_carried_on(year: Year) -> pl.Expr:
    """A child who is an asylum seeker in both years lacks the 18th birthday as last year's end date, or a fit one now.

    When: the child has a row in UASC this year and last, the marker is 1 in both, and not both of these hold: last
    year's DUC is the 18th birthday by last year's DOB; this year's DUC lies in the collection year or is the same as
    last year's. A blank or unreadable date fails. The marker is read as for 205A.

    Why: while the child remains an asylum seeker the expected end is the 18th birthday; an earlier end shows only in
    the return of the year it fell in.

    Fix: enter the day the child ceased to be an unaccompanied asylum seeker, or the 18th birthday where that is to
    come.
    """
    was_birthday = (LAST.DUC == anniversary(LAST.DOB, 18)).fill_null(value=False)
    fits_now = any_of(UASC.DUC.is_between(year.start, year.end), UASC.DUC == LAST.DUC)
    return (status_last_year() == "1") & (status_now() == "1") & ~(was_birthday & fits_now)


@rule("205C", flags=[UASC, Header], fields=[UASC.DUC, Header.UASC], optional=[Header])
def end_date_without_marker() -> pl.Expr:
    """A child who was an unaccompanied asylum seeker in neither year has a day on which that ceased.

    When: the marker is 0 or blank this year and last, and DUC of this year's or last year's row in UASC is a readable
    date. The marker is read as for 205A; last year's is blank for a child without a row in last year's UASC.

    Why: only an unaccompanied asylum seeker can cease to be one.

    Fix: correct the marker, or remove the child from the UASC table.
    """
    dated = UASC.DUC.is_not_null() | LAST.DUC.is_not_null()
    return not_an_asylum_seeker(status_now()) & not_an_asylum_seeker(status_last_year()) & dated


@rule("205D", flags=[Header, UASC], fields=[Header.CHILD, Header.UASC, UASC.CHILD], optional=[Header, UASC])
def marker_new_on_known_child() -> dict[Table, pl.Expr]:
    """The child is an unaccompanied asylum seeker this year but was returned last year as a child who is not.

    When: the marker is 1 this year, and last year's return has the child with a marker other than 1 (a blank counts).
    Flags the Header row; the row of UASC where the return has no Header, its marker being 1 if it gives SEX or DUC. A
    child whom last year's return does not have passes. Without a marker in either return the rule does not run.

    Why: a child is an unaccompanied asylum seeker from arrival on; the status cannot begin while in care.

    Fix: check whether the child arrived this year, and correct this year's marker or ask for last year's to be
    corrected.
    """
    was_not = Asylum.last_year.row.is_not_null() & other_than(Asylum.last_year.STATUS, "1")
    stands_for_header = any_row(Asylum, Asylum.SOURCE == UASC.name) & (given(UASC.SEX) | given(UASC.DUC))
    return {Header: (Header.UASC == "1") & was_not, UASC: stands_for_header & was_not}


@rule("231", flags=Header, fields=[Header.DOB, Header.UASC], severity="query", since="2024-25")
def asylum_seeker_under_11(year: Year) -> pl.Expr:
    """The child is an unaccompanied asylum seeker and not yet 11 when the collection year closes.

    When: the marker is 1 (UASC in Header, or a row in the UASC table) and DOB is later than the day 11 years before the
    close of the year. A child who turns 11 on that day, and a blank or unreadable DOB, pass.

    Why: children who seek asylum on their own are seldom that young; more often the birth date is wrong.

    Fix: check the date of birth, and that the child came without a parent or carer.
    """
    return (Header.UASC == "1") & (Header.DOB > years_after(year.end, -11))


@rule("303", flags=[Header, UASC], fields=[UASC.DUC, Header.UASC])
def ceased_but_not_marked() -> pl.Expr:
    """The child has a day of ceasing to be an unaccompanied asylum seeker but is not marked as one in the header.

    When: DUC is given, readable or not, and UASC in the child's Header row is not 1; a blank is not. A row of UASC
    without a Header row is not looked at. A marker worked out from the UASC table always agrees.

    Why: the marker is 1 for every child who was an unaccompanied asylum seeker at any time in the year.

    Fix: set the marker to 1, or remove DUC.
    """
    return given(UASC.DUC) & Header.UASC.cast(pl.Float64, strict=False).ne_missing(1.0)


@rule("304", flags=UASC, fields=[UASC.DUC, UASC.DOB])
def ceased_after_18th_birthday() -> pl.Expr:
    """The child ceased to be an unaccompanied asylum seeker after the 18th birthday.

    When: DUC is later than the 18th birthday by DOB in this table. The birthday itself passes, and so does a row where
    either date is blank or unreadable.

    Why: at 18 nobody is an unaccompanied asylum-seeking child any more.

    Fix: enter the 18th birthday or the earlier day, or correct DOB.
    """
    return UASC.DUC > anniversary(UASC.DOB, 18)
