"""A table as people are shown it: page and workbook print the same grids."""

from __future__ import annotations

from dataclasses import dataclass

from returns903.pages.grid import Grid
from returns903.published.collect import Sheet, Tables
from returns903.reports.tables.coarse import coarse
from returns903.reports.tables.layout import grids
from returns903.reports.tables.pack import Pack


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The rows of a table that are shown, its grids, and what is to be said of the others."""

    sheet: Sheet
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]


def shown(sheet: Sheet, tables: Tables, pack: Pack | None) -> Shown:
    """A table as a pack shows it; without one, with every row."""
    if pack is None:
        return Shown(sheet, tuple(grids(sheet, tables)), ())
    left, notes = coarse(sheet)
    made = grids(left, tables, brief=True) if left.frame.height or not notes else []
    return Shown(left, tuple(made), tuple(notes))


def told_of(tables: Tables) -> tuple[Sheet, ...]:
    """The tables that a pack tells of: those that the return has the files for; a note names the others."""
    return tuple(sheet for sheet in tables.sheets if tables.absent.isdisjoint(sheet.of.needs))
