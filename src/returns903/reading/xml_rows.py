"""The rows that the elements of an XML return make. A HEADER holds what CSV spreads over many tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import polars as pl

from returns903.reading.notes import Note
from returns903.reading.raw import FILE, LINE, Raw
from returns903.tables import AD1, OC3, TABLES, UASC, Header, Table

CHILD, HEADER = "CHILD", "HEADER"
GROUPS: dict[str, Table] = {table.xml: table for table in TABLES.values() if table.xml and table.xml != HEADER}
"""The tables whose rows are elements of their own: AREVIEW, EPISODE, ..."""
_CHILD_ID, _BIRTH, _ASYLUM = "CHILDID", "DOB", "UASC"
_CARRIED = [table for table in TABLES.values() if table.xml]


def _elements(table: Table) -> dict[str, str]:
    """The elements that hold a table's columns, in the order of the columns."""
    named = {"CHILD": _CHILD_ID} | {name: column.xml for name, column in table.columns().items() if column.xml}
    flag = [_ASYLUM] if table == Header else []
    return {name: named.get(name, name) for name in [*table.columns(), *flag]}


_ELEMENTS = {table.name: _elements(table) for table in _CARRIED}
IN_HEADER = frozenset(tag for table in (Header, UASC, OC3, AD1) for tag in _ELEMENTS[table.name].values())
"""The items of a HEADER."""
OWN = {name: frozenset(elements.values()) - {_CHILD_ID, _BIRTH} for name, elements in _ELEMENTS.items()}
"""The items of a table beside the child's, which are given once in HEADER."""


_WITHIN = "{} [CHILD {}, {} {}]"


class Place(NamedTuple):
    """Where an element begins: its line, the CHILD it is in, and which of its kind it is there; all from 1."""

    line: int
    child: int
    element: str
    number: int = 1

    def within(self, file: str, *, by_line: bool) -> tuple[str, int | None]:
        """The file and the line; or in place of the line ``return.xml [CHILD 12, EPISODE 3]``."""
        if by_line or not self.child:
            return file, self.line if by_line else None
        if self.element == CHILD:
            return f"{file} [{CHILD} {self.child}]", None
        return _WITHIN.format(file, self.child, self.element, self.number), None


@dataclass(slots=True)
class Element:
    """A HEADER, or an element that is a row by itself, with its items by name."""

    place: Place
    known: frozenset[str]
    items: dict[str, str] = field(default_factory=dict)


@dataclass
class _Rows:
    """The rows of one table, column by column."""

    columns: dict[str, list[str | None]]
    lines: list[int] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, items: dict[str, str | None], place: Place) -> None:
        """Add a row; an item that is not given is null."""
        for tag, column in self.columns.items():
            column.append(items.get(tag))
        self.lines.append(place.line)
        self.children.append(place.child)
        self.numbers.append(place.number)


class Rows:
    """The rows of all tables that the format can carry."""

    def __init__(self) -> None:
        self._of = {table: _Rows({tag: [] for tag in tags.values()}) for table, tags in _ELEMENTS.items()}

    def add_child(self, header: Element | None, groups: Iterable[Element]) -> None:
        """Add the rows of one child."""
        given = header.items if header else {}
        child = {tag: given.get(tag) for tag in (_CHILD_ID, _BIRTH)}
        if header:
            self._add_header(header, child)
        for group in groups:
            self._add(GROUPS[group.place.element], child, group.items, group.place)

    def _add_header(self, header: Element, child: dict[str, str | None]) -> None:
        given = header.items
        self._add(Header, child, given, header.place)
        for table in (OC3, AD1):
            own = {tag: given[tag] for tag in OWN[table.name] if tag in given}
            self._add(table, child, own, header.place)
        # A flag of 0 says that the child is none; only these two say that the child is one.
        if given.get("DUC", "").strip() or given.get(_ASYLUM, "").strip() == "1":
            self._add(UASC, child, given, header.place)

    def _add(self, table: Table, child: dict[str, str | None], own: dict[str, str], place: Place) -> None:
        """Add a row where it says anything: elements are often there and empty."""
        if "".join(own.values()).strip():
            self._of[table.name].add({**child, **own}, place)

    def is_empty(self, table: Table) -> bool:
        """Whether a table has no row so far."""
        return not self._of[table.name].lines

    def raws(self, file: str, *, by_line: bool) -> list[Raw]:
        """The tables, with or without rows, each row in the place that `Place.within` gives."""
        return [
            Raw(
                file,
                list(_ELEMENTS[table.name]),
                partial(_cells, file, self._of[table.name], None if by_line else table.xml),
                table,
                (_ASYLUM,) if table == Header else (),
                rows=len(self._of[table.name].lines),
            )
            for table in _CARRIED
        ]


def _cells(file: str, rows: _Rows, element: str | None, _notes: list[Note]) -> pl.DataFrame:
    """The rows with their lines; where the element is given, with their places among the children instead."""
    columns = [pl.Series(str(n), cells, pl.String) for n, cells in enumerate(rows.columns.values())]
    frame = pl.DataFrame([*columns, pl.Series(LINE, rows.lines, pl.UInt32)])
    if element is None:
        return frame
    ordinals = (pl.Series(numbers, dtype=pl.UInt32) for numbers in (rows.children, rows.numbers))
    child, number = map(pl.lit, ordinals)
    place = pl.format(_WITHIN, pl.lit(file), child, pl.lit(element), number)
    return frame.with_columns(pl.lit(None, pl.UInt32).alias(LINE), place.alias(FILE))
