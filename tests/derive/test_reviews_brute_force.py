"""The review tables against the same definitions worked out day by day in plain Python."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903.derive import review_participation, review_timeliness, reviews_due, reviews_up_to_date
from tests.derive import reviews_day_by_day as by_hand
from tests.derive.participation_by_hand import measures
from tests.derive.reviews_day_by_day import Row, Tables, read
from tests.derive.strategies_reviews import CODES, DAY, YEAR, made, tables_of_two_years, text

pytest.importorskip("holidays")

CHAIN = ["child", "period", "kind", "due", "held", "days_late", "state", "basis"]


def expected_chain(found: list[by_hand.Period]) -> list[dict[str, Any]]:
    found = sorted(found, key=lambda p: (p.child, p.number))
    return [{"child": p.child, "period": p.number} | step for p in found for step in p.steps]


@settings(deadline=None, max_examples=150)
@given(both=tables_of_two_years(), adoption=st.booleans())
def test_the_chain_is_the_one_found_day_by_day(both: tuple[Tables, Tables | None], adoption: bool) -> None:
    found = by_hand.reviews_due(*both, YEAR, adoption=adoption)
    assert reviews_due(made(*both), adoption=adoption).select(CHAIN).to_dicts() == expected_chain(found)


@st.composite
def adopted_children(draw: st.DrawFn) -> tuple[list[Row], dt.date, list[dt.date]]:
    """Episodes of a child in care for years, the day in the last year when a clock began, and the reviews since."""
    clock = YEAR.previous.start + draw(st.integers(90, 364)) * DAY
    orders, places = draw(
        st.sampled_from([(("C2", "C2"), ("A5", "A5")), (("E1", "E1"), ("U4", "A3")), (("E1", "C2"), ("U4", "U4"))])
    )
    moves = [dt.date(2020, 5, 18), clock, clock + draw(st.sampled_from([20, 28, 29, 93, 200])) * DAY]
    statuses = list(zip(("C2", *orders), ("U4", *places), moves, [*moves[1:], None], strict=True))
    rows = [
        {"CHILD": "A", "DECOM": text(decom), "RNE": "S" if decom == moves[0] else "B", "LS": status, "PLACE": place}
        | {"DEC": text(dec), "REC": dec and "X1"}
        for status, place, decom, dec in statuses
    ]
    reviews = draw(st.lists(st.integers(0, 540), max_size=5, unique=True))
    return rows, clock, [clock + days * DAY for days in reviews]


@settings(deadline=None, max_examples=60)
@given(child=adopted_children(), days=st.integers(1, 80))
def test_an_earlier_review_changes_none_after_a_clock_began(
    child: tuple[list[Row], dt.date, list[dt.date]], days: int
) -> None:
    rows, clock, reviews = child

    def judged(held: list[dt.date]) -> list[dict[str, Any]]:
        of_year: list[list[Row]] = [[], []]
        for day in held:
            of_year[day >= YEAR.start].append({"CHILD": "A", "REVIEW": text(day), "REVIEW_CODE": "PN1"})
        before, now = ({"Episodes": rows, "Reviews": days} for days in of_year)
        chain = reviews_due(made(now, before)).filter((pl.col("held") >= clock) | pl.col("held").is_null())
        return chain.filter(basis="known").select("kind", "due", "held", "state").to_dicts()

    with_it, without = judged([*reviews, clock - days * DAY]), judged(reviews)
    assert [step for step in without if step not in with_it] == []
    assert without or not any(day < YEAR.start for day in reviews)


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


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[Tables, Tables | None, tuple[dt.date, dt.date] | None]:
    """Tables of two years and a window, mostly about four weeks from the start of an episode, full of reviews."""
    now, before = draw(tables_of_two_years())
    starts = [day for row in now["Episodes"] if (day := read(row["DECOM"]))]
    lasts = [day + days * DAY for day in starts for days in (27, 28) if YEAR.start <= day + days * DAY <= YEAR.end]
    last = draw(st.sampled_from([YEAR.end, *lasts, *lasts]))
    days = draw(st.lists(st.integers(0, 27).map(lambda n: last - n * DAY), max_size=6))
    names = st.sampled_from([row["CHILD"] for row in now["Episodes"]] + ["Z", None])
    more = [
        {"CHILD": draw(names), "REVIEW": text(day), "REVIEW_CODE": draw(st.sampled_from(["PN0", *CODES]))}
        for day in days
    ]
    first = draw(st.sampled_from([YEAR.start, last - 9 * DAY])) if last > YEAR.start + 9 * DAY else last
    whole = (first, last) == (YEAR.start, YEAR.end)
    return now | {"Reviews": [*now["Reviews"], *more]}, before, None if whole else (first, last)


@settings(deadline=None, max_examples=150)
@given(reviewed())
def test_participation_is_the_one_counted_by_hand(
    found: tuple[Tables, Tables | None, tuple[dt.date, dt.date] | None],
) -> None:
    now, before, days = found
    expected = measures(now, before, YEAR, days)
    for row in review_participation(made(now, before), period=days).rows(named=True):
        measure = expected[row["measure"]]
        assert row["count"] == measure.counts[row["breakdown"]], (row["measure"], row["breakdown"])
        whole = measure.counts["all"]
        assert (row["denominator"], row["under_4"], row["not_judged"]) == (whole, measure.under_4, measure.not_judged)
        assert row["percent"] == (100 * row["count"] / whole if whole else None)
