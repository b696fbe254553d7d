"""Published tables as one workbook: a sheet a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from returns903.errors import ConfigError
from returns903.pages import book
from returns903.pages.charts import BLUE, GROUPS, ORANGE
from returns903.pages.grid import HIDDEN, Column, Grid
from returns903.published.collect import IDENTIFIERS, Sheet, Tables
from returns903.reports.tables.headlines import key_figures
from returns903.reports.tables.pack import ANNUAL_REPORT, Pack, about, sheet_name, title
from returns903.reports.tables.shown import shown, told_of
from returns903.words import sentence

CONTENTS, COMMENTARY, KEY_FIGURES = "Contents", "Commentary", "Key figures"
MOST_ROWS = 1_048_575
"""A sheet has one row more, which holds the headings."""


def workbook(tables: Tables, pack: Pack | None = None) -> bytes:
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
    if pack:
        tables = replace(tables, sheets=told_of(tables))
    made = book.Book(title(tables, pack), tables.statement, whole=tables.method == "round")
    _contents(made, tables, pack)
    if pack and tables.commentary:
        _commentary(made.sheet(COMMENTARY), tables.commentary)
    if pack is ANNUAL_REPORT:
        _key_figures(made.sheet(KEY_FIGURES), tables)
    for sheet in tables.sheets:
        page = made.sheet(_name(sheet, pack))
        _for_people(page, sheet, tables, pack) if pack else _for_programs(page, sheet)
    return made.content()


def _contents(made: book.Book, tables: Tables, pack: Pack | None) -> None:
    """The first sheet: what this is, and each table with its definition."""
    page = made.sheet(CONTENTS)
    page.widths(46, 90, 60, 60)
    page.say(0, 0, title(tables, pack), "title")
    page.say(1, 0, about(tables), "soft")
    page.say_across(2, (0, 1), tables.statement, "stamp" if tables.method == "none" else "wrap", 32)
    row = 4
    for note in tables.notes:
        page.say(row - 1, 0, f"{sentence(note)}.")
        row += 1
    for column, heading in enumerate(("Table", "Definition", "Source", "Disclosure control")):
        page.say(row, column, heading, "head")
    for number, sheet in enumerate(tables.sheets, row + 1):
        of = sheet.of
        page.link(number, 0, _name(sheet, pack), of.title)
        page.say(number, 1, f"{of.text} {IDENTIFIERS}" if of.child_level else of.text, "wrap")
        page.say(number, 2, of.source, "soft")
        page.say(number, 3, tables.rule(sheet).said, "soft")
    page.say(number + 2, 0, f"Made by returns903 {tables.version}.", "soft")


def _name(sheet: Sheet, pack: Pack | None) -> str:
    return sheet_name(sheet.of) if pack else sheet.of.name


def _commentary(page: book.Sheet, text: str) -> None:
    """The author's words as they were written, without the signs of headings."""
    page.page.hide_gridlines(2)
    page.widths(110)
    for row, line in enumerate(text.splitlines()):
        page.say(row, 0, line.lstrip("# "), "part" if line.startswith("#") else "wrap")


def _key_figures(page: book.Sheet, tables: Tables) -> None:
    grid = key_figures(tables)
    page.page.set_column(0, 0, book.width_of([grid]))
    page.page.set_column(1, 20, 12)
    page.grid(grid, 0)
    page.keep_in_sight(grid, 0)


def _for_programs(page: book.Sheet, sheet: Sheet) -> None:
    """The table as it is, headings in the first row."""
    frame = sheet.frame
    columns = [Column(name, sheet.of.format(name, dtype)) for name, dtype in frame.schema.items()]
    page.widths(*(40 if name == "category" else 14 for name in frame.columns))
    masks = [sheet.hidden.get_column(name) if name in sheet.hidden.columns else None for name in frame.columns]
    rows = [
        [HIDDEN if mask is not None and mask[number] else value for value, mask in zip(row, masks, strict=True)]
        for number, row in enumerate(frame.iter_rows())
    ]
    page.rows(columns, rows)


def _for_people(page: book.Sheet, sheet: Sheet, tables: Tables, pack: Pack) -> None:
    """The table laid out, below what it shows."""
    of = sheet.of
    page.page.hide_gridlines(2)
    page.say(0, 0, of.title, "title")
    page.say(1, 0, title(tables, pack), "strong")
    page.say_across(2, (0, 9), of.text, "wrap", 62)
    page.say_across(3, (0, 9), f"Source: {of.source}" if of.source else "", "soft", 18)
    page.say(4, 0, tables.statement if tables.method == "none" else tables.rule(sheet).said, _look(tables))
    found = shown(sheet, tables, pack)
    row, made = 6, found.grids
    for note in found.notes:
        page.say(row, 0, note)
        row += 1
    if len(made) == 1:
        page.keep_in_sight(made[0], row)
    else:
        page.page.freeze_panes(2, 1)
        if made:
            page.let_filter(made[0], row)
    page.page.set_column(0, 0, book.width_of(made))
    page.page.set_column(1, 40, 12)
    for number, grid in enumerate(made):
        head = book.heading_row(grid, row)
        row = page.grid(grid, row) + 2
        parts, kind = _SERIES.get(of.name, ({}, ""))
        drawn = _drawn(grid, parts) if grid.rows and not number else []
        if drawn:
            page.chart(of.title, grid, head, drawn, bars=kind == "bar")


def _look(tables: Tables) -> str:
    """How what is said of disclosure control looks."""
    return "stamp" if tables.method == "none" else "text"


_SERIES: dict[str, tuple[dict[str, Any], str]] = {
    "legal_status_by_month": (dict.fromkeys(("all",), GROUPS), "column"),
    "leaving_care_reasons": ({"Children": BLUE}, "bar"),
    "reviews_by_month": ({"On time": BLUE, "Late": ORANGE}, "column"),
}
"""The charts: which columns of the first grid they draw, in which colours, and how."""


def _drawn(grid: Grid, parts: dict[str, Any]) -> list[book.Series]:
    """The columns that a chart draws, with their colours."""
    if "all" in parts:
        drawn = [n for n, column in enumerate(grid.columns) if n and column.heading != "Total"]
        return [book.Series(*each) for each in zip(drawn, parts["all"], strict=False)]
    places = {column.heading: n for n, column in reversed(list(enumerate(grid.columns)))}
    return [book.Series(places[heading], colour) for heading, colour in parts.items() if heading in places]
