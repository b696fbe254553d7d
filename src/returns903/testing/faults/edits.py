"""Changes to the rows of one child, written as a person would say them.

``Header.DOB = Episodes[1].DECOM + 1 day`` · ``Episodes[0].LS = "V3"`` · ``OC3.ACTIV = blank`` ·
``Header.DOB = 1 April - 16 years + 1 day`` · ``take away Reviews[2]`` · ``take away Header`` · ``repeat Header[0]`` ·
``add OC3 IN_TOUCH = "YES", DOB = Header.DOB`` · ``Header.UASC = "0"``

Rows count from 0 within the child's own, and from the end below 0; where none is named, it is row 0. A table may be
last year's: ``Episodes.last_year[0].DEC``. 1 April and 31 March are the first and last day of the collection year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from returns903.errors import ConfigError
from returns903.tables import TABLES
from returns903.years import Year, years_after

Cells = list[str | None]
Rows = dict[str, list[Cells]]
"""The rows of one child by table (``Episodes``, ``Episodes.last_year``), cells in the order of the table's columns."""

_PLACE = r"(?P<table>[A-Za-z0-9]+(?:\.last_year)?)(?:\[(?P<row>-?\d+)\])?"
_CELL = re.compile(rf"{_PLACE}\.(?P<column>[A-Z][A-Z0-9_]*)")
_SET = re.compile(rf"{_CELL.pattern} = (?P<value>.+)")
_ROW = re.compile(rf"(?P<verb>take away|repeat) {_PLACE}")
_ADD = re.compile(r"add (?P<table>[A-Za-z0-9]+(?:\.last_year)?)(?: (?P<cells>.+))?")
_STEP = re.compile(r" ([+-]) (\d+) (day|year)s?")
_EDGES = {"1 April": "start", "31 March": "end"}


class DoesNotFitError(ConfigError):
    """The child has no such row, or no date in the cell that the change counts from."""


@dataclass(frozen=True)
class Edit:
    """One change, as parsed from its text."""

    said: str
    verb: str
    table: str
    row: int | None = None
    cells: tuple[tuple[str, str], ...] = ()
    """Column and value, both in words."""

    def apply(self, rows: Rows, year: Year) -> None:
        """Carry the change out.

        Raises:
            DoesNotFitError: the child has not what it needs.
        """
        if self.verb == "set":
            self._write(self._at(rows), rows, year)
        elif self.verb == "add":
            child = next(cells[0] for of_table in rows.values() for cells in of_table)
            more: Cells = [child, *[None] * (len(columns_of(self.table)) - 1)]
            self._write(more, rows, year)
            rows.setdefault(self.table, []).append(more)
        elif self.verb == "repeat":
            rows[self.table].append(list(self._at(rows)))
        elif self.row is None:
            rows[self.table] = []
        else:
            self._at(rows)
            del rows[self.table][self.row]

    def _at(self, rows: Rows) -> Cells:
        return row_of(rows, self.table, self.row or 0)

    def _write(self, cells: Cells, rows: Rows, year: Year) -> None:
        for column, value in self.cells:
            place = places_of(self.table)[column]
            cells += [None] * (place + 1 - len(cells))
            cells[place] = value_of(value, rows, year)

    @property
    def brings(self) -> list[str]:
        """The columns that it fills and that are worked out unless a frame brings them."""
        return [column for column, _ in self.cells if column not in columns_of(self.table)]


def columns_of(table: str) -> Mapping[str, int]:
    """The places of a table's columns by name, whichever year's it is."""
    return _COLUMNS[table.partition(".")[0]]


def places_of(table: str) -> Mapping[str, int]:
    """The places of a table's columns by name, after them those of what is worked out unless a frame brings it."""
    return _PLACES[table.partition(".")[0]]


_COLUMNS = {name: {column: i for i, column in enumerate(table.columns())} for name, table in TABLES.items()}
_PLACES = {name: {column: i for i, column in enumerate(table.all_columns())} for name, table in TABLES.items()}


def row_of(rows: Rows, table: str, row: int) -> Cells:
    """One of the child's rows.

    Raises:
        DoesNotFitError: it has none such.
    """
    try:
        return rows.get(table, [])[row]
    except IndexError:
        msg = f"the child has no row {row} in {table}"
        raise DoesNotFitError(msg) from None


def parse(said: str) -> Edit:
    """The change that a text says.

    Raises:
        ConfigError: it says none.
    """
    if found := _SET.fullmatch(said):
        return Edit(said, "set", found["table"], _number(found["row"]), ((found["column"], found["value"]),))
    if found := _ROW.fullmatch(said):
        return Edit(said, found["verb"], found["table"], _number(found["row"]))
    if found := _ADD.fullmatch(said):
        pairs = (pair.partition(" = ") for pair in (found["cells"] or "").split(", ") if pair)
        return Edit(said, "add", found["table"], None, tuple((column, value) for column, _, value in pairs))
    msg = f"{said!r} is no change to a child's rows"
    raise ConfigError(msg)


def _number(row: str | None) -> int | None:
    return None if row is None else int(row)


def value_of(said: str, rows: Rows, year: Year) -> str | None:
    """What a value in words comes to for this child: a cell's text, or null for a blank.

    Raises:
        DoesNotFitError: the cell that it counts from holds no date.
    """
    if said == "blank":
        return None
    if said.startswith('"'):
        return said[1:-1]
    base = _STEP.sub("", said)
    cell = None if base in _EDGES else _cell(base, rows)
    steps = _STEP.findall(said)
    if not steps and base not in _EDGES:
        return cell
    day = getattr(year, _EDGES[base]) if base in _EDGES else _day(cell)
    for sign, number, unit in steps:
        count = int(f"{sign}{number}")
        day = years_after(day, count) if unit == "year" else day + dt.timedelta(days=count)
    return f"{day:%d/%m/%Y}"


def _cell(said: str, rows: Rows) -> str | None:
    found = _CELL.fullmatch(said)
    if not found:
        msg = f"{said!r} is neither a cell nor a day"
        raise ConfigError(msg)
    return row_of(rows, found["table"], _number(found["row"]) or 0)[columns_of(found["table"])[found["column"]]]


def _day(cell: str | None) -> dt.date:
    try:
        return dt.datetime.strptime(cell or "", "%d/%m/%Y").date()
    except ValueError:
        msg = "the cell to count from holds no date"
        raise DoesNotFitError(msg) from None
