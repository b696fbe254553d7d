"""Tables laid out for people: grids of rows and columns with words for names, last year beside this one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import polars as pl

from returns903.reports.tables.collect import Sheet, Tables
from returns903.reports.tables.definition import Definition, Format, Pivot


class Hidden:
    """What stands where a number is suppressed."""

    def __str__(self) -> str:
        return "c"


HIDDEN = Hidden()
Cell = str | int | float | bool | dt.date | Hidden | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid; `above` is the heading it shares with its neighbours."""

    heading: str
    format: Format
    above: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """What is printed as one table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: frozenset[int]
    """The rows that are totals."""
    heads: dict[int, str]
    """Rows of a heading that stand before the rows with these numbers."""
    notes: tuple[str, ...] = ()


def grids(sheet: Sheet, tables: Tables) -> list[Grid]:
    """The grids that a table is printed as."""
    found = []
    for title, rows in _parts(sheet):
        if sheet.of.pivot is None:
            found.append(_plain(sheet, tables, title, rows))
        else:
            found += _pivoted(sheet, tables, title, rows)
    return found


def _parts(sheet: Sheet) -> Iterator[tuple[str, list[int]]]:
    """The rows of each grid, by number, and what it is called."""
    every = list(range(sheet.frame.height))
    if sheet.of.split is None:
        yield "", every
        return
    values = sheet.frame.get_column(sheet.of.split).to_list()
    for value in dict.fromkeys(values):
        yield sheet.of.label(value), [row for row in every if values[row] == value]


def cell(sheet: Sheet, column: str, row: int) -> Cell:
    """What is printed of a cell."""
    if sheet.is_hidden(column, row):
        return HIDDEN
    value: Cell = sheet.frame.item(row, column)
    return value


def _plain(sheet: Sheet, tables: Tables, title: str, rows: list[int]) -> Grid:
    of, frame = sheet.of, sheet.frame
    labels = [name for name in of.keys(frame) if name != of.split and not (name == "kind" and of.total is not None)]
    numbers = [name for name in of.numbers if name not in of.constants]
    numbers = [name for name in frame.columns if name in numbers and not _says_nothing(sheet, name)]
    columns = [Column(of.heading(name), of.format(name, frame.schema[name])) for name in labels]
    years = [(tables.year, sheet)]
    if sheet.last_year is not None:
        years.append((str(tables.last_year), sheet.last_year))
    columns += [
        Column(of.heading(name), of.format(name, frame.schema[name]), year if len(years) > 1 else "")
        for year, _ in years for name in numbers
    ]  # fmt: skip
    body, heads = [], {}
    part = ""
    for row in rows:
        shown = [_label(of, name, frame.item(row, name)) for name in labels]
        if labels and isinstance(shown[0], str) and ":" in str(frame.item(row, labels[0])):
            before, _, value = str(frame.item(row, labels[0])).partition(":")
            if before != part:
                part, heads[len(body)] = before, of.label(before)
            shown[0] = of.label(value)
        body.append((*shown, *(cell(each, name, row) for _, each in years for name in numbers)))
    totals = _totals(of, frame, rows)
    return Grid(title, tuple(columns), tuple(body), totals, heads, tuple(_notes(years, rows)))


def _says_nothing(sheet: Sheet, name: str) -> bool:
    """Whether no row of the return went without judgement, this year or last: a column of noughts is no news."""
    pair = [each for each in (sheet, sheet.last_year) if each is not None]
    return name == "not_judged" and all(
        not each.frame.get_column(name).sum() and not each.hidden.get_column(name).any() for each in pair
    )


def _label(of: Definition, name: str, value: Cell) -> Cell:
    if value is not None and not isinstance(value, str):
        return value
    if name in ("child", "legal_status", "reason", "group", "placement", "state", "participation"):
        return value
    return of.label(value)


def _totals(of: Definition, frame: pl.DataFrame, rows: list[int]) -> frozenset[int]:
    if of.total is None:
        return frozenset()
    is_total = frame.select(of.total.alias("total")).get_column("total")
    return frozenset(place for place, row in enumerate(rows) if is_total[row])


def _notes(years: list[tuple[str, Sheet]], rows: list[int]) -> Iterator[str]:
    """What stands below a grid: the numbers that are the same for all of it."""
    of = years[0][1].of
    for name in of.constants:
        values = [(year, cell(sheet, name, rows[0])) for year, sheet in years] if rows else []
        if name == "not_judged" and not any(value for _, value in values):
            continue
        said = "; ".join(f"{_written(value)}{f' in {year}' if len(years) > 1 else ''}" for year, value in values)
        yield f"{of.heading(name)}: {said}."


def _written(value: Cell) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _pivoted(sheet: Sheet, tables: Tables, title: str, rows: list[int]) -> Iterator[Grid]:
    pivot = sheet.of.pivot
    if pivot is None:
        return
    years = [(tables.year, sheet)]
    if sheet.last_year is not None:
        years.append((str(tables.last_year), sheet.last_year))
    for number, (year, each) in enumerate(years):
        name = f"{title}, {year}" if title and len(years) > 1 else year if len(years) > 1 else title
        yield _crossed(each, pivot, name, rows, -number)


def _crossed(sheet: Sheet, pivot: Pivot, title: str, rows: list[int], years: int) -> Grid:
    of, frame = sheet.of, sheet.frame
    at = {(frame.item(row, pivot.rows), frame.item(row, pivot.columns)): row for row in rows}
    down, across = (list(dict.fromkeys(key[n] for key in at)) for n in (0, 1))
    columns = [Column(of.heading(pivot.rows), "text")]
    for value in across:
        for name in pivot.values:
            above = _named(of, value, years)
            form = of.format(name, frame.schema[name])
            alone = len(pivot.values) == 1
            columns.append(Column(above if alone else of.heading(name), form, "" if alone else above))
    body = tuple(
        (_named(of, first, years), *(
            cell(sheet, name, at[first, value]) if (first, value) in at else None
            for value in across for name in pivot.values
        ))
        for first in down
    )  # fmt: skip
    totals = frozenset(n for n, first in enumerate(down) if first in ("total", "all"))
    return Grid(title, tuple(columns), body, totals, {}, tuple(_notes([("", sheet)], rows)))


def _named(of: Definition, value: Cell, years: int) -> str:
    """A label of a row or column; a month of the year before stands under the date of this year's until here."""
    if isinstance(value, dt.date):
        return f"{value:%b} {value.year + years}"
    return of.label(None if value is None else str(value))
