"""Tables made from others: periods of care, the asylum marker, and the provider list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from returns903 import Return
from returns903.frames import Frames
from returns903.tables import Asylum, Header, Periods, Providers
from tests.frames.worked_out import Cells, a_return

MAY = [dt.date(2024, 5, day) for day in range(1, 32)]


def rows(the_return: Return, of: Any, *names: str) -> list[tuple[Any, ...]]:
    columns = [f"{of.id}.{name}" for name in names]
    return Frames(the_return).base(of, columns).select(columns).rows()


@pytest.mark.parametrize(
    ("episodes", "periods"),
    [
        ([("A", 1, 5), ("A", 5, 9)], [("A", 1, 9)]),  # the same day
        ([("A", 1, 5), ("A", 6, 9)], [("A", 1, 5), ("A", 6, 9)]),  # a day later
        ([("A", 1, 7), ("A", 5, 9)], [("A", 1, 9)]),  # one within the other
        ([("A", 6, None), ("A", 1, 5)], [("A", 1, 5), ("A", 6, None)]),  # in order of DECOM
        ([("A", 1, None), ("A", 6, 9)], [("A", 1, 9)]),  # an open one goes on
        ([("A", 1, 5), ("B", 5, 9)], [("A", 1, 5), ("B", 5, 9)]),  # of two children
        ([("A", 1, 2), ("B", 1, 2), ("A", 2, 3), ("A", 3, 4)], [("A", 1, 4), ("B", 1, 2)]),
        ([("A", 1, 2), ("A", 5, 6), ("A", 6, 7), ("A", 9, 9)], [("A", 1, 2), ("A", 5, 7), ("A", 9, 9)]),
        ([("A", None, 5), ("A", 5, 9)], [("A", 5, 9)]),  # no day on which it commenced
        ([(None, 1, 5), ("A", 1, 5)], [("A", 1, 5)]),  # no child
        ([], []),
    ],
)
def test_a_period_ends_where_there_is_a_gap(
    episodes: list[tuple[str | None, int | None, int | None]], periods: list[tuple[str, int, int | None]]
) -> None:
    def text(day: int | None) -> str | None:
        return None if day is None else f"{MAY[day - 1]:%d/%m/%Y}"

    cells: Cells = {
        "CHILD": [child for child, _, _ in episodes],
        "DECOM": [text(start) for _, start, _ in episodes],
        "DEC": [text(end) for _, _, end in episodes],
    }
    found = rows(a_return(Episodes=cells), Periods, "CHILD", "START", "END", "row")
    assert found == [
        (child, MAY[start - 1], None if end is None else MAY[end - 1], row)
        for row, (child, start, end) in enumerate(periods)
    ]
    last = rows(a_return({"Episodes": cells}, Episodes=cells), Periods.last_year, "CHILD", "START", "END", "row")
    assert last == found


UASC_ROWS: Cells = {
    "CHILD": ["A", "B", "C", "D", None],
    "DOB": ["01/01/2010"] * 5,
    "SEX": ["1", None, None, None, "1"],
    "DUC": [None, "01/01/2028", "31/06/2028", None, None],
}


def test_the_marker_without_a_header_is_whether_a_row_gives_more_than_the_date_of_birth() -> None:
    without = a_return({"UASC": UASC_ROWS}, UASC=UASC_ROWS)
    for of in (Asylum, Asylum.last_year):
        assert rows(without, of, "CHILD", "STATUS", "SOURCE") == [
            ("A", "1", "UASC"),
            ("B", "1", "UASC"),
            ("C", "1", "UASC"),
            ("D", "0", "UASC"),
            (None, "1", "UASC"),
        ]


def test_the_marker_of_a_header_that_brings_none_is_whether_there_is_a_row() -> None:
    header: Cells = {"CHILD": ["A", "D", "E", None], "SEX": ["1"] * 4}
    both = a_return({"Header": header, "UASC": UASC_ROWS}, Header=header, UASC=UASC_ROWS)
    for of, asylum in ((Header, Asylum), (Header.last_year, Asylum.last_year)):
        assert rows(both, of, "CHILD", "UASC") == [("A", "1"), ("D", "1"), ("E", "0"), (None, "0")]
        assert rows(both, asylum, "CHILD", "STATUS", "SOURCE")[:3] == [
            *(("A", "1", "Header"), ("D", "1", "Header"), ("E", "0", "Header"))
        ]


def test_without_the_table_no_child_of_such_a_header_is_marked() -> None:
    header: Cells = {"CHILD": ["A", None], "SEX": ["1", "1"]}
    both = a_return({"Header": header}, Header=header)
    for of in (Header, Header.last_year):
        assert rows(both, of, "CHILD", "UASC") == [("A", "0"), (None, "0")]


def test_each_year_has_its_own_marker() -> None:
    header: Cells = {"CHILD": ["A", "B"], "SEX": ["1", "1"]}
    now = {"CHILD": ["A"], "SEX": ["1"]}
    before = {"CHILD": ["B"], "SEX": ["1"]}
    both = a_return({"Header": header, "UASC": before}, Header=header, UASC=now)
    assert rows(both, Header, "CHILD", "UASC") == [("A", "1"), ("B", "0")]
    assert rows(both, Header.last_year, "CHILD", "UASC") == [("A", "0"), ("B", "1")]


def test_a_marker_that_is_brought_stands_as_it_is() -> None:
    header: Cells = {"CHILD": ["A", "B", "C"], "UASC": ["1", "0", None]}
    found = rows(a_return(Header=header, UASC=UASC_ROWS), Asylum, "CHILD", "STATUS", "SOURCE")
    assert found == [("A", "1", "Header"), ("B", "0", "Header"), ("C", None, "Header")]


@pytest.mark.parametrize(
    ("own", "authorities"),
    [
        ("E10000021", [["E10000021"], ["E06000052"]]),  # Northamptonshire was divided: both parts are its own
        ("E06000061", [["E06000061"], ["E06000052"]]),
        (None, [["E06000061"], ["E06000052"]]),
    ],
)
def test_the_successors_of_a_divided_authority_count_as_itself(own: str | None, authorities: list[list[str]]) -> None:
    listed = pl.DataFrame({"URN": ["1234567", "1234568"], "LA": ["North Northamptonshire", "Cornwall"]})
    given = a_return(Header={"CHILD": ["A"]}, options={"providers": listed, "local_authority": own})
    assert [found for _, found in rows(given, Providers, "URN", "AUTHORITIES")] == authorities
