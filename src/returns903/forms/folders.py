"""A folder with a file for each table."""

from __future__ import annotations

import io
from collections.abc import Mapping

import polars as pl

from returns903.tables import TABLES

STEMS = {name: name.lower() for name in TABLES} | {
    "PlacedAdoption": "placed_for_adoption",
    "PrevPerm": "previous_permanence",
    "SWEpisodes": "sw_episodes",
}
"""What the files of each table are called, before the suffix."""

FILES = frozenset(f"{stem}{suffix}" for stem in STEMS.values() for suffix in (".csv", ".parquet"))
"""Every name that a file of such a folder may have."""


def csv_files(tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """The tables as CSV in UTF-8, by the names of their files."""
    return {f"{STEMS[name]}.csv": frame.write_csv().encode() for name, frame in tables.items()}


def parquet_files(tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """The tables as Parquet with columns of text, by the names of their files."""
    return {f"{STEMS[name]}.parquet": _parquet(frame) for name, frame in tables.items()}


def _parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target)
    return target.getvalue()
