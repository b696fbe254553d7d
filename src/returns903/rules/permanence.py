"""A permanent home that a child had left care for before: the table PrevPerm."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    any_of,
    any_row,
    blank,
    earliest,
    given,
    has_row,
    of_child,
    of_row,
    one_of,
    other_than,
    table_of,
)
from returns903.reading.cells import read_date
from returns903.rules.registry import rule
from returns903.tables import Episodes, PrevPerm
from returns903.years import Year

COLLECTED_SINCE = dt.date(2016, 4, 1)
"""Previous permanence is asked for children who started to be looked after from this day on."""
ABOLISHED_IN_2019 = ("835", "836", "837")
"""Dorset as it was, Poole and Bournemouth: an order of long ago may have been arranged by one of them."""


def without_unknown_parts(partial: pl.Expr) -> pl.Expr:
    """The earliest day of a partial date in the year it names, 2000 for an unknown year; null where it is no date."""
    known_day = partial.str.replace(r"^ZZ/", "01/")
    day = read_date(known_day.str.replace("/ZZ/", "/01/", literal=True).str.replace(r"/ZZZZ$", "/2000"))
    return of_row(table_of(partial), day)


@rule("630", flags=Episodes, fields=[Episodes.RNE, PrevPerm.PREV_PERM, PrevPerm.LA_PERM, PrevPerm.DATE_PERM])
def no_previous_permanence_for_new_child(year: Year) -> pl.Expr:
    """The child started to be looked after this year and the record of a previous permanence option is not complete.

    When: RNE is S and DECOM is on or after 1 April that opens the year, and the child has no row in PrevPerm, or has
    one where PREV_PERM is blank, or where PREV_PERM is other than Z1 and LA_PERM or DATE_PERM is blank. An episode
    with a blank or unreadable DECOM passes; one without CHILD has no row in PrevPerm.

    Why: for each child who enters care it is recorded whether an earlier adoption or order has broken down.

    Fix: add the row: Z1 where there was no previous permanence option, else the option, the authority and the date.
    """
    started = (Episodes.RNE == "S") & (Episodes.DECOM >= year.start)
    incomplete = (PrevPerm.PREV_PERM != "Z1") & (blank(PrevPerm.LA_PERM) | blank(PrevPerm.DATE_PERM))
    return started & (~has_row(PrevPerm) | any_row(PrevPerm, any_of(blank(PrevPerm.PREV_PERM), incomplete)))


@rule("631", flags=PrevPerm, fields=[PrevPerm.PREV_PERM])
def previous_permanence_is_no_code() -> pl.Expr:
    """The previous permanence option is not one of the codes.

    When: PREV_PERM is given and is not P1, P2, P3, P4 or Z1. A blank passes.

    Why: only these say what kind of permanent home the child had.

    Fix: enter the code: P1 adoption, P2 special guardianship, P3 residence or child arrangements order, P4 unknown,
    Z1 none.
    """
    return given(PrevPerm.PREV_PERM) & other_than(PrevPerm.PREV_PERM, codes.PREV_PERM)


@rule("632", flags=[Episodes, PrevPerm], fields=[PrevPerm.DATE_PERM, Episodes.DECOM])
def permanence_not_before_first_episode() -> pl.Expr:
    """The date of the previous permanence order cannot be read, or is not before the child's first episode.

    When: beside the child's earliest episode by DECOM, DATE_PERM is given and is no date dd/mm/yyyy, or the earliest
    day it can stand for is on or after that DECOM. ZZ may stand for the day or the month: the first of the month, or
    January, is then the earliest. ZZZZ stands for any year, which may always be early enough. A blank DATE_PERM
    passes, and so does a child without a readable DECOM.

    Why: the order is one that the child left care for before, so that it came before this time in care.

    Fix: correct the date, with ZZ for an unknown day or month and ZZZZ for an unknown year. Where the child's time in
    care began before the earliest episode returned, check the date against that day.
    """
    day = without_unknown_parts(PrevPerm.DATE_PERM)
    year_known = ~PrevPerm.DATE_PERM.str.ends_with("/ZZZZ")
    no_date = given(PrevPerm.DATE_PERM) & day.is_null()
    return earliest(Episodes) & any_of(no_date, year_known & (day >= Episodes.DECOM))


@rule("633", flags=PrevPerm, fields=[PrevPerm.LA_PERM])
def permanence_authority_is_no_code() -> pl.Expr:
    """The authority that arranged the previous permanence option is not one of the codes.

    When: LA_PERM is given and is neither the three-figure code of an English authority, present or reorganised, nor
    WAL, SCO, NIR, NUK or 999. A blank passes.

    Why: the code tells which authority arranged the permanent home.

    Fix: enter the authority's three-figure code; WAL, SCO, NIR or NUK outside England, and 999 where it is not known.
    """
    return given(PrevPerm.LA_PERM) & other_than(PrevPerm.LA_PERM, codes.LA_PERM, ABOLISHED_IN_2019)


@rule(
    "634",
    flags=[PrevPerm, Episodes],
    fields=[PrevPerm.PREV_PERM, PrevPerm.LA_PERM, PrevPerm.DATE_PERM, Episodes.DECOM],
)
def permanence_of_child_in_care_since_before_2016() -> pl.Expr:
    """A previous permanence option is returned for a child who has been in care since before 1 April 2016.

    When: PREV_PERM, LA_PERM or DATE_PERM is given, and the latest DECOM of the child's episodes is before 1 April 2016.
    All the child's episodes are flagged with the row. A child without a readable DECOM passes.

    Why: previous permanence is collected for children who started to be looked after on or after that day.

    Fix: remove the row, or correct the dates of the child's episodes.
    """
    told = given(PrevPerm.PREV_PERM) | given(PrevPerm.LA_PERM) | given(PrevPerm.DATE_PERM)
    return told & (of_child(Episodes, Episodes.DECOM.max()) < COLLECTED_SINCE)


@rule("635", flags=PrevPerm, fields=[PrevPerm.LA_PERM, PrevPerm.DATE_PERM, PrevPerm.PREV_PERM])
def permanence_details_without_option() -> pl.Expr:
    """An authority or a date is given although there is no previous permanence option for it.

    When: LA_PERM or DATE_PERM is given, and PREV_PERM is Z1 or blank.

    Why: the authority and the date belong to an adoption or order that is named.

    Fix: enter the option in PREV_PERM, or clear LA_PERM and DATE_PERM.
    """
    detailed = given(PrevPerm.LA_PERM) | given(PrevPerm.DATE_PERM)
    return detailed & any_of(blank(PrevPerm.PREV_PERM), one_of(PrevPerm.PREV_PERM, "Z1"))
