"""A return written to a file or folder, and what the form could not carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, get_args

import polars as pl

from returns903.errors import ConfigError
from returns903.forms.carried import carried
from returns903.forms.folders import FILES, csv_files, parquet_files
from returns903.forms.workbook import workbook
from returns903.forms.xml_form import xml
from returns903.reading.handed_in import Frame, tables_of
from returns903.returns import Return
from returns903.tables import TABLES
from returns903.texts import as_texts
from returns903.words import printable
from returns903.writing import Outputs

Form = Literal["csv", "xml", "xlsx", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)
_FILES = {".xml": "xml", ".xlsx": "xlsx"}
"""The forms that are one file, by suffix."""
_OF_A_TABLE = (".csv", ".parquet")


def write_return(
    ret: Return | Mapping[str, Frame],
    path: str | Path,
    *,
    form: Form | None = None,
    force: bool = False,
    inputs: Iterable[str | Path] = (),
) -> list[str]:
    """Write the tables of a return so that `read_return` reads them again.

    Args:
        ret: the return, of which this year's tables are written; or frames by table name, as ``Return.from_frames``
            takes them. ``ret.previous`` is written by a call of its own.
        path: a file for XML and XLSX, a folder for CSV and Parquet, of which each table is a file.
        form: csv, xml, xlsx or parquet; as the suffix of the path says where it is not given, and csv without one.
        force: whether a file, or a folder of files of a return, may be replaced.
        inputs: what must not be replaced, such as the files that the return was read from.

    Every cell is text, as `read_return` keeps it; null is a blank. The year, the authority and last year's tables are
    no part of a file.

    Returns:
        What the form cannot carry or the reader would not keep, a line each, without any cell; nothing where all of
        it stands there.

    Raises:
        ConfigError: the form or the path makes no sense, or what is there must not be replaced.
        InputError: a frame cannot be used, or the path cannot be written to.
    """
    given = ret.tables if isinstance(ret, Return) else tables_of(ret)[0]
    tables = as_texts({name: given[name] for name in TABLES if name in given})
    return write_tables(tables, Path(path), form, Outputs(tuple(map(Path, inputs)), force=force))


def write_tables(tables: Mapping[str, pl.DataFrame], place: Path, form: str | None, outputs: Outputs) -> list[str]:
    """Write tables of text as `write_return` does, within what a run may write.

    Raises:
        ConfigError, InputError: as `write_return`.
    """
    chosen = check(place, form, outputs)
    written, said = content(tables, chosen)
    if isinstance(written, bytes):
        outputs.write_file(place, written, private=True)
    else:
        outputs.write_folder(place, written, FILES, private=True)
    return said


def check(place: Path, form: str | None, outputs: Outputs) -> Form:
    """Refuse a place before the work; the form that it is written in.

    Raises:
        ConfigError, InputError: as `write_return`.
    """
    chosen = _form(place, form)
    if chosen in _FILES.values():
        outputs.check_file(place)
    else:
        outputs.check_folder(place, FILES)
    return chosen


def content(tables: Mapping[str, pl.DataFrame], form: Form) -> tuple[bytes | dict[str, bytes], list[str]]:
    """What is written of tables of text, a folder as its files by name, and a line for each thing it cannot carry."""
    kept, said = carried(tables, form)
    written, more = _content(kept, form)
    return written, [*said, *more]


def files_within(name: str, tables: Mapping[str, pl.DataFrame], form: Form) -> tuple[dict[str, bytes], list[str]]:
    """What `content` makes, as files of a folder in which the return is called so, and the same lines."""
    written, said = content(tables, form)
    if isinstance(written, bytes):
        return {f"{name}.{form}": written}, said
    return {f"{name}/{file}": text for file, text in written.items()}, said


def names_within(name: str) -> frozenset[str]:
    """Every name that `files_within` may give a file."""
    return frozenset({f"{name}{suffix}" for suffix in _FILES} | {f"{name}/{file}" for file in FILES})


def _content(tables: dict[str, pl.DataFrame], form: Form) -> tuple[bytes | dict[str, bytes], list[str]]:
    if form == "xml":
        return xml(tables)
    if form == "xlsx":
        return workbook(tables)
    return csv_files(tables) if form == "csv" else parquet_files(tables), []


def _form(place: Path, form: str | None) -> Form:
    if form is not None and form not in FORMS:
        msg = f"{printable(str(form))!r} is no form of a return; the forms are {', '.join(FORMS)} (form=)"
        raise ConfigError(msg)
    suffix = place.suffix.lower()
    is_file = _FILES.get(suffix)
    chosen = next(known for known in FORMS if known == (form or is_file or "csv"))
    if suffix in _OF_A_TABLE or is_file != (chosen if chosen in _FILES.values() else None):
        msg = f"{printable(place.name)}: name a folder for csv and parquet, and a file .xml or .xlsx for these two"
        raise ConfigError(msg)
    return chosen
