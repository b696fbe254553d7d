"""Excel workbooks as sheets of text. Only what was looked through and found sound is handed to calamine.

A workbook is a zip of XML. Its parts are unpacked here, within bounds, and packed anew with the sheets that can be
read, because calamine trusts what the zip and the sheets say of themselves.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import polars as pl

from returns903.errors import ConfigError, told_as
from returns903.limits import WORKBOOK_BYTES
from returns903.reading.notes import UnreadError
from returns903.reading.sheet_xml import Blanks, look_through
from returns903.words import heading

if TYPE_CHECKING:
    import fastexcel

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_BESIDE = ("[content_types].xml", "_rels/.rels", _BOOK, _LINKS, "xl/styles.xml", "xl/sharedstrings.xml")
"""The parts that calamine needs beside the sheets."""
_FIRST_DAY = dt.date(1900, 1, 1)
"""Below it Excel counts no day: a cell without one is a time, or the 0 of a formula."""
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?$"
"""How a cell that Excel keeps as a date comes out as text. Text may look so too; only its type tells."""

# calamine logs what it makes of a damaged workbook; what has to be said is said here.
logging.getLogger("calamine").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook."""

    place: str
    """The file and the sheet, as messages show it: ``return.xlsx [Episodes]``."""
    cells: pl.DataFrame
    """Its cells as text from row 1 on, blank rows too, and from the first column in use; dates as dd/mm/yyyy."""
    is_hidden: bool
    blanks: Blanks


@dataclass(frozen=True)
class _Part:
    """A sheet as the workbook lists it."""

    place: str
    name: str
    is_hidden: bool
    path: str


def read_workbook(file: str, data: bytes) -> tuple[list[Sheet], list[UnreadError]]:
    """The sheets of a workbook (.xlsx, .xlsm), and why others cannot be read.

    Raises:
        UnreadError: the bytes are no such workbook, or it has a password or is damaged.
        ConfigError: the extra `excel` is not installed.
    """
    library = _library(file)
    parts = _unpacked(file, data)
    sheets: list[Sheet] = []
    unread: list[UnreadError] = []
    sound: list[tuple[_Part, Blanks]] = []
    for listed in _listed(file, parts):
        try:
            sound.append((listed, _looked_through(listed, parts)))
        except UnreadError as error:
            unread.append(error)
    with told_as(_no_workbook(file)):
        workbook = library.read_excel(_packed(parts, [listed.path for listed, _ in sound]))
    for listed, blanks in sound:
        try:
            sheets.append(Sheet(listed.place, _cells(workbook, listed), listed.is_hidden, blanks))
        except UnreadError as error:
            unread.append(error)
    return sheets, unread


def _library(file: str) -> ModuleType:
    try:
        import fastexcel
    except ImportError:
        msg = f"{file}: reading workbooks takes a further package: pip install 'returns903[excel]'"
        raise ConfigError(msg) from None
    return fastexcel


def _unpacked(file: str, data: bytes) -> dict[str, bytes]:
    """The XML parts by path, in small letters as calamine looks for them."""
    if data.startswith(_OLD_OR_LOCKED):
        said = (
            "not a workbook of today's form, but an old one (.xls) or one with a password; save it as .xlsx without one"
        )
        raise UnreadError(file, said)
    parts: dict[str, bytes] = {}
    left = WORKBOOK_BYTES
    with told_as(_no_workbook(file)), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for item in archive.infolist():
            path = item.filename.replace("\\", "/").lower()
            if path in _BESIDE or path.startswith("xl/worksheets/"):
                with archive.open(item) as part:  # what it says of its size may be wrong
                    parts[path] = part.read(left + 1)
                left -= len(parts[path])
            if left < 0:
                raise UnreadError(file, f"unpacks to more than {WORKBOOK_BYTES // 1024**2} MiB, which no return does")
    if _BOOK not in parts:
        raise _no_workbook(file)
    return parts


def _listed(file: str, parts: dict[str, bytes]) -> Iterator[_Part]:
    """The worksheets in their order; charts and such hold no cells."""
    with told_as(_no_workbook(file)):
        sheets = ElementTree.fromstring(parts[_BOOK]).findall("{*}sheets/{*}sheet")
        links = {link.get("Id"): link for link in ElementTree.fromstring(parts[_LINKS])}
    for sheet in sheets:
        link = links.get(next((value for key, value in sheet.items() if key.endswith("}id")), ""))
        if link is None or not link.get("Type", "").endswith("/worksheet"):
            continue
        target = link.get("Target", "").replace("\\", "/").lower().removeprefix("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        name, is_hidden = sheet.get("name", ""), sheet.get("state", "visible") != "visible"
        yield _Part(f"{file} [{heading(name)}]", name, is_hidden, path)


def _looked_through(sheet: _Part, parts: dict[str, bytes]) -> Blanks:
    if sheet.path not in parts:
        raise UnreadError(sheet.place, "the workbook lists it and does not hold it; is it damaged?")
    return look_through(sheet.place, parts[sheet.path])


def _packed(parts: dict[str, bytes], sheets: list[str]) -> bytes:
    """The workbook with these sheets and no others."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in dict.fromkeys([*_BESIDE, *sheets]):
            if path in parts:
                archive.writestr(path, parts[path])
    return packed.getvalue()


def _cells(workbook: fastexcel.ExcelReader, sheet: _Part) -> pl.DataFrame:
    with told_as(UnreadError(sheet.place, "damaged, or written in a way that cannot be read; save it from Excel anew")):
        cells = workbook.load_sheet(sheet.name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        dated = [name for name in cells.columns if cells[name].str.contains(_DAY).any()]
        if not dated:
            return cells
        days = workbook.load_sheet(sheet.name, header_row=None, skip_rows=0, dtypes="date", use_columns=dated)
        return cells.with_columns(_with_days(cells[day.name], day) for day in days.to_polars())


def _with_days(text: pl.Series, day: pl.Series) -> pl.Series:
    """Cells that are dates as dd/mm/yyyy. A number could be taken for a day, and text may look like one."""
    is_day = text.str.contains(_DAY) & (day >= _FIRST_DAY).fill_null(value=False)
    return day.dt.strftime("%d/%m/%Y").zip_with(is_day, text).alias(text.name)


def _no_workbook(file: str) -> UnreadError:
    return UnreadError(file, "not an Excel workbook (.xlsx), or damaged, or protected by a password")
