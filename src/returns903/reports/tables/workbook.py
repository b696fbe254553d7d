"""Tables as one workbook: a sheet a table. What could be taken for a formula is written as text."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from returns903.errors import ConfigError
from returns903.reports.tables.charts import BLUE, GROUPS, ORANGE
from returns903.reports.tables.collect import IDENTIFIERS, Sheet, Tables
from returns903.reports.tables.definition import sentence
from returns903.reports.tables.layout import Cell, Column, Grid, Hidden, grids
from returns903.reports.tables.pack import HEADLINES, figure

CONTENTS = "Contents"
MOST_ROWS = 1_048_575
"""A sheet has one row more, which holds the headings."""
NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST = 60


def workbook(tables: Tables, *, pack: bool = False) -> bytes:
    """The workbook: a sheet of contents with every definition, then the tables.

    A plain workbook is for programs: each sheet is the table, headings first. That of a pack is for people: each sheet
    says what it shows, and has its tables laid out as on the page, with charts.

    Raises:
        ConfigError: a table has more rows than a sheet, or a package is not installed.
    """
    for sheet in tables.sheets:
        if sheet.frame.height > MOST_ROWS:
            msg = f"{sheet.of.name} has {sheet.frame.height:,} rows, more than a sheet holds; write it as csv"
            raise ConfigError(msg)
    target = io.BytesIO()
    book = _xlsxwriter().Workbook(target, {**NO_FORMULAS, "in_memory": True})
    book.set_properties({"title": f"Looked-after children, {tables.year}", "comments": tables.statement})
    writer = _Writer(book, tables, _formats(book))
    writer.contents(pack)
    for sheet in tables.sheets:
        writer.for_people(sheet) if pack else writer.for_programs(sheet)
    book.close()
    return target.getvalue()


def _xlsxwriter() -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        msg = "a workbook needs the package xlsxwriter: install returns903[excel]"
        raise ConfigError(msg) from None
    return xlsxwriter


def _formats(book: Any) -> dict[str, Any]:
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
    return {name: book.add_format(look) for name, look in looks.items()}


@dataclass
class _Writer:
    book: Any
    tables: Tables
    formats: dict[str, Any]

    def contents(self, pack: bool) -> None:
        """The first sheet: what this is, the headlines, and each table with its definition."""
        page = self._page(CONTENTS)
        page.set_column(0, 0, 46)
        page.set_column(1, 1, 90)
        page.set_column(2, 2, 60)
        title = "Looked-after children: annual report" if pack else "Looked-after children"
        page.write_string(0, 0, f"{title}, {self.tables.year}", self.formats["title"])
        said = [self.tables.authority, f"beside {self.tables.last_year}" if self.tables.last_year else None]
        page.write_string(1, 0, ", ".join(filter(None, said)), self.formats["soft"])
        page.merge_range(2, 0, 2, 1, "", self.formats["wrap"])
        look = "stamp" if self.tables.method == "none" else "wrap"
        page.write_string(2, 0, self.tables.statement, self.formats[look])
        page.set_row(2, 32)
        row = 4
        for note in self.tables.notes:
            page.write_string(row - 1, 0, f"{sentence(note)}.", self.formats["text"])
            row += 1
        row = self._headlines(page, row) if pack else row
        for column, heading in enumerate(("Table", "Definition", "Source")):
            page.write_string(row, column, heading, self.formats["head"])
        for number, sheet in enumerate(self.tables.sheets, row + 1):
            of = sheet.of
            page.write_url(number, 0, f"internal:'{of.name}'!A1", self.formats["link"], of.title)
            page.write_string(
                number, 1, f"{of.text} {IDENTIFIERS}" if of.child_level else of.text, self.formats["wrap"]
            )
            page.write_string(number, 2, of.source, self.formats["soft"])
        page.write_string(number + 2, 0, f"Made by returns903 {self.tables.version}.", self.formats["soft"])

    def _headlines(self, page: Any, row: int) -> int:
        for headline in HEADLINES:
            now, before = figure(headline, self.tables)
            if now is None:
                continue
            unit = "%" if headline.column == "percent" else ""
            then = "" if before is None else f" ({_said(before)}{unit} in {self.tables.last_year})"
            page.write_string(row, 0, f"{sentence(headline.title)}, {headline.about}", self.formats["text"])
            page.write_string(row, 1, f"{_said(now)}{unit}{then}", self.formats["strong"])
            row += 1
        return row + 1

    def for_programs(self, sheet: Sheet) -> None:
        """The table as it is, headings in the first row."""
        frame, page = sheet.frame, self._page(sheet.of.name)
        columns = [Column(name, sheet.of.format(name, dtype)) for name, dtype in frame.schema.items()]
        for number, column in enumerate(columns):
            page.write_string(0, number, column.heading, self.formats["head"])
            page.set_column(number, number, 40 if column.heading == "category" else 14)
        values = [frame.get_column(name).to_list() for name in frame.columns]
        masks = {name: sheet.hidden.get_column(name).to_list() for name in sheet.hidden.columns}
        for number, column in enumerate(columns):
            hidden = masks.get(column.heading)
            for row, value in enumerate(values[number], 1):
                self._cell(page, row, number, Hidden() if hidden and hidden[row - 1] else value, column)
        page.freeze_panes(1, 0)
        if frame.height:
            page.autofilter(0, 0, frame.height, len(columns) - 1)

    def for_people(self, sheet: Sheet) -> None:
        """The table laid out, below what it shows."""
        of, page = sheet.of, self._page(sheet.of.name)
        page.hide_gridlines(2)
        page.write_string(0, 0, of.title, self.formats["title"])
        for row, (text, look, height) in enumerate(
            ((of.text, "wrap", 62), (f"Source: {of.source}" if of.source else "", "soft", 18)), 1
        ):
            page.merge_range(row, 0, row, 9, "", self.formats[look])
            page.write_string(row, 0, text, self.formats[look])
            page.set_row(row, height)
        look = "stamp" if self.tables.method == "none" else "soft"
        page.write_string(3, 0, self.tables.statement, self.formats["stamp" if look == "stamp" else "text"])
        row, made = 5, grids(sheet, self.tables)
        page.set_column(0, 0, _width(made))
        page.set_column(1, 40, 12)
        for number, grid in enumerate(made):
            first = row + bool(grid.title) + any(column.above for column in grid.columns)
            row = self._grid(page, grid, row) + 2
            if not number:
                self._chart(page, sheet, grid, first)

    def _grid(self, page: Any, grid: Grid, row: int) -> int:
        """Write a grid from a row on; the row after it."""
        if grid.title:
            page.write_string(row, 0, grid.title, self.formats["part"])
            row += 1
        if any(column.above for column in grid.columns):
            self._above(page, grid, row)
            row += 1
        for number, column in enumerate(grid.columns):
            look = self.formats["right" if column.format in ("count", "percent") else "head"]
            page.write_string(row, number, column.heading, look)
        row += 1
        for number, values in enumerate(grid.rows):
            if number in grid.heads:
                for place in range(len(grid.columns)):
                    page.write_string(row, place, "" if place else grid.heads[number], self.formats["among"])
                row += 1
            for place, (value, column) in enumerate(zip(values, grid.columns, strict=True)):
                self._cell(page, row, place, value, column, total=number in grid.totals)
            row += 1
        for note in grid.notes:
            page.write_string(row, 0, note, self.formats["text"])
            row += 1
        return row

    def _above(self, page: Any, grid: Grid, row: int) -> None:
        place = 0
        while place < len(grid.columns):
            above = grid.columns[place].above
            last = place
            while above and last + 1 < len(grid.columns) and grid.columns[last + 1].above == above:
                last += 1
            if last > place:
                page.merge_range(row, place, row, last, "", self.formats["above"])
            if above:
                page.write_string(row, place, above, self.formats["above"])
            place = last + 1

    def _cell(self, page: Any, row: int, place: int, value: Cell, column: Column, *, total: bool = False) -> None:
        kind = "whole" if column.format == "percent" and self.tables.method == "round" else column.format
        kind = "count" if kind == "percent" and isinstance(value, int) else kind
        look = self.formats[f"{kind} total" if total else kind]
        if value is None:
            page.write_blank(row, place, None, look)
        elif isinstance(value, bool):
            page.write_boolean(row, place, value, look)
        elif isinstance(value, int | float):
            page.write_number(row, place, value, look)
        elif isinstance(value, dt.date) and value.year >= 1900:
            page.write_datetime(row, place, dt.datetime.combine(value, dt.time()), look)
        else:
            page.write_string(row, place, str(value), look)

    def _chart(self, page: Any, sheet: Sheet, grid: Grid, head: int) -> None:
        """The chart that stands beside a grid, drawn by the spreadsheet from the cells of the grid."""
        parts, kind = _SERIES.get(sheet.of.name, ({}, ""))
        if not parts or not grid.rows:
            return
        of = sheet.of.name
        chart = self.book.add_chart({"type": kind} if kind == "bar" else {"type": kind, "subtype": "stacked"})
        last = head + len(grid.rows) - (1 if grid.totals else 0)
        for place, colour in _places(grid, parts):
            series: dict[str, Any] = {
                "name": [of, head, place],
                "categories": [of, head + 1, 0, last, 0],
                "values": [of, head + 1, place, last, place],
                "fill": {"color": colour},
                "gap": 40,
            }
            chart.add_series(series)
        chart.set_title({"name": sheet.of.title, "overlay": False, "name_font": {"size": 12}})
        chart.set_legend({"none": True} if kind == "bar" else {"position": "bottom"})
        if kind == "bar":
            chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 760, "height": 460})
        page.insert_chart(head, len(grid.columns) + 1, chart)

    def _page(self, name: str) -> Any:
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{self.tables.statement[:200]}&R&P")
        return page


_SERIES: dict[str, tuple[dict[str, Any], str]] = {
    "legal_status_by_month": (dict.fromkeys(("all",), GROUPS), "column"),
    "leaving_care_reasons": ({"Children": BLUE}, "bar"),
    "reviews_by_month": ({"On time": BLUE, "Late": ORANGE}, "column"),
}
"""The charts: which columns of the first grid they draw, in which colours, and how."""


def _places(grid: Grid, parts: dict[str, Any]) -> list[tuple[int, str]]:
    """The columns that a chart draws, with their colours."""
    if "all" in parts:
        drawn = [n for n, column in enumerate(grid.columns) if n and column.heading != "Total"]
        return list(zip(drawn, parts["all"], strict=False))
    lasts = {column.heading: n for n, column in enumerate(grid.columns)}
    firsts = {column.heading: n for n, column in reversed(list(enumerate(grid.columns)))}
    places = lasts if grid.columns[-1].above == "All" else firsts
    return [(places[heading], colour) for heading, colour in parts.items() if heading in places]


def _said(value: Cell) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def _width(made: list[Grid]) -> int:
    longest = (len(str(row[0])) for grid in made for row in grid.rows if row)
    return min(WIDEST, max([14, *longest]) + 2)
