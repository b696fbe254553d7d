"""From cells to typed columns. What cannot be read keeps its text; nothing is guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import polars as pl

from returns903.errors import InputError
from returns903.tables import Column, Table
from returns903.tables.base import TEXT
from returns903.words import heading

DATE_FORM = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$"
FULL_FORM = r"^[0-9]{2}/[0-9]{2}/[0-9]{4}$"
_ROUGH = r"^\s|\s$|[a-z]|[^ -~]"
_PLAIN = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Null, pl.Date, pl.Datetime)
EARLIEST, LATEST = dt.date(1677, 9, 22), dt.date(2262, 4, 11)
"""The first and last day that a date may name: any other cannot be read."""
_TICKS = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
"""How many units of a time make a day."""


def read_date(cell: pl.Expr) -> pl.Expr:
    """The day that a text cell names as dd/mm/yyyy, a leading zero wanting or not; null for anything else."""
    day = pl.when(cell.str.contains(DATE_FORM)).then(cell).str.to_date("%d/%m/%Y", strict=False)
    return pl.when(day.is_between(EARLIEST, LATEST)).then(day)


def lacks_zero(cell: pl.Expr) -> pl.Expr:
    """Whether a text cell is a date that was read although a leading zero is missing: a repair to report."""
    return read_date(cell).is_not_null() & ~cell.str.contains(FULL_FORM)


def lacking_zeros(frame: pl.DataFrame) -> dict[str, int]:
    """By column of text, how many cells are dates that were read although a leading zero is missing."""
    is_short = pl.all().str.len_bytes() < len("dd/mm/yyyy")
    has_short = frame.select(is_short.any()).row(0, named=True) if frame.width else {}
    short = frame.select(name for name, has in has_short.items() if has).filter(pl.any_horizontal(is_short))
    counts = short.select(lacks_zero(pl.all()).sum()).row(0, named=True) if short.width else {}
    return {name: count for name, count in counts.items() if count}


def rough_columns(text: pl.DataFrame) -> list[str]:
    """The columns in which a cell may have a small letter or a blank at its edge."""
    return [cells.name for cells in text.get_columns() if cells.unique().str.contains(_ROUGH).any()]


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A frame with every column of the table and its type; a missing column is blank, a further one is left out.

    Beside each date column ``DEC`` stands ``DEC.text``: what stood there where no date could be read, else null.
    The columns `row`, `line` and `file` are kept where the frame has them; `row` counts from 0 where it has not.
    """
    return typed_tables([(frame, table)])[0]


def typed_tables(frames: Sequence[tuple[pl.DataFrame, Table]]) -> list[pl.DataFrame]:
    """What `typed` makes of each frame; dates in text are read in one go for all of them, each day once."""
    written = [
        (n, frame.get_column(name))
        for n, (frame, table) in enumerate(frames)
        for name, column in table.all_columns().items()
        if column.dtype == pl.Date and frame.schema.get(name) == pl.String
    ]
    read: list[list[pl.Series]] = [[] for _ in frames]
    for (n, _), found in zip(written, _days([cells for _, cells in written]), strict=True):
        read[n] += found
    return [_typed(frame, table, columns) for (frame, table), columns in zip(frames, read, strict=True)]


def _days(texts: list[pl.Series]) -> Iterator[list[pl.Series]]:
    """The days that columns of text name, each with what stood there where no date could be read, if that is so."""
    every = pl.concat([pl.Series([], dtype=pl.String), *texts])
    distinct = every.unique()
    read = distinct.to_frame("text").select(read_date(pl.col("text"))).to_series()
    days = every.replace_strict(distinct, read, return_dtype=pl.Date).cast(pl.Date)  # of no cells it gives text
    is_all_read = read.null_count() == distinct.null_count()
    unread = None if is_all_read else every.zip_with(days.is_null(), pl.Series([None], dtype=pl.String))
    for text, end in zip(texts, accumulate(map(len, texts)), strict=True):
        of_text = (end - len(text), len(text))
        beside = [] if unread is None else [unread.slice(*of_text).alias(f"{text.name}.{TEXT}")]
        yield [days.slice(*of_text).alias(text.name), *beside]


def _typed(frame: pl.DataFrame, table: Table, read: list[pl.Series]) -> pl.DataFrame:
    """The table of a frame, whose days are read already where they were written as text."""
    is_read = {column.name for column in read}
    cells = frame.select(name for name in frame.columns if not name.endswith(f".{TEXT}")).with_columns(read)
    found = [
        pl.col("row").cast(pl.UInt32)
        if "row" in frame.columns
        else pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        *(_or_blank(cells, name, dtype).cast(dtype) for name, dtype in {"line": pl.UInt32, "file": pl.String}.items()),
    ]
    for name, column in table.all_columns().items():
        if name in frame.columns and name not in is_read:
            found += _typed_column(frame.schema[name], column)
        elif name in is_read or not column.derived:
            found.append(_or_blank(cells, name, column.dtype))
            found += [] if column.dtype == pl.String else [_or_blank(cells, f"{name}.{TEXT}", pl.String)]
    return cells.select(found)


def _or_blank(frame: pl.DataFrame, name: str, dtype: type[pl.DataType]) -> pl.Expr:
    """A column; one that a frame lacks is blank, and takes no room."""
    return (pl.col(name) if name in frame.columns else pl.lit(None, dtype)).alias(name)


def _typed_column(dtype: pl.DataType, column: Column) -> list[pl.Expr]:
    """A column from cells of this type, with its companion."""
    cell = pl.col(column.name)
    if column.dtype == pl.String:
        return [as_text(cell, dtype).alias(column.name)]
    if column.dtype == pl.Float64:
        written = cell if dtype.is_numeric() else as_text(cell, dtype)
        number = written.cast(pl.Float64, strict=False).fill_nan(None)
        unread = pl.when(number.is_null()).then(as_text(cell, dtype))
        return [number.alias(column.name), unread.alias(f"{column.name}.{TEXT}")]
    text = as_text(cell, dtype)
    if dtype in (pl.Date, pl.Datetime):
        day = _between(cell, dtype, EARLIEST, LATEST)
        return [day.dt.date(), pl.when(day.is_null()).then(text).alias(f"{column.name}.{TEXT}")]
    day = read_date(text)
    return [day.alias(column.name), pl.when(day.is_null()).then(text).alias(f"{column.name}.{TEXT}")]


def _between(cell: pl.Expr, dtype: pl.DataType, first: dt.date, last: dt.date) -> pl.Expr:
    """The days or times that lie between two days; polars panics where it is to name one that no calendar has."""
    ticks = _TICKS[dtype.time_unit] if isinstance(dtype, pl.Datetime) else 1
    unix = dt.date(1970, 1, 1)
    lower, upper = (max(-(2**63), min((day - unix).days * ticks, 2**63 - 1)) for day in (first, last))
    return pl.when(cell.to_physical().is_between(lower, upper)).then(cell)


def as_text(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A cell as the text that stands for it: whole numbers without a decimal point, dates as dd/mm/yyyy."""
    if dtype == pl.String:
        return cell
    if dtype.is_float():
        whole = cell.is_finite() & (cell == cell.round(0))
        return (
            pl.when(cell.is_nan())
            .then(None)
            .when(whole)
            .then(pl.coalesce(cell.cast(pl.Int64, strict=False).cast(pl.String), cell.cast(pl.String)))
            .otherwise(cell.cast(pl.String))
        )
    if dtype.is_decimal():
        return cell.cast(pl.String).str.replace(r"\.0*$", "")
    if dtype in (pl.Date, pl.Datetime):
        named = _between(cell, dtype, dt.date.min, dt.date.max).dt.strftime("%d/%m/%Y")
        return pl.coalesce(named, cell.to_physical().cast(pl.String))
    if dtype == pl.Boolean:
        return cell.cast(pl.Int8).cast(pl.String)
    return cell.cast(pl.String)


def refuse_odd(dtypes: Mapping[str, pl.DataType], what: str) -> None:
    """Refuse columns of these types, by name, where they hold neither text, numbers nor dates.

    Raises:
        InputError: one does; the text names it.
    """
    odd = [name for name, dtype in dtypes.items() if dtype not in _PLAIN and not dtype.is_numeric()]
    if odd:
        msg = f"{what} holds neither text, numbers nor dates in {', '.join(map(heading, odd))}"
        raise InputError(msg)
