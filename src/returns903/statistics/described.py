"""What a table to publish is made of: its counts, its percentages, and which cells are the sum of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from returns903.errors import ConfigError

BESIDE = "beside "
"""What comes before the names of tables that are published beside others of the same names."""
ANYWHERE = pl.lit(value=True)


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
    occurs: tuple[pl.Expr, tuple[str, ...]] | None = None
    """The rows that stand in the table only because one of these counts is 1 or more."""
    printed: bool = True
    """False: its numbers stand nowhere, but tie those that do."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns that are neither counts nor percentages."""
        numbers = {*self.counts, *(each.column for each in self.percentages)}
        return tuple(name for name in self.frame.columns if name not in numbers)

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


@dataclass(frozen=True, slots=True, eq=False)
class AtMost:
    """Whoever is counted in the cells `parts` is counted in the cells `whole` too, so that they come to no more.

    Unlike a `Link` it is taken for known where it holds, and left alone elsewhere: a reader who builds on it is wrong
    there. What the whole has more is no number to be kept from the reader; it only cannot be below 0.
    """

    parts: tuple[Place, ...]
    whole: tuple[Place, ...]
    by: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """The parts, and the whole."""
        return self.parts, self.whole


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """The cells `left` and the cells `right` come to the same in a return without faults: known where it holds."""

    left: tuple[Place, ...]
    right: tuple[Place, ...]
    by: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Left and right."""
        return self.left, self.right


Tie = Link | AtMost | Alike


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Tables that are published together, and what ties them."""

    tables: tuple[Published, ...]
    ties: tuple[Tie, ...] = ()

    def called(self, prefix: str) -> Together:
        """The same under names of their own."""
        tables = tuple(replace(table, name=prefix + table.name) for table in self.tables)
        return Together(tables, tuple(_elsewhere(tie, prefix) for tie in self.ties))

    def beside(self, others: Together) -> Together:
        """These tables and others of the same form: whatever two of the same name give alike is one number."""
        there = {table.name: table for table in others.called(BESIDE).tables}
        same = [
            Alike((Place(one.name, column, ANYWHERE),), (Place(BESIDE + one.name, column, ANYWHERE),), one.labels)
            for one in self.tables
            if BESIDE + one.name in there
            for column in one.counts
        ]
        return Together((*self.tables, *there.values()), (*self.ties, *others.called(BESIDE).ties, *same))


def _elsewhere(tie: Tie, prefix: str) -> Tie:
    """The same tie between tables under other names."""

    def there(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(replace(place, table=prefix + place.table) for place in places)

    if isinstance(tie, Link):
        return replace(tie, total=there((tie.total,))[0], parts=there(tie.parts))
    if isinstance(tie, AtMost):
        return replace(tie, parts=there(tie.parts), whole=there(tie.whole))
    return replace(tie, left=there(tie.left), right=there(tie.right))


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
