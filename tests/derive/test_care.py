"""Periods of care and legal status runs: worked examples, a second computation, and properties."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from returns903 import Return, derive, schemas
from returns903.derive import care
from tests.derive import care_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, days_near, small_returns, written

D = dt.date


def ep(
    decom: D | str | None,
    dec: D | str | None = None,
    *,
    rne: str | None = "S",
    rec: str | None = None,
    ls: str | None = "C2",
    child: str | None = "A",
    **more: str,
) -> Row:
    """An episode of child A."""
    days = {"DECOM": decom, "DEC": dec}
    texts = {name: written(value) if isinstance(value, D) else value for name, value in days.items()}
    return {"CHILD": child, "RNE": rne, "REC": rec, "LS": ls, "PLACE": "U4", **texts, **more}


def made(*rows: Row, before: list[Row] | None = None, **tables: list[Row]) -> Return:
    """A return for 2024-25 with these episodes, and those of the year before if given."""
    previous = None if before is None else {"Episodes": before}
    return SmallReturn({"Episodes": list(rows), **tables}, previous).read()


def periods(ret: Return, *columns: str) -> list[tuple[Any, ...]]:
    return derive.periods_of_care(ret).select(columns or ("start", "end", "reason", "episodes")).rows()


def runs(ret: Return) -> list[tuple[Any, ...]]:
    return derive.legal_status_runs(ret).select("period", "legal_status", "start", "end").rows()


MAY, JUNE, JULY, LATER = D(2024, 5, 1), D(2024, 6, 1), D(2024, 7, 1), D(2024, 8, 1)


def test_a_chain_of_episodes_is_one_period() -> None:
    ret = made(ep(MAY, JUNE, rec="X1"), ep(JUNE, JULY, rne="P", rec="X1"), ep(JULY, LATER, rne="L", rec="E4A"))
    assert derive.periods_of_care(ret).rows() == [("A", 1, MAY, True, LATER, "E4A", 3, 92, False, False)]


def test_no_period_goes_on_in_another_child() -> None:
    ret = made(ep(MAY, JUNE, rec="X1"), ep(JUNE, rne="L", child="B"))
    assert periods(ret, "child", "start", "end") == [("A", MAY, JUNE), ("B", JUNE, None)]


def test_facts_stand_in_the_order_of_the_numbers_of_episodes() -> None:
    before = [ep("31/02/2023", CIN="N8", child=None), ep("01/05/2023", CIN="N7")]
    ret = made(ep("31/02/2024", CIN="N2"), ep(MAY, CIN="N1"), before=before)
    facts = care.facts_of_episodes(ret).rows()
    assert facts == [(1, True, "C2", "N7", "U4"), (1, False, "C2", "N1", "U4"), (0, False, "C2", "N2", "U4")]
    numbered = [
        *care.episodes(ret).select("episode", "CIN").rows(),
        *care.unplaced(ret).select("episode", "CIN").rows(),
    ]
    assert numbered == [(n, need) for n, (_, _, _, need, _) in enumerate(facts)]


def test_a_run_is_in_its_period_even_where_that_ends_before_it() -> None:
    """The last episode ceased before the year, and before it commenced: its period does not touch the year."""
    ret = made(ep(D(2024, 1, 1), MAY, rec="X1"), ep(MAY, D(2023, 6, 1), rne="L", ls="V2", rec="E4A"))
    assert periods(ret) == []
    assert runs(ret) == []


def test_an_open_period_runs_to_the_last_day_of_the_year() -> None:
    found = derive.periods_of_care(made(ep(D(2025, 3, 1))))
    assert found.select("end", "reason", "days", "open").rows() == [(None, None, 30, True)]


@pytest.mark.parametrize("back", [JUNE, JUNE + dt.timedelta(days=1)])
def test_back_in_care_the_same_day_or_the_next_is_a_new_period(back: D) -> None:
    ret = made(ep(MAY, JUNE, rec="E4A"), ep(back, rne="S"))
    assert periods(ret, "period", "start", "end") == [(1, MAY, JUNE), (2, back, None)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"rec": "X1"}, {"rne": "S"}),
        ({"rec": "E4A"}, {"rne": "P"}),
        ({"rec": None}, {"rne": "P"}),
        ({"rec": "X1"}, {"rne": "P", "decom": JUNE + dt.timedelta(days=1)}),
        ({"rec": "X1"}, {"rne": "P", "decom": JUNE - dt.timedelta(days=1)}),
        ({"rec": "X1", "dec": "31/02/2024"}, {"rne": "P"}),
        ({"rec": "X1", "dec": None}, {"rne": "P"}),
    ],
    ids=["S", "ended for good", "no REC", "gap", "overlap", "unreadable DEC", "no DEC"],
)
def test_a_chain_is_broken_by(first: dict[str, Any], second: dict[str, Any]) -> None:
    ret = made(ep(MAY, **{"dec": JUNE, **first}), ep(**{"decom": JUNE, **second}))
    assert derive.periods_of_care(ret).height == 2


def test_a_blank_rne_does_not_break_the_chain() -> None:
    assert derive.periods_of_care(made(ep(MAY, JUNE, rec="X1"), ep(JUNE, rne=None))).height == 1


def test_the_start_is_known_from_rne_s_on_the_first_row_alone() -> None:
    ret = made(ep(MAY, JUNE, rne="P", rec="X1"), ep(JUNE, rne="L"))
    assert periods(ret, "start", "start_known") == [(MAY, False)]


def test_periods_that_ended_before_the_year_are_left_out_and_not_numbered() -> None:
    last_day, first_day = D(2024, 3, 31), D(2024, 4, 1)
    gone = ep(D(2023, 5, 1), last_day, rec="E4A")
    assert periods(made(gone, ep(MAY)), "period", "start") == [(1, MAY)]
    assert periods(made(gone | {"DEC": written(first_day)}, ep(MAY)), "period", "end") == [(1, first_day), (2, None)]


def test_this_years_row_stands_for_an_episode_in_both_returns() -> None:
    began = D(2023, 5, 1)
    before = [ep(D(2022, 1, 1), began, rec="X1"), ep(began, rne="P")]
    ret = made(ep(began, JUNE, rne="P", rec="X1"), ep(JUNE, JULY, rne="L", rec="E5", ls="V2"), before=before)
    assert periods(ret) == [(D(2022, 1, 1), JULY, "E5", 3)]
    assert runs(ret) == [(1, "C2", D(2022, 1, 1), JUNE), (1, "V2", JUNE, JULY)]


def test_without_the_previous_return_the_start_is_what_the_return_shows() -> None:
    ret = made(ep(D(2023, 5, 1), rne="P"))
    assert periods(ret, "start", "start_known") == [(D(2023, 5, 1), False)]


def test_respite_is_a_period_all_of_whose_episodes_are() -> None:
    ret = made(
        ep(MAY, JUNE, ls="V3", rec="X1"),
        ep(JUNE, JULY, ls="V4", rne="L", rec="E8"),
        ep(MAY, JUNE, ls="V3", rec="X1", child="B"),
        ep(JUNE, rne="L", ls=None, child="B"),
    )
    assert periods(ret, "child", "respite") == [("A", True), ("B", False)]


def test_an_unreadable_decom_is_counted_and_in_no_period() -> None:
    ret = made(ep("30/02/2024"), ep(None, child="B"), ep(MAY, child=None), ep(MAY, "2024-06-01", child="C"))
    assert periods(ret, "child", "end", "open") == [("C", None, True)]
    assert derive.not_judged(ret).rows() == [
        ("episodes_without_child", 1),
        ("episodes_without_start", 2),
        ("episodes_with_unknown_end", 1),
        ("episodes_gone_since_last_year", 0),
        ("headers_without_birth_date", 0),
    ]


def test_an_ending_without_a_day_counts_as_open_and_is_counted_apart() -> None:
    ret = made(ep(MAY, None, rec="E4A"))
    assert periods(ret, "open", "reason") == [(True, "E4A")]
    assert derive.not_judged(ret).filter(reason="episodes_with_unknown_end")["rows"].to_list() == [1]


def test_an_open_episode_that_this_years_return_lacks_counts_as_open_and_is_counted_apart() -> None:
    gone, kept = ep(D(2023, 5, 1)), ep(D(2023, 5, 1), child="B")
    ended = ep(D(2023, 5, 1), D(2024, 1, 1), rec="E5", child="C")
    ret = made(kept, before=[gone, kept, ended])
    assert periods(ret, "child", "open") == [("A", True), ("B", True)]
    assert derive.not_judged(ret).filter(reason="episodes_gone_since_last_year")["rows"].to_list() == [1]
    assert derive.legal_status_on(ret, YEAR.start)["not_judged"].to_list() == [1]
    assert derive.legal_status_on(ret, YEAR.previous.end)["not_judged"].to_list() == [0]


def test_runs_merge_neighbours_with_one_legal_status() -> None:
    ret = made(
        ep(MAY, JUNE, ls="C1", rec="X1"),
        ep(JUNE, JULY, ls="C1", rne="P", rec="X1"),
        ep(JULY, LATER, ls="C2", rne="L", rec="X1"),
        ep(LATER, ls="C1", rne="L"),
    )
    assert runs(ret) == [(1, "C1", MAY, JULY), (1, "C2", JULY, LATER), (1, "C1", LATER, None)]
    assert derive.legal_status_runs(ret).row(0, named=True) == {
        "child": "A",
        "period": 1,
        "legal_status": "C1",
        "group": "Interim care order",
        "start": MAY,
        "end": JULY,
        "days": 61,
        "episodes": 2,
        "open": False,
    }


def test_a_run_does_not_cross_from_one_period_to_the_next() -> None:
    assert runs(made(ep(MAY, JUNE, rec="E4A"), ep(JUNE))) == [(1, "C2", MAY, JUNE), (2, "C2", JUNE, None)]


def test_runs_that_ended_before_the_year_are_left_out() -> None:
    first_day = D(2024, 4, 1)
    last_day = D(2024, 3, 31)
    before = [ep(D(2023, 5, 1), last_day, ls="V2", rec="X1"), ep(last_day, rne="L", ls="C1")]
    ret = made(ep(last_day, first_day, rne="L", ls="C1", rec="X1"), ep(first_day, rne="L"), before=before)
    assert runs(ret) == [(1, "C1", last_day, first_day), (1, "C2", first_day, None)]
    assert periods(ret, "start") == [(D(2023, 5, 1),)]


def test_respite_and_unknown_codes_have_no_national_group() -> None:
    ret = made(ep(MAY, ls="V3"), ep(MAY, ls="Q9", child="B"), ep(MAY, ls=None, child="C"))
    assert derive.legal_status_runs(ret)["group"].to_list() == [None, None, None]


def test_an_episode_of_no_days_stands_before_the_one_that_follows_it() -> None:
    rows = [ep(MAY, MAY, ls="L2", rec="X1"), ep(MAY, rne="L", ls="C1")]
    for ret in (made(*rows), made(*reversed(rows))):
        assert runs(ret) == [(1, "L2", MAY, MAY), (1, "C1", MAY, None)]


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (D(2008, 2, 29), D(2025, 2, 27), 16),
        (D(2008, 2, 29), D(2025, 2, 28), 17),
        (D(2008, 2, 29), D(2024, 2, 28), 15),
        (D(2008, 2, 29), D(2024, 2, 29), 16),
        (D(2007, 4, 1), D(2025, 3, 31), 17),
        (D(2007, 3, 31), D(2025, 3, 31), 18),
        (D(2025, 3, 31), D(2024, 4, 1), -1),
        (None, D(2025, 3, 31), None),
    ],
)
def test_ages_are_full_years(born: D | None, on: D, years: int | None) -> None:
    frame = pl.DataFrame({"dob": [born], "on": [on]}, schema={"dob": pl.Date, "on": pl.Date})
    assert frame.select(care.age_on(pl.col("dob"), pl.col("on"))).item() == years


def test_an_empty_text_counts_as_blank() -> None:
    rows = [ep(MAY, "", rec="", ls=""), ep(MAY, child="")]
    ret = made(*rows)
    assert periods(ret, "child", "reason", "open") == [("A", None, True)]
    assert derive.not_judged(ret)["rows"].to_list() == [1, 0, 0, 0, 0]


def test_a_return_without_episodes_has_empty_tables() -> None:
    for tables in ({}, {"Episodes": []}, {"Header": []}):
        ret = SmallReturn(tables).read()
        schemas.PeriodsOfCare.validate(derive.periods_of_care(ret))
        schemas.LegalStatusRuns.validate(derive.legal_status_runs(ret))
        assert derive.legal_status_runs(ret).is_empty()


def test_what_is_kept_follows_the_return() -> None:
    ret = made(ep(MAY, JUNE, rec="E4A"))
    assert periods(ret, "end") == [(JUNE,)]
    ret.tables = made(ep(MAY, JULY, rec="E4A")).tables
    assert periods(ret, "end") == [(JULY,)]


def hand(rows: list[dict[str, Any]], like: pl.DataFrame) -> pl.DataFrame:
    """What was worked out by hand as a frame with the columns and types of another."""
    return pl.DataFrame(rows, schema=like.schema)


@settings(max_examples=50, deadline=None)
@given(small_returns(children=8))
def test_periods_and_runs_are_those_worked_out_by_hand(small: SmallReturn) -> None:
    ret = small.read()
    found = schemas.PeriodsOfCare.validate(derive.periods_of_care(ret))
    assert_frame_equal(found, hand(by_hand.periods_of_care(small), found))
    statuses = schemas.LegalStatusRuns.validate(derive.legal_status_runs(ret))
    assert_frame_equal(statuses, hand(by_hand.legal_status_runs(small), statuses))


@settings(max_examples=20, deadline=None)
@given(small_returns())
def test_runs_tile_their_period_as_far_as_they_are_kept(small: SmallReturn) -> None:
    ret = small.read()
    statuses = derive.legal_status_runs(ret)
    for period in derive.periods_of_care(ret).iter_rows(named=True):
        own = statuses.filter(child=period["child"], period=period["period"]).rows(named=True)
        assert own[-1]["end"] == period["end"]
        assert own[0]["start"] == period["start"] or period["start"] < YEAR.start
        assert sum(run["episodes"] for run in own) <= period["episodes"]
        for one, other in itertools.pairwise(own):
            assert one["end"] == other["start"]
            assert one["legal_status"] != other["legal_status"]
        if own[0]["start"] == period["start"]:
            assert sum(run["days"] for run in own) == period["days"]
            assert sum(run["episodes"] for run in own) == period["episodes"]


@settings(max_examples=20, deadline=None)
@given(small_returns(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(small: SmallReturn, seed: int) -> None:
    one, other = small.read(), small.shuffled(seed).read()
    for table in (derive.periods_of_care, derive.legal_status_runs, derive.not_judged):
        assert_frame_equal(table(one), table(other))
    assert_frame_equal(care.birth_dates(one), care.birth_dates(other))


@settings(max_examples=30, deadline=None)
@given(small_returns(), st.integers(0, 99))
def test_other_identifiers_change_nothing_else(small: SmallReturn, seed: int) -> None:
    names = small.children()
    fresh = dict(zip(names, random.Random(seed).sample([f"X{n}" for n in range(len(names))], len(names)), strict=True))
    one, other = small.read(), small.relabelled(fresh).read()
    for table in (derive.periods_of_care, derive.legal_status_runs):
        renamed = table(one).with_columns(pl.col("child").replace(fresh)).sort("child", "period", maintain_order=True)
        assert_frame_equal(renamed, table(other))


@settings(max_examples=20, deadline=None)
@given(small_returns(faulty=False), days_near())
def test_an_episode_split_in_two_changes_neither_periods_nor_runs(small: SmallReturn, day: D) -> None:
    rows: list[Row] = []
    for row in small.tables["Episodes"]:
        start, end = by_hand.day(row["DECOM"]), by_hand.day(row["DEC"])
        if start is None or not start < day < (end or D.max):
            rows.append(row)
            continue
        rows.append(row | {"DEC": written(day), "REC": "X1"})
        rows.append(row | {"DECOM": written(day), "RNE": "T"})
    split = replace(small, tables=small.tables | {"Episodes": rows})
    for table in (derive.periods_of_care, derive.legal_status_runs):
        one, other = (table(each.read()).drop("episodes") for each in (small, split))
        assert_frame_equal(one, other)


@settings(max_examples=20, deadline=None)
@given(small_returns(faulty=False))
def test_a_right_return_has_periods_that_do_not_overlap(small: SmallReturn) -> None:
    found = derive.periods_of_care(small.read())
    assert (found["days"] >= 0).all()
    for one, other in itertools.pairwise(found.rows(named=True)):
        assert one["child"] != other["child"] or one["end"] <= other["start"]
