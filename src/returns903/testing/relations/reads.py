"""Which rules a change can touch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from returns903.rules import Definition, definitions_in_force
from returns903.tables import UASC, Asylum, Episodes, Header, Periods, Providers, split, table
from returns903.tables.base import NUMBER, TEXT
from returns903.years import Year

_MADE_FROM = {
    Periods.name: {Episodes.name: {"CHILD", "DECOM", "DEC"}},
    Asylum.name: {Header.name: {"CHILD"}, UASC.name: {"CHILD", "SEX", "DUC"}},
}
"""What the tables are made from that no return has: tables, and the columns of these."""
_POSTCODES = {"HOME_POST", "PL_POST"}

OF_THE_WHOLE = frozenset({"1001"})
"""Rules that look at whether any child at all has what they read, and say nothing where none has."""


def of_a_child(year: Year | str) -> list[str]:
    """The rules of a year that judge each child by its own rows."""
    return [d.code for d in definitions_in_force(year) if d.code not in OF_THE_WHOLE]


def untouched(year: Year | str, struck: Mapping[str, set[str]]) -> list[str]:
    """The rules of a year that read none of these columns of this year's tables."""
    return [d.code for d in definitions_in_force(year) if not any(_reads(d, name, struck[name]) for name in struck)]


def _reads(definition: Definition, name: str, columns: set[str]) -> bool:
    read = set(_columns(definition, name))
    return bool(read & columns) or (definition.is_function and _names(definition, name))


def _names(definition: Definition, name: str) -> bool:
    return any(of.name == name or name in _MADE_FROM.get(of.name, {}) for of in definition.reads)


def _columns(definition: Definition, name: str) -> Iterator[str]:
    """The columns of a table that a rule rests on, with those by which its rows are joined and ordered."""
    for of in definition.reads:
        if of.is_last_year:
            continue
        yield from _MADE_FROM.get(of.name, {}).get(name, ())
        if of.name == name:
            yield from ("CHILD", *([of.order] if of.order else []))
    for of_table, rest in map(split, definition.names):
        column = rest.removesuffix(f".{TEXT}").rpartition(".")[2]
        of = table(of_table)
        if of.name == name and not of.is_last_year and column != NUMBER:
            yield column
    if any(not of.is_last_year for of, _ in definition.located) and name == Episodes.name:
        yield from _POSTCODES
    if Header in definition.reads_marker and name == UASC.name:
        yield "CHILD"


def alike(one: Year | str, other: Year | str) -> list[str]:
    """The rules that ask the same in two years, whatever the codes of the year, and of no list with days of its own."""
    both = set(definitions_in_force(one)) & set(definitions_in_force(other))
    return [d.code for d in both if "rules_year" not in d.takes and Providers not in d.reads]
