"""Where a placement lies: its authority, inside or outside the area of the authority making the return, and how far."""

from __future__ import annotations

import polars as pl

from returns903.reference.postcodes import Postcodes
from returns903.tables import Table

METRES_PER_MILE = 1609.3
PLACES = ("PL_LA", "PL_LOCATION", "PL_DISTANCE", "HOME_POST_KNOWN", "PL_POST_KNOWN")
"""The columns of Episodes that are worked out from postcodes unless a frame brings them."""


def add_places(
    frame: pl.DataFrame, of: Table, name: str, postcodes: Postcodes | None, local_authority: str | None
) -> pl.DataFrame:
    """The frame with one of `PLACES` worked out; null where a postcode is blank or unknown.

    Miles are sqrt(dE² + dN²) / 1000 / 1.6093, to one decimal, from grid references in metres.
    """
    target = f"{of.id}.{name}"
    if postcodes is None:
        return frame.with_columns(pl.lit(None, of.all_columns()[name].dtype).alias(target))
    if name.endswith("_KNOWN"):
        cell = pl.col(f"{of.id}.{name.removesuffix('_KNOWN')}")
        known = postcodes.known(frame.get_column(cell.meta.output_name()))
        marker = pl.when(pl.lit(known)).then(pl.lit("1")).otherwise(pl.lit("0"))
        return frame.with_columns(pl.when(cell.is_not_null()).then(marker).alias(target))
    place = postcodes.locate(frame.get_column(f"{of.id}.PL_POST"))
    if name == "PL_LA":
        return frame.with_columns(place["authority"].alias(target))
    if name == "PL_LOCATION":
        inside = (
            place["authority"] == local_authority
            if local_authority
            else pl.Series([None] * frame.height, dtype=pl.Boolean)
        )
        placed = frame.select(
            pl.when(pl.lit(inside).fill_null(value=False)).then(pl.lit("IN"))
            .when(pl.lit(place["east"]).is_not_null()).then(pl.lit("OUT")).alias(target)
        )  # fmt: skip
        return frame.with_columns(placed[target])
    origin = postcodes.locate(frame.get_column(f"{of.id}.HOME_POST"))
    metres = ((place["east"] - origin["east"]) ** 2 + (place["north"] - origin["north"]) ** 2).sqrt()
    return frame.with_columns((metres / METRES_PER_MILE).round(1).alias(target))
