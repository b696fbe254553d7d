"""Small returns with children on their way to adoption."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.derive.strategies import YEAR, Row, SmallReturn, Tables, written
from tests.derive.strategies_yearly import whole_returns

_PLACES = ("U4", "U4", "U6", "K2", "T1", "A3", "A5", "A5", "A6")
_STATUSES = ("C2", "C2", "E1", "E1", "D1", "V2")
_STEPS = st.sampled_from((1, 30, 60, 120, 200, 365, 425, 426, 427))
_LAST = st.sampled_from((dt.date(2024, 4, 1), dt.date(2024, 9, 2), dt.date(2025, 3, 31)))


@st.composite
def adopting_returns(draw: st.DrawFn) -> SmallReturn:
    """A small return, and a child or two more who were mostly adopted in the year."""
    found = draw(whole_returns(children=2))
    for name in ("A1", "A2")[: draw(st.integers(1, 2))]:
        rows = draw(_lives(name))
        now, before = (_of_year(rows, first, last) for first, last in ((YEAR.start, YEAR.end), _YEAR_BEFORE))
        tables = _with(found.tables, name, now, draw(_details(name)), draw(_decided(name)))
        previous = found.previous and _with(found.previous, name, before, [], [])
        found = replace(found, tables=tables, previous=previous)
    return found


_YEAR_BEFORE = (YEAR.previous.start, YEAR.previous.end)


@st.composite
def _lives(draw: st.DrawFn, child: str) -> list[dict[str, Any]]:
    """Episodes from the last to the first, the last one ended in the year."""
    end, rec, rows = draw(_LAST), draw(st.sampled_from(("E12", "E12", "E11", "E4A"))), []
    for number in range(count := draw(st.integers(1, 6))):
        start = end - dt.timedelta(days=draw(_STEPS))
        place = draw(st.sampled_from(("A3", "A5", "A6", *_PLACES) if number == 0 else _PLACES))
        rne = "S" if number == count - 1 and draw(st.booleans()) else draw(st.sampled_from("PPLTBU"))
        rows.append(
            {"start": start, "end": end, "rec": rec, "place": place, "rne": rne, "ls": draw(st.sampled_from(_STATUSES))}
        )
        end, rec = start, "X1"
    return [row | {"child": child} for row in reversed(rows)]


def _of_year(rows: list[dict[str, Any]], first: dt.date, last: dt.date) -> list[Row]:
    """The episodes that touch a year, those that go on after it open."""
    return [
        {
            "CHILD": row["child"],
            "DECOM": written(row["start"]),
            "RNE": row["rne"],
            "LS": row["ls"],
            "PLACE": row["place"],
            "DEC": written(row["end"] if row["end"] <= last else None),
            "REC": row["rec"] if row["end"] <= last else None,
        }
        for row in rows
        if row["start"] <= last and row["end"] >= first
    ]


def _details(child: str) -> st.SearchStrategy[list[Row]]:
    match = st.sampled_from(("01/03/2024", "15/07/2024", "01/02/2023", None, "soon"))
    row = st.builds(
        lambda matched, fostered: {"CHILD": child, "DATE_MATCH": matched, "FOSTER_CARE": fostered},
        match,
        st.sampled_from(("0", "1", "1", None)),
    )
    return st.lists(row, max_size=2)


def _decided(child: str) -> st.SearchStrategy[list[Row]]:
    days = st.sampled_from(("01/03/2023", "01/04/2024", "30/06/2024"))
    ceased = st.sampled_from((None, None, "30/06/2024", "31/03/2025", "soon"))
    row = st.builds(lambda one, other: {"CHILD": child, "DATE_PLACED": one, "DATE_PLACED_CEASED": other}, days, ceased)
    return st.lists(row, max_size=2)


def _with(tables: Tables, child: str, episodes: list[Row], details: list[Row], decisions: list[Row]) -> Tables:
    more = {"Episodes": episodes, "AD1": details, "PlacedAdoption": decisions}
    header: Row = {"CHILD": child, "DOB": "01/01/2019"}
    return (
        tables
        | {name: [*tables.get(name, []), *rows] for name, rows in more.items()}
        | {"Header": [*tables.get("Header", []), header]}
    )
