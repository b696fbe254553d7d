"""Who is looked after on a day, who started in the year, and legal statuses on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from returns903 import codes, derive, schemas
from tests.derive import care_by_hand as by_hand
from tests.derive.strategies import YEAR, SmallReturn, days_near, small_returns
from tests.derive.test_care import JULY, JUNE, MAY, D, ep, made

DAY = dt.timedelta(days=1)
END = YEAR.end


@pytest.mark.parametrize(
    ("rows", "day", "status"),
    [
        ([ep(MAY, JUNE, rec="E4A")], MAY - DAY, None),
        ([ep(MAY, JUNE, rec="E4A")], MAY, "C2"),
        ([ep(MAY, JUNE, rec="E4A")], JUNE - DAY, "C2"),
        ([ep(MAY, JUNE, rec="E4A")], JUNE, None),
        ([ep(MAY, JUNE, rec="X1", ls="V2"), ep(JUNE, rne="L")], JUNE - DAY, "V2"),
        ([ep(MAY, JUNE, rec="X1", ls="V2"), ep(JUNE, rne="L")], JUNE, "C2"),
        ([ep(MAY, JUNE, rec="E4A", ls="V2"), ep(JUNE, rne="S")], JUNE, "C2"),
        ([ep(MAY, ls="V3")], JUNE, None),
        ([ep(MAY, ls="V4")], JUNE, None),
        ([ep(MAY, ls=None)], JUNE, "blank"),
        ([ep(MAY, JULY, ls="V2", rec="X1"), ep(JUNE, rne="L")], JUNE, "C2"),
        ([ep(MAY, ls="V2"), ep(JUNE, ls="V3")], JULY, "V2"),
        ([ep(MAY, "31/02/2025", rec="E4A")], END, "C2"),
        ([ep("31/02/2024")], END, None),
    ],
)
def test_looked_after_at_the_close_of_a_day(rows: list[Any], day: D, status: str | None) -> None:
    found = derive.looked_after_on(made(*rows), day)["legal_status"].to_list()
    assert found == ([] if status is None else [None if status == "blank" else status])


def test_all_that_is_told_of_a_child() -> None:
    header = [{"CHILD": "A", "DOB": "01/04/2010", "SEX": "F", "ETHNIC": "WBRI"}]
    rows = [ep(MAY, JUNE, rec="X1", ls="V2"), ep(JUNE, rne="U", PLACE="K2")]
    found = derive.looked_after_on(made(*rows, Header=header, UASC=[{"CHILD": "A"}]), END)
    assert found.rows(named=True) == [
        {
            "child": "A",
            "legal_status": "C2",
            "group": "Full care order",
            "placement": "K2",
            "placement_group": "Secure homes and children's homes",
            "age": 14,
            "sex": "F",
            "ethnic": "WBRI",
            "asylum": True,
            "asylum_in_year": True,
            "start": MAY,
            "start_known": True,
            "days": 334,
        }
    ]


def test_a_day_of_the_year_before_is_told_from_the_previous_return() -> None:
    gone = ep(D(2023, 6, 1), D(2024, 1, 10), rec="E5")
    ret = made(ep(MAY, child="B"), before=[gone])
    assert derive.looked_after_on(ret, D(2024, 1, 9))["child"].to_list() == ["A"]
    assert derive.looked_after_on(ret, D(2024, 1, 10))["child"].to_list() == []


def test_legal_statuses_on_a_day() -> None:
    ret = made(
        ep(MAY, child="A"),
        ep(MAY, child="B"),
        ep(MAY, ls="C1", child="C"),
        ep(MAY, ls=None, child="D"),
        ep(MAY, ls="V3", child="E"),
        ep("soon", ls="V2", child="F"),
        ep("soon", ls="V4", child="G"),
        ep(MAY, "soon", ls="C1", child="H"),
        ep(MAY, JUNE, rec="E8", ls="J1", child="I"),
        ep(JUNE, child=None),
        ep(MAY, ls="Anna Muster", child="J"),
        ep(MAY, ls="C2 since June", child="K"),
        UASC=[{"CHILD": "A"}, {"CHILD": "I"}],
    )
    assert derive.legal_status_on(ret, END).rows() == [
        ("C1", "Interim care order", 2, 0, 1),
        ("C2", "Full care order", 2, 1, 1),
        ("V2", "Voluntary agreements under S20 CA 1989", 0, 0, 1),
        (codes.NOT_A_CODE, None, 2, 0, 0),
        (None, None, 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ([ep(D(2024, 4, 1))], D(2024, 4, 1)),
        ([ep(D(2025, 3, 31))], D(2025, 3, 31)),
        ([ep(D(2024, 3, 31))], None),
        ([ep(D(2025, 4, 1))], None),
        ([ep(MAY, ls="V3")], None),
        ([ep(MAY, rne="P")], None),
        ([ep(MAY, rne=None)], None),
        ([ep("31/04/2024")], None),
        ([ep(MAY, JUNE, rec="E4A"), ep(JUNE)], MAY),
        ([ep(MAY, JUNE, rec="E4A", ls="V4"), ep(JUNE)], JUNE),
        ([ep(D(2023, 5, 1), JUNE, rec="E4A"), ep(JUNE)], JUNE),
    ],
)
def test_the_first_start_in_the_year(rows: list[Any], start: D | None) -> None:
    found = derive.started_in_year(made(*rows))
    assert found["start"].to_list() == ([start] if start else [])
    assert found["start_known"].all()


def test_what_is_told_of_a_start_is_as_it_was_then() -> None:
    header = [{"CHILD": "A", "DOB": "02/05/2010"}]
    rows = [ep(MAY, JUNE, rec="X1", ls="L2"), ep(JUNE, JULY, rne="L", rec="E4A")]
    found = derive.started_in_year(made(*rows, Header=header)).row(0, named=True)
    assert (found["legal_status"], found["age"], found["days"]) == ("L2", 13, 61)


def test_without_episodes_nobody_is_looked_after() -> None:
    ret = SmallReturn({}).read()
    schemas.LookedAfterOn.validate(derive.looked_after_on(ret, END))
    schemas.LegalStatusOn.validate(derive.legal_status_on(ret, END))
    schemas.StartedInYear.validate(derive.started_in_year(ret))


@settings(max_examples=50, deadline=None)
@given(small_returns(children=8), days_near())
def test_the_tables_of_a_day_are_those_worked_out_by_hand(small: SmallReturn, day: D) -> None:
    ret = small.read()
    found = schemas.LookedAfterOn.validate(derive.looked_after_on(ret, day))
    told = found.drop("placement_group")
    assert_frame_equal(told, pl.DataFrame(by_hand.looked_after_on(small, day), schema=told.schema))
    statuses = schemas.LegalStatusOn.validate(derive.legal_status_on(ret, day))
    assert {row[0]: row[2:] for row in statuses.rows()} == by_hand.legal_status_on(small, day)
    assert statuses["children"].sum() == found.height
    assert statuses["asylum_seeking"].sum() == found["asylum"].sum()
    starts = schemas.StartedInYear.validate(derive.started_in_year(ret))
    assert {row[0]: row[1:] for row in starts.select("child", "start", "legal_status").rows()} == (
        by_hand.started_in_year(small)
    )


@settings(max_examples=20, deadline=None)
@given(small_returns(), days_near(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(small: SmallReturn, day: D, seed: int) -> None:
    one, other = small.read(), small.shuffled(seed).read()
    assert_frame_equal(derive.looked_after_on(one, day), derive.looked_after_on(other, day))
    assert_frame_equal(derive.legal_status_on(one, day), derive.legal_status_on(other, day))
    assert_frame_equal(derive.started_in_year(one), derive.started_in_year(other))


@settings(max_examples=20, deadline=None)
@given(small_returns(faulty=False), days_near())
def test_who_is_looked_after_is_in_a_run_of_that_status(small: SmallReturn, day: D) -> None:
    ret = small.read()
    if day < YEAR.start:
        return
    on_day = derive.looked_after_on(ret, day).select("child", "legal_status").rows()
    runs = derive.legal_status_runs(ret).filter(
        pl.col("start") <= day, pl.col("open") | (pl.col("end") > day), ~pl.col("legal_status").is_in(["V3", "V4"])
    )
    assert sorted(on_day) == sorted(runs.select("child", "legal_status").rows())
