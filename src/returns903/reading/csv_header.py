"""Where the header of a CSV file stands, and what parts its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from returns903.limits import HEADER_CHARACTERS, HEADER_ROWS
from returns903.reading.notes import Note, UnreadError
from returns903.reading.recognise import Found, NotFound, find_header, known_columns, table_of
from returns903.tables import Table
from returns903.words import counted

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_BLANK = b" \t\n,;|"
_EXCEL_HINT = re.compile(r"\s*sep=([^\w\s\"]|\t)[ \t]*\n", re.IGNORECASE)
OPEN_QUOTE = 'a quotation mark (") that is not closed, or is closed in mid-cell'
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
    """The rows, in UTF-8, each line with its end: without the last one, polars lets a delimiter too many pass."""

    @cached_property
    def lines(self) -> int:
        """How many lines the rows take."""
        return self.body.count(b"\n")

    @property
    def width(self) -> int:
        """The columns, with a name or without."""
        return len(self.headers)

    @property
    def needed(self) -> int:
        """The cells that a row must have: up to the last column with a name."""
        return max((n for n, header in enumerate(self.headers, 1) if header.strip()), default=0)


@dataclass(frozen=True)
class _Top:
    """The first lines of a file, from the first that is not blank."""

    file: str
    data: bytes
    """The file from there on."""
    line: int
    """The number of that line, from 1."""

    @cached_property
    def text(self) -> str:
        return self.data[: 4 * HEADER_CHARACTERS].decode(errors="ignore")[:HEADER_CHARACTERS]

    @property
    def is_cut(self) -> bool:
        return len(self.text) == HEADER_CHARACTERS

    def records(self, delimiter: str) -> Iterator[tuple[list[str], int]]:
        """What each of the first lines would be as a record, and the lines it takes: a title may open a quotation."""
        start = 0
        for _ in range(HEADER_ROWS):
            reader = csv.reader(io.StringIO(self.text[start:], newline=""), delimiter=delimiter)
            yield next(reader, []), reader.line_num
            start = self.text.find("\n", start) + 1
            if not 0 < start < len(self.text):
                return


def find_layout(file: str, data: bytes) -> tuple[Layout, list[Note]] | Note:
    """The layout of a CSV file in UTF-8, each line ended, with notes on what is unusual; or why it holds no table.

    Raises:
        UnreadError: it is empty, or is no CSV.
    """
    if not data.lstrip(_BLANK):
        raise UnreadError(file, "there is nothing in it")
    blank = data.rfind(b"\n", 0, len(data) - len(data.lstrip(_BLANK))) + 1
    top = _Top(file, data[blank:], data.count(b"\n", 0, blank) + 1)
    hint = _EXCEL_HINT.match(top.text)
    reasons: list[NotFound] = []
    for delimiter in [hint[1]] if hint else DELIMITERS:
        found = find_header(headers for headers, _ in top.records(delimiter))
        if isinstance(found, Found):
            layout = _layout(top, delimiter, found)
            return layout, list(_unusual(layout, hint is not None))
        reasons.append(found)
    return _none_in(top, reasons)


def _layout(top: _Top, delimiter: str, found: Found) -> Layout:
    headers, lines = next(record for at, record in enumerate(top.records(delimiter)) if at == found.at)
    line, end = top.line + found.at, 0
    for _ in range(found.at + lines):
        end = top.data.find(b"\n", end) + 1 or len(top.data)
    if top.is_cut and end > len(top.text.encode()):
        raise UnreadError(top.file, f"the header ends beyond the first {HEADER_CHARACTERS:,} characters", line)
    if lines > 1 and _has_taken_rows(headers, top.text.split("\n", found.at)[-1], delimiter):
        raise UnreadError(top.file, OPEN_QUOTE, line, found.table.name)
    return Layout(top.file, found.table, headers, delimiter, line, line + lines - 1, top.data[end:])


def _has_taken_rows(headers: list[str], text: str, delimiter: str) -> bool:
    """Whether a quotation that a header opens goes on into the rows. What stands in it is no name, and is not told."""
    try:
        next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return any("\n" in header and delimiter in header for header in headers)


def _unusual(layout: Layout, is_hinted: bool) -> Iterator[Note]:
    if layout.delimiter != ",":
        parted = DELIMITERS.get(layout.delimiter, "a character that its first line names")
        said = f"its cells are parted by {parted}, not commas; read all the same"
        yield Note("malformed", said, file=layout.file)
    if lines := layout.line - 1 - is_hinted:
        said = f"the header stands here; {counted(lines, 'line')} above it left out"
        yield Note("lines above", said, layout.table.name, file=layout.file, line=layout.line, count=lines)


def _none_in(top: _Top, reasons: list[NotFound]) -> Note:
    if what := _OTHER_TEXT.get(top.text.lstrip()[:1]):
        raise UnreadError(top.file, f"not CSV inside, but {what}")
    if top.is_cut and "\n" not in top.text:
        raise UnreadError(top.file, f"no line ends within the first {HEADER_CHARACTERS:,} characters")
    reason = min(reasons, key=lambda reason: reason.kind == "ignored file")
    lines = top.text.split("\n")[:HEADER_ROWS]
    if reason.kind == "not read":
        why = f"{OPEN_QUOTE}; {reason.why}" if _is_open(lines[reason.at]) else reason.why
        return Note("not read", why, reason.nearest, file=top.file, line=top.line + reason.at)
    for line, text in enumerate(lines, top.line):
        if table := _parted_otherwise(text):
            if _is_open(text):
                raise UnreadError(top.file, OPEN_QUOTE, line, table)
            said = f"names the columns of {table}, but its cells are not parted by {', '.join(DELIMITERS.values())}"
            raise UnreadError(top.file, said, line, table)
    return Note("ignored file", f"left out: {reason.why}", file=top.file)


def _is_open(line: str) -> bool:
    return line.count('"') % 2 == 1


def _parted_otherwise(text: str) -> str | None:
    """The table whose columns a line names, and little else, whatever stands between the names."""
    words = re.findall(r"\w+", text.upper())
    if not words or sum(word in known_columns() for word in words) < 0.75 * len(words):
        return None
    table = table_of({*words})
    return table.name if table else None
