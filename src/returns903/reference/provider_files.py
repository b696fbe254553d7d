"""Ofsted's lists as they come: a workbook or several, a folder, a zip, a CSV; the headings change with the years.

A first row that is no header may hold anything, and so may a file that is no list: of headings, only those that a list
is known to have are told.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from returns903.errors import InputError, told_as
from returns903.limits import HEADER_ROWS
from returns903.reading.cells import as_text, refuse_odd
from returns903.reading.encoding import decode
from returns903.reading.sources import sources_in
from returns903.reading.workbooks import read_workbook
from returns903.reference.csv_rows import csv_rows
from returns903.words import printable

HEADINGS = {
    "URN": ("urn", "ofstedurn", "providerurn", "settingurn", "uniquereferencenumber"),
    "PLACE_CODES": (
        *("placecodes", "placementcode", "placementcodes"),
        *("providerplacementcode", "providerplacementcodes", "placementtypecode"),
    ),
    "PROVIDER_CODES": ("providercodes", "placementprovidercode", "placementprovidercodes", "providercode"),
    "REG_END": (
        *("regend", "regenddate", "registrationenddate", "deregistrationdate", "deregistereddate"),
        *("closeddate", "dateclosed", "closuredate", "dateofclosure", "closingdate"),
    ),
    "POSTCODE": (
        *("settingaddresspostcode", "settingpostcode", "postcode"),
        *("addresspostcode", "provideraddresspostcode", "providerpostcode"),
    ),
    "LA_CODE_INFERRED": ("lacodeinferred",),
    "LA": (
        *("settinglocalauthority", "localauthoritycode", "lacode"),
        *("localauthority", "localauthorityname", "la", "laname", "providerlocalauthority"),
    ),
}
"""The columns of a list under the names used here, each with its headings in small letters and digits, best first."""

FRAME = "the frame of providers"
"""What a list that is handed in as a frame is called."""

_REQUIRED = {
    "PLACE_CODES": "the placement codes (Placement code)",
    "PROVIDER_CODES": "the provider types (Placement provider code)",
    "REG_END": "the closing date (Deregistration date, Closed date)",
    "POSTCODE": "the postcode (Setting address postcode)",
}
_BOOKS = (".xlsx", ".xlsm")
_FORMS = (*_BOOKS, ".csv")
_OTHER_BOOKS = (".xls", ".xlsb", ".ods")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a list: where it stands and its cells as text, in the columns of a list, by their headings."""

    where: str
    cells: pl.DataFrame


def read_lists(paths: Sequence[Path]) -> pl.DataFrame:
    """Every sheet that has a URN, below one another, with the columns of `HEADINGS` that there are, as text.

    Raises:
        InputError: a file cannot be read, no sheet has a URN, or a column is on none of them.
        ConfigError: reading a workbook takes a package that is not installed.
    """
    sheets = [sheet for path in paths for sheet in _sheets(path)]
    what = ", ".join(printable(path.name) for path in paths)
    if not sheets:
        msg = f"{what}: no sheet has a column URN in its first {HEADER_ROWS} rows"
        raise InputError(msg)
    parts = [normalised(sheet.cells) for sheet in sheets]
    missing = [label for name, label in _REQUIRED.items() if not any(name in part.columns for part in parts)]
    if missing:
        seen = "; ".join(f"{sheet.where} has {_known(sheet.cells.columns)}" for sheet in sheets)
        msg = f"{what}: no column was found for {', nor for '.join(missing)}. Of the columns of a list, {seen}"
        raise InputError(msg)
    return pl.concat(parts, how="diagonal")


def normalised(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with the columns of `HEADINGS` that it has, under those names and as text; the others are left out.

    Raises:
        InputError: it has no URN, or a column holds lists or the like.
    """
    found = columns(frame.columns)
    if "URN" not in found:
        known = _known(frame.columns)
        msg = f"{FRAME} has no column URN{f'; of the columns of a list it has {known}' if known else ''}"
        raise InputError(msg)
    refuse_odd({at: frame.schema[at] for at in found.values()}, FRAME)
    return frame.select(as_text(pl.col(at), frame.schema[at]).alias(name) for name, at in found.items())


def columns(headings: Iterable[str]) -> dict[str, str]:
    """Which heading gives each column of `HEADINGS`; a column that no heading gives is left out."""
    plain: dict[str, str] = {}
    for heading in headings:
        plain.setdefault(_plain(heading), heading)
    best = {name: next((key for key in spellings if key in plain), None) for name, spellings in HEADINGS.items()}
    return {name: plain[key] for name, key in best.items() if key is not None}


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def _known(headings: Iterable[str]) -> str:
    return ", ".join(map(printable, columns(headings).values()))


def _sheets(path: Path) -> Iterator[Sheet]:
    """The sheets with a URN of a file, or of all files in a folder or zip."""
    name = printable(path.name)
    if path.suffix.lower() not in (*_FORMS, ".zip") and not _is_folder(path):
        msg = f"{name}: a provider list is a workbook (.xlsx), a .csv, or a folder or .zip of them"
        raise InputError(msg)
    with sources_in(path) as (sources, notes):
        for note in notes:
            if note.kind == "not read" or str(note.file).lower().endswith(_OTHER_BOOKS):
                msg = f"{note.file}: {note.message}; a provider list is a workbook (.xlsx) or a .csv"
                raise InputError(msg)
        for source in sources:
            if source.suffix in _FORMS:
                yield from _file(source.name, source.suffix, source.data())


def _is_folder(path: Path) -> bool:
    with told_as(InputError(f"{printable(path.name)}: there is no such file or folder of providers")):
        return path.is_dir()


def _file(name: str, suffix: str, content: bytes) -> Iterator[Sheet]:
    found = _workbook(name, content) if suffix in _BOOKS else [_csv(name, content)]
    yield from (sheet for sheet in found if sheet is not None)


def _workbook(name: str, content: bytes) -> Iterator[Sheet | None]:
    sheets, unread = read_workbook(name, content)
    if unread:
        raise unread[0]
    for sheet in sheets:
        rows = enumerate(sheet.cells.head(HEADER_ROWS).rows(), 1)
        if header := _header(rows):
            above, places = header
            cells = sheet.cells.slice(above)
            yield Sheet(sheet.place, cells.select(pl.nth(place).alias(name) for name, place in places.items()))


def _csv(name: str, content: bytes) -> Sheet | None:
    text, _ = decode(name, content)
    rows = (cells for _, cells in csv_rows(name, io.StringIO(text, newline="")))
    header = _header(enumerate(islice(rows, HEADER_ROWS), 1))
    if header is None:
        return None
    _, places = header
    below = [[row[place] if place < len(row) else None for place in places.values()] for row in rows]
    return Sheet(name, pl.DataFrame(below, schema=dict.fromkeys(places, pl.String), orient="row"))


def _header(rows: Iterable[tuple[int, Sequence[str | None]]]) -> tuple[int, dict[str, int]] | None:
    """The number of the first row with a URN among its cells, and where each column of a list stands in it."""
    for number, row in rows:
        if any(_plain(cell or "") in HEADINGS["URN"] for cell in row):
            placed: dict[str, int] = {}
            for place, cell in enumerate(row):
                placed.setdefault(cell or "", place)
            return number, {heading: placed[heading] for heading in columns(placed).values()}
    return None
