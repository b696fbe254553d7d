"""What was seen while reading: unreadable cells, repairs, columns left out. Notes never hold a cell's value."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

from returns903.errors import InputError
from returns903.words import printable

NoteKind = Literal[
    "unreadable",  # a cell that holds no date where one belongs; it keeps its text
    "repaired",  # dates read although a leading zero is missing
    "normalised",  # cells trimmed or put in capitals
    "ignored column",
    "missing column",
    "ignored file",  # nothing of the return, as far as can be told
    "not read",  # it was there and was meant to be read, but could not be; no run with it is a pass
    "link",  # a link to a file, which is read
    "lines above",  # titles and the like above the header, left out
    "empty",  # headers without rows, or nothing at all
    "hidden sheet",  # of a workbook, read like any other
    "no value",  # cells that hold a formula without a value, or an error: they read as blank
    "not null",  # cells of a frame that hold a text of nothing: they count as filled
    "malformed",  # a line with too many or too few cells, a stray quote
    "encoding",
    "several files",  # one table, read from more than one file
    "same file",  # it has the bytes of another, and is not read again
    "repeated rows",  # of a table, in more than one file
    "identifiers",  # of one child, written in several ways
    "inferred",  # the collection year, told from the data
    "wrong year",  # the data are of another year than the one given
    "wrong previous",  # the previous return is this one, or of another year than the one before
    "emptied",  # a table without rows which had some last year
]

SCHEMA = {
    "kind": pl.String,
    "table": pl.String,
    "previous": pl.Boolean,
    "file": pl.String,
    "line": pl.UInt32,
    "row": pl.UInt32,
    "child": pl.String,
    "column": pl.String,
    "count": pl.UInt32,
    "message": pl.String,
}
"""The columns of ``Return.reading``; null where a note concerns a whole file, table or column."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing seen while reading."""

    kind: NoteKind
    message: str
    table: str | None = None
    previous: bool = False
    file: str | None = None
    line: int | None = None
    row: int | None = None
    child: str | None = None
    column: str | None = None
    count: int = 1

    @property
    def place(self) -> str | None:
        """``episodes.csv:12``, ``r.parquet row 3`` where rows have no line; None where it concerns no file."""
        if self.file is None or self.line is not None:
            return None if self.file is None else f"{self.file}:{self.line}"
        return self.file if self.row is None else f"{self.file} row {self.row}"

    @property
    def said(self) -> str:
        """The note with its place, as reports say it."""
        whose = "last year: " if self.previous else ""
        return printable(f"{whose}{self.place}: {self.message}" if self.place else f"{whose}{self.message}")


class UnreadError(InputError):
    """A file, or a sheet of one, that cannot be read. It becomes a note, and the other files are read all the same."""

    def __init__(self, file: str, what: str, line: int | None = None, table: str | None = None) -> None:
        super().__init__(f"{file}{f' line {line}' if line else ''}: {what}")
        self.note = Note("not read", what, table, file=file, line=line)


def unread(error: InputError, file: str) -> Note:
    """The note that an error while reading a file becomes."""
    if isinstance(error, UnreadError):
        return error.note
    said = str(error)
    place = re.match(rf"{re.escape(file)}(?: line (\d+))?:? ", said)
    return Note(
        "not read",
        said[place.end() :] if place else said,
        file=file,
        line=int(place[1]) if place and place[1] else None,
    )


def notes_frame(notes: list[Note]) -> pl.DataFrame:
    """The notes as a frame with the columns of `SCHEMA`."""
    return pl.DataFrame([asdict(note) for note in notes], schema=SCHEMA)
