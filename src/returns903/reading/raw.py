"""What a format reader hands over: headers and cells as they stand in the file, before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from returns903.reading.notes import Note
from returns903.tables import Table

LINE, FILE = "line", "file"


@dataclass(frozen=True)
class Raw:
    """One table-shaped part of a file: a CSV file, a sheet of a workbook, one kind of element of an XML return."""

    file: str
    """The name to show: `episodes.csv`, `return.zip/episodes.csv`, `return.xlsx [Episodes]`."""
    headers: list[str]
    """The column names as the file has them."""
    cells: Callable[[list[Note]], pl.DataFrame]
    """The cells, in columns "0", "1", ... for the headers, and `line`; also `file`, where lines do not tell rows apart
    and each has a place of its own. Called once the table is recognised, so that a stranger in the folder is never
    parsed; what is seen on the way is added to the list of notes."""
    table: Table | None = None
    """The table, where the format says so itself."""
    brings: tuple[str, ...] = ()
    """Derived columns that the format has by right: the asylum flag of XML."""
    rows: int = 0
    """How many rows there are at most, where that is known before they are parsed."""
    plain: bool = False
    """Whether the bytes show that no cell has a small letter, a blank at its edge, or only quotation marks."""


@dataclass
class Seen:
    """What a reader found in one file."""

    raws: list[Raw] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def cells_frame(columns: list[pl.Series], lines: pl.Series) -> pl.DataFrame:
    """A frame of cells as `Raw.cells` returns it."""
    return pl.DataFrame([column.alias(str(n)) for n, column in enumerate(columns)] + [lines.alias(LINE)])
