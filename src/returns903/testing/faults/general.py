"""Faults of general kinds, as they come about in case systems, spreadsheets and hand-typed extracts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from returns903.returns import Return
from returns903.tables import TABLES, Column
from returns903.tables.base import LAST_YEAR
from returns903.testing.faults.broken import Broken, Struck, Whole
from returns903.testing.faults.edits import columns_of
from returns903.years import RULE_YEARS, Year

UNREADABLE = ("31/02/2024", "00/00/0000", "2024-05-01", "01/05/24", "1st May", "45413", "tomorrow")
NO_CODES = ("?", "XX", "N/A", "NULL", "0000", "Z9Z", " ")
ABSURD = (
    "",
    " ",
    "\x00",
    "x" * 5000,
    "\U0001f9d2\u200d\U0001f467",
    "=cmd|' /C calc'!A0",
    "-1",
    "1e400",
    "NaN",
    "(?P<",
    "31/02/2024",
    "01/01/1700",
    "31/12/2261",
    "29/02/2000",
    "29/02/2024",
    "29/02/2096",
    "2024-04-01",
)
"""What nobody should write in a cell: control characters, formulas, numbers that are none, patterns, and days far away
or not in every year."""
_DAYS_OFF = (1, -1, 7, -7, 30, -30, 365, -365)
_DAY = re.compile("(0[1-9]|[12][0-9]|3[01])/(0[1-9]|1[0-2])/(19|20)[0-9]{2}")

New = Callable[[Column, str | None], Sequence[str | None]]
"""What may stand in a column's cell instead of what stands there."""


@dataclass(frozen=True)
class GeneralFault:
    """A fault of a general kind at one place of a return.

    Places are counted around: row 7 of a table of five is its row 2, so that a fault has a place in every return.
    """

    kind: str
    """One of `KINDS`."""
    table: str
    """The table; last year's is called ``Episodes.last_year``."""
    row: int = 0
    column: int = 0
    """Which of the columns that the kind can strike."""
    pick: int = 0
    """Which of the things that may be put there."""

    def apply(self, ret: Return) -> Broken:
        """The return with the fault, and the rows that it struck by table; none where there is nothing to strike.

        Of rows that are gone it says where they stood.
        """
        whole = Whole.of(ret)
        struck = self.strike(whole)
        return Broken(whole.onto(ret), struck)

    def strike(self, whole: Whole) -> Struck:
        """Break the rows in place, and say where."""
        return KINDS[self.kind](self, whole)


def _cells(fault: GeneralFault, whole: Whole, fits: Callable[[Column], bool]) -> tuple[int, int, Column] | None:
    """The row and the column that a fault strikes, among the columns of a kind."""
    rows = whole.rows.get(fault.table, [])
    columns = [(place, column) for place, column in _columns(fault.table) if fits(column)]
    if not rows or not columns:
        return None
    place, column = columns[fault.column % len(columns)]
    return fault.row % len(rows), place, column


def _columns(table: str) -> Iterator[tuple[int, Column]]:
    known = TABLES[table.partition(".")[0]].columns()
    return ((place, known[name]) for name, place in columns_of(table).items() if name != "CHILD")


def _put(fault: GeneralFault, whole: Whole, fits: Callable[[Column], bool], new: New) -> Struck:
    """Put something else into the one cell."""
    found = _cells(fault, whole, fits)
    if found is None:
        return {}
    row, place, column = found
    choices = new(column, whole.rows[fault.table][row][place])
    if not choices:
        return {}
    whole.rows[fault.table][row][place] = choices[fault.pick % len(choices)]
    return {fault.table: [row]}


def _is_any(column: Column) -> bool:
    return True


def _is_date(column: Column) -> bool:
    return column.kind in ("date", "partial date")


def _is_code(column: Column) -> bool:
    return bool(column.codes)


def _blank(fault: GeneralFault, whole: Whole) -> Struck:
    return _put(fault, whole, _is_any, lambda column, cell: [None])


def _absurd_cell(fault: GeneralFault, whole: Whole) -> Struck:
    return _put(fault, whole, _is_any, lambda column, cell: ABSURD)


def _unreadable_date(fault: GeneralFault, whole: Whole) -> Struck:
    return _put(fault, whole, _is_date, lambda column, cell: UNREADABLE)


def _code_of_no_list(fault: GeneralFault, whole: Whole) -> Struck:
    return _put(fault, whole, _is_code, lambda column, cell: NO_CODES)


def _another_code(fault: GeneralFault, whole: Whole) -> Struck:
    """Another code of the year; of the nearest year whose codes are known, where its own are not."""
    label = min(max(_year(fault, whole).label, RULE_YEARS[0]), RULE_YEARS[-1])
    return _put(fault, whole, _is_code, lambda column, cell: [c for c in column.valid_codes(label) if c != cell])


def _code_of_another_year(fault: GeneralFault, whole: Whole) -> Struck:
    label = _year(fault, whole).label
    return _put(
        fault, whole, lambda column: bool(_elsewhere(column, label)), lambda column, cell: _elsewhere(column, label)
    )


def _year(fault: GeneralFault, whole: Whole) -> Year:
    """The year of the return that the fault's table is in."""
    return whole.year.previous if fault.table.endswith(LAST_YEAR) else whole.year


@cache
def _elsewhere(column: Column, label: str) -> tuple[str, ...]:
    """The codes of a column in other years that it has not in this one."""
    if not column.codes or label not in RULE_YEARS:
        return ()
    known = {code for year in RULE_YEARS for code in column.valid_codes(year)}
    return tuple(sorted(known - set(column.valid_codes(label))))


def _another_day(fault: GeneralFault, whole: Whole) -> Struck:
    return _put(fault, whole, _is_date, lambda column, cell: _days_near(cell))


def _days_near(cell: str | None) -> list[str]:
    """Days that are a day, a week, a month or a year off; none where the cell holds no day of our times."""
    if cell is None or not _DAY.fullmatch(cell):
        return []
    day = dt.date(int(cell[6:]), int(cell[3:5]), 1) + dt.timedelta(days=int(cell[:2]) - 1)
    return [f"{day + dt.timedelta(days=off):%d/%m/%Y}" for off in _DAYS_OFF]


def _day_over_a_boundary(fault: GeneralFault, whole: Whole) -> Struck:
    return _put(fault, whole, _is_date, lambda column, cell: [f"{day:%d/%m/%Y}" for day in _edges(whole.year)])


def _edges(year: Year) -> list[dt.date]:
    one = dt.timedelta(days=1)
    return [year.end + one, year.start - one, year.end, year.start, year.previous.start - one, year.next.end + one]


def _swapped_dates(fault: GeneralFault, whole: Whole) -> Struck:
    """Two dates of one row that stand in each other's place."""
    rows = whole.rows.get(fault.table, [])
    places = [place for place, column in _columns(fault.table) if _is_date(column)]
    if not rows or len(places) < 2:
        return {}
    row = fault.row % len(rows)
    first = fault.column % len(places)
    second = (first + 1 + fault.pick % (len(places) - 1)) % len(places)
    cells = rows[row]
    cells[places[first]], cells[places[second]] = cells[places[second]], cells[places[first]]
    return {fault.table: [row]}


def _doubled_row(fault: GeneralFault, whole: Whole) -> Struck:
    rows = whole.rows.get(fault.table, [])
    if not rows:
        return {}
    rows.append(list(rows[fault.row % len(rows)]))
    return {fault.table: [fault.row % (len(rows) - 1), len(rows) - 1]}


def _row_missing(fault: GeneralFault, whole: Whole) -> Struck:
    rows = whole.rows.get(fault.table, [])
    if not rows:
        return {}
    row = fault.row % len(rows)
    del rows[row]
    return {fault.table: [row]}


def _row_of_nobody(fault: GeneralFault, whole: Whole) -> Struck:
    """One row names no child, or one of whom nothing else is told."""
    rows = whole.rows.get(fault.table, [])
    if not rows:
        return {}
    row = fault.row % len(rows)
    rows[row][0] = whole.stranger() if fault.pick % 2 else None
    return {fault.table: [row]}


def _child_without_header(fault: GeneralFault, whole: Whole) -> Struck:
    """The Header row goes; the rows that are left without one are named."""
    headers = whole.rows.get("Header", [])
    if not headers:
        return {}
    child = headers.pop(fault.row % len(headers))[0]
    return whole.where(child)


def _table_missing(fault: GeneralFault, whole: Whole) -> Struck:
    return {fault.table: []} if whole.rows.pop(fault.table, None) is not None else {}


def _table_without_rows(fault: GeneralFault, whole: Whole) -> Struck:
    rows = whole.rows.get(fault.table, [])
    struck = list(range(len(rows)))
    rows.clear()
    return {fault.table: struck} if struck else {}


def _column_of_one_value(fault: GeneralFault, whole: Whole) -> Struck:
    """The same absurd thing, or nothing, in every row."""
    rows = whole.rows.get(fault.table, [])
    if not rows:
        return {}
    places = [place for place, _ in _columns(fault.table)]
    for cells in rows:
        cells[places[fault.column % len(places)]] = (None, *ABSURD)[fault.pick % (len(ABSURD) + 1)]
    return {fault.table: list(range(len(rows)))}


def _column_missing(fault: GeneralFault, whole: Whole) -> Struck:
    if fault.table not in whole.rows:
        return {}
    names = [column.name for _, column in _columns(fault.table)]
    whole.without.add((fault.table, names[fault.column % len(names)]))
    return {fault.table: list(range(len(whole.rows[fault.table])))}


def _identifier_changed(fault: GeneralFault, whole: Whole) -> Struck:
    """The child is called otherwise than last year, in all of this year's tables."""
    rows = whole.rows.get(fault.table, [])
    if not rows:
        return {}
    child = rows[fault.row % len(rows)][0]
    struck, name = whole.where(child), whole.stranger()
    for table, places in struck.items():
        for row in places:
            whole.rows[table][row][0] = name
    return struck


KINDS: dict[str, Callable[[GeneralFault, Whole], Struck]] = {
    "blank": _blank,
    "unreadable date": _unreadable_date,
    "code of no list": _code_of_no_list,
    "code of another year": _code_of_another_year,
    "day over a boundary": _day_over_a_boundary,
    "swapped dates": _swapped_dates,
    "doubled row": _doubled_row,
    "child without Header": _child_without_header,
    "table missing": _table_missing,
    "column missing": _column_missing,
    "identifier changed": _identifier_changed,
    "another code": _another_code,
    "another day": _another_day,
    "absurd cell": _absurd_cell,
    "row missing": _row_missing,
    "row of nobody": _row_of_nobody,
    "table without rows": _table_without_rows,
    "column of one value": _column_of_one_value,
}
"""What each kind does to the rows of a return."""
