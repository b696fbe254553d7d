"""What a published table can be held against by itself: its sums and its percentages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from returns903.reconcile.checks import AGREES, CONTRADICTS, UNKNOWN, Check, Range, added, number, whole
from returns903.reconcile.published import Cell, Percent, Row, Table

_WHOLES = ("denominator", "total", "all", "base")
"""Names of columns of counts that hold the whole of their row."""


@dataclass(frozen=True, slots=True)
class Sums:
    """A total row and the rows it is the sum of."""

    total: Row | None
    parts: list[Row]
    _added: dict[str, Range] = field(default_factory=dict, repr=False, compare=False)

    def come_to(self, column: str) -> Range:
        """What the rows add up to, added up once for each column."""
        if column not in self._added:
            self._added[column] = added(row.counts[column].range for row in self.parts if row.counts[column].given)
        return self._added[column]


def arithmetic(table: Table) -> list[Check]:
    """All checks of a table by itself."""
    sums = sums_of(table)
    return [*_rows_and_totals(table, sums), *_columns_and_totals(table), *_percentages(table, sums)]


def sums_of(table: Table) -> list[Sums]:
    """The totals of a table, the one of all rows last; it has no row where none is printed.

    A single total is that of all other rows. Of several, each is the sum of the rows since the one before it, but the
    one that says so ("Total", "Grand total") or else the last is the sum of all.
    """
    totals = [row for row in table.rows if row.is_total]
    plain = [row for row in table.rows if not row.is_total and not row.is_part]
    if len(totals) <= 1:
        return [Sums(totals[0] if totals else None, plain)]
    grand = next((row for row in reversed(totals) if row.is_grand), totals[-1])
    found, since = [], list[Row]()
    for row in table.rows:
        if row.is_total and row is not grand:
            found.append(Sums(row, since))
            since = []
        elif not row.is_total and not row.is_part:
            since.append(row)
    return [*(each for each in found if each.parts), Sums(grand, plain)]


def _rows_and_totals(table: Table, sums: list[Sums]) -> Iterator[Check]:
    for each in sums:
        apart = each.total is None or each.total.all_columns
        if each.total is not None and each.total.all_columns:
            given = [name for name in table.counts if each.total.counts[name].given]
            cells = [row.counts[column] for row in each.parts for column in table.counts]
            yield _sum(table, each.total, cells, ", ".join(table.counts), (given or table.counts)[0])
        for column in table.counts:
            cells = [row.counts[column] for row in each.parts]
            yield _sum(table, None if apart else each.total, cells, column, column)


def _sum(table: Table, total: Row | None, cells: list[Cell], column: str, claimed_in: str) -> Check:
    come_to = added(cell.range for cell in cells if cell.given)
    claim = total.counts[claimed_in] if total is not None else None
    if claim is None or total is None or not claim.given:
        message = f"the rows add up to {come_to}{_why(cells)}; the column has no total of its own to hold them against"
        return Check("rows and total", column, None, None, UNKNOWN, None, come_to, message)
    name = "the total" if total.is_grand else f"'{total.label}'"
    state, rest = _compared(cells, come_to, claim, table.rounded, name)
    message = f"the rows add up to {come_to}{_why(cells)} and {name} claims {claim.range}{rest}"
    return Check("rows and total", column, total.label, table.line(total), state, claim.range, come_to, message)


def _compared(cells: list[Cell], come_to: Range, claim: Cell, rounded: int | None, name: str) -> tuple[str, str]:
    """The state of a sum, and what there is to say of it."""
    if come_to.meets(claim.range):
        if any(cell.suppressed for cell in [*cells, claim]):
            return UNKNOWN, ": it may be so"
        return AGREES, ", as rounding allows" if rounded else ""
    if not added(map(_at_most, cells)).meets(_at_most(claim)):
        return CONTRADICTS, ""
    if any(not cell.given for cell in cells):
        return UNKNOWN, ": it may be so if the blank cells hold the rest"
    return UNKNOWN, f": it may be so if a mark hides a number above 5 or a 0, to protect another (here or in {name})"


def _at_most(cell: Cell) -> Range:
    """All that a cell may stand for: a mark may hide any number, and so may a blank cell."""
    return whole(0, None) if cell.loose or not cell.given else cell.range


def _why(cells: list[Cell]) -> str:
    """Why a sum is a range, in brackets."""
    said = []
    if hidden := sum(cell.suppressed for cell in cells):
        said.append(f"{hidden} suppressed")
    if blank := sum(not cell.given for cell in cells):
        said.append(f"{blank} blank, taken as none")
    return f" ({', '.join(said)})" if said else ""


def _columns_and_totals(table: Table) -> Iterator[Check]:
    """Columns of counts against one called total or all. A denominator is more than its columns may show."""
    wholes = [name for name in table.counts if name.lower() in ("total", "all")]
    parts = [name for name in table.counts if name not in wholes]
    if len(wholes) != 1 or len(parts) < 2:
        return
    for row in table.rows:
        cells, claim = [row.counts[name] for name in parts], row.counts[wholes[0]]
        if not claim.given or row.all_columns:
            continue
        come_to = added(cell.range for cell in cells if cell.given)
        state, rest = _compared(cells, come_to, claim, table.rounded, "the row's total")
        message = f"the columns add up to {come_to}{_why(cells)} and the row's total claims {claim.range}{rest}"
        yield Check("columns and total", wholes[0], row.label, table.line(row), state, claim.range, come_to, message)


def _percentages(table: Table, sums: list[Sums]) -> Iterator[Check]:
    for column in table.percents:
        count, base = _counts_of(table, column)
        for row in table.rows:
            if count is not None and (row.percents[column] is not None or row.counts[count].given):
                yield _percentage(table, sums[-1], row, column, (count, base))
        yield from _hundred(table, sums[-1], column, of_rows=base is None)


def _counts_of(table: Table, column: str) -> tuple[str | None, str | None]:
    """The column of counts that a percentage is of; and the one with the whole, None where that is the total row's."""
    base = next((name for name in table.counts if name.lower() in _WHOLES), None)
    counts = [name for name in table.counts if name != base]
    if not counts:
        return base, None
    named = [name for name in counts if name.lower() in column.lower()]
    if named:
        return max(named, key=len), base
    if base is not None:
        return counts[0], base
    if len(counts) == 1:
        return counts[0], None
    before = [name for name in table.columns[: table.columns.index(column)] if name in counts]
    return (before[-1] if before else None), None


def _percentage(table: Table, sums: Sums, row: Row, column: str, of: tuple[str, str | None]) -> Check:
    count, base = of
    printed, cell = row.percents[column], row.counts[count]
    below, name = _base(sums, row, count, base)

    def check(state: str, expected: Range | None, message: str) -> Check:
        shown = None if printed is None else Range(printed.low, printed.high)
        return Check("percentage", column, row.label, table.line(row), state, shown, expected, message)

    if printed is None:
        return check(UNKNOWN, None, "the percentage is suppressed or blank")
    if below is None or not cell.given:
        what = "its count is blank" if below is not None else "there is no total it could be a percentage of"
        return check(UNKNOWN, None, f"{printed} cannot be checked: {what}")
    share = _share(cell.range, below.range)
    if share is None:
        return check(UNKNOWN, None, f"{printed} cannot be checked: {name} may be 0")
    said = f"{cell.range} of {below.range} ({name}) is {_percents(share)}, and {printed} is printed"
    if not _printed_as(share, printed):
        loose = cell.loose or below.loose
        rest = "" if loose else _explained(cell, printed, sums, count, base)
        return check(UNKNOWN if loose else CONTRADICTS, share, said + rest)
    if cell.suppressed or below.suppressed:
        return check(UNKNOWN, share, said + _given_away(cell, below, printed))
    return check(AGREES, share, said)


def _base(sums: Sums, row: Row, count: str, base: str | None) -> tuple[Cell | None, str]:
    """What a percentage is of, and what to call it."""
    if base is not None:
        return (row.counts[base] if row.counts[base].given else None), f"its {base}"
    if sums.total is None or not sums.total.counts[count].given or sums.total.all_columns:
        return None, ""
    return sums.total.counts[count], "the total"


def _share(part: Range, of: Range) -> Range | None:
    if of.low <= 0 or part.high is None or of.high is None:
        return None
    return Range(100 * part.low / of.high, 100 * part.high / of.low)


def _percents(share: Range) -> str:
    if share.exact or share.high is None:
        return f"{number(share.low)}%"
    return f"between {number(share.low)}% and {number(share.high)}%"


def _printed_as(share: Range, printed: Percent) -> bool:
    return share.low < printed.high and (share.high is None or share.high >= printed.low)


def _explained(cell: Cell, printed: Percent, sums: Sums, count: str, base: str | None) -> str:
    """What would explain a percentage that is not that of its count."""
    if base is None and cell.range.exact and sums.total is not None:
        rows = sums.come_to(count)
        other = _share(cell.range, rows) if rows.exact else None
        if other is not None and _printed_as(other, printed):
            return f": it is of {rows}, what the rows add up to"
        total = sums.total.counts[count].range
        exact = _share(cell.range, total) if total.exact else None
        if exact is not None and printed.value < exact.low < printed.value + Fraction(1, 10**printed.decimals):
            return ": it is cut off, not rounded"
    return ""


def _given_away(cell: Cell, below: Cell, printed: Percent) -> str:
    """Whether a percentage lets the number that is suppressed be worked out."""
    if not (cell.suppressed and below.range.exact and cell.range.high is not None):
        return ": it may be so"
    first = max(cell.range.low, ceil(printed.low * below.range.low / 100))
    last = min(cell.range.high, ceil(printed.high * below.range.low / 100) - 1)
    return ": it gives away the suppressed number" if first == last else ": it may be so"


def _hundred(table: Table, sums: Sums, column: str, *, of_rows: bool) -> Iterator[Check]:
    """The percentages of the rows against 100, as far as their rounding allows."""
    if not of_rows or len(sums.parts) < 2:
        return
    printed = [share for row in sums.parts if (share := row.percents[column]) is not None]
    unknown = [row for row in sums.parts if row.percents[column] is None]
    if not printed:
        return
    low, high = sum(share.low for share in printed), sum(share.high for share in printed)
    come_to = Range(Fraction(low), Fraction(high))
    total = number(Fraction(sum(share.value for share in printed)))
    said = f"the percentages of the rows add up to {total} ({come_to} before they were rounded)"
    if low > 100 or (high <= 100 and not unknown):
        state = CONTRADICTS if sums.total is not None else UNKNOWN
        rest = ", not to 100" if sums.total is not None else "; nothing says that they should come to 100"
    elif unknown:
        state, rest = UNKNOWN, f"; {len(unknown)} of them are suppressed or blank"
    else:
        state, rest = AGREES, ", as 100 does"
    yield Check("percentages and 100", column, None, None, state, whole(100, 100), come_to, said + rest)
