from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import ConfigError, Return, Year
from returns903.derive.counts import APART
from returns903.derive.leaving import leaving_care
from returns903.derive.participation import review_participation
from returns903.derive.placements import placement_distance, placement_stability
from returns903.derive.population import looked_after_on, started_in_year
from returns903.derive.reviews import reviews_up_to_date
from returns903.derive.scorecard import MEASURES, scorecard
from returns903.schemas import Scorecard
from tests.derive.strategies import YEAR, Row, SmallReturn, frames
from tests.derive.strategies_placements import placed_returns

APRIL, MAY, MARCH = dt.date(2024, 4, 30), dt.date(2024, 5, 31), dt.date(2025, 3, 31)


def stay(child: str, decom: str, dec: str | None = None, rne: str = "S", **more: Any) -> Row:
    rec = "E4A" if dec else None
    return {"CHILD": child, "DECOM": decom, "DEC": dec, "RNE": rne, "LS": "C2", "PLACE": "U6", "REC": rec} | more


def sheet(
    *rows: Row, population: int | None = None, previous: list[Row] | None = None, **tables: list[Row]
) -> pl.DataFrame:
    children = sorted({str(row["CHILD"]) for row in rows})
    header: list[Row] = [{"CHILD": child, "DOB": "01/06/2014"} for child in children]
    every: dict[str, list[Row]] = {"Header": header, "Episodes": list(rows), "Reviews": [], **tables}
    before = None if previous is None else frames({"Episodes": previous})
    return scorecard(Return.from_frames(frames(every), year=YEAR, previous=before), population)


def figure(found: pl.DataFrame, measure: str, month: dt.date) -> tuple[Any, ...]:
    return found.filter(measure=measure, month=month).select("value", "numerator", "denominator").row(0)


def test_there_is_a_row_for_each_month_and_measure_in_order() -> None:
    found = sheet(stay("A", "01/05/2023"), population=50_000)
    assert found["measure"].to_list() == list(MEASURES) * 12
    assert found["month"].unique(maintain_order=True).to_list()[::11] == [APRIL, MARCH]
    assert dt.date(2025, 2, 28) in found["month"]
    assert "looked_after_rate" not in sheet(stay("A", "01/05/2023"))["measure"]


def test_a_child_counts_at_the_end_of_each_month_in_care() -> None:
    found = sheet(stay("A", "30/04/2024", "31/05/2024"), stay("B", "31/05/2024"), population=40_000)
    assert figure(found, "looked_after", APRIL) == (1.0, 1, None)
    assert figure(found, "looked_after", MAY) == (1.0, 1, None)
    assert figure(found, "looked_after_rate", MAY) == (0.25, 1, 40_000)
    assert [figure(found, name, APRIL)[0] for name in ("started", "ceased")] == [1.0, 0.0]
    assert [figure(found, name, MAY)[0] for name in ("started", "ceased")] == [1.0, 1.0]


def test_a_second_start_in_the_year_does_not_count() -> None:
    found = sheet(stay("A", "02/04/2024", "10/04/2024"), stay("A", "01/05/2024", "10/05/2024"))
    assert [figure(found, "started", month)[0] for month in (APRIL, MAY)] == [1.0, 0.0]
    assert [figure(found, "ceased", month)[0] for month in (APRIL, MAY)] == [0.0, 1.0]


def test_asylum_seeking_children_stand_apart_where_the_return_says_who_they_are() -> None:
    rows = [stay("A", "01/05/2023"), stay("B", "01/05/2023")]
    found = sheet(*rows, UASC=[{"CHILD": "A", "SEX": "M"}])
    assert figure(found, "looked_after_asylum_seeking", MAY)[0] == figure(found, "looked_after_others", MAY)[0] == 1.0
    assert figure(sheet(*rows), "looked_after_others", MAY) == (None, None, None)


def test_reviews() -> None:
    reviews: list[Row] = [
        {"CHILD": "A", "REVIEW": "29/04/2024", "REVIEW_CODE": "PN1"},
        {"CHILD": "B", "REVIEW": "30/04/2024", "REVIEW_CODE": "PN7"},
        {"CHILD": "B", "REVIEW": "01/05/2024", "REVIEW_CODE": "PN0"},
        {"CHILD": "B", "REVIEW": "soon", "REVIEW_CODE": "PN1"},
        {"CHILD": "C", "REVIEW": "02/05/2024", "REVIEW_CODE": "PN9"},
    ]
    rows = [stay(child, "02/04/2024") for child in ("A", "B", "C")]
    found = sheet(*rows, Reviews=reviews)
    assert figure(found, "took_part_in_reviews", APRIL) == (50.0, 1, 2)
    assert figure(found, "took_part_in_reviews", MAY) == (None, 0, 0)
    doubts = found.filter(measure="took_part_in_reviews", month=MAY).select("unknown", "not_judged").row(0)
    assert doubts == (1, 1)
    # The first reviews were due on 30 April 2024, and C's was held two days late; the second ones three months on.
    assert figure(found, "reviews_up_to_date", APRIL) == (100 * 2 / 3, 2, 3)
    assert figure(found, "reviews_up_to_date", MAY) == (100.0, 3, 3)
    assert figure(found, "reviews_up_to_date", dt.date(2024, 8, 31)) == (100 / 3, 1, 3)


def apart(found: pl.DataFrame, measure: str, month: dt.date) -> tuple[Any, ...]:
    return found.filter(measure=measure, month=month).select(*APART).row(0)


def test_what_is_known_and_assumed_stands_apart() -> None:
    rows = [stay("A", "02/04/2024"), stay("B", "01/05/2023", rne="L"), stay("C", "01/05/2020", PL_DISTANCE="3")]
    found = sheet(*rows, Reviews=[{"CHILD": "A", "REVIEW": "29/04/2024", "REVIEW_CODE": "PN9"}])
    # nobody knows when B and C were last reviewed; that B has been in care since 1 May 2023 is not said
    assert apart(found, "reviews_up_to_date", APRIL) == (1, 2, 0, 100 / 3, 100.0)
    assert apart(found, "took_part_in_reviews", APRIL) == (0, 0, 1, 0.0, 100.0)
    assert apart(found, "two_years_in_one_placement", APRIL) == (1, 0, 1, 50.0, 100.0)
    assert apart(found, "within_20_miles", APRIL) == (1, 0, 2, 100 / 3, 100.0)
    assert apart(found, "three_or_more_placements", APRIL) == (None, 0, 0, None, None)
    assert apart(found, "looked_after", APRIL) == (None, 0, 0, None, None)


def test_the_rate_without_asylum_seeking_children() -> None:
    rows = [stay("A", "01/05/2023"), stay("B", "01/05/2023")]
    found = sheet(*rows, UASC=[{"CHILD": "A", "SEX": "M"}], population=4000)
    assert figure(found, "looked_after_rate", MAY) == (5.0, 2, 4000)
    assert figure(found, "looked_after_rate_others", MAY) == (2.5, 1, 4000)
    assert figure(sheet(*rows, population=4000), "looked_after_rate_others", MAY) == (None, None, 4000)


def test_without_the_table_reviews_nothing_is_said_of_them() -> None:
    ret = Return.from_frames(frames({"Episodes": [stay("A", "01/05/2023")]}), year=YEAR)
    for measure in ("reviews_up_to_date", "took_part_in_reviews"):
        assert figure(scorecard(ret), measure, MAY) == (None, None, None)


def test_three_or_more_placements_need_the_year_before_but_for_the_last_month() -> None:
    rows = [
        stay("A", "01/05/2023", "01/06/2024", REC="X1"),
        stay("A", "01/06/2024", "01/07/2024", "P", REC="X1"),
        stay("A", "01/07/2024", rne="P"),
    ]
    february = dt.date(2025, 2, 28)
    assert figure(sheet(*rows), "three_or_more_placements", february) == (None, None, 1)
    assert figure(sheet(*rows), "three_or_more_placements", MARCH) == (100.0, 1, 1)
    assert figure(sheet(*rows, previous=rows[:1]), "three_or_more_placements", february) == (100.0, 1, 1)


def test_two_years_in_one_placement_and_distance() -> None:
    found = sheet(stay("A", "31/05/2021", PL_DISTANCE="20"), stay("B", "31/05/2021", PL_DISTANCE=None))
    assert figure(found, "two_years_in_one_placement", APRIL) == (100.0, 2, 2)
    assert figure(found, "within_20_miles", APRIL) == (50.0, 1, 2)
    assert found.filter(measure="within_20_miles")["unknown"].to_list() == [1] * 12
    unknown = sheet(stay("A", "31/05/2021", PL_DISTANCE=None))
    assert figure(unknown, "within_20_miles", APRIL) == (None, None, 1)


@pytest.mark.parametrize("population", [0, -5])
def test_a_population_that_is_none_is_refused(population: int) -> None:
    with pytest.raises(ConfigError, match="population"):
        sheet(stay("A", "01/05/2023"), population=population)


def test_any_twelve_months() -> None:
    year = Year(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
    found = scorecard(Return.from_frames({}, year=year))
    assert found["month"].unique(maintain_order=True)[1] == dt.date(2024, 2, 29)
    assert found["month"][-1] == year.end


@given(placed_returns(), st.integers(0, 11))
@settings(max_examples=12, deadline=None)
def test_every_figure_is_that_of_its_own_table(small: SmallReturn, number: int) -> None:
    ret = small.read()
    found = Scorecard.validate(scorecard(ret, 1000))
    day = found["month"].unique(maintain_order=True)[number]
    here = looked_after_on(ret, day)
    assert figure(found, "looked_after", day)[1] == here.height
    if "UASC" in small.tables:
        assert figure(found, "looked_after_asylum_seeking", day)[1] == here["asylum"].sum()
    stability = dict(placement_stability(ret, day).select("measure", pl.struct("percent", "children")).iter_rows())
    for measure in ("three_or_more_placements", "two_years_in_one_placement"):
        value, numerator, _ = figure(found, measure, day)
        assert {"percent": value, "children": numerator} == stability[measure]
    near, far, unknown, every = placement_distance(ret, day).filter(location="total")["children"]
    assert figure(found, "within_20_miles", day)[2] == every == near + far + unknown
    up_to_date = reviews_up_to_date(ret, day).select("percent", "up_to_date", "children").row(0)
    assert figure(found, "reviews_up_to_date", day) == up_to_date


@given(placed_returns())
@settings(max_examples=12, deadline=None)
def test_the_months_add_up_to_the_year(small: SmallReturn) -> None:
    ret = small.read()
    found = scorecard(ret)
    sums = dict(found.group_by("measure").agg(pl.col("numerator").sum()).iter_rows())
    assert sums["started"] == started_in_year(ret).height
    assert sums["ceased"] == leaving_care(ret).height
    part = review_participation(ret).filter(measure="review", breakdown="taken_part")
    assert sums["took_part_in_reviews"] == part["count"][0]
    of = found.filter(measure="took_part_in_reviews")["denominator"].sum()
    assert of == part["denominator"][0]


@given(placed_returns(), st.integers(0, 99))
@settings(max_examples=5, deadline=None)
def test_order_of_rows_and_names_of_children_play_no_part(small: SmallReturn, seed: int) -> None:
    names = {name: f"Z{number}" for number, name in enumerate(reversed(small.children()))}
    without_place = pl.col("measure") != "within_20_miles"  # a child's same row with two distances
    table = scorecard(small.read())
    assert table.equals(scorecard(small.relabelled(names).read()))
    assert table.filter(without_place).equals(scorecard(small.shuffled(seed).read()).filter(without_place))
