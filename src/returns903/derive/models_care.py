"""pandera models of the tables about care: periods, legal status, who is looked after, who started and who left."""

from __future__ import annotations

import datetime as dt

import pandera.polars as pa
import polars as pl

from returns903.derive.model import Model


class _Table(Model):
    """Every column stands in the frame, in this order, and no other."""

    class Config:
        """What pandera is to insist on."""

        strict = True
        ordered = True


class PeriodsOfCare(_Table):
    """`periods_of_care`: one row a period, by child and start."""

    child: str
    period: pl.UInt32 = pa.Field(ge=1)
    start: dt.date
    start_known: bool
    end: dt.date = pa.Field(nullable=True)
    reason: str = pa.Field(nullable=True)
    episodes: pl.UInt32 = pa.Field(ge=1)
    days: pl.Int64
    open: bool
    respite: bool


class LegalStatusRuns(_Table):
    """`legal_status_runs`: one row a run, by child and start."""

    child: str
    period: pl.UInt32 = pa.Field(ge=1)
    legal_status: str = pa.Field(nullable=True)
    group: str = pa.Field(nullable=True)
    start: dt.date
    end: dt.date = pa.Field(nullable=True)
    days: pl.Int64
    episodes: pl.UInt32 = pa.Field(ge=1)
    open: bool


class NotJudged(_Table):
    """`not_judged`: one row a reason."""

    reason: str = pa.Field(unique=True)
    rows: pl.UInt32


class LegalStatusOn(_Table):
    """`legal_status_on`: one row a legal status."""

    legal_status: str = pa.Field(nullable=True)
    group: str = pa.Field(nullable=True)
    children: pl.UInt32
    asylum_seeking: pl.UInt32
    not_judged: pl.UInt32


class LookedAfterOn(_Table):
    """`looked_after_on`: one row a child."""

    child: str = pa.Field(unique=True)
    legal_status: str = pa.Field(nullable=True)
    group: str = pa.Field(nullable=True)
    placement: str = pa.Field(nullable=True)
    placement_group: str = pa.Field(nullable=True)
    age: pl.Int32 = pa.Field(nullable=True)
    sex: str = pa.Field(nullable=True)
    ethnic: str = pa.Field(nullable=True)
    asylum: bool
    start: dt.date
    start_known: bool
    days: pl.Int64


class StartedInYear(LookedAfterOn):
    """`started_in_year`: one row a child."""


class LeavingCare(_Table):
    """`leaving_care`: one row a child."""

    child: str = pa.Field(unique=True)
    reason: str
    group: str = pa.Field(nullable=True)
    age: pl.Int32 = pa.Field(nullable=True)
    days: pl.Int64 = pa.Field(nullable=True)
    legal_status: str = pa.Field(nullable=True)
    placement: str = pa.Field(nullable=True)
    asylum: bool
    ceased: dt.date
    start: dt.date = pa.Field(nullable=True)
    start_known: bool = pa.Field(nullable=True)


class LeavingCareReasons(_Table):
    """`leaving_care_reasons`: a row a reason or a group, those of the authority's own, and the total."""

    category: str
    kind: str = pa.Field(isin=["reason", "group", "unknown", "local", "total"])
    reason: str = pa.Field(nullable=True)
    group: str = pa.Field(nullable=True)
    children: pl.UInt32
    percent: pl.Float64 = pa.Field(nullable=True, ge=0, le=100)
    not_judged: pl.UInt32
