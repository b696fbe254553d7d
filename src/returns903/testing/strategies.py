"""Hypothesis strategies that draw returns: lawful ones, on which no rule says anything, and broken ones.

A return is a list of children and a list of faults. A child is a situation of life and a number; 0 is the plainest
life. So a failing return shrinks to few children, plain lives and few faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import polars as pl
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from returns903 import derive
from returns903.errors import ConfigError
from returns903.reference import authorities
from returns903.returns import Return
from returns903.rules import definitions_in_force
from returns903.tables import TABLES
from returns903.tables.base import LAST_YEAR
from returns903.testing import faults as known_faults
from returns903.testing import lives
from returns903.testing.faults.broken import Whole
from returns903.testing.faults.edits import Rows
from returns903.testing.faults.general import GeneralFault
from returns903.testing.faults.of_rules import AMONG_OTHERS, RuleFault, lawful_rows, loaded
from returns903.years import RULE_YEARS, Year, rules_year

__all__ = [
    "cells",
    "children",
    "episodes",
    "faults",
    "from_rule",
    "legal_status_runs",
    "returns",
    "reviews",
    "tables",
    "years",
]

MOST = 200
"""The most children that a drawn return may have: for more there is `returns903.testing.synthesise`."""
SEEDS = 2**16
T = TypeVar("T")
Child = tuple[str, int, int]
"""A situation, a seed, and which of the tables that a child may be without it keeps (a bit a table)."""


def years() -> st.SearchStrategy[Year]:
    """The collection years whose rules are known, the latest first."""
    return st.sampled_from([Year(label) for label in reversed(RULE_YEARS)])


@st.composite
def returns(
    draw: st.DrawFn,
    year: Year | str,
    *,
    tables: Iterable[str] | None = None,
    min_children: int = 0,
    max_children: int = 12,
    previous: bool = True,
    authority: str | int | None = None,
    valid: bool = True,
) -> Return:
    """Whole returns of a year, with last year's, a provider list and postcodes that fit them.

    Args:
        draw: given by Hypothesis.
        year: the collection year.
        tables: the tables that the return has; all of the year's where it is not given.
        min_children: the fewest children.
        max_children: the most.
        previous: whether last year's return comes with it.
        authority: who makes the return, by ONS code, DfE number or name; a made-up choice where it is not given.
        valid: lawful returns, on which no rule of the year says anything; else anything at all, from plausible lives
            with few faults to absurd cells.
    """
    asked = _asked(year, tables, min_children, max_children, valid=valid)
    of_children = st.lists(_child(asked), min_size=min_children, max_size=max_children)
    whole = _whole(asked, draw(of_children), previous=previous)
    if not valid:
        for fault in draw(st.lists(_general(asked, last_year=previous), max_size=6)):
            fault.strike(whole)
        for odd in draw(st.lists(_odd_cells(asked), max_size=3)):
            _put(whole, *odd)
    return _load(whole, authority, previous=previous)


@st.composite
def children(
    draw: st.DrawFn, year: Year | str, *, situations: Iterable[str] | None = None
) -> dict[str, list[dict[str, str | None]]]:
    """One lawful child: its rows of this year by table, each a mapping from column to text; null is a blank.

    Args:
        draw: given by Hypothesis.
        year: the collection year.
        situations: the situations of life to choose from, of `returns903.testing.lives.SITUATIONS`; all if not given.
    """
    asked = _asked(year)
    among = list(lives.SITUATIONS if situations is None else situations)
    if not among or set(among) - set(lives.SITUATIONS):
        msg = f"situations= takes some of {', '.join(lives.SITUATIONS)}"
        raise InvalidArgument(msg)
    rows = lawful_rows(draw(st.sampled_from(among)), draw(st.integers(0, SEEDS - 1)), asked.year, "A1")
    return {
        name: [dict(zip(TABLES[name].columns(), cells, strict=True)) for cells in rows.get(name, [])]
        for name in asked.tables
    }


@st.composite
def tables(
    draw: st.DrawFn, name: str, *, year: Year | str, min_children: int = 0, max_children: int = 12, valid: bool = True
) -> pl.DataFrame:
    """One table of a drawn return, as text with the columns of its file; null is a blank.

    Args:
        draw: given by Hypothesis.
        name: the table.
        year: the collection year.
        min_children: the fewest children that the return has; some have no row in a table.
        max_children: the most.
        valid: rows of lawful returns, or anything at all.
    """
    asked = _asked(year, [name], min_children, max_children, valid=valid)
    of_children = st.lists(_child(asked), min_size=min_children, max_size=max_children)
    whole = _whole(asked, draw(of_children), previous=False)
    for odd in [] if valid else draw(st.lists(_odd_cells(asked), max_size=6)):
        _put(whole, *odd)
    return whole.frames()[name]


def episodes(
    year: Year | str, *, min_children: int = 0, max_children: int = 12, valid: bool = True
) -> st.SearchStrategy[pl.DataFrame]:
    """The Episodes of a drawn return, as text; see `tables`."""
    return tables("Episodes", year=year, min_children=min_children, max_children=max_children, valid=valid)


def reviews(
    year: Year | str, *, min_children: int = 0, max_children: int = 12, valid: bool = True
) -> st.SearchStrategy[pl.DataFrame]:
    """The Reviews of a drawn return, as text; see `tables`."""
    return tables("Reviews", year=year, min_children=min_children, max_children=max_children, valid=valid)


def legal_status_runs(
    year: Year | str, *, min_children: int = 0, max_children: int = 12
) -> st.SearchStrategy[pl.DataFrame]:
    """The runs of legal statuses in a drawn lawful return, as `returns903.derive.legal_status_runs` gives them."""
    drawn = returns(year, min_children=min_children, max_children=max_children)
    return drawn.map(derive.legal_status_runs)


@st.composite
def cells(draw: st.DrawFn, column: str, year: Year | str, *, valid: bool = True) -> str | None:
    """The text of one cell, or null for a blank.

    Args:
        draw: given by Hypothesis.
        column: the table and the column, as in ``"Episodes.LS"``.
        year: the collection year.
        valid: a cell of some lawful row; else anything, from the codes of other years to no text at all.
    """
    table, _, name = column.partition(".")
    asked = _asked(year, [table])
    if name not in TABLES[table].columns():
        msg = f"{table} has no column {name!r}; its columns are {', '.join(TABLES[table].columns())}"
        raise InvalidArgument(msg)
    if not valid:
        return draw(_anything(table, name, asked.year))
    known = TABLES[table].columns()[name]
    if known.codes:
        return draw(st.sampled_from([*known.valid_codes(asked.year.label), *([None] if known.blank else [])]))
    return draw(st.sampled_from(_lawful_cells(table, name, asked.year)))


@st.composite
def faults(draw: st.DrawFn, year: Year | str, *, rules: Iterable[str] | None = None) -> RuleFault | GeneralFault:
    """A fault: something with ``apply(ret)`` that gives the broken return and the rows that it struck.

    Args:
        draw: given by Hypothesis.
        year: the collection year.
        rules: faults on which one of these rules fires; those of all rules, and the general kinds, if not given.
    """
    asked = _asked(year)
    if rules is not None:
        return draw(st.sampled_from([fault for code in rules for fault in _faults_of(code, asked.year)]))
    of_rules = known_faults.for_year(asked.year)
    return draw(st.one_of(_general(asked), st.sampled_from(of_rules)) if of_rules else _general(asked))


@st.composite
def from_rule(
    draw: st.DrawFn,
    code: str,
    *,
    year: Year | str | None = None,
    fires: bool = True,
    max_children: int = 3,
) -> Return:
    """Returns on which a rule fires, or near misses.

    Args:
        draw: given by Hypothesis.
        code: the rule.
        year: the collection year; the last in which the rule is in force where it is not given.
        fires: whether the rule fires, and on one child only; else that child is much like one on which it would.
        max_children: the most further children, on whom no rule says anything. A rule that is silent unless some other
            child was in care last year has one more.
    """
    asked = _asked(year or _last_year_of(code), None, 0, max_children)
    fault = draw(st.sampled_from(_faults_of(code, asked.year)))
    pick = draw(st.integers(0, len(fault.seeds) - 1))
    others = draw(st.lists(_child(asked), max_size=max_children))
    others += [_long_in_care(asked)] if code in AMONG_OTHERS else []
    whole = _whole(asked, others, previous=True)
    return fault.apply(loaded(whole), pick=pick, fires=fires).ret


@cache
def _lawful_cells(table: str, column: str, year: Year) -> list[str | None]:
    """What stands in a column without codes in some lives of every situation."""
    place = list(TABLES[table].columns()).index(column)
    told = (lawful_rows(situation, seed, year, f"A{seed}") for situation in lives.SITUATIONS for seed in range(24))
    return list(dict.fromkeys(cells[place] for rows in told for cells in rows.get(table, [])))


@dataclass(frozen=True)
class _Asked:
    """What a strategy was asked for, checked."""

    year: Year
    tables: tuple[str, ...]
    optional: tuple[str, ...]
    """The tables that a child may be without."""


def _asked(
    year: Year | str,
    tables: Iterable[str] | None = None,
    min_children: int = 0,
    max_children: int = 12,
    *,
    valid: bool = True,
) -> _Asked:
    known = _known(lambda: Year(rules_year(year)))
    of_year = [name for name, table in TABLES.items() if table.in_year(known.label)]
    wanted = of_year if tables is None else [tables] if isinstance(tables, str) else list(tables)
    if strangers := [name for name in wanted if name not in of_year]:
        msg = f"{strangers[0]!r} is no table of {known.label}; the tables are {', '.join(of_year)}"
        raise InvalidArgument(msg)
    if not 0 <= min_children <= max_children <= MOST:
        msg = f"min_children={min_children} and max_children={max_children}: give 0 <= min <= max <= {MOST}"
        raise InvalidArgument(msg)
    optional = lives.OPTIONAL if valid else tuple(TABLES)
    return _Asked(known, tuple(name for name in of_year if name in wanted), optional)


def _faults_of(code: str, year: Year) -> list[RuleFault]:
    return _known(lambda: known_faults.for_rule(code, year))


def _known(asked: Callable[[], T]) -> T:
    """What was asked for, or Hypothesis's own error where there is no such thing."""
    try:
        return asked()
    except ConfigError as error:
        raise InvalidArgument(str(error)) from None


def _last_year_of(code: str) -> str:
    labels = [label for label in RULE_YEARS if any(d.code == code for d in definitions_in_force(label))]
    if not labels:
        msg = f"no rule {code!r} is in force in any year"
        raise InvalidArgument(msg)
    return labels[-1]


def _child(asked: _Asked) -> st.SearchStrategy[Child]:
    kept = st.integers(0, 2 ** len(asked.optional) - 1)
    return st.tuples(st.sampled_from(lives.SITUATIONS), st.integers(0, SEEDS - 1), kept)


def _long_in_care(asked: _Asked) -> Child:
    """A child who was in care last year already."""
    plain = lives.SITUATIONS[0]
    seeds = (n for n in range(SEEDS) if lawful_rows(plain, n, asked.year, "A")[f"Episodes.{LAST_YEAR}"])
    return plain, next(seeds), 0


def _whole(asked: _Asked, drawn: list[Child], *, previous: bool) -> Whole:
    """The rows of drawn children in the tables asked for."""
    years = [("", asked.year), (f".{LAST_YEAR}", asked.year.previous)][: 1 + previous]
    names = {f"{name}{suffix}" for suffix, year in years for name in asked.tables if TABLES[name].in_year(year.label)}
    whole = Whole({name: [] for name in sorted(names)}, asked.year)
    for number, (situation, seed, kept) in enumerate(drawn, 1):
        whole.add(_kept(_told(situation, seed, asked, f"A{number}", previous=previous), kept, asked.optional))
    return whole


def _told(situation: str, seed: int, asked: _Asked, child: str, *, previous: bool) -> Rows:
    """The rows of a child; of a plain one where no return without some tables could have this one lawfully."""
    rows = lawful_rows(situation, seed, asked.year, child)
    sought_asylum = rows.get(f"UASC.{LAST_YEAR}")
    is_odd = (
        "UASC" not in asked.tables and (rows["UASC"] or sought_asylum),
        not previous and sought_asylum and not rows["UASC"],
        "OC3" not in asked.tables and not rows["Episodes"],
    )
    return lawful_rows(lives.SITUATIONS[0], seed, asked.year, child) if any(is_odd) else rows


def _kept(rows: Rows, kept: int, optional: tuple[str, ...]) -> Rows:
    """The rows of a child in the tables that it must have, and those of the others that it keeps."""
    dropped = {name for bit, name in enumerate(optional) if not kept >> bit & 1}
    return {table: of_child for table, of_child in rows.items() if table.partition(".")[0] not in dropped}


def _load(whole: Whole, authority: str | int | None, *, previous: bool) -> Return:
    ours = lives.AUTHORITY if authority is None else _known(lambda: authorities.authority(authority).ons)
    return loaded(whole, authority=ours, previous=previous)


def _general(asked: _Asked, *, last_year: bool = False) -> st.SearchStrategy[GeneralFault]:
    place = st.integers(0, 2**12)
    names = [*asked.tables, *(f"{name}.{LAST_YEAR}" for name in asked.tables if last_year)]
    return st.builds(
        GeneralFault, st.sampled_from(list(known_faults.KINDS)), st.sampled_from(names), place, place, place
    )


def _odd_cells(asked: _Asked) -> st.SearchStrategy[tuple[str, int, str, str | None]]:
    """A table, a row, a column, and what is to stand there."""
    places = [(table, column) for table in asked.tables for column in TABLES[table].columns()]
    return st.sampled_from(places).flatmap(
        lambda place: st.tuples(
            st.just(place[0]), st.integers(0, 2**12), st.just(place[1]), _anything(*place, asked.year)
        )
    )


def _anything(table: str, column: str, year: Year) -> st.SearchStrategy[str | None]:
    known = TABLES[table].columns()[column]
    codes = sorted({code for label in RULE_YEARS for code in known.valid_codes(label)})
    days = st.dates(year.previous.start, year.next.end).map("{:%d/%m/%Y}".format)
    kinds: list[st.SearchStrategy[str | None]] = [st.none(), days, st.text(max_size=12)]
    return st.one_of(*([st.sampled_from(codes)] if codes else []), *kinds)


def _put(whole: Whole, table: str, row: int, column: str, cell: str | None) -> None:
    rows = whole.rows.get(table)
    if rows:
        rows[row % len(rows)][list(TABLES[table].columns()).index(column)] = cell
