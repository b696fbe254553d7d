"""CSV files. The bytes and the header are looked at first, because a CSV parser reads many wrong things in silence.

Files with as many plain or quoted cells in every line as in the header, as nearly all are, are parsed by polars. Any
others go through the standard library's parser, which knows the line that each record starts on.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import partial

import polars as pl

from returns903.errors import InputError
from returns903.reading.encoding import decode
from returns903.reading.notes import Note
from returns903.reading.raw import LINE, Raw, Seen, cells_frame
from returns903.reading.recognise import known_columns, normal_header
from returns903.words import counted

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_BLANK_LINES = re.compile(r"(?:[ \xa0]*\n)*")
_EXCEL_HINT = re.compile(r"(?:sep=([,;\t|])\n)?", re.IGNORECASE)
_SHOWN = 5
"""So many faulty lines are named; more would not be read."""


@dataclass(frozen=True)
class _Layout:
    file: str
    text: str
    headers: list[str]
    delimiter: str
    body: int
    """Where the rows start in the text."""
    lines_above: int
    """The lines before them, the header's among them."""

    @property
    def width(self) -> int:
        return len(self.headers)

    @property
    def needed(self) -> int:
        """The cells that a row must have: up to the last column with a name."""
        return max((n for n, header in enumerate(self.headers, 1) if header.strip()), default=0)


def read_csv(file: str, data: bytes) -> Seen:
    """The table of a CSV file.

    Raises:
        InputError: the bytes are no text.
    """
    text, notes = decode(file, data)
    text = text.rstrip("\n\x1a")  # 1A ends a text file in DOS
    layout = _layout(file, text)
    if not layout.needed:
        return Seen(notes=[*notes, Note("empty", "there is nothing in it", file=file)])
    if layout.delimiter != ",":
        said = f"its cells are parted by {_DELIMITERS[layout.delimiter]}, not commas; read all the same"
        notes.append(Note("malformed", said, file=file))
    return Seen([Raw(file, layout.headers, partial(_cells, layout))], notes)


def _layout(file: str, text: str) -> _Layout:
    start = _BLANK_LINES.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    hint = _EXCEL_HINT.match(text, start)
    delimiters = [hint[1]] if hint and hint[1] else list(_DELIMITERS)
    start = hint.end() if hint else start
    read = {delimiter: _header(text, start, delimiter) for delimiter in delimiters}
    # The delimiter is the one by which the header names columns of the return; a comma where none does.
    best = max(read, key=lambda d: sum(normal_header(h) in known_columns() for h in read[d][0]))
    headers, lines = read[best]
    body = start
    for _ in range(lines):
        body = text.find("\n", body) + 1 or len(text) + 1
    return _Layout(file, text, headers, best, body, text.count("\n", 0, start) + lines)


def _header(text: str, start: int, delimiter: str) -> tuple[list[str], int]:
    reader = csv.reader(io.StringIO(text[start : start + 100_000], newline=""), delimiter=delimiter)
    return next(reader, []), reader.line_num


def _cells(layout: _Layout, notes: list[Note]) -> pl.DataFrame:
    body = layout.text[layout.body :]
    if not body:
        return cells_frame([pl.Series(dtype=pl.String)] * layout.width, pl.Series(dtype=pl.UInt32))
    if _is_regular(body, layout):
        schema = {str(n): pl.String for n in range(layout.width)}
        frame = pl.read_csv(
            body.encode(),
            has_header=False,
            schema=schema,
            infer_schema=False,
            separator=layout.delimiter,
            empty_string_is_null=False,
        )
        return frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(LINE) + layout.lines_above + 1)
    return _record_by_record(body, layout, notes)


def _is_regular(body: str, layout: _Layout) -> bool:
    """Whether each line is one record, with the header's number of cells and every quotation mark in its place."""
    delimiter = layout.delimiter
    cell = f'(?:"[^"]*"|[^"{delimiter}]*)'
    record = f"^{cell}(?:[{delimiter}]{cell}){{{layout.width - 1}}}$"
    return layout.width > 1 and pl.Series(body.split("\n"), dtype=pl.String).str.contains(record).all()


def _record_by_record(body: str, layout: _Layout, notes: list[Note]) -> pl.DataFrame:
    records = _Records(layout)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=layout.delimiter, strict=True)
    line = layout.lines_above + 1
    try:
        for cells in reader:
            records.add(cells, line)
            line = layout.lines_above + reader.line_num + 1
    except csv.Error:
        msg = f'{layout.file} line {line}: a quotation mark (") that is not closed, or is closed in mid-cell'
        raise InputError(msg) from None
    records.complain()
    notes += records.notes()
    columns = [pl.Series(column, dtype=pl.String) for column in zip(*records.rows, strict=True)]
    columns = columns or [pl.Series(dtype=pl.String)] * layout.width
    return cells_frame(columns, pl.Series(records.lines, dtype=pl.UInt32))


class _Records:
    """The records of a file in which something is out of the ordinary."""

    def __init__(self, layout: _Layout) -> None:
        self.layout = layout
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self.short_or_long: list[tuple[int, int]] = []
        self.trailing: list[int] = []
        self.quotes: list[int] = []

    def add(self, cells: list[str], line: int) -> None:
        width, count = self.layout.width, len(cells)
        if not any(cell.strip() for cell in cells):
            if count <= 1:
                return  # an empty line is no row
            cells, count = (
                [""] * width,
                width,
            )  # a row of blank cells: left out, and counted, with those of other formats
        if count < self.layout.needed or any(cell.strip() for cell in cells[width:]):
            self.short_or_long.append((line, count))
            return
        if count > width:
            self.trailing.append(line)
        if any('"' in cell for cell in cells):
            self.quotes.append(line)
        self.rows.append((cells + [""] * (width - count))[:width])
        self.lines.append(line)

    def complain(self) -> None:
        """Cells of a row with too many or too few cannot be told apart: a missing one may be any of them."""
        if not self.short_or_long:
            return
        named = "; ".join(f"line {line} has {counted(n, 'cell')}" for line, n in self.short_or_long[:_SHOWN])
        more = len(self.short_or_long) - _SHOWN
        rest = f"; and {counted(more, 'more line')}" if more > 0 else ""
        msg = f"{self.layout.file}: the header has {counted(self.layout.needed, 'column')}, but {named}{rest}"
        raise InputError(msg)

    def notes(self) -> list[Note]:
        file = self.layout.file
        said = {
            "end in empty cells beyond the last column; these were dropped": self.trailing,
            "hold a quotation mark inside a cell; it was kept": self.quotes,
        }
        return [
            Note("malformed", f"{counted(len(lines), 'line')} {what}", file=file, line=lines[0], count=len(lines))
            for what, lines in said.items()
            if lines
        ]
