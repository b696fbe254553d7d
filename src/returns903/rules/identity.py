"""Who each child is: sex, date of birth, ethnic background and pupil number."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    any_row,
    at_latest,
    blank,
    given,
    has_row,
    of_row,
    other_than,
    unreadable,
    years_after,
)
from returns903.rules.groups import RESPITE
from returns903.rules.registry import rule
from returns903.tables import OC3, Episodes, Header, Periods
from returns903.tables.header import HeaderTable
from returns903.years import Year


@rule("101", flags=Header, fields=[Header.SEX], until="2023-24")
def sex_neither_1_nor_2() -> pl.Expr:
    """The child's sex is not recorded as 1 (male) or 2 (female).

    When: SEX is anything other than 1 or 2; a blank flags.

    Why: sex is one of the facts that tell children apart, and the rules on mothers depend on it.

    Fix: enter 1 for a male or 2 for a female child.
    """
    return other_than(Header.SEX, codes.SEX.valid("2023-24"))


@rule("101", flags=Header, fields=[Header.SEX], since="2024-25")
def sex_none_of_m_f_u() -> pl.Expr:
    """The child's sex is not recorded as M, F or U.

    When: SEX is anything other than M, F or U; a blank flags, and so do the former codes 1 and 2.

    Why: sex is one of the facts that tell children apart, and the rules on mothers depend on it.

    Fix: enter M for male, F for female, or U where it is unknown.

    Changed: the codes were 1 and 2 until 2023-24, and there was none for an unknown sex.
    """
    return other_than(Header.SEX, codes.SEX.valid("2024-25"))


@rule("102", flags=Header, fields=[Header.DOB])
def no_birth_date() -> pl.Expr:
    """The child has no date of birth that can be read.

    When: DOB is blank, cannot be read as dd/mm/yyyy, or is no day of the calendar.

    Why: every rule and every measure that asks for the child's age rests on this day.

    Fix: enter the date of birth as dd/mm/yyyy, for example 05/04/2012.
    """
    return Header.DOB.is_null()


@rule("103", flags=Header, fields=[Header.ETHNIC])
def ethnic_background_unknown_code() -> pl.Expr:
    """The child's ethnic background is not one of the permitted codes.

    When: ETHNIC is blank, or is no code of the list.

    Why: outcomes are compared between ethnic groups, which takes a code for each child.

    Fix: enter the code of the ethnic background; REFU where it was refused, NOBT where it is not known yet.
    """
    return other_than(Header.ETHNIC, codes.ETHNIC)


@rule("168", flags=Header, fields=[Header.UPN])
def pupil_number_malformed() -> pl.Expr:
    """The unique pupil number has not the form of one, and is no code for an unknown one.

    When: UPN is given, is none of UN1 to UN5, and is not a letter other than I, O and S followed by 12 digits, or by
    11 digits and a letter. The check letter is not worked out. A blank passes.

    Why: the number links the child to results at school, so a wrong one loses the child there.

    Fix: copy the number from the school's record, or give the code that says why there is none.
    """
    return ~Header.UPN.str.contains(f"^({HeaderTable.UPN.pattern})$")


@rule("171", flags=Header, fields=[Header.MC_DOB])
def first_child_birth_is_no_date() -> pl.Expr:
    """The date of birth of the mother's child is not a date.

    When: MC_DOB is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

    Why: the age at which young people in care become mothers is worked out from it.

    Fix: enter the date of birth of the child's own first child as dd/mm/yyyy, or clear the field.
    """
    return unreadable(Header.MC_DOB)


def _male_with_child(male: str) -> pl.Expr:
    return (Header.SEX == male) & given(Header.MC_DOB)


@rule("174", flags=Header, fields=[Header.SEX, Header.MC_DOB], until="2023-24")
def male_with_first_child_coded_1() -> pl.Expr:
    """A male child has the date of birth of a mother's child.

    When: SEX is 1 and MC_DOB is given, whether or not it can be read.

    Why: MC_DOB is asked of mothers alone; one of the two fields is wrong.

    Fix: correct SEX, or clear MC_DOB.
    """
    return _male_with_child("1")


@rule("174", flags=Header, fields=[Header.SEX, Header.MC_DOB], since="2024-25")
def male_with_first_child_coded_m() -> pl.Expr:
    """A male child has the date of birth of a mother's child.

    When: SEX is M and MC_DOB is given, whether or not it can be read.

    Why: MC_DOB is asked of mothers alone; one of the two fields is wrong.

    Fix: correct SEX, or clear MC_DOB.

    Changed: male is M instead of 1.
    """
    return _male_with_child("M")


@rule("209", flags=Header, fields=[Header.UPN, Header.DOB])
def school_age_without_pupil_number(year: Year) -> pl.Expr:
    """A child of school age has the code for a child too young to have a pupil number.

    When: UPN is UN1, and the child was 4 on or before the 31 August that lies seven months before the collection year
    opened. A blank or unreadable DOB passes.

    Why: a child of that age has been due to start school since, and is given a pupil number there.

    Fix: enter the pupil number, or the code that says why this child has none.
    """
    return (Header.UPN == "UN1") & (years_after(Header.DOB, 4) <= dt.date(year.start.year - 1, 8, 31))


@rule("210", flags=[Header, Episodes], fields=[Header.UPN, Episodes.DECOM])
def newcomer_code_for_longer_stay(year: Year) -> pl.Expr:
    """The code for a newcomer's unknown pupil number is given for a child in care for more than a week.

    When: UPN is UN4, and the period of care that the child is still in after the last day of the collection year began
    before 24 March, a week before. A period is a run of episodes without a gap; one whose last DEC is blank or
    unreadable lasts on. The Episodes row flagged is the one that began the period.

    Why: UN4 says that the child came into care in the last week of the year and the number could not be had in time.

    Fix: enter the pupil number, or the code that says why this child has none.
    """
    lasts = Periods.END.is_null() | (Periods.END > year.end)
    began = at_latest(Periods.START, where=lasts)
    return (Header.UPN == "UN4") & (Episodes.DECOM == began) & (began < dt.date(year.end.year, 3, 24))


@rule("232", flags=Header, fields=[Header.SEX], since="2024-25", severity="query")
def sex_unknown() -> pl.Expr:
    """The child's sex is recorded as unknown.

    When: SEX is U, or u in a table that was not read from a file. A blank passes.

    Why: U is accepted, but the sex of a child in care is seldom unknown.

    Fix: enter M or F if it is known; otherwise confirm that it is not.
    """
    return Header.SEX.str.to_uppercase() == "U"


@rule("442", flags=Header, fields=[Header.UPN])
def no_pupil_number_in_care() -> pl.Expr:
    """A child looked after other than for short breaks has neither a pupil number nor a code for its absence.

    When: UPN is blank, and the child has an episode whose LS is not V3 or V4; a blank LS counts.

    Why: only children in short breaks are returned without a pupil number.

    Fix: enter the pupil number, or the one of UN1 to UN5 that says why there is none.
    """
    return blank(Header.UPN) & any_row(Episodes, other_than(Episodes.LS, RESPITE))


@rule("444", flags=Header, fields=[Header.UPN], since="2025-26")
def pupil_number_repeated() -> pl.Expr:
    """The unique pupil number stands on more than one row of Header.

    When: UPN is given, is none of UN1 to UN5, and is also on another row of Header, be it of the same child.

    Why: a pupil number belongs to one child, and one child has one row.

    Fix: find out whose number it is and correct the others, or join the rows if they are one child's.
    """
    shared = of_row(Header, Header.UPN.is_duplicated())
    return given(Header.UPN) & other_than(Header.UPN, codes.code_list("UPN_UNKNOWN")) & shared


@rule("EPI", flags=Header, fields=[Header.CHILD], severity="query", optional=[Episodes, OC3])
def neither_in_care_nor_care_leaver() -> pl.Expr:
    """The child has neither an episode nor a care leaver's row in OC3.

    When: no row of Episodes and none of OC3 is the child's. A table that is not in the return has no rows; a row
    without CHILD belongs to nobody.

    Why: a child is returned for having been in care in the year or for having left it; without either, most rules
    have nothing to look at.

    Fix: add the missing episodes or care leaver's row, or take the child out of the return.
    """
    return ~has_row(Episodes) & ~has_row(OC3)
