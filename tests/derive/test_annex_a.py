"""The child-level lists that inspectors ask for."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns903 import Return, derive, schemas
from returns903.testing.strategies import returns
from tests.derive.care_by_hand import age, chains, day, looked_after_on
from tests.derive.placements_by_hand import later, placements
from tests.derive.strategies import YEAR, Row, SmallReturn
from tests.derive.strategies_placements import placed_returns
from tests.derive.test_care import JULY, JUNE, MAY, D, ep

ANY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
DECISION = {"CHILD": "A", "DATE_PLACED": "01/06/2024"}


def made(*rows: Row, previous: dict[str, list[Row]] | None = None, **tables: list[Row]) -> Return:
    """A return with columns as the rows give them."""
    before = None if previous is None else {name: pl.DataFrame(each) for name, each in previous.items()}
    now = {name: pl.DataFrame(each, infer_schema_length=None) for name, each in tables.items()}
    return Return.from_frames({"Episodes": pl.DataFrame(list(rows)), **now}, previous=before, year=YEAR)


def looked_after(*rows: Row, **tables: Any) -> dict[str, Any]:
    return derive.annex_a_looked_after(made(*rows, **tables)).row(0, named=True)


class TestLookedAfter:
    def test_care_and_placement(self) -> None:
        rows = [
            ep(D(2023, 5, 30), JUNE, rec="X1", CIN="N1", PLACE="U6", PLACE_PROVIDER="PR1"),
            ep(JUNE, JULY, rne="P", rec="X1", CIN="N1", PLACE="K2", PLACE_PROVIDER="PR4"),
            ep(JULY, rne="P", CIN="N1", PLACE="T1", PLACE_PROVIDER="PR3"),
        ]
        found = looked_after(*rows, Header=[{"CHILD": "A", "DOB": "01/04/2012", "SEX": "F"}])
        told = [found[name] for name in ("age", "need", "months", "provider", "placement_start", "placements")]
        assert told == [12, "N1", 22, "PR3", JUNE, 2]

    def test_the_latest_review_by_the_day_in_either_return(self) -> None:
        reviews = [{"CHILD": "A", "REVIEW": each} for each in ("01/06/2024", "01/09/2024")]
        ret = made(ep(MAY), Reviews=reviews, previous={"Reviews": [{"CHILD": "A", "REVIEW": "01/03/2024"}]})
        for as_at, expected in ((YEAR.end, D(2024, 9, 1)), (JULY, D(2024, 6, 1)), (MAY, D(2024, 3, 1))):
            assert derive.annex_a_looked_after(ret, as_at)["latest_review"].to_list() == [expected]

    @pytest.mark.parametrize(
        ("start", "end", "times"),
        [
            ("01/06/2024", "02/06/2024", 1),
            ("01/06/2024", None, 1),
            ("20/03/2024", "31/03/2024", 0),
            ("20/03/2024", "01/04/2024", 1),
            ("31/03/2025", None, 1),
            ("01/04/2025", None, 0),
            ("soon", None, 0),
        ],
    )
    def test_absences_of_twelve_months(self, start: str, end: str | None, times: int) -> None:
        row = {"CHILD": "A", "MISSING": "M", "MIS_START": start, "MIS_END": end}
        for kind, expected in (("M", (times, 0)), ("A", (0, times)), ("X", (0, 0))):
            found = looked_after(ep(MAY), Missing=[row | {"MISSING": kind}])
            assert (found["missing"], found["away"]) == expected

    def test_an_absence_that_both_returns_hold_is_one(self) -> None:
        row = {"CHILD": "A", "MISSING": "M", "MIS_START": "20/03/2024"}
        now = row | {"MIS_END": "25/03/2024"}  # last year it was not over
        found = looked_after(ep(MAY), Missing=[now], previous={"Missing": [row | {"MIS_END": None}]})
        assert (found["missing"], found["away"]) == (0, 0)

    def test_without_a_table_nothing_is_said(self) -> None:
        found = looked_after(ep(MAY))
        assert [found[name] for name in ("missing", "away", "health_assessment", "latest_review")] == [None] * 4

    def test_health(self) -> None:
        answers = {"CHILD": "A", "HEALTH_ASSESSMENT": "1", "TEETH_CHECK": "0", "SDQ_SCORE": "14"}
        found = looked_after(ep(MAY), OC2=[answers])
        assert [found[name] for name in ("health_assessment", "dental_check", "sdq_score")] == ["1", "0", "14"]

    @ANY
    @given(placed_returns(children=5))
    def test_it_is_the_list_by_hand(self, small: SmallReturn) -> None:
        found = schemas.AnnexALookedAfter.validate(derive.annex_a_looked_after(small.read()))
        expected = []
        for child in looked_after_on(small, YEAR.end):
            rows = next(rows for rows in chains(small) if any(row == child["row"] for row in rows))
            so_far = placements(rows[: rows.index(child["row"]) + 1])
            months = max(n for n in range(-1, 99) if later(child["start"], n) <= YEAR.end)
            reviews = [
                day(row.get("REVIEW"))
                for tables in (small.tables, small.previous or {})
                for row in tables.get("Reviews", [])
                if row.get("CHILD") == child["child"]
            ]
            held = [review for review in reviews if review and review <= YEAR.end]
            begun = so_far[-1][0]["decom"] if so_far else None
            expected.append((child["child"], child["age"], months, begun, max(held, default=None)))
        assert found.select("child", "age", "months", "placement_start", "latest_review").rows() == expected


class TestLeft:
    def test_who_left_and_why(self) -> None:
        ret = made(ep(D(2024, 1, 31), JULY, rec="E4A", CIN="N2"), ep(MAY, child="B"))
        found = derive.annex_a_left(ret).rows(named=True)
        assert [(row["child"], row["need"], row["months"], row["reason"]) for row in found] == [("A", "N2", 5, "E4A")]
        assert derive.annex_a_left(ret, period=derive.last_months(6, YEAR.end)).height == 0


class TestCareLeavers:
    @pytest.mark.parametrize(
        ("home", "suitable"), [("B1", True), ("U2", False), ("0", None), ("Q1", None), (None, None)]
    )
    def test_suitable(self, home: str | None, suitable: bool | None) -> None:
        row = {"CHILD": "L", "DOB": "01/05/2005", "IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": home}
        found = derive.annex_a_care_leavers(made(ep(MAY), OC3=[row])).row(0, named=True)
        assert (found["age"], found["suitable"]) == (age(D(2005, 5, 1), YEAR.end), suitable)


class TestAdoption:
    def test_from_the_decision_to_the_adoption(self) -> None:
        rows = [
            ep(MAY, JUNE, rec="X1", ls="C2"),
            ep(JUNE, JULY, rne="L", rec="X1", ls="E1"),
            ep(JULY, D(2024, 8, 1), rne="P", rec="X1", ls="E1", PLACE="A5"),
            ep(D(2024, 8, 1), D(2024, 12, 1), rne="L", rec="E11", ls="E1", PLACE="A5"),
        ]
        ad1 = {"CHILD": "A", "DATE_INT": "01/06/2024", "DATE_MATCH": "20/06/2024", "FOSTER_CARE": "0"}
        found = derive.annex_a_adoption(made(*rows, AD1=[ad1], PlacedAdoption=[DECISION])).row(0, named=True)
        stages = ("decision", "placement_order", "matched", "placed", "adopted", "reversed")
        assert [found[name] for name in stages] == [JUNE, JUNE, D(2024, 6, 20), JULY, D(2024, 12, 1), None]

    def test_a_decision_that_was_reversed(self) -> None:
        gone = {"DATE_PLACED_CEASED": "01/09/2024", "REASON_PLACED_CEASED": "RD1"}
        found = derive.annex_a_adoption(made(ep(MAY), PlacedAdoption=[DECISION | gone])).row(0, named=True)
        assert (found["reversed"], found["reversal_reason"]) == (D(2024, 9, 1), "RD1")

    def test_of_several_decisions_the_latest(self) -> None:
        earlier = DECISION | {"DATE_PLACED": "01/05/2024", "DATE_PLACED_CEASED": "02/05/2024"}
        found = derive.annex_a_adoption(made(ep(MAY), PlacedAdoption=[DECISION, earlier]))
        assert found.select("decision", "reversed").rows() == [(JUNE, None)]

    @pytest.mark.parametrize(
        ("row", "listed"),
        [
            (ep(MAY, ls="E1"), True),
            (ep(MAY, PLACE="A6"), True),
            (ep(MAY), False),
            (ep(D(2023, 5, 1), D(2024, 3, 31), ls="E1", rec="X1"), False),
            (ep(D(2023, 5, 1), D(2024, 4, 1), ls="E1", rec="X1"), True),
            (ep(MAY, JUNE, rec="E12"), True),
        ],
    )
    def test_who_is_listed(self, row: Row, listed: bool) -> None:
        assert derive.annex_a_adoption(made(row)).height == listed


@ANY
@given(
    st.one_of(placed_returns().map(SmallReturn.read), *(returns(YEAR, max_children=5, valid=v) for v in (True, False)))
)
def test_the_lists_are_whole(ret: Return) -> None:
    lists = derive.annex_a_lists(ret)
    assert lists["looked_after"]["child"].to_list() == derive.looked_after_on(ret, ret.year.end)["child"].to_list()
    assert lists["left"]["child"].to_list() == derive.leaving_care(ret)["child"].to_list()
    assert lists["care_leavers"].height == (ret.tables["OC3"].height if "OC3" in ret.tables else 0)
    for model, name in (
        ("AnnexALookedAfter", "looked_after"),
        ("AnnexALeft", "left"),
        ("AnnexACareLeavers", "care_leavers"),
        ("AnnexAAdoption", "adoption"),
    ):
        getattr(schemas, model).validate(lists[name])
