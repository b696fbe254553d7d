"""One workbook with a sheet for each table. Every cell is text: nothing is taken for a formula, a number or a day."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import polars as pl

from returns903.errors import ConfigError
from returns903.limits import SHEET_ROWS
from returns903.words import counted

_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_LONGEST = 32_767
"""Characters that a cell of a sheet can hold."""
_MADE = dt.datetime(1980, 1, 1)
"""What the workbook says of when it was made: the same tables make the same bytes."""


def workbook(tables: Mapping[str, pl.DataFrame]) -> tuple[bytes, list[str]]:
    """The workbook, and what was said of cells that a sheet cannot hold.

    Raises:
        ConfigError: a table has more rows than a sheet, or the extra `excel` is not installed.
    """
    _refuse_long(tables)
    target = io.BytesIO()
    book = _library().Workbook(target, _AS_TEXT)
    book.set_properties({"created": _MADE})
    for name, frame in tables.items():
        _write(book.add_worksheet(name), frame)
    book.close()
    return target.getvalue(), list(_cut(tables))


def _library() -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        msg = "writing workbooks takes a further package: pip install 'returns903[excel]'"
        raise ConfigError(msg) from None
    return xlsxwriter


def _write(page: Any, frame: pl.DataFrame) -> None:
    page.add_write_handler(str, _as_text)
    page.write_row(0, 0, frame.columns)
    for place, cells in enumerate(frame.get_columns()):
        page.write_column(1, place, cells)


def _as_text(page: Any, row: int, column: int, cell: str, *_look: object) -> int:
    """Write a cell as text, whatever it looks like."""
    written: int = page.write_string(row, column, cell) if cell else 0
    return written


def _refuse_long(tables: Mapping[str, pl.DataFrame]) -> None:
    for name, frame in tables.items():
        if frame.height >= SHEET_ROWS:
            msg = f"{name} has {frame.height:,} rows, more than a sheet holds; write it as csv"
            raise ConfigError(msg)


def _cut(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    longer = pl.all().str.len_chars() > _LONGEST
    counts = {name: int(sum(frame.select(longer.sum()).row(0))) for name, frame in tables.items()}
    return [
        f"{name}: {counted(count, 'cell')} cut after {_LONGEST:,} characters, which is all that a cell of a sheet holds"
        for name, count in counts.items()
        if count
    ]
