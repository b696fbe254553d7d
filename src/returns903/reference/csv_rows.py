"""The rows of a CSV that is no return: a list, a directory, a published table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from returns903.errors import InputError


def csv_rows(name: str, lines: Iterable[str], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it begins.

    Args:
        name: what the file is called in messages.
        lines: its lines, with their line ends.
        delimiter: what parts the cells.

    Raises:
        InputError: a quotation mark is not closed or closed in mid-cell, or a cell is endless; the text names the line.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        why = 'a quotation mark (") that is not closed, or is closed in mid-cell, or an endless cell'
        msg = f"{name} line {line}: {why}"
        raise InputError(msg) from None
