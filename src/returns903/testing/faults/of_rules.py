"""A fault for every rule: a lawful child of a named situation, and the changes to its rows on which the rule fires."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from returns903.errors import ConfigError
from returns903.frames import Frames
from returns903.returns import Return
from returns903.rules import definitions_in_force
from returns903.tables import TABLES, table
from returns903.tables.base import LAST_YEAR
from returns903.testing import lives
from returns903.testing.faults.broken import Broken, Struck, Whole
from returns903.testing.faults.edits import Edit, Rows, parse
from returns903.words import printable
from returns903.years import RULE_YEARS, Year, rules_year

WITHOUT: dict[str, str] = {
    "706": "it reads last year's DoLo, and is in force in 2026-27 alone: 2025-26 had no such table yet",
}
"""The rules that no change to a lawful child makes fire, and why."""


ACROSS_CHILDREN = frozenset({"444"})
"""The rules that compare children with each other: what they say of many broken children together means nothing."""
AMONG_OTHERS = frozenset({"1001"})
"""Rules that say nothing of anyone unless some child has an episode that counts, last year's return holding some."""


@dataclass(frozen=True)
class RuleFault:
    """What makes one rule fire: a lawful child, and changes to its rows.

    The child is added to the return, so that a fault has its place in every return, and shows where it struck.
    """

    rule: str
    """The rule that fires."""
    year: str
    """The collection year that it was found for."""
    situation: str
    """Which of `returns903.testing.lives.SITUATIONS` the child lives in."""
    seeds: tuple[int, ...]
    """Which lives of the situation the changes are known to work on."""
    changes: tuple[str, ...]
    """The changes, in the words of `returns903.testing.faults.edits`."""
    flags: tuple[tuple[str, tuple[int, ...]], ...]
    """The rows on which the rule fires, by table, counted within the child's own rows."""
    near: tuple[str, ...] | None = None
    """Changes much like these on which the rule does not fire; None where only the unbroken child is near."""
    also: tuple[str, ...] = ()
    """The other rules that fire as a consequence."""

    def apply(self, ret: Return, *, pick: int = 0, fires: bool = True) -> Broken:
        """The return with one child more, and the rows at which the rule fires, by table.

        Args:
            ret: a return of the fault's year. A rule that reads last year's tables fires only where it has them.
            pick: which of the known lives the child has.
            fires: whether the rule is to fire; else the child is much like one on which it does, and no row is named.

        Raises:
            ConfigError: the return is of another year, or has not the tables that the rule needs.
        """
        if ret.year.label != self.year:
            msg = f"this fault of rule {self.rule} is for {self.year}, and the return is of {ret.year}"
            raise ConfigError(msg)
        whole = Whole.of(ret)
        if lacking := [table for table in self.needs if table not in whole.rows]:
            msg = f"rule {self.rule} does not run without {', '.join(lacking)}, which the return has not"
            raise ConfigError(msg)
        for of, column in self.brings:
            whole.bring(of, column, _worked_out(ret, of, column))
        before = whole.add(self.rows(whole.stranger(), pick=pick, fires=fires))
        return Broken(whole.onto(ret), self.struck(before) if fires else {})

    @property
    def needs(self) -> list[str]:
        """The tables without which the rule does not run; last year's are called ``Episodes.last_year``."""
        definition = next(d for d in definitions_in_force(self.year) if d.code == self.rule)
        return [table.id for table in definition.tables]

    @property
    def brings(self) -> list[tuple[str, str]]:
        """Tables and columns that the broken return brings and that are worked out in others."""
        return brought(self.changes)

    def struck(self, before: dict[str, int]) -> Struck:
        """Where the rule fires when so many rows stand before the child's, by table."""
        return {table: [before[table] + row for row in rows] for table, rows in self.flags if table in before}

    def rows(self, child: str, *, pick: int = 0, fires: bool = True) -> Rows:
        """The rows of the child, broken; or nearly so, where the rule is not to fire."""
        year = Year(self.year)
        rows = lawful_rows(self.situation, self.seeds[pick % len(self.seeds)], year, child)
        for said in self.changes if fires else self.near or ():
            edit(said).apply(rows, year)
        return rows


def brought(changes: Iterable[str]) -> list[tuple[str, str]]:
    """The tables and columns that changes fill and that are worked out unless a return brings them."""
    return sorted({(edit(said).table, column) for said in changes for column in edit(said).brings})


def _worked_out(ret: Return, name: str, column: str) -> list[str | None]:
    """A column of a return that it does not bring, as text, row by row."""
    of, full = table(name), f"{name}.{column}"
    worked_out = Frames(ret).base(of, [full]).sort(f"{name}.row").get_column(full)
    return worked_out.cast(pl.String).to_list()


@cache
def edit(said: str) -> Edit:
    """The change that a text says; each is parsed once."""
    return parse(said)


def lawful_rows(situation: str, seed: int, year: Year, child: str) -> Rows:
    """The rows of a lawful child, this year's and last year's, by every table that there is."""
    life = lives.life(situation, seed, year)
    now, before = lives.rows(life, year, child), lives.rows(life, year.previous, child)
    told = now | {f"{table}.{LAST_YEAR}": rows for table, rows in before.items()}
    return {table: [list(cells) for cells in told.get(table, ())] for table in _tables(year.label)}


def empty_rows(year: Year) -> Rows:
    """Every table of a year and of the one before, without rows."""
    return {table: [] for table in _tables(year.label)}


def loaded(whole: Whole, *, authority: str = lives.AUTHORITY, previous: bool = True) -> Return:
    """The return of such rows, with the providers and postcodes of the lives."""
    last = whole.frames(previous=True) if previous else None
    return lives.Made(whole.year, whole.frames(), last, authority).load()


@cache
def _tables(label: str) -> list[str]:
    """The tables of a year, and those of the year before as ``Episodes.last_year``."""
    before = Year(label).previous.label
    last = [f"{name}.{LAST_YEAR}" for name, table in TABLES.items() if table.in_year(before)]
    return [*(name for name, table in TABLES.items() if table.in_year(label)), *last]


def for_rule(code: str, year: Year | str) -> list[RuleFault]:
    """The faults on which a rule fires, the plainest first; none where `WITHOUT` says why.

    Raises:
        ConfigError: the rule is not in force in the year, or no rules are known for it.
    """
    label = rules_year(year)
    found = _found()[label].get(code)
    if found is None:
        msg = f"no rule {printable(str(code))} with a fault is in force in {label}"
        raise ConfigError(msg)
    return list(found)


def for_year(year: Year | str) -> list[RuleFault]:
    """The plainest fault of every rule of a year, in the order of their codes."""
    return [found[0] for found in _found()[rules_year(year)].values()]


@cache
def _found() -> dict[str, dict[str, list[RuleFault]]]:
    """The stored faults by year and rule."""
    stored = json.loads(files(__package__).joinpath("of_rules.json").read_text(encoding="utf-8"))
    by_year: dict[str, dict[str, list[RuleFault]]] = {label: {} for label in RULE_YEARS}
    for code, entries in stored.items():
        for entry in entries:
            for fault in _entry(code, entry):
                by_year[fault.year].setdefault(code, []).append(fault)
    return by_year


def _entry(code: str, entry: dict[str, Any]) -> Iterable[RuleFault]:
    for label, also in entry["years"].items():
        yield RuleFault(
            rule=code,
            year=label,
            situation=entry["situation"],
            seeds=tuple(entry["seeds"]),
            changes=tuple(entry["changes"]),
            flags=tuple((table, tuple(rows)) for table, rows in entry["flags"].items()),
            near=None if entry["near"] is None else tuple(entry["near"]),
            also=tuple(also),
        )
