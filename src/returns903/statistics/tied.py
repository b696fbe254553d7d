"""The numbers of tables tied together: by what each table says of itself, and by what ties one table to another."""

from __future__ import annotations

from returns903.errors import ConfigError
from returns903.statistics.cells import FARTHEST, Cells, settled
from returns903.statistics.described import Alike, AtMost, Link, Percentage, Place, Published, Together, picked

Groups = dict[tuple[object, ...], list[int]]


def cells_of(together: Together) -> Cells:
    """The cells of tables and the sums they are known to keep.

    Raises:
        ConfigError: two tables have one name, a tie names none of them, a sum does not hold, or a count is below 0.
    """
    named = {table.name: table for table in together.tables}
    if len(named) < len(together.tables):
        msg = "each published table needs a name of its own"
        raise ConfigError(msg)
    cells = Cells()
    for table in named.values():
        _number(cells, table)
    for table in named.values():
        _within(cells, table)
    for tie in together.ties:
        if isinstance(tie, Link):
            _link(cells, named, tie)
        else:
            _compare(cells, named, tie)
    return settled(cells)


def _number(cells: Cells, table: Published) -> None:
    for column in table.counts:
        for row, value in enumerate(table.frame.get_column(column).to_list()):
            if value is None:
                continue
            if value < 0:
                msg = f"the table {table.name}, column {column}: a count below 0"
                raise ConfigError(msg)
            spot = (table.name, column, row)
            cells.numbers[spot] = cells.add(int(value), guarded=table.printed)
            if table.printed:
                cells.spots[-1].append(spot)


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
    if table.occurs is not None:
        which, columns = table.occurs
        for row in picked(table, which).get((), []):
            found = [n for name in columns for n in cells.at(table.name, name, [row])]
            cells.balance([cells.add(cells.come_to(found), guarded=False, least=1)], found)


def _complement(cells: Cells, table: Published, percentage: Percentage, row: int) -> None:
    """The rest of a whole: 48 of 50 says 2 as well, printed or not."""
    if not isinstance(percentage.over, str) or percentage.over == percentage.of:
        return
    part = cells.at(table.name, percentage.of, [row])
    whole = cells.at(table.name, percentage.over, [row])
    if part and whole and cells.come_to(part) <= cells.come_to(whole):
        cells.rest(whole, part, guarded=True)


def _groups(cells: Cells, named: dict[str, Published], place: Place, by: tuple[str, ...]) -> Groups:
    if place.table not in named or place.column not in named[place.table].counts:
        msg = f"a link names the counts {place.table}.{place.column}, which are not published here"
        raise ConfigError(msg)
    found = picked(named[place.table], place.rows, by)
    return {key: cells.at(place.table, place.column, rows) for key, rows in found.items()}


def _link(cells: Cells, named: dict[str, Published], link: Link) -> None:
    parts = [_groups(cells, named, place, link.by) for place in link.parts]
    where = f"the link of {link.total.table}.{link.total.column}"
    for key, total in _groups(cells, named, link.total, link.by).items():
        here = [n for found in parts for n in found.get(key, [])]
        if not here and not cells.come_to(total):
            cells.balance(total, here)  # a table that lists what occurs, and does not list this: a nought that is known
        cells.relate(total, here, where)


def _compare(cells: Cells, named: dict[str, Published], tie: Alike | AtMost) -> None:
    """What is taken for known where it holds."""
    sides = tie.sides
    left, right = ([_groups(cells, named, place, tie.by) for place in side] for side in sides)
    for key in dict.fromkeys(key for found in left for key in found):
        one, other = ([n for found in side for n in found.get(key, [])] for side in (left, right))
        if not one or not other:
            continue
        more = cells.come_to(other) - cells.come_to(one)
        if isinstance(tie, Alike):
            if more == 0:
                cells.balance(one, other)
        elif 0 <= more < FARTHEST * len({*one, *other}):  # with more between them, neither bounds the other
            cells.rest(other, one, guarded=False)
