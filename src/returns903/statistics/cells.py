"""The cells of published tables as numbers that hang together: which is the sum of which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from returns903.errors import ConfigError
from returns903.statistics.described import Link, Percentage, Place, Published, picked

SMALL = range(1, 6)
"""Counts that are not shown: 1 to 5. A zero is shown."""

Spot = tuple[str, str, int]
"""Where a count stands: table, column, row number."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell is the sum of others, all by their number."""

    total: int
    parts: tuple[int, ...]

    def signs(self) -> dict[int, int]:
        """Each cell's sign in ``parts - total = 0``."""
        return {**dict.fromkeys(self.parts, 1), self.total: -1}


@dataclass(slots=True)
class Cells:
    """Every count of a set of tables, numbered in the order in which they stand, and the sums between them."""

    values: list[int] = field(default_factory=list)
    spots: list[Spot | None] = field(default_factory=list)
    """None: a number nobody prints, but that anyone can work out, such as those *not* on time."""
    sums: list[Sum] = field(default_factory=list)
    numbers: dict[Spot, int] = field(default_factory=dict)

    def add(self, value: int, spot: Spot | None) -> int:
        """Number a cell."""
        self.values.append(value)
        self.spots.append(spot)
        if spot is not None:
            self.numbers[spot] = len(self.values) - 1
        return len(self.values) - 1

    def at(self, table: str, column: str, rows: Iterable[int]) -> list[int]:
        """The cells of a column in these rows; those that do not apply are left out."""
        return [n for row in rows if (n := self.numbers.get((table, column, row))) is not None]

    def relate(self, total: Sequence[int], parts: Sequence[int], where: str) -> None:
        """Note a sum.

        Raises:
            ConfigError: there is more than one total, or the parts do not add up to it.
        """
        if len(total) > 1:
            msg = f"{where}: {len(total)} rows are said to be the total; one is meant"
            raise ConfigError(msg)
        if not total or not parts or tuple(total) == tuple(parts):
            return
        if total[0] in parts or sum(self.values[n] for n in parts) != self.values[total[0]]:
            msg = f"{where}: what is said to be the total is not the sum of its parts"
            raise ConfigError(msg)
        self.sums.append(Sum(total[0], tuple(parts)))


def cells_of(tables: Sequence[Published], links: Sequence[Link]) -> Cells:
    """The cells of tables and the sums they are said to keep.

    Raises:
        ConfigError: two tables have one name, a link names none of them, a sum does not hold, or a count is below 0.
    """
    named = {table.name: table for table in tables}
    if len(named) < len(tables):
        msg = "each published table needs a name of its own"
        raise ConfigError(msg)
    cells = Cells()
    for table in tables:
        for column in table.counts:
            for row, value in enumerate(table.frame.get_column(column).to_list()):
                if value is not None and value < 0:
                    msg = f"the table {table.name}, column {column}: a count below 0"
                    raise ConfigError(msg)
                if value is not None:
                    cells.add(int(value), (table.name, column, row))
    for table in tables:
        _within(cells, table)
    for link in links:
        _across(cells, named, link)
    return cells


def _within(cells: Cells, table: Published) -> None:
    for of in table.row_totals:
        totals, parts = picked(table, of.total, of.by), picked(table, of.parts, of.by)
        for key, rows in totals.items():
            for column in of.columns or table.counts:
                below = cells.at(table.name, column, parts.get(key, []))
                cells.relate(cells.at(table.name, column, rows), below, f"the table {table.name}, column {column}")
    for row in range(table.frame.height):
        for across in table.column_totals:
            whole = cells.at(table.name, across.total, [row])
            pieces = [n for name in across.parts for n in cells.at(table.name, name, [row])]
            cells.relate(whole, pieces, f"the table {table.name}, column {across.total}")
        for percentage in table.percentages:
            _complement(cells, table, percentage, row)


def _complement(cells: Cells, table: Published, percentage: Percentage, row: int) -> None:
    """The rest of a whole: 48 of 50 says 2 as well, printed or not."""
    if not isinstance(percentage.over, str) or percentage.over == percentage.of:
        return
    part = cells.at(table.name, percentage.of, [row])
    whole = cells.at(table.name, percentage.over, [row])
    if part and whole and cells.values[part[0]] <= cells.values[whole[0]]:
        rest = cells.add(cells.values[whole[0]] - cells.values[part[0]], None)
        cells.sums.append(Sum(whole[0], (part[0], rest)))


def _across(cells: Cells, named: dict[str, Published], link: Link) -> None:
    def groups(place: Place) -> dict[tuple[object, ...], list[int]]:
        if place.table not in named or place.column not in named[place.table].counts:
            msg = f"a link names the counts {place.table}.{place.column}, which are not published here"
            raise ConfigError(msg)
        found = picked(named[place.table], place.rows, link.by)
        return {key: cells.at(place.table, place.column, rows) for key, rows in found.items()}

    parts = [groups(place) for place in link.parts]
    where = f"the link of {link.total.table}.{link.total.column}"
    for key, total in groups(link.total).items():
        cells.relate(total, [n for found in parts for n in found.get(key, [])], where)
