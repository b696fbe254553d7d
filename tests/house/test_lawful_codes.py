"""Every rule can fire on a lawful return: the codes that it asks for are codes of the return, and so are its example's.

What a rule compares is told by watching it being built: comparisons of a column with a text or with several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple
from unittest.mock import patch

import polars as pl
import pytest

from returns903.rules import Definition, definitions
from returns903.tables import split, table
from returns903.testing.cases import Case
from returns903.years import RULE_YEARS, Year
from tests.rules.case import every_case

EXPRESSIONS = [definition for definition in definitions() if not definition.is_function]
EXAMPLES: dict[Definition, Case] = {}
for _case in every_case():
    if _case.state == "findings":
        EXAMPLES.setdefault(_case.definition, _case)

NO_CODES = {
    ("335", "PLACE"): ({"A1", "A2"}, "codes that the rule's words name, from before the years covered"),
    ("335", "REC"): ({"E1"}, "the same"),
    ("347", "ACCOM"): ({"T"}, "what is published for T1 and T2, flagged alike"),
    ("503D", "PLACE"): ({"K3"}, "what H5 may have become, excused a year before K3 is a code"),
    ("633", "LA_PERM"): ({"835", "836", "837"}, "authorities that were dissolved in 2019"),
}
"""What rules ask for by code and column though it is no code of the return in any of their years, and why."""

EXCUSES_ONLY = {"503D"}
"""Rules that ask for no code but NO_CODES in one comparison: there it excuses, and nothing rests on it."""


class Comparison(NamedTuple):
    """A column that holds codes, and what a rule compares it with."""

    of: str
    column: str
    values: frozenset[str]

    def lawful(self, years: Iterable[str]) -> set[str]:
        """The codes of the column in these years of the rules; for the previous return in those before as well."""
        labels = set(years)
        if table(self.of).is_last_year:
            labels |= {RULE_YEARS[max(0, RULE_YEARS.index(year) - 1)] for year in labels}
        column = table(self.of).all_columns()[self.column]
        return {code for year in labels for code in column.valid_codes(year)}


def _years(definition: Definition) -> list[str]:
    return [year for year in RULE_YEARS if definition.in_force(year)]


@cache
def _compared(definition: Definition, year: str) -> list[Comparison]:
    """What the rule compares in a year, among columns that hold codes."""
    seen: list[tuple[str, frozenset[str]]] = []
    watched = [patch.object(pl.Expr, name, _watching(getattr(pl.Expr, name), seen)) for name in ("__eq__", "is_in")]
    with watched[0], watched[1]:
        built = definition.build(Year(year), Year(year), "E09000008")
    plain = ((_plain(name, built.computed), values) for name, values in seen)
    return list(_of_codes(plain))


def _watching(compare: Callable[..., pl.Expr], seen: list[tuple[str, frozenset[str]]]) -> Callable[..., pl.Expr]:
    def compared(column: pl.Expr, other: Any, **how: Any) -> pl.Expr:
        values = frozenset(v for v in (other if isinstance(other, list) else [other]) if isinstance(v, str))
        if values:
            seen.append((column.meta.output_name(), values))
        return compare(column, other, **how)

    return compared


def _plain(name: str, computed: Any) -> str:
    """The column behind a name: what is worked out from one column is named after it."""
    return computed[name].expression.meta.output_name() if name in computed else name


def _of_codes(seen: Iterable[tuple[str, frozenset[str]]]) -> Iterator[Comparison]:
    for name, values in seen:
        of, rest = split(name)
        column = rest.rpartition(".")[2]
        if table(of).all_columns()[column].codes:
            yield Comparison(of, column, values)


def test_comparisons_are_seen() -> None:
    seen = {(d.code, c.column) for d in EXPRESSIONS for year in _years(d) for c in _compared(d, year)}
    assert {("347", "ACCOM"), ("1011", "REC"), ("399", "LS"), ("202", "SEX"), ("435", "RNE")} <= seen
    assert len({code for code, _ in seen}) > 150


@pytest.mark.parametrize("definition", EXPRESSIONS, ids=lambda d: f"{d.code} {d.since}")
def test_what_it_asks_for_are_codes_of_its_years(definition: Definition) -> None:
    years = _years(definition)
    for asked in (asked for year in years for asked in _compared(definition, year)):
        known, _ = NO_CODES.get((definition.code, asked.column), (set(), ""))
        lawful = asked.lawful(years)
        assert asked.values - lawful <= known, asked
        assert asked.values & lawful or definition.code in EXCUSES_ONLY, asked


def test_no_exception_is_out_of_date() -> None:
    needed = {
        (d.code, asked.column)
        for d in EXPRESSIONS
        for year in _years(d)
        for asked in _compared(d, year)
        if asked.values - asked.lawful(_years(d))
    }
    assert needed == NO_CODES.keys()


@pytest.mark.parametrize("definition", EXPRESSIONS, ids=lambda d: f"{d.code} {d.since}")
def test_its_example_is_lawful_where_it_asks_for_some_of_the_codes(definition: Definition) -> None:
    example = EXAMPLES[definition]
    for of, column, values in _compared(definition, example.year):
        lawful = Comparison(of, column, values).lawful([example.year])
        if lawful <= values:  # the rule asks whether it is a code at all
            continue
        rows = (example.previous or {}) if table(of).is_last_year else example.tables
        cells = {row.get(column) for row in rows.get(table(of).name, ())} - {None}
        assert cells <= lawful, column
