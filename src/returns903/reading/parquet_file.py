"""Parquet files, with columns of text or with types."""

from __future__ import annotations

import io
from functools import partial

import polars as pl

from returns903.errors import InputError, told_as
from returns903.reading.cells import refuse_odd
from returns903.reading.notes import Note
from returns903.reading.raw import LINE, Raw, Seen
from returns903.reading.recognise import known_columns, normal_header


def read_parquet(file: str, data: bytes) -> Seen:
    """The table of a Parquet file. Its rows have no line.

    Raises:
        InputError: the bytes are no Parquet.
    """
    with told_as(InputError(f"{file}: not a Parquet file, or damaged")):
        frame = pl.read_parquet(io.BytesIO(data))
    return Seen([Raw(file, frame.columns, partial(_cells, file, frame))])


def _cells(file: str, frame: pl.DataFrame, _notes: list[Note]) -> pl.DataFrame:
    refuse_odd({name: dtype for name, dtype in frame.schema.items() if normal_header(name) in known_columns()}, file)
    named = frame.rename({name: str(n) for n, name in enumerate(frame.columns)})
    return named.with_columns(pl.lit(None, pl.UInt32).alias(LINE))
