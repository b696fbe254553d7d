"""Every rule of every year has a fault: on the lawful child nothing fires, on the broken one the rule does, there."""

from __future__ import annotations

from collections import defaultdict

import pytest

from returns903 import ConfigError, Return, validate
from returns903.rules import definitions_in_force
from returns903.tables.base import LAST_YEAR
from returns903.testing import assert_flags, faults, lives
from returns903.testing.faults.broken import Struck, Whole
from returns903.testing.faults.edits import Rows
from returns903.testing.faults.of_rules import ACROSS_CHILDREN, WITHOUT, RuleFault, empty_rows, lawful_rows, loaded
from returns903.years import RULE_YEARS, Year

Found = dict[str, dict[str, Struck]]
"""By child and rule, the rows flagged, counted within the child's."""


Columns = tuple[tuple[str, str], ...]
Pairs = dict[str, tuple[RuleFault, int]]


def flagged_together(year: Year, children: dict[str, Rows], columns: Columns = ()) -> Found:
    """What every rule finds in a return of these children, which brings these columns beside those of its files."""
    whole = Whole(empty_rows(year), year)
    for table, column in columns:
        whole.bring(table, column, [])
    owner: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for child, rows in children.items():
        for table, first in whole.add(rows).items():
            owner[table] += [(child, first)] * (len(whole.rows[table]) - first)
    found: Found = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    findings = validate(loaded(whole)).findings
    for code, table, previous, row in findings.select("rule", "table", "previous", "row").iter_rows():
        name = f"{table}.{LAST_YEAR}" if previous else table
        child, first = owner[name][row]
        found[child][code][name].append(row - first)
    return found


def flagged(year: str, pairs: Pairs, *, fires: bool = True) -> Found:
    """What every rule finds in returns of children with these faults: one for each set of columns that they bring."""
    alike: dict[Columns, dict[str, Rows]] = defaultdict(dict)
    for name, (fault, pick) in pairs.items():
        alike[tuple(fault.brings)][name] = fault.rows(name, pick=pick, fires=fires)
    found: Found = defaultdict(lambda: defaultdict(dict))
    for columns, children in alike.items():
        found |= flagged_together(Year(year), children, columns)
    return found


def with_all_lives(year: str) -> Pairs:
    """Each fault of a year with each life that it is known to work on, by the name of the child."""
    known = [(fault, pick) for fault in faults.for_year(year) for pick in range(len(fault.seeds))]
    return {f"B{number:05d}": pair for number, pair in enumerate(known)}


def test_every_rule_in_force_has_a_fault() -> None:
    for year in RULE_YEARS:
        in_force = {d.code for d in definitions_in_force(year)}
        with_fault = {fault.rule for fault in faults.for_year(year)}
        assert in_force - with_fault == {code for code in WITHOUT if code in in_force}


@pytest.mark.parametrize("year", RULE_YEARS)
def test_no_rule_fires_on_the_lawful_children(year: str) -> None:
    pairs = with_all_lives(year)
    children = {
        name: lawful_rows(fault.situation, fault.seeds[pick], Year(year), name) for name, (fault, pick) in pairs.items()
    }
    assert flagged_together(Year(year), children) == {}


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_rule_fires_on_the_broken_children_and_what_else_does_is_listed(year: str) -> None:
    pairs = with_all_lives(year)
    found = flagged(year, pairs)
    others: dict[str, set[str]] = defaultdict(set)
    for name, (fault, _) in pairs.items():
        assert found[name][fault.rule] == {table: list(rows) for table, rows in fault.flags}, fault
        others[fault.rule] |= found[name].keys() - {fault.rule} - ACROSS_CHILDREN
    assert others == {fault.rule: set(fault.also) - ACROSS_CHILDREN for fault in faults.for_year(year)}


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_rule_does_not_fire_on_near_misses(year: str) -> None:
    pairs = with_all_lives(year)
    found = flagged(year, pairs, fires=False)
    assert [str(fault) for name, (fault, _) in pairs.items() if fault.rule in found[name]] == []


def lawful_return(year: str, *, previous: bool = True) -> Return:
    told = [(f"A{number}", lives.life(situation, 5, Year(year))) for number, situation in enumerate(lives.SITUATIONS)]
    return lives.put_together(told, Year(year), previous=previous).load()


@pytest.mark.parametrize("code", ["102", "361", "503A", "1001", "227", "105", "205C", "411", "454", "164", "444"])
def test_a_return_is_broken_where_the_fault_says(code: str) -> None:
    ret = lawful_return("2025-26")
    assert validate(ret).findings.is_empty()
    broken, rows = faults.for_rule(code, "2025-26")[0].apply(ret)
    found: Struck = {}
    for table, previous, row in validate(broken, code).findings.select("table", "previous", "row").iter_rows():
        found.setdefault(f"{table}.{LAST_YEAR}" if previous else table, []).append(row)
    assert found == rows
    assert validate(ret).findings.is_empty()


def test_a_fault_says_what_it_cannot_do() -> None:
    fault = faults.for_rule("503A", "2024-25")[0]
    with pytest.raises(ConfigError, match="is for 2024-25, and the return is of 2023-24"):
        fault.apply(lawful_return("2023-24"))
    with pytest.raises(ConfigError, match=r"does not run without .*Episodes\.last_year"):
        fault.apply(lawful_return("2024-25", previous=False))
    with pytest.raises(ConfigError, match="no rule 700 with a fault is in force in 2024-25"):
        faults.for_rule("700", "2024-25")


def test_rows_in_tables_that_the_return_has_not_are_none_of_its() -> None:
    year = Year("2024-25")
    child = lives.life("settled in foster care", 0, year)
    ret = lives.put_together([("A1", child)], year, tables=("Episodes", "Reviews")).load()
    broken, rows = faults.for_rule("1012", year)[0].apply(ret)
    assert list(rows) == ["Reviews"]
    assert_flags(broken, {"1012": rows})
