from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import Return, Year
from returns903.derive.placements import (
    DISTANCES,
    LOCATIONS,
    all_placements,
    placement_distance,
    placement_runs,
    placement_stability,
)
from returns903.schemas import PlacementDistance, PlacementRuns, PlacementStability
from tests.derive import placements_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, frames
from tests.derive.strategies_placements import days_of_the_year, placed_returns

POSTCODES = pl.DataFrame(
    {
        "postcode": ["RM8 2AB", "RM9 5AR", "CF10 1EP"],
        "authority": ["E09000002", "E09000002", "W06000015"],
        "east": [547000, 549000, 318000],
        "north": [186000, 184000, 176000],
    }
)

PLACED = ("PL_LOCATION", "PL_DISTANCE")


def stay(decom: str, dec: str | None, rne: str = "P", place: str = "U6", rec: str | None = None, **more: Any) -> Row:
    ends = rec or ("X1" if dec else None)
    return {"CHILD": "A", "DECOM": decom, "DEC": dec, "RNE": rne, "LS": "C2", "PLACE": place, "REC": ends} | more


def made(*rows: Row, previous: list[Row] | None = None, born: str = "01/06/2014", **options: Any) -> Return:
    """A return of these episodes, of one child or of those that the rows name."""
    children = sorted({str(row["CHILD"]) for row in rows})
    header = [{"CHILD": child, "DOB": born} for child in children]
    before = None if previous is None else frames({"Episodes": previous})
    return Return.from_frames(frames({"Episodes": list(rows), "Header": header}), year=YEAR, previous=before, **options)


def without_postcodes(small: SmallReturn) -> Return:
    """The return without the directory of postcodes that may be installed."""
    ret = small.read()
    ret.postcodes = None
    return ret


def places(*rows: Row) -> list[tuple[str, str, int]]:
    found = placement_runs(made(*rows))
    return [(str(row["place"]), f"{row['start']:%d/%m/%Y}", row["episodes"]) for row in found.to_dicts()]


def true_of(ret: Return, day: dt.date | None = None) -> dict[str, int | None]:
    return dict(placement_stability(ret, day).select("measure", "children").iter_rows())


def moves(ret: Return) -> str:
    return next(name for name, children in true_of(ret).items() if children)


class TestPlacements:
    def test_an_episode_of_a_changed_legal_status_alone_is_no_placement(self) -> None:
        assert places(stay("01/05/2023", "10/06/2024", "S"), stay("10/06/2024", None, "L")) == [("U6", "01/05/2023", 2)]

    @pytest.mark.parametrize("rne", ["P", "T", "B", "U", None, "Q"])
    def test_every_other_reason_begins_one(self, rne: str | None) -> None:
        rows = [stay("01/05/2023", "10/06/2024", "S"), stay("10/06/2024", None) | {"RNE": rne}]
        assert places(*rows) == [("U6", "01/05/2023", 1), ("U6", "10/06/2024", 1)]

    def test_the_first_episode_known_begins_one_whatever_its_reason(self) -> None:
        assert places(stay("01/05/2023", None, "L")) == [("U6", "01/05/2023", 1)]

    def test_a_place_that_is_not_told_is_a_placement_and_no_absence(self) -> None:
        rows = [stay("01/05/2023", "10/06/2024", "S"), stay("10/06/2024", None) | {"PLACE": None}]
        assert places(*rows) == [("U6", "01/05/2023", 1), ("None", "10/06/2024", 1)]

    def test_the_return_to_the_same_place_is_no_new_one(self) -> None:
        home = {"PL_POST": "RM8 2AB", "URN": "SC000001"}
        rows = [
            stay("01/05/2023", "10/06/2024", "S", **home),
            stay("10/06/2024", "12/06/2024", place="T1"),
            stay("12/06/2024", "14/06/2024", place="T4"),
            stay("14/06/2024", None, **home),
        ]
        assert places(*rows) == [("U6", "01/05/2023", 2)]

    @pytest.mark.parametrize("changed", [{"PL_POST": "RM9 5AR"}, {"PL_POST": None}, {"URN": "SC2"}, {"PLACE": "U4"}])
    def test_another_place_after_a_temporary_one_is_a_new_one(self, changed: Row) -> None:
        home = {"PL_POST": "RM8 2AB", "URN": "SC000001"}
        rows = [
            stay("01/05/2023", "10/06/2024", "S", **home),
            stay("10/06/2024", "12/06/2024", place="T1"),
            stay("12/06/2024", None, **home) | changed,
        ]
        assert len(places(*rows)) == 2

    def test_of_a_placement_whose_code_changes_the_last_one_counts(self) -> None:
        rows = [stay("01/05/2023", "10/06/2024", "S", place="U4"), stay("10/06/2024", None, "L", place="U1")]
        assert places(*rows) == [("U1", "01/05/2023", 2)]

    def test_a_placement_for_adoption_is_counted_from_the_one_just_before_it(self) -> None:
        rows = [
            stay("01/05/2022", "10/06/2023", "S"),
            stay("10/06/2023", "10/06/2024"),
            stay("10/06/2024", None, place="A3"),
            stay("01/05/2024", None, "S", place="A3", CHILD="B"),
        ]
        since = all_placements(made(*rows)).select("child", "place", "since").rows()
        day = dt.date
        assert since == [
            ("A", "U6", day(2022, 5, 1)),
            ("A", "U6", day(2023, 6, 10)),
            ("A", "A3", day(2023, 6, 10)),
            ("B", "A3", day(2024, 5, 1)),
        ]

    def test_a_new_period_of_care_begins_a_new_one_even_in_the_same_place(self) -> None:
        rows = [stay("01/05/2023", "10/06/2024", "S", rec="E4A"), stay("10/06/2024", None, "S")]
        assert len(places(*rows)) == 2

    def test_short_breaks_are_no_placements(self) -> None:
        assert places(stay("01/05/2024", None, "S", LS="V3")) == []

    def test_one_that_ended_on_the_first_day_of_the_year_touches_it(self) -> None:
        rows = [
            stay("01/01/2024", "31/03/2024", "S"),
            stay("31/03/2024", "01/04/2024"),
            stay("01/04/2024", None),
        ]
        assert [start for _, start, _ in places(*rows)] == ["31/03/2024", "01/04/2024"]


class TestThreeOrMore:
    def test_the_one_open_on_the_first_day_counts(self) -> None:
        rows = [
            stay("01/01/2020", "01/04/2024", "S"),
            stay("01/04/2024", "05/05/2024"),
            stay("05/05/2024", None),
        ]
        assert moves(made(*rows)) == "three_or_more_placements"

    def test_one_that_ended_the_day_before_does_not(self) -> None:
        rows = [
            stay("01/01/2020", "31/03/2024", "S"),
            stay("31/03/2024", "05/05/2024"),
            stay("05/05/2024", None),
        ]
        assert moves(made(*rows)) == "two_placements"

    def test_legal_changes_and_temporary_placements_do_not_count(self) -> None:
        rows = [
            stay("01/01/2020", "02/05/2024", "S"),
            stay("02/05/2024", "03/05/2024", "L"),
            stay("03/05/2024", "04/05/2024", place="T0"),
            stay("04/05/2024", None),
        ]
        assert moves(made(*rows)) == "one_placement"

    def test_those_of_an_earlier_period_in_the_year_count(self) -> None:
        rows = [
            stay("01/01/2020", "02/05/2024", "S"),
            stay("02/05/2024", "03/05/2024", rec="E4A"),
            stay("03/09/2024", None, "S"),
        ]
        assert moves(made(*rows)) == "three_or_more_placements"

    @pytest.mark.parametrize("rne", ["T", "U"])
    def test_a_change_with_the_same_carer_counts_unless_carers_are_counted(self, rne: str) -> None:
        rows = [
            stay("01/01/2020", "02/05/2024", "S"),
            stay("02/05/2024", "03/06/2024", rne, place="U4"),
            stay("03/06/2024", None),
        ]
        assert moves(made(*rows)) == "three_or_more_placements"
        assert dict(placement_stability(made(*rows), by_carer=True).select("measure", "children").iter_rows())[
            "two_placements"
        ]

    def test_a_child_who_left_by_31_march_is_in_no_count(self) -> None:
        found = placement_stability(made(stay("01/01/2020", "31/03/2025", "S", rec="E4A")))
        assert set(found["denominator"]) == {0}
        assert found["percent"].null_count() == found.height

    def test_a_child_in_temporary_placements_only(self) -> None:
        assert moves(made(stay("01/01/2025", None, "S", place="T4"))) == "no_placement"

    def test_in_the_months_before_the_twelve_months_reach_into_the_year_before(self) -> None:
        before = [stay("01/01/2020", "01/07/2023", "S"), stay("01/07/2023", "01/08/2023"), stay("01/08/2023", None)]
        now = stay("01/08/2023", None)
        day = dt.date(2024, 6, 30)
        assert true_of(made(now, previous=before), day)["three_or_more_placements"] == 1
        assert true_of(made(now, previous=before), dt.date(2024, 7, 1))["two_placements"] == 1
        assert true_of(made(now), day)["three_or_more_placements"] is None

    def test_one_that_only_the_previous_return_holds_counts_for_days_before_the_year_alone(self) -> None:
        ret = made(stay("01/01/2020", None, "S"), previous=[stay("02/01/2020", None, "S")])
        assert moves(ret) == "one_placement"
        assert true_of(ret, dt.date(2025, 3, 30))["two_placements"] == 1

    def test_a_row_without_a_start_is_counted_as_not_judged(self) -> None:
        found = placement_stability(made(stay("01/01/2020", None, "S"), stay("soon", None)))
        assert set(found["not_judged"]) == {1}


class TestTwoYears:
    @pytest.mark.parametrize(
        ("begun", "denominator"),
        [("30/09/2022", 1), ("01/10/2022", 0)],  # two and a half years to 31 March 2025
    )
    def test_two_and_a_half_years_of_care(self, begun: str, denominator: int) -> None:
        assert self._row(made(stay(begun, None, "S"))) == (denominator, denominator, 0)

    @pytest.mark.parametrize(("begun", "denominator"), [("15/09/2022", 1), ("16/09/2022", 0)])
    def test_two_and_a_half_years_of_care_by_another_day(self, begun: str, denominator: int) -> None:
        found = placement_stability(made(stay(begun, None, "S")), dt.date(2025, 3, 15))
        assert found.filter(measure="two_years_in_one_placement").item(0, "denominator") == denominator

    @pytest.mark.parametrize(("moved", "settled"), [("31/03/2023", 1), ("01/04/2023", 0)])
    def test_two_years_in_the_placement(self, moved: str, settled: int) -> None:
        assert self._row(made(stay("01/01/2020", moved, "S"), stay(moved, None))) == (1, settled, 0)

    @pytest.mark.parametrize(("born", "denominator"), [("31/03/2009", 0), ("01/04/2009", 1)])
    def test_under_16_on_the_day(self, born: str, denominator: int) -> None:
        assert self._row(made(stay("01/01/2020", None, "S"), born=born))[0] == denominator

    def test_a_placement_for_adoption_is_counted_from_the_one_before(self) -> None:
        rows = [
            stay("01/01/2020", "01/03/2023", "S"),
            stay("01/03/2023", "01/09/2024"),
            stay("01/09/2024", None, place="A5"),
        ]
        assert self._row(made(*rows)) == (1, 1, 0)
        assert self._row(made(*rows[:2], stay("01/09/2024", None, place="U4"))) == (1, 0, 0)

    @pytest.mark.parametrize(("rne", "settled"), [("T", 1), ("U", 1), ("L", 1), ("P", 0), ("B", 0), (None, 0)])
    def test_a_change_with_the_same_carer_does_not_break_them(self, rne: str | None, settled: int) -> None:
        rows = [stay("01/01/2020", "10/02/2025", "S"), stay("10/02/2025", None, place="U4") | {"RNE": rne}]
        assert self._row(made(*rows)) == (1, settled, 0)

    def test_adopted_by_the_carer_of_before_the_time_with_others_does_not_count(self) -> None:
        rows = [
            stay("01/01/2020", "01/06/2023", "S", place="K2"),
            stay("01/06/2023", "01/09/2024"),
            stay("01/09/2024", None, "T", place="A5"),
        ]
        assert self._row(made(*rows)) == (1, 0, 0)
        # placed for adoption from the beginning with this carer: the placement before counts
        assert self._row(made(rows[0], rows[1] | {"PLACE": "A3"}, rows[2])) == (1, 1, 0)

    def test_a_stay_in_hospital_does_not_end_the_placement(self) -> None:
        rows = [stay("01/01/2020", "30/03/2025", "S"), stay("30/03/2025", None, place="T1")]
        assert self._row(made(*rows)) == (1, 1, 0)
        rows = [
            stay("01/01/2020", "01/06/2024", "S"),
            stay("01/06/2024", "05/06/2024", place="T1"),
            stay("05/06/2024", None),
        ]
        assert self._row(made(*rows)) == (1, 1, 0)

    def test_a_child_whose_care_began_before_what_is_known_is_unknown(self) -> None:
        assert self._row(made(stay("01/05/2023", None, "P"))) == (0, 0, 1)
        assert self._row(made(stay("01/05/2023", None, "S"))) == (0, 0, 0)
        assert self._row(made(stay("01/05/2020", None, "P"))) == (1, 1, 0)

    def test_a_child_without_a_birth_date_is_unknown_if_the_rest_fits(self) -> None:
        assert self._row(made(stay("01/01/2020", None, "S"), born="soon")) == (0, 0, 1)
        assert self._row(made(stay("01/01/2024", None, "S"), born="soon")) == (0, 0, 0)

    def _row(self, ret: Return) -> tuple[int, int, int]:
        row = placement_stability(ret).filter(measure="two_years_in_one_placement").row(0, named=True)
        return row["denominator"], row["children"], row["unknown"]


class TestDistance:
    def _cells(self, found: Return | pl.DataFrame) -> set[tuple[str, str]]:
        table = found if isinstance(found, pl.DataFrame) else placement_distance(found)
        found = table.filter(pl.col("children") > 0)
        return {cell for cell in found.select("distance", "location").iter_rows() if "total" not in cell}

    @pytest.mark.parametrize(
        ("miles", "expected"),
        [
            ("20.0", "20 miles or less"),
            ("20.1", "more than 20 miles"),
            ("0", "20 miles or less"),
            ("999.9", "unknown"),
            (None, "unknown"),
            ("NaN", "unknown"),
            ("-1", "unknown"),
            ("far", "unknown"),
        ],
    )
    def test_as_the_frames_bring_it(self, miles: str | None, expected: str) -> None:
        row = stay("01/05/2024", None, "S", PL_DISTANCE=miles, PL_LOCATION="OUT")
        assert self._cells(made(row)) == {(expected, "outside")}

    @pytest.mark.parametrize(
        ("post", "expected"),
        [
            ("RM9 5AR", ("20 miles or less", "inside")),
            ("CF10 1EP", ("more than 20 miles", "outside")),
            ("ZZ1 1ZZ", ("unknown", "unknown")),
            (None, ("unknown", "unknown")),
        ],
    )
    def test_worked_out_from_postcodes(self, post: str | None, expected: tuple[str, str]) -> None:
        row = stay("01/05/2024", None, "S", PL_POST=post, HOME_POST="RM8 2AB")
        assert self._cells(made(row, postcodes=POSTCODES, local_authority="E09000002")) == {expected}

    def test_without_an_authority_no_side_is_known(self) -> None:
        row = stay("01/05/2024", None, "S", PL_POST="CF10 1EP", HOME_POST="RM8 2AB")
        assert self._cells(made(row, postcodes=POSTCODES)) == {("more than 20 miles", "unknown")}

    def test_an_episode_of_the_previous_return_brings_its_own(self) -> None:
        before = stay("01/05/2023", None, "S", PL_DISTANCE="3", PL_LOCATION="IN")
        other = stay("01/05/2023", None, "S", PL_DISTANCE="30", PL_LOCATION="OUT") | {"CHILD": "B"}
        found = placement_distance(made(other, previous=[before]), dt.date(2024, 3, 31))
        assert self._cells(found) == {("20 miles or less", "inside"), ("more than 20 miles", "outside")}

    def test_the_placement_of_the_day_counts(self) -> None:
        ret = made(stay("01/05/2023", "30/04/2024", "S", PL_DISTANCE="3"), stay("30/04/2024", None, PL_DISTANCE="30"))
        for day, expected in ((29, "20 miles or less"), (30, "more than 20 miles")):
            found = placement_distance(ret, dt.date(2024, 4, day)).filter(pl.col("children") > 0)
            assert set(found["distance"]) == {expected, "total"}


def share(part: int | None, whole: int) -> float | None:
    return 100 * part / whole if whole and part is not None else None


@given(placed_returns(), days_of_the_year(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_measures_agree_with_a_count_by_hand(small: SmallReturn, day: dt.date, by_carer: bool) -> None:
    ret, unsure = without_postcodes(small), by_hand.not_judged(small, day)
    found = PlacementStability.validate(placement_stability(ret, day, by_carer=by_carer))
    by_name = by_hand.stability(small, day, by_carer=by_carer).items()
    counted = found.select("measure", "denominator", "children", "others", "percent", "unknown", "not_judged")
    assert counted.rows() == [
        (name, whole, part, None if part is None else whole - part, share(part, whole), unknown, unsure)
        for name, (whole, part, unknown) in by_name
    ]
    assert found.select("known", "assumed", "least", "most").rows() == [
        (whole, 0, share(part, whole + unknown), share(None if part is None else part + unknown, whole + unknown))
        for _, (whole, part, unknown) in by_name
    ]
    cells, sided, far = by_hand.distance(small, day), *(by_hand.told(small, name) for name in PLACED)
    for miles, where, children, percent, not_judged in PlacementDistance.validate(placement_distance(ret, day)).rows():
        untold = (not sided and where in LOCATIONS[:-1]) or (not far and miles in DISTANCES[:-1])
        assert children == (None if untold and cells["total", "total"] else cells[miles, where])
        assert percent == share(children, cells["total", "total"])
        assert not_judged == unsure


@given(placed_returns())
@settings(max_examples=30, deadline=None)
def test_the_placements_agree_with_a_chain_by_hand(small: SmallReturn) -> None:
    found = PlacementRuns.validate(placement_runs(small.read()))
    columns = ["child", "period", "place", "start", "end", "days", "episodes", "open"]
    assert found.select(columns).rows() == by_hand.placement_runs(small)


@given(placed_returns())
@settings(max_examples=30, deadline=None)
def test_counts_add_up(small: SmallReturn) -> None:
    ret = without_postcodes(small)
    stability = placement_stability(ret)
    assert stability["children"][:4].sum() == stability["denominator"][0]
    assert (stability["children"] + stability["others"] == stability["denominator"]).all()
    grid = placement_distance(ret).pivot("location", index="distance", values="children")
    cells = grid.select(pl.col("inside", "outside", "unknown", "total").fill_null(0))
    assert (cells["inside"] + cells["outside"] + cells["unknown"] == cells["total"]).all()
    assert cells[:3].sum().row(0) == cells.row(3)


@given(placed_returns(), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_order_of_rows_and_names_of_children_play_no_part(small: SmallReturn, seed: int) -> None:
    names = {name: f"Z{number}" for number, name in enumerate(reversed(small.children()))}
    ret, shuffled, renamed = small.read(), small.shuffled(seed).read(), small.relabelled(names).read()
    for table in (placement_stability, placement_distance):
        assert table(ret).equals(table(renamed))
    assert placement_stability(ret).equals(placement_stability(shuffled))
    assert placement_runs(ret).equals(placement_runs(shuffled))
    again = placement_runs(ret).with_columns(pl.col("child").replace(names))
    assert again.sort(again.columns).equals(placement_runs(renamed).sort(again.columns))


def test_a_return_without_episodes_has_every_row_and_nobody() -> None:
    empty = Return.from_frames({}, year=Year("2024-25"))
    assert placement_stability(empty)["denominator"].sum() == 0
    assert placement_distance(empty).height == 16
    assert placement_runs(empty).height == 0
