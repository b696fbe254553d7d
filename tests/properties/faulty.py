"""Returns on which nearly every rule fires."""

from __future__ import annotations

import polars as pl

from returns903.testing import faults, synthesise
from returns903.testing.synthesis import Synthesised


def faulty(year: str, *, seed: int) -> Synthesised:
    """A return with a child for every rule of the year on whom it fires, more children, and faults sown over all."""
    rules = [fault.rule for fault in faults.for_year(year) if not fault.brings]
    return synthesise(len(rules) + 20, seed=seed, year=year, faults=rules, sown=0.01).with_tables(with_marker)


def with_marker(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Header with an asylum marker, as XML returns have it; UASC often says otherwise."""
    row = pl.int_range(pl.len())
    marker = pl.when(row % 4 == 0).then(pl.lit("1")).when(row % 41 == 1).then(pl.lit("x")).otherwise(pl.lit("0"))
    return frame.with_columns(marker.alias("UASC")) if name == "Header" else frame
