"""A return as rows of text that can be broken, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from returns903.returns import Return
from returns903.tables.base import LAST_YEAR
from returns903.testing.faults.edits import Rows, columns_of, places_of
from returns903.texts import texts, texts_of_last_year, with_texts
from returns903.years import Year

Struck = dict[str, list[int]]
"""Rows by table, counted from 0; ``Episodes.last_year`` is last year's."""


class Broken(NamedTuple):
    """A return with a fault, and the rows that the fault struck."""

    ret: Return
    rows: Struck


@dataclass
class Whole:
    """All rows of a return, this year's and last year's, as text."""

    rows: Rows
    year: Year
    columns: dict[str, list[str]] = field(default_factory=dict)
    """The columns of a table where it has others than its file: what is derived or marked stands after those."""
    without: set[tuple[str, str]] = field(default_factory=set)
    """Columns that the return has not, by table and name; their cells are still in the rows."""

    @classmethod
    def of(cls, ret: Return) -> Whole:
        """The rows of a return."""
        last = texts_of_last_year(ret) or {}
        frames = texts(ret) | {f"{name}.{LAST_YEAR}": frame for name, frame in last.items()}
        rows = {name: [list(row) for row in frame.rows()] for name, frame in frames.items()}
        return cls(rows, ret.year, {name: frame.columns for name, frame in frames.items()})

    def frames(self, *, previous: bool = False) -> dict[str, pl.DataFrame]:
        """This year's tables, or last year's, as frames of text."""
        names = [name for name in self.rows if name.endswith(f".{LAST_YEAR}") == previous]
        return {name.partition(".")[0]: self._frame(name) for name in names}

    def _frame(self, table: str) -> pl.DataFrame:
        columns = self.columns.get(table) or list(columns_of(table))
        frame = pl.DataFrame(self.rows[table], schema=dict.fromkeys(columns, pl.String), orient="row")
        return frame.drop(name for of, name in self.without if of == table) if self.without else frame

    def onto(self, ret: Return) -> Return:
        """A return with these rows, and all else as `ret` has it."""
        return with_texts(ret, self.frames(), None if ret.previous is None else self.frames(previous=True))

    def add(self, rows: Rows) -> dict[str, int]:
        """Add the rows of a child to the tables that the return has; how many rows stood in each before."""
        before = {table: len(of_all) for table, of_all in self.rows.items()}
        for table, of_all in self.rows.items():
            own = len(columns_of(table))
            further = {name: places_of(table)[name] for name in self.columns.get(table, [])[own:]}
            usual = {"UASC": str(int(bool(rows.get(table.replace("Header", "UASC")))))}
            of_all += [
                cells[:own] + [cells[at] if at < len(cells) else usual.get(name) for name, at in further.items()]
                for cells in rows.get(table, [])
            ]
        return before

    def bring(self, table: str, column: str, cells: Iterable[str | None]) -> None:
        """Add a column that else is worked out, unless the table has it."""
        columns = self.columns.setdefault(table, list(columns_of(table)))
        if column not in columns:
            columns.append(column)
            for row, cell in zip(self.rows[table], cells, strict=True):
                row.append(cell)

    def where(self, child: str | None) -> Struck:
        """This year's rows of a child."""
        found = {
            table: [i for i, cells in enumerate(rows) if cells[0] == child]
            for table, rows in self.rows.items()
            if not table.endswith(LAST_YEAR)
        }
        return {table: rows for table, rows in found.items() if rows}

    def stranger(self) -> str:
        """An identifier that no child of the return has."""
        known = {cells[0] for rows in self.rows.values() for cells in rows}
        return next(name for number in range(1, len(known) + 2) if (name := f"F{number:03d}") not in known)
