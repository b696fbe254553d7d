"""Who left care and why: worked examples, local categories, a second computation, and that rows add up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from pydantic import ValidationError

from returns903 import ConfigError, Return, codes, derive, schemas
from returns903.derive import LocalCategory, leaving
from tests.derive import care_by_hand as by_hand
from tests.derive.strategies import Row, SmallReturn, small_returns
from tests.derive.test_care import JULY, JUNE, LATER, MAY, D, ep, made

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ep(MAY, D(2024, 4, 1), rec="E4A")], ("E4A", D(2024, 4, 1))),
        ([ep(MAY, D(2025, 3, 31), rec="E4A")], ("E4A", D(2025, 3, 31))),
        ([ep(D(2023, 5, 1), D(2024, 3, 31), rec="E4A")], None),
        ([ep(MAY, D(2025, 4, 1), rec="E4A")], None),
        ([ep(MAY, JUNE, rec="X1")], None),
        ([ep(MAY, JUNE)], None),
        ([ep(MAY, None, rec="E4A")], None),
        ([ep(MAY, "31/04/2024", rec="E4A")], None),
        ([ep(MAY, JUNE, rec="E4A", ls="V3")], None),
        ([ep(MAY, JUNE, rec="E4A", ls="V4")], None),
        ([ep(MAY, JUNE, rec="E4A", ls=None)], ("E4A", JUNE)),
        ([ep(MAY, JUNE, rec="E2")], ("E2", JUNE)),
        ([ep(MAY, JUNE, rec="E3")], ("E3", JUNE)),
        ([ep(MAY, JUNE, rec="E99")], ("E99", JUNE)),
        ([ep(MAY, JUNE, rec="E4A"), ep(JUNE, JULY, rec="E5")], ("E5", JULY)),
        ([ep(MAY, JUNE, rec="E4A"), ep(JULY, LATER, rec="E8", ls="V3")], ("E4A", JUNE)),
        ([ep(MAY, JUNE, rec="E4A"), ep(JUNE + DAY)], ("E4A", JUNE)),
        ([ep(MAY, JUNE, rec="E4A"), ep(JULY, D(2025, 4, 1), rec="E5")], ("E4A", JUNE)),
        ([ep("soon", JUNE, rec="E4A")], ("E4A", JUNE)),
        ([ep("soon", JUNE, rec="E4A"), ep(MAY, JUNE, rec="E5")], ("E5", JUNE)),
        ([ep(MAY, JULY, rec="E4A"), ep(JUNE, JULY, rec="E5")], ("E5", JULY)),
        ([ep(MAY, LATER, rec="E4A"), ep(JUNE, JULY, rec="E5")], ("E4A", LATER)),
    ],
)
def test_the_last_ceasing_of_the_year(rows: list[Row], expected: tuple[str, D] | None) -> None:
    found = derive.leaving_care(made(*rows)).select("reason", "ceased").rows()
    assert found == ([expected] if expected else [])


def test_all_that_is_told_of_a_leaver() -> None:
    header = [{"CHILD": "A", "DOB": "01/07/2006"}]
    rows = [ep(MAY, JUNE, rec="X1", ls="V2"), ep(JUNE, JULY, rne="U", rec="E5", PLACE="K3")]
    found = derive.leaving_care(made(*rows, Header=header, UASC=[{"CHILD": "A"}]))
    assert found.rows(named=True) == [
        {
            "child": "A",
            "reason": "E5",
            "group": "Moved into independent living (with supportive accommodation)",
            "age": 18,
            "days": 61,
            "legal_status": "C2",
            "placement": "K3",
            "asylum": True,
            "asylum_in_year": True,
            "ceased": JULY,
            "start": MAY,
            "start_known": True,
        }
    ]


def test_days_in_care_are_those_of_the_period_that_ended() -> None:
    before = [ep(D(2024, 2, 1), D(2024, 3, 1), rec="E4A"), ep(D(2024, 3, 31))]
    ret = made(ep(D(2024, 3, 31), D(2024, 4, 2), rec="E4B"), before=before)
    assert derive.leaving_care(ret).select("start", "days").rows() == [(D(2024, 3, 31), 2)]


def test_without_a_start_there_are_no_days() -> None:
    found = derive.leaving_care(made(ep("soon", JUNE, rec="E4A")))
    assert found.select("days", "start", "start_known").rows() == [(None, None, None)]


def leaving_for(counts: dict[str, int]) -> list[Row]:
    """So many children who left for each reason, after 31 days."""
    return [ep(MAY, JUNE, rec=rec, child=f"{rec}-{number}") for rec, many in counts.items() for number in range(many)]


def leavers(counts: dict[str, int]) -> Return:
    """A return in which so many children left for each reason."""
    return made(*leaving_for(counts))


def test_reasons_stand_in_the_order_of_the_published_table() -> None:
    found = derive.leaving_care_reasons(leavers({"E8": 1, "E7": 2, "E4A": 2, "E11": 3, "E45": 1, "E47": 1}))
    assert found.select("reason", "children", "percent").rows() == [
        ("E11", 3, 30.0),
        ("E4A", 2, 20.0),
        ("E47", 1, 10.0),
        ("E45", 1, 10.0),
        ("E7", 2, 20.0),
        ("E8", 1, 10.0),
        (None, 10, 100.0),
    ]
    assert found["category"][-1] == "Total"
    assert found["kind"].to_list() == ["reason"] * 6 + ["total"]


def test_groups_stand_in_the_national_order() -> None:
    ret = leavers({"E8": 1, "E12": 1, "E11": 1, "E48": 1, "E45": 1, "E2": 1})
    found = derive.leaving_care_reasons(ret, by="group")
    assert found.select("category", "reason", "children").rows() == [
        ("Adopted", None, 2),
        ("Special guardianship order", None, 2),
        ("Died", None, 1),
        ("Care ceased for any other reason", None, 1),
        ("Total", None, 6),
    ]


def test_a_reason_that_is_no_code_has_a_row_too() -> None:
    ret = leavers({"E4A": 1, "E99": 1, "Z": 2})
    assert derive.leaving_care_reasons(ret).select("category", "kind", "reason", "children").rows()[1:3] == [
        (codes.NOT_A_CODE, "unknown", codes.NOT_A_CODE, 3),
        ("Total", "total", None, 4),
    ]
    by_group = derive.leaving_care_reasons(ret, by="group")
    assert by_group.select("category", "kind", "children").rows()[1] == (codes.NOT_A_CODE, "unknown", 3)


def test_what_cannot_be_judged_is_counted_beside() -> None:
    ret = made(
        ep(MAY, JUNE, rec="E4A"),
        ep(MAY, None, rec="E4A", child="B"),
        ep(MAY, "soon", rec="E5", child="C"),
        ep(MAY, "soon", rec="X1", child="D"),
        ep(MAY, "soon", rec="E5", ls="V3", child="E"),
        ep(MAY, JUNE, rec="E5", child=None),
        ep(MAY, D(2024, 3, 1), rec="E5", child=None),
        ep(MAY, "soon", child="F"),
    )
    assert derive.leaving_care_reasons(ret).select("reason", "children", "not_judged").rows() == [
        ("E5", 0, 2),
        ("E4A", 1, 1),
        (None, 1, 3),
    ]


def test_where_nobody_left_there_is_a_total_of_none() -> None:
    for ret in (made(ep(MAY)), SmallReturn({}).read()):
        found = schemas.LeavingCareReasons.validate(derive.leaving_care_reasons(ret))
        assert found.rows() == [("Total", "total", None, None, 0, None, 0)]


def test_every_reason_has_its_place() -> None:
    reasons = {code: entry.group for code, entry in codes.code_list("REC").items() if code != "X1"}
    assert set(leaving.ORDER) == set(reasons)
    assert {reasons[code] for code in leaving.NATIONAL_ORDER} == set(reasons.values())
    assert len(leaving.NATIONAL_ORDER) == len(set(reasons.values()))


PUBLISHED = {
    "E14": 8,
    "E11": 14,
    "E12": 5,
    "E15": 5,
    "E3": 57,
    "E9": 13,
    "E2": 2,
    "E6": 35,
    "E5": 91,
    "E41": 10,
    "E4A": 74,
    "E4B": 20,
    "E47": 39,
    "E45": 1,
    "E7": 71,
}
"""The rows of a published table of 2018-19, in its order; with 11 stays of one night it has 456 leavers."""


def test_a_published_table_comes_out_in_its_order_and_adds_up() -> None:
    nights = [ep(MAY, MAY + DAY, rec="E3", child=f"night-{number}") for number in range(11)]
    one_night = LocalCategory(name="One night", codes=["E3"], days_at_most=1)
    found = derive.leaving_care_reasons(made(*leaving_for(PUBLISHED), *nights), categories=[one_night])
    assert found.select("reason", "children").rows()[:-2] == list(PUBLISHED.items())
    assert found.select("category", "kind", "children").rows()[-2:] == [
        ("One night", "local", 11),
        ("Total", "total", 456),
    ]


TOML = """
[[category]]
name = "One night before dispersal"
codes = ["E3"]
days_at_most = 1

[[category]]
name = "By name"
children = ["B", "C"]

[[category]]
name = "On these days"
dates = [2024-07-01]

[[category]]
name = "In a time"
first_date = 2024-08-01
last_date = 2024-08-31
"""


def test_local_categories_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_text(TOML, encoding="utf-8")
    ret = made(
        ep(MAY, MAY + DAY, rec="E3"),
        ep(MAY, MAY + DAY, rec="E3", child="B"),
        ep(MAY, JULY, rec="E3", child="C"),
        ep(MAY, JULY, rec="E3", child="D"),
        ep(MAY, D(2024, 8, 31), rec="E5", child="E"),
        ep(MAY, D(2024, 9, 1), rec="E5", child="F"),
        ep(MAY, MAY + 2 * DAY, rec="E3", child="G"),
    )
    for by in ("reason", "group"):
        found = derive.leaving_care_reasons(ret, by=by, categories=path)
        assert found.filter(kind="local").select("category", "children").rows() == [
            ("One night before dispersal", 2),
            ("By name", 1),
            ("On these days", 1),
            ("In a time", 1),
        ]
        assert found.filter(pl.col("kind").is_in(["reason", "group"]))["children"].to_list() == [1, 1]
        assert found["children"][-1] == 7


def test_a_local_row_without_children_is_shown() -> None:
    found = derive.leaving_care_reasons(leavers({"E5": 1}), categories=[LocalCategory(name="N", codes=["E3"])])
    assert found.select("category", "children").rows()[1] == ("N", 0)


SECRET = "C123SECRET"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no local category"),
        ("category = []", "holds no local category"),
        ("[category]\nname = 'a'", "holds no local category"),
        ("category = 3", "holds no local category"),
        ("category = [3]", "local category 1 is no table of keys"),
        (f"x = [{SECRET}", "local.toml:1: this is not TOML"),
        (f"{SECRET} = 1\n[[category]]\nname = 'a'\ncodes = ['E3']", "each local category is a"),
        ("[[category]]\ncodes = ['E3']", "local category 1: name is missing"),
        ("[[category]]\nname = ' '\ncodes = ['E3']", "local category 1: name must not be empty"),
        ("[[category]]\nname = 'a'", "local category 1 needs at least one condition"),
        (f"[[category]]\nname = 'a'\n{SECRET} = 'x'", "local category 1 has a key that is none of name, codes"),
        (f"[[category]]\nname = 'a'\ncodes = ['{SECRET}']", "local category 1 names a code with which no child leaves"),
        ("[[category]]\nname = 'a'\ncodes = ['X1']", "local category 1 names a code with which no child leaves care"),
        (f"[[category]]\nname = 'a'\nchildren = '{SECRET}'", "local category 1: children must be a list"),
        ("[[category]]\nname = 'a'\nchildren = []", "local category 1: children must not be empty"),
        ("[[category]]\nname = 'a'\ncodes = []", "local category 1: codes must not be empty"),
        ("[[category]]\nname = 'a'\ndates = []", "local category 1: dates must not be empty"),
        ("[[category]]\nname = 'a'\nchildren = [123]", "local category 1: children must be text in quotes"),
        ("[[category]]\nname = 'a'\ndates = ['01/05/2024']", "local category 1: dates must be a day, written like"),
        ("[[category]]\nname = 'a'\ndates = [2024-05-01T10:00:00]", "local category 1: dates must be a day"),
        ("[[category]]\nname = 'a'\ndays_at_most = -1", "local category 1: days_at_most must not be below 0"),
        ("[[category]]\nname = 'a'\ndays_at_most = '1'", "local category 1: days_at_most must be a whole number"),
        (
            "[[category]]\nname = 'a'\nfirst_date = 2024-05-02\nlast_date = 2024-05-01",
            "local category 1 has a first_date after its last_date",
        ),
        (
            "[[category]]\nname = 'a'\ncodes = ['E3']\n[[category]]\nname = 'a'\ncodes = ['E5']",
            "local category 2 has the name of one before it",
        ),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_without_its_values(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "local.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        derive.local_categories(path)
    assert said in str(error.value)
    assert SECRET not in str(error.value)
    assert "123" not in str(error.value)
    assert error.value.__cause__ is None
    assert error.value.__context__ is None or error.value.__suppress_context__


@pytest.mark.parametrize(
    "category",
    [
        {"first_date": D(2024, 5, 1), "last_date": D(2024, 5, 1)},
        {"days_at_most": 0},
        {"codes": ["E3"]},
        {"children": ["A"]},
        {"dates": [MAY]},
    ],
)
def test_one_condition_is_enough_and_a_day_is_a_time(category: dict[str, Any]) -> None:
    made_of = LocalCategory(name="a", **category)
    assert {name: value for name, value in made_of.model_dump().items() if value is not None} == {
        "name": "a",
        **category,
    }


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    for name, said in (("none.toml", "none.toml: cannot be read"), ("bytes.toml", "bytes.toml is no text in UTF-8")):
        with pytest.raises(ConfigError, match=said):
            derive.leaving_care_reasons(made(), categories=tmp_path / name)


def test_pydantic_does_not_quote_values() -> None:
    with pytest.raises(ValidationError) as error:
        LocalCategory(name="a", codes=[SECRET])
    assert SECRET not in str(error.value)


def test_by_is_reason_or_group() -> None:
    with pytest.raises(ConfigError, match="reason or by group"):
        derive.leaving_care_reasons(made(), by="child")


@settings(max_examples=50, deadline=None)
@given(small_returns(children=8))
def test_leavers_are_those_worked_out_by_hand(small: SmallReturn) -> None:
    ret = small.read()
    found = schemas.LeavingCare.validate(derive.leaving_care(ret))
    told = found.drop("group")
    assert_frame_equal(told, pl.DataFrame(by_hand.leaving_care(small), schema=told.schema))
    reasons = schemas.LeavingCareReasons.validate(derive.leaving_care_reasons(ret)).filter(pl.col("kind") != "total")
    children = Counter(row["reason"] for row in by_hand.leaving_care(small))
    doubts = by_hand.leaving_not_judged(small)
    expected = {reason: (children[reason], doubts[reason]) for reason in {*children, *doubts}}
    assert {row[0]: row[1:] for row in reasons.select("reason", "children", "not_judged").rows()} == expected


CATEGORIES = [
    LocalCategory(name="Short stays", days_at_most=30),
    LocalCategory(name="Some children", children=["C1", "C3"], codes=["E4A", "E5", "E3"]),
    LocalCategory(name="Spring", last_date=dt.date(2024, 5, 31)),
]


@settings(max_examples=30, deadline=None)
@given(
    small_returns(children=6), st.sampled_from(["reason", "group"]), st.lists(st.sampled_from(CATEGORIES), unique_by=id)
)
def test_rows_add_up_to_the_total(
    small: SmallReturn, by: Literal["reason", "group"], categories: list[LocalCategory]
) -> None:
    ret = small.read()
    found = schemas.LeavingCareReasons.validate(derive.leaving_care_reasons(ret, by=by, categories=categories))
    *rows, total = found.rows(named=True)
    assert total["kind"] == "total"
    assert total["children"] == sum(row["children"] for row in rows) == derive.leaving_care(ret).height
    assert total["not_judged"] == sum(row["not_judged"] for row in rows)
    assert all(row["not_judged"] == 0 for row in rows if row["kind"] == "local")
    if total["children"]:
        assert sum(row["percent"] for row in rows) == pytest.approx(100)


@settings(max_examples=20, deadline=None)
@given(small_returns(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(small: SmallReturn, seed: int) -> None:
    one, other = small.read(), small.shuffled(seed).read()
    assert_frame_equal(derive.leaving_care(one), derive.leaving_care(other))
    assert_frame_equal(derive.leaving_care_reasons(one), derive.leaving_care_reasons(other))
