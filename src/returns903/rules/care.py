"""Whether a child was looked after in the year, and for all of it."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import all_of, of_child, one_of, other_than
from returns903.rules.groups import RESPITE
from returns903.tables import Episodes
from returns903.years import Year


def in_year(year: Year) -> pl.Expr:
    """The episode commenced by the last day of the year, and ceased on its first day or later, or not at all.

    An episode without a readable DEC is open; one without a readable DECOM is in no year.
    """
    open_or_later = Episodes.DEC.is_null() | (Episodes.DEC >= year.start)
    return all_of(Episodes.DECOM <= year.end, open_or_later)


def looked_after_all_year(year: Year) -> pl.Expr:
    """The child was looked after for the whole year, but for respite care; false for a child without episodes.

    Some episode lies in the year, and none of the child's episodes shows a break of it:

    * a start of care (RNE S) after the year's first day and by its last,
    * an end of care (DEC with a REC other than X1) on the year's first day or later and before its last,
    * respite care (LS V3 or V4) in the year.
    """
    started = all_of(one_of(Episodes.RNE, "S"), Episodes.DECOM > year.start, Episodes.DECOM <= year.end)
    ended = all_of(other_than(Episodes.REC, "X1"), Episodes.DEC >= year.start, Episodes.DEC < year.end)
    respite = one_of(Episodes.LS, RESPITE).fill_null(value=False) & in_year(year)
    return of_child(Episodes, in_year(year).any() & ~(started | ended | respite).any()).fill_null(value=False)
