"""pandera models of the review tables: their columns, types and what may be null."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from returns903.derive import participation, reviews, timeliness
from returns903.derive.model import Model
from returns903.derive.reviews_due import KINDS, STATES

BASES = ("known", "assumed")


class _Strict(Model):
    class Config:
        strict = True
        ordered = True


class ReviewsDue(_Strict):
    """One row a due date: see `returns903.derive.reviews_due`."""

    child: pl.String
    period: pl.UInt32
    step: pl.UInt32 = pa.Field(ge=1)
    kind: pl.String = pa.Field(isin=KINDS)
    counted_from: pl.Date
    due: pl.Date
    held: pl.Date = pa.Field(nullable=True)
    days_late: pl.Int64 = pa.Field(nullable=True, ge=0)
    state: pl.String = pa.Field(isin=STATES)
    owed: pl.Boolean
    basis: pl.String = pa.Field(isin=BASES)
    history_complete: pl.Boolean


class ReviewsHeld(_Strict):
    """One row a review: see `returns903.derive.reviews_held`."""

    child: pl.String = pa.Field(nullable=True)
    period: pl.UInt32 = pa.Field(nullable=True)
    review: pl.Date = pa.Field(nullable=True)
    row: pl.UInt32
    last_year: pl.Boolean
    kind: pl.String = pa.Field(nullable=True, isin=KINDS)
    due: pl.Date = pa.Field(nullable=True)
    days_late: pl.Int64 = pa.Field(nullable=True, ge=0)
    state: pl.String = pa.Field(isin=("on_time", "late", "not_judged"))
    basis: pl.String = pa.Field(nullable=True, isin=BASES)
    participation: pl.String = pa.Field(nullable=True)
    taken_part: pl.Boolean = pa.Field(nullable=True)
    attended: pl.Boolean = pa.Field(nullable=True)
    repeat: pl.Boolean
    reason: pl.String = pa.Field(nullable=True, isin=reviews.REASONS)


class ReviewTimeliness(_Strict):
    """One row a measure and breakdown: see `returns903.derive.review_timeliness`."""

    measure: pl.String = pa.Field(isin=timeliness.MEASURES)
    breakdown: pl.String
    denominator: pl.UInt32
    on_time: pl.UInt32
    late: pl.UInt32
    missed: pl.UInt32
    percent: pl.Float64 = pa.Field(nullable=True, ge=0, le=100)
    not_judged: pl.UInt32


class ReviewsUpToDate(_Strict):
    """One row a day: see `returns903.derive.reviews_up_to_date`."""

    as_at: pl.Date
    children: pl.UInt32
    up_to_date: pl.UInt32
    overdue: pl.UInt32
    percent: pl.Float64 = pa.Field(nullable=True, ge=0, le=100)
    assumed: pl.UInt32
    not_judged: pl.UInt32


class ReviewParticipation(_Strict):
    """One row a measure and breakdown: see `returns903.derive.review_participation`."""

    measure: pl.String = pa.Field(isin=participation.MEASURES)
    breakdown: pl.String
    denominator: pl.UInt32
    count: pl.UInt32
    percent: pl.Float64 = pa.Field(nullable=True, ge=0, le=100)
    under_4: pl.UInt32
    not_judged: pl.UInt32
