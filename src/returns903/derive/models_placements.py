"""pandera models of the tables of placements, of care leavers, of the breakdowns and of the scorecard."""

from __future__ import annotations

import datetime as dt

import pandera.polars as pa
import polars as pl

from returns903.derive.model import Model


class PlacementRuns(Model):
    """`placement_runs`: one row a placement."""

    child: str
    period: pl.UInt32 = pa.Field(ge=1)
    place: str = pa.Field(nullable=True)
    group: str = pa.Field(nullable=True)
    start: dt.date
    end: dt.date = pa.Field(nullable=True)
    days: int
    episodes: pl.UInt32 = pa.Field(ge=1)
    open: bool

    class Config:
        """No further columns."""

        strict = True


class PlacementStability(Model):
    """`placement_stability`: one row a measure."""

    measure: str = pa.Field(unique=True)
    denominator: pl.UInt32
    children: pl.UInt32 = pa.Field(nullable=True)
    others: pl.UInt32 = pa.Field(nullable=True)
    percent: float = pa.Field(nullable=True, ge=0, le=100)
    unknown: pl.UInt32
    not_judged: pl.UInt32

    class Config:
        """No further columns."""

        strict = True


class PlacementDistance(Model):
    """`placement_distance`: one row for each distance and side, and their totals."""

    distance: str
    location: str
    children: pl.UInt32
    percent: float = pa.Field(nullable=True, ge=0, le=100)
    not_judged: pl.UInt32

    class Config:
        """No further columns."""

        strict = True
        unique = ["distance", "location"]


class CareLeaverOutcomes(Model):
    """`care_leaver_outcomes`: one row for each measure, age and category."""

    measure: str
    age: str
    category: str
    children: pl.UInt32
    percent: float = pa.Field(nullable=True, ge=0, le=100)

    class Config:
        """No further columns."""

        strict = True
        unique = ["measure", "age", "category"]


class Breakdowns(Model):
    """`breakdowns`: one row for each category of each breakdown."""

    breakdown: str
    category: str
    children: pl.UInt32
    percent: float = pa.Field(nullable=True, ge=0, le=100)
    not_judged: pl.UInt32

    class Config:
        """No further columns."""

        strict = True
        unique = ["breakdown", "category"]


class Scorecard(Model):
    """`scorecard`: one row for each month and measure."""

    month: dt.date
    measure: str
    unit: str = pa.Field(isin=["children", "percent", "per 10,000 children"])
    value: float = pa.Field(nullable=True, ge=0)
    numerator: pl.UInt32 = pa.Field(nullable=True)
    denominator: pl.UInt32 = pa.Field(nullable=True)
    unknown: pl.UInt32
    not_judged: pl.UInt32

    class Config:
        """No further columns."""

        strict = True
        unique = ["month", "measure"]
