"""Which placements are used, which began, and how many miles from home they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any, ClassVar

import polars as pl
import pytest
from hypothesis import given, settings

from returns903 import Return, derive, schemas
from returns903.derive.placements import DISTANCES, LOCATIONS
from tests.derive import places_used_by_hand as by_hand
from tests.derive.placements_by_hand import told
from tests.derive.strategies import YEAR, SmallReturn
from tests.derive.strategies_placements import days_of_the_year, placed_returns
from tests.derive.test_placements import PLACED, POSTCODES, made, stay, without_postcodes

LONG_AGO = "01/05/2020"


def counted(table: pl.DataFrame, number: str = "children") -> dict[str, list[str]]:
    """The categories that count anything, by breakdown."""
    found: dict[str, list[str]] = {}
    for breakdown, category in table.filter(pl.col(number) > 0).select("breakdown", "category").rows():
        if category != "total":
            found.setdefault(breakdown, []).append(category)
    return found


class TestByCode:
    @pytest.mark.parametrize(
        ("place", "code", "fostering", "carer"),
        [
            ("U1", "U1", "long term", "relative or friend"),
            ("U2", "U2", "fostering for adoption or concurrent planning", "relative or friend"),
            ("U3", "U3", "neither long term nor for adoption", "relative or friend"),
            ("U4", "U4", "long term", "other foster carer"),
            ("U5", "U5", "fostering for adoption or concurrent planning", "other foster carer"),
            ("U6", "U6", "neither long term nor for adoption", "other foster carer"),
            ("K2", "K2", "not fostered", "not fostered"),
            ("T3", "T3", "not fostered", "not fostered"),
            ("Q9", None, "unknown", "unknown"),
            (None, None, "unknown", "unknown"),
        ],
    )
    def test_a_code_and_its_kinds(self, place: Any, code: str | None, fostering: str, carer: str) -> None:
        found = derive.placements_by_code(made(stay(LONG_AGO, None, "S") | {"PLACE": place}))
        said = counted(found)
        assert (said["fostering"], said["carer"]) == ([fostering], [carer])
        here = found.filter(pl.col("children") == 1, pl.col("category") != "total", breakdown="placement")
        assert here["code"].to_list() == [code]

    @pytest.mark.parametrize(
        ("side", "area", "expected"),
        [
            ("IN", "E09000002", "the authority's own area"),
            ("IN", None, "the authority's own area"),
            ("OUT", "E09000003", "another authority of England"),
            ("OUT", "WAL", "Wales"),
            (None, "SCO", "Scotland"),
            ("OUT", "NUK", "Outside UK"),
            ("OUT", "CON", "unknown"),
            ("OUT", None, "unknown"),
            (None, "E09000003", "unknown"),
        ],
    )
    def test_areas(self, side: str | None, area: str | None, expected: str) -> None:
        ret = made(stay(LONG_AGO, None, "S", PL_LOCATION=side, PL_LA=area))
        assert counted(derive.placements_by_code(ret))["area"] == [expected]

    @pytest.mark.parametrize(("given", "expected"), [("PR5", "Voluntary / third sector"), ("PR9", "unknown")])
    def test_providers(self, given: str, expected: str) -> None:
        ret = made(stay(LONG_AGO, None, "S", PLACE_PROVIDER=given))
        assert counted(derive.placements_by_code(ret))["provider"] == [expected]

    @settings(max_examples=50, deadline=None)
    @given(placed_returns(children=5), days_of_the_year())
    def test_it_is_the_count_by_hand(self, small: SmallReturn, day: dt.date) -> None:
        ret = without_postcodes(small)
        found = schemas.PlacementsByCode.validate(derive.placements_by_code(ret, day))
        sided, lies = told(small, "PL_LOCATION"), told(small, "PL_LA")
        untold = {*(() if sided else by_hand.SIDED), *(() if lies else by_hand.ABROAD)}
        expected, whole = by_hand.by_code(small, day), derive.looked_after_on(ret, day).height
        others = 0
        for breakdown, _, category, children, percent, _ in found.rows():
            if breakdown == "area" and category in untold and whole:
                assert (children, percent) == (None, None)
                continue
            assert percent == (100 * children / whole if whole else None)
            if category == "total":
                assert children == whole
            elif breakdown != "placement" or category in (*by_hand.PLACES.values(), "unknown"):
                assert children == expected[breakdown, category], category
            else:
                others += children
        assert others == expected["placement", "another"]


class TestChanges:
    def test_a_move_with_and_without_the_carer_and_its_reason(self) -> None:
        ret = made(
            stay("01/05/2024", "01/06/2024", "S", REASON_PLACE_CHANGE="CARPL"),
            stay("01/06/2024", "01/07/2024", "T", "U4"),
            stay("01/07/2024", "01/08/2024", "L", "U4", REASON_PLACE_CHANGE="ALLEG"),
            stay("01/08/2024", None, "B", "K2"),
        )
        found = derive.placement_changes(ret)
        assert dict(found.filter(breakdown="began").select("category", "placements").rows()) == {
            "first of a period of care": 1,
            "with the same carer": 1,
            "with another carer": 1,
            "total": 3,
        }
        assert counted(found, "placements")["reason"] == ["Change to / implementing care plan", "Allegation (s.47)"]
        assert found.filter(breakdown="reason", category="total").item(0, "placements") == 2

    def test_a_stay_in_hospital_is_no_move_unless_the_child_goes_elsewhere(self) -> None:
        away = [stay("01/05/2023", "01/06/2024", "S"), stay("01/06/2024", "09/06/2024", place="T1")]
        back = derive.placement_changes(made(*away, stay("09/06/2024", None)))
        assert back["placements"].sum() == 0
        away[1]["REASON_PLACE_CHANGE"] = "CREQO"
        elsewhere = derive.placement_changes(made(*away, stay("09/06/2024", None, place="K2")))
        assert counted(elsewhere, "placements")["reason"] == ["Carer request: other"]

    def test_the_reason_before_a_temporary_placement_counts_where_that_has_none(self) -> None:
        rows = [stay("01/05/2023", "01/06/2024", "S", REASON_PLACE_CHANGE="CHILD")]
        rows += [stay("01/06/2024", "09/06/2024", place="T1"), stay("09/06/2024", None, place="K2")]
        assert counted(derive.placement_changes(made(*rows)), "placements")["reason"] == ["Child requests end"]

    @pytest.mark.parametrize(("begun", "placements"), [("31/03/2024", 1), ("01/04/2024", 0)])
    def test_the_previous_return_tells_of_the_days_before_the_year(self, begun: str, placements: int) -> None:
        ret = made(stay("01/05/2024", None, "S", CHILD="B"), previous=[stay(begun, "02/04/2024", "S", rec="E4A")])
        found = derive.placement_changes(ret, period=("2024-03-01", "2024-04-30"))
        assert found.filter(breakdown="began", category="total").item(0, "placements") == placements

    def test_a_window(self) -> None:
        rows = [stay("01/05/2024", "01/06/2024", "S"), stay("01/06/2024", None, place="K2")]
        found = derive.placement_changes(made(*rows), period=("2024-05-02", "2024-06-01"))
        assert counted(found, "placements")["began"] == ["with another carer"]
        assert counted(found, "placements")["placement_group"] == ["Secure homes and children's homes"]

    @settings(max_examples=80, deadline=None)
    @given(placed_returns(children=5))
    def test_it_is_the_count_by_hand(self, small: SmallReturn) -> None:
        found = schemas.PlacementChanges.validate(derive.placement_changes(without_postcodes(small)))
        expected, given = by_hand.changes(small), {"distance": "PL_DISTANCE", "boundary": "PL_LOCATION"}
        totals = Counter[str]()
        for (breakdown, _), n in expected.items():
            totals[breakdown] += n
        reasons = (*by_hand.REASONS.values(), "unknown")
        for breakdown, category, placements, _ in found.rows():
            if category == "total":
                assert placements == totals[breakdown]
            elif category != "unknown" and totals[breakdown] and not told(small, given.get(breakdown, "CHILD")):
                assert placements is None
            elif breakdown != "reason" or category in reasons:
                assert placements == expected[breakdown, category], (breakdown, category)


class TestMiles:
    @pytest.mark.parametrize(
        ("miles", "band"),
        [
            ("0.0", "20 miles or less"),
            ("20.0", "20 miles or less"),
            ("20.1", "more than 20 to 40 miles"),
            ("40.0", "more than 20 to 40 miles"),
            ("60.1", "more than 60 to 80 miles"),
            ("100.0", "more than 80 to 100 miles"),
            ("100.1", "more than 100 miles"),
            ("999.9", "unknown"),
            (None, "unknown"),
        ],
    )
    def test_bands(self, miles: str | None, band: str) -> None:
        found = derive.distance_from_home(made(stay(LONG_AGO, None, "S", PL_DISTANCE=miles, PL_LOCATION="OUT")))
        rows = found.filter(pl.col("children") > 0).select("location", "distance").rows()
        assert rows == [("outside", band), ("outside", "total"), ("total", band), ("total", "total")]

    def test_the_averages_are_of_the_known_distances(self) -> None:
        places = {"A": "1.0", "B": "2.0", "C": "60.0", "D": "999.9"}
        rows = [stay(LONG_AGO, None, "S", PL_DISTANCE=miles, CHILD=child) for child, miles in places.items()]
        found = derive.distance_from_home(made(*rows)).filter(location="total", distance="total")
        assert found.select("children", "percent", "mean_miles", "median_miles").row(0) == (4, 100.0, 21.0, 2.0)

    @settings(max_examples=50, deadline=None)
    @given(placed_returns(children=6), days_of_the_year())
    def test_it_is_the_count_by_hand(self, small: SmallReturn, day: dt.date) -> None:
        found = schemas.DistanceFromHome.validate(derive.distance_from_home(without_postcodes(small), day))
        expected, sided, far = by_hand.distances(small, day), *(told(small, name) for name in PLACED)
        for row in found.rows(named=True):
            miles = expected.get((row["location"], row["distance"]), [])
            untold = (not sided and row["location"] in LOCATIONS[:-1]) or (not far and "miles" in row["distance"])
            assert row["children"] == (None if untold and ("total", "total") in expected else len(miles))
            assert (row["mean_miles"], row["median_miles"]) == pytest.approx(by_hand.averages(miles))


class TestWhatIsNotTold:
    """Nought where nothing tells a place would be taken for a true one."""

    TOLD: ClassVar[dict[str, dict[str, str]]] = {
        "nothing": {},
        "distance": {"PL_DISTANCE": "5.0"},
        "side": {"PL_LOCATION": "IN"},
        "area": {"PL_LA": "WAL"},
    }
    NULL: ClassVar[dict[str, set[str]]] = {
        "nothing": {"near", "inside", "own", "abroad"},
        "distance": {"inside", "own", "abroad"},
        "side": {"near", "abroad"},
        "area": {"near", "inside", "own"},
        "postcodes": {"inside", "own"},
        "authority": {"near", "inside", "own", "abroad"},
        "postcodes and authority": set(),
    }

    def given(self, what: str) -> Return:
        columns: dict[str, Any] = self.TOLD.get(what, {})
        rows = [stay(LONG_AGO, "01/06/2024", "S", **columns), stay("01/06/2024", None, place="K2", **columns)]
        ret = made(*rows, postcodes=POSTCODES, local_authority="E09000002" if "authority" in what else None)
        if "postcodes" not in what:
            ret.postcodes = None
        return ret

    @pytest.mark.parametrize("what", NULL)
    def test_the_rows_that_it_takes_are_null_and_no_others(self, what: str) -> None:
        ret, null = self.given(what), self.NULL[what]
        sides, near = LOCATIONS[:-1] if "inside" in null else (), "near" in null
        for table in (derive.placement_distance(ret), derive.distance_from_home(ret)):
            for where, far, children, percent in table.select("location", "distance", "children", "percent").rows():
                untold = where in sides or (near and far not in ("unknown", "total"))
                assert ((children is None), (percent is None)) == (untold, untold), (where, far)
        areas = {*(by_hand.SIDED if "own" in null else ()), *(by_hand.ABROAD if "abroad" in null else ())}
        assert self.nulls(derive.placements_by_code(ret), "children") == {("area", area) for area in areas}
        expected = {("boundary", side) for side in sides}
        expected |= {("distance", far) for far in DISTANCES[:-1]} if near else set()
        assert self.nulls(derive.placement_changes(ret), "placements") == expected

    def nulls(self, table: pl.DataFrame, number: str) -> set[tuple[str, str]]:
        getattr(schemas, "PlacementsByCode" if number == "children" else "PlacementChanges").validate(table)
        missing = table.filter(pl.col(number).is_null())
        assert missing.get_column("percent").null_count() == missing.height
        return set(missing.select("breakdown", "category").rows())

    def test_all_are_unknown_then(self) -> None:
        found = derive.placement_changes(self.given("nothing")).filter(pl.col("placements") > 0)
        said = found.filter(pl.col("breakdown").is_in(["distance", "boundary"])).drop("percent").rows()
        assert said == [(name, row, 1) for name in ("distance", "boundary") for row in ("unknown", "total")]


class TestTwoYears:
    MOVES = (("01/05/2022", "S"), ("01/09/2023", "P"), ("01/06/2024", "P"))

    def of(self, *, previous: bool = True, day: dt.date | None = None) -> dict[str, Any]:
        starts = [start for start, _ in self.MOVES]
        rows = [
            stay(start, end, rne, place)
            for (start, rne), end, place in zip(self.MOVES, [*starts[1:], None], ("U6", "K2", "U4"), strict=True)
        ]
        now, before = rows[1:], [rows[0], rows[1] | {"DEC": None, "REC": None}]
        ret = made(*now, previous=before if previous else None)
        table = derive.placement_stability(ret, day).filter(measure="three_or_more_placements_in_two_years")
        return table.row(0, named=True)

    def test_three_placements_in_two_years_of_a_child_in_care_for_as_long(self) -> None:
        found = self.of()
        assert (found["denominator"], found["children"], found["percent"]) == (1, 1, 100.0)

    def test_without_the_previous_return_it_cannot_be_said(self) -> None:
        found = self.of(previous=False)
        assert (found["denominator"], found["children"], found["unknown"]) == (0, None, 1)

    def test_on_an_earlier_day_the_two_years_begin_before_the_previous_return(self) -> None:
        found = self.of(day=dt.date(2024, 12, 31))
        assert (found["denominator"], found["children"]) == (1, None)
        assert YEAR.previous.start > dt.date(2023, 1, 1)
