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
    return typed_tables([(frame, table)])[0]


def typed_tables(frames: Sequence[tuple[pl.DataFrame, Table]]) -> list[pl.DataFrame]:
    """What `typed` makes of each frame; dates in text are read in one go for all of them, each day once."""
    given = [_by_name(frame) for frame, _ in frames]
    written = [
        (n, columns[name])
        for n, (columns, (_, table)) in enumerate(zip(given, frames, strict=True))
        for name, column in table.all_columns().items()
        if column.dtype == pl.Date and name in columns and columns[name].dtype == pl.String
    ]
    read: list[dict[str, pl.Series]] = [{} for _ in frames]
    for (n, _), (days, unread) in zip(written, _days([cells for _, cells in written]), strict=True):
        read[n] |= {days.name: days, unread.name: unread}
    return [_typed(*each) for each in zip(frames, given, read, strict=True)]


def _days(texts: list[pl.Series]) -> Iterator[tuple[pl.Series, pl.Series]]:
    """The days that columns of text name, and with each what stood there where no date could be read."""
    every = pl.concat([pl.Series([], dtype=pl.String), *texts])
    distinct = every.unique()
    read = distinct.to_frame("text").select(read_date(pl.col("text"))).to_series()
    days = every.replace_strict(distinct, read, return_dtype=pl.Date).cast(pl.Date)  # of no cells it gives text
    is_all_read = read.null_count() == distinct.null_count()
    unread = _blank(every.len(), pl.String) if is_all_read else every.zip_with(days.is_null(), _blank(1, pl.String))
    for text, end in zip(texts, accumulate(map(len, texts)), strict=True):
        of_text = (end - len(text), len(text))
        yield days.slice(*of_text).alias(text.name), unread.slice(*of_text).alias(f"{text.name}.{TEXT}")


def _typed(of: tuple[pl.DataFrame, Table], given: dict[str, pl.Series], read: dict[str, pl.Series]) -> pl.DataFrame:
    """The table of a frame with these columns, whose days are read already where they were written as text."""
    frame, table = of
    columns = table.all_columns()
    further = [columns[name] for name in given if name in columns and name not in read]
    worked_out = [e for column in further for e in _typed_column(given[column.name].dtype, column)]
    cells = given | read | (_by_name(frame.select(worked_out)) if worked_out else {})
    found = _places(given, frame.height)
    for name, column in columns.items():
        if name in given or not column.derived:
            dtypes = {name: column.dtype} | ({} if column.dtype == pl.String else {f"{name}.{TEXT}": pl.String})
            found += [cells[n] if name in given else _blank(frame.height, dtype, n) for n, dtype in dtypes.items()]
    return found[0].to_frame().hstack(found[1:])


def _places(given: dict[str, pl.Series], height: int) -> list[pl.Series]:
    """The columns `row`, `line` and `file`."""
    rows = given["row"].cast(pl.UInt32) if "row" in given else pl.int_range(height, dtype=pl.UInt32, eager=True)
    beside = {"line": pl.UInt32, "file": pl.String}
    return [
        rows.alias("row"),
        *(given[n].cast(dtype) if n in given else _blank(height, dtype, n) for n, dtype in beside.items()),
    ]


def _by_name(frame: pl.DataFrame) -> dict[str, pl.Series]:
    return {column.name: column for column in frame.get_columns()}


def _blank(height: int, dtype: type[pl.DataType], name: str = "") -> pl.Series:
    return pl.Series(name, [None], dtype).new_from_index(0, height)


def _typed_column(dtype: pl.DataType, column: Column) -> list[pl.Expr]:
    """A column from cells of this type, with its companion; nothing where the cells may stand as they are."""
    cell = pl.col(column.name)
    if column.dtype == pl.String:
        return [] if dtype == pl.String else [as_text(cell, dtype).alias(column.name)]
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
