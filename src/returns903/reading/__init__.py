"""Reading: from a folder, zip or file of a return to typed tables, and notes on what was seen on the way.

Bad data is never an exception: a cell that cannot be read keeps its text and is noted. An `InputError` is raised only
where cells could not be put in their places, or where there is nothing to read.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from returns903.errors import InputError
from returns903.reading.assemble import Input, Read, assemble
from returns903.reading.notes import Note, notes_frame
from returns903.reading.raw import Raw, Seen
from returns903.reading.sources import SUFFIXES, Source, find_sources
from returns903.reading.year import infer_year
from returns903.tables import TABLES

__all__ = ["Input", "Note", "Read", "infer_year", "notes_frame", "read_tables"]

_REASONS = 5


def read_tables(path: str | Path, *, previous: bool = False) -> Read:
    """Read a return from a folder, a zip file, or one CSV, XML, XLSX or Parquet file.

    Tables are recognised by their columns; names of files play no part. Files with rows of the same table are read
    one after the other, in the order of their names. `previous` marks the notes as those of last year's return.

    Raises:
        InputError: a file cannot be opened or is damaged, a row has too many or too few cells, a column stands twice,
            or there is no table of the return at all. The text names the file and the line.
        ConfigError: the extra for XML or for Excel is not installed.
    """
    sources, notes = find_sources(Path(path))
    raws: list[Raw] = []
    for source in sources:
        seen = _read(source)
        raws += seen.raws
        notes += seen.notes
    read = assemble(raws, notes, len(sources))
    if not read.tables:
        raise _nothing_in(Path(path), notes)
    if previous:
        read.notes = [replace(note, previous=True) for note in read.notes]
        read.inputs = [replace(item, previous=True) for item in read.inputs]
    return read


def _read(source: Source) -> Seen:
    from returns903.reading.csv_file import read_csv
    from returns903.reading.parquet_file import read_parquet
    from returns903.reading.xlsx_file import read_xlsx
    from returns903.reading.xml_file import read_xml

    readers = dict(zip(SUFFIXES, (read_csv, read_xml, read_xlsx, read_xlsx, read_parquet), strict=True))
    return readers[source.suffix](source.name, source.data())


def _nothing_in(path: Path, notes: list[Note]) -> InputError:
    told = [note for note in notes if note.kind in ("ignored file", "not read", "empty")]
    why = [f"{note.file}: {note.message.removeprefix('left out: ')}" for note in told]
    if len(why) == 1 and path.is_file():
        return InputError(why[0])
    looked = f"{path.name or path}: no table of the return; looked for the columns of {', '.join(TABLES)}"
    more = [f"and {len(why) - _REASONS} more"] if len(why) > _REASONS else []
    return InputError(". ".join([looked, *why[:_REASONS], *more]))
