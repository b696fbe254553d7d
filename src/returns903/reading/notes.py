"""What was seen while reading: unreadable cells, repairs, columns left out. Notes never hold a cell's value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

from returns903.errors import InputError

NoteKind = Literal[
    "unreadable",  # a cell that holds no date where one belongs; it keeps its text
    "repaired",  # dates read although a leading zero is missing
    "normalised",  # cells trimmed or put in capitals
    "ignored column",
    "missing column",
    "ignored file",  # nothing of the return, as far as can be told
    "not read",  # it was there and was meant to be read, but could not be; no run with it is a pass
    "lines above",  # titles and the like above the header, left out
    "empty",  # headers without rows, or nothing at all
    "malformed",  # a line with too many or too few cells, a stray quote
    "encoding",
    "several files",  # one table, read from more than one file
    "inferred",  # the collection year, told from the data
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


class UnreadError(InputError):
    """A file, or a sheet of one, that cannot be read. It becomes a note, and the other files are read all the same."""

    def __init__(self, file: str, what: str, line: int | None = None, table: str | None = None) -> None:
        super().__init__(f"{file}{f' line {line}' if line else ''}: {what}")
        self.note = Note("not read", what, table, file=file, line=line)


def notes_frame(notes: list[Note]) -> pl.DataFrame:
    """The notes as a frame with the columns of `SCHEMA`."""
    return pl.DataFrame([asdict(note) for note in notes], schema=SCHEMA)
