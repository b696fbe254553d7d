from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import Return, codes
from returns903.derive.breakdowns import breakdowns
from returns903.derive.cuts import LEGAL_STATUS_GROUPS, PLACEMENT_GROUPS
from returns903.derive.population import looked_after_on
from returns903.schemas import Breakdowns
from tests.derive import placements_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, frames
from tests.derive.strategies_placements import days_of_the_year, placed_returns


def categories(episode: Row | None = None, header: Row | None = None, **tables: list[Row]) -> dict[str, str]:
    """What one child is counted as, by breakdown."""
    row = {"CHILD": "A", "DECOM": "01/05/2023", "RNE": "S", "LS": "C2", "PLACE": "U6"} | (episode or {})
    who = {"CHILD": "A", "DOB": "01/06/2014", "SEX": "F", "ETHNIC": "BAFR"} | (header or {})
    ret = Return.from_frames(frames({"Episodes": [row], "Header": [who], **tables}), year=YEAR)
    found = breakdowns(ret).filter(pl.col("children") == 1, pl.col("category") != "total")
    return dict(found.select("breakdown", "category").iter_rows())


def test_a_child_is_counted_once_in_each_breakdown() -> None:
    assert categories() == {
        "sex": "female",
        "ethnicity": "African",
        "ethnic_group": "Black, African, Caribbean or Black British",
        "age_band": "10 to 15",
        "year_of_age": "10",
        "placement_group": "Foster placements",
        "legal_status_group": "Full care order",
        "asylum": "others",
    }


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("31/03/2024", "1 to 4"),
        ("01/04/2024", "under 1"),
        ("31/03/2020", "5 to 9"),
        ("01/04/2020", "1 to 4"),
        ("31/03/2015", "10 to 15"),
        ("01/04/2015", "5 to 9"),
        ("31/03/2009", "16 and over"),
        ("01/04/2009", "10 to 15"),
        ("01/05/2025", "under 1"),
        ("soon", "unknown"),
        (None, "unknown"),
    ],
)
def test_age_bands_turn_on_the_birthday(born: str | None, band: str) -> None:
    assert categories(header={"DOB": born})["age_band"] == band


@pytest.mark.parametrize(
    ("sex", "named"),
    [("1", "male"), ("2", "female"), ("M", "male"), ("U", "unknown"), (None, "unknown"), ("x", "unknown")],
)
def test_sex(sex: str | None, named: str) -> None:
    assert categories(header={"SEX": sex})["sex"] == named


def test_what_is_blank_or_no_code_is_unknown() -> None:
    found = categories({"LS": "C9", "PLACE": None}, {"ETHNIC": "XXXX"})
    assert [found[name] for name in ("ethnicity", "placement_group", "legal_status_group")] == ["unknown"] * 3


def test_temporary_placements_stand_by_themselves() -> None:
    assert categories({"PLACE": "T3"})["placement_group"] == "Temporary placements"


def test_asylum_seeking_children() -> None:
    assert categories(UASC=[{"CHILD": "A", "SEX": "F"}])["asylum"] == "unaccompanied asylum-seeking"


def test_every_group_of_the_code_lists_is_shown() -> None:
    assert set(PLACEMENT_GROUPS) == {entry.group for entry in codes.PLACE.values()} - {None}
    assert set(LEGAL_STATUS_GROUPS) == {entry.group for entry in codes.LS.values()} - {None}


@given(placed_returns(), days_of_the_year())
@settings(max_examples=40, deadline=None)
def test_it_agrees_with_a_count_by_hand_and_adds_up(small: SmallReturn, day: dt.date) -> None:
    ret = small.read()
    found, expected = Breakdowns.validate(breakdowns(ret, day)), by_hand.breakdowns(small, day)
    whole = looked_after_on(ret, day).height
    for breakdown, category, children, percent, not_judged in found.rows():
        if category == "total":
            assert children == whole
        elif breakdown not in ("ethnicity", "ethnic_group"):
            assert children == expected[breakdown, category]
        assert percent == (100 * children / whole if whole else None)
        assert not_judged == by_hand.not_judged(small, day)
    parts = found.filter(pl.col("category") != "total").group_by("breakdown").agg(pl.col("children").sum())
    assert set(parts["children"]) == {whole}


@given(placed_returns(), st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_order_of_rows_and_names_of_children_play_no_part(small: SmallReturn, seed: int) -> None:
    names = {name: f"Z{number}" for number, name in enumerate(reversed(small.children()))}
    table = breakdowns(small.read())
    assert table.equals(breakdowns(small.shuffled(seed).read()))
    assert table.equals(breakdowns(small.relabelled(names).read()))
