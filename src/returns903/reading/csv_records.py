"""CSV record by record, for files in which something is out of the ordinary: it knows the line of each record."""

from __future__ import annotations

import csv
import io

import polars as pl

from returns903.reading.csv_header import OPEN_QUOTE, Layout
from returns903.reading.notes import Note, UnreadError
from returns903.reading.raw import cells_frame
from returns903.words import counted

_SHOWN = 5
"""So many faulty lines are named; more would not be read."""
_AT_ONCE = 10_000
"""So many rows are kept as Python's own lists of texts."""


def read_records(layout: Layout, notes: list[Note]) -> pl.DataFrame:
    """The cells of the rows and the line that each starts on.

    Raises:
        UnreadError: a quotation mark is out of place, or rows have too many or too few cells.
    """
    records = _Records(layout)
    text = io.TextIOWrapper(
        io.BytesIO(layout.body), "utf-8", newline=""
    )  # a text as a whole takes four times its bytes
    reader = csv.reader(text, delimiter=layout.delimiter, strict=True)
    line = layout.above + 1
    try:
        for cells in reader:
            records.add(cells, line)
            line = layout.above + reader.line_num + 1
    except csv.Error:
        raise UnreadError(layout.file, OPEN_QUOTE, line, layout.table.name) from None
    records.complain()
    notes += records.notes()
    return records.frame()


class _Records:
    """The records read so far."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.parts: list[pl.DataFrame] = []
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self.short_or_long: list[tuple[int, int]] = []
        self.trailing: list[int] = []
        self.quotes: list[int] = []

    def add(self, cells: list[str], line: int) -> None:
        width, needed, count = self.layout.width, self.layout.needed, len(cells)
        if not any(cell.strip() for cell in cells):
            if count <= 1:
                return  # an empty line is no row
            cells, count = [""] * width, width  # a row of blank cells: left out, and counted, with those of other forms
        if count < needed or any(cell.strip() for cell in cells[width:]):
            self.short_or_long.append((line, count))
            return
        if count > width:
            self.trailing.append(line)
        if any('"' in cell for cell in cells):
            self.quotes.append(line)
        self.rows.append((cells + [""] * (width - count))[:width])
        self.lines.append(line)
        if len(self.rows) == _AT_ONCE:
            self._put_away()

    def _put_away(self) -> None:
        """Make a frame of the rows kept so far, which takes a tenth of the memory."""
        columns = [
            pl.Series([cell or None for cell in cells], dtype=pl.String) for cells in zip(*self.rows, strict=True)
        ]
        columns = columns or [pl.Series(dtype=pl.String)] * self.layout.width
        self.parts.append(cells_frame(columns, pl.Series(self.lines, dtype=pl.UInt32)))
        self.rows, self.lines = [], []

    def frame(self) -> pl.DataFrame:
        """The cells of all rows, and the line that each starts on."""
        if self.rows or not self.parts:
            self._put_away()
        return pl.concat(self.parts)

    def complain(self) -> None:
        """Cells of a row with too many or too few cannot be told apart: a missing one may be any of them."""
        if not self.short_or_long:
            return
        named = "; ".join(f"line {line} has {counted(n, 'cell')}" for line, n in self.short_or_long[:_SHOWN])
        more = len(self.short_or_long) - _SHOWN
        rest = f"; and {counted(more, 'more line')}" if more > 0 else ""
        said = f"the header has {counted(self.layout.needed, 'column')}, but {named}{rest}"
        raise UnreadError(self.layout.file, said, table=self.layout.table.name)

    def notes(self) -> list[Note]:
        """What was put right."""
        said = {
            "end in empty cells beyond the last column; these were dropped": self.trailing,
            "hold a quotation mark inside a cell; it was kept": self.quotes,
        }
        return [
            Note(
                "malformed",
                f"{counted(len(lines), 'line')} {what}",
                file=self.layout.file,
                line=lines[0],
                count=len(lines),
            )
            for what, lines in said.items()
            if lines
        ]
