"""Workbooks: grids and cells on sheets. What could be taken for a formula is written as text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from returns903.errors import ConfigError
from returns903.pages.grid import Cell, Column, Grid, Mark, Noted, Spark

_NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Series:
    """A column of a grid as a chart draws it: its number, from 0, and its colour."""

    column: int
    colour: str


class Book:
    """A workbook that is being written."""

    def __init__(self, title: str, statement: str, *, whole: bool = False) -> None:
        """Begin it.

        Args:
            title: what it is called.
            statement: what stands at the foot of every sheet.
            whole: percentages are shown without decimals.

        Raises:
            ConfigError: the package that writes is not installed.
        """
        self._target = io.BytesIO()
        self._book = _xlsxwriter().Workbook(self._target, {**_NO_FORMULAS, "in_memory": True})
        self._book.set_properties({"title": title, "comments": statement})
        self._foot = f"&L{statement[:200]}&R&P"
        self._whole = whole
        self.looks = {name: self._book.add_format(look) for name, look in _looks().items()}

    def sheet(self, name: str) -> Sheet:
        """A further sheet."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer(self._foot)
        return Sheet(self, name, page)

    def range_of(self, sheet: str, cells: tuple[int, int, int, int]) -> str:
        """Cells of a sheet, from the first row and column to the last, as a spreadsheet names them."""
        from xlsxwriter.utility import xl_range_formula  # type: ignore[import-untyped]

        return str(xl_range_formula(sheet, *cells)).removeprefix("=")

    def new_chart(self, kind: Mapping[str, str]) -> Any:
        """A chart, to be filled."""
        return self._book.add_chart(dict(kind))

    def look_of(self, value: Cell, column: Column, *, total: bool, sign: str = "") -> Any:
        """How a cell of a column looks; the sign of a footnote stands behind its number."""
        kind = "whole" if column.format == "percent" and self._whole else column.format
        kind = "count" if kind == "percent" and isinstance(value, int) else kind
        name = f"{kind} total" if total else kind
        if not sign or isinstance(value, str):
            return self.looks[name]
        if name + sign not in self.looks:
            look = _looks()[name]
            noted = {"num_format": f'{look.get("num_format", "General")}" ({sign})"'}
            self.looks[name + sign] = self._book.add_format(look | noted)
        return self.looks[name + sign]

    def content(self) -> bytes:
        """The workbook, closed."""
        self._book.close()
        return self._target.getvalue()


class Sheet:
    """A sheet of a workbook."""

    def __init__(self, book: Book, name: str, page: Any) -> None:
        self._book, self._name, self.page = book, name, page

    def say(self, row: int, column: int, text: str, look: str = "text") -> None:
        """Write a text."""
        self.page.write_string(row, column, text, self._book.looks[look])

    def say_across(self, row: int, columns: tuple[int, int], text: str, look: str, height: int) -> None:
        """Write a text over several columns, in a row of a height in points."""
        self.page.merge_range(row, columns[0], row, columns[1], "", self._book.looks[look])
        self.say(row, columns[0], text, look)
        self.page.set_row(row, height)

    def link(self, row: int, column: int, sheet: str, text: str) -> None:
        """Write a link to another sheet."""
        self.page.write_url(row, column, f"internal:'{sheet}'!A1", self._book.looks["link"], text)

    def widths(self, *widths: int) -> None:
        """Set the widths of the first columns, in characters."""
        for place, width in enumerate(widths):
            self.page.set_column(place, place, width)

    def cell(self, row: int, place: int, value: Cell, column: Column, *, total: bool = False, sign: str = "") -> None:
        """Write a value as its own type: numbers as numbers, dates as dates, all else as text.

        The sign leads to a footnote; a number that has one stays a number.
        """
        if isinstance(value, Noted):
            value = value.value
        page, look = self.page, self._book.look_of(value, column, total=total, sign=sign)
        if isinstance(value, str) and sign:
            value = f"{value} ({sign})"
        if value is None:
            page.write_blank(row, place, None, look)
        elif isinstance(value, bool):
            page.write_boolean(row, place, value, look)
        elif isinstance(value, int | float):
            page.write_number(row, place, value, look)
        elif isinstance(value, Spark):
            cells = (row, value.columns[0], row, value.columns[1])
            page.add_sparkline(row, place, {"range": self._book.range_of(self._name, cells), "markers": False})
        elif isinstance(value, Mark):
            page.write_string(row, place, value.text, self._book.looks[value.kind])
        elif isinstance(value, dt.date) and value.year >= 1900:
            page.write_datetime(row, place, dt.datetime.combine(value, dt.time()), look)
        else:
            page.write_string(row, place, str(value), look)

    def rows(self, columns: Sequence[Column], values: Sequence[Sequence[Cell]]) -> None:
        """Fill the sheet with rows for programs: headings first, a filter over them, and they stay in sight."""
        for place, column in enumerate(columns):
            self.say(0, place, column.heading, "head")
            for row, cells in enumerate(values, 1):
                self.cell(row, place, cells[place], column)
        self.page.freeze_panes(1, 0)
        if values:
            self.page.autofilter(0, 0, len(values), len(columns) - 1)

    def grid(self, grid: Grid, row: int) -> int:
        """Write a grid from a row on, its headings and notes too; the row after it."""
        row = self._above(grid, row)
        for place, column in enumerate(grid.columns):
            self.say(row, place, column.heading, "right" if column.is_number else "head")
        row += 1
        for head, numbers in grid.parts():
            if head:
                for place in range(len(grid.columns)):
                    self.say(row, place, "" if place else head, "among")
                row += 1
            for number in numbers:
                for place, (value, column) in enumerate(zip(grid.rows[number], grid.columns, strict=True)):
                    self.cell(row, place, value, column, total=number in grid.totals, sign=grid.sign(value))
                row += 1
        for note in (*(f"({n}) {note}" for n, note in enumerate(grid.footnotes, 1)), *grid.notes):
            self.say(row, 0, note)
            row += 1
        return row

    def keep_in_sight(self, grid: Grid, row: int) -> None:
        """Keep the headings and first column of a grid written from a row on in sight, and let it be filtered."""
        self.page.freeze_panes(heading_row(grid, row) + 1, 1)
        self.let_filter(grid, row)

    def let_filter(self, grid: Grid, row: int) -> None:
        """Let a grid that is written from a row on be filtered: one of a sheet, its totals left in sight.

        A grid with headings among its rows has no filter, which would take those for rows.
        """
        head = heading_row(grid, row)
        if grid.rows and not any(grid.heads.values()):
            self.page.autofilter(head, 0, head + len(grid.rows) - len(grid.totals), len(grid.columns) - 1)

    def _above(self, grid: Grid, row: int) -> int:
        """Write what stands above the headings of columns; the row of those."""
        if grid.title:
            self.say(row, 0, grid.title, "part")
            row += 1
        if not grid.spans:
            return row
        for above, first, last in grid.spans:
            if last > first and above:
                self.page.merge_range(row, first, row, last, "", self._book.looks["above"])
            if above:
                self.say(row, first, above, "above")
        return row + 1

    def chart(self, title: str, grid: Grid, head: int, series: Sequence[Series], *, bars: bool) -> None:
        """A chart that the spreadsheet draws from the cells of a grid, beside it: bars, or stacked columns."""
        chart = self._book.new_chart({"type": "bar"} if bars else {"type": "column", "subtype": "stacked"})
        last = head + len(grid.rows) - (1 if grid.totals else 0)
        for each in series:
            chart.add_series(
                {
                    "name": [self._name, head, each.column],
                    "categories": [self._name, head + 1, 0, last, 0],
                    "values": [self._name, head + 1, each.column, last, each.column],
                    "fill": {"color": each.colour},
                    "gap": 40,
                }
            )
        chart.set_title({"name": title, "overlay": False, "name_font": {"size": 12}})
        chart.set_legend({"none": True} if bars else {"position": "bottom"})
        if bars:
            chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 760, "height": 460})
        self.page.insert_chart(head, len(grid.columns) + 1, chart)


def heading_row(grid: Grid, row: int) -> int:
    """The row of the columns' headings of a grid that is written from a row on."""
    return row + bool(grid.title) + bool(grid.spans)


def width_of(grids: Sequence[Grid]) -> int:
    """How wide the first column has to be, in characters."""
    longest = (len(str(row[0])) for grid in grids for row in grid.rows if row)
    return min(_WIDEST, max([14, *longest]) + 2)


def _xlsxwriter() -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        msg = "a workbook needs the package xlsxwriter: install returns903[excel]"
        raise ConfigError(msg) from None
    return xlsxwriter


def _looks() -> dict[str, dict[str, Any]]:
    wrapped = {"text_wrap": True, "valign": "top"}
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "part": {"bold": True, "font_size": 12},
        "strong": {"bold": True},
        "wrap": wrapped,
        "soft": wrapped | {"font_color": "#55606a"},
        "stamp": wrapped | {"bold": True, "font_color": "#b2182b"},
        "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#f4f6f8"},
        "above": {"bold": True, "align": "center", "bottom": 1, "bg_color": "#f4f6f8"},
        "among": {"bold": True, "bg_color": "#f4f6f8"},
        "link": {"font_color": "#1f5a96", "underline": 1},
        "good": {"bg_color": "#d9efe0", "align": "center"},
        "near": {"bg_color": "#fdebc8", "align": "center"},
        "bad": {"bg_color": "#f9d6d2", "align": "center"},
    }
    looks["right"] = looks["head"] | {"align": "right"}
    kinds: dict[str, dict[str, Any]] = {
        "text": {},
        "count": {"num_format": "#,##0", "align": "right"},
        "percent": {"num_format": "0.0", "align": "right"},
        "whole": {"num_format": "0", "align": "right"},
        "date": {"num_format": "dd/mm/yyyy", "align": "left"},
        "flag": {},
    }
    for kind, look in kinds.items():
        looks[kind], looks[f"{kind} total"] = look, look | {"bold": True, "top": 1}
    return looks
