"""Excel workbooks: each sheet may hold a table."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from returns903.errors import ConfigError, InputError, told_as
from returns903.limits import UNPACKED_BYTES
from returns903.reading.notes import Note
from returns903.reading.raw import LINE, Raw, Seen
from returns903.words import heading

if TYPE_CHECKING:
    import fastexcel

_DATE_CELL = r"^([0-9]{4})-([0-9]{2})-([0-9]{2}) [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?$"
"""How a cell that Excel keeps as a date comes out as text. It names one day only, whoever wrote it."""


def read_xlsx(file: str, data: bytes) -> Seen:
    """The tables of a workbook, one for each sheet with cells; headers stand in the first row that is not blank.

    Raises:
        InputError: the bytes are no workbook.
        ConfigError: the extra `excel` is not installed.
    """
    seen = Seen()
    for sheet, cells in _sheets(file, data):
        name = f"{file} [{heading(sheet)}]"
        filled = cells.with_row_index(LINE, offset=1).filter(pl.any_horizontal(pl.all().exclude(LINE).is_not_null()))
        if filled.is_empty():
            seen.notes.append(Note("empty", "there is nothing in it", file=name))
            continue
        headers = [cell or "" for cell in filled.drop(LINE).row(0)]
        seen.raws.append(Raw(name, headers, partial(_cells, cells, int(filled[LINE][0]))))
    return seen


def _sheets(file: str, data: bytes) -> list[tuple[str, pl.DataFrame]]:
    try:
        import fastexcel
    except ImportError:
        msg = f"{file}: reading workbooks takes a further package: pip install 'returns903[excel]'"
        raise ConfigError(msg) from None
    _check_size(file, data)
    with told_as(_no_workbook(file)):
        workbook = fastexcel.read_excel(data)
        return [(name, _as_text(workbook, name)) for name in workbook.sheet_names]


def _check_size(file: str, data: bytes) -> None:
    with told_as(_no_workbook(file)), zipfile.ZipFile(io.BytesIO(data)) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > UNPACKED_BYTES:
        msg = f"{file}: unpacks to more than 2 GiB, which no return does"
        raise InputError(msg)


def _no_workbook(file: str) -> InputError:
    return InputError(f"{file}: not an Excel workbook (.xlsx), or damaged, or protected by a password")


def _as_text(workbook: fastexcel.ExcelReader, sheet: str) -> pl.DataFrame:
    loaded = workbook.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    return loaded.to_polars().select(pl.all().str.replace(_DATE_CELL, "$3/$2/$1"))


def _cells(cells: pl.DataFrame, header_line: int, _notes: list[Note]) -> pl.DataFrame:
    """The rows under the headers, blank ones too, so that lines stay true."""
    named = cells.rename({name: str(n) for n, name in enumerate(cells.columns)})
    return named.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(LINE)).slice(header_line)
