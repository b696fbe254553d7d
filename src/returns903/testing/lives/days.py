"""Days as whole numbers, which are quick to reckon with, and as the text that the return has for them.

Day 1 is 1 January of the year 1, as in ``datetime.date.toordinal``.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from returns903.years import Year, years_after

FIRST_WITH_WORKERS = "2023-24"
"""The first year whose return tells of social workers."""


@lru_cache(maxsize=65536)
def text(day: int) -> str:
    """The day as a return writes it."""
    return dt.date.fromordinal(day).strftime("%d/%m/%Y")


@lru_cache(maxsize=2**18)
def birthday(born: int, age: int) -> int:
    """The day on which somebody born on `born` reaches this age."""
    return years_after(dt.date.fromordinal(born), age).toordinal()


def age(born: int, day: int) -> int:
    """The age on a day of somebody born on `born`."""
    years = (day - born) * 4 // 1461
    return years + (birthday(born, years + 1) <= day) - (birthday(born, years) > day)


def ordinal(year: int, month: int, day: int) -> int:
    """The day with this date."""
    return dt.date(year, month, day).toordinal()


class Span(NamedTuple):
    """A collection year by its first and last day."""

    label: str
    first: int
    last: int
    first_before: int
    """The first day of the collection year before."""
    moved_may_stay: bool
    """Whether a child whose episode changed may still be in care when the year ends.

    From 2023-24 on SW12STG2 asks that an open episode began the period of care, since it measures social workers by the
    end of every other; so in a lawful return such a child leaves care within the year.
    """


@lru_cache(maxsize=64)
def span(year: Year) -> Span:
    """The days of a collection year."""
    first, last, before = (day.toordinal() for day in (year.start, year.end, year.previous.start))
    return Span(year.label, first, last, before, moved_may_stay=year.label < FIRST_WITH_WORKERS)
