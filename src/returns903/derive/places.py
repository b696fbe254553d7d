"""How far from home an episode is placed, and on which side of the authority's boundary."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from returns903.derive.care import facts_of_episodes, of_episodes
from returns903.frames import Frames
from returns903.returns import Return
from returns903.tables import Episodes

COLUMNS = {"episode": pl.UInt32, "miles": pl.Float64, "side": pl.String, "area": pl.String}


def places(ret: Return, items: pl.DataFrame) -> pl.DataFrame:
    """Distance, side and area of the episodes that items name, each once.

    Columns: episode, miles (null: unknown), side (IN or OUT; null: unknown), area (PL_LA: the authority, or what is
    outside England; null: unknown).
    """
    named = items.select(pl.col("episode").unique()).drop_nulls()
    named = of_episodes(named, facts_of_episodes(ret)).sort("row")
    found = [pl.DataFrame(schema=COLUMNS)]
    for tables, last_year in ((ret.tables, False), (ret.previous or {}, True)):
        those = named.filter(pl.col("last_year") == last_year)
        if those.height:
            rows = tables[Episodes.name][those.get_column("row")].with_columns(those.select("row"))
            found.append(_worked_out(ret, rows).join(those, on="row", how="inner").select(*COLUMNS))
    return pl.concat(found)


def tells(ret: Return, column: str) -> bool:
    """Whether the returns at hand can tell PL_DISTANCE, PL_LOCATION or PL_LA: bring it, or let it be worked out."""
    nothing = pl.DataFrame()
    if any(column in tables.get(Episodes.name, nothing).columns for tables in (ret.tables, ret.previous or {})):
        return True
    return ret.postcodes is not None and (column != "PL_LOCATION" or ret.local_authority is not None)


def only_told(table: pl.DataFrame, untold: Iterable[pl.Expr], whole: pl.Expr, *numbers: str) -> pl.DataFrame:
    """The table without the numbers of rows that cannot be told; a nought of nobody is a true one.

    Args:
        table: the table.
        untold: the rows that take what the return does not tell.
        whole: how many there are in all.
        numbers: the columns of numbers.
    """
    unsure = pl.any_horizontal(pl.lit(value=False), *(rows.fill_null(value=False) for rows in untold)) & (whole > 0)
    return table.with_columns(pl.when(~unsure).then(name).alias(name) for name in numbers)


def _worked_out(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """Distance, side and area of rows of Episodes. Without a known authority no side can be worked out."""
    frames = Frames(
        Return({Episodes.name: rows}, year=ret.year, local_authority=ret.local_authority, postcodes=ret.postcodes)
    )
    base = frames.base(Episodes, ["Episodes.PL_DISTANCE", "Episodes.PL_LOCATION", "Episodes.PL_LA"])
    told = ret.local_authority is not None or "PL_LOCATION" in rows.columns
    side = Episodes.PL_LOCATION if told else pl.lit(None, pl.String)
    return base.select(row=Episodes.row, miles=Episodes.PL_DISTANCE, side=side, area=Episodes.PL_LA)
