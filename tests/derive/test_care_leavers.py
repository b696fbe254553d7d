from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import Return, Year, codes
from returns903.derive.care_leavers import care_leaver_outcomes
from returns903.schemas import CareLeaverOutcomes
from tests.derive import placements_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, frames
from tests.derive.strategies_placements import placed_returns


def leaver(child: str | None = "A", dob: str | None = "01/06/2005", **items: str | None) -> Row:
    return {"CHILD": child, "DOB": dob, "IN_TOUCH": "YES", "ACTIV": "F1", "ACCOM": "U1"} | items


def outcomes(*rows: Row, header: list[Row] | None = None, year: Year = YEAR) -> pl.DataFrame:
    tables = frames({"OC3": list(rows)} | ({"Header": header} if header else {}))
    return care_leaver_outcomes(Return.from_frames(tables, year=year))


def said(measure: str, *rows: Row) -> dict[str, int]:
    """The categories that somebody is in."""
    found = outcomes(*rows).filter(measure=measure, age="total").filter(pl.col("children") > 0)
    return {category: n for category, n in found.select("category", "children").iter_rows() if category != "total"}


def age_of(row: Row, year: Year = YEAR, header: list[Row] | None = None) -> str:
    found = outcomes(row, year=year, header=header).filter(measure="in_touch", category="total", children=1)
    return next(age for age in found["age"] if age not in ("total", "17-18", "19-21"))


@pytest.mark.parametrize(
    ("dob", "age"),
    [
        ("31/03/2008", "17"),
        ("01/04/2008", "other"),  # the 17th birthday on the last day of the year, and a day late
        ("01/04/2006", "18"),
        ("31/03/2006", "19"),
        ("31/03/2003", "22-25"),
        ("01/04/1999", "22-25"),
        ("31/03/1999", "other"),
        ("01/04/2003", "21"),
        ("29/02/2004", "21"),
        ("29/02/2008", "17"),  # kept on 28 February 2025
        ("soon", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_age_is_that_of_the_birthday_in_the_year(dob: str | None, age: str) -> None:
    assert age_of(leaver(dob=dob)) == age


def test_without_a_birth_date_in_oc3_that_of_header_counts() -> None:
    header: list[Row] = [{"CHILD": "A", "DOB": "01/06/2007"}]
    assert age_of(leaver(dob="soon"), header=header) == "17"
    assert age_of(leaver(dob="01/06/2005"), header=header) == "19"


def test_contact() -> None:
    rows = [leaver(str(number), IN_TOUCH=code) for number, code in enumerate(("YES", "REFU", "NREQ", None, "yes"))]
    found = said("in_touch", *rows)
    assert found == {"in touch": 1, "refuses contact": 1, "no longer requires services": 1, "not given": 2}


def test_who_died_or_returned_home_is_counted_beside_and_in_no_figure() -> None:
    rows = [leaver("1"), leaver("2", ACTIV="G5"), leaver("3", IN_TOUCH="DIED"), leaver("4", IN_TOUCH="RHOM")]
    found = outcomes(*rows, leaver("5", ACTIV="P1")).filter(age="total")
    assert said("population", *rows) == {
        "died after leaving care": 1,
        "returned home 6+ months": 1,
        "in the figures": 2,
    }
    busy = found.filter(measure="education_employment_training", category="in education, employment or training")
    assert busy.select("children", "percent").row(0) == (2, pytest.approx(200 / 3))


def test_bands_are_their_ages_and_those_from_22_are_in_no_total() -> None:
    born = {"17": "01/06/2007", "19": "01/06/2005", "20": "01/06/2004", "24": "01/06/2000", "?": None}
    found = outcomes(*(leaver(age, dob=dob) for age, dob in born.items())).filter(measure="in_touch", category="total")
    counts = dict(found.select("age", "children").iter_rows())
    assert {age: n for age, n in counts.items() if n} == {
        "17": 1,
        "17-18": 1,
        "19": 1,
        "20": 1,
        "19-21": 2,
        "unknown": 1,
        "total": 4,
        "22-25": 1,
    }


@pytest.mark.parametrize(
    ("code", "hours"),
    [
        ("F2", "full time"),
        ("P4", "part time"),
        ("G4", "not in education, employment or training"),
        ("0", "no information"),
        (None, "not given"),
    ],
)
def test_full_and_part_time(code: str | None, hours: str) -> None:
    assert said("full_or_part_time", leaver(ACTIV=code)) == {hours: 1}


@pytest.mark.parametrize(
    ("code", "activity", "group"),
    [
        ("F1", "higher education", "in education, employment or training"),
        ("P2", "education other than higher education", "in education, employment or training"),
        ("F4", "apprenticeship", "in education, employment or training"),
        ("P5", "training or employment", "in education, employment or training"),
        ("G4", "not active: illness or disability", "not in education, employment or training"),
        ("G6", "not active: pregnancy or parenting", "not in education, employment or training"),
        ("0", "no information", "no information"),
        (None, "not given", "not given"),
        ("X", "not given", "not given"),
    ],
)
def test_activity(code: str | None, activity: str, group: str) -> None:
    assert said("activity", leaver(ACTIV=code)) == {activity: 1}
    assert said("education_employment_training", leaver(ACTIV=code)) == {group: 1}


@pytest.mark.parametrize(
    ("code", "kind", "suitable"),
    [
        ("B1", "with parents or relatives", "suitable"),
        ("B2", "with parents or relatives", "not suitable"),
        ("S2", "no fixed abode / homeless", "not suitable"),
        ("X2", "in custody", "not suitable"),
        ("T1", "foyer and similar", "suitable"),
        ("Z2", "with former foster carer", "not suitable"),
        ("0", "no information", "no information"),
        (None, "not given", "not given"),
        ("S1", "not given", "not given"),
    ],
)
def test_accommodation(code: str | None, kind: str, suitable: str) -> None:
    assert said("accommodation", leaver(ACCOM=code)) == {kind: 1}
    assert said("suitable_accommodation", leaver(ACCOM=code)) == {suitable: 1}


def test_a_child_with_two_rows_counts_once_and_rows_without_a_child_each() -> None:
    rows = [leaver(IN_TOUCH="YES"), leaver(IN_TOUCH="NO", dob="01/06/2004"), leaver(None), leaver(None), leaver("")]
    assert said("in_touch", *rows) == {"not in touch": 1, "in touch": 3}


def test_every_code_has_a_category() -> None:
    rows = [
        leaver(str(n), ACTIV=a, ACCOM=b) for n, (a, b) in enumerate((a, b) for a in codes.ACTIV for b in codes.ACCOM)
    ]
    for measure in ("activity", "education_employment_training", "accommodation", "suitable_accommodation"):
        assert "not given" not in said(measure, *rows)


def test_a_return_without_oc3_has_every_row_and_nobody() -> None:
    found = CareLeaverOutcomes.validate(care_leaver_outcomes(Return.from_frames({}, year="2024-25")))
    assert found["children"].sum() == 0
    assert found["percent"].null_count() == found.height
    assert found.height == outcomes(leaver()).height


@given(placed_returns())
@settings(max_examples=50, deadline=None)
def test_it_agrees_with_a_count_by_hand_and_adds_up(small: SmallReturn) -> None:
    found = CareLeaverOutcomes.validate(care_leaver_outcomes(small.read()))
    expected = by_hand.care_leavers(small)
    for measure, age, category, children, percent in found.rows():
        whole = expected["population" if measure == "population" else "asked", age, "total"]
        if category == "total":
            assert children == whole
        elif measure not in ("activity", "accommodation"):
            assert children == expected[measure, age, category]
        assert percent == (100 * children / whole if whole else None)
    parts = found.filter(pl.col("category") != "total").group_by("measure", "age").agg(pl.col("children").sum())
    totals = found.filter(category="total").select("measure", "age", "children")
    assert parts.sort("measure", "age").rows() == totals.sort("measure", "age").rows()
    parts_of_total = ("17", "18", "19", "20", "21", "other", "unknown")
    ages = (
        found.filter(pl.col("age").is_in(parts_of_total)).group_by("measure", "category").agg(pl.col("children").sum())
    )
    of_all = found.filter(age="total").select("measure", "category", "children")
    assert ages.sort("measure", "category").rows() == of_all.sort("measure", "category").rows()


@given(placed_returns(), st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_order_of_rows_and_names_of_children_play_no_part(small: SmallReturn, seed: int) -> None:
    names = {name: f"Z{number}" for number, name in enumerate(reversed(small.children()))}
    table = care_leaver_outcomes(small.read())
    assert table.equals(care_leaver_outcomes(small.shuffled(seed).read()))
    assert table.equals(care_leaver_outcomes(small.relabelled(names).read()))
