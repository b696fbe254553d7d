"""What a reader can work out: the hidden cells that the shown ones determine, by exact elimination."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from returns903.statistics.cells import Cells

Row = dict[int, Fraction]


def recoverable(cells: Cells, hidden: Iterable[int]) -> list[int]:
    """The hidden cells that the sums and the shown cells leave one value for, in order.

    Numbers that nobody prints count as hidden. This is linear reasoning alone, without bounds.
    """
    unknown = set(hidden) | cells.unprinted
    rows = [{n: Fraction(sign) for n, sign in each.signs.items() if n in unknown} for each in cells.sums]
    return sorted(n for row in _reduced(rows) if len(row) == 1 for n in row if cells.spots[n])


def _reduced(rows: list[Row]) -> list[Row]:
    """The rows of an equation system in reduced echelon form: a row of one entry is an unknown with one value."""
    done: dict[int, Row] = {}
    for row in rows:
        left = _without(row, done)
        if not left:
            continue
        lead = min(left)
        left = {n: value / left[lead] for n, value in left.items()}
        done |= {pivot: _without(other, {lead: left}) for pivot, other in done.items() if lead in other}
        done[lead] = left
    return list(done.values())


def _without(row: Row, pivots: dict[int, Row]) -> Row:
    left = dict(row)
    for pivot in [n for n in row if n in pivots]:
        factor = left.pop(pivot)
        for n, value in pivots[pivot].items():
            if n == pivot:
                continue
            changed = left.get(n, Fraction(0)) - factor * value
            if changed:
                left[n] = changed
            else:
                left.pop(n, None)
    return left
