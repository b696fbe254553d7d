"""A rule finds the same alone as evaluated with its group, and whatever else in the group crashes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.engine import Run
from returns903.frames import Frames
from returns903.frames.terms import any_row, of_row
from returns903.rules import definitions_in_force
from returns903.rules.program import Check
from returns903.rules.registry import rule
from returns903.tables import Episodes, Header, Reviews
from returns903.years import RULE_YEARS, Year
from tests.properties.faulty import faulty


@cache
def loaded(year: str) -> returns903.Return:
    return faulty(year, seed=13).load()


@cache
def usual(year: str) -> returns903.Result:
    return returns903.validate(loaded(year))


def assert_as_usual(result: returns903.Result, year: str) -> None:
    """Every published rule ended as it does, with the same findings in the same order."""
    expected = usual(year)
    assert len(expected.codes("findings")) > 270
    assert {code: result.outcomes[code] for code in expected.outcomes} == expected.outcomes
    assert result.findings.filter(~pl.col("rule").is_in(["CRASH"])).equals(expected.findings)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_one_crash_in_every_group_changes_nothing(year: str, monkeypatch: pytest.MonkeyPatch) -> None:
    together, select = Run._evaluate_group, Run._select
    alone: list[str] = []

    def with_a_crash(run: Run, checks: list[Check], *joined: Any) -> None:
        anchor = checks[0].flags[0]
        wrong = pl.col(f"{anchor.id}.row").cast(pl.String).str.to_date("no form") > pl.lit(1)
        together(run, [*checks, Check(replace(checks[0].rule, code="CRASH"), checks[0].flags, wrong)], *joined)

    def counted(run: Run, checks: list[Check], *joined: Any) -> None:
        select(run, checks, *joined)
        alone.extend(check.rule.code for check in checks)
        assert len(checks) == 1

    monkeypatch.setattr(Run, "_evaluate_group", with_a_crash)
    monkeypatch.setattr(Run, "_select", counted)
    assert_as_usual(returns903.validate(loaded(year)), year)
    assert len(set(alone)) > 200


@pytest.mark.parametrize("year", RULE_YEARS)
def test_what_rules_rest_on_is_worked_out_at_one_go(year: str) -> None:
    """Where that fails each rule is evaluated alone: right, but slow, and so it must not happen unseen."""
    program = Run(loaded(year), definitions_in_force(year), year).program
    assert program.checks
    Frames(loaded(year), program.computed).prepare(program.names)


def number(column: pl.Expr) -> pl.Expr:
    """Fails on what is no number."""
    return column.str.to_integer() > 0


CRASHES: dict[str, Callable[[], pl.Expr]] = {
    "a condition": lambda: number(Episodes.LS),
    "a mark of a row": lambda: of_row(Episodes, number(Episodes.LS)),
    "a fact of a child": lambda: any_row(Reviews, number(Reviews.REVIEW_CODE)) & Episodes.LS.is_null(),
    "a row before": lambda: number(Episodes.previous.LS) & Header.row.is_not_null(),
    "no expression": Episodes.LS.is_null,
    "no column": lambda: pl.col("Episodes.NOTHING").is_null(),
}


@pytest.mark.usefixtures("spare_rules")
@pytest.mark.parametrize("what", CRASHES)
def test_a_rule_that_crashes_stands_in_no_other_ones_way(what: str) -> None:
    def body(year: Year, wanted: str = what) -> pl.Expr:
        """Made up.

        When: never.

        Why: a test.

        Fix: nothing.
        """
        if wanted == "no expression" and year.label == RULE_YEARS[-1]:
            raise ZeroDivisionError
        return CRASHES[wanted]()

    year = RULE_YEARS[-1]
    usual(year)  # before there is a rule that crashes
    rule("CRASH", flags=Episodes, fields=[Episodes.LS])(body)
    result = returns903.validate(loaded(year))
    assert result.codes("crashed") == ["CRASH"]
    assert_as_usual(result, year)
