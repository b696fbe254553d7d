"""Workbooks: numbers stay numbers, those with a footnote too."""

from __future__ import annotations

import io
import re
import zipfile

import fastexcel

from returns903.pages.book import Book
from returns903.pages.grid import HIDDEN, Column, Grid, Noted


def book_of(grid: Grid) -> bytes:
    made = Book("title", "statement")
    made.sheet("One").grid(grid, 0)
    return made.content()


def test_a_number_with_a_footnote_is_a_number_and_shows_its_sign() -> None:
    columns = (Column("", "text"), Column("%", "percent"))
    rows = (("a", Noted(86.5, "why")), ("b", Noted("84% to 91%", "why")), ("c", Noted(7, "what")), ("d", HIDDEN))
    content = book_of(Grid("", columns, rows))
    cells = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string").to_polars().rows()
    assert cells[1:] == [
        ("a", "86.5"),
        ("b", "84% to 91% (1)"),
        ("c", "7"),
        ("d", "c"),
        ("(1) why", None),
        ("(2) what", None),
    ]
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    assert re.findall(r'formatCode="([^"]*\([12]\)[^"]*)"', styles) == ["0.0&quot; (1)&quot;", "#,##0&quot; (2)&quot;"]
