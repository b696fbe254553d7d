"""Permanent homes before care, and who came back: worked examples, and a count child by child."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from returns903 import Return
from returns903.derive import previous_permanence, started_in_year
from returns903.schemas import PreviousPermanence
from returns903.testing import strategies
from tests.derive import social_workers_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, days_near, frames
from tests.derive.strategies_yearly import as_texts, whole_returns

STARTED: Row = {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "C2", "PLACE": "U4"}


def said(ret: Return, measure: str) -> list[str]:
    found = previous_permanence(ret).filter(measure=measure, children=1)
    assert found["category"].last() == "total"
    return found["category"].to_list()[:-1]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["P1"], "adoption"),
        (["P2"], "special guardianship order"),
        (["P3"], "residence order or child arrangements order"),
        (["P4"], "a permanent home, not known of which kind"),
        (["Z1"], "none"),
        (["Z9"], "not given"),
        ([None], "not given"),
        ([""], "not given"),
        ([], "not given"),
        (["Z1", "P2", None], "special guardianship order"),
    ],
)
def test_permanent_homes(codes: list[str | None], expected: str) -> None:
    rows: list[Row] = [{"CHILD": "A", "PREV_PERM": code} for code in codes] + [{"CHILD": "B", "PREV_PERM": "P1"}]
    ret = Return.from_frames(frames({"Episodes": [STARTED], "PrevPerm": rows}), year=YEAR)
    assert said(ret, "previous_permanence") == [expected]


def test_this_years_row_counts_before_last_years() -> None:
    def rows(code: str) -> dict[str, list[Row]]:
        return {"Episodes": [STARTED], "PrevPerm": [{"CHILD": "A", "PREV_PERM": code}]}

    both = Return.from_frames(frames(rows("Z1")), previous=frames(rows("P1")), year=YEAR)
    assert said(both, "previous_permanence") == ["none"]
    last = Return.from_frames(frames({"Episodes": [STARTED]}), previous=frames(rows("P1")), year=YEAR)
    assert said(last, "previous_permanence") == ["adoption"]


@pytest.mark.parametrize(
    ("ended", "rec", "status", "expected"),
    [
        ("01/05/2024", "E4A", "C2", "back within 12 months"),
        ("02/05/2023", "E4A", "C2", "back within 12 months"),
        ("01/05/2023", "E4A", "C2", "back later"),
        ("01/05/2024", "X1", "C2", "not in care before, as far as the returns tell"),
        ("01/05/2024", None, "C2", "not in care before, as far as the returns tell"),
        ("01/05/2024", "E4A", "V4", "not in care before, as far as the returns tell"),
        ("02/05/2024", "E4A", "C2", "not in care before, as far as the returns tell"),
    ],
)
def test_who_came_back(ended: str, rec: str | None, status: str, expected: str) -> None:
    before = STARTED | {"DECOM": "01/01/2023", "DEC": ended, "REC": rec, "LS": status}
    ret = Return.from_frames(frames({"Episodes": [STARTED]}), previous=frames({"Episodes": [before]}), year=YEAR)
    assert said(ret, "re_entry") == [expected]


def test_of_several_endings_the_last_counts() -> None:
    before = [STARTED | {"DECOM": f"01/0{month}/2023", "DEC": f"02/0{month}/2023", "REC": "E4A"} for month in (5, 6, 4)]
    ret = Return.from_frames(frames({"Episodes": [STARTED]}), previous=frames({"Episodes": before}), year=YEAR)
    assert said(ret, "re_entry") == ["back within 12 months"]


def test_an_episode_of_a_day_is_not_its_own_before() -> None:
    row = STARTED | {"DEC": "01/05/2024", "REC": "E4A"}
    ret = Return.from_frames(frames({"Episodes": [row]}), year=YEAR)
    assert said(ret, "re_entry") == ["not in care before, as far as the returns tell"]


def test_percentages_are_of_those_who_started() -> None:
    rows: list[Row] = [{"CHILD": "A", "PREV_PERM": "P1"}]
    ret = Return.from_frames(frames({"Episodes": [STARTED, STARTED | {"CHILD": "B"}], "PrevPerm": rows}), year=YEAR)
    found = previous_permanence(ret).filter(measure="previous_permanence")
    assert found["percent"].to_list() == [50.0, 0.0, 0.0, 0.0, 0.0, 50.0, 100.0]
    assert previous_permanence(Return.from_frames({}, year=YEAR))["percent"].null_count() == 11


def agrees(small: SmallReturn, ret: Return, first: dt.date, last: dt.date) -> None:
    found = PreviousPermanence.validate(previous_permanence(ret, period=(first, last)))
    expected = by_hand.previous_permanence(small, first, last)
    for measure, category, children, percent in found.rows():
        whole = expected[measure, "total"]
        assert children == expected[measure, category]
        assert percent == (pytest.approx(100 * children / whole) if whole else None)
    assert {key for key, n in expected.items() if n} <= set(found.select("measure", "category").rows())
    started = started_in_year(ret, period=(first, last)).height
    assert found.filter(category="total")["children"].to_list() == [started] * 2


@given(whole_returns(), days_near(), days_near())
@settings(max_examples=100, deadline=None)
def test_it_is_what_is_counted_child_by_child(small: SmallReturn, one: dt.date, other: dt.date) -> None:
    earliest = YEAR.start if small.previous is None else YEAR.previous.start
    agrees(small, small.read(), max(min(one, other), earliest), max(one, other, earliest))


@given(strategies.returns(YEAR))
@settings(max_examples=10, deadline=None)
def test_it_is_so_of_lawful_returns(ret: Return) -> None:
    agrees(as_texts(ret), ret, YEAR.start, YEAR.end)


@given(strategies.returns(YEAR, valid=False))
@settings(max_examples=20, deadline=None)
def test_it_is_so_of_returns_with_faults(ret: Return) -> None:
    agrees(as_texts(ret), ret, YEAR.start, YEAR.end)
