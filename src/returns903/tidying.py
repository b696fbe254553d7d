"""The safe repairs of a return: those that change how a cell is written, and never what it says.

The reader's own are made first (blanks around a cell, capitals, leading zeros of days); then days in another form that
can be read in one way alone, and the blank in a postcode. Any other cell is left as it stood.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from returns903.reading import Note, read_tables
from returns903.reading.as_written import AssemblyAsWritten
from returns903.reading.cells import DATE_FORM, as_text, read_date
from returns903.tables import TABLES, Table
from returns903.texts import as_texts

CHANGES: dict[str, type[pl.DataType]] = {
    "table": pl.String,
    "row": pl.UInt32,
    "line": pl.UInt32,
    "file": pl.String,
    "column": pl.String,
    "kind": pl.String,
    "before": pl.String,
    "after": pl.String,
}
"""The columns of `Tidied.changes`."""

_MIDNIGHT = r"[ T]0?0:00(:00(\.0+)?)?Z?$"
"""The time that programs put behind a day; any other time would be lost, and so is none of a day."""
_YEAR_FIRST = r"^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})$"
_NAMED = r"^([0-9]{1,2})[- ]([A-Z]{3,9})[- ]([0-9]{4})$"
_MONTHS = ("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER")
_NUMBERED = {
    f"/{name}/": f"/{number:02}/"
    for number, month in enumerate((*_MONTHS, "DECEMBER"), 1)
    for name in (month, month[:3])
}
_POSTCODE = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9])\s*([A-Z]{2})$"


@dataclass(frozen=True)
class Tidied:
    """A return with its safe repairs."""

    tables: dict[str, pl.DataFrame]
    """The tables by name, every cell as text; null: blank."""
    changes: pl.DataFrame
    """A row for each cell that was changed, with the columns of `CHANGES`: `row` counts the table's rows from 0, `line`
    is that of the file read, `kind` is spaces, capitals, leading zero, form of a date or form of a postcode."""
    notes: list[Note]
    """What was seen while reading."""

    @property
    def unread(self) -> list[Note]:
        """What was there and was meant to be read, but could not be; such a return should not be written anew."""
        return [note for note in self.notes if note.kind == "not read"]


def tidied(path: str | Path, *, allow_missing: Collection[str] = ()) -> Tidied:
    """Read a return as `read_tables` does, and make the safe repairs.

    Raises:
        InputError, ConfigError: as `read_tables`.
    """
    assemblies: list[AssemblyAsWritten] = []

    def assembled(notes: list[Note]) -> AssemblyAsWritten:
        assemblies.append(AssemblyAsWritten(notes))
        return assemblies[-1]

    read = read_tables(path, allow_missing=allow_missing, assembled=assembled)
    written = assemblies[-1].written()
    tables = {name: _repaired(frame, TABLES[name]) for name, frame in as_texts(read.tables).items()}
    places = {name: frame.select("row", "line", "file") for name, frame in read.tables.items()}
    return Tidied(tables, _changes(written, tables, places), read.notes)


def _repaired(text: pl.DataFrame, of: Table) -> pl.DataFrame:
    kinds = {name: of.all_columns()[name].kind for name in text.columns}
    return text.with_columns(
        *(_day(pl.col(name)).alias(name) for name, kind in kinds.items() if kind == "date"),
        *(_postcode(pl.col(name)).alias(name) for name, kind in kinds.items() if kind == "postcode"),
    )


def _day(cell: pl.Expr) -> pl.Expr:
    """The cell as dd/mm/yyyy where it names a day in one way alone; else as it stands."""
    bare = cell.str.replace(_MIDNIGHT, "")
    in_order = bare.str.replace(_YEAR_FIRST, "$3/$2/$1").str.replace(_NAMED, "$1/$2/$3").str.replace_many(_NUMBERED)
    return pl.coalesce(as_text(read_date(in_order), pl.Date()), cell)


def _postcode(cell: pl.Expr) -> pl.Expr:
    """The cell with one blank before the last three characters where it has the form of a postcode."""
    return cell.str.replace(_POSTCODE, "$1 $2$3")


def _changes(
    written: Mapping[str, pl.DataFrame], tables: Mapping[str, pl.DataFrame], places: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    parts = [
        _changed(name, before, frame.get_column(before.name), places[name])
        for name, frame in tables.items()
        for before in written[name].get_columns()
    ]
    return pl.concat([pl.DataFrame(schema=CHANGES), *parts]).sort("table", "row", maintain_order=True)


def _changed(table: str, before: pl.Series, after: pl.Series, places: pl.DataFrame) -> pl.DataFrame:
    """The cells of a column that read otherwise than they were written."""
    cells = places.with_columns(before.fill_null("").alias("before"), after.fill_null("").alias("after"))
    kind = _kind(pl.col("before"), pl.col("after"), TABLES[table].all_columns()[before.name].kind)
    found = cells.filter(pl.col("before") != pl.col("after"))
    named = found.with_columns(pl.lit(table).alias("table"), pl.lit(before.name).alias("column"), kind.alias("kind"))
    return named.select(pl.col(name).cast(dtype) for name, dtype in CHANGES.items())


def _kind(before: pl.Expr, after: pl.Expr, column: str) -> pl.Expr:
    """What was changed: of several things the one that says most."""
    bare = before.str.strip_chars()
    other = pl.lit("form of a postcode" if column == "postcode" else "form of a date")
    return (
        pl.when(bare == after)
        .then(pl.lit("spaces"))
        .when(bare.str.to_uppercase() == after)
        .then(pl.lit("capitals"))
        .when(pl.lit(column == "date") & bare.str.contains(DATE_FORM))
        .then(pl.lit("leading zero"))
        .otherwise(other)
    )
