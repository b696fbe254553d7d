"""Reading: from a folder, zip or file of a return to typed tables, and notes on what was seen on the way.

Bad data is never an exception: a cell that cannot be read keeps its text and is noted. An `InputError` is raised only
where cells could not be put in their places, or where there is nothing to read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path

from returns903.errors import ConfigError, InputError
from returns903.reading.assemble import Assembly, Input, Read
from returns903.reading.notes import Note, notes_frame
from returns903.reading.raw import Seen
from returns903.reading.sources import InMemory, Source, sources_in
from returns903.reading.year import infer_year
from returns903.tables import TABLES
from returns903.words import printable

__all__ = ["InMemory", "Input", "Note", "Read", "infer_year", "notes_frame", "read_tables"]

CORE = ("Header", "Episodes")
"""The tables without which a return has not been checked."""

_STRANGERS = 5
"""So many files that hold nothing of the return are named where nothing at all is found."""


def read_tables(
    path: str | Path | InMemory,
    *,
    previous: bool = False,
    allow_missing: Collection[str] = (),
    assembled: Callable[[list[Note]], Assembly] = Assembly,
) -> Read:
    """Read a return from a folder, a zip file, or one CSV, XML, XLSX or Parquet file.

    Tables are recognised by their columns; names of files play no part. Files with rows of the same table are read
    one after the other, in the order of their names. What cannot be read is noted, and all else is read; the core
    tables are missed, too, where no file has a row of them and `allow_missing` does not name them. `previous` marks
    the notes as those of last year's return. `assembled` makes the assembly that the files are added to.

    Raises:
        InputError: the path cannot be opened, or no table at all could be read. The text names each file.
        ConfigError: the path is none, or the extra for Excel is not installed.
    """
    place = _place(path)
    with sources_in(place) as (sources, notes):
        assembly = assembled(notes)
        for source in sources:
            assembly.add(source, _reader(source))
    read = assembly.read()
    if not read.tables:
        raise _nothing_in(place, read.notes)
    read.notes += _core_missed(read, allow_missing)
    if previous:
        read.notes = [replace(note, previous=True) for note in read.notes]
        read.inputs = [replace(item, previous=True) for item in read.inputs]
    return read


def _reader(source: Source) -> Callable[[str, bytes], Seen]:
    from returns903.reading.csv_file import read_csv
    from returns903.reading.parquet_file import read_parquet
    from returns903.reading.xlsx_file import read_xlsx
    from returns903.reading.xml_file import read_xml

    readers = {".xml": read_xml, ".xlsx": read_xlsx, ".xlsm": read_xlsx, ".parquet": read_parquet}
    return readers.get(source.suffix, read_csv)


def _place(path: object) -> Path | InMemory:
    if isinstance(path, InMemory):
        return path
    if isinstance(path, str | PathLike) and isinstance(name := fspath(path), str) and name:
        return Path(name)
    what = "names nothing" if path == "" else f"is of type {type(path).__name__}"
    msg = f"the path of a return {what}; give that of a file or folder, as text"
    raise ConfigError(msg)


def _core_missed(read: Read, allow_missing: Collection[str]) -> Iterator[Note]:
    for name in CORE:
        has_rows = name in read.tables and not read.tables[name].is_empty()
        if has_rows or name in allow_missing or any(note.table == name for note in read.unread):
            continue
        looked = f"no table {name} was read; looked for the columns {', '.join(TABLES[name].columns())}"
        found = f"{name} has no rows" if name in read.tables else looked
        yield Note("not read", f"{found}. --allow-missing {name} says that it is meant to be absent", name)


def _nothing_in(path: Path | InMemory, notes: list[Note]) -> InputError:
    """Names each file that could not be read, and some of the strangers."""
    unread = [note for note in notes if note.kind == "not read"]
    others = [note for note in notes if note.kind in ("ignored file", "empty")]
    told = [*unread, *others[:_STRANGERS]]
    why = [f"{note.file}{f' line {note.line}' if note.line else ''}: {note.message}" for note in told]
    if len(why) == 1 and isinstance(path, Path) and path.is_file():
        return InputError(why[0].replace(": left out: ", ": "))
    looked = (
        f"{printable(path.name or str(path))}: no table of the return; looked for the columns of {', '.join(TABLES)}"
    )
    more = [f"and {len(others) - _STRANGERS} more"] if len(others) > _STRANGERS else []
    return InputError(". ".join([looked, *why, *more]).replace(": left out: ", ": "))
