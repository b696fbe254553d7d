"""Children put together into a return, with the previous one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

import polars as pl

from returns903.returns import Return
from returns903.tables import TABLES
from returns903.testing.lives import world
from returns903.testing.lives.model import Life
from returns903.testing.lives.view import rows
from returns903.years import Year

Cells = Sequence[str | None]


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
            postcodes=world.postcodes(self.local_authority),
        )

    def with_tables(self, change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Self:
        """The same with every table of both years changed, each by its name and frame of text."""
        return replace(
            self,
            tables={name: change(name, frame) for name, frame in self.tables.items()},
            previous=self.previous and {name: change(name, frame) for name, frame in self.previous.items()},
        )

    def children(self) -> list[str]:
        """Every identifier in any table of either year, in their order."""
        frames = [*self.tables.values(), *(self.previous or {}).values()]
        return sorted({child for frame in frames for child in frame["CHILD"].drop_nulls()})


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
    years = [year, year.previous] if previous else [year]
    made = [frames((rows(life, of, child) for child, life in told), of, tables) for of in years]
    return Made(year, made[0], made[1] if previous else None)


def frames(
    children: Iterable[Mapping[str, Sequence[Cells]]], year: Year, tables: Iterable[str] | None = None
) -> dict[str, pl.DataFrame]:
    """The tables of a year as frames of text, from the rows of each child by table.

    Args:
        children: the rows, with cells in the order of the table's columns; tables that are not asked for are left out.
        year: the collection year.
        tables: the tables; all of their year where not given.
    """
    found: dict[str, list[Cells]] = {name: [] for name in _tables_of(year.label) if tables is None or name in tables}
    for child in children:
        for name, some in child.items():
            if name in found:
                found[name] += some
    return {name: _frame(name, some) for name, some in found.items()}


def _frame(name: str, found: list[Cells]) -> pl.DataFrame:
    columns = _columns(name)
    cells = zip(*found, strict=True) if found else ((),) * len(columns)
    return pl.DataFrame([pl.Series(column, some, dtype=pl.String) for column, some in zip(columns, cells, strict=True)])


@cache
def _columns(name: str) -> tuple[str, ...]:
    return tuple(TABLES[name].columns())


@cache
def _tables_of(label: str) -> tuple[str, ...]:
    return tuple(name for name, table in TABLES.items() if table.in_year(label))
