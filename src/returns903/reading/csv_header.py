"""Where the header of a CSV file stands, and what parts its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from returns903.limits import HEADER_CHARACTERS, HEADER_ROWS
from returns903.reading.notes import Note, UnreadError
from returns903.reading.recognise import Found, NotFound, find_header, recognise
from returns903.tables import Table
from returns903.words import counted

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_EXCEL_HINT = re.compile(r"\s*sep=([^\w\s\"]|\t)[ \t]*\n", re.IGNORECASE)
_WORDS = 200
"""A line of more words is no header of one table."""
_OTHER_TEXT = {"<": "HTML or XML", "{": "JSON", "[": "JSON"}

csv.field_size_limit(2**31 - 1)  # a long cell is no fault, and a file is no larger than our own limit


@dataclass(frozen=True)
class Layout:
    """How a CSV file is laid out."""

    file: str
    table: Table
    headers: list[str]
    delimiter: str
    line: int
    """The line that the header stands on, from 1."""
    above: int
    """The lines before the rows, the header's among them."""
    body: bytes
    """The rows, in UTF-8."""

    @property
    def width(self) -> int:
        """The columns, with a name or without."""
        return len(self.headers)

    @property
    def needed(self) -> int:
        """The cells that a row must have: up to the last column with a name."""
        return max((n for n, header in enumerate(self.headers, 1) if header.strip()), default=0)


def find_layout(file: str, data: bytes) -> tuple[Layout, list[Note]] | Note:
    """The layout of a CSV file in UTF-8, with notes on what is unusual in it; or why it holds no table.

    Raises:
        UnreadError: it is empty, or is no CSV.
    """
    if not data.strip(b" \t\n,;|"):
        raise UnreadError(file, "there is nothing in it")
    top = data[: 4 * HEADER_CHARACTERS].decode(errors="ignore")[:HEADER_CHARACTERS]
    hint = _EXCEL_HINT.match(top)
    reasons: list[NotFound] = []
    for delimiter in [hint[1]] if hint else DELIMITERS:
        found = find_header(headers for headers, _ in _records(top, delimiter))
        if isinstance(found, Found):
            layout = _layout(file, data, top, delimiter, found)
            return layout, list(_unusual(layout, hint is not None))
        reasons.append(found)
    return _none_in(file, data, top, reasons)


def _starts(top: str) -> Iterator[int]:
    start = 0
    for _ in range(HEADER_ROWS):
        yield start
        start = top.find("\n", start) + 1
        if not start:
            return


def _records(top: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """What each of the first lines would be as a record, and the lines it takes: a title may open a quotation."""
    for start in _starts(top):
        reader = csv.reader(io.StringIO(top[start:], newline=""), delimiter=delimiter)
        yield next(reader, []), reader.line_num


def _layout(file: str, data: bytes, top: str, delimiter: str, found: Found) -> Layout:
    headers, lines = next(record for at, record in enumerate(_records(top, delimiter)) if at == found.at)
    line = found.at + 1
    above = found.at + lines
    end = 0
    for _ in range(above):
        end = data.find(b"\n", end) + 1 or len(data)
    if len(top) == HEADER_CHARACTERS and end > len(top.encode()):
        raise UnreadError(file, f"the header ends beyond the first {HEADER_CHARACTERS:,} characters", line)
    return Layout(file, found.table, headers, delimiter, line, above, data[end:])


def _unusual(layout: Layout, is_hinted: bool) -> Iterator[Note]:
    if layout.delimiter != ",":
        parted = DELIMITERS.get(layout.delimiter, "a character that its first line names")
        said = f"its cells are parted by {parted}, not commas; read all the same"
        yield Note("malformed", said, file=layout.file)
    if lines := layout.line - 1 - is_hinted:
        said = f"the header stands here; {counted(lines, 'line')} above it left out"
        yield Note("lines above", said, layout.table.name, file=layout.file, line=layout.line, count=lines)


def _none_in(file: str, data: bytes, top: str, reasons: list[NotFound]) -> Note:
    if what := _OTHER_TEXT.get(top.lstrip()[:1]):
        raise UnreadError(file, f"not CSV inside, but {what}")
    if "\n" not in top and len(top) == HEADER_CHARACTERS:
        raise UnreadError(file, f"no line ends within the first {HEADER_CHARACTERS:,} characters")
    for line, text in enumerate(top.split("\n")[:HEADER_ROWS], 1):
        if table := _parted_otherwise(text):
            said = f"names the columns of {table}, but its cells are not parted by {', '.join(DELIMITERS.values())}"
            raise UnreadError(file, said, line, table)
    reason = min(reasons, key=lambda reason: reason.kind == "ignored file")
    place = reason.at + 1 if reason.kind == "not read" else None
    return Note(reason.kind, f"left out: {reason.why}", reason.nearest, file=file, line=place)


def _parted_otherwise(text: str) -> str | None:
    """The table whose columns a line names, and little else, whatever stands between the names."""
    words = re.findall(r"\w+", text.upper())
    table = recognise(words) if len(words) < _WORDS else None
    known = isinstance(table, Table) and sum(word in table.columns() for word in words)
    return table.name if isinstance(table, Table) and known >= 0.75 * len(words) else None
