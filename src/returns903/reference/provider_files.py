"""Ofsted's lists as they come: a workbook or several, a folder, a zip, a CSV; the headings change with the years."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from returns903.errors import ConfigError, InputError

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

_REQUIRED = {
    "PLACE_CODES": "the placement codes (Placement code)",
    "PROVIDER_CODES": "the provider types (Placement provider code)",
    "REG_END": "the closing date (Deregistration date, Closed date)",
    "POSTCODE": "the postcode (Setting address postcode)",
}
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_LARGEST = 200_000_000
_HEADER_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a list: where it stands and its cells as text, with the headings as column names."""

    where: str
    cells: pl.DataFrame


def read_lists(source: str | Path | Sequence[str | Path]) -> pl.DataFrame:
    """Every sheet that has a URN, below one another, with the columns of `HEADINGS` that there are, as text.

    Raises:
        InputError: a file cannot be read, no sheet has a URN, or a column is on none of them; the text names headings.
        ConfigError: reading a workbook takes a package that is not installed.
    """
    paths = [Path(source)] if isinstance(source, (str, Path)) else [Path(one) for one in source]
    sheets = [sheet for path in paths for sheet in _sheets(path)]
    what = ", ".join(path.name for path in paths)
    if not sheets:
        msg = f"{what}: no sheet has a column URN in its first {_HEADER_WITHIN} rows"
        raise InputError(msg)
    parts = [normalised(sheet.cells) for sheet in sheets]
    missing = [label for name, label in _REQUIRED.items() if not any(name in part.columns for part in parts)]
    if missing:
        seen = "; ".join(f"{sheet.where}: {', '.join(_shown(sheet.cells.columns))}" for sheet in sheets)
        msg = f"{what}: no column was found for {', nor for '.join(missing)}. The columns are: {seen}"
        raise InputError(msg)
    return pl.concat(parts, how="diagonal")


def normalised(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with the columns of `HEADINGS` that it has, under those names and as text; the others are left out.

    Raises:
        InputError: it has no URN.
    """
    found = columns(frame.columns)
    if "URN" not in found:
        msg = f"the provider list has no column URN; its columns are {', '.join(_shown(frame.columns))}"
        raise InputError(msg)
    return frame.select(_as_text(frame.get_column(heading)).alias(name) for name, heading in found.items())


def columns(headings: Iterable[str]) -> dict[str, str]:
    """Which heading gives each column of `HEADINGS`; a column that no heading gives is left out."""
    plain: dict[str, str] = {}
    for heading in headings:
        plain.setdefault(_plain(heading), heading)
    best = {name: next((key for key in spellings if key in plain), None) for name, spellings in HEADINGS.items()}
    return {name: plain[key] for name, key in best.items() if key is not None}


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def _shown(headings: list[str]) -> list[str]:
    return [*headings[:80], "..."] if len(headings) > 80 else headings


def _as_text(cells: pl.Series) -> pl.Series:
    """Cells as text: whole numbers without a decimal point, dates as yyyy-mm-dd."""
    if cells.dtype.is_float():
        cells = cells.fill_nan(None)
        whole = cells.drop_nulls()
        cells = cells.cast(pl.Int64) if (whole == whole.round(0)).all() else cells
    if cells.dtype == pl.Date or isinstance(cells.dtype, pl.Datetime):
        return cells.dt.strftime("%Y-%m-%d")
    return cells.cast(pl.String)


def _sheets(path: Path) -> Iterator[Sheet]:
    if path.is_dir():
        for inside in sorted(path.iterdir()):
            if inside.suffix.lower() in (*_BOOKS, ".csv") and not inside.name.startswith((".", "~")):
                yield from _sheets(inside)
    elif not path.is_file():
        msg = f"{path.name}: there is no such file or folder of providers"
        raise InputError(msg)
    elif path.suffix.lower() == ".zip":
        yield from _zipped(path)
    else:
        yield from _file(path.name, path.read_bytes())


def _zipped(path: Path) -> Iterator[Sheet]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = Path(member.filename).name
                if Path(name).suffix.lower() not in (*_BOOKS, ".csv") or name.startswith((".", "~")):
                    continue
                if member.file_size > _LARGEST:
                    msg = f"{path.name}: {name} is larger than any provider list"
                    raise InputError(msg)
                yield from _file(name, archive.read(member))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        msg = f"{path.name} cannot be read as a zip"
        raise InputError(msg) from None


def _file(name: str, content: bytes) -> Iterator[Sheet]:
    suffix = Path(name).suffix.lower()
    if suffix not in (*_BOOKS, ".csv"):
        msg = f"{name}: a provider list is a workbook (.xlsx), a .csv, or a folder or .zip of them"
        raise InputError(msg)
    grids = [(name, _csv_rows(name, content))] if suffix == ".csv" else _workbook(name, content)
    for where, rows in grids:
        found = _below_header(rows)
        if found is not None:
            yield Sheet(where, found)


def _workbook(name: str, content: bytes) -> list[tuple[str, list[tuple[str | None, ...]]]]:
    try:
        import fastexcel
    except ImportError:
        msg = f"{name}: reading a workbook takes fastexcel: pip install 'returns903[excel]'"
        raise ConfigError(msg) from None
    try:
        book = fastexcel.read_excel(content)
        loaded = {
            sheet: book.load_sheet(sheet, header_row=None, dtypes="string").to_polars() for sheet in book.sheet_names
        }
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError):
        msg = f"{name} cannot be read as a workbook"
        raise InputError(msg) from None
    return [(f"{name}, sheet {sheet}", cells.rows()) for sheet, cells in loaded.items()]


def _csv_rows(name: str, content: bytes) -> list[tuple[str | None, ...]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    try:
        return [tuple(cell or None for cell in row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        msg = f"{name} cannot be read as a CSV"
        raise InputError(msg) from None


def _below_header(rows: list[tuple[str | None, ...]]) -> pl.DataFrame | None:
    """The rows below the one with the headings, the first that has a URN among its cells; None without such a row."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        if any(_plain(cell or "") in HEADINGS["URN"] for cell in row):
            named: dict[str, int] = {}
            for place, cell in enumerate(row):
                if cell:
                    named.setdefault(cell, place)
            below = rows[at + 1 :]
            cells = {name: [line[at] if at < len(line) else None for line in below] for name, at in named.items()}
            return pl.DataFrame(cells, schema=dict.fromkeys(named, pl.String))
    return None
