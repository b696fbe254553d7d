"""Where a placement lies: its authority, inside or outside the area of the authority making the return, and how far."""

from __future__ import annotations

import polars as pl

from returns903.reference import authorities
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
    place = _placed(frame.get_column(f"{of.id}.PL_POST"), postcodes, local_authority)
    if name == "PL_LA":
        return frame.with_columns(place["authority"].alias(target))
    if name == "PL_LOCATION":
        inside = pl.col("authority").eq_missing(pl.lit(local_authority, pl.String)) & pl.col("authority").is_not_null()
        location = pl.when(inside).then(pl.lit("IN")).when("known").then(pl.lit("OUT"))
        return frame.with_columns(place.select(location.alias(target)).to_series())
    origin = postcodes.locate(frame.get_column(f"{of.id}.HOME_POST"))
    metres = ((place["east"] - origin["east"]) ** 2 + (place["north"] - origin["north"]) ** 2).sqrt()
    return frame.with_columns((metres / METRES_PER_MILE).round(1).alias(target))


def _placed(cells: pl.Series, postcodes: Postcodes, local_authority: str | None) -> pl.DataFrame:
    """Authority, east, north and whether the postcode is known. The successors of a divided authority count as it."""
    own = authorities.area(local_authority)
    authority = pl.when(pl.col("authority").is_in(sorted(own))).then(pl.lit(local_authority)).otherwise("authority")
    known = pl.lit(postcodes.known(cells)).fill_null(value=False)
    return postcodes.locate(cells).with_columns(authority=authority, known=known)
