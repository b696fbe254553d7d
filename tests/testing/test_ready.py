"""Returns that stand ready: what is lawful is, and every fault shows."""

from __future__ import annotations

import pytest

from returns903 import ConfigError
from returns903.testing import assert_flags, assert_valid, faults, lives
from returns903.testing.ready import faulty, lawful
from returns903.years import RULE_YEARS


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_lawful_one_is_valid_and_has_a_child_of_every_situation(year: str) -> None:
    ret = lawful(year)
    assert ret.year.label == year
    assert len({child for table in ret.tables for child in ret[table]["CHILD"]}) == len(lives.SITUATIONS)
    assert_valid(ret)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_every_rule_with_a_fault_fires_on_the_faulty_one(year: str) -> None:
    ret, rows = faulty(year)
    assert set(rows) == {fault.rule for fault in faults.for_year(year)}
    assert_flags(ret, rows)


def test_only_the_rules_that_are_named_have_a_fault() -> None:
    ret, rows = faulty("2024-25", ["184", "375"])
    assert set(rows) == {"184", "375"}
    assert all(len(of_rule) == 1 for of_rule in rows.values())
    known = {"184", "375", *(code for rule in rows for code in faults.for_rule(rule, "2024-25")[0].also)}
    assert_valid(ret, ignore=known)


@pytest.mark.parametrize(("year", "rules"), [("2024-25", ["no rule"]), ("1999-00", None)])
def test_a_fault_that_is_not_known_is_refused(year: str, rules: list[str] | None) -> None:
    with pytest.raises(ConfigError):
        faulty(year, rules)
