"""Who is an unaccompanied asylum seeker: on a day, and at any time in the year."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings

from returns903.derive.asylum import with_asylum
from tests.derive import care_by_hand as by_hand
from tests.derive.strategies import Row, SmallReturn, Tables, days_near, small_returns

D = dt.date
END, JUNE = D(2025, 3, 31), D(2024, 6, 1)


def marks(small: SmallReturn, day: D, children: list[str | None]) -> list[tuple[bool, bool]]:
    rows = pl.DataFrame({"child": children}, schema={"child": pl.String})
    return with_asylum(small.read(), rows, pl.lit(day)).select("asylum", "asylum_in_year").rows()


@pytest.mark.parametrize(
    ("ends", "day", "seeks"),
    [
        ([None], END, True),
        (["01/06/2024"], JUNE - dt.timedelta(days=1), True),
        (["01/06/2024"], JUNE, False),
        (["01/06/2024"], END, False),
        (["31/02/2025"], END, True),
        (["01/06/2024", None], END, True),
        (["01/06/2024", "01/07/2024"], D(2024, 6, 30), True),
        (["01/06/2024", "01/07/2024"], D(2024, 7, 1), False),
    ],
)
def test_a_child_is_a_seeker_until_the_day_in_duc(ends: list[str | None], day: D, seeks: bool) -> None:
    rows: list[Row] = [{"CHILD": "A", "DUC": end} for end in ends]
    assert marks(SmallReturn({"UASC": rows}), day, ["A"]) == [(seeks, True)]


def test_the_flag_of_header_decides_and_the_previous_return_speaks_of_those_not_named() -> None:
    flags = (("A", "1"), ("B", "0"), ("C", None), ("D", None), ("G", "1"))
    header: list[Row] = [{"CHILD": child, "UASC": flag} for child, flag in flags]
    table: list[Row] = [{"CHILD": "B"}, {"CHILD": "C"}, {"CHILD": "E"}, {"CHILD": "G", "DUC": "01/06/2024"}]
    small = SmallReturn({"Header": header, "UASC": table}, {"UASC": [{"CHILD": "D"}, {"CHILD": "F"}]})
    found = marks(small, END, ["A", "B", "C", "D", "E", "F", "G", "H", None])
    seeker, over, other = (True, True), (False, True), (False, False)
    assert found == [seeker, other, seeker, other, seeker, seeker, over, other, other]


def test_on_a_day_before_the_year_the_previous_return_speaks_first() -> None:
    before: Tables = {"UASC": [{"CHILD": "A", "DUC": "01/02/2024"}]}
    small = SmallReturn({"Header": [{"CHILD": "A"}]}, before)
    assert [marks(small, day, ["A"]) for day in (D(2024, 1, 31), D(2024, 2, 1), END)] == [
        [(True, False)],
        [(False, False)],
        [(False, False)],
    ]


@given(small_returns(children=6), days_near())
@settings(max_examples=60, deadline=None)
def test_it_agrees_with_a_reading_by_hand(small: SmallReturn, day: D) -> None:
    children: list[str | None] = [*small.children()]
    marked = by_hand.asylum_seekers(small)
    expected = [(by_hand.seeks_asylum(small, str(child), day), child in marked) for child in children]
    assert marks(small, day, children) == expected
