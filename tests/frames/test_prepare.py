"""Frames put side by side: what is there, who stands beside whom, and which row comes before which."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from returns903.frames import Frames
from returns903.frames.computed import collected
from returns903.frames.terms import any_row, count_rows, earliest, of_child, of_row
from returns903.tables import (
    AD1,
    UASC,
    Asylum,
    Episodes,
    Header,
    Periods,
    Providers,
    Reviews,
    SWEpisodes,
    Table,
    split,
    table,
)
from tests.frames.worked_out import Cells, a_return, worked_out

A: Cells = {"CHILD": ["A"]}
LISTED = pl.DataFrame({"URN": ["1234567"], "LA": ["Cornwall"]})


@pytest.mark.parametrize(
    ("tables", "previous", "there", "not_there"),
    [
        ({"Header": A}, None, [Header], [Header.last_year, Episodes, Periods, Asylum, UASC, Providers]),
        ({}, {"Header": A}, [Header.last_year], [Header, Periods.last_year, Asylum.last_year]),
        ({"Episodes": A}, {}, [Episodes, Periods], [Periods.last_year, Episodes.last_year, Asylum]),
        ({}, {"Episodes": A}, [Periods.last_year], [Periods]),
        ({"UASC": A}, None, [UASC, Asylum], [Asylum.last_year]),
        ({"Header": A, "UASC": A}, {"UASC": A}, [Asylum, Asylum.last_year], []),
        ({"Header": {"CHILD": ["A"], "UASC": ["1"]}}, {"Header": A}, [Asylum], [Asylum.last_year]),
        ({"Header": {"CHILD": []}}, None, [Header], []),
    ],
)
def test_what_a_return_has(
    tables: dict[str, Cells], previous: dict[str, Cells] | None, there: list[Table], not_there: list[Table]
) -> None:
    frames = Frames(a_return(previous, **tables))
    assert [of for of in (*there, *not_there) if frames.has(of)] == there


def test_a_list_of_providers_is_of_no_year() -> None:
    frames = Frames(a_return({}, Header=A, options={"providers": LISTED}))
    assert frames.has(Providers)
    assert not frames.has(Providers.last_year)
    with pytest.raises(KeyError):
        Frames(a_return(Header=A))._make(Providers)


def test_what_is_brought_is_what_was_handed_in() -> None:
    frames = Frames(a_return({"Header": {"CHILD": ["A"], "UASC": ["0"]}}, Header=A, Episodes={**A, "PL_LA": ["WAL"]}))
    assert frames.brings(Episodes, "PL_LA")
    assert not frames.brings(Episodes, "PL_LOCATION")
    assert not frames.brings(Reviews, "REVIEW")
    assert frames.has_asylum_marker(Header.last_year)
    assert not frames.has_asylum_marker(Header)


@pytest.mark.parametrize(
    ("children", "repeats"),
    [(["A", "B"], False), (["A", "A"], True), (["A", None, None], False), ([None, "A", "A"], True), ([], False)],
)
def test_a_table_repeats_where_a_child_has_several_rows(children: list[str | None], repeats: bool) -> None:
    frames = Frames(a_return(Header={"CHILD": children}))
    assert frames.repeats(Header) is repeats
    assert frames.height(Header) == len(children)


def test_providers_are_joined_by_their_number_whether_they_repeat_or_not() -> None:
    episodes: Cells = {"CHILD": ["A", "B", "C"], "URN": ["1234567", None, "1234568"]}
    frames = Frames(a_return(Episodes=episodes, options={"providers": LISTED}))
    assert not frames.repeats(Providers)
    joined = frames.beside(Episodes, ["Providers.AUTHORITIES", "Episodes.URN"])
    assert joined.sort("Episodes.row").get_column("Providers.AUTHORITIES").to_list() == [["E06000052"], None, None]


def beside(anchor: Table, names: list[str], **tables: Cells) -> list[tuple[Any, ...]]:
    """Each of the anchor's rows beside a partner, and beside each where there are several."""
    frames = Frames(a_return(**tables))
    others = {table(split(name)[0]) for name in names} - {anchor}
    several = frames.several(anchor, filter(frames.repeats, others)) if any(map(frames.repeats, others)) else None
    found = [frames.beside(anchor, names)]
    found += [] if several is None else [frames.pairs(anchor, names, several)]
    assert all(f"{anchor.id}.row" in frame.columns for frame in found)
    return [*{row for frame in found for row in frame.select(names).rows()}]


def test_one_row_a_child_stands_beside_each_of_the_anchors() -> None:
    episodes: Cells = {"CHILD": ["A", "B", "A", None], "LS": ["C1", "C2", "V2", "J1"]}
    header: Cells = {"CHILD": ["C", "A", None], "SEX": ["3", "1", "9"]}
    found = beside(Episodes, ["Episodes.LS", "Header.SEX", "Header.row"], Episodes=episodes, Header=header)
    assert sorted(found) == [("C1", "1", 1), ("C2", None, None), ("J1", None, None), ("V2", "1", 1)]


def test_every_pair_of_a_child_stands_side_by_side() -> None:
    episodes: Cells = {"CHILD": ["A", "B", "A", None, "C"], "LS": ["C1", "C2", "V2", "J1", "E1"]}
    reviews: Cells = {"CHILD": ["A", "A", "C", None, "C"], "REVIEW_CODE": ["PN1", "PN2", "PN3", "PN4", "PN5"]}
    found = beside(Episodes, ["Episodes.LS", "Reviews.REVIEW_CODE"], Episodes=episodes, Reviews=reviews)
    assert sorted(found, key=str) == [
        *(("C1", "PN1"), ("C1", "PN2"), ("C2", None), ("E1", "PN3"), ("E1", "PN5")),
        *(("J1", None), ("V2", "PN1"), ("V2", "PN2")),
    ]


def test_two_tables_that_repeat_children_give_every_pair_of_both() -> None:
    two = {"CHILD": ["A", "A"]}
    tables: dict[str, Cells] = {
        "Header": {"CHILD": ["A", "B"], "SEX": ["1", "2"]},
        "Reviews": {**two, "REVIEW_CODE": ["PN1", "PN2"]},
        "SWEpisodes": {**two, "SW_ID": ["S1", "S2"]},
        "AD1": {"CHILD": ["B"], "NB_ADOPTR": ["1"]},
    }
    names = ["Header.SEX", "AD1.NB_ADOPTR", "Reviews.REVIEW_CODE", f"{SWEpisodes.name}.SW_ID"]
    assert sorted(beside(Header, names, **tables), key=str) == [
        ("1", None, "PN1", "S1"),
        ("1", None, "PN1", "S2"),
        ("1", None, "PN2", "S1"),
        ("1", None, "PN2", "S2"),
        ("2", "1", None, None),
    ]


def test_columns_that_are_asked_for_later_are_added() -> None:
    frames = Frames(
        a_return(Episodes={"CHILD": ["A"], "LS": ["C1"], "RNE": ["S"]}, Header={"CHILD": ["A"], "SEX": ["1"]})
    )
    assert frames.beside(Episodes, ["Episodes.LS"]).get_column("Episodes.LS").to_list() == ["C1"]
    both = frames.beside(Episodes, ["Episodes.RNE", "Header.SEX"])
    assert both.select("Episodes.LS", "Episodes.RNE", "Header.SEX").rows() == [("C1", "S", "1")]
    more = frames.beside(Episodes, ["Header.SEX", "Header.row", "Header.DOB"])
    assert more.select("Header.SEX", "Header.row", "Header.DOB").rows() == [("1", 0, None)]


EPISODES: Cells = {
    "CHILD": ["A", "B", "A", "A", None, None],
    "DECOM": ["03/05/2024", "01/05/2024", "01/05/2024", "02/05/2024", "01/05/2024", "02/05/2024"],
    "LS": ["a3", "b1", "a1", "a2", "n1", "n2"],
}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (Episodes.previous, ["a2", None, None, "a1", None, None]),
        (Episodes.before_previous, ["a1", None, None, None, None, None]),
        (Episodes.next, [None, None, "a2", "a3", None, None]),
    ],
)
def test_the_rows_before_and_after_are_the_childs_own(of: Table, expected: list[str | None]) -> None:
    assert worked_out(lambda: of.col("LS"), Episodes=EPISODES) == expected
    before = worked_out(lambda: of.last_year.col("LS"), Episodes.last_year, {"Episodes": EPISODES})
    assert before == expected


def test_marks_facts_and_rows_before_may_rest_on_each_other() -> None:
    def first_of_several_before_a2() -> pl.Expr:
        several = count_rows(Episodes) > 1
        return earliest(Episodes) & several & of_row(Episodes, Episodes.next.LS.eq_missing("a2"))

    assert worked_out(first_of_several_before_a2, Episodes=EPISODES) == [n == 2 for n in range(6)]

    def fact_of_marks() -> pl.Expr:
        return of_child(Episodes, Episodes.LS.filter(earliest(Episodes, Episodes.LS != "a1")).first())

    assert worked_out(fact_of_marks, Episodes=EPISODES) == ["a2", "b1", "a2", "a2", None, None]


def test_what_is_prepared_at_one_go_is_what_is_worked_out_one_by_one() -> None:
    with collected() as computed:
        expressions = {
            Episodes: [earliest(Episodes), any_row(Reviews, Reviews.REVIEW_CODE == "PN1"), Episodes.previous.LS],
            Header: [any_row(Episodes, earliest(Episodes, Episodes.LS == "a2")), Episodes.LS],
        }
    given = a_return(Episodes=EPISODES, Header={"CHILD": ["B", "A"]}, Reviews={"CHILD": ["A"], "REVIEW_CODE": ["PN1"]})
    names = {of: {name for e in of_table for name in e.meta.root_names()} for of, of_table in expressions.items()}
    at_once, one_by_one = Frames(given, computed), Frames(given, computed)
    at_once.prepare(names)
    for of, wanted in names.items():
        first, second = at_once.beside(of, wanted), one_by_one.beside(of, wanted)
        order = [f"{of.id}.row", *sorted(wanted)]
        assert first.select(order).equals(second.select(order))


def test_a_column_that_the_return_lacks_is_blank_and_has_its_type() -> None:
    frames = Frames(a_return({}, Episodes=A))
    types = {"DEC": pl.Date, "DEC.text": pl.String, "LS": pl.String, "PL_DISTANCE": pl.Float64}
    expected = {f"Episodes.{name}": dtype for name, dtype in types.items()}
    found = frames.base(Episodes, expected).select(expected.keys())
    assert found.schema == expected
    assert found.row(0) == (None,) * 4
    with pytest.raises(KeyError, match="Episodes has no column NOTHING"):
        frames.base(Episodes, ["Episodes.NOTHING"])


def test_a_table_that_the_return_lacks_has_no_rows() -> None:
    frames = Frames(a_return(Episodes=A))
    assert frames.height(AD1) == 0
    assert frames.beside(Episodes, ["AD1.DATE_INT"]).get_column("AD1.DATE_INT").to_list() == [None]


def test_a_date_beside_another_years_stands_under_its_own_name() -> None:
    now, before = {"CHILD": ["A"], "DECOM": ["01/05/2024"]}, {"CHILD": ["A"], "DECOM": ["01/05/2023"]}
    frame = Frames(a_return({"Episodes": before}, Episodes=now)).beside(
        Episodes, ["Episodes.last_year.DECOM", "Episodes.DECOM"]
    )
    assert frame.select("Episodes.DECOM", "Episodes.last_year.DECOM").row(0) == (
        dt.date(2024, 5, 1),
        dt.date(2023, 5, 1),
    )
