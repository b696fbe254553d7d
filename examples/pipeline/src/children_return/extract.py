"""The case system's extract: three CSV files, as frames of text; null is a blank."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True)
class Extract:
    """What the case system hands over. Days are written 2024-05-01, codes with their words: ``C2 Full care order``."""

    children: pl.DataFrame
    """Person, Born, Sex, Ethnicity, Pupil number, Mother (Yes, No), Own child born."""
    stays: pl.DataFrame
    """Person, Involvement (a number for each time in care), Carer (one for each carer), From, To, Legal status, Need,
    Placement, Provider, Reason ended (where the time in care ended), Reason moved, Home, Postcode, Ofsted number."""
    reviews: pl.DataFrame
    """Person, Held, Participation."""


def read(folder: Path) -> Extract:
    """The extract in a folder."""
    return Extract(
        **{name: pl.read_csv(folder / f"{name}.csv", infer_schema=False) for name in ("children", "stays", "reviews")}
    )


def write(extract: Extract, folder: Path) -> None:
    """Write an extract into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in vars(extract).items():
        frame.write_csv(folder / f"{name}.csv")
