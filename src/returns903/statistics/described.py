"""What a table to publish is made of: its counts, its percentages, and which cells are the sum of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from returns903.errors import ConfigError


@dataclass(frozen=True, slots=True, eq=False)
class RowTotal:
    """In every column of counts, the row picked by `total` is the sum of those picked by `parts`.

    With `by` this holds within each group of rows that have the same values in those columns: ``RowTotal(level ==
    "group", level == "reason", by=("group",))`` for the subtotals of groups. A group without a total, or whose total
    has no parts, says nothing.
    """

    total: pl.Expr
    parts: pl.Expr
    by: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    """The columns of counts this holds for; None: all of them."""


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """In every row, one column of counts is the sum of others."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Percentage:
    """A column of percentages (or rates, means: anything told about a count), and the counts it comes from.

    `of` is the column of counts above the line. `over` is what stands below it: a column of counts in the same row; or
    an expression that picks the total row, whose `of` it is (one for each group of `by`); or None where it is known to
    everyone, as a population is.
    """

    column: str
    of: str
    over: str | pl.Expr | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """A table to publish.

    Counts are whole numbers; null where a cell does not apply. Every other column is published as it stands.
    """

    name: str
    frame: pl.DataFrame
    counts: tuple[str, ...]
    percentages: tuple[Percentage, ...] = ()
    row_totals: tuple[RowTotal, ...] = ()
    column_totals: tuple[ColumnTotal, ...] = ()

    def __post_init__(self) -> None:
        named = [*self.counts, *(p.column for p in self.percentages), *(p.of for p in self.percentages)]
        named += [p.over for p in self.percentages if isinstance(p.over, str)]
        named += [name for sums in self.column_totals for name in (sums.total, *sums.parts)]
        missing = sorted(set(named) - set(self.frame.columns))
        if missing:
            msg = f"the table {self.name} has no column {', '.join(missing)}"
            raise ConfigError(msg)
        apart = {p.column for p in self.percentages}
        no_counts = sorted(set(named) - apart - set(self.counts))
        if no_counts:
            msg = f"in the table {self.name}, {', '.join(no_counts)} is used as a count, but is not among its counts"
            raise ConfigError(msg)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Cells of one column of a published table: those in the rows that the expression picks."""

    table: str
    column: str
    rows: pl.Expr


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A number that stands in several tables: the cell `total` is the sum of the cells `parts`.

    With one part it says that two tables show the same number. With `by`, the tables are taken group by group: rows
    with the same values in those columns belong together, which links a whole margin at once.
    """

    total: Place
    parts: tuple[Place, ...]
    by: tuple[str, ...] = ()


def picked(table: Published, rows: pl.Expr, by: Iterable[str] = ()) -> dict[tuple[object, ...], list[int]]:
    """The row numbers an expression picks, by their values in the columns `by`."""
    names = list(by)
    missing = sorted(set(names) - set(table.frame.columns))
    if missing:
        msg = f"the table {table.name} has no column {', '.join(missing)}"
        raise ConfigError(msg)
    chosen = table.frame.with_row_index("\0row").filter(rows).select("\0row", *names)
    found: dict[tuple[object, ...], list[int]] = {}
    for number, *key in chosen.iter_rows():
        found.setdefault(tuple(key), []).append(number)
    return found
