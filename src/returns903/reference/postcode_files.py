"""A directory of postcodes in a file or frame. It is read at once, so that one that cannot be used is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import polars as pl

from returns903.errors import InputError, told_as
from returns903.limits import REFERENCE_BYTES
from returns903.reading.cells import as_text, refuse_odd
from returns903.reference.csv_rows import csv_rows
from returns903.reference.postcode_package import key_of
from returns903.words import counted, printable

_SPELLINGS = {
    "key": (r"pcds?", r"pcd[278]", r"postcode"),
    "lower": (r"(os)?laua(cd)?", r"lad[0-9]{2}cd", r"authority", r"local_authority(_code)?", r"admin_district_code"),
    "east": (r"(os)?east1m", r"eastings?", r"east"),
    "north": (r"(os)?no?rth1m", r"northings?", r"north"),
}
_WANTED = {
    "key": "postcode (or pcds, pcd)",
    "lower": "authority (or oslaua, laua, lad25cd)",
    "east": "east (or oseast1m, east1m)",
    "north": "north (or osnrth1m, north1m)",
}
_LONGEST_LINE = 1 << 20


class ListedPostcodes:
    """The postcodes of a frame, or of a file that is scanned.

    Raises:
        InputError: it cannot be read, lacks a column or holds no postcode; no cell is quoted.
    """

    def __init__(self, frame: pl.LazyFrame, described: str) -> None:
        self.version: str | None = None
        self.described = described
        self._rows = _listed(frame, described)

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """The rows of these keys; the first where one stands twice."""
        found = self._rows.join(keys.to_frame("key"), on="key", how="semi", maintain_order="left")
        return found.unique("key", keep="first", maintain_order=True)


def scanned(path: Path) -> pl.LazyFrame:
    """The rows of a CSV or Parquet.

    Raises:
        InputError: there is no such file, or a CSV has rows of several lengths; the text names file and line.
    """
    name = printable(path.name)
    with told_as(_unreadable(name)):
        if not path.is_file():
            why = "a folder, pipe or device, not a file" if path.exists() else "there is no such file"
            msg = f"{name}: {why} of postcodes"
            raise InputError(msg)
        if path.stat().st_size > REFERENCE_BYTES:
            msg = f"{name} is larger than any directory of postcodes"
            raise InputError(msg)
        if path.suffix.lower() in (".parquet", ".pq"):
            return pl.scan_parquet(path, glob=False)
        _check_csv(path)
        return pl.scan_csv(path, infer_schema=False, encoding="utf8-lossy", glob=False)


def _unreadable(described: str) -> InputError:
    return InputError(f"{described} cannot be read as a CSV or Parquet of postcodes")


def _listed(frame: pl.LazyFrame, described: str) -> pl.DataFrame:
    """The rows with a postcode, with the columns key, lower, east and north."""
    with told_as(_unreadable(described)):
        seen = frame.collect_schema()
    of = _headings(seen.names())
    refuse_odd({heading: seen[heading] for heading in of.values()}, described)
    _refuse_missing(of, described)
    key, lower = (as_text(pl.col(of[name]), seen[of[name]]).alias(name) for name in ("key", "lower"))
    metres = [pl.col(of[name]).cast(pl.Float64, strict=False).alias(name) for name in ("east", "north")]
    with told_as(_unreadable(described)):
        rows = frame.select(key_of(key), lower, *metres).collect().drop_nulls("key")
    if rows.is_empty():
        msg = f"{described} holds no postcode"
        raise InputError(msg)
    return rows.with_columns(pl.when(pl.col(name).is_finite()).then(name) for name in ("east", "north"))


def _headings(seen: list[str]) -> dict[str, str]:
    """The heading of each column that there is."""
    return {name: column for name, spellings in _SPELLINGS.items() if (column := _column(seen, spellings))}


def _refuse_missing(of: dict[str, str], described: str) -> None:
    """Refuse a list that lacks a column. A heading that is none of these may be a cell, and is told nowhere."""
    missing = [wanted for name, wanted in _WANTED.items() if name not in of]
    if missing:
        known = ", ".join(map(printable, of.values()))
        told = f"of those it needs it has {known}" if known else "its first row names none that is known"
        msg = f"{described} lacks the column {' and '.join(missing)}; {told}"
        raise InputError(msg)


def _column(seen: Iterable[str], spellings: tuple[str, ...]) -> str | None:
    """The column of the first spelling there is; of lad24cd and lad25cd the later."""
    for spelling in spellings:
        matching = [name for name in seen if re.fullmatch(spelling, name.strip().lower())]
        if matching:
            return max(matching, key=str.lower)
    return None


def _check_csv(path: Path) -> None:
    """See that every row of a CSV has as many cells as its header, which polars takes for granted.

    Where each line has as many commas as the first, and its quotation marks are in pairs, no row needs a closer look.

    Raises:
        InputError: a row has too few or too many cells, a quotation mark is not closed, or there are bytes of no text.
    """
    with path.open("rb") as file:
        lines = iter(partial(file.readline, _LONGEST_LINE), b"")
        shapes = {(line.count(b","), line.count(b'"') % 2, b"\0" in line) for line in lines}
    if any(has_nul for *_, has_nul in shapes):
        msg = f"{printable(path.name)}: bytes that are no text; is it a CSV in UTF-8?"
        raise InputError(msg)
    if len(shapes) > 1 or any(is_odd for _, is_odd, _ in shapes):
        _check_rows(path)


def _check_rows(path: Path) -> None:
    name, width = printable(path.name), 0
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for line, cells in csv_rows(name, iter(partial(file.readline, _LONGEST_LINE), "")):
            width = width or len(cells)
            if len(cells) != width:
                msg = f"{name} line {line}: {counted(len(cells), 'cell')}, where the header has {width}"
                raise InputError(msg)
