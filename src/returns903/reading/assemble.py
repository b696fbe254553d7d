"""The one path from raw cells to the tables of a return: recognise, normalise, type, join, and say what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from returns903.errors import InputError
from returns903.reading.cells import FULL_FORM, as_text, lacks_zero, typed
from returns903.reading.notes import Note, NoteKind
from returns903.reading.raw import LINE, Raw
from returns903.reading.recognise import NotFound, normal_header, recognise
from returns903.tables import TABLES, Table
from returns903.tables.base import TEXT
from returns903.words import counted, heading


@dataclass(frozen=True)
class Input:
    """What was read from one file or sheet."""

    file: str
    table: str
    rows: int
    previous: bool = False
    """Whether it is part of last year's return."""


@dataclass
class Read:
    """The tables of a return, and what was seen while reading them."""

    tables: dict[str, pl.DataFrame]
    """By name, in the order of the return, each with its columns typed and `row`, `line` and `file`. `row` counts a
    table's rows from 0, over all files that hold some of them; `line` is the line or sheet row in the file."""
    notes: list[Note]
    inputs: list[Input]
    files: int
    """The number of files opened."""


def assemble(raws: list[Raw], notes: list[Note], files: int) -> Read:
    """The tables that raw cells make; `notes` holds what was seen so far, and is added to.

    Raises:
        InputError: a row has too many or too few cells, or a column stands twice in one file.
    """
    parts: dict[str, list[pl.DataFrame]] = defaultdict(list)
    inputs: list[Input] = []
    for raw in raws:
        table = raw.table or recognise(raw.headers)
        if isinstance(table, NotFound):
            notes.append(Note(table.kind, f"left out: {table.why}", file=raw.file))
            continue
        part = _part(raw, table, notes)
        parts[table.name].append(part)
        inputs.append(Input(raw.file, table.name, part.height))
    tables = {name: _joined(parts[name]) for name in TABLES if name in parts}
    notes += _of_several(inputs)
    for name, frame in tables.items():
        notes += _unreadable(frame, TABLES[name])
    return Read(tables, notes, inputs, files)


def _joined(parts: list[pl.DataFrame]) -> pl.DataFrame:
    # The asylum flag stands in some headers only: diagonal.
    return pl.concat(parts, how="diagonal").with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))


def _of_several(inputs: list[Input]) -> Iterator[Note]:
    files = defaultdict(list)
    for item in inputs:
        files[item.table].append(item.file)
    for table, names in files.items():
        if len(names) > 1:
            said = f"read from {len(names)} files, one after the other: {', '.join(names)}"
            yield Note("several files", said, table=table, count=len(names))


def _part(raw: Raw, table: Table, notes: list[Note]) -> pl.DataFrame:
    """The typed rows of one file."""
    places = _places(raw, table)
    found = raw.cells(notes)
    notes += _ignored(raw, table, places, found)
    if not raw.table:
        missing = [name for name in table.columns() if name not in places]
        notes += [_note(raw, table, "missing column", name, 1, f"no column {name}; read as blank") for name in missing]
    cells = _normalised(raw, table, places, found, notes)
    filled = cells.filter(pl.any_horizontal(pl.all().exclude(LINE).is_not_null()))
    if blank := cells.height - filled.height:
        said = f"{counted(blank, 'row')} without a filled cell; left out"
        notes.append(Note("empty", said, table=table.name, file=raw.file, count=blank))
    if filled.is_empty() and not raw.table:
        notes.append(Note("empty", "headers, but no rows", table=table.name, file=raw.file))
    notes += _repaired(raw, table, filled)
    return typed(filled.with_columns(file=pl.lit(raw.file)), table)


def _places(raw: Raw, table: Table) -> dict[str, int]:
    """Where each column of the table stands among the headers."""
    wanted = {*table.columns(), *raw.brings}
    places: dict[str, int] = {}
    for n, header in enumerate(raw.headers):
        name = normal_header(header)
        if name in places:
            msg = f"{raw.file}: column {name} stands twice, in places {places[name] + 1} and {n + 1}; remove one"
            raise InputError(msg)
        if name in wanted:
            places[name] = n
    return {name: places[name] for name in table.all_columns() if name in places}


def _ignored(raw: Raw, table: Table, places: dict[str, int], cells: pl.DataFrame) -> Iterator[Note]:
    kept = set(places.values())
    for n, header in enumerate(raw.headers):
        name = heading(normal_header(header))
        if n in kept or (not name and _is_blank(cells[str(n)])):
            continue
        derived = table.all_columns().get(name)
        what = "is worked out here and not taken from files" if derived else f"is none of {table.name}'s"
        called = f"column {name}" if name else f"column in place {n + 1}, without a name,"
        yield _note(raw, table, "ignored column", name or None, 1, f"{called} {what}; left out")


def _is_blank(cells: pl.Series) -> bool:
    if cells.dtype != pl.String:
        return cells.null_count() == len(cells)
    return not (cells.str.strip_chars() != "").any()


def _normalised(raw: Raw, table: Table, places: dict[str, int], found: pl.DataFrame, notes: list[Note]) -> pl.DataFrame:
    """The table's cells as text, trimmed and in capitals, empty ones null; days that a file keeps as days stay so."""
    given = [found[str(place)].alias(name) for name, place in places.items()]
    is_day = [cell.dtype in (pl.Date, pl.Datetime) and table.all_columns()[cell.name].kind == "date" for cell in given]
    days = [cell for cell, kept in zip(given, is_day, strict=True) if kept]
    text = pl.DataFrame([_text(raw, cell) for cell, kept in zip(given, is_day, strict=True) if not kept])
    clean = text.select(pl.all().str.strip_chars().str.to_uppercase())
    for name in clean.columns:
        if changed := int((text[name] != clean[name]).sum()):
            said = f"{counted(changed, 'cell')} of {name} trimmed or put in capitals"
            notes.append(_note(raw, table, "normalised", name, changed, said))
    return clean.select(pl.when(pl.all() != "").then(pl.all())).with_columns(found[LINE], *days)


def _text(raw: Raw, given: pl.Series) -> pl.Series:
    if given.dtype == pl.String:
        return given
    try:
        return given.to_frame().select(as_text(pl.col(given.name), given.dtype)).to_series()
    except pl.exceptions.PolarsError:  # its text may hold cells
        msg = f"{raw.file}: column {given.name} holds something other than text, numbers or dates"
        raise InputError(msg) from None


def _repaired(raw: Raw, table: Table, cells: pl.DataFrame) -> Iterator[Note]:
    for name in _date_columns(table):
        if cells.schema.get(name) != pl.String:
            continue
        unusual = cells.select(name).filter(~pl.col(name).str.contains(FULL_FORM))  # few: the rest needs no look
        if repaired := int(unusual.select(lacks_zero(pl.col(name)).sum()).item()):
            said = f"{counted(repaired, 'date')} of {name} read although a leading zero is missing"
            yield _note(raw, table, "repaired", name, repaired, said)


def _unreadable(frame: pl.DataFrame, table: Table) -> Iterator[Note]:
    for name in _date_columns(table):
        place = frame.filter(pl.col(f"{name}.{TEXT}").is_not_null()).select("file", LINE, "row", "CHILD")
        for file, line, row, child in place.iter_rows():
            said = f"{name} holds no date that can be read (dd/mm/yyyy)"
            yield Note("unreadable", said, table.name, file=file, line=line, row=row, child=child, column=name)


def _date_columns(table: Table) -> list[str]:
    return [name for name, column in table.columns().items() if column.kind == "date"]


def _note(raw: Raw, table: Table, kind: NoteKind, column: str | None, count: int, said: str) -> Note:
    return Note(kind, said, table.name, file=raw.file, column=column, count=count)
