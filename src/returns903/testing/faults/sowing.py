"""Faults of single cells and rows, many of them, sown over a whole return."""

from __future__ import annotations

from returns903.testing.faults.broken import Whole
from returns903.testing.faults.edits import columns_of
from returns903.testing.faults.general import GeneralFault
from returns903.testing.lives.chance import Chance

SOWN = (
    "blank",
    "unreadable date",
    "code of no list",
    "code of another year",
    "day over a boundary",
    "swapped dates",
    "another code",
    "another day",
    "row of nobody",
)
"""The kinds of faults that are sown."""
_PLACES = 2**12
"""How many places a fault may name, which are counted around."""


def sow(whole: Whole, share: float, chance: Chance) -> None:
    """Make faults in this share of the cells of every table, this year's and last year's.

    Fewer come of it: a cell may be struck twice, and a table may have nothing that a kind strikes.
    """
    for table, rows in whole.rows.items():
        for _ in range(round(share * len(rows) * len(columns_of(table)))):
            places = (chance.below(len(rows)), chance.below(_PLACES), chance.below(_PLACES))
            GeneralFault(chance.pick(SOWN), table, *places).strike(whole)
