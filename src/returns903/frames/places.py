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
    frame: pl.DataFrame, of: Table, postcodes: Postcodes | None, local_authority: str | None
) -> pl.DataFrame:
    """The frame with those of `PLACES` that it lacks; null where a postcode is blank or unknown.

    Miles are sqrt(dE² + dN²) / 1000 / 1.6093, to one decimal, from grid references in metres. The successors of a
    divided authority count as the authority itself.
    """
    lacking = [name for name in PLACES if f"{of.id}.{name}" not in frame.columns]
    if postcodes is None:
        blank = {f"{of.id}.{name}": pl.lit(None, of.all_columns()[name].dtype) for name in lacking}
        return frame.with_columns(**blank)
    home, place = (frame.get_column(f"{of.id}.{name}") for name in ("HOME_POST", "PL_POST"))
    located = postcodes.locate(pl.concat([home, place]))
    both = located.head(home.len()).select(pl.all().name.prefix("home_")).hstack(located.tail(place.len()))
    worked_out = both.select(_place(name, local_authority).alias(f"{of.id}.{name}") for name in lacking)
    return frame.hstack(worked_out)


def _place(name: str, local_authority: str | None) -> pl.Expr:
    inside = pl.col("authority").is_in(sorted(authorities.area(local_authority))).fill_null(value=False)
    metres = ((pl.col("east") - pl.col("home_east")) ** 2 + (pl.col("north") - pl.col("home_north")) ** 2).sqrt()
    return {
        "PL_LA": pl.when(inside).then(pl.lit(local_authority, pl.String)).otherwise("authority"),
        "PL_LOCATION": pl.when(inside).then(pl.lit("IN")).when("known").then(pl.lit("OUT")),
        "PL_DISTANCE": (metres / METRES_PER_MILE).round(1),
        "HOME_POST_KNOWN": pl.col("home_known").cast(pl.Int8).cast(pl.String),
        "PL_POST_KNOWN": pl.col("known").cast(pl.Int8).cast(pl.String),
    }[name]
