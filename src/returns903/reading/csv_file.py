"""CSV files. The bytes are looked at first, because a CSV parser reads many wrong things in silence.

Files with as many plain or quoted cells in every line as in the header, as nearly all are, are parsed by polars from
their bytes, once. Any others go through the standard library's parser, record by record.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl

from returns903.reading.csv_header import Layout, find_layout
from returns903.reading.csv_records import read_records
from returns903.reading.encoding import utf_8
from returns903.reading.notes import Note
from returns903.reading.raw import LINE, Raw, Seen, cells_frame


def read_csv(file: str, data: bytes) -> Seen:
    """The table of a CSV file.

    Raises:
        UnreadError: the bytes are no text, or no CSV.
    """
    text, notes = utf_8(file, data)
    found = find_layout(file, _ended(text))
    if isinstance(found, Note):
        return Seen(notes=[*notes, found])
    layout, unusual = found
    if not file.lower().endswith(".csv"):
        notes.append(Note("malformed", "not named .csv, but CSV inside; read all the same", file=file))
    raw = Raw(file, layout.headers, partial(_cells, layout), rows=layout.lines, plain=_is_plain(layout))
    return Seen([raw], [*notes, *unusual])


def _ended(text: bytes) -> bytes:
    """The text with one end of line at its end, and no blank lines or 1A, which ends a text file in DOS."""
    is_ended = text.endswith(b"\n") and text[-2:-1] not in b"\n\x1a"
    return text if is_ended else text.rstrip(b"\n\x1a") + b"\n"  # which copies it


def _is_plain(layout: Layout) -> bool:
    """Whether no cell has a small letter, a blank at its edge, or only quotation marks."""
    body = layout.body
    if b'"' in body and b'""' in body:  # a single byte is looked for faster
        return False
    odd = [blank for blank in (b"\t", b"\v", b"\f") if blank in body and blank != layout.delimiter.encode()]
    if odd or not body.isascii() or not body.isupper():
        return False
    edge = rf'[\n"\x{ord(layout.delimiter):02x}]'
    whole = pl.Series([body]).cast(pl.String)
    return b" " not in body or not (body.startswith(b" ") or whole.str.contains(f"{edge} | {edge}").item())


def _cells(layout: Layout, notes: list[Note]) -> pl.DataFrame:
    if not layout.body:
        return cells_frame([pl.Series(dtype=pl.String)] * layout.width, pl.Series(dtype=pl.UInt32))
    at_once = _at_once(layout)
    return read_records(layout, notes) if at_once is None else at_once


def _at_once(layout: Layout) -> pl.DataFrame | None:
    """The rows where each line is a record with the header's number of cells, else None.

    The parser refuses longer rows but fills up shorter ones in silence: none is short where the delimiters in all are
    as many as they should be.
    """
    rows = layout.lines
    try:
        if layout.width < 2 or _delimiters(layout) != rows * (layout.width - 1):
            return None
        frame = _parsed(
            layout.body, layout.delimiter, layout.width, row_index_name=LINE, row_index_offset=layout.above + 1
        )
    except pl.exceptions.PolarsError:
        return None
    return frame if frame.height == rows else None


def _parsed(data: bytes, delimiter: str, width: int, **more: Any) -> pl.DataFrame:
    schema = {str(n): pl.String for n in range(width)}
    return pl.read_csv(data, has_header=False, schema=schema, infer_schema=False, separator=delimiter, **more)


def _delimiters(layout: Layout) -> int | None:
    """How many delimiters part cells; None where a quotation mark is not at the edge of a cell, or is left open."""
    delimiters = layout.body.count(layout.delimiter.encode())
    if b'"' not in layout.body:
        return delimiters
    lines = _parsed(layout.body, "\x1f", 1, quote_char=None).to_series()
    quoted = lines.filter(lines.str.contains('"', literal=True))
    parted = rf"\x{ord(layout.delimiter):02x}"
    cell = rf'(?:"[^"]*"|[^"{parted}]*)'
    if not quoted.str.contains(f"^{cell}(?:{parted}{cell})*$").all():
        return None
    inside = quoted.str.count_matches(parted) - quoted.str.replace_all('"[^"]*"', "").str.count_matches(parted)
    return delimiters - int(inside.sum())
