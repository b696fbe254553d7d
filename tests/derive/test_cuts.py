"""Tables cut by what a child is on the day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from returns903 import ConfigError, Return, derive, schemas
from returns903.derive.cuts import CUTS, cuts_of
from returns903.derive.declared import TABLES
from tests.derive import care_by_hand as by_hand
from tests.derive.cuts_by_hand import group
from tests.derive.strategies import YEAR, Row, SmallReturn, Tables, frames
from tests.derive.strategies_placements import days_of_the_year, placed_returns
from tests.derive.strategies_yearly import whole_returns

D = dt.date
TOTALS = {"category": "total", "distance": "total", "location": "total", "kind": "total"}
TABLES_CUT: dict[str, Callable[..., pl.DataFrame]] = {
    name: getattr(derive, name) for name, table in TABLES.items() if table.by and name != "legal_status_on"
} | {"legal_status_on": lambda ret, **options: derive.legal_status_on(ret, ret.year.end, **options)}


def cut_names(*, but: str | None = None) -> st.SearchStrategy[list[str]]:
    names = [name for name in CUTS if name != but]
    return st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


def one_child(episode: Row | None = None, header: Row | None = None, **tables: list[Row]) -> Return:
    row = {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "C2", "PLACE": "U6", "CIN": "N1"} | (episode or {})
    who = {"CHILD": "A", "DOB": "01/06/2014", "SEX": "F", "ETHNIC": "BAFR"} | (header or {})
    return Return.from_frames(frames({"Episodes": [row], "Header": [who], **tables}), year=YEAR)


@pytest.mark.parametrize(
    ("cut", "episode", "header", "expected"),
    [
        ("age_band", {}, {}, "10 to 15"),
        ("age_band", {}, {"DOB": None}, "unknown"),
        ("year_of_age", {}, {}, "10"),
        ("year_of_age", {}, {"DOB": "01/04/2007"}, "17"),
        ("year_of_age", {}, {"DOB": "31/03/2007"}, "18 and over"),
        ("year_of_age", {}, {"DOB": "01/04/2025"}, "0"),
        ("year_of_age", {}, {"DOB": None}, "unknown"),
        ("sex", {}, {}, "female"),
        ("sex", {}, {"SEX": "1"}, "male"),
        ("ethnicity", {}, {}, "African"),
        ("ethnicity", {}, {"ETHNIC": "REFU"}, "Refused"),
        ("ethnic_group", {}, {}, "Black, African, Caribbean or Black British"),
        ("ethnic_group", {}, {"ETHNIC": "WROM"}, "White"),
        ("ethnic_group", {}, {"ETHNIC": "MWAS"}, "Mixed or multiple ethnic groups"),
        ("ethnic_group", {}, {"ETHNIC": "CHNE"}, "Asian or Asian British"),
        ("ethnic_group", {}, {"ETHNIC": "AOTH"}, "Asian or Asian British"),
        ("ethnic_group", {}, {"ETHNIC": "OOTH"}, "Other ethnic group"),
        ("ethnic_group", {}, {"ETHNIC": "NOBT"}, "refused or not yet obtained"),
        ("ethnic_group", {}, {"ETHNIC": "XXXX"}, "unknown"),
        ("asylum", {}, {}, "others"),
        ("placement_group", {}, {}, "Foster placements"),
        ("placement_group", {"PLACE": "T1"}, {}, "Temporary placements"),
        ("boundary", {"PL_LOCATION": "OUT"}, {}, "outside"),
        ("boundary", {"PL_LOCATION": "IN"}, {}, "inside"),
        ("boundary", {}, {}, "unknown"),
        ("need", {}, {}, "Abuse or neglect"),
        ("need", {"CIN": "N9"}, {}, "unknown"),
        ("legal_status", {}, {}, "C2"),
        ("legal_status", {"LS": "C9"}, {}, "unknown"),
        ("legal_status_group", {"LS": "E1"}, {}, "Placement order granted"),
    ],
)
def test_a_child_is_in_one_group(cut: str, episode: Row, header: Row, expected: str) -> None:
    found = derive.breakdowns(one_child(episode, header), by=cut).filter(breakdown="sex", category="total")
    assert found.get_column(cut).to_list() == list(CUTS[cut].shown)
    assert found.filter(pl.col("children") > 0).select(cut, "children").rows() == [(expected, 1)]


def test_several_cuts_stand_in_the_order_asked_for() -> None:
    found = derive.placement_stability(one_child(), by=["sex", "need"])
    assert found.columns[:3] == ["sex", "need", "measure"]
    groups = found.select("sex", "need").unique(maintain_order=True).rows()
    assert groups == [(sex, need) for sex in CUTS["sex"].shown for need in CUTS["need"].shown]


@pytest.mark.parametrize("by", ["gender", ["sex", "gender"]])
def test_what_is_no_cut_is_refused(by: Any) -> None:
    with pytest.raises(ConfigError, match="this table is cut by any of age_band, year_of_age, sex"):
        derive.breakdowns(one_child(), by=by)


def test_a_table_by_legal_status_is_not_cut_by_it() -> None:
    with pytest.raises(ConfigError, match="cut by any of"):
        derive.legal_status_on(one_child(), YEAR.end, by="legal_status")
    assert cuts_of(["sex", "need", "sex"]) == ("sex", "need")


def test_reasons_are_cut_and_made_by_group() -> None:
    ret = one_child({"DEC": "02/06/2024", "REC": "E4A"})
    found = derive.leaving_care_reasons(ret, by=["group", "sex"]).filter(pl.col("children") > 0)
    assert found.select("sex", "kind", "children").rows() == [("female", "group", 1), ("female", "total", 1)]
    with pytest.raises(ConfigError, match="by reason or by group"):
        derive.leaving_care_reasons(ret, by=["group", "reason"])


def test_a_fact_is_that_of_the_day_that_is_counted() -> None:
    """Placed in a foster home at the start, 14 on leaving a children's home."""
    rows: list[Row] = [
        {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "V2", "PLACE": "U6", "DEC": "01/07/2024", "REC": "X1"},
        {"CHILD": "A", "DECOM": "01/07/2024", "RNE": "B", "LS": "C2", "PLACE": "K2", "DEC": "01/09/2024", "REC": "E4A"},
    ]
    tables = {"Episodes": rows, "Header": [{"CHILD": "A", "DOB": "01/08/2010"}]}
    ret = Return.from_frames(frames(tables), year=YEAR)
    facts = ["placement_group", "legal_status", "age_band"]
    for made, expected in (
        (derive.started_breakdowns, ("Foster placements", "V2", "10 to 15")),
        (derive.leaving_breakdowns, ("Secure homes and children's homes", "C2", "10 to 15")),
        (derive.leaving_care_reasons, ("Secure homes and children's homes", "C2", "10 to 15")),
    ):
        found = made(ret, by=facts).filter(pl.col("children") > 0)
        assert found.select(facts).unique().rows() == [expected]


def test_what_the_page_says_of_its_example() -> None:
    rows: list[Row] = [
        {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "V2", "CIN": "N8", "DEC": "20/02/2025", "REC": "E4A"},
        {"CHILD": "B", "DECOM": "10/12/2024", "RNE": "S", "LS": "C2", "CIN": "N1"},
    ]
    ret = Return.from_frames(frames({"Episodes": rows, "UASC": [{"CHILD": "A", "DUC": "01/02/2025"}]}), year=YEAR)
    found = derive.legal_status_on(ret, D(2025, 2, 1), by="asylum").group_by("asylum").agg(pl.col("children").sum())
    assert dict(found.rows()) == {"unaccompanied asylum-seeking": 0, "others": 2, "unknown": 0}
    left = derive.leaving_care_reasons(ret, by=["reason", "need"]).filter(pl.col("children") > 0)
    assert set(left.get_column("need")) == {"Absent parenting"}
    started = derive.started_in_year(ret, period=derive.last_months(6, YEAR.end))
    assert started.get_column("child").to_list() == ["B"]


def counts(table: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The counts of a table by its own rows, its groups added up."""
    numbers = [name for name, dtype in table.schema.items() if dtype.is_integer()]
    own = [name for name in table.columns if name not in (*by, *numbers) and table.schema[name] != pl.Float64]
    return table.group_by(own, maintain_order=True).agg(pl.col(numbers).sum())


@pytest.mark.parametrize("name", TABLES_CUT)
@given(small=whole_returns(), data=st.data())
@settings(max_examples=12, deadline=None)
def test_the_groups_add_up_to_the_whole(name: str, small: SmallReturn, data: st.DataObject) -> None:
    by = data.draw(cut_names(but="legal_status" if name == "legal_status_on" else None))
    ret = small.read()
    whole, parts = TABLES_CUT[name](ret), TABLES_CUT[name](ret, by=by)
    getattr(schemas, TABLES[name].model).validate(parts)
    assert_frame_equal(counts(parts, by), counts(whole, []))
    assert parts.columns == [*by, *whole.columns]


def only(small: SmallReturn, children: set[str | None]) -> Return:
    """The return with the rows of these children alone."""

    def of(tables: Tables) -> Tables:
        return {name: [row for row in rows if (row["CHILD"] or None) in children] for name, rows in tables.items()}

    return SmallReturn(of(small.tables), None if small.previous is None else of(small.previous)).read()


@pytest.mark.parametrize("name", [name for name in TABLES_CUT if not name.startswith("leaving_care_reasons")])
@given(small=whole_returns(), cut=st.sampled_from(["sex", "ethnic_group"]))
@settings(max_examples=8, deadline=None)
def test_a_group_is_the_table_of_its_children_alone(name: str, small: SmallReturn, cut: str) -> None:
    parts = TABLES_CUT[name](small.read(), by=cut)
    groups: dict[str, set[str | None]] = {said: set() for said in CUTS[cut].shown}
    for child in small.children():
        groups[group(small, cut, child, {}, YEAR.end)].add(child)
    groups["unknown"].add(None)
    for said, children in groups.items():
        alone, here = TABLES_CUT[name](only(small, children)), parts.filter(pl.col(cut) == said).drop(cut)
        if name == "legal_status_on":
            here = here.filter(pl.sum_horizontal("children", "not_judged") > 0)
        assert_frame_equal(here, alone)


@given(placed_returns(), days_of_the_year(), st.sampled_from(sorted(CUTS)))
@settings(max_examples=60, deadline=None)
def test_groups_are_those_worked_out_by_hand(small: SmallReturn, day: D, cut: str) -> None:
    ret = small.read()
    children = by_hand.looked_after_on(small, day)
    here = Counter(group(small, cut, row["child"], row["row"]["source"], day) for row in children)
    gone = Counter(
        group(small, cut, row["child"], row["row"]["source"], row["ceased"]) for row in by_hand.leaving_care(small)
    )
    for table, expected in (
        (derive.breakdowns(ret, day, by=cut), here),
        (derive.leaving_breakdowns(ret, by=cut), gone),
    ):
        found = table.filter(breakdown="sex", category="total")
        assert dict(found.select(cut, "children").rows()) == {said: expected[said] for said in CUTS[cut].shown}
