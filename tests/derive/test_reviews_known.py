"""What is known of reviews without the previous return is the same with it, and ranges hold what it makes known."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings

from returns903 import Return
from returns903.derive import review_timeliness, reviews_due, reviews_up_to_date
from returns903.derive.reviews_due import every_step
from tests.derive.reviews_day_by_day import Tables
from tests.derive.strategies_reviews import YEAR, made, tables_of_two_years

pytest.importorskip("holidays")

STEP = ["child", "due", "held", "state"]


@settings(deadline=None, max_examples=100)
@given(both=tables_of_two_years())
def test_a_due_date_that_is_known_stays_as_it_is(both: tuple[Tables, Tables | None]) -> None:
    now, before = both
    without, with_it = reviews_due(made(now)), reviews_due(made(now, before))
    known = without.filter(basis="known")
    assert known.join(with_it, on=STEP, how="anti", nulls_equal=True).is_empty()
    assert known.join(with_it.filter(basis="known"), on=STEP, how="anti", nulls_equal=True).is_empty()


@settings(deadline=None, max_examples=100)
@given(both=tables_of_two_years())
def test_an_assumed_due_date_is_the_last_day_that_it_can_be(both: tuple[Tables, Tables | None]) -> None:
    now, before = both
    assumed = every_step(made(now)).filter(basis="assumed").select("child", "end", "held", "since", latest="due")
    true = every_step(made(now, before)).filter(basis="known").select("child", "end", "held", "due")
    true = true.filter(pl.col("held").is_null() | (pl.col("held") >= YEAR.start))
    pairs = assumed.join(true, on=["child", "end", "held"], nulls_equal=True)
    assert pairs.filter(pl.col("due") > pl.col("latest")).is_empty()
    assert pairs.filter(pl.col("due") < pl.col("since")).is_empty()


def ranges(ret: Return, true: Return) -> pl.DataFrame:
    """Figures of both returns side by side; reviews due are without those held before the year."""
    keys = ["measure", "breakdown"]
    found = [
        review_timeliness(each).filter(pl.col("breakdown").str.contains("^(all|age|asylum)")) for each in (ret, true)
    ]
    return found[0].join(found[1], on=keys, suffix="_true")


@settings(deadline=None, max_examples=100)
@given(both=tables_of_two_years())
def test_ranges_hold_the_figure_that_the_previous_return_makes_known(both: tuple[Tables, Tables | None]) -> None:
    ret, true = made(both[0]), made(*both)
    early = reviews_due(true).filter(pl.col("held") < YEAR.start, pl.col("due") >= YEAR.start)
    table = ranges(ret, true).filter((pl.col("measure") != "reviews_due") | early.is_empty())
    outside = (pl.col("least_true") < pl.col("least") - 1e-9) | (pl.col("most_true") > pl.col("most") + 1e-9)
    assert table.filter(outside).is_empty()
    days = reviews_up_to_date(ret).join(reviews_up_to_date(true), on="as_at", suffix="_true")
    assert days.filter(outside).is_empty()
    assert days.filter(pl.col("overdue") > pl.col("overdue_true")).is_empty()
