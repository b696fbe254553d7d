"""Adoption: worked examples, and everything once more child by child."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from returns903 import ConfigError, Return, Year
from returns903.derive import adoption_by_month, adoption_timeliness, adoptions, waiting_for_adoption
from returns903.schemas import AdoptionByMonth, Adoptions, AdoptionTimeliness, WaitingForAdoption
from returns903.testing import strategies
from tests.derive import adoption_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, Tables, days_near, frames
from tests.derive.strategies_adoption import adopting_returns
from tests.derive.strategies_yearly import as_texts

D = dt.date
MEASURES = ["adopted", "children", "unknown", "left_out", "days", "in_time"]


def life(*steps: str, end: str = "20/12/2024", rec: str = "E12") -> list[Row]:
    """Episodes from steps like `10/05/2023 S C1 K2`: each lasts until the next."""
    rows = [dict(zip(("DECOM", "RNE", "LS", "PLACE"), step.split(), strict=True)) for step in steps]
    ends = [row["DECOM"] for row in rows[1:]]
    return [
        {"CHILD": "A", **row, "DEC": until, "REC": "X1" if until != end else rec}
        for row, until in zip(rows, [*ends, end], strict=True)
    ]


def read(episodes: list[Row], *, ad1: Row | None = None, decisions: list[Row] | None = None) -> Return:
    tables: Tables = {"Episodes": episodes, "PlacedAdoption": [{"CHILD": "A"} | row for row in decisions or []]}
    return Return.from_frames(frames(tables | ({"AD1": [{"CHILD": "A"} | ad1]} if ad1 else {})), year=YEAR)


def one(ret: Return) -> dict[str, Any]:
    return Adoptions.validate(adoptions(ret)).row(0, named=True)


FOSTERED = ("10/05/2023 S C1 K2", "20/06/2023 P C1 U4", "03/02/2024 L E1 U4")


@pytest.mark.parametrize(
    ("steps", "placed"),
    [
        ((*FOSTERED, "01/08/2024 P E1 A6"), D(2024, 8, 1)),
        ((*FOSTERED, "01/08/2024 P E1 A6", "01/10/2024 L C2 A6"), D(2024, 8, 1)),
        ((*FOSTERED, "01/08/2024 P E1 A6", "01/10/2024 T E1 A4"), D(2024, 8, 1)),
        ((*FOSTERED, "01/08/2024 P E1 A6", "01/09/2024 P E1 T1", "03/09/2024 P E1 A6"), D(2024, 8, 1)),
        ((*FOSTERED, "01/05/2024 P E1 A6", "01/06/2024 P E1 U4", "01/10/2024 P E1 A6"), D(2024, 10, 1)),
        (FOSTERED, None),
        ((*FOSTERED, "01/08/2024 P E1 A6", "01/10/2024 P E1 U4"), None),
        (("10/05/2023 S E1 A6",), D(2023, 5, 10)),
    ],
    ids=["at once", "an order", "another", "away", "broken down", "never", "given up", "from the first"],
)
def test_when_a_child_moved_in(steps: tuple[str, ...], placed: D | None) -> None:
    found = one(read(life(*steps)))
    assert (found["placed"], found["at_home"]) == (placed, placed)
    assert found["days_to_placement"] == (None if placed is None else (placed - D(2023, 5, 10)).days)


@pytest.mark.parametrize(
    ("last", "foster_care", "at_home"),
    [
        ("01/08/2024 P E1 A6", None, D(2024, 8, 1)),
        ("01/08/2024 P E1 A6", "0", D(2024, 8, 1)),
        ("01/08/2024 P E1 A6", "1", D(2023, 6, 20)),
        ("01/08/2024 T E1 A5", None, D(2023, 6, 20)),
        ("01/08/2024 P E1 A3", None, D(2023, 6, 20)),
        ("01/08/2024 T E1 A5", "0", D(2024, 8, 1)),
        ("01/08/2024 T E1 A5", "x", D(2023, 6, 20)),
    ],
)
def test_adopted_by_foster_carers(last: str, foster_care: str | None, at_home: D) -> None:
    found = one(read(life(*FOSTERED, last), ad1={"FOSTER_CARE": foster_care}))
    assert found["fostered"] is (at_home != D(2024, 8, 1))
    assert found["at_home"] == at_home
    assert found["days_to_home"] == (at_home - D(2023, 5, 10)).days
    assert found["days_to_placement"] == 449


def test_fostering_goes_back_to_the_first_placement_with_the_carer_and_no_further_than_fostering() -> None:
    steps = ("10/05/2023 S C1 U4", "20/06/2023 P C1 U4", "03/02/2024 T E1 U5", "01/08/2024 P E1 A5")
    assert one(read(life(*steps)))["at_home"] == D(2023, 6, 20)
    assert one(read(life(*steps, "01/10/2024 L C2 A5", "02/10/2024 T C2 A3")))["at_home"] == D(2023, 6, 20)
    steps = ("10/05/2023 S C1 P1", "01/08/2024 P E1 A5")
    assert one(read(life(*steps)))["at_home"] == D(2024, 8, 1)


@pytest.mark.parametrize(
    ("steps", "order", "ordered"),
    [
        ((*FOSTERED, "01/08/2024 P E1 A6"), True, D(2024, 2, 3)),
        ((*FOSTERED, "01/08/2024 B D1 A6"), True, D(2024, 2, 3)),
        ((*FOSTERED, "05/05/2024 L C2 U4", "01/08/2024 B E1 A6"), True, D(2024, 8, 1)),
        (("10/05/2023 S C2 U4", "01/08/2024 P C2 A6"), False, None),
        (("10/05/2023 S E1 A6",), True, D(2023, 5, 10)),
        (("10/05/2023 L E1 A6",), True, D(2023, 5, 10)),
        (("10/05/2023 P E1 A6",), True, None),
        (("10/05/2023 T E1 A6",), True, None),
    ],
)
def test_the_order(steps: tuple[str, ...], order: bool, ordered: D | None) -> None:
    found = one(read(life(*steps)))
    assert (found["order"], found["ordered"]) == (order, ordered)


@pytest.mark.parametrize(
    ("matched", "days"), [("04/02/2024", 1), ("03/02/2024", 0), ("02/02/2024", 0), ("soon", None), (None, None)]
)
def test_from_order_to_match(matched: str | None, days: int | None) -> None:
    found = one(read(life(*FOSTERED, "01/08/2024 P E1 A6"), ad1={"DATE_MATCH": matched, "DATE_INT": "01/01/2024"}))
    assert found["days_to_match"] == days
    assert found["decided"] == D(2024, 1, 1)
    assert one(read(life(*FOSTERED), ad1={"DATE_MATCH": matched}))["days_to_match"] is None


@pytest.mark.parametrize(("placed", "in_time"), [("09/07/2024", True), ("10/07/2024", False), ("11/07/2024", False)])
def test_less_than_14_months(placed: str, in_time: bool) -> None:
    found = one(read(life("10/05/2023 S E1 U4", f"{placed} P E1 A6")))
    assert found["in_time"] is in_time


def test_where_the_entry_is_not_known_no_wait_is() -> None:
    found = one(read(life("10/05/2023 P E1 U4", "01/08/2024 P E1 A6")))
    waits = [found[name] for name in ("days_to_placement", "days_to_home", "in_time")]
    assert (found["entered"], found["entered_known"], waits) == (D(2023, 5, 10), False, [None] * 3)
    figures = adoption_timeliness(read(life("10/05/2023 P E1 U4", "01/08/2024 P E1 A6"))).select(MEASURES)
    assert figures.row(0) == (1, 0, 1, 0, None, None)


@pytest.mark.parametrize(
    ("dec", "rec", "n"), [("01/04/2024", "E11", 1), ("31/03/2025", "E12", 1), ("02/05/2024", "E45", 0)]
)
def test_who_was_adopted_in_the_year(dec: str, rec: str, n: int) -> None:
    ret = read(life("10/05/2023 S E1 A6", end=dec, rec=rec))
    assert adoptions(ret).height == n
    assert adoption_timeliness(ret)["adopted"].to_list() == [n] * 4


def test_an_adoption_without_a_start_is_counted_and_nothing_is_known_of_it() -> None:
    row: Row = {"CHILD": "A", "DECOM": "soon", "RNE": "P", "LS": "E1", "PLACE": "A6", "DEC": "02/05/2024", "REC": "E12"}
    assert adoption_timeliness(read([row])).select(MEASURES).row(2) == (1, 0, 1, 0, None, None)
    assert one(read([row]))["entered"] is None


def year_of(label: str, rows: list[Row]) -> Return:
    return Return.from_frames(frames({"Episodes": rows}), year=Year(label))


def test_three_years_are_pooled_and_the_earlier_returns_know_the_entry() -> None:
    def adopted(child: str, entered: str, placed: str, dec: str) -> list[Row]:
        rows = life(f"{entered} S E1 U4", f"{placed} P E1 A6", end=dec)
        return [row | {"CHILD": child} for row in rows]

    gone_by_then = adopted("B", "01/04/2022", "11/04/2022", "01/05/2022")
    fostered, placed = adopted("A", "01/03/2023", "10/03/2024", "01/05/2024")
    still_open: Row = {"DEC": None, "REC": None}
    first, second, now = [*gone_by_then, fostered | still_open], [fostered, placed | still_open], [placed]
    returns = [year_of(*each) for each in (("2024-25", now), ("2023-24", second), ("2022-23", first))]
    alone = adoption_timeliness(returns[0])
    assert alone.select("years", *MEASURES).row(0) == ("2024-25", 1, 0, 1, 0, None, None)
    found = AdoptionTimeliness.validate(adoption_timeliness(returns[0], earlier=returns[1:]))
    assert found.filter(measure="A1").select("years", *MEASURES).rows() == [
        ("2024-25", 1, 1, 0, 0, 375.0, None),
        ("2022-23 to 2024-25", 2, 2, 0, 0, 192.5, None),
    ]
    assert found.filter(measure="A3").select("children", "in_time", "percent").rows() == [(1, 1, 100.0), (2, 2, 100.0)]


def test_what_earlier_years_say_last_of_an_episode_counts() -> None:
    """The return of the year before knows that the episode ended, the one before that does not."""
    rows = life("01/03/2023 S E1 U4", "01/05/2023 P E1 U4", "10/04/2024 P E1 A6", end="01/05/2024")
    open_row = rows[0] | {"DEC": None, "REC": None}
    another = open_row | {"CHILD": "0"}
    second = [another, rows[0], rows[1] | {"DEC": None, "REC": None}]
    returns = [year_of("2024-25", rows[1:]), year_of("2023-24", second), year_of("2022-23", [open_row])]
    assert adoptions(returns[0], earlier=returns[1:])["days_to_placement"].to_list() == [406]


def test_a_period_tells_of_its_own_adoptions_alone() -> None:
    ret = read(life("10/05/2023 S E1 U4", "01/08/2024 P E1 A6", end="01/11/2024"))
    assert adoption_timeliness(ret, period=("2024-04-01", "2024-10-31"))["adopted"].to_list() == [0] * 4
    found = adoption_timeliness(ret, earlier=[year_of("2023-24", [])], period=("2024-11-01", "2025-03-31"))
    assert found.select("years", *MEASURES).row(0) == ("2024-25", 1, 1, 0, 0, 449.0, None)
    assert found.height == 4


def test_a_cut_is_as_of_the_day_of_the_adoption() -> None:
    ret = read(life("10/05/2023 S E1 U4", "01/08/2024 P E1 A6", end="01/11/2024"))
    found = adoption_timeliness(ret, by="placement_group").filter(pl.col("adopted") > 0)
    assert found.select("placement_group", "measure", "days", "in_time").rows() == [
        ("Placed for adoption", "A1", 449.0, None),
        ("Placed for adoption", "A10", 449.0, None),
        ("Placed for adoption", "A2", None, None),
        ("Placed for adoption", "A3", None, 0),
    ]


@pytest.mark.parametrize("labels", [("2022-23",), ("2023-24", "2021-22"), ("2024-25",)])
def test_earlier_returns_are_those_of_the_years_before(labels: tuple[str, ...]) -> None:
    returns = [year_of(label, []) for label in labels]
    with pytest.raises(ConfigError, match="the years before, the latest first"):
        adoption_timeliness(year_of("2024-25", []), earlier=returns)


OPEN: Row = {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "C2", "PLACE": "U4"}


@pytest.mark.parametrize(
    ("episode", "decision", "waits"),
    [
        (OPEN, ("01/06/2024", None), True),
        (OPEN, ("31/03/2025", None), True),
        (OPEN, ("01/04/2025", None), False),
        (OPEN, ("01/06/2024", "31/03/2025"), False),
        (OPEN, ("01/06/2024", "01/04/2025"), True),
        (OPEN, ("01/06/2024", "soon"), True),
        (OPEN | {"PLACE": "A6"}, ("01/06/2024", None), False),
        (OPEN | {"PLACE": None}, ("01/06/2024", None), True),
        (OPEN | {"LS": "V4"}, ("01/06/2024", None), False),
        (OPEN | {"DEC": "31/03/2025", "REC": "E4A"}, ("01/06/2024", None), False),
        (OPEN, (None, None), False),
    ],
)
def test_who_waits(episode: Row, decision: tuple[str | None, str | None], waits: bool) -> None:
    rows: list[Row] = [{"DATE_PLACED": decision[0], "DATE_PLACED_CEASED": decision[1]}]
    found = WaitingForAdoption.validate(waiting_for_adoption(read([episode], decisions=rows)))
    assert found.height == waits
    assert adoption_by_month(read([episode], decisions=rows))["waiting"].last() == waits


def test_away_from_adopters_for_a_while_is_not_waiting() -> None:
    rows = life("01/05/2024 S E1 A6", "01/03/2025 P E1 T1", end="01/04/2025")
    rows[-1] |= {"DEC": None, "REC": None}
    decisions: list[Row] = [{"DATE_PLACED": "01/05/2024"}]
    assert waiting_for_adoption(read(rows, decisions=decisions)).is_empty()
    rows[0]["PLACE"] = "U4"
    assert waiting_for_adoption(read(rows, decisions=decisions)).row(0) == (
        "A",
        D(2024, 5, 1),
        334,
        True,
        D(2024, 5, 1),
        True,
    )


def test_months() -> None:
    decisions: list[Row] = [
        {"DATE_PLACED": "30/06/2024", "DATE_PLACED_CEASED": "01/07/2024"},
        {"DATE_PLACED": "30/06/2024"},
        {"DATE_PLACED": "10/07/2024", "DATE_PLACED_CEASED": "soon"},
        {"DATE_PLACED": None},
    ]
    steps = (*FOSTERED, "01/08/2024 P E1 A6", "05/09/2024 P E1 A6")
    found = AdoptionByMonth.validate(adoption_by_month(read(life(*steps), decisions=decisions)))
    events = {name: dict(found.filter(pl.col(name) > 0).select("month", name).rows()) for name in found.columns[1:6]}
    assert events == {
        "adopted": {D(2024, 12, 31): 1},
        "placed": {D(2024, 8, 31): 1},
        "decided": {D(2024, 6, 30): 1, D(2024, 7, 31): 1},
        "reversed": {D(2024, 7, 31): 1},
        "waiting": {D(2024, 6, 30): 1, D(2024, 7, 31): 1},
    }
    assert found["not_judged"].to_list() == [2] * 12


@pytest.mark.parametrize(("place", "n"), [("A3", 1), ("U4", 0), (None, 0), ("Q9", 0)])
def test_what_is_a_placement_with_new_adopters(place: str | None, n: int) -> None:
    assert adoption_by_month(read([OPEN | {"PLACE": place}]))["placed"].sum() == n


def test_an_empty_return() -> None:
    ret = Return.from_frames({}, year=YEAR)
    assert Adoptions.validate(adoptions(ret)).is_empty()
    assert WaitingForAdoption.validate(waiting_for_adoption(ret)).is_empty()
    assert AdoptionTimeliness.validate(adoption_timeliness(ret))["adopted"].to_list() == [0] * 4
    assert AdoptionByMonth.validate(adoption_by_month(ret)).height == 12


def agrees(small: SmallReturn, ret: Return, date: D) -> None:
    children = by_hand.adoptions(small)
    found = Adoptions.validate(adoptions(ret))
    assert [{name: child[name] for name in found.columns} for child in children] == found.to_dicts()
    expected = by_hand.timeliness(children)
    for measure, *counts, percent in AdoptionTimeliness.validate(adoption_timeliness(ret)).drop("years").rows():
        assert tuple(counts) == pytest.approx(expected[measure])
        assert percent == (pytest.approx(100 * counts[5] / counts[1]) if measure == "A3" and counts[1] else None)
    earliest = YEAR.start if small.previous is None else YEAR.previous.start
    for days in ((date, YEAR.end), (earliest, date)):
        expected = by_hand.timeliness(by_hand.adoptions(small, days))
        for measure, *counts in adoption_timeliness(ret, period=days).drop("years", "percent").rows():
            assert tuple(counts) == pytest.approx(expected[measure])
    waiting = by_hand.waiting(small, date)
    table = WaitingForAdoption.validate(waiting_for_adoption(ret, date))
    assert {child: tuple(facts) for child, *facts in table.drop("days").rows()} == waiting
    assert table["days"].to_list() == [(date - waiting[child][0]).days for child in table["child"]]
    events = by_hand.by_month(small)
    for row in AdoptionByMonth.validate(adoption_by_month(ret)).to_dicts():
        for name in ("adopted", "placed", "decided", "reversed"):
            assert row[name] == events[row["month"].month, name], name
        assert row["waiting"] == len(by_hand.waiting(small, row["month"]))
        assert row["not_judged"] == by_hand.not_judged(small)


@given(adopting_returns(), days_near())
@settings(max_examples=100, deadline=None)
def test_it_is_what_is_found_child_by_child(small: SmallReturn, date: D) -> None:
    agrees(small, small.read(), max(date, YEAR.start))


@given(strategies.returns(YEAR))
@settings(max_examples=10, deadline=None)
def test_it_is_so_of_lawful_returns(ret: Return) -> None:
    agrees(as_texts(ret), ret, YEAR.end)


@given(strategies.returns(YEAR, valid=False))
@settings(max_examples=20, deadline=None)
def test_it_is_so_of_returns_with_faults(ret: Return) -> None:
    agrees(as_texts(ret), ret, YEAR.end)
