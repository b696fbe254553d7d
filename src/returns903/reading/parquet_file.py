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
    with told_as(_damaged(file)):
        found = pl.scan_parquet(io.BytesIO(data))
        headers, rows = found.collect_schema().names(), found.select(pl.len()).collect().item()
    return Seen([Raw(file, headers, partial(_cells, file, found), rows=rows)])


def _damaged(file: str) -> InputError:
    """What is said of bytes that are no Parquet."""
    return InputError(f"{file}: not a Parquet file, or damaged")


def _cells(file: str, found: pl.LazyFrame, _notes: list[Note]) -> pl.DataFrame:
    with told_as(_damaged(file)):
        frame = found.collect()
    refuse_odd({name: dtype for name, dtype in frame.schema.items() if normal_header(name) in known_columns()}, file)
    named = frame.rename({name: str(n) for n, name in enumerate(frame.columns)})
    return named.with_columns(pl.lit(None, pl.UInt32).alias(LINE))
