"""Children missing and away: worked examples, and a count child by child."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from returns903 import Return
from returns903.derive import missing_by_month, missing_episodes, missing_lengths
from returns903.schemas import MissingByMonth, MissingEpisodes, MissingLengths
from returns903.testing import strategies
from tests.derive import missing_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, days_near, frames
from tests.derive.strategies_yearly import as_texts, whole_returns

IN_CARE: Row = {"CHILD": "A", "DECOM": "01/05/2022", "RNE": "S", "LS": "C2", "PLACE": "U4"}
LEFT = IN_CARE | {"DEC": "01/10/2024", "REC": "E4A"}
COUNTS = ["looked_after", "children", "incidents", "began", "at_end", "not_judged"]


def gone(start: str | None, end: str | None = None, kind: str | None = "M", child: str | None = "A") -> Row:
    return {"CHILD": child, "MISSING": kind, "MIS_START": start, "MIS_END": end}


def read(*absences: Row, episodes: list[Row] | None = None, header: list[Row] | None = None) -> Return:
    tables = {"Episodes": episodes or [IN_CARE], "Missing": list(absences), "Header": header or []}
    return Return.from_frames(frames(tables), year=YEAR)


def counted(*absences: Row, episodes: list[Row] | None = None, kind: str = "missing", **options: Any) -> dict[str, int]:
    """What is not nought, but the children looked after."""
    found = missing_episodes(read(*absences, episodes=episodes), **options).filter(status=kind)
    return {name: found[name].item() for name in COUNTS[1:] if found[name].item()}


def once(**more: int) -> dict[str, int]:
    return {"children": 1, "incidents": 1, "began": 1} | more


@pytest.mark.parametrize(
    ("absence", "expected"),
    [
        (gone("10/06/2024", "11/06/2024"), once()),
        (gone("01/04/2024", "01/04/2024"), once()),
        (gone("31/03/2024", "01/04/2024"), {"children": 1, "incidents": 1}),
        (gone("31/03/2024", "31/03/2024"), {}),
        (gone("31/03/2025"), once(at_end=1)),
        (gone("01/04/2025"), {}),
        (gone("01/01/2020"), {"children": 1, "incidents": 1, "at_end": 1}),
        (gone("20/03/2025", "31/03/2025"), once()),
        (gone("20/03/2025", "01/04/2025"), once(at_end=1)),
        (gone("20/03/2025", "soon"), once(at_end=1, not_judged=1)),
        (gone("10/06/2024", "09/06/2024"), once()),
        (gone("10/06/2024", "09/03/2024"), once()),
        (gone(None, "11/06/2024"), {"not_judged": 1}),
        (gone(None, "31/03/2024"), {}),
        (gone("soon"), {"not_judged": 1}),
        (gone("10/06/2024", kind="m"), {"not_judged": 1}),
        (gone("10/06/2024", kind=None), {"not_judged": 1}),
        (gone("10/06/2024", child=None), {"not_judged": 1}),
        (gone("10/06/2024", child="B"), {"not_judged": 1}),
    ],
)
def test_what_is_an_incident_of_the_year(absence: Row, expected: dict[str, int]) -> None:
    assert counted(absence) == expected


def test_missing_and_away_are_apart() -> None:
    rows = [gone("10/06/2024", "11/06/2024"), gone("10/06/2024", "11/06/2024", "A"), gone("12/06/2024", None, "A")]
    assert counted(*rows) == once()
    twice = {"children": 1, "incidents": 2, "began": 2, "at_end": 1}
    assert counted(*rows, kind="away") == twice


def test_a_row_that_stands_twice_is_one_incident_that_ended_first() -> None:
    rows = [gone("10/06/2024"), gone("10/06/2024", "20/06/2024"), gone("10/06/2024", "11/06/2024")]
    assert counted(*rows) == once()
    assert missing_lengths(read(*rows)).filter(pl.col("incidents") > 0)["length"].to_list() == ["1 day", "total"]


def test_averages_and_percentages() -> None:
    episodes = [IN_CARE | {"CHILD": name} for name in "ABCD"]
    rows = [gone("10/06/2024", "11/06/2024"), gone("12/06/2024", "13/06/2024"), gone("10/06/2024", child="B")]
    found = missing_episodes(read(*rows, episodes=episodes)).filter(status="missing")
    assert found.select("looked_after", "percent", "average").row(0) == (4, 50.0, 1.5)
    nobody = missing_episodes(read(episodes=episodes)).filter(status="missing")
    assert nobody.select("percent", "average").row(0) == (0.0, None)


@pytest.mark.parametrize(
    ("episodes", "looked_after"),
    [
        ([IN_CARE], 1),
        ([IN_CARE | {"DEC": "01/04/2024", "REC": "E4A"}], 1),
        ([IN_CARE | {"DEC": "31/03/2024", "REC": "E4A"}], 0),
        ([IN_CARE | {"DECOM": "31/03/2025"}], 1),
        ([IN_CARE | {"DECOM": "01/04/2025"}], 0),
        ([IN_CARE | {"LS": "V4"}], 0),
        ([LEFT, IN_CARE | {"DECOM": "02/10/2024"}], 1),
    ],
)
def test_who_was_looked_after_in_the_year(episodes: list[Row], looked_after: int) -> None:
    assert missing_episodes(read(episodes=episodes))["looked_after"].to_list() == [looked_after] * 2


def test_who_has_left_care_is_not_missing_at_the_end() -> None:
    assert counted(gone("10/06/2024"), episodes=[LEFT]) == once()


@pytest.mark.parametrize(
    ("end", "length"),
    [
        ("10/06/2024", "ended on the same day"),
        ("11/06/2024", "1 day"),
        ("12/06/2024", "2 to 6 days"),
        ("16/06/2024", "2 to 6 days"),
        ("17/06/2024", "7 to 28 days"),
        ("08/07/2024", "7 to 28 days"),
        ("09/07/2024", "more than 28 days"),
        (None, "not ended"),
        ("soon", "unknown"),
        ("09/06/2024", "unknown"),
    ],
)
def test_lengths(end: str | None, length: str) -> None:
    found = missing_lengths(read(gone("10/06/2024", end))).filter(pl.col("incidents") > 0)
    assert found.select("length", "percent").rows() == [(length, 100.0), ("total", 100.0)]


def test_an_incident_is_cut_as_it_began_and_a_child_as_it_was_last() -> None:
    episodes: list[Row] = [
        IN_CARE | {"DEC": "01/07/2024", "REC": "X1"},
        IN_CARE | {"DECOM": "01/07/2024", "RNE": "P", "PLACE": "K2"},
    ]
    ret = read(gone("30/06/2024", "02/07/2024"), gone("01/07/2024", "02/07/2024", "A"), episodes=episodes)

    def groups(table: pl.DataFrame, column: str) -> set[tuple[str, str]]:
        return set(table.filter(pl.col(column) > 0).select("placement_group", "status").rows())

    foster, home = "Foster placements", "Secure homes and children's homes"
    assert groups(missing_lengths(ret, by="placement_group"), "incidents") == {(foster, "missing"), (home, "away")}
    assert groups(missing_by_month(ret, by="placement_group"), "children") == {(foster, "missing"), (home, "away")}
    assert groups(missing_episodes(ret, by="placement_group"), "children") == {(home, "missing"), (home, "away")}


def test_months() -> None:
    rows = [gone("30/04/2024", "01/05/2024"), gone("01/05/2024"), gone("31/05/2024", "31/05/2024"), gone("01/03/2024")]
    found = missing_by_month(read(*rows, episodes=[LEFT])).filter(status="missing")
    assert found.select("month", "incidents", "children", "at_end").rows()[:3] == [
        (dt.date(2024, 4, 30), 1, 1, 1),
        (dt.date(2024, 5, 31), 2, 1, 1),
        (dt.date(2024, 6, 30), 0, 0, 1),
    ]
    assert found["at_end"].sum() == 6  # until care ended on 1 October


def test_a_window_before_the_year_asks_the_previous_return() -> None:
    before = {"Episodes": [IN_CARE], "Missing": [gone("10/02/2024"), gone("10/03/2024", "11/03/2024", "A")]}
    tables = {"Episodes": [IN_CARE], "Missing": [gone("10/02/2024", "20/02/2024")]}
    ret = Return.from_frames(frames(tables), previous=frames(before), year=YEAR)
    found = missing_episodes(ret, period=("2024-02-01", "2024-04-10"))
    assert found.select("incidents", "at_end").rows() == [(1, 0), (1, 0)]
    assert missing_episodes(ret).select("incidents").rows() == [(0,), (0,)]


def test_an_empty_return_has_every_row_and_nobody() -> None:
    ret = Return.from_frames({}, year=YEAR)
    assert MissingEpisodes.validate(missing_episodes(ret)).select(COUNTS).sum().row(0) == (0,) * 6
    assert MissingLengths.validate(missing_lengths(ret))["incidents"].sum() == 0
    assert MissingByMonth.validate(missing_by_month(ret)).height == 24


def agrees(small: SmallReturn, ret: Return, period: tuple[dt.date, dt.date]) -> None:
    found = MissingEpisodes.validate(missing_episodes(ret, period=period))
    expected = by_hand.episodes_of(small, period)
    assert {status: tuple(counts) for status, *counts in found.select("status", *COUNTS).rows()} == expected
    for _, looked_after, children, percent, incidents, _, average, _, _ in found.rows():
        assert percent == (pytest.approx(100 * children / looked_after) if looked_after else None)
        assert average == (pytest.approx(incidents / children) if children else None)
    lengths = by_hand.lengths(small, period)
    table = MissingLengths.validate(missing_lengths(ret, period=period))
    for status, length, incidents, percent, doubts in table.rows():
        assert incidents == lengths[status, length]
        whole = lengths[status, "total"]
        assert percent == (pytest.approx(100 * incidents / whole) if whole else None)
        assert doubts == expected[status][-1]
    months = by_hand.by_month(small)
    of_year = by_hand.absences(small, (small.year.start, small.year.end))[1]
    for month, status, *counts, doubts in MissingByMonth.validate(missing_by_month(ret)).rows():
        assert tuple(counts) == months[month.month, status]
        assert doubts == of_year


@given(whole_returns(), days_near(), days_near())
@settings(max_examples=100, deadline=None)
def test_it_is_what_is_counted_child_by_child(small: SmallReturn, one: dt.date, other: dt.date) -> None:
    earliest = YEAR.start if small.previous is None else YEAR.previous.start
    agrees(small, small.read(), (max(min(one, other), earliest), max(one, other, earliest)))


@given(strategies.returns(YEAR))
@settings(max_examples=10, deadline=None)
def test_it_is_so_of_lawful_returns(ret: Return) -> None:
    agrees(as_texts(ret), ret, (YEAR.start, YEAR.end))


@given(strategies.returns(YEAR, valid=False))
@settings(max_examples=20, deadline=None)
def test_it_is_so_of_returns_with_faults(ret: Return) -> None:
    agrees(as_texts(ret), ret, (YEAR.start, YEAR.end))
