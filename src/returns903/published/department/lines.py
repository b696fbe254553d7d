"""What a data set of the Department is here: its rows, and the cells of our tables that each counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells whose sum a figure is: of one column of a table, in some of its rows."""

    table: str
    rows: pl.Expr
    column: str = "children"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of a data set: what it is called, what it counts, and what its share is taken of."""

    group: str
    label: str
    of: Cells | None = None
    """None: no table here tells it."""
    over: Cells | None = None
    """None: it has no share."""
    applies: bool = True
    """Whether there is such a row at all in the years of our return; else it is not applicable."""


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """A data set: the name of its file, its title, and what its columns after those of place and time are called."""

    name: str
    title: str
    lines: Lines
    labels: tuple[str, ...] = ("cla_group", "characteristic")
    numbers: tuple[str, str] = ("number", "percentage")
    base: str = ""
    """The column of what shares are taken of; empty: it has none."""
    per: int = 100
    """Shares are of so many."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns after those of place and time."""
        return (*self.labels, *([self.base] if self.base else []), *self.numbers)

    @property
    def tables(self) -> frozenset[str]:
        """The tables that it is told from."""
        cells = [each for line in self.lines for each in (line.of, line.over)]
        return frozenset(each.table for each in cells if each is not None)


BREAKDOWN, CATEGORY, MEASURE = pl.col("breakdown"), pl.col("category"), pl.col("measure")
TOTAL = CATEGORY == "total"


def lines(
    group: str, table: str, of: Mapping[str, pl.Expr | None], total: pl.Expr = TOTAL, column: str = "children"
) -> Lines:
    """A row for each label, with the rows of a table that it counts, as a share of one total; None: not available."""
    over = Cells(table, total, column)
    return tuple(
        Line(group, label) if rows is None else Line(group, label, Cells(table, rows, column), over)
        for label, rows in of.items()
    )


def broken(group: str, table: str, by: str, of: Mapping[str, str | None], column: str = "children") -> Lines:
    """The rows of one breakdown of a table, by category; None: not available."""
    part = BREAKDOWN == by
    rows = {label: None if category is None else part & (CATEGORY == category) for label, category in of.items()}
    return lines(group, table, rows, part & TOTAL, column)


def measured(group: str, table: str, measure: str, of: Mapping[str, str]) -> Lines:
    """The rows of one measure of a table, by category."""
    part = MEASURE == measure
    return lines(group, table, {label: part & (CATEGORY == c) for label, c in of.items()}, part & TOTAL)
