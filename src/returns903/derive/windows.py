"""A window of days other than the year: the last months, a quarter."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import polars as pl

from returns903.errors import ConfigError, told_as
from returns903.returns import Return

Period = tuple[dt.date | str, dt.date | str]
"""What `period=` takes: the first and the last day, as dates or written like 2024-10-01."""


class Window(NamedTuple):
    """Days from the first to the last, both included."""

    first: dt.date
    last: dt.date

    def holds(self, day: str | pl.Expr) -> pl.Expr:
        """Whether a day lies in it; null where there is no day."""
        return (pl.col(day) if isinstance(day, str) else day).is_between(self.first, self.last)


def window(ret: Return, period: Period | None = None) -> Window:
    """The window that is asked for; the year of the return unless one is.

    Raises:
        ConfigError: it is none, or reaches beyond the years of the returns at hand.
    """
    if period is None:
        return Window(ret.year.start, ret.year.end)
    if not isinstance(period, tuple | list) or len(period) != 2:
        msg = "a period is its first and its last day"
        raise ConfigError(msg)
    first, last = (_day(each) for each in period)
    known_from = ret.year.start if ret.previous is None else ret.year.previous.start
    if not known_from <= first <= last <= ret.year.end:
        msg = f"a period lies within the returns at hand, from {known_from:%d/%m/%Y} to {ret.year.end:%d/%m/%Y}"
        raise ConfigError(msg)
    return Window(first, last)


def _day(given: dt.date | str) -> dt.date:
    if isinstance(given, dt.date) and type(given) is dt.date:
        return given
    with told_as(ConfigError("the days of a period are dates, or written like 2024-10-01")):
        return dt.date.fromisoformat(str(given))


def last_months(months: int, to: dt.date) -> Window:
    """The last so many months up to a day: six months to 31 March begin on 1 October.

    Raises:
        ConfigError: there are fewer than one.
    """
    if months < 1:
        msg = "a window has one month or more"
        raise ConfigError(msg)
    after = pl.select(pl.lit(to + dt.timedelta(days=1)).dt.offset_by(f"-{months}mo")).item()
    return Window(after, to)
