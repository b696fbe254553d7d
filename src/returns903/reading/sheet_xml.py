"""A look through the XML of a sheet, before calamine reads it.

Two things are asked of it that calamine does not tell. How far the cells reach: it keeps room for every cell from the
first to the last, so that one at XFD1048576 would take the memory of the machine. And which cells give nothing though
something stands in them: formulas that were never worked out, and errors such as #N/A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from returns903.limits import SHEET_CELLS, SHEET_COLUMNS, SHEET_ROWS
from returns903.reading.notes import UnreadError
from returns903.words import printable

_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)"""
_NAME = rb"(?:[^<>\s/:]+:)?"
_NO_TAG = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_TAG = re.compile(_NO_TAG + rb"|<" + _NAME + rb"(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">", re.DOTALL)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([^"']*)""")
_PLACE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_KIND = re.compile(rb"""\st\s*=\s*["']([^"']*)""")
_FORMULA = rb"<" + _NAME + rb"f(?=[\s/>])[^<>]*(?:(?<=/)>|>[^<]*</" + _NAME + rb"f\s*>)"
_NO_VALUE = rb"(?:<" + _NAME + rb"v(?=[\s/>])[^<>]*(?:(?<=/)>|>\s*</" + _NAME + rb"v\s*>))?"
_UNVALUED = re.compile(rb"\s*" + _FORMULA + rb"\s*" + _NO_VALUE + rb"\s*</")
_BLANK = re.compile(rb"\s*</")

# Nearly every sheet is plain: it needs no look at each of its cells.
_NOT_PLAIN = [
    re.compile(rb'<c(?! r="[A-Z][0-9]{1,6}"(?: s="[0-9]++"| t="(?:s|n|b|str|inlineStr|d)")*+/?>)(?=[\s/>])'),
    re.compile(rb":c[\s/>]"),
    re.compile(rb"<f[\s/>]"),
]
"""What a sheet holds that is not plain: another tag of a cell than `<c r="B12" s="1" t="s">`, a prefix, a formula."""

Place = tuple[int, int]
"""The row and the column of a cell, from 1."""


@dataclass
class Blanks:
    """The cells of a sheet that come out blank though something stands in them."""

    unvalued: list[Place] = field(default_factory=list)
    """Formulas without a value."""
    errors: list[Place] = field(default_factory=list)


def look_through(sheet: str, xml: bytes) -> Blanks:
    """The cells that come out blank, once it is known that the sheet can be read.

    Raises:
        UnreadError: cells reach further than any table does, or their places make no sense.
    """
    blanks = Blanks()
    if not any(pattern.search(xml) for pattern in _NOT_PLAIN):
        return blanks  # no column beyond Z, no row beyond 999,999
    last_row = last_column = 0
    for place, kind, body in _cells(sheet, xml):
        if kind == b"e":
            blanks.errors.append(place)
        elif kind != b"str" and _UNVALUED.match(xml, body):
            blanks.unvalued.append(place)
            continue
        last_row, last_column = max(last_row, place[0]), max(last_column, place[1])
        if last_row * last_column > SHEET_CELLS:
            raise _too_far(sheet, (last_row, last_column))
    return blanks


def _cells(sheet: str, xml: bytes) -> Iterator[tuple[Place, bytes, int]]:
    """The cells with something in them: place, kind, and where in the text their content begins."""
    row = column = 0
    for tag in _TAG.finditer(xml):
        name, attributes = tag.groups()
        given = _REFERENCE.findall(attributes or b"")
        if name is None:
            continue
        if name == b"row":
            row, column = (_number(sheet, given[-1]) if given else row + 1), 0
            continue
        row, column = _place(sheet, given[-1]) if given else (row, column + 1)
        if row > SHEET_ROWS or column > SHEET_COLUMNS:
            raise _too_far(sheet, (row, column))
        if not attributes.endswith(b"/") and not _BLANK.match(xml, tag.end()):
            yield (row, column), b"".join(_KIND.findall(attributes)), tag.end()


def _number(sheet: str, row: bytes) -> int:
    if not row.isdigit() or len(row) > len(str(SHEET_ROWS)):
        raise _no_place(sheet, row)
    return int(row)


def _place(sheet: str, reference: bytes) -> Place:
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise _no_place(sheet, reference)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - 64
    return int(found[2]), column


def _no_place(sheet: str, reference: bytes) -> UnreadError:
    shown = printable(reference[:12].decode("ascii", errors="replace"))
    return UnreadError(
        sheet, f"a cell or row stands at {shown!r}, and no sheet has that place; save it from Excel anew"
    )


def _too_far(sheet: str, place: Place) -> UnreadError:
    said = "no table reaches so far; delete the rows and columns beyond the table, and save the workbook"
    return UnreadError(sheet, f"its cells reach to {named(place)}: {said}")


def named(place: Place) -> str:
    """The place of a cell as Excel names it: ``C2``."""
    row, column = place
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The column as Excel names it: ``C``, ``AA``."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(65 + last)
