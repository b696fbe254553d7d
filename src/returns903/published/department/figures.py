"""The figures of the Department's data sets, with its symbols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from returns903.errors import ConfigError
from returns903.published.collect import Sheet, Tables
from returns903.published.department.lines import Cells, DataSet, Line
from returns903.reference import authorities
from returns903.years import Year

SUPPRESSED, UNAVAILABLE, INAPPLICABLE, NEAR_NOUGHT = "c", "x", "z", "k"
SYMBOLS = {
    SUPPRESSED: "suppressed, to protect children",
    UNAVAILABLE: "not available: the return or these tables do not tell it",
    INAPPLICABLE: "not applicable: there is no such number, or nothing that it is a share of",
    NEAR_NOUGHT: "a share that is less than half a per cent, but not 0",
}
"""What the symbols mean."""
PLACE = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "la_name",
    "new_la_code",
)
REGIONS = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "South East": "E12000008",
    "South West": "E12000009",
    "Inner London": "E13000001",
    "Outer London": "E13000002",
}
"""The ONS codes of the regions that authorities are put into."""
Figure = int | float | str
"""A number, or a symbol in its place."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a data set: its labels, what its share is taken of, its number and its share."""

    group: str
    label: str
    base: Figure
    number: Figure
    share: Figure


def rows(of: DataSet, tables: Tables, *, last_year: bool = False) -> Iterator[Row]:
    """The rows of a data set, in its order.

    Args:
        of: the data set.
        tables: the tables that it is told from, under disclosure control; see `DataSet.tables`.
        last_year: the previous return's figures instead of this one's.
    """
    for line in of.lines:
        number, base = (_figure(line, cells, tables, last_year=last_year) for cells in (line.of, line.over))
        yield Row(line.group, line.label, base, number, _share(number, base, of.per))


def place(tables: Tables, *, last_year: bool = False) -> tuple[str, ...]:
    """What stands in the columns `PLACE`: the calendar year in which the year ends, and the authority, where known.

    Raises:
        ConfigError: the year is no collection year.
    """
    ends = Year(str(tables.last_year if last_year else tables.year)).end
    before = (str(ends.year), "Reporting year", "Local authority", "E92000001", "England")
    try:
        found = authorities.authority(tables.authority or "")
    except ConfigError:
        return (*before, "", "", "", tables.authority or "", "")
    return (*before, REGIONS.get(found.region, ""), found.region, found.dfe, found.name, found.ons)


def _figure(line: Line, cells: Cells | None, tables: Tables, *, last_year: bool) -> Figure:
    if cells is None:
        return UNAVAILABLE if line.applies and line.of is None else INAPPLICABLE
    sheet = tables.get(cells.table)
    absent = tables.absent_last_year if last_year else tables.absent
    sheet = sheet.last_year if sheet is not None and last_year else sheet
    return UNAVAILABLE if sheet is None or not absent.isdisjoint(sheet.of.needs) else _sum(sheet, cells)


def _sum(sheet: Sheet, cells: Cells) -> Figure:
    """The sum of cells; one that is suppressed hides it, one without a number or too much assumed leaves none."""
    chosen = sheet.frame.with_row_index("\0row").filter(cells.rows).get_column("\0row").to_list()
    if any(sheet.is_hidden(cells.column, row) for row in chosen):
        return SUPPRESSED
    found = [sheet.frame.item(row, cells.column) for row in chosen]
    doubt = sheet.of.doubt
    if doubt is not None and any(sheet.range(doubt.percent, row) for row in chosen):
        return UNAVAILABLE
    if None in found or (not found and sheet.of.complete):
        return UNAVAILABLE
    total: Figure = sum(found)
    return total


def _share(number: Figure, base: Figure, per: int) -> Figure:
    """A whole number of hundreds, or of what shares are of; rounded half up."""
    for symbol in (INAPPLICABLE, UNAVAILABLE, SUPPRESSED):
        if symbol in (number, base):
            return symbol
    if isinstance(number, str) or isinstance(base, str) or not base:
        return INAPPLICABLE
    share = int(per * number / base + 0.5)
    return NEAR_NOUGHT if number and not share else share
