"""The returns of a batch: those of a folder, the rows of a list, or what is handed in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from returns903.errors import ConfigError, InputError
from returns903.limits import BATCH_LIST_BYTES, BATCH_RETURNS
from returns903.reading.bounded import bounded_bytes
from returns903.reading.sources import SUFFIXES
from returns903.reference import authorities
from returns903.words import printable
from returns903.writing import LITTER
from returns903.years import Year

FILES = (*(suffix for suffix in SUFFIXES if suffix != ".csv"), ".zip")
"""Endings of files that are a whole return; CSV files are one together, in a folder."""
COLUMNS = ("name", "path", "previous", "authority", "providers", "postcodes", "year")
"""The columns that a list may have."""
PLACES = ("path", "previous", "providers", "postcodes")
"""Those that name a file or folder."""
_NAME = re.compile(r"[^\W_][\w .,&'()+-]*")
_NAME_LENGTH = 100
Returns = str | Path | Iterable[str | Path | Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Job:
    """One return of a batch, by the names of what it is read from."""

    name: str
    """By which it is known: its folder in the dataset is called so."""
    path: str
    previous: str | None = None
    authority: str | None = None
    """The ONS code of the authority making the return."""
    providers: str | None = None
    postcodes: str | None = None
    year: str | None = None

    @property
    def places(self) -> dict[str, Path]:
        """The files and folders that it is read from, by column."""
        return {name: Path(found) for name in PLACES if (found := getattr(self, name)) is not None}

    @property
    def given(self) -> dict[str, Any]:
        """What `read_return` takes of it."""
        of_all = ("path", "year", "previous", "providers", "postcodes")
        return {name: getattr(self, name) for name in of_all} | {"local_authority": self.authority}


def jobs_of(returns: Returns, **others: Any) -> list[Job]:
    """The returns of a batch, in the order in which they are named.

    Args:
        returns: a folder of returns, a list of them as CSV, or paths and mappings with the columns of a list.
        others: what holds for every return that does not say otherwise: `providers`, `postcodes`, `year`; and
            `previous`, a folder in which last year's returns lie under the same names.

    Raises:
        InputError: the folder or list cannot be read.
        ConfigError: there is no return, two have one name, or a row makes no sense; the text names the line.
    """
    rows = _rows(returns)
    found = [_job(where, row, others) for where, row in islice(rows, BATCH_RETURNS + 1)]
    if len(found) > BATCH_RETURNS:
        msg = f"there are more than {BATCH_RETURNS:,} returns: split them into several batches"
        raise ConfigError(msg)
    if not found:
        msg = "there is no return: name a folder that holds a folder or file per return, or a list of them"
        raise ConfigError(msg)
    _refuse_twins(found)
    return found


def _rows(returns: Returns) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is said of each return, and where it is said."""
    if isinstance(returns, str | Path):
        place = Path(returns)
        yield from _in_folder(place) if place.is_dir() else _in_list(place)
        return
    for number, each in enumerate(returns, 1):
        row = dict(each) if isinstance(each, Mapping) else {"path": each}
        if unknown := [name for name in row if name not in COLUMNS]:
            msg = f"return {number} has {unknown[0]!r}, which is none of {', '.join(COLUMNS)}"
            raise ConfigError(msg)
        yield f"return {number}", row


def _in_folder(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        items = sorted(item for item in folder.iterdir() if item.name not in LITTER and not item.name.startswith("."))
    except OSError as error:
        msg = f"{printable(str(folder))} cannot be read: {error.strerror}"
        raise InputError(msg) from None
    strangers = [item.name for item in items if not item.is_dir() and item.suffix.lower() not in FILES]
    if strangers:
        msg = (
            f"{printable(folder.name or str(folder))} holds {printable(strangers[0])}, which is no return: a batch is "
            f"a folder with a folder, {', '.join(FILES)} for each return and nothing else, or a list as CSV"
        )
        raise ConfigError(msg)
    for item in items:
        name = item.name if item.is_dir() else item.stem
        yield printable(item.name), {"name": name, "path": item, "authority": authorities.find(name)}


def _in_list(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a list; paths in it are as seen from its folder."""
    name = printable(file.name)
    try:
        text = bounded_bytes(file, BATCH_LIST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        msg = f"{name}: not written in UTF-8"
        raise InputError(msg) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        _refuse_columns(name, columns)
        reader.fieldnames = columns
        for row in reader:
            where = f"{name} line {reader.line_num}"
            if None in row or None in row.values():
                msg = f"{where}: it has not as many cells as the header"
                raise InputError(msg)
            said = {column: cell.strip() for column, cell in row.items() if cell.strip()}
            if said:
                yield where, said | {column: file.parent / said[column] for column in PLACES if column in said}
    except csv.Error:
        msg = f"{name} line {reader.reader.line_num}: not CSV: a quotation mark stands where none can"
        raise InputError(msg) from None


def _refuse_columns(name: str, columns: list[str]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    twice = [column for column in columns if columns.count(column) > 1]
    if unknown or twice or "path" not in columns:
        why = f"{printable(unknown[0])!r} is none" if unknown else f"{twice[0]} stands twice" if twice else "no path"
        msg = f"{name} line 1: a list of returns has the columns {', '.join(COLUMNS)}, at least path: {why}"
        raise ConfigError(msg)


def _job(where: str, row: Mapping[str, Any], others: Mapping[str, Any]) -> Job:
    said = {name: str(value) for name, value in {**others, **row}.items() if value is not None and str(value)}
    if "path" not in said:
        msg = f"{where}: it names no path"
        raise ConfigError(msg)
    path = Path(said["path"])
    said.setdefault("name", path.stem if path.suffix.lower() in FILES else path.name)
    if not _NAME.fullmatch(said["name"]) or len(said["name"]) > _NAME_LENGTH or said["name"].endswith((" ", ".")):
        msg = f"{where}: a name of a return begins with a letter or figure and holds no more than those and blanks, "
        msg += f". , & ' ( ) + - _; up to {_NAME_LENGTH} in all: give one in a list, in the column name"
        raise ConfigError(msg)
    if row.get("previous") is None and others.get("previous") is not None:
        said["previous"] = str(_same_in(Path(others["previous"]), path, where))
    try:
        said |= {"year": Year(said["year"]).label} if "year" in said else {}
        said |= {"authority": str(authorities.code(said["authority"]))} if "authority" in said else {}
    except ConfigError as error:
        msg = f"{where}: {error}"
        raise ConfigError(msg) from None
    return Job(**said)


def _same_in(folder: Path, path: Path, where: str) -> Path:
    """Last year's return under the same name; where there is none, the name of this one, which is then told missing."""
    if not folder.is_dir():
        msg = (
            f"{printable(str(folder))} is no folder; for a batch, it is one with last year's returns by the same names"
        )
        raise ConfigError(msg)
    name = path.stem if path.suffix.lower() in FILES else path.name
    found = [item for item in (folder / name, *(folder / f"{name}{suffix}" for suffix in FILES)) if item.exists()]
    if len(found) > 1:
        msg = f"{where}: {printable(folder.name)} holds both {printable(found[0].name)} and {printable(found[1].name)}"
        raise ConfigError(msg)
    return found[0] if found else folder / path.name


def _refuse_twins(jobs: list[Job]) -> None:
    seen: dict[str, Job] = {}
    for job in jobs:
        other = seen.setdefault(job.name.casefold(), job)
        if other is not job:
            msg = f"two returns are called {printable(job.name)}, {printable(other.path)} and {printable(job.path)}: "
            msg += "give each a name of its own in a list, in the column name"
            raise ConfigError(msg)
