"""The return: its tables, those of the previous return, and what is known beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

import polars as pl

from returns903.errors import ConfigError
from returns903.reading import InMemory, Input, Note, Read, infer_year, notes_frame, read_tables
from returns903.reading.doubts import doubts
from returns903.reading.handed_in import Frame, Tables, not_null, tables_of
from returns903.reference import authorities
from returns903.reference.postcodes import Postcodes
from returns903.reference.providers import Providers
from returns903.tables import TABLES
from returns903.tables.base import TEXT
from returns903.words import counted, printable
from returns903.years import Year

Source = str | Path


class Return:
    """An SSDA903 return, as typed tables.

    ``ret["Episodes"]`` is a table: its columns by their own names (dates as Date, all else as String; null: blank or,
    for a date, unreadable), and `row` (0-based data row), `line` (line or sheet row in the file) and `file`; the last
    two are null for frames handed in.
    """

    def __init__(
        self,
        tables: dict[str, pl.DataFrame],
        *,
        year: Year,
        previous: dict[str, pl.DataFrame] | None = None,
        local_authority: str | None = None,
        providers: Providers | None = None,
        postcodes: Postcodes | None = None,
        notes: Callable[[], Iterable[Note]] = list,
        inputs: list[Input] | None = None,
    ) -> None:
        self.tables = tables
        """This year's tables by name, with the companions of the dates (``DEC.text``)."""
        self.previous = previous
        """The previous return's tables; None where none was given."""
        self.year = year
        self.local_authority = local_authority
        """The ONS code of the authority making the return."""
        self.providers = providers
        self.postcodes = postcodes
        self._notes = notes
        self.inputs = inputs or []

    @classmethod
    def from_frames(
        cls,
        frames: Mapping[str, Frame],
        *,
        year: Year | str,
        previous: Mapping[str, Frame] | None = None,
        local_authority: str | int | None = None,
        providers: Frame | Source | None = None,
        postcodes: Frame | Source | None = None,
    ) -> Return:
        """A return from frames by table name, all-string or typed, with some tables or columns missing.

        A frame is polars's, eager or lazy, or anything with the Arrow C stream (pandas, pyarrow, DuckDB). Values are
        kept as they stand: nothing is trimmed, put in capitals or emptied. Columns go by their exact names; one that
        is none of its table's is left out, a missing one is blank, and both are noted in `reading`. So are cells that
        hold a text of nothing, a year that the data contradict, and a previous return that cannot be the one before.

        Raises:
            InputError: a name is no table of the return, a column holds lists or the like, or the frame of a reference
                list cannot be used.
            ConfigError: an argument makes no sense: the year is none, the authority is blank, something is no frame.
        """
        tables, before, notes = tables_of(frames, previous)
        chosen = Year.of(year)
        return cls(
            tables,
            year=chosen,
            previous=before,
            local_authority=authorities.code(local_authority, strict=not str(local_authority).strip()),
            providers=None if providers is None else Providers.load(providers),
            postcodes=Postcodes.load(postcodes),
            notes=partial(_notes_of_frames, tables, chosen, before, notes),
        )

    def __repr__(self) -> str:
        return f"<Return of {self.year.label}: {counted(len(self.tables), 'table')}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it: the rows of each table; no identifier, no cell."""
        from returns903.pages.notebook import shown

        before = self.previous or {}
        names = dict.fromkeys([*self.tables, *before])
        rows = [tuple(of[name].height if name in of else None for of in (self.tables, before)) for name in names]
        notes = [counted(len(self.notes), "note") + " of reading"] if self.notes else []
        columns = ("table", "rows", "rows last year")
        return shown(repr(self)[1:-1], notes, columns, [(name, *each) for name, each in zip(names, rows, strict=True)])

    def __getitem__(self, table: str) -> pl.DataFrame:
        return _public(self.tables[table])

    def __contains__(self, table: object) -> bool:
        return table in self.tables

    @cached_property
    def notes(self) -> list[Note]:
        """What was seen while reading. Frames handed in are looked through when it is first asked for."""
        return list(self._notes())

    @property
    def reading(self) -> pl.DataFrame:
        """What was seen while reading, a row a note.

        Columns: kind, table, previous, file, line, row, child, column, count, message; null where a note concerns a
        whole file, table or column.
        """
        return notes_frame(self.notes)

    @property
    def unread(self) -> list[Note]:
        """The notes on what was there and was meant to be read but could not be: no run with one of them is a pass."""
        return [note for note in self.notes if note.kind == "not read"]

    def last_year(self, table: str) -> pl.DataFrame:
        """A table of the previous return, with the columns of ``ret[table]``."""
        return _public((self.previous or {})[table])


def read_return(
    path: Source | InMemory,
    *,
    year: Year | str | None = None,
    previous: Source | InMemory | None = None,
    local_authority: str | int | None = None,
    providers: Frame | Source | None = None,
    postcodes: Frame | Source | None = None,
    allow_missing: Iterable[str] = (),
) -> Return:
    """Read a return from a folder, zip, CSV, XML, XLSX or Parquet; tables are recognised by their columns.

    Args:
        path: the file or folder; or files that are held in memory.
        year: the collection year; inferred from the data where it is not given, with a note that says so.
        previous: last year's return; cross-year rules are skipped without it.
        local_authority: ONS code, DfE number or name of the authority making the return.
        providers: Ofsted's list as a spreadsheet, CSV or frame; rules that need it are skipped without it.
        postcodes: the ONS Postcode Directory as CSV or Parquet; without it the installed reference package, if any.
        allow_missing: the core tables (Header, Episodes) that are meant to be absent.

    What could not be read is told in ``unread``, and all else is read. A year that the data contradict, a previous
    return that is this one or of another year, and a table without rows that had some last year are told in `reading`.

    Raises:
        InputError: no table at all could be read; the text names each file, and the line where there is one.
        ConfigError: an argument makes no sense.
    """
    allowed = tables_named(allow_missing)
    read = read_tables(path, allow_missing=allowed)
    before = Read({}, [], [], 0) if previous is None else read_tables(previous, previous=True, allow_missing=allowed)
    chosen, said = _year(year, read)
    said += doubts(read.tables, chosen, None if previous is None else before.tables)
    return Return(
        read.tables,
        year=chosen,
        previous=None if previous is None else before.tables,
        local_authority=authorities.code(local_authority),
        providers=None if providers is None else Providers.load(providers),
        postcodes=Postcodes.load(postcodes),
        notes=partial(list, [*said, *read.notes, *before.notes]),
        inputs=[*read.inputs, *before.inputs],
    )


def _notes_of_frames(tables: Tables, year: Year, previous: Tables | None, of_columns: list[Note]) -> Iterator[Note]:
    """All that is seen in frames. To look for it takes a tenth of a small validation, and few who test rules ask."""
    yield from doubts(tables, year, previous)
    yield from of_columns
    yield from not_null(tables)
    yield from (replace(note, previous=True) for note in not_null(previous or {}))


def _year(year: Year | str | None, read: Read) -> tuple[Year, list[Note]]:
    if year is not None:
        return Year.of(year), []
    try:
        inferred, why = infer_year(read.tables)
    except ConfigError as error:
        unread = ", ".join(note.file for note in read.unread if note.file)
        msg = f"{error}; they may stand in what could not be read: {unread}" if unread else str(error)
        raise ConfigError(msg) from None
    return inferred, [Note("inferred", f"the collection year is taken to be {inferred.label}: {why}")]


def tables_named(names: Iterable[str]) -> list[str]:
    """The tables with these names, in capitals or not.

    Raises:
        ConfigError: there is no such table.
    """
    known = {table.lower(): table for table in TABLES}
    asked = [names] if isinstance(names, str) else list(map(str, names))
    if unknown := [name for name in asked if name.lower() not in known]:
        msg = f"{printable(unknown[0])!r} is no table of the return; the tables are {', '.join(TABLES)} (allow_missing)"
        raise ConfigError(msg)
    return [known[name.lower()] for name in asked]


def _public(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(name for name in frame.columns if not name.endswith(f".{TEXT}"))
