"""Tables laid out for people: grids of rows and columns with words for names, last year beside this one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from returns903.pages.grid import HIDDEN, Bound, Cell, Column, Grid, Noted, written
from returns903.published.collect import Sheet, Tables
from returns903.published.definition import Definition, Pivot
from returns903.reports.tables.against import COMPARED, with_comparisons, with_lines

NONE = "\N{EN DASH}"
"""What stands where there is nobody to work a percentage out of."""
SMALL_NUMBER = "a few, or a number that could be worked out (c)"
"""What is said in a sentence of a number that is suppressed."""
IN_DOUBT = "more than a tenth is assumed or not known: the figure lies between these"
APART = "Last year's figures are left out where more than a tenth of either year's is assumed or not known."
_NOT_KNOWN = ("unknown", "other")
_AS_THEY_ARE = ("legal_status", "reason", "group")
"""Columns of codes and of names that are published as they are."""


def grids(sheet: Sheet, tables: Tables, *, brief: bool = False) -> list[Grid]:
    """The grids that a table is printed as; a note that several have stands below the last of them.

    Args:
        sheet: the table.
        tables: those it stands among.
        brief: rows and columns that hold nothing but noughts are named below, and not shown.
    """
    found: list[Grid] = []
    untold: list[str] = []
    for part, rows in _parts(sheet):
        if brief and part and not _is_told(sheet, rows, sheet.of.numbers):
            untold.append(_title(sheet, part))
        elif sheet.of.pivot is None:
            found.append(_plain(sheet, tables, part, rows, brief=brief))
        else:
            found += _pivoted(sheet, tables, _title(sheet, part), rows, brief=brief)
    said = [*([_not_known(untold)] if untold else []), *([APART] if sheet.apart.any() else [])]
    if found:
        found[-1] = replace(found[-1], notes=(*found[-1].notes, *said))
    later = [*(grid.notes for grid in found[1:]), ()]
    return [replace(grid, notes=()) if grid.notes == after else grid for grid, after in zip(found, later, strict=True)]


def _parts(sheet: Sheet) -> Iterator[tuple[str, list[int]]]:
    """The rows of each grid, by number, and the value that they share."""
    every = list(range(sheet.frame.height))
    if sheet.of.split is None:
        yield "", every
        return
    values = sheet.frame.get_column(sheet.of.split).to_list()
    for value in dict.fromkeys(values):
        yield value, [row for row in every if values[row] == value]


def _title(sheet: Sheet, part: str) -> str:
    return sheet.of.label(part) if part else ""


def cell(sheet: Sheet, column: str, row: int) -> Cell:
    """What is printed of a cell."""
    if (ends := sheet.range(column, row)) is not None:
        return Noted(ends, IN_DOUBT)
    if sheet.is_hidden(column, row):
        bound = sheet.bound(column, row)
        return HIDDEN if bound is None else Bound(abs(bound), is_least=bound > 0)
    value: Cell = sheet.frame.item(row, column)
    is_count = "unit" in sheet.frame.columns and sheet.frame.item(row, "unit") == "children"
    return round(value) if isinstance(value, float) and (is_count or sheet.whole) else value


def _printed(sheet: Sheet, column: str, row: int) -> Cell:
    """What is printed of a cell, with a dash for a percentage of nobody."""
    value = cell(sheet, column, row)
    is_share = any(column == each.column for each in sheet.of.percentages)
    return NONE if value is None and is_share else value


def _plain(sheet: Sheet, tables: Tables, part: str, rows: list[int], *, brief: bool) -> Grid:
    of, frame = sheet.of, sheet.frame
    apart = (of.split, of.heads, *of.unprinted)
    labels = [name for name in of.keys(frame) if name not in apart]
    numbers = _numbers(sheet, rows)
    years = _years(sheet, tables)
    columns = [Column(of.heading(name, part), of.format(name, frame.schema[name])) for name in labels]
    columns += [
        Column(of.heading(name, part), of.format(name, frame.schema[name]), year if len(years) > 1 else "")
        for year, _ in years
        for name in numbers
    ]
    rows = [row for row in rows if not _is_nobody(sheet, row, labels[:1], numbers)]
    noughts = [row for row in rows if brief and _is_nought(sheet, row, numbers)]
    rows = [row for row in rows if row not in noughts]
    heads: dict[int, str] = {}
    body: list[tuple[Cell, ...]] = []
    head = ""
    for row in rows:
        words, now = _words(sheet, row, labels, len(years) > 1)
        if now != head:
            head, heads[len(body)] = now, of.label(now) if now else "In all"
        body.append((*words, *(_printed(each, name, row) for _, each in years for name in numbers)))
    totals = _totals(of, frame, rows)
    if of.total_from:
        totals |= {len(body)}
        body.append(_total_row(of, tables, len(labels), numbers, len(years) > 1))
    named = {str(_words(sheet, row, labels, len(years) > 1)[0][0]): [row] for row in noughts}
    notes = (*_left_out(sheet, named, numbers), *_notes(years, rows, body))
    return Grid(_title(sheet, part), tuple(columns), tuple(body), totals, heads, notes)


def _numbers(sheet: Sheet, rows: list[int]) -> list[str]:
    """The columns of numbers that are printed of these rows: those that can say something."""
    of, frame = sheet.of, sheet.frame
    shown = [name for name in frame.columns if name in of.numbers and name not in of.constants]
    said = [name for name in shown if not _says_nothing(sheet, name) and not of.always_nought(frame, rows, name)]
    pair = [each for each in (sheet, sheet.last_year) if each is not None]
    return [n for n in said if n in of.counts or any(cell(each, n, row) is not None for each in pair for row in rows)]


def _years(sheet: Sheet, tables: Tables) -> list[tuple[str, Sheet]]:
    """This year's table and, where it is there, last year's."""
    last = [] if sheet.last_year is None else [(str(tables.last_year), sheet.last_year)]
    return [(tables.year, sheet), *last]


def _words(sheet: Sheet, row: int, labels: list[str], two_years: bool) -> tuple[list[Cell], str]:
    """The labels of a row as they are printed, and the part of the grid that the row stands in."""
    of, frame = sheet.of, sheet.frame
    words = [_label(of, name, frame.item(row, name), two_years) for name in labels]
    if of.heads is not None:
        return words, frame.item(row, of.heads)
    if labels[:1] != ["breakdown"]:
        return words, ""
    part, colon, value = str(frame.item(row, "breakdown")).partition(":")
    return ([of.label(value), *words[1:]], part) if colon else (words, "")


def _is_nobody(sheet: Sheet, row: int, first: list[str], numbers: list[str]) -> bool:
    """Whether a row says that of nobody something is not known: no news on a page."""
    pair = [each for each in (sheet, sheet.last_year) if each is not None]
    unknown = bool(first) and str(sheet.frame.item(row, first[0])).split(":")[-1] == "unknown"
    return unknown and not any(cell(each, name, row) for each in pair for name in numbers)


def _is_nought(sheet: Sheet, row: int, numbers: list[str]) -> bool:
    """Whether a row is no total and no month, and holds nothing but noughts in both years."""
    of, pair = sheet.of, [each for each in (sheet, sheet.last_year) if each is not None]
    if of.month is not None or row in _totals(of, sheet.frame, list(range(sheet.frame.height))):
        return False
    return all(cell(each, name, row) in (0, None) for each in pair for name in numbers)


def _left_out(sheet: Sheet, named: Mapping[str, Sequence[int]], numbers: Sequence[str]) -> Iterator[str]:
    """What is said of the rows and columns, by name, that are left out for their noughts, or since nothing is told."""
    untold = [name for name, rows in named.items() if not _is_told(sheet, rows, numbers)]
    noughts = [name for name in named if name not in untold]
    if noughts:
        yield f"0{'' if sheet.last_year is None else ' in both years'}: {'; '.join(noughts)}."
    if untold:
        yield _not_known(untold)


def _not_known(names: Sequence[str]) -> str:
    return f"Not known: {'; '.join(names)}."


def _is_told(sheet: Sheet, rows: Sequence[int], numbers: Sequence[str]) -> bool:
    """Whether there is a number in one of these rows, this year or last; those that are in every row say nothing."""
    pair = [each for each in (sheet, sheet.last_year) if each is not None]
    columns = [name for name in numbers if name not in sheet.of.constants]
    return any(cell(each, name, row) is not None for each in pair for name in columns for row in rows)


def _total_row(of: Definition, tables: Tables, labels: int, numbers: list[str], two_years: bool) -> tuple[Cell, ...]:
    """The total of a table that has none of its own, from the table that it adds up to."""
    found: list[Cell] = ["Total", *[None] * (labels - 1)]
    for past in (False, True)[: 1 + two_years]:
        for name in numbers:
            table, which = of.total_from.get(name, ("", pl.lit(value=False)))
            sheet = tables.get(table)
            sheet = sheet.last_year if sheet is not None and past else sheet
            rows = [] if sheet is None else sheet.frame.with_row_index("n").filter(which).get_column("n").to_list()
            found.append(cell(sheet, "children", rows[0]) if sheet is not None and rows else None)
    return tuple(found)


def _says_nothing(sheet: Sheet, name: str) -> bool:
    """Whether no row of the return went without judgement, this year or last: a column of noughts is no news."""
    pair = [each for each in (sheet, sheet.last_year) if each is not None]
    return name == "not_judged" and all(
        not each.frame.get_column(name).sum() and not each.hidden.get_column(name).any() for each in pair
    )


def _label(of: Definition, name: str, value: Cell, two_years: bool) -> Cell:
    if name == of.month and isinstance(value, dt.date):
        return _span(value, of.months, "" if two_years else f" {value.year}")
    if not isinstance(value, str) or of.child_level or (name in _AS_THEY_ARE and "_" not in value):
        return value
    return of.label(value)


def _span(last: dt.date, months: int, year: str) -> str:
    """The months that end on a day, in words: those that begin on the first of a month by their names."""
    after = last + dt.timedelta(days=1)
    if after.day != 1:
        return f"{last.day} {last:%B}{year}"
    first = dt.date(after.year, after.month, 1)
    for _ in range(months):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return f"{last:%B}{year}" if months == 1 else f"{first:%B} to {last:%B}{year}"


def _totals(of: Definition, frame: pl.DataFrame, rows: list[int]) -> frozenset[int]:
    if of.total is None:
        return frozenset()
    is_total = frame.select(of.total.alias("total")).get_column("total")
    return frozenset(place for place, row in enumerate(rows) if is_total[row])


def _notes(years: list[tuple[str, Sheet]], rows: list[int], body: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """What stands below a grid: the numbers that are the same for all of it, and what its dashes mean."""
    of = years[0][1].of
    for name in of.constants:
        values = [(year, cell(sheet, name, rows[0])) for year, sheet in years] if rows else []
        if name == "not_judged" and not any(value for _, value in values):
            continue
        words = [(year, SMALL_NUMBER if value is HIDDEN else written(value)) for year, value in values]
        said = "; ".join(f"{value}{f' in {year}' if len(years) > 1 else ''}" for year, value in words)
        yield f"{of.heading(name)}: {said}."
    if any(value is HIDDEN for cells in body for value in cells) and of.if_hidden:
        yield of.if_hidden
    if any(value == NONE for cells in body for value in cells):
        yield f"{NONE}: there is nothing to work a percentage out of."


def _pivoted(sheet: Sheet, tables: Tables, title: str, rows: list[int], *, brief: bool) -> Iterator[Grid]:
    pivot, years = sheet.of.pivot, _years(sheet, tables)
    if pivot is None:
        return
    for number, (year, each) in enumerate(years):
        name = f"{title}, {year}" if title and len(years) > 1 else year if len(years) > 1 else title
        other = None if len(years) < 2 else years[1 - number][1]
        made = _crossed(replace(each, last_year=other), pivot, name, rows, -number, brief=brief)
        if sheet.of.name == COMPARED:
            made = with_lines(made if number else with_comparisons(made, sheet, tables), made)
        yield made


def _crossed(sheet: Sheet, pivot: Pivot, title: str, rows: list[int], years: int, *, brief: bool) -> Grid:
    """Rows and columns from the rows of a table; `last_year` is the other of two years."""
    of, frame = sheet.of, sheet.frame
    at = {(frame.item(row, pivot.rows), frame.item(row, pivot.columns)): row for row in rows}
    known = [_keys(sheet, pivot, at, n, brief=False) for n in (0, 1)]
    down, across = (_keys(sheet, pivot, at, n, brief=brief) for n in (0, 1))
    columns = [Column(of.heading(pivot.rows), "text"), *_columns_across(sheet, pivot, across, years)]
    body: dict[Cell, list[Cell]] = {}
    left_out = {
        of.label(str(key)): [row for keys, row in at.items() if keys[n] == key]
        for n, (every, shown) in enumerate(zip(known, (down, across), strict=True))
        for key in every
        if key not in shown
    }
    notes = list(_left_out(sheet, left_out, pivot.values))
    for first in down:
        spots = [(name, at.get((first, value))) for value in across for name in pivot.values]
        cells = [None if row is None else _printed(sheet, name, row) for name, row in spots]
        if first in of.lacking and all(value == NONE for value in cells):
            notes.append(f"{of.label(str(first))}: {of.lacking[str(first)]} is not given for this year.")
        else:
            body[first] = cells
    made = tuple((_named(of, first, years), *cells) for first, cells in body.items())
    totals = frozenset(n for n, first in enumerate(body) if first in ("total", "all"))
    return Grid(title, tuple(columns), made, totals, notes=(*notes, *_notes([("", sheet)], rows, made)))


def _columns_across(sheet: Sheet, pivot: Pivot, across: list[Cell], years: int) -> Iterator[Column]:
    of, alone = sheet.of, len(pivot.values) == 1
    for value in across:
        above = _named(of, value, years)
        for name in pivot.values:
            form = of.format(name, sheet.frame.schema[name])
            yield Column(above if alone else of.heading(name), form, "" if alone else above)


def _keys(sheet: Sheet, pivot: Pivot, at: dict[tuple[Cell, Cell], int], n: int, *, brief: bool) -> list[Cell]:
    """The labels down or across; not the one for what is not known, where that is nobody; if brief, none of nobody."""
    found: dict[Cell, bool] = {}
    pair = [each for each in (sheet, sheet.last_year) if each is not None]
    always = not brief or sheet.of.name == COMPARED
    for key, row in at.items():
        stays = isinstance(key[n], dt.date) or key[n] in ("total", "all") or (always and key[n] not in _NOT_KNOWN)
        news = stays or any(cell(each, value, row) for each in pair for value in pivot.values)
        found[key[n]] = found.get(key[n], False) or news
    return [key for key, news in found.items() if news]


def _named(of: Definition, value: Cell, years: int) -> str:
    """A label of a row or column; a month of the year before carries the date of this year's until here."""
    if isinstance(value, dt.date):
        return f"{value:%b} {value.year + years}"
    return of.label(None if value is None else str(value))
