"""Windows other than the year."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import ConfigError, derive
from returns903.derive.windows import window
from tests.derive.strategies import YEAR, SmallReturn, days_near, small_returns

D = dt.date
HALF = (D(2024, 10, 1), D(2025, 3, 31))
EVENTS = {"started_in_year": "start", "leaving_care": "ceased"}


@pytest.mark.parametrize(
    ("previous", "period", "expected"),
    [
        (None, None, (YEAR.start, YEAR.end)),
        (None, ("2024-10-01", "2025-03-31"), HALF),
        (None, [D(2024, 10, 1), "2025-03-31"], HALF),
        (None, (YEAR.start, YEAR.start), (YEAR.start, YEAR.start)),
        ({}, ("2023-04-01", "2024-03-31"), (D(2023, 4, 1), D(2024, 3, 31))),
    ],
)
def test_a_window(previous: Any, period: Any, expected: tuple[D, D]) -> None:
    assert tuple(window(SmallReturn({}, previous).read(), period)) == expected


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (("2024-10-01",), "first and its last day"),
        ("2024-10-01", "first and its last day"),
        (("soon", "2025-03-31"), "written like 2024-10-01"),
        ((dt.datetime(2024, 10, 1), "2025-03-31"), "written like 2024-10-01"),
        (("2025-03-31", "2024-10-01"), "from 01/04/2024 to 31/03/2025"),
        (("2024-03-31", "2024-10-01"), "from 01/04/2024 to 31/03/2025"),
        (("2024-10-01", "2025-04-01"), "from 01/04/2024 to 31/03/2025"),
    ],
)
def test_what_is_no_window_is_refused(period: Any, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        derive.started_in_year(SmallReturn({}).read(), period=period)


@pytest.mark.parametrize(
    ("months", "to", "first"),
    [
        (6, D(2025, 3, 31), D(2024, 10, 1)),
        (12, D(2024, 9, 30), D(2023, 10, 1)),
        (3, D(2025, 2, 28), D(2024, 12, 1)),
        (1, D(2024, 2, 29), D(2024, 2, 1)),
        (6, D(2025, 1, 15), D(2024, 7, 16)),
    ],
)
def test_the_last_months(months: int, to: D, first: D) -> None:
    assert derive.last_months(months, to) == (first, to)


def test_there_is_no_window_of_no_months() -> None:
    with pytest.raises(ConfigError, match="one month or more"):
        derive.last_months(0, YEAR.end)


def quarters() -> list[tuple[D, D]]:
    firsts = [YEAR.start, D(2024, 7, 1), D(2024, 10, 1), D(2025, 1, 1), D(2025, 4, 1)]
    return [(one, other - dt.timedelta(days=1)) for one, other in pairwise(firsts)]


@given(small_returns(children=6), days_near(), days_near())
@settings(max_examples=40, deadline=None)
def test_each_childs_first_start_and_last_ceasing_in_the_window(small: SmallReturn, one: D, other: D) -> None:
    """Of every single day's starts the first, and of every single day's leavers the last, count in a longer window."""
    ret = small.read()
    first, last = max(min(one, other), YEAR.start), max(one, other, YEAR.start)
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day for day in days if day in _event_days(small)]
    for name, column in EVENTS.items():
        make = getattr(derive, name)
        each = [make(ret, period=(day, day)) for day in days]
        keep = "first" if name == "started_in_year" else "last"
        every = pl.concat([make(ret).clear(), *each]).unique("child", keep=keep, maintain_order=True).sort("child")
        assert make(ret, period=(first, last)).equals(every)
        assert every.get_column(column).is_between(first, last).all()


def _event_days(small: SmallReturn) -> set[D]:
    texts = {row.get(name) for row in small.tables["Episodes"] for name in ("DECOM", "DEC")}
    before = {row.get(name) for row in (small.previous or {}).get("Episodes", []) for name in ("DECOM", "DEC")}
    found = pl.Series([text for text in texts | before if text], dtype=pl.String).str.to_date("%d/%m/%Y", strict=False)
    return set(found.drop_nulls())


@pytest.mark.parametrize("measure", ["reviews_held", "reviews_due"])
@given(small_returns(children=6, faulty=False), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_reviews_of_the_quarters_add_up_to_the_year(measure: str, small: SmallReturn, adoption: bool) -> None:
    ret, numbers = small.read(), ["denominator", "on_time", "late", "missed"]
    whole = derive.review_timeliness(ret, adoption=adoption).filter(measure=measure).select("breakdown", *numbers)
    parts = [
        derive.review_timeliness(ret, adoption=adoption, period=each).filter(measure=measure) for each in quarters()
    ]
    added = pl.concat(parts).group_by("breakdown", maintain_order=True).agg(pl.col(numbers).sum())
    assert added.equals(whole)


@given(small_returns(children=6, faulty=False))
@settings(max_examples=15, deadline=None)
def test_the_reviews_of_a_window_taken_part_in_add_up(small: SmallReturn) -> None:
    ret = small.read()
    whole = (
        derive.review_participation(ret).filter(measure="review").select("breakdown", "count", "denominator", "under_4")
    )
    parts = [derive.review_participation(ret, period=each).filter(measure="review") for each in quarters()]
    added = (
        pl.concat(parts).group_by("breakdown", maintain_order=True).agg(pl.col("count", "denominator", "under_4").sum())
    )
    assert added.equals(whole)
    year = derive.review_participation(ret, period=(YEAR.start, YEAR.end)).drop("not_judged")
    assert year.equals(derive.review_participation(ret).drop("not_judged"))
