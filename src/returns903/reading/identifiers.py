"""Identifiers that differ only in small and capital letters or in the blanks around them."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from returns903.reading.notes import Note
from returns903.words import counted

CHILD = "CHILD"
WRITTEN = "CHILD.written"
"""The identifiers as they were written."""


def written_alike(tables: Iterable[tuple[pl.DataFrame, pl.Series]], what: str = "each is one child") -> list[Note]:
    """A note on identifiers that are written in several ways, with the place of the first; none where there are none.

    Of each table there is a frame with CHILD (trimmed and in capitals), `file` and `line`, and with it the identifiers
    as they were written. `what` says what becomes of such identifiers.
    """
    tables = list(tables)
    if all(frame[CHILD].equals(written) for frame, written in tables):
        return []
    every = pl.concat(frame.select(CHILD, "file", "line", written.alias(WRITTEN)) for frame, written in tables)
    again = every.filter(pl.col(WRITTEN) != pl.col(WRITTEN).first().over(CHILD))
    if again.is_empty():
        return []
    count = again[CHILD].n_unique()
    file, line = again.select("file", "line").row(0)
    said = f"{counted(count, 'identifier')} written in several ways (capital letters, blanks around them): {what}"
    return [Note("identifiers", said, file=file, line=line, column=CHILD, count=count)]
