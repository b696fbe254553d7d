"""Which collection year a return is of, told from its dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl

from returns903.errors import ConfigError
from returns903.years import Year

_OF_THE_YEAR = {
    "Episodes": ("DEC", "ceased episodes"),
    "Reviews": ("REVIEW", "reviews"),
    "Missing": ("MIS_START", "missing episodes"),
    "SWEpisodes": ("SW_DEC", "changes of social worker"),
}
"""What a return holds of its own year only, or nearly so."""
_STARTS = {"Episodes": ("DECOM", "starts of episodes"), "DoLo": ("DOLO_START", "deprivation of liberty orders")}
"""Of any year; they tell where nothing else does."""
_SEXES = {True: ["M", "F", "U"], False: ["1", "2"]}


def infer_year(tables: dict[str, pl.DataFrame]) -> tuple[Year, str]:
    """The collection year of typed tables, and what tells it.

    It is the latest year that holds at least half as many dates as the year with the most: a few faulty dates in the
    future do not move it, nor do rows kept from years before.

    Raises:
        ConfigError: there are no dates to tell it from.
    """
    for columns in (_OF_THE_YEAR, _STARTS):
        counts, kinds = _by_year(tables, columns)
        if counts:
            most = max(counts.values())
            year = max(year for year, count in counts.items() if 2 * count >= most)
            return _named(year), _reason(tables, year, counts, kinds)
    msg = "the collection year cannot be told: no dates of episodes, reviews or the like; give it (--year, year=)"
    raise ConfigError(msg)


def _by_year(tables: dict[str, pl.DataFrame], columns: dict[str, tuple[str, str]]) -> tuple[Counter[int], list[str]]:
    """How many dates fall in the collection year that starts in each calendar year, and what they are dates of."""
    counts: Counter[int] = Counter()
    kinds: list[str] = []
    for table, (column, kind) in columns.items():
        if table not in tables or tables[table].schema.get(column) != pl.Date:
            continue
        day = pl.col(column)
        start = day.dt.year() - (day.dt.month() < 4).cast(pl.Int32)
        believable = day.is_between(dt.date(1991, 4, 1), dt.date(2100, 3, 31))
        days = tables[table][column].value_counts().filter(believable)
        found = days.group_by(start.alias("start")).agg(pl.col("count").sum())
        counts.update(dict(found.iter_rows()))
        kinds += [kind] if found.height else []
    return counts, kinds


def _named(start: int) -> Year:
    return Year(start=dt.date(start, 4, 1), end=dt.date(start + 1, 3, 31))


def _reason(tables: dict[str, pl.DataFrame], start: int, counts: Counter[int], kinds: list[str]) -> str:
    listed = " and ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)
    dates = f"{counts[start]:,} of {counts.total():,} dates of {listed}"
    return f"{dates} fall in {_named(start)}{_doubt(tables, start)}"


def _doubt(tables: dict[str, pl.DataFrame], start: int) -> str:
    """What speaks against the year: the codes of sex changed in 2024-25, social workers came in with 2023-24."""
    if "Header" in tables and "SEX" in tables["Header"].columns:
        sex = tables["Header"]["SEX"]
        new, old = (int(sex.is_in(_SEXES[is_new]).sum()) for is_new in (True, False))
        if start >= 2024 and old > new:
            return ", though SEX is coded as until 2023-24"
        if start < 2024 and new > old:
            return ", though SEX is coded as since 2024-25"
    if start < 2023 and "SWEpisodes" in tables and tables["SWEpisodes"].height:
        return ", though SWEpisodes came in with 2023-24"
    return ""
