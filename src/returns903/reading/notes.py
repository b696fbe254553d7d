"""What was seen while reading: unreadable cells, repairs, columns left out. Notes never hold a cell's value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

NoteKind = Literal[
    "unreadable",  # a cell that holds no date where one belongs; it keeps its text
    "repaired",  # dates read although a leading zero is missing
    "normalised",  # cells trimmed or put in capitals
    "ignored column",
    "missing column",
    "ignored file",
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


def notes_frame(notes: list[Note]) -> pl.DataFrame:
    """The notes as a frame with the columns of `SCHEMA`."""
    return pl.DataFrame([asdict(note) for note in notes], schema=SCHEMA)
