"""The rows of the tables as they were handed in: their children numbered, and put in order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

import polars as pl

from returns903.returns import Return
from returns903.tables import TABLES, Table
from returns903.tables.base import NUMBER

SHARING = pl.QueryOptFlags.none().update(comm_subexpr_elim=True, simplify_expression=True)
"""What several expressions share is made once. Planning more than this costs a small return a tenth of its time."""


class Numbers:
    """A number for the child of each row, the same in every table.

    Tables are put side by side by it, which costs less than by the identifier. A row without an identifier has none.
    """

    def __init__(self, source: Return) -> None:
        sides = ((of, of.last_year) for of in TABLES.values())
        given = {
            of.id: tables[of.name].get_column("CHILD")
            for now, before in sides
            for of, tables in ((now, source.tables), (before, source.previous or {}))
            if of.name in tables
        }
        every = pl.concat(given.values()) if given else pl.Series([], dtype=pl.String)
        numbers = every.cast(pl.Categorical(pl.Categories.random())).to_physical().alias(NUMBER)
        children = int(numbers.to_frame().select(pl.all().max() + 1).item() or 0)
        self.every = pl.int_range(max(children, *map(len, given.values()), 0), dtype=pl.UInt32, eager=True)
        """0, 1, 2, ...: the numbers of all children, and of all rows of any table, are among them."""
        self._of = {
            of_id: numbers.slice(end - children.len(), children.len())
            for (of_id, children), end in zip(given.items(), accumulate(map(len, given.values())), strict=True)
        }

    def of(self, table: Table) -> pl.Series:
        """The numbers of a table's rows, in the order of the file."""
        return self._of.get(table.id, pl.Series(NUMBER, [], dtype=pl.UInt32))


class Ordered:
    """A table whose columns are fetched by name, its rows by child and in the table's order.

    Rows of no child stand last. A table that is joined by something else than the child stays in its order.
    """

    def __init__(self, of: Table, frame: pl.DataFrame) -> None:
        self._of = of
        self._frame = frame
        self._order: pl.Series | None = None
        if NUMBER in frame.columns and frame.height > 1:
            order = frame.select(pl.arg_sort_by(_place(of), maintain_order=True)).to_series()
            self._order = None if order.is_sorted() else order

    @property
    def columns(self) -> set[str]:
        """The names of its columns, in full."""
        return {f"{self._of.id}.{name}" for name in self._frame.columns}

    def fetch(self, names: list[str]) -> list[pl.Series]:
        """These columns."""
        start = len(self._of.id) + 1
        frame = self._frame[[name[start:] for name in names]]
        found = frame if self._order is None else frame[self._order]
        columns = [column.alias(name) for column, name in zip(found.get_columns(), names, strict=True)]
        return [column.set_sorted() if column.name == f"{self._of.id}.{NUMBER}" else column for column in columns]


def _place(of: Table) -> pl.Expr:
    """A number that puts rows in order by child and date, blanks last: one is sorted in a third of the time of two."""
    day = pl.lit(0, pl.Int64) if of.order is None else pl.col(of.order).to_physical().cast(pl.Int64)
    return pl.col(NUMBER).cast(pl.Int64).fill_null(2**30) * 2**32 + day.fill_null(2**31 - 1)


class Lookup:
    """Where each child's rows stand in a frame that goes by child, the rows of no child at its end."""

    def __init__(self, numbers: pl.Series, every: pl.Series) -> None:
        self._filled = numbers.head(numbers.len() - numbers.null_count())
        self._rows = every.head(self._filled.len())
        last = pl.Series("last", [None], dtype=pl.UInt32).new_from_index(0, every.len())
        self._last = last.scatter(self._filled, self._rows).to_frame()  # a child's later rows replace earlier ones
        self.repeats = last.len() - last.null_count() < self._filled.len()
        """Whether a child has several rows."""

    @cached_property
    def _places(self) -> pl.DataFrame:
        first = self._last.to_series().clone().scatter(self._filled.reverse(), self._rows.reverse())
        places = self._last.with_columns(first.alias("first"))
        return places.with_columns(several=(pl.col("first") != pl.col("last")).fill_null(value=False))

    def row(self, numbers: pl.Series) -> pl.Series:
        """The last row of each of these children; null for a child that is not there, and for none."""
        return self._last[numbers].to_series()

    def several(self, numbers: pl.Series) -> pl.Series:
        """Whether each of these children has several rows."""
        return self._places[["several"]][numbers].to_series().fill_null(value=False)

    def count(self, numbers: pl.Series) -> pl.Series:
        """How many rows each of these children has, 1 for a child that is not there, as numbers that never overflow."""
        rows = pl.col("last").cast(pl.Float64) - pl.col("first") + 1
        return self._places[numbers].select(rows.fill_null(1)).to_series()

    def pairs(self, numbers: pl.Series) -> pl.DataFrame:
        """Every pair of `one`, the place of a child in `numbers`, and `other`, each of its rows; null where none is."""
        rows = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32).alias("other")
        return self._places[numbers].select(rows).with_row_index("one").explode("other")


def evaluated(frame: pl.DataFrame, expressions: Iterable[pl.Expr]) -> pl.DataFrame:
    """The columns that expressions make of a frame. Unlike in an eager select, what several share is made once."""
    return frame.lazy().select(expressions).collect(engine="in-memory", optimizations=SHARING)
