"""Days as whole numbers, which are quick to reckon with, and as the text that the return has for them.

Day 1 is 1 January of the year 1, as in ``datetime.date.toordinal``.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from returns903.years import Year, years_after


@lru_cache(maxsize=65536)
def text(day: int) -> str:
    """The day as a return writes it."""
    return dt.date.fromordinal(day).strftime("%d/%m/%Y")


@lru_cache(maxsize=65536)
def birthday(born: int, age: int) -> int:
    """The day on which somebody born on `born` reaches this age."""
    return years_after(dt.date.fromordinal(born), age).toordinal()


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


@lru_cache(maxsize=64)
def span(year: Year) -> Span:
    """The days of a collection year."""
    return Span(year.label, year.start.toordinal(), year.end.toordinal(), year.previous.start.toordinal())
