"""Who was looked after in the year, why, how long, and how many came and went."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from returns903 import ConfigError, derive, schemas
from tests.derive import in_year_by_hand as by_hand
from tests.derive.strategies import YEAR, SmallReturn, small_returns
from tests.derive.strategies_placements import placed_returns
from tests.derive.test_care import JULY, JUNE, MAY, D, ep, made

BEFORE = dt.timedelta(days=-1)
APRIL, MARCH = YEAR.start, YEAR.end


def total(table: pl.DataFrame, column: str = "children") -> int:
    return int(table.filter(breakdown="sex", category="total").item(0, column))


def counted(table: pl.DataFrame, label: str, number: str = "children") -> dict[Any, int]:
    """The rows of a table that count anything, by measure and label."""
    return {row[:2]: row[2] for row in table.select("measure", label, number).rows() if row[2]}


class TestInYear:
    @pytest.mark.parametrize(
        ("rows", "children"),
        [
            ([ep(D(2023, 5, 1))], 1),
            ([ep(D(2023, 5, 1), APRIL + BEFORE, rec="E4A")], 0),
            ([ep(D(2023, 5, 1), APRIL, rec="E4A")], 1),
            ([ep(MARCH)], 1),
            ([ep(MARCH - BEFORE)], 0),
            ([ep(MAY, JUNE, rec="E4A"), ep(JULY)], 1),
            ([ep(MAY, JUNE, rec="X1")], 1),
            ([ep(MAY, ls="V3")], 0),
            ([ep("soon", JUNE, rec="E4A")], 1),
            ([ep("soon", JUNE, rec="X1")], 0),
            ([ep(MAY, child=None)], 0),
        ],
    )
    def test_an_episode_in_the_year_is_enough(self, rows: list[Any], children: int) -> None:
        assert total(derive.looked_after_in_year(made(*rows))) == children

    def test_who_left_and_came_back_is_described_as_on_the_last_day(self) -> None:
        rows = [ep(MAY, JUNE, rec="E4A", ls="V2"), ep(JULY, ls="C2")]
        found = derive.looked_after_in_year(made(*rows)).filter(breakdown="legal_status_group", children=1)
        assert found["category"].to_list() == ["Full care order", "total"]

    def test_who_left_is_described_as_on_that_day(self) -> None:
        rows = [ep(MAY, JUNE, rec="E4A", ls="V2")]
        ret = made(*rows, Header=[{"CHILD": "A", "DOB": f"{JUNE:%d/%m}/2010"}])
        found = derive.looked_after_in_year(ret).filter(pl.col("category") != "total", pl.col("children") == 1)
        said = dict(found.select("breakdown", "category").rows())
        assert (said["legal_status_group"], said["year_of_age"]) == ("Voluntary agreements under S20 CA 1989", "14")

    def test_a_chain_that_breaks_off_ends_with_its_last_episode(self) -> None:
        ret = made(ep(MAY, JUNE, rec="X1"), Header=[{"CHILD": "A", "DOB": f"{JULY:%d/%m}/2010"}])
        found = derive.looked_after_in_year(ret).filter(breakdown="year_of_age", children=1)
        assert found["category"].to_list() == ["13", "total"]

    def test_a_window_of_last_year_is_told_by_the_previous_return(self) -> None:
        gone, here = ep(D(2023, 6, 1), D(2024, 1, 10), rec="E5", child="B"), ep(D(2023, 6, 1), child="C")
        ret = made(ep(MAY), before=[gone, here])
        both = derive.looked_after_in_year(ret, period=(D(2024, 1, 1), JUNE))
        assert (total(both), total(both, "not_judged")) == (3, 0)
        year = derive.looked_after_in_year(ret)
        assert (total(year), total(year, "not_judged")) == (1, 1)

    @pytest.mark.parametrize(
        ("row", "doubts"),
        [
            (ep("soon"), 1),
            (ep("soon", ls="V3"), 0),
            (ep("soon", JUNE, rec="X1"), 1),
            (ep("soon", JUNE, rec="E4A"), 0),
            (ep("soon", APRIL + BEFORE, rec="E4A"), 0),
            (ep("soon", JUNE, rec="E4A", child=None), 1),
            (ep(MARCH - BEFORE, child=None), 0),
            (ep(D(2023, 5, 1), "soon", rec="E4A"), 1),
            (ep(MAY, "soon", rec="E4A"), 0),
        ],
    )
    def test_what_cannot_be_judged_is_counted(self, row: Any, doubts: int) -> None:
        assert total(derive.looked_after_in_year(made(row)), "not_judged") == doubts

    @settings(max_examples=60, deadline=None)
    @given(small_returns(children=6))
    def test_it_is_the_count_by_hand_and_within_its_tables(self, small: SmallReturn) -> None:
        ret = small.read()
        found = schemas.LookedAfterInYear.validate(derive.looked_after_in_year(ret))
        expected = by_hand.in_year(small)
        assert total(found) == len(expected)
        assert set(found["not_judged"]) == {by_hand.in_year_not_judged(small)}
        now, left = derive.looked_after_on(ret, MARCH), derive.leaving_care(ret)
        assert {*now["child"], *left["child"], *derive.started_in_year(ret)["child"]} <= expected
        here = derive.breakdowns(ret)
        assert (found["children"] >= here["children"]).all()


class TestNeed:
    def test_the_need_of_the_day_the_start_and_the_ceasing(self) -> None:
        rows = [ep(MAY, JUNE, rec="E4A", CIN="N2"), ep(JULY, CIN="N8"), ep(D(2023, 5, 1), child="B", CIN="N9")]
        assert counted(derive.category_of_need(made(*rows)), "category") == {
            ("looked_after", "Absent parenting"): 1,
            ("looked_after", "unknown"): 1,
            ("looked_after", "total"): 2,
            ("started", "Child's disability"): 1,
            ("started", "total"): 1,
            ("ceased", "Child's disability"): 1,
            ("ceased", "total"): 1,
        }

    def test_a_window_moves_all_three(self) -> None:
        rows = [ep(MAY, JUNE, rec="E4A", CIN="N2"), ep(JULY, CIN="N8")]
        found = derive.category_of_need(made(*rows), period=(APRIL, JUNE + BEFORE))
        assert counted(found, "category") == {
            (measure, category): 1
            for measure in ("looked_after", "started")
            for category in ("Child's disability", "total")
        }

    @settings(max_examples=40, deadline=None)
    @given(placed_returns(children=6))
    def test_it_is_the_count_by_hand(self, small: SmallReturn) -> None:
        found = schemas.CategoryOfNeed.validate(derive.category_of_need(small.read()))
        expected = by_hand.needs(small, by_hand.first_starts(small))
        assert counted(found, "category") == dict(expected)
        for measure, category, children, percent in found.rows():
            whole = expected[measure, "total"]
            assert percent == (100 * children / whole if whole else None), category


class TestLengthOfCare:
    @pytest.mark.parametrize(
        ("start", "length"),
        [
            (MARCH, "under 8 weeks"),
            (D(2025, 2, 4), "under 8 weeks"),
            (D(2025, 2, 3), "8 weeks to under 6 months"),
            (D(2024, 10, 1), "8 weeks to under 6 months"),
            (D(2024, 9, 30), "6 months to under 1 year"),
            (D(2024, 4, 1), "6 months to under 1 year"),
            (D(2024, 3, 31), "1 year to under 2 years"),
            (D(2023, 3, 31), "2 years to under 3 years"),
            (D(2022, 3, 31), "3 years to under 5 years"),
            (D(2020, 4, 1), "3 years to under 5 years"),
            (D(2020, 3, 31), "5 years to under 10 years"),
            (D(2015, 3, 31), "10 years and over"),
        ],
    )
    def test_a_band_begins_on_the_day_that_completes_it(self, start: D, length: str) -> None:
        found = counted(derive.length_of_care(made(ep(start))), "length")
        assert found == {("looked_after", length): 1, ("looked_after", "total"): 1}

    def test_the_whole_period_counts_and_its_days_are_averaged(self) -> None:
        rows = [
            ep(D(2024, 1, 1), JUNE, rec="X1"),
            ep(JUNE, D(2024, 12, 31), rne="L", rec="E4A"),
            ep(MAY, MAY, child="B", rec="E4A"),
        ]
        found = derive.length_of_care(made(*rows)).filter(measure="ceased", length="total")
        assert found.select("children", "start_unknown", "mean_days", "median_days").row(0) == (2, 0, 182.5, 182.5)

    def test_care_that_began_before_what_is_known_is_at_least_so_long(self) -> None:
        ret = made(ep(D(2023, 6, 1), rne="P"))
        found = derive.length_of_care(ret).filter(pl.col("start_unknown") > 0)
        assert found["length"].to_list() == ["1 year to under 2 years", "total"]

    def test_it_is_cut_by_the_episode_of_the_day_and_of_the_ceasing(self) -> None:
        rows = [ep(MAY, JUNE, rec="E4A", PLACE="U6"), ep(MAY, child="B", PLACE="K2")]
        found = derive.length_of_care(made(*rows), by="placement_group")
        there = found.filter(pl.col("length") == "total", pl.col("children") > 0)
        assert there.select("placement_group", "measure").rows() == [
            ("Foster placements", "ceased"),
            ("Secure homes and children's homes", "looked_after"),
        ]

    def test_a_leaver_without_a_start_is_of_unknown_length(self) -> None:
        found = derive.length_of_care(made(ep("soon", JUNE, rec="E4A")))
        assert counted(found, "length") == {("ceased", "unknown"): 1, ("ceased", "total"): 1}
        assert found["mean_days"].null_count() == found.height

    @settings(max_examples=60, deadline=None)
    @given(small_returns(children=6))
    def test_it_is_the_count_by_hand(self, small: SmallReturn) -> None:
        found = schemas.LengthOfCare.validate(derive.length_of_care(small.read()))
        times = by_hand.care_lengths(small)
        for row in found.rows(named=True):
            told = row["children"], row["start_unknown"], row["mean_days"], row["median_days"]
            assert told == pytest.approx(by_hand.row_of(times[row["measure"]], row["length"]), nan_ok=True)


class TestLengthOfPlacement:
    @pytest.mark.parametrize(
        ("start", "length"),
        [
            (D(2025, 3, 24), "7 days or fewer"),
            (D(2025, 3, 23), "8 days to under 1 month"),
            (D(2025, 2, 28), "1 month to under 3 months"),
            (D(2024, 12, 31), "3 months to under 6 months"),
            (D(2024, 9, 30), "6 months to under 1 year"),
            (D(2024, 3, 31), "1 year to under 2 years"),
            (D(2023, 3, 31), "2 years to under 5 years"),
            (D(2020, 3, 31), "5 years and over"),
        ],
    )
    def test_the_bands_of_the_present_placement(self, start: D, length: str) -> None:
        rows = [ep(D(2010, 1, 1), start, rec="X1"), ep(start, rne="P", PLACE="U6")]
        found = counted(derive.length_of_placement(made(*rows)).filter(measure="current"), "length", "placements")
        assert found == {("current", length): 1, ("current", "total"): 1}

    def test_an_absence_is_part_of_the_placement_until_it_is_over(self) -> None:
        rows = [
            ep(D(2022, 4, 1), JUNE, rec="X1", PLACE="U6"),
            ep(JUNE, JULY, rne="P", rec="X1", PLACE="T1"),
            ep(JULY, rne="P", PLACE="K2"),
        ]
        found = derive.length_of_placement(made(*rows)).filter(length="total")
        assert found.select("measure", "placements", "mean_days").rows() == [
            ("current", 1, (MARCH - JULY).days),
            ("ended", 1, (JULY - D(2022, 4, 1)).days),
        ]

    def test_a_placement_that_goes_on_after_an_absence_is_over_when_care_ends(self) -> None:
        rows = [
            ep(D(2022, 4, 1), JUNE, rec="X1", PLACE="U6"),
            ep(JUNE, JULY, rne="P", rec="X1", PLACE="T1"),
            ep(JULY, D(2024, 8, 1), rne="P", rec="E4", PLACE="U6"),
        ]
        found = derive.length_of_placement(made(*rows)).filter(measure="ended", length="total")
        assert found.select("placements", "mean_days").row(0) == (1, (D(2024, 8, 1) - D(2022, 4, 1)).days)

    def test_who_is_away_on_the_last_day_is_still_placed(self) -> None:
        rows = [ep(D(2022, 4, 1), JUNE, rec="X1", PLACE="U6"), ep(JUNE, rne="P", PLACE="T1")]
        found = counted(derive.length_of_placement(made(*rows)), "length", "placements")
        assert found == {("current", "2 years to under 5 years"): 1, ("current", "total"): 1}

    def test_it_is_cut_by_the_episode_of_the_day_and_the_last_one_of_a_placement(self) -> None:
        rows = [ep(D(2022, 4, 1), JUNE, rec="X1", PLACE="U6"), ep(JUNE, rne="P", PLACE="K2")]
        found = derive.length_of_placement(made(*rows), by="placement_group")
        there = found.filter(pl.col("length") == "total", pl.col("placements") > 0)
        assert there.select("placement_group", "measure").rows() == [
            ("Foster placements", "ended"),
            ("Secure homes and children's homes", "current"),
        ]

    def test_who_was_in_temporary_placements_alone_has_none(self) -> None:
        found = counted(derive.length_of_placement(made(ep(MAY, PLACE="T1"))), "length", "placements")
        assert found == {("current", "no placement"): 1, ("current", "total"): 1}

    def test_a_placement_that_was_there_from_the_first_is_at_least_so_long(self) -> None:
        rows = [ep(D(2023, 6, 1), JUNE, rne="P", rec="X1"), ep(JUNE, JULY, rne="P", rec="E4A")]
        found = derive.length_of_placement(made(*rows)).filter(measure="ended", length="total")
        assert found.select("placements", "start_unknown").rows() == [(2, 1)]

    @settings(max_examples=80, deadline=None)
    @given(placed_returns(children=5))
    def test_it_is_the_count_by_hand(self, small: SmallReturn) -> None:
        found = schemas.LengthOfPlacement.validate(derive.length_of_placement(small.read()))
        times = by_hand.placement_lengths(small)
        for row in found.rows(named=True):
            told = row["placements"], row["start_unknown"], row["mean_days"], row["median_days"]
            assert told == pytest.approx(by_hand.row_of(times[row["measure"]], row["length"]), nan_ok=True)


class TestFlows:
    def test_every_start_and_ceasing_is_counted_and_each_child_once(self) -> None:
        rows = [
            ep(MAY, D(2024, 5, 20), rec="E4A"),
            ep(D(2024, 5, 25), D(2024, 6, 2), rec="E4A"),
            ep(D(2024, 6, 2)),
            ep(MAY, ls="V3", child="B"),
        ]
        found = derive.starts_and_ceasings(made(*rows), population=20_000).filter(pl.col("starts") > 0)
        assert found.drop("not_judged").rows() == [
            (D(2024, 5, 31), 2, 1, 1, 0, 1, 1.0, 0.5),
            (D(2024, 6, 30), 1, 0, 1, 1, 0, 0.5, 0.5),
        ]

    def test_months_of_a_window_have_what_falls_into_it(self) -> None:
        ret = made(ep(MAY, JUNE, rec="E4A"), ep(JUNE + BEFORE, child="B"), ep(JULY, child="C"))
        found = derive.starts_and_ceasings(ret, period=(MAY - BEFORE, JULY))
        assert found["month"].to_list() == [D(2024, 5, 31), D(2024, 6, 30), D(2024, 7, 31)]
        assert found["starts"].to_list() == [1, 0, 1]
        assert found["ceasings"].to_list() == [0, 1, 0]
        assert found["starts_rate"].null_count() == 3

    def test_what_cannot_be_placed_is_counted(self) -> None:
        rows = [
            ep("soon"),
            ep(MAY, child=None),
            ep(MAY, "soon", rec="E4A", child="B"),
            ep(APRIL + BEFORE + BEFORE, APRIL + BEFORE, rec="E4A", rne="P", child=None),
            ep("soon", ls="V3"),
        ]
        assert set(derive.starts_and_ceasings(made(*rows))["not_judged"]) == {3}

    def test_a_rate_needs_a_population(self) -> None:
        with pytest.raises(ConfigError, match="number of children in the population"):
            derive.starts_and_ceasings(made(ep(MAY)), population=0)
        assert derive.starts_and_ceasings(made(ep(MAY)), population=1)["starts_rate"].sum() == 10_000

    @settings(max_examples=60, deadline=None)
    @given(small_returns(children=6))
    def test_it_is_the_count_by_hand(self, small: SmallReturn) -> None:
        found = schemas.StartsAndCeasings.validate(derive.starts_and_ceasings(small.read(), population=5_000))
        expected = by_hand.flows(small)
        assert found.height == 12
        assert set(found["not_judged"]) == {by_hand.flows_not_judged(small)}
        for row in found.rows(named=True):
            starts, first, ends, last = expected[row["month"].month]
            told = [row[name] for name in ("starts", "children_started", "ceasings", "children_ceased", "net")]
            assert told == [starts, first, ends, last, starts - ends]
            assert (row["starts_rate"], row["ceasings_rate"]) == (2 * starts, 2 * ends)
