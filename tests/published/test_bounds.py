"""What is said of suppressed percentages, and that it says nothing of the small count behind them."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.derive.counts import percent
from returns903.published.bounds import STATED, bounds
from returns903.published.catalogue import DEFINITIONS
from returns903.statistics import FARTHEST, SMALL

TABLE = DEFINITIONS["reviews_by_month"]


def said(on_time: int, due: int, *, part: bool = True, whole: bool = False) -> int | None:
    """What is said of one month, with its part or its whole hidden."""
    frame = pl.DataFrame({"on_time": [on_time], "due": [due], "late": [due - on_time]})
    frame = frame.with_columns(percent=percent("on_time", "due"))
    hidden = pl.DataFrame({"on_time": [part], "late": [part], "due": [whole], "percent": [part or whole]})
    found: int | None = bounds(TABLE, frame, hidden).item(0, "percent")
    return found


@pytest.mark.parametrize(
    ("on_time", "due", "bound"),
    [
        (848, 853, 99),
        (852, 853, 99),
        (795, 800, 99),
        (794, 799, 98),
        (155, 160, 95),
        (154, 159, 90),
        (75, 80, 90),
        (74, 79, None),
        (5, 853, -1),
        (1, 160, -5),
        (1, 79, None),
        (840, 853, 98),  # hidden because of another month: 13 and 3 more are 16 of 853
        (400, 853, None),
        (0, 0, None),
    ],
)
def test_what_is_said(on_time: int, due: int, bound: int | None) -> None:
    assert said(on_time, due) == bound


def test_a_number_that_is_shown_and_one_of_a_hidden_whole_have_none() -> None:
    assert said(848, 853, part=False) is None
    assert said(848, 853, whole=True) is None


@pytest.mark.parametrize("due", [*range(1, 900, 7), 79, 80, 159, 160, 399, 400, 799, 800])
def test_it_is_the_same_whatever_small_number_is_behind_it(due: int) -> None:
    assert len({said(due - late, due) for late in SMALL if late <= due}) == 1


@pytest.mark.parametrize("due", [80, 160, 400, 800, 1200])
def test_it_is_true_of_every_number_near_the_true_one(due: int) -> None:
    for on_time in range(due + 1):
        bound = said(on_time, due)
        near = [on_time + more for more in range(-FARTHEST, FARTHEST + 1) if 0 <= on_time + more <= due]
        if bound is not None:
            assert abs(bound) in (*STATED, *(100 - stated for stated in STATED))
            assert all(100 * n >= bound * due if bound > 0 else 100 * n <= -bound * due for n in near)


def test_a_rate_is_no_percentage() -> None:
    table = DEFINITIONS["scorecard"]
    row = {"month": ["x"], "measure": ["looked_after_rate"], "unit": ["per 10,000 children"], "value": [2.0]}
    frame = pl.DataFrame(row | {"numerator": [20], "denominator": [100_000]})
    hidden = pl.DataFrame({"value": [True], "numerator": [True], "denominator": [False]})
    assert bounds(table, frame, hidden).item(0, "value") is None
