"""Children put together into a return, with the previous one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from returns903.returns import Return
from returns903.tables import TABLES
from returns903.testing.lives import world
from returns903.testing.lives.model import Life
from returns903.testing.lives.view import Row, rows
from returns903.years import Year


@dataclass(frozen=True)
class Made:
    """A made-up return as frames of text, with the previous one: every table of its year, also without rows."""

    year: Year
    tables: Mapping[str, pl.DataFrame]
    previous: Mapping[str, pl.DataFrame] | None
    """The tables of the previous return; None where none was wanted."""
    local_authority: str = world.AUTHORITY

    def load(self) -> Return:
        """The return, with the list of providers and the postcodes that match it."""
        return Return.from_frames(
            self.tables,
            previous=self.previous,
            year=self.year,
            local_authority=self.local_authority,
            providers=world.providers(),
            postcodes=world.postcodes(),
        )


def put_together(
    children: Iterable[tuple[str, Life]], year: Year, *, previous: bool = True, tables: Iterable[str] | None = None
) -> Made:
    """The return of a year about these children, and the previous one, as far as they are in them.

    Args:
        children: each child's identifier, of at most eight letters and digits, and life.
        year: the collection year.
        previous: whether to make the previous return as well.
        tables: the tables that the returns have; all of their year where not given.
    """
    told = list(children)
    return Made(
        year,
        _frames(told, year, tables),
        _frames(told, year.previous, tables) if previous else None,
    )


def _frames(children: list[tuple[str, Life]], year: Year, tables: Iterable[str] | None) -> dict[str, pl.DataFrame]:
    found: dict[str, list[Row]] = {name: [] for name in _tables_of(year.label) if tables is None or name in tables}
    for child, life in children:
        for name, some in rows(life, year, child).items():
            if name in found:
                found[name] += some
    return {name: _frame(name, some) for name, some in found.items()}


def _frame(name: str, found: list[Row]) -> pl.DataFrame:
    columns = _columns(name)
    cells = zip(*found, strict=True) if found else ((),) * len(columns)
    return pl.DataFrame([pl.Series(column, some, dtype=pl.String) for column, some in zip(columns, cells, strict=True)])


@cache
def _columns(name: str) -> tuple[str, ...]:
    return tuple(TABLES[name].columns())


@cache
def _tables_of(label: str) -> tuple[str, ...]:
    return tuple(name for name, table in TABLES.items() if table.in_year(label))
