"""Working days in England and Wales: Monday to Friday without bank holidays."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import cast, overload

import polars as pl

from returns903.errors import ConfigError

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2035, 12, 31)
"""The days that working days are counted from."""


@cache
def bank_holidays() -> tuple[dt.date, ...]:
    """The bank holidays of England and Wales from 1990 to 2036, in order.

    Those of a single year (jubilees, a coronation) are among them; those of years to come follow the standing rules.

    Raises:
        ConfigError: the package `holidays` is not installed.
    """
    try:
        import holidays
    except ImportError:
        msg = "working days need the package holidays: pip install 'returns903[report]'"
        raise ConfigError(msg) from None
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 2))
    return tuple(sorted(days))


@overload
def working_day_after(day: pl.Expr, n: int) -> pl.Expr: ...
@overload
def working_day_after(day: pl.Series, n: int) -> pl.Series: ...
@overload
def working_day_after(day: dt.date, n: int) -> dt.date: ...
def working_day_after(day: pl.Expr | pl.Series | dt.date, n: int) -> pl.Expr | pl.Series | dt.date:
    """The n-th working day after a day.

    The day itself is day 0, whether or not it is a working day; the first working day after it is day 1. So one working
    day after a Friday and after the Saturday that follows is the same Monday.

    Args:
        day: a date, or an expression or series of dates. Null, or a day outside 1990 to 2035, gives null.
        n: how many working days, from 0 to 250.

    Raises:
        ConfigError: `n` or a single date is out of range, or the package `holidays` is not installed.
    """
    if not 0 <= n <= 250:
        msg = f"{n} working days after a day: a whole number from 0 to 250 is wanted"
        raise ConfigError(msg)
    if isinstance(day, pl.Expr):
        return _after(day, n)
    if isinstance(day, pl.Series):
        return pl.select(_after(pl.lit(day), n).alias(day.name)).to_series()
    if not FIRST <= day <= LAST:
        msg = f"working days are known for {FIRST.year} to {LAST.year}"
        raise ConfigError(msg)
    return cast("dt.date", pl.select(_after(pl.lit(day, pl.Date), n)).item())


def _after(day: pl.Expr, n: int) -> pl.Expr:
    known = pl.when(day.is_between(FIRST, LAST)).then(day)
    if n == 0:
        return known
    # a start on a weekend or holiday is first drawn back, so that the next working day is day 1
    return known.dt.add_business_days(n, holidays=list(bank_holidays()), roll="backward")
