"""Where children are placed, if the return cannot tell: no number, as a nought would be taken for a true one."""

from __future__ import annotations

import polars as pl

from returns903.derive.cuts import UNKNOWN
from returns903.derive.placements import LOCATIONS, TOTAL
from returns903.derive.places_used import ELSEWHERE, OWN
from returns903.returns import Return
from returns903.tables import Episodes

_SIDES = {"location": LOCATIONS[:-1], "boundary": LOCATIONS[:-1], "area": (OWN, ELSEWHERE)}
"""By column, or by breakdown, the categories that only the authority tells."""
_NUMBERS = ("children", "placements", "percent")


def has_no_sides(ret: Return) -> bool:
    """Whether no placement can be told to lie inside or outside the authority's area."""
    return ret.local_authority is None and not _brings(ret, "PL_LOCATION")


def has_no_distances(ret: Return) -> bool:
    """Whether no placement can be told to be near or far."""
    return ret.postcodes is None and not _brings(ret, "PL_DISTANCE")


def only_told(ret: Return, frame: pl.DataFrame) -> pl.DataFrame:
    """A table of placements without the numbers of categories that nothing could fall into for want of an input."""
    rows = pl.lit(value=False)
    if has_no_sides(ret):
        rows = pl.any_horizontal(rows, *(_of(frame, name).is_in(sides) for name, sides in _SIDES.items()))
    if has_no_distances(ret):
        rows = rows | ~_of(frame, "distance").is_in([UNKNOWN, TOTAL])
    rows = rows.fill_null(value=False)
    return frame.with_columns(pl.when(~rows).then(name).alias(name) for name in _NUMBERS if name in frame.columns)


def _of(frame: pl.DataFrame, name: str) -> pl.Expr:
    """The category of a column or breakdown; null in other rows."""
    if name in frame.columns:
        return pl.col(name)
    if "breakdown" not in frame.columns:
        return pl.lit(None, pl.String)
    return pl.when(pl.col("breakdown") == name).then("category")


def _brings(ret: Return, column: str) -> bool:
    return Episodes.name in ret and column in ret.tables[Episodes.name].columns
