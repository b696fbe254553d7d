"""The one path from raw cells to the tables of a return: recognise, normalise, type, join, and say what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import polars as pl

from returns903.errors import InputError
from returns903.limits import CELLS, COLUMNS_NAMED
from returns903.reading.cells import as_text, lacking_zeros, rough_columns, typed_tables
from returns903.reading.copies import Copies
from returns903.reading.identifiers import CHILD, WRITTEN, written_alike
from returns903.reading.notes import Note, NoteKind, UnreadError, unread
from returns903.reading.raw import FILE, LINE, Raw, Seen
from returns903.reading.recognise import (
    NotFound,
    did_you_mean,
    known_columns,
    normal_header,
    recognise,
    table_named,
)
from returns903.reading.sources import TEXT_SUFFIXES, Source
from returns903.tables import TABLES, Table
from returns903.tables.base import TEXT
from returns903.words import counted, heading

_NAMED = 12
"""Files of one table that are named; a return has no more tables."""


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

    @property
    def unread(self) -> list[Note]:
        """What was there and was meant to be read, but could not be."""
        return [note for note in self.notes if note.kind == "not read"]


class Assembly:
    """The tables read so far, to which one file after the other is added."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.inputs: list[Input] = []
        self._parts: list[tuple[pl.DataFrame, Table]] = []
        self._copies = Copies()
        self._copied: list[Note] = []
        self._cells = 0
        self._files = 0

    def add(self, source: Source, read: Callable[[str, bytes], Seen]) -> None:
        """Add what one file holds. What cannot be read of it becomes a note, and the rest is read all the same."""
        self._files += 1
        before = len(self.inputs)
        notes: list[Note] = []
        seen = Seen()
        data = b""
        with _noting(source, notes):
            data = source.data()
            if original := self._copies.original(data):
                self._copied.append(
                    Note("same file", f"the same bytes as {original}; not read again", file=source.name)
                )
                return
            seen = read(source.name, data)
        notes += seen.notes
        for raw in seen.raws:
            with _noting(source, notes):
                self._add_part(raw, notes)
        named = table_named(source.name) if len(self.inputs) == before else None
        self.notes += [_weighed(note, source, named) for note in notes]
        if len(self.inputs) > before:
            self._copies.add(source, data)

    def _add_part(self, raw: Raw, notes: list[Note]) -> None:
        table = raw.table or recognise(raw.headers)
        if isinstance(table, NotFound):
            notes.append(Note(table.kind, f"left out: {table.why}", table.nearest, file=raw.file))
            return
        cells = raw.rows * len(raw.headers)
        if self._cells + cells > CELLS:
            said = f"with it the return has more than {CELLS:,} cells, which none has"
            raise UnreadError(raw.file, said, table=table.name)
        self._cells += cells
        part = _part(raw, table, notes)
        self._parts.append((part, table))
        self.inputs.append(Input(raw.file, table.name, part.height))

    def read(self) -> Read:
        """The tables, and what was said of them."""
        typed = typed_tables(self._parts)
        by_table: dict[str, list[pl.DataFrame]] = defaultdict(list)
        for made, (_, table) in zip(typed, self._parts, strict=True):
            by_table[table.name].append(made)
        tables = {name: _joined(by_table[name]) for name in TABLES if name in by_table}
        self.notes += self._copied[:_NAMED]
        if more := len(self._copied[_NAMED:]):
            self.notes.append(
                Note("same file", f"{counted(more, 'further copy', 'further copies')} not read", count=more)
            )
        self.notes += _of_several(self.inputs)
        self.notes += _repeated(by_table)
        self.notes += written_alike(map(_as_written, typed, self._parts))
        for name, frame in tables.items():
            self.notes += _unreadable(frame, TABLES[name])
        return Read(tables, self.notes, self.inputs, self._files)


@contextmanager
def _noting(source: Source, notes: list[Note]) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        notes.append(unread(error, source.name))


def _weighed(note: Note, source: Source, named: str | None) -> Note:
    """A stranger that is named like a table was meant to be read; a text file that is no CSV was not, unless so named.

    `named` is the table that the name of the file speaks of, where nothing in it could be read.
    """
    table = note.table or named or table_named(note.file or "")
    if note.kind in ("ignored file", "empty") and not note.table and table:
        return replace(note, kind="not read", table=table)
    if note.kind == "not read" and not table and source.suffix in TEXT_SUFFIXES:
        return replace(note, kind="ignored file", message=f"left out: {note.message}")
    return replace(note, table=table) if note.kind == "not read" else note


def _joined(parts: list[pl.DataFrame]) -> pl.DataFrame:
    if len(parts) == 1:
        return parts[0]
    # The asylum flag stands in some headers only: diagonal.
    return pl.concat(parts, how="diagonal").with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))


def _as_written(typed: pl.DataFrame, part: tuple[pl.DataFrame, Table]) -> tuple[pl.DataFrame, pl.Series]:
    """A table, and the identifiers as they were written."""
    cells, _ = part
    return typed, cells[WRITTEN] if WRITTEN in cells.columns else typed[CHILD]


def _of_several(inputs: list[Input]) -> Iterator[Note]:
    files = defaultdict(list)
    for item in inputs:
        files[item.table].append(item.file)
    for table, names in files.items():
        if len(names) > 1:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            said = f"read from {len(names):,} files, one after the other: {', '.join(names[:_NAMED])}{more}"
            yield Note("several files", said, table=table, count=len(names))


def _repeated(parts: dict[str, list[pl.DataFrame]]) -> Iterator[Note]:
    """Rows that stand in several files are most likely those of a copy in another form, or of an earlier state."""
    for table, frames in parts.items():
        if len(frames) > 1:
            columns = [name for name in TABLES[table].columns() if all(name in frame for frame in frames)]
            rows = pl.concat([frame.select(columns).hash_rows().unique() for frame in frames])
            if count := rows.len() - rows.n_unique():
                said = f"{counted(count, 'row')} of {table} in more than one file; is one a copy? All of them count"
                yield Note("repeated rows", said, table, count=count)


def _part(raw: Raw, table: Table, notes: list[Note]) -> pl.DataFrame:
    """The filled rows of one file."""
    places = _places(raw, table)
    found = raw.cells(notes)
    notes += _strangers(raw, table, places, found)
    cells = _normalised(raw, table, places, found, notes)
    _refuse_headers(raw, table, cells)
    filled = _filled(cells)
    if blank := cells.height - filled.height:
        said = f"{counted(blank, 'row')} without a filled cell; left out"
        notes.append(Note("empty", said, table=table.name, file=raw.file, count=blank))
    if filled.is_empty() and not raw.table:
        notes.append(Note("empty", "headers, but no rows", table=table.name, file=raw.file))
    notes += _repaired(raw, table, filled)
    return filled if FILE in filled.columns else filled.with_columns(pl.lit(raw.file).alias(FILE))


def _refuse_headers(raw: Raw, table: Table, cells: pl.DataFrame) -> None:
    """Refuse a file with a header among its rows: what stands below it may be of another table."""
    if raw.table or CHILD not in cells.columns or not (cells[CHILD] == CHILD).any():
        return
    beside = pl.exclude(CHILD, LINE, FILE, WRITTEN).cast(pl.String).is_in(known_columns())
    headers = cells.filter(pl.col(CHILD) == CHILD, pl.any_horizontal(beside))
    if not headers.is_empty():
        said = (
            "names of columns again, among the rows; put each table into a file or sheet of its own, under one header"
        )
        raise UnreadError(raw.file, said, headers[LINE][0] if LINE in headers.columns else None, table.name)


def _filled(cells: pl.DataFrame) -> pl.DataFrame:
    beside = (LINE, FILE, WRITTEN)
    if any(not cells[name].null_count() for name in cells.columns if name not in beside):
        return cells
    return cells.filter(pl.any_horizontal(pl.all().exclude(beside).is_not_null()))


def _places(raw: Raw, table: Table) -> dict[str, int]:
    """Where each column of the table stands among the headers."""
    wanted = {*table.columns(), *raw.brings}
    places: dict[str, int] = {}
    for n, header in enumerate(raw.headers):
        name = normal_header(header)
        if name in places:
            said = f"column {name} stands twice, in places {places[name] + 1} and {n + 1}; remove one"
            raise UnreadError(raw.file, said, table=table.name)
        if name in wanted:
            places[name] = n
    return {name: places[name] for name in table.all_columns() if name in places}


def _strangers(raw: Raw, table: Table, places: dict[str, int], cells: pl.DataFrame) -> Iterator[Note]:
    """Columns that are none of the table's, and those of the table that are not there."""
    missing = [] if raw.table else [name for name in table.columns() if name not in places]
    kept = set(places.values())
    others = [
        (n, normal_header(header))
        for n, header in enumerate(raw.headers)
        if n not in kept and (header.strip() or not _is_blank(cells[str(n)]))
    ]
    for n, name in others[:COLUMNS_NAMED]:
        what = (
            "is worked out here and not taken from files"
            if name in table.all_columns()
            else f"is none of {table.name}'s"
        )
        called = f"column {heading(name)}" if name else f"column in place {n + 1}, without a name,"
        said = f"{called} {what}; left out{did_you_mean(name, missing)}"
        yield _note(raw, table, "ignored column", heading(name) or None, 1, said)
    if more := len(others[COLUMNS_NAMED:]):
        said = f"{counted(more, 'further column')} none of {table.name}'s; left out"
        yield _note(raw, table, "ignored column", None, more, said)
    for name in missing:
        yield _note(raw, table, "missing column", name, 1, f"no column {name}; read as blank")


def _is_blank(cells: pl.Series) -> bool:
    if cells.dtype != pl.String:
        return cells.null_count() == len(cells)
    return not (cells.str.strip_chars() != "").any()


def _normalised(raw: Raw, table: Table, places: dict[str, int], found: pl.DataFrame, notes: list[Note]) -> pl.DataFrame:
    """The table's cells as text, trimmed and in capitals, empty ones null; days that a file keeps as days stay so.

    Where identifiers were changed, they stand beside it as they were written.
    """
    given = [found[str(place)].alias(name) for name, place in places.items()]
    is_day = [cell.dtype in (pl.Date, pl.Datetime) and table.all_columns()[cell.name].kind == "date" for cell in given]
    days = [cell for cell, kept in zip(given, is_day, strict=True) if kept]
    text = pl.DataFrame([_text(cell) for cell, kept in zip(given, is_day, strict=True) if not kept])
    rough = [] if raw.plain else rough_columns(text)
    clean = text.with_columns(pl.col(rough).str.strip_chars().str.to_uppercase()) if rough else text
    for name in rough:
        if changed := int((text[name] != clean[name]).sum()):
            said = f"{counted(changed, 'cell')} of {name} trimmed or put in capitals"
            notes.append(_note(raw, table, "normalised", name, changed, said))
    written = [text[CHILD].alias(WRITTEN)] if CHILD in rough else []
    placed = [found[name] for name in (LINE, FILE) if name in found.columns]
    filled = clean if raw.plain else _blanks_null(clean)
    return filled.hstack([*placed, *days, *written])


def _blanks_null(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells with null for a text of nothing; most columns have none of these."""
    if cells.is_empty():
        return cells
    blank = [name for name, has in cells.select((pl.all() == "").any()).row(0, named=True).items() if has]
    return cells.with_columns(pl.when(pl.col(blank) != "").then(pl.col(blank))) if blank else cells


def _text(given: pl.Series) -> pl.Series:
    if given.dtype == pl.String:
        return given
    return given.to_frame().select(as_text(pl.col(given.name), given.dtype)).to_series()


def _repaired(raw: Raw, table: Table, cells: pl.DataFrame) -> Iterator[Note]:
    dates = [name for name in _date_columns(table) if cells.schema.get(name) == pl.String]
    for name, repaired in lacking_zeros(cells.select(dates)).items():
        said = f"{counted(repaired, 'date')} of {name} read although a leading zero is missing"
        yield _note(raw, table, "repaired", name, repaired, said)


def _unreadable(frame: pl.DataFrame, table: Table) -> Iterator[Note]:
    for name in _date_columns(table):
        if frame[f"{name}.{TEXT}"].null_count() == frame.height:
            continue
        place = frame.filter(pl.col(f"{name}.{TEXT}").is_not_null()).select("file", LINE, "row", "CHILD")
        for file, line, row, child in place.iter_rows():
            said = f"{name} holds no date that can be read (dd/mm/yyyy)"
            yield Note("unreadable", said, table.name, file=file, line=line, row=row, child=child, column=name)


def _date_columns(table: Table) -> list[str]:
    return [name for name, column in table.columns().items() if column.kind == "date"]


def _note(raw: Raw, table: Table, kind: NoteKind, column: str | None, count: int, said: str) -> Note:
    return Note(kind, said, table.name, file=raw.file, column=column, count=count)
