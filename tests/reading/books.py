"""Made-up workbooks, and what people and programs do to them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

SHEET = "xl/worksheets/sheet1.xml"
REVIEWS = [["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], ["C1", "01/02/2010", "03/05/2024", "PN1"]]

Rows = Sequence[Sequence[Any]] | Mapping[int, Sequence[Any]]


def workbook(sheets: Mapping[str, Rows], *, indent: int = 0, **options: Any) -> bytes:
    """A workbook: the rows of each sheet from the first on, or by their number from 0."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("fastexcel")
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **options}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in rows.items() if isinstance(rows, Mapping) else enumerate(rows):
                for c, cell in enumerate(row, indent):
                    sheet.write(r, c, *([cell, day] if isinstance(cell, (dt.date, dt.time)) else [cell]))
    return data.getvalue()


def edited(data: bytes, edits: Mapping[str, Callable[[bytes], bytes] | None]) -> bytes:
    """A workbook with some of its parts changed; None takes one out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            edit = edits.get(name, bytes)
            if edit is not None:
                new.writestr(name, edit(old.read(name)))
    return packed.getvalue()


def with_rows(xml: str, *, of: bytes | None = None) -> bytes:
    """A workbook with further rows in its first sheet, written as they are."""
    end = b"</sheetData>"
    made = of or workbook({"Reviews": REVIEWS, "Other": REVIEWS})
    return edited(made, {SHEET: lambda sheet: sheet.replace(end, xml.encode() + end)})


def without(part: str) -> bytes:
    """A workbook that lacks a part."""
    return edited(workbook({"Reviews": REVIEWS}), {part: None})


def rewritten(pattern: str, new: str, part: str = SHEET) -> bytes:
    """A workbook with something in a part replaced."""
    made = workbook({"Reviews": REVIEWS, "Other": REVIEWS})
    return edited(made, {part: lambda xml: re.sub(pattern.encode(), new.encode(), xml, flags=re.DOTALL)})
