"""Excel workbooks: each sheet may hold a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from returns903.limits import COLUMNS_NAMED, HEADER_ROWS
from returns903.reading.notes import Note
from returns903.reading.raw import LINE, Raw, Seen
from returns903.reading.recognise import NotFound, find_header
from returns903.reading.sheet_xml import Place, letters, named
from returns903.reading.workbooks import Sheet, read_workbook
from returns903.words import counted


def read_xlsx(file: str, data: bytes) -> Seen:
    """The tables of a workbook: one for each sheet with a header, which may stand below titles.

    Raises:
        UnreadError: the bytes are no workbook.
        ConfigError: the extra `excel` is not installed.
    """
    sheets, unread = read_workbook(file, data)
    seen = Seen(notes=[error.note for error in unread])
    for sheet in sheets:
        seen.notes += _unusual(sheet)
        raw, said = _table(sheet)
        seen.raws += [raw] if raw else []
        seen.notes += said
    return seen


def _unusual(sheet: Sheet) -> Iterator[Note]:
    """Notes on a hidden sheet, and on cells that read as blank though something stands in them."""
    if sheet.is_hidden:
        yield Note("hidden sheet", "the sheet is hidden; it is looked at like any other", file=sheet.place)
    if cells := sheet.blanks.unvalued:
        formulas = counted(len(cells), "formula whose value was", "formulas whose values were")
        yield _blank(sheet, cells, f"{formulas} never worked out; open the workbook in Excel and save it")
    if cells := sheet.blanks.errors:
        yield _blank(sheet, cells, f"{counted(len(cells), 'cell')} with an error such as #N/A")


def _blank(sheet: Sheet, cells: list[Place], what: str) -> Note:
    columns = sorted({column for _, column in cells})
    within = f"column{'s' * (len(columns) > 1)} {', '.join(map(letters, columns[:COLUMNS_NAMED]))}"
    said = f"read as blank: {what} (first {named(cells[0])}, {within})"
    return Note("no value", said, file=sheet.place, line=cells[0][0], count=len(cells))


def _table(sheet: Sheet) -> tuple[Raw | None, list[Note]]:
    """The rows below the header, with a note on titles above it; or why the sheet holds no table."""
    cells = sheet.cells
    if all(cells[name].null_count() == cells.height for name in cells.columns):
        return None, [Note("empty", "there is nothing in it", file=sheet.place)]
    top = [[cell or "" for cell in row] for row in cells.head(HEADER_ROWS).rows()]
    found = find_header(top)
    if isinstance(found, NotFound):
        line = found.at + 1 if found.kind == "not read" else None
        return None, [Note(found.kind, f"left out: {found.why}", found.nearest, file=sheet.place, line=line)]
    raw = Raw(sheet.place, top[found.at], partial(_below, cells, found.at), rows=cells.height - found.at - 1)
    titles = sum(any(row) for row in top[: found.at])
    if not titles:
        return raw, []
    said = f"the header stands here; {counted(titles, 'row')} above it left out"
    return raw, [Note("lines above", said, found.table.name, file=sheet.place, line=found.at + 1, count=titles)]


def _below(cells: pl.DataFrame, header: int, _notes: list[Note]) -> pl.DataFrame:
    """The rows under the header, blank ones too, so that lines stay true."""
    named = cells.rename({name: str(n) for n, name in enumerate(cells.columns)})
    return named.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(LINE)).slice(header + 1)
