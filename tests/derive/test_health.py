"""Health of children looked after for twelve months: worked examples, and a count child by child."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings

from returns903 import Return
from returns903.derive import health
from returns903.derive.health import OF_ALL
from returns903.schemas import Health
from returns903.testing import strategies
from tests.derive import health_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, frames
from tests.derive.strategies_yearly import as_texts, whole_returns

IN_CARE: Row = {"CHILD": "A", "DECOM": "01/04/2024", "RNE": "S", "LS": "C2", "PLACE": "U4"}


def read(oc2: Row | None = None, *, episodes: list[Row] | None = None, dob: str | None = "01/06/2014") -> Return:
    tables: dict[str, list[Row]] = {"Episodes": episodes or [IN_CARE], "Header": [{"CHILD": "A", "DOB": dob}]}
    if oc2 is not None:
        tables["OC2"] = [{"CHILD": "A"} | oc2]
    return Return.from_frames(frames(tables), year=YEAR)


def said(ret: Return, measure: str) -> dict[str, int]:
    """The categories that somebody is in, and those unknown."""
    found = health(ret).filter(measure=measure)
    counts = {category: n for category, n in found.select("category", "children").rows() if n and category != "total"}
    assert sum(counts.values()) == found.filter(category="total")["children"].item()
    return counts | ({"unknown": found["unknown"][0]} if found["unknown"][0] else {})


def ep(decom: str, rne: str = "S", ls: str = "C2", dec: str | None = None, rec: str | None = None) -> Row:
    return {"CHILD": "A", "DECOM": decom, "RNE": rne, "LS": ls, "PLACE": "U4", "DEC": dec, "REC": rec}


@pytest.mark.parametrize(
    ("episodes", "counted"),
    [
        ([ep("01/04/2024")], {"not given": 1}),
        ([ep("02/04/2024")], {}),
        ([ep("02/04/2024", "P")], {"unknown": 1}),
        ([ep("01/05/2020")], {"not given": 1}),
        ([ep("01/05/2020", dec="31/03/2025", rec="E4A")], {}),
        ([ep("01/05/2020", dec="01/06/2024", rec="X1"), ep("01/06/2024", "L", "E1")], {"not given": 1}),
        ([ep("01/05/2020", dec="01/06/2024", rec="E4A"), ep("01/06/2024")], {}),
        ([ep("01/05/2020", dec="01/06/2024", rec="X1"), ep("03/06/2024", "L", "E1")], {"unknown": 1}),
        ([ep("01/05/2020", ls="V4")], {}),
        ([ep("01/05/2020", ls="V3", dec="01/04/2024", rec="X1"), ep("01/04/2024", "L", "V2")], {}),
        ([ep("01/05/2020", ls="V3", dec="31/03/2024", rec="X1"), ep("31/03/2024", "L", "V2")], {"not given": 1}),
    ],
    ids=[
        "since the first day",
        "since the second day",
        "not known since when",
        "for years",
        "until the last day",
        "another legal status",
        "back on the day it left",
        "a gap",
        "short breaks alone",
        "a short break until the first day",
        "a short break until the day before",
    ],
)
def test_who_has_been_looked_after_for_twelve_months(episodes: list[Row], counted: dict[str, int]) -> None:
    assert said(read(episodes=episodes), "health_assessment") == counted


@pytest.mark.parametrize(
    ("item", "measure", "yes", "no"),
    [
        ("HEALTH_ASSESSMENT", "health_assessment", "had one in the year", "had none in the year"),
        ("TEETH_CHECK", "dental_check", "had one in the year", "had none in the year"),
        ("IMMUNISATIONS", "immunisations", "up to date", "not up to date"),
        ("HEALTH_CHECK", "development_checks", "up to date", "not up to date"),
        ("CONVICTED", "convictions", "convicted or cautioned", "not convicted or cautioned"),
        ("SUBSTANCE_MISUSE", "substance_misuse", "identified", "not identified"),
    ],
)
@pytest.mark.parametrize(("cell", "n"), [("1", 0), ("0", 1), (None, 2), ("", 2), ("2", 2), ("Y", 2)])
def test_a_check(item: str, measure: str, yes: str, no: str, cell: str | None, n: int) -> None:
    dob = "01/06/2021" if item == "HEALTH_CHECK" else "01/06/2012"
    assert said(read({item: cell}, dob=dob), measure) == {(yes, no, "not given")[n]: 1}


@pytest.mark.parametrize(
    ("dob", "development", "difficulties", "convictions"),
    [
        ("01/04/2021", 1, 0, 0),  # 4 on the next day
        ("31/03/2021", 1, 1, 0),
        ("01/04/2020", 1, 1, 0),
        ("31/03/2020", 0, 1, 0),
        ("01/04/2015", 0, 1, 0),
        ("31/03/2015", 0, 1, 1),
        ("01/04/2008", 0, 1, 1),
        ("31/03/2008", 0, 0, 1),
        ("29/02/2008", 0, 0, 1),
    ],
)
def test_ages_are_those_of_the_last_day(dob: str, development: int, difficulties: int, convictions: int) -> None:
    found = health(read(dob=dob)).filter(category="total").select("measure", "children")
    counts = dict(found.rows())
    asked = ("development_checks", "strengths_and_difficulties", "convictions")
    assert [counts[name] for name in asked] == [development, difficulties, convictions]


def test_without_a_birth_date_in_header_that_of_oc2_counts() -> None:
    assert said(read({"DOB": "01/06/2021"}, dob=None), "development_checks") == {"not given": 1}
    assert said(read({"DOB": "01/06/2021"}, dob="01/06/2012"), "development_checks") == {}
    assert said(read({"DOB": "soon"}, dob=None), "development_checks") == {"unknown": 1}
    assert said(read({"TEETH_CHECK": "1"}, dob=None), "dental_check") == {"had one in the year": 1}


@pytest.mark.parametrize(
    ("score", "reason", "completed", "band", "mean"),
    [
        ("0", None, "completed", "normal: 0 to 13", 0.0),
        ("13", None, "completed", "normal: 0 to 13", 13.0),
        ("14", None, "completed", "borderline: 14 to 16", 14.0),
        ("16.0", None, "completed", "borderline: 14 to 16", 16.0),
        ("17", None, "completed", "cause for concern: 17 to 40", 17.0),
        ("40", "SDQ4", "completed", "cause for concern: 17 to 40", 40.0),
        ("41", None, "not given", None, None),
        ("-1", None, "not given", None, None),
        ("13.5", "SDQ4", "no score: other", None, None),
        (None, "SDQ2", "no score: carer refused", None, None),
        ("", "SDQ9", "not given", None, None),
        ("NaN", None, "not given", None, None),
    ],
)
def test_strengths_and_difficulties(
    score: str | None, reason: str | None, completed: str, band: str | None, mean: float | None
) -> None:
    ret = read({"SDQ_SCORE": score, "SDQ_REASON": reason})
    assert said(ret, "strengths_and_difficulties") == {completed: 1}
    assert said(ret, "strengths_and_difficulties_score") == ({band: 1} if band else {})
    means = health(ret).filter(pl.col("mean").is_not_null()).select("measure", "category", "mean").rows()
    assert means == ([] if mean is None else [("strengths_and_difficulties_score", "total", mean)])


@pytest.mark.parametrize(
    ("received", "offered", "expected"),
    [
        ("1", None, "received"),
        ("1", "1", "received"),
        ("0", "1", "offered and refused"),
        (None, "1", "offered and refused"),
        ("0", "0", "neither received nor offered"),
        ("0", None, "not given"),
        (None, None, "not given"),
    ],
)
def test_interventions(received: str | None, offered: str | None, expected: str) -> None:
    items = {"INTERVENTION_RECEIVED": received, "INTERVENTION_OFFERED": offered}
    assert said(read({"SUBSTANCE_MISUSE": "1"} | items), "intervention") == {expected: 1}
    assert said(read({"SUBSTANCE_MISUSE": "0"} | items), "intervention") == {}
    assert said(read(items), "intervention") == {}


def test_without_a_birth_date_only_what_all_are_asked_is_told() -> None:
    found = health(read(dob=None)).filter(category="total", children=1)
    assert tuple(found["measure"]) == OF_ALL


def test_of_two_rows_the_one_with_the_earlier_birth_date_counts() -> None:
    rows: list[Row] = [
        {"CHILD": "A", "DOB": "02/06/2014", "TEETH_CHECK": "1"},
        {"CHILD": "A", "DOB": "01/06/2014", "TEETH_CHECK": "0"},
        {"CHILD": "B", "TEETH_CHECK": "1"},
        {"CHILD": None, "TEETH_CHECK": "1"},
    ]
    ret = Return.from_frames(frames({"Episodes": [IN_CARE], "OC2": rows}), year=YEAR)
    assert said(ret, "dental_check") == {"had none in the year": 1}


def test_means_and_percentages_are_of_the_group() -> None:
    rows: list[Row] = [IN_CARE | {"CHILD": name} for name in "ABCD"]
    header: list[Row] = [
        {"CHILD": name, "SEX": sex, "DOB": "01/06/2014"} for name, sex in zip("ABCD", "MMFF", strict=True)
    ]
    scores: list[Row] = [{"CHILD": name, "SDQ_SCORE": score} for name, score in (("A", "10"), ("B", "15"), ("C", "40"))]
    ret = Return.from_frames(frames({"Episodes": rows, "Header": header, "OC2": scores}), year=YEAR)
    found = health(ret, by="sex").filter(measure="strengths_and_difficulties_score")
    assert found.filter(category="total").select("sex", "mean").rows() == [
        ("male", 12.5),
        ("female", 40.0),
        ("unknown", None),
    ]
    normal = found.filter(pl.col("category").str.starts_with("normal"))
    assert normal.select("sex", "percent").rows() == [("male", 50.0), ("female", 0.0), ("unknown", None)]


def test_an_empty_return_has_every_row_and_nobody() -> None:
    found = Health.validate(health(Return.from_frames({}, year=YEAR)))
    assert found["children"].sum() == 0
    assert found.height == health(read()).height


def agrees(small: SmallReturn, found: pl.DataFrame) -> None:
    counts, unknown, scores = by_hand.health(small)
    Health.validate(found)
    for measure, category, children, percent, mean, doubts in found.drop("not_judged").rows():
        assert children == counts[measure, category]
        assert doubts == unknown[measure]
        whole = counts[measure, "total"]
        assert percent == (100 * children / whole if whole else None)
        if mean is not None:
            assert (measure, category) == ("strengths_and_difficulties_score", "total")
            assert mean == pytest.approx(sum(scores) / len(scores))
    assert found["mean"].null_count() == found.height - bool(scores)
    assert {key for key, n in counts.items() if n} <= set(found.select("measure", "category").rows())


@given(whole_returns())
@settings(max_examples=100, deadline=None)
def test_it_is_what_is_counted_child_by_child(small: SmallReturn) -> None:
    agrees(small, health(small.read()))


@given(strategies.returns(YEAR))
@settings(max_examples=10, deadline=None)
def test_it_is_so_of_lawful_returns(ret: Return) -> None:
    agrees(as_texts(ret), health(ret))


@given(strategies.returns(YEAR, valid=False))
@settings(max_examples=20, deadline=None)
def test_it_is_so_of_returns_with_faults(ret: Return) -> None:
    agrees(as_texts(ret), health(ret))
