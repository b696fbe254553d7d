"""XML returns: a CHILD element with a HEADER, which holds what CSV spreads over many tables, and EPISODEs."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from returns903.errors import ConfigError, InputError
from returns903.reading.notes import Note
from returns903.reading.raw import Raw, Seen, cells_frame
from returns903.reading.xml_lines import Lines
from returns903.tables import AD1, OC3, TABLES, UASC, Header, Table
from returns903.words import counted, heading

if TYPE_CHECKING:
    from lxml import etree

Items = dict[str, str | None]
Row = tuple[list[str | None], int | None]

_HEADER = "HEADER"
_CHILD_ID, _ASYLUM = "CHILDID", "UASC"
_GROUPS: dict[str, Table] = {table.xml: table for table in TABLES.values() if table.xml and table.xml != _HEADER}
"""The tables whose rows are elements of their own: AREVIEW, EPISODE, ..."""
_CARRIED = [table for table in TABLES.values() if table.xml]


def _elements(table: Table) -> dict[str, str]:
    """The elements that hold a table's columns, in the order of the columns."""
    named = {"CHILD": _CHILD_ID} | {name: column.xml for name, column in table.columns().items() if column.xml}
    flag = [_ASYLUM] if table == Header else []
    return {name: named.get(name, name) for name in [*table.columns(), *flag]}


_ELEMENTS = {table.name: _elements(table) for table in _CARRIED}
_IN_HEADER = frozenset(tag for table in (Header, UASC, OC3, AD1) for tag in _ELEMENTS[table.name].values())
_OWN = {name: frozenset(elements.values()) - {_CHILD_ID, "DOB"} for name, elements in _ELEMENTS.items()}
"""The elements of a table beside the child's, which are given once in HEADER."""


def read_xml(file: str, data: bytes) -> Seen:
    """The tables of an XML return: all that the format can carry, with or without rows.

    Raises:
        InputError: it is not well-formed, holds a document type declaration, or gives an item twice.
        ConfigError: the extra `xml` is not installed.
    """
    if not data.strip():
        return Seen(notes=[Note("empty", "there is nothing in it", file=file)])
    reader = _Reader(file)
    root = _read_children(file, data, reader)
    if not reader.children and root != "EXPSSDA903":
        return Seen(notes=[Note("ignored file", "left out: the XML is no return, for it has no CHILD", file=file)])
    return Seen([reader.raw(table) for table in _CARRIED], reader.notes())


def _read_children(file: str, data: bytes, reader: _Reader) -> str:
    """Hand each CHILD to the reader; the name of the root."""
    parsed = _parsed(file, data)
    lines = Lines(data, [_HEADER, *_GROUPS])
    try:
        for _, child in parsed:
            _refuse_doctype(file, child)
            parent = child.getparent()
            if parent is not None and parent.getparent() is None:
                reader.read(child, lines.within(child))
                child.clear()  # keeps memory low over a large file
    except SyntaxError:  # the parser's own; its text may hold what stands in the file
        raise _malformed(file, parsed) from None
    if parsed.error_log.filter_from_fatals():
        raise _malformed(file, parsed)
    _refuse_doctype(file, parsed.root)
    reader.unknown.update(_local(e) for e in parsed.root if _local(e) != "CHILD")
    return _local(parsed.root)


def _parsed(file: str, data: bytes) -> etree.iterparse:
    try:
        from lxml import etree
    except ImportError:
        msg = f"{file}: reading XML takes a further package: pip install 'returns903[xml]'"
        raise ConfigError(msg) from None
    # Entities and files from elsewhere are never fetched, and the parser keeps its own bounds on sizes (huge_tree).
    return etree.iterparse(
        io.BytesIO(data),
        tag="{*}CHILD",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _malformed(file: str, parsed: etree.iterparse) -> InputError:
    line = next((entry.line for entry in parsed.error_log if entry.line), None)
    return InputError(f"{file}{f' line {line}' if line else ''}: the XML is not well-formed there")


def _refuse_doctype(file: str, element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        msg = f"{file}: holds a document type declaration (<!DOCTYPE), which no return does; remove it"
        raise InputError(msg)


def _local(element: etree._Element) -> str:
    name = str(element.tag)
    return name.rpartition("}")[2] if name[0] == "{" else name


class _Reader:
    """The rows read so far, by table."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: dict[str, list[Row]] = {table.name: [] for table in _CARRIED}
        self.unknown: Counter[str] = Counter()
        self.headless: list[int | None] = []
        self.children = 0

    def read(self, child: etree._Element, lines: dict[etree._Element, int | None]) -> None:
        """Take the rows of one CHILD."""
        self.children += 1
        headers = [element for element in child if _local(element) == _HEADER]
        groups = [element for element in child if _local(element) != _HEADER]
        given: Items = {}
        if len(headers) > 1:
            raise self._error(lines.get(headers[1]), "a second HEADER in one CHILD; give each child a CHILD of its own")
        if headers:
            given, inside = self._items(headers[0], _IN_HEADER, lines.get(headers[0]))
            self._header_rows(given, lines.get(headers[0]))
            groups += inside
        else:
            self.headless += [next(iter(lines.values()), None)]
        for element in groups:
            self._group_row(element, given, lines.get(element))

    def _header_rows(self, given: Items, line: int | None) -> None:
        self._add(Header, given, given, line)
        for table in (OC3, AD1):
            self._add(table, given, {tag: given.get(tag) for tag in _OWN[table.name]}, line)
        # A flag of 0 says that the child is none; only these two say that the child is one.
        if _is_given(given.get("DUC")) or (given.get(_ASYLUM) or "").strip() == "1":
            self._add(UASC, given, given, line)

    def _group_row(self, element: etree._Element, given: Items, line: int | None) -> None:
        table = _GROUPS.get(_local(element))
        if table is None:
            self.unknown[_local(element)] += 1
            return
        items, others = self._items(element, _OWN[table.name], line)
        self.unknown.update(_local(other) for other in others)
        self._add(table, given, items, line)

    def _items(
        self, element: etree._Element, known: frozenset[str], line: int | None
    ) -> tuple[Items, list[etree._Element]]:
        """The known items inside an element by name, and whatever else is in it."""
        items: Items = {}
        others: list[etree._Element] = []
        for item in element:
            name = _local(item)
            if name not in known:
                others.append(item)
                continue
            if name in items:
                raise self._error(line, f"{_local(element)} gives {name} twice")
            items[name] = item.text
            if len(item):
                self.unknown.update(_local(inner) for inner in item)
        return items, others

    def _add(self, table: Table, given: Items, own: Items, line: int | None) -> None:
        """Add a row where it says anything: elements are often there and empty."""
        if any(_is_given(value) for value in own.values()):
            both = {_CHILD_ID: given.get(_CHILD_ID), "DOB": given.get("DOB")} | own
            self.rows[table.name].append(([both.get(tag) for tag in _ELEMENTS[table.name].values()], line))

    def _error(self, line: int | None, what: str) -> InputError:
        return InputError(f"{self.file}{f' line {line}' if line else ''}: {what}")

    def raw(self, table: Table) -> Raw:
        """The rows of one table."""
        names = list(_ELEMENTS[table.name])

        def cells(_notes: list[Note]) -> pl.DataFrame:
            rows = self.rows[table.name]
            columns = [pl.Series([row[n] for row, _ in rows], dtype=pl.String) for n in range(len(names))]
            return cells_frame(columns, pl.Series([line for _, line in rows], dtype=pl.UInt32))

        return Raw(self.file, names, cells, table, (_ASYLUM,) if table == Header else ())

    def notes(self) -> list[Note]:
        """What was left out, and children without a HEADER."""
        notes = [
            Note(
                "ignored column",
                f"element {heading(name)} is no part of the return as it is known here; left out",
                file=self.file,
                column=heading(name),
                count=count,
            )
            for name, count in sorted(self.unknown.items())
            if count
        ]
        if self.headless:
            said = f"{counted(len(self.headless), 'CHILD', 'CHILDs')} without a HEADER: no identifier for the episodes"
            notes.append(Note("malformed", said, file=self.file, line=self.headless[0], count=len(self.headless)))
        return notes


def _is_given(value: str | None) -> bool:
    return value is not None and bool(value.strip())
