"""The review tables against the same definitions worked out day by day in plain Python."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903.derive import review_timeliness, reviews_due, reviews_up_to_date
from tests.derive import reviews_day_by_day as by_hand
from tests.derive.reviews_day_by_day import Tables
from tests.derive.strategies_reviews import YEAR, made, tables_of_two_years

pytest.importorskip("holidays")

CHAIN = ["child", "period", "kind", "due", "held", "days_late", "state", "basis"]


def expected_chain(found: list[by_hand.Period]) -> list[dict[str, Any]]:
    found = sorted(found, key=lambda p: (p.child, p.number))
    return [{"child": p.child, "period": p.number} | step for p in found for step in p.steps]


@settings(deadline=None, max_examples=80)
@given(both=tables_of_two_years(), adoption=st.booleans())
def test_the_chain_is_the_one_found_day_by_day(both: tuple[Tables, Tables | None], adoption: bool) -> None:
    found = by_hand.reviews_due(*both, YEAR, adoption=adoption)
    assert reviews_due(made(*both), adoption=adoption).select(CHAIN).to_dicts() == expected_chain(found)


@settings(deadline=None, max_examples=40)
@given(both=tables_of_two_years(), days=st.integers(0, 364))
def test_timeliness_is_the_one_counted_by_hand(both: tuple[Tables, Tables | None], days: int) -> None:
    found = by_hand.reviews_due(*both, YEAR)
    ret = made(*both)
    rows = review_timeliness(ret).filter(breakdown="all").select("measure", "on_time", "late", "missed").rows()
    measured = {measure: tuple(counts) for measure, *counts in rows}
    assert measured["child"][:2] == by_hand.by_child(found, YEAR)
    assert measured["reviews_held"] == (*by_hand.by_held(found, YEAR), 0)
    assert measured["reviews_due"] == by_hand.by_due(found, YEAR)
    day = YEAR.start + dt.timedelta(days)
    assert reviews_up_to_date(ret, day).select("children", "overdue").row(0) == by_hand.up_to_date(found, day)
