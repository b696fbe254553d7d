"""Frames handed in: from polars or whatever speaks Arrow to typed tables. Values count as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

import polars as pl

from returns903.errors import ConfigError, InputError, told_as
from returns903.reading.cells import refuse_odd, typed_tables
from returns903.reading.identifiers import CHILD, written_alike
from returns903.reading.notes import Note
from returns903.reading.recognise import did_you_mean
from returns903.tables import TABLES, Table
from returns903.tables.base import TEXT
from returns903.words import counted, heading

BESIDE = ("row", "line", "file")
"""Columns that stand beside a table's own in the frames of ``ret["Episodes"]``; they are made anew."""


class ArrowStream(Protocol):
    """What hands its columns over by the Arrow C stream: a pandas or pyarrow table, a DuckDB relation."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Frame = pl.DataFrame | pl.LazyFrame | ArrowStream


Tables = dict[str, pl.DataFrame]


def tables_of(
    frames: Mapping[str, Frame], previous: Mapping[str, Frame] | None = None
) -> tuple[Tables, Tables | None, list[Note]]:
    """The typed tables that frames by table name make, of this year and the last, which may be None.

    With them go notes on columns that are none of the table's or wanting, and on identifiers written in several ways.

    Raises:
        InputError: a name is no table of the return, or a frame cannot be used; the text names it.
        ConfigError: it is no mapping, or something in it is no frame.
    """
    now = _usable(frames, "from_frames")
    before = {} if previous is None else _usable(previous, "previous=")
    made = typed_tables([(frame, TABLES[name]) for side in (now, before) for name, frame in side.items()])
    tables, last_year = dict(zip(now, made, strict=False)), dict(zip(before, made[len(now) :], strict=True))
    notes = [*_columns_noted(now), *_written_alike(tables)]
    notes += [replace(note, previous=True) for note in (*_columns_noted(before), *_written_alike(last_year))]
    return tables, None if previous is None else last_year, notes


def _usable(frames: Mapping[str, Frame], asked: str) -> Tables:
    """The frames by table name, without what stands beside a table's columns."""
    if not isinstance(frames, Mapping):
        msg = f'{asked} takes frames by the names of their tables, as in {{"Episodes": frame}}; read_return reads files'
        raise ConfigError(msg)
    usable: Tables = {}
    for name, given in frames.items():
        columns = _table(name).all_columns()
        frame = as_frame(given, f"the table {name}")
        dtypes = dict(zip(frame.columns, frame.dtypes, strict=True))
        refuse_odd({column: dtype for column, dtype in dtypes.items() if column in columns}, f"the table {name}")
        usable[name] = frame.drop(BESIDE, strict=False) if dtypes.keys() & {*BESIDE} else frame
    return usable


def as_frame(given: Frame, what: str) -> pl.DataFrame:
    """A polars frame of whatever is a frame.

    Raises:
        InputError: its columns cannot be had.
        ConfigError: it is no frame.
    """
    if isinstance(given, pl.DataFrame):
        return given
    if isinstance(given, pl.LazyFrame):
        with told_as(InputError(f"{what} is lazy, and collecting it fails; collect it yourself to see why")):
            return given.collect()
    if not hasattr(given, "__arrow_c_stream__"):
        known = "polars, pandas (2.2 or later), pyarrow or DuckDB"
        msg = f"{what} is of type {type(given).__name__}; give a frame of {known}"
        raise ConfigError(msg)
    why = "has a name twice, or a column with things of several kinds (make it text), or is no table"
    with told_as(InputError(f"{what}: its columns cannot be handed over by Arrow; see whether it {why}")):
        return pl.DataFrame(given)


def _table(name: str) -> Table:
    if name not in TABLES:
        msg = f"{heading(str(name))!r} is no table of the return; the tables are {', '.join(TABLES)}"
        raise InputError(msg)
    return TABLES[name]


def _columns_noted(frames: Tables) -> Iterator[Note]:
    for name, frame in frames.items():
        yield from _of_columns(frame.columns, TABLES[name])


def _of_columns(given: list[str], table: Table) -> Iterator[Note]:
    missing = [column for column in table.columns() if column not in given]
    strangers = [column for column in given if column not in table.all_columns() and not _is_companion(column)]
    if strangers and len(missing) == len(table.columns()):
        said = f"none of its columns is there, so all of them read as blank; they are {', '.join(missing)}"
        yield Note("not read", said, table.name)
    for column in strangers:
        said = f"column {heading(column)} is none of {table.name}'s; left out{did_you_mean(column, missing)}"
        yield Note("ignored column", said, table.name, column=heading(column))
    for column in missing:
        yield Note("missing column", f"no column {column}; read as blank", table.name, column=column)


def _written_alike(tables: Tables) -> list[Note]:
    if not tables:
        return []
    written = pl.concat([table.get_column(CHILD) for table in tables.values()])
    alike = pl.col(CHILD).str.strip_chars().str.to_uppercase()
    children = written.to_frame().select(alike, file=pl.lit(None, pl.String), line=pl.lit(None, pl.UInt32))
    return written_alike([(children, written)], "each way counts as a child of its own")


def not_null(tables: Tables) -> Iterator[Note]:
    """Notes on cells that hold a text of nothing, which a file would give as null: the rules take them as filled."""
    for name, frame in tables.items():
        text = pl.col(pl.String).exclude(*BESIDE)
        empty = frame.select((text.str.strip_chars() == "").sum()).row(0, named=True) if frame.height else {}
        for column, count in empty.items():
            if count:
                named = column.removesuffix(f".{TEXT}")
                said = (
                    f'{counted(count, "cell")} of {named} with "" or blanks: not null, and so not blank; make them null'
                )
                yield Note("not null", said, name, column=named, count=count)


def _is_companion(column: str) -> bool:
    """Whether it is the text of an unreadable date, which stands beside the dates of a typed table."""
    return column.endswith(f".{TEXT}")
