"""From cells to typed columns. What cannot be read keeps its text; nothing is guessed."""

from __future__ import annotations

import datetime as dt

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


def read_days(cells: pl.Series) -> pl.Series:
    """The days that text cells name, as `read_date` reads them: each distinct text is read once."""
    distinct = cells.unique()
    days = distinct.to_frame("text").select(read_date(pl.col("text"))).to_series()
    return cells.replace_strict(distinct, days, return_dtype=pl.Date)


def lacking_zeros(cells: pl.Series) -> int:
    """How many text cells are dates that were read although a leading zero is missing."""
    distinct = cells.unique().to_frame("text")
    lacking = distinct.filter(lacks_zero(pl.col("text"))).to_series()
    return int(cells.is_in(lacking.implode()).sum()) if len(lacking) else 0


def rough_columns(text: pl.DataFrame, *, plain: bool = False) -> list[str]:
    """The columns in which a cell may have a small letter or a blank at its edge; `plain`: none but spaces."""
    space = pl.all().str.starts_with(" ") | pl.all().str.ends_with(" ")
    rough = text.select((space if plain else pl.all().str.contains(_ROUGH)).any())
    return [name for name, is_rough in rough.row(0, named=True).items() if is_rough] if text.width else []


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A frame with every column of the table and its type; a missing column is blank, a further one is left out.

    Beside each date column ``DEC`` stands ``DEC.text``: what stood there where no date could be read, else null.
    The columns `row`, `line` and `file` are kept where the frame has them; `row` counts from 0 where it has not.
    """
    wanted: list[pl.Expr | pl.Series] = []
    for name, column in table.all_columns().items():
        if name in frame.columns:
            wanted += _typed_column(frame[name], column)
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


def _typed_column(cells: pl.Series, column: Column) -> list[pl.Expr | pl.Series]:
    cell, dtype = pl.col(column.name), cells.dtype
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
    if dtype == pl.String:
        days = read_days(cells)
        return [days, pl.when(days.is_null()).then(cell).alias(f"{column.name}.{TEXT}")]
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
