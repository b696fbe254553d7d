"""Small returns with what the return asks beside episodes: health, absences, adoption, social workers, permanence."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
from hypothesis import strategies as st

from returns903 import Return, Year
from returns903.tables.base import TEXT
from tests.derive.strategies import COLUMNS, UNREADABLE, YEAR, Row, SmallReturn, Tables, days_near, written
from tests.derive.strategies_placements import placed_returns

_ANSWER = st.sampled_from(("0", "1", "1", None, "", "2", "Y"))
_SCORE = st.sampled_from(("0", "13", "14", "16", "17", "40", "41", "-1", "7.0", "7.5", "NaN", "x", None, "", None))
_REASON = st.sampled_from(("SDQ1", "SDQ2", "SDQ4", "SDQ9", None, "", None))
_DAYS = st.one_of(days_near().map(written), days_near().map(written), st.sampled_from((*UNREADABLE, None, "", None)))
_WORKERS = ("SW1001", "SW1001", "SW1002", "SW1003", "XX01", None, "")


@st.composite
def whole_returns(draw: st.DrawFn, *, children: int = 4) -> SmallReturn:
    """A small return with rows in every other table that derived tables read, lawful or not."""
    found = draw(placed_returns(children=children))
    names = (*found.children(), "L1", None)
    previous = found.previous and found.previous | draw(_others(names, YEAR.previous))
    return replace(found, tables=found.tables | draw(_others(names, YEAR)), previous=previous)


@st.composite
def _others(draw: st.DrawFn, names: tuple[str | None, ...], year: Year) -> Tables:
    """Rows of some of the tables; the same days stand in the tables of both years."""
    some = {"OC2": _health(), "Missing": _absences(), "SWEpisodes": _workers(), "PrevPerm": _permanence()}
    some |= {"PlacedAdoption": _decisions(), "AD1": _adoptions()}
    found: Tables = {}
    for name, rows in some.items():
        if draw(st.sampled_from((True, True, True, False))):
            drawn = draw(st.lists(st.tuples(st.sampled_from(names), rows), max_size=6))
            found[name] = [{"CHILD": child, "DOB": None} | row for child, row in drawn]
    return found


def _health() -> st.SearchStrategy[Row]:
    born = st.sampled_from((None, "04/07/2010", "01/01/2019", "soon"))
    answers = dict.fromkeys(COLUMNS["OC2"][4:], _ANSWER)
    return st.fixed_dictionaries({"DOB": born, "SDQ_SCORE": _SCORE, "SDQ_REASON": _REASON, **answers})


def _absences() -> st.SearchStrategy[Row]:
    kinds = st.sampled_from(("M", "M", "A", "A", "m", None, ""))
    return st.fixed_dictionaries({"MISSING": kinds, "MIS_START": _DAYS, "MIS_END": _DAYS})


def _workers() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"SW_ID": st.sampled_from(_WORKERS), "SW_DECOM": _DAYS, "SW_DEC": _DAYS})


def _permanence() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"PREV_PERM": st.sampled_from(("P1", "P2", "P3", "P4", "Z1", "Z9", None, ""))})


def _decisions() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"DATE_PLACED": _DAYS, "DATE_PLACED_CEASED": _DAYS})


def _adoptions() -> st.SearchStrategy[Row]:
    fostered = st.sampled_from(("0", "1", "1", None, "x"))
    return st.fixed_dictionaries({"DATE_INT": _DAYS, "DATE_MATCH": _DAYS, "FOSTER_CARE": fostered})


def as_texts(ret: Return) -> SmallReturn:
    """A return that was read, as tables of text rows."""

    def of(tables: dict[str, pl.DataFrame]) -> Tables:
        return {name: [_as_text(row) for row in frame.to_dicts()] for name, frame in tables.items()}

    return SmallReturn(of(ret.tables), ret.previous and of(ret.previous), ret.year)


def _as_text(row: dict[str, object]) -> Row:
    def text(name: str) -> str | None:
        cell = row[name]
        told = row.get(f"{name}.{TEXT}", cell)
        return written(cell) if isinstance(cell, dt.date) else None if told is None else str(told)

    return {name: text(name) for name in row}
