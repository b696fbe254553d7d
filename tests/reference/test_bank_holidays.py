import datetime as dt
import sys

import polars as pl
import pytest

from returns903.errors import ConfigError
from returns903.reference.bank_holidays import bank_holidays, working_day_after

pytest.importorskip("holidays")

D = dt.date


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (D(2024, 1, 10), 0, D(2024, 1, 10)),
        (D(2024, 1, 10), 1, D(2024, 1, 11)),
        (D(2024, 1, 12), 1, D(2024, 1, 15)),
        (D(2024, 1, 13), 1, D(2024, 1, 15)),
        (D(2024, 1, 13), 0, D(2024, 1, 13)),
        (D(2024, 3, 28), 1, D(2024, 4, 2)),
        (D(2024, 12, 25), 1, D(2024, 12, 27)),
        (D(2024, 12, 23), 20, D(2025, 1, 23)),
        (D(2022, 9, 16), 1, D(2022, 9, 20)),
        (D(2020, 5, 7), 1, D(2020, 5, 11)),
    ],
)
def test_the_nth_working_day_after_a_day(day: dt.date, n: int, expected: dt.date) -> None:
    assert working_day_after(day, n) == expected


def test_expressions_and_series_give_the_same_with_null_for_unknown() -> None:
    frame = pl.DataFrame({"day": [D(2024, 3, 30), None, D(1980, 1, 1), D(2040, 1, 1)]})
    expected = [D(2024, 4, 2), None, None, None]
    assert frame.select(working_day_after(pl.col("day"), 1)).to_series().to_list() == expected
    series = working_day_after(frame["day"], 1)
    assert series.to_list() == expected
    assert series.name == "day"


def test_the_holidays_of_england() -> None:
    days = bank_holidays()
    assert {D(2023, 5, 8), D(2012, 6, 5), D(2023, 12, 25), D(2024, 4, 1)} <= set(days)
    assert D(2024, 3, 18) not in days
    assert list(days) == sorted(days)


def test_what_cannot_be_counted() -> None:
    with pytest.raises(ConfigError, match="0 to 250"):
        working_day_after(D(2024, 1, 1), -1)
    with pytest.raises(ConfigError, match="1990 to 2035"):
        working_day_after(D(1980, 1, 1), 1)


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    bank_holidays.cache_clear()
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ConfigError, match=r"returns903\[report\]"):
        working_day_after(D(2024, 1, 1), 1)
