"""How far from home an episode is placed, and on which side of the authority's boundary."""

from __future__ import annotations

import polars as pl

from returns903.frames import Frames
from returns903.returns import Return
from returns903.tables import Episodes

COLUMNS = {"row": pl.UInt32, "last_year": pl.Boolean, "miles": pl.Float64, "side": pl.String, "area": pl.String}


def places(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """Distance, side and area of the episodes named by `row` and `last_year`, as in `episodes`, each once.

    Columns: row, last_year, miles (null: unknown), side (IN or OUT; null: unknown), area (PL_LA: the authority, or what
    is outside England; null: unknown).
    """
    found = [pl.DataFrame(schema=COLUMNS)]
    for tables, last_year in ((ret.tables, False), (ret.previous or {}, True)):
        if Episodes.name in tables:
            wanted = rows.filter(pl.col("last_year") == last_year).select("row")
            those = tables[Episodes.name].join(wanted, on="row", how="semi", maintain_order="left")
            found.append(_worked_out(ret, those).with_columns(last_year=pl.lit(last_year)).select(*COLUMNS))
    return pl.concat(found)


def _worked_out(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """Distance, side and area of rows of Episodes. Without a known authority no side can be worked out."""
    frames = Frames(
        Return({Episodes.name: rows}, year=ret.year, local_authority=ret.local_authority, postcodes=ret.postcodes)
    )
    base = frames.base(Episodes, ["Episodes.PL_DISTANCE", "Episodes.PL_LOCATION", "Episodes.PL_LA"])
    told = ret.local_authority is not None or "PL_LOCATION" in rows.columns
    side = Episodes.PL_LOCATION if told else pl.lit(None, pl.String)
    return base.select(row=Episodes.row, miles=Episodes.PL_DISTANCE, side=side, area=Episodes.PL_LA)
