"""Dates that must be real ones, and lie where the collection year allows."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import unreadable
from returns903.rules.registry import rule
from returns903.tables import Episodes
from returns903.years import Year


@rule("141", flags=Episodes, fields=[Episodes.DECOM])
def start_is_no_date() -> pl.Expr:
    """The day the episode commenced is not a date.

    When: DECOM is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

    Why: every length of stay and every order of episodes rests on this day.

    Fix: enter the day as dd/mm/yyyy, for example 05/04/2024.
    """
    return unreadable(Episodes.DECOM)


@rule("385", flags=Episodes, fields=[Episodes.DEC])
def end_after_year(year: Year) -> pl.Expr:
    """The episode ceased after the collection year closed.

    When: DEC is later than 31 March that closes the collection year. An unreadable or blank DEC passes.

    Why: the return describes one year; what ended later belongs in the next one.

    Fix: check the year of the date, or leave DEC and REC blank if the episode was still open on 31 March.
    """
    return year.end < Episodes.DEC
