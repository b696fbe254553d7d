"""From cells to typed columns. What cannot be read keeps its text; nothing is guessed."""

from __future__ import annotations

import datetime as dt
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
_EARLIEST, _LATEST = dt.date(1677, 9, 22), dt.date(2262, 4, 11)
_TICKS = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
"""How many units of a time make a day."""


def read_date(cell: pl.Expr) -> pl.Expr:
    """The day that a text cell names as dd/mm/yyyy, a leading zero wanting or not; null for anything else."""
    day = pl.when(cell.str.contains(DATE_FORM)).then(cell).str.to_date("%d/%m/%Y", strict=False)
    return pl.when(day.is_between(_EARLIEST, _LATEST)).then(day)


def lacks_zero(cell: pl.Expr) -> pl.Expr:
    """Whether a text cell is a date that was read although a leading zero is missing: a repair to report."""
    return read_date(cell).is_not_null() & ~cell.str.contains(FULL_FORM)


def lacking_zeros(frame: pl.DataFrame) -> dict[str, int]:
    """By column of text, how many cells are dates that were read although a leading zero is missing."""
    if frame.is_empty():
        return {}
    short = frame.select((pl.all().str.len_bytes() < len("dd/mm/yyyy")).any()).row(0, named=True)
    counts = frame.select(lacks_zero(pl.col(name)).sum() for name, is_short in short.items() if is_short)
    return {name: count for name, count in counts.row(0, named=True).items() if count} if counts.width else {}


def rough_columns(text: pl.DataFrame) -> list[str]:
    """The columns in which a cell may have a small letter or a blank at its edge."""
    if text.is_empty():
        return []
    rough = text.select(pl.all().str.contains(_ROUGH).any())
    return [name for name, is_rough in rough.row(0, named=True).items() if is_rough]


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A frame with every column of the table and its type; a missing column is blank, a further one is left out.

    Beside each date column ``DEC`` stands ``DEC.text``: what stood there where no date could be read, else null.
    The columns `row`, `line` and `file` are kept where the frame has them; `row` counts from 0 where it has not.
    """
    wanted: list[pl.Expr] = []
    days = _days_named(frame, table)
    for name, column in table.all_columns().items():
        if name in frame.columns:
            wanted += _day_column(name, days[name]) if name in days else _typed_column(frame.schema[name], column)
        elif not column.derived:
            wanted += [pl.lit(None, column.dtype).alias(name)]
            wanted += [pl.lit(None, pl.String).alias(f"{name}.{TEXT}")] if column.kind == "date" else []
    row = (
        pl.col("row").cast(pl.UInt32)
        if "row" in frame.columns
        else pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
    )
    line = pl.col("line").cast(pl.UInt32) if "line" in frame.columns else pl.lit(None, pl.UInt32).alias("line")
    file = pl.col("file").cast(pl.String) if "file" in frame.columns else pl.lit(None, pl.String).alias("file")
    return frame.select(row, line, file, *wanted)


def _days_named(frame: pl.DataFrame, table: Table) -> dict[str, pl.DataFrame]:
    """By column of dates in text, the distinct texts and the days that they name: each is read once."""
    dates = [name for name, column in table.all_columns().items() if column.dtype == pl.Date]
    dates = [name for name in dates if frame.schema.get(name) == pl.String]
    if not dates or frame.is_empty():
        return {}
    distinct = frame.select(pl.col(dates).unique().implode())
    texts = {name: distinct[name][0] for name in dates}
    read = (
        pl.concat(text.alias("text") for text in texts.values()).to_frame().with_columns(day=read_date(pl.col("text")))
    )
    ends = accumulate((len(text) for text in texts.values()), initial=0)
    return {name: read.slice(start, len(texts[name])) for name, start in zip(dates, ends, strict=False)}


def _day_column(name: str, named: pl.DataFrame) -> list[pl.Expr]:
    days = pl.col(name).replace_strict(named["text"], named["day"], return_dtype=pl.Date)
    is_all_read = named["day"].null_count() == named["text"].null_count()
    text = pl.lit(None, pl.String) if is_all_read else pl.when(days.is_null()).then(name)
    return [days, text.alias(f"{name}.{TEXT}")]


def _typed_column(dtype: pl.DataType, column: Column) -> list[pl.Expr]:
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
        day = _between(cell, dtype, _EARLIEST, _LATEST)
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


def refuse_odd(frame: pl.DataFrame, what: str) -> None:
    """Refuse a frame with columns that hold neither text, numbers nor dates, naming them.

    Raises:
        InputError: it has such a column.
    """
    odd = [name for name, dtype in frame.schema.items() if not (dtype.is_numeric() or dtype in _PLAIN)]
    if odd:
        msg = f"{what} holds neither text, numbers nor dates in {', '.join(map(heading, odd))}"
        raise InputError(msg)
