"""Dates that must be real ones, follow one another, and lie where the collection year allows."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.frames.terms import earliest, unreadable, years_after
from returns903.rules.registry import rule
from returns903.tables import Episodes, Header
from returns903.years import Year

CHILDREN_ACT = dt.date(1991, 10, 14)
"""The day the Children Act 1989 came into force."""


@rule("141", flags=Episodes, fields=[Episodes.DECOM])
def start_is_no_date() -> pl.Expr:
    """The day the episode commenced is not a date.

    When: DECOM is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

    Why: every length of stay and every order of episodes rests on this day.

    Fix: enter the day as dd/mm/yyyy, for example 05/04/2024.
    """
    return unreadable(Episodes.DECOM)


@rule("147", flags=Episodes, fields=[Episodes.DEC])
def end_is_no_date() -> pl.Expr:
    """The day the episode ceased is not a date.

    When: DEC is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

    Why: an end that cannot be read leaves the episode looking as if it were still open.

    Fix: enter the day as dd/mm/yyyy, or clear it if the episode is still open.
    """
    return unreadable(Episodes.DEC)


@rule("301", flags=Header, fields=[Header.DOB])
def born_after_year(year: Year) -> pl.Expr:
    """The child was born after the collection year closed.

    When: DOB is later than the last day of the collection year. A blank or unreadable DOB passes.

    Why: the return describes one year; a child not yet born in it cannot have been looked after.

    Fix: check the year of the date of birth, or leave the child to the next return.
    """
    return Header.DOB > year.end


@rule("302", flags=[Episodes, Header], fields=[Episodes.DECOM, Header.DOB])
def in_care_before_birth() -> pl.Expr:
    """The child's first episode began before the child was born.

    When: DECOM of the child's earliest episode is before DOB; a start on the day of birth passes. Of several earliest
    episodes the first in the file is looked at. A child without a readable DECOM or DOB passes.

    Why: care begins on the day of birth at the soonest; one of the two dates is wrong.

    Fix: correct DOB in Header or DECOM of the episode.
    """
    return earliest(Episodes) & (Header.DOB > Episodes.DECOM)


@rule("351", flags=Header, fields=[Header.DOB])
def aged_25_before_year(year: Year) -> pl.Expr:
    """The young person turned 25 before the collection year opened.

    When: the 25th birthday is before the first day of the collection year; a birthday on that day passes, and so does
    a blank or unreadable DOB.

    Why: nobody of that age is looked after, or followed up as a care leaver.

    Fix: check the year of the date of birth, or take the person out of the return.
    """
    return years_after(Header.DOB, 25) < year.start


@rule("352", flags=Episodes, fields=[Episodes.DECOM, Episodes.RNE])
def care_began_at_18() -> pl.Expr:
    """A period of care starts on or after the young person's 18th birthday.

    When: RNE is S and DECOM is not before the 18th birthday, which itself flags. A blank or unreadable date passes.

    Why: looked-after status ends at 18, so it cannot begin then.

    Fix: correct DECOM here or DOB in Header; an episode that does not begin a period of care takes another RNE.
    """
    return (Episodes.RNE == "S") & (Episodes.DECOM >= years_after(Header.DOB, 18))


@rule("353", flags=Episodes, fields=[Episodes.DECOM])
def start_before_children_act() -> pl.Expr:
    """The episode commenced before 14 October 1991.

    When: DECOM is earlier than 14/10/1991. A blank or unreadable DECOM passes.

    Why: the Children Act 1989 has applied since that day, and no one in care before it is still a child.

    Fix: check the year of the date.
    """
    return Episodes.DECOM < CHILDREN_ACT


@rule("354", flags=Episodes, fields=[Episodes.DECOM])
def start_after_year(year: Year) -> pl.Expr:
    """The episode commenced after the collection year closed.

    When: DECOM is later than the last day of the collection year. A blank or unreadable DECOM passes.

    Why: the return describes one year; what began later belongs in the next one.

    Fix: check the year of the date, or leave the episode to the next return.
    """
    return Episodes.DECOM > year.end


@rule("355", flags=Episodes, fields=[Episodes.DECOM, Episodes.DEC])
def begins_and_ends_on_one_day() -> pl.Expr:
    """The episode begins and ends on the same day.

    When: DECOM and DEC are the same day, however each is written. A blank or unreadable date passes.

    Why: an episode lasts to the next day at least; shorter changes are not recorded as episodes.

    Fix: correct the date that is wrong, or remove the episode and join those on either side of it.
    """
    return Episodes.DECOM == Episodes.DEC


@rule("356", flags=Episodes, fields=[Episodes.DECOM, Episodes.DEC])
def end_before_start() -> pl.Expr:
    """The episode ends before it begins.

    When: DEC is earlier than DECOM; the same day passes. A blank or unreadable date passes.

    Why: one of the two dates is wrong, and the length of the stay cannot be worked out.

    Fix: correct DECOM or DEC.
    """
    return Episodes.DEC < Episodes.DECOM


@rule("385", flags=Episodes, fields=[Episodes.DEC])
def end_after_year(year: Year) -> pl.Expr:
    """The episode ceased after the collection year closed.

    When: DEC is later than the last day of the collection year. A blank or unreadable DEC passes.

    Why: the return describes one year; what ended later belongs in the next one.

    Fix: check the year of the date, or leave DEC and REC blank if the episode was still open on that day.
    """
    return Episodes.DEC > year.end


@rule("501", flags=Episodes, fields=[Episodes.DECOM, Episodes.DEC])
def starts_before_previous_ends() -> pl.Expr:
    """The episode commenced before the child's previous episode had ceased.

    When: DECOM is before DEC of the child's episode just before, in order of DECOM; the same day passes. A blank or
    unreadable date on either side passes.

    Why: a child is in one placement under one legal status at a time, so episodes follow one another.

    Fix: correct DECOM of this episode or DEC of the one before.
    """
    return Episodes.DECOM < Episodes.previous.DEC
