"""The yearly answers are lawful at every age in every year, and every code is among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

import returns903
from returns903 import Return, Year, codes
from returns903.tables import table
from returns903.testing.lives import world, yearly
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import birthday, ordinal, span, text
from returns903.years import RULE_YEARS

EDGES = [(age, off) for age in (4, 5, 10, 17, 18) for off in (-1, 0, 1)]


def _births(year: Year, youngest: int, oldest: int) -> list[int]:
    """Days of birth of these ages, the days around a birthday on the first or last day of the year among them."""
    when = span(year)
    edges = [birthday(day, -age) + off for day in (when.first, when.last) for age, off in EDGES]
    return [*edges, *range(birthday(when.last, -oldest - 1) + 1, birthday(when.last, -youngest), 3)]


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(table(name).columns(), pl.String), orient="row")


def _answers(name: str, births: list[int], answer: Callable[[Chance, int], yearly.Cells]) -> pl.DataFrame:
    rows = [(str(seed), text(born), *answer(Chance(seed), born)) for seed, born in enumerate(births)]
    return _frame(name, rows)


def _told(year: Year, tables: dict[str, pl.DataFrame], columns: set[str]) -> set[str]:
    """The rules about these columns that say something; at least one must have run."""
    rules = [
        rule for rule in returns903.rules_in_force(year) if columns & {field.split(".")[1] for field in rule.fields}
    ]
    ret = Return.from_frames(tables, year=year, local_authority=world.AUTHORITY)
    result = returns903.validate(ret, select=[rule.code for rule in rules])
    assert any(outcome.state == "passed" for outcome in result.outcomes.values())
    return set(result.findings.get_column("rule"))


@pytest.mark.parametrize("label", RULE_YEARS)
def test_no_rule_objects_to_health(label: str) -> None:
    year = Year(label)
    births = _births(year, 1, 17) * 2
    oc2 = _answers("OC2", births, lambda chance, born: yearly.health(chance, born, year))
    blank = (None,) * 10
    episodes = [(child, born, "S", *blank) for child, born in oc2.select("CHILD", "DOB").rows()]
    asked = set(oc2.columns) - {"CHILD", "DOB"}
    assert _told(year, {"OC2": oc2, "Episodes": _frame("Episodes", episodes)}, asked) == set()
    assert set(oc2.get_column("SDQ_REASON").drop_nulls()) == set(codes.SDQ_REASON)
    for column in asked - {"SDQ_SCORE", "SDQ_REASON"}:
        assert set(oc2.get_column(column).drop_nulls()) == {"0", "1"}, column


@pytest.mark.parametrize("label", RULE_YEARS)
def test_no_rule_objects_to_what_is_told_of_a_care_leaver(label: str) -> None:
    year = Year(label)
    births = _births(year, 17, 21)
    births = [born for born in births if birthday(born, 17) <= span(year).last] * 8
    oc3 = _answers("OC3", births, lambda chance, born: yearly.leaver(chance, born, year))
    rules = ["131", "132", "133", "153", "344", "345", "347", "391", "3001"]
    header = pl.DataFrame(oc3.select("CHILD", "DOB"))
    ret = Return.from_frames({"OC3": oc3, "Header": header}, year=year)
    in_force = {rule.code for rule in returns903.rules_in_force(year)}
    assert returns903.validate(ret, select=[code for code in rules if code in in_force]).findings.is_empty()
    for column, valid in (("IN_TOUCH", codes.IN_TOUCH), ("ACTIV", codes.ACTIV), ("ACCOM", codes.ACCOM)):
        assert set(oc3.get_column(column)) == set(valid.valid(year)), column


def test_whoever_had_died_is_dead() -> None:
    dead = ("DIED", "0", "0")
    born, year = ordinal(2005, 6, 1), Year("2024-25")
    assert {yearly.leaver(Chance(seed), born, year, before=dead) for seed in range(50)} == {dead}


def test_no_rule_objects_to_adoption_details() -> None:
    day = ordinal(2024, 6, 1)
    found = [
        ("1", "01/05/2020", *yearly.adoption(Chance(seed), decided=day, matched=day + 90, fostered=seed % 2 == 1))
        for seed in range(200)
    ]
    ad1 = _frame("AD1", found)
    rules = ["112", "113", "114", "151", "175", "176", "177", "333", "511", "514", "517", "518", "519", "520", "524"]
    for label in RULE_YEARS:
        result = returns903.validate(Return.from_frames({"AD1": ad1}, year=label), select=rules)
        assert result.findings.is_empty()
    for column in ("FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"):
        assert set(ad1.get_column(column)) == set(codes.code_list(column)), column
